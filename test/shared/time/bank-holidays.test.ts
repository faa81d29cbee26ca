import { describe, expect, it } from 'vitest';

import { bankHolidays } from '../../../shared/time/bank-holidays.ts';

// As www.gov.uk/bank-holidays lists England and Wales; in the order of the year.
const published: Readonly<Record<number, readonly string[]>> = {
  2019: ['01-01', '04-19', '04-22', '05-06', '05-27', '08-26', '12-25', '12-26'],
  2020: ['01-01', '04-10', '04-13', '05-08', '05-25', '08-31', '12-25', '12-28'],
  2021: ['01-01', '04-02', '04-05', '05-03', '05-31', '08-30', '12-27', '12-28'],
  2022: ['01-03', '04-15', '04-18', '05-02', '06-02', '06-03', '08-29', '09-19', '12-26', '12-27'],
  2023: ['01-02', '04-07', '04-10', '05-01', '05-08', '05-29', '08-28', '12-25', '12-26'],
  2024: ['01-01', '03-29', '04-01', '05-06', '05-27', '08-26', '12-25', '12-26'],
  2025: ['01-01', '04-18', '04-21', '05-05', '05-26', '08-25', '12-25', '12-26'],
  2026: ['01-01', '04-03', '04-06', '05-04', '05-25', '08-31', '12-25', '12-28'],
  2027: ['01-01', '03-26', '03-29', '05-03', '05-31', '08-30', '12-27', '12-28'],
  2028: ['01-03', '04-14', '04-17', '05-01', '05-29', '08-28', '12-25', '12-26'],
};

describe('the bank holidays of England and Wales', () => {
  it.each(Object.entries(published))('are those published for %s', (year, days) => {
    expect([...bankHolidays(Number(year)).keys()].sort()).toEqual(days.map((day) => `${year}-${day}`));
  });

  it('carry their names', () => {
    expect(bankHolidays(2022).get('2022-06-03')).toBe('Platinum Jubilee bank holiday');
    expect(bankHolidays(2026).get('2026-12-28')).toBe('Boxing Day');
    expect(bankHolidays(2021).get('2021-12-27')).toBe('Christmas Day');
  });

  it('never fall on a weekend', () => {
    for (let year = 1978; year <= 2100; year += 1)
      for (const day of bankHolidays(year).keys())
        expect([day, new Date(day).getUTCDay() % 6]).not.toEqual([day, 0]);
  });
});
