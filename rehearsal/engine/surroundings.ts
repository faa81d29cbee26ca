import { LONGEST_SECONDS } from './definition.ts';
import type { Surroundings } from './library.ts';
import type { VirtualClock } from './virtual-clock.ts';

/**
 * The timers, dates and random numbers that the library finds around it: all of them in virtual time, and the same in
 * every run.
 */
export class VirtualSurroundings implements Surroundings {
  readonly Date: DateConstructor;
  readonly Math: Math = mathWithFixedRandom();
  readonly #clock: VirtualClock;
  #expected: { readonly label: string; readonly onTimeout: () => void } | undefined;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
    this.Date = dateOf(clock);
  }

  /** Says that the next timer that the library sets is the timeout of the state at hand, and not a retry's pause. */
  expectTimeout(label: string, onTimeout: () => void): void {
    this.#expected = { label, onTimeout };
  }

  readonly setTimeout = (callback: () => void, milliseconds: number): (() => void) | undefined => {
    const expected = this.#expected;
    this.#expected = undefined;
    // A Task that names no timeout: nobody wants to wait three years for it.
    if (milliseconds >= LONGEST_SECONDS * 1000) return undefined;
    return this.#clock.schedule(
      this.#clock.epochMs + milliseconds,
      expected?.label ?? 'a failed state is tried again',
      () => {
        expected?.onTimeout();
        callback();
      },
    );
  };

  readonly clearTimeout = (timer: (() => void) | undefined): void => {
    timer?.();
  };
}

function dateOf(clock: VirtualClock): DateConstructor {
  const now = (): number => clock.epochMs;
  return new Proxy(Date, {
    construct: (target, given: unknown[], newTarget) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget) as Date,
    get: (target, property, receiver): unknown =>
      property === 'now' ? now : Reflect.get(target, property, receiver),
  });
}

/** JitterStrategy FULL draws from it (mulberry32). */
function mathWithFixedRandom(): Math {
  let state = 0;
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return Object.create(Math, { random: { value: random } }) as Math;
}
