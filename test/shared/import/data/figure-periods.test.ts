import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readEducationPeriod, readPeriod } from '../../../../shared/import/data/figure-periods.ts';
import { isPeriod } from '../../../../shared/import/values.ts';

describe('a period as publishers write it', () => {
  it.each([
    ['2024', '2024-01-01/P1Y'],
    ['2021/22', '2021-04-01/P1Y'],
    ['2021/2022', '2021-04-01/P1Y'],
    ['2021-22', '2021-04-01/P1Y'],
    ['1999/00', '1999-04-01/P1Y'],
    ['2021/22 (academic)', '2021-09-01/P1Y'],
    ['2021/22 academic year', '2021-09-01/P1Y'],
    ['2021 - 23', '2021-01-01/P3Y'],
    ['2021 – 2023', '2021-01-01/P3Y'],
    ['2021 to 2023', '2021-01-01/P3Y'],
    ['2019/20 - 21/22', '2019-04-01/P3Y'],
    ['2019/20 - 2021/22', '2019-04-01/P3Y'],
    ['2023 Q2', '2023-04-01/P3M'],
    ['2022/23 Q1', '2022-04-01/P3M'],
    ['2022/23 Q4', '2023-01-01/P3M'],
    ['Jan 2023', '2023-01-01/P1M'],
    ['2023 January', '2023-01-01/P1M'],
    ['Aug 2015 - Jul 2018', '2015-08-01/P3Y'],
  ])('%s is %s', (text, interval) => {
    expect(readPeriod(text, 'financial')).toEqual({ interval, label: text });
  });

  it('is academic where the indicator’s years are', () => {
    expect(readPeriod('2021/22', 'academic')?.interval).toBe('2021-09-01/P1Y');
  });

  it.each(['2024-09-01/P1Y', '2024-09-01T00:00:00/P1Y', '2024-09-01/2025-08-31'])(
    '%s stands as it is',
    (text) => {
      expect(readPeriod(text, 'financial')).toEqual({ interval: text.replace('T00:00:00', ''), label: null });
    },
  );

  it.each(['', 'banana', '2021/24', '202', '2024-13-01/P1Y', 'Foo 2023', '2023 - 2021'])(
    '%s is none',
    (text) => {
      expect(readPeriod(text, 'financial')).toBeNull();
    },
  );

  it('is an interval that a folder takes, whatever was given', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9/ Qto-]{0,20}$/u), (text) => {
        const found = readPeriod(text, 'financial');
        if (found !== null) expect(isPeriod(found.interval)).toBe(true);
      }),
    );
  });
});

describe('a period of Explore education statistics', () => {
  it.each([
    ['201617', 'Academic year', '2016-09-01/P1Y', '2016/17'],
    ['199900', 'Academic year', '1999-09-01/P1Y', '1999/00'],
    ['202324', 'Financial year', '2023-04-01/P1Y', '2023/24'],
    ['202324', 'Autumn term', '2023-09-01/P4M', '2023/24 autumn term'],
    ['202324', 'Spring term', '2024-01-01/P3M', '2023/24 spring term'],
    ['202324', 'Financial year Q4', '2024-01-01/P3M', '2023/24 Q4'],
    ['2023', 'Calendar year', '2023-01-01/P1Y', '2023'],
    ['2023', 'January', '2023-01-01/P1M', 'january 2023'],
  ])('%s, %s', (period, identifier, interval, label) => {
    expect(readEducationPeriod(period, identifier)).toEqual({ interval, label });
  });

  it.each([
    ['201618', 'Academic year'],
    ['2016', 'Fortnight'],
    ['16/17', 'Academic year'],
  ])('%s, %s is none', (period, identifier) => {
    expect(readEducationPeriod(period, identifier)).toBeNull();
  });
});
