import { describe, expect, test } from 'vitest';

import type { Action } from '../../../../shared/domain/return.ts';
import type { EmptyStores } from '../../../support/cycle-stores.ts';
import { ask, cycleId, emptyStores, group, later, opened, refused } from '../../../support/cycle-stores.ts';

describe('an action', () => {
  const agree = async (stores: EmptyStores, id = '2026-09-16-1'): Promise<Action> =>
    stores.actions.agree(
      {
        id,
        group,
        raisedIn: cycleId,
        description: 'Map',
        owner: 'mo',
        due: '2026-11-01',
        state: 'open',
        updates: [],
      },
      opened,
    );

  test('agreed twice keeps what its owner said of it', async () => {
    const stores = emptyStores();
    const action = await agree(stores);
    const done = { at: later(1), by: 'mo', state: 'done', note: 'Mapped' } as const;
    await stores.actions.update(action, done, 'page', await ask(stores, 'action-update', { person: 'mo' }));
    expect(await agree(stores)).toMatchObject({ state: 'done', updates: [done] });
    await refused(stores, stores.actions.update(action, done, 'page'));
    expect(await stores.actions.get(group, action.id)).toMatchObject({ revision: 2 });
  });

  test('stands among those of its group, oldest first', async () => {
    const stores = emptyStores();
    for (const id of ['2026-11-18-x', '2026-09-16-z', '2026-09-16-a']) await agree(stores, id);
    expect((await stores.actions.of(group)).map(({ id }) => id)).toEqual([
      '2026-09-16-a',
      '2026-09-16-z',
      '2026-11-18-x',
    ]);
    expect(await stores.actions.of('dover')).toEqual([]);
  });
});
