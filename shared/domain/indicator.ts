import { Temporal } from 'temporal-polyfill';

import { addDays, type IsoDate } from '../time/calendar.ts';
import { type Group, type Indicator, isEffective, type Observation, type Priority } from './partnership.ts';

/** One indicator's latest figure in one district, beside the other districts’. Missing is missing, never zero. */
export interface IndicatorFigure {
  readonly indicator: string;
  readonly name: string;
  readonly outcome: string;
  readonly unit: string;
  readonly decimals: number;
  readonly priority: boolean;
  /** As published, such as `2024 to 2025`; empty where there is no figure. */
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

const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** A span of days of which a figure tells, both inclusive. */
interface Span {
  readonly first: IsoDate;
  readonly last: IsoDate;
}

/**
 * The days that a period covers. Understood are a day, month or year (`2024-03-31`, `2024-03`, `2024`), a start with a
 * duration (`2024-09-01/P1Y`), and a start with an inclusive end. Null for anything else.
 */
const spanOf = (period: string): Span | null => {
  const [start = '', extent] = period.split('/');
  try {
    const first = Temporal.PlainDate.from(
      start.length === 4 ? `${start}-01-01` : start.length === 7 ? `${start}-01` : start.slice(0, 10),
    );
    const following =
      extent === undefined
        ? first.add(start.length === 4 ? { years: 1 } : start.length === 7 ? { months: 1 } : { days: 1 })
        : extent.startsWith('P')
          ? first.add(Temporal.Duration.from(extent))
          : Temporal.PlainDate.from(extent.slice(0, 10)).add({ days: 1 });
    if (Temporal.PlainDate.compare(first, following) >= 0) return null;
    return { first: first.toString(), last: following.subtract({ days: 1 }).toString() };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
};

const yearOf = (date: IsoDate): string => date.slice(0, 4);
const monthOf = (date: IsoDate): string => monthNames[Number(date.slice(5, 7)) - 1] ?? '';
const dayOf = (date: IsoDate): string => String(Number(date.slice(8, 10)));

/** Whether the month ends with the day. */
const endsMonth = (date: IsoDate): boolean => addDays(date, 1).endsWith('-01');

/**
 * A period as its readers know it, in the manner of GOV.UK ("to" in ranges):
 *
 * | period                                                    | reads                        |
 * | --------------------------------------------------------- | ---------------------------- |
 * | a calendar year, `2024-01-01/P1Y` or `2024`               | 2024                         |
 * | an academic or financial year, `2024-09-01/P1Y`           | 2024 to 2025                 |
 * | several years, `2022-01-01/P3Y`; `2021-04-01/P3Y`         | 2022 to 2024; 2021 to 2024   |
 * | a month, `2024-03-01/P1M` or `2024-03`                    | March 2024                   |
 * | a quarter or other months, `2024-01-01/P3M`               | January to March 2024        |
 * | months over a new year, `2023-11-01/P3M`                  | November 2023 to January 2024 |
 * | a day, `2024-03-31` or `2024-03-31/P1D`                   | 31 March 2024                |
 * | other days, `2024-03-04/P1W`                              | 4 to 10 March 2024           |
 * | anything else                                             | as it stands                 |
 */
export const periodLabel = (period: string): string => {
  const span = spanOf(period);
  if (span === null) return period;
  const { first, last } = span;
  if (first === last) return `${dayOf(first)} ${monthOf(first)} ${yearOf(first)}`;
  const sameYear = yearOf(first) === yearOf(last);
  if (first.endsWith('-01') && endsMonth(last)) {
    const wholeYears = addDays(last, 1).slice(5) === first.slice(5);
    if (wholeYears) return sameYear ? yearOf(first) : `${yearOf(first)} to ${yearOf(last)}`;
    if (first.slice(0, 7) === last.slice(0, 7)) return `${monthOf(first)} ${yearOf(first)}`;
    return `${monthOf(first)}${sameYear ? '' : ` ${yearOf(first)}`} to ${monthOf(last)} ${yearOf(last)}`;
  }
  const sameMonth = first.slice(0, 7) === last.slice(0, 7);
  const from = sameMonth ? '' : ` ${monthOf(first)}${sameYear ? '' : ` ${yearOf(first)}`}`;
  return `${dayOf(first)}${from} to ${dayOf(last)} ${monthOf(last)} ${yearOf(last)}`;
};

/** Figures of one period, by area. Only what has a value. */
interface PeriodFigures {
  readonly period: string;
  readonly label: string;
  readonly values: ReadonlyMap<string, number>;
}

/** What the observations of one indicator say of the districts: the latest period, and the one before it. */
interface IndexedIndicator {
  readonly latest: PeriodFigures;
  readonly previous: PeriodFigures | null;
  /** The values of the districts in the latest period, in any order. */
  readonly districtValues: readonly number[];
}

/** Observations by indicator, ready to be asked for one district after another: see `indexObservations`. */
export type ObservationIndex = ReadonlyMap<string, IndexedIndicator>;

/** Latest end first, then latest start; what can't be read as a period is oldest. */
const latestFirst = (one: string, other: string): number => {
  const [left, right] = [spanOf(one), spanOf(other)];
  const key = (span: Span | null): string => (span === null ? '' : `${span.last} ${span.first}`);
  const [leftKey, rightKey] = [key(left), key(right)];
  if (leftKey !== rightKey) return leftKey < rightKey ? 1 : -1;
  return one < other ? 1 : one > other ? -1 : 0;
};

/** How long a period is: in months, or in days where it is shorter than one. Null for what can't be read as a period. */
const lengthOf = (period: string): string | null => {
  const span = spanOf(period);
  if (span === null) return null;
  const days = (Date.parse(span.last) - Date.parse(span.first)) / 86_400_000 + 1;
  return days < 28 ? `${String(days)} days` : `${String(Math.round(days / 30.4375))} months`;
};

/**
 * Indexes observations once for all districts. The latest period of an indicator is the latest for which one of the
 * districts has a value, the same for all of them; where no district has any, the latest for which another area
 * has, so that the county's figure is still shown. A null value is no value.
 * @param areas ONS codes of the districts
 */
export const indexObservations = (
  observations: Iterable<Observation>,
  areas: readonly string[],
): ObservationIndex => {
  const byIndicator = new Map<string, Map<string, Map<string, number>>>();
  for (const { indicator, area, period, value } of observations) {
    if (value === null) continue;
    let periods = byIndicator.get(indicator);
    if (periods === undefined) byIndicator.set(indicator, (periods = new Map<string, Map<string, number>>()));
    let values = periods.get(period);
    if (values === undefined) periods.set(period, (values = new Map<string, number>()));
    values.set(area, value);
  }
  const hasDistrict = (values: ReadonlyMap<string, number>): boolean =>
    areas.some((area) => values.has(area));
  const index = new Map<string, IndexedIndicator>();
  for (const [indicator, periods] of byIndicator) {
    const all = [...periods.keys()].sort(latestFirst);
    const ofDistricts = all.filter((period) => hasDistrict(periods.get(period) ?? new Map<string, number>()));
    const candidates = ofDistricts.length > 0 ? ofDistricts : all;
    const latest = candidates[0];
    if (latest === undefined) continue;
    const previous = candidates.slice(1).find((period) => lengthOf(period) === lengthOf(latest));
    const figures = (period: string): PeriodFigures => ({
      period,
      label: periodLabel(period),
      values: periods.get(period) ?? new Map<string, number>(),
    });
    const values = figures(latest).values;
    index.set(indicator, {
      latest: figures(latest),
      previous: previous === undefined ? null : figures(previous),
      districtValues: [...new Set(areas)].flatMap((area) => values.get(area) ?? []),
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
    .map((indicator): IndicatorFigure => {
      const known = observations.get(indicator.id);
      const value = known?.latest.values.get(group.area) ?? null;
      const previousValue = known?.previous?.values.get(group.area) ?? null;
      const place =
        known === undefined || value === null ? null : placeOf(value, known.districtValues, indicator);
      return {
        indicator: indicator.id,
        name: indicator.name,
        outcome: indicator.outcome,
        unit: indicator.unit,
        decimals: indicator.decimals,
        priority: chosen.has(indicator.id),
        period: value === null ? '' : (known?.latest.label ?? ''),
        value,
        previousPeriod: previousValue === null ? '' : (known?.previous?.label ?? ''),
        previousValue,
        rating: ratingOf(value, indicator),
        rank: place?.rank ?? null,
        of: known?.districtValues.length ?? 0,
        joint: place?.joint ?? false,
        county: known?.latest.values.get(county) ?? null,
      };
    })
    .sort(
      (one, other) =>
        Number(other.priority) - Number(one.priority) ||
        inWords(one.outcome, other.outcome) ||
        inWords(one.name, other.name) ||
        (one.indicator < other.indicator ? -1 : 1),
    );
};
