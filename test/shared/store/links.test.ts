import { expect, test } from 'vitest';

import type { PartnershipLink } from '../../../shared/store/links.ts';
import { Links } from '../../../shared/store/links.ts';
import { MemoryTable } from '../../../shared/store/memory-table.ts';

const link = (hash: string, expiresAt = '2026-11-10T09:00:00Z'): PartnershipLink => ({
  partnership: 'small',
  tokenHash: hash,
  target: { to: 'request', request: 'r', person: 'mo' },
  expiresAt,
});

test('a link is found by its hash alone, expired or not, and nothing by another', async () => {
  const links = new Links(new MemoryTable());
  await links.keep([link('one', '2020-01-01T00:00:00Z'), link('two')]);
  expect(await links.find('one')).toEqual(link('one', '2020-01-01T00:00:00Z'));
  expect(await links.find('three')).toBeUndefined();
});

test('the same link again only renews its expiry', async () => {
  const links = new Links(new MemoryTable());
  await links.keep([link('one')]);
  await links.keep([link('one', '2026-12-01T00:00:00Z')]);
  expect(await links.find('one')).toEqual(link('one', '2026-12-01T00:00:00Z'));
});

test('a link may be cleared away a year after it expired, and not before', async () => {
  const table = new MemoryTable();
  await new Links(table).keep([link('one')]);
  expect(await table.get({ pk: 'LINK#one', sk: 'LINK' })).toMatchObject({
    deleteAfter: Date.parse('2027-11-10T09:00:00Z') / 1000,
  });
});
