import type { Context } from 'aws-lambda';
import { type JsonValue, jsonCopy } from './json.ts';
import { afterMicrotasks, type VirtualClock } from './virtual-clock.ts';

/** A Lambda function's handler. `never` lets handlers of any payload stand in one record: what arrives is JSON anyway. */
export type InvocationHandler = (payload: never, context: Context) => unknown;

/** What a function threw: under its own name, as Retry and Catch will see it, with the thrown thing as `cause`. */
export class InvocationError extends Error {
  constructor(name: string, message: string, cause: unknown) {
    super(message, { cause });
    this.name = name;
  }
}

/**
 * Runs everything that has effects strictly one at a time, first in, first out: the functions of the machines, the web
 * requests of simulated people, the reading of documents. Before each begins, all that followed from the one before has
 * settled. That is what makes a rehearsal go the same way every time, whatever real input and output there is in between.
 *
 * Time stands still while anything is queued. Work must not wait for other work that it puts in the queue itself: it
 * would wait for ever.
 */
export class InvocationQueue {
  readonly #clock: VirtualClock;
  readonly #functions: ReadonlyMap<string, InvocationHandler>;
  #queue: (() => Promise<void>)[] = [];
  #draining: Promise<void> | undefined;
  #invocations = 0;

  constructor(options: { clock: VirtualClock; functions: Readonly<Record<string, InvocationHandler>> }) {
    this.#clock = options.clock;
    this.#functions = new Map(Object.entries(options.functions));
  }

  /**
   * Invokes a function when its turn comes. Payload and result travel as JSON copies.
   *
   * @throws InvocationError under the name of what the function threw; named `ResourceNotFoundException` when there is
   * no such function.
   */
  async invoke(functionName: string, payload: unknown): Promise<JsonValue> {
    const sent = jsonCopy(payload);
    return await this.run(async () => {
      const handler = this.#functions.get(functionName);
      if (handler === undefined) {
        throw new InvocationError(
          'ResourceNotFoundException',
          `Function not found: ${functionName}`,
          undefined,
        );
      }
      try {
        return jsonCopy(await handler(sent as never, this.#context(functionName)));
      } catch (thrown) {
        if (thrown instanceof Error) throw new InvocationError(thrown.name, thrown.message, thrown);
        throw new InvocationError('Error', String(thrown), thrown);
      }
    });
  }

  /** Runs any other piece of work when its turn comes. Settles as the work does. */
  run<Result>(work: () => Promise<Result>): Promise<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    this.#queue.push(async () => {
      try {
        resolve(await work());
      } catch (error) {
        reject(error);
      }
    });
    this.#draining ??= this.#drain();
    return promise;
  }

  /** Resolves when nothing is running or queued, and what the last work led to has settled. */
  async idle(): Promise<void> {
    while (this.#draining !== undefined) await this.#draining;
  }

  async #drain(): Promise<void> {
    const release = this.#clock.hold();
    // Work is taken a batch at a time: shifting a long list one by one is slow.
    await afterMicrotasks();
    while (this.#queue.length > 0) {
      const batch = this.#queue;
      this.#queue = [];
      for (const work of batch) {
        await work();
        await afterMicrotasks();
      }
    }
    this.#draining = undefined;
    release();
  }

  #context(functionName: string): Context {
    const number = String(++this.#invocations).padStart(12, '0');
    const invocationEndsBy = performance.now() + LAMBDA_TIMEOUT_MS;
    // Without the callbacks of old, which handlers of promises do not see.
    const context: Omit<Context, 'done' | 'fail' | 'succeed'> = {
      functionName,
      functionVersion: '$LATEST',
      invokedFunctionArn: functionName,
      awsRequestId: `00000000-0000-4000-8000-${number}`,
      logGroupName: `/aws/lambda/${functionName}`,
      logStreamName: 'rehearsal',
      memoryLimitInMB: '512',
      callbackWaitsForEmptyEventLoop: false,
      getRemainingTimeInMillis: () => Math.max(0, Math.round(invocationEndsBy - performance.now())),
    };
    return context as Context;
  }
}

/** The longest that Lambda lets a function run. */
const LAMBDA_TIMEOUT_MS = 15 * 60 * 1000;
