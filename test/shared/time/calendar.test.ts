import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  addDays,
  addSeconds,
  dayOfWeek,
  secondsBetween,
  workingCalendar,
} from '../../../shared/time/calendar.ts';

const kent = workingCalendar('Europe/London');
const first = Date.UTC(2015, 0, 1);
const days = (Date.UTC(2040, 11, 31) - first) / 86_400_000;
const day = fc.nat(days).map((count) => addDays('2015-01-01', count));
const workingDay = day.filter((date) => kent.isWorkingDay(date));
const count = fc.integer({ min: 1, max: 60 });

/** Counted one by one, without the calendar's own arithmetic. */
const workingDaysBetween = (from: string, to: string): number => {
  let found = 0;
  for (let time = Date.parse(from) + 86_400_000; time < Date.parse(to); time += 86_400_000) {
    const date = new Date(time);
    const weekend = [0, 6].includes(date.getUTCDay());
    if (!weekend && kent.holiday(date.toISOString().slice(0, 10)) === null) found += 1;
  }
  return found;
};

describe('working days', () => {
  it('lead from any day to a working day with one less strictly between', () => {
    fc.assert(
      fc.property(day, count, (from, steps) => {
        const later = kent.addWorkingDays(from, steps);
        const earlier = kent.addWorkingDays(from, -steps);
        expect([kent.isWorkingDay(later), kent.isWorkingDay(earlier)]).toEqual([true, true]);
        expect([later > from, earlier < from]).toEqual([true, true]);
        expect(workingDaysBetween(from, later)).toBe(steps - 1);
        expect(workingDaysBetween(earlier, from)).toBe(steps - 1);
        expect(kent.clearWorkingDays(from, later)).toBe(steps - 1);
      }),
    );
  });

  it('lead back where they came from', () => {
    fc.assert(
      fc.property(workingDay, count, (from, steps) => {
        expect(kent.addWorkingDays(kent.addWorkingDays(from, steps), -steps)).toBe(from);
      }),
    );
  });

  it('add up', () => {
    fc.assert(
      fc.property(day, count, count, (from, one, other) => {
        expect(kent.addWorkingDays(kent.addWorkingDays(from, one), other)).toBe(
          kent.addWorkingDays(from, one + other),
        );
      }),
    );
  });

  it('keep the order of days', () => {
    fc.assert(
      fc.property(day, fc.nat(40), fc.integer({ min: -40, max: 40 }), (from, gap, steps) => {
        expect(kent.addWorkingDays(from, steps) <= kent.addWorkingDays(addDays(from, gap), steps)).toBe(true);
      }),
    );
  });

  it('counted none, stay on a working day and leave any other for the next', () => {
    expect(kent.addWorkingDays('2026-09-16', 0)).toBe('2026-09-16');
    expect(kent.addWorkingDays('2026-09-19', 0)).toBe('2026-09-21');
    expect(kent.addWorkingDays('2026-12-25', 0)).toBe('2026-12-29');
  });

  it('leave out a holiday that was announced late', () => {
    const calendar = workingCalendar('Europe/London', [{ date: '2027-06-11', name: 'One-off' }]);
    expect(kent.addWorkingDays('2027-06-10', 1)).toBe('2027-06-11');
    expect(calendar.addWorkingDays('2027-06-10', 1)).toBe('2027-06-14');
    expect(calendar.holiday('2027-06-11')).toBe('One-off');
  });
});

describe('local times', () => {
  it('are nine in the morning on any day, on both sides of a clock change', () => {
    fc.assert(
      fc.property(day, (date) => {
        const instant = kent.at(date, '09:00');
        expect([kent.dateOf(instant), kent.timeOf(instant)]).toEqual([date, '09:00']);
      }),
    );
    expect(kent.at('2026-10-24', '09:00')).toBe('2026-10-24T08:00:00Z');
    expect(kent.at('2026-10-25', '09:00')).toBe('2026-10-25T09:00:00Z');
    expect(kent.at('2027-03-27', '09:00')).toBe('2027-03-27T09:00:00Z');
    expect(kent.at('2027-03-28', '09:00')).toBe('2027-03-28T08:00:00Z');
  });

  it('that the clock change skips are those an hour later, and those it repeats the first', () => {
    expect(kent.at('2027-03-28', '01:30')).toBe('2027-03-28T01:30:00Z');
    expect(kent.timeOf(kent.at('2027-03-28', '01:30'))).toBe('02:30');
    expect(kent.at('2026-10-25', '01:30')).toBe('2026-10-25T00:30:00Z');
  });

  it('of an unknown zone are refused', () => {
    expect(() => workingCalendar('Europe/Lodnon')).toThrow(RangeError);
  });
});

it('adds days and seconds as the calendar does', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: -1000, max: 1000 }), (from, gap) => {
      const to = addDays(from, gap);
      expect((Date.parse(to) - Date.parse(from)) / 86_400_000).toBe(gap);
      expect(dayOfWeek(to)).toBe(((((dayOfWeek(from) - 1 + gap) % 7) + 7) % 7) + 1);
      expect(secondsBetween(`${from}T00:00:00Z`, addSeconds(`${from}T00:00:00Z`, gap))).toBe(gap);
    }),
  );
});
