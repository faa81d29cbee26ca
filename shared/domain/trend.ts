import type { Interval } from './intervals.ts';

/** One period’s figure, as far as a trend needs it. */
export interface TrendPoint {
  readonly value: number;
  readonly interval: Interval | null;
}

/** Which way the figures move, whatever is good. */
export type Movement = 'up' | 'down' | 'level';

/** Which way a figure moved, and what that is judged by. */
export interface Trend {
  readonly movement: Movement;
  /**
   * `trend`: a test over five periods; `intervals`: the intervals of the last two; `values`: the last two values as
   * they are shown, because no interval is published, so that chance is not ruled out.
   */
  readonly basis: 'trend' | 'intervals' | 'values';
}

const pointsOfTrend = 5;

/** The chi-squared value (one degree of freedom) that chance exceeds in 0.2% of cases. */
const chiSquaredLimit = 9.54953570608324;

/** The width of a 95% interval in standard errors. */
const intervalInErrors = 3.92;

/** The slope of the line through the points, each weighed by how sure it is, and its square in standard errors. */
const weightedSlope = (
  points: readonly { readonly time: number; readonly value: number; readonly weight: number }[],
): { readonly slope: number; readonly chiSquared: number } => {
  let [weights, times, values, products, squares] = [0, 0, 0, 0, 0];
  for (const { time, value, weight } of points) {
    weights += weight;
    times += weight * time;
    values += weight * value;
    products += weight * time * value;
    squares += weight * time * time;
  }
  const spread = weights * squares - times * times;
  const slope = (weights * products - times * values) / spread;
  return { slope, chiSquared: (slope * slope * spread) / weights };
};

/**
 * OHID’s recent trend: a line through the last five figures, each weighed by its interval, is steeper than chance makes
 * it in 99.8% of cases, and slopes the same way when any one of the five is left out. Null where there are fewer than
 * five figures with intervals. Source: Fingertips public health technical guidance, "Recent trends", as DHSC’s
 * FingertipsNext computes it.
 * @param points oldest first
 */
export const recentTrend = (points: readonly TrendPoint[]): Movement | null => {
  const last = points.slice(-pointsOfTrend);
  if (last.length < pointsOfTrend) return null;
  const weighed: { time: number; value: number; weight: number }[] = [];
  for (const [time, { value, interval }] of last.entries()) {
    if (interval === null || interval.upper <= interval.lower) return null;
    weighed.push({ time, value, weight: ((interval.upper - interval.lower) / intervalInErrors) ** -2 });
  }
  const { slope, chiSquared } = weightedSlope(weighed);
  const steady = weighed.every(
    (left) => Math.sign(weightedSlope(weighed.filter((point) => point !== left)).slope) === Math.sign(slope),
  );
  if (!steady || chiSquared <= chiSquaredLimit) return 'level';
  return slope > 0 ? 'up' : 'down';
};

const wayFrom = (before: number, after: number): Movement =>
  after > before ? 'up' : after < before ? 'down' : 'level';

const rounded = (value: number, decimals: number): number => Number(value.toFixed(decimals));

/**
 * Which way a figure moved:
 * 1. by OHID’s recent trend, where the last five periods have intervals;
 * 2. else by the intervals of the last two periods: where they overlap, there is no significant change;
 * 3. else by the two values as they are shown: what rounding hides, and no interval bears out, is no change.
 * Null where there is no period before.
 * @param points oldest first
 * @param decimals with which the values are shown
 */
export const trendOf = (points: readonly TrendPoint[], decimals: number): Trend | null => {
  const [before, now] = points.slice(-2);
  if (before === undefined || now === undefined) return null;
  const recent = recentTrend(points);
  if (recent !== null) return { movement: recent, basis: 'trend' };
  if (before.interval !== null && now.interval !== null) {
    const apart = now.interval.lower > before.interval.upper || now.interval.upper < before.interval.lower;
    return { movement: apart ? wayFrom(before.value, now.value) : 'level', basis: 'intervals' };
  }
  return {
    movement: wayFrom(rounded(before.value, decimals), rounded(now.value, decimals)),
    basis: 'values',
  };
};
