import type { Execution, ExecutionEnd } from './execution.ts';
import type { JsonValue } from './json.ts';

/** What AWS takes as the name of an execution. */
export const EXECUTION_NAME = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}\u{fffe}\u{ffff}]{1,80}$/u;

/** An execution's id. A machine that is not named by an ARN is given one of no real account. */
export function executionArn(machine: string, name: string): string {
  const machineArn = machine.startsWith('arn:')
    ? machine
    : `arn:aws:states:local:000000000000:stateMachine:${machine}`;
  return `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
}

/** The context object, for paths that begin with `$$.`; `compile.ts` says why `Run` is not `Execution`. */
export function contextOf(execution: Execution): Record<string, unknown> {
  return {
    Run: {
      Id: execution.id,
      Name: execution.name,
      Input: execution.input,
      StartTime: new Date(execution.startedAt.epochMilliseconds).toISOString(),
    },
    StateMachine: { Id: execution.machine, Name: execution.machine },
  };
}

/** What `lambda:invoke` gives, less the HTTP headers. */
export function functionResult(payload: JsonValue): JsonValue {
  return {
    ExecutedVersion: '$LATEST',
    Payload: payload,
    SdkHttpMetadata: { HttpStatusCode: 200 },
    StatusCode: 200,
  };
}

/** What describes a child execution: its input and output as JSON in the result of `.sync:2`, as text elsewhere. */
export function childResult(child: Execution, end: ExecutionEnd, payloads: 'as JSON' | 'as text'): JsonValue {
  const payload = (value: JsonValue): JsonValue => (payloads === 'as JSON' ? value : JSON.stringify(value));
  return {
    ExecutionArn: child.id,
    Input: payload(child.input),
    InputDetails: { Included: true },
    Name: child.name,
    ...(end.status === 'SUCCEEDED' ? { Output: payload(end.output), OutputDetails: { Included: true } } : {}),
    ...(end.status === 'FAILED' ? { Error: end.error, Cause: end.cause } : {}),
    StartDate: child.startedAt.epochMilliseconds,
    StateMachineArn: child.machine,
    Status: end.status,
    StopDate: child.endedAt?.epochMilliseconds ?? null,
  };
}
