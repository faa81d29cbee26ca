import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Confirmation, PendingAct } from '../../../shared/domain/confirmation.ts';
import {
  afterCode,
  afterPress,
  boundText,
  codeSeconds,
  mostCodesAnHour,
  mostTries,
  needsCode,
} from '../../../shared/domain/confirmation.ts';
import type { Instant } from '../../../shared/time/calendar.ts';
import { addSeconds, secondsBetween } from '../../../shared/time/calendar.ts';

const act: PendingAct = {
  link: 'link',
  person: 'ann',
  what: 'return-signoff',
  about: 'request',
  cycle: '2026-09-16',
  body: 'ashford',
  form: { verdict: 'sign', basis: 'as shown' },
};

const start: Instant = '2026-10-12T09:00:00Z';

const ageAt = (now: Instant) => (at: Instant) => secondsBetween(at, now);

/** What somebody does, so many seconds after what came before. */
const deeds = fc.array(
  fc.record({
    seconds: fc.integer({ min: 0, max: 1_200 }),
    what: fc.constantFrom('press', 'press otherwise', 'new code', 'wrong', 'right'),
  }),
  { maxLength: 60 },
);

describe('a confirmation', () => {
  it('gives so many codes an hour, and so many tries each, whatever is pressed and typed', () => {
    fc.assert(
      fc.property(deeds, (all) => {
        let now = start;
        let standing: Confirmation | undefined;
        const codes: { readonly bound: string; readonly at: Instant }[] = [];
        const looks = new Map<string, number>();
        for (const { seconds, what } of all) {
          now = addSeconds(now, seconds);
          const age = ageAt(now);
          if (what === 'wrong' || what === 'right') {
            if (standing === undefined) continue;
            const { verdict, then } = afterCode(standing, what === 'right', age);
            const bound = boundText(standing);
            if (then.wrong > standing.wrong) looks.set(bound, (looks.get(bound) ?? 0) + 1);
            const askedAt = standing.askedAt.at(-1) ?? '';
            if (verdict === 'right') {
              expect(what).toBe('right');
              expect(age(askedAt)).toBeLessThan(codeSeconds);
              expect(looks.get(bound) ?? 0).toBeLessThan(mostTries);
            }
            standing = then;
          } else {
            const form = what === 'press otherwise' ? { verdict: 'other' } : act.form;
            const then = afterPress({ ...act, form }, standing, now, age, what === 'new code');
            if (then === null || then === 'already on its way') continue;
            standing = { ...then, partnership: 'small', revision: (standing?.revision ?? 0) + 1 };
            codes.push({ bound: boundText(standing), at: now });
          }
        }
        expect(new Set(codes.map(({ bound }) => bound)).size).toBe(codes.length);
        for (const { at } of codes)
          expect(
            codes.filter((other) => other.at <= at && secondsBetween(other.at, at) < 3_600).length,
          ).toBeLessThanOrEqual(mostCodesAnHour);
        expect(Math.max(0, ...looks.values())).toBeLessThanOrEqual(mostTries);
      }),
      { numRuns: 300 },
    );
  });

  it('is for what the partnership says, and for all that can have one where it says nothing', () => {
    expect(needsCode(undefined, 'return-signoff')).toBe(true);
    expect(needsCode(undefined, 'attendance')).toBe(false);
    const rules = { 'return-signoff': false, 'chairs-summary': true, exports: true };
    expect(needsCode(rules, 'return-signoff')).toBe(false);
    expect(needsCode(rules, 'exports')).toBe(true);
  });
});
