import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';

import { figuresFor, indexObservations } from '../../../shared/domain/indicator.ts';
import type { Indicator } from '../../../shared/domain/partnership.ts';
import { countyDashboard } from '../../../shared/report/dashboard.ts';
import { countyChart, districtChart } from '../../../shared/report/sections/charts.ts';
import { indicator, observation } from './sample.ts';

const county = 'E10000016';
const areas = ['a', 'b', 'c', 'd'];

const hostile = indicator('gcse', {
  name: 'Pupils <script>alert("x")</script> & others',
  target: 75,
  floor: 65,
});

const districts = (ofIndicator: Indicator, values: readonly (number | null)[]) => {
  const index = indexObservations(
    [2022, 2023, 2024].flatMap((year) => [
      ...areas.map((area, place) =>
        observation(area, values[place] === null ? null : (values[place] ?? 0) + year - 2024, {
          period: `${String(year)}-09-01/P1Y`,
        }),
      ),
      observation(county, 71, { period: `${String(year)}-09-01/P1Y` }),
    ]),
    areas,
  );
  return areas.map((area) => ({
    group: area,
    groupName: area.toUpperCase(),
    figures: figuresFor(
      { id: area, area },
      { indicators: [ofIndicator], priorities: [], observations: index, county, on: '2026-10-01' },
    ),
  }));
};

/** Where the marks of one colour stand: each begins with a move of the pen. */
const marksIn = (svg: string, colour: 'fill' | 'stroke', value: string): readonly string[] =>
  parse(svg)
    .querySelectorAll('path')
    .filter((path) => path.getAttribute(colour) === value)
    .flatMap((path) => (path.getAttribute('d') ?? '').match(/M[^M]+/g) ?? []);

const drawnFor = (values: readonly (number | null)[], which = 0) => {
  const district = districts(hostile, values)[which];
  const block = districtChart('Outcome', district?.figures ?? [], district?.groupName ?? '', 'Kent');
  return block?.kind === 'figure' ? block : null;
};

describe('the drawing of a district’s figures', () => {
  it('holds names as text and nothing else', () => {
    const drawing = parse(drawnFor([80, 70, 70, 60])?.svg ?? '');
    expect(drawing.querySelector('script')).toBeNull();
    expect(drawing.querySelectorAll('text').map((one) => one.textContent.trim())).toContain('Indicator');
    expect(drawing.textContent).toContain('alert');
  });

  it('has a mark for each district that has a figure, and says in words what it shows', () => {
    const drawn = drawnFor([80, 70, 70, 60], 1);
    expect(marksIn(drawn?.svg ?? '', 'stroke', '#484c51')).toHaveLength(4);
    expect(drawn?.alternative).toContain(
      '70.0%, joint 2nd of 4. The districts range from 60.0% to 80.0%; Kent has 71.0%.',
    );
    expect(marksIn(drawnFor([80, null, 70, 60])?.svg ?? '', 'stroke', '#484c51')).toHaveLength(3);
  });

  it('is none where the district has no figure', () => {
    expect(drawnFor([null, 70, 70, 60])).toBeNull();
  });
});

describe('the drawing of a county', () => {
  it('marks each rating with its shape, equal figures beside each other', () => {
    const groups = districts(hostile, [80, 70, 70, 60]);
    const [outcome] = countyDashboard({ areaName: 'Kent', indicators: [hostile], groups }).outcomes;
    const block = countyChart(
      'Outcome',
      outcome?.indicators ?? [],
      () =>
        groups.flatMap(({ figures: [figure] }) =>
          figure === undefined || figure.value === null
            ? []
            : [{ value: figure.value, rating: figure.rating }],
        ),
      'Kent',
    );
    if (block?.kind !== 'figure') throw new Error('no drawing');
    // One of each shape is in the legend.
    expect(marksIn(block.svg, 'fill', '#00703c')).toHaveLength(1 + 1);
    const amber = marksIn(block.svg, 'fill', '#b35c00');
    expect(amber).toHaveLength(2 + 1);
    expect(new Set(amber).size).toBe(3);
    expect(marksIn(block.svg, 'fill', '#aa1111')).toHaveLength(1 + 1);
    expect(block.alternative).toContain('from 60.0% to 80.0%, Kent 71.0%; 1 green, 2 amber, 1 red.');
  });
});
