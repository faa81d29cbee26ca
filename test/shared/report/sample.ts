import { figuresFor, indexObservations } from '../../../shared/domain/indicator.ts';
import type { Indicator, Observation, Priority } from '../../../shared/domain/partnership.ts';
import { emptyReturnContent, type GroupReturn, type ReturnContent } from '../../../shared/domain/return.ts';
import type { ReportRecord } from '../../../shared/domain/report-record.ts';
import { type BoardReportSource, compileBoardReport } from '../../../shared/report/board-report.ts';
import type { ReportSource } from '../../../shared/report/chairs-pack.ts';
import type { AttendanceLine, GroupDossier } from '../../../shared/report/model.ts';
import { reportRecord } from '../../../shared/report/report-record.ts';

const meetingTime = {
  start: '10:00',
  end: '12:30',
  venue: 'Council Chamber, County Hall, Maidstone',
  link: '',
};

export const indicator = (id: string, changes: Partial<Indicator> = {}): Indicator => ({
  id,
  name: `Indicator ${id}`,
  outcome: 'Learning and achieving',
  unit: '%',
  polarity: 'high',
  target: null,
  floor: null,
  decimals: 1,
  source: 'ONS Explore Local Statistics',
  group: null,
  ...changes,
});

export const observation = (
  area: string,
  value: number | null,
  changes: Partial<Observation> = {},
): Observation => ({
  indicator: 'gcse',
  area,
  period: '2024-09-01/P1Y',
  value,
  lower: null,
  upper: null,
  count: null,
  denominator: null,
  note: '',
  ...changes,
});

export const attendanceLine = (
  name: string,
  sector: string | null,
  presence: AttendanceLine['presence'],
): AttendanceLine => ({ name, organisation: 'Council', role: 'member', sector, presence, substitute: null });

export const signedReturn = (group: string, content: Partial<ReturnContent> = {}): GroupReturn => ({
  partnership: 'kent',
  cycle: '2026-09-16',
  group,
  content: { ...emptyReturnContent, held: true, ...content },
  saved: [],
  version: 1,
  revision: 1,
  state: 'signed',
  submittedAt: '2026-10-05T10:00:00Z',
  submittedBy: 'person-1',
  signedAt: '2026-10-06T10:00:00Z',
  signedBy: 'person-2',
});

export const submittedReturn = (group: string, content: Partial<ReturnContent> = {}): GroupReturn => ({
  partnership: 'kent',
  cycle: '2026-09-16',
  group,
  content: { ...emptyReturnContent, held: true, ...content },
  saved: [],
  version: 1,
  revision: 1,
  state: 'submitted',
  submittedAt: '2026-10-20T08:30:00Z',
  submittedBy: 'person-1',
});

export const dossier = (group: string, changes: Partial<GroupDossier> = {}): GroupDossier => ({
  cycle: '2026-09-16',
  group,
  groupName: `${group.slice(0, 1).toUpperCase()}${group.slice(1)}`,
  area: `area-${group}`,
  meeting: { date: '2026-09-30', ...meetingTime, venue: 'Civic Centre' },
  given: signedReturn(group),
  late: false,
  signedByName: 'Ama Chair',
  chair: 'Ama Chair',
  coordinator: 'Colin Co-ordinator',
  attendance: [],
  actions: [],
  figures: [],
  missingSectors: [],
  missingRoles: [],
  grants: null,
  reported: [],
  ...changes,
});

export const source = (
  dossiers: readonly GroupDossier[],
  indicators: readonly Indicator[] = [],
): ReportSource & { readonly preparedAt: string } => ({
  partnership: {
    name: 'Kent Local Children’s Partnership Groups',
    area: { code: 'E10000016', name: 'Kent' },
    zone: 'Europe/London',
    boardName: { long: 'Children’s Health and Wellbeing Board', short: 'CHWB' },
    coreSectors: ['Police', 'Housing'],
  },
  cycle: {
    id: '2026-09-16',
    board: { date: '2026-09-16', ...meetingTime },
    chairs: { date: '2026-11-02', ...meetingTime, start: '14:00', end: '16:00' },
    nextBoard: { date: '2026-11-18', ...meetingTime },
  },
  indicators,
  dossiers,
  preparedAt: '2026-10-29T09:00:00Z',
});

export const boardSource = (
  from: ReportSource,
  changes: Partial<BoardReportSource> = {},
): BoardReportSource => ({
  ...from,
  compiledAt: '2026-11-10T09:00:00Z',
  summary: null,
  representatives: { people: [], confirmed: false },
  answers: [],
  minutesKeyMessages: [],
  previous: null,
  ...changes,
});

const countySet: readonly Indicator[] = [
  indicator('gcse', { name: 'GCSEs in English and maths', target: 75, floor: 68 }),
  indicator('poverty', {
    name: 'Children in relative poverty before housing costs',
    outcome: 'Growing up free from poverty',
    polarity: 'low',
    target: 14,
    floor: 18,
  }),
];

const threeObservations: readonly Observation[] = [
  observation('area-ashford', 72.942),
  observation('area-dover', 67.557),
  observation('E10000016', 72.952),
  observation('area-ashford', 70.1, { period: '2023-09-01/P1Y' }),
  observation('area-dover', 68.4, { period: '2023-09-01/P1Y' }),
  observation('area-ashford', 14.79304966, { indicator: 'poverty', period: '2024-04-01/P1Y' }),
  observation('area-dover', 20.35180723, { indicator: 'poverty', period: '2024-04-01/P1Y' }),
  observation('area-swale', 14.79304966, { indicator: 'poverty', period: '2024-04-01/P1Y' }),
  observation('E10000016', 15.32901566, { indicator: 'poverty', period: '2024-04-01/P1Y' }),
  observation('area-dover', 31, { indicator: 'dover-tooth-decay', period: '2024-01-01/P1Y' }),
];

const priorities: readonly Priority[] = [
  { group: 'ashford', indicator: 'gcse', from: null, to: null },
  { group: 'dover', indicator: 'poverty', from: null, to: null },
];

const withFigures = (
  dossiers: readonly GroupDossier[],
  indicators: readonly Indicator[],
  published = threeObservations,
): readonly GroupDossier[] => {
  const observations = indexObservations(
    published,
    dossiers.map(({ area }) => area),
  );
  return dossiers.map((one) => ({
    ...one,
    figures: figuresFor(
      { id: one.group, area: one.area },
      { indicators, priorities, observations, county: 'E10000016', on: '2026-10-01' },
    ),
  }));
};

/** The report before: fewer figures were published then, Dover sent nothing, and nothing was overdue. */
const threeGroupsBefore = (indicators: readonly Indicator[]): ReportRecord => {
  const cycle = '2026-07-15';
  const given = (group: string) =>
    signedReturn(group, {
      commentaries: [{ indicator: 'gcse', text: 'One school waits for a maths teacher.' }],
    });
  const dossiers = withFigures(
    [
      dossier('ashford', {
        cycle,
        given: given('ashford'),
        coordinator: 'Nia Co-ordinator',
        missingSectors: ['Police'],
        actions: [
          {
            id: 'action-2',
            group: 'ashford',
            description: 'Share attendance data',
            owner: 'Tess Third',
            due: '2026-12-01',
            indicator: 'gcse',
            state: 'open',
            overdue: false,
            lastNote: '',
          },
        ],
      }),
      dossier('dover', { cycle, given: null }),
      dossier('swale', { cycle, given: given('swale') }),
    ],
    indicators,
    threeObservations.filter(({ area, period }) => area !== 'area-dover' && period < '2024-05-01'),
  );
  const from = source(dossiers, indicators);
  const { board } = from.cycle;
  const earlier = { ...from.cycle, id: cycle, board: { ...board, date: cycle }, nextBoard: board };
  return reportRecord(
    compileBoardReport(boardSource({ ...from, cycle: earlier }, { compiledAt: '2026-09-08T09:00:00Z' })),
  );
};

/** Three LCPGs: a full signed return, a late unsigned one of a meeting that was not held, and a nil return. */
export const threeGroups = (): BoardReportSource => {
  const indicators = [
    ...countySet,
    indicator('dover-tooth-decay', {
      name: 'Tooth decay at age 5',
      outcome: 'Healthy children',
      polarity: 'low',
      group: 'dover',
      decimals: 0,
      source: 'Local survey',
    }),
  ];
  const previous = threeGroupsBefore(indicators);
  const dossiers = withFigures(
    [
      dossier('ashford', {
        given: signedReturn('ashford', {
          commentaries: [
            { indicator: 'gcse', text: 'Two schools moved up.\nOne <still> waits for a maths teacher.' },
          ],
          achievements: [{ text: 'Summer reading club reached 400 children', indicator: null }],
          concerns: [
            { text: 'Attainment gap for pupils in care', indicator: 'gcse' },
            { text: 'Waiting times for speech & language therapy', indicator: null },
          ],
          escalations: [
            {
              issue: 'Speech therapy waits are over 40 weeks',
              ask: 'Ask the ICB for a recovery plan.',
              indicator: null,
            },
          ],
          safeguardingMatters: ['SAFEGUARDING SECRET'],
          localHwbMessage: 'Only for the Local HWB',
          cspMessage: 'Only for the CSP',
          othersPresent: 'A visitor',
          membershipChanges: 'Somebody left',
        }),
        attendance: [
          attendanceLine('Ama Chair', 'Police', 'present'),
          attendanceLine('Sid Second', 'Housing', 'substitute'),
          attendanceLine('Tess Third', null, 'apologies'),
          attendanceLine('Uri Fourth', 'Housing', 'absent'),
          attendanceLine('Vic Fifth', null, 'unanswered'),
        ],
        actions: [
          {
            id: 'action-1',
            group: 'ashford',
            description: 'Write to the ICB about speech therapy',
            owner: 'Sid Second',
            due: '2026-10-01',
            indicator: null,
            state: 'open',
            overdue: true,
            lastNote: 'Draft is with the chair',
          },
          {
            id: 'action-2',
            group: 'ashford',
            description: 'Share attendance data',
            owner: 'Tess Third',
            due: '2026-12-01',
            indicator: 'gcse',
            state: 'done',
            overdue: false,
            lastNote: '',
          },
        ],
      }),
      dossier('dover', {
        late: true,
        signedByName: null,
        given: submittedReturn('dover', {
          held: false,
          notHeldReason: 'Not quorate',
          concerns: [{ text: 'Results fell at two of five schools', indicator: 'gcse' }],
          escalations: [
            {
              issue: 'No therapist in the district since June',
              ask: 'Ask the ICB for a recovery plan',
              indicator: null,
            },
          ],
        }),
        missingSectors: ['Housing'],
        missingRoles: ['safeguarding-lead'],
      }),
      dossier('swale', { given: null, meeting: null, signedByName: null, chair: null }),
    ].map((one) => ({ ...one, reported: previous.groups.filter(({ group }) => group === one.group) })),
    indicators,
  );
  return boardSource(source(dossiers, indicators), {
    representatives: {
      people: [
        { name: 'Ama Chair', groupName: 'Ashford' },
        { name: 'Dot Chair', groupName: 'Dover' },
      ],
      confirmed: true,
    },
    answers: [
      {
        id: 'escalation-1',
        cycle: '2026-07-15',
        group: 'swale',
        groupName: 'Swale',
        issue: 'Bus passes for 16 to 18 year olds',
        ask: 'Extend the scheme',
        indicator: null,
        answer: 'Extended to March 2027.',
      },
      {
        id: 'escalation-2',
        cycle: '2026-05-20',
        group: 'dover',
        groupName: 'Dover',
        issue: 'Family hub opening hours',
        ask: 'Fund Saturdays',
        indicator: null,
        answer: '',
      },
    ],
    minutesKeyMessages: ['Every LCPG is asked to look at school attendance.'],
    previous,
  });
};

/** As many LCPGs as asked, every return full, for speed and for looking at. */
export const manyGroups = (count: number): BoardReportSource => {
  const indicators = Array.from({ length: 6 }, (_, index) =>
    indicator(`indicator-${String(index)}`, {
      name: `Indicator number ${String(index + 1)}`,
      outcome: `Outcome ${String(Math.floor(index / 2) + 1)}`,
      polarity: index % 2 === 0 ? 'high' : 'low',
      target: index % 2 === 0 ? 75 : 14,
      floor: index % 2 === 0 ? 60 : 20,
    }),
  );
  const names = Array.from({ length: count }, (_, index) => `district-${String(index + 1)}`);
  const areas = names.map((name) => `area-${name}`);
  const observations = indexObservations(
    indicators.flatMap(({ id }, which) =>
      areas.flatMap((area, index) =>
        [2021, 2022, 2023, 2024].map((year) =>
          observation(area, ((index * 7919 + which * 104_729 + year) % 1000) / 10, {
            indicator: id,
            period: `${String(year)}-09-01/P1Y`,
          }),
        ),
      ),
    ),
    areas,
  );
  const findings = (what: string, index: number) =>
    [0, 1, 2].map((which) => ({
      text: `${what} ${String(which + 1)} of district ${String(index + 1)}: something that takes a full sentence to tell.`,
      indicator: `indicator-${String((index + which) % 6)}`,
    }));
  const dossiers = names.map((name, index) =>
    dossier(name, {
      given: signedReturn(name, {
        commentaries: [0, 1, 2].map((which) => ({
          indicator: `indicator-${String(which)}`,
          text: 'A commentary of a few sentences. It says what moved and why. It says what comes next.',
        })),
        concerns: findings('Concern', index),
        achievements: findings('Achievement', index),
        escalations:
          index % 4 === 0
            ? [{ issue: `Issue of ${name}`, ask: 'Ask for a recovery plan', indicator: null }]
            : [],
      }),
      attendance: Array.from({ length: 15 }, (_, member) =>
        attendanceLine(`Member ${String(member)}`, member % 2 === 0 ? 'Police' : 'Housing', 'present'),
      ),
      actions: Array.from({ length: 5 }, (_, action) => ({
        id: `action-${String(action)}`,
        group: name,
        description: 'An action that was agreed at the meeting',
        owner: `Member ${String(action)}`,
        due: '2026-10-01',
        indicator: null,
        state: 'open' as const,
        overdue: action === 0,
        lastNote: '',
      })),
      figures: figuresFor(
        { id: name, area: `area-${name}` },
        { indicators, priorities: [], observations, county: 'E10000016', on: '2026-10-01' },
      ),
    }),
  );
  return boardSource(source(dossiers, indicators));
};
