import pMap from 'p-map';

import type { Cycle } from '../domain/cycle.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { IsoDate } from '../time/calendar.ts';
import { allPapersKey, cycleDocuments, groupsKey } from './document-keys.ts';
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

/** The groups that took part in a cycle, those that are no more among them. */
const groupsOf = async (place: Workplace, { partnership, id }: Cycle): Promise<readonly string[]> => {
  const now = (await place.directory.groups()).map((group) => group.id);
  const listed = await place.documents.get(groupsKey(partnership, id));
  const then =
    listed === undefined ? [] : (JSON.parse(Buffer.from(listed.body).toString('utf8')) as string[]);
  return [...new Set([...now, ...then])];
};

/** Removes a cycle with all its documents. The cycle itself goes last, so that a removal that broke off is found again. */
const forgetCycle = async (place: Workplace, partnership: Partnership, cycle: Cycle): Promise<void> => {
  const groups = await groupsOf(place, cycle);
  await pMap(
    [...groups, partnership.board, partnership.chairsGroup],
    (body) => place.cycles.forgetPart(cycle, body),
    { concurrency: 8 },
  );
  await place.documents.removeUnder(cycleDocuments(cycle.partnership, cycle.id));
  // It holds the papers of this cycle too; the next one that closes puts it together again.
  await place.documents.remove([allPapersKey(cycle.partnership)]);
  await place.cycles.forget(cycle);
};

/**
 * Removes the cycles and the people that the partnership keeps no longer, in one hour of each day. What became of the
 * emails to them goes with the people; other emails and links end by themselves, by the tables' time to live.
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
    await forgetCycle(place, partnership, cycle);
    cycles += 1;
  }
  const leavers = await place.directory.leftBefore(before(today, 0, memberMonthsAfterLeaving));
  for (const leaver of leavers) {
    await place.correspondence.forget(leaver);
    await place.addresses.forget(leaver.id);
  }
  await place.directory.forget(leavers);
  return { cycles, people: leavers.length };
};
