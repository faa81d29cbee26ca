import type { Instant, IsoDate } from '../time/calendar.ts';

/** What an LCPG asks a small pot of money for. Amounts are whole pounds. */
export interface GrantRequest {
  readonly purpose: string;
  readonly amount: number;
}

/** `requested` and `awarded` are carried from cycle to cycle; the others are over. */
export const grantStates = ['requested', 'awarded', 'refused', 'closed'] as const;
export type GrantState = (typeof grantStates)[number] | 'withdrawn';

/** What the meeting heard of a grant that was open before it. */
export interface GrantProgress {
  readonly grant: string;
  readonly state: (typeof grantStates)[number];
  /** Whole pounds; null where nothing was awarded. */
  readonly awarded: number | null;
  /** When the LCPG looks at what the money did; null where nothing was awarded. */
  readonly reviewDate: IsoDate | null;
  /** What the money did; empty until it is known. */
  readonly outcome: string;
}

/** A grant from its request to its outcome. */
export interface Grant {
  readonly partnership: string;
  readonly id: string;
  readonly group: string;
  /** The cycle in whose return it was requested. */
  readonly raisedIn: string;
  readonly purpose: string;
  readonly requested: number;
  readonly state: GrantState;
  readonly awarded: number | null;
  readonly reviewDate: IsoDate | null;
  readonly outcome: string;
  /** When the return was handed in that told of it last. */
  readonly heardAt: Instant;
  readonly revision: number;
}

/** Whether a grant goes on to the next cycle. */
export const isCarried = ({ state }: Pick<Grant, 'state'>): boolean =>
  state === 'requested' || state === 'awarded';

/** Whether a grant should have been reviewed by now. */
export const isReviewDue = (
  { state, reviewDate }: Pick<Grant, 'state' | 'reviewDate'>,
  on: IsoDate,
): boolean => state === 'awarded' && reviewDate !== null && reviewDate < on;

/** A grant as a report shows it. */
export interface GrantLine extends Omit<Grant, 'partnership' | 'revision' | 'heardAt'> {
  readonly reviewDue: boolean;
}

/**
 * The grants that a report shows: those that are open, and those that came to their end after the last report.
 * @param lastReport when it was compiled; null where there is none
 */
export const grantsToShow = (
  grants: readonly Grant[],
  lastReport: Instant | null,
  on: IsoDate,
): readonly GrantLine[] =>
  grants
    .filter((grant) => isCarried(grant) || lastReport === null || grant.heardAt > lastReport)
    .filter(({ state }) => state !== 'withdrawn')
    .map(({ id, group, raisedIn, purpose, requested, state, awarded, reviewDate, outcome }) => ({
      id,
      group,
      raisedIn,
      purpose,
      requested,
      state,
      awarded,
      reviewDate,
      outcome,
      reviewDue: isReviewDue({ state, reviewDate }, on),
    }));
