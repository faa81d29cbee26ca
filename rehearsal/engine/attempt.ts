import { TaskFailure } from './failures.ts';
import type { JsonValue } from './json.ts';

/** How an attempt came to its end. */
export type Ending = 'succeeded' | 'failed' | 'timed out' | 'aborted';

/** What goes on together and is stopped together: an execution, or the branches of a Parallel. */
export class Scope {
  readonly #stops = new Set<() => void>();
  #stopped = false;

  get stopped(): boolean {
    return this.#stopped;
  }

  /** Has the function called when the scope is stopped. @returns takes it back. */
  onStop(stop: () => void): () => void {
    this.#stops.add(stop);
    return () => this.#stops.delete(stop);
  }

  /** Stops everything in it, in the order in which it began. */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    for (const stop of this.#stops) stop();
    this.#stops.clear();
  }
}

/** One attempt at a state's work. It ends once; whatever would end it again is ignored, as is work that comes too late. */
export class Attempt {
  readonly #outcome = Promise.withResolvers<JsonValue>();
  readonly #leaveScope: () => void;
  #whenOver: ((ending: Ending) => void)[] = [];
  #over = false;

  constructor(scope: Scope) {
    this.#leaveScope = scope.onStop(() => {
      this.#end('aborted');
      this.#outcome.reject(new TaskFailure('States.Aborted', 'stopped', 'ends the execution'));
    });
  }

  /** What the library waits for. */
  get outcome(): Promise<JsonValue> {
    return this.#outcome.promise;
  }

  isOver(): boolean {
    return this.#over;
  }

  /** Has the function called when the attempt ends, before the machine learns of it. */
  whenOver(tell: (ending: Ending) => void): void {
    this.#whenOver.push(tell);
  }

  succeed(result: JsonValue): void {
    if (this.#end('succeeded')) this.#outcome.resolve(result);
  }

  fail(failure: Error): void {
    if (this.#end('failed')) this.#outcome.reject(failure);
  }

  /** The library's own timer has run out: it fails the state by itself and looks at the outcome no more. */
  timeOut(): void {
    this.#end('timed out');
  }

  #end(ending: Ending): boolean {
    if (this.#over) return false;
    this.#over = true;
    this.#leaveScope();
    const tellAll = this.#whenOver;
    this.#whenOver = [];
    for (const tell of tellAll) tell(ending);
    return true;
  }
}
