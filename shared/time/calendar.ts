import { Temporal } from 'temporal-polyfill';

import { bankHolidays } from './bank-holidays.ts';

/** A calendar day, `YYYY-MM-DD`. */
export type IsoDate = string;
/** An instant in UTC, `YYYY-MM-DDTHH:MM:SSZ`: whole seconds, so that the strings sort as the instants do. */
export type Instant = string;
/** A local time of day, `HH:MM`. */
export type LocalTime = string;

const fromEpochSeconds = (seconds: number): Instant =>
  `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;

/** An instant as it is stored: UTC, whole seconds. */
export const toInstant = (instant: Temporal.Instant): Instant =>
  fromEpochSeconds(Math.floor(instant.epochMilliseconds / 1000));

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
  Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
  const extra = new Map(extraHolidays.map(({ date, name }) => [date, name]));
  // Conversions are the costly part, and a cycle asks for the same few hundred days over and over.
  const instants = new Map<string, Instant>();
  const localTimes = new Map<Instant, string>();

  const holiday = (date: IsoDate): string | null =>
    extra.get(date) ?? bankHolidays(Number(date.slice(0, 4))).get(date) ?? null;
  const isWorkingDay = (date: IsoDate): boolean => dayOfWeek(date) < 6 && holiday(date) === null;

  const local = (instant: Instant): string => {
    let known = localTimes.get(instant);
    if (known === undefined) {
      known = Temporal.Instant.from(instant)
        .toZonedDateTimeISO(zone)
        .toPlainDateTime()
        .toString({ smallestUnit: 'minute' });
      if (localTimes.size > 5_000) localTimes.clear();
      localTimes.set(instant, known);
    }
    return known;
  };

  return {
    zone,
    holiday,
    isWorkingDay,
    addWorkingDays(date, count) {
      const step = count < 0 ? -1 : 1;
      let day = date;
      if (count === 0) while (!isWorkingDay(day)) day = addDays(day, 1);
      for (let left = Math.abs(count); left > 0;) {
        day = addDays(day, step);
        if (isWorkingDay(day)) left -= 1;
      }
      return day;
    },
    clearWorkingDays(from, to) {
      let clear = 0;
      for (let day = addDays(from, 1); day < to; day = addDays(day, 1)) if (isWorkingDay(day)) clear += 1;
      return clear;
    },
    at(date, time) {
      const key = `${date}T${time}`;
      let known = instants.get(key);
      if (known === undefined) {
        known = toInstant(Temporal.PlainDateTime.from(key).toZonedDateTime(zone).toInstant());
        if (instants.size > 5_000) instants.clear();
        instants.set(key, known);
      }
      return known;
    },
    dateOf: (instant) => local(instant).slice(0, 10),
    timeOf: (instant) => local(instant).slice(11, 16),
  };
};
