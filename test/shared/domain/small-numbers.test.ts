import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Observation } from '../../../shared/domain/partnership.ts';
import { hideSmallNumbers } from '../../../shared/domain/small-numbers.ts';
import { observation } from '../report/sample.ts';

const county = 'E10000016';

const counted = (area: string, count: number, denominator = 1_000): Observation =>
  observation(area, (100 * count) / denominator, { count, denominator });

const withCounty = (counts: Readonly<Record<string, number>>): readonly Observation[] => [
  ...Object.entries(counts).map(([area, count]) => counted(area, count)),
  counted(
    county,
    Object.values(counts).reduce((sum, count) => sum + count, 0),
    10_000,
  ),
];

const hiddenAreas = (observations: readonly Observation[], areas: readonly string[]): readonly string[] =>
  hideSmallNumbers(observations, { areas, county, hideBelow: 5 })
    .filter(({ suppressed }) => suppressed)
    .map(({ area }) => area)
    .sort();

describe('small numbers', () => {
  it('from 1 to 4 are hidden with all that tells of them, and zero and 5 are shown', () => {
    const [a] = hideSmallNumbers([counted('a', 4)], { areas: ['a'], county, hideBelow: 5 });
    expect(a).toMatchObject({ value: null, lower: null, upper: null, count: null, denominator: null });
    expect(hiddenAreas([counted('a', 4), counted('b', 0), counted('c', 5)], ['a', 'b', 'c'])).toEqual(['a']);
  });

  it('take the next smallest with them, where the county’s total would tell the one', () => {
    expect(hiddenAreas(withCounty({ a: 3, b: 20, c: 9, d: 0 }), ['a', 'b', 'c', 'd'])).toEqual(['a', 'c']);
    expect(hiddenAreas(withCounty({ a: 3, b: 2, c: 9 }), ['a', 'b', 'c'])).toEqual(['a', 'b']);
  });

  it('take one more where the sum leaves one value each: 1 and 1 are 2', () => {
    expect(hiddenAreas(withCounty({ a: 1, b: 1, c: 9 }), ['a', 'b', 'c'])).toEqual(['a', 'b', 'c']);
    expect(hiddenAreas(withCounty({ a: 4, b: 4, c: 9 }), ['a', 'b', 'c'])).toEqual(['a', 'b', 'c']);
  });

  it('need no second one where a district is not published, or no total is', () => {
    const observations = withCounty({ a: 3, b: 20 });
    expect(hiddenAreas(observations, ['a', 'b', 'c'])).toEqual(['a']);
    expect(hiddenAreas(observations.slice(0, 2), ['a', 'b'])).toEqual(['a']);
  });

  it('protect what the publisher withholds as well', () => {
    const withheld = observation('a', null, { suppressed: true });
    const rest = withCounty({ b: 20, c: 9 });
    expect(hiddenAreas([withheld, ...rest], ['a', 'b', 'c'])).toEqual(['a', 'c']);
  });

  it('can never be worked out from the county’s total', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 12 }), { minLength: 2, maxLength: 12 }), (counts) => {
        const areas = counts.map((_, index) => `area-${String(index).padStart(2, '0')}`);
        const districts = areas.map((area, index) => counted(area, counts[index] ?? 0));
        const total = counts.reduce((sum, count) => sum + count, 0);
        const all = hideSmallNumbers([...districts, counted(county, total, 10_000)], {
          areas,
          county,
          hideBelow: 5,
        });
        const shownTotal = all.find(({ area }) => area === county)?.count;
        const hidden = all.filter(({ area, suppressed }) => area !== county && suppressed === true);
        for (const [index, area] of areas.entries()) {
          const count = counts[index] ?? 0;
          if (count > 0 && count < 5) expect(hidden.map((one) => one.area)).toContain(area);
        }
        const others = counts.filter((count) => count !== 0).length;
        if (typeof shownTotal === 'number' && hidden.length > 0 && others > 1)
          expect(hidden.length).toBeGreaterThan(1);
      }),
    );
  });
});
