import { describe, expect, test } from 'vitest';

import type { Request } from '../../../../shared/domain/request.ts';
import { Conflict } from '../../../../shared/store/cycles/deed.ts';
import type { EmptyStores } from '../../../support/cycle-stores.ts';
import {
  ask,
  cycleId,
  deed,
  emptyStores,
  group,
  later,
  openCycle,
  opened,
  refused,
} from '../../../support/cycle-stores.ts';

describe('escalations', () => {
  const report = async (stores: EmptyStores, count: number): Promise<void> =>
    stores.escalations.report(
      Array.from({ length: count }, (_, index) => ({
        id: `esc-${String(index).padStart(3, '0')}`,
        cycle: cycleId,
        group,
        issue: 'Transport',
        ask: 'Write',
        indicator: null,
        state: 'reported',
        answer: '',
        answeredAt: null,
        toldAt: null,
      })),
      opened,
    );

  test('reported twice keep the board’s answer', async () => {
    const stores = emptyStores();
    await report(stores, 2);
    const [escalation] = await stores.escalations.reportedIn(cycleId);
    if (escalation === undefined) throw new Error('nothing is reported');
    const request = await ask(stores, 'board-answers', { body: 'chwb', person: 'sam' });
    await stores.escalations.answer([{ escalation, answer: 'Yes' }], deed(1, 'sam'), request, true);
    await report(stores, 2);
    expect(
      (await stores.escalations.reportedIn(cycleId)).map(({ state, answer }) => `${state} ${answer}`),
    ).toEqual(['answered Yes', 'reported ']);
    const answered = (await stores.requests.get(request.id)) as Request;
    const stale = stores.escalations.answer([{ escalation, answer: 'No' }], deed(2, 'sam'), answered, true);
    await refused(stores, stale, 'chwb');
  });

  test('are answered however many there are', async () => {
    const stores = emptyStores();
    await report(stores, 200);
    const answers = (await stores.escalations.reportedIn(cycleId)).map((escalation) => ({
      escalation,
      answer: 'Yes',
    }));
    const request = await ask(stores, 'board-answers', { body: 'chwb', person: 'sam' });
    await stores.escalations.answer(answers, deed(1, 'sam'), request, true);
    const then = await stores.escalations.reportedIn(cycleId);
    expect(new Set(then.map(({ state }) => state))).toEqual(new Set(['answered']));
    expect(then).toHaveLength(200);
  });

  test('are told once', async () => {
    const stores = emptyStores();
    await report(stores, 1);
    const [escalation] = await stores.escalations.reportedIn(cycleId);
    if (escalation === undefined) throw new Error('nothing is reported');
    await stores.escalations.noteTold(escalation, later(1));
    await expect(stores.escalations.noteTold(escalation, later(2))).rejects.toThrow(Conflict);
    const [told] = await stores.escalations.reportedIn(cycleId);
    if (told === undefined) throw new Error('nothing is reported');
    await stores.escalations.noteTold(told, later(3));
    expect((await stores.escalations.reportedIn(cycleId))[0]).toMatchObject({
      toldAt: later(1),
      revision: 2,
    });
  });

  test('before a cycle are those of the report of the cycle before', async () => {
    const stores = emptyStores();
    await openCycle(stores);
    await openCycle(stores, '2026-11-18');
    await report(stores, 1);
    expect(await stores.escalations.before('2026-11-18')).toHaveLength(1);
    expect(await stores.escalations.before(cycleId)).toEqual([]);
  });

  test('that had no answer lie before the board again, above those of the next report', async () => {
    const stores = emptyStores();
    for (const cycle of [cycleId, '2026-11-18', '2027-01-20']) await openCycle(stores, cycle);
    await report(stores, 2);
    const [first, second] = await stores.escalations.before('2026-11-18');
    if (first === undefined || second === undefined) throw new Error('nothing is reported');
    await stores.escalations.report(
      [{ ...first, id: 'esc-next', cycle: '2026-11-18', issue: 'Housing' }],
      opened,
    );
    await stores.escalations.carry('2026-11-18', [second]);
    expect((await stores.escalations.before('2027-01-20')).map(({ id }) => id)).toEqual([
      second.id,
      'esc-next',
    ]);
    const request = await ask(stores, 'board-answers', { body: 'chwb', person: 'sam' });
    await stores.escalations.answer([{ escalation: second, answer: 'Yes' }], deed(1, 'sam'), request, true);
    expect(await stores.escalations.before('2027-01-20')).toMatchObject([
      { id: second.id, cycle: cycleId, state: 'answered', answer: 'Yes' },
      { id: 'esc-next', state: 'reported' },
    ]);
  });
});
