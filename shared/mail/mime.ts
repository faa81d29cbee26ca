import { hash } from 'node:crypto';

import MimeNode from 'nodemailer/lib/mime-node';
import { encode, wrap } from 'nodemailer/lib/qp';

import { calendarFile } from './calendar.ts';
import type { ComposedEmail } from './compose.ts';
import { ledgerTag } from './ledger.ts';
import type { Addressed, WrittenEmail } from './mailer.ts';
import type { CalendarPart, Message, MessageSetting } from './messages.ts';
import { ledgerKey } from './messages.ts';
import { replyLocalPart, replyTokenOfLink } from '../web-links/reply-address.ts';
import { oneLine } from './text.ts';

/** What goes with the bytes of a message. */
export const addressed = (
  message: Message,
  { partnership }: Pick<MessageSetting, 'partnership'>,
): Addressed => {
  const key = ledgerKey(message);
  const from = oneLine(partnership.sender.address);
  return {
    ledgerKey: key,
    from,
    to: oneLine(message.to.email),
    messageId: `<${idOf(partnership.id, key)}@${from.slice(from.lastIndexOf('@') + 1)}>`,
    tags: {
      'ledger-key': ledgerTag(key),
      recipient: Buffer.from(message.to.id).toString('base64url'),
      partnership: Buffer.from(partnership.id).toString('base64url'),
    },
  };
};

const idOf = (partnership: string, key: string): string => hash('sha256', `${partnership}|${key}`, 'hex');

/**
 * The bytes of an email: the same inputs give the same ones. All of it is seven-bit: the parts are quoted-printable or
 * base64, the header is encoded by nodemailer. The parts are put together here, because nodemailer would stream each of
 * them, which takes seven times as long.
 */
export const toMime = (message: Message, setting: MessageSetting, composed: ComposedEmail): WrittenEmail => {
  const { partnership, sentAt } = setting;
  const envelope = addressed(message, setting);
  const id = idOf(partnership.id, envelope.ledgerKey);
  const body = parts(message, setting, composed, id.slice(0, 24));

  const header = new MimeNode(body.contentType, { baseBoundary: id });
  header.setHeader({
    from: { name: oneLine(partnership.sender.name), address: envelope.from },
    to: { name: oneLine(message.to.name), address: envelope.to },
    'reply-to': replyTo(message, setting),
    subject: oneLine(composed.subject),
    date: new Date(sentAt).toUTCString().replace('GMT', '+0000'),
    'message-id': envelope.messageId,
    ...composed.headers,
  });
  return { ...envelope, raw: Buffer.from(`${header.buildHeaders()}\r\n\r\n${body.content}`, 'utf8') };
};

/** Where a reply goes: about a request to an address of its own for that person and request, else to the contact. */
const replyTo = (message: Message, { partnership, receivesReplies }: MessageSetting) => {
  const link = 'link' in message ? message.link : 'receiptLink' in message ? message.receiptLink : null;
  const token = receivesReplies && link !== null ? replyTokenOfLink(link) : undefined;
  return token === undefined
    ? { name: oneLine(partnership.contact.name), address: oneLine(partnership.contact.email) }
    : {
        name: oneLine(partnership.sender.name),
        address: `${replyLocalPart(token)}@${oneLine(partnership.replyDomain)}`,
      };
};

interface Part {
  readonly contentType: string;
  readonly content: string;
}

const parts = (message: Message, setting: MessageSetting, composed: ComposedEmail, id: string): Part => {
  const readable = [
    quotedPrintable('text/plain; charset=utf-8', composed.text),
    // Base64 takes a tenth of the time of quoted-printable, and nobody reads HTML raw.
    entity('text/html; charset=utf-8', 'base64', base64(composed.html)),
  ];
  if (!('calendar' in message)) return multipart('alternative', id, readable);

  const calendar = message.calendar satisfies CalendarPart;
  const file = base64(calendarFile(calendar, message.to, setting));
  // Outlook and Gmail look for the alternative, and offer their buttons when its method agrees with the calendar's;
  // Apple's and other programs take the attachment.
  return multipart('mixed', `${id}-0`, [
    asEntity(
      multipart('alternative', `${id}-1`, [
        ...readable,
        entity(`text/calendar; charset=utf-8; method=${calendar.method}`, 'base64', file),
      ]),
    ),
    entity(
      `application/ics; name="${calendarFileName}"`,
      'base64',
      file,
      `Content-Disposition: attachment; filename="${calendarFileName}"\r\n`,
    ),
  ]);
};

const calendarFileName = 'meeting.ics';

/** The boundary has `=_`, which neither quoted-printable nor base64 can hold, so nothing typed can be taken for it. */
const multipart = (kind: 'alternative' | 'mixed', id: string, entities: readonly string[]): Part => {
  const boundary = `=_${id}`;
  return {
    contentType: `multipart/${kind}; boundary="${boundary}"`,
    content: `${entities.map((part) => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--\r\n`,
  };
};

const asEntity = ({ contentType, content }: Part): string => `Content-Type: ${contentType}\r\n\r\n${content}`;

const entity = (contentType: string, encoding: string, content: string, more = ''): string =>
  `Content-Type: ${contentType}\r\nContent-Transfer-Encoding: ${encoding}\r\n${more}\r\n${content}`;

const quotedPrintable = (contentType: string, text: string): string =>
  entity(contentType, 'quoted-printable', wrap(encode(text.replaceAll('\n', '\r\n'))));

const base64 = (text: string): string => {
  const whole = Buffer.from(text).toString('base64');
  let lines = whole.slice(0, 76);
  for (let at = 76; at < whole.length; at += 76) lines += `\r\n${whole.slice(at, at + 76)}`;
  return lines;
};
