import pMap from 'p-map';
import * as z from 'zod/mini';

import { cycleExecution } from '../contracts/names.ts';
import { figuresFor, indexObservations } from '../domain/indicator.ts';
import { askedInReturn, indicatorsOf } from '../domain/local-figures.ts';
import type { Cycle, MeetingTime } from '../domain/cycle.ts';
import {
  england,
  type Group,
  type ListedMeeting,
  type Observation,
  type Partnership,
} from '../domain/partnership.ts';
import type { CycleMeetings } from '../domain/timetable.ts';
import { checkTimetable, cycleMoments } from '../domain/timetable.ts';
import type { IsoDate } from '../time/calendar.ts';
import { addDays } from '../time/calendar.ts';
import { groupsKey } from './document-keys.ts';
import { keepPapers } from './papers.ts';
import type { Task } from './task.ts';
import type { AnswerDesk } from './workplace.ts';
import { calendarOf, nowOf } from './workplace.ts';

/** The listed meetings form no cycle, or one that breaks the rules; the message says each fault. */
export class TimetableFault extends Error {
  override readonly name = 'TimetableFault';
}

/** A payload that names a cycle. */
export const cyclePayload = z.object({ partnership: z.string(), cycle: z.string() });

const timeOf = ({ date, start, end, venue, link }: ListedMeeting): MeetingTime => ({
  date,
  start,
  end,
  venue,
  link,
});

/** The longest that two board meetings may lie apart and still form a cycle. */
const longestCycleDays = 120;

/**
 * The meetings that a cycle hangs on, from the partnership's list.
 * @throws {TimetableFault} when the board does not meet on that day, or no next board or Chairs Group is listed
 */
export const meetingsOfCycle = async (
  desk: Pick<AnswerDesk, 'directory'>,
  partnership: Partnership,
  cycle: IsoDate,
): Promise<CycleMeetings> => {
  const boards = await desk.directory.listedMeetings(
    partnership.board,
    cycle,
    addDays(cycle, longestCycleDays),
  );
  const [board, nextBoard] = boards;
  if (board?.date !== cycle)
    throw new TimetableFault(
      `${partnership.boardName.short} has no meeting on ${cycle} in the list of meetings`,
    );
  if (nextBoard === undefined)
    throw new TimetableFault(
      `no ${partnership.boardName.short} meeting is listed in the ${String(longestCycleDays)} days after ${cycle}: a cycle needs the next one`,
    );
  const [chairs] = await desk.directory.listedMeetings(
    partnership.chairsGroup,
    addDays(board.date, 1),
    addDays(nextBoard.date, -1),
  );
  if (chairs === undefined)
    throw new TimetableFault(`no Chairs Group meeting is listed between ${board.date} and ${nextBoard.date}`);
  return { board: timeOf(board), chairs: timeOf(chairs), nextBoard: timeOf(nextBoard) };
};

/** The listed meeting of a group in a cycle, or null where its date is still to be agreed. */
export const listedGroupMeeting = async (
  desk: Pick<AnswerDesk, 'directory'>,
  group: string,
  cycle: Pick<Cycle, 'board' | 'nextBoard'>,
): Promise<MeetingTime | null> => {
  const [meeting] = await desk.directory.listedMeetings(
    group,
    addDays(cycle.board.date, 1),
    addDays(cycle.nextBoard.date, -1),
  );
  return meeting === undefined ? null : timeOf(meeting);
};

/** Checks the timetable of a cycle with every LCPG's listed date. @throws {TimetableFault} naming every fault */
const checkedMeetings = async (
  desk: AnswerDesk,
  partnership: Partnership,
  cycle: IsoDate,
  groups: readonly Group[],
): Promise<CycleMeetings> => {
  const meetings = await meetingsOfCycle(desk, partnership, cycle);
  const listed = await pMap(
    groups,
    async (group) => ({ group: group.id, meeting: await listedGroupMeeting(desk, group.id, meetings) }),
    { concurrency: 16 },
  );
  const faults = checkTimetable(
    meetings,
    partnership,
    listed.flatMap(({ group, meeting }) => (meeting === null ? [] : [{ group, meeting }])),
    partnership.timetable,
    calendarOf(partnership),
  ).filter(({ level }) => level === 'fault');
  if (faults.length > 0)
    throw new TimetableFault(
      `the timetable of ${cycle} breaks its rules: ${faults.map(({ body, message }) => `${body}: ${message}`).join('; ')}`,
    );
  return meetings;
};

/** Keeps every group's figures for the cycle, so that its pack, the Chairs Group's and the report show the same. */
const keepFigures = async (
  desk: AnswerDesk,
  partnership: Partnership,
  cycle: IsoDate,
  groups: readonly Group[],
): Promise<void> => {
  const [indicators, allPriorities] = await Promise.all([
    desk.indicators.definitions(),
    desk.indicators.priorities(),
  ]);
  const areas = groups.map(({ area }) => area);
  const observations: Observation[] = (
    await pMap(
      [...new Set([...areas, partnership.area.code, england])],
      (area) => desk.indicators.observations(area),
      {
        concurrency: 16,
      },
    )
  ).flat();
  const byArea = Map.groupBy(observations, ({ area }) => area);
  const local = await pMap(
    groups.filter(({ id }) => indicators.some(({ group }) => group === id)),
    async ({ id, area }) => {
      const published = indicatorsOf(byArea.get(area) ?? []);
      const asked = new Set(askedInReturn(id, indicators, published).map((one) => one.id));
      return (await desk.indicators.localObservations(id)).filter(({ indicator }) => asked.has(indicator));
    },
    { concurrency: 16 },
  );
  const index = indexObservations([...observations, ...local.flat()], areas, {
    county: partnership.area.code,
    ...(partnership.hideCountsBelow === undefined ? {} : { hideBelow: partnership.hideCountsBelow }),
  });
  const figures = groups.map((group) => ({
    group: group.id,
    figures: figuresFor(group, {
      indicators,
      priorities: allPriorities,
      observations: index,
      county: partnership.area.code,
      on: cycle,
    }),
  }));
  await desk.indicators.keepFigures(cycle, figures);
};

const openingPayload = z.object({ partnership: z.string(), cycle: z.string() });

/** Opens a cycle: checks its timetable, lays down its meetings and figures, and lists its groups for the machine. */
export const openCycle: Task<
  z.infer<typeof openingPayload>,
  {
    readonly partnership: string;
    readonly cycle: string;
    readonly board: string;
    readonly chairsGroup: string;
    readonly groupsKey: string;
    readonly chairsPackAt: string;
    readonly chairsEndAt: string;
  }
> = {
  name: 'open-cycle',
  input: openingPayload,
  async run(place, { cycle: id }) {
    const partnership = await place.directory.partnership();
    const groups = await place.directory.groups();
    const meetings = await checkedMeetings(place, partnership, id, groups);
    const moments = cycleMoments(meetings, partnership.timetable, calendarOf(partnership));
    const at = nowOf(place);
    await keepFigures(place, partnership, id, groups);
    const listOfGroups = groupsKey(partnership.id, id);
    await place.documents.put(
      listOfGroups,
      JSON.stringify(groups.map((group) => group.id)),
      'application/json',
    );
    const cycle = await place.cycles.open({
      id,
      ...meetings,
      groupCount: groups.length,
      state: 'open',
      openedAt: at,
      moments,
      reportedAt: null,
      closedAt: null,
    });
    await place.meetings.place(id, partnership.chairsGroup, meetings.chairs, at);
    return {
      partnership: partnership.id,
      cycle: id,
      board: partnership.board,
      chairsGroup: partnership.chairsGroup,
      groupsKey: listOfGroups,
      chairsPackAt: place.clock.realInstant(cycle.moments.chairsPack),
      chairsEndAt: place.clock.realInstant(cycle.moments.chairsEnd),
    };
  },
};

/** Checks a cycle's timetable and starts its machine; a start of a cycle that runs already does nothing. */
export const startCycle: Task<z.infer<typeof openingPayload>, { readonly started: string }> = {
  name: 'start-cycle',
  input: openingPayload,
  async run(place, { partnership: id, cycle }) {
    const partnership = await place.directory.partnership();
    await checkedMeetings(place, partnership, cycle, await place.directory.groups());
    const name = cycleExecution(id, cycle);
    await place.machines.start('cycle', name, { partnership: id, cycle });
    return { started: name };
  },
};

/** Closes a cycle, sets the start of the next at the end of its board meeting, and puts its papers together. */
export const closeCycle: Task<z.infer<typeof cyclePayload>, { readonly next: string }> = {
  name: 'close-cycle',
  input: cyclePayload,
  async run(place, { partnership, cycle: id }) {
    const cycle = await place.cycles.known(id);
    await place.cycles.close(cycle, nowOf(place));
    await place.schedule.startCycleAt(partnership, cycle.nextBoard.date, cycle.moments.nextBoardEnd);
    // Last: whatever goes wrong with its papers, the cycle is closed and the next one will start.
    await keepPapers(place, await place.directory.partnership(), id);
    return { next: cycle.nextBoard.date };
  },
};
