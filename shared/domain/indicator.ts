import type { IsoDate } from '../time/calendar.ts';
import type { IndicatorFigure } from './figure.ts';
import { type Comparison, comparisonWith, type Direction, judge } from './highlights.ts';
import { intervalOf } from './intervals.ts';
import {
  england,
  type Group,
  type Indicator,
  isEffective,
  type Observation,
  type Priority,
} from './partnership.ts';
import { latestFirst, lengthOf, periodLabel } from './period.ts';
import { defaultHideBelow, hideSmallNumbers } from './small-numbers.ts';
import { type Movement, trendOf } from './trend.ts';

/** Observations of one period, by area. Only what has a value, or is withheld as a small number. */
interface PeriodFigures {
  readonly label: string;
  readonly observations: ReadonlyMap<string, Observation>;
}

/** What the observations of one indicator say: the latest period, and those of its length before it. */
interface IndexedIndicator {
  /** Latest first. */
  readonly periods: readonly [PeriodFigures, ...PeriodFigures[]];
  /** The values of the districts in the latest period, in any order. */
  readonly districtValues: readonly number[];
  readonly spread: readonly number[];
}

/** Observations by indicator, ready to be asked for one district after another: see `indexObservations`. */
export type ObservationIndex = ReadonlyMap<string, IndexedIndicator>;

const longestSpread = 40;
const longestHistory = 10;

/** The values in order; where they are many, evenly chosen ones. */
const spreadOf = (values: readonly number[]): readonly number[] => {
  const sorted = [...values].sort((one, other) => one - other);
  if (sorted.length <= longestSpread) return sorted;
  return Array.from(
    { length: longestSpread },
    (_, index) => sorted[Math.round((index * (sorted.length - 1)) / (longestSpread - 1))] ?? Number.NaN,
  );
};

/**
 * Indexes observations once for all districts. The latest period of an indicator is the latest for which one of the
 * districts has a value, the same for all of them; where no district has any, the latest for which another area
 * has, so that the county's figure is still shown. A null value is no value. Small numbers are hidden first.
 * @param areas ONS codes of the districts
 * @param of.county ONS code of the county
 * @param of.hideBelow counts from 1 to one less are hidden
 */
export const indexObservations = (
  observations: Iterable<Observation>,
  areas: readonly string[],
  of: { readonly county?: string; readonly hideBelow?: number } = {},
): ObservationIndex => {
  const { county = '', hideBelow = defaultHideBelow } = of;
  const byIndicator = new Map<string, Map<string, Map<string, Observation>>>();
  for (const observation of hideSmallNumbers(observations, { areas, county, hideBelow })) {
    const { indicator, area, period, value, suppressed } = observation;
    if (value === null && suppressed !== true) continue;
    let periods = byIndicator.get(indicator);
    if (periods === undefined)
      byIndicator.set(indicator, (periods = new Map<string, Map<string, Observation>>()));
    let ofPeriod = periods.get(period);
    if (ofPeriod === undefined) periods.set(period, (ofPeriod = new Map<string, Observation>()));
    ofPeriod.set(area, observation);
  }
  const districts = [...new Set(areas)];
  const index = new Map<string, IndexedIndicator>();
  for (const [indicator, periods] of byIndicator) {
    const all = [...periods.keys()].sort(latestFirst);
    const ofDistricts = all.filter((period) => districts.some((area) => periods.get(period)?.has(area)));
    const candidates = ofDistricts.length > 0 ? ofDistricts : all;
    const figures = (period: string): PeriodFigures => {
      const ofPeriod = periods.get(period) ?? new Map<string, Observation>();
      const published = [...ofPeriod.values()].find(({ label }) => label !== undefined)?.label;
      return { label: published ?? periodLabel(period), observations: ofPeriod };
    };
    const latest = candidates[0];
    if (latest === undefined) continue;
    const length = lengthOf(latest);
    const earlier = candidates.slice(1).filter((period) => lengthOf(period) === length);
    const values = districts.flatMap((area) => periods.get(latest)?.get(area)?.value ?? []);
    index.set(indicator, {
      periods: [figures(latest), ...earlier.map(figures)],
      districtValues: values,
      spread: spreadOf(values),
    });
  }
  return index;
};

/**
 * How good a value is: more is better. For polarity `high` the value itself, for `low` its negative, for `target` the
 * negative of its distance from the target, on either side. Null where there is nothing to judge by.
 */
const merit = (
  value: number,
  { polarity, target }: Pick<Indicator, 'polarity' | 'target'>,
): number | null => {
  if (polarity === 'high') return value;
  if (polarity === 'low') return -value;
  return target === null ? null : -Math.abs(value - target);
};

/**
 * Green where the target is met, amber where only the floor standard is, red below the floor; null without value,
 * target or floor. By the polarity, "met" is at or above, or at or below. For polarity `target` the target is met by a
 * value that shows as the target at the indicator's decimals, and the floor is the furthest value that is still
 * amber: whatever lies no further from the target than the floor does, on either side. Values are compared as
 * published, unrounded. Source: Kent County Council's directorate scorecards.
 */
export const ratingOf = (
  value: number | null,
  indicator: Pick<Indicator, 'polarity' | 'target' | 'floor' | 'decimals'>,
): IndicatorFigure['rating'] => {
  const { polarity, target, floor, decimals } = indicator;
  if (value === null || target === null || floor === null) return null;
  if (polarity === 'target') {
    const distance = Math.abs(value - target);
    if (distance <= 0.5 * 10 ** -decimals) return 'green';
    return distance <= Math.abs(floor - target) ? 'amber' : 'red';
  }
  const reaches = (standard: number): boolean =>
    polarity === 'high' ? value >= standard : value <= standard;
  return reaches(target) ? 'green' : reaches(floor) ? 'amber' : 'red';
};

/** A place among the districts, ties sharing the better one ("joint 3rd", and nobody 4th). */
interface Place {
  readonly rank: number;
  readonly joint: boolean;
}

/** The place of a value among the districts' values, itself one of them. Null where there is none to compare with. */
const placeOf = (
  value: number,
  districtValues: readonly number[],
  indicator: Pick<Indicator, 'polarity' | 'target'>,
): Place | null => {
  const own = merit(value, indicator);
  if (own === null || districtValues.length < 2) return null;
  let better = 0;
  let same = 0;
  for (const other of districtValues) {
    const theirs: number = merit(other, indicator) ?? own;
    if (theirs > own) better += 1;
    else if (theirs === own) same += 1;
  }
  return { rank: better + 1, joint: same > 1 };
};

/** Whether no district has a worse value. */
const isLast = (
  value: number,
  districtValues: readonly number[],
  indicator: Pick<Indicator, 'polarity' | 'target'>,
): boolean => {
  const own = merit(value, indicator);
  return own !== null && districtValues.every((other) => (merit(other, indicator) ?? own) >= own);
};

/** How many periods in a row, up to the latest, the values moved one way. */
const runOf = (values: readonly number[]): number => {
  let run = 0;
  for (let index = values.length - 1; index > 0; index -= 1) {
    const step = Math.sign((values[index] ?? 0) - (values[index - 1] ?? 0));
    const last = Math.sign((values.at(-1) ?? 0) - (values.at(-2) ?? 0));
    if (step === 0 || step !== last) break;
    run += 1;
  }
  return run;
};

/** Whether a change is for the better; null where there is nothing to judge by. */
const directionOf = (
  movement: Movement,
  before: number,
  now: number,
  indicator: Pick<Indicator, 'polarity' | 'target'>,
): Direction | null => {
  if (movement === 'level') return 'no significant change';
  const [was, is] = [merit(before, indicator), merit(now, indicator)];
  if (was === null || is === null) return null;
  if (indicator.polarity !== 'target')
    return (movement === 'up') === (indicator.polarity === 'high') ? 'improving' : 'worsening';
  return is > was ? 'improving' : is < was ? 'worsening' : 'no significant change';
};

/** One indicator's figure in one area. */
const figureOf = (
  area: string,
  indicator: Indicator,
  priority: boolean,
  index: ObservationIndex,
  county: string,
): IndicatorFigure => {
  const known = index.get(indicator.id);
  const [latest, previous] = known?.periods ?? [];
  const own = latest?.observations.get(area);
  const before = previous?.observations.get(area);
  const value = own?.value ?? null;
  const previousValue = before?.value ?? null;
  const place =
    known === undefined || value === null ? null : placeOf(value, known.districtValues, indicator);
  const interval = own === undefined ? null : intervalOf(own, indicator);
  const periods = (known?.periods.slice(0, longestHistory) ?? []).reverse();
  const points = periods.flatMap(({ observations }) => {
    const one = observations.get(area);
    return one === undefined || one.value === null
      ? []
      : [{ value: one.value, interval: intervalOf(one, indicator) }];
  });
  const trend = value === null || previousValue === null ? null : trendOf(points, indicator.decimals);
  const first = points.at(trend?.basis === 'trend' ? -5 : -2)?.value ?? null;
  const ofCounty = latest?.observations.get(county)?.value ?? null;
  const ofEngland = latest?.observations.get(england)?.value ?? null;
  const compared = (other: number | null): Comparison | null =>
    value === null || interval === null || other === null
      ? null
      : comparisonWith(other, interval, (one) => merit(one, indicator), value);
  const rating = ratingOf(value, indicator);
  const standing = {
    value,
    suppressed: own?.suppressed === true,
    rating,
    place,
    of: known?.districtValues.length ?? 0,
    last: value !== null && isLast(value, known?.districtValues ?? [], indicator),
    movement: trend?.movement ?? null,
    direction:
      trend === null || first === null || value === null
        ? null
        : directionOf(trend.movement, first, value, indicator),
    directionBasis: trend?.basis ?? null,
    run: runOf(points.map((point) => point.value)),
    comparedWithCounty: compared(ofCounty),
    comparedWithEngland: compared(ofEngland),
  };
  return {
    indicator: indicator.id,
    name: indicator.name,
    outcome: indicator.outcome,
    source: indicator.source,
    unit: indicator.unit,
    decimals: indicator.decimals,
    priority,
    period: own === undefined ? '' : (latest?.label ?? ''),
    publishedPeriod: own === undefined ? '' : (own.label ?? own.period),
    value,
    lower: interval?.lower ?? null,
    upper: interval?.upper ?? null,
    previousPeriod: previousValue === null ? '' : (previous?.label ?? ''),
    previousValue,
    rating,
    rank: place?.rank ?? null,
    of: standing.of,
    joint: place?.joint ?? false,
    county: ofCounty,
    england: ofEngland,
    movement: standing.movement,
    direction: standing.direction,
    directionBasis: standing.directionBasis,
    run: standing.run,
    comparedWithCounty: standing.comparedWithCounty,
    comparedWithEngland: standing.comparedWithEngland,
    suppressed: standing.suppressed,
    history: periods.map(({ label, observations }) => ({
      period: label,
      value: observations.get(area)?.value ?? null,
    })),
    spread: known?.spread ?? [],
    ...judge(standing),
  };
};

/** What a district's figures are made from. */
export interface FigureSource {
  /** All indicators: those of the county set and groups' local ones. */
  readonly indicators: readonly Indicator[];
  /** Priorities of this group; those of others are passed over. */
  readonly priorities: readonly Priority[];
  readonly observations: ObservationIndex;
  /** ONS code of the county. */
  readonly county: string;
  /** The day whose priorities count. */
  readonly on: IsoDate;
}

const inWords = new Intl.Collator('en-GB').compare;

/**
 * The figures of one district: county-set indicators and the group's local ones, priorities first, then by outcome
 * and name. A figure that is missing is null, and counts in nobody's rank. A rank among fewer than two is none.
 */
export const figuresFor = (
  group: Pick<Group, 'id' | 'area'>,
  { indicators, priorities, observations, county, on }: FigureSource,
): readonly IndicatorFigure[] => {
  const chosen = new Set(
    priorities
      .filter((priority) => priority.group === group.id && isEffective(priority, on))
      .map(({ indicator }) => indicator),
  );
  return indicators
    .filter((indicator) => indicator.group === null || indicator.group === group.id)
    .map((indicator) => figureOf(group.area, indicator, chosen.has(indicator.id), observations, county))
    .sort(
      (one, other) =>
        Number(other.priority) - Number(one.priority) ||
        inWords(one.outcome, other.outcome) ||
        inWords(one.name, other.name) ||
        (one.indicator < other.indicator ? -1 : 1),
    );
};
