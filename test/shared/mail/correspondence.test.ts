import { describe, expect, it } from 'vitest';

import { claimGraceSeconds, ledgerTag } from '../../../shared/mail/ledger.ts';
import type { ClaimedRow } from '../../../shared/mail/ledger.ts';
import type { Message } from '../../../shared/mail/messages.ts';
import { ledgerKey } from '../../../shared/mail/messages.ts';
import { Correspondence } from '../../../shared/store/correspondence.ts';
import { MemoryTable } from '../../../shared/store/memory-table.ts';
import type { Item, Write } from '../../../shared/store/table.ts';
import { addSeconds } from '../../../shared/time/calendar.ts';
import { exampleMessages } from '../../support/example-messages.ts';

const message: Message = exampleMessages.reminder;
const email = { person: message.to.id, tag: ledgerTag(ledgerKey(message)) };
const at = '2026-09-24T08:00:00Z';
const sent = { what: 'sent', at, sentAt: at, serviceId: 'ses-1' } as const;
const make = () => new Correspondence(new MemoryTable(), 'kent');

const claim = async (store: Correspondence, when = at): Promise<ClaimedRow> => {
  const { claimed } = await store.claim(message, when);
  if (claimed === undefined) throw new Error('the claim was not got');
  return claimed;
};
const collected = async <T>(from: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const one of from) all.push(one);
  return all;
};

describe('a claim', () => {
  it('is got by one of many', async () => {
    const store = make();
    const claims = await Promise.all(Array.from({ length: 10 }, () => store.claim(message, at)));
    expect(claims.filter(({ claimed }) => claimed !== undefined)).toHaveLength(1);
  });

  it('after the time of grace is got by one of many, as the second try', async () => {
    const store = make();
    await claim(store);
    const later = addSeconds(at, claimGraceSeconds);
    const claims = await Promise.all(Array.from({ length: 10 }, () => store.claim(message, later)));
    const got = claims.flatMap(({ claimed }) => claimed ?? []);
    expect(got).toHaveLength(1);
    expect(got[0]).toMatchObject({ attempt: 2, claimedAt: later });
  });

  it('that was given back is got again at once', async () => {
    const store = make();
    await store.release(await claim(store), 'throttled', at);
    expect(await claim(store)).toMatchObject({ attempt: 2 });
  });

  it('cannot be given back by one who has lost it', async () => {
    const store = make();
    const first = await claim(store);
    const later = addSeconds(at, claimGraceSeconds);
    const second = await claim(store, later);
    await store.release(first, 'throttled', later);
    await store.refuse(first, 'rejected', later);
    expect(await store.row(email)).toEqual(second);
  });

  it('is settled by the first who knows that it went', async () => {
    const store = make();
    const first = await claim(store);
    await claim(store, addSeconds(at, claimGraceSeconds));
    await store.recordNews(email, sent, first);
    expect(await store.row(email)).toMatchObject({ state: 'sent', attempt: 2, serviceId: 'ses-1' });
  });

  it.each(['sent', 'refused'] as const)('is not got of what is %s', async (state) => {
    const store = make();
    const claimed = await claim(store);
    if (state === 'sent') await store.recordNews(email, sent);
    else await store.refuse(claimed, 'rejected', at);
    const again = await store.claim(message, addSeconds(at, 10 * claimGraceSeconds));
    expect(again.standing).toMatchObject({ state });
  });
});

/** A table whose answer to a write is lost once: the SDK sends the same write again, which its own first try refuses. */
class AnswerLosingTable extends MemoryTable {
  loses = false;

  override async transact(writes: readonly Write[]): Promise<void> {
    await super.transact(writes);
    if (!this.loses) return;
    this.loses = false;
    await super.transact(writes);
  }
}

describe('a claim whose answer was lost on the way', () => {
  it.each(['the first', 'a later'])('is ours all the same, as %s try', async (which) => {
    const table = new AnswerLosingTable();
    const store = new Correspondence(table, 'kent');
    if (which === 'a later') await store.release(await claim(store), 'throttled', at);
    table.loses = true;
    const { attempt } = await claim(store);
    expect(table.loses).toBe(false);
    expect(attempt).toBe(which === 'a later' ? 2 : 1);
    // And it still is nobody else's.
    expect((await store.claim(message, at)).standing).toMatchObject({ state: 'claimed', attempt });
  });
});

describe('what is kept', () => {
  /** Days from an instant to when the table may forget an item. */
  const daysKept = (item: Item | undefined, from: string): number =>
    ((item?.deleteAfter ?? 0) - Date.parse(from) / 1000) / 86_400;

  it('of an email ends a good year after its latest try', async () => {
    const table = new MemoryTable();
    const store = new Correspondence(table, 'kent');
    await store.release(await claim(store), 'throttled', at);
    const later = addSeconds(at, 86_400);
    const claimed = await claim(store, later);
    await store.recordNews(email, sent, claimed);
    const { items } = await table.query({ pk: `kent#recipient#${email.person}` });
    expect(items.map((item) => daysKept(item, later))).toEqual([400]);
  });

  it('of an address ends too, of one whose reader complained later', async () => {
    const table = new MemoryTable();
    const store = new Correspondence(table, 'kent');
    const suppression = { address: 'mo@example.org', detail: '', since: at } as const;
    const kept = async () =>
      daysKept(await table.get({ pk: 'kent#address#mo@example.org', sk: 'suppression' }), at);
    await store.suppress({ ...suppression, reason: 'bounce' });
    expect(await kept()).toBe(730);
    await store.suppress({ ...suppression, reason: 'complaint' });
    expect(await kept()).toBe(2190);
  });

  it('of a person is forgotten with them, and of nobody else', async () => {
    const store = make();
    await claim(store);
    await store.claim({ ...message, to: { ...message.to, id: 'other' } }, at);
    await store.suppress({ address: message.to.email, reason: 'bounce', detail: '', since: at });
    await store.forget(message.to);
    expect(await store.row(email)).toBeUndefined();
    expect(await collected(store.ofPerson('other'))).toHaveLength(1);
    expect(await store.suppressionsOf([message.to.email])).toEqual([undefined]);
  });
});

describe('the ledger', () => {
  it('knows nothing of another partnership', async () => {
    const table = new MemoryTable();
    const kent = new Correspondence(table, 'kent');
    const surrey = new Correspondence(table, 'surrey');
    await claim(kent);
    expect(await surrey.row(email)).toBeUndefined();
    expect(await surrey.recordNews(email, sent)).toBeUndefined();
    expect(await surrey.count('claimed')).toBe(0);
    expect((await surrey.claim(message, at)).claimed).toBeDefined();
  });

  it('lists what went to a person', async () => {
    const store = make();
    await claim(store);
    await store.claim({ ...message, occurrence: '2' }, at);
    await store.claim({ ...message, to: { ...message.to, id: 'other' } }, at);
    expect(await collected(store.ofPerson(message.to.id))).toHaveLength(2);
  });

  it('lists what was claimed long ago and is not settled, oldest first', async () => {
    const store = make();
    const people = ['c', 'a', 'b'];
    for (const [index, id] of people.entries())
      await store.claim({ ...message, to: { ...message.to, id } }, addSeconds(at, index * 60));
    const until = async (when: string) =>
      (await collected(store.inState('claimed', when))).map(({ person }) => person);
    expect(await until(addSeconds(at, 60))).toEqual(['c', 'a']);
    expect(await until(addSeconds(at, -1))).toEqual([]);
    await store.recordNews(
      { person: 'c', tag: ledgerTag(ledgerKey({ ...message, to: { ...message.to, id: 'c' } })) },
      sent,
    );
    expect(await until(addSeconds(at, 3600))).toEqual(['a', 'b']);
    expect(await store.count('claimed')).toBe(2);
  });
});

describe('suppressed addresses', () => {
  const bounce = { address: 'Jo@Example.org ', reason: 'bounce', detail: '5.1.1', since: at } as const;

  it('are found whatever their case, listed, and taken back', async () => {
    const store = make();
    await store.suppress(bounce);
    const found = await store.suppressionsOf(['ann@example.org', 'jo@example.org', 'JO@example.org']);
    expect(found.map((one) => one?.reason)).toEqual([undefined, 'bounce', 'bounce']);
    expect(await collected(store.suppressions())).toEqual([{ ...bounce, address: 'jo@example.org' }]);
    await store.unsuppress('jo@EXAMPLE.org');
    expect(await store.suppressionsOf(['jo@example.org'])).toEqual([undefined]);
    expect(await collected(store.suppressions())).toEqual([]);
  });

  it('keep their first reason, but for a complaint', async () => {
    const store = make();
    const later = { ...bounce, since: '2026-10-01T08:00:00Z' };
    await store.suppress(bounce);
    await store.suppress(later);
    expect((await store.suppressionsOf(['jo@example.org']))[0]?.since).toBe(at);
    await store.suppress({ ...later, reason: 'complaint' });
    await store.suppress(bounce);
    expect((await store.suppressionsOf(['jo@example.org']))[0]?.reason).toBe('complaint');
  });
});
