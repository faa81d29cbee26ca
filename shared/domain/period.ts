import { getISO } from 'temporal-polyfill/fns/Calendar';
import * as Duration from 'temporal-polyfill/fns/Duration';
import * as PlainDate from 'temporal-polyfill/fns/PlainDate';

import { addDays, type IsoDate, monthNames } from '../time/calendar.ts';

/** A span of days of which a figure tells, both inclusive. */
interface Span {
  readonly first: IsoDate;
  readonly last: IsoDate;
}

const dateOf = (date: IsoDate): PlainDate.Record => PlainDate.fromString(date, getISO);

/**
 * The days that a period covers. Understood are a day, month or year (`2024-03-31`, `2024-03`, `2024`), a start with a
 * duration (`2024-09-01/P1Y`), and a start with an inclusive end. Null for anything else.
 */
const spanOf = (period: string): Span | null => {
  const [start = '', extent] = period.split('/');
  try {
    const first = dateOf(
      start.length === 4 ? `${start}-01-01` : start.length === 7 ? `${start}-01` : start.slice(0, 10),
    );
    const following =
      extent === undefined
        ? PlainDate.add(
            first,
            Duration.fromFields(
              start.length === 4 ? { years: 1 } : start.length === 7 ? { months: 1 } : { days: 1 },
            ),
          )
        : extent.startsWith('P')
          ? PlainDate.add(first, Duration.fromString(extent))
          : PlainDate.addDays(dateOf(extent.slice(0, 10)), 1);
    if (PlainDate.compare(first, following) >= 0) return null;
    return { first: PlainDate.toString(first), last: PlainDate.toString(PlainDate.addDays(following, -1)) };
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

/** Latest end first, then latest start; what can't be read as a period is oldest. */
export const latestFirst = (one: string, other: string): number => {
  const [left, right] = [spanOf(one), spanOf(other)];
  const key = (span: Span | null): string => (span === null ? '' : `${span.last} ${span.first}`);
  const [leftKey, rightKey] = [key(left), key(right)];
  if (leftKey !== rightKey) return leftKey < rightKey ? 1 : -1;
  return one < other ? 1 : one > other ? -1 : 0;
};

/** How long a period is: in months, or in days where it is shorter than one. Null for what can't be read as a period. */
export const lengthOf = (period: string): string | null => {
  const span = spanOf(period);
  if (span === null) return null;
  const days = (Date.parse(span.last) - Date.parse(span.first)) / 86_400_000 + 1;
  return days < 28 ? `${String(days)} days` : `${String(Math.round(days / 30.4375))} months`;
};
