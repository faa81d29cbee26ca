import type { Observation } from './partnership.ts';

/** Whose figures add up to whose, and what is a small number. */
export interface SmallNumberRule {
  /** ONS codes of the districts. */
  readonly areas: readonly string[];
  /** ONS code of the county that they make up. */
  readonly county: string;
  /** Counts from 1 to one less than this are not shown. */
  readonly hideBelow: number;
}

/** Hides from 1 to 4, as DfE and OHID do for most figures about children. A partnership may set another. */
export const defaultHideBelow = 5;

const hidden = (observation: Observation): Observation => ({
  ...observation,
  value: null,
  lower: null,
  upper: null,
  count: null,
  denominator: null,
  suppressed: true,
});

const isSmall = ({ count }: Observation, hideBelow: number): boolean =>
  count !== null && count > 0 && count < hideBelow;

/**
 * Whether the hidden counts can be worked out from the total and the counts that are shown: where only one is hidden, or
 * where their sum leaves each of them one value only.
 */
const canBeWorkedOut = (
  concealed: readonly Observation[],
  sum: number | null,
  hideBelow: number,
): boolean => {
  if (concealed.length === 0) return false;
  if (concealed.length === 1) return true;
  if (sum === null || !concealed.every((one) => isSmall(one, hideBelow))) return false;
  return sum === concealed.length || sum === concealed.length * (hideBelow - 1);
};

/** The observations of one indicator and period, with more of them hidden where those that are can be worked out. */
const hideInPeriod = (
  observations: readonly Observation[],
  { areas, county, hideBelow }: SmallNumberRule,
): readonly Observation[] => {
  const districts = new Set(areas);
  const concealed = new Set(observations.filter((one) => one.suppressed === true || isSmall(one, hideBelow)));
  if (concealed.size === 0) return observations;
  const total = observations.find(({ area }) => area === county);
  const ofDistricts = observations.filter(({ area }) => districts.has(area));
  const known = new Set(
    ofDistricts.filter((one) => one.value !== null || one.suppressed === true).map(({ area }) => area),
  );
  // A district of which nothing is published is a second unknown already, and so is a county that is hidden itself.
  const addsUp =
    total !== undefined && total.count !== null && !concealed.has(total) && known.size === districts.size;
  if (addsUp)
    for (;;) {
      const out = ofDistricts.filter((one) => concealed.has(one));
      const shown = ofDistricts.filter((one) => !concealed.has(one));
      // A figure without its count can't be taken from the total.
      if (shown.some(({ count }) => count === null)) break;
      const sum = total.count - shown.reduce((counts, { count }) => counts + (count ?? 0), 0);
      if (!canBeWorkedOut(out, sum, hideBelow)) break;
      const next = shown
        .filter(({ count }) => count !== 0)
        .sort((one, other) => (one.count ?? 0) - (other.count ?? 0) || (one.area < other.area ? -1 : 1))[0];
      if (next === undefined) break;
      concealed.add(next);
    }
  return observations.map((one) => (concealed.has(one) ? hidden(one) : one));
};

/**
 * Hides small numbers, so that nobody can be recognised: figures of which the count is from 1 to under the threshold,
 * those that the publisher withholds, and as many more as are needed so that none can be worked out from the county’s
 * total (secondary suppression: the next smallest count, then the first area code). Zero is no small number. Source: DfE
 * and OHID practice (counts of 1 to 4), and ONS disclosure control guidance for tables of counts.
 */
export const hideSmallNumbers = (
  observations: Iterable<Observation>,
  rule: SmallNumberRule,
): readonly Observation[] =>
  [...Map.groupBy(observations, ({ indicator, period }) => `${indicator} ${period}`).values()].flatMap(
    (ofPeriod) => hideInPeriod(ofPeriod, rule),
  );
