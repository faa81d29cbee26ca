import ICAL from 'ical.js';

import type { CalendarText, IncomingMessage } from './incoming-message.ts';

/** What a calendar program says that its owner pressed, as iTIP has it (RFC 5546, 3.2.3 and 3.2.7). */
export interface CalendarAnswer {
  readonly answer: 'accept' | 'decline' | 'tentative' | 'substitute' | 'counter';
  readonly uid: string | null;
  readonly sequence: number | null;
  /** DTSTAMP as an ISO instant; null where there is none, or none in UTC. */
  readonly stamp: string | null;
  /** Address of whoever answers, in lower case. */
  readonly attendee: string | null;
  readonly attendeeName: string;
  /** Who pressed for the attendee (SENT-BY), in lower case. */
  readonly sentBy: string | null;
  /** To whom the attendee handed the invitation (DELEGATED-TO). */
  readonly delegate: { readonly name: string; readonly email: string } | null;
  /** Who handed the invitation to the attendee (DELEGATED-FROM). */
  readonly delegatedFrom: string | null;
  /** As the calendar program wrote it, disclaimers included. */
  readonly comment: string;
  /** The time that a counter-proposal proposes; local to `zone`, which is null for UTC and as the program calls it. */
  readonly proposed: Proposed | null;
}

export interface Proposed {
  readonly start: string;
  readonly end: string | null;
  readonly zone: string | null;
  readonly location: string;
}

/** What the calendars of a message come to: an answer, or why there is none; undefined where it has no calendar. */
export type CalendarReading =
  | { readonly found: CalendarAnswer; readonly reasons: readonly string[] }
  | { readonly found: null; readonly reasons: readonly string[] }
  | undefined;

/** A property as jCal has it: name, parameters, type, value. RFC 7265. */
type Property = readonly [string, Readonly<Record<string, unknown>>, string, unknown];

/** The properties of the first event of a calendar, with the calendar's own method. */
interface Event {
  readonly method: string;
  readonly properties: readonly Property[];
}

const mostLines = 2_000;

/**
 * Lines of a calendar, unfolded. Gateways fold and break lines anew: a line that is no property goes on with the one
 * before, with or without the white space that RFC 5545 (3.1) has.
 */
const linesOf = (text: string): readonly string[] => {
  const lines: string[] = [];
  for (const line of text.split(/\r\n|\n|\r/u, mostLines)) {
    const last = lines.length - 1;
    if (line.trim() === '') continue;
    if (last >= 0 && /^[ \t]/u.test(line)) lines[last] = `${lines[last] ?? ''}${line.slice(1)}`;
    else if (last >= 0 && (!/^[A-Z][A-Z0-9-]*[;:]/iu.test(line) || /^(?:mailto|https?):/iu.test(line)))
      lines[last] = `${lines[last] ?? ''}${line}`;
    else lines.push(line);
  }
  return lines;
};

/** Reads what can be read: a line that is broken is left out, and what stands around the calendar is not looked at. */
const eventOf = (text: string): Event | undefined => {
  const begin = /^BEGIN:VCALENDAR/imu.exec(text.replace(/^\ufeff/u, ''));
  if (begin === null) return undefined;
  const stack: string[] = [];
  let method = '';
  let seen = false;
  const properties: Property[] = [];
  for (const line of linesOf(text.replace(/^\ufeff/u, '').slice(begin.index))) {
    const bounds = /^(BEGIN|END):\s*([\w-]+)\s*$/iu.exec(line);
    if (bounds !== null) {
      const name = bounds[2]?.toUpperCase() ?? '';
      if (bounds[1]?.toUpperCase() === 'BEGIN') stack.push(name);
      else if (stack.includes(name)) while (stack.pop() !== name);
      if (name === 'VEVENT' && bounds[1]?.toUpperCase() === 'END') seen = true;
      if (stack.length === 0) break;
      continue;
    }
    const within = stack.at(-1);
    if (within === 'VCALENDAR' && /^METHOD[;:]/iu.test(line))
      method = line
        .slice(line.lastIndexOf(':') + 1)
        .trim()
        .toUpperCase();
    if (within !== 'VEVENT' || seen) continue;
    try {
      properties.push(ICAL.parse.property(line, ICAL.design.icalendar) as Property);
    } catch {
      // A property that is broken says nothing.
    }
  }
  return { method, properties };
};

const first = (event: Event, name: string): Property | undefined =>
  event.properties.find(([of]) => of === name);

const text = (property: Property | undefined): string => {
  const value = property?.[3];
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
};

const parameter = (property: Property, name: string): string => {
  const value: unknown = property[1][name];
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return typeof one === 'string' ? one.trim() : '';
};

const address = (uri: string): string | null => {
  const bare = uri
    .replace(/^["'<\s]+|["'>\s]+$/gu, '')
    .replace(/^mailto:\s*/iu, '')
    .replace(/\?.*$/u, '')
    .toLowerCase();
  return /^[^\s@<>]{1,64}@[^\s@<>]{1,255}$/u.test(bare) ? bare : null;
};

const statusOf = (attendee: Property): string => parameter(attendee, 'partstat').toUpperCase();

const answers: Readonly<Record<string, CalendarAnswer['answer']>> = {
  ACCEPTED: 'accept',
  DECLINED: 'decline',
  TENTATIVE: 'tentative',
  DELEGATED: 'substitute',
};

/** The instant of a UTC date-time in jCal. */
const utc = (value: string): string | null =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u.test(value) && !Number.isNaN(Date.parse(value)) ? value : null;

const proposedBy = (event: Event): Proposed | null => {
  const start = first(event, 'dtstart');
  const from = text(start);
  if (start === undefined || !/^\d{4}-\d\d-\d\d/u.test(from)) return null;
  const end = text(first(event, 'dtend'));
  const zone = parameter(start, 'tzid');
  return {
    start: from,
    end: /^\d{4}-\d\d-\d\d/u.test(end) ? end : null,
    zone: zone === '' ? null : zone,
    location: text(first(event, 'location')),
  };
};

/** Whose answer it is: of several attendees the one that the message comes from, else the only one who answers. */
const answeringAttendee = (event: Event, from: string): Property | undefined => {
  const attendees = event.properties.filter(([name]) => name === 'attendee');
  const own = attendees.find((attendee) => address(text(attendee)) === from && statusOf(attendee) in answers);
  if (own !== undefined) return own;
  const sent = attendees.find((attendee) => address(parameter(attendee, 'sent-by')) === from);
  if (sent !== undefined) return sent;
  const answering = attendees.filter((attendee) => statusOf(attendee) in answers);
  return answering.length === 1 ? answering[0] : attendees.length === 1 ? attendees[0] : undefined;
};

type One = { readonly answer: CalendarAnswer; readonly note: string } | { readonly why: string };

const readOne = (calendar: CalendarText, from: string): One => {
  const event = eventOf(calendar.text);
  if (event === undefined) return { why: 'A part that calls itself a calendar holds none.' };
  const methods = [event.method, calendar.method ?? ''].filter((method) => method !== '');
  const note =
    new Set(methods).size > 1
      ? `The calendar says METHOD:${event.method}, its Content-Type ${calendar.method ?? ''}. `
      : '';
  const isCounter = methods.includes('COUNTER');
  if (!isCounter && !methods.includes('REPLY'))
    return {
      why: `The calendar is no reply: its method is ${methods[0] ?? 'not given'}.`,
    };
  const attendee = answeringAttendee(event, from);
  if (attendee === undefined)
    return { why: 'The calendar reply does not say whose answer it is: no one attendee answers in it.' };
  const status = statusOf(attendee);
  const answer = isCounter ? 'counter' : answers[status];
  if (answer === undefined)
    return { why: `The calendar reply answers nothing: PARTSTAT is ${status === '' ? 'missing' : status}.` };
  const delegatedTo = address(parameter(attendee, 'delegated-to'));
  const delegate = event.properties.find(
    (property) => property[0] === 'attendee' && address(text(property)) === delegatedTo,
  );
  const sequence = Number(text(first(event, 'sequence')));
  return {
    note: `${note}The calendar reply says ${isCounter ? 'METHOD:COUNTER' : `PARTSTAT=${status}`}.`,
    answer: {
      answer,
      uid: text(first(event, 'uid')) || null,
      sequence: first(event, 'sequence') === undefined || !Number.isSafeInteger(sequence) ? null : sequence,
      stamp: utc(text(first(event, 'dtstamp'))),
      attendee: address(text(attendee)),
      attendeeName: parameter(attendee, 'cn').replace(/^["']+|["']+$/gu, ''),
      sentBy: address(parameter(attendee, 'sent-by')),
      delegate:
        delegatedTo === null
          ? null
          : { name: delegate === undefined ? '' : parameter(delegate, 'cn'), email: delegatedTo },
      delegatedFrom: address(parameter(attendee, 'delegated-from')),
      comment: event.properties
        .filter(([name]) => name === 'comment')
        .map((comment) => text(comment))
        .join('\n\n'),
      proposed: isCounter ? proposedBy(event) : null,
    },
  };
};

/** How a reply is ordered among those to the same question: by SEQUENCE, then DTSTAMP. RFC 5546, 2.1.5. */
const isNewer = (one: CalendarAnswer, other: CalendarAnswer): boolean =>
  (one.sequence ?? -1) !== (other.sequence ?? -1)
    ? (one.sequence ?? -1) > (other.sequence ?? -1)
    : (one.stamp ?? '') > (other.stamp ?? '');

/** Reads the calendars of a message. Several parts are mostly the same one twice; of two answers the newest counts. */
export const readCalendarAnswer = ({
  calendars,
  from,
}: Pick<IncomingMessage, 'calendars' | 'from'>): CalendarReading => {
  if (calendars.length === 0) return undefined;
  const read = calendars.slice(0, 10).map((calendar) => readOne(calendar, from?.address ?? ''));
  const replies = read.filter((one) => 'answer' in one);
  let newest = replies[0];
  if (newest === undefined)
    return { found: null, reasons: read.flatMap((one) => ('why' in one ? [one.why] : [])) };
  for (const other of replies) if (isNewer(other.answer, newest.answer)) newest = other;
  const { answer, note } = newest;
  const contrary = replies.some(
    ({ answer: other }) =>
      !isNewer(answer, other) &&
      (other.answer !== answer.answer || other.attendee !== answer.attendee || other.uid !== answer.uid),
  );
  if (contrary)
    return { found: null, reasons: ['The message has two calendar replies, which say different things.'] };
  const reasons = [note];
  if (replies.length > 1) reasons.push(`It has ${String(replies.length)} calendar parts; the newest counts.`);
  return { found: answer, reasons };
};
