import pMap from 'p-map';

import type { Cycle } from '../domain/cycle.ts';
import type { Group, Partnership } from '../domain/partnership.ts';
import { isReceived } from '../domain/return.ts';
import { listed } from '../mail/listed.ts';
import type { Message, MessageOf } from '../mail/messages.ts';
import { originOf } from '../report/origin.ts';
import { publications } from '../report/publications.ts';
import { safeguardingTitle } from '../report/wording.ts';
import { becauseOf, bodyTitle, membersOf, onePerPerson } from './people.ts';
import { documentNames, linksTo, publish, type Published } from './published.ts';
import type { AnswerDesk, Workplace } from './workplace.ts';
import { calendarOf, nowOf } from './workplace.ts';

type Entry = MessageOf<'safeguarding-round-up'>['entries']['items'][number];

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
 * Makes the document of safeguarding matters that goes with an email of them. It lies apart from every other document,
 * and opens for those alone whom such an email is for.
 * @param group whose matters they are; null for those of all LCPGs
 */
export const publishSafeguarding = async (
  place: Workplace,
  partnership: Partnership,
  cycle: Cycle,
  group: Group | null,
  entries: readonly Entry[],
): Promise<Published> =>
  publish(
    place,
    cycle,
    documentNames.safeguarding(group?.id ?? null),
    publications.safeguarding({
      ...originOf(partnership),
      title: safeguardingTitle(group?.name ?? null),
      board: cycle.board,
      entries,
      preparedAt: nowOf(place),
    }),
  );

/**
 * The safeguarding matters of all LCPGs in a cycle, to the Safeguarding Group: one email a lead, instead of one for each
 * return. Source: LCPG terms of reference, "Governance".
 */
export const safeguardingRoundUp = async (
  place: Workplace,
  partnership: Partnership,
  cycle: Cycle,
): Promise<readonly Message[]> => {
  if (partnership.safeguardingGroup === null) return [];
  const groups = await place.directory.groups();
  const entries = (await pMap(groups, (group) => entryOf(place, cycle, group), { concurrency: 16 })).filter(
    (entry) => entry !== null,
  );
  if (entries.length === 0) return [];
  const on = calendarOf(partnership).dateOf(nowOf(place));
  const because = becauseOf(['member'], await bodyTitle(place, partnership, partnership.safeguardingGroup));
  const made = await publishSafeguarding(place, partnership, cycle, null, entries);
  return pMap(
    onePerPerson(await membersOf(place, partnership, partnership.safeguardingGroup, on)),
    async ({ who }): Promise<Message> => ({
      kind: 'safeguarding-round-up',
      to: who,
      about: cycle.id,
      occurrence: '1',
      because,
      boardDate: cycle.board.date,
      entries: listed(entries),
      documents: await linksTo(place, cycle, made, who.id),
    }),
    { concurrency: 8 },
  );
};
