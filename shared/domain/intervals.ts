import type { Indicator, Observation } from './partnership.ts';

/** The limits within which the true figure lies with 95% confidence. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** The standard normal deviate of a 95% interval. */
const z = 1.959963984540054;

/** Below this count Byar’s approximation is not good enough, and the exact limits are taken. */
const exactBelow = 10;

/**
 * Wilson’s score interval of a proportion, from 0 to 1.
 * Source: Wilson EB (1927), JASA 22: 209 to 212; the method of Fingertips for proportions (`phe_proportion` of OHID’s
 * PHEindicatormethods, after Altman, Statistics with Confidence, 2000).
 */
export const wilsonInterval = (count: number, denominator: number): Interval => {
  const share = count / denominator;
  const middle = 2 * count + z * z;
  const spread = z * Math.sqrt(z * z + 4 * count * (1 - share));
  const scale = 2 * (denominator + z * z);
  return {
    lower: Math.max(0, (middle - spread) / scale),
    upper: Math.min(1, (middle + spread) / scale),
  };
};

/** The probability of at most `count` events where `mean` are expected (Poisson). */
const poissonAtMost = (count: number, mean: number): number => {
  let term = Math.exp(-mean);
  let sum = term;
  for (let events = 1; events <= count; events += 1) {
    term *= mean / events;
    sum += term;
  }
  return sum;
};

/** The mean at which a falling probability is that of one tail of a 95% interval. */
const meanWhere = (probability: (mean: number) => number, tail: number): number => {
  let [low, high] = [0, 100];
  for (let step = 0; step < 80; step += 1) {
    const middle = (low + high) / 2;
    if (probability(middle) > tail) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
};

/**
 * The interval of a number of events: exact (Poisson) under 10, Byar’s approximation from 10 on.
 * Source: Breslow NE and Day NE (1987), Statistical Methods in Cancer Research II; the method of Fingertips for crude
 * rates (`phe_rate` of OHID’s PHEindicatormethods).
 */
export const eventsInterval = (count: number): Interval => {
  if (count < exactBelow) {
    const events = Math.round(count);
    return {
      lower: events === 0 ? 0 : meanWhere((mean) => poissonAtMost(events - 1, mean), 0.975),
      upper: meanWhere((mean) => poissonAtMost(events, mean), 0.025),
    };
  }
  const next = count + 1;
  return {
    lower: count * (1 - 1 / (9 * count) - z / (3 * Math.sqrt(count))) ** 3,
    upper: next * (1 - 1 / (9 * next) + z / (3 * Math.sqrt(next))) ** 3,
  };
};

/** What the unit counts in: 100 for a percentage, 100,000 for "per 100,000"; null for other units. */
const multiplierOf = (unit: string): { readonly kind: 'share' | 'rate'; readonly per: number } | null => {
  const words = unit.trim().toLowerCase();
  if (words === '%' || words === 'percentage' || /^per ?cent$/u.test(words))
    return { kind: 'share', per: 100 };
  const per = /\bper ([\d,]+)\b/u.exec(words)?.[1];
  return per === undefined ? null : { kind: 'rate', per: Number(per.replaceAll(',', '')) };
};

/** How far a published value may be from count ÷ denominator, being rounded: half its last decimal. */
const roundingOf = (value: number, decimals: number): number => {
  const written = /\.(\d+)$/u.exec(String(value))?.[1]?.length ?? 0;
  return 0.5 * 10 ** -Math.min(written, Math.max(decimals, 0)) + 1e-9;
};

/**
 * The 95% interval of a published figure: the publisher’s, where both its limits are given; else, for a percentage,
 * Wilson’s, and for a rate, Byar’s (exact under 10), from count and denominator. None is worked out where count and
 * denominator do not give the published value, as with a standardised rate.
 */
export const intervalOf = (
  observation: Pick<Observation, 'value' | 'lower' | 'upper' | 'count' | 'denominator'>,
  { unit, decimals }: Pick<Indicator, 'unit' | 'decimals'>,
): Interval | null => {
  const { value, lower, upper, count, denominator } = observation;
  if (value === null) return null;
  if (lower !== null && upper !== null) return { lower, upper };
  const counted = multiplierOf(unit);
  if (counted === null || count === null || denominator === null) return null;
  if (count < 0 || denominator <= 0) return null;
  const { kind, per } = counted;
  if (kind === 'share' && count > denominator) return null;
  if (Math.abs((count / denominator) * per - value) > roundingOf(value, decimals)) return null;
  if (kind === 'share') {
    const share = wilsonInterval(count, denominator);
    return { lower: share.lower * per, upper: share.upper * per };
  }
  const events = eventsInterval(count);
  return { lower: (events.lower / denominator) * per, upper: (events.upper / denominator) * per };
};
