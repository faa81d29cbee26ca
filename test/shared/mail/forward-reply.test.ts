import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';

import { readMessage } from '../../../shared/inbound/incoming-message.ts';
import { forwardReply } from '../../../shared/mail/forward-reply.ts';

const partnership = {
  sender: { name: 'Kent LCPGs', address: 'lcpg@kent.example.org' },
  contact: { name: 'Kent LCPG support', email: 'support@kent.example.org' },
};

const reply = (
  headers: Readonly<Record<string, string>> = {},
  body = 'I cannot come.\r\n> You wrote',
): Buffer => {
  const all = {
    From: 'Ann Lee <ann@example.org>',
    To: 'lcpg@reply.kent.example.org',
    Subject: 'Re: Ashford LCPG meeting',
    'Message-ID': '<1@example.org>',
    'Content-Type': 'text/plain; charset=utf-8',
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`);
};

const forward = async (raw: Buffer) =>
  forwardReply(await readMessage(raw), raw, partnership, '2026-10-01T09:00:00Z');

describe('a reply that goes on to the contact', () => {
  it('has its text quoted, the original attached, an answer going to its sender', async () => {
    const original = reply();
    const { raw, ...envelope } = await forward(original);
    expect(envelope).toStrictEqual({ from: 'lcpg@kent.example.org', to: 'support@kent.example.org' });
    const email = await PostalMime.parse(raw);
    expect(email.subject).toBe('Reply from Ann Lee: Re: Ashford LCPG meeting');
    expect(email.replyTo?.[0]?.address).toBe('ann@example.org');
    expect(email.text).toContain('Ann Lee (ann@example.org) replied');
    expect(email.text).toContain('> I cannot come.\n> > You wrote');
    expect(email.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated');
    expect(email.attachments.map(({ filename }) => filename)).toStrictEqual(['original.eml']);
    expect(Buffer.from(email.attachments[0]?.content as ArrayBuffer)).toStrictEqual(original);
  });

  it('is seven bits, whatever it holds', async () => {
    const { raw } = await forward(reply({ Subject: 'Über 日本' }, 'Grüße aus Kent 🙂'));
    expect(Buffer.from(raw).every((byte) => byte < 128)).toBe(true);
    expect((await PostalMime.parse(raw)).text).toContain('> Grüße aus Kent 🙂');
  });

  it('cannot add headers by what stands in its own', async () => {
    const { raw } = await forward(reply({ Subject: '=?utf-8?Q?a=0D=0ABcc:_x@example.org?=' }));
    const email = await PostalMime.parse(raw);
    expect(email.bcc ?? []).toStrictEqual([]);
    expect(email.subject).toContain('a Bcc: x@example.org');
  });
});
