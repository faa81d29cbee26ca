import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { figuresFor, indexObservations, ratingOf } from '../../../shared/domain/indicator.ts';
import type { Indicator, Observation, Priority } from '../../../shared/domain/partnership.ts';
import { periodLabel } from '../../../shared/domain/period.ts';
import { indicator, observation } from '../report/sample.ts';

const county = 'E10000016';
const on = '2026-10-01';

/** Each district's figure of one indicator, by area. */
const figuresByArea = (
  areas: readonly string[],
  observations: readonly Observation[],
  ofIndicator: Indicator = indicator('gcse'),
) => {
  const index = indexObservations(observations, areas);
  return new Map(
    areas.map((area) => {
      const [figure] = figuresFor(
        { id: area, area },
        { indicators: [ofIndicator], priorities: [], observations: index, county, on },
      );
      if (figure === undefined) throw new Error('no figure');
      return [area, figure] as const;
    }),
  );
};

const places = (values: Readonly<Record<string, number | null>>, ofIndicator?: Indicator) =>
  Object.fromEntries(
    [
      ...figuresByArea(
        Object.keys(values),
        Object.entries(values).map(([area, value]) => observation(area, value)),
        ofIndicator,
      ),
    ].map(([area, { rank, of, joint }]) => [
      area,
      rank === null
        ? `unranked of ${String(of)}`
        : `${joint ? 'joint ' : ''}${String(rank)} of ${String(of)}`,
    ]),
  );

describe('rank among the districts', () => {
  it('is worked by hand where high is good: ties share the better place, and the next place is left out', () => {
    expect(places({ a: 70, b: 80, c: 70, d: 60, e: 90, f: 70 })).toEqual({
      e: '1 of 6',
      b: '2 of 6',
      a: 'joint 3 of 6',
      c: 'joint 3 of 6',
      f: 'joint 3 of 6',
      d: '6 of 6',
    });
  });

  it('turns round where low is good', () => {
    expect(places({ a: 10, b: 20, c: 10 }, indicator('gcse', { polarity: 'low' }))).toEqual({
      a: 'joint 1 of 3',
      c: 'joint 1 of 3',
      b: '3 of 3',
    });
  });

  it('goes by the distance from the target, on either side, where a target is to be hit', () => {
    const target = indicator('gcse', { polarity: 'target', target: 50, floor: 60 });
    expect(places({ a: 48, b: 52, c: 50, d: 61 }, target)).toEqual({
      c: '1 of 4',
      a: 'joint 2 of 4',
      b: 'joint 2 of 4',
      d: '4 of 4',
    });
  });

  it('leaves out who has no figure, and is none among fewer than two', () => {
    expect(places({ a: 0, b: null, c: 5 })).toEqual({ c: '1 of 2', a: '2 of 2', b: 'unranked of 2' });
    expect(places({ a: 7, b: null })).toEqual({ a: 'unranked of 1', b: 'unranked of 1' });
  });

  it('agrees with the published GCSE figures of Kent, 2024 to 2025', () => {
    const kent = {
      Ashford: 72.942,
      Canterbury: 71.193,
      Dartford: 77.286,
      Dover: 67.557,
      Gravesham: 73.262,
      Maidstone: 75.25,
      Sevenoaks: 64.474,
      'Folkestone & Hythe': 68.895,
      Swale: 65.434,
      Thanet: 66.737,
      'Tonbridge and Malling': 78.466,
      'Tunbridge Wells': 83.905,
    };
    expect(places(kent)).toEqual({
      'Tunbridge Wells': '1 of 12',
      'Tonbridge and Malling': '2 of 12',
      Dartford: '3 of 12',
      Maidstone: '4 of 12',
      Gravesham: '5 of 12',
      Ashford: '6 of 12',
      Canterbury: '7 of 12',
      'Folkestone & Hythe': '8 of 12',
      Dover: '9 of 12',
      Thanet: '10 of 12',
      Swale: '11 of 12',
      Sevenoaks: '12 of 12',
    });
  });

  const districts = fc
    .uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), { minLength: 2, maxLength: 15 })
    .chain((areas) =>
      fc.tuple(
        fc.constant(areas),
        fc.array(fc.option(fc.integer({ min: -3, max: 3 })), {
          minLength: areas.length,
          maxLength: areas.length,
        }),
        fc.constantFrom('high' as const, 'low' as const, 'target' as const),
      ),
    );

  it('starts at 1, says joint exactly of shared places, counts no missing figure, whatever the order', () => {
    fc.assert(
      fc.property(districts, fc.nat(), ([areas, values, polarity], turn) => {
        const ofIndicator = indicator('gcse', { polarity, target: 1, floor: 0 });
        const observations = areas.map((area, index) => observation(area, values[index] ?? null));
        const figures = figuresByArea(areas, observations, ofIndicator);
        const present = [...figures.values()].filter(({ value }) => value !== null);
        const ranks = present.map(({ rank }) => rank);
        for (const [area, figure] of figures) {
          expect(figure.of).toBe(present.length);
          expect(figure.rank === null).toBe(figure.value === null || present.length < 2);
          expect(figure.joint).toBe(
            figure.rank !== null && ranks.filter((rank) => rank === figure.rank).length > 1,
          );
          expect(figure.value).toBe(values[areas.indexOf(area)] ?? null);
        }
        if (present.length >= 2) {
          expect(ranks).toContain(1);
          // Competition ranking: a place is one more than the number of better ones.
          for (const rank of ranks)
            expect(ranks.filter((other) => (other ?? 0) < (rank ?? 0))).toHaveLength((rank ?? 0) - 1);
        }
        const cut = turn % areas.length;
        const turned = [...observations.slice(cut), ...observations.slice(0, cut)].reverse();
        expect(figuresByArea(areas, turned, ofIndicator)).toEqual(figures);
        const otherOrder = figuresByArea([...areas].reverse(), observations, ofIndicator);
        for (const area of areas) expect(otherOrder.get(area)).toEqual(figures.get(area));
      }),
    );
  });
});

describe('rating', () => {
  const standards = { target: 75, floor: 68, decimals: 1 } as const;
  it.each([
    ['high', 75, 'green'],
    ['high', 74.999, 'amber'],
    ['high', 68, 'amber'],
    ['high', 67.9, 'red'],
    ['high', 0, 'red'],
    ['high', null, null],
  ] as const)('polarity %s, value %s: %s', (polarity, value, rating) => {
    expect(ratingOf(value, { ...standards, polarity })).toBe(rating);
  });

  it.each([
    [14, 'green'],
    [14.01, 'amber'],
    [18, 'amber'],
    [18.1, 'red'],
    [0, 'green'],
  ] as const)('low is good, value %s: %s', (value, rating) => {
    expect(ratingOf(value, { polarity: 'low', target: 14, floor: 18, decimals: 1 })).toBe(rating);
  });

  it.each([
    [50, 'green'],
    [50.04, 'green'],
    [50.2, 'amber'],
    [45, 'amber'],
    [55, 'amber'],
    [44.9, 'red'],
    [55.1, 'red'],
  ] as const)('target to be hit, value %s: %s', (value, rating) => {
    expect(ratingOf(value, { polarity: 'target', target: 50, floor: 45, decimals: 1 })).toBe(rating);
  });

  it('is none without a target or a floor', () => {
    expect(ratingOf(50, { polarity: 'high', target: null, floor: 40, decimals: 1 })).toBeNull();
    expect(ratingOf(50, { polarity: 'high', target: 60, floor: null, decimals: 1 })).toBeNull();
  });
});

describe('figures of a district', () => {
  it('are of the latest period that any district has, with the period before it', () => {
    const figures = figuresByArea(
      ['a', 'b', 'c'],
      [
        observation('a', 3, { period: '2023-09-01/P1Y' }),
        observation('a', 1, { period: '2018-09-01/P1Y' }),
        observation('a', 4),
        observation('b', 5),
        observation('c', 2, { period: '2023-09-01/P1Y' }),
        observation(county, 4.5),
        observation(county, 9, { period: '2025-09-01/P1Y' }),
      ],
    );
    expect(figures.get('a')).toMatchObject({
      period: '2024 to 2025',
      value: 4,
      previousPeriod: '2023 to 2024',
      previousValue: 3,
      county: 4.5,
      of: 2,
    });
    expect(figures.get('b')).toMatchObject({ value: 5, previousPeriod: '', previousValue: null });
    // An older figure is never shown as the latest one.
    expect(figures.get('c')).toMatchObject({ period: '', value: null, previousValue: 2, rank: null });
  });

  it('take a null value for none, and keep zero', () => {
    const figures = figuresByArea(
      ['a', 'b'],
      [observation('a', null, { period: '2025-09-01/P1Y' }), observation('a', 0), observation('b', 1)],
    );
    expect(figures.get('a')).toMatchObject({ period: '2024 to 2025', value: 0, rank: 2 });
  });

  it('compare a year with a year, not with a quarter', () => {
    const figures = figuresByArea(
      ['a'],
      [
        observation('a', 1, { period: '2024-01-01/P1Y' }),
        observation('a', 2, { period: '2024-07-01/P3M' }),
        observation('a', 3, { period: '2023-01-01/P1Y' }),
      ],
    );
    expect(figures.get('a')).toMatchObject({ value: 1, previousValue: 3 });
  });

  it('are the county set’s and the group’s own, priorities first, then by outcome and name', () => {
    const indicators = [
      indicator('z', { name: 'Zebra', outcome: 'Beta' }),
      indicator('a', { name: 'Apple', outcome: 'Beta' }),
      indicator('m', { name: 'Mango', outcome: 'Alpha' }),
      indicator('own', { name: 'Own', outcome: 'Gamma', group: 'dover' }),
      indicator('theirs', { name: 'Theirs', outcome: 'Alpha', group: 'swale' }),
      indicator('old', { name: 'Old priority', outcome: 'Gamma' }),
    ];
    const priorities: readonly Priority[] = [
      { group: 'dover', indicator: 'z', from: '2026-01-01', to: null },
      { group: 'dover', indicator: 'old', from: null, to: '2026-09-30' },
      { group: 'swale', indicator: 'm', from: null, to: null },
    ];
    const figures = figuresFor(
      { id: 'dover', area: 'a' },
      { indicators, priorities, observations: indexObservations([], ['a']), county, on },
    );
    expect(figures.map(({ indicator: id, priority }) => `${id}${priority ? '!' : ''}`)).toEqual([
      'z!',
      'm',
      'a',
      'old',
      'own',
    ]);
    expect(figures[0]).toMatchObject({ value: null, period: '', of: 0, rank: null, rating: null });
  });
});

describe('a period as readers know it', () => {
  it.each([
    ['2024-01-01/P1Y', '2024'],
    ['2024', '2024'],
    ['2024-09-01/P1Y', '2024 to 2025'],
    ['2024-04-01/P1Y', '2024 to 2025'],
    ['2024-09-01T00:00:00/P1Y', '2024 to 2025'],
    ['2024-09-01T00:00:00Z/P1Y', '2024 to 2025'],
    ['2024-09-01/2025-08-31', '2024 to 2025'],
    ['2022-01-01/P3Y', '2022 to 2024'],
    ['2021-04-01/P3Y', '2021 to 2024'],
    ['2024-03-01/P1M', 'March 2024'],
    ['2024-03', 'March 2024'],
    ['2024-01-01/P3M', 'January to March 2024'],
    ['2023-11-01/P3M', 'November 2023 to January 2024'],
    ['2024-03-31', '31 March 2024'],
    ['2024-02-26/P1W', '26 February to 3 March 2024'],
    ['2024-03-04/P7D', '4 to 10 March 2024'],
    ['2023-12-28/P1W', '28 December 2023 to 3 January 2024'],
    ['winter term', 'winter term'],
    ['', ''],
    ['2024-13-01/P1Y', '2024-13-01/P1Y'],
    ['2024-01-01/P0D', '2024-01-01/P0D'],
  ])('%s: %s', (period, label) => {
    expect(periodLabel(period)).toBe(label);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (period) => typeof periodLabel(period) === 'string'));
  });
});
