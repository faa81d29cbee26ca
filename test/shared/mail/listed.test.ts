import fc from 'fast-check';
import { expect, test } from 'vitest';

import { listed } from '../../../shared/mail/listed.ts';
import { namedOf } from '../../../shared/templates/filters.ts';

test('an email lists the first of many, in their order, and counts the others', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { maxLength: 60 }), (items) => {
      const { items: shown, more } = listed(items);
      expect(shown.length + more).toBe(items.length);
      expect(shown).toEqual(items.slice(0, shown.length));
      expect(more).toBe(Math.max(0, items.length - 24));
    }),
  );
});

test('names are joined, and those left out are counted', () => {
  expect(namedOf({ items: ['Dover', 'Thanet'], more: 0 })).toBe('Dover and Thanet');
  expect(namedOf({ items: ['Dover', 'Thanet'], more: 1 })).toBe('Dover, Thanet and 1 other');
  expect(namedOf({ items: ['Dover'], more: 1_200 })).toBe('Dover and 1,200 others');
});
