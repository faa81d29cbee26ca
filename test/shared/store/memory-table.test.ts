import { describe, expect, it } from 'vitest';

import { MemoryTable } from '../../../shared/store/memory-table.ts';
import type { Item } from '../../../shared/store/table.ts';
import { describeTable } from '../../support/table-contract.ts';

describeTable('MemoryTable', () => Promise.resolve(new MemoryTable()), { histories: 400 });

describe('MemoryTable, as DynamoDB does it and not every engine that stands in for it', () => {
  const refusal = { name: 'ValidationException' };

  it('cuts a page at 1 MB', async () => {
    const table = new MemoryTable();
    const items = Array.from({ length: 7 }, (_, n) => ({
      pk: 'p',
      sk: String(n),
      text: 'a'.repeat(390_000),
    }));
    await table.putMany(items.map((item) => ({ ...item, gsi1pk: 'i', gsi1sk: item.sk })));
    for (const query of [{ pk: 'p' }, { pk: 'i', index: 'gsi1' as const }]) {
      const first = await table.query(query);
      expect(first.items.map(({ sk }) => sk)).toStrictEqual(['0', '1']);
      const found: string[] = [];
      for await (const { sk } of table.queryAll(query)) found.push(sk);
      expect(found).toStrictEqual(['0', '1', '2', '3', '4', '5', '6']);
      const last = await table.query({ ...query, descending: true });
      expect(last.items.map(({ sk }) => sk)).toStrictEqual(['6', '5']);
    }
  });

  it('names a next page whenever the limit was reached, even when that page will be empty', async () => {
    const table = new MemoryTable();
    await table.putMany([
      { pk: 'p', sk: '1' },
      { pk: 'p', sk: '2' },
    ]);
    const { items, next = '' } = await table.query({ pk: 'p' }, { limit: 2 });
    expect(items).toHaveLength(2);
    expect(await table.query({ pk: 'p' }, { limit: 2, after: next })).toStrictEqual({ items: [] });
  });

  it.each([
    ['a partition key of the index over 2,048 bytes', { gsi1pk: 'a'.repeat(2049) }],
    ['a sort key of the index over 1,024 bytes', { gsi1sk: 'a'.repeat(1025) }],
    ['an attribute without a name', { '': 1 }],
    ['an attribute without a name in a map', { map: { '': 1 } }],
    [
      'an attribute that the SDK would lose',
      { map: JSON.parse('{"__proto__": 1}') as Record<string, never> },
    ],
    ['text with half a character', { list: ['\ud83d'] }],
    ['a key with half a character', { sk: '\ud83d' }],
  ])('refuses %s', async (_, attributes) => {
    const table = new MemoryTable();
    const item: Item = { pk: 'p', sk: '1', ...attributes };
    await expect(table.transact([{ put: item }])).rejects.toMatchObject(refusal);
    await expect(table.putMany([item])).rejects.toMatchObject(refusal);
    expect(await table.query({ pk: 'p' })).toStrictEqual({ items: [] });
  });

  it('counts what is read and written', async () => {
    const table = new MemoryTable();
    const [one, two, three] = ['1', '2', '3'].map((sk) => ({ pk: 'p', sk })) as [Item, Item, Item];
    expect(table.statistics).toStrictEqual({ reads: 0, writes: 0 });
    await table.putMany([one, two]);
    await table.transact([{ put: three }, { check: one, when: [[]] }, { remove: two }]);
    await table.removeMany([two, three]);
    expect(table.statistics).toStrictEqual({ reads: 0, writes: 7 });
    await table.get(one);
    await table.getMany([one, two]);
    await table.query({ pk: 'p' });
    await table.query({ pk: 'empty' });
    expect(table.statistics).toStrictEqual({ reads: 5, writes: 7 });
  });

  it('holds half a million items, and stays quick', { timeout: 180_000 }, async () => {
    const table = new MemoryTable();
    const started = process.cpuUsage();
    for (let group = 0; group < 500; group += 1) {
      await table.putMany(
        Array.from({ length: 1000 }, (_, n) => ({
          pk: `group-${String(group)}`,
          sk: `member-${String((n * 617) % 1000).padStart(4, '0')}`,
          gsi1pk: 'everybody',
          gsi1sk: `member-${String(n)}`,
          name: 'Somebody',
          roles: ['member'],
        })),
      );
    }
    expect((await table.query({ pk: 'group-7', from: 'member-0990' })).items).toHaveLength(10);
    expect(
      (await table.query({ pk: 'everybody', index: 'gsi1', beginsWith: 'member-77' })).items,
    ).toHaveLength(5500);
    // Writes and queries by turns, which would be slow if each put the partition in order anew.
    for (let n = 0; n < 2000; n += 1) {
      await table.transact([
        { put: { pk: 'late', sk: String(n), gsi1pk: 'everybody', gsi1sk: `late-${String(n)}` } },
      ]);
      await table.query({ pk: 'everybody', index: 'gsi1', beginsWith: `late-${String(n)}` });
      await table.transact([{ remove: { pk: 'late', sk: String(n) } }]);
    }
    // Some 4 seconds on a slow laptop; what it guards against takes minutes.
    const { user } = process.cpuUsage(started);
    expect(user / 1000).toBeLessThan(30_000);
  });
});
