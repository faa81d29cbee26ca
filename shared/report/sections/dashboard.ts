import type { IndicatorFigure } from '../../domain/figure.ts';
import { measured, plural, rankInWords } from '../../templates/filters.ts';
import { districtDashboard, type Highlight } from '../dashboard.ts';
import {
  type Block,
  column,
  figureColumn,
  link,
  list,
  paragraph,
  quiet,
  type Row,
  row,
  strong,
  table,
  tag,
  type Words,
  words,
} from '../document.ts';
import type { GroupSection } from '../model.ts';
import { districtChart } from './charts.ts';
import { figureInWords, ratingInWords, withPeriod } from './figures.ts';
import type { Setting } from './setting.ts';

const arrows = { up: '↑', down: '↓', level: '→' } as const;

/** "↓ Worsening", and from where. A change of which no interval tells is said to be not tested. */
const changeInWords = (figure: IndicatorFigure): Words => {
  const { movement, direction, directionBasis, previousValue, previousPeriod } = figure;
  if (movement === null || previousValue === null) return words(quiet('No earlier figure'));
  const arrow = arrows[movement];
  const said =
    direction === null
      ? ''
      : direction === 'no significant change'
        ? directionBasis === 'values'
          ? ' no change'
          : ' no significant change'
        : ` ${direction}${directionBasis === 'trend' ? ' over five periods' : ''}`;
  // A trend over five periods can go another way than the last step.
  const before = directionBasis === 'trend' ? 'was' : 'from';
  return words(
    `${arrow}${said}`,
    ' ',
    quiet(
      `${before} ${measured(previousValue, figure.unit, figure.decimals)}${previousPeriod === '' ? '' : ` in ${previousPeriod}`}`,
    ),
  );
};

/** The value with its interval. */
const valueInWords = (figure: IndicatorFigure): Words => {
  if (figure.suppressed) return words(quiet('Withheld: a small number'));
  const { lower, upper, unit, decimals } = figure;
  if (figure.value === null || lower === null || upper === null) return figureInWords(figure.value, figure);
  const plain = unit === '%' ? '' : unit;
  return words(
    ...figureInWords(figure.value, figure),
    ' ',
    quiet(`${measured(lower, plain, decimals)} to ${measured(upper, plain, decimals)}`),
  );
};

const comparedWords = { better: 'better', similar: 'similar', worse: 'worse' } as const;

const countyInWords = (figure: IndicatorFigure): Words =>
  figure.county === null || figure.comparedWithCounty === null
    ? figureInWords(figure.county, figure)
    : words(...figureInWords(figure.county, figure), ' ', quiet(comparedWords[figure.comparedWithCounty]));

const figureTable = (
  outcome: string,
  figures: readonly IndicatorFigure[],
  groupName: string,
  { areaName }: Setting,
): Block =>
  table(
    `${outcome}: figures for ${groupName}`,
    [
      column('Indicator', 4),
      figureColumn('Figure', 1.5),
      column('Rating', 1.5),
      column('Rank', 1.5),
      column('Change', 2.5),
      figureColumn(areaName, 1.5),
    ],
    figures.map((figure) =>
      row(
        [...withPeriod(figure.name, figure.period), ...(figure.priority ? words(' ', tag('Priority')) : [])],
        valueInWords(figure),
        ratingInWords(figure.rating),
        figure.rank === null
          ? words(quiet('Not ranked'))
          : words(rankInWords({ rank: figure.rank, of: figure.of, joint: figure.joint })),
        changeInWords(figure),
        countyInWords(figure),
      ),
    ),
  );

const standsOut = (title: string, highlights: readonly Highlight[]): readonly Block[] =>
  highlights.length === 0
    ? []
    : [
        paragraph('plain', strong(title)),
        list(
          highlights.map(({ indicatorName, priority, why }) =>
            words(indicatorName, ...(priority ? [' ', tag('Priority')] : []), `: ${why}.`),
          ),
        ),
      ];

/** A district's dashboard: what stands out, then each outcome as a drawing and as a table. */
export const dashboardBlocks = (
  group: Pick<GroupSection, 'group' | 'groupName' | 'figures'>,
  setting: Setting,
): readonly Block[] => {
  const { outcomes, concerns, achievements } = districtDashboard(group);
  return [
    ...standsOut('Where the figures stand out for the worse', concerns),
    ...standsOut('Where the figures stand out for the better', achievements),
    ...outcomes.flatMap(({ outcome, figures }) => {
      const chart = districtChart(outcome, figures, group.groupName, setting.areaName);
      return [...(chart === null ? [] : [chart]), figureTable(outcome, figures, group.groupName, setting)];
    }),
  ];
};

/** How much of what stands out the county's page tells: so many districts, those with most of it first, and so much of each. */
const mostTold = { districts: 12, ofEach: 2 } as const;

/**
 * The figures that stand out over the county, district by district, the priorities of each first. Of the others it says
 * how many there are and where.
 * @param highlights those of one district together
 */
export const highlightTable = (caption: string, highlights: readonly Highlight[]): readonly Block[] => {
  const districts = [...Map.groupBy(highlights, ({ group }) => group).values()];
  const untold = districts.slice(mostTold.districts);
  const rowsOf = (ofDistrict: readonly Highlight[]): readonly Row[] => {
    // A single one more takes the place of the line that would tell of it.
    const told = ofDistrict.length <= mostTold.ofEach + 1 ? ofDistrict.length : mostTold.ofEach;
    const more = ofDistrict.length - told;
    return [
      ...ofDistrict
        .slice(0, told)
        .map(({ group, groupName, indicatorName, priority, why }) =>
          row(
            words(link(groupName, `#district-${group}`)),
            words(indicatorName, ...(priority ? [' ', tag('Priority')] : [])),
            words(`${why.charAt(0).toUpperCase()}${why.slice(1)}`),
          ),
        ),
      ...ofDistrict
        .slice(0, more > 0 ? 1 : 0)
        .map(({ group, groupName }) =>
          row(
            words(link(groupName, `#district-${group}`)),
            words(quiet(`${String(more)} more`)),
            words(quiet('See the district’s own part')),
          ),
        ),
    ];
  };
  return highlights.length === 0
    ? []
    : [
        table(
          caption,
          [column('District', 2), column('Indicator', 3), column('Why', 3)],
          districts.slice(0, mostTold.districts).flatMap(rowsOf),
        ),
        ...(untold.length === 0
          ? []
          : [
              paragraph(
                'quiet',
                `And ${String(untold.flat().length)} more in ${plural(untold.length, 'other district')}, in their own parts.`,
              ),
            ]),
      ];
};
