/** How simulated people answer without opening a page: by their calendar, or by a reply in words. */
import { createHash } from 'node:crypto';

import type { Request } from '../../shared/domain/request.ts';
import type { Instant } from '../../shared/time/calendar.ts';
import type { SentEmail } from '../outbox.ts';
import type { Random } from './random.ts';
import * as words from './words.ts';

/** What a person's mail program keeps of an email that asks for something. */
export interface ReceivedLetter {
  readonly to: string;
  readonly subject: string;
  /** Where a reply goes. */
  readonly replyTo: string;
  /** The invitation in it, where it has one. */
  readonly invitation: { readonly organiser: string; readonly uid: string; readonly sequence: string } | null;
}

/** The plain text of an email, which comes before its HTML, quoted-printable undone as far as links need it. */
export const plainTextOf = (raw: Uint8Array): string => {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const html = bytes.indexOf('Content-Type: text/html');
  return bytes
    .toString('latin1', 0, html < 0 ? bytes.length : html)
    .replace(/=\r?\n/g, '')
    .replace(/=3D/gi, '=');
};

/** The code that an email gives its reader to type in: on a line of its own; empty where it gives none. */
export const codeIn = (text: string): string => /^\d{6}(?=\r?$)/mu.exec(text)?.[0] ?? '';

/** A text in memory of its own: a part of a longer text would keep all of that there. */
export const withoutTheRest = (part: string): string => Buffer.from(part).toString();

/** Reads of an email what a mail program needs for an answer. */
export const letterOf = ({ to, subject }: SentEmail, raw: Uint8Array): ReceivedLetter => {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const head = bytes
    .toString('latin1', 0, Math.max(0, bytes.indexOf('\r\n\r\n')))
    .replace(/\r\n[ \t]+/gu, ' ');
  return {
    to,
    subject,
    replyTo: withoutTheRest(/^Reply-To:.*?([^\s<>]+@[^\s<>]+)>?\s*$/imu.exec(head)?.[1] ?? ''),
    invitation: invitationIn(bytes),
  };
};

const invitationIn = (bytes: Buffer): ReceivedLetter['invitation'] => {
  const part = bytes.indexOf('Content-Type: text/calendar');
  if (part < 0) return null;
  const begin = bytes.indexOf('\r\n\r\n', part) + 4;
  const end = bytes.indexOf('\r\n--', begin);
  const calendar = Buffer.from(bytes.toString('latin1', begin, end), 'base64')
    .toString('utf8')
    .replace(/\r\n[ \t]/gu, '');
  const field = (pattern: RegExp): string => withoutTheRest(pattern.exec(calendar)?.[1]?.trim() ?? '');
  return {
    organiser: field(/^ORGANIZER.*mailto:(\S+)$/imu),
    uid: field(/^UID:(.*)$/imu),
    sequence: field(/^SEQUENCE:(.*)$/imu),
  };
};

/** A reply on its way. */
export interface Reply {
  readonly raw: Uint8Array;
  readonly to: string;
}

interface Occasion {
  readonly random: Random;
  /** Whether everything goes smoothly: nobody apologises. */
  readonly smooth: boolean;
  readonly now: Instant;
}

const ways = ['calendar', 'reply', 'page'] as const;

/** A third of all people answer by their calendar, a third in words, a third on the page: by their id, always the same way. */
const wayOf = (person: string): (typeof ways)[number] =>
  ways[(createHash('sha256').update(person).digest()[0] ?? 0) % ways.length] ?? 'page';

/** The reply of a person who answers by email; undefined for those who go to the page, and for what only a page can take. */
export const replyBy = (request: Request, letter: ReceivedLetter, occasion: Occasion): Reply | undefined => {
  const way = wayOf(request.person);
  if (request.kind === 'attendance' && way === 'calendar' && letter.invitation !== null)
    return byCalendar(request, letter, letter.invitation, occasion);
  if (way !== 'reply' || !letter.replyTo.startsWith('r-')) return undefined;
  if (request.kind === 'attendance') return inWords(request, letter, attendanceWords(occasion), occasion);
  return request.kind === 'action-update'
    ? inWords(request, letter, actionWords(occasion), occasion)
    : undefined;
};

const attendanceWords = ({ random, smooth }: Occasion): string => {
  const draw = smooth ? 0 : random.next();
  if (draw < 0.76) return random.pick(words.acceptingReplies);
  return draw < 0.9 ? random.pick(words.decliningReplies) : random.pick(words.substituteReplies);
};

const actionWords = ({ random, smooth }: Occasion): string =>
  random.pick(smooth || random.next() < 0.6 ? words.doneReplies : words.progressReplies);

const basicStamp = (instant: Instant): string => instant.replaceAll(/[-:]/gu, '');

const headerOf = (request: Request, letter: ReceivedLetter, to: string, now: Instant): string => {
  const id = createHash('sha256').update(`${request.id} ${now}`).digest('hex').slice(0, 24);
  return [
    `From: ${letter.to}`,
    `To: ${to}`,
    `Date: ${new Date(now).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${id}.reply@${letter.to.slice(letter.to.indexOf('@') + 1)}>`,
    'MIME-Version: 1.0',
  ].join('\r\n');
};

/** As Outlook answers: no ORGANIZER, the calendar as an alternative of an empty text. */
const byCalendar = (
  request: Request,
  letter: ReceivedLetter,
  { organiser, uid, sequence }: NonNullable<ReceivedLetter['invitation']>,
  { random, smooth, now }: Occasion,
): Reply => {
  const accepts = smooth || random.next() < 0.8;
  const calendar = [
    'BEGIN:VCALENDAR',
    'METHOD:REPLY',
    'PRODID:-//Rehearsal//Calendar//EN',
    'VERSION:2.0',
    'BEGIN:VEVENT',
    `ATTENDEE;PARTSTAT=${accepts ? 'ACCEPTED' : 'DECLINED'}:MAILTO:${letter.to}`,
    `UID:${uid}`,
    `DTSTAMP:${basicStamp(now)}`,
    `SEQUENCE:${sequence}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
  const raw = `${headerOf(request, letter, organiser, now)}\r\nSubject: ${accepts ? 'Accepted' : 'Declined'}: ${uid}\r\nContent-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain; charset="utf-8"\r\n\r\n\r\n--b\r\nContent-Type: text/calendar; charset="utf-8"; method=REPLY\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(calendar).toString('base64')}\r\n--b--\r\n`;
  return { raw: Buffer.from(raw), to: organiser };
};

const inWords = (
  request: Request,
  letter: ReceivedLetter,
  text: string,
  { random, now }: Occasion,
): Reply => {
  const raw = `${headerOf(request, letter, letter.replyTo, now)}\r\nSubject: Re: your email\r\nContent-Type: text/plain; charset="utf-8"\r\n\r\n${text}\r\n\r\n${random.pick(words.replyEndings)}\r\n`;
  return { raw: Buffer.from(raw), to: letter.replyTo };
};
