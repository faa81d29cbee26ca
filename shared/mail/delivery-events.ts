import * as z from 'zod/mini';

import type { Correspondence } from '../store/correspondence.ts';
import type { Instant } from '../time/calendar.ts';
import type { DeliveryNews, Suppression } from './ledger.ts';

/** What became of one event, for the log. */
export type RecordedEvent =
  | { readonly result: 'recorded'; readonly state: string }
  /** An event of a kind that the ledger does not keep, or of an email that is not ours. */
  | { readonly result: 'ignored'; readonly why: 'kind' | 'untagged' | 'unknown-email' };

export interface DeliveryEventParts {
  /** The ledger of a partnership, by its id. */
  readonly correspondenceOf: (partnership: string) => Correspondence;
}

// SES writes milliseconds; instants here are whole seconds.
const instant = z.pipe(
  z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/u)),
  z.transform((text): Instant => `${text.slice(0, 19)}Z`),
);
const tag = z.optional(z.array(z.string()));

const mail = z.object({
  timestamp: instant,
  messageId: z.string(),
  destination: z.array(z.string()),
  tags: z.optional(z.object({ 'ledger-key': tag, recipient: tag, partnership: tag })),
});
const recipients = z.optional(
  z.array(z.object({ status: z.optional(z.string()), diagnosticCode: z.optional(z.string()) })),
);

const sesEvent = z.discriminatedUnion('eventType', [
  z.object({ eventType: z.literal('Send'), mail }),
  z.object({ eventType: z.literal('Delivery'), mail, delivery: z.object({ timestamp: instant }) }),
  z.object({
    eventType: z.literal('Bounce'),
    mail,
    bounce: z.object({
      timestamp: instant,
      bounceType: z.string(),
      bounceSubType: z.optional(z.string()),
      bouncedRecipients: recipients,
    }),
  }),
  z.object({
    eventType: z.literal('Complaint'),
    mail,
    complaint: z.object({
      timestamp: instant,
      complaintFeedbackType: z.optional(z.nullable(z.string())),
      complaintSubType: z.optional(z.nullable(z.string())),
    }),
  }),
  z.object({
    eventType: z.literal('Reject'),
    mail,
    reject: z.object({ reason: z.optional(z.string()) }),
  }),
  z.object({
    eventType: z.literal('DeliveryDelay'),
    mail,
    deliveryDelay: z.object({ timestamp: instant, delayType: z.optional(z.string()) }),
  }),
]);
type SesEvent = z.infer<typeof sesEvent>;
const kinds: ReadonlySet<unknown> = new Set<SesEvent['eventType']>([
  'Send',
  'Delivery',
  'Bounce',
  'Complaint',
  'Reject',
  'DeliveryDelay',
]);

/**
 * Takes in one event of SES, as its configuration set publishes it through SNS. Events come late, doubled and in any
 * order; the ledger sorts that out. An address that bounces for good, or complains, is not written to again.
 * @throws when it is an event of a known kind that lacks what such events have
 */
export const recordDeliveryEvent = async (
  event: unknown,
  { correspondenceOf }: DeliveryEventParts,
): Promise<RecordedEvent> => {
  if (!isKnownKind(event)) return { result: 'ignored', why: 'kind' };
  const read = z.parse(sesEvent, event);
  const tags = read.mail.tags;
  const partnership = decoded(tags?.partnership?.[0]);
  const person = decoded(tags?.recipient?.[0]);
  const ledgerTag = tags?.['ledger-key']?.[0];
  if (partnership === undefined || person === undefined || ledgerTag === undefined)
    return { result: 'ignored', why: 'untagged' };

  const correspondence = correspondenceOf(partnership);
  const news = newsOf(read);
  const suppression = suppressionAfter(news, read.mail.destination[0]);
  // First, so that an event that is handled again after a crash in between does both.
  if (suppression !== null) await correspondence.suppress(suppression);
  const row = await correspondence.recordNews({ person, tag: ledgerTag }, news);
  return row === undefined
    ? { result: 'ignored', why: 'unknown-email' }
    : { result: 'recorded', state: row.state };
};

const isKnownKind = (event: unknown): boolean =>
  typeof event === 'object' && event !== null && 'eventType' in event && kinds.has(event.eventType);

const decoded = (value: string | undefined): string | undefined =>
  value === undefined ? undefined : Buffer.from(value, 'base64url').toString();

const newsOf = (event: SesEvent): DeliveryNews => {
  const sent = { sentAt: event.mail.timestamp, serviceId: event.mail.messageId };
  switch (event.eventType) {
    case 'Send':
      return { ...sent, at: sent.sentAt, what: 'sent' };
    case 'Delivery':
      return { ...sent, at: event.delivery.timestamp, what: 'delivered' };
    case 'Bounce': {
      const { bounce } = event;
      const recipient = bounce.bouncedRecipients?.[0];
      return {
        ...sent,
        at: bounce.timestamp,
        what: 'bounced',
        permanent: bounce.bounceType === 'Permanent',
        detail: inWords(
          bounce.bounceType,
          bounce.bounceSubType,
          recipient?.status,
          recipient?.diagnosticCode,
        ),
      };
    }
    case 'Complaint':
      return {
        ...sent,
        at: event.complaint.timestamp,
        what: 'complained',
        detail: inWords(event.complaint.complaintFeedbackType, event.complaint.complaintSubType),
      };
    case 'Reject':
      return { ...sent, at: sent.sentAt, what: 'refused', detail: inWords(event.reject.reason) };
    case 'DeliveryDelay':
      return {
        ...sent,
        at: event.deliveryDelay.timestamp,
        what: 'delayed',
        detail: inWords('delayed', event.deliveryDelay.delayType),
      };
  }
};

const suppressionAfter = (news: DeliveryNews, address: string | undefined): Suppression | null => {
  if (address === undefined) return null;
  if (news.what === 'bounced' && news.permanent)
    return { address, reason: 'bounce', detail: news.detail, since: news.at };
  if (news.what === 'complained')
    return { address, reason: 'complaint', detail: news.detail, since: news.at };
  return null;
};

/** The parts that are there; a mail server's own words can be long. */
const inWords = (...parts: readonly (string | null | undefined)[]): string =>
  parts
    .filter((part) => part !== undefined && part !== null && part !== '')
    .join(' ')
    .slice(0, 300)
    .toWellFormed();
