import MailComposer from 'nodemailer/lib/mail-composer';
import PostalMime from 'postal-mime';

import type { Partnership } from '../domain/partnership.ts';
import { oneLine } from './text.ts';

/** An email that somebody sent to a partnership's reply address, and what the receiving service found about it. */
export interface IncomingEmail {
  readonly raw: Uint8Array;
  readonly spam: boolean;
  readonly virus: boolean;
}

/** A reply on its way to the partnership's contact, or why it does not go there. */
export type Forwarding =
  | { readonly forward: true; readonly raw: Uint8Array; readonly from: string; readonly to: string }
  | { readonly forward: false; readonly why: 'spam' | 'virus' | 'automatic' | 'own' };

type Email = Awaited<ReturnType<typeof PostalMime.parse>>;

const headerOf = (email: Email, name: string): string =>
  email.headers
    .find(({ key }) => key === name)
    ?.value.trim()
    .toLowerCase() ?? '';

/**
 * Whether a machine wrote an email: an absence note, a bounce, a list. Nobody is written to about those, or two machines
 * might write to each other for ever. RFC 3834.
 */
const isAutomatic = (email: Email): boolean => {
  const autoSubmitted = headerOf(email, 'auto-submitted');
  const sender = email.from?.address?.toLowerCase() ?? '';
  return (
    (autoSubmitted !== '' && !autoSubmitted.startsWith('no')) ||
    headerOf(email, 'return-path') === '<>' ||
    ['bulk', 'list', 'junk', 'auto_reply'].includes(headerOf(email, 'precedence')) ||
    email.headers.some(({ key }) =>
      ['list-id', 'list-unsubscribe', 'x-autoreply', 'x-autorespond', 'x-failed-recipients'].includes(key),
    ) ||
    headerOf(email, 'content-type').startsWith('multipart/report') ||
    /^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)([-+@]|$)/.test(sender) ||
    sender === ''
  );
};

/** A reply's own text, each line marked as quoted. */
const quoted = (text: string): string =>
  text
    .trim()
    .split(/\r\n|\n|\r/u)
    .map((line) => `> ${line}`)
    .join('\n');

const longestQuote = 20_000;

/** The email with which a reply is passed on to the contact: its text quoted, the original attached. */
export const forwardReply = async (
  incoming: IncomingEmail,
  partnership: Pick<Partnership, 'sender' | 'contact'>,
): Promise<Forwarding> => {
  if (incoming.virus) return { forward: false, why: 'virus' };
  if (incoming.spam) return { forward: false, why: 'spam' };
  const email = await PostalMime.parse(incoming.raw);
  if (isAutomatic(email)) return { forward: false, why: 'automatic' };
  const address = email.from?.address ?? '';
  if (address.toLowerCase() === partnership.sender.address.toLowerCase())
    return { forward: false, why: 'own' };
  const name = oneLine(email.from?.name ?? '');
  const who = name === '' ? oneLine(address) : `${name} (${oneLine(address)})`;
  const text = (email.text ?? '').slice(0, longestQuote);
  const raw = await new MailComposer({
    from: { name: oneLine(partnership.sender.name), address: partnership.sender.address },
    to: { name: oneLine(partnership.contact.name), address: partnership.contact.email },
    replyTo: oneLine(address),
    subject: `Reply from ${name === '' ? oneLine(address) : name}: ${oneLine(email.subject ?? '')}`,
    text: [
      `${who} replied to an email of ${partnership.sender.name}:`,
      text.trim() === '' ? 'The reply has no plain text: please open the attached original.' : quoted(text),
      'Answer this email to write to the sender. Nothing has been recorded from the reply; the original is attached.',
    ].join('\n\n'),
    textEncoding: 'base64',
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'OOF, AutoReply' },
    attachments: [
      {
        filename: 'original.eml',
        content: Buffer.from(incoming.raw),
        // Not message/rfc822, which may not be encoded and so may not hold eight-bit text.
        contentType: 'application/octet-stream',
      },
    ],
  })
    .compile()
    .build();
  return { forward: true, raw, from: partnership.sender.address, to: partnership.contact.email };
};
