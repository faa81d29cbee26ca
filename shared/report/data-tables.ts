import { grouped } from '../templates/filters.ts';
import type {
  BoardAnswer,
  BoardReport,
  ChairsPack,
  DistrictReport,
  FindingsByIndicator,
  GroupSection,
  LcpgPack,
  MembersBriefing,
} from './model.ts';
import { answerNames, roleName } from './wording.ts';

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

type Groups<Part extends keyof GroupSection> = readonly Pick<GroupSection, 'groupName' | Part>[];

const returnsTable = (
  groups: Groups<
    'area' | 'state' | 'late' | 'submittedAt' | 'signedBy' | 'meetingDate' | 'held' | 'notHeldReason'
  >,
): DataTable =>
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
  );

const figuresTable = (groups: Groups<'area' | 'figures'>, areaName: string): DataTable =>
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
      areaName,
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
  );

/** An escalated item as a row tells it, and the board's answer where there is one. */
type EscalationRow = Pick<BoardAnswer, 'cycle' | 'groupName' | 'indicator' | 'issue' | 'ask'> & {
  readonly answer?: string;
};

const escalationsTable = (
  now: readonly EscalationRow[],
  earlier: readonly EscalationRow[],
  nameOf: (indicator: string | null) => string,
): DataTable => {
  const rowOf =
    (raised: string) =>
    ({ cycle, groupName, indicator, issue, ask, answer = '' }: EscalationRow): readonly DataCell[] => [
      raised,
      cycle,
      groupName,
      nameOf(indicator),
      issue,
      ask,
      answer,
    ];
  return table(
    'Escalations',
    ['Raised', 'Cycle', 'LCPG', 'Indicator', 'Issue', 'Asked', 'Answer'],
    [...now.map(rowOf('in this report')), ...earlier.map(rowOf('earlier'))],
  );
};

const actionsTable = (groups: Groups<'actions'>, nameOf: (indicator: string | null) => string): DataTable =>
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
  );

const attendanceTable = (
  groups: Groups<'held' | 'attendance' | 'othersPresent' | 'missingRoles' | 'missingSectors'>,
  sectors: ChairsPack['sectors'],
): DataTable =>
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
      ...sectors.map(({ sector, represented, meetings, withoutMember }) => [
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
  );

const findingsTable = (
  concerns: readonly FindingsByIndicator[],
  achievements: readonly FindingsByIndicator[],
): DataTable => {
  const rows = (kind: string, findings: readonly FindingsByIndicator[]): DataTable['rows'] =>
    findings.flatMap(({ outcome, indicatorName, items }) =>
      items.map(({ groupName, text }) => [kind, outcome, indicatorName, groupName, text]),
    );
  return table(
    'Concerns and achievements',
    ['Kind', 'Outcome', 'Indicator', 'LCPG', 'Text'],
    [...rows('concern', concerns), ...rows('achievement', achievements)],
  );
};

type Named = readonly { readonly id: string; readonly name: string }[];

const namesOf = (indicators: Named): ((indicator: string | null) => string) => {
  const names = new Map(indicators.map(({ id, name }) => [id, name]));
  return (indicator) => (indicator === null ? '' : (names.get(indicator) ?? ''));
};

/** The names of the indicators that figures are of. */
const figureNames = (figures: GroupSection['figures']): ((indicator: string | null) => string) =>
  namesOf(figures.map(({ indicator, name }) => ({ id: indicator, name })));

/** The data behind what tells of all LCPGs: the pack of the chairs, or the report with the board's answers. */
export const countyTables = (
  pack: Omit<ChairsPack, 'draft'> & Partial<Pick<BoardReport, 'answers'>>,
): readonly DataTable[] => {
  const nameOf = namesOf(pack.indicators);
  const { cycle } = pack;
  return [
    returnsTable(pack.groups),
    figuresTable(pack.groups, pack.areaName),
    escalationsTable(
      pack.escalations.map((item) => ({ ...item, cycle })),
      pack.answers ?? [],
      nameOf,
    ),
    actionsTable(pack.groups, nameOf),
    ...grantsTables(pack.groups),
    attendanceTable(pack.groups, pack.sectors),
    findingsTable(pack.concerns, pack.achievements),
  ];
};

/** Nothing where the partnership has no grants. */
const grantsTables = (groups: Groups<'grants'>): readonly DataTable[] =>
  groups.every(({ grants }) => grants === null)
    ? []
    : [
        table(
          'Grants',
          [
            'LCPG',
            'Grant',
            'Cycle',
            'Requested',
            'Awarded',
            'Review date',
            'Review overdue',
            'State',
            'Outcome',
          ],
          groups.flatMap(({ groupName, grants }) =>
            (grants ?? []).map((grant) => [
              groupName,
              grant.purpose,
              grant.raisedIn,
              grant.requested,
              grant.awarded,
              grant.reviewDate,
              grant.reviewDue,
              grant.state,
              grant.outcome,
            ]),
          ),
        ),
      ];

/** The data behind an LCPG's pack. */
export const lcpgPackTables = (pack: LcpgPack): readonly DataTable[] => [
  figuresTable([pack], pack.areaName),
  actionsTable([pack], figureNames(pack.figures)),
  table(
    'Who is coming',
    ['Name', 'Organisation', 'Role', 'Sector', 'Answer', 'Substitute'],
    pack.expected.map(({ name, organisation, role, sector, presence, substitute }) => [
      name,
      organisation,
      roleName(role),
      sector,
      answerNames[presence],
      substitute,
    ]),
  ),
];

/** The data behind an LCPG's report to its Local HWBs. */
export const districtReportTables = ({ group, areaName, cycle }: DistrictReport): readonly DataTable[] => {
  const nameOf = figureNames(group.figures);
  const { groupName } = group;
  return [
    figuresTable([group], areaName),
    escalationsTable(
      group.escalations.map((item) => ({ ...item, cycle, groupName })),
      [],
      nameOf,
    ),
    actionsTable([group], nameOf),
    ...grantsTables([group]),
    attendanceTable([group], []),
    table(
      'Concerns and achievements',
      ['Kind', 'Indicator', 'Text'],
      [
        ...group.concerns.map(({ indicator, text }) => ['concern', nameOf(indicator), text]),
        ...group.achievements.map(({ indicator, text }) => ['achievement', nameOf(indicator), text]),
      ],
    ),
  ];
};

/** The data behind the members' briefing. */
export const briefingTables = (briefing: MembersBriefing): readonly DataTable[] => [
  table(
    'Good examples',
    ['Outcome', 'Indicator', 'LCPG', 'Example', 'Period', 'Value', 'Rating', 'Rank', 'Of', 'Joint'],
    briefing.outcomes.flatMap(({ outcome, examples }) =>
      examples.map(({ groupName, indicatorName, text, figure }) => [
        outcome,
        indicatorName,
        groupName,
        text,
        figure?.period ?? '',
        figure === null ? null : rounded(figure.value, figure.decimals),
        figure?.rating ?? null,
        figure?.rank ?? null,
        typeof figure?.rank === 'number' ? figure.of : null,
        typeof figure?.rank === 'number' ? figure.joint : null,
      ]),
    ),
  ),
  table(
    'Figures that stand out',
    ['LCPG', 'Outcome', 'Indicator', 'Priority', 'Why', 'Period', 'Value'],
    briefing.standingOut.map(({ groupName, outcome, indicatorName, priority, why, figure }) => [
      groupName,
      outcome,
      indicatorName,
      priority,
      why,
      figure.period,
      rounded(figure.value, figure.decimals),
    ]),
  ),
];
