/** An LCPG's meeting, and the Chairs Group's: who is invited, reminded, and sent what. */
import pMap from 'p-map';
import * as z from 'zod/mini';

import type { Attendance, Cycle, GroupMoments, Meeting, MeetingTime } from '../domain/cycle.ts';
import { meetingUid } from '../domain/cycle.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { OpenRequest, Request } from '../domain/request.ts';
import { acceptsAnswer, requestId, wantsReminder } from '../domain/request.ts';

import { groupMoments } from '../domain/timetable.ts';
import type { CalendarPart, Message } from '../mail/messages.ts';
import type { Instant } from '../time/calendar.ts';
import { addSeconds } from '../time/calendar.ts';
import { meetingWait, tell, writeToSubstitute } from './answers.ts';
import type { PersonInBody } from './people.ts';
import { becauseOf, bodyTitle, membersOf, onePerPerson } from './people.ts';
import { remindedNow } from './reminders.ts';
import { openRequest, secondsUntil } from './requests.ts';
import type { Task } from './task.ts';
import type { AnswerDesk, Workplace } from './workplace.ts';
import { calendarOf, nowOf } from './workplace.ts';

/** The meeting changed after its members were last told: the machine tells them, and goes on from there. */
export class MeetingMoved extends Error {
  override readonly name = 'MeetingMoved';
}

/** A payload that names a body in a cycle. */
export const bodyPayload = z.object({ partnership: z.string(), cycle: z.string(), body: z.string() });
export type BodyPayload = z.infer<typeof bodyPayload>;

/** How long the machine waits for what comes next, in real seconds. */
export interface NextWait {
  readonly seconds: number;
}

export type PlannedMeeting = Meeting & { readonly state: 'planned'; readonly time: MeetingTime };

export const isPlanned = (meeting: Meeting | undefined): meeting is PlannedMeeting =>
  meeting?.state === 'planned' && meeting.time !== null;

/** Id of the request for a person's attendance at a meeting as it stands. */
export const attendanceRequestId = ({ cycle, body, round }: Meeting, person: string): string =>
  requestId({ cycle, kind: 'attendance', person, subject: { body, round } });

/** The moments of a body's meeting; those of the Chairs Group are the cycle's. */
export const momentsOf = (
  partnership: Partnership,
  cycle: Cycle,
  { body, time }: PlannedMeeting,
): GroupMoments => {
  const moments = groupMoments(time, cycle.moments, partnership.timetable, calendarOf(partnership));
  return body === partnership.chairsGroup
    ? { ...moments, pack: cycle.moments.chairsPack, attendanceReminder: cycle.moments.chairsPack }
    : moments;
};

/** Where no meeting is to be, the machine rests until the last day on which there could have been one has passed. */
const restUntil = (partnership: Partnership, cycle: Cycle): Instant =>
  calendarOf(partnership).at(cycle.moments.lastMeetingDay, partnership.timetable.dueTime);

/** UID of a body's meeting in calendars. */
export const uidOf = (
  partnership: Partnership,
  meeting: Pick<Meeting, 'partnership' | 'cycle' | 'body'>,
): string => meetingUid(meeting, partnership.sender.address.split('@')[1] ?? partnership.replyDomain);

/** The calendar entry of a meeting. @param person whose invitation a calendar's answer is about */
export const calendarPart = async (
  place: Workplace,
  partnership: Partnership,
  cycle: Cycle,
  meeting: Meeting & { readonly time: MeetingTime },
  bodyName: string,
  person: string,
  method: CalendarPart['method'],
  link: string,
): Promise<CalendarPart> => {
  const calendar = calendarOf(partnership);
  const { date, start, end, venue } = meeting.time;
  return {
    method,
    uid: uidOf(partnership, meeting),
    sequence: meeting.sequence,
    summary: `${bodyName} meeting`,
    description: link === '' ? '' : `Say whether you will be there: ${link}`,
    start: calendar.at(date, start),
    end: calendar.at(date, end),
    location: venue,
    link: meeting.time.link,
    organiser: await place.links.toOrganiser(meeting, person, cycle.moments.nextBoardEnd),
  };
};

/** Why a person is written to about a meeting of a body. */
export const because = (
  partnership: Partnership,
  body: string,
  bodyName: string,
  { roles }: PersonInBody,
): string =>
  becauseOf(body === partnership.chairsGroup && roles.includes('chair') ? ['member'] : roles, bodyName);

/**
 * Until when an invited person is asked to answer. The pack of an LCPG tells who is coming; that of the Chairs Group does
 * not, and the reminder comes with it, so its members have until the day before. A meeting called late asks at once.
 */
const answerBy = (partnership: Partnership, cycle: Cycle, meeting: PlannedMeeting, now: Instant): Instant => {
  const { pack, meetingStart } = momentsOf(partnership, cycle, meeting);
  const calendar = calendarOf(partnership);
  const by =
    meeting.body === partnership.chairsGroup
      ? calendar.at(calendar.addWorkingDays(meeting.time.date, -1), partnership.timetable.dueTime)
      : pack;
  return by > now ? by : meetingStart;
};

const inviteOne = async (
  place: Workplace,
  partnership: Partnership,
  cycle: Cycle,
  meeting: PlannedMeeting,
  bodyName: string,
  person: PersonInBody,
  invited: ReadonlyMap<string, Attendance>,
): Promise<Message> => {
  const at = nowOf(place);
  const moments = momentsOf(partnership, cycle, meeting);
  const known =
    invited.get(person.who.id) ?? (await place.attendance.invite(cycle.id, meeting.body, person.who.id, at));
  const request = await openRequest(
    place,
    cycle.id,
    'attendance',
    person.who.id,
    { body: meeting.body, round: meeting.round },
    {
      dueAt: answerBy(partnership, cycle, meeting, at),
      expiresAt: moments.meetingStart,
      acceptsUntil: moments.meetingStart,
    },
    false,
  );
  // A request of this round that is open says that the answer, if any, was for another time.
  if (request.state === 'open') await place.attendance.askAfresh(known, at);
  const link = await place.links.toRequest(request);
  return {
    kind: 'invitation',
    to: person.who,
    about: `${cycle.id}~${meeting.body}`,
    occurrence: String(meeting.sequence),
    because: because(partnership, meeting.body, bodyName, person),
    bodyName,
    meeting: meeting.time,
    change: meeting.toldSequence < 0 || !invited.has(person.who.id) ? 'new' : 'moved',
    answerBy: request.dueAt,
    link,
    calendar: await calendarPart(
      place,
      partnership,
      cycle,
      meeting,
      bodyName,
      person.who.id,
      'REQUEST',
      link,
    ),
  };
};

/** Requests for attendance at a meeting that has moved, or will not be, are withdrawn. */
const withdrawAttendance = async (
  place: Workplace,
  meeting: Meeting,
  keepRound: number | null,
  reason: string,
): Promise<void> => {
  for (const request of await place.requests.about(meeting.cycle, meeting.body))
    if (request.kind === 'attendance' && request.state === 'open' && request.subject.round !== keepRound)
      await place.requests.withdraw(request, reason, nowOf(place));
};

/** Tells everybody of a meeting as it stands: new, moved or cancelled. Who has been told already hears nothing again. */
const tellOfMeeting = async (
  place: Workplace,
  partnership: Partnership,
  cycle: Cycle,
  meeting: Meeting,
): Promise<void> => {
  const bodyName = await bodyTitle(place, partnership, meeting.body);
  const invited = new Map(
    (await place.attendance.of(cycle.id, meeting.body)).map((attendance) => [attendance.person, attendance]),
  );
  const post = place.postFor(partnership);
  if (isPlanned(meeting)) {
    await withdrawAttendance(place, meeting, meeting.round, 'the meeting has moved');
    const members = onePerPerson(await membersOf(place, partnership, meeting.body, meeting.time.date));
    await post.send(
      await pMap(
        members,
        (person) => inviteOne(place, partnership, cycle, meeting, bodyName, person, invited),
        { concurrency: 8 },
      ),
    );
  } else if (meeting.state === 'cancelled') {
    await withdrawAttendance(place, meeting, null, 'the meeting is cancelled');
    const { time } = meeting;
    if (time !== null && meeting.toldSequence >= 0)
      await post.send(
        await pMap(await place.directory.people([...invited.keys()]), async (who): Promise<Message> => ({
          kind: 'cancellation',
          to: who,
          about: `${cycle.id}~${meeting.body}`,
          occurrence: String(meeting.sequence),
          because: `you were invited to this meeting of ${bodyName}`,
          bodyName,
          meeting: time,
          calendar: await calendarPart(
            place,
            partnership,
            cycle,
            { ...meeting, time },
            bodyName,
            who.id,
            'CANCEL',
            '',
          ),
        })),
      );
  }
  for (const attendance of invited.values())
    if ((attendance.substituteTold ?? null) !== null) await writeToSubstitute(place, attendance);
  await place.meetings.noteTold(meeting, nowOf(place));
};

/** Invites the members of a body to its meeting as it stands now, and says how long until they are reminded. */
export const inviteMembers: Task<BodyPayload, NextWait> = {
  name: 'invite-members',
  input: bodyPayload,
  async run(place, { cycle: id, body }) {
    const partnership = await place.directory.partnership();
    const cycle = await place.cycles.known(id);
    const meeting = await place.meetings.get(id, body);
    if (meeting === undefined || meeting.state === 'unset')
      return { seconds: secondsUntil(place, restUntil(partnership, cycle)) };
    if (meeting.toldSequence !== meeting.sequence) await tellOfMeeting(place, partnership, cycle, meeting);
    return {
      seconds: secondsUntil(
        place,
        isPlanned(meeting)
          ? momentsOf(partnership, cycle, meeting).attendanceReminder
          : restUntil(partnership, cycle),
      ),
    };
  },
};

const momentPayload = z.object({
  partnership: z.string(),
  cycle: z.string(),
  body: z.string(),
  moment: z.enum(['attendance-reminder', 'pack', 'meeting-end']),
  token: z.string(),
});

const momentNames = {
  'attendance-reminder': 'attendanceReminder',
  pack: 'pack',
  'meeting-end': 'meetingEnd',
} as const satisfies Record<string, keyof GroupMoments>;

/** Registers that a machine waits for a moment of a meeting; a change of the meeting wakes it before. */
export const awaitMoment: Task<z.infer<typeof momentPayload>, object> = {
  name: 'await-moment',
  input: momentPayload,
  async run(place, { cycle: id, body, moment, token }) {
    const partnership = await place.directory.partnership();
    const cycle = await place.cycles.known(id);
    const before = await place.meetings.get(id, body);
    const at = isPlanned(before)
      ? momentsOf(partnership, cycle, before)[momentNames[moment]]
      : restUntil(partnership, cycle);
    const name = meetingWait(id, body);
    await place.waiting.register({ name, kind: 'machine', at, token });
    // Read again after registering: whoever moves the meeting in between sees the registration, or is seen here.
    const meeting = await place.meetings.get(id, body);
    if (meeting !== undefined && meeting.state !== 'unset' && meeting.sequence !== meeting.toldSequence)
      await tell(place, name, 'changed');
    return {};
  },
};

/**
 * The meeting that a step is about, or null where there is none to be.
 * @throws {MeetingMoved} when the members do not know of it as it stands, or it has moved away from the step's moment
 */
export const meetingOfStep = async (
  place: AnswerDesk,
  partnership: Partnership,
  cycle: Cycle,
  body: string,
  moment: keyof GroupMoments,
): Promise<PlannedMeeting | null> => {
  const meeting = await place.meetings.get(cycle.id, body);
  if (meeting === undefined || meeting.state === 'unset') return null;
  if (meeting.sequence !== meeting.toldSequence)
    throw new MeetingMoved(`${body} changed its meeting of ${cycle.id} after the members were told`);
  if (!isPlanned(meeting)) return null;
  // Step Functions may wake a second early; an hour early is another time altogether.
  if (addSeconds(nowOf(place), 3600) < momentsOf(partnership, cycle, meeting)[moment])
    throw new MeetingMoved(`${body} is not to be at this step of ${cycle.id} before ${meeting.time.date}`);
  return meeting;
};

/**
 * Reminds those who have not answered the invitation: they alone, each by their own link.
 * @param only where one of them is chased by hand
 */
export const remindUnanswered = async (
  place: Workplace,
  partnership: Partnership,
  cycle: Cycle,
  meeting: PlannedMeeting,
  only?: OpenRequest,
): Promise<void> => {
  const { body } = meeting;
  const attendance = await place.attendance.of(cycle.id, body);
  const unanswered = attendance.filter(({ answer }) => answer === null);
  const bodyName = await bodyTitle(place, partnership, body);
  const moments = momentsOf(partnership, cycle, meeting);
  const members = new Map(
    onePerPerson(await membersOf(place, partnership, body, meeting.time.date)).map((person) => [
      person.who.id,
      person,
    ]),
  );
  const messages: Message[] = [];
  for (const { person } of unanswered) {
    const member = members.get(person);
    const request = await place.requests.get(attendanceRequestId(meeting, person));
    // Who answered and then said “tentative” has a request that is answered, and no answer.
    if (member === undefined || request === undefined || !acceptsAnswer(request, nowOf(place))) continue;
    if (only !== undefined && request.id !== only.id) continue;
    // Asked after the moment of the reminder, as when the meeting was called at short notice: the invitation has just come.
    if (only === undefined && request.openedAt >= moments.attendanceReminder) continue;
    const link = await place.links.toRequest(request);
    messages.push({
      kind: 'attendance-reminder',
      to: member.who,
      about: request.id,
      occurrence: only?.chased === undefined ? '1' : `chased-${only.chased.at}`,
      because: because(partnership, body, bodyName, member),
      bodyName,
      meeting: meeting.time,
      answerBy: answerBy(partnership, cycle, meeting, nowOf(place)),
      answered: attendance.length - unanswered.length,
      invited: attendance.length,
      link,
      calendar: await calendarPart(place, partnership, cycle, meeting, bodyName, person, 'REQUEST', link),
    });
  }
  await place.postFor(partnership).send(messages);
};

/** Reminds somebody of an invitation because they are chased by hand. */
export const remindChased = async (
  place: Workplace,
  partnership: Partnership,
  request: Request,
): Promise<void> => {
  if (request.state !== 'open' || !wantsReminder(request)) return;
  const cycle = await place.cycles.known(request.cycle);
  const meeting = await place.meetings.get(request.cycle, request.subject.body);
  if (isPlanned(meeting)) await remindUnanswered(place, partnership, cycle, meeting, request);
  const now = nowOf(place);
  await place.requests.recordSteps(request, request.stepsTaken, now, remindedNow(request, now));
};

/** Reminds those who have not answered, and says how long until the pack goes out. */
export const remindMembers: Task<BodyPayload, NextWait> = {
  name: 'remind-members',
  input: bodyPayload,
  async run(place, { cycle: id, body }) {
    const partnership = await place.directory.partnership();
    const cycle = await place.cycles.known(id);
    const meeting = await meetingOfStep(place, partnership, cycle, body, 'attendanceReminder');
    if (meeting === null) return { seconds: 1 };
    await remindUnanswered(place, partnership, cycle, meeting);
    return { seconds: secondsUntil(place, momentsOf(partnership, cycle, meeting).pack) };
  },
};
