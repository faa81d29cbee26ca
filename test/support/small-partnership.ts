import { defaultRequestRules, requestId } from '../../shared/domain/request.ts';
import { unknownStanding } from '../../shared/domain/figure.ts';
import type { Request, RequestKind, RequestSubject } from '../../shared/domain/request.ts';
import { cycleMoments, defaultTimetableRules } from '../../shared/domain/timetable.ts';
import type { CycleMeetings } from '../../shared/domain/timetable.ts';
import type { Cycle, MeetingTime } from '../../shared/domain/cycle.ts';
import type { Machines } from '../../shared/contracts/machines.ts';
import type {
  Group,
  Membership,
  Partnership,
  PartnershipFolder,
  Person,
  Role,
} from '../../shared/domain/partnership.ts';
import { emptyReturnContent } from '../../shared/domain/return.ts';
import type { Message } from '../../shared/mail/messages.ts';
import { runErrand } from '../../shared/stages/errands.ts';
import type { AnswerDesk, Workplace } from '../../shared/stages/workplace.ts';
import { cycleStores } from '../../shared/store/cycles/cycle-stores.ts';
import { Directory } from '../../shared/store/directory.ts';
import { Indicators } from '../../shared/store/indicators.ts';
import { Links } from '../../shared/store/links.ts';
import { MemoryDocuments } from '../../shared/store/memory-documents.ts';
import { MemoryTable } from '../../shared/store/memory-table.ts';
import type { Instant } from '../../shared/time/calendar.ts';
import { workingCalendar } from '../../shared/time/calendar.ts';
import type { Clock } from '../../shared/time/clock.ts';
import { linkMaker } from '../../shared/web-links/link-maker.ts';
import type { LinkMaker } from '../../shared/web-links/links.ts';
import { Temporal } from 'temporal-polyfill';

/** A clock that stands where it is put. */
export interface SetClock extends Clock {
  set(instant: Instant): void;
}

export const setClock = (start: Instant): SetClock => {
  let at = start;
  return {
    now: () => Temporal.Instant.from(at),
    realSeconds: (seconds) => seconds,
    realInstant: (instant) => instant,
    set(instant) {
      at = instant;
    },
  };
};

/** Machines that only note what they are told. */
export interface NotingMachines extends Machines {
  readonly told: readonly string[];
}

export const notingMachines = (): NotingMachines => {
  const told: string[] = [];
  return {
    told,
    wake(token, outcome) {
      // As Step Functions: an empty token is a mistake of the caller's.
      if (token === '') throw new Error('a machine is woken without a token');
      told.push(`wake ${token} ${outcome}`);
      return Promise.resolve(true);
    },
    start(machine, name) {
      told.push(`start ${machine} ${name}`);
      return Promise.resolve();
    },
  };
};

const zone = 'Europe/London';

export const smallPartnership: Partnership = {
  returnParts: ['grants', 'local-indicators'],
  id: 'small',
  name: 'Smallshire Local Children’s Partnership',
  area: { code: 'E10000099', name: 'Smallshire' },
  zone,
  sender: { name: 'Smallshire LCPGs', address: 'lcpg@small.example.org' },
  replyDomain: 'reply.small.example.org',
  contact: { name: 'LCPG support', email: 'support@small.example.org' },
  coreSectors: ['District Council', 'Police'],
  board: 'chwb',
  chairsGroup: 'chairs',
  safeguardingGroup: null,
  safeguardingBoard: null,
  boardName: { long: 'Children’s Health and Wellbeing Board', short: 'CHWB' },
  timetable: defaultTimetableRules,
  requests: defaultRequestRules,
  digest: 'monday',
  retention: { recordYears: 6, memberMonthsAfterLeaving: 6 },
  extraHolidays: [],
  quorum: 0.5,
};

const person = (id: string, name: string, organisation: string): Person => ({
  id,
  name,
  organisation,
  email: `${id}@example.org`,
});

export const people = {
  secretary: person('sam', 'Sam Secretary', 'Smallshire Council'),
  ashfordChair: person('ann', 'Ann Ashford', 'Ashford Borough Council'),
  ashfordCoordinator: person('cora', 'Cora Co-Ordinator', 'Early Help'),
  ashfordMember: person('mo', 'Mo Member', 'Smallshire Police'),
  doverChair: person('dan', 'Dan Dover', 'Dover District Council'),
  doverCoordinator: person('dora', 'Dora Dover', 'Early Help'),
  elhamChair: person('eve', 'Eve Elham', 'Elham Council'),
} as const;

const member = (who: Person, body: string, role: Role, sector: string | null = null): Membership => ({
  person: who.id,
  body,
  role,
  sector,
  from: null,
  to: null,
});

const group = (id: string, name: string, area: string): Group => ({
  id,
  kind: 'lcpg',
  name,
  area,
  aliases: [],
  reportsTo: [],
  csp: [],
});

const time = (date: string, start = '10:00', end = '12:00'): MeetingTime => ({
  date,
  start,
  end,
  venue: 'Town Hall, Room 2',
  link: 'https://meet.example.org/room',
});

export const smallMeetings: CycleMeetings = {
  board: time('2026-09-16', '14:00', '16:00'),
  chairs: time('2026-10-21'),
  nextBoard: time('2026-11-18', '14:00', '16:00'),
};

/** The cycle before: the board that opens the next one answers what its report escalated. */
export const cycleBefore = '2026-07-15';

export const smallFolder: PartnershipFolder = {
  partnership: smallPartnership,
  bodies: [
    { id: 'chwb', kind: 'board', name: 'Children’s Health and Wellbeing Board', from: null, to: null },
    { id: 'chairs', kind: 'chairs-group', name: 'LCPG Chairs Group', from: null, to: null },
  ],
  groups: [
    group('ashford', 'Ashford', 'E07000105'),
    group('dover', 'Dover', 'E07000108'),
    group('elham', 'Elham', 'E07000112'),
  ],
  people: Object.values(people),
  memberships: [
    member(people.secretary, 'chwb', 'secretariat'),
    member(people.ashfordChair, 'chairs', 'lead-chair'),
    member(people.ashfordChair, 'ashford', 'chair', 'District Council'),
    member(people.ashfordCoordinator, 'ashford', 'co-ordinator'),
    member(people.ashfordMember, 'ashford', 'member', 'Police'),
    member(people.doverChair, 'dover', 'chair', 'District Council'),
    member(people.doverCoordinator, 'dover', 'co-ordinator'),
    member(people.elhamChair, 'elham', 'chair', 'District Council'),
  ],
  meetings: [],
  indicators: [
    {
      id: 'school-readiness',
      name: 'School readiness',
      outcome: 'A good start',
      unit: '%',
      polarity: 'high',
      target: 75,
      floor: 70,
      decimals: 1,
      source: 'DfE',
      group: null,
    },
  ],
  priorities: [{ group: 'ashford', indicator: 'school-readiness', from: null, to: null }],
  observations: [],
};

export interface SmallWorld {
  readonly clock: SetClock;
  readonly desk: AnswerDesk;
  readonly documents: MemoryDocuments;
  readonly machines: NotingMachines;
  /** Names of the errands that are to be run. */
  readonly errands: readonly string[];
  /** Runs them. Gives what was written to people. */
  runErrands(): Promise<readonly Message[]>;
  readonly links: Links;
  readonly maker: LinkMaker;
  readonly cycle: Cycle;
  readonly origin: string;
  /** Every table, to see whether something was written. */
  readonly tables: readonly MemoryTable[];
  /** Opens a request and gives it with the path of its page. */
  ask(
    kind: RequestKind,
    who: Person,
    subject: RequestSubject,
  ): Promise<{ readonly request: Request; readonly path: string; readonly token: string }>;
  /** How many writes there have been. */
  writes(): number;
}

/** A partnership of three LCPGs in the second week of its first cycle: meetings, returns, actions and a summary are laid down. */
export const smallWorld = async (start: Instant = '2026-09-22T09:00:00Z'): Promise<SmallWorld> => {
  const origin = 'https://lcpg.example.org';
  const tables = {
    directory: new MemoryTable(),
    cycles: new MemoryTable(),
    indicators: new MemoryTable(),
  };
  const clock = setClock(start);
  const directory = new Directory(tables.directory, smallPartnership.id);
  const stores = cycleStores(tables.cycles, smallPartnership.id);
  const { cycles, meetings, attendance, requests, returns, actions, chairsGroup, escalations } = stores;
  const indicators = new Indicators(tables.indicators, smallPartnership.id);
  const documents = new MemoryDocuments(origin);
  const machines = notingMachines();
  const links = new Links(tables.directory);
  const maker = linkMaker(smallPartnership.id, new Uint8Array(32).fill(7), origin, links);
  await directory.load(smallFolder, '2026-09-01');
  await indicators.load(smallFolder);
  const calendar = workingCalendar(zone);
  const moments = cycleMoments(smallMeetings, defaultTimetableRules, calendar);
  await cycles.open({
    id: cycleBefore,
    board: time(cycleBefore, '14:00', '16:00'),
    chairs: time('2026-09-02'),
    nextBoard: smallMeetings.board,
    groupCount: 3,
    state: 'closed',
    openedAt: '2026-07-15T15:00:00Z',
    moments,
    reportedAt: '2026-09-07T08:00:00Z',
    closedAt: '2026-09-07T08:00:00Z',
  });
  const cycle = await cycles.open({
    id: smallMeetings.board.date,
    ...smallMeetings,
    groupCount: 3,
    state: 'open',
    openedAt: moments.opens,
    moments,
    reportedAt: null,
    closedAt: null,
  });
  const at = moments.opens;
  await meetings.place(cycle.id, 'ashford', time('2026-10-01'), at);
  await meetings.place(cycle.id, 'dover', null, at);
  for (const { id } of [people.ashfordChair, people.ashfordCoordinator, people.ashfordMember])
    await attendance.invite(cycle.id, 'ashford', id, at);
  await indicators.keepFigures(cycle.id, [
    {
      group: 'ashford',
      figures: [
        {
          ...unknownStanding,
          indicator: 'school-readiness',
          name: 'School readiness',
          outcome: 'A good start',
          unit: '%',
          decimals: 1,
          priority: true,
          period: '2024 to 2025',
          value: 68.4,
          previousPeriod: '2023 to 2024',
          previousValue: 67.1,
          rating: 'red',
          rank: 2,
          of: 3,
          joint: false,
          county: 70,
        },
      ],
    },
  ]);
  await actions.agree(
    {
      id: 'act-1',
      group: 'ashford',
      raisedIn: cycleBefore,
      description: 'Map the parenting courses',
      owner: people.ashfordMember.id,
      due: '2026-10-09',
      state: 'open',
      updates: [],
    },
    at,
  );
  await returns.prefill(cycle.id, 'ashford', emptyReturnContent, at);
  await chairsGroup.draftSummary(
    cycle.id,
    {
      overview: 'All three met.',
      commonConcerns: ['Waiting times'],
      achievements: ['A new course'],
      asks: [],
    },
    at,
  );
  await chairsGroup.proposeRepresentatives(cycle.id, [people.doverChair.id, people.elhamChair.id], at);
  await escalations.report(
    ['School transport', 'Dental waiting lists'].map((issue, place) => ({
      id: `esc-${String(place + 1)}`,
      cycle: cycleBefore,
      group: 'ashford',
      issue,
      ask: 'Write to the minister',
      indicator: null,
      state: 'reported',
      answer: '',
      answeredAt: null,
      toldAt: null,
    })),
    at,
  );
  const notTold = (error: unknown): void => {
    throw error;
  };
  const errands: string[] = [];
  const desk: AnswerDesk = {
    ...stores,
    clock,
    directory,
    indicators,
    documents,
    machines,
    errands: {
      runNow(_partnership, name) {
        errands.push(name);
        return Promise.resolve();
      },
    },
    notTold,
  };
  const all = Object.values(tables);
  return {
    clock,
    desk,
    documents,
    machines,
    errands,
    links,
    maker,
    cycle,
    origin,
    tables: all,
    async ask(kind, who, subject) {
      const about = { cycle: cycle.id, kind, person: who.id, subject };
      const request = await requests.open({
        ...about,
        id: requestId(about),
        state: 'open',
        openedAt: at,
        dueAt: moments.returnsCutOff,
        expiresAt: moments.reportDue,
        acceptsUntil: moments.reportDue,
        stepsTaken: 0,
        machineWaits: true,
      });
      const link = await maker.toRequest(request);
      return { request, path: link.slice(origin.length), token: link.slice(link.lastIndexOf('/') + 1) };
    },
    async runErrands() {
      const sent: Message[] = [];
      const post = {
        send(messages: readonly Message[]) {
          sent.push(...messages);
          return Promise.resolve([]);
        },
      };
      const place = { ...desk, links: maker, postFor: () => post } as unknown as Workplace;
      for (const name of errands.splice(0))
        await runErrand.run(place, { partnership: smallPartnership.id, name });
      return sent;
    },
    writes: () => all.reduce((sum, table) => sum + table.statistics.writes, 0),
  };
};
