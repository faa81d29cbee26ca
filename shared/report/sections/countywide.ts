import { countyDashboard, type CountywideOutcome } from '../dashboard.ts';
import {
  type Block,
  column,
  figureColumn,
  link,
  list,
  paragraph,
  quiet,
  row,
  section,
  type Section,
  table,
  totalRow,
  words,
} from '../document.ts';
import type { ChairsPack } from '../model.ts';
import { countyChart } from './charts.ts';
import { highlightTable } from './dashboard.ts';
import { figureInWords, ratingInWords, standardInWords, withPeriod } from './figures.ts';
import type { Setting } from './setting.ts';

/** The most indicators that stand beside each other on a page. */
const mostBeside = 4;

const legend: readonly Block[] = [
  paragraph(
    'plain',
    'Each figure is the latest published one, for the same period in every district. A red rating does not by itself mean that a district is failing: read it with the district’s own commentary.',
  ),
  list([
    words({ kind: 'rating', rating: 'green' }, ' the target is met'),
    words({ kind: 'rating', rating: 'amber' }, ' the floor standard is met, but not the target'),
    words({ kind: 'rating', rating: 'red' }, ' the floor standard is not met'),
  ]),
];

const overallTable = (outcomes: readonly CountywideOutcome[], { areaName }: Setting): Block =>
  table(
    `${areaName} as a whole, and how many districts have each rating`,
    [
      column('Indicator', 3.6),
      figureColumn(areaName, 1.3),
      column('Target', 2),
      column('Floor standard', 2),
      ...['Green', 'Amber', 'Red', 'No figure'].map((title) => figureColumn(title, 1.2)),
    ],
    outcomes.flatMap(({ indicators }) =>
      indicators.map(({ indicator, period, county, green, amber, red, missing }) =>
        row(
          withPeriod(indicator.name, period),
          figureInWords(county, indicator),
          standardInWords(indicator.target, indicator),
          standardInWords(indicator.floor, indicator),
          ...[green, amber, red, missing].map((count) => words(String(count))),
        ),
      ),
    ),
  );

/** Each district's figures of some indicators of an outcome. */
const districtsTable = (
  { outcome, indicators, rows }: CountywideOutcome,
  [from, to]: readonly [number, number],
  { areaName }: Setting,
): Block => {
  const shown = indicators.slice(from, to);
  const part =
    shown.length === indicators.length
      ? ''
      : `, indicators ${String(from + 1)} to ${String(from + shown.length)} of ${String(indicators.length)}`;
  return table(
    `${outcome}: each district’s figure and rating${part}`,
    [
      column('District', 2),
      ...shown.map(({ indicator, period }) => figureColumn(withPeriod(indicator.name, period), 2)),
    ],
    [
      ...rows.map(({ group, groupName, figures }) =>
        row(
          words(link(groupName, `#district-${group}`)),
          ...figures
            .slice(from, to)
            .map((figure) =>
              figure === null || figure.value === null
                ? words(quiet('No figure'))
                : [...figureInWords(figure.value, figure), ...words(' '), ...ratingInWords(figure.rating)],
            ),
        ),
      ),
      totalRow(words(areaName), ...shown.map(({ indicator, county }) => figureInWords(county, indicator))),
    ],
  );
};

const chartOf = (
  { outcome, indicators, rows }: CountywideOutcome,
  { areaName }: Setting,
): readonly Block[] => {
  const chart = countyChart(
    outcome,
    indicators,
    (id) => {
      const index = indicators.findIndex(({ indicator }) => indicator.id === id);
      return rows.flatMap(({ figures }) => {
        const figure = figures[index];
        return figure === undefined || figure === null || figure.value === null
          ? []
          : [{ value: figure.value, rating: figure.rating }];
      });
    },
    areaName,
  );
  return chart === null ? [] : [chart];
};

/**
 * How the county's districts stand, indicator by indicator.
 * @param more what else is part of the countywide picture
 */
export const countywideSection = (
  pack: Pick<ChairsPack, 'areaName' | 'indicators' | 'groups'>,
  setting: Setting,
  more: readonly Section[] = [],
): Section => {
  const { outcomes, concerns, achievements } = countyDashboard(pack);
  const title = 'The countywide picture';
  if (outcomes.length === 0)
    return section(title, [paragraph('plain', 'No indicator is set for all districts.')], {
      id: 'countywide',
      sections: more,
    });
  const looks: readonly Section[] =
    concerns.length + achievements.length === 0
      ? []
      : [
          section('Where to look, and why', [
            ...highlightTable('Figures that stand out for the worse', concerns),
            ...highlightTable('Figures that stand out for the better', achievements),
          ]),
        ];
  return section(title, [...legend, overallTable(outcomes, setting)], {
    id: 'countywide',
    sections: [
      ...looks,
      ...outcomes.map((outcome) =>
        section(outcome.outcome, [
          ...chartOf(outcome, setting),
          ...Array.from({ length: Math.ceil(outcome.indicators.length / mostBeside) }, (_, part) =>
            districtsTable(outcome, [part * mostBeside, (part + 1) * mostBeside], setting),
          ),
        ]),
      ),
      ...more,
    ],
  });
};

/**
 * What the figures are, where they come from, and how they are judged.
 * @param shown the indicators or figures that the document shows
 */
export const notesSection = (shown: readonly { readonly source: string }[]): Section => {
  const sources = [...new Set(shown.map(({ source }) => source).filter((source) => source !== ''))];
  return section(
    'About the figures',
    [
      list(
        [
          'A figure that has not been published for a district and period is shown as “No figure”. It is never counted as zero, and nobody is ranked against it.',
          'Rank 1 is best: the highest figure where high is good, the lowest where low is good, the one nearest to the target where the target is to be hit. Districts with the same figure share the better place, shown as “joint”. The number after “of” is how many districts have a figure.',
          'Ratings and ranks are worked out from the figures as published, before they are rounded for this document.',
          'Change is against the period published before the latest one, which can be more than a year earlier. Where intervals are published, a change within them is no significant change; where none are, the change is that of the figures as shown, and not tested.',
          'The two figures beside a figure are its 95% interval: as published, or worked out from count and denominator. Better or worse than the county is said only where the interval does not hold the county’s figure.',
          'A figure stands out where at least two things speak for it: its rating, its rank, a change for three periods or more, or the comparison with the county. Counts under 5 are not shown.',
          'No safeguarding matter is part of this document: those go their own way.',
          ...(sources.length === 0 ? [] : [`Sources of the figures: ${sources.join('; ')}.`]),
        ].map((note) => words(note)),
      ),
    ],
    { id: 'notes' },
  );
};
