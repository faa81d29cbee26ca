import {
  ExecutionAlreadyExists,
  InvalidToken,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import type { SFNClient } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';

import { StepFunctionsMachines } from '../../../shared/machines/step-functions-machines.ts';

const machinesOn = (error?: Error) => {
  const sent: { readonly name: string; readonly input: unknown }[] = [];
  const client = {
    send: (command: { readonly input: unknown }) => {
      sent.push({ name: command.constructor.name, input: command.input });
      return error === undefined ? Promise.resolve({}) : Promise.reject(error);
    },
  } as unknown as Pick<SFNClient, 'send'>;
  return { sent, machines: new StepFunctionsMachines(client, { cycle: 'arn:cycle', lcpg: 'arn:lcpg' }) };
};
const wrong = { $metadata: {}, message: 'no' };

describe('machines on Step Functions', () => {
  it('are woken with the reason, or as by a timeout', async () => {
    const { sent, machines } = machinesOn();
    await machines.wake('t', 'answered');
    await machines.wake('t', 'changed');
    await machines.wake('t', 'time-came');
    expect(sent).toEqual([
      { name: SendTaskSuccessCommand.name, input: { taskToken: 't', output: '{"reason":"answered"}' } },
      { name: SendTaskSuccessCommand.name, input: { taskToken: 't', output: '{"reason":"changed"}' } },
      { name: SendTaskFailureCommand.name, input: { taskToken: 't', error: 'TimeCame' } },
    ]);
  });

  it.each([new TaskTimedOut(wrong), new TaskDoesNotExist(wrong), new InvalidToken(wrong)])(
    'that wait no longer need no waking: %s',
    async (error) => {
      await expect(machinesOn(error).machines.wake('t', 'answered')).resolves.toBeUndefined();
      await expect(machinesOn(error).machines.wake('t', 'time-came')).resolves.toBeUndefined();
    },
  );

  it('are started by name, once', async () => {
    const { sent, machines } = machinesOn();
    await machines.start('lcpg', 'kent-1', { group: 'ashford' });
    expect(sent).toEqual([
      {
        name: StartExecutionCommand.name,
        input: { stateMachineArn: 'arn:lcpg', name: 'kent-1', input: '{"group":"ashford"}' },
      },
    ]);
    const again = machinesOn(new ExecutionAlreadyExists(wrong));
    await expect(again.machines.start('cycle', 'kent-1', {})).resolves.toBeUndefined();
  });

  it('tell of every other trouble', async () => {
    const { machines } = machinesOn(new Error('throttled'));
    await expect(machines.wake('t', 'answered')).rejects.toThrow('throttled');
    await expect(machines.start('cycle', 'n', {})).rejects.toThrow('throttled');
  });
});
