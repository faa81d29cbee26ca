/** What happens next, as the stores and the timetable tell it. */
import type { Cycle } from '../../shared/domain/cycle.ts';
import { followUpSteps, groupMoments } from '../../shared/domain/timetable.ts';
import { calendarOf } from '../../shared/stages/workplace.ts';
import { andList } from '../../shared/templates/filters.ts';
import type { Instant } from '../../shared/time/calendar.ts';
import { later, toInstant } from '../../shared/time/calendar.ts';
import type { World } from '../world.ts';
import { requestWords } from './words.ts';

export interface Coming {
  readonly at: Instant;
  readonly text: string;
}

interface Due {
  readonly at: Instant;
  readonly what: string;
  /** Whom or which LCPG it concerns: those of one moment become one line. */
  readonly name: string;
}

const mostNames = 8;

const escalatedTo = {
  chair: 'The chair is',
  'co-ordinator': 'The co-ordinator is',
  secretariat: 'The secretariat is',
  'lead-chair': 'The lead chair is',
} as const;

/** The next things that happen unless somebody does something before, soonest first. */
export const comingUp = async (world: World, most: number): Promise<readonly Coming[]> => {
  const { place, partnership } = world;
  const now = toInstant(world.clock.now());
  const due: Due[] = [];
  for await (const { name, at } of place.waiting.all()) {
    const [what = '', first = '', body = ''] = name.split('/');
    const one =
      what === 'request' ? await followUp(world, first) : await meetingMoment(world, first, body, at);
    // A time that has passed is for the next sweep.
    if (one !== undefined) due.push({ ...one, at: later(at, now) });
  }
  const newest = await place.cycles.all()[Symbol.asyncIterator]().next();
  if (newest.done !== true) due.push(...milestones(world, newest.value).filter(({ at }) => at > now));
  const next = world.nextStart();
  if (next !== undefined)
    due.push({
      at: next.at,
      what: `The ${partnership.boardName.short} has met, and the next cycle opens`,
      name: '',
    });
  const lines = Map.groupBy(
    due
      .filter(({ at }) => at >= now)
      .sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0)),
    ({ at, what }) => `${at} ${what}`,
  );
  return [...lines.values()].slice(0, most).map((alike) => {
    const names = [...new Set(alike.map(({ name }) => name).filter((name) => name !== ''))];
    const what = alike[0]?.what ?? '';
    const named = names.length > mostNames ? `${String(names.length)} of them` : andList(names);
    return { at: alike[0]?.at ?? now, text: names.length === 0 ? what : `${what}: ${named}` };
  });
};

/** What happens to an open request next, when nobody answers. */
const followUp = async (world: World, id: string): Promise<Omit<Due, 'at'> | undefined> => {
  const { place, partnership } = world;
  const request = await place.requests.get(id);
  if (request?.state !== 'open') return undefined;
  const rule = partnership.requests[request.kind];
  const taken = followUpSteps(request, rule, partnership.timetable.sendingTime, calendarOf(partnership));
  const step = taken[request.stepsTaken];
  const { name } = requestWords[request.kind];
  const { body } = request.subject;
  const whose =
    body === partnership.board || body === partnership.chairsGroup
      ? ((await place.directory.person(request.person))?.name ?? '')
      : await place.directory.bodyName(body);
  switch (step?.do) {
    case 'remind':
      return { what: `Reminder for the ${name}`, name: whose };
    case 'escalate':
      return { what: `${escalatedTo[step.to]} told that the ${name} is missing`, name: whose };
    default:
      return { what: `Nobody waits for the ${name} any longer`, name: whose };
  }
};

/** What the machine of an LCPG does next. */
const meetingMoment = async (
  { place, partnership }: World,
  cycleId: string,
  body: string,
  at: Instant,
): Promise<Omit<Due, 'at'> | undefined> => {
  const [cycle, meeting] = await Promise.all([place.cycles.get(cycleId), place.meetings.get(cycleId, body)]);
  if (cycle === undefined || meeting?.state !== 'planned' || meeting.time === null) return undefined;
  const moments = groupMoments(meeting.time, cycle.moments, partnership.timetable, calendarOf(partnership));
  const name = await place.directory.bodyName(body);
  if (at === moments.attendanceReminder)
    return { what: 'Those who have not answered the invitation are reminded', name };
  if (at === moments.pack) return { what: 'The pack goes out', name };
  return { what: 'The LCPG has met, and its co-ordinator is asked for the return', name };
};

/** The moments of a cycle that depend on nobody. */
const milestones = ({ partnership }: World, { state, moments }: Cycle): readonly Due[] => {
  if (state === 'closed') return [];
  const of = (at: Instant, what: string): Due => ({ at, what, name: '' });
  return [
    of(moments.returnsCutOff, 'Returns are cut off'),
    of(moments.chairsPack, 'The Chairs Group’s pack goes out'),
    of(moments.chairsEnd, 'The Chairs Group has met, and its lead chair is asked for the summary'),
    ...(state === 'open' ? [of(moments.reportCompilation, 'The report is compiled at the latest')] : []),
    of(moments.nextBoardStart, `The next ${partnership.boardName.short} meets`),
  ];
};
