import { join } from 'node:path';

import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';

import { requestKinds } from '../../../shared/domain/request.ts';
import { compose } from '../../../shared/mail/compose.ts';
import type { Message, MessageOf } from '../../../shared/mail/messages.ts';
import { exampleMessages, exampleSetting } from '../../support/example-messages.ts';
import { expectGolden } from '../../support/golden.ts';
import { strict } from '../../support/strict.ts';

const composed = (message: Message) => compose(strict(message), exampleSetting);
const golden = (name: string): string => join(import.meta.dirname, 'golden', name);

/** The other faces of the kinds that have more than one. */
const variants: Readonly<Record<string, Message>> = {
  'minutes-late-without-meeting': {
    ...exampleMessages.minutes,
    late: true,
    meeting: null,
    keyMessages: [],
    answers: [],
  },
  'invitation-moved': { ...exampleMessages.invitation, change: 'moved' },
  'meeting-pack-bare': {
    ...exampleMessages['meeting-pack'],
    keyMessages: [],
    minutesLink: null,
    openActions: [],
    figures: [],
    expected: [],
    expectedCount: 8,
    missingSectors: [],
    link: null,
  },
  'return-request-sent-back': {
    ...exampleMessages['return-request'],
    sentBack: { by: 'Ravi Shah', comment: 'Please say more about:\n- attendance\n- housing' },
  },
  'reply-recorded-attending': {
    ...exampleMessages['reply-recorded'],
    recorded: { answer: 'attending', meeting: exampleMessages.invitation.meeting },
  },
  'reply-recorded-action': {
    ...exampleMessages['reply-recorded'],
    recorded: { answer: 'action', state: 'open', description: 'Ask every primary school' },
  },
  'reply-recorded-return-document': {
    ...exampleMessages['reply-recorded'],
    recorded: { answer: 'return-document', fileName: 'Return of Ashford LCPG 2026-09-16.docx' },
  },
  'reply-not-believed': {
    ...exampleMessages['reply-not-recorded'],
    why: 'not-believed',
    addressLink: `${exampleMessages['reply-not-recorded'].link ?? ''}/address`,
  },
  'reply-of-somebody-else': { ...exampleMessages['reply-not-recorded'], why: 'somebody-else' },
  'reply-too-late': { ...exampleMessages['reply-not-recorded'], why: 'closed', link: null },
  'reply-document-refused': {
    ...exampleMessages['reply-not-recorded'],
    requestKind: 'minutes',
    meeting: null,
    why: 'document-refused',
    refusal: 'The file holds macros or scripts: save it without them, or as a PDF',
  },
  'substitute-moved': { ...exampleMessages['substitute-asked'], change: 'moved' },
  'substitute-not-needed': { ...exampleMessages['substitute-asked'], change: 'not-needed', link: null },
  // Invited besides: a CANCEL would take the meeting out of their calendar.
  'substitute-not-needed-but-invited': {
    ...exampleMessages['substitute-asked'],
    change: 'not-needed',
    link: null,
    calendar: null,
  },
  'code-for-another-address': { ...exampleMessages['confirmation-code'], what: 'other-address' },
  'correction-of-an-address': {
    ...exampleMessages['correction-noticed'],
    what: 'address',
    text: 'jo.smith@home.example.net',
    chased: true,
  },
  'reply-passed-on-words': {
    ...exampleMessages['reply-passed-on'],
    what: 'words',
    proposed: null,
    words: 'Perhaps, if the school lets me go',
  },
  'reply-passed-on-substitute': {
    ...exampleMessages['reply-passed-on'],
    what: 'possible-substitute',
    proposed: null,
    substitute: { name: 'Lee Marsh', email: 'lee.marsh@ashford.example.org' },
    words: '',
  },
  'return-request-no-meeting': { ...exampleMessages['return-request'], meeting: null },
  'return-signoff-request-changed': {
    ...exampleMessages['return-signoff-request'],
    changedSinceSigned: true,
  },
  'local-hwb-extract-empty': {
    ...exampleMessages['local-hwb-extract'],
    meetingDate: null,
    message: '',
    achievements: [],
    concerns: [],
    escalations: [],
    figures: [],
  },
  'part-stopped-report': { ...exampleMessages['part-stopped'], reportWaits: true },
  'representatives-request-nobody': { ...exampleMessages['representatives-request'], proposed: [] },
  'representative-named-proposed': {
    ...exampleMessages['representative-named'],
    withWhom: [],
    confirmed: false,
  },
  'board-report-copy': {
    ...exampleMessages['board-report'],
    nil: { items: [], more: 0 },
    received: 12,
    escalations: { items: [], more: 0 },
    summaryApproved: true,
    receiptLink: null,
    dueAt: null,
  },
  'board-report-of-many': {
    ...exampleMessages['board-report'],
    received: 758,
    groupCount: 1_200,
    nil: { items: ['Dover', 'Thanet'], more: 440 },
    escalations: { ...exampleMessages['board-report'].escalations, more: 431 },
  },
  'safeguarding-round-up-of-many': {
    ...exampleMessages['safeguarding-round-up'],
    entries: { ...exampleMessages['safeguarding-round-up'].entries, more: 98 },
  },
  'chairs-pack-all-in': {
    ...exampleMessages['chairs-pack'],
    nil: { items: [], more: 0 },
    received: 12,
    escalationCount: 0,
  },
};

describe('each kind of email', () => {
  test.each(Object.values(exampleMessages))('$kind is as its golden files say', (message) => {
    const { subject, text, html } = composed(message);
    expectGolden(golden(`${message.kind}.txt`), `Subject: ${subject}\n\n${text}`);
    expectGolden(golden(`${message.kind}.html`), html);
  });

  test.each(Object.entries(variants))('%s is as its golden file says', (name, message) => {
    const { subject, text } = composed(message);
    expectGolden(golden(`${name}.txt`), `Subject: ${subject}\n\n${text}`);
  });

  const all = [...Object.entries(exampleMessages), ...Object.entries(variants)] as [string, Message][];

  test.each(all)('%s says who, why and whom to ask, in both forms', (_name, message) => {
    const { subject, text, html } = composed(message);
    for (const form of [text.replaceAll(/\s+/gu, ' '), html]) {
      expect(form).toContain(`Dear ${message.to.name}`);
      expect(form).toContain(`You got this email because ${message.because}.`);
      expect(form).toContain('lcpg-support@kent.example.org');
      expect(form).not.toMatch(/undefined|null|NaN|\[object/u);
    }
    expect(subject.length).toBeLessThanOrEqual(110);
    if ('link' in message && message.link !== null) {
      expect(text.split('\n')).toContain(message.link);
      expect(html).toContain(`href="${message.link}"`);
    }
  });

  test.each(all)('%s is HTML that reads well without images, in the dark and aloud', (_name, message) => {
    const { html } = composed(message);
    expect(html).toMatch(/^<!DOCTYPE html>\n<html lang="en-GB">/u);
    expect(html).toMatch(/<title>[^<]+<\/title>/u);
    expect(html.match(/<h1 /gu)).toHaveLength(1);
    expect(html).toContain('prefers-color-scheme:dark');
    expect(html).not.toMatch(/<img|<script|url\(/u);
  });

  test.each(all)('%s is plain text of short lines', (_name, message) => {
    for (const line of composed(message).text.split('\n')) {
      if (!line.includes('https://')) expect(line.length).toBeLessThanOrEqual(72);
      expect(line).not.toMatch(/\s$/u);
    }
    expect(composed(message).text).not.toContain('\n\n\n');
  });
});

describe('reminders and escalations', () => {
  const reminder = (over: Partial<MessageOf<'reminder'>>): MessageOf<'reminder'> => ({
    ...exampleMessages.reminder,
    ...over,
  });

  it.each(requestKinds)('have words for %s', (requestKind) => {
    for (const message of [
      reminder({ requestKind }),
      reminder({ requestKind, overdue: false, detail: 'Something in particular' }),
      { ...exampleMessages.escalation, requestKind },
    ])
      expect(composed(message).text).toContain('If we hear nothing by');
  });

  it.each([
    ['2026-09-23T16:00:00Z', true, 'This was due yesterday, Wednesday 23 September 2026'],
    ['2026-09-21T16:00:00Z', true, 'This was due on Monday 21 September 2026'],
    ['2026-09-24T16:00:00Z', false, 'This is due today, Thursday 24 September 2026, by 5pm'],
    ['2026-09-25T16:00:00Z', false, 'This is due tomorrow, Friday 25 September 2026, by 5pm'],
    ['2026-10-26T17:00:00Z', false, 'This is due by 5pm on Monday 26 October 2026'],
  ])('of what is due at %s say so', (dueAt, overdue, words) => {
    const { text } = composed(reminder({ dueAt, overdue }));
    expect(text.replaceAll(/\s+/gu, ' ')).toContain(words);
  });
});

it('shows instants in the zone of the partnership', () => {
  const setting = {
    ...exampleSetting,
    partnership: { ...exampleSetting.partnership, zone: 'Pacific/Auckland' },
  };
  expect(compose(exampleMessages['minutes-request'], setting).subject).toContain(
    'by Thursday 24 September 2026',
  );
});

it('fails when a template shows what a message does not have', () => {
  const { boardDate: _missing, ...rest } = exampleMessages['minutes-request'];
  expect(() => compose(rest as Message, exampleSetting)).toThrow(/boardDate|undefined/u);
});

it('does not take zero for a missing figure', () => {
  const { text } = composed(exampleMessages['meeting-pack']);
  expect(text).toContain('Latest: 0 per 100,000');
  expect(text).toContain('Latest: no figure');
});

it('tells a Local Health and Wellbeing Board nothing of safeguarding', () => {
  const withMatters = {
    ...exampleMessages['local-hwb-extract'],
    matters: ['a child'],
    safeguardingMatters: ['a child'],
  };
  const { text, html } = compose(withMatters, exampleSetting);
  expect(`${text}${html}`).not.toMatch(/safeguarding|a child/iu);
});

describe('what people typed', () => {
  const typed = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      '{{ partnership.contact.email }}',
      '[press here](https://evil.example)',
      'Dear Jo\n\nFill in the return:\nhttps://evil.example\n\n--\nYou got this email because of us.',
      'a\r\nBcc: all@example.org',
    ),
  );

  it('cannot become markup', () => {
    fc.assert(
      fc.property(typed, (words) => {
        const { html } = compose(sayingEverywhere(words), exampleSetting);
        const plain = compose(sayingEverywhere('x'), exampleSetting).html;
        expect(tagsOf(html)).toEqual(tagsOf(plain));
      }),
    );
  });

  it('cannot look like a line of ours in plain text', () => {
    fc.assert(
      fc.property(typed, (words) => {
        const { text } = compose(sayingEverywhere(words), exampleSetting);
        const ours = text.split('\n').filter((line) => /^(https?:|--$|You got this)/u.test(line));
        expect(ours).toEqual([
          exampleMessages['return-request'].link,
          '--',
          expect.stringMatching(/^You got/u),
        ]);
      }),
    );
  });

  const sayingEverywhere = (words: string): Message => ({
    ...exampleMessages['return-request'],
    to: { ...exampleMessages['return-request'].to, name: `Jo ${words}` },
    group: { ...exampleMessages['return-request'].group, name: `Ashford ${words}` },
    sentBack: { by: `Ravi ${words}`, comment: words },
  });

  /** The tags, but not the line breaks, of which typed text has its own. */
  const tagsOf = (html: string): readonly string[] =>
    html.replaceAll(/<title>.*?<\/title>/gsu, '').match(/<(?!br>)[^>]*>/gu) ?? [];
});
