import { fromString } from 'temporal-polyfill/fns/Instant';
import { instant as presentInstant } from 'temporal-polyfill/fns/Now';

import type { Instant, Moment } from './calendar.ts';
import { addSeconds, secondsBetween, toInstant } from './calendar.ts';

/**
 * Tells the present instant. Every invocation is handed one; nothing else in the product reads the time,
 * so that a rehearsal can run eight weeks in a second with the right date on everything.
 */
export interface Clock {
  /** The present instant. */
  now(): Moment;
  /**
   * How many seconds a machine must really wait for a span of this clock's time: the same number on a clock that
   * runs at its natural speed, fewer in a rehearsal stage whose clock runs fast. A whole number, at least 1.
   */
  realSeconds(clockSeconds: number): number;
  /** The instant by the world's clock at which this clock shows an instant: the same on a clock at natural speed. */
  realInstant(instant: Instant): Instant;
}

/** The world's clock. */
export const systemClock: Clock = {
  now: presentInstant,
  realSeconds: (clockSeconds) => Math.max(1, Math.ceil(clockSeconds)),
  realInstant: (instant) => instant,
};

/**
 * A clock that runs fast, for a `rehearsal` stage: it showed `start` when the world's clock showed `realStart`.
 * @param speed how many of its seconds pass in one
 */
export const fastClock = (
  start: Instant,
  realStart: Instant,
  speed: number,
  real: Clock = systemClock,
): Clock => ({
  now: () => fromString(addSeconds(start, secondsBetween(realStart, toInstant(real.now())) * speed)),
  realSeconds: (clockSeconds) => Math.max(1, Math.ceil(clockSeconds / speed)),
  realInstant: (instant) => addSeconds(realStart, Math.ceil(secondsBetween(start, instant) / speed)),
});
