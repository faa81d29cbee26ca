import { describe, expect, test } from 'vitest';

import type { Request } from '../../../../shared/domain/request.ts';
import { ask, cycleId, deed, emptyStores, refused, whats } from '../../../support/cycle-stores.ts';

describe('minutes', () => {
  test('given again take the place of the earlier ones', async () => {
    const stores = emptyStores();
    const request = await ask(stores, 'minutes', { body: 'chwb', person: 'sam' });
    const minutes = (message: string) => ({ cycle: cycleId, keyMessages: [message], document: null });
    await stores.minutes.receive(minutes('one'), deed(1, 'sam'), request);
    await refused(stores, stores.minutes.receive(minutes('two'), deed(2, 'sam'), request), 'chwb');
    const answered = (await stores.requests.get(request.id)) as Request;
    await stores.minutes.receive(minutes('two'), deed(3, 'sam'), answered);

    expect(await stores.minutes.of(cycleId)).toMatchObject({
      keyMessages: ['two'],
      receivedFrom: 'sam',
      revision: 2,
    });
    expect((await whats(stores, 'chwb')).filter((what) => what === 'request-answered')).toHaveLength(2);
  });
});
