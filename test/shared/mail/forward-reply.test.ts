import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';

import { forwardReply } from '../../../shared/mail/forward-reply.ts';
import type { ReceivedNotice } from '../../../shared/mail/receive-reply.ts';
import { receiveReply } from '../../../shared/mail/receive-reply.ts';

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

const forward = (raw: Buffer, verdicts = { spam: false, virus: false }) =>
  forwardReply({ raw, ...verdicts }, partnership);

describe('a reply', () => {
  it('is passed on to the contact: its text quoted, the original attached, an answer going to its sender', async () => {
    const original = reply();
    const forwarding = await forward(original);
    if (!forwarding.forward) throw new Error(forwarding.why);
    expect(forwarding).toMatchObject({ from: 'lcpg@kent.example.org', to: 'support@kent.example.org' });
    const email = await PostalMime.parse(forwarding.raw);
    expect(email.subject).toBe('Reply from Ann Lee: Re: Ashford LCPG meeting');
    expect(email.replyTo?.[0]?.address).toBe('ann@example.org');
    expect(email.text).toContain('Ann Lee (ann@example.org) replied');
    expect(email.text).toContain('> I cannot come.\n> > You wrote');
    expect(email.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated');
    expect(email.attachments.map(({ filename }) => filename)).toStrictEqual(['original.eml']);
    expect(Buffer.from(email.attachments[0]?.content as ArrayBuffer)).toStrictEqual(original);
  });

  it('is passed on as seven bits, whatever it holds', async () => {
    const forwarding = await forward(reply({ Subject: 'Über 日本' }, 'Grüße aus Kent 🙂'));
    if (!forwarding.forward) throw new Error(forwarding.why);
    expect(Buffer.from(forwarding.raw).every((byte) => byte < 128)).toBe(true);
    expect((await PostalMime.parse(forwarding.raw)).text).toContain('> Grüße aus Kent 🙂');
  });

  it('cannot add headers by what stands in its own', async () => {
    const forwarding = await forward(reply({ Subject: '=?utf-8?Q?a=0D=0ABcc:_x@example.org?=' }));
    if (!forwarding.forward) throw new Error(forwarding.why);
    const email = await PostalMime.parse(forwarding.raw);
    expect(email.bcc ?? []).toStrictEqual([]);
    expect(email.subject).toContain('a Bcc: x@example.org');
  });

  it.each([
    ['an absence note', { 'Auto-Submitted': 'auto-replied' }],
    ['a bounce', { 'Return-Path': '<>' }],
    ['a delivery report', { 'Content-Type': 'multipart/report; report-type=delivery-status; boundary=x' }],
    ['a mailing list', { 'List-Id': '<council.example.org>' }],
    ['bulk mail', { Precedence: 'bulk' }],
    ["a mail server's own", { From: 'MAILER-DAEMON@example.org' }],
    ['an address that takes no answers', { From: 'noreply@example.org' }],
    ['nobody', { From: '' }],
  ])('that is %s is kept and not passed on', async (_what, headers) => {
    expect(await forward(reply(headers))).toStrictEqual({ forward: false, why: 'automatic' });
  });

  it('that says it is not automatic is passed on', async () => {
    expect(await forward(reply({ 'Auto-Submitted': 'no' }))).toMatchObject({ forward: true });
  });

  it('that is our own email coming back is not passed on', async () => {
    expect(await forward(reply({ From: 'LCPG@kent.example.org' }))).toStrictEqual({
      forward: false,
      why: 'own',
    });
  });

  it('with a virus, or that is spam, is not passed on', async () => {
    expect(await forward(reply(), { spam: true, virus: false })).toStrictEqual({
      forward: false,
      why: 'spam',
    });
    expect(await forward(reply(), { spam: true, virus: true })).toStrictEqual({
      forward: false,
      why: 'virus',
    });
  });
});

describe('a notice that an email has come', () => {
  const directories = ['kent', 'surrey'].map((id) => ({
    partnership: () =>
      Promise.resolve({
        id,
        replyDomain: `reply.${id}.example.org`,
        sender: { name: id, address: `lcpg@${id}.example.org` },
        contact: { name: id, email: `support@${id}.example.org` },
      } as never),
  }));
  const notice = (to: string, verdicts: { spam?: string } = {}): ReceivedNotice => ({
    mail: { messageId: 'm1' },
    receipt: {
      recipients: [to],
      spamVerdict: { status: verdicts.spam ?? 'PASS' },
      virusVerdict: { status: 'PASS' },
    },
  });
  const handle = async (received: ReceivedNotice) => {
    const sent: string[] = [];
    const result = await receiveReply(received, {
      directories,
      originals: {
        get: (key) =>
          Promise.resolve(key === 'm1' ? { body: reply(), contentType: 'message/rfc822' } : undefined),
      },
      send: ({ to }) => {
        sent.push(to);
        return Promise.resolve();
      },
    });
    return { result, sent };
  };

  it('goes to the contact of the partnership whose address it was sent to', async () => {
    expect(await handle(notice('anything@Reply.Surrey.example.org'))).toStrictEqual({
      result: 'forwarded',
      sent: ['support@surrey.example.org'],
    });
  });

  it('for an address of none of ours goes to nobody', async () => {
    expect(await handle(notice('x@elsewhere.example.org'))).toStrictEqual({
      result: 'unknown-address',
      sent: [],
    });
  });

  it('heeds what the receiving service found', async () => {
    expect(await handle(notice('x@reply.kent.example.org', { spam: 'FAIL' }))).toStrictEqual({
      result: 'spam',
      sent: [],
    });
  });

  it('fails, to be tried again, while the original is not there', async () => {
    const parts = {
      directories,
      originals: { get: () => Promise.resolve(undefined) },
      send: () => Promise.resolve(),
    };
    await expect(receiveReply(notice('x@reply.kent.example.org'), parts)).rejects.toThrow(
      'not in the bucket',
    );
  });
});
