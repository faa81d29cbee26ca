import { grouped } from '../templates/filters.ts';
import type { BoardReport, FindingsByIndicator } from './model.ts';
import { roleName } from './wording.ts';

/** A cell: typed text, a number as it is, or a figure with as many decimals as the report shows. */
export type DataCell =
  string | number | boolean | null | { readonly figure: number; readonly decimals: number };

/** A table of the data behind a report: a CSV file, or a sheet of a workbook. */
export interface DataTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly DataCell[])[];
}

const table = (name: string, columns: readonly string[], rows: DataTable['rows']): DataTable => ({
  name,
  columns,
  rows,
});

/** A figure as the report shows it: rounded the same way, and still a number. */
const rounded = (value: number | null, decimals: number): DataCell =>
  value === null ? null : { figure: Number(grouped(value, decimals).replaceAll(',', '')), decimals };

/** The data behind a report to the board. */
export const boardReportTables = (report: BoardReport): readonly DataTable[] => {
  const { groups } = report;
  const indicatorNames = new Map(report.indicators.map(({ id, name }) => [id, name]));
  const nameOf = (indicator: string | null): string =>
    indicator === null ? '' : (indicatorNames.get(indicator) ?? '');
  const findingRows = (
    kind: string,
    findings: readonly FindingsByIndicator[],
  ): readonly (readonly DataCell[])[] =>
    findings.flatMap(({ outcome, indicatorName, items }) =>
      items.map(({ groupName, text }) => [kind, outcome, indicatorName, groupName, text]),
    );
  return [
    table(
      'Returns',
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
    table(
      'Figures',
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
          rounded(figure.value, figure.decimals),
          figure.value,
          figure.rating,
          figure.rank,
          figure.of,
          figure.joint,
          figure.previousPeriod,
          rounded(figure.previousValue, figure.decimals),
          rounded(figure.county, figure.decimals),
        ]),
      ),
    ),
    table(
      'Escalations',
      ['Raised', 'Cycle', 'LCPG', 'Indicator', 'Issue', 'Asked', 'Answer'],
      [
        ...report.escalations.map(({ groupName, indicator, issue, ask }) => [
          'in this report',
          report.cycle,
          groupName,
          nameOf(indicator),
          issue,
          ask,
          '',
        ]),
        ...report.answers.map(({ cycle, groupName, indicator, issue, ask, answer }) => [
          'earlier',
          cycle,
          groupName,
          nameOf(indicator),
          issue,
          ask,
          answer,
        ]),
      ],
    ),
    table(
      'Actions',
      ['LCPG', 'Action', 'Indicator', 'Owner', 'Due', 'State', 'Overdue', 'Last heard'],
      groups.flatMap(({ groupName, actions }) =>
        actions.map(({ description, indicator, owner, due, state, overdue, lastNote }) => [
          groupName,
          description,
          nameOf(indicator),
          owner,
          due,
          state,
          overdue,
          lastNote,
        ]),
      ),
    ),
    table(
      'Attendance',
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
    table(
      'Concerns and achievements',
      ['Kind', 'Outcome', 'Indicator', 'LCPG', 'Text'],
      [...findingRows('concern', report.concerns), ...findingRows('achievement', report.achievements)],
    ),
  ];
};
