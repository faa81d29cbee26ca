import { hash } from 'node:crypto';

import type { Instant } from '../time/calendar.ts';
import type { Message } from './messages.ts';
import { ledgerKey } from './messages.ts';

/** A ledger key as the sending service takes it for a tag, which may hold letters, digits, `-` and `_` only. */
export const ledgerTag = (key: string): string => hash('sha256', key, 'base64url');

/** How long an attempt whose outcome is not known keeps others from sending the same email, in seconds. */
export const claimGraceSeconds = 15 * 60;

interface LedgerBase {
  /** `ledgerTag` of the ledger key. */
  readonly tag: string;
  readonly kind: Message['kind'];
  readonly about: string;
  readonly occurrence: string;
  /** Person id of the recipient. */
  readonly person: string;
  /** Where it went, or was to go. */
  readonly address: string;
  /** Which try it is, from 1. All tries have the same Message-ID. */
  readonly attempt: number;
  /** When the latest try began. */
  readonly claimedAt: Instant;
  /** The last news that changed nothing: a delay, a bounce that may pass. */
  readonly note: LedgerNote | null;
  /** Rises with every write. */
  readonly revision: number;
}

export interface LedgerNote {
  readonly at: Instant;
  readonly detail: string;
}

/** Somebody is about to send it, or was when they died: whether it went is not known. */
export interface ClaimedRow extends LedgerBase {
  readonly state: 'claimed';
  /** Whose claim it is: another for each call that claims. Rows of earlier releases have none. */
  readonly claimId?: string;
}
/** It certainly did not go, and may be tried again. */
export interface ReleasedRow extends LedgerBase {
  readonly state: 'released';
  readonly releasedAt: Instant;
  readonly reason: string;
}
interface Sent {
  readonly sentAt: Instant;
  /** The sending service's own id. */
  readonly serviceId: string;
}
export interface SentRow extends LedgerBase, Sent {
  readonly state: 'sent';
}
/** The recipient's server has it. */
export interface DeliveredRow extends LedgerBase, Sent {
  readonly state: 'delivered';
  readonly deliveredAt: Instant;
}
/** The recipient's server does not take it; `permanent` when it never will. */
export interface BouncedRow extends LedgerBase, Sent {
  readonly state: 'bounced';
  readonly bouncedAt: Instant;
  readonly permanent: boolean;
  readonly detail: string;
}
/** The recipient called it unwanted. */
export interface ComplainedRow extends LedgerBase, Sent {
  readonly state: 'complained';
  readonly complainedAt: Instant;
  readonly detail: string;
}
/** The sending service will not send it. */
export interface RefusedRow extends LedgerBase {
  readonly state: 'refused';
  readonly refusedAt: Instant;
  readonly reason: string;
}
/** Not sent, because the address bounced or complained before. */
export interface SuppressedRow extends LedgerBase {
  readonly state: 'suppressed';
  readonly suppressedAt: Instant;
  readonly reason: string;
}

/** What is known of one email: one row for each ledger key. */
export type LedgerRow =
  ClaimedRow | ReleasedRow | SentRow | DeliveredRow | BouncedRow | ComplainedRow | RefusedRow | SuppressedRow;

export type LedgerState = LedgerRow['state'];

/** An address to which nothing is sent. */
export interface Suppression {
  readonly address: string;
  readonly reason: 'bounce' | 'complaint';
  readonly detail: string;
  readonly since: Instant;
}

/** What a row of any state has, without what belongs to its state. */
export const ledgerBase = (row: LedgerRow): LedgerBase => {
  const { tag, kind, about, occurrence, person, address, attempt, claimedAt, note, revision } = row;
  return { tag, kind, about, occurrence, person, address, attempt, claimedAt, note, revision };
};

/** The first claim of a message. */
export const firstClaim = (message: Message, at: Instant, claimId: string): ClaimedRow => ({
  state: 'claimed',
  claimId,
  tag: ledgerTag(ledgerKey(message)),
  kind: message.kind,
  about: message.about,
  occurrence: message.occurrence,
  person: message.to.id,
  address: message.to.email,
  attempt: 1,
  claimedAt: at,
  note: null,
  revision: 1,
});

/** Something that the sending service tells of an email. */
export type DeliveryNews = {
  readonly at: Instant;
  /** When the service took the email, and its own id of it: every piece of news repeats these. */
  readonly sentAt: Instant;
  readonly serviceId: string;
} & (
  | { readonly what: 'sent' }
  | { readonly what: 'delivered' }
  | { readonly what: 'delayed'; readonly detail: string }
  | { readonly what: 'bounced'; readonly permanent: boolean; readonly detail: string }
  | { readonly what: 'complained'; readonly detail: string }
  | { readonly what: 'refused'; readonly detail: string }
);

/** How much a state says: news never takes a row to one that says less. */
const weight = (row: LedgerRow): number => {
  switch (row.state) {
    case 'claimed':
    case 'released':
    case 'suppressed':
      return 0;
    case 'sent':
      return 1;
    case 'bounced':
      // One that may pass can be an absence note, which comes after the delivery; or the delivery comes after all.
      return row.permanent ? 4 : 2;
    case 'delivered':
      return 3;
    case 'refused':
      return 5;
    case 'complained':
      return 6;
  }
};

/**
 * A row after news from the sending service: the same whatever the order of the news and however often each comes, but
 * for the note. Returns the same row when the news changes nothing.
 */
export const afterNews = (row: LedgerRow, news: DeliveryNews): LedgerRow => {
  const next = rowOfNews(row, news);
  if (next === null || weight(next) <= weight(row)) return withNote(row, news);
  return { ...next, revision: row.revision + 1 };
};

const rowOfNews = (row: LedgerRow, news: DeliveryNews): LedgerRow | null => {
  const base = ledgerBase(row);
  const sent = { sentAt: news.sentAt, serviceId: news.serviceId };
  switch (news.what) {
    case 'sent':
      return { ...base, ...sent, state: 'sent' };
    case 'delivered':
      return { ...base, ...sent, state: 'delivered', deliveredAt: news.at };
    case 'bounced':
      return {
        ...base,
        ...sent,
        state: 'bounced',
        bouncedAt: news.at,
        permanent: news.permanent,
        detail: news.detail,
      };
    case 'complained':
      return { ...base, ...sent, state: 'complained', complainedAt: news.at, detail: news.detail };
    case 'refused':
      return { ...base, state: 'refused', refusedAt: news.at, reason: news.detail };
    case 'delayed':
      return null;
  }
};

/** The row with a note of news that do not change its state, if they say anything that the state does not. */
const withNote = (row: LedgerRow, news: DeliveryNews): LedgerRow => {
  const worthNoting = news.what === 'delayed' || (news.what === 'bounced' && row.state === 'delivered');
  if (!worthNoting || (row.note !== null && row.note.at >= news.at)) return row;
  return { ...row, note: { at: news.at, detail: news.detail }, revision: row.revision + 1 };
};
