import { describe, expect, test } from 'vitest';

import type { Meeting, MeetingTime } from '../../../../shared/domain/cycle.ts';
import type { EmptyStores } from '../../../support/cycle-stores.ts';
import {
  ask,
  cycleId,
  deed,
  emptyStores,
  group,
  later,
  opened,
  refused,
  whats,
} from '../../../support/cycle-stores.ts';

const time = (date: string, start = '10:00'): MeetingTime => ({
  date,
  start,
  end: '12:00',
  venue: 'Hall',
  link: '',
});

describe('a meeting', () => {
  const place = async (stores: EmptyStores, at: MeetingTime | null = time('2026-10-01')): Promise<Meeting> =>
    stores.meetings.place(cycleId, group, at, opened);

  test('is placed once, and kept as it was moved', async () => {
    const stores = emptyStores();
    const moved = await stores.meetings.change(
      await place(stores),
      { state: 'planned', time: time('2026-10-05') },
      deed(1),
    );
    expect(await place(stores)).toEqual(moved);
    expect(await place(emptyStores(), null)).toMatchObject({ state: 'unset', time: null, toldSequence: -1 });
  });

  test.each([
    ['another day', { date: '2026-10-02' }, 2],
    ['another start', { start: '11:00' }, 2],
    ['another venue', { venue: 'Library' }, 1],
    ['another end', { end: '13:00' }, 1],
  ])(
    'moved to %s after it was told counts answers as the new question needs',
    async (_what, change, round) => {
      const stores = emptyStores();
      const told = await stores.meetings.noteTold(await place(stores), later(1));
      const moved = await stores.meetings.change(
        told,
        { state: 'planned', time: { ...time('2026-10-01'), ...change } },
        deed(2),
      );
      expect(moved).toMatchObject({ round, sequence: 1, toldSequence: 0, revision: 3 });
    },
  );

  test('moved before anybody was told is no new question', async () => {
    const stores = emptyStores();
    const moved = await stores.meetings.change(
      await place(stores),
      { state: 'planned', time: time('2026-10-05') },
      deed(2),
    );
    expect(moved).toMatchObject({ round: 1, sequence: 1 });
  });

  test('held after all, after it was cancelled, is a new question even at the same time', async () => {
    const stores = emptyStores();
    const told = await stores.meetings.noteTold(await place(stores), later(1));
    const cancelled = await stores.meetings.change(told, { state: 'cancelled' }, deed(2));
    expect(cancelled).toMatchObject({ state: 'cancelled', round: 1, time: time('2026-10-01') });
    const again = await stores.meetings.change(
      cancelled,
      { state: 'planned', time: time('2026-10-01') },
      deed(3),
    );
    expect(again).toMatchObject({ state: 'planned', round: 2 });
    expect(await whats(stores)).toEqual([
      'meeting-placed',
      'meeting-told',
      'meeting-cancelled',
      'meeting-set',
    ]);
  });

  test('changed with the request for its date is one transaction: both or neither', async () => {
    const stores = emptyStores();
    const meeting = await place(stores);
    const request = await ask(stores, 'meeting-date');
    await stores.meetings.change(meeting, { state: 'planned', time: time('2026-10-05') }, deed(1), request);
    expect(await stores.requests.get(request.id)).toMatchObject({ state: 'answered' });

    const now = (await stores.meetings.get(cycleId, group)) as Meeting;
    // The request was read before it was answered.
    await refused(stores, stores.meetings.change(now, { state: 'cancelled' }, deed(2), request));
    expect(await stores.meetings.get(cycleId, group)).toEqual(now);
  });

  test('read before somebody else moved it is refused', async () => {
    const stores = emptyStores();
    const stale = await place(stores);
    await stores.meetings.change(stale, { state: 'planned', time: time('2026-10-05') }, deed(1));
    await refused(stores, stores.meetings.change(stale, { state: 'cancelled' }, deed(2)));
    await refused(stores, stores.meetings.noteTold({ ...stale, toldSequence: -1 }, later(2)));
  });

  test('told as it stands already is not written again', async () => {
    const stores = emptyStores();
    const told = await stores.meetings.noteTold(await place(stores), later(1));
    const { writes } = stores.table.statistics;
    expect(await stores.meetings.noteTold(told, later(2))).toEqual(told);
    expect(stores.table.statistics.writes).toBe(writes);
  });

  test('is found among many in the order asked', async () => {
    const stores = emptyStores();
    for (const body of ['a', 'b']) await stores.meetings.place(cycleId, body, null, opened);
    const found = await stores.meetings.getMany(['b', 'none', 'a'].map((body) => ({ cycle: cycleId, body })));
    expect(found.map((meeting) => meeting?.body)).toEqual(['b', undefined, 'a']);
  });
});
