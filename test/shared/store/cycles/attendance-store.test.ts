import { describe, expect, test } from 'vitest';

import type { Request } from '../../../../shared/domain/request.ts';
import { Conflict } from '../../../../shared/store/cycles/deed.ts';
import {
  ask,
  cycleId,
  deed,
  emptyStores,
  group,
  later,
  opened,
  whats,
} from '../../../support/cycle-stores.ts';

describe('attendance', () => {
  test('is invited once, and keeps its answer', async () => {
    const stores = emptyStores();
    await stores.attendance.invite(cycleId, group, 'mo', opened);
    await stores.attendance.answer(cycleId, group, 'mo', { response: 'apologies' }, deed(1, 'mo'));
    expect(await stores.attendance.invite(cycleId, group, 'mo', later(2))).toMatchObject({
      answer: { response: 'apologies' },
    });
    expect(await whats(stores)).toEqual(['invited', 'attendance-answered']);
  });

  test('is changed by a later answer, with a row of its own even within the second', async () => {
    const stores = emptyStores();
    await stores.attendance.invite(cycleId, group, 'mo', opened);
    const request = await ask(stores, 'attendance', { person: 'mo' });
    await stores.attendance.answer(cycleId, group, 'mo', { response: 'apologies' }, deed(1, 'mo'), request);
    const answered = (await stores.requests.get(request.id)) as Request;
    await stores.attendance.answer(cycleId, group, 'mo', { response: 'attending' }, deed(1, 'mo'), answered);

    expect(await stores.attendance.of(cycleId, group)).toMatchObject([
      { answer: { response: 'attending' }, channel: 'page' },
    ]);
    expect((await whats(stores)).filter((what) => what === 'attendance-answered')).toHaveLength(2);
  });

  test('of somebody who is not invited is refused by name', async () => {
    await expect(
      emptyStores().attendance.answer(cycleId, group, 'mo', { response: 'attending' }, deed(1)),
    ).rejects.toThrow("'mo' is not invited to ashford in 2026-09-16");
  });

  test('whose substitute gave up says when, and whom has been named, whatever is written after', async () => {
    const stores = emptyStores();
    await stores.attendance.invite(cycleId, group, 'mo', opened);
    const substitute = { name: 'Jo Smith', email: 'Jo@example.org' };
    const named = await stores.attendance.answer(
      cycleId,
      group,
      'mo',
      { response: 'substitute', substitute },
      deed(1, 'mo'),
    );
    if (named === null) throw new Error('passed over');
    await stores.attendance.giveUp(named, substitute, later(2));
    const gaveUp = await stores.attendance.get(cycleId, group, 'mo');
    if (gaveUp === undefined) throw new Error('nobody is invited');
    await stores.attendance.propose(gaveUp, null, { by: 'system', at: later(3) });
    expect(await stores.attendance.get(cycleId, group, 'mo')).toMatchObject({
      substituteGaveUp: { ...substitute, at: later(2) },
      substitutesNamed: ['jo@example.org'],
    });
  });

  test('is asked afresh once there is an answer, and not before', async () => {
    const stores = emptyStores();
    const invited = await stores.attendance.invite(cycleId, group, 'mo', opened);
    expect(await stores.attendance.askAfresh(invited, later(1))).toBe(invited);
    await stores.attendance.answer(cycleId, group, 'mo', { response: 'attending' }, deed(1, 'mo'));
    const [answered] = await stores.attendance.of(cycleId, group);
    if (answered === undefined) throw new Error('nobody is invited');
    expect(await stores.attendance.askAfresh(answered, later(2))).toMatchObject({
      answer: null,
      answeredAt: null,
      channel: null,
    });
    await expect(stores.attendance.askAfresh(answered, later(3))).rejects.toThrow(Conflict);
  });
});
