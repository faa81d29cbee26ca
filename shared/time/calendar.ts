import { getISO } from 'temporal-polyfill/fns/Calendar';
import { fromEpochMilliseconds, fromString, toZonedDateTimeISO } from 'temporal-polyfill/fns/Instant';
import * as PlainDateTime from 'temporal-polyfill/fns/PlainDateTime';
import { offsetNanoseconds, toInstant as instantAt } from 'temporal-polyfill/fns/ZonedDateTime';

import { remembered } from '../remembered.ts';
import { bankHolidays } from './bank-holidays.ts';

/** A calendar day, `YYYY-MM-DD`. */
export type IsoDate = string;
/** An instant in UTC, `YYYY-MM-DDTHH:MM:SSZ`: whole seconds, so that the strings sort as the instants do. */
export type Instant = string;
/** A local time of day, `HH:MM`. */
export type LocalTime = string;

const fromEpochSeconds = (seconds: number): Instant =>
  `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;

/** An instant as a clock tells it, more exactly than it is stored; those of Temporal are such. */
export interface Moment {
  readonly epochMilliseconds: number;
}

let lastToldSeconds = 0;
let lastTold: Instant = '1970-01-01T00:00:00Z';

/** An instant as it is stored: UTC, whole seconds. */
export const toInstant = (instant: Moment): Instant => {
  const seconds = Math.floor(instant.epochMilliseconds / 1000);
  // The present is asked for again and again.
  if (seconds !== lastToldSeconds) {
    lastTold = fromEpochSeconds(seconds);
    lastToldSeconds = seconds;
  }
  return lastTold;
};

/** Seconds from one stored instant to another; negative when `to` is earlier. */
export const secondsBetween = (from: Instant, to: Instant): number =>
  (Date.parse(to) - Date.parse(from)) / 1000;

/** The instant a number of seconds after another. */
export const addSeconds = (from: Instant, seconds: number): Instant =>
  fromEpochSeconds(Math.floor(Date.parse(from) / 1000 + seconds));

/** The day a number of days after another. */
export const addDays = (date: IsoDate, days: number): IsoDate =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** The later, or the earlier, of two days or instants of one kind. */
export const later = <T extends string>(one: T, other: T): T => (one > other ? one : other);
export const earlier = <T extends string>(one: T, other: T): T => (one < other ? one : other);

/** The months by their English names, from January on. */
export const monthNames = [
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

/** Day of the week, 1 Monday to 7 Sunday. */
export const dayOfWeek = (date: IsoDate): number => new Date(`${date}T00:00:00Z`).getUTCDay() || 7;

/** The days and hours of one place: its zone, its working days, its holidays. Pure: it tells no present time. */
export interface WorkingCalendar {
  readonly zone: string;
  /** The name of the holiday on that day, or null. */
  holiday(date: IsoDate): string | null;
  isWorkingDay(date: IsoDate): boolean;
  /**
   * The working day that lies `count` working days after (or, negative, before) a day. 0 gives the day itself when it
   * is a working day, else the next one.
   */
  addWorkingDays(date: IsoDate, count: number): IsoDate;
  /** The working days strictly between two days: the "clear" days of local government law. */
  clearWorkingDays(from: IsoDate, to: IsoDate): number;
  /** The instant of a local time; a time that the clock change skips counts as the one an hour later. */
  at(date: IsoDate, time: LocalTime): Instant;
  /** The local day of an instant. */
  dateOf(instant: Instant): IsoDate;
  /** The local time of an instant. */
  timeOf(instant: Instant): LocalTime;
}

/**
 * A calendar with the bank holidays of England and Wales.
 * @param extraHolidays holidays on top of those, such as one proclaimed late
 * @throws {RangeError} when the zone is unknown
 */
export const workingCalendar = (
  zone: string,
  extraHolidays: readonly { readonly date: IsoDate; readonly name: string }[] = [],
): WorkingCalendar => {
  toZonedDateTimeISO(fromEpochMilliseconds(0), zone);
  const extra = new Map(extraHolidays.map(({ date, name }) => [date, name]));
  const holiday = (date: IsoDate): string | null =>
    extra.get(date) ?? bankHolidays(Number(date.slice(0, 4))).get(date) ?? null;
  // Conversions are the costly part, and a cycle asks for the same few hundred days over and over.
  const isWorkingDay = remembered((date) => dayOfWeek(date) < 6 && holiday(date) === null);
  const workingDayFrom = remembered((key) => {
    const date = key.slice(0, 10);
    const count = Number(key.slice(10));
    const step = count < 0 ? -1 : 1;
    let day = date;
    if (count === 0) while (!isWorkingDay(day)) day = addDays(day, 1);
    for (let left = Math.abs(count); left > 0;) {
      day = addDays(day, step);
      if (isWorkingDay(day)) left -= 1;
    }
    return day;
  });
  const instantOf = remembered((local) =>
    toInstant(instantAt(PlainDateTime.toZonedDateTime(PlainDateTime.fromString(local, getISO), zone))),
  );

  const offsetAt = (instant: Instant): number =>
    offsetNanoseconds(toZonedDateTimeISO(fromString(instant), zone)) / 1e6;
  /** Milliseconds from UTC to local time on a day of UTC; none on a day on which the clocks change. */
  const offsetOf = remembered((day) => {
    const atFirst = offsetAt(`${day}T00:00:00Z`);
    return atFirst === offsetAt(`${day}T23:59:59Z`) ? atFirst : undefined;
  });
  const local = remembered((instant) =>
    new Date(Date.parse(instant) + (offsetOf(instant.slice(0, 10)) ?? offsetAt(instant))).toISOString(),
  );

  return {
    zone,
    holiday,
    isWorkingDay,
    addWorkingDays: (date, count) => workingDayFrom(`${date}${String(count)}`),
    clearWorkingDays(from, to) {
      let clear = 0;
      for (let day = addDays(from, 1); day < to; day = addDays(day, 1)) if (isWorkingDay(day)) clear += 1;
      return clear;
    },
    at: (date, time) => instantOf(`${date}T${time}`),
    dateOf: (instant) => local(instant).slice(0, 10),
    timeOf: (instant) => local(instant).slice(11, 16),
  };
};
