import { dayOfWeek, monthNames, workingCalendar } from '../time/calendar.ts';
import type { Instant, IsoDate, LocalTime, WorkingCalendar } from '../time/calendar.ts';

/** What a filter sees of the template that calls it. */
export interface TemplateContext {
  lookup(name: string): unknown;
}

/** A filter is a function of the value before the bar and its arguments; `this` is the template's context. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each filter says what it takes; templates are not typed
export type TemplateFilter = (this: TemplateContext, value: any, ...rest: any[]) => unknown;

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** "18 September 2026". Dates, times and lists follow the GOV.UK style guide. */
export const longDate = (date: IsoDate): string =>
  `${String(Number(date.slice(8, 10)))} ${monthNames[Number(date.slice(5, 7)) - 1] ?? ''} ${date.slice(0, 4)}`;

/** "Friday 18 September 2026". */
export const weekdayDate = (date: IsoDate): string =>
  `${weekdays[dayOfWeek(date) - 1] ?? ''} ${longDate(date)}`;

/** "9am", "9:30am", "midday", "midnight". */
export const clockTime = (time: LocalTime): string => {
  if (time === '12:00') return 'midday';
  if (time === '00:00') return 'midnight';
  const hour = Number(time.slice(0, 2));
  const minutes = time.slice(3, 5);
  return `${String(hour % 12 || 12)}${minutes === '00' ? '' : `:${minutes}`}${hour < 12 ? 'am' : 'pm'}`;
};

/** "a", "a and b", "a, b and c". */
export const andList = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;

/** "a, b and c", or "a, b and 40 others". */
export const namedOf = ({
  items,
  more,
}: {
  readonly items: readonly string[];
  readonly more: number;
}): string => (more === 0 ? andList(items) : `${items.join(', ')} and ${plural(more, 'other')}`);

/** "1 return", "3 returns". */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${grouped(count, 0)} ${count === 1 ? one : many}`;

/** A body's name in a sentence: LCPGs are called by name, boards and groups of groups with an article. */
export const theBody = (name: string): string => (name.endsWith(' LCPG') ? name : `the ${name}`);

/** "1st", "2nd", "3rd", "11th". */
export const ordinal = (count: number): string => {
  const teens = count % 100 >= 11 && count % 100 <= 13;
  return `${String(count)}${teens ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th')}`;
};

/** "first", "second"… in words up to nine, as GOV.UK style has it; "10th" from there. */
const ordinalWord = (count: number): string =>
  ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth'][count - 1] ??
  ordinal(count);

const formats: Intl.NumberFormat[] = [];

/** "1,234.5": a number with so many decimals. */
export const grouped = (value: number, decimals: number): string => {
  if (decimals === 0 && Number.isInteger(value) && value >= 0 && value < 1000) return String(value);
  // Made when first needed: the first format of a process loads its language, which no start should wait for.
  formats[decimals] ??= new Intl.NumberFormat('en-GB', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return formats[decimals].format(value);
};

/** "82.4%", "3.1 per 1,000": a number with its unit. */
export const measured = (value: number, unit: string, decimals: number): string =>
  unit === '%' ? `${grouped(value, decimals)}%` : `${grouped(value, decimals)} ${unit}`.trimEnd();

/** "3rd of 12", "joint 3rd of 12". */
export const rankInWords = (figure: { rank: number; of: number; joint: boolean }): string =>
  `${figure.joint ? 'joint ' : ''}${ordinal(figure.rank)} of ${String(figure.of)}`;

/** Whether an address may stand as a link: the web's, and no script's. */
export const isWebAddress = (address: string): boolean => /^https?:\/\/[^\s"<>]+$/i.test(address);

/** A date, or an instant on that day. */
type Day = IsoDate;
/** A local time, or an instant at that time. */
type Time = LocalTime;

/** Days and times in words, as a zone has them. A day may be given as a date or as an instant, their lengths tell. */
export const wordsIn = (zone: string) => {
  const calendar: WorkingCalendar = workingCalendar(zone);
  const dayOf = (day: Day): IsoDate => (day.length > 10 ? calendar.dateOf(day) : day);
  const timeOf = (time: Time): LocalTime => (time.length > 5 ? calendar.timeOf(time) : time);
  return {
    dayOf,
    date: (day: Day): string => longDate(dayOf(day)),
    weekdayDate: (day: Day): string => weekdayDate(dayOf(day)),
    time: (time: Time): string => clockTime(timeOf(time)),
    /** "9am to 4pm". */
    timeRange: (start: Time, end: Time): string => `${clockTime(timeOf(start))} to ${clockTime(timeOf(end))}`,
    /** "5pm on Wednesday 23 September 2026". */
    dateTime: (instant: Instant): string => `${clockTime(timeOf(instant))} on ${weekdayDate(dayOf(instant))}`,
  };
};

/** Says days and times as a zone has them: see `wordsIn`. */
export type ZonedWords = ReturnType<typeof wordsIn>;

/**
 * The filters that every template has. A day may be given as a date or as an instant; an instant is shown in the
 * context's `zone`.
 */
export const standardFilters = (): Readonly<Record<string, TemplateFilter>> => {
  const zones = new Map<string, ZonedWords>();
  const local = (context: TemplateContext): ZonedWords => {
    const zone = context.lookup('zone');
    if (typeof zone !== 'string') throw new Error('a template that shows an instant needs `zone`');
    let zoned = zones.get(zone);
    if (zoned === undefined) zones.set(zone, (zoned = wordsIn(zone)));
    return zoned;
  };
  return {
    date(day: Day) {
      return day.length > 10 ? local(this).date(day) : longDate(day);
    },
    weekdayDate(day: Day) {
      return day.length > 10 ? local(this).weekdayDate(day) : weekdayDate(day);
    },
    time(time: Time) {
      return time.length > 5 ? local(this).time(time) : clockTime(time);
    },
    timeRange(start: Time, end: Time) {
      return start.length > 5 || end.length > 5
        ? local(this).timeRange(start, end)
        : `${clockTime(start)} to ${clockTime(end)}`;
    },
    dateTime(instant: Instant) {
      return local(this).dateTime(instant);
    },
    /** "yesterday", "today" or "tomorrow", seen from another instant; empty for any other day. */
    nearDay(day: Day, from: Instant) {
      const { dayOf } = local(this);
      const days = (Date.parse(dayOf(day)) - Date.parse(dayOf(from))) / 86_400_000;
      return ['yesterday', 'today', 'tomorrow'][days + 1] ?? '';
    },
    /** "today", "tomorrow", "in 3 days", seen from another instant. */
    inDays(day: Day, from: Instant) {
      const { dayOf } = local(this);
      const days = (Date.parse(dayOf(day)) - Date.parse(dayOf(from))) / 86_400_000;
      return days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${String(days)} days`;
    },
    andList,
    namedOf,
    plural,
    theBody,
    ordinal,
    ordinalWord,
    number: grouped,
    measured,
    rankInWords,
    isWebAddress,
  };
};
