import { isPeriod } from '../values.ts';
import { remembered } from './remembered.ts';

/** A period as files give it, in one form. */
export interface FigurePeriod {
  /** ISO 8601 interval, such as `2024-09-01/P1Y`. */
  readonly interval: string;
  /** As its publisher writes it, where that is no interval. */
  readonly label: string | null;
}

/** What a year written over two calendar years starts with. */
export type YearKind = 'academic' | 'financial' | 'tax';

const yearStarts: Readonly<Record<YearKind, string>> = {
  academic: '09-01',
  financial: '04-01',
  tax: '04-06',
};

const monthNumbers: Readonly<Record<string, number>> = {
  jan: 1,
  feb: 2,
  mar: 3,
  apr: 4,
  may: 5,
  jun: 6,
  jul: 7,
  aug: 8,
  sep: 9,
  oct: 10,
  nov: 11,
  dec: 12,
};

const twoDigits = (number: number): string => String(number).padStart(2, '0');

/** The year that two digits stand for, following another. */
const following = (year: number, digits: string): number => {
  if (digits.length === 4) return Number(digits);
  const century = Math.floor(year / 100) * 100;
  const candidate = century + Number(digits);
  return candidate < year ? candidate + 100 : candidate;
};

const monthOf = (name: string): number | undefined => monthNumbers[name.slice(0, 3).toLowerCase()];

const monthsBetween = (year: number, month: number, lastYear: number, lastMonth: number): number =>
  (lastYear - year) * 12 + lastMonth - month + 1;

const interval = (year: number, monthAndDay: string, duration: string): string =>
  `${String(year)}-${monthAndDay}/${duration}`;

const year = String.raw`((?:19|20)\d\d)`;
const dash = String.raw`\s*(?:-|–|—|to)\s*`;
const split = String.raw`${year}\s*[/-]\s*(\d{4}|\d{2})`;
const month = String.raw`([A-Za-z]{3,9})\.?`;

/** The forms of a period, each with how it is read. Parts are those of its pattern. */
const forms: readonly {
  readonly pattern: RegExp;
  readonly read: (parts: readonly string[], kind: YearKind) => string | null;
}[] = [
  // 2024
  { pattern: new RegExp(`^${year}$`, 'u'), read: ([from = '']) => interval(Number(from), '01-01', 'P1Y') },
  // 2021/22, 2021/2022, 2021-22 (a year over two calendar years)
  {
    pattern: new RegExp(`^${split}$`, 'u'),
    read: ([from = '', to = ''], kind) =>
      following(Number(from), to) === Number(from) + 1
        ? interval(Number(from), yearStarts[kind], 'P1Y')
        : null,
  },
  // 2021 - 23, 2021 to 2023 (several calendar years)
  {
    pattern: new RegExp(
      String.raw`^${year}(?:\s+-\s*|\s*-\s+|\s*–\s*|\s+to\s+|-(?=\d{4}))(\d{4}|\d{2})$`,
      'u',
    ),
    read: ([from = '', to = '']) => {
      const years = following(Number(from), to) - Number(from) + 1;
      return years >= 2 && years <= 20 ? interval(Number(from), '01-01', `P${String(years)}Y`) : null;
    },
  },
  // 2020/21 - 22/23 (several years, each over two calendar years)
  {
    pattern: new RegExp(String.raw`^${split}${dash}(\d{4}|\d{2})\s*/\s*(\d{4}|\d{2})$`, 'u'),
    read: ([from = '', , last = ''], kind) => {
      const years = following(Number(from), last) - Number(from) + 1;
      return years >= 2 && years <= 20
        ? interval(Number(from), yearStarts[kind], `P${String(years)}Y`)
        : null;
    },
  },
  // 2023 Q1 (of the calendar year)
  {
    pattern: new RegExp(String.raw`^${year}\s*Q([1-4])$`, 'u'),
    read: ([from = '', quarter = '']) =>
      interval(Number(from), `${twoDigits(Number(quarter) * 3 - 2)}-01`, 'P3M'),
  },
  // 2022/23 Q1 (of the financial year)
  {
    pattern: new RegExp(String.raw`^${split}\s*Q([1-4])$`, 'u'),
    read: ([from = '', , quarter = '']) => {
      const first = Number(quarter) * 3 + 1;
      return interval(
        first > 12 ? Number(from) + 1 : Number(from),
        `${twoDigits(first > 12 ? first - 12 : first)}-01`,
        'P3M',
      );
    },
  },
  // 2023 Jan, 2023 January; Jan 2023, January 2023
  {
    pattern: new RegExp(`^${year}\\s+${month}$`, 'u'),
    read: ([from = '', name = '']) => {
      const number = monthOf(name);
      return number === undefined ? null : interval(Number(from), `${twoDigits(number)}-01`, 'P1M');
    },
  },
  {
    pattern: new RegExp(`^${month}\\s+${year}$`, 'u'),
    read: ([name = '', from = '']) => {
      const number = monthOf(name);
      return number === undefined ? null : interval(Number(from), `${twoDigits(number)}-01`, 'P1M');
    },
  },
  // Aug 2015 - Jul 2018
  {
    pattern: new RegExp(`^${month}\\s+${year}${dash}${month}\\s+${year}$`, 'u'),
    read: ([name = '', from = '', lastName = '', to = '']) => {
      const [first, last] = [monthOf(name), monthOf(lastName)];
      if (first === undefined || last === undefined) return null;
      const months = monthsBetween(Number(from), first, Number(to), last);
      if (months < 1 || months > 240) return null;
      const duration = months % 12 === 0 ? `P${String(months / 12)}Y` : `P${String(months)}M`;
      return interval(Number(from), `${twoDigits(first)}-01`, duration);
    },
  },
];

/**
 * A period as publishers write it, as an interval: `2024`, `2021/22`, `2021 - 23`, `2020/21 - 22/23`, `2023 Q1`,
 * `2022/23 Q1`, `Jan 2023`, `Aug 2015 - Jul 2018`, or an interval. Null for what is none of them.
 * @param kind what a year such as 2021/22 is, where the text does not say it
 */
export const readPeriod = (text: string, kind: YearKind): FigurePeriod | null => periodReaders[kind](text);

const periodReader = (kind: YearKind) =>
  remembered((text): FigurePeriod | null => {
    const given = text.trim().replaceAll(/\s+/gu, ' ');
    const iso = given.replaceAll(/T00:00(?::00)?(?:\.0+)?Z?/gu, '');
    if (isPeriod(iso)) return { interval: iso, label: null };
    const said = /academic|school/iu.test(given)
      ? 'academic'
      : /financial/iu.test(given)
        ? 'financial'
        : kind;
    const bare = given.replace(/\s*[([]?(?:academic|school|financial|calendar)(?: year)?[)\]]?\s*$/iu, '');
    for (const { pattern, read } of forms) {
      const match = pattern.exec(bare);
      if (match === null) continue;
      const found = read(match.slice(1), said);
      if (found !== null && isPeriod(found)) return { interval: found, label: given };
    }
    return null;
  });

const periodReaders: Readonly<Record<YearKind, (text: string) => FigurePeriod | null>> = {
  academic: periodReader('academic'),
  financial: periodReader('financial'),
  tax: periodReader('tax'),
};

/** The terms of a school year: their first month, their length, and whether they are in its second calendar year. */
const terms: Readonly<Record<string, readonly [string, string, boolean]>> = {
  'autumn term': ['09-01', 'P4M', false],
  'spring term': ['01-01', 'P3M', true],
  'summer term': ['04-01', 'P4M', true],
  'autumn and spring term': ['09-01', 'P7M', false],
};

/**
 * A period of DfE's Explore education statistics: `201617` with `Academic year` is 2016/17. Null for what is none.
 * Source: DfE analysts' guide, open data standards, time periods.
 */
export const readEducationPeriod = (timePeriod: string, identifier: string): FigurePeriod | null => {
  const text = timePeriod.trim();
  const kind = identifier.trim().toLowerCase();
  const split = /^((?:19|20)\d\d)(\d\d)$/u.exec(text);
  if (split !== null) {
    const [, from = '', to = ''] = split;
    if ((Number(from) + 1) % 100 !== Number(to)) return null;
    const label = `${from}/${to}`;
    const term = terms[kind];
    if (term !== undefined) {
      const [start, length, second] = term;
      return {
        interval: interval(Number(from) + (second ? 1 : 0), start, length),
        label: `${label} ${kind}`,
      };
    }
    const quarter = /q([1-4])$/u.exec(kind)?.[1];
    if (quarter !== undefined && kind.startsWith('financial')) {
      const found = readPeriod(`${label} Q${quarter}`, 'financial');
      return found === null ? null : { ...found, label: `${label} Q${quarter}` };
    }
    if (kind === '' || kind.startsWith('academic year'))
      return { interval: interval(Number(from), yearStarts.academic, 'P1Y'), label };
    if (kind.startsWith('financial year'))
      return { interval: interval(Number(from), yearStarts.financial, 'P1Y'), label };
    if (kind.startsWith('tax year'))
      return { interval: interval(Number(from), yearStarts.tax, 'P1Y'), label };
    return null;
  }
  if (/^(?:19|20)\d\d$/u.test(text)) {
    if (kind === '' || kind === 'calendar year' || kind === 'reporting year')
      return readPeriod(text, 'academic');
    const quarter = /q([1-4])$/u.exec(kind)?.[1];
    if (quarter !== undefined) return readPeriod(`${text} Q${quarter}`, 'academic');
    return readPeriod(`${kind} ${text}`, 'academic');
  }
  return null;
};
