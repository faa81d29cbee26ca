import { setImmediate } from 'node:timers';
import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../../shared/time/calendar.ts';
import type { Clock } from '../../shared/time/clock.ts';

interface Timer {
  readonly atEpochMs: number;
  /** Which timer was set first: the tie-break that makes every run go the same way. */
  readonly order: number;
  readonly label: string;
  /** Absent once the timer has run or has been cancelled. */
  action: (() => unknown) | undefined;
}

/** The next thing that the clock will do. */
export interface NextTimer {
  readonly atEpochMs: number;
  readonly label: string;
}

/**
 * The clock of a rehearsal. Its time stands still while anything is going on, and jumps from one timer to the next.
 *
 * It replaces no global: whoever is to live in virtual time is handed this clock (the state machine library through
 * `library.ts`), so real input and output, and the timers of everybody else, stay on the real clock. A span is a plain
 * number of milliseconds, so none overflows.
 *
 * Timers run in order of their time, and at the same time in the order in which they were set.
 */
export class VirtualClock implements Clock {
  readonly #timers: Timer[] = [];
  #epochMs: number;
  #instant: Temporal.Instant | undefined;
  #timersSet = 0;
  #holds = 0;
  #whenReleased: (() => void)[] = [];
  #running = false;

  /** @throws RangeError for a start that is no whole number of milliseconds. */
  constructor(startEpochMs: number) {
    if (!Number.isSafeInteger(startEpochMs))
      throw new RangeError(`no instant to start from: ${String(startEpochMs)}`);
    this.#epochMs = startEpochMs;
  }

  now(): Temporal.Instant {
    return (this.#instant ??= Temporal.Instant.fromEpochMilliseconds(this.#epochMs));
  }

  /** The present instant in milliseconds since 1970. */
  get epochMs(): number {
    return this.#epochMs;
  }

  realSeconds(clockSeconds: number): number {
    return Math.max(1, Math.ceil(clockSeconds));
  }

  realInstant(instant: Instant): Instant {
    return instant;
  }

  /**
   * Sets a timer; one in the past runs next, at the present instant. Time waits for an action that returns a promise.
   *
   * @param label says in the time-travel page what is coming.
   * @returns cancels the timer; does nothing once it has run.
   * @throws RangeError for an instant that is no number.
   */
  schedule(atEpochMs: number, label: string, action: () => unknown): () => void {
    if (Number.isNaN(atEpochMs)) throw new RangeError(`no instant to schedule "${label}" at`);
    const timer: Timer = {
      // Whole milliseconds, rounded up as a wait may last longer but never shorter than asked.
      atEpochMs: Math.max(this.#epochMs, Math.ceil(atEpochMs)),
      order: this.#timersSet++,
      label,
      action,
    };
    this.#push(timer);
    return () => {
      timer.action = undefined;
    };
  }

  /** The next timer, or undefined when there is none. */
  peek(): NextTimer | undefined {
    const timer = this.#earliest();
    return timer && { atEpochMs: timer.atEpochMs, label: timer.label };
  }

  /** Says that something is going on, such as a handler's work: time stands still until the returned function is called. */
  hold(): () => void {
    this.#holds++;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#holds--;
      if (this.#holds > 0) return;
      const released = this.#whenReleased;
      this.#whenReleased = [];
      for (const release of released) release();
    };
  }

  /** Resolves when nothing is going on: nobody holds the clock, and every promise that could go on has gone on. */
  async settled(): Promise<void> {
    do {
      if (this.#holds > 0) await new Promise<void>((resolve) => this.#whenReleased.push(resolve));
      await afterMicrotasks();
    } while (this.#holds > 0);
  }

  /**
   * Waits until nothing is going on, moves the time to the next timer, runs it, and waits again.
   *
   * @returns false when there was no timer left.
   * @throws what the timer's action throws; Error when the clock is already being moved.
   */
  async runNext(): Promise<boolean> {
    return await this.#alone(async () => await this.#step(Number.POSITIVE_INFINITY));
  }

  /**
   * Runs every timer up to and including an instant, and leaves the clock there.
   *
   * @throws RangeError for an instant that has passed; otherwise as {@link runNext}.
   */
  async runUntil(epochMs: number): Promise<void> {
    await this.#alone(async () => {
      if (!(epochMs >= this.#epochMs)) throw new RangeError('time does not run backwards');
      while (await this.#step(epochMs)) {
        // Each step has done its work.
      }
      this.#moveTo(epochMs);
    });
  }

  /**
   * Runs one timer after the other while the predicate holds, which is asked whenever everything has settled.
   *
   * @returns how many timers ran; when the predicate still holds, none is left.
   * @throws as {@link runNext}.
   */
  async runWhile(predicate: () => boolean): Promise<number> {
    return await this.#alone(async () => {
      let ran = 0;
      while (predicate() && (await this.#step(Number.POSITIVE_INFINITY))) ran++;
      return ran;
    });
  }

  async #alone<Result>(move: () => Promise<Result>): Promise<Result> {
    if (this.#running) throw new Error('the clock is already being moved');
    this.#running = true;
    try {
      await this.settled();
      return await move();
    } finally {
      this.#running = false;
    }
  }

  async #step(latestEpochMs: number): Promise<boolean> {
    const timer = this.#earliest();
    if (timer === undefined || timer.atEpochMs > latestEpochMs) return false;
    this.#pop();
    this.#moveTo(timer.atEpochMs);
    const action = timer.action;
    timer.action = undefined;
    await action?.();
    await this.settled();
    return true;
  }

  #moveTo(epochMs: number): void {
    if (epochMs === this.#epochMs) return;
    this.#epochMs = epochMs;
    this.#instant = undefined;
  }

  /** The root of the heap, after the cancelled timers above it have gone. */
  #earliest(): Timer | undefined {
    for (;;) {
      const timer = this.#timers[0];
      if (timer === undefined || timer.action !== undefined) return timer;
      this.#pop();
    }
  }

  #push(timer: Timer): void {
    const timers = this.#timers;
    let index = timers.length;
    timers.push(timer);
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = timers[parentIndex];
      if (parent === undefined || isBefore(parent, timer)) break;
      timers[index] = parent;
      index = parentIndex;
    }
    timers[index] = timer;
  }

  #pop(): void {
    const timers = this.#timers;
    const last = timers.pop();
    if (last === undefined || timers.length === 0) return;
    let index = 0;
    for (;;) {
      let childIndex = 2 * index + 1;
      let child = timers[childIndex];
      if (child === undefined) break;
      const right = timers[childIndex + 1];
      if (right !== undefined && isBefore(right, child)) {
        childIndex++;
        child = right;
      }
      if (isBefore(last, child)) break;
      timers[index] = child;
      index = childIndex;
    }
    timers[index] = last;
  }
}

/** Resolves once every promise that could go on without input or output has gone on. */
export function afterMicrotasks(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function isBefore(left: Timer, right: Timer): boolean {
  return left.atEpochMs < right.atEpochMs || (left.atEpochMs === right.atEpochMs && left.order < right.order);
}
