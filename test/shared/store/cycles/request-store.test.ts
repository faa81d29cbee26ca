import { describe, expect, test } from 'vitest';

import type { Request } from '../../../../shared/domain/request.ts';
import {
  ask,
  cycleId,
  deed,
  emptyStores,
  group,
  later,
  refused,
  whats,
} from '../../../support/cycle-stores.ts';

describe('a request', () => {
  test('opened twice is the first one as it stands', async () => {
    const stores = emptyStores();
    const request = await ask(stores);
    await stores.requests.answer(request, deed(1));
    expect(await ask(stores)).toMatchObject({ state: 'answered', answeredBy: 'cora' });
    expect(await whats(stores)).toEqual(['request-opened', 'request-answered']);
  });

  test.each(['answered', 'expired', 'withdrawn'] as const)(
    'that is %s is not chased, expired or withdrawn any more',
    async (state) => {
      const stores = emptyStores();
      const open = await ask(stores);
      if (state === 'answered') await stores.requests.answer(open, deed(1));
      if (state === 'expired') await stores.requests.expire(open, later(1));
      if (state === 'withdrawn') await stores.requests.withdraw(open, 'moved', later(1));
      const settled = (await stores.requests.get(open.id)) as Request;
      expect(settled.state).toBe(state);
      for (const one of [open, settled]) {
        await refused(stores, stores.requests.recordSteps(one, 1, later(2)));
        await refused(stores, stores.requests.expire(one, later(2)));
        await refused(stores, stores.requests.withdraw(one, 'moved', later(2)));
      }
      expect(await stores.requests.get(open.id)).toEqual(settled);
    },
  );

  test('is answered when open, expired or answered before, and never when withdrawn', async () => {
    const stores = emptyStores();
    const expired = await stores.requests.expire(await ask(stores), later(1));
    await stores.requests.answer(expired, deed(2));
    const first = (await stores.requests.get(expired.id)) as Request;
    await stores.requests.answer(first, deed(3));
    // The first answer's time stays: it says whether the answer was late.
    expect(await stores.requests.get(expired.id)).toMatchObject({
      state: 'answered',
      answeredAt: later(2),
      revision: 4,
    });

    const withdrawn = await stores.requests.withdraw(
      await ask(stores, 'minutes'),
      'asked elsewhere',
      later(1),
    );
    await refused(stores, stores.requests.answer(withdrawn, deed(2)));
    await refused(stores, stores.requests.answer(expired, deed(2)));
  });

  test('answered keeps nothing of what it was before but what it is about', async () => {
    const stores = emptyStores();
    const expired = await stores.requests.expire(await ask(stores), later(1));
    await stores.requests.answer(expired, deed(2));
    expect(await stores.requests.get(expired.id)).not.toHaveProperty('expiredAt');
  });

  test('that is handed over is the other person’s, whether open or answered, and says whose it was', async () => {
    const stores = emptyStores();
    const request = await ask(stores);
    const given = await stores.requests.handOver(request, 'dora', { by: 'sam', at: later(1) });
    expect(given).toMatchObject({ id: request.id, person: 'dora', state: 'open' });
    await refused(stores, stores.requests.handOver(request, 'mo', { by: 'sam', at: later(1) }));
    const found: string[] = [];
    for await (const { id } of stores.requests.to('dora')) found.push(id);
    for await (const { id } of stores.requests.to(request.person)) found.push(id);
    expect(found).toEqual([request.id]);
    await stores.requests.answer(given, { ...deed(2), by: 'dora' });
    expect(await stores.requests.get(request.id)).toMatchObject({
      state: 'answered',
      answeredBy: 'dora',
      handedOver: { from: request.person, by: 'sam' },
    });
    await refused(stores, stores.requests.handOver(given, 'mo', { by: 'sam', at: later(3) }));
  });

  test('that is chased says who wants it, with an audit row in their name', async () => {
    const stores = emptyStores();
    const request = await ask(stores);
    const chased = await stores.requests.chase(request, { by: 'sam', at: later(1) });
    expect(chased).toMatchObject({ chased: { by: 'sam', at: later(1) } });
    await refused(stores, stores.requests.chase(request, { by: 'ann', at: later(1) }));
    const audit = await stores.audit.of(cycleId, group);
    expect(audit.find(({ what }) => what === 'request-chased')).toMatchObject({
      by: 'sam',
      about: request.id,
    });
  });

  test('is found by its person, the newest cycle first, also after it was answered', async () => {
    const stores = emptyStores();
    await ask(stores, 'return', { cycle: '2026-09-16' });
    await stores.requests.answer(await ask(stores, 'return', { cycle: '2026-11-18' }), deed(1));
    await ask(stores, 'return', { person: 'dora', body: 'dover' });
    const found: string[] = [];
    for await (const { cycle, state } of stores.requests.to('cora')) found.push(`${cycle} ${state}`);
    expect(found).toEqual(['2026-11-18 answered', '2026-09-16 open']);
  });

  test('is one of many: all of a body, and any by their ids in the order asked', async () => {
    const stores = emptyStores();
    const many = await Promise.all(
      Array.from({ length: 250 }, (_, index) => ask(stores, 'attendance', { person: `p${String(index)}` })),
    );
    expect(await stores.requests.about(cycleId, group)).toHaveLength(250);
    expect(await stores.requests.about(cycleId, 'dover')).toEqual([]);
    const ids = [many[249]?.id ?? '', '2026-09-16~return~ashford~-~1~nobody', many[0]?.id ?? ''];
    expect((await stores.requests.getMany(ids)).map((request) => request?.person)).toEqual([
      'p249',
      undefined,
      'p0',
    ]);
  });
});
