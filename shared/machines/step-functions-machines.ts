import type { AwsCall } from '../aws/call.ts';
import { AwsRefusal } from '../aws/call.ts';
import type { Machines, WakeReason } from '../contracts/machines.ts';

/** Step Functions as the machines see it: tasks that wait for a token, and executions named after what they do. */
export class StepFunctionsMachines implements Machines {
  readonly #call: AwsCall;
  readonly #arns: Readonly<Record<'cycle' | 'lcpg', string>>;

  /** @param arns of the state machines, by name */
  constructor(call: AwsCall, arns: Readonly<Record<'cycle' | 'lcpg', string>>) {
    this.#call = call;
    this.#arns = arns;
  }

  async wake(token: string, outcome: WakeReason): Promise<boolean> {
    try {
      // The time that has come ends the wait as its own timeout would: the machines catch one error for both.
      if (outcome === 'time-came')
        await this.#ask('SendTaskFailure', { taskToken: token, error: 'TimeCame' });
      else
        await this.#ask('SendTaskSuccess', {
          taskToken: token,
          output: JSON.stringify({ reason: outcome }),
        });
    } catch (error) {
      if (!isOneOf(error, ['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'])) throw error;
      return false;
    }
    return true;
  }

  async start(machine: 'cycle' | 'lcpg', name: string, input: object): Promise<void> {
    try {
      await this.#ask('StartExecution', {
        stateMachineArn: this.#arns[machine],
        name,
        input: JSON.stringify(input),
      });
    } catch (error) {
      if (!isOneOf(error, ['ExecutionAlreadyExists'])) throw error;
    }
  }

  /** The service speaks AWS JSON 1.0. */
  async #ask(operation: string, input: object): Promise<void> {
    await this.#call({
      service: 'states',
      path: '/',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `AWSStepFunctions.${operation}`,
      },
      body: JSON.stringify(input),
    });
  }
}

const isOneOf = (error: unknown, names: readonly string[]): boolean =>
  error instanceof AwsRefusal && names.includes(error.name);
