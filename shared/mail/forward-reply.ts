import { hash } from 'node:crypto';

import type { Partnership } from '../domain/partnership.ts';
import type { IncomingMessage } from '../inbound/incoming-message.ts';
import { base64, entity, messageDate, multipart, quotedPrintable, wholeMessage } from './mime-parts.ts';
import { oneLine } from './text.ts';
import type { Instant } from '../time/calendar.ts';

/** A reply on its way to the partnership's contact. */
export interface ForwardedReply {
  readonly raw: Uint8Array;
  readonly from: string;
  readonly to: string;
}

/** A reply's own text, each line marked as quoted. */
const quoted = (text: string): string =>
  text
    .trim()
    .split(/\r\n|\n|\r/u)
    .map((line) => `> ${line}`)
    .join('\n');

const longestQuote = 20_000;

/** The email with which a reply is passed on to the contact: its text quoted, the original attached. */
export const forwardReply = (
  message: Pick<IncomingMessage, 'from' | 'subject' | 'text'>,
  original: Uint8Array,
  partnership: Pick<Partnership, 'sender' | 'contact'>,
  sentAt: Instant,
): ForwardedReply => {
  const address = oneLine(message.from?.address ?? '');
  const name = oneLine(message.from?.name ?? '');
  const who = name === '' ? address : `${name} (${address})`;
  const text = message.text.slice(0, longestQuote);
  const words = [
    `${who} replied to an email of ${partnership.sender.name}:`,
    text.trim() === '' ? 'The reply has no plain text: please open the attached original.' : quoted(text),
    'Answer this email to write to the sender. Nothing has been recorded from the reply; the original is attached.',
  ].join('\n\n');
  const sender = oneLine(partnership.sender.address);
  const id = hash('sha256', original);
  const raw = wholeMessage(
    {
      From: { name: oneLine(partnership.sender.name), address: sender },
      To: { name: oneLine(partnership.contact.name), address: partnership.contact.email },
      'Reply-To': address,
      Subject: `Reply from ${name === '' ? address : name}: ${oneLine(message.subject)}`,
      Date: messageDate(sentAt),
      'Message-ID': `<${id}@${sender.slice(sender.lastIndexOf('@') + 1)}>`,
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'OOF, AutoReply',
    },
    multipart('mixed', id.slice(0, 24), [
      quotedPrintable('text/plain; charset=utf-8', words),
      // Not message/rfc822, which may not be encoded and so may not hold eight-bit text.
      entity(
        'application/octet-stream; name="original.eml"',
        'base64',
        base64(original),
        'Content-Disposition: attachment; filename="original.eml"\r\n',
      ),
    ]),
  );
  return { raw, from: sender, to: partnership.contact.email };
};
