/** A request's life: opened, waited for, chased, given up. One mechanism for everything that a person is asked. */
import * as z from 'zod/mini';

import type { Cycle } from '../domain/cycle.ts';
import type { Partnership, Person } from '../domain/partnership.ts';
import type { EscalationRole, OpenRequest, Request, RequestKind, RequestSubject } from '../domain/request.ts';
import { isSettled, requestId, wantsAsking, wantsReminder } from '../domain/request.ts';
import { isReceived } from '../domain/return.ts';
import { dueAfter } from '../domain/timetable.ts';
import type { Message } from '../mail/messages.ts';
import { actionLine } from '../report/dossier-lines.ts';
import { Conflict } from '../store/cycles/deed.ts';
import type { Waiting } from '../store/cycles/waiting-store.ts';
import type { Instant } from '../time/calendar.ts';
import { earlier, secondsBetween } from '../time/calendar.ts';
import { requestWait, tell } from './answers.ts';
import { listedGroupMeeting } from './opening.ts';
import type { Addressee } from './people.ts';
import { bodyTitle, escalatedTo, whoIsAsked, withRole } from './people.ts';
import { prefilledReturn } from './prefill.ts';
import { detailOf, reminder, remindedNow, sortReminder, stepsLeft } from './reminders.ts';
import { briefingCopies, reportCopies, reportForReceipt } from './report-email.ts';
import { refreshSummary } from './summary-draft.ts';
import type { Task } from './task.ts';
import type { AnswerDesk, Workplace } from './workplace.ts';
import { calendarOf, nowOf } from './workplace.ts';

/** The kinds that the ask machine asks for; attendance and action updates are asked for many at a time. */
const machineKinds = [
  'minutes',
  'meeting-date',
  'return',
  'return-signoff',
  'chairs-summary',
  'representatives',
  'board-answers',
  'report-receipt',
] as const satisfies readonly RequestKind[];
type MachineKind = (typeof machineKinds)[number];

const isMachineKind = (kind: RequestKind): kind is MachineKind =>
  (machineKinds as readonly RequestKind[]).includes(kind);

/** When a request is due, given up, and closed. */
type Times = Pick<Request, 'dueAt' | 'expiresAt' | 'acceptsUntil'>;

/** What the stages of a kind know when they ask for it. */
interface Asking {
  readonly place: Workplace;
  readonly partnership: Partnership;
  readonly cycle: Cycle;
  readonly body: string;
  readonly at: Instant;
}

/** How one kind of request is opened. */
interface Opening {
  /** Null when there is nothing to ask, or nothing to ask any more. */
  times(asking: Asking, round: number): Promise<Times | null>;
  /** The email that asks. */
  message(asking: Asking, request: Request, link: string): Promise<AskingContent>;
  /** What goes out besides, once the person has been asked. */
  asked?(asking: Asking): Promise<void>;
  /** What follows from nobody's having answered. */
  expired?(asking: Asking): Promise<void>;
}

type WithoutEnvelope<Kind extends Message> = Kind extends unknown
  ? Omit<Kind, 'to' | 'about' | 'occurrence' | 'because'>
  : never;
/** A message but for whom it goes to. */
export type AskingContent = WithoutEnvelope<Message>;

/** Tells the lead chair, and the officers of the secretariat who are asked for nothing, that a cycle has begun. */
const tellOfOpening = async ({ place, partnership, cycle, at }: Asking): Promise<void> => {
  const on = calendarOf(partnership).dateOf(at);
  const { board, chairsGroup } = partnership;
  const [, ...officers] = await withRole(
    place,
    board,
    await bodyTitle(place, partnership, board),
    'secretariat',
    on,
  );
  const leads = await withRole(
    place,
    chairsGroup,
    await bodyTitle(place, partnership, chairsGroup),
    'lead-chair',
    on,
  );
  const { moments } = cycle;
  await place.postFor(partnership).send(
    await Promise.all(
      [...leads, ...officers].map(async ({ who, because }): Promise<Message> => ({
        kind: 'cycle-opened',
        to: who,
        about: cycle.id,
        occurrence: '1',
        because,
        boardDate: cycle.board.date,
        nextBoardDate: cycle.nextBoard.date,
        chairsDate: cycle.chairs.date,
        firstDay: moments.firstMeetingDay,
        lastDay: moments.lastMeetingDay,
        reportDue: moments.reportDue,
        groupCount: cycle.groupCount,
        link: await place.links.toProgress({ of: 'partnership' }, cycle, who.id),
      })),
    ),
  );
};

const openings: Readonly<Record<MachineKind, Opening>> = {
  minutes: {
    times: async ({ cycle: { moments } }) =>
      Promise.resolve({
        dueAt: moments.minutesDue,
        expiresAt: moments.reportCompilation,
        acceptsUntil: moments.reportCompilation,
      }),
    message: async ({ place, cycle }, { dueAt, person }, link) => ({
      kind: 'minutes-request',
      boardDate: cycle.board.date,
      dueAt,
      link,
      progressLink: await place.links.toProgress({ of: 'partnership' }, cycle, person),
    }),
    asked: tellOfOpening,
  },

  'meeting-date': {
    times: async ({ partnership, cycle: { moments } }) => {
      const lastMorning = calendarOf(partnership).at(
        moments.lastMeetingDay,
        partnership.timetable.sendingTime,
      );
      return Promise.resolve({
        dueAt: moments.meetingDateDue,
        expiresAt: lastMorning,
        acceptsUntil: lastMorning,
      });
    },
    message: async ({ place, cycle, body }, { dueAt, person }, link) => {
      const group = await place.directory.group(body);
      const progressLink = await place.links.toProgress({ of: 'group', group: body }, cycle, person);
      const meeting = await place.meetings.get(cycle.id, body);
      return meeting?.state === 'planned' && meeting.time !== null
        ? { kind: 'meeting-date-set', group, meeting: meeting.time, link, progressLink }
        : {
            kind: 'meeting-date-request',
            group,
            boardDate: cycle.board.date,
            firstDay: cycle.moments.firstMeetingDay,
            lastDay: cycle.moments.lastMeetingDay,
            dueAt,
            link,
            progressLink,
          };
    },
  },

  return: {
    times: async ({ place, partnership, cycle, body, at }, round) => {
      const { moments } = cycle;
      const given = await place.returns.of(cycle.id, body);
      if (given?.state === 'submitted' || given?.state === 'signed') return null;
      // What the chair sends back after the cut-off still counts until the report.
      const closesAt =
        round === 1 || at < moments.returnsCutOff ? moments.returnsCutOff : moments.reportCompilation;
      if (at >= closesAt) return null;
      const calendar = calendarOf(partnership);
      const meeting = await place.meetings.get(cycle.id, body);
      const from =
        round === 1 && meeting?.state === 'planned' && meeting.time !== null
          ? calendar.at(meeting.time.date, meeting.time.end)
          : at;
      return {
        dueAt: earlier(
          dueAfter(from, partnership.timetable.returnDue, partnership.timetable, calendar),
          closesAt,
        ),
        expiresAt: closesAt,
        acceptsUntil: moments.reportCompilation,
      };
    },
    message: async ({ place, cycle, body }, { dueAt, expiresAt }, link) => {
      const meeting = await place.meetings.get(cycle.id, body);
      const given = await place.returns.of(cycle.id, body);
      const sentBack =
        given?.state === 'sent-back'
          ? { by: (await place.directory.person(given.sentBackBy))?.name ?? '', comment: given.comment }
          : null;
      return {
        kind: 'return-request',
        group: await place.directory.group(body),
        meeting: meeting?.state === 'planned' ? meeting.time : null,
        dueAt,
        cutOff: expiresAt,
        link,
        sentBack,
      };
    },
    expired: async ({ place, cycle, body, at }) => {
      const given = await place.returns.of(cycle.id, body);
      if (given !== undefined) await place.returns.recordNil(given, at);
    },
  },

  'return-signoff': {
    times: async ({ place, partnership, cycle, body, at }) => {
      const given = await place.returns.of(cycle.id, body);
      if (given?.state !== 'submitted') return null;
      const { moments } = cycle;
      if (at >= moments.reportCompilation) return null;
      // A signature that comes in time is waited for until the Chairs Group's pack, a later one until the report.
      const expiresAt = at < moments.chairsPack ? moments.chairsPack : moments.reportCompilation;
      const due = dueAfter(
        at,
        partnership.timetable.signOffDue,
        partnership.timetable,
        calendarOf(partnership),
      );
      return { dueAt: earlier(due, expiresAt), expiresAt, acceptsUntil: moments.reportCompilation };
    },
    message: async ({ place, cycle, body }, { dueAt, subject }, link) => {
      const given = await place.returns.of(cycle.id, body);
      return {
        kind: 'return-signoff-request',
        group: await place.directory.group(body),
        submittedBy:
          given !== undefined && isReceived(given)
            ? ((await place.directory.person(given.submittedBy))?.name ?? '')
            : '',
        dueAt,
        link,
        changedSinceSigned: subject.round > 1,
      };
    },
  },

  'chairs-summary': {
    times: async ({ cycle: { moments } }) =>
      Promise.resolve({
        dueAt: moments.summaryDue,
        expiresAt: moments.reportCompilation,
        acceptsUntil: moments.reportCompilation,
      }),
    message: async ({ place, partnership, cycle }, { dueAt, person }, link) => {
      await refreshSummary(place, partnership, cycle);
      return {
        kind: 'chairs-summary-request',
        nextBoardDate: cycle.nextBoard.date,
        dueAt,
        compiledAt: cycle.moments.reportCompilation,
        link,
        progressLink: await place.links.toProgress({ of: 'partnership' }, cycle, person),
      };
    },
  },

  representatives: {
    times: async ({ cycle: { moments } }) =>
      Promise.resolve({
        dueAt: moments.summaryDue,
        expiresAt: moments.reportCompilation,
        acceptsUntil: moments.reportCompilation,
      }),
    message: async ({ place, cycle }, { dueAt }, link) => {
      const proposed = await place.chairsGroup.representatives(cycle.id);
      return {
        kind: 'representatives-request',
        nextBoardDate: cycle.nextBoard.date,
        proposed: (await place.directory.people(proposed?.people ?? [])).map(({ name }) => name),
        dueAt,
        link,
      };
    },
  },

  'board-answers': {
    times: async ({ place, partnership, cycle }) => {
      if ((await place.escalations.before(cycle.id)).length === 0) return null;
      const { timetable } = partnership;
      return {
        dueAt: dueAfter(cycle.moments.opens, timetable.boardAnswersDue, timetable, calendarOf(partnership)),
        expiresAt: cycle.moments.reportCompilation,
        acceptsUntil: cycle.moments.reportCompilation,
      };
    },
    message: async ({ place, partnership, cycle }, { dueAt }, link) => {
      const items = [];
      for (const { issue, ask, indicator, group } of await place.escalations.before(cycle.id))
        items.push({ issue, ask, indicator, groupName: await bodyTitle(place, partnership, group) });
      return { kind: 'board-answers-request', boardDate: cycle.board.date, items, dueAt, link };
    },
  },

  'report-receipt': {
    times: async ({ partnership, cycle: { moments }, at }) =>
      Promise.resolve({
        dueAt: dueAfter(at, 2, partnership.timetable, calendarOf(partnership)),
        expiresAt: moments.nextBoardStart,
        acceptsUntil: moments.nextBoardStart,
      }),
    message: async ({ place, cycle }, { dueAt, person }, link) =>
      reportForReceipt(place, cycle, person, { link, dueAt }),
    // The copies come after: nothing about them may keep the report from the secretariat.
    asked: async ({ place, partnership, cycle }) => {
      await place.postFor(partnership).send(await reportCopies(place, partnership, cycle));
      await place.postFor(partnership).send(await briefingCopies(place, partnership, cycle));
    },
  },
};

const askPayload = z.object({
  partnership: z.string(),
  cycle: z.string(),
  body: z.string(),
  kind: z.enum(machineKinds),
});

const waitPayload = z.object({ partnership: z.string(), cycle: z.string(), request: z.string() });

/** What the ask machine carries: the request's id, empty when nobody could be asked, and how long to wait. */
export interface AskState {
  readonly partnership: string;
  readonly cycle: string;
  readonly request: string;
  /** Real seconds until the next step, for `TimeoutSecondsPath`. */
  readonly seconds: number;
}

/** Real seconds until an instant, at least 1. */
export const secondsUntil = (desk: AnswerDesk, instant: Instant): number =>
  desk.clock.realSeconds(Math.max(1, secondsBetween(nowOf(desk), instant)));

const secondsToNextStep = (desk: AnswerDesk, partnership: Partnership, request: Request): number =>
  request.state === 'open'
    ? secondsUntil(desk, stepsLeft(partnership, request)[0]?.at ?? request.expiresAt)
    : 1;

/** Opens a request and gives it back as it stands; one that was opened before is kept. */
export const openRequest = async (
  place: Workplace,
  cycle: string,
  kind: RequestKind,
  person: string,
  subject: RequestSubject,
  times: Times,
  machineWaits: boolean,
): Promise<Request> => {
  const id = requestId({ cycle, kind, person, subject });
  const request = {
    id,
    cycle,
    kind,
    person,
    subject,
    ...times,
    openedAt: nowOf(place),
    stepsTaken: 0,
    machineWaits,
    state: 'open',
  } satisfies Omit<OpenRequest, 'revision' | 'partnership'>;
  return place.requests.open(request);
};

/** Which time of asking this is: a return that was sent back, or changed after its signature, is asked for again. */
const roundOf = async (desk: AnswerDesk, cycle: string, kind: MachineKind, body: string): Promise<number> => {
  if (kind !== 'return' && kind !== 'return-signoff') return 1;
  const given = await desk.returns.of(cycle, body);
  const version = given?.version ?? 0;
  return kind === 'return' ? version + 1 : Math.max(1, version);
};

/** Lays down what a request of the kind is about, before anybody is asked. */
const prepare = async (asking: Asking, kind: MachineKind): Promise<void> => {
  const { place, cycle, body, at } = asking;
  if (kind === 'meeting-date')
    await place.meetings.place(cycle.id, body, await listedGroupMeeting(place, body, cycle), at);
  if (kind === 'return') {
    await place.returns.prefill(cycle.id, body, await prefilledReturn(place, cycle, body), at);
    await closeAttendance(place, cycle.id, body, at);
  }
  if (kind === 'chairs-summary') await closeAttendance(place, cycle.id, body, at);
};

/** After a meeting nobody is waited for any longer who was asked whether to come. */
const closeAttendance = async (
  place: AnswerDesk,
  cycle: string,
  body: string,
  at: Instant,
): Promise<void> => {
  for (const request of await place.requests.about(cycle, body))
    if (request.kind === 'attendance' && request.state === 'open') await place.requests.expire(request, at);
};

/** Opens a request and asks by email. */
export const openRequestTask: Task<z.infer<typeof askPayload>, AskState> = {
  name: 'open-request',
  input: askPayload,
  async run(place, { cycle: cycleId, body, kind }) {
    const partnership = await place.directory.partnership();
    const cycle = await place.cycles.known(cycleId);
    const at = nowOf(place);
    const asking: Asking = { place, partnership, cycle, body, at };
    const nothing = { partnership: partnership.id, cycle: cycleId, request: '', seconds: 1 };
    await prepare(asking, kind);
    const round = await roundOf(place, cycleId, kind, body);
    const times = await openings[kind].times(asking, round);
    if (times === null) return nothing;
    const asked = await whoIsAsked(place, partnership, kind, body, calendarOf(partnership).dateOf(at));
    if (asked === undefined) {
      await place.audit.note(cycleId, body, {
        at,
        by: 'system',
        what: 'nobody-to-ask',
        about: kind,
        detail: { kind },
      });
      // What nobody can be asked for is over at once: a return without a co-ordinator or chair is a nil return.
      await openings[kind].expired?.(asking);
      return nothing;
    }
    let request = await openRequest(place, cycleId, kind, asked.who.id, { body, round }, times, true);
    // Until the machine waits for it, and should that never come to be, the sweep looks after it.
    if (request.state === 'open') await registerFollowUp(place, partnership, request);
    if (kind === 'meeting-date' && request.state === 'open') {
      const meeting = await place.meetings.get(cycleId, body);
      if (meeting?.state === 'planned') {
        await place.requests.answer(request, { by: 'system', channel: 'given', at });
        request = (await place.requests.get(request.id)) ?? request;
      }
    }
    const link = await place.links.toRequest(request);
    const content = await openings[kind].message(asking, request, link);
    await place
      .postFor(partnership)
      .send([{ ...content, to: asked.who, about: request.id, occurrence: '1', because: asked.because }]);
    await openings[kind].asked?.(asking);
    return {
      partnership: partnership.id,
      cycle: cycleId,
      request: request.id,
      seconds: secondsToNextStep(place, partnership, request),
    };
  },
};

const awaitPayload = z.object({ partnership: z.string(), request: z.string(), token: z.string() });

/** Registers that a machine waits for a request, or tells it at once that there is nothing to wait for. */
export const awaitAnswer: Task<z.infer<typeof awaitPayload>, object> = {
  name: 'await-answer',
  input: awaitPayload,
  async run(place, { request: id, token }) {
    if (id === '') {
      await place.machines.wake(token, 'answered');
      return {};
    }
    const partnership = await place.directory.partnership();
    const before = await place.requests.get(id);
    if (before === undefined) throw new Error(`no request '${id}'`);
    const at = stepsLeft(partnership, before)[0]?.at ?? before.expiresAt;
    await place.waiting.register({ name: requestWait(id), kind: 'machine', at, token });
    // Read again after registering: whoever answers in between sees the registration, or is seen here.
    const request = await place.requests.get(id);
    if (request === undefined) return {};
    if (isSettled(request)) await tell(place, requestWait(id), 'answered');
    else if (wantsReminder(request) || wantsAsking(request)) await tell(place, requestWait(id), 'time-came');
    return {};
  },
};

const escalation = (
  request: Request,
  whose: Person,
  { who, because }: Addressee,
  occurrence: number,
  bodyName: string,
  detail: string,
  progressLink: string | null,
): Message => ({
  kind: 'escalation',
  to: who,
  about: request.id,
  occurrence: String(occurrence),
  because,
  requestKind: request.kind,
  bodyName,
  detail,
  whose,
  dueAt: request.dueAt,
  expiresAt: request.expiresAt,
  progressLink,
});

/** Where somebody to whom a request is escalated sees how things stand, as their role has it. */
const progressLinkFor = async (
  place: Workplace,
  request: Request,
  role: EscalationRole,
  person: string,
): Promise<string | null> => {
  const cycle = await place.cycles.known(request.cycle);
  if (role === 'secretariat' || role === 'lead-chair')
    return place.links.toProgress({ of: 'partnership' }, cycle, person);
  const { body } = request.subject;
  return (await place.directory.body(body))?.kind === 'lcpg'
    ? place.links.toProgress({ of: 'group', group: body }, cycle, person)
    : null;
};

const nameOf = async (place: AnswerDesk, person: string): Promise<string> =>
  (await place.directory.person(person))?.name ?? person;

/** The reminder that somebody asked for on a progress page. */
const chasing = async (
  place: Workplace,
  partnership: Partnership,
  request: Request,
  whose: Person,
  { by, at }: NonNullable<Request['chased']>,
): Promise<Message> => ({
  ...(await reminder(place, partnership, request, whose, `chased-${at}`)),
  because: `${await nameOf(place, by)} asked us to remind you`,
});

/** The email that asks somebody to whom a request was given. */
const askingInPlace = async (
  place: Workplace,
  partnership: Partnership,
  request: Request,
  whose: Person,
  { by, from, at }: NonNullable<Request['handedOver']>,
): Promise<Message> => {
  const cycle = await place.cycles.known(request.cycle);
  const { body } = request.subject;
  const link = await place.links.toRequest(request);
  const content = isMachineKind(request.kind)
    ? await openings[request.kind].message({ place, partnership, cycle, body, at }, request, link)
    : await actionInPlace(place, partnership, request, whose, link);
  return {
    ...content,
    to: whose,
    about: request.id,
    occurrence: `handed-over-${at}`,
    because: `${await nameOf(place, by)} asked that you do this in place of ${await nameOf(place, from)}`,
  };
};

const actionInPlace = async (
  place: Workplace,
  partnership: Partnership,
  { subject, cycle }: Request,
  whose: Person,
  link: string,
): Promise<AskingContent> => {
  const action = await place.actions.get(subject.body, subject.action ?? '');
  if (action === undefined) throw new Error(`no action '${subject.action ?? ''}' of ${subject.body}`);
  const today = calendarOf(partnership).dateOf(nowOf(place));
  const known = await place.cycles.known(cycle);
  return {
    kind: 'action-assigned',
    group: await place.directory.group(subject.body),
    action: actionLine(action, whose.name, today),
    link,
    ownLink: await place.links.toProgress({ of: 'person' }, known, whose.id),
  };
};

/**
 * Does what somebody asked for by hand of a request, takes the follow-up steps whose time has come, and sees to what
 * follows from its expiry.
 * @returns the request as it then stands
 */
export const followUp = async (
  place: Workplace,
  partnership: Partnership,
  request: Request,
): Promise<Request> => {
  const then = request.state === 'open' ? await takeDueSteps(place, partnership, request) : request;
  // After the expiry is stored, so that a run that died in between makes its consequences good.
  if (then.state === 'expired' && isMachineKind(then.kind))
    await openings[then.kind].expired?.({
      place,
      partnership,
      cycle: await place.cycles.known(then.cycle),
      body: then.subject.body,
      at: nowOf(place),
    });
  return then;
};

/**
 * When several steps are due (the sweep was late), the person gets one reminder, in the weekly digest where several
 * requests of theirs are open. Emails go out before the steps are recorded: the ledger keeps a second try from sending
 * them again.
 */
const takeDueSteps = async (
  place: Workplace,
  partnership: Partnership,
  request: Request,
): Promise<Request> => {
  const now = nowOf(place);
  const due = stepsLeft(partnership, request).filter((step) => step.at <= now);
  if (due.length === 0 && !wantsReminder(request) && !wantsAsking(request)) return request;
  const whose = await place.directory.person(request.person);
  const bodyName = await bodyTitle(place, partnership, request.subject.body);
  const detail = await detailOf(place, request);
  const messages: Message[] = [];
  let told: Pick<OpenRequest, 'reminded' | 'waitsForDigest' | 'handedOver'> = {};
  const lastReminder = due.findLastIndex((step) => step.do === 'remind');
  const expires = due.some((step) => step.do === 'expire');
  const { chased, handedOver } = request;
  const reader = expires ? undefined : whose;
  // What was asked for by hand is over with this, even where there is nobody to write to: it would be looked at for ever.
  if (handedOver !== undefined && wantsAsking(request)) {
    if (reader !== undefined)
      messages.push(await askingInPlace(place, partnership, request, reader, handedOver));
    told = { handedOver: { ...handedOver, askedAt: now } };
  } else if (chased !== undefined && wantsReminder(request)) {
    if (reader !== undefined) messages.push(await chasing(place, partnership, request, reader, chased));
    told = remindedNow(request, now);
  }
  const written = messages.length > 0;
  for (const [index, step] of due.entries()) {
    const occurrence = request.stepsTaken + index + 1;
    if (whose === undefined || expires) break;
    if (step.do === 'remind' && index === lastReminder && !written) {
      const goes = await sortReminder(place, partnership, request, step);
      if (goes === 'waits') told = { waitsForDigest: true };
      if (goes !== 'alone') continue;
      messages.push(await reminder(place, partnership, request, whose, String(occurrence)));
      told = remindedNow(request, now);
    }
    if (step.do === 'escalate') {
      const on = calendarOf(partnership).dateOf(now);
      for (const to of await escalatedTo(
        place,
        partnership,
        step.to,
        request.subject.body,
        request.person,
        on,
      ))
        messages.push(
          escalation(
            request,
            whose,
            to,
            occurrence,
            bodyName,
            detail,
            await progressLinkFor(place, request, step.to, to.who.id),
          ),
        );
    }
  }
  await place.postFor(partnership).send(messages);
  try {
    if (!expires)
      return await place.requests.recordSteps(request, request.stepsTaken + due.length, now, told);
    return await place.requests.expire(request, now);
  } catch (error) {
    // Answered at this very moment: what is stored counts.
    if (!(error instanceof Conflict)) throw error;
    return (await place.requests.get(request.id)) ?? request;
  }
};

/** Reminds, escalates or gives up, whichever is due, and says how long to wait for the next step. */
export const followUpRequest: Task<z.infer<typeof waitPayload>, AskState> = {
  name: 'follow-up-request',
  input: waitPayload,
  async run(place, { partnership: id, cycle, request: requestName }) {
    const partnership = await place.directory.partnership();
    const request = requestName === '' ? undefined : await place.requests.get(requestName);
    if (request === undefined) return { partnership: id, cycle, request: requestName, seconds: 1 };
    const then = await followUp(place, partnership, request);
    return {
      partnership: id,
      cycle,
      request: requestName,
      seconds: secondsToNextStep(place, partnership, then),
    };
  },
};

/** Asks somebody whom no machine waits for, and has the sweep chase the answer. */
export const askWithoutMachine = async (
  place: Workplace,
  partnership: Partnership,
  cycle: string,
  kind: RequestKind,
  person: string,
  subject: RequestSubject,
  times: Times,
): Promise<Request> => {
  const request = await openRequest(place, cycle, kind, person, subject, times, false);
  if (request.state === 'open' && partnership.requests[kind].remindAt.length > 0)
    await registerFollowUp(place, partnership, request);
  return request;
};

/** That the sweep looks at a request when its next step is due. */
export const followUpOf = (partnership: Partnership, request: Request): Waiting => ({
  name: requestWait(request.id),
  kind: 'follow-up',
  at: stepsLeft(partnership, request)[0]?.at ?? request.expiresAt,
  token: '',
});

const registerFollowUp = (place: AnswerDesk, partnership: Partnership, request: Request): Promise<void> =>
  place.waiting.register(followUpOf(partnership, request));

/** Has the sweep chase what a machine that is no more had asked for, and end what nobody is reminded of. */
export const leaveToSweep = async (
  place: AnswerDesk,
  partnership: Partnership,
  request: Request,
): Promise<void> => {
  if (request.state !== 'open') return;
  const left = request.machineWaits ? await place.requests.leaveToSweep(request, nowOf(place)) : request;
  await registerFollowUp(place, partnership, left);
};
