import pMap from 'p-map';

import type { Cycle } from '../domain/cycle.ts';
import type { Group, Partnership } from '../domain/partnership.ts';
import { isReceived } from '../domain/return.ts';
import type { Message, MessageOf } from '../mail/messages.ts';
import { becauseOf, bodyTitle, membersOf, onePerPerson } from './people.ts';
import type { AnswerDesk } from './workplace.ts';
import { calendarOf, nowOf } from './workplace.ts';

type Entry = MessageOf<'safeguarding-round-up'>['entries'][number];

/** What the return of a group says of safeguarding; null where it says nothing. */
const entryOf = async (desk: AnswerDesk, cycle: Cycle, group: Group): Promise<Entry | null> => {
  const given = await desk.returns.of(cycle.id, group.id);
  if (given === undefined || !isReceived(given) || given.content.safeguardingMatters.length === 0)
    return null;
  const meeting = await desk.meetings.get(cycle.id, group.id);
  return {
    groupName: group.name,
    meetingDate: given.content.held === true ? (meeting?.time?.date ?? null) : null,
    matters: given.content.safeguardingMatters,
  };
};

/**
 * The safeguarding matters of all LCPGs in a cycle, to the Safeguarding Group: one email a lead, instead of one for each
 * return. Source: LCPG terms of reference, "Governance".
 */
export const safeguardingRoundUp = async (
  desk: AnswerDesk,
  partnership: Partnership,
  cycle: Cycle,
): Promise<readonly Message[]> => {
  if (partnership.safeguardingGroup === null) return [];
  const groups = await desk.directory.groups();
  const entries = (await pMap(groups, (group) => entryOf(desk, cycle, group), { concurrency: 16 })).filter(
    (entry) => entry !== null,
  );
  if (entries.length === 0) return [];
  const on = calendarOf(partnership).dateOf(nowOf(desk));
  const because = becauseOf(['member'], await bodyTitle(desk, partnership, partnership.safeguardingGroup));
  return onePerPerson(await membersOf(desk, partnership, partnership.safeguardingGroup, on)).map(
    ({ who }): Message => ({
      kind: 'safeguarding-round-up',
      to: who,
      about: cycle.id,
      occurrence: '1',
      because,
      boardDate: cycle.board.date,
      entries,
    }),
  );
};
