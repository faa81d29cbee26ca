import type { Interval } from './intervals.ts';
import type { Movement } from './trend.ts';

/** A movement as the polarity judges it. */
export type Direction = 'improving' | 'worsening' | 'no significant change';

/** How a figure stands beside another area's: by its interval, so that chance is not taken for a difference. */
export type Comparison = 'better' | 'similar' | 'worse';

/**
 * How a figure compares with another area's: similar where its 95% interval holds the other value, else better or worse.
 * Source: Fingertips public health technical guidance, comparison with a benchmark by confidence intervals.
 * @param meritOf how good a value is; more is better; null where there is nothing to judge by
 */
export const comparisonWith = (
  other: number,
  { lower, upper }: Interval,
  meritOf: (value: number) => number | null,
  own: number,
): Comparison | null => {
  if (other >= lower && other <= upper) return 'similar';
  const [ours, theirs] = [meritOf(own), meritOf(other)];
  if (ours === null || theirs === null) return null;
  return ours > theirs ? 'better' : ours < theirs ? 'worse' : 'similar';
};

/** What is known of a figure when it is judged. */
interface Judged {
  readonly value: number | null;
  readonly suppressed: boolean;
  readonly rating: 'green' | 'amber' | 'red' | null;
  readonly place: { readonly rank: number; readonly joint: boolean } | null;
  readonly of: number;
  /** Whether no district has a worse value. */
  readonly last: boolean;
  readonly movement: Movement | null;
  readonly direction: Direction | null;
  readonly directionBasis: 'trend' | 'intervals' | 'values' | null;
  readonly run: number;
  readonly comparedWithCounty: Comparison | null;
}

/** Something that stands out, for good or bad. */
interface Reason {
  readonly good: boolean;
  readonly text: string;
}

const smallNumbers = ['', '', '', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** From here on a movement in a row is told of, even where no interval is published. */
const tellingRun = 3;

/** Rank among too few says nothing. */
const tellingField = 4;

/** From here on the first three and the last three are told of. */
const fieldOfThrees = 8;

/** "2nd", "11th". */
const ordinal = (place: number): string => {
  const teens = place % 100 >= 11 && place % 100 <= 13;
  return `${String(place)}${teens ? 'th' : (['th', 'st', 'nd', 'rd'][place % 10] ?? 'th')}`;
};

const ratingReason = ({ rating }: Judged): readonly Reason[] =>
  rating === 'red'
    ? [{ good: false, text: 'floor standard not met' }]
    : rating === 'green'
      ? [{ good: true, text: 'target met' }]
      : [];

const placeReason = ({ place, of, last }: Judged): readonly Reason[] => {
  if (place === null || of < tellingField) return [];
  const joint = place.joint ? 'joint ' : '';
  // Where all are level, nobody is best or worst.
  if (last && place.rank === 1) return [];
  if (last) return [{ good: false, text: `${joint}worst of ${String(of)}` }];
  if (place.rank === 1) return [{ good: true, text: `${joint}best of ${String(of)}` }];
  if (of < fieldOfThrees) return [];
  const words = `${joint}${ordinal(place.rank)} of ${String(of)}`;
  if (place.rank > of - 3) return [{ good: false, text: words }];
  return place.rank <= 3 ? [{ good: true, text: words }] : [];
};

const trendReason = ({ movement, direction, directionBasis, run }: Judged): readonly Reason[] => {
  if (movement === null || movement === 'level') return [];
  if (direction !== 'improving' && direction !== 'worsening') return [];
  const way = movement === 'up' ? 'rising' : 'falling';
  const periods = smallNumbers[run] ?? String(run);
  const good = direction === 'improving';
  if (run >= tellingRun) return [{ good, text: `${way} for ${periods} periods` }];
  if (directionBasis === 'values') return [];
  return [
    {
      good,
      text:
        directionBasis === 'trend'
          ? `${way} over five periods`
          : `significantly ${movement} on the period before`,
    },
  ];
};

const countyReason = ({ comparedWithCounty }: Judged): readonly Reason[] =>
  comparedWithCounty === 'better' || comparedWithCounty === 'worse'
    ? [
        {
          good: comparedWithCounty === 'better',
          text: `significantly ${comparedWithCounty} than the county`,
        },
      ]
    : [];

/** "a", "a, and b", "a, b, and c". */
const listed = (texts: readonly string[]): string =>
  texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')}, and ${texts.at(-1) ?? ''}`;

const plainWords = ({ rating, place, of, directionBasis, direction }: Judged): string =>
  [
    rating === 'amber' ? 'floor standard met, target not met' : rating === 'green' ? 'target met' : '',
    place === null ? '' : `${place.joint ? 'joint ' : ''}${ordinal(place.rank)} of ${String(of)}`,
    direction === null
      ? ''
      : directionBasis === 'values'
        ? `${direction === 'no significant change' ? 'no change' : direction} on the period before, not tested: no confidence intervals are published`
        : direction,
  ]
    .filter((text) => text !== '')
    .join('; ');

/**
 * Picks concerns and achievements, and says why.
 *
 * Reasons for concern are: below the floor standard; worst of four districts or
 * more, or among the last three of eight or more; moving the wrong
 * way for three periods or more, or significantly; significantly worse than the county. For achievements: target met,
 * best, moving the right way, significantly better. A figure is picked where at least two reasons of one kind hold, and
 * more of that kind than of the other. The house rule of the county's scorecards stands behind it: a red by itself does
 * not mean that a district is failing.
 */
export const judge = (
  figure: Judged,
): { readonly highlight: 'concern' | 'achievement' | null; readonly why: string } => {
  if (figure.suppressed) return { highlight: null, why: 'not shown, to protect a small number' };
  if (figure.value === null) return { highlight: null, why: 'no figure is published' };
  const reasons = [
    ...ratingReason(figure),
    ...placeReason(figure),
    ...trendReason(figure),
    ...countyReason(figure),
  ];
  const good = reasons.filter((reason) => reason.good);
  const bad = reasons.filter((reason) => !reason.good);
  const texts = (of: readonly Reason[]): string => listed(of.map(({ text }) => text));
  if (bad.length >= 2 && bad.length > good.length) return { highlight: 'concern', why: texts(bad) };
  if (good.length >= 2 && good.length > bad.length) return { highlight: 'achievement', why: texts(good) };
  return { highlight: null, why: texts(reasons) || plainWords(figure) };
};
