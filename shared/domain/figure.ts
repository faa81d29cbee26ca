import type { Comparison, Direction } from './highlights.ts';
import type { Movement } from './trend.ts';

/** What an analyst says of a figure beyond its value. Figures that an earlier release kept have none of it. */
export interface FigureStanding {
  /** Who publishes the figures; empty where nobody says. */
  readonly source: string;
  /** The period as its publisher writes it, such as `2021 - 23`; an ISO interval where the file gives no other. */
  readonly publishedPeriod: string;
  /** The 95% interval, as published or worked out (see `intervalOf`); null where there is none. */
  readonly lower: number | null;
  readonly upper: number | null;
  /** Whether the value moved, whatever is good; null where there is no period before. */
  readonly movement: Movement | null;
  /** The movement, judged by the polarity; null where there is nothing to judge by. */
  readonly direction: Direction | null;
  /** What movement and direction go by; `values` where chance can't be ruled out. */
  readonly directionBasis: 'trend' | 'intervals' | 'values' | null;
  /** In how many periods in a row, up to the latest, the value has moved the same way. */
  readonly run: number;
  /** By the interval; null where there is none, or nothing to compare with. */
  readonly comparedWithCounty: Comparison | null;
  readonly england: number | null;
  readonly comparedWithEngland: Comparison | null;
  /** Whether the figure is withheld as a small number, by the publisher or here. */
  readonly suppressed: boolean;
  /** The last ten periods of one length, oldest first; null where there is no figure. */
  readonly history: readonly { readonly period: string; readonly value: number | null }[];
  /** The districts' values, lowest first; evenly chosen ones, the ends among them, where there are over 40. */
  readonly spread: readonly number[];
  /** Picked by the rules of `judge`. */
  readonly highlight: 'concern' | 'achievement' | null;
  /** What stands out, in words: "floor standard not met, worst of 12, and falling for three periods". */
  readonly why: string;
}

/** One indicator's latest figure in one district, beside the other districts’. Missing is missing, never zero. */
export interface IndicatorFigure extends FigureStanding {
  readonly indicator: string;
  readonly name: string;
  readonly outcome: string;
  readonly unit: string;
  readonly decimals: number;
  readonly priority: boolean;
  /** In words, such as `2024 to 2025`; empty where there is no figure. */
  readonly period: string;
  readonly value: number | null;
  /** The period before it; empty where the district has no figure for that. */
  readonly previousPeriod: string;
  readonly previousValue: number | null;
  /** Against the county set's target and floor standard; null where there is no figure, target or floor. */
  readonly rating: 'green' | 'amber' | 'red' | null;
  /** 1 is best by the indicator’s polarity; ties share the better rank. Null where there is nothing to rank among. */
  readonly rank: number | null;
  /** How many districts have a figure for the period. */
  readonly of: number;
  readonly joint: boolean;
  readonly county: number | null;
}

/**
 * Whether an LCPG is asked to write about a figure: one of its priorities, or one that stands out as a concern, as a red
 * does not by itself mean that a district is failing.
 */
export const asksForCommentary = ({ priority, highlight }: IndicatorFigure): boolean =>
  priority || highlight === 'concern';

/** The standing of a figure of which no more is known than its value. */
export const unknownStanding: FigureStanding = {
  source: '',
  publishedPeriod: '',
  lower: null,
  upper: null,
  movement: null,
  direction: null,
  directionBasis: null,
  run: 0,
  comparedWithCounty: null,
  england: null,
  comparedWithEngland: null,
  suppressed: false,
  history: [],
  spread: [],
  highlight: null,
  why: '',
};
