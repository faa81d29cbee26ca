/** Who comes in the place of an invited person, and is none of the partnership's people: what they hear of it. */
import type { Attendance } from '../domain/cycle.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { Message } from '../mail/messages.ts';
import type { Waiting } from '../store/cycles/waiting-store.ts';
import { substituteIn } from './answers.ts';
import { attendanceRequestId, calendarPart, isPlanned, momentsOf } from './meetings.ts';
import { packMessages } from './lcpg-pack.ts';
import { becauseInPlaceOf, bodyTitle, substituteAsPerson } from './people.ts';
import type { Workplace } from './workplace.ts';
import { nowOf } from './workplace.ts';

/** Whether whoever has an address is invited too, or comes for somebody else: the meeting stays in their calendar. */
const comesOtherwise = async (
  place: Workplace,
  { cycle, body, person }: Attendance,
  email: string,
): Promise<boolean> => {
  const all = await place.attendance.of(cycle, body);
  if (all.some((other) => other.person !== person && substituteIn(other, email) !== undefined)) return true;
  const invited = await place.directory.people(all.map((one) => one.person));
  return invited.some((one) => one.email.toLowerCase() === email.toLowerCase());
};

/**
 * Brings what a substitute knows up to what stands: asked, told of a change, given the pack when it has gone out already,
 * or told that they are not needed; the person hears of one who cannot come. A second run finds nothing to tell.
 */
export const writeToSubstituteOf = async (
  place: Workplace,
  partnership: Partnership,
  waiting: Waiting,
  { cycle: id, body, person }: NonNullable<Waiting['substituteOf']>,
): Promise<void> => {
  const [cycle, meeting, attendance, whose] = await Promise.all([
    place.cycles.known(id),
    place.meetings.get(id, body),
    place.attendance.get(id, body, person),
    place.directory.person(person),
  ]);
  const now = nowOf(place);
  if (meeting === undefined || attendance === undefined || whose === undefined)
    return place.waiting.stop(waiting);
  const { answer, substituteTold: told = null, substituteGaveUp: gaveUp = null } = attendance;
  const planned = isPlanned(meeting) ? meeting : undefined;
  const moments = planned === undefined ? undefined : momentsOf(partnership, cycle, planned);
  const request = await place.requests.get(attendanceRequestId(meeting, person));
  const comes =
    planned !== undefined &&
    answer?.response === 'substitute' &&
    answer.substitute.email !== '' &&
    request?.state === 'answered'
      ? answer.substitute
      : null;
  const bodyName = await bodyTitle(place, partnership, body);
  const envelope = { about: `${id}~${body}~${person}`, bodyName, because: becauseInPlaceOf(whose) };
  const messages: Message[] = [];
  if (told !== null && told.email !== comes?.email && gaveUp === null)
    messages.push({
      kind: 'substitute-asked',
      ...envelope,
      to: substituteAsPerson(told, whose),
      occurrence: `not needed ${told.at}`,
      meeting: told.time,
      whose,
      change: 'not-needed',
      link: null,
      calendar: (await comesOtherwise(place, attendance, told.email))
        ? null
        : await calendarPart(
            place,
            partnership,
            cycle,
            { ...meeting, time: told.time },
            bodyName,
            person,
            'CANCEL',
            '',
          ),
    });
  const isNew = comes !== null && told?.email !== comes.email;
  if (
    comes !== null &&
    planned !== undefined &&
    moments !== undefined &&
    request !== undefined &&
    now < moments.meetingStart &&
    (isNew || told?.sequence !== planned.sequence)
  ) {
    const link = await place.links.toSubstitute(request, comes);
    messages.push({
      kind: 'substitute-asked',
      ...envelope,
      to: substituteAsPerson(comes, whose),
      occurrence: `${String(planned.sequence)} ${attendance.answeredAt ?? ''}`,
      meeting: planned.time,
      whose,
      change: isNew ? 'new' : 'moved',
      link,
      calendar: await calendarPart(place, partnership, cycle, planned, bodyName, person, 'REQUEST', link),
    });
    const group = await place.directory.body(body);
    if (now >= moments.pack && group?.kind === 'lcpg')
      messages.push(...(await packMessages(place, partnership, cycle, planned, group, person)));
  }
  if (gaveUp !== null && planned !== undefined && request !== undefined)
    messages.push({
      kind: 'substitute-gave-up',
      to: whose,
      about: request.id,
      occurrence: `${gaveUp.email} ${gaveUp.at ?? String(attendance.revision)}`,
      because: `you named ${gaveUp.name} to come in your place`,
      bodyName,
      meeting: planned.time,
      name: gaveUp.name,
      acceptsUntil: request.acceptsUntil,
      link: await place.links.toRequest(request),
    });
  if (messages.length > 0) {
    await place.postFor(partnership).send(messages);
    const known =
      comes === null || planned === undefined
        ? null
        : { ...comes, sequence: planned.sequence, time: planned.time, at: now };
    await place.attendance.noteTold(attendance, known, now);
  }
  return place.waiting.stop(waiting);
};
