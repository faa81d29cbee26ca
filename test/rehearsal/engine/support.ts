import { Engine, type EngineEvent, type EngineOptions } from '../../../rehearsal/engine/engine.ts';
import type { InvocationHandler } from '../../../rehearsal/engine/invocations.ts';
import { VirtualClock } from '../../../rehearsal/engine/virtual-clock.ts';

export const START = '2026-01-05T09:00:00Z';
export const DAY = 86_400;

type Fields = Record<string, unknown>;

/** A machine of the given states, which begins with the first. */
export function machine(states: Record<string, Fields>, others: Fields = {}) {
  return { StartAt: Object.keys(states)[0] ?? '', States: states, ...others };
}

/** A Task that invokes a function with the whole input and gives its bare result. */
export function invoke(functionName: string, others: Fields = { End: true }): Fields {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Parameters: { FunctionName: functionName, 'Payload.$': '$' },
    OutputPath: '$.Payload',
    ...others,
  };
}

/** A Task that hands a token and the whole input to a function, and waits for the answer. */
export function ask(functionName: string, others: Fields = { End: true }): Fields {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
    Parameters: { FunctionName: functionName, Payload: { 'token.$': '$$.Task.Token', 'input.$': '$' } },
    ...others,
  };
}

/** A Task that runs another machine with the whole input. */
export function runMachine(name: string, others: Fields = { End: true }): Fields {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::states:startExecution.sync:2',
    Parameters: { StateMachineArn: name, 'Input.$': '$' },
    ...others,
  };
}

/** A Distributed Map, over `$.items` unless told otherwise, that does the given states with each. */
export function each(
  states: Record<string, Fields>,
  others: Fields = { End: true },
  items: '$.items' | 'no path' = '$.items',
): Fields {
  return {
    Type: 'Map',
    ...(items === 'no path' ? {} : { ItemsPath: items }),
    ItemProcessor: {
      ...machine(states),
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    },
    ...others,
  };
}

export interface Rehearsed {
  readonly clock: VirtualClock;
  readonly engine: Engine;
  readonly events: EngineEvent[];
  /** Starts an execution of a machine under the name `one` and moves the clock until it ends. */
  readonly run: (machine: string, input?: unknown) => Promise<ReturnType<Engine['describe']>>;
  /** Seconds since {@link START}. */
  readonly secondsPassed: () => number;
}

export function rehearse(
  machines: EngineOptions['machines'],
  functions: Record<string, InvocationHandler> = {},
  others: Partial<EngineOptions> = {},
): Rehearsed {
  const clock = new VirtualClock(Date.parse(START));
  const events: EngineEvent[] = [];
  const onEvent = (event: EngineEvent): void => void events.push(event);
  const engine = new Engine({ machines, functions, clock, onEvent, ...others });
  return {
    clock,
    engine,
    events,
    run: async (name, input = {}) => {
      const { executionId } = engine.startExecution(name, 'one', input);
      await clock.runWhile(() => engine.describe(executionId).status === 'RUNNING');
      return engine.describe(executionId);
    },
    secondsPassed: () => (clock.epochMs - Date.parse(START)) / 1000,
  };
}

/** An error of a product's own. */
export function namedError(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
