/**
 * Bank holidays of England and Wales, by the rules of the Banking and Financial Dealings Act 1971 and the practice of
 * substitute days, with the one-off days that were proclaimed. Compared with www.gov.uk/bank-holidays, 2019 to 2028.
 */

/** Days that were proclaimed, and days that were moved, by year. Null takes away a day that the rules would give. */
const proclaimed: Readonly<Record<number, Readonly<Record<string, string | null>>>> = {
  2011: { '2011-04-29': 'Wedding of Prince William' },
  2012: { '2012-05-28': null, '2012-06-04': 'Spring bank holiday', '2012-06-05': 'Queen’s Diamond Jubilee' },
  2020: { '2020-05-04': null, '2020-05-08': 'Early May bank holiday (VE day)' },
  2022: {
    '2022-05-30': null,
    '2022-06-02': 'Spring bank holiday',
    '2022-06-03': 'Platinum Jubilee bank holiday',
    '2022-09-19': 'State Funeral of Queen Elizabeth II',
  },
  2023: { '2023-05-08': 'Coronation of King Charles III' },
};

const iso = (year: number, month: number, day: number): string =>
  new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);

const weekday = (year: number, month: number, day: number): number =>
  new Date(Date.UTC(year, month - 1, day)).getUTCDay();

/** Easter Sunday as days into March: the anonymous Gregorian algorithm (Nature, 1876). */
const easterAsMarchDay = (year: number): number => {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const inCentury = year % 100;
  const correction =
    (19 * golden +
      century -
      Math.floor(century / 4) -
      Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3) +
      15) %
    30;
  const toSunday =
    (32 + 2 * (century % 4) + 2 * Math.floor(inCentury / 4) - correction - (inCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * correction + 22 * toSunday) / 451);
  return correction + toSunday - 7 * late + 22;
};

const firstMonday = (year: number, month: number): number => ((8 - weekday(year, month, 1)) % 7) + 1;

const lastMonday = (year: number, month: number): number => 31 - ((weekday(year, month, 31) + 6) % 7);

const byYear = new Map<number, ReadonlyMap<string, string>>();

/**
 * The bank holidays of a year: day to name, substitute days included.
 * @param year from 1978, when the early May holiday began
 */
export const bankHolidays = (year: number): ReadonlyMap<string, string> => {
  const known = byYear.get(year);
  if (known !== undefined) return known;
  const days = new Map<string, string>();
  const newYear = weekday(year, 1, 1);
  days.set(iso(year, 1, newYear === 6 ? 3 : newYear === 0 ? 2 : 1), 'New Year’s Day');
  const easter = easterAsMarchDay(year);
  days.set(iso(year, 3, easter - 2), 'Good Friday');
  days.set(iso(year, 3, easter + 1), 'Easter Monday');
  days.set(iso(year, 5, firstMonday(year, 5)), 'Early May bank holiday');
  days.set(iso(year, 5, lastMonday(year, 5)), 'Spring bank holiday');
  days.set(iso(year, 8, lastMonday(year, 8)), 'Summer bank holiday');
  const christmas = weekday(year, 12, 25);
  // A weekend Christmas or Boxing Day is made up for on the next days that are not holidays themselves.
  days.set(iso(year, 12, christmas === 6 || christmas === 0 ? 27 : 25), 'Christmas Day');
  days.set(iso(year, 12, christmas === 5 || christmas === 6 ? 28 : 26), 'Boxing Day');
  for (const [day, name] of Object.entries(proclaimed[year] ?? {})) {
    if (name === null) days.delete(day);
    else days.set(day, name);
  }
  byYear.set(year, days);
  return days;
};
