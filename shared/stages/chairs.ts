import pMap from 'p-map';
import type * as z from 'zod/mini';

import type { Member } from '../domain/partnership.ts';
import { draftChairsPack } from '../report/chairs-pack.ts';
import { publications } from '../report/publications.ts';
import { listed } from '../mail/listed.ts';
import type { Message } from '../mail/messages.ts';
import { dossiersOf } from './dossiers.ts';
import { remindUnanswered } from './meetings.ts';
import { cyclePayload } from './opening.ts';
import { becauseOf, bodyTitle, membersOf, onePerPerson } from './people.ts';
import { documentNames, linksTo, publish } from './published.ts';
import { safeguardingRoundUp } from './safeguarding.ts';
import type { Task } from './task.ts';
import type { AnswerDesk } from './workplace.ts';
import { calendarOf, nowOf } from './workplace.ts';

/** How many chairs attend a board meeting. Source: LCPG terms of reference, "Governance". */
export const representativesNeeded = 2;

/**
 * Who is proposed for the next board: those who went least recently, never having gone first; among equals in the
 * order of the groups.
 * @param chairs the chairs of the day, in the order of their groups
 * @param earlier the representatives so far, the newest first
 */
export const proposeRepresentatives = (
  chairs: readonly Pick<Member, 'person'>[],
  earlier: readonly { readonly cycle: string; readonly people: readonly string[] }[],
): readonly string[] => {
  const lastWent = new Map<string, string>();
  for (const { cycle, people } of earlier)
    for (const person of people) if (!lastWent.has(person)) lastWent.set(person, cycle);
  return [...new Set(chairs.map(({ person }) => person))]
    .map((person) => ({ person, went: lastWent.get(person) ?? '' }))
    .sort((one, other) => (one.went < other.went ? -1 : one.went > other.went ? 1 : 0))
    .slice(0, representativesNeeded)
    .map(({ person }) => person);
};

/** Proposals look back this far: with twelve chairs everybody has gone once in six cycles. */
const cyclesLookedBack = 60;

const earlierRepresentatives = async (
  desk: AnswerDesk,
  cycle: string,
): Promise<readonly { readonly cycle: string; readonly people: readonly string[] }[]> => {
  const earlier = [];
  for await (const representatives of desk.chairsGroup.representativesSoFar()) {
    if (representatives.cycle >= cycle) continue;
    earlier.push(representatives);
    if (earlier.length === cyclesLookedBack) break;
  }
  return earlier;
};

/**
 * Drafts the Chairs Group's pack from the returns, sends it to the chairs, lays down the draft of the summary and who
 * is proposed to attend the board, and reminds the chairs who have not said whether they come. The safeguarding leads get
 * the matters of all LCPGs, by their own route.
 */
export const sendChairsPack: Task<z.infer<typeof cyclePayload>, object> = {
  name: 'send-chairs-pack',
  input: cyclePayload,
  async run(place, { cycle: id }) {
    const partnership = await place.directory.partnership();
    const cycle = await place.cycles.known(id);
    const at = nowOf(place);
    const on = calendarOf(partnership).dateOf(at);
    const pack = draftChairsPack({
      partnership,
      cycle,
      indicators: await place.indicators.definitions(),
      dossiers: await dossiersOf(place, partnership, cycle),
      preparedAt: at,
    });
    const made = await publish(place, cycle, documentNames.chairsPack, publications.chairsPack(pack));
    await place.chairsGroup.draftSummary(id, pack.draft, at);
    const chairs = await place.directory.holders('chair', on);
    await place.chairsGroup.proposeRepresentatives(
      id,
      proposeRepresentatives(chairs, await earlierRepresentatives(place, id)),
      at,
    );
    const bodyName = await bodyTitle(place, partnership, partnership.chairsGroup);
    const readers = onePerPerson(await membersOf(place, partnership, partnership.chairsGroup, on));
    await place.postFor(partnership).send(
      await pMap(
        readers,
        async ({ who, roles }): Promise<Message> => ({
          kind: 'chairs-pack',
          to: who,
          about: id,
          occurrence: '1',
          because: becauseOf(roles.includes('chair') ? ['member'] : roles, bodyName),
          meeting: cycle.chairs,
          nextBoardDate: cycle.nextBoard.date,
          received: pack.received,
          groupCount: cycle.groupCount,
          nil: listed(pack.nil),
          escalationCount: pack.escalations.length,
          overdueCount: pack.overdueActions.length,
          documents: await linksTo(place, cycle, made, who.id),
        }),
        { concurrency: 8 },
      ),
    );
    const meeting = await place.meetings.get(id, partnership.chairsGroup);
    if (meeting?.state === 'planned' && meeting.time !== null)
      await remindUnanswered(place, partnership, cycle, { ...meeting, state: 'planned', time: meeting.time });
    await place.postFor(partnership).send(await safeguardingRoundUp(place, partnership, cycle));
    return {};
  },
};
