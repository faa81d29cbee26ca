import validateDefinition from 'asl-validator';
import { describe, expect, it } from 'vitest';

import { machineNames } from '../../../statemachines/load.ts';
import { productOf, resourcesOf } from './synthesise.ts';

const machines = Object.values(
  resourcesOf(productOf().template('workflow'), 'AWS::StepFunctions::StateMachine'),
).map(({ Properties }) => Properties);

/** A definition as Step Functions gets it, with a made-up ARN for what only a deployment knows. */
const definitionOf = (properties: Readonly<Record<string, unknown>>): object => {
  const join = (properties['DefinitionString'] as { 'Fn::Join': [string, unknown[]] })['Fn::Join'];
  const text = join[1]
    .map((part) =>
      typeof part === 'string' ? part : 'arn:aws:lambda:eu-west-2:111122223333:function:some-function',
    )
    .join(join[0]);
  return JSON.parse(text) as object;
};

describe('the machines', () => {
  it('are three, named so that they can name each other', () => {
    expect(machines.map(({ StateMachineName }) => StateMachineName).sort()).toStrictEqual(
      machineNames.map((name) => `lcpg-production-${name}`).sort(),
    );
  });

  it.each(machines.map((machine) => [String(machine['StateMachineName']), machine] as const))(
    '%s is valid, Standard, and logs errors without what was in them',
    (_name, machine) => {
      const definition = definitionOf(machine);
      expect(JSON.stringify(definition)).not.toContain('${');
      expect(validateDefinition(definition)).toMatchObject({ isValid: true });
      expect(machine).toMatchObject({
        StateMachineType: 'STANDARD',
        LoggingConfiguration: { Level: 'ERROR', IncludeExecutionData: false },
        TracingConfiguration: { Enabled: false },
      });
    },
  );
});
