import type { MeetingTime } from '../../shared/domain/cycle.ts';
import type { Group, Partnership, Person } from '../../shared/domain/partnership.ts';
import { defaultRequestRules } from '../../shared/domain/request.ts';
import { defaultTimetableRules } from '../../shared/domain/timetable.ts';
import type { CalendarPart, MessageKind, MessageOf, MessageSetting } from '../../shared/mail/messages.ts';
import type { ActionLine, AttendanceLine, BoardAnswer, IndicatorFigure } from '../../shared/report/model.ts';

/** One message of each kind: a new kind without an example does not compile. */
export type RequiredExamples = { readonly [Kind in MessageKind]: MessageOf<Kind> };

export const examplePartnership: Partnership = {
  id: 'kent',
  name: 'Kent Local Children’s Partnership Groups',
  area: { code: 'E10000016', name: 'Kent' },
  zone: 'Europe/London',
  sender: { name: 'Kent LCPGs', address: 'lcpg@kent.example.org' },
  replyDomain: 'reply.kent.example.org',
  contact: { name: 'Kent LCPG support', email: 'lcpg-support@kent.example.org' },
  coreSectors: ['District Council', 'Police', 'Housing'],
  board: 'chwb',
  chairsGroup: 'chairs-group',
  safeguardingGroup: 'safeguarding-group',
  safeguardingBoard: 'kscb',
  boardName: { long: 'Children’s Health and Wellbeing Board', short: 'CHWB' },
  timetable: defaultTimetableRules,
  requests: defaultRequestRules,
  retention: { recordYears: 6, memberMonthsAfterLeaving: 6 },
  extraHolidays: [],
  quorum: 0.5,
};

/** A Thursday in British Summer Time. */
export const exampleSetting: MessageSetting = {
  partnership: examplePartnership,
  sentAt: '2026-09-24T08:00:00Z',
};

const jo: Person = {
  id: 'jo-smith',
  email: 'jo.smith@ashford.example.org',
  name: 'Jo Smith',
  organisation: 'Ashford Borough Council',
};
const secretary: Person = {
  id: 'pat-lee',
  email: 'pat.lee@kent.example.org',
  name: 'Pat Lee',
  organisation: 'Kent County Council',
};
const ashford: Group = {
  id: 'ashford',
  kind: 'lcpg',
  name: 'Ashford',
  area: 'E07000105',
  aliases: [],
  reportsTo: [{ body: 'hwb-ashford', from: null, to: null }],
  csp: [{ body: 'csp-ashford', from: null, to: null }],
};
const meeting: MeetingTime = {
  date: '2026-10-08',
  start: '09:30',
  end: '12:00',
  venue: 'Civic Centre, Tannery Lane, Ashford TN23 1PL',
  link: 'https://meet.example.org/ashford-lcpg',
};
const board: MeetingTime = {
  date: '2026-11-18',
  start: '14:00',
  end: '16:30',
  venue: 'Council Chamber, Sessions House, Maidstone',
  link: '',
};
const link = 'https://lcpg.kent.example.org/a/Qm9yZWQgb2YgdG9rZW5zIHlldD8gU28gYW0gSQ';

const calendar = (over: Partial<CalendarPart> = {}): CalendarPart => ({
  method: 'REQUEST',
  uid: 'kent-2026-09-16-ashford@kent.example.org',
  sequence: 0,
  summary: 'Ashford LCPG',
  description: 'Meeting of the Ashford LCPG. Tell us if you can come:',
  start: '2026-10-08T08:30:00Z',
  end: '2026-10-08T11:00:00Z',
  location: meeting.venue,
  link,
  ...over,
});

const action = (over: Partial<ActionLine> = {}): ActionLine => ({
  id: 'ashford-1',
  group: 'ashford',
  description: 'Ask every primary school in the district which families are waiting for speech therapy',
  owner: 'Jo Smith',
  due: '2026-11-06',
  state: 'open',
  overdue: false,
  lastNote: '',
  ...over,
});

const figure = (over: Partial<IndicatorFigure> = {}): IndicatorFigure => ({
  indicator: 'early-literacy',
  name: 'Literacy in the early years',
  outcome: 'Ready to start school',
  unit: '%',
  decimals: 1,
  priority: true,
  period: '2024 to 2025',
  value: 71.4,
  previousPeriod: '2023 to 2024',
  previousValue: 70,
  rating: 'amber',
  rank: 3,
  of: 12,
  joint: true,
  county: 70.8,
  ...over,
});

const figures = [
  figure(),
  figure({
    name: 'First-time entrants to youth justice',
    unit: 'per 100,000',
    decimals: 0,
    priority: false,
    value: 0,
    previousPeriod: '',
    previousValue: null,
    rating: 'green',
    rank: 1,
    joint: false,
    county: 1034,
  }),
  figure({
    name: 'Tooth decay at age 5',
    priority: false,
    period: '',
    value: null,
    previousPeriod: '',
    previousValue: null,
    rating: null,
    rank: null,
    county: null,
  }),
];

const attendance = (over: Partial<AttendanceLine>): AttendanceLine => ({
  name: 'Jo Smith',
  organisation: 'Ashford Borough Council',
  role: 'chair',
  sector: 'District Council',
  presence: 'attending',
  substitute: null,
  ...over,
});

const answers: readonly BoardAnswer[] = [
  {
    id: 'e1',
    group: 'ashford',
    groupName: 'Ashford',
    issue: 'Families wait more than 30 weeks for speech and language therapy',
    ask: 'agree with the provider how the wait comes down',
    indicator: 'early-literacy',
    answer: 'The board has asked the provider for a plan by December.',
  },
  {
    id: 'e2',
    group: 'ashford',
    groupName: 'Ashford',
    issue: 'No youth worker in the south of the district',
    ask: 'look at cover across the county',
    indicator: null,
    answer: '',
  },
];

const escalations = answers.map(({ issue, ask, indicator, groupName }) => ({
  issue,
  ask,
  indicator,
  groupName,
}));

const chair = 'you are the chair of the Ashford LCPG';
const coordinator = 'you are the co-ordinator of the Ashford LCPG';
const member = 'you are a member of the Ashford LCPG for the District Council';
const secretariat = 'you are in the secretariat of the CHWB';

const envelope = { to: jo, about: '2026-09-16~ashford', occurrence: '1', because: coordinator };

export const exampleMessages: RequiredExamples = {
  'minutes-request': {
    ...envelope,
    kind: 'minutes-request',
    to: secretary,
    because: secretariat,
    boardDate: '2026-09-16',
    dueAt: '2026-09-23T16:00:00Z',
    link,
  },
  minutes: {
    ...envelope,
    kind: 'minutes',
    because: chair,
    boardDate: '2026-09-16',
    group: ashford,
    keyMessages: [
      'Every district is asked to look at school attendance in Years 10 & 11.',
      'The county will publish a new speech and language offer in January. Please say what families in your district need most.',
    ],
    documentLink: 'https://lcpg.kent.example.org/d/minutes',
    documentName: 'CHWB minutes 16 September 2026.pdf',
    late: false,
    answers,
    meeting,
    lastMeetingDay: '2026-10-27',
  },
  'meeting-date-request': {
    ...envelope,
    kind: 'meeting-date-request',
    group: ashford,
    boardDate: '2026-09-16',
    firstDay: '2026-09-17',
    lastDay: '2026-10-27',
    dueAt: '2026-09-23T16:00:00Z',
    link,
  },
  'meeting-date-set': { ...envelope, kind: 'meeting-date-set', group: ashford, meeting, link },
  invitation: {
    ...envelope,
    kind: 'invitation',
    because: member,
    bodyName: 'Ashford LCPG',
    meeting,
    change: 'new',
    answerBy: '2026-10-01T16:00:00Z',
    link,
    calendar: calendar(),
  },
  cancellation: {
    ...envelope,
    kind: 'cancellation',
    because: member,
    bodyName: 'Ashford LCPG',
    meeting,
    calendar: calendar({ method: 'CANCEL', sequence: 2 }),
  },
  'attendance-reminder': {
    ...envelope,
    kind: 'attendance-reminder',
    because: member,
    bodyName: 'Ashford LCPG',
    meeting,
    answerBy: '2026-10-07T16:00:00Z',
    link,
    calendar: calendar({ sequence: 1 }),
  },
  'meeting-pack': {
    ...envelope,
    kind: 'meeting-pack',
    because: member,
    group: ashford,
    meeting,
    boardDate: '2026-09-16',
    keyMessages: ['Every district is asked to look at school attendance in Years 10 & 11.'],
    minutesLink: 'https://lcpg.kent.example.org/d/minutes',
    openActions: [
      action(),
      action({
        description: 'Share the housing waiting list figures',
        owner: 'Sam Okafor',
        due: '2026-09-30',
        overdue: true,
      }),
    ],
    figures,
    expected: [
      attendance({}),
      attendance({
        name: 'Sam Okafor',
        organisation: 'Kent Police',
        sector: 'Police',
        presence: 'substitute',
        substitute: 'Ann Price',
      }),
      attendance({ name: 'Ravi Shah', organisation: '', sector: null, presence: 'apologies' }),
      attendance({
        name: 'Mary O’Neill',
        organisation: 'Ashford Homes',
        sector: 'Housing',
        presence: 'unanswered',
      }),
    ],
    quorumNeeded: 6,
    expectedCount: 2,
    missingSectors: ['CCG', 'Early Help', 'Housing'],
    link,
  },
  'return-request': {
    ...envelope,
    kind: 'return-request',
    group: ashford,
    meeting,
    dueAt: '2026-10-15T16:00:00Z',
    cutOff: '2026-10-29T17:00:00Z',
    link,
    sentBack: null,
  },
  'return-signoff-request': {
    ...envelope,
    kind: 'return-signoff-request',
    because: chair,
    group: ashford,
    submittedBy: 'Sam Okafor',
    dueAt: '2026-10-20T16:00:00Z',
    link,
    changedSinceSigned: false,
  },
  'action-assigned': {
    ...envelope,
    kind: 'action-assigned',
    because: 'the Ashford LCPG agreed an action for you',
    group: ashford,
    action: action(),
    link,
  },
  'local-hwb-extract': {
    ...envelope,
    kind: 'local-hwb-extract',
    because: 'you are the contact of the Ashford Local Health and Wellbeing Board',
    group: ashford,
    localHwbName: 'Ashford Local Health and Wellbeing Board',
    meetingDate: '2026-10-08',
    message: 'We would like 10 minutes at your next meeting.\n\nTooth decay is our first concern.',
    achievements: ['Two new family hubs have opened.'],
    concerns: ['Waiting times for speech therapy have doubled in a year.'],
    escalations: [
      {
        issue: 'Families wait more than 30 weeks for speech and language therapy',
        ask: 'agree with the provider how the wait comes down',
        indicator: null,
      },
    ],
    figures,
  },
  'csp-message': {
    ...envelope,
    kind: 'csp-message',
    because: 'you are the contact of the Ashford Community Safety Partnership',
    group: ashford,
    cspName: 'Ashford Community Safety Partnership',
    meetingDate: '2026-10-08',
    message: 'Please tell us about any change in patrols near the new family hub.',
  },
  'safeguarding-matters': {
    ...envelope,
    kind: 'safeguarding-matters',
    because: 'you are the safeguarding lead of the Ashford LCPG',
    group: ashford,
    meetingDate: '2026-10-08',
    matters: ['Schools are unsure of the new referral form.\nTraining is asked for before January.'],
  },
  'safeguarding-round-up': {
    ...envelope,
    kind: 'safeguarding-round-up',
    because: 'you are a member of the LCPG Safeguarding Group',
    boardDate: '2026-09-16',
    entries: [
      {
        groupName: 'Ashford',
        meetingDate: '2026-10-08',
        matters: ['Schools are unsure of the new referral form.', 'Training is asked for before January.'],
      },
      { groupName: 'Dover', meetingDate: null, matters: ['Who calls a strategy discussion out of hours?'] },
    ],
  },
  'membership-changes': {
    ...envelope,
    kind: 'membership-changes',
    because: 'you keep the list of members',
    group: ashford,
    meetingDate: '2026-10-08',
    changes: 'Sam Okafor has left Kent Police.\nAnn Price joins for the Police: ann.price@police.example.org',
  },
  'chairs-pack': {
    ...envelope,
    kind: 'chairs-pack',
    because: 'you are the chair of the Ashford LCPG, and so in the Chairs Group',
    meeting: { ...meeting, date: '2026-11-03', start: '14:00', end: '15:30' },
    nextBoardDate: '2026-11-18',
    received: 10,
    groupCount: 12,
    nil: ['Dover', 'Thanet'],
    escalationCount: 3,
    overdueCount: 1,
    link,
  },
  'chairs-summary-request': {
    ...envelope,
    kind: 'chairs-summary-request',
    because: 'you are the lead chair',
    nextBoardDate: '2026-11-18',
    dueAt: '2026-11-09T17:00:00Z',
    reportDue: '2026-11-10T09:00:00Z',
    link,
  },
  'representatives-request': {
    ...envelope,
    kind: 'representatives-request',
    because: 'you are the lead chair',
    nextBoardDate: '2026-11-18',
    proposed: ['Jo Smith (Ashford)', 'Ravi Shah (Dover)'],
    dueAt: '2026-11-09T17:00:00Z',
    link,
  },
  'representative-named': {
    ...envelope,
    kind: 'representative-named',
    because: chair,
    nextBoard: board,
    withWhom: ['Ravi Shah'],
    confirmed: true,
  },
  'board-report': {
    ...envelope,
    kind: 'board-report',
    to: secretary,
    because: secretariat,
    nextBoard: board,
    received: 10,
    groupCount: 12,
    nil: ['Dover', 'Thanet'],
    escalations,
    summaryApproved: false,
    reportLink: 'https://lcpg.kent.example.org/d/report',
    dataLink: 'https://lcpg.kent.example.org/d/data',
    receiptLink: link,
    dueAt: '2026-11-11T17:00:00Z',
  },
  'board-answers-request': {
    ...envelope,
    kind: 'board-answers-request',
    to: secretary,
    because: secretariat,
    boardDate: '2026-11-18',
    items: escalations,
    dueAt: '2026-11-25T17:00:00Z',
    link,
  },
  'board-answers': {
    ...envelope,
    kind: 'board-answers',
    because: chair,
    group: ashford,
    boardDate: '2026-11-18',
    answers,
  },
  reminder: {
    ...envelope,
    kind: 'reminder',
    requestKind: 'return',
    bodyName: 'Ashford LCPG',
    detail: '',
    dueAt: '2026-09-23T16:00:00Z',
    overdue: true,
    expiresAt: '2026-09-29T16:00:00Z',
    link,
  },
  escalation: {
    ...envelope,
    kind: 'escalation',
    because: chair,
    requestKind: 'action-update',
    bodyName: 'Ashford LCPG',
    detail: 'Ask every primary school in the district which families are waiting for speech therapy',
    whose: { ...secretary, name: 'Sam Okafor', email: 'sam.okafor@ashford.example.org' },
    dueAt: '2026-09-23T16:00:00Z',
    expiresAt: '2026-09-29T16:00:00Z',
  },
  'part-stopped': {
    ...envelope,
    kind: 'part-stopped',
    to: secretary,
    because: secretariat,
    bodyName: 'Ashford LCPG',
    cause: 'The date of the meeting could not be stored.',
  },
};
