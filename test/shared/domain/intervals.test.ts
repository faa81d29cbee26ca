import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { eventsInterval, intervalOf, wilsonInterval } from '../../../shared/domain/intervals.ts';

const rounded = (interval: { lower: number; upper: number } | null, decimals: number) =>
  interval === null ? null : [interval.lower.toFixed(decimals), interval.upper.toFixed(decimals)];

const published = { lower: null, upper: null } as const;

describe('Wilson’s interval', () => {
  // Newcombe RG (1998), Statistics in Medicine 17: 857 to 872, table I, method 3.
  it.each([
    [81, 263, '0.2553', '0.3662'],
    [15, 148, '0.0624', '0.1605'],
    [0, 20, '0.0000', '0.1611'],
    [1, 29, '0.0061', '0.1718'],
  ])('of %i in %i is as published', (count, denominator, lower, upper) => {
    expect(rounded(wilsonInterval(count, denominator), 4)).toEqual([lower, upper]);
  });

  it('lies within 0 to 1 and around the share', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (of, part) => {
          const count = Math.floor(of * part);
          const { lower, upper } = wilsonInterval(count, of);
          expect(lower).toBeGreaterThanOrEqual(0);
          expect(upper).toBeLessThanOrEqual(1);
          expect(lower).toBeLessThanOrEqual(count / of + 1e-9);
          expect(upper).toBeGreaterThanOrEqual(count / of - 1e-9);
        },
      ),
    );
  });
});

describe('the interval of a number of events', () => {
  // Exact Poisson limits: Documenta Geigy Scientific Tables, as reprinted in Altman, Statistics with Confidence (2000).
  it.each([
    [0, '0.000', '3.689'],
    [1, '0.025', '5.572'],
    [2, '0.242', '7.225'],
    [5, '1.623', '11.668'],
    [9, '4.115', '17.085'],
  ])('is exact for %i', (count, lower, upper) => {
    expect(rounded(eventsInterval(count), 3)).toEqual([lower, upper]);
  });

  it('is Byar’s from 10 on: 65 events, as OHID’s PHEindicatormethods has them', () => {
    expect(rounded(eventsInterval(65), 3)).toEqual(['50.163', '82.849']);
    expect(rounded(eventsInterval(10), 3)).toEqual(['4.787', '18.391']);
  });

  it('changes little from the exact to the approximate', () => {
    expect(eventsInterval(10).upper - eventsInterval(9).upper).toBeLessThan(1.4);
    expect(eventsInterval(10).lower).toBeGreaterThan(eventsInterval(9).lower);
  });
});

describe('the interval of a figure', () => {
  it('is the publisher’s where both limits are given', () => {
    const given = { value: 20, lower: 15, upper: 26, count: 20, denominator: 100 };
    expect(intervalOf(given, { unit: '%', decimals: 1 })).toEqual({ lower: 15, upper: 26 });
  });

  it('is worked out for a percentage and for a rate', () => {
    const share = { ...published, value: 20, count: 20, denominator: 100 };
    expect(rounded(intervalOf(share, { unit: '%', decimals: 1 }), 2)).toEqual(['13.34', '28.88']);
    const rate = { ...published, value: 65, count: 65, denominator: 100_000 };
    expect(rounded(intervalOf(rate, { unit: 'per 100,000', decimals: 1 }), 2)).toEqual(['50.16', '82.85']);
    const few = { ...published, value: 0.5, count: 5, denominator: 10_000 };
    expect(rounded(intervalOf(few, { unit: 'per 1,000', decimals: 1 }), 3)).toEqual(['0.162', '1.167']);
  });

  it('is none without count and denominator, for another unit, and where they do not give the value', () => {
    const share = { ...published, value: 20, count: 20, denominator: 100 };
    expect(intervalOf({ ...share, count: null }, { unit: '%', decimals: 1 })).toBeNull();
    expect(intervalOf(share, { unit: 'children', decimals: 0 })).toBeNull();
    expect(intervalOf({ ...share, value: 23.4 }, { unit: '%', decimals: 1 })).toBeNull();
    expect(intervalOf({ ...share, value: null }, { unit: '%', decimals: 1 })).toBeNull();
    // Published without decimals: 64.8 shows as 65.
    const whole = { ...published, value: 65, count: 648, denominator: 1_000 };
    expect(intervalOf(whole, { unit: '%', decimals: 1 })).not.toBeNull();
  });
});
