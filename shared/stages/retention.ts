import type { Partnership } from '../domain/partnership.ts';
import type { IsoDate } from '../time/calendar.ts';
import { compiledKeys, documentKey } from './report-email.ts';
import type { Workplace } from './workplace.ts';
import { calendarOf, nowOf } from './workplace.ts';

/** The local hour in which what is kept no longer is removed: once a day, when nobody works. */
const hour = '03';

/** The same day some years or months before. */
const before = (date: IsoDate, years: number, months: number): IsoDate => {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCFullYear(day.getUTCFullYear() - years, day.getUTCMonth() - months);
  return day.toISOString().slice(0, 10);
};

/**
 * Removes the cycles and the people that the partnership keeps no longer, in one hour of each day.
 * @returns how many cycles and people were removed
 */
export const applyRetention = async (
  place: Workplace,
  partnership: Partnership,
): Promise<{ readonly cycles: number; readonly people: number }> => {
  const calendar = calendarOf(partnership);
  const now = nowOf(place);
  if (!calendar.timeOf(now).startsWith(hour)) return { cycles: 0, people: 0 };
  const today = calendar.dateOf(now);
  const { recordYears, memberMonthsAfterLeaving } = partnership.retention;
  let cycles = 0;
  for await (const cycle of place.cycles.endedBefore(before(today, recordYears, 0))) {
    const groups = (await place.directory.groups()).map(({ id }) => id);
    const minutes = await place.minutes.of(cycle.id);
    await place.documents.remove([
      documentKey(partnership.id, cycle.id, 'groups.json'),
      ...compiledKeys(partnership.id, cycle.id),
      ...(minutes?.document === undefined || minutes.document === null ? [] : [minutes.document.key]),
    ]);
    await place.cycles.forget(cycle, [partnership.board, partnership.chairsGroup], groups);
    cycles += 1;
  }
  const people = await place.directory.forgetLeavers(before(today, 0, memberMonthsAfterLeaving));
  return { cycles, people };
};
