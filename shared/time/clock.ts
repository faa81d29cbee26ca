import type { Temporal } from 'temporal-polyfill';

/**
 * Tells the present instant. Every invocation is handed one; nothing else in the product reads the time,
 * so that a rehearsal can run eight weeks in a second with the right date on everything.
 */
export interface Clock {
  /** The present instant. */
  now(): Temporal.Instant;
  /**
   * How many seconds a machine must really wait for a span of this clock's time: the same number on a clock that
   * runs at its natural speed, fewer in a rehearsal stage whose clock runs fast. A whole number, at least 1.
   */
  realSeconds(clockSeconds: number): number;
}
