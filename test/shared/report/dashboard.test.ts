import { describe, expect, it } from 'vitest';

import { figuresFor, indexObservations } from '../../../shared/domain/indicator.ts';
import type { Indicator, Observation } from '../../../shared/domain/partnership.ts';
import { countyDashboard, districtDashboard, type Highlight } from '../../../shared/report/dashboard.ts';
import { plainText } from '../../../shared/report/document.ts';
import { highlightTable } from '../../../shared/report/sections/dashboard.ts';
import { indicator, observation } from './sample.ts';

const county = 'E10000016';
const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l'];

const gcse = indicator('gcse', { target: 75, floor: 60 });

const districtsOf = (observations: readonly Observation[], indicators: readonly Indicator[] = [gcse]) => {
  const index = indexObservations(observations, names, { county });
  return names.map((area) => ({
    group: area,
    groupName: area.toUpperCase(),
    figures: figuresFor(
      { id: area, area },
      {
        indicators,
        priorities: [{ group: 'c', indicator: 'gcse', from: null, to: null }],
        observations: index,
        county,
        on: '2026-10-01',
      },
    ),
  }));
};

/** Four years of the twelve: the last of them falls every year, the first rises. */
const years = (own: (index: number, year: number) => Partial<Observation>): readonly Observation[] =>
  [2021, 2022, 2023, 2024].flatMap((year) =>
    names.map((area, index) =>
      observation(area, 0, { period: `${String(year)}-09-01/P1Y`, ...own(index, year) }),
    ),
  );

const falling = years((index, year) => ({
  value: index === 11 ? 50 - (year - 2021) : index === 0 ? 80 + (year - 2021) : 62 + index / 10,
}));

const figureOf = (districts: ReturnType<typeof districtsOf>, area: string) => {
  const figure = districts.find(({ group }) => group === area)?.figures[0];
  if (figure === undefined) throw new Error(`no figure of ${area}`);
  return figure;
};

describe('what stands out', () => {
  it('is a concern for at least two reasons, and says them', () => {
    const districts = districtsOf(falling);
    expect(figureOf(districts, 'l')).toMatchObject({
      highlight: 'concern',
      why: 'floor standard not met, worst of 12, and falling for three periods',
      direction: 'worsening',
      directionBasis: 'values',
      run: 3,
    });
    expect(figureOf(districts, 'a')).toMatchObject({
      highlight: 'achievement',
      why: 'target met, best of 12, and rising for three periods',
    });
    expect(figureOf(districts, 'f')).toMatchObject({
      highlight: null,
      why: 'floor standard met, target not met; 7th of 12; no change on the period before, not tested: no confidence intervals are published',
    });
  });

  it('says joint of ties, and calls nobody worst where all are level', () => {
    const tied = districtsOf(names.map((area, index) => observation(area, index >= 10 ? 50 : 70)));
    expect(figureOf(tied, 'l').why).toBe('floor standard not met, and joint worst of 12');
    const level = districtsOf(names.map((area) => observation(area, 70)));
    expect(level.map(({ figures }) => figures[0]?.highlight)).toEqual(names.map(() => null));
  });

  it('turns round where low is good: a rising figure is worsening', () => {
    const low = indicator('gcse', { polarity: 'low', target: 10, floor: 20 });
    const rising = years((index, year) => ({ value: index === 3 ? 25 + year - 2021 : 15 }));
    expect(figureOf(districtsOf(rising, [low]), 'd')).toMatchObject({
      movement: 'up',
      direction: 'worsening',
      why: 'floor standard not met, worst of 12, and rising for three periods',
    });
  });

  it('is no change where the intervals of two periods overlap, and nothing is said of a run then', () => {
    const overlapping = districtsOf(
      falling.map((one) => ({ ...one, lower: (one.value ?? 0) - 2, upper: (one.value ?? 0) + 2 })),
    );
    expect(figureOf(overlapping, 'l')).toMatchObject({
      direction: 'no significant change',
      directionBasis: 'intervals',
      why: 'floor standard not met, and worst of 12',
    });
  });
});

describe('comparison', () => {
  const withIntervals = [
    observation('a', 80, { lower: 76, upper: 84 }),
    observation('b', 74, { lower: 70, upper: 78 }),
    observation('c', 68, { lower: 65, upper: 71 }),
    observation('d', 75, { lower: 75, upper: 79 }),
    observation('e', 70),
    observation(county, 75),
    observation('E92000001', 71),
  ];

  it('with county and England goes by the district’s interval, its limits included', () => {
    const districts = districtsOf(withIntervals);
    const compared = Object.fromEntries(
      ['a', 'b', 'c', 'd', 'e', 'f'].map((area) => {
        const { comparedWithCounty, comparedWithEngland } = figureOf(districts, area);
        return [area, [comparedWithCounty, comparedWithEngland]];
      }),
    );
    expect(compared).toEqual({
      a: ['better', 'better'],
      b: ['similar', 'similar'],
      c: ['worse', 'similar'],
      d: ['similar', 'better'],
      e: [null, null],
      f: [null, null],
    });
  });
});

describe('a figure that is withheld', () => {
  it('has no value, interval, rank or rating, counts in nobody’s rank, and is in no spread and no history', () => {
    const districts = districtsOf(
      names.map((area, index) =>
        observation(area, index === 0 ? 3 : 50 + index, {
          count: index === 0 ? 3 : 50 + index,
          denominator: 100,
        }),
      ),
    );
    expect(figureOf(districts, 'a')).toMatchObject({
      value: null,
      lower: null,
      rank: null,
      rating: null,
      suppressed: true,
      period: '2024 to 2025',
      history: [{ period: '2024 to 2025', value: null }],
      why: 'not shown, to protect a small number',
    });
    expect(figureOf(districts, 'b')).toMatchObject({ rank: 11, of: 11 });
    expect(figureOf(districts, 'b').spread).toHaveLength(11);
  });
});

describe('dashboards', () => {
  const others = [
    indicator('early', { name: 'Early', outcome: 'Ready', target: 80, floor: 70 }),
    indicator('own', { name: 'Own', outcome: 'Ready', group: 'a' }),
  ];
  const districts = districtsOf(falling, [gcse, ...others]);

  it('of a district lists its outcomes, priorities first, and what stands out', () => {
    const [, , c] = districts;
    if (c === undefined) throw new Error('no district');
    const dashboard = districtDashboard(c);
    expect(dashboard.outcomes.map(({ outcome }) => outcome)).toEqual(['Learning and achieving', 'Ready']);
    const last = districts.at(-1);
    if (last === undefined) throw new Error('no district');
    expect(districtDashboard(last).concerns.map(({ indicatorName, why }) => [indicatorName, why])).toEqual([
      ['Indicator gcse', 'floor standard not met, worst of 12, and falling for three periods'],
    ]);
  });

  it('of the county counts ratings and directions, without local indicators, and says where to look', () => {
    const dashboard = countyDashboard({ areaName: 'Kent', indicators: [gcse, ...others], groups: districts });
    expect(dashboard.outcomes.map(({ indicators }) => indicators.map(({ indicator: { id } }) => id))).toEqual(
      [['gcse'], ['early']],
    );
    expect(dashboard.outcomes[0]?.indicators[0]).toMatchObject({
      green: 1,
      amber: 10,
      red: 1,
      missing: 0,
      improving: 1,
      worsening: 1,
      concerns: 1,
      achievements: 1,
    });
    expect(dashboard.concerns.map(({ groupName }) => groupName)).toEqual(['L']);
    expect(dashboard.achievements.map(({ groupName }) => groupName)).toEqual(['A']);
  });

  it('keep at most forty values of the spread, the ends among them', () => {
    const many = Array.from({ length: 500 }, (_, index) => `area-${String(index)}`);
    const index = indexObservations(
      many.map((area, value) => observation(area, value)),
      many,
    );
    const [figure] = figuresFor(
      { id: 'x', area: 'area-7' },
      { indicators: [gcse], priorities: [], observations: index, county, on: '2026-10-01' },
    );
    expect(figure?.spread).toHaveLength(40);
    expect([figure?.spread[0], figure?.spread.at(-1)]).toEqual([0, 499]);
  });
});

describe('what is told of what stands out', () => {
  const highlight = (group: string, id: number, priority: boolean): Highlight => {
    const [figure] = districtsOf(falling)[11]?.figures ?? [];
    if (figure === undefined) throw new Error('no figure');
    const name = `${group}${String(id)}`;
    const { outcome } = figure;
    return {
      group,
      groupName: group,
      indicator: name,
      indicatorName: name,
      outcome,
      priority,
      why: 'x',
      figure,
    };
  };
  const told = (counts: Readonly<Record<string, number>>): readonly string[] =>
    highlightTable(
      'Worse',
      Object.entries(counts).flatMap(([group, count]) =>
        Array.from({ length: count }, (_, id) => highlight(group, id, id === 0)),
      ),
    ).flatMap((block) =>
      block.kind === 'table'
        ? block.rows.map(({ cells }) => plainText(cells[1] ?? []))
        : block.kind === 'paragraph'
          ? [plainText(block.words)]
          : [],
    );

  it('is two figures of a district and how many more there are, or three', () => {
    expect(told({ a: 5, b: 3, c: 1 })).toEqual([
      'a0 Priority',
      'a1',
      '3 more',
      'b0 Priority',
      'b1',
      'b2',
      'c0 Priority',
    ]);
  });

  it('is of twelve districts, and how many more others have', () => {
    const lines = told(Object.fromEntries(Array.from({ length: 15 }, (_, one) => [`d${String(one)}`, 2])));
    expect(lines).toHaveLength(25);
    expect(lines.at(-1)).toBe('And 6 more in 3 other districts, in their own parts.');
  });
});
