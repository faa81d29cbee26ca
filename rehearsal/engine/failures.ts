import { type JsonValue, jsonBytes } from './json.ts';

/** The most that a state's input, result or output may take, as AWS counts it. */
export const LARGEST_PAYLOAD_BYTES = 262_144;

/**
 * Why a state's attempt failed, in the form in which the library reads failures: `name` is the Error that Retry and Catch
 * match, `message` the Cause, and the two flags say whether Retry and Catch may match at all.
 */
export class TaskFailure extends Error {
  readonly isRetryable: boolean;
  readonly isCatchable: boolean;

  constructor(
    error: string,
    cause: string,
    handling: 'may be handled' | 'ends the execution' = 'may be handled',
  ) {
    super(cause);
    this.name = error;
    this.isRetryable = handling === 'may be handled';
    this.isCatchable = this.isRetryable;
  }
}

/** A failure of the definition or its data, which AWS lets nobody retry or catch. */
export function runtimeFailure(cause: string): TaskFailure {
  return new TaskFailure('States.Runtime', cause, 'ends the execution');
}

/** What a failed execution shows, of whatever the library or a handler threw. */
export function errorAndCause(thrown: unknown): { error: string; cause: string } {
  return thrown instanceof Error
    ? { error: thrown.name, cause: thrown.message }
    : { error: 'Error', cause: String(thrown) };
}

/**
 * Measures a payload.
 *
 * @throws TaskFailure `States.DataLimitExceeded` when AWS would not carry it.
 */
export function measured(payload: JsonValue, what: string): number {
  const bytes = jsonBytes(payload);
  if (bytes > LARGEST_PAYLOAD_BYTES) {
    const cause = `${what} takes ${String(bytes)} bytes of the ${String(LARGEST_PAYLOAD_BYTES)} that are allowed.`;
    throw new TaskFailure('States.DataLimitExceeded', cause, 'ends the execution');
  }
  return bytes;
}

/** How the calls of Step Functions fail. */
export type StepFunctionsErrorName =
  | 'ExecutionAlreadyExists'
  | 'ExecutionDoesNotExist'
  | 'InvalidExecutionInput'
  | 'InvalidName'
  | 'StateMachineDoesNotExist'
  | 'TaskDoesNotExist'
  | 'TaskTimedOut';

/** A refused call, named as the AWS SDK names it. */
export class StepFunctionsError extends Error {
  override readonly name: StepFunctionsErrorName;

  constructor(name: StepFunctionsErrorName, message: string) {
    super(message);
    this.name = name;
  }
}
