import { describe, expect, test } from 'vitest';

import { cycleStores } from '../../../../shared/store/cycles/cycle-stores.ts';
import { cycleId, emptyStores, later, openCycle, refused, whats } from '../../../support/cycle-stores.ts';

describe('a cycle', () => {
  test('opened twice is the first one, with one row', async () => {
    const stores = emptyStores();
    const first = await openCycle(stores);
    const closed = await stores.cycles.close(first, later(9));
    expect(await openCycle(stores)).toEqual(closed);
    expect(await whats(stores, '-')).toEqual(['cycle-opened', 'cycle-closed']);
  });

  test('is reported once: a second time gives it back as it stands', async () => {
    const stores = emptyStores();
    const reported = await stores.cycles.report(await openCycle(stores), later(5));
    expect(reported).toMatchObject({ state: 'reported', reportedAt: later(5), revision: 2 });
    expect(await stores.cycles.report(reported, later(6))).toEqual(reported);
    expect(await whats(stores, '-')).toEqual(['cycle-opened', 'cycle-reported']);
  });

  test('is closed once, reported before or not', async () => {
    const stores = emptyStores();
    const closed = await stores.cycles.close(await openCycle(stores), later(5));
    expect(await stores.cycles.close(closed, later(6))).toEqual(closed);
    expect(await stores.cycles.report(closed, later(6))).toEqual(closed);
  });

  test('read before somebody else changed it is refused', async () => {
    const stores = emptyStores();
    const stale = await openCycle(stores);
    await stores.cycles.report(stale, later(5));
    await refused(stores, stores.cycles.report(stale, later(6)), '-');
    await refused(stores, stores.cycles.close(stale, later(6)), '-');
  });

  test('has the one before it, and stands in a list that begins with the newest', async () => {
    const stores = emptyStores();
    for (const id of ['2026-11-18', '2026-09-16', '2027-01-20']) await openCycle(stores, id);
    expect((await stores.cycles.previous('2027-01-20'))?.id).toBe('2026-11-18');
    expect(await stores.cycles.previous('2026-09-16')).toBeUndefined();
    // One that is not there itself has one before it all the same.
    expect((await stores.cycles.previous('2026-12-01'))?.id).toBe('2026-11-18');
    const ids: string[] = [];
    for await (const { id } of stores.cycles.all()) ids.push(id);
    expect(ids).toEqual(['2027-01-20', '2026-11-18', '2026-09-16']);
  });

  test('that has to be there says its name when it is not', async () => {
    await expect(emptyStores().cycles.known('2020-01-01')).rejects.toThrow(
      "no cycle '2020-01-01' in partnership 'small'",
    );
  });

  test('of another partnership in the same table is not seen', async () => {
    const stores = emptyStores();
    await openCycle(stores);
    expect(await cycleStores(stores.table, 'other').cycles.get(cycleId)).toBeUndefined();
  });
});
