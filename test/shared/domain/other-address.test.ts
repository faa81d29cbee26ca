import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { OtherAddress } from '../../../shared/domain/other-address.ts';
import { heldDays, isOffered, mayBeHeld, mostHeldAddresses } from '../../../shared/domain/other-address.ts';
import { addSeconds } from '../../../shared/time/calendar.ts';

const start = '2026-09-22T09:00:00Z';
const one = (address: string, state: OtherAddress['state'] = 'held', at = start): OtherAddress => ({
  person: 'mo',
  address,
  state,
  at,
});

describe('an address that a reply came from', () => {
  it('waits for a week', () => {
    const held = one('a@example.org');
    const end = addSeconds(start, heldDays * 86_400);
    expect(isOffered(held, addSeconds(end, -1))).toBe(true);
    expect(isOffered(held, end)).toBe(false);
    expect(mayBeHeld([held], 'a@example.org', end)).toBe(true);
  });

  it.each(['confirmed', 'refused'] as const)('that was %s does not wait again', (state) => {
    const known = [one('a@example.org', state)];
    expect(isOffered(known[0] as OtherAddress, start)).toBe(false);
    expect(mayBeHeld(known, 'a@example.org', addSeconds(start, 30 * 86_400))).toBe(false);
  });

  it('is never one of more than a few that wait, whoever writes how often from wherever', () => {
    const replies = fc.array(fc.record({ from: fc.nat(30), after: fc.nat(3 * 86_400) }), { maxLength: 60 });
    fc.assert(
      fc.property(replies, (all) => {
        let known: readonly OtherAddress[] = [];
        let now = start;
        for (const { from, after } of all) {
          now = addSeconds(now, after);
          const address = `${String(from)}@example.org`;
          if (mayBeHeld(known, address, now))
            known = [...known.filter((other) => other.address !== address), one(address, 'held', now)];
          expect(known.filter((other) => isOffered(other, now)).length).toBeLessThanOrEqual(
            mostHeldAddresses,
          );
        }
      }),
    );
  });
});
