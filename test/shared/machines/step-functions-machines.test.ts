import { describe, expect, it } from 'vitest';

import { AwsRefusal } from '../../../shared/aws/call.ts';
import type { AwsRequest } from '../../../shared/aws/call.ts';
import { StepFunctionsMachines } from '../../../shared/machines/step-functions-machines.ts';

const machinesOn = (error?: Error) => {
  const sent: { readonly operation: string; readonly input: unknown }[] = [];
  const call = ({ headers, body }: AwsRequest): Promise<string> => {
    sent.push({ operation: headers['x-amz-target'] ?? '', input: JSON.parse(body) });
    return error === undefined ? Promise.resolve('{}') : Promise.reject(error);
  };
  return { sent, machines: new StepFunctionsMachines(call, { cycle: 'arn:cycle', lcpg: 'arn:lcpg' }) };
};
const refused = (name: string): AwsRefusal => new AwsRefusal(name, 'no');

describe('machines on Step Functions', () => {
  it('are woken with the reason, or as by a timeout', async () => {
    const { sent, machines } = machinesOn();
    expect(await machines.wake('t', 'answered')).toBe(true);
    await machines.wake('t', 'changed');
    await machines.wake('t', 'time-came');
    expect(sent).toEqual([
      {
        operation: 'AWSStepFunctions.SendTaskSuccess',
        input: { taskToken: 't', output: '{"reason":"answered"}' },
      },
      {
        operation: 'AWSStepFunctions.SendTaskSuccess',
        input: { taskToken: 't', output: '{"reason":"changed"}' },
      },
      { operation: 'AWSStepFunctions.SendTaskFailure', input: { taskToken: 't', error: 'TimeCame' } },
    ]);
  });

  it.each(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'])(
    'that wait no longer need no waking: %s',
    async (name) => {
      const error = refused(name);
      await expect(machinesOn(error).machines.wake('t', 'answered')).resolves.toBe(false);
      await expect(machinesOn(error).machines.wake('t', 'time-came')).resolves.toBe(false);
    },
  );

  it('are started by name, once', async () => {
    const { sent, machines } = machinesOn();
    await machines.start('lcpg', 'kent-1', { group: 'ashford' });
    expect(sent).toEqual([
      {
        operation: 'AWSStepFunctions.StartExecution',
        input: { stateMachineArn: 'arn:lcpg', name: 'kent-1', input: '{"group":"ashford"}' },
      },
    ]);
    const again = machinesOn(refused('ExecutionAlreadyExists'));
    await expect(again.machines.start('cycle', 'kent-1', {})).resolves.toBeUndefined();
  });

  it('tell of every other trouble', async () => {
    const { machines } = machinesOn(refused('AccessDenied'));
    await expect(machines.wake('t', 'answered')).rejects.toThrow('no');
    await expect(machines.start('cycle', 'n', {})).rejects.toThrow('no');
  });
});
