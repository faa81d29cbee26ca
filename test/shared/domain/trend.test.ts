import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { recentTrend, trendOf } from '../../../shared/domain/trend.ts';

const point = (value: number, half: number | null = null) => ({
  value,
  interval: half === null ? null : { lower: value - half, upper: value + half },
});

describe('recent trend', () => {
  it('finds diabetes prevalence rising, by the figures that Fingertips publishes for England, 2020 to 2024', () => {
    const england = [
      [7.0826, 7.0754, 7.094],
      [7.1085, 7.1013, 7.1199],
      [7.2571, 7.2499, 7.2684],
      [7.4528, 7.4456, 7.4643],
      [7.6554, 7.6481, 7.6669],
    ] as const;
    expect(recentTrend(england.map(([value, lower, upper]) => ({ value, interval: { lower, upper } })))).toBe(
      'up',
    );
  });

  it('is worked by hand at its limit: equal weights, slope 1, standard error √(1/10) of one point’s', () => {
    // With weights w, the squared slope in standard errors is 10 w; the limit is 9.5495, so w = 0.95496 decides.
    const half = (weight: number) => 1.96 / Math.sqrt(weight);
    const line = (weight: number) => [1, 2, 3, 4, 5].map((value) => point(value, half(weight)));
    expect(recentTrend(line(0.9551))).toBe('up');
    expect(recentTrend(line(0.9548))).toBe('level');
    expect(recentTrend(line(0.9551).toReversed())).toBe('down');
  });

  it('is level where one outlier makes the slope', () => {
    expect(recentTrend([0, 0, 0, -0.1, 50].map((value) => point(value, 0.5)))).toBe('level');
  });

  it('takes five figures with intervals, the latest ones', () => {
    const five = [1, 2, 3, 4, 5].map((value) => point(value, 0.1));
    expect(recentTrend(five.slice(1))).toBeNull();
    expect(recentTrend([...five.slice(1), point(6)])).toBeNull();
    expect(recentTrend([point(99), ...five])).toBe('up');
  });

  it('turns round when the figures do', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 1, max: 50 })), {
          minLength: 5,
          maxLength: 8,
        }),
        (figures) => {
          const there = recentTrend(figures.map(([value, half]) => point(value, half)));
          const back = recentTrend(figures.map(([value, half]) => point(-value, half)));
          expect(back).toBe(there === 'up' ? 'down' : there === 'down' ? 'up' : there);
        },
      ),
    );
  });
});

describe('which way a figure moved', () => {
  it('goes by the intervals of the last two periods, which must not overlap', () => {
    expect(trendOf([point(60, 2), point(66, 2)], 1)).toEqual({ movement: 'up', basis: 'intervals' });
    expect(trendOf([point(60, 3), point(66, 3)], 1)).toEqual({ movement: 'level', basis: 'intervals' });
    expect(trendOf([point(66, 2), point(60, 2)], 1)).toEqual({ movement: 'down', basis: 'intervals' });
  });

  it('goes by the values where no interval is published, and says so', () => {
    expect(trendOf([point(60), point(60.1)], 1)).toEqual({ movement: 'up', basis: 'values' });
    expect(trendOf([point(60), point(60)], 1)).toEqual({ movement: 'level', basis: 'values' });
    // Both are shown as 60.1.
    expect(trendOf([point(60.06), point(60.14)], 1)).toEqual({ movement: 'level', basis: 'values' });
    expect(trendOf([point(60.06), point(60.14)], 2)).toEqual({ movement: 'up', basis: 'values' });
    expect(trendOf([point(60, 1), point(50)], 1)).toEqual({ movement: 'down', basis: 'values' });
    expect(trendOf([point(60)], 1)).toBeNull();
  });
});
