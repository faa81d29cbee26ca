import { hash } from 'node:crypto';

import { calendarFile } from './calendar.ts';
import type { ComposedEmail } from './compose.ts';
import { ledgerTag } from './ledger.ts';
import type { Addressed, WrittenEmail } from './mailer.ts';
import type { CalendarPart, Message, MessageSetting } from './messages.ts';
import { ledgerKey } from './messages.ts';
import type { Part } from './mime-parts.ts';
import {
  asEntity,
  base64,
  entity,
  messageDate,
  multipart,
  quotedPrintable,
  wholeMessage,
} from './mime-parts.ts';
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

/** The bytes of an email: the same inputs give the same ones, and all of them are seven-bit. */
export const toMime = (message: Message, setting: MessageSetting, composed: ComposedEmail): WrittenEmail => {
  const { partnership, sentAt } = setting;
  const envelope = addressed(message, setting);
  const id = idOf(partnership.id, envelope.ledgerKey);
  const body = parts(message, setting, composed, id.slice(0, 24));

  const headers = {
    From: { name: oneLine(partnership.sender.name), address: envelope.from },
    To: { name: oneLine(message.to.name), address: envelope.to },
    'Reply-To': replyTo(message, setting),
    Subject: oneLine(composed.subject),
    Date: messageDate(sentAt),
    'Message-ID': envelope.messageId,
    ...composed.headers,
  };
  return { ...envelope, raw: wholeMessage(headers, body) };
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

const parts = (message: Message, setting: MessageSetting, composed: ComposedEmail, id: string): Part => {
  const readable = [
    quotedPrintable('text/plain; charset=utf-8', composed.text),
    // Base64 takes a tenth of the time of quoted-printable, and nobody reads HTML raw.
    entity('text/html; charset=utf-8', 'base64', base64(composed.html)),
  ];
  if (!('calendar' in message) || message.calendar === null) return multipart('alternative', id, readable);

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
