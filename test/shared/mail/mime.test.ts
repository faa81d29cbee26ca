import fc from 'fast-check';
import ICAL from 'ical.js';
import nodeIcal from 'node-ical';
import PostalMime from 'postal-mime';
import { describe, expect, it, test } from 'vitest';

import { calendarFile } from '../../../shared/mail/calendar.ts';
import { compose } from '../../../shared/mail/compose.ts';
import type { Message, MessageSetting } from '../../../shared/mail/messages.ts';
import { toMime } from '../../../shared/mail/mime.ts';
import { exampleMessages, exampleSetting } from '../../support/example-messages.ts';

const email = (message: Message, setting: MessageSetting = exampleSetting) =>
  toMime(message, setting, compose(message, setting));
const rawText = (message: Message, setting?: MessageSetting): string =>
  Buffer.from(email(message, setting).raw).toString('latin1');
const headerOf = (raw: string): string => raw.slice(0, raw.indexOf('\r\n\r\n'));
const all = Object.values(exampleMessages);

test.each(all)('$kind comes through MIME whole', async (message) => {
  const composed = compose(message, exampleSetting);
  const parsed = await PostalMime.parse(email(message).raw);
  expect(parsed.subject).toBe(composed.subject);
  expect(parsed.text?.replaceAll('\r\n', '\n').trim()).toBe(composed.text.trim());
  expect(parsed.html?.replaceAll('\r\n', '\n').trim()).toBe(composed.html.trim());
  expect(parsed.from).toEqual({ name: 'Kent LCPGs', address: 'lcpg@kent.example.org' });
  expect(parsed.to).toEqual([{ name: message.to.name, address: message.to.email }]);
  expect(parsed.replyTo).toEqual([{ name: 'Kent LCPG support', address: 'lcpg-support@kent.example.org' }]);
  expect(parsed.date).toBe('2026-09-24T08:00:00.000Z');
  expect(parsed.messageId).toMatch(/^<[0-9a-f]{64}@kent\.example\.org>$/u);
  const headers = new Map(parsed.headers.map(({ key, value }) => [key, value]));
  expect(headers.get('auto-submitted')).toBe('auto-generated');
  expect(headers.get('x-auto-response-suppress')).toBe('OOF, AutoReply');
});

test.each(all)('$kind is seven-bit, in lines that every server takes', (message) => {
  const raw = rawText(message);
  expect(raw).toMatch(/^[\t\r\n\x20-\x7e]*$/u);
  expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/u);
  for (const line of raw.split('\r\n')) expect(line.length).toBeLessThanOrEqual(100);
});

it('has the same bytes for the same inputs, and the same Message-ID at another time', () => {
  const again = structuredClone(exampleMessages.invitation);
  const later = { ...exampleSetting, sentAt: '2026-09-25T08:00:00Z' };
  expect(Buffer.from(email(again).raw)).toEqual(Buffer.from(email(exampleMessages.invitation).raw));
  expect(email(again, later).messageId).toBe(email(again).messageId);
  expect(rawText(again, later)).toContain('Date: Fri, 25 Sep 2026 08:00:00 +0000');
});

it('has another Message-ID for another reminder, reader or partnership', () => {
  const { reminder } = exampleMessages;
  const elsewhere = { ...exampleSetting, partnership: { ...exampleSetting.partnership, id: 'surrey' } };
  const ids = [
    email(reminder),
    email({ ...reminder, occurrence: '2' }),
    email({ ...reminder, to: { ...reminder.to, id: 'other' } }),
    email(reminder, elsewhere),
  ].map(({ messageId }) => messageId);
  expect(new Set(ids).size).toBe(4);
});

it('is tagged with what a service takes for a tag', () => {
  const { tags } = email({
    ...exampleMessages.invitation,
    to: { ...exampleMessages.invitation.to, id: 'ü@#' },
  });
  for (const value of Object.values(tags)) expect(value).toMatch(/^[\w-]{1,256}$/u);
});

describe('a meeting’s calendar', () => {
  const calendarOf = async (message: Message) => {
    const { attachments } = await PostalMime.parse(email(message).raw);
    const texts = attachments.map(({ content }) =>
      typeof content === 'string' ? content : new TextDecoder().decode(content),
    );
    return { attachments, texts };
  };

  it('is an alternative with its method in the MIME type, and an attachment', async () => {
    const { attachments, texts } = await calendarOf(exampleMessages.invitation);
    expect(attachments.map(({ mimeType, method, filename }) => ({ mimeType, method, filename }))).toEqual([
      { mimeType: 'text/calendar', method: 'REQUEST', filename: null },
      { mimeType: 'application/ics', method: undefined, filename: 'meeting.ics' },
    ]);
    expect(texts[0]).toBe(texts[1]);
    expect(rawText(exampleMessages.invitation)).toContain(
      'Content-Type: text/calendar; charset=utf-8; method=REQUEST\r\n',
    );
  });

  it('asks the reader for an answer', async () => {
    const { texts } = await calendarOf({
      ...exampleMessages.invitation,
      to: { ...exampleMessages.invitation.to, name: 'Jo "Joe" Smith; Ü, née O’Neill' },
    });
    const calendar = new ICAL.Component(ICAL.parse(texts[0] ?? '') as unknown[]);
    expect(calendar.getFirstPropertyValue('method')).toBe('REQUEST');
    const event = calendar.getFirstSubcomponent('vevent');
    const value = (name: string) => String(event?.getFirstPropertyValue(name));
    expect(value('uid')).toBe('kent-2026-09-16-ashford@kent.example.org');
    expect(value('sequence')).toBe('0');
    expect(value('dtstamp')).toBe('2026-09-24T08:00:00Z');
    expect(value('dtstart')).toBe('2026-10-08T08:30:00Z');
    expect(value('dtend')).toBe('2026-10-08T11:00:00Z');
    expect(value('status')).toBe('CONFIRMED');
    expect(value('summary')).toBe('Ashford LCPG');
    expect(value('location')).toBe('Civic Centre, Tannery Lane, Ashford TN23 1PL');
    expect(value('description')).toContain(exampleMessages.invitation.link);
    const organiser = event?.getFirstProperty('organizer');
    const { replyDomain, contact } = exampleSetting.partnership;
    expect(organiser?.getFirstValue()).toBe(
      `mailto:${exampleMessages.invitation.calendar.organiser}@${replyDomain}`,
    );
    expect(
      calendarFile(exampleMessages.invitation.calendar, exampleMessages.invitation.to, {
        ...exampleSetting,
        receivesReplies: false,
      }).replaceAll('\r\n ', ''),
    ).toContain(`mailto:${contact.email}`);
    expect(organiser?.getFirstParameter('cn')).toBe(exampleSetting.partnership.name);
    const attendee = event?.getFirstProperty('attendee');
    expect(String(attendee?.getFirstValue()).toLowerCase()).toBe('mailto:jo.smith@ashford.example.org');
    expect(attendee?.getFirstParameter('rsvp')).toBe('TRUE');
    expect(attendee?.getFirstParameter('partstat')).toBe('NEEDS-ACTION');
    expect(event?.getAllProperties('attendee')).toHaveLength(1);
    const alarm = event?.getFirstSubcomponent('valarm');
    expect(String(alarm?.getFirstPropertyValue('trigger'))).toBe('-PT15M');
  });

  it('says the same to a second, independent parser', async () => {
    for (const message of [exampleMessages.invitation, exampleMessages['attendance-reminder']]) {
      const { texts } = await calendarOf(message);
      const parsed = nodeIcal.sync.parseICS(texts[0] ?? '');
      const event = Object.values(parsed).find((part) => part?.type === 'VEVENT');
      expect(event).toMatchObject({
        method: 'REQUEST',
        uid: message.calendar.uid,
        sequence: message.calendar.sequence,
        summary: message.calendar.summary,
        location: message.calendar.location,
        organizer: { val: expect.stringContaining(message.calendar.organiser) as string },
        attendee: { params: { RSVP: true, PARTSTAT: 'NEEDS-ACTION' } },
      });
      expect(new Date(event?.start ?? 0).toISOString()).toBe('2026-10-08T08:30:00.000Z');
      expect(event?.description).toContain(message.calendar.link);
    }
    const { texts } = await calendarOf(exampleMessages.cancellation);
    const cancelled = Object.values(nodeIcal.sync.parseICS(texts[0] ?? ''))[0];
    expect(cancelled).toMatchObject({ method: 'CANCEL', status: 'CANCELLED' });
  });

  it('takes a cancelled meeting out', async () => {
    const { attachments, texts } = await calendarOf(exampleMessages.cancellation);
    expect(attachments[0]?.method).toBe('CANCEL');
    const calendar = new ICAL.Component(ICAL.parse(texts[0] ?? '') as unknown[]);
    expect(calendar.getFirstPropertyValue('method')).toBe('CANCEL');
    const event = calendar.getFirstSubcomponent('vevent');
    expect(event?.getFirstPropertyValue('status')).toBe('CANCELLED');
    expect(event?.getFirstPropertyValue('sequence')).toBe(2);
    expect(event?.getFirstSubcomponent('valarm')).toBeNull();
  });

  it('holds whatever people call themselves and their meetings', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, hostile, async (name, place) => {
        const { invitation } = exampleMessages;
        const { texts } = await calendarOf({
          ...invitation,
          to: { ...invitation.to, name },
          calendar: { ...invitation.calendar, summary: place, location: place, description: place },
        });
        const calendar = new ICAL.Component(ICAL.parse(texts[0] ?? '') as unknown[]);
        const event = calendar.getFirstSubcomponent('vevent');
        expect(event?.getAllProperties('attendee')).toHaveLength(1);
        expect(event?.getAllProperties('uid')).toHaveLength(1);
        expect(String(event?.getFirstPropertyValue('uid'))).toBe(invitation.calendar.uid);
      }),
    );
  });
});

/** Text with whatever might end a header, a part or a property. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '\r\n',
        '\n',
        '\r',
        '\u2028',
        '\u0085',
        '\0',
        '\v',
        '\t',
        ',',
        ';',
        ':',
        '"',
        '<',
        '>',
        '@',
        '=',
      ),
      fc.constantFrom(
        'Bcc: all@example.org',
        'ATTENDEE:mailto:x@example.org',
        '--=_',
        'END:VEVENT',
        '=?utf-8?q?=0A?=',
      ),
    ),
    { maxLength: 8 },
  )
  .map((pieces) => pieces.join(''));

describe('nothing that people typed', () => {
  it('adds a header', () => {
    const usual = headerNames(rawText(exampleMessages['return-request']));
    fc.assert(
      fc.property(hostile, hostile, hostile, (name, group, sender) => {
        const message = exampleMessages['return-request'];
        const setting = {
          ...exampleSetting,
          partnership: {
            ...exampleSetting.partnership,
            sender: { ...exampleSetting.partnership.sender, name: sender },
          },
        };
        const raw = rawText(
          { ...message, to: { ...message.to, name }, group: { ...message.group, name: group } },
          setting,
        );
        expect(headerNames(raw)).toEqual(usual);
        expect(headerOf(raw)).toMatch(/^[\t\r\n\x20-\x7e]*$/u);
      }),
    );
  });

  it('adds a recipient or a part', async () => {
    const message = exampleMessages['return-request'];
    await fc.assert(
      fc.asyncProperty(hostile, async (words) => {
        const outgoing = email({
          ...message,
          to: { ...message.to, name: words },
          sentBack: {
            by: words,
            comment: `${words}\n--${boundaryOf(message)}\nContent-Type: text/html\n\n<b>`,
          },
        });
        const parsed = await PostalMime.parse(outgoing.raw);
        expect(parsed.to).toHaveLength(1);
        expect(parsed.to?.[0]?.address).toBe(message.to.email);
        expect(parsed.attachments).toHaveLength(0);
        expect(parsed.html?.match(/<html/gu)).toHaveLength(1);
      }),
    );
  });

  it('is taken for the end of a part, nor begins a line as that would', async () => {
    const message = exampleMessages['return-request'];
    const name = `${'x'.repeat(70)} --${boundaryOf(message)}--`;
    const parsed = await PostalMime.parse(email({ ...message, to: { ...message.to, name } }).raw);
    expect(parsed.text).toContain(` --${boundaryOf(message)}--`);
    expect(parsed.text).not.toContain(`\n--${boundaryOf(message)}`);
    expect(parsed.text).toContain(message.link);
    expect(parsed.html).toContain('</html>');
  });

  const headerNames = (raw: string): readonly string[] =>
    headerOf(raw)
      .split(/\r\n(?![\t ])/u)
      .map((line) => line.slice(0, line.indexOf(':')));
  const boundaryOf = (message: Message): string =>
    /boundary="?([^"\r\n]+)/u.exec(rawText(message))?.[1] ?? '';
});

describe('where a reply goes', () => {
  const message = {
    ...exampleMessages.invitation,
    link: `https://lcpg.kent.example.org/answer/${'q'.repeat(43)}`,
  };
  const replyToOf = async (receivesReplies: boolean, link = message.link) => {
    const setting = { ...exampleSetting, receivesReplies };
    const asked = { ...message, link };
    const parsed = await PostalMime.parse(toMime(asked, setting, compose(asked, setting)).raw);
    return parsed.replyTo?.[0]?.address;
  };

  it('is an address of its own for the person and the request', async () => {
    expect(await replyToOf(true)).toMatch(/^r-[a-z2-7]{52}@reply\.kent\.example\.org$/u);
    expect(await replyToOf(true)).not.toBe(await replyToOf(true, message.link.replaceAll('q', 'p')));
  });

  it('is the contact’s where the product takes in no email, and for an email that asks for nothing', async () => {
    expect(await replyToOf(false)).toBe('lcpg-support@kent.example.org');
    expect(await replyToOf(true, 'https://lcpg.kent.example.org/document/x')).toBe(
      'lcpg-support@kent.example.org',
    );
  });
});
