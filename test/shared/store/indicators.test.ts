import { describe, expect, test } from 'vitest';

import { unknownStanding } from '../../../shared/domain/figure.ts';
import type { Indicator, Observation, Priority } from '../../../shared/domain/partnership.ts';
import type { IndicatorFigure } from '../../../shared/report/model.ts';
import { Indicators } from '../../../shared/store/indicators.ts';
import { MemoryTable } from '../../../shared/store/memory-table.ts';

const indicator = (id: string): Indicator => ({
  id,
  name: id,
  outcome: 'A good start',
  unit: '%',
  polarity: 'high',
  target: null,
  floor: null,
  decimals: 1,
  source: 'DfE',
  group: null,
});

const observation = (of: string, area: string, period: string, value: number | null): Observation => ({
  indicator: of,
  area,
  period,
  value,
  lower: null,
  upper: null,
  count: null,
  denominator: null,
  note: '',
});

const priority = (group: string, of: string, from: string | null = null): Priority => ({
  group,
  indicator: of,
  from,
  to: null,
});

const folder = {
  indicators: [indicator('z'), indicator('a')],
  priorities: [priority('ashford', 'z', '2025-09-01'), priority('ashford', 'z', '2026-09-01')],
  observations: [
    observation('z', 'E1', '2024-09-01/P1Y', 0),
    observation('z', 'E1', '2025-09-01/P1Y', null),
    observation('z', 'E2', '2024-09-01/P1Y', 5),
  ],
};

const loaded = async (): Promise<Indicators> => {
  const indicators = new Indicators(new MemoryTable(), 'small');
  await indicators.load(folder);
  return indicators;
};

const figure = (value: number): IndicatorFigure => ({
  ...unknownStanding,
  indicator: 'z',
  name: 'z',
  outcome: '',
  unit: '%',
  decimals: 1,
  priority: true,
  period: '2024 to 2025',
  value,
  previousPeriod: '',
  previousValue: null,
  rating: null,
  rank: null,
  of: 0,
  joint: false,
  county: null,
});

describe('indicators', () => {
  test('stand in the order of the file, with every choice of priority and each area’s figures', async () => {
    const indicators = await loaded();
    expect((await indicators.definitions()).map(({ id }) => id)).toEqual(['z', 'a']);
    expect(await indicators.priorities()).toHaveLength(2);
    expect((await indicators.observations('E1')).map(({ value }) => value)).toEqual([0, null]);
    expect(await indicators.observations('E9')).toEqual([]);
  });

  test('loaded again take the place of the earlier ones', async () => {
    const indicators = await loaded();
    await indicators.load({
      indicators: [indicator('a')],
      priorities: [priority('dover', 'a')],
      observations: [observation('z', 'E1', '2024-09-01/P1Y', 1)],
    });
    expect((await indicators.definitions()).map(({ id }) => id)).toEqual(['a']);
    expect(await indicators.priorities()).toEqual([priority('dover', 'a')]);
    expect((await indicators.observations('E1')).map(({ value }) => value)).toEqual([1]);
  });

  test('of an area that the folder no longer names are gone', async () => {
    const indicators = await loaded();
    await indicators.load({ ...folder, observations: [] });
    expect(await indicators.observations('E1')).toEqual([]);
    expect(await indicators.observations('E2')).toEqual([]);
  });

  test('are many: more than a page of figures of an area', async () => {
    const indicators = new Indicators(new MemoryTable(), 'small');
    const note = 'n'.repeat(1000);
    const observations = Array.from({ length: 1500 }, (_, index) => ({
      ...observation(`i${String(index).padStart(4, '0')}`, 'E1', '2024-09-01/P1Y', index),
      note,
    }));
    await indicators.load({ indicators: [], priorities: [], observations });
    expect((await indicators.observations('E1')).map(({ value }) => value)).toEqual(
      observations.map(({ value }) => value),
    );
  });

  test('of a cycle are kept by group, and found in the order asked', async () => {
    const indicators = await loaded();
    await indicators.keepFigures('2026-09-16', [
      { group: 'ashford', figures: [figure(1)] },
      { group: 'dover', figures: [figure(2)] },
    ]);
    expect(await indicators.figures('2026-09-16', 'ashford')).toEqual([figure(1)]);
    expect(await indicators.figures('2026-11-18', 'ashford')).toEqual([]);
    const found = await indicators.figuresOf('2026-09-16', ['dover', 'nowhere', 'ashford']);
    expect(found).toEqual([[figure(2)], [], [figure(1)]]);
    // A new load of figures leaves what a cycle showed.
    await indicators.load({ ...folder, observations: [] });
    expect(await indicators.figures('2026-09-16', 'ashford')).toEqual([figure(1)]);
  });
});
