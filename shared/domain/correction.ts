import type { Instant } from '../time/calendar.ts';

export const correctionKinds = ['not-me', 'left', 'address'] as const;
/** What somebody tells us of whom a request went to: it is not meant for them, they have left, their address changed. */
export type CorrectionKind = (typeof correctionKinds)[number];

/** Something for the people who keep the lists to check: nobody's entry changes by it. */
export interface Correction {
  /** Id of the request whose link was opened. */
  readonly request: string;
  readonly what: CorrectionKind;
  /** In the words of whoever told it. */
  readonly text: string;
  readonly at: Instant;
}
