import { compileBoardReport } from '../../../shared/report/board-report.ts';
import { draftChairsPack } from '../../../shared/report/chairs-pack.ts';
import { groupSection } from '../../../shared/report/group-section.ts';
import { membersBriefing } from '../../../shared/report/members-briefing.ts';
import type { LcpgPack } from '../../../shared/report/model.ts';
import { originOf } from '../../../shared/report/origin.ts';
import type { Publication } from '../../../shared/report/press.ts';
import { publications } from '../../../shared/report/publications.ts';
import {
  agenda,
  districtReportTitle,
  lcpgPackTitle,
  safeguardingTitle,
} from '../../../shared/report/wording.ts';
import { threeGroups } from './sample.ts';

const from = threeGroups();
const origin = originOf(from.partnership);
const [ashford] = from.dossiers;
if (ashford === undefined || ashford.meeting === null)
  throw new Error('the sample has no LCPG with a meeting');

const boardReport = compileBoardReport(from);

const lcpgPack: LcpgPack = {
  ...origin,
  title: lcpgPackTitle(ashford.groupName),
  group: ashford.group,
  groupName: ashford.groupName,
  area: ashford.area,
  board: from.cycle.board,
  meeting: ashford.meeting,
  preparedAt: '2026-09-23T08:00:00Z',
  agenda: agenda(origin.boardShortName, '16 September 2026'),
  keyMessages: ['Every LCPG is asked to look at school attendance.'],
  minutesReceived: true,
  actions: ashford.actions.filter(({ state }) => state === 'open'),
  figures: ashford.figures,
  expected: [
    {
      name: 'Ama Chair',
      organisation: 'Ashford Council',
      role: 'chair',
      sector: 'Police',
      presence: 'attending',
      substitute: null,
    },
    {
      name: 'Tess Third',
      organisation: 'A charity',
      role: 'member',
      sector: null,
      presence: 'apologies',
      substitute: null,
    },
    {
      name: 'Sid Second',
      organisation: 'A housing association',
      role: 'member',
      sector: 'Housing',
      presence: 'substitute',
      substitute: 'Jo Smith',
    },
  ],
  expectedCount: 2,
  quorumNeeded: 3,
  missingSectors: ['Housing'],
};

const localHwbs = ['West Kent Local HWB', 'Dartford Local HWB'];

/** Every kind of document with a sample of its contents, by the name of its golden files. */
export const everyDocument: Readonly<Record<string, Publication>> = {
  'board-report': publications.boardReport(boardReport),
  'chairs-pack': publications.chairsPack(draftChairsPack({ ...from, preparedAt: from.compiledAt })),
  'lcpg-pack': publications.lcpgPack(lcpgPack),
  'district-report': publications.districtReport({
    ...origin,
    title: districtReportTitle(ashford.groupName, localHwbs),
    cycle: from.cycle.id,
    readers: localHwbs,
    message: 'We would like ten minutes at your next meeting.',
    group: groupSection(ashford),
    preparedAt: '2026-10-06T10:00:00Z',
  }),
  safeguarding: publications.safeguarding({
    ...origin,
    title: safeguardingTitle(null),
    board: from.cycle.board,
    entries: [
      {
        groupName: 'Ashford',
        meetingDate: '2026-09-30',
        matters: ['Schools are unsure of the new referral form.\nTraining is asked for.', 'A second matter'],
      },
      { groupName: 'Dover', meetingDate: null, matters: ['Who calls a strategy discussion at night?'] },
    ],
    preparedAt: '2026-10-29T09:00:00Z',
  }),
  'members-briefing': publications.membersBriefing(membersBriefing(boardReport)),
};
