import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Grant } from '../../../shared/domain/grant.ts';
import { grantsToShow, isReviewDue } from '../../../shared/domain/grant.ts';

const grant = (changes: Partial<Grant> = {}): Grant => ({
  partnership: 'kent',
  id: 'one',
  group: 'ashford',
  raisedIn: '2026-09-16',
  purpose: 'Holiday club',
  requested: 1500,
  state: 'requested',
  awarded: null,
  reviewDate: null,
  outcome: '',
  heardAt: '2026-10-05T10:00:00Z',
  revision: 1,
  ...changes,
});

describe('the grants of a report', () => {
  test('an award is reviewed by its date', () => {
    const awarded = grant({ state: 'awarded', awarded: 1000, reviewDate: '2027-01-15' });
    expect(isReviewDue(awarded, '2027-01-15')).toBe(false);
    expect(isReviewDue(awarded, '2027-01-16')).toBe(true);
    expect(isReviewDue({ ...awarded, state: 'closed' }, '2027-01-16')).toBe(false);
  });

  test('an open grant is in every report, one that is over in one report, one withdrawn in none', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('requested' as const, 'awarded' as const, 'refused' as const, 'closed' as const),
        fc.option(fc.constantFrom('2026-11-10T09:00:00Z', '2027-01-08T09:00:00Z', '2027-03-05T09:00:00Z')),
        fc.constantFrom('2026-10-05T10:00:00Z', '2026-12-05T10:00:00Z', '2027-02-05T10:00:00Z'),
        (state, lastReport, heardAt) => {
          const shown = grantsToShow([grant({ state, heardAt })], lastReport, '2027-02-01').length;
          const isOpen = state === 'requested' || state === 'awarded';
          expect(shown).toBe(isOpen || lastReport === null || heardAt > lastReport ? 1 : 0);
          expect(grantsToShow([grant({ state: 'withdrawn', heardAt })], lastReport, '2027-02-01')).toEqual(
            [],
          );
        },
      ),
    );
  });
});
