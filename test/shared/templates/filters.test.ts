import { describe, expect, it } from 'vitest';

import { templateEnvironment } from '../../../shared/templates/environment.ts';
import {
  andList,
  clockTime,
  grouped,
  isWebAddress,
  longDate,
  measured,
  ordinal,
  plural,
  rankInWords,
  standardFilters,
  weekdayDate,
} from '../../../shared/templates/filters.ts';

const filtered = (name: string, zone: string | undefined, ...values: unknown[]): unknown =>
  standardFilters()[name]?.call({ lookup: () => zone }, values[0], ...values.slice(1));

describe('GOV.UK style', () => {
  it.each([
    ['2026-09-18', '18 September 2026', 'Friday 18 September 2026'],
    ['2027-01-03', '3 January 2027', 'Sunday 3 January 2027'],
    ['2028-02-29', '29 February 2028', 'Tuesday 29 February 2028'],
  ])('dates: %s', (date, long, withDay) => {
    expect(longDate(date)).toBe(long);
    expect(weekdayDate(date)).toBe(withDay);
  });

  it.each([
    ['09:00', '9am'],
    ['09:30', '9:30am'],
    ['00:00', 'midnight'],
    ['00:15', '12:15am'],
    ['12:00', 'midday'],
    ['12:05', '12:05pm'],
    ['16:00', '4pm'],
    ['23:59', '11:59pm'],
  ])('times: %s', (time, words) => {
    expect(clockTime(time)).toBe(words);
  });

  it('ranges with "to"', () => {
    expect(filtered('timeRange', undefined, '09:00', '16:00')).toBe('9am to 4pm');
  });

  it('lists, counts and ranks', () => {
    expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(andList)).toEqual(['', 'a', 'a and b', 'a, b and c']);
    expect([0, 1, 2, 1200].map((count) => plural(count, 'return'))).toEqual([
      '0 returns',
      '1 return',
      '2 returns',
      '1,200 returns',
    ]);
    expect(plural(2, 'person is', 'people are')).toBe('2 people are');
    expect([1, 2, 3, 4, 10, 11, 12, 13, 21, 22, 101, 111].map(ordinal)).toEqual(
      '1st 2nd 3rd 4th 10th 11th 12th 13th 21st 22nd 101st 111th'.split(' '),
    );
    expect(rankInWords({ rank: 3, of: 12, joint: true })).toBe('joint 3rd of 12');
    expect(rankInWords({ rank: 1, of: 12, joint: false })).toBe('1st of 12');
  });

  it('numbers with their decimals and unit', () => {
    expect(grouped(1234.5, 1)).toBe('1,234.5');
    expect(grouped(0, 2)).toBe('0.00');
    expect(measured(70, '%', 1)).toBe('70.0%');
    expect(measured(3.14, 'per 1,000', 1)).toBe('3.1 per 1,000');
  });
});

describe('an instant', () => {
  it.each([
    ['2026-09-18T16:00:00Z', 'Europe/London', '5pm on Friday 18 September 2026'],
    ['2026-11-18T16:00:00Z', 'Europe/London', '4pm on Wednesday 18 November 2026'],
    ['2026-09-18T23:30:00Z', 'Europe/London', '12:30am on Saturday 19 September 2026'],
    ['2026-09-18T16:00:00Z', 'Pacific/Auckland', '4am on Saturday 19 September 2026'],
  ])('%s in %s', (instant, zone, words) => {
    expect(filtered('dateTime', zone, instant)).toBe(words);
  });

  it('may stand for its day or its time', () => {
    expect(filtered('date', 'Europe/London', '2026-09-18T23:30:00Z')).toBe('19 September 2026');
    expect(filtered('weekdayDate', 'Europe/London', '2026-09-18T23:30:00Z')).toBe(
      'Saturday 19 September 2026',
    );
    expect(filtered('time', 'Europe/London', '2026-09-18T16:00:00Z')).toBe('5pm');
  });

  it('is yesterday, today or tomorrow by the days of the zone', () => {
    const near = (day: string) => filtered('nearDay', 'Europe/London', day, '2026-09-18T23:30:00Z');
    expect(['2026-09-17', '2026-09-18', '2026-09-19', '2026-09-20', '2026-09-21'].map(near)).toEqual([
      '',
      'yesterday',
      'today',
      'tomorrow',
      '',
    ]);
  });

  it('cannot be shown without a zone', () => {
    expect(() => filtered('dateTime', undefined, '2026-09-18T16:00:00Z')).toThrow(/zone/u);
  });
});

it('links to the web alone', () => {
  expect(isWebAddress('https://meet.example.org/a?b=c')).toBe(true);
  for (const other of [
    '',
    'javascript:alert(1)',
    ' https://a',
    'data:text/html,x',
    'https://a" onclick="x',
    'Room 4',
  ])
    expect(isWebAddress(other)).toBe(false);
});

it('cannot render a template that is not there', () => {
  const environment = templateEnvironment({}, { autoescape: true });
  expect(() => environment.render('gone.njk', {})).toThrow(/no template gone\.njk/u);
});
