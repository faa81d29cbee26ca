import type { Instant } from '../time/calendar.ts';

/** The lead chair's summary of the twelve returns for the board. */
export interface ChairsSummaryContent {
  readonly overview: string;
  readonly commonConcerns: readonly string[];
  readonly achievements: readonly string[];
  /** What the board is asked to decide or note. */
  readonly asks: readonly string[];
}

export interface ChairsSummary {
  readonly partnership: string;
  readonly cycle: string;
  readonly state: 'draft' | 'approved';
  readonly content: ChairsSummaryContent;
  readonly approvedAt: Instant | null;
  readonly approvedBy: string | null;
  /** Of what was drafted again since: when. The first draft came with the Chairs Group's pack. */
  readonly draftedAt?: Instant;
  /** Whether nobody has written in it yet; where nothing is said, the first revision is untouched. */
  readonly isUntouched?: boolean;
  readonly revision: number;
}

/** Whether a summary is as it was drafted, so that a newer draft takes nothing from anybody. */
export const isUntouched = ({ state, isUntouched: said, revision }: ChairsSummary): boolean =>
  state === 'draft' && (said ?? revision === 1);

/** The two chairs who attend a board meeting. Source: LCPG terms of reference, "Governance". */
export interface Representatives {
  readonly partnership: string;
  /** The cycle whose next board they attend. */
  readonly cycle: string;
  readonly people: readonly string[];
  /** `proposed` where nobody confirmed them in time. */
  readonly state: 'proposed' | 'confirmed';
  readonly recordedAt: Instant;
  readonly revision: number;
}
