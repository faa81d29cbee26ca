import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Item } from '../../shared/store/table.ts';
import { describeTable } from '../support/table-contract.ts';
import type { DynamoDBLocal } from './dynamodb-local.ts';
import { startDynamoDBLocal } from './dynamodb-local.ts';
import { openTable } from './open-table.ts';

describe('DynamoTable', { timeout: 60_000 }, () => {
  let engine: DynamoDBLocal | undefined;
  // The first run fetches the engine.
  beforeAll(async () => {
    engine = await startDynamoDBLocal();
  }, 600_000);
  afterAll(() => engine?.stop());
  const onLocal = () => openTable(engine?.endpoint ?? '');

  describeTable('on DynamoDB Local', onLocal, { histories: 40 });

  it('goes on where DynamoDB Local cuts a page at 1 MB', async () => {
    const table = await onLocal();
    const items = Array.from({ length: 44 }, (_, n) => ({
      pk: 'p',
      sk: String(n).padStart(2, '0'),
      gsi1pk: 'i',
      gsi1sk: String(n).padStart(2, '0'),
      text: 'a'.repeat(390_000),
    }));
    await table.putMany(items);
    for (const query of [{ pk: 'p' }, { pk: 'i', index: 'gsi1' as const }]) {
      const first = await table.query(query, { limit: 50 });
      expect(first.items.length).toBeLessThan(5);
      expect(first).toHaveProperty('next');
      const found: Item[] = [];
      for await (const item of table.queryAll({ ...query, descending: true })) found.push(item);
      expect(found).toStrictEqual(items.toReversed());
    }
    // 17 MB, of which an answer holds 16.
    expect(await table.getMany(items)).toStrictEqual(items);
  });

  const elsewhere = process.env['AWS_ENDPOINT_URL'];
  if (elsewhere !== undefined) {
    describeTable(`on ${elsewhere}`, () => openTable(elsewhere), { histories: 40 });
  }
});
