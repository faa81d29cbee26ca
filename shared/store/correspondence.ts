import { randomUUID } from 'node:crypto';

import type { Person } from '../domain/partnership.ts';
import type { ClaimedRow, DeliveryNews, LedgerRow, LedgerState, Suppression } from '../mail/ledger.ts';
import { afterNews, claimGraceSeconds, firstClaim, ledgerBase } from '../mail/ledger.ts';
import type { Message } from '../mail/messages.ts';
import type { Instant } from '../time/calendar.ts';
import { addSeconds } from '../time/calendar.ts';
import { fromItem, fromItemOrNone, toItem } from './items.ts';
import type { Condition, Item, Key, Table } from './table.ts';
import { ConditionFailed } from './table.ts';

/** States by which rows can be listed: whatever may need somebody's attention. */
export const listedStates = [
  'claimed',
  'released',
  'bounced',
  'complained',
  'refused',
  'suppressed',
] as const;
export type ListedState = (typeof listedStates)[number];

/** A claim that was got, or the row that stands in its way. */
export type Claim =
  | { readonly claimed: ClaimedRow; readonly standing?: never }
  | { readonly claimed?: never; readonly standing: LedgerRow };

/** How long it is kept what became of an email, from its latest try: nothing is sent again that much later. */
const keptDays = 400;

/** How long nothing is sent to an address: a mailbox may be there again, a reader who complained decides for longer. */
const suppressedDays: Readonly<Record<Suppression['reason'], number>> = { bounce: 730, complaint: 2190 };

/** Each conflict means that another writer got on, and an email has few of them. */
const mostConflicts = 20;

/**
 * The ledger of one partnership's emails and the addresses to which nothing is sent. Every change of a row is one
 * conditional write: the states that allow it stand beside it.
 */
export class Correspondence {
  readonly #table: Table;
  readonly #partnership: string;

  constructor(table: Table, partnership: string) {
    this.#table = table;
    this.#partnership = partnership;
  }

  /** What is known of one email. */
  async row(email: Pick<LedgerRow, 'person' | 'tag'>): Promise<LedgerRow | undefined> {
    const item = await this.#table.get(this.#keyOf(email));
    return fromItemOrNone<LedgerRow>(item);
  }

  /** All emails to a person, in no order that means anything. */
  async *ofPerson(person: string): AsyncGenerator<LedgerRow, void> {
    for await (const item of this.#table.queryAll({ pk: this.#recipient(person), beginsWith: 'email#' }))
      yield fromItem<LedgerRow>(item);
  }

  /**
   * Rows of a state, oldest first, up to an instant: of `claimed` ones, those whose outcome has been unknown since then.
   */
  async *inState(state: ListedState, until?: Instant): AsyncGenerator<LedgerRow, void> {
    const pk = this.#listing(state);
    // `~` sorts after every tag.
    const query = until === undefined ? { pk } : { pk, to: `${until}~` };
    for await (const item of this.#table.queryAll({ index: 'gsi1', ...query }))
      yield fromItem<LedgerRow>(item);
  }

  /** How many rows are in a state. */
  async count(state: ListedState): Promise<number> {
    let count = 0;
    for await (const row of this.inState(state)) count += row.state === state ? 1 : 0;
    return count;
  }

  /**
   * Takes the right to send an email: of the first try; again after one that certainly failed; or after one whose
   * outcome has stayed unknown for the time of grace.
   */
  async claim(message: Message, at: Instant): Promise<Claim> {
    const first = firstClaim(message, at, randomUUID());
    let standing = await this.#tryPut(first, [[{ attribute: 'state', is: 'absent' }]]);
    if (standing === undefined) return { claimed: first };
    for (let conflicts = 0; conflicts < mostConflicts && mayClaimAgain(standing, at); conflicts += 1) {
      const again: ClaimedRow = {
        ...first,
        attempt: standing.attempt + 1,
        note: standing.note,
        revision: standing.revision + 1,
      };
      const now: LedgerRow | undefined = await this.#change(again, standing, [
        'released',
        'suppressed',
        'claimed',
      ]);
      if (now === undefined) return { claimed: again };
      standing = now;
    }
    return { standing };
  }

  /** Gives a claim back: the email certainly did not go, and may be tried again at once. */
  async release(claimed: ClaimedRow, reason: string, at: Instant): Promise<void> {
    const next: LedgerRow = {
      ...ledgerBase(claimed),
      state: 'released',
      releasedAt: at,
      reason,
      ...risen(claimed),
    };
    await this.#change(next, claimed, ['claimed']);
  }

  /** The sending service will never take the email. */
  async refuse(claimed: ClaimedRow, reason: string, at: Instant): Promise<void> {
    const next: LedgerRow = {
      ...ledgerBase(claimed),
      state: 'refused',
      refusedAt: at,
      reason,
      ...risen(claimed),
    };
    await this.#change(next, claimed, ['claimed']);
  }

  /** Notes that an email was not sent because its address is suppressed. Returns the row that stands. */
  async recordSuppressed(message: Message, suppression: Suppression, at: Instant): Promise<LedgerRow> {
    const row: LedgerRow = {
      ...ledgerBase(firstClaim(message, at, '')),
      state: 'suppressed',
      suppressedAt: at,
      reason: suppression.reason,
    };
    const standing = await this.#tryPut(row, [[{ attribute: 'state', is: 'absent' }]]);
    if (standing === undefined) return row;
    if (standing.state !== 'released') return standing;
    const next: LedgerRow = {
      ...ledgerBase(standing),
      state: 'suppressed',
      suppressedAt: at,
      reason: suppression.reason,
      ...risen(standing),
    };
    return (await this.#change(next, standing, ['released'])) ?? next;
  }

  /**
   * Takes in what the sending service tells of an email. News come late, twice and in any order: those that say less
   * than what is known change nothing. Returns the row, or undefined where no such email is known.
   */
  async recordNews(
    email: Pick<LedgerRow, 'person' | 'tag'>,
    news: DeliveryNews,
    known?: LedgerRow,
  ): Promise<LedgerRow | undefined> {
    let row = known ?? (await this.row(email));
    for (let conflicts = 0; conflicts < mostConflicts; conflicts += 1) {
      if (row === undefined) return undefined;
      const next = afterNews(row, news);
      if (next === row) return row;
      const now = await this.#change(next, row, [row.state]);
      if (now === undefined) return next;
      row = now;
    }
    throw new Error(`the ledger row ${email.tag} is changed by too many at once`);
  }

  /** Sends nothing to an address any longer. The first reason is kept, but a complaint outweighs a bounce. */
  async suppress(suppression: Suppression): Promise<void> {
    const address = normalised(suppression.address);
    const item = toItem(
      {
        ...this.#suppressionKey(address),
        gsi1pk: `${this.#partnership}#suppressions`,
        gsi1sk: `${suppression.since}#${address}`,
        deleteAfter: endOf(suppression.since, suppressedDays[suppression.reason]),
      },
      { ...suppression, address },
    );
    const when: Condition =
      suppression.reason === 'complaint'
        ? [[{ attribute: 'reason', is: 'absent' }], [{ attribute: 'reason', equals: 'bounce' }]]
        : [[{ attribute: 'reason', is: 'absent' }]];
    await this.#table.transact([{ put: item, when }]).catch(unlessConditionFailed);
  }

  /** Allows an address again. Rows that say `suppressed` may then be claimed. */
  async unsuppress(address: string): Promise<void> {
    await this.#table.transact([{ remove: this.#suppressionKey(normalised(address)) }]);
  }

  /** The suppressions of addresses, in their order; undefined for those that may be written to. */
  async suppressionsOf(addresses: readonly string[]): Promise<readonly (Suppression | undefined)[]> {
    const unique = [...new Set(addresses.map(normalised))];
    const items = await this.#table.getMany(unique.map((address) => this.#suppressionKey(address)));
    const byAddress = new Map(unique.map((address, at) => [address, items[at]]));
    return addresses.map((address) => {
      const item = byAddress.get(normalised(address));
      return fromItemOrNone<Suppression>(item);
    });
  }

  /** All suppressed addresses, longest first. */
  async *suppressions(): AsyncGenerator<Suppression, void> {
    for await (const item of this.#table.queryAll({
      index: 'gsi1',
      pk: `${this.#partnership}#suppressions`,
    }))
      yield fromItem<Suppression>(item);
  }

  /** Forgets all emails to a person who has left, and whether their address took them. */
  async forget({ id, email }: Pick<Person, 'id' | 'email'>): Promise<void> {
    const keys: Key[] = [this.#suppressionKey(normalised(email))];
    for await (const { pk, sk } of this.#table.queryAll({ pk: this.#recipient(id), beginsWith: 'email#' }))
      keys.push({ pk, sk });
    await this.#table.removeMany(keys);
  }

  /** Writes the next state of a row, if it is still as it was read. Returns what stands there where it is not. */
  async #change(
    next: LedgerRow,
    read: LedgerRow,
    from: readonly LedgerState[],
  ): Promise<LedgerRow | undefined> {
    return this.#tryPut(next, [
      [
        { attribute: 'state', oneOf: from },
        { attribute: 'revision', equals: read.revision },
      ],
    ]);
  }

  async #tryPut(row: LedgerRow, when: Condition): Promise<LedgerRow | undefined> {
    try {
      await this.#table.transact([{ put: this.#itemOf(row), when }]);
      return undefined;
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
      const existing = error.existing[0] ?? (await this.#table.get(this.#keyOf(row)));
      if (existing === undefined) throw error;
      const standing = fromItem<LedgerRow>(existing);
      return isSameClaim(row, standing) ? undefined : standing;
    }
  }

  #itemOf(row: LedgerRow): Item {
    const at = listedAt(row);
    const listing = at === null ? {} : { gsi1pk: this.#listing(at.state), gsi1sk: `${at.since}#${row.tag}` };
    return toItem({ ...this.#keyOf(row), ...listing, deleteAfter: endOf(row.claimedAt, keptDays) }, row);
  }

  #keyOf(email: Pick<LedgerRow, 'person' | 'tag'>): Key {
    return { pk: this.#recipient(email.person), sk: `email#${email.tag}` };
  }

  #recipient(person: string): string {
    return `${this.#partnership}#recipient#${person}`;
  }

  #listing(state: ListedState): string {
    return `${this.#partnership}#ledger#${state}`;
  }

  #suppressionKey(address: string): Key {
    return { pk: `${this.#partnership}#address#${address}`, sk: 'suppression' };
  }
}

/** Epoch seconds some days after an instant. */
const endOf = (from: Instant, days: number): number => Date.parse(from) / 1000 + days * 86_400;

const risen = (row: LedgerRow): { revision: number } => ({ revision: row.revision + 1 });

/** Whether a claim that was refused stands there itself: the answer to it was lost, and the SDK has sent it again. */
const isSameClaim = (row: LedgerRow, standing: LedgerRow): boolean =>
  row.state === 'claimed' &&
  standing.state === 'claimed' &&
  row.claimId !== undefined &&
  row.claimId === standing.claimId;

const mayClaimAgain = (row: LedgerRow, at: Instant): boolean =>
  row.state === 'released' ||
  row.state === 'suppressed' ||
  (row.state === 'claimed' && addSeconds(row.claimedAt, claimGraceSeconds) <= at);

/** Under which state, and since when, a row is listed; null where nobody will look for it. */
const listedAt = (row: LedgerRow): { state: ListedState; since: Instant } | null => {
  switch (row.state) {
    case 'claimed':
      return { state: row.state, since: row.claimedAt };
    case 'released':
      return { state: row.state, since: row.releasedAt };
    case 'bounced':
      return { state: row.state, since: row.bouncedAt };
    case 'complained':
      return { state: row.state, since: row.complainedAt };
    case 'refused':
      return { state: row.state, since: row.refusedAt };
    case 'suppressed':
      return { state: row.state, since: row.suppressedAt };
    case 'sent':
    case 'delivered':
      return null;
  }
};

/** Addresses are compared without case: no mail server of today tells two people apart by it. */
const normalised = (address: string): string => address.trim().toLowerCase();

const unlessConditionFailed = (error: unknown): void => {
  if (!(error instanceof ConditionFailed)) throw error;
};
