import ical, {
  ICalAlarmType,
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalAttendeeType,
  ICalCalendarMethod,
  ICalEventBusyStatus,
  ICalEventStatus,
} from 'ical-generator';

import type { Person } from '../domain/partnership.ts';
import type { CalendarPart, MessageSetting } from './messages.ts';
import { oneLine } from './text.ts';

const alarmSeconds = 15 * 60;

/**
 * A meeting as an iTIP message to one person: the reader is the only attendee, which Outlook needs to show Accept and
 * Decline. Calendars send those to the organiser, so that is the partnership by an address of its own for this person
 * and meeting, or the contact's where the product receives no email. Gmail and Exchange take a change of a meeting from
 * the organiser alone who invited to it, so the address is the same for all changes. Times are UTC, so that no zone has to be told.
 */
export const calendarFile = (
  part: CalendarPart,
  reader: Person,
  { partnership, sentAt, receivesReplies }: MessageSetting,
): string => {
  const organiser = receivesReplies
    ? `${part.organiser}@${partnership.replyDomain}`
    : partnership.contact.email;
  const cancelled = part.method === 'CANCEL';
  const calendar = ical({
    method: cancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST,
    prodId: { company: oneLine(partnership.name), product: 'lcpg-cycle', language: 'EN' },
  });
  const event = calendar.createEvent({
    id: part.uid,
    sequence: part.sequence,
    stamp: new Date(sentAt),
    start: new Date(part.start),
    end: new Date(part.end),
    summary: oneLine(part.summary),
    description: `${part.description}\n${part.link}`.trim(),
    location: oneLine(part.location),
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    busystatus: cancelled ? ICalEventBusyStatus.FREE : ICalEventBusyStatus.BUSY,
    organizer: { name: oneLine(partnership.name), email: oneLine(organiser) },
    attendees: [
      {
        name: oneLine(reader.name),
        email: oneLine(reader.email),
        type: ICalAttendeeType.INDIVIDUAL,
        role: ICalAttendeeRole.REQ,
        status: ICalAttendeeStatus.NEEDSACTION,
        rsvp: !cancelled,
      },
    ],
  });
  if (!cancelled)
    event.createAlarm({
      type: ICalAlarmType.display,
      triggerBefore: alarmSeconds,
      description: oneLine(part.summary),
    });
  return calendar.toString();
};
