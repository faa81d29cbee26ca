import { expect, test } from 'vitest';

import { asksForCommentary, type IndicatorFigure } from '../../../shared/domain/figure.ts';
import { figuresFor, indexObservations } from '../../../shared/domain/indicator.ts';
import { indicator, observation } from '../report/sample.ts';

test('an LCPG is asked to write of its priorities and of what stands out as a concern, and of nothing else', () => {
  const areas = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const indicators = [
    indicator('gcse', { target: 75, floor: 60 }),
    indicator('early', { target: 1, floor: 0 }),
  ];
  const observations = indexObservations(
    areas.flatMap((area, index) => [
      observation(area, 50 + index * 5),
      observation(area, 50 + index, { indicator: 'early' }),
    ]),
    areas,
  );
  const figures = (area: string, priority: string | null): readonly IndicatorFigure[] =>
    figuresFor(
      { id: area, area },
      {
        indicators,
        priorities: priority === null ? [] : [{ group: area, indicator: priority, from: null, to: null }],
        observations,
        county: 'county',
        on: '2026-10-01',
      },
    );
  const asked = (area: string, priority: string | null = null) =>
    figures(area, priority)
      .filter(asksForCommentary)
      .map((figure) => figure.indicator);
  // Below the floor, and worst of eight.
  expect(asked('a')).toEqual(['gcse']);
  expect(asked('a', 'early')).toEqual(['early', 'gcse']);
  // Below the target, and nothing else to be said of it.
  expect(asked('d')).toEqual([]);
  expect(asked('d', 'gcse')).toEqual(['gcse']);
  // Best of all: no concern.
  expect(asked('h')).toEqual([]);
});
