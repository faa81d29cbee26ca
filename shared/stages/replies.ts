/**
 * Replies that come by email: by calendar, in words, with a document. What is certain is recorded as the same answer on
 * the page would be; what is not is asked for again, by the link, at most once a day.
 */
import { createHash } from 'node:crypto';

import { checkDocument } from '../documents/check-document.ts';
import type { AttendanceAnswer, Choice, Meeting, MeetingTime, StoredDocument } from '../domain/cycle.ts';
import { ownPartOf } from '../domain/cycle.ts';
import type { Partnership, Person } from '../domain/partnership.ts';
import type { Request } from '../domain/request.ts';
import type { IncomingMessage } from '../inbound/incoming-message.ts';
import type { Verdicts } from '../inbound/judge-trust.ts';
import { judgeSender } from '../inbound/judge-trust.ts';
import type { CalendarAnswer } from '../inbound/read-calendar-answer.ts';
import type { FullReading } from '../inbound/read-reply.ts';
import { readReply } from '../inbound/read-reply.ts';
import type { Question } from '../inbound/read-words.ts';
import type { MessageOf, ProposedTime, RecordedReply } from '../mail/messages.ts';
import { Conflict } from '../store/cycles/deed.ts';
import { earlier } from '../time/calendar.ts';
import type { LinkTarget } from '../web-links/links.ts';
import {
  answerAttendance,
  attendanceOf,
  giveUpAsSubstitute,
  handInMinutes,
  isOfEarlierTime,
  noteTentative,
  OwnSubstitute,
  substituteIn,
  takesAnswer,
  TooManySubstitutes,
  updateAction,
} from './answers.ts';
import { documentKey } from './document-keys.ts';
import { attendanceRequestId, uidOf } from './meetings.ts';
import { becauseOf, bodyTitle, withRole } from './people.ts';
import type { WritingDesk } from './workplace.ts';
import { calendarOf, nowOf } from './workplace.ts';

/** A reply at the address of a request or a meeting. */
export interface Reply {
  readonly message: IncomingMessage;
  readonly verdicts: Verdicts;
  /** What its address stands for. */
  readonly target: Extract<LinkTarget, { readonly to: 'reply' | 'organiser' }>;
}

/** What became of a reply; `not-an-answer` is for the contact to read. */
export type ReplyOutcome =
  | 'recorded'
  | 'passed-over'
  | 'tentative'
  | 'proposal'
  | 'asked-again'
  | 'held'
  | 'closed'
  | 'automatic'
  | 'not-an-answer';

/** A reply with all that it is about. */
interface Matter {
  readonly desk: WritingDesk;
  readonly partnership: Partnership;
  readonly request: Request;
  readonly person: Person;
  /** The meeting that it is about, where it is about one. */
  readonly meeting: Meeting | undefined;
  readonly bodyName: string;
  readonly message: IncomingMessage;
  readonly reading: FullReading;
}

/** How often an answer is tried when somebody else writes at the very same moment. */
const mostAttempts = 3;

/** Takes a reply. Running it twice changes nothing more. */
export const takeReply = async (desk: WritingDesk, reply: Reply): Promise<ReplyOutcome> => {
  const { message, verdicts, target } = reply;
  const partnership = await desk.directory.partnership();
  const found = await asked(desk, target);
  if (found === undefined) return 'not-an-answer';
  const { request, meeting } = found;
  const person = await desk.directory.person(target.person);
  if (person === undefined) return 'not-an-answer';
  const bodyName = await bodyTitle(desk, partnership, request.subject.body);
  const reading = readReply(message, questionOf(request, meeting, bodyName, person), (address) =>
    isOurs(partnership, address),
  );
  if (reading.automatic !== null) return 'automatic';
  let matter: Matter = { desk, partnership, request, person, meeting, bodyName, message, reading };
  if (!kindsTaken.has(request.kind)) return 'not-an-answer';
  if (isForAnotherEvent(matter)) return 'not-an-answer';

  const trust = judgeSender(message, verdicts);
  const isInvitee = await isFrom(desk, person, message.from?.address ?? '');
  if (!isInvitee && trust.trusted && reading.channel === 'calendar') {
    const email = message.from?.address ?? '';
    const named = request.kind === 'attendance' ? await attendanceOf(desk, request) : undefined;
    if (substituteIn(named, email) !== undefined) return recordSubstitutes(matter, email);
    if (reading.answer === 'accept') return proposeSubstitute(matter);
  }
  if (!trust.trusted || !isInvitee) {
    if (!(await takesAnswer(desk, request))) return 'closed';
    await tellNotRecorded(matter, 'not-believed', '', trust.trusted);
    return 'held';
  }
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await record(matter);
    } catch (error) {
      if (error instanceof TooManySubstitutes || error instanceof OwnSubstitute) return askAgain(matter);
      if (!(error instanceof Conflict) || attempt === mostAttempts) throw error;
      const again = await asked(desk, target);
      if (again === undefined) return 'not-an-answer';
      matter = { ...matter, ...again };
    }
  }
};

/** The kinds of request that a reply can answer. The others ask for more than a few words. */
const kindsTaken: ReadonlySet<Request['kind']> = new Set([
  'attendance',
  'action-update',
  'minutes',
  'return',
]);

/** The request as it stands, and its meeting. The organiser of a meeting stands for the question as it is asked now. */
const asked = async (
  desk: WritingDesk,
  target: Reply['target'],
): Promise<{ readonly request: Request; readonly meeting: Meeting | undefined } | undefined> => {
  if (target.to === 'organiser') {
    const meeting = await desk.meetings.get(target.cycle, target.body);
    const request =
      meeting === undefined
        ? undefined
        : await desk.requests.get(attendanceRequestId(meeting, target.person));
    return request === undefined ? undefined : { request, meeting };
  }
  const request = await desk.requests.get(target.request);
  if (request?.person !== target.person) return undefined;
  const meeting =
    request.kind === 'attendance' ? await desk.meetings.get(request.cycle, request.subject.body) : undefined;
  return { request, meeting };
};

const timeOf = (meeting: Meeting | undefined): MeetingTime | null => meeting?.time ?? null;

const questionOf = (
  request: Request,
  meeting: Meeting | undefined,
  bodyName: string,
  person: Person,
): Question => {
  const time = timeOf(meeting);
  return {
    about:
      request.kind === 'attendance' ? 'attendance' : request.kind === 'action-update' ? 'action' : 'unknown',
    ...(time === null ? {} : { day: time.date }),
    bodyName,
    ownAddresses: [...addressesOf(person)],
  };
};

/** The addresses that a person's replies may come from: the one on record, and those that were confirmed beside it. */
const addressesOf = ({ email, aliases = [] }: Person): ReadonlySet<string> =>
  new Set([email, ...aliases].map((address) => address.toLowerCase()));

/** RFC 5321, 4.5.3.1.3. */
const longestAddress = 254;

/** Whether an address is the person's: on record, in the folder, or one that they said is theirs. */
const isFrom = async (desk: WritingDesk, person: Person, address: string): Promise<boolean> =>
  address !== '' &&
  (addressesOf(person).has(address) || (await desk.addresses.isConfirmed(person.id, address)));

const isOurs = ({ sender, replyDomain }: Partnership, address: string): boolean =>
  address === sender.address.toLowerCase() || address.endsWith(`@${replyDomain.toLowerCase()}`);

/** A calendar may answer to another invitation that somebody sent on from ours. */
const isForAnotherEvent = ({ partnership, meeting, reading }: Matter): boolean =>
  reading.calendar !== null &&
  (meeting === undefined || (reading.uid !== null && reading.uid !== uidOf(partnership, meeting)));

const record = async (matter: Matter): Promise<ReplyOutcome> => {
  const { desk, request, meeting, reading } = matter;
  if (!(await takesAnswer(desk, request))) {
    // Words about an earlier time of the meeting are no answer to the question that was asked afresh since.
    if (meeting !== undefined && (await isOfEarlierTime(desk, request))) {
      const standing = await desk.requests.get(attendanceRequestId(meeting, request.person));
      if (standing !== undefined && (await takesAnswer(desk, standing)))
        await askAgain({ ...matter, request: standing });
      return 'closed';
    }
    if (request.state === 'withdrawn') return 'closed';
    await tellNotRecorded(matter, 'closed');
    return 'closed';
  }
  switch (request.kind) {
    case 'attendance':
      return recordAttendance(matter);
    case 'action-update':
      return recordAction(matter);
    default:
      return reading.documents.length > 0 ? recordDocument(matter) : 'not-an-answer';
  }
};

/** When the answer was chosen, by the sender's program, but never later than now. */
const choiceOf = ({ desk, message, reading }: Matter): Choice => {
  const now = nowOf(desk);
  const said = reading.calendar?.stamp ?? message.date;
  return {
    sequence: reading.calendar === null ? null : reading.sequence,
    madeAt: said === null ? now : earlier(said.replace(/\.\d+Z$/u, 'Z'), now),
  };
};

/** Whether a calendar answered an invitation to another time than the one that stands. */
const answersEarlierTime = ({ request, meeting, reading }: Matter, choice: Choice): boolean =>
  reading.calendar !== null &&
  (reading.sequence === null
    ? request.subject.round > 1 && choice.madeAt < request.openedAt
    : reading.sequence < (meeting?.roundSequence ?? 0));

const attendanceAnswers = {
  accept: () => ({ response: 'attending' }),
  decline: () => ({ response: 'apologies' }),
  substitute: ({ substitute }: FullReading) => ({
    response: 'substitute',
    substitute: { name: substitute?.name ?? '', email: substitute?.email ?? '' },
  }),
} as const satisfies Record<string, (reading: FullReading) => AttendanceAnswer>;

const recordAttendance = async (matter: Matter): Promise<ReplyOutcome> => {
  const { desk, request, meeting, reading } = matter;
  const choice = choiceOf(matter);
  if (answersEarlierTime(matter, choice)) return 'passed-over';
  switch (reading.answer) {
    case 'accept':
    case 'decline':
    case 'substitute': {
      const answer = attendanceAnswers[reading.answer](reading);
      const channel = reading.channel === 'calendar' ? 'calendar' : 'reply';
      const result = await answerAttendance(desk, request, answer, channel, choice);
      if (result === 'passed over') return 'passed-over';
      // Who pressed a button in a calendar saw what it does.
      const time = timeOf(meeting);
      if (channel === 'reply' && time !== null)
        await tellRecorded(
          matter,
          answer.response === 'substitute'
            ? { answer: 'substitute', name: answer.substitute.name, meeting: time }
            : { answer: answer.response, meeting: time },
        );
      return 'recorded';
    }
    case 'tentative':
      return (await noteTentative(desk, request, choice)) === 'counts' ? 'tentative' : 'passed-over';
    case 'counter':
      await tellCoordinator(matter, {
        what: 'another-time',
        proposed: reading.calendar === null ? null : proposedTime(matter.partnership, reading.calendar),
      });
      return 'proposal';
    case 'action-update':
    case 'unclear':
      return askAgain(matter);
  }
};

const recordAction = async (matter: Matter): Promise<ReplyOutcome> => {
  const { desk, request, reading } = matter;
  const action = await desk.actions.get(request.subject.body, request.subject.action ?? '-');
  if (action === undefined) return 'not-an-answer';
  if (reading.action === null) return askAgain(matter);
  const note = reading.text.slice(0, 2_000);
  const last = action.updates.at(-1);
  const saidAlready = last?.state === reading.action && last.note === note && last.by === request.person;
  if (!saidAlready) await updateAction(desk, request, action, { state: reading.action, note }, 'reply');
  await tellRecorded(matter, {
    answer: 'action',
    state: reading.action,
    description: action.description,
  });
  return 'recorded';
};

/** The first document that may be taken is; where none may, the person is told why. */
const recordDocument = async (matter: Matter): Promise<ReplyOutcome> => {
  const { desk, partnership, request, reading } = matter;
  let refusal = '';
  for (const { bytes } of reading.documents) {
    const checked = await checkDocument(bytes);
    if (checked.type === undefined) {
      refusal = checked.refusal;
      continue;
    }
    const { extension, contentType } = checked.type;
    const name = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
    const owner = createHash('sha256').update(request.id).digest('hex').slice(0, 16);
    const key = documentKey(partnership.id, request.cycle, `${request.kind}/${owner}/${name}`);
    await desk.documents.put(key, bytes, contentType);
    const { board } = await desk.cycles.known(request.cycle);
    const fileName =
      request.kind === 'minutes'
        ? `${partnership.boardName.short} minutes ${board.date}.${extension}`
        : `Return of ${matter.bodyName} ${board.date}.${extension}`;
    const document: StoredDocument = { key, fileName, contentType, bytes: bytes.byteLength };
    if (request.kind === 'minutes') {
      const standing = await desk.minutes.of(request.cycle);
      if (standing?.document?.key !== key)
        await handInMinutes(desk, request, { keyMessages: standing?.keyMessages ?? [], document }, 'reply');
      await tellRecorded(matter, { answer: 'minutes', fileName });
    } else {
      await desk.audit.note(request.cycle, request.subject.body, {
        at: nowOf(desk),
        by: request.person,
        what: 'return-document-received',
        about: key,
        detail: { fileName },
      });
      await tellRecorded(matter, { answer: 'return-document', fileName });
      await tellCoordinator(matter, { what: 'return-document', document });
    }
    return 'recorded';
  }
  await tellNotRecorded(matter, 'document-refused', refusal);
  return 'asked-again';
};

/** The person is asked by the link; the co-ordinator sees what was written. */
const askAgain = async (matter: Matter): Promise<ReplyOutcome> => {
  await tellNotRecorded(matter, 'unclear');
  await tellCoordinator(matter, { what: 'words' });
  return 'asked-again';
};

/** The calendar of whoever comes in the person's place answered: that they come stands already, that they do not is new. */
const recordSubstitutes = async (
  { desk, request, reading }: Matter,
  email: string,
): Promise<ReplyOutcome> => {
  if (reading.answer === 'accept') return 'recorded';
  if (reading.answer !== 'decline') return 'not-an-answer';
  if (!(await takesAnswer(desk, request))) return 'closed';
  await giveUpAsSubstitute(desk, request, email);
  return 'recorded';
};

/** Somebody who was not invited accepted: perhaps instead of the person, who is asked; the co-ordinator hears of it. */
const proposeSubstitute = async (matter: Matter): Promise<ReplyOutcome> => {
  const { message, reading } = matter;
  const email = message.from?.address ?? reading.attendee ?? '';
  const name = reading.calendar?.attendeeName ?? '';
  const byName = reading.attendee === email && name !== '' ? name : (message.from?.name ?? '');
  const substitute = { name: byName === '' ? email : byName, email };
  const { desk, request, person } = matter;
  // Their own calendar, by an address that we do not know: nobody comes in their own place.
  if (ownPartOf(substitute, person) !== null) {
    await tellNotRecorded(matter, 'not-believed', '', true);
    return 'held';
  }
  const attendance = await attendanceOf(desk, request);
  if (attendance !== undefined && (await takesAnswer(desk, request)))
    await desk.attendance.propose(attendance, substitute, { by: 'system', at: nowOf(desk) });
  await tellNotRecorded(matter, 'somebody-else', '', true);
  await tellCoordinator(matter, { what: 'possible-substitute', substitute });
  return 'proposal';
};

const proposedTime = (partnership: Partnership, { proposed }: CalendarAnswer): ProposedTime | null => {
  if (proposed === null) return null;
  const calendar = calendarOf(partnership);
  const local = (value: string): { readonly date: string; readonly time: string } => {
    if (value.endsWith('Z')) return { date: calendar.dateOf(value), time: calendar.timeOf(value) };
    return { date: value.slice(0, 10), time: value.slice(11, 16) };
  };
  const start = local(proposed.start);
  const end = proposed.end === null ? null : local(proposed.end);
  return {
    date: start.date,
    start: start.time,
    end: end?.time ?? '',
    // What Windows calls the United Kingdom's time is the partnership's.
    zone:
      proposed.zone === null || /^(?:GMT Standard Time|Europe\/London)$/u.test(proposed.zone)
        ? ''
        : proposed.zone,
    location: proposed.location.slice(0, 200),
  };
};

/** What one message gives rise to goes out once, however often the message is taken. */
const occurrenceOf = ({ message, reading }: Matter): string =>
  createHash('sha256')
    .update(message.messageId === '' ? `${message.date ?? ''}\n${reading.text}` : message.messageId)
    .digest('hex')
    .slice(0, 16);

const today = ({ desk, partnership }: Matter): string => calendarOf(partnership).dateOf(nowOf(desk));

const tellRecorded = async (matter: Matter, recorded: RecordedReply): Promise<void> => {
  const { desk, partnership, request, person, bodyName } = matter;
  await desk.postFor(partnership).send([
    {
      kind: 'reply-recorded',
      to: person,
      about: request.id,
      occurrence: occurrenceOf(matter),
      because: 'you replied to an email that asked you for this',
      bodyName,
      recorded,
      acceptsUntil: request.acceptsUntil,
      link: await desk.links.toRequest(request),
    },
  ]);
};

const tellNotRecorded = async (
  matter: Matter,
  why: MessageOf<'reply-not-recorded'>['why'],
  refusal = '',
  mayBeOwn = false,
): Promise<void> => {
  const { desk, partnership, request, person, bodyName, message } = matter;
  const from = message.from?.address ?? '';
  // Kept first: the page asks about addresses that replies came from, and about no others.
  const offersAddress =
    mayBeOwn &&
    from !== '' &&
    from.length <= longestAddress &&
    (await desk.addresses.hold(person.id, from, nowOf(desk)));
  const link = why === 'closed' ? null : await desk.links.toRequest(request);
  await desk.postFor(partnership).send([
    {
      kind: 'reply-not-recorded',
      to: person,
      about: request.id,
      // At most one a day for each request, whoever sends how many replies: no two machines write to each other for ever.
      occurrence: today(matter),
      because: 'a reply came to an email that asked you for this',
      requestKind: request.kind,
      bodyName,
      meeting: timeOf(matter.meeting),
      why,
      from: message.from?.address ?? 'an unknown address',
      refusal,
      acceptsUntil: request.acceptsUntil,
      link,
      addressLink: offersAddress && link !== null ? `${link}/address` : null,
    },
  ]);
};

/** What a co-ordinator is told of a reply. */
type News = Pick<MessageOf<'reply-passed-on'>, 'what'> &
  Partial<Pick<MessageOf<'reply-passed-on'>, 'proposed' | 'substitute'>> & {
    readonly document?: StoredDocument;
  };

const tellCoordinator = async (matter: Matter, news: News): Promise<void> => {
  const { desk, partnership, request, person, bodyName, reading } = matter;
  const { what, proposed = null, substitute = null, document } = news;
  const on = today(matter);
  const { body } = request.subject;
  const coordinators = await withRole(desk, body, bodyName, 'co-ordinator', on);
  const secretariat =
    coordinators.length > 0
      ? coordinators
      : await withRole(desk, partnership.board, partnership.boardName.short, 'secretariat', on);
  const cycle = await desk.cycles.known(request.cycle);
  const messages = await Promise.all(
    secretariat
      .filter(({ who }) => who.id !== person.id)
      .map(async ({ who }): Promise<MessageOf<'reply-passed-on'>> => ({
        kind: 'reply-passed-on',
        to: who,
        about: request.id,
        // A few a day for each request, so that nobody is flooded.
        occurrence: `${on} ${what} ${occurrenceOf(matter).slice(0, 1)}`,
        because: becauseOf([coordinators.length > 0 ? 'co-ordinator' : 'secretariat'], bodyName),
        bodyName,
        meeting: timeOf(matter.meeting),
        whose: person,
        what,
        proposed,
        substitute,
        progressLink:
          substitute !== null && coordinators.length > 0
            ? await desk.links.toProgress({ of: 'group', group: body }, cycle, who.id)
            : null,
        document:
          document === undefined
            ? null
            : {
                name: document.fileName,
                link: await desk.links.toDocument(document, who.id, cycle.moments.nextBoardEnd),
              },
        words: reading.text.slice(0, 2_000),
      })),
  );
  await desk.postFor(partnership).send(messages);
};
