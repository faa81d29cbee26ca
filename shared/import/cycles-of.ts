import type { CycleMeetings } from '../domain/timetable.ts';
import type { ListedMeeting, PartnershipFolder } from '../domain/partnership.ts';
import { addDays } from '../time/calendar.ts';

/** A cycle that the listed meetings form, with the LCPG meetings that fall into it. */
export interface ListedCycle extends CycleMeetings {
  /** The date of the board meeting that opens it. */
  readonly id: string;
  readonly board: ListedMeeting;
  readonly chairs: ListedMeeting;
  readonly nextBoard: ListedMeeting;
  /** In order of date; a group that has no date yet is not among them. */
  readonly groups: readonly ListedMeeting[];
}

/** Two consecutive board meetings, and the other meetings from the first to the day before the second. */
export interface BoardPair {
  readonly board: ListedMeeting;
  readonly nextBoard: ListedMeeting;
  readonly chairs: readonly ListedMeeting[];
  readonly groups: readonly ListedMeeting[];
}

type Meetings = Pick<PartnershipFolder, 'meetings' | 'groups'> & {
  readonly partnership: Pick<PartnershipFolder['partnership'], 'board' | 'chairsGroup'>;
};

const byDate = (one: ListedMeeting, other: ListedMeeting): number =>
  `${one.date}T${one.start}`.localeCompare(`${other.date}T${other.start}`, 'en');

/** The pairs of consecutive board meetings in order of date, whether or not they make a cycle. */
export const boardPairs = ({ partnership, meetings, groups }: Meetings): readonly BoardPair[] => {
  const groupIds = new Set(groups.map(({ id }) => id));
  const boards = meetings.filter(({ body }) => body === partnership.board).sort(byDate);
  const others = meetings
    .filter(({ body }) => body === partnership.chairsGroup || groupIds.has(body))
    .sort(byDate);
  const pairs: BoardPair[] = [];
  let next = 0;
  for (const [index, board] of boards.entries()) {
    const nextBoard = boards[index + 1];
    if (nextBoard === undefined) break;
    const chairs: ListedMeeting[] = [];
    const lcpgs: ListedMeeting[] = [];
    for (; next < others.length; next += 1) {
      const meeting = others[next];
      if (meeting === undefined || meeting.date >= nextBoard.date) break;
      if (meeting.date < board.date) continue;
      if (meeting.body === partnership.chairsGroup) chairs.push(meeting);
      else lcpgs.push(meeting);
    }
    pairs.push({ board, nextBoard, chairs, groups: lcpgs });
  }
  return pairs;
};

/** The cycles that the meetings of a folder form: each from one board meeting to the next. */
export const cyclesOf = (folder: Meetings): readonly ListedCycle[] =>
  boardPairs(folder).flatMap(({ board, nextBoard, chairs: [chairs], groups }) =>
    chairs === undefined || board.date === nextBoard.date
      ? []
      : [{ id: board.date, board, chairs, nextBoard, groups }],
  );

/** The days of a span on which none of the dated things holds, as spans. Both ends are inclusive. */
export const uncovered = (
  span: { readonly from: string; readonly to: string },
  held: readonly { readonly from: string | null; readonly to: string | null }[],
): readonly { readonly from: string; readonly to: string }[] => {
  const gaps: { from: string; to: string }[] = [];
  let day = span.from;
  for (const { from, to } of [...held].sort((one, other) =>
    (one.from ?? '').localeCompare(other.from ?? '', 'en'),
  )) {
    if (day > span.to) break;
    if (to !== null && to < day) continue;
    if (from !== null && from > day) {
      if (from > span.to) break;
      gaps.push({ from: day, to: addDays(from, -1) });
    }
    day = to === null ? '9999-12-31' : addDays(to, 1);
  }
  if (day <= span.to) gaps.push({ from: day, to: span.to });
  return gaps;
};
