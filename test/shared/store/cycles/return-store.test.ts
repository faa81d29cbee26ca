import { describe, expect, test } from 'vitest';

import type { GroupReturn, SubmittedReturn } from '../../../../shared/domain/return.ts';
import { emptyReturnContent } from '../../../../shared/domain/return.ts';
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

describe('a return', () => {
  const content = { ...emptyReturnContent, held: true };
  const prefilled = async (stores: EmptyStores): Promise<GroupReturn> =>
    stores.returns.prefill(cycleId, group, emptyReturnContent, opened);

  test('is prefilled once, and keeps what was saved', async () => {
    const stores = emptyStores();
    await stores.returns.save(await prefilled(stores), content, 'meeting', deed(1));
    expect(await prefilled(stores)).toMatchObject({
      content: { held: true },
      saved: ['meeting'],
      state: 'draft',
    });
  });

  test('saved by two people at once is saved by the first, and a conflict to the second', async () => {
    const stores = emptyStores();
    const draft = await prefilled(stores);
    await stores.returns.save(draft, content, 'meeting', deed(1));
    await refused(stores, stores.returns.save(draft, content, 'actions', deed(1, 'dora')));
    await refused(stores, stores.returns.submit(draft, deed(2), await ask(stores)));
    expect((await stores.requests.about(cycleId, group)).map(({ state }) => state)).toEqual(['open']);
  });

  test('saved section by section within a second leaves a row for each', async () => {
    const stores = emptyStores();
    let draft = await prefilled(stores);
    for (const section of ['meeting', 'actions', 'meeting'] as const)
      draft = await stores.returns.save(draft, content, section, deed(1));
    expect(draft.saved).toEqual(['meeting', 'actions']);
    const rows = (await stores.audit.of(cycleId, group)).filter(({ what }) => what === 'return-saved');
    expect(rows.map(({ detail }) => detail['section'])).toEqual(['meeting', 'actions', 'meeting']);
  });

  const submitted = async (stores: EmptyStores): Promise<SubmittedReturn> =>
    stores.returns.submit(await prefilled(stores), deed(1), await ask(stores));

  test('goes its way: handed in, sent back, handed in again, signed', async () => {
    const stores = emptyStores();
    await openCycle(stores);
    const first = await submitted(stores);
    expect(first).toMatchObject({ state: 'submitted', version: 1, submittedBy: 'cora', revision: 2 });
    const chairs = await ask(stores, 'return-signoff', { person: 'ann' });
    const sentBack = await stores.returns.sendBack(first, 'More', deed(2, 'ann'), chairs);
    expect(sentBack).toMatchObject({ state: 'sent-back', comment: 'More', sentBackBy: 'ann', version: 1 });
    const again = await stores.returns.submit(sentBack, deed(3), await ask(stores, 'return', { round: 2 }));
    expect(again).toMatchObject({ state: 'submitted', version: 2 });
    expect(again).not.toHaveProperty('comment');
    const signed = await stores.returns.sign(
      again,
      deed(4, 'ann'),
      await ask(stores, 'return-signoff', { person: 'ann', round: 2 }),
    );
    expect(await stores.returns.of(cycleId, group)).toEqual(signed);
    expect(signed).toMatchObject({ state: 'signed', signedBy: 'ann', version: 2, revision: 5 });
  });

  test('that was changed meanwhile is neither signed nor sent back', async () => {
    const stores = emptyStores();
    await openCycle(stores);
    const shown = await submitted(stores);
    const chairs = await ask(stores, 'return-signoff', { person: 'ann' });
    await stores.returns.save(shown, content, 'meeting', deed(2));
    await refused(stores, stores.returns.sign(shown, deed(3, 'ann'), chairs));
    await refused(stores, stores.returns.sendBack(shown, 'More', deed(3, 'ann'), chairs));
    expect(await stores.requests.get(chairs.id)).toEqual(chairs);
  });

  test('that never came is nil once; one that came is not', async () => {
    const stores = emptyStores();
    await openCycle(stores);
    const draft = await prefilled(stores);
    const nil = await stores.returns.recordNil(draft, later(5));
    expect(nil).toMatchObject({ state: 'nil', nilAt: later(5) });
    expect(await stores.returns.recordNil(nil, later(6))).toBe(nil);
    await expect(stores.returns.recordNil(draft, later(6))).rejects.toThrow(Conflict);
    const late = await stores.returns.submit(nil, deed(7), await ask(stores));
    expect(late).not.toHaveProperty('nilAt');
    expect(await stores.returns.recordNil(late, later(8))).toBe(late);
  });

  test('is found among many in the order asked', async () => {
    const stores = emptyStores();
    for (const id of ['a', 'b']) await stores.returns.prefill(cycleId, id, emptyReturnContent, opened);
    expect((await stores.returns.ofGroups(cycleId, ['b', 'none', 'a'])).map((given) => given?.group)).toEqual(
      ['b', undefined, 'a'],
    );
  });
});
