import type { Partnership } from '../domain/partnership.ts';
import type { Correspondence } from '../store/correspondence.ts';
import type { Instant } from '../time/calendar.ts';
import { toInstant } from '../time/calendar.ts';
import type { Clock } from '../time/clock.ts';
import { compose } from './compose.ts';
import type { ClaimedRow, LedgerRow, Suppression } from './ledger.ts';
import type { Mailer, OutgoingEmail } from './mailer.ts';
import { NotSent } from './mailer.ts';
import type { Message, MessageSetting } from './messages.ts';
import { ledgerKey } from './messages.ts';
import { toMime } from './mime.ts';
import type { Post, Posted } from './post.ts';
import { NotSettled } from './post.ts';

export interface LedgerPostParts {
  readonly clock: Clock;
  readonly correspondence: Correspondence;
  readonly mailer: Mailer;
  readonly partnership: Partnership;
  /** Whether replies are taken in at the partnership's reply domain. */
  readonly receivesReplies: boolean;
  /** Makes the bytes of a message; the same each time but for its date. */
  readonly render?: (message: Message, setting: MessageSetting) => OutgoingEmail | Promise<OutgoingEmail>;
  /** How many emails are under way at once. */
  readonly concurrency?: number;
}

/** What one attempt came to; `uncertain` when it is not known whether the email went. */
type Attempted = Posted['outcome'] | 'uncertain';

const renderEmail = (message: Message, setting: MessageSetting): OutgoingEmail =>
  toMime(message, setting, compose(message, setting));

/**
 * Sends by the ledger: each message is claimed before the mailer is called and settled after, so that a task which is
 * run again sends only what has not gone. Claims are made in the order of the messages.
 */
export class LedgerPost implements Post {
  readonly #parts: Required<LedgerPostParts>;

  constructor(parts: LedgerPostParts) {
    this.#parts = { render: renderEmail, concurrency: 8, ...parts };
  }

  /**
   * @throws after all messages were tried: `NotSent` where some may go later, `NotSettled` where it is not known whether
   * some went, or what else went wrong with one before it was claimed. Sending the same messages again is always right.
   */
  async send(messages: readonly Message[]): Promise<readonly Posted[]> {
    const { correspondence, concurrency } = this.#parts;
    const suppressions = await correspondence.suppressionsOf(messages.map(({ to }) => to.email));
    const first = new Map<string, number>();
    messages.forEach((message, at) => {
      const key = ledgerKey(message);
      if (!first.has(key)) first.set(key, at);
    });
    const unique = [...first.values()];
    const tries = new Map<number, Attempted | { readonly failed: unknown }>();
    await eachOf(unique, concurrency, async (at) => {
      const message = messages[at];
      if (message !== undefined) tries.set(at, await this.#try(message, suppressions[at]));
    });

    const failures = [...tries.values()].filter((outcome) => typeof outcome === 'object');
    if (failures.length > 0) throw whyNotAll(failures, unique.length);
    const unsettled = [...tries.values()].filter((outcome) => outcome === 'uncertain').length;
    if (unsettled > 0) throw new NotSettled(unsettled, unique.length);
    return messages.map((message, at) => {
      const key = ledgerKey(message);
      const outcome = tries.get(first.get(key) ?? at) as Posted['outcome'];
      return { ledgerKey: key, outcome: first.get(key) === at || outcome !== 'sent' ? outcome : 'already' };
    });
  }

  async #try(
    message: Message,
    suppression: Suppression | undefined,
  ): Promise<Attempted | { readonly failed: unknown }> {
    try {
      return await this.#send(message, suppression);
    } catch (failed) {
      return { failed };
    }
  }

  async #send(message: Message, suppression: Suppression | undefined): Promise<Attempted> {
    const { clock, correspondence, mailer, partnership, receivesReplies, render } = this.#parts;
    const now = toInstant(clock.now());
    if (suppression !== undefined)
      return standingOutcome(await correspondence.recordSuppressed(message, suppression, now));
    // A message that cannot be rendered is not claimed.
    const email = await render(message, { partnership, sentAt: now, receivesReplies });
    const claim = await correspondence.claim(message, now);
    if (claim.claimed === undefined) return standingOutcome(claim.standing);

    let serviceId: string;
    try {
      ({ serviceId } = await mailer.send(email));
    } catch (error) {
      return this.#settleFailure(claim.claimed, error);
    }
    const sentAt = toInstant(clock.now());
    try {
      const news = { what: 'sent', at: sentAt, sentAt, serviceId } as const;
      await correspondence.recordNews(claim.claimed, news, claim.claimed);
      return 'sent';
    } catch {
      // It went, but the ledger does not know yet: the service's Send event will tell it.
      return 'uncertain';
    }
  }

  async #settleFailure(claimed: ClaimedRow, error: unknown): Promise<Attempted> {
    const { clock, correspondence } = this.#parts;
    // Whether it went is not known, so the claim stands until the service's event, or the time of grace, settles it.
    if (!(error instanceof NotSent)) return 'uncertain';
    const now: Instant = toInstant(clock.now());
    if (error.retryable) {
      await correspondence.release(claimed, error.message, now);
      throw error;
    }
    await correspondence.refuse(claimed, error.message, now);
    return 'refused';
  }
}

/** What a row that could not be claimed says of the message. */
const standingOutcome = (row: LedgerRow): Attempted => {
  switch (row.state) {
    case 'sent':
    case 'delivered':
    case 'bounced':
    case 'complained':
      return 'already';
    case 'refused':
      return 'refused';
    case 'suppressed':
      return 'suppressed';
    case 'claimed':
    case 'released':
      return 'uncertain';
  }
};

const whyNotAll = (failures: readonly { readonly failed: unknown }[], of: number): unknown => {
  const other = failures.find(({ failed }) => !(failed instanceof NotSent && failed.retryable));
  if (other !== undefined) return other.failed;
  const reason = failures[0]?.failed instanceof Error ? failures[0].failed.message : '';
  return new NotSent(`${String(failures.length)} of ${String(of)} emails did not go yet: ${reason}`, true);
};

/** Does the work for each item, in order, so many at once. The work never throws. */
const eachOf = async <T>(
  items: readonly T[],
  concurrency: number,
  work: (item: T) => Promise<void>,
): Promise<void> => {
  const waiting = items.values();
  await Promise.all(
    Array.from({ length: Math.min(concurrency, items.length) }, async () => {
      for (const item of waiting) await work(item);
    }),
  );
};
