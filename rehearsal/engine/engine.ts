import { Attempt, type Ending, Scope } from './attempt.ts';
import { childResult, contextOf, EXECUTION_NAME, executionArn, functionResult } from './aws-shapes.ts';
import {
  type ChildExecutionPlan,
  type CompiledMachine,
  compile,
  type Envelope,
  type FunctionPlan,
  type MapPlan,
  type ParallelPlan,
  type Sequence,
  type TaskPlan,
} from './compile.ts';
import { checkDefinitions, isTimestamp, LONGEST_SECONDS, type MachineDefinitions } from './definition.ts';
import { Execution, type ExecutionDescription, type ExecutionEnd } from './execution.ts';
import { errorAndCause, measured, runtimeFailure, StepFunctionsError, TaskFailure } from './failures.ts';
import { attemptEvents } from './history.ts';
import { type InvocationHandler, InvocationQueue } from './invocations.ts';
import { type JsonObject, type JsonValue, jsonBytes, jsonCopy } from './json.ts';
import { loadLibrary } from './library.ts';
import { VirtualSurroundings } from './surroundings.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** Where an ItemReader reads. */
export interface DocumentReader {
  read(bucket: string, key: string): Promise<string>;
}

export interface EngineOptions {
  readonly machines: MachineDefinitions;
  /** By the name that `FunctionName` gives them; others, such as the web's, may stand beside those. */
  readonly functions: Readonly<Record<string, InvocationHandler>>;
  readonly clock: VirtualClock;
  /** Needed by a Map that has an ItemReader. */
  readonly documents?: DocumentReader;
  /** Told of everything that happens, in the order in which it happens. */
  readonly onEvent?: (event: EngineEvent) => void;
}

/** Something that happened to an execution. */
export interface EngineEvent {
  readonly type:
    | 'ExecutionStarted'
    | 'StateEntered'
    | 'StateFailed'
    | 'StateRetried'
    | 'StateCaught'
    | 'StateExited'
    | 'ExecutionEnded';
  readonly atEpochMs: number;
  readonly executionId: string;
  readonly state?: string;
  /** Of a failed state or execution. */
  readonly error?: string;
  readonly cause?: string;
}

/** What a rehearsal cost, in AWS's terms. */
export interface EngineStatistics {
  /** Billed state transitions by machine: every state entered and every retry, a Distributed Map's children included. */
  readonly transitions: Readonly<Record<string, number>>;
  readonly transitionsByExecution: Readonly<Record<string, number>>;
  /** The largest payload that went into or came out of a state, of the 262,144 bytes that AWS allows. */
  readonly stateBytesMax: number;
  /** Whose payload that was: machine and state. */
  readonly stateBytesMaxAt: string;
  /** The longest history, of the 25,000 events that AWS allows. */
  readonly historyEventsMax: number;
  /** Whose history that was: an execution's id. */
  readonly historyEventsMaxAt: string;
  readonly historyEventsByExecution: Readonly<Record<string, number>>;
}

/**
 * Runs the shipped state machines in one process, in virtual time.
 *
 * `aws-local-stepfunctions` moves from state to state, reads paths, chooses, retries and catches; the engine does what
 * waits or fans out: functions, task tokens, timeouts, child executions, Waits, Parallels and Distributed Maps.
 * Definitions that it would not run as AWS does are refused. What is due at the present instant runs by itself; time
 * passes only when somebody moves the clock.
 *
 * Known differences: a failing function's Cause is its bare message, where AWS gives JSON with the stack. A Task without
 * a timeout waits for ever instead of three years. `States.Format` loses backslashes.
 *
 * @example
 * const clock = new VirtualClock(Date.parse('2026-01-05T09:00:00Z'));
 * const engine = new Engine({ machines, functions, clock });
 * const { executionId } = engine.startExecution('cycle', '2026-01', { cycle: '2026-01' });
 * await clock.runWhile(() => engine.describe(executionId).status === 'RUNNING');
 */
export class Engine {
  /** The queue of everything that has effects; the web requests of simulated people belong there too. */
  readonly invocations: InvocationQueue;
  readonly #clock: VirtualClock;
  readonly #documents: DocumentReader | undefined;
  readonly #onEvent: (event: EngineEvent) => void;
  readonly #machines: ReadonlyMap<string, CompiledMachine>;
  readonly #executions = new Map<string, Execution>();
  /** The attempt that a token's answer ends; undefined once it is over. */
  readonly #tokens = new Map<string, Attempt | undefined>();
  readonly #surroundings: VirtualSurroundings;
  #largestPayload = { bytes: 0, at: '' };
  #mapRuns = 0;
  #childrenWithoutName = 0;

  /** @throws UnsupportedDefinition listing every machine, state and field that it does not run as AWS does. */
  constructor(options: EngineOptions) {
    checkDefinitions(options.machines, {
      functions: new Set(Object.keys(options.functions)),
      machines: new Set(Object.keys(options.machines)),
      documents: options.documents !== undefined,
    });
    this.#clock = options.clock;
    this.#documents = options.documents;
    this.#onEvent = options.onEvent ?? (() => undefined);
    this.invocations = new InvocationQueue(options);
    this.#surroundings = new VirtualSurroundings(options.clock);
    const library = loadLibrary(this.#surroundings);
    this.#machines = new Map(
      Object.entries(options.machines).map(([name, definition]) => [
        name,
        compile(name, definition, library),
      ]),
    );
  }

  /**
   * Starts an execution. The same name and input while one is running is that execution.
   *
   * @returns the execution's id, which `$$.Execution.Id` gives, and whether it was started by this call.
   * @throws StepFunctionsError `ExecutionAlreadyExists` when the name has been used with another input or by an execution
   * that has ended, `StateMachineDoesNotExist`, `InvalidName`, `InvalidExecutionInput` when the input is too large.
   */
  startExecution(machine: string, name: string, input: unknown): { executionId: string; started: boolean } {
    const { execution, started } = this.#start(machine, name, jsonCopy(input));
    return { executionId: execution.id, started };
  }

  /**
   * Answers a waiting task.
   *
   * @throws StepFunctionsError `TaskTimedOut` when the task is over, for whatever reason; `TaskDoesNotExist` when there
   * never was such a token.
   */
  sendTaskSuccess(token: string, output: unknown): void {
    const attempt = this.#waitingAttempt(token);
    this.#succeed(attempt, jsonCopy(output), 'The output of SendTaskSuccess');
  }

  /** Fails a waiting task. An error is matched by Retry and Catch under its name. @throws as {@link sendTaskSuccess}. */
  sendTaskFailure(token: string, error = '', cause = ''): void {
    this.#waitingAttempt(token).fail(new TaskFailure(error, cause));
  }

  /** @throws StepFunctionsError `ExecutionDoesNotExist`. */
  describe(executionId: string): ExecutionDescription {
    const execution = this.#executions.get(executionId);
    if (execution === undefined) {
      throw new StepFunctionsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${executionId}'`);
    }
    return execution.describe();
  }

  /** All executions, a Distributed Map's children included, in the order in which they were started. */
  *executions(): Generator<ExecutionDescription, void> {
    for (const execution of this.#executions.values()) yield execution.describe();
  }

  /** What has been used so far. */
  statistics(): EngineStatistics {
    const transitions = Object.fromEntries([...this.#machines.keys()].map((name) => [name, 0]));
    const transitionsByExecution: Record<string, number> = {};
    const historyEventsByExecution: Record<string, number> = {};
    let longestHistory: Execution | undefined;
    for (const execution of this.#executions.values()) {
      transitions[execution.machine] = (transitions[execution.machine] ?? 0) + execution.transitions;
      transitionsByExecution[execution.id] = execution.transitions;
      historyEventsByExecution[execution.id] = execution.historyEvents;
      if (execution.historyEvents > (longestHistory?.historyEvents ?? 0)) longestHistory = execution;
    }
    return {
      transitions,
      transitionsByExecution,
      stateBytesMax: this.#largestPayload.bytes,
      stateBytesMaxAt: this.#largestPayload.at,
      historyEventsMax: longestHistory?.historyEvents ?? 0,
      historyEventsMaxAt: longestHistory?.id ?? '',
      historyEventsByExecution,
    };
  }

  #waitingAttempt(token: string): Attempt {
    const attempt = this.#tokens.get(token);
    if (attempt !== undefined) return attempt;
    if (this.#tokens.has(token)) {
      throw new StepFunctionsError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
    }
    throw new StepFunctionsError('TaskDoesNotExist', `Task does not exist: '${token}'`);
  }

  #start(machineName: string, name: string, input: JsonValue): { execution: Execution; started: boolean } {
    const machine = this.#machines.get(machineName);
    if (machine === undefined) {
      throw new StepFunctionsError(
        'StateMachineDoesNotExist',
        `State Machine Does Not Exist: '${machineName}'`,
      );
    }
    if (!EXECUTION_NAME.test(name)) throw new StepFunctionsError('InvalidName', `Invalid Name: '${name}'`);
    try {
      measured(input, "An execution's input");
    } catch (error) {
      throw new StepFunctionsError('InvalidExecutionInput', errorAndCause(error).cause);
    }
    const id = executionArn(machineName, name);
    const existing = this.#executions.get(id);
    if (existing !== undefined) {
      const isSame =
        existing.status === 'RUNNING' && JSON.stringify(existing.input) === JSON.stringify(input);
      if (isSame) return { execution: existing, started: false };
      throw new StepFunctionsError('ExecutionAlreadyExists', `Execution Already Exists: '${id}'`);
    }
    const execution = this.#execute({ id, machine: machineName, name, input }, machine.sequence);
    if (machine.timeoutSeconds !== undefined) {
      const cancel = this.#clock.schedule(
        this.#clock.epochMs + machine.timeoutSeconds * 1000,
        `${labelOf(execution)} times out`,
        () => {
          this.#stop(execution, 'TIMED_OUT');
        },
      );
      void execution.ended.then(cancel);
    }
    return { execution, started: true };
  }

  #execute(
    identity: {
      readonly id: string;
      readonly machine: string;
      readonly name: string;
      readonly input: JsonValue;
    },
    sequence: Sequence,
  ): Execution {
    const execution = new Execution({ ...identity, startedAt: this.#clock.now() });
    this.#executions.set(execution.id, execution);
    execution.historyEvents++;
    this.#tell('ExecutionStarted', execution, {});
    void this.#runToEnd(execution, sequence);
    return execution;
  }

  /** Never rejects: whatever goes wrong is the execution's failure, for everybody to see. */
  async #runToEnd(execution: Execution, sequence: Sequence): Promise<void> {
    try {
      const output = await this.#runSequence(execution, sequence, execution.input, execution.scope);
      this.#end(execution, { status: 'SUCCEEDED', output });
    } catch (thrown) {
      this.#end(execution, { status: 'FAILED', ...errorAndCause(thrown) });
      // Nothing of it goes on; there may be a Parallel whose failure no state could handle.
      execution.scope.stop();
    }
  }

  #stop(execution: Execution, status: 'TIMED_OUT' | 'ABORTED'): void {
    this.#end(execution, { status });
    execution.scope.stop();
  }

  #end(execution: Execution, how: ExecutionEnd): void {
    if (!execution.end(how, this.#clock.now())) return;
    execution.historyEvents++;
    this.#tell(
      'ExecutionEnded',
      execution,
      how.status === 'FAILED' ? { error: how.error, cause: how.cause } : {},
    );
  }

  #tell(
    type: EngineEvent['type'],
    execution: Execution,
    details: Pick<EngineEvent, 'state' | 'error' | 'cause'>,
  ): void {
    this.#onEvent({ type, atEpochMs: this.#clock.epochMs, executionId: execution.id, ...details });
  }

  /** Has the library run some states to their end. Throws what failed them. */
  async #runSequence(
    execution: Execution,
    sequence: Sequence,
    input: JsonValue,
    scope: Scope,
  ): Promise<JsonValue> {
    let token: string | undefined;
    const newToken = (): string => this.#newToken();
    const handlers = Object.fromEntries(
      sequence.plans.map((plan) => [
        plan.state,
        async (envelope: JsonValue): Promise<JsonValue> => {
          const tokenOfAttempt = token;
          token = undefined;
          return await this.#perform(execution, scope, plan, envelope as Envelope, tokenOfAttempt);
        },
      ]),
    );
    const run = sequence.stateMachine.run(input, {
      overrides: { taskResourceLocalHandlers: handlers },
      context: {
        ...contextOf(execution),
        Task: {
          // Made when the Parameters of an attempt are read, which is right before its handler is called.
          get Token(): string {
            return (token ??= newToken());
          },
        },
      },
    });
    const observed = this.#observe(execution, run.eventLogs);
    const leaveScope = scope.onStop(run.abort);
    try {
      return await run.result;
    } catch (thrown) {
      throw thrown instanceof Error && thrown.name === 'ExecutionError' ? thrown.cause : thrown;
    } finally {
      leaveScope();
      await observed;
      for (const name of sequence.stateNames) execution.currentStates.delete(name);
    }
  }

  async #observe(
    execution: Execution,
    events: ReturnType<Sequence['stateMachine']['run']>['eventLogs'],
  ): Promise<void> {
    for await (const event of events) {
      if (!('state' in event)) continue;
      const state = event.state.name;
      switch (event.type) {
        case 'StateEntered':
          execution.transitions++;
          execution.historyEvents++;
          execution.currentStates.add(state);
          this.#measure(jsonBytes(event.state.input), execution, state);
          break;
        case 'StateExited':
          execution.historyEvents++;
          execution.currentStates.delete(state);
          if (event.state.output !== undefined)
            this.#measure(jsonBytes(event.state.output), execution, state);
          break;
        case 'StateRetried':
          execution.transitions++;
          break;
        default:
          break;
      }
      const failure = event.type === 'StateFailed' ? { error: event.Error, cause: String(event.Cause) } : {};
      this.#tell(event.type, execution, { state, ...failure });
    }
  }

  #measure(bytes: number, execution: Execution, state: string): void {
    if (bytes > this.#largestPayload.bytes)
      this.#largestPayload = { bytes, at: `${execution.machine}: ${state}` };
  }

  #newToken(): string {
    // With the characters that AWS's tokens have and addresses need encoded.
    const token = `rehearsal/task+token/${String(this.#tokens.size + 1).padStart(9, '0')}==`;
    this.#tokens.set(token, undefined);
    return token;
  }

  /**
   * Does one attempt at a state's work. The library calls it at the moment at which it has read the state's Parameters,
   * and sets the timer of the state's timeout as soon as it returns.
   */
  #perform(
    execution: Execution,
    scope: Scope,
    plan: TaskPlan,
    envelope: Envelope,
    token: string | undefined,
  ): Promise<JsonValue> {
    if ('timeout' in plan && plan.timeout === 'in envelope' && !isPositiveWhole(envelope.timeoutSeconds)) {
      // Nobody looks at the result: the library reads the same timeout next, and fails the state for it.
      return Promise.resolve(null);
    }
    const attempt = new Attempt(scope);
    if (scope.stopped) {
      attempt.fail(new TaskFailure('States.Aborted', 'stopped', 'ends the execution'));
      return attempt.outcome;
    }
    const events = attemptEvents[plan.kind];
    execution.historyEvents += events.begins.length;
    attempt.whenOver((ending) => {
      // A state that is stopped writes one event, even where its end would have written two.
      execution.historyEvents += ending === 'aborted' ? 1 : events.ends.length;
    });
    try {
      if (typeof envelope.timeoutSeconds === 'number' && envelope.timeoutSeconds > LONGEST_SECONDS) {
        throw runtimeFailure(`A timeout of ${String(envelope.timeoutSeconds)} seconds is too long.`);
      }
      const given = measured((envelope.arguments ?? null) as JsonValue, "The state's input");
      this.#measure(given, execution, plan.state);
      this.#begin(execution, plan, envelope, attempt, token);
    } catch (thrown) {
      attempt.fail(thrown as Error);
    }
    this.#surroundings.expectTimeout(`${labelOf(execution)}: ${plan.state} times out`, () => {
      attempt.timeOut();
    });
    return attempt.outcome;
  }

  #begin(
    execution: Execution,
    plan: TaskPlan,
    envelope: Envelope,
    attempt: Attempt,
    token: string | undefined,
  ): void {
    switch (plan.kind) {
      case 'lambda':
      case 'lambdaWithToken':
        this.#invoke(execution, plan, envelope, attempt, token);
        break;
      case 'wait':
        this.#wait(execution, plan.state, envelope, attempt);
        break;
      case 'childExecution':
        void this.#enter(attempt, () => {
          this.#runChildExecution(execution, plan, envelope, attempt);
        });
        break;
      case 'parallel':
        void this.#enter(attempt, () => this.#runBranches(execution, plan, envelope, attempt));
        break;
      case 'map':
        void this.#enter(attempt, () => this.#runMap(execution, plan, envelope, attempt));
        break;
    }
  }

  /**
   * Begins what has states of its own, once everybody has seen that the state around them is entered. It takes its turn
   * in the queue, as beside a function at work it would begin sooner or later by how long that really takes.
   */
  async #enter(attempt: Attempt, work: () => void | Promise<void>): Promise<void> {
    await this.invocations.run(() => Promise.resolve());
    try {
      if (!attempt.isOver()) await work();
    } catch (thrown) {
      attempt.fail(thrown as Error);
    }
  }

  #succeed(attempt: Attempt, result: JsonValue, what: string): void {
    try {
      measured(result, what);
      attempt.succeed(result);
    } catch (tooLarge) {
      attempt.fail(tooLarge as Error);
    }
  }

  #invoke(
    execution: Execution,
    plan: FunctionPlan,
    envelope: Envelope,
    attempt: Attempt,
    token: string | undefined,
  ): void {
    const { Payload: payload } = envelope.arguments as JsonObject;
    if (plan.kind === 'lambdaWithToken' && token !== undefined) {
      this.#tokens.set(token, attempt);
      attempt.whenOver(() => this.#tokens.set(token, undefined));
    }
    const done = (result: JsonValue): void => {
      if (plan.kind === 'lambda') {
        this.#succeed(attempt, functionResult(result), "The function's result");
      } else if (!attempt.isOver()) {
        execution.historyEvents += attemptEvents[plan.kind].submitted.length;
      }
    };
    this.invocations.invoke(plan.functionName, payload).then(done, (thrown: unknown) => {
      const { error, cause } = errorAndCause(thrown);
      attempt.fail(new TaskFailure(error, cause));
    });
  }

  #wait(execution: Execution, state: string, envelope: Envelope, attempt: Attempt): void {
    const until = waitsUntil(envelope, this.#clock.epochMs);
    const cancel = this.#clock.schedule(until, `${labelOf(execution)}: ${state} is over`, () => {
      attempt.succeed(null);
    });
    attempt.whenOver(cancel);
  }

  #runChildExecution(
    execution: Execution,
    plan: ChildExecutionPlan,
    envelope: Envelope,
    attempt: Attempt,
  ): void {
    const given = envelope.arguments as JsonObject;
    const name = given['Name'] ?? `unnamed-${String(++this.#childrenWithoutName)}`;
    if (typeof name !== 'string') throw runtimeFailure('Name is no text.');
    let child: Execution;
    try {
      child = this.#start(plan.machine, name, given['Input'] ?? {}).execution;
    } catch (thrown) {
      // The integration names the same errors otherwise than the SDK.
      const { error, cause } = errorAndCause(thrown);
      throw new TaskFailure(`StepFunctions.${error}Exception`, cause);
    }
    execution.historyEvents += attemptEvents[plan.kind].submitted.length;
    attempt.whenOver((ending) => {
      if (ending === 'timed out' || ending === 'aborted') this.#stop(child, 'ABORTED');
    });
    void child.ended.then((end) => {
      if (end.status === 'SUCCEEDED') {
        this.#succeed(attempt, childResult(child, end, 'as JSON'), "The child execution's result");
      } else {
        attempt.fail(
          new TaskFailure('States.TaskFailed', JSON.stringify(childResult(child, end, 'as text'))),
        );
      }
    });
  }

  async #runBranches(
    execution: Execution,
    plan: ParallelPlan,
    envelope: Envelope,
    attempt: Attempt,
  ): Promise<void> {
    const branches = new Scope();
    attempt.whenOver((ending: Ending) => {
      if (ending !== 'succeeded') branches.stop();
    });
    const input = envelope.arguments as JsonValue;
    const results = await Promise.all(
      plan.branches.map((branch) => this.#runSequence(execution, branch, input, branches)),
    );
    this.#succeed(attempt, results, "The branches' results");
  }

  async #runMap(execution: Execution, plan: MapPlan, envelope: Envelope, attempt: Attempt): Promise<void> {
    const items = plan.readsItems ? await this.#readItems(envelope) : envelope.items;
    if (!Array.isArray(items)) throw runtimeFailure('The items of a Map are a list.');
    const results: JsonValue[] = [];
    const run = String(++this.#mapRuns);
    let next = 0;
    let failed = 0;
    const workThroughItems = async (): Promise<void> => {
      while (next < items.length && !attempt.isOver()) {
        const index = next++;
        const input = await selectItem(plan, envelope, execution, items[index] as JsonValue, index);
        if (attempt.isOver()) return;
        const name = `${execution.name}-${run}-${String(index)}`;
        const id = executionArn(`${execution.machine}/${plan.label}`, name);
        const child = this.#execute({ id, machine: execution.machine, name, input }, plan.item);
        const stop = (): void => {
          this.#stop(child, 'ABORTED');
        };
        attempt.whenOver(stop);
        const end = await child.ended;
        results[index] = end.status === 'SUCCEEDED' ? end.output : childResult(child, end, 'as text');
        if (end.status !== 'SUCCEEDED' && isTooMany(++failed, items.length, plan)) {
          throw new TaskFailure(
            'States.ExceedToleratedFailureThreshold',
            'The specified tolerated failure threshold was exceeded',
          );
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(plan.maxConcurrency, items.length) }, workThroughItems));
    this.#succeed(attempt, results, "The Map's result");
  }

  async #readItems(envelope: Envelope): Promise<unknown> {
    const documents = this.#documents;
    if (documents === undefined) throw new TaskFailure('States.ItemReaderFailed', 'No documents were given.');
    const { Bucket: bucket, Key: key } = envelope.reader as JsonObject;
    if (typeof bucket !== 'string' || typeof key !== 'string')
      throw runtimeFailure('Bucket and Key are texts.');
    try {
      // Through the queue, so that two readers always come in the same order.
      const items: unknown = JSON.parse(
        await this.invocations.run(async () => await documents.read(bucket, key)),
      );
      if (!Array.isArray(items)) throw new Error('The document is no JSON list.');
      return items;
    } catch (thrown) {
      throw new TaskFailure('States.ItemReaderFailed', errorAndCause(thrown).cause);
    }
  }
}

/** How the labels of timers name an execution. */
function labelOf(execution: Execution): string {
  return `${execution.machine} ${execution.name}`;
}

function isPositiveWhole(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 1;
}

function waitsUntil(envelope: Envelope, nowEpochMs: number): number {
  const { seconds, timestamp } = envelope;
  if (timestamp !== undefined) {
    if (!isTimestamp(timestamp))
      throw runtimeFailure(`${JSON.stringify(timestamp)} is no timestamp to wait for.`);
    return Date.parse(timestamp);
  }
  if (!Number.isInteger(seconds) || (seconds as number) < 0 || (seconds as number) > LONGEST_SECONDS) {
    throw runtimeFailure(`${JSON.stringify(seconds)} is no number of seconds to wait.`);
  }
  return nowEpochMs + (seconds as number) * 1000;
}

async function selectItem(
  plan: MapPlan,
  envelope: Envelope,
  execution: Execution,
  item: JsonValue,
  index: number,
): Promise<JsonValue> {
  if (plan.selector === undefined) return item;
  const run = plan.selector.run(envelope.input as JsonValue, {
    context: { ...contextOf(execution), Map: { Item: { Index: index, Value: item } } },
  });
  try {
    return await run.result;
  } catch (thrown) {
    throw thrown instanceof Error ? thrown.cause : thrown;
  }
}

function isTooMany(failed: number, items: number, plan: MapPlan): boolean {
  const { toleratedPercentage, toleratedCount } = plan;
  if (toleratedPercentage === undefined && toleratedCount === undefined) return true;
  return (
    (toleratedPercentage !== undefined && (failed / items) * 100 > toleratedPercentage) ||
    (toleratedCount !== undefined && failed > toleratedCount)
  );
}
