/** What every table does alike: one suite, run in memory, on DynamoDB Local and on whatever else stands in for it. */

import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import type { Check, Condition, Item, Key, Query, Table, Value, Write } from '../../shared/store/table.ts';
import { ConditionFailed } from '../../shared/store/table.ts';

/** What DynamoDB, and so every table, says to a request that is wrong in itself. */
const refusal = { name: 'ValidationException' };

/** Sort keys in the order of their bytes in UTF-8; JavaScript would put the last before the two above it. */
const inByteOrder = ['!', '10', '9', 'A', 'a', 'a!', 'aa', 'z', 'é', 'ﬁ', '\u{FFFD}', '\u{1F4C5}'];

/**
 * Runs the contract on a table.
 * @param name of the table, as the report calls it.
 * @param open gives an empty table. Called once; each test keeps to partitions of its own.
 * @param options.histories is how many random histories to try against the model.
 */
export function describeTable(
  name: string,
  open: () => Promise<Table>,
  { histories = 200 }: { readonly histories?: number } = {},
): void {
  describe(name, () => {
    let table: Table;
    beforeAll(async () => {
      table = await open();
    });

    let partitions = 0;
    const partition = (): string => {
      partitions += 1;
      return `partition-${String(partitions)}`;
    };

    const put = (...items: Item[]) => table.transact(items.map((item) => ({ put: item })));

    describe('keeps items', () => {
      it('gives back what was put, and nothing for what was not', async () => {
        const pk = partition();
        const item = { pk, sk: 'one', name: 'Ashford' };
        await put(item);
        expect(await table.get({ pk, sk: 'one' })).toStrictEqual(item);
        expect(await table.get({ pk, sk: 'two' })).toBeUndefined();
        expect(await table.get({ pk: partition(), sk: 'one' })).toBeUndefined();
      });

      it('keeps values of every kind without loss', async () => {
        const pk = partition();
        const values: Record<string, Value> = {
          text: 'Café – “früh”, 📅, line\nand\u0000zero',
          emptyText: '',
          yes: true,
          no: false,
          nothing: null,
          numbers: [
            0,
            1,
            -1,
            1.5,
            0.1 + 0.2,
            1 / 3,
            1e-7,
            -1e-120,
            2 ** 53 - 1,
            -(2 ** 53 - 1),
            123456789.12345678,
          ],
          emptyList: [],
          emptyMap: {},
          mixed: ['', 1, null, true, [[], [1]], { list: [{ deep: [{}] }] }],
          map: { 'a.b': 1, '#name': 2, ':value': 3, 'with space': 4, ü: { size: '' } },
        };
        await put({ pk, sk: 'all', ...values });
        expect(await table.get({ pk, sk: 'all' })).toStrictEqual({ pk, sk: 'all', ...values });
      });

      it('leaves out what is undefined, at every depth', async () => {
        const pk = partition();
        const value = { kept: 1, dropped: undefined, list: [1, undefined, 2] } as unknown as Value;
        await put({ pk, sk: 'one', dropped: undefined, gsi1pk: undefined, value } as unknown as Item);
        expect(await table.get({ pk, sk: 'one' })).toStrictEqual({
          pk,
          sk: 'one',
          value: { kept: 1, list: [1, 2] },
        });
      });

      it('knows no negative zero', async () => {
        const pk = partition();
        await put({ pk, sk: 'one', value: -0 });
        expect(Object.is((await table.get({ pk, sk: 'one' }))?.['value'], 0)).toBe(true);
      });

      it('replaces an item as a whole', async () => {
        const pk = partition();
        await put({ pk, sk: 'one', old: 1, both: 1 });
        await put({ pk, sk: 'one', both: 2, new: 2 });
        expect(await table.get({ pk, sk: 'one' })).toStrictEqual({ pk, sk: 'one', both: 2, new: 2 });
      });

      it('removes an item, there or not', async () => {
        const pk = partition();
        await put({ pk, sk: 'one' }, { pk, sk: 'two' });
        await table.transact([{ remove: { pk, sk: 'one' } }]);
        await table.transact([{ remove: { pk, sk: 'one' } }]);
        expect(await sortKeys({ pk })).toStrictEqual(['two']);
      });

      it('lets nobody change what is stored, neither through what went in nor through what came out', async () => {
        const pk = partition();
        const item = { pk, sk: 'one', list: ['kept'], map: { inner: ['kept'] } };
        const original = structuredClone(item);
        await put(item);
        await table.putMany([{ ...item, sk: 'two' }]);
        item.list.push('changed');
        item.map.inner[0] = 'changed';
        for (const read of [
          () => table.get({ pk, sk: 'one' }),
          async () => (await table.getMany([{ pk, sk: 'one' }]))[0],
          async () => (await table.query({ pk, to: 'one' })).items[0],
        ]) {
          const found = await read();
          expect(found).toStrictEqual(original);
          // A table may also forbid it.
          for (const change of [
            () => Object.assign(found ?? {}, { list: 'changed' }),
            () => (found?.['list'] as string[]).push('changed'),
            () => ((found as typeof item).map.inner[0] = 'changed'),
          ]) {
            expect(withoutThrowing(change)).toBeDefined();
          }
          expect(await read()).toStrictEqual(original);
        }
        expect(await table.get({ pk, sk: 'two' })).toStrictEqual({ ...original, sk: 'two' });
      });

      it('takes any two different keys for two items', async () => {
        const pk = partition();
        await put({ pk: `${pk}a`, sk: 'b', n: 1 }, { pk, sk: 'ab', n: 2 }, { pk: `${pk}ab`, sk: 'b', n: 3 });
        const keys = [
          { pk: `${pk}a`, sk: 'b' },
          { pk, sk: 'ab' },
          { pk: `${pk}ab`, sk: 'b' },
        ];
        expect((await table.getMany(keys)).map((item) => item?.['n'])).toStrictEqual([1, 2, 3]);
      });
    });

    describe('reads and writes many', () => {
      it('reads in the order of the keys, with gaps and repetitions', async () => {
        const pk = partition();
        await put({ pk, sk: 'a' }, { pk, sk: 'b' });
        const keys = ['b', 'missing', 'a', 'b'].map((sk) => ({ pk, sk }));
        expect(await table.getMany(keys)).toStrictEqual([
          { pk, sk: 'b' },
          undefined,
          { pk, sk: 'a' },
          { pk, sk: 'b' },
        ]);
        expect(await table.getMany([])).toStrictEqual([]);
      });

      it('handles more items than one batch holds', async () => {
        const pk = partition();
        const items = Array.from({ length: 230 }, (_, n) => ({ pk, sk: String(n), n }));
        await table.putMany(items);
        expect(await table.getMany(items.toReversed())).toStrictEqual(items.toReversed());
        await table.removeMany(items.slice(1));
        expect(await table.getMany(items)).toStrictEqual([items[0], ...items.slice(1).map(() => undefined)]);
        await table.putMany([]);
        await table.removeMany([]);
      });

      it('writes the last of several items with one key, and removes one twice', async () => {
        const pk = partition();
        await table.putMany([
          { pk, sk: 'one', n: 1 },
          { pk, sk: 'two' },
          { pk, sk: 'one', n: 2 },
        ]);
        expect(await table.get({ pk, sk: 'one' })).toStrictEqual({ pk, sk: 'one', n: 2 });
        await table.removeMany([
          { pk, sk: 'one' },
          { pk, sk: 'missing' },
          { pk, sk: 'one' },
        ]);
        expect(await sortKeys({ pk })).toStrictEqual(['two']);
      });

      it('takes an item wherever it takes a key', async () => {
        const pk = partition();
        const item: Item = { pk, sk: 'one', gsi1pk: 'x', gsi1sk: 'y', more: [1] };
        await put(item);
        expect(await table.get(item)).toStrictEqual(item);
        expect(await table.getMany([item])).toStrictEqual([item]);
        await table.transact([
          { check: item, when: [[{ attribute: 'pk', is: 'present' }]] },
          { put: { pk, sk: 'two' } },
        ]);
        await table.transact([{ remove: item }]);
        await put(item);
        await table.transact([{ remove: item }, { remove: { pk, sk: 'two' } }]);
        await put(item);
        await table.removeMany([item]);
        expect(await sortKeys({ pk })).toStrictEqual([]);
      });
    });

    describe('queries', () => {
      const filled = async (names: readonly string[] = inByteOrder): Promise<string> => {
        const pk = partition();
        // Neither in order nor backwards, so that the order is the table's own.
        const shuffled = names.map((sk, n) => ({ sk, n: (n * 7) % names.length })).sort((a, b) => a.n - b.n);
        await table.putMany(shuffled.map(({ sk }) => ({ pk, sk, gsi1pk: `${pk}-index`, gsi1sk: sk })));
        await put({ pk: `${pk}-other`, sk: 'b' });
        return pk;
      };
      /** The same query on the table and on the index. */
      const bothWays = (pk: string, query: Omit<Query, 'pk' | 'index'>): Query[] => [
        { pk, ...query },
        { pk: `${pk}-index`, index: 'gsi1', ...query },
      ];

      it('gives a partition in the order of the bytes of its sort keys, either way round', async () => {
        const pk = await filled();
        for (const query of bothWays(pk, {})) {
          expect(await sortKeys(query)).toStrictEqual(inByteOrder);
          expect(await sortKeys({ ...query, descending: true })).toStrictEqual(inByteOrder.toReversed());
        }
      });

      it('gives nothing for a partition that is empty', async () => {
        expect(await table.query({ pk: partition() })).toStrictEqual({ items: [] });
        expect(await table.query({ pk: partition(), index: 'gsi1' })).toStrictEqual({ items: [] });
      });

      it('narrows by a prefix', async () => {
        const pk = await filled(['a', 'b', 'b!', 'b\u{1F4C5}', 'b\u{1F4C5}c', 'bé', 'c', 'B']);
        const cases: [prefix: string, expected: string[]][] = [
          ['b', ['b', 'b!', 'bé', 'b\u{1F4C5}', 'b\u{1F4C5}c']],
          ['b\u{1F4C5}', ['b\u{1F4C5}', 'b\u{1F4C5}c']],
          ['bx', []],
          ['0', []],
          ['x', []],
        ];
        for (const [beginsWith, expected] of cases) {
          for (const query of bothWays(pk, { beginsWith })) {
            expect(await sortKeys(query)).toStrictEqual(expected);
            expect(await sortKeys({ ...query, descending: true })).toStrictEqual(expected.toReversed());
          }
        }
      });

      it('narrows by bounds, which belong to it', async () => {
        const pk = await filled(['a', 'b', 'c', 'd', 'é']);
        const cases: [range: { from?: string; to?: string }, expected: string[]][] = [
          [{ from: 'b' }, ['b', 'c', 'd', 'é']],
          [{ to: 'b' }, ['a', 'b']],
          [{ from: 'b', to: 'd' }, ['b', 'c', 'd']],
          [{ from: 'b!', to: 'c!' }, ['c']],
          [{ from: 'c', to: 'c' }, ['c']],
          [{ from: 'e', to: 'z' }, []],
          [{ from: '\u{1F4C5}' }, []],
        ];
        for (const [range, expected] of cases) {
          for (const query of bothWays(pk, range)) {
            expect(await sortKeys(query)).toStrictEqual(expected);
            expect(await sortKeys({ ...query, descending: true })).toStrictEqual(expected.toReversed());
          }
        }
      });

      it('gives pages of at most the limit, and every item once', async () => {
        const pk = await filled();
        for (const limit of [1, 2, 5, inByteOrder.length, 100]) {
          for (const query of bothWays(pk, { from: '9', to: '\u{FFFD}' })) {
            const expected = inByteOrder.slice(2, -1);
            const ascending = await pagesOf(query, limit);
            expect(ascending.every((page) => page.length <= limit)).toBe(true);
            expect(ascending[0]).toHaveLength(Math.min(limit, expected.length));
            expect(ascending.flat()).toStrictEqual(expected);
            const descending = await pagesOf({ ...query, descending: true }, limit);
            expect(descending.every((page) => page.length <= limit)).toBe(true);
            expect(descending.flat()).toStrictEqual(expected.toReversed());
          }
        }
      });

      it('ends with a page that names no next', async () => {
        const pk = await filled(['a', 'b', 'c']);
        for (const query of bothWays(pk, {})) {
          expect(await table.query(query, { limit: 2 })).toHaveProperty('next');
          expect(await table.query(query, { limit: 4 })).not.toHaveProperty('next');
          expect(await table.query(query)).not.toHaveProperty('next');
        }
      });

      it('goes on where it was, whatever was put and removed in between', async () => {
        const pk = await filled(['b', 'd', 'f', 'h']);
        for (const query of bothWays(pk, {})) {
          const { items, next = '' } = await table.query(query, { limit: 2 });
          expect(items.map(({ sk }) => sk)).toStrictEqual(['b', 'd']);
          await table.transact([
            { remove: { pk, sk: 'd' } },
            ...['a', 'c', 'e'].map((sk) => ({ put: { pk, sk, gsi1pk: `${pk}-index`, gsi1sk: sk } })),
          ]);
          const rest = await table.query(query, { after: next });
          expect(rest.items.map(({ sk }) => sk)).toStrictEqual(['e', 'f', 'h']);
          await table.removeMany(['a', 'c', 'e'].map((sk) => ({ pk, sk })));
          await put({ pk, sk: 'd', gsi1pk: `${pk}-index`, gsi1sk: 'd' });
        }
      });

      it('follows writes between two queries, few or many', async () => {
        const pk = await filled(['b', 'd']);
        const expected = new Set(['b', 'd']);
        for (const batch of [
          ['c'],
          ['a', 'e'],
          Array.from({ length: 200 }, (_, n) => `c${String((n * 7) % 200)}`),
        ]) {
          await table.putMany(batch.map((sk) => ({ pk, sk, gsi1pk: `${pk}-index`, gsi1sk: sk })));
          for (const sk of batch) expected.add(sk);
          for (const query of bothWays(pk, {})) {
            expect(await sortKeys(query)).toStrictEqual([...expected].sort());
          }
        }
        const gone = [...expected].filter((sk) => sk !== 'c7');
        await table.removeMany(gone.map((sk) => ({ pk, sk })));
        for (const query of bothWays(pk, {})) expect(await sortKeys(query)).toStrictEqual(['c7']);
        // Put and removed again before anybody has looked.
        await table.putMany(gone.map((sk) => ({ pk, sk, gsi1pk: `${pk}-index`, gsi1sk: sk })));
        await table.removeMany(gone.filter((sk) => sk !== 'd').map((sk) => ({ pk, sk })));
        for (const query of bothWays(pk, {})) expect(await sortKeys(query)).toStrictEqual(['c7', 'd']);
      });

      it('has in the index the items that carry both of its keys', async () => {
        const pk = partition();
        const index = `${pk}-index`;
        await put(
          { pk, sk: '1', gsi1pk: index, gsi1sk: 'z', note: 'whole items' },
          { pk, sk: '2', gsi1pk: index },
          { pk, sk: '3', gsi1sk: 'z' },
          { pk: `${pk}-other`, sk: '1', gsi1pk: index, gsi1sk: 'a' },
        );
        expect(await collect(table.queryAll({ pk: index, index: 'gsi1' }))).toStrictEqual([
          { pk: `${pk}-other`, sk: '1', gsi1pk: index, gsi1sk: 'a' },
          { pk, sk: '1', gsi1pk: index, gsi1sk: 'z', note: 'whole items' },
        ]);
      });

      it('moves an item in the index as its keys change', async () => {
        const pk = partition();
        const [here, there] = [`${pk}-here`, `${pk}-there`];
        const where = async () => [
          await collect(table.queryAll({ pk: here, index: 'gsi1' })),
          await collect(table.queryAll({ pk: there, index: 'gsi1' })),
        ];
        const neighbour = { pk, sk: '2', gsi1pk: here, gsi1sk: 'm' };
        await put(neighbour);
        const history: [item: Item, expected: 'here' | 'there' | 'nowhere'][] = [
          [{ pk, sk: '1', gsi1pk: here, gsi1sk: 'a' }, 'here'],
          [{ pk, sk: '1', gsi1pk: here, gsi1sk: 'a', changed: true }, 'here'],
          [{ pk, sk: '1', gsi1pk: here, gsi1sk: 'b' }, 'here'],
          [{ pk, sk: '1', gsi1pk: there, gsi1sk: 'b' }, 'there'],
          [{ pk, sk: '1', gsi1pk: there }, 'nowhere'],
          [{ pk, sk: '1', gsi1pk: here, gsi1sk: 'a' }, 'here'],
        ];
        for (const [item, expected] of history) {
          await put(item);
          expect(await where()).toStrictEqual([
            expected === 'here' ? [item, neighbour] : [neighbour],
            expected === 'there' ? [item] : [],
          ]);
        }
        await table.transact([{ remove: { pk, sk: '1' } }]);
        expect(await where()).toStrictEqual([[neighbour], []]);
      });

      it('pages through items with one key in the index', async () => {
        const pk = partition();
        const names = Array.from({ length: 9 }, (_, n) => String(n));
        await table.putMany(names.map((sk) => ({ pk, sk, gsi1pk: `${pk}-index`, gsi1sk: 'same' })));
        for (const descending of [false, true]) {
          const pages = await pagesOf({ pk: `${pk}-index`, index: 'gsi1', descending }, 2);
          expect(pages.flat().sort()).toStrictEqual(names);
        }
      });

      it('refuses a query that makes no sense', async () => {
        const pk = await filled(['a', 'b', 'c']);
        const next = (await table.query({ pk }, { limit: 1 })).next ?? '';
        const indexNext = (await table.query({ pk: `${pk}-index`, index: 'gsi1' }, { limit: 1 })).next ?? '';
        const text = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
        const cases: [Query, { limit?: number; after?: string }][] = [
          [{ pk: '' }, {}],
          [{ pk: '', index: 'gsi1' }, {}],
          [{ pk, beginsWith: '' }, {}],
          [{ pk, from: '' }, {}],
          [{ pk, from: 'b', to: 'a' }, {}],
          [{ pk, from: '\u{1F4C5}', to: '\u{FFFD}' }, {}],
          [{ pk, beginsWith: 'a', from: 'a' }, {}],
          [{ pk, beginsWith: 'a', to: 'b' }, {}],
          [{ pk }, { limit: 0 }],
          [{ pk }, { limit: -1 }],
          [{ pk }, { after: '' }],
          [{ pk }, { after: 'rubbish' }],
          [{ pk }, { after: text(null) }],
          [{ pk }, { after: text([]) }],
          [{ pk }, { after: text({ pk }) }],
          [{ pk }, { after: text({ pk, sk: 1 }) }],
          [{ pk }, { after: text({ pk, sk: 'a', more: 'b' }) }],
          [{ pk }, { after: indexNext }],
          [{ pk: `${pk}-index`, index: 'gsi1' }, { after: next }],
          [{ pk: `${pk}-other` }, { after: next }],
          [{ pk: `${pk}-other`, index: 'gsi1' }, { after: indexNext }],
          [{ pk, from: 'b' }, { after: next }],
          [{ pk, to: '!' }, { after: next }],
          [{ pk, beginsWith: 'b' }, { after: next }],
        ];
        for (const [query, page] of cases) {
          await expect(table.query(query, page), JSON.stringify([query, page])).rejects.toMatchObject(
            refusal,
          );
        }
        await expect(collect(table.queryAll({ pk: '' }))).rejects.toMatchObject(refusal);
      });
    });

    describe('checks conditions', () => {
      const stored = { text: 'm', number: 5, yes: true, no: false, empty: '', nothing: null, list: ['m', 5] };
      const cases: [check: Check, holds: boolean, onNothing?: boolean][] = [
        [{ attribute: 'text', is: 'present' }, true],
        [{ attribute: 'nothing', is: 'present' }, true],
        [{ attribute: 'no', is: 'present' }, true],
        [{ attribute: 'missing', is: 'present' }, false],
        [{ attribute: 'constructor', is: 'present' }, false],
        [{ attribute: 'text', is: 'absent' }, false, true],
        [{ attribute: 'nothing', is: 'absent' }, false, true],
        [{ attribute: 'missing', is: 'absent' }, true, true],
        [{ attribute: 'pk', is: 'absent' }, false, true],
        [{ attribute: 'sk', is: 'present' }, true],
        [{ attribute: 'text', equals: 'm' }, true],
        [{ attribute: 'text', equals: 'M' }, false],
        [{ attribute: 'empty', equals: '' }, true],
        [{ attribute: 'number', equals: 5 }, true],
        [{ attribute: 'number', equals: '5' }, false],
        [{ attribute: 'number', equals: 6 }, false],
        [{ attribute: 'yes', equals: true }, true],
        [{ attribute: 'no', equals: false }, true],
        [{ attribute: 'no', equals: true }, false],
        [{ attribute: 'nothing', equals: '' }, false],
        [{ attribute: 'missing', equals: '' }, false],
        [{ attribute: 'list', equals: 'm' }, false],
        [{ attribute: 'text', oneOf: ['a', 'm'] }, true],
        [{ attribute: 'text', oneOf: ['a', 'b'] }, false],
        [{ attribute: 'number', oneOf: ['5', 5] }, true],
        [{ attribute: 'number', oneOf: ['5'] }, false],
        [{ attribute: 'missing', oneOf: ['a'] }, false],
        [{ attribute: 'text', oneOf: [] }, false],
        [{ attribute: 'number', oneOf: Array.from({ length: 150 }, (_, n) => 140 - n) }, true],
        [{ attribute: 'number', oneOf: Array.from({ length: 150 }, (_, n) => n + 6) }, false],
        [{ attribute: 'text', below: 'n' }, true],
        [{ attribute: 'text', below: 'm' }, false],
        [{ attribute: 'text', below: 9 }, false],
        [{ attribute: 'number', below: 10 }, true],
        [{ attribute: 'number', below: 5 }, false],
        [{ attribute: 'number', below: '9' }, false],
        [{ attribute: 'nothing', below: 9 }, false],
        [{ attribute: 'yes', below: 9 }, false],
        [{ attribute: 'missing', below: 9 }, false],
        [{ attribute: 'text', atLeast: 'm' }, true],
        [{ attribute: 'text', atLeast: 'n' }, false],
        [{ attribute: 'text', atLeast: 1 }, false],
        [{ attribute: 'number', atLeast: 5 }, true],
        [{ attribute: 'number', atLeast: 5.5 }, false],
        [{ attribute: 'number', atLeast: '1' }, false],
        [{ attribute: 'nothing', atLeast: 0 }, false],
        [{ attribute: 'no', atLeast: 0 }, false],
        [{ attribute: 'missing', atLeast: 0 }, false],
      ];

      const titled = cases.map(([check, ...rest]): [string, Check, boolean, boolean?] => [
        JSON.stringify(check).slice(0, 70),
        check,
        ...rest,
      ]);
      it.each(titled)('%s', async (_, check, expected, onNothing = false) => {
        const pk = partition();
        const something = { pk, sk: 'something', ...stored };
        await put(something);
        for (const [sk, holds] of [
          ['something', expected],
          ['nothing', onNothing],
        ] as const) {
          expect(await goesAhead([{ check: { pk, sk }, when: [[check]] }])).toBe(holds);
          expect(await goesAhead([{ put: { pk, sk, ...stored, new: 1 }, when: [[check]] }])).toBe(holds);
          const written = { pk, sk, ...stored, new: 1 };
          const before = sk === 'something' ? something : undefined;
          expect(await table.get({ pk, sk })).toStrictEqual(holds ? written : before);
        }
        await put(something);
        expect(await goesAhead([{ remove: { pk, sk: 'something' }, when: [[check]] }])).toBe(expected);
        expect(await table.get({ pk, sk: 'something' })).toStrictEqual(expected ? undefined : something);
      });

      it('compares text by its bytes', async () => {
        const pk = partition();
        await put({ pk, sk: 'one', text: '\u{1F4C5}' });
        const check = (when: Check) => goesAhead([{ check: { pk, sk: 'one' }, when: [[when]] }]);
        expect(await check({ attribute: 'text', below: '\u{FFFD}' })).toBe(false);
        expect(await check({ attribute: 'text', atLeast: '\u{FFFD}' })).toBe(true);
      });

      it('wants every check of at least one alternative', async () => {
        const pk = partition();
        await put({ pk, sk: 'one', state: 'open', version: 3 });
        const open: Check = { attribute: 'state', equals: 'open' };
        const closed: Check = { attribute: 'state', equals: 'closed' };
        const third: Check = { attribute: 'version', equals: 3 };
        const fourth: Check = { attribute: 'version', equals: 4 };
        const many: Check = { attribute: 'version', oneOf: Array.from({ length: 150 }, (_, n) => n) };
        const conditions: [Condition, boolean][] = [
          [[[open, third]], true],
          [[[open, fourth]], false],
          [[[closed], [third]], true],
          [
            [
              [open, fourth],
              [closed, third],
            ],
            false,
          ],
          [
            [
              [closed, third],
              [open, third, { attribute: 'state', oneOf: ['open'] }],
            ],
            true,
          ],
          [[[closed], [fourth], [open]], true],
          [[[many, third]], true],
          [[[many, closed]], false],
          [[[open], []], true],
          [[[closed], []], true],
          [[[]], true],
          [[], false],
        ];
        for (const [when, expected] of conditions) {
          const writes: Write[] = [
            { check: { pk, sk: 'one' }, when },
            { put: { pk, sk: 'one', state: 'open', version: 3 }, when },
          ];
          for (const write of writes) expect(await goesAhead([write]), JSON.stringify(write)).toBe(expected);
          const other = { put: { pk, sk: 'other' } };
          for (const write of writes) expect(await goesAhead([other, write])).toBe(expected);
          expect(await goesAhead([{ check: { pk, sk: 'none' }, when }])).toBe(
            when.some((all) => all.length === 0),
          );
        }
      });

      it('takes any name for an attribute', async () => {
        const pk = partition();
        for (const [n, attribute] of ['name', 'status', 'a.b', 'a[0]', '#0', ':0', 'ü 📅', '0'].entries()) {
          const key = { pk, sk: String(n) };
          await put({ ...key, [attribute]: 'x' });
          expect(await goesAhead([{ check: key, when: [[{ attribute, equals: 'x' }]] }])).toBe(true);
          expect(await goesAhead([{ check: key, when: [[{ attribute, is: 'absent' }]] }])).toBe(false);
        }
      });

      it('tells what stood in the way of a single write', async () => {
        const pk = partition();
        const item = { pk, sk: 'one', map: { list: [1, '', null, true] } };
        await put(item);
        const absent: Condition = [[{ attribute: 'pk', is: 'absent' }]];
        const present: Condition = [[{ attribute: 'pk', is: 'present' }]];
        expect(await failureOf([{ put: { pk, sk: 'one' }, when: absent }])).toStrictEqual([[0], [item]]);
        expect(await failureOf([{ remove: item, when: absent }])).toStrictEqual([[0], [item]]);
        expect(await failureOf([{ check: item, when: absent }])).toStrictEqual([[0], [item]]);
        const missing = { pk, sk: 'missing' };
        expect(await failureOf([{ put: missing, when: present }])).toStrictEqual([[0], [undefined]]);
        expect(await failureOf([{ remove: missing, when: present }])).toStrictEqual([[0], [undefined]]);
        expect(await failureOf([{ check: missing, when: present }])).toStrictEqual([[0], [undefined]]);
      });

      it('refuses to compare with what is no number', async () => {
        const pk = partition();
        for (const number of [NaN, Infinity, 2 ** 53]) {
          for (const check of [
            { attribute: 'n', equals: number },
            { attribute: 'n', below: number },
            { attribute: 'n', atLeast: number },
            { attribute: 'n', oneOf: [1, number] },
          ]) {
            const write: Write = { put: { pk, sk: 'one' }, when: [[check]] };
            const failure = await failureOf([write]);
            expect(failure).toBeInstanceOf(Error);
          }
        }
      });
    });

    describe('writes in transactions', () => {
      const absent: Condition = [[{ attribute: 'pk', is: 'absent' }]];
      const present: Condition = [[{ attribute: 'pk', is: 'present' }]];

      it('puts, removes and checks together', async () => {
        const pk = partition();
        await put({ pk, sk: 'kept' }, { pk, sk: 'removed' }, { pk, sk: 'replaced', n: 1 });
        await table.transact([
          { put: { pk, sk: 'new' }, when: absent },
          { put: { pk, sk: 'replaced', n: 2 }, when: [[{ attribute: 'n', equals: 1 }]] },
          { remove: { pk, sk: 'removed' }, when: present },
          { remove: { pk, sk: 'missing' } },
          { check: { pk, sk: 'kept' }, when: present },
        ]);
        expect(await collect(table.queryAll({ pk }))).toStrictEqual([
          { pk, sk: 'kept' },
          { pk, sk: 'new' },
          { pk, sk: 'replaced', n: 2 },
        ]);
      });

      it('does all of it or nothing, and tells which writes failed and what stood there', async () => {
        const pk = partition();
        const before = [
          { pk, sk: 'a', n: 1 },
          { pk, sk: 'b', n: 1 },
          { pk, sk: 'c', n: 1 },
        ];
        await put(...before);
        expect(
          await failureOf([
            { put: { pk, sk: 'a', n: 2 }, when: present },
            { put: { pk, sk: 'b', n: 2 }, when: absent },
            { remove: { pk, sk: 'c' } },
            { put: { pk, sk: 'd' } },
            { check: { pk, sk: 'e' }, when: present },
          ]),
        ).toStrictEqual([
          [1, 4],
          [undefined, before[1], undefined, undefined, undefined],
        ]);
        expect(await collect(table.queryAll({ pk }))).toStrictEqual(before);
      });

      it('writes a hundred at once, and refuses one more', async () => {
        const pk = partition();
        const writes = Array.from({ length: 101 }, (_, n) => ({ put: { pk, sk: String(n) } }));
        await expect(table.transact(writes)).rejects.toMatchObject(refusal);
        expect(await sortKeys({ pk })).toStrictEqual([]);
        await table.transact(writes.slice(1));
        expect(await sortKeys({ pk })).toHaveLength(100);
      });

      it('does nothing for no writes', async () => {
        await expect(table.transact([])).resolves.toBeUndefined();
      });

      it('refuses two writes to one key', async () => {
        const pk = partition();
        const key = { pk, sk: 'one' };
        const writes: Write[] = [{ put: { ...key, n: 1 } }, { put: { ...key, n: 2 } }, { remove: key }];
        writes.push({ check: key, when: absent });
        for (const first of writes) {
          for (const second of writes) {
            const three = [first, { put: { pk, sk: 'other' } }, second];
            await expect(table.transact(three)).rejects.toMatchObject(refusal);
          }
        }
        expect(await sortKeys({ pk })).toStrictEqual([]);
      });

      it('lets one of many who claim the same thing have it', async () => {
        const pk = partition();
        for (const company of [[], [{ put: { pk, sk: 'audit' } }]]) {
          const outcomes = await Promise.all(
            Array.from({ length: 12 }, (_, n) =>
              goesAhead([
                { put: { pk, sk: `claim-${String(company.length)}`, by: n }, when: absent },
                ...company,
              ]),
            ),
          );
          expect(outcomes.filter(Boolean)).toHaveLength(1);
        }
      });

      it('loses no update of those who look, and write under the condition that nothing has changed', async () => {
        const pk = partition();
        const key = { pk, sk: 'counter' };
        await put({ ...key, count: 0 });
        let attempts = 0;
        const increment = async (): Promise<void> => {
          attempts += 1;
          if (attempts > 100) throw new Error('nobody gets on');
          const count = Number((await table.get(key))?.['count']);
          const done = await goesAhead([
            { put: { ...key, count: count + 1 }, when: [[{ attribute: 'count', equals: count }]] },
            { put: { pk, sk: `audit-${String(count + 1)}` }, when: absent },
          ]);
          if (!done) await increment();
        };
        await Promise.all(Array.from({ length: 5 }, increment));
        expect(await table.get(key)).toStrictEqual({ ...key, count: 5 });
        expect(await sortKeys({ pk, beginsWith: 'audit' })).toHaveLength(5);
      });
    });

    describe('refuses what DynamoDB refuses', () => {
      const unstorable: [what: string, item: (pk: string) => unknown][] = [
        ['an empty partition key', () => ({ pk: '', sk: 'one' })],
        ['an empty sort key', (pk) => ({ pk, sk: '' })],
        ['a partition key of 2,049 bytes', (pk) => ({ pk: pk.padEnd(2048, 'é'), sk: 'one' })],
        ['a sort key of 1,025 bytes', (pk) => ({ pk, sk: 'a'.repeat(1023) + 'é' })],
        ['an empty partition key of the index', (pk) => ({ pk, sk: 'one', gsi1pk: '', gsi1sk: 'a' })],
        ['an empty sort key of the index, even without the other', (pk) => ({ pk, sk: 'one', gsi1sk: '' })],
        ['a number as a key of the index', (pk) => ({ pk, sk: 'one', gsi1pk: 1 })],
        ['null as a key of the index', (pk) => ({ pk, sk: 'one', gsi1pk: null })],
        ['an item over 400 kB', (pk) => ({ pk, sk: 'one', text: 'é'.repeat(204_800) })],
        ['a number that is none', (pk) => ({ pk, sk: 'one', list: [NaN] })],
        ['a number without end', (pk) => ({ pk, sk: 'one', map: { n: -Infinity } })],
        ['a number too large to be exact', (pk) => ({ pk, sk: 'one', n: 2 ** 53 })],
        ['a negative number too large to be exact', (pk) => ({ pk, sk: 'one', n: -(2 ** 53) })],
        ['a number too small', (pk) => ({ pk, sk: 'one', n: -1e-131 })],
        ['an object of a class', (pk) => ({ pk, sk: 'one', at: [new Date(0)] })],
        ['lists in lists, 32 deep', (pk) => ({ pk, sk: 'one', list: nested(32, (inner) => [inner]) })],
        ['maps in maps, 32 deep', (pk) => ({ pk, sk: 'one', map: nested(32, (inner) => ({ inner })) })],
      ];

      it.each(unstorable)('%s', async (_, make) => {
        const pk = partition();
        const item = make(pk) as Item;
        await expect(put(item)).rejects.toThrow();
        await expect(put({ pk, sk: 'companion' }, item)).rejects.toThrow();
        await expect(table.putMany([item])).rejects.toThrow();
        expect(await sortKeys({ pk })).toStrictEqual([]);
      });

      it('nothing that is just within the limits', async () => {
        const pk = partition();
        const longPartition = pk.padEnd(2048, '-');
        const items: Item[] = [
          { pk: longPartition, sk: 'a'.repeat(1022) + 'é' },
          { pk, sk: '1', text: 'é'.repeat(204_700) },
          { pk, sk: '2', n: 1e-130, list: nested(31, (inner) => [inner]) },
          { pk, sk: '3', map: nested(31, (inner) => ({ inner })) },
        ];
        await put(...items);
        await table.putMany(items);
        expect(await table.getMany(items)).toStrictEqual(items);
      });

      it('a transaction over 4 MB', async () => {
        const pk = partition();
        const writes = Array.from({ length: 11 }, (_, n) => ({
          put: { pk, sk: String(n), text: 'a'.repeat(400_000) },
        }));
        await expect(table.transact(writes)).rejects.toMatchObject(refusal);
        expect(await sortKeys({ pk })).toStrictEqual([]);
        await table.transact(writes.slice(1));
        expect(await sortKeys({ pk })).toHaveLength(10);
      });

      it.each([
        { pk: '', sk: 'one' },
        { pk: 'one', sk: '' },
      ])('the key %j', async (key) => {
        await expect(table.get(key)).rejects.toMatchObject(refusal);
        await expect(table.getMany([{ pk: 'a', sk: 'b' }, key])).rejects.toMatchObject(refusal);
        await expect(table.transact([{ remove: key }])).rejects.toMatchObject(refusal);
        await expect(table.removeMany([key])).rejects.toMatchObject(refusal);
        const when: Condition = [[{ attribute: 'pk', is: 'absent' }]];
        await expect(table.transact([{ check: key, when }])).rejects.toMatchObject(refusal);
      });
    });

    it('answers any history as a plain model answers it', { timeout: 120_000 }, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(operations, { minLength: 1, maxLength: 25, size: 'max' }),
          async (history) => {
            const model = new Model();
            const place = partition();
            for (const operation of history) {
              const moved = inPlace(operation, place);
              expect(await observe(table, moved)).toStrictEqual(model.observe(moved));
            }
          },
        ),
        { numRuns: histories },
      );
    });

    async function sortKeys(query: Query): Promise<string[]> {
      return (await collect(table.queryAll(query))).map(({ sk }) => sk);
    }

    async function pagesOf(query: Query, limit: number): Promise<string[][]> {
      return (await pages(table, query, limit)).map((page) => page.map(({ sk }) => sk));
    }

    async function goesAhead(writes: readonly Write[]): Promise<boolean> {
      const failure = await failureOf(writes);
      if (failure instanceof Error) throw failure;
      return failure === undefined;
    }

    /** What the failed conditions were and what stood there; another error itself; nothing when all went well. */
    async function failureOf(writes: readonly Write[]): Promise<Failure | Error | undefined> {
      try {
        await table.transact(writes);
        return undefined;
      } catch (error) {
        if (error instanceof ConditionFailed) return [error.failed, error.existing];
        return error instanceof Error ? error : new Error(String(error));
      }
    }
  });
}

type Failure = [failed: readonly number[], existing: readonly (Item | undefined)[]];

async function collect(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) {
    all.push(item);
    if (all.length > 10_000) throw new Error('the items do not end');
  }
  return all;
}

async function pages(table: Table, query: Query, limit: number): Promise<(readonly Item[])[]> {
  const all: (readonly Item[])[] = [];
  let after: string | undefined;
  do {
    const page = await table.query(query, { limit, ...(after !== undefined && { after }) });
    all.push(page.items);
    after = page.next;
    if (all.length > 1000) throw new Error('the pages do not end');
  } while (after !== undefined);
  return all;
}

function withoutThrowing(change: () => unknown): unknown {
  try {
    return change();
  } catch (error) {
    return error;
  }
}

function nested(levels: number, wrap: (inner: Value) => Value): Value {
  return levels === 0 ? 'inmost' : wrap(nested(levels - 1, wrap));
}

/** Something done to a table of which the outcome can be told. */
type Operation =
  | { readonly transact: readonly Write[] }
  | { readonly putMany: readonly Item[] }
  | { readonly removeMany: readonly Key[] }
  | { readonly getMany: readonly Key[] }
  | { readonly query: Query; readonly limit: number };

async function observe(table: Table, operation: Operation): Promise<unknown> {
  if ('getMany' in operation) {
    return [
      await table.getMany(operation.getMany),
      await Promise.all(operation.getMany.map((key) => table.get(key))),
    ];
  }
  if ('putMany' in operation) return table.putMany(operation.putMany);
  if ('removeMany' in operation) return table.removeMany(operation.removeMany);
  if ('query' in operation) {
    const found = (await pages(table, operation.query, operation.limit)).flat();
    return withoutOrderOfTies(operation.query, found);
  }
  try {
    await table.transact(operation.transact);
    return 'done';
  } catch (error) {
    if (error instanceof ConditionFailed) return [error.failed, error.existing];
    throw error;
  }
}

/** DynamoDB gives items with one key in the index in whatever order it likes. */
function withoutOrderOfTies({ index }: Query, items: readonly Item[]): unknown {
  if (index === undefined) return items;
  const text = (item: Item): string => `${item.sk} in ${item.pk}`;
  return [
    items.map(({ gsi1sk }) => gsi1sk),
    items.toSorted((one, other) => Buffer.compare(Buffer.from(text(one)), Buffer.from(text(other)))),
  ];
}

/** The contract in the fewest words: a list of items, searched from one end to the other. */
class Model {
  #items: Item[] = [];

  observe(operation: Operation): unknown {
    if ('getMany' in operation) {
      const found = operation.getMany.map((key) => this.#find(key));
      return [found, found];
    }
    if ('putMany' in operation) {
      for (const item of operation.putMany) this.#write({ put: item });
      return undefined;
    }
    if ('removeMany' in operation) {
      for (const key of operation.removeMany) this.#write({ remove: key });
      return undefined;
    }
    if ('query' in operation) return withoutOrderOfTies(operation.query, this.#query(operation.query));
    const stands = operation.transact.map((write) => this.#find(keyOf(write)));
    const failed = operation.transact.flatMap((write, at) =>
      write.when === undefined || meets(stands[at], write.when) ? [] : [at],
    );
    if (failed.length > 0)
      return [failed, stands.map((item, at) => (failed.includes(at) ? item : undefined))];
    for (const write of operation.transact) this.#write(write);
    return 'done';
  }

  #find(key: Key): Item | undefined {
    return this.#items.find(({ pk, sk }) => pk === key.pk && sk === key.sk);
  }

  #write(write: Write): void {
    if ('check' in write) return;
    const key = keyOf(write);
    this.#items = this.#items.filter(({ pk, sk }) => pk !== key.pk || sk !== key.sk);
    if ('put' in write) this.#items.push(structuredClone(write.put));
  }

  #query(query: Query): Item[] {
    const [partitionKey, sortKey] =
      query.index === undefined ? (['pk', 'sk'] as const) : (['gsi1pk', 'gsi1sk'] as const);
    const found = this.#items
      .map((item) => ({ item, sort: item[sortKey] }))
      .filter(
        ({ item, sort }) =>
          item[partitionKey] === query.pk &&
          sort !== undefined &&
          sort.startsWith(query.beginsWith ?? '') &&
          byBytes(sort, query.from ?? '') >= 0 &&
          (query.to === undefined || byBytes(sort, query.to) <= 0),
      )
      .sort((one, other) => byBytes(one.sort ?? '', other.sort ?? ''))
      .map(({ item }) => item);
    return query.descending === true ? found.reverse() : found;
  }
}

function keyOf(write: Write): Key {
  if ('put' in write) return write.put;
  return 'remove' in write ? write.remove : write.check;
}

function byBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

function meets(item: Item | undefined, condition: Condition): boolean {
  return condition.some((checks) =>
    checks.every((check) => {
      const value = item?.[check.attribute];
      if ('is' in check) return (value === undefined) === (check.is === 'absent');
      if ('equals' in check) return value === check.equals;
      if ('oneOf' in check) return check.oneOf.some((one) => one === value);
      const limit = 'below' in check ? check.below : check.atLeast;
      if (typeof value !== typeof limit) return false;
      const order = typeof limit === 'string' ? byBytes(value as string, limit) : Number(value) - limit;
      return 'below' in check ? order < 0 : order >= 0;
    }),
  );
}

/** Few keys and few values, so that operations meet. */
const sortKeyTexts = fc.constantFrom(...inByteOrder);
const scalars = fc.constantFrom<Value[]>(
  '',
  'a',
  'b',
  '\u{1F4C5}',
  '\u{FFFD}',
  0,
  1,
  2,
  -3.5,
  true,
  false,
  null,
);
const keys = fc.record({ pk: fc.constantFrom('one', 'two'), sk: sortKeyTexts });
const items: fc.Arbitrary<Item> = fc.record(
  {
    pk: fc.constantFrom('one', 'two'),
    sk: sortKeyTexts,
    gsi1pk: fc.constantFrom('red', 'blue'),
    gsi1sk: sortKeyTexts,
    state: scalars,
    version: scalars,
    detail: fc.array(fc.dictionary(fc.constantFrom('x', 'y', 'ü'), scalars), { maxLength: 2 }),
  },
  { requiredKeys: ['pk', 'sk'], noNullPrototype: true },
);
const attribute = fc.constantFrom('state', 'version', 'gsi1sk', 'sk');
const bound = fc.constantFrom<(string | number)[]>('', 'a', 'b', '\u{1F4C5}', '\u{FFFD}', 0, 1, 2, -3.5);
const checks: fc.Arbitrary<Check> = fc.oneof(
  fc.record({ attribute, is: fc.constantFrom('absent' as const, 'present' as const) }),
  fc.record({ attribute, equals: fc.oneof(bound, fc.boolean()) }),
  fc.record({ attribute, oneOf: fc.array(bound, { maxLength: 3 }) }),
  fc.record({ attribute, below: bound }),
  fc.record({ attribute, atLeast: bound }),
);
const when: fc.Arbitrary<Condition> = fc.array(fc.array(checks, { maxLength: 2 }), { maxLength: 2 });
const writes: fc.Arbitrary<Write> = fc.oneof(
  fc.record({ put: items }),
  fc.record({ put: items, when }),
  fc.record({ remove: keys }),
  fc.record({ remove: keys, when }),
  fc.record({ check: keys, when }),
);
const ranges = fc.oneof(
  fc.constant({}),
  fc.record({ beginsWith: sortKeyTexts }),
  fc.record({ from: sortKeyTexts }),
  fc.record({ to: sortKeyTexts }),
  fc.tuple(sortKeyTexts, sortKeyTexts).map((two) => {
    const [from, to] = two.sort(byBytes);
    return { from, to };
  }),
);
const queries: fc.Arbitrary<Query> = fc
  .tuple(
    fc.constantFrom(
      { pk: 'one' },
      { pk: 'two' },
      ...['red', 'blue'].map((pk) => ({ pk, index: 'gsi1' as const })),
    ),
    ranges,
    fc.boolean(),
  )
  .map(([source, range, descending]) => ({ ...source, ...range, descending }));
const operations: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      transact: fc.uniqueArray(writes, {
        minLength: 1,
        maxLength: 4,
        selector: (write) => `${keyOf(write).pk} ${keyOf(write).sk}`,
      }),
    }),
  },
  fc.record({ putMany: fc.array(items, { maxLength: 12 }) }),
  fc.record({ removeMany: fc.array(keys, { maxLength: 6 }) }),
  fc.record({ getMany: fc.array(keys, { maxLength: 5 }) }),
  { weight: 4, arbitrary: fc.record({ query: queries, limit: fc.integer({ min: 1, max: 5 }) }) },
);

/** The same operation in partitions that nobody else uses. */
function inPlace(operation: Operation, place: string): Operation {
  return JSON.parse(JSON.stringify(operation), (name, value: unknown) =>
    name === 'pk' || name === 'gsi1pk' ? `${place}-${value as string}` : value,
  ) as Operation;
}
