import { styleText } from 'node:util';

import { Command } from 'commander';

import type { IndicatorFigure } from '../shared/domain/figure.ts';
import { figuresFor, indexObservations } from '../shared/domain/indicator.ts';
import type { Group, PartnershipFolder } from '../shared/domain/partnership.ts';
import {
  countyDashboard,
  type CountyDashboard,
  districtDashboard,
  type Highlight,
} from '../shared/report/dashboard.ts';
import { measured, plural, rankInWords } from '../shared/templates/filters.ts';
import type { IsoDate } from '../shared/time/calendar.ts';
import { toInstant, workingCalendar } from '../shared/time/calendar.ts';
import { systemClock } from '../shared/time/clock.ts';
import { findingsInWords } from '../shared/import/findings-in-words.ts';
import { checkDataFiles, importData } from './import-data.ts';
import { openFolder } from './open-folder.ts';

interface Options {
  readonly partnership: string;
  readonly data?: readonly string[];
  readonly json?: boolean;
}

/** What stands for the county where a group's id is asked for. */
const county = 'county';

export const dashboardCommand = (): Command =>
  new Command('dashboard')
    .description('Show how the indicators of a district, or of the whole county, stand.')
    .argument('<group>', `the id of a group, such as thanet, or ${county}`)
    .requiredOption('--partnership <folder>', 'the partnership folder, such as examples/kent')
    .option('--data <file...>', 'figures to look at as well, taken as by import-data; nothing is changed')
    .option('--json', 'print the figures as JSON')
    .action((group: string, options: Options, command: Command) => {
      const { partnership: path, data = [], json = false } = options;
      checkDataFiles(data, command);
      const folderReading = openFolder(path, command);
      const { folder } = folderReading;
      if (folder === undefined) {
        process.stderr.write(findingsInWords(path, folderReading));
        process.exitCode = 1;
        return;
      }
      const chosen = folder.groups.find(({ id }) => id === group);
      if (chosen === undefined && group !== county)
        return command.error(
          `error: there is no group ${group}; give one of ${folder.groups.map(({ id }) => id).join(', ')}, or ${county}`,
          { exitCode: 2 },
        );
      const { reading, changes } = importData(data, folder);
      if (reading.unusable.length > 0) {
        for (const { messages } of reading.files)
          for (const message of messages) process.stderr.write(`${message}\n`);
        process.exitCode = 1;
        return;
      }
      const on = workingCalendar(folder.partnership.zone).dateOf(toInstant(systemClock.now()));
      const figures = figuresOf({ ...folder, observations: changes.observations }, on);
      process.stdout.write(
        chosen === undefined
          ? json
            ? asJson(
                folder.groups.flatMap((one) =>
                  (figures.get(one.id) ?? []).map((figure) => ({ group: one.id, ...figureAsJson(figure) })),
                ),
              )
            : countyInWords(folder, figures)
          : json
            ? asJson((figures.get(chosen.id) ?? []).map(figureAsJson))
            : groupInWords(folder, chosen, figures.get(chosen.id) ?? []),
      );
    });

const asJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Every group's figures. */
const figuresOf = (
  { partnership, groups, indicators, priorities, observations }: PartnershipFolder,
  on: IsoDate,
): ReadonlyMap<string, readonly IndicatorFigure[]> => {
  const index = indexObservations(
    observations,
    groups.map(({ area }) => area),
    {
      county: partnership.area.code,
      ...(partnership.hideCountsBelow === undefined ? {} : { hideBelow: partnership.hideCountsBelow }),
    },
  );
  return new Map(
    groups.map((group) => [
      group.id,
      figuresFor(group, { indicators, priorities, observations: index, county: partnership.area.code, on }),
    ]),
  );
};

const figureAsJson = (figure: IndicatorFigure) => ({
  indicator: figure.indicator,
  period: figure.publishedPeriod === '' ? null : figure.publishedPeriod,
  value: figure.value,
  lower: figure.lower,
  upper: figure.upper,
  rank: figure.rank,
  of: figure.of,
  joint: figure.joint,
  rag: figure.rating,
  direction: figure.direction,
  comparedWithCounty: figure.comparedWithCounty,
  suppressed: figure.suppressed,
  why: figure.why,
});

const shapes = { green: '●', amber: '▲', red: '■' } as const;
const arrows = { up: '↑', down: '↓', level: '→' } as const;

const ratingInWords = (rating: IndicatorFigure['rating']): string =>
  rating === null ? '' : `${shapes[rating]} ${rating}`;

const valueInWords = (figure: IndicatorFigure): string =>
  figure.suppressed
    ? 'withheld'
    : figure.value === null
      ? 'no figure'
      : measured(figure.value, figure.unit, figure.decimals);

const intervalInWords = ({ lower, upper, unit, decimals }: IndicatorFigure): string =>
  lower === null || upper === null
    ? ''
    : `${measured(lower, unit === '%' ? '' : unit, decimals)} to ${measured(upper, unit === '%' ? '' : unit, decimals)}`;

/** Lines of a table whose columns line up. */
const columns = (rows: readonly (readonly string[])[]): readonly string[] => {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows.map((row) =>
    `  ${row.map((text, column) => text.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
};

const highlightLines = (
  title: string,
  highlights: readonly Highlight[],
  withGroup: boolean,
): readonly string[] => [
  styleText('bold', title),
  ...(highlights.length === 0
    ? ['  None.']
    : highlights.map(
        ({ groupName, indicatorName, priority, why }) =>
          `  ${withGroup ? `${groupName}: ` : ''}${indicatorName}${priority ? ' (priority)' : ''}: ${why}`,
      )),
  '',
];

const groupInWords = (
  { partnership }: PartnershipFolder,
  group: Group,
  figures: readonly IndicatorFigure[],
): string => {
  const dashboard = districtDashboard({ group: group.id, groupName: group.name, figures });
  const lines = [styleText('bold', `${group.name}: how its indicators stand`), ''];
  for (const { outcome, figures: ofOutcome } of dashboard.outcomes)
    lines.push(
      styleText('bold', outcome),
      ...columns(
        ofOutcome.map((figure) => [
          `${figure.name}${figure.priority ? ' (priority)' : ''}`,
          figure.period,
          valueInWords(figure),
          intervalInWords(figure),
          ratingInWords(figure.rating),
          figure.rank === null ? '' : rankInWords({ rank: figure.rank, of: figure.of, joint: figure.joint }),
          figure.movement === null ? '' : `${arrows[figure.movement]} ${figure.direction ?? ''}`,
          figure.county === null
            ? ''
            : `${partnership.area.name} ${measured(figure.county, figure.unit, figure.decimals)}${figure.comparedWithCounty === null ? '' : ` (${figure.comparedWithCounty})`}`,
        ]),
      ),
      '',
    );
  lines.push(
    ...highlightLines('Concerns', dashboard.concerns, false),
    ...highlightLines('Achievements', dashboard.achievements, false),
  );
  return lines.join('\n');
};

const countyRows = ({ outcomes }: CountyDashboard, title: string): readonly string[] =>
  outcomes.flatMap(({ outcome, indicators }) => [
    styleText('bold', outcome),
    ...columns(
      indicators.map(
        ({ indicator, period, county: value, green, amber, red, missing, improving, worsening }) => [
          indicator.name,
          period,
          value === null
            ? `${title}: no figure`
            : `${title} ${measured(value, indicator.unit, indicator.decimals)}`,
          `● ${String(green)} green`,
          `▲ ${String(amber)} amber`,
          `■ ${String(red)} red`,
          missing === 0 ? '' : `${String(missing)} without a figure`,
          `${String(improving)} improving`,
          `${String(worsening)} worsening`,
        ],
      ),
    ),
    '',
  ]);

const countyInWords = (
  { partnership, indicators, groups }: PartnershipFolder,
  figures: ReadonlyMap<string, readonly IndicatorFigure[]>,
): string => {
  const dashboard = countyDashboard({
    areaName: partnership.area.name,
    indicators,
    groups: groups.map(({ id, name }) => ({ group: id, groupName: name, figures: figures.get(id) ?? [] })),
  });
  return [
    styleText('bold', `${partnership.area.name}: how ${plural(groups.length, 'district')} stand`),
    '',
    ...countyRows(dashboard, partnership.area.name),
    ...highlightLines('Where to look', dashboard.concerns, true),
    ...highlightLines('Achievements', dashboard.achievements, true),
  ].join('\n');
};
