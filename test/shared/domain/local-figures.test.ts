import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { figuresFor, indexObservations } from '../../../shared/domain/indicator.ts';
import {
  askedInReturn,
  localObservations,
  withLocalFigures,
  withNewer,
} from '../../../shared/domain/local-figures.ts';
import type { Indicator, Observation } from '../../../shared/domain/partnership.ts';
import type { LocalFigure } from '../../../shared/domain/return.ts';
import { indicator, observation } from '../report/sample.ts';

const group = { id: 'dover', area: 'area-dover' };
const county = 'E10000016';
const indicators: readonly Indicator[] = [
  indicator('gcse'),
  indicator('hub', { group: 'dover', unit: '%', target: 60, floor: 40 }),
  indicator('carers', { group: 'dover', unit: 'young people', decimals: 0 }),
];
const published: readonly Observation[] = [
  observation('area-dover', 67.6),
  observation('area-ashford', 72.9),
];

const figuresAfter = (told: readonly LocalFigure[], before: readonly Observation[] = []) => {
  const source = { indicators, priorities: [], county, on: '2026-09-16' };
  const figures = figuresFor(group, {
    ...source,
    observations: indexObservations(published, ['area-dover', 'area-ashford'], { county }),
  });
  const observations = withNewer(
    withNewer(published, before),
    localObservations(group.area, told, indicators),
  );
  return new Map(
    withLocalFigures(figures, group, { ...source, observations }).map((one) => [one.indicator, one]),
  );
};

const spring = '2026-04-01/2026-06-30';
const summer = '2026-07-01/2026-09-30';

describe('a figure of an LCPG’s own indicator', () => {
  test('stands with its period, rated, and ranked against nobody', () => {
    const figures = figuresAfter([{ indicator: 'hub', value: 45, period: spring }]);
    expect(figures.get('hub')).toMatchObject({
      value: 45,
      period: 'April to June 2026',
      rating: 'amber',
      rank: null,
      county: null,
      suppressed: false,
    });
    // The others are as they were.
    expect(figures.get('gcse')).toMatchObject({ value: 67.6, rank: 2, of: 2 });
  });

  test('has the one of an earlier return before it, and takes its place where the period is the same', () => {
    const before = localObservations(
      group.area,
      [{ indicator: 'hub', value: 38, period: spring }],
      indicators,
    );
    expect(figuresAfter([{ indicator: 'hub', value: 45, period: summer }], before).get('hub')).toMatchObject({
      value: 45,
      previousValue: 38,
      previousPeriod: 'April to June 2026',
    });
    expect(figuresAfter([{ indicator: 'hub', value: 39, period: spring }], before).get('hub')).toMatchObject({
      value: 39,
      previousValue: null,
    });
  });

  test('of which nothing is told is missing, and one of another LCPG is not taken', () => {
    expect(figuresAfter([]).get('hub')).toMatchObject({ value: null, rating: null });
    expect(figuresAfter([{ indicator: 'nobody', value: 1, period: spring }]).has('nobody')).toBe(false);
    expect(figuresAfter([{ indicator: 'gcse', value: 99, period: spring }]).get('gcse')?.value).toBe(67.6);
  });

  test('that counts people is not shown from 1 to 4; zero is, and so is a percentage', () => {
    fc.assert(
      fc.property(fc.constantFrom('carers', 'hub'), fc.integer({ min: 0, max: 60 }), (id, value) => {
        const figure = figuresAfter([{ indicator: id, value, period: spring }]).get(id);
        const isHidden = id === 'carers' && value >= 1 && value <= 4;
        expect(figure).toMatchObject({ value: isHidden ? null : value, suppressed: isHidden, rank: null });
      }),
    );
  });
});

describe('the indicators of which a return is asked for figures', () => {
  const own = (id: string, ofGroup: string | null) =>
    ({ ...(indicators[0] as Indicator), id, group: ofGroup }) satisfies Indicator;

  test('are those of the group of which nothing is published', () => {
    const all = [
      own('typed', group.id),
      own('published', group.id),
      own('county', null),
      own('other', 'far'),
    ];
    expect(askedInReturn(group.id, all, new Set(['published'])).map(({ id }) => id)).toEqual(['typed']);
    expect(askedInReturn(group.id, all, new Set()).map(({ id }) => id)).toEqual(['typed', 'published']);
  });
});
