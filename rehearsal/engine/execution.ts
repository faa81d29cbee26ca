import type { Temporal } from 'temporal-polyfill';
import { Scope } from './attempt.ts';
import type { JsonValue } from './json.ts';

/** How an execution stands, as AWS names it. */
export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** What the engine tells of an execution. */
export interface ExecutionDescription {
  readonly executionId: string;
  /** The machine whose definition it runs; for the child of a Distributed Map, the machine that the Map stands in. */
  readonly machine: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly input: JsonValue;
  /** Of a succeeded execution. */
  readonly output?: JsonValue;
  /** Of a failed execution. */
  readonly error?: string;
  /** Of a failed execution that gives a cause. */
  readonly cause?: string;
  /** The states that are at work: several while branches run, none once the execution has ended. */
  readonly currentStates: readonly string[];
  readonly startedAt: Temporal.Instant;
  readonly endedAt?: Temporal.Instant;
}

/** How an execution ended. */
export type ExecutionEnd =
  | { readonly status: 'SUCCEEDED'; readonly output: JsonValue }
  | { readonly status: 'FAILED'; readonly error: string; readonly cause: string }
  | { readonly status: 'TIMED_OUT' | 'ABORTED' };

/** An execution as the engine keeps it. */
export class Execution {
  readonly id: string;
  readonly machine: string;
  readonly name: string;
  readonly input: JsonValue;
  readonly startedAt: Temporal.Instant;
  readonly scope = new Scope();
  readonly currentStates = new Set<string>();
  transitions = 0;
  historyEvents = 0;
  #end: { readonly how: ExecutionEnd; readonly at: Temporal.Instant } | undefined;
  readonly #ended = Promise.withResolvers<ExecutionEnd>();

  constructor(identity: {
    readonly id: string;
    readonly machine: string;
    readonly name: string;
    readonly input: JsonValue;
    readonly startedAt: Temporal.Instant;
  }) {
    this.id = identity.id;
    this.machine = identity.machine;
    this.name = identity.name;
    this.input = identity.input;
    this.startedAt = identity.startedAt;
  }

  get status(): ExecutionStatus {
    return this.#end?.how.status ?? 'RUNNING';
  }

  get endedAt(): Temporal.Instant | undefined {
    return this.#end?.at;
  }

  /** Resolves when the execution ends, and never rejects. */
  get ended(): Promise<ExecutionEnd> {
    return this.#ended.promise;
  }

  /** @returns false when it had ended before, which then stands. */
  end(how: ExecutionEnd, at: Temporal.Instant): boolean {
    if (this.#end !== undefined) return false;
    this.#end = { how, at };
    this.currentStates.clear();
    this.#ended.resolve(how);
    return true;
  }

  describe(): ExecutionDescription {
    const how = this.#end?.how;
    return {
      executionId: this.id,
      machine: this.machine,
      name: this.name,
      status: this.status,
      input: this.input,
      ...(how?.status === 'SUCCEEDED' ? { output: how.output } : {}),
      ...(how?.status === 'FAILED' ? { error: how.error } : {}),
      ...(how?.status === 'FAILED' && how.cause !== '' ? { cause: how.cause } : {}),
      currentStates: [...this.currentStates],
      startedAt: this.startedAt,
      ...(this.#end === undefined ? {} : { endedAt: this.#end.at }),
    };
  }
}
