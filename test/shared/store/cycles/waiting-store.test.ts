import { describe, expect, test } from 'vitest';

import { emptyStores, later } from '../../../support/cycle-stores.ts';

describe('what waits', () => {
  const waiting = (name: string, token: string) => ({ name, kind: 'machine', at: later(9), token }) as const;

  test('is registered under its name, the latest in place of the earlier', async () => {
    const stores = emptyStores();
    await stores.waiting.register(waiting('request/a', 'one'));
    await stores.waiting.register(waiting('request/a', 'two'));
    expect(await stores.waiting.get('request/a')).toEqual(waiting('request/a', 'two'));
    // The machine that stops waiting is the earlier one: the later one goes on.
    await stores.waiting.stop(waiting('request/a', 'one'));
    expect(await stores.waiting.get('request/a')).toEqual(waiting('request/a', 'two'));
    await stores.waiting.stop(waiting('request/a', 'two'));
    expect(await stores.waiting.get('request/a')).toBeUndefined();
  });

  test('is all found, however many', async () => {
    const stores = emptyStores();
    await Promise.all(
      Array.from({ length: 300 }, (_, index) =>
        stores.waiting.register(waiting(`request/${String(index)}`, 't')),
      ),
    );
    let count = 0;
    for await (const { token } of stores.waiting.all()) count += token === 't' ? 1 : 0;
    expect(count).toBe(300);
  });
});
