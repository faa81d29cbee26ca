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

  test('falls due in its order, and not before', async () => {
    const stores = emptyStores();
    const at = (name: string, hours: number) => ({ ...waiting(name, 't'), at: later(hours) });
    for (const one of [at('request/c', 9), at('request/a', 3), at('request/b', 1)])
      await stores.waiting.register(one);
    const due = async (hours: number) => {
      const names: string[] = [];
      for await (const { name } of stores.waiting.due(later(hours))) names.push(name);
      return names;
    };
    expect(await due(0)).toEqual([]);
    expect(await due(3)).toEqual(['request/b', 'request/a']);
    await stores.waiting.bringForward(at('request/c', 9), later(2));
    expect(await due(3)).toEqual(['request/b', 'request/c', 'request/a']);
  });

  test('is not brought forward where another has taken its place', async () => {
    const stores = emptyStores();
    await stores.waiting.register(waiting('request/a', 'two'));
    await stores.waiting.bringForward(waiting('request/a', 'one'), later(1));
    expect(await stores.waiting.get('request/a')).toEqual(waiting('request/a', 'two'));
    await stores.waiting.bringForward(waiting('request/b', 'one'), later(1));
    expect(await stores.waiting.get('request/b')).toBeUndefined();
  });
});
