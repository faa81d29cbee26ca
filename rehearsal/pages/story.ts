/** What happened in a cycle, as the pages of a rehearsal tell it: from the audit rows and the emails that went. */
import type { AuditEntry } from '../../shared/domain/audit.ts';
import type { Cycle, Meeting, Minutes } from '../../shared/domain/cycle.ts';
import type { Group } from '../../shared/domain/partnership.ts';
import type { GroupReturn } from '../../shared/domain/return.ts';
import { calendarOf } from '../../shared/stages/workplace.ts';
import { andList } from '../../shared/templates/filters.ts';
import type { Instant, IsoDate } from '../../shared/time/calendar.ts';
import { toInstant } from '../../shared/time/calendar.ts';
import type { World } from '../world.ts';
import type { PlacedEmail } from './emails.ts';
import { placedEmails } from './emails.ts';
import type { Stage } from './words.ts';
import { capital, emailKindName, isRequestKind, requestWords, stages } from './words.ts';

/** One step of an LCPG: when it was taken, or what is known of it. */
export interface Step {
  readonly state: 'done' | 'coming' | 'missing';
  /** Day on which it was taken, or on which it will be; null when nobody knows. */
  readonly day: IsoDate | null;
  /** What a date does not say, such as `nil return`. */
  readonly note: string;
}

export const steps = ['agreed', 'invited', 'pack', 'met', 'return', 'signed', 'shared'] as const;
export type StepName = (typeof steps)[number];

/** How each step is called in a table. */
export const stepNames: Readonly<Record<StepName, string>> = {
  agreed: 'Date agreed',
  invited: 'Invited',
  pack: 'Pack sent',
  met: 'Met',
  return: 'Return in',
  signed: 'Signed',
  shared: 'Shared',
};

/** One LCPG's way through a cycle. */
export interface GroupStory {
  readonly group: Group;
  readonly meeting: Meeting | undefined;
  readonly steps: Readonly<Record<StepName, Step>>;
  /** Where it stands in a few words. */
  readonly standing: string;
  /** Why its machine stopped; empty when it did not. */
  readonly stopped: string;
}

/** What happened on a day, in sentences. */
export interface Day {
  readonly day: IsoDate;
  readonly lines: readonly string[];
}

/** One cycle as it stands. */
export interface CycleStory {
  readonly cycle: Cycle;
  readonly minutes: Minutes | undefined;
  readonly groups: readonly GroupStory[];
  /** The stage that the cycle has come to. */
  readonly stage: Stage | 'closed';
  readonly timeline: readonly { readonly stage: Stage; readonly days: readonly Day[] }[];
}

interface Happening {
  readonly at: Instant;
  readonly stage: Stage;
  /** What is told together: happenings of one kind on one day become one sentence. */
  readonly kind: string;
  /** Name of the LCPG that it happened in; empty for none. */
  readonly group: string;
  readonly tell: (count: number, groups: readonly string[]) => string;
}

interface AuditOfBody {
  readonly body: string;
  readonly entries: readonly AuditEntry[];
}

const people = (count: number): string => (count === 1 ? '1 person' : `${String(count)} people`);
const several = (count: number, one: string, many = `${one}s`): string =>
  `${String(count)} ${count === 1 ? one : many}`;

/** LCPGs by name where they are few, else how many. */
const groupsInWords = (groups: readonly string[], of: number): string => {
  if (groups.length === of && of > 2) return `all ${String(of)} LCPGs`;
  return groups.length > 6 ? `${String(groups.length)} LCPGs` : andList(groups);
};

/** The story of a cycle. */
export const readStory = async (
  world: World,
  id: string,
  emails: readonly PlacedEmail[] = placedEmails(world),
): Promise<CycleStory> => {
  const { place, partnership, clock } = world;
  const cycle = await place.cycles.known(id);
  const now = toInstant(clock.now());
  const groups = await place.directory.groups();
  const ids = groups.map((group) => group.id);
  const [meetings, returns, minutes] = await Promise.all([
    Promise.all(ids.map((body) => place.meetings.get(id, body))),
    place.returns.ofGroups(id, ids),
    place.minutes.of(id),
  ]);
  const audits: AuditOfBody[] = [];
  for (const body of ['-', partnership.board, partnership.chairsGroup, ...ids])
    audits.push({ body, entries: await place.audit.of(id, body) });
  const ofCycle = emails.filter(({ subject }) => subject.cycle === id);
  const emailsByGroup = Map.groupBy(ofCycle, ({ subject }) => subject.body);
  const told = groups.map((group, index) =>
    groupStory(world, cycle, now, {
      group,
      meeting: meetings[index],
      given: returns[index],
      entries: audits[index + 3]?.entries ?? [],
      emails: emailsByGroup.get(group.id) ?? [],
    }),
  );
  return {
    cycle,
    minutes,
    groups: told,
    stage: stageNow(world, cycle, meetings, minutes),
    timeline: timelineOf(world, cycle, told, audits, ofCycle, now),
  };
};

/** The stage that a cycle has come to. LCPGs meet whether or not the minutes have come. */
const stageNow = (
  world: World,
  { state, moments }: Cycle,
  meetings: readonly (Meeting | undefined)[],
  minutes: Minutes | undefined,
): CycleStory['stage'] => {
  if (state === 'closed') return 'closed';
  if (state === 'reported') return 'report';
  const calendar = calendarOf(world.partnership);
  const now = toInstant(world.clock.now());
  const today = calendar.dateOf(now);
  if (now >= moments.chairsPack) return 'chairs';
  const isOver = (meeting: Meeting | undefined): boolean =>
    meeting?.state === 'planned' && meeting.time !== null
      ? calendar.at(meeting.time.date, meeting.time.end) <= now
      : meeting?.state === 'cancelled' || today > moments.lastMeetingDay;
  if (meetings.every(isOver)) return 'returns';
  return minutes !== undefined || today >= moments.firstMeetingDay ? 'meetings' : 'minutes';
};

/** The newest cycle and its stage, without the rest of its story; undefined before the first cycle. */
export const presentStage = async (
  world: World,
): Promise<{ readonly cycle: Cycle; readonly stage: CycleStory['stage'] } | undefined> => {
  const { place } = world;
  const newest = await place.cycles.all()[Symbol.asyncIterator]().next();
  if (newest.done === true) return undefined;
  const cycle = newest.value;
  const ids = (await place.directory.groups()).map(({ id }) => id);
  const [meetings, minutes] = await Promise.all([
    Promise.all(ids.map((body) => place.meetings.get(cycle.id, body))),
    place.minutes.of(cycle.id),
  ]);
  return { cycle, stage: stageNow(world, cycle, meetings, minutes) };
};

interface GroupFacts {
  readonly group: Group;
  readonly meeting: Meeting | undefined;
  readonly given: GroupReturn | undefined;
  readonly entries: readonly AuditEntry[];
  readonly emails: readonly PlacedEmail[];
}

/** Emails that share a return in its group's name, which takes the chair's signature. */
const extracts: ReadonlySet<string> = new Set(['local-hwb-extract', 'csp-message']);

const groupStory = (
  world: World,
  cycle: Cycle,
  now: Instant,
  { group, meeting, given, entries, emails }: GroupFacts,
): GroupStory => {
  const calendar = calendarOf(world.partnership);
  const done = (at: Instant | undefined, note = ''): Step | undefined =>
    at === undefined ? undefined : { state: 'done', day: calendar.dateOf(at), note };
  const coming = (day: IsoDate | null = null, note = ''): Step => ({ state: 'coming', day, note });
  const missing = (note: string): Step => ({ state: 'missing', day: null, note });
  const firstEmail = (isIt: (kind: string) => boolean): Instant | undefined =>
    emails.find(({ email }) => isIt(email.kind))?.email.sentAt;
  const firstAudit = (isIt: (entry: AuditEntry) => boolean): Instant | undefined => entries.find(isIt)?.at;
  const lastAudit = (isIt: (entry: AuditEntry) => boolean): Instant | undefined => entries.findLast(isIt)?.at;
  const isAnswer = (entry: AuditEntry, kind: string): boolean =>
    entry.what === 'request-answered' && entry.detail['kind'] === kind;

  const time = meeting?.state === 'planned' ? meeting.time : null;
  const met = time !== null && calendar.at(time.date, time.end) <= now;
  /** Nobody waits for a signature any longer; safeguarding matters and actions go out without one. */
  const signaturesOver = now >= cycle.moments.chairsPack;
  const noMeeting =
    meeting?.state === 'cancelled'
      ? missing('cancelled')
      : time === null && calendar.dateOf(now) > cycle.moments.lastMeetingDay
        ? missing('no date')
        : undefined;
  const wasListed = entries.some(({ what, detail }) => what === 'meeting-placed' && detail['date'] !== null);
  const set = firstAudit(({ what }) => what === 'meeting-set');
  const signed = given?.state === 'signed' ? given.signedAt : undefined;
  const inPart =
    firstEmail((kind) => kind === 'safeguarding-matters') ??
    firstAudit(({ what }) => what === 'action-agreed');
  const taken: Readonly<Record<StepName, Step>> = {
    agreed: done(set) ?? (wasListed ? { state: 'done', day: null, note: 'listed' } : (noMeeting ?? coming())),
    invited: done(firstEmail((kind) => kind === 'invitation')) ?? noMeeting ?? coming(),
    pack: done(firstEmail((kind) => kind === 'meeting-pack')) ?? noMeeting ?? coming(),
    met:
      time === null
        ? (noMeeting ?? coming())
        : met
          ? { state: 'done', day: time.date, note: '' }
          : coming(time.date, 'planned'),
    return:
      given?.state === 'nil'
        ? missing('nil return')
        : given?.state === 'sent-back'
          ? { state: 'coming', day: calendar.dateOf(given.sentBackAt), note: 'sent back' }
          : (done(
              given?.state === 'submitted' || given?.state === 'signed' ? given.submittedAt : undefined,
            ) ?? coming()),
    signed:
      done(signed) ??
      (given?.state === 'nil' ? missing('–') : signaturesOver ? missing('not signed') : coming()),
    shared:
      (signed === undefined ? undefined : done(firstEmail((kind) => extracts.has(kind)))) ??
      done(inPart, 'in part') ??
      (given?.state === 'nil' ? missing('–') : signaturesOver ? missing('not shared') : coming()),
  };
  const stoppedEntry = entries.find(({ what }) => what === 'part-stopped');
  const stopped = stoppedEntry === undefined ? '' : String(stoppedEntry.detail['cause'] ?? '');
  return {
    group,
    meeting,
    steps: taken,
    standing:
      stopped === ''
        ? standingOf(taken, lastAudit((entry) => isAnswer(entry, 'return')) !== undefined)
        : 'stopped',
    stopped,
  };
};

/** Where an LCPG stands, by the last step taken. */
const standingOf = (taken: Readonly<Record<StepName, Step>>, hadReturn: boolean): string => {
  if (taken.return.note === 'nil return') return 'nil return';
  if (taken.met.note === 'cancelled' && !hadReturn) return 'meeting cancelled';
  if (taken.shared.state === 'done')
    return taken.signed.state === 'done' ? 'signed and shared' : 'shared in part, not signed';
  if (taken.signed.state === 'done') return 'signed';
  if (taken.return.note === 'sent back') return 'return sent back';
  if (taken.return.state === 'done')
    return taken.signed.state === 'missing' ? 'not signed' : 'signature awaited';
  if (taken.met.state === 'done') return 'met; return awaited';
  if (taken.pack.state === 'done') return 'pack sent; meeting to come';
  if (taken.invited.state === 'done') return 'members invited';
  if (taken.agreed.state === 'done') return 'date agreed';
  return taken.agreed.state === 'missing' ? 'no date' : 'date awaited';
};

const timelineOf = (
  world: World,
  cycle: Cycle,
  groups: readonly GroupStory[],
  audits: readonly AuditOfBody[],
  emails: readonly PlacedEmail[],
  now: Instant,
): CycleStory['timeline'] => {
  const calendar = calendarOf(world.partnership);
  const board = world.partnership.boardName.short;
  const names = new Map(groups.map(({ group }) => [group.id, group.name]));
  const happenings: Happening[] = [];
  for (const { body, entries } of audits)
    for (const entry of entries) {
      const what = tellAudit(entry, board, groups.length, cycle);
      if (what === undefined) continue;
      const stage =
        body === world.partnership.chairsGroup && what.stage === 'meetings' ? 'chairs' : what.stage;
      happenings.push({ ...what, stage, at: entry.at, group: names.get(body) ?? '' });
    }
  for (const { email, subject } of emails)
    happenings.push({
      at: email.sentAt,
      stage: subject.stage,
      kind: `~${email.kind}`,
      group: names.get(subject.body) ?? '',
      tell: (count, of) => {
        const text = `${several(count, emailKindName(email.kind), emailKindName(email.kind, 2))} sent`;
        return of.length === 0 ? text : `${text}: ${groupsInWords(of, groups.length)}`;
      },
    });
  for (const { group, meeting, steps: taken } of groups)
    if (taken.met.state === 'done' && meeting?.time)
      happenings.push({
        at: calendar.at(meeting.time.date, meeting.time.end),
        stage: 'meetings',
        kind: 'met',
        group: group.name,
        tell: (_count, of) => `Met: ${groupsInWords(of, groups.length)}`,
      });
  if (cycle.moments.chairsEnd <= now)
    happenings.push({
      at: cycle.moments.chairsEnd,
      stage: 'chairs',
      kind: 'chairs-met',
      group: '',
      tell: () => 'The Chairs Group met',
    });
  const order = new Map(groups.map(({ group }, index) => [group.name, index]));
  return stages.map((stage) => {
    const ofStage = happenings
      .filter((happening) => happening.stage === stage)
      .sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
    const days = [...Map.groupBy(ofStage, ({ at }) => calendar.dateOf(at))].map(([day, ofDay]) => ({
      day,
      lines: [...Map.groupBy(ofDay, ({ kind }) => kind).values()].map((alike) => {
        const named = [...new Set(alike.map(({ group }) => group).filter((name) => name !== ''))].sort(
          (one, other) => (order.get(one) ?? 0) - (order.get(other) ?? 0),
        );
        return alike[0]?.tell(alike.length, named) ?? '';
      }),
    }));
    return { stage, days };
  });
};

type Told = Pick<Happening, 'stage' | 'kind' | 'tell'>;

/** What an audit row tells; undefined for those that an email or another row tells as well. */
const tellAudit = (
  { what, detail, about }: AuditEntry,
  board: string,
  groupCount: number,
  cycle: Cycle,
): Told | undefined => {
  const named = (text: string) => (_count: number, groups: readonly string[]) =>
    groups.length === 0 ? text : `${text}: ${groupsInWords(groups, groupCount)}`;
  const requestKind = about.split('~')[1] ?? '';
  switch (what) {
    case 'cycle-opened':
      return { stage: 'minutes', kind: what, tell: () => `The ${board} met, and the cycle opened` };
    case 'cycle-reported':
      return {
        stage: 'report',
        kind: what,
        tell: () => `The report was compiled and sent to the secretariat`,
      };
    case 'cycle-closed':
      return { stage: 'report', kind: what, tell: () => 'The cycle closed, and the next was scheduled' };
    case 'meeting-set':
      return { stage: 'meetings', kind: what, tell: named('Date set') };
    case 'meeting-cancelled':
      return { stage: 'meetings', kind: what, tell: named('Meeting cancelled') };
    case 'attendance-answered': {
      const response = String(detail['response']);
      const said = {
        attending: 'will attend',
        apologies: 'sent apologies',
        substitute: 'named a substitute',
      }[response];
      return {
        stage: 'meetings',
        kind: `${what}-${response}`,
        tell: (count) => `${people(count)} ${said ?? 'answered'}`,
      };
    }
    case 'part-stopped':
      return { stage: 'meetings', kind: what, tell: named('Stopped by a fault') };
    case 'nobody-to-ask':
      return {
        stage: 'meetings',
        kind: `${what}-${about}`,
        tell: named(`Nobody to ask for the ${isRequestKind(about) ? requestWords[about].name : about}`),
      };
    case 'return-nil':
      return {
        stage: 'returns',
        kind: what,
        tell: (count, of) => `${several(count, 'nil return')}: ${groupsInWords(of, groupCount)}`,
      };
    case 'action-agreed':
      return { stage: 'returns', kind: what, tell: (count) => `${several(count, 'action')} agreed` };
    case 'action-updated':
      return {
        stage: 'returns',
        kind: what,
        tell: (count) => `${several(count, 'action')} brought up to date`,
      };
    case 'escalation-reported':
      return {
        stage: 'report',
        kind: what,
        tell: (count, of) =>
          `${several(count, 'item')} escalated to the ${board}: ${groupsInWords(of, groupCount)}`,
      };
    case 'summary-drafted':
      return { stage: 'chairs', kind: what, tell: () => 'The summary was drafted from the returns' };
    case 'representatives-proposed':
      return {
        stage: 'chairs',
        kind: what,
        tell: () => `Representatives for the ${board} of ${cycle.nextBoard.date} were proposed`,
      };
    case 'request-expired':
      if (!isRequestKind(requestKind)) return undefined;
      return {
        stage: requestWords[requestKind].stage,
        kind: `${what}-${requestKind}`,
        tell: (count, of) =>
          `${capital(requestWords[requestKind].name)}: no answer from ${people(count)}${of.length === 0 ? '' : ` (${groupsInWords(of, groupCount)})`}`,
      };
    case 'request-answered':
      return tellAnswer(String(detail['kind']), detail, board, groupCount);
    default:
      return undefined;
  }
};

const tellAnswer = (
  kind: string,
  detail: AuditEntry['detail'],
  board: string,
  groupCount: number,
): Told | undefined => {
  switch (kind) {
    case 'minutes':
      return {
        stage: 'minutes',
        kind,
        tell: () => `The minutes came in, with ${several(Number(detail['keyMessages'] ?? 0), 'key message')}`,
      };
    case 'board-answers':
      return { stage: 'minutes', kind, tell: () => `The ${board} answered what was escalated to it` };
    case 'return':
      return {
        stage: 'returns',
        kind,
        tell: (count, of) => `${several(count, 'return')} came in: ${groupsInWords(of, groupCount)}`,
      };
    case 'return-signoff': {
      const back = detail['sentBackVersion'] !== undefined;
      return {
        stage: 'returns',
        kind: `${kind}-${String(back)}`,
        tell: (_count, of) =>
          `${back ? 'Sent back by the chair' : 'Signed by the chair'}: ${groupsInWords(of, groupCount)}`,
      };
    }
    case 'chairs-summary':
      return { stage: 'chairs', kind, tell: () => 'The lead chair approved the summary' };
    case 'representatives':
      return { stage: 'chairs', kind, tell: () => 'The representatives were named' };
    case 'report-receipt':
      return { stage: 'report', kind, tell: () => 'The secretariat confirmed that the report came' };
    default:
      return undefined;
  }
};
