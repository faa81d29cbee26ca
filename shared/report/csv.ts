import { stringify } from 'csv-stringify/sync';

import { grouped } from '../templates/filters.ts';
import type { BoardReport, FindingsByIndicator } from './model.ts';
import { roleName } from './wording.ts';

/** A file of the data behind a report. */
export interface DataFile {
  readonly fileName: string;
  readonly content: string;
}

/** A cell: typed text, or a number that stays one. */
type Cell = string | number | boolean | null;

/** Spreadsheets take a cell that starts so for a formula. Source: OWASP, "CSV Injection". */
const startsFormula = /^\s*[=+\-@\t\r]/u;

const cell = (value: Cell): string => {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return String(value);
  return startsFormula.test(value) ? `'${value}` : value;
};

/** A figure as the report shows it, without the commas that would make it text. */
const shown = (value: number | null, decimals: number): number | null =>
  value === null ? null : Number(grouped(value, decimals).replaceAll(',', ''));

/** With the mark that makes Excel read UTF-8, and its line ends. */
const file = (
  fileName: string,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
): DataFile => ({
  fileName,
  content: stringify([columns, ...rows.map((row) => row.map(cell))], { bom: true, record_delimiter: '\r\n' }),
});

/** The data behind a report to the board, as files that any spreadsheet opens. The same figures as in the report. */
export const boardReportCsv = (report: BoardReport): readonly DataFile[] => {
  const { groups } = report;
  const indicatorNames = new Map(report.indicators.map(({ id, name }) => [id, name]));
  const nameOf = (indicator: string | null): string =>
    indicator === null ? '' : (indicatorNames.get(indicator) ?? '');
  const findingRows = (
    kind: string,
    findings: readonly FindingsByIndicator[],
  ): readonly (readonly Cell[])[] =>
    findings.flatMap(({ outcome, indicatorName, items }) =>
      items.map(({ groupName, text }) => [kind, outcome, indicatorName, groupName, text]),
    );
  return [
    file(
      'returns.csv',
      [
        'LCPG',
        'Area code',
        'Return',
        'Late',
        'Received',
        'Signed by',
        'Meeting date',
        'Held',
        'Reason not held',
      ],
      groups.map((group) => [
        group.groupName,
        group.area,
        group.state,
        group.late,
        group.submittedAt,
        group.signedBy,
        group.meetingDate,
        group.held,
        group.notHeldReason,
      ]),
    ),
    file(
      'figures.csv',
      [
        'LCPG',
        'Area code',
        'Outcome',
        'Indicator',
        'Unit',
        'Priority',
        'Period',
        'Value',
        'Value as published',
        'Rating',
        'Rank',
        'Of',
        'Joint',
        'Period before',
        'Value before',
        report.areaName,
      ],
      groups.flatMap((group) =>
        group.figures.map((figure) => [
          group.groupName,
          group.area,
          figure.outcome,
          figure.name,
          figure.unit,
          figure.priority,
          figure.period,
          shown(figure.value, figure.decimals),
          figure.value,
          figure.rating,
          figure.rank,
          figure.of,
          figure.joint,
          figure.previousPeriod,
          shown(figure.previousValue, figure.decimals),
          shown(figure.county, figure.decimals),
        ]),
      ),
    ),
    file(
      'escalations.csv',
      ['Raised', 'LCPG', 'Indicator', 'Issue', 'Asked', 'Answer'],
      [
        ...report.escalations.map(({ groupName, indicator, issue, ask }) => [
          'in this report',
          groupName,
          nameOf(indicator),
          issue,
          ask,
          '',
        ]),
        ...report.answers.map(({ groupName, indicator, issue, ask, answer }) => [
          'earlier',
          groupName,
          nameOf(indicator),
          issue,
          ask,
          answer,
        ]),
      ],
    ),
    file(
      'actions.csv',
      ['LCPG', 'Action', 'Owner', 'Due', 'State', 'Overdue', 'Last heard'],
      groups.flatMap(({ groupName, actions }) =>
        actions.map(({ description, owner, due, state, overdue, lastNote }) => [
          groupName,
          description,
          owner,
          due,
          state,
          overdue,
          lastNote,
        ]),
      ),
    ),
    file(
      'attendance.csv',
      [
        'LCPG or sector',
        'Kind',
        'Members',
        'Present',
        'By substitute',
        'Apologies',
        'Absent',
        'Others present',
        'Meetings represented at',
        'Meetings counted',
        'Roles that nobody fills',
        'Core sectors without a member',
        'LCPGs without a member',
      ],
      [
        ...groups.map(({ groupName, held, attendance, othersPresent, missingRoles, missingSectors }) => [
          groupName,
          'LCPG',
          attendance.members,
          ...(held === true
            ? [attendance.present, attendance.substitutes, attendance.apologies, attendance.absent]
            : [null, null, null, null]),
          othersPresent,
          null,
          null,
          missingRoles.map(roleName).join('; '),
          missingSectors.join('; '),
          null,
        ]),
        ...report.sectors.map(({ sector, represented, meetings, withoutMember }) => [
          sector,
          'sector',
          null,
          null,
          null,
          null,
          null,
          null,
          represented,
          meetings,
          null,
          null,
          withoutMember.join('; '),
        ]),
      ],
    ),
    file(
      'concerns-and-achievements.csv',
      ['Kind', 'Outcome', 'Indicator', 'LCPG', 'Text'],
      [...findingRows('concern', report.concerns), ...findingRows('achievement', report.achievements)],
    ),
  ];
};
