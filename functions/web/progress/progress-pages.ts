/** The pages that show how far a cycle has come, and from which it is helped on. */
import type { Cycle } from '../../../shared/domain/cycle.ts';
import type { Partnership, Person } from '../../../shared/domain/partnership.ts';
import type { NextEvent, ProgressScope } from '../../../shared/domain/progress.ts';
import { canBeHandedOver, groupSteps, isRecordable } from '../../../shared/domain/progress.ts';
import type { Request, RequestKind } from '../../../shared/domain/request.ts';
import { requestKinds } from '../../../shared/domain/request.ts';
import { isOverdue } from '../../../shared/domain/return.ts';
import {
  attendanceOf,
  decideProposed,
  isOfPastMeeting,
  OwnSubstitute,
  registerErrand,
} from '../../../shared/stages/answers.ts';
import { bodiesOf, canBeChased, chase, handOver, possibleHolders } from '../../../shared/stages/by-hand.ts';
import type { BodyProgress, GroupProgress } from '../../../shared/stages/progress.ts';
import { progressOfBody, progressOfGroups } from '../../../shared/stages/progress.ts';
import { openRequestsTo } from '../../../shared/stages/reminders.ts';
import type { AnswerDesk } from '../../../shared/stages/workplace.ts';
import { calendarOf } from '../../../shared/stages/workplace.ts';
import type { Instant, IsoDate } from '../../../shared/time/calendar.ts';
import type { FieldFault, Form } from '../forms/form.ts';
import { Faults, oneOf } from '../forms/form.ts';
import type { Reply } from '../kinds/kind.ts';
import { formView, page } from '../kinds/kind.ts';
import { archivePage } from './archive.ts';
import { eventNames, kindNames, stateNames, stepNames } from './words.ts';

/** Somebody at a progress page. */
export interface Looking {
  readonly desk: AnswerDesk;
  readonly partnership: Partnership;
  readonly cycle: Cycle;
  readonly scope: ProgressScope;
  /** Who looks. */
  readonly person: Person;
  readonly now: Instant;
  readonly today: IsoDate;
  /** The parts of the path after the link's. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
}

/** LCPGs on one page of the whole partnership: 12 are one page, 1,200 are fifty. */
const groupsOnPage = 24;

/** Whether a request belongs to what a person may see. */
export const isInScope = ({ scope, cycle, person }: Looking, request: Request): boolean => {
  if (scope.of === 'person') return request.person === person.id;
  return request.cycle === cycle.id && (scope.of === 'partnership' || request.subject.body === scope.group);
};

/** Whether a person may answer a request from a progress page: their own, or one whose answer they may write down. */
export const mayAnswer = (looking: Looking, request: Request): boolean =>
  isInScope(looking, request) &&
  request.state !== 'withdrawn' &&
  (request.person === looking.person.id || isRecordable(request.kind));

interface RequestLine {
  readonly id: string;
  readonly kind: string;
  readonly who: string;
  readonly state: Request['state'];
  readonly dueAt: Instant;
  readonly late: boolean;
  readonly reminders: number;
  /** How the answer came, where somebody wrote it down. */
  readonly recordedBy: string;
  readonly answeredAt: Instant | null;
  readonly canAnswer: boolean;
  readonly isOwn: boolean;
  readonly canHandOver: boolean;
}

const namesOf = async (
  { desk }: Looking,
  requests: readonly Request[],
): Promise<ReadonlyMap<string, string>> => {
  const ids = requests.flatMap((request) =>
    request.state === 'answered' ? [request.person, request.answeredBy] : [request.person],
  );
  const people = await desk.directory.people([...new Set(ids)]);
  return new Map(people.map(({ id, name }) => [id, name]));
};

const lineOf = (looking: Looking, names: ReadonlyMap<string, string>, request: Request): RequestLine => ({
  id: encodeURIComponent(request.id),
  kind: kindNames[request.kind],
  who: names.get(request.person) ?? request.person,
  state: request.state,
  dueAt: request.dueAt,
  late: request.state === 'open' && looking.now > request.dueAt,
  reminders: request.reminded?.times ?? 0,
  recordedBy:
    request.state === 'answered' && request.channel === 'recorded'
      ? (names.get(request.answeredBy) ?? request.answeredBy)
      : '',
  answeredAt: request.state === 'answered' ? request.answeredAt : null,
  canAnswer: mayAnswer(looking, request) && looking.now < request.acceptsUntil,
  isOwn: request.person === looking.person.id,
  canHandOver: canBeHandedOver(request),
});

/** The line of a request, which offers no move of a meeting that is over. */
const lineToAnswer = async (
  looking: Looking,
  names: ReadonlyMap<string, string>,
  request: Request,
): Promise<RequestLine> => {
  const line = lineOf(looking, names, request);
  return { ...line, canAnswer: line.canAnswer && !(await isOfPastMeeting(looking.desk, request)) };
};

const nextOf = (
  names: ReadonlyMap<string, string>,
  next: NextEvent | null,
): { readonly at: Instant; readonly what: string } | null => {
  if (next === null) return null;
  const { at, what, request } = next;
  const about =
    request === undefined
      ? ''
      : `: ${kindNames[request.kind].toLowerCase()}, ${names.get(request.person) ?? request.person}`;
  return { at, what: `${eventNames[what]}${about}` };
};

/** What can be chased of more LCPGs than one page shows: whatever is asked for, but for invitations. */
const chaseableKinds = requestKinds.filter((kind) => kind !== 'attendance');

/** What can be chased of some requests: each kind with how many wait for an answer, and how many may be written to today. */
const chaseChoices = (
  { desk, partnership }: Looking,
  requests: readonly Request[],
): readonly { readonly value: RequestKind; readonly text: string }[] => {
  const waiting = new Map<RequestKind, number>();
  for (const request of requests)
    if (canBeChased(desk, partnership, request))
      waiting.set(request.kind, (waiting.get(request.kind) ?? 0) + 1);
  return [...waiting].map(([kind, count]) => ({
    value: kind,
    text: `${kindNames[kind]}: ${String(count)} ${count === 1 ? 'person' : 'people'}`,
  }));
};

const groupContext = (looking: Looking, names: ReadonlyMap<string, string>, progress: GroupProgress) => {
  const { group, line, requests, invitations, meeting, next, given } = progress;
  return {
    id: group.id,
    name: group.name,
    meeting: meeting?.state === 'planned' ? meeting.time : null,
    cancelled: meeting?.state === 'cancelled',
    steps: groupSteps.map((step) => ({
      name: stepNames[step],
      state: line[step],
      stateName: stateNames[line[step]],
    })),
    returnState: given?.state ?? '',
    waitingFor: requests.filter(({ state }) => state === 'open').map((one) => lineOf(looking, names, one)),
    invited: invitations.length,
    answered: invitations.filter(({ state }) => state === 'answered').length,
    next: nextOf(names, next),
  };
};

interface Shown {
  readonly values?: Readonly<Record<string, string>>;
  readonly faults?: readonly FieldFault[];
}

const statusOf = ({ faults = [] }: Shown): number => (faults.length > 0 ? 400 : 200);

const chasedNote = ({ query }: Looking): string => {
  const count = query.get('chased');
  if (count === 'all') return 'Everybody who has not answered is being reminded';
  if (count === null || !/^\d{1,4}$/.test(count)) return '';
  return count === '1' ? '1 person is being reminded' : `${count} people are being reminded`;
};

/** The board, the Chairs Group, and a page of the LCPGs. */
const readOverview = async (looking: Looking) => {
  const { desk, partnership, cycle, query } = looking;
  const groups = await desk.directory.groups();
  const pages = Math.max(1, Math.ceil(groups.length / groupsOnPage));
  const pageNumber = Math.min(pages, Math.max(1, Number.parseInt(query.get('page') ?? '1', 10) || 1));
  const onPage = groups.slice((pageNumber - 1) * groupsOnPage, pageNumber * groupsOnPage);
  const [bodies, progress] = await Promise.all([
    Promise.all(bodiesOf(partnership).map((body) => progressOfBody(desk, partnership, cycle, body))),
    progressOfGroups(desk, partnership, cycle, onPage),
  ]);
  return { groups, pages, pageNumber, bodies, progress };
};

/** The requests that are chased from a page of the whole partnership; invitations are chased from their LCPG's. */
const requestsOf = (all: readonly BodyProgress[]): readonly Request[] =>
  all.flatMap(({ requests }) => requests);

const overview = async (looking: Looking, shown: Shown = {}): Promise<Reply> => {
  const { desk, cycle } = looking;
  const { groups, pages, pageNumber, bodies, progress } = await readOverview(looking);
  const own = requestsOf(bodies);
  const open = requestsOf(progress).filter(({ state }) => state === 'open');
  const names = await namesOf(looking, [...own, ...open]);
  const [minutes, summary] = await Promise.all([
    desk.minutes.of(cycle.id),
    desk.chairsGroup.summary(cycle.id),
  ]);
  return page(
    'progress',
    {
      cycle,
      requests: own.map((request) => lineOf(looking, names, request)),
      events: bodies.flatMap(({ next }) => nextOf(names, next) ?? []),
      groups: progress.map((one) => groupContext(looking, names, one)),
      total: groups.length,
      pageNumber,
      pages,
      minutesAt: minutes?.receivedAt ?? '',
      summaryState: summary?.state ?? '',
      choices:
        pages > 1
          ? chaseableKinds.map((kind) => ({ value: kind, text: kindNames[kind] }))
          : chaseChoices(looking, [...own, ...open]),
      chased: chasedNote(looking),
      form: formView(shown.values ?? {}, '', shown.faults),
    },
    statusOf(shown),
  );
};

const readGroup = async (
  { desk, partnership, cycle }: Looking,
  id: string,
): Promise<GroupProgress | undefined> => {
  const body = await desk.directory.body(id);
  if (body?.kind !== 'lcpg') return undefined;
  const [progress] = await progressOfGroups(desk, partnership, cycle, [body]);
  return progress;
};

const groupPage = async (looking: Looking, id: string, shown: Shown = {}): Promise<Reply> => {
  const progress = await readGroup(looking, id);
  if (progress === undefined) return 'no-such-section';
  const { requests, invitations } = progress;
  const [names, attendance] = await Promise.all([
    namesOf(looking, [...requests, ...invitations]),
    looking.desk.attendance.of(looking.cycle.id, id),
  ]);
  const places = new Map(attendance.map((one) => [one.person, one]));
  const lines = await Promise.all(requests.map((request) => lineToAnswer(looking, names, request)));
  const date = requests.find(({ kind }) => kind === 'meeting-date');
  const dateId = encodeURIComponent(date?.id ?? '');
  return page(
    'progress-group',
    {
      cycle: looking.cycle,
      group: groupContext(looking, names, progress),
      requests: lines,
      invitations: invitations.map((request) => ({
        ...lineOf(looking, names, request),
        answer: places.get(request.person)?.answer ?? null,
        proposed: looking.now < request.acceptsUntil ? (places.get(request.person)?.proposed ?? null) : null,
      })),
      moveId: lines.find(({ id, canAnswer }) => canAnswer && id === dateId)?.id ?? '',
      back: looking.scope.of === 'partnership',
      choices: chaseChoices(looking, [...requests, ...invitations]),
      chased: chasedNote(looking),
      form: formView(shown.values ?? {}, '', shown.faults),
    },
    statusOf(shown),
  );
};

/** What one person is asked, and the actions behind it. */
const ownPage = async (looking: Looking): Promise<Reply> => {
  const { desk, person, partnership, now } = looking;
  const today = calendarOf(partnership).dateOf(now);
  const open = (await openRequestsTo(desk, person.id)).toSorted(
    (one, other) => Date.parse(one.dueAt) - Date.parse(other.dueAt),
  );
  const lines = await Promise.all(
    open.map(async (request) => {
      const action =
        request.subject.action === undefined
          ? undefined
          : await desk.actions.get(request.subject.body, request.subject.action);
      const body = await desk.directory.body(request.subject.body);
      return {
        ...(await lineToAnswer(looking, new Map(), request)),
        about: body === undefined ? '' : `${body.name}${body.kind === 'lcpg' ? ' LCPG' : ''}`,
        action: action?.description ?? '',
        overdue: action !== undefined && isOverdue(action, today),
      };
    }),
  );
  return page('progress-own', { requests: lines });
};

const handOverPage = async (looking: Looking, request: Request, shown: Shown = {}): Promise<Reply> => {
  const { desk, partnership } = looking;
  const [holders, holder] = await Promise.all([
    possibleHolders(desk, partnership, request),
    desk.directory.person(request.person),
  ]);
  return page(
    'progress-hand-over',
    {
      kindName: kindNames[request.kind],
      holder: holder?.name ?? request.person,
      dueAt: request.dueAt,
      possible: canBeHandedOver(request),
      choices: holders.map(({ who }) => ({
        id: who.id,
        name: who.organisation === '' ? who.name : `${who.name}, ${who.organisation}`,
      })),
      form: formView(shown.values ?? {}, '', shown.faults),
    },
    statusOf(shown),
  );
};

/** Somebody who was not invited may come in the place of a member: the co-ordinator says. */
const substitutePage = async (looking: Looking, request: Request, shown: Shown = {}): Promise<Reply> => {
  const [attendance, holder] = await Promise.all([
    attendanceOf(looking.desk, request),
    looking.desk.directory.person(request.person),
  ]);
  const proposed = attendance?.proposed ?? null;
  if (proposed === null) return { goTo: '' };
  return page(
    'progress-substitute',
    {
      proposed,
      holder: holder?.name ?? request.person,
      form: formView(shown.values ?? {}, '', shown.faults),
    },
    statusOf(shown),
  );
};

/** The request of a path that is looked at for something that is done about it, or undefined. */
const requestFor = async (
  looking: Looking,
  what: 'hand-over' | 'substitute',
): Promise<Request | undefined> => {
  const [part, id = ''] = looking.path;
  if (part !== what || looking.path.length !== 2 || looking.scope.of === 'person') return undefined;
  const request = await looking.desk.requests.get(id);
  return request !== undefined && isInScope(looking, request) ? request : undefined;
};

/** The LCPG whose page is looked at, or null where it is the whole partnership's. */
const groupOf = ({ scope, path }: Looking): string | null | undefined => {
  if (scope.of === 'group') return path.length === 0 ? scope.group : undefined;
  if (path.length === 0) return null;
  return path[0] === 'lcpg' && path.length === 2 ? path[1] : undefined;
};

/** Shows a page. Changes nothing. */
export const showProgress = async (looking: Looking): Promise<Reply> => {
  if (looking.scope.of === 'person') return looking.path.length === 0 ? ownPage(looking) : 'no-such-section';
  if (looking.scope.of === 'partnership' && looking.path.join() === 'archive') return archivePage(looking);
  const request = await requestFor(looking, 'hand-over');
  if (request !== undefined) return handOverPage(looking, request);
  const inPlace = await requestFor(looking, 'substitute');
  if (inPlace !== undefined) return substitutePage(looking, inPlace);
  const group = groupOf(looking);
  if (group === undefined) return 'no-such-section';
  return group === null ? overview(looking) : groupPage(looking, group);
};

/** Hands a request over as a form says. @throws {NotAccepted} @throws {Conflict} */
const takeHandOver = async (looking: Looking, request: Request, form: Form): Promise<Reply> => {
  const { desk, partnership, person } = looking;
  const faults = new Faults(form);
  const holders = await possibleHolders(desk, partnership, request);
  const to = holders.find(({ who }) => who.id === form.line('to'));
  if (to === undefined) faults.add('to', 'Select who does it instead');
  if (!canBeHandedOver(request)) faults.add('to', 'This has been answered, and cannot be handed over');
  if (to === undefined || faults.any)
    return handOverPage(looking, request, { values: form.values, faults: faults.all });
  await handOver(desk, partnership, request, to.who.id, person.id);
  const { body } = request.subject;
  return {
    goTo: looking.scope.of === 'group' || bodiesOf(partnership).includes(body) ? '' : `/lcpg/${body}`,
  };
};

/** Chases the requests whose kinds are ticked: of an LCPG, or of all of the cycle. */
const takeChase = async (looking: Looking, group: string | null, form: Form): Promise<Reply> => {
  const { desk, partnership, cycle, person } = looking;
  const ticked = new Set(form.list('kinds'));
  const faults = new Faults(form);
  const refused = (shown: Shown): Promise<Reply> =>
    group === null ? overview(looking, shown) : groupPage(looking, group, shown);
  if (group === null && (await desk.directory.groups()).length > groupsOnPage) {
    const kinds = chaseableKinds.filter((kind) => ticked.has(kind));
    if (kinds.length === 0) faults.add('kinds', 'Select what to chase');
    if (faults.any) return refused({ values: form.values, faults: faults.all });
    await registerErrand(desk, partnership.id, {
      name: `chase/${cycle.id}/${person.id}`,
      kind: 'chase',
      chase: { cycle: cycle.id, kinds, by: person.id },
    });
    return { goTo: '?chased=all' };
  }
  const progress = group === null ? null : await readGroup(looking, group);
  if (progress === undefined) return 'no-such-section';
  let requests: readonly Request[];
  if (progress === null) {
    const { bodies, progress: groups } = await readOverview(looking);
    requests = requestsOf([...bodies, ...groups]);
  } else requests = [...progress.requests, ...progress.invitations];
  const chosen = requests.filter(
    (request) => ticked.has(request.kind) && canBeChased(desk, partnership, request),
  );
  if (chosen.length === 0) faults.add('kinds', 'Select what to chase');
  if (faults.any) return refused({ values: form.values, faults: faults.all });
  const count = await chase(desk, partnership, chosen, person.id);
  const at = looking.scope.of === 'partnership' && group !== null ? `/lcpg/${group}` : '';
  return { goTo: `${at}?chased=${String(count)}` };
};

/** Says whether somebody who was not invited comes in the place of a member. @throws {NotAccepted} @throws {Conflict} */
const takeSubstitute = async (looking: Looking, request: Request, form: Form): Promise<Reply> => {
  const faults = new Faults(form);
  const comes = oneOf(['yes', 'no'], form.line('comes'));
  if (comes === undefined) faults.add('comes', 'Select whether they come');
  if (faults.any) return substitutePage(looking, request, { values: form.values, faults: faults.all });
  try {
    await decideProposed(looking.desk, request, comes === 'yes', looking.person.id);
  } catch (error) {
    if (!(error instanceof OwnSubstitute)) throw error;
    const message =
      'Select no: this is the person who was invited, who does not need anybody to come instead';
    return substitutePage(looking, request, {
      values: form.values,
      faults: [{ field: 'comes', message }],
    });
  }
  return { goTo: looking.scope.of === 'group' ? '' : `/lcpg/${request.subject.body}` };
};

/** Takes what was sent from a page. @throws {NotAccepted} @throws {Conflict} */
export const takeProgress = async (looking: Looking, form: Form): Promise<Reply> => {
  if (looking.scope.of === 'person') return 'no-such-section';
  const request = await requestFor(looking, 'hand-over');
  if (request !== undefined) return takeHandOver(looking, request, form);
  const inPlace = await requestFor(looking, 'substitute');
  if (inPlace !== undefined) return takeSubstitute(looking, inPlace, form);
  const group = groupOf(looking);
  return group === undefined ? 'no-such-section' : takeChase(looking, group, form);
};
