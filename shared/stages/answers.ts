/**
 * Taking answers. Each is stored first, in one conditional transaction, and only then is the machine told that may be
 * waiting for it: a lost, late or doubled telling changes nothing, because a machine that wakes looks at what is stored.
 */
import type { WakeReason } from '../contracts/machines.ts';
import type { RunAfter } from '../contracts/names.ts';
import { runExecution } from '../contracts/names.ts';
import type { ChairsSummary, ChairsSummaryContent, Representatives } from '../domain/chairs-group.ts';
import type { Correction } from '../domain/correction.ts';
import type {
  Attendance,
  AttendanceAnswer,
  Choice,
  Meeting,
  MeetingTime,
  NamedSubstitute,
  StoredDocument,
} from '../domain/cycle.ts';
import { mostSubstitutes, namesTooMany, ownPartOf } from '../domain/cycle.ts';
import type { AnswerChannel, Request, RequestKind } from '../domain/request.ts';
import { acceptsAnswer } from '../domain/request.ts';
import type {
  Action,
  Escalation,
  GroupReturn,
  ReturnContent,
  ReturnSection,
  SubmittedReturn,
} from '../domain/return.ts';
import type { Deed } from '../store/cycles/deed.ts';
import type { LcpgRun, Waiting } from '../store/cycles/waiting-store.ts';
import type { AnswerDesk } from './workplace.ts';
import { calendarOf, nowOf } from './workplace.ts';

/** The answer came too late, or to a question that no longer stands. */
export class NotAccepted extends Error {
  override readonly name = 'NotAccepted';
}

/** The answer names another substitute after as many as one person may name. */
export class TooManySubstitutes extends Error {
  override readonly name = 'TooManySubstitutes';
}

/** The answer names the invited person as their own substitute. */
export class OwnSubstitute extends Error {
  override readonly name = 'OwnSubstitute';
  /** What of it is their own. */
  readonly part: 'email' | 'name';

  constructor(person: string, part: 'email' | 'name') {
    super(`${person} has named themselves by ${part}`);
    this.part = part;
  }
}

/** Name under which the machine that waits for a request is registered. */
export const requestWait = (request: string): string => `request/${request}`;
/** Name under which the machine that follows a body's meeting is registered. */
export const meetingWait = (cycle: string, body: string): string => `meeting/${cycle}/${body}`;

/** The way an answer came: from the person who was asked, or written down by somebody who heard it from them. */
export type Way = Exclude<AnswerChannel, 'recorded'> | { readonly recordedBy: string };

/** Who answers, by which way, now. */
const deedOf = (desk: AnswerDesk, request: Request, way: Way): Deed =>
  typeof way === 'string'
    ? { by: request.person, channel: way, at: nowOf(desk) }
    : { by: way.recordedBy, channel: 'recorded', at: nowOf(desk) };

const checkAccepted = (desk: AnswerDesk, request: Request): void => {
  if (!acceptsAnswer(request, nowOf(desk)))
    throw new NotAccepted(
      request.state === 'withdrawn'
        ? `request ${request.id} was withdrawn: ${request.reason}`
        : `request ${request.id} took answers until ${request.acceptsUntil}`,
    );
};

/** What goes into the report counts until it is compiled, which may be before the last moment for it. */
const reportedKinds: ReadonlySet<RequestKind> = new Set([
  'return',
  'return-signoff',
  'chairs-summary',
  'representatives',
]);

/** Whether the meeting whose date is asked for is over: it is moved no more, and its return says whether it was held. */
export const isOfPastMeeting = async (
  desk: AnswerDesk,
  { kind, cycle, subject }: Request,
): Promise<boolean> => {
  if (kind !== 'meeting-date') return false;
  const meeting = await desk.meetings.get(cycle, subject.body);
  if (meeting?.state !== 'planned' || meeting.time === null) return false;
  const calendar = calendarOf(await desk.directory.partnership());
  return nowOf(desk) >= calendar.at(meeting.time.date, meeting.time.end);
};

/** Whether a meeting has moved since somebody was asked whether they come: they are asked afresh. */
export const isOfEarlierTime = async (
  desk: AnswerDesk,
  { kind, cycle, subject }: Request,
): Promise<boolean> => {
  if (kind !== 'attendance') return false;
  const { round } = (await desk.meetings.get(cycle, subject.body)) ?? subject;
  return round !== subject.round;
};

/** Whether an answer given now would be taken. */
export const takesAnswer = async (desk: AnswerDesk, request: Request): Promise<boolean> => {
  if (!acceptsAnswer(request, nowOf(desk)) || (await isOfEarlierTime(desk, request))) return false;
  if (await isOfPastMeeting(desk, request)) return false;
  return !reportedKinds.has(request.kind) || (await desk.cycles.known(request.cycle)).state === 'open';
};

const checkNotOver = async (desk: AnswerDesk, request: Request): Promise<void> => {
  checkAccepted(desk, request);
  if (!(await takesAnswer(desk, request)))
    throw new NotAccepted(`the meeting of ${request.subject.body} in cycle ${request.cycle} is over`);
};

const checkNotMoved = async (desk: AnswerDesk, request: Request): Promise<void> => {
  checkAccepted(desk, request);
  if (!(await takesAnswer(desk, request)))
    throw new NotAccepted(`request ${request.id} was about an earlier time of the meeting`);
};

const checkNotReported = async (desk: AnswerDesk, request: Request): Promise<void> => {
  checkAccepted(desk, request);
  if (!(await takesAnswer(desk, request)))
    throw new NotAccepted(`the report of cycle ${request.cycle} has been compiled`);
};

/** Wakes the machine registered under a name, if there is one; one that cannot be woken is due for the next sweep. */
export const tell = async (desk: AnswerDesk, name: string, reason: WakeReason): Promise<void> => {
  const waiting = await desk.waiting.get(name);
  if (waiting === undefined) return;
  try {
    // What only the sweep looks after has no token, and nothing to be woken.
    if (waiting.kind === 'machine') await desk.machines.wake(waiting.token, reason);
  } catch (error) {
    await desk.waiting.bringForward(waiting, nowOf(desk));
    throw error;
  }
  await desk.waiting.stop(waiting);
};

/** The answer is stored: what goes wrong in telling of it is made good by the sweep, and is no fault of the person's. */
const afterwards = async (desk: AnswerDesk, telling: () => Promise<void>): Promise<void> => {
  try {
    await telling();
  } catch (error) {
    desk.notTold(error);
  }
};

const tellAfterwards = (desk: AnswerDesk, name: string, reason: 'answered' | 'changed'): Promise<void> =>
  afterwards(desk, () => tell(desk, name, reason));

/** Registers what people are to be written to about, and has it done at once; should that be lost, the next sweep does it. */
export const registerErrand = async (
  desk: AnswerDesk,
  partnership: string,
  errand: Omit<Waiting, 'at' | 'token'>,
): Promise<void> => {
  // Its own mark: registered again while it is run, also within the same second, it stays to be run again.
  await desk.waiting.register({ ...errand, at: nowOf(desk), token: globalThis.crypto.randomUUID() });
  await afterwards(desk, () => desk.errands.runNow(partnership, errand.name));
};

/**
 * @param choice when it was made, for one that may arrive after a later one
 * @returns whether it counts: one that is older than what stands is passed over
 * @throws {NotAccepted} @throws {Conflict} @throws {TooManySubstitutes} @throws {OwnSubstitute}
 */
export const answerAttendance = async (
  desk: AnswerDesk,
  request: Request,
  answer: AttendanceAnswer,
  way: Way,
  choice?: Choice,
): Promise<'counts' | 'passed over'> => {
  await checkNotMoved(desk, request);
  if (answer.response === 'substitute') await checkSomebodyElse(desk, request.person, answer.substitute);
  const before = await attendanceOf(desk, request);
  if (before !== undefined && namesTooMany(before, answer))
    throw new TooManySubstitutes(`${request.person} has named ${String(mostSubstitutes)} substitutes`);
  // No machine waits for attendance: the reminder and the pack look at what is stored.
  const then = await desk.attendance.answer(
    request.cycle,
    request.subject.body,
    request.person,
    answer,
    deedOf(desk, request, way),
    request,
    choice,
  );
  if (then === null) return 'passed over';
  if (answer.response === 'substitute' || (then.substituteTold ?? null) !== null)
    await writeToSubstitute(desk, then);
  return 'counts';
};

const checkSomebodyElse = async (
  desk: AnswerDesk,
  person: string,
  substitute: NamedSubstitute,
): Promise<void> => {
  const invited = await desk.directory.person(person);
  if (invited === undefined) return;
  const own =
    ownPartOf(substitute, invited) ??
    (substitute.email !== '' && (await desk.addresses.isConfirmed(person, substitute.email.toLowerCase()))
      ? 'email'
      : null);
  if (own !== null) throw new OwnSubstitute(person, own);
};

/** Has whoever comes in the place of an invited person, or does not any more, written to. */
export const writeToSubstitute = (
  desk: AnswerDesk,
  { partnership, cycle, body, person }: Attendance,
): Promise<void> =>
  registerErrand(desk, partnership, {
    name: `substitute/${cycle}/${body}/${person}`,
    kind: 'substitute',
    substituteOf: { cycle, body, person },
  });

/** The place of whom a request for attendance is about, as it stands. */
export const attendanceOf = (
  desk: AnswerDesk,
  { cycle, subject, person }: Request,
): Promise<Attendance | undefined> => desk.attendance.get(cycle, subject.body, person);

/** The substitute of that address who stands in a person's answer, if one does. */
export const substituteIn = (
  attendance: Attendance | undefined,
  email: string,
): NamedSubstitute | undefined =>
  attendance?.answer?.response === 'substitute' &&
  attendance.answer.substitute.email.toLowerCase() === email.toLowerCase()
    ? attendance.answer.substitute
    : undefined;

/** A substitute cannot come after all; the person is told. @throws {NotAccepted} @throws {Conflict} */
export const giveUpAsSubstitute = async (
  desk: AnswerDesk,
  request: Request,
  email: string,
): Promise<void> => {
  await checkNotMoved(desk, request);
  const attendance = await attendanceOf(desk, request);
  const substitute = substituteIn(attendance, email);
  if (attendance === undefined || substitute === undefined) return;
  await desk.attendance.giveUp(attendance, substitute, nowOf(desk));
  await writeToSubstitute(desk, attendance);
};

/**
 * The co-ordinator says whether somebody who was not invited comes in a person's place.
 * @param by the person who says it
 * @throws {NotAccepted} @throws {Conflict} @throws {OwnSubstitute}
 */
export const decideProposed = async (
  desk: AnswerDesk,
  request: Request,
  comes: boolean,
  by: string,
): Promise<void> => {
  await checkNotMoved(desk, request);
  const attendance = await attendanceOf(desk, request);
  const proposed = attendance?.proposed ?? null;
  if (attendance === undefined || proposed === null) return;
  if (comes)
    await answerAttendance(
      desk,
      request,
      { response: 'substitute', substitute: proposed },
      { recordedBy: by },
    );
  else await desk.attendance.propose(attendance, null, { by, at: nowOf(desk) });
};

/** Keeps that a person's calendar said “tentative”. @throws {NotAccepted} @throws {Conflict} */
export const noteTentative = async (
  desk: AnswerDesk,
  request: Request,
  choice: Choice,
): Promise<'counts' | 'passed over'> => {
  await checkNotMoved(desk, request);
  const then = await desk.attendance.noteTentative(
    request.cycle,
    request.subject.body,
    request.person,
    deedOf(desk, request, 'calendar'),
    choice,
  );
  if (then === null) return 'passed over';
  if ((then.substituteTold ?? null) !== null) await writeToSubstitute(desk, then);
  return 'counts';
};

/**
 * Sets or moves an LCPG's meeting; the time has been checked by `meetingTimeFaults`.
 * @throws {NotAccepted} @throws {Conflict}
 */
export const answerMeetingDate = async (
  desk: AnswerDesk,
  request: Request,
  meeting: Meeting,
  time: MeetingTime,
  way: Way,
): Promise<void> => {
  await checkNotOver(desk, request);
  const unchanged =
    meeting.state === 'planned' &&
    meeting.time !== null &&
    (['date', 'start', 'end', 'venue', 'link'] as const).every((part) => meeting.time?.[part] === time[part]);
  if (unchanged && request.state === 'answered') return;
  const deed = deedOf(desk, request, way);
  if (unchanged) await desk.requests.answer(request, deed);
  else await desk.meetings.change(meeting, { state: 'planned', time }, deed, request);
  await tellAfterwards(desk, requestWait(request.id), 'answered');
  await tellAfterwards(desk, meetingWait(request.cycle, request.subject.body), 'changed');
};

/** Cancels an LCPG's meeting: it does not meet in this cycle, and its return says why. */
export const cancelMeeting = async (
  desk: AnswerDesk,
  request: Request,
  meeting: Meeting,
  way: Way,
): Promise<void> => {
  await checkNotOver(desk, request);
  if (meeting.state === 'cancelled') return;
  await desk.meetings.change(meeting, { state: 'cancelled' }, deedOf(desk, request, way), request);
  await tellAfterwards(desk, requestWait(request.id), 'answered');
  await tellAfterwards(desk, meetingWait(request.cycle, request.subject.body), 'changed');
};

/** @throws {NotAccepted} @throws {Conflict} */
export const handInMinutes = async (
  desk: AnswerDesk,
  request: Request,
  minutes: { readonly keyMessages: readonly string[]; readonly document: StoredDocument | null },
  way: Way,
): Promise<void> => {
  checkAccepted(desk, request);
  await desk.minutes.receive({ cycle: request.cycle, ...minutes }, deedOf(desk, request, way), request);
  await tellAfterwards(desk, requestWait(request.id), 'answered');
};

/**
 * The request that is open for an answer: a return, or its signature, may be given by the link of an earlier time of
 * asking. Where none is open, it is the one that was answered by.
 */
const standingRequest = async (desk: AnswerDesk, request: Request): Promise<Request> => {
  if (request.state === 'open') return request;
  const asked = await desk.requests.about(request.cycle, request.subject.body);
  return asked.find(({ kind, state }) => kind === request.kind && state === 'open') ?? request;
};

/** Whether a machine goes on from the answer; else a run of its own does. */
const isWaitedFor = ({ state, machineWaits }: Request): boolean => state === 'open' && machineWaits;

/** A run of a part of a group's machine by itself. */
const runOf = (
  part: LcpgRun['input']['part'],
  { partnership, cycle, group }: GroupReturn,
  version: number,
  after: RunAfter,
): LcpgRun => ({
  name: runExecution(partnership, cycle, group, version, after),
  input: { partnership, cycle, group, part },
});

/** Starts a run that was planned with an answer. */
export const startRun = async (desk: AnswerDesk, { name, input }: LcpgRun): Promise<void> => {
  await desk.machines.start('lcpg', name, input);
  const waiting = await desk.waiting.get(`run/${name}`);
  if (waiting !== undefined) await desk.waiting.stop(waiting);
};

/** Saves one part of a return without handing it in. @throws {NotAccepted} @throws {Conflict} */
export const saveReturnSection = async (
  desk: AnswerDesk,
  request: Request,
  given: GroupReturn,
  content: ReturnContent,
  section: ReturnSection,
): Promise<GroupReturn> => {
  await checkNotReported(desk, request);
  return desk.returns.save(given, content, section, deedOf(desk, request, 'page'));
};

/** Whether the text of a return has been shared: it was signed, or nobody is asked for the signature any longer. */
const hasGoneOut = async (desk: AnswerDesk, given: GroupReturn): Promise<boolean> => {
  if (given.state !== 'submitted') return given.state === 'signed';
  const asked = await desk.requests.about(given.cycle, given.group);
  return !asked.some(({ kind, state }) => kind === 'return-signoff' && state === 'open');
};

/**
 * Changes one part of a return. Where its text has gone out already the change is handed in with it, in one transaction:
 * the chair is asked to sign the new text, and what is new in it goes to those who had the old.
 * @throws {NotAccepted} @throws {Conflict}
 */
export const changeReturnSection = async (
  desk: AnswerDesk,
  request: Request,
  given: GroupReturn,
  content: ReturnContent,
  section: ReturnSection,
): Promise<void> => {
  if (await hasGoneOut(desk, given))
    await submitReturn(desk, request, { ...given, content, saved: [...given.saved, section] }, 'page');
  else await saveReturnSection(desk, request, given, content, section);
};

/**
 * Hands a return in. One that its group's machine no longer waits for (changed after the signature, or late after the
 * cut-off) gets a run of its own from the chair's signature on.
 * @throws {NotAccepted} @throws {Conflict}
 */
export const submitReturn = async (
  desk: AnswerDesk,
  request: Request,
  given: GroupReturn,
  way: Way,
): Promise<void> => {
  await checkNotReported(desk, request);
  const standing = await standingRequest(desk, request);
  const waitedFor = isWaitedFor(standing) && given.state !== 'signed' && given.state !== 'nil';
  const run = !waitedFor ? runOf('sign-off', given, given.version + 1, 'submitted') : undefined;
  await desk.returns.submit(given, deedOf(desk, request, way), standing, run);
  await tellAfterwards(desk, requestWait(standing.id), 'answered');
  if (run !== undefined) await afterwards(desk, () => startRun(desk, run));
};

/**
 * Signs a return. A signature that nobody waited for any longer shares the return all the same.
 * @throws {NotAccepted} @throws {Conflict}
 */
export const signReturn = async (
  desk: AnswerDesk,
  request: Request,
  given: SubmittedReturn,
  way: Way,
): Promise<void> => {
  await checkNotReported(desk, request);
  const standing = await standingRequest(desk, request);
  const run = isWaitedFor(standing) ? undefined : runOf('sign-off', given, given.version, 'signed');
  await desk.returns.sign(given, deedOf(desk, request, way), standing, run);
  await tellAfterwards(desk, requestWait(standing.id), 'answered');
  if (run !== undefined) await afterwards(desk, () => startRun(desk, run));
};

/**
 * Sends a return back. The group's machine asks the co-ordinator again until the cut-off; after it the asking has a
 * run of its own, which holds nothing up.
 * @throws {NotAccepted} @throws {Conflict}
 */
export const sendReturnBack = async (
  desk: AnswerDesk,
  request: Request,
  given: SubmittedReturn,
  comment: string,
  way: Way,
): Promise<void> => {
  await checkNotReported(desk, request);
  const standing = await standingRequest(desk, request);
  const deed = deedOf(desk, request, way);
  const { moments } = await desk.cycles.known(request.cycle);
  const run =
    deed.at < moments.returnsCutOff && isWaitedFor(standing)
      ? undefined
      : runOf('return', given, given.version, 'sent-back');
  await desk.returns.sendBack(given, comment, deed, standing, run);
  await tellAfterwards(desk, requestWait(standing.id), 'answered');
  if (run !== undefined) await afterwards(desk, () => startRun(desk, run));
};

/** Keeps the lead chair's wording without approving it. @throws {NotAccepted} @throws {Conflict} */
export const saveSummary = async (
  desk: AnswerDesk,
  request: Request,
  summary: ChairsSummary,
  content: ChairsSummaryContent,
): Promise<ChairsSummary> => {
  await checkNotReported(desk, request);
  return desk.chairsGroup.saveSummary(summary, content, deedOf(desk, request, 'page'));
};

/** @throws {NotAccepted} @throws {Conflict} */
export const approveSummary = async (
  desk: AnswerDesk,
  request: Request,
  summary: ChairsSummary,
  content: ChairsSummaryContent,
  way: Way,
): Promise<void> => {
  await checkNotReported(desk, request);
  await desk.chairsGroup.approveSummary(summary, content, deedOf(desk, request, way), request);
  await tellAfterwards(desk, requestWait(request.id), 'answered');
};

/** @throws {NotAccepted} @throws {Conflict} */
export const confirmRepresentatives = async (
  desk: AnswerDesk,
  request: Request,
  given: Representatives,
  people: readonly string[],
  way: Way,
): Promise<void> => {
  await checkNotReported(desk, request);
  await desk.chairsGroup.confirmRepresentatives(given, people, deedOf(desk, request, way), request);
  await tellAfterwards(desk, requestWait(request.id), 'answered');
};

/** @throws {NotAccepted} @throws {Conflict} */
export const updateAction = async (
  desk: AnswerDesk,
  request: Request,
  action: Action,
  update: { readonly state: Action['state']; readonly note: string },
  way: Way,
): Promise<void> => {
  checkAccepted(desk, request);
  const deed = deedOf(desk, request, way);
  await desk.actions.update(action, { ...update, at: deed.at, by: deed.by }, deed.channel, request);
};

/** @throws {NotAccepted} @throws {Conflict} */
export const answerEscalations = async (
  desk: AnswerDesk,
  request: Request,
  answers: readonly { readonly escalation: Escalation; readonly answer: string }[],
  way: Way,
): Promise<void> => {
  checkAccepted(desk, request);
  const given = new Set(answers.map(({ escalation }) => escalation.id));
  // The question is settled when every item has an answer; until then the rest is asked for again.
  const complete = (await desk.escalations.before(request.cycle)).every(
    ({ id, state }) => state === 'answered' || given.has(id),
  );
  await desk.escalations.answer(answers, deedOf(desk, request, way), request, complete);
  if (complete) await tellAfterwards(desk, requestWait(request.id), 'answered');
};

/** @throws {NotAccepted} @throws {Conflict} */
export const confirmReceipt = async (desk: AnswerDesk, request: Request, way: Way): Promise<void> => {
  checkAccepted(desk, request);
  if (request.state === 'answered') return;
  await desk.requests.answer(request, deedOf(desk, request, way));
  await tellAfterwards(desk, requestWait(request.id), 'answered');
};

/** How often something about whom a request went to is passed on in a day: each time, several people are written to. */
export const mostCorrectionsADay = 3;

/**
 * Takes in what somebody tells of whom a request went to. Those who keep the lists are told, and nobody is chased any
 * longer: see `tellCorrection`. Told again before it was passed on, the newest words count.
 * @returns false when as much has been passed on as is in a day
 */
export const registerCorrection = async (
  desk: AnswerDesk,
  request: Request,
  { what, text }: Pick<Correction, 'what' | 'text'>,
): Promise<boolean> => {
  const { id, partnership, person, cycle, subject } = request;
  const at = nowOf(desk);
  const calendar = calendarOf(await desk.directory.partnership());
  const today = calendar.dateOf(at);
  const told = (await desk.audit.of(cycle, subject.body)).filter(
    (entry) => entry.what === 'correction-told' && entry.about === id && calendar.dateOf(entry.at) === today,
  );
  if (told.length >= mostCorrectionsADay) return false;
  const entry = { at, by: person, what: 'correction-told', about: id, detail: { what } };
  await desk.audit.note(cycle, subject.body, entry);
  await registerErrand(desk, partnership, {
    name: `correction/${id}/${what}`,
    kind: 'correction',
    correction: { request: id, what, text, at },
  });
  return true;
};

/** Has the links to all that is open for a person emailed to the address on record. */
export const askForOpenLinks = (desk: AnswerDesk, partnership: string, person: string): Promise<void> =>
  registerErrand(desk, partnership, { name: `links/${person}`, kind: 'links', openLinksOf: person });

/** Has a new link to a document that was sent to a person emailed to the address on record. */
export const askForDocument = (
  desk: AnswerDesk,
  partnership: string,
  person: string,
  document: { readonly key: string; readonly fileName: string },
): Promise<void> =>
  registerErrand(desk, partnership, {
    name: `links/${person}/${document.key}`,
    kind: 'links',
    openLinksOf: person,
    document,
  });
