import type { SFNClient } from '@aws-sdk/client-sfn';
import {
  ExecutionAlreadyExists,
  InvalidToken,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';

import type { Machines, WakeReason } from '../contracts/machines.ts';

/** Step Functions as the machines see it: tasks that wait for a token, and executions named after what they do. */
export class StepFunctionsMachines implements Machines {
  readonly #client: Pick<SFNClient, 'send'>;
  readonly #arns: Readonly<Record<'cycle' | 'lcpg', string>>;

  /** @param arns of the state machines, by name */
  constructor(client: Pick<SFNClient, 'send'>, arns: Readonly<Record<'cycle' | 'lcpg', string>>) {
    this.#client = client;
    this.#arns = arns;
  }

  async wake(token: string, outcome: WakeReason): Promise<void> {
    try {
      // The time that has come ends the wait as its own timeout would: the machines catch one error for both.
      if (outcome === 'time-came')
        await this.#client.send(new SendTaskFailureCommand({ taskToken: token, error: 'TimeCame' }));
      else
        await this.#client.send(
          new SendTaskSuccessCommand({ taskToken: token, output: JSON.stringify({ reason: outcome }) }),
        );
    } catch (error) {
      if (!nobodyWaits(error)) throw error;
    }
  }

  async start(machine: 'cycle' | 'lcpg', name: string, input: object): Promise<void> {
    try {
      await this.#client.send(
        new StartExecutionCommand({
          stateMachineArn: this.#arns[machine],
          name,
          input: JSON.stringify(input),
        }),
      );
    } catch (error) {
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
    }
  }
}

const nobodyWaits = (error: unknown): boolean =>
  error instanceof TaskTimedOut || error instanceof TaskDoesNotExist || error instanceof InvalidToken;
