import pMap from 'p-map';

import type { Cycle } from '../domain/cycle.ts';
import type { Partnership } from '../domain/partnership.ts';
import { isReceived } from '../domain/return.ts';
import { listed } from '../mail/listed.ts';
import type { Message, MessageOf } from '../mail/messages.ts';
import type { Instant } from '../time/calendar.ts';
import { becauseOf, bodyTitle, groupTitle, onePerPerson } from './people.ts';
import { documentNames, linksTo } from './published.ts';
import type { AnswerDesk, Workplace } from './workplace.ts';
import { calendarOf, nowOf } from './workplace.ts';

/** What every reader of the report is told of it. */
type ReportFacts = Pick<
  MessageOf<'board-report'>,
  'nextBoard' | 'received' | 'groupCount' | 'nil' | 'escalations' | 'summaryApproved'
>;

const factsOf = async (desk: AnswerDesk, cycle: Cycle): Promise<ReportFacts> => {
  let received = 0;
  const nil: string[] = [];
  const names = new Map<string, string>();
  const groups = await desk.directory.groups();
  const returns = await desk.returns.ofGroups(
    cycle.id,
    groups.map(({ id }) => id),
  );
  for (const [place, group] of groups.entries()) {
    names.set(group.id, groupTitle(group));
    const given = returns[place];
    if (given !== undefined && isReceived(given)) received += 1;
    else nil.push(group.name);
  }
  const escalations = (await desk.escalations.reportedIn(cycle.id)).map(
    ({ issue, ask, indicator, group }) => ({
      issue,
      ask,
      indicator,
      groupName: names.get(group) ?? group,
    }),
  );
  return {
    nextBoard: cycle.nextBoard,
    received,
    groupCount: cycle.groupCount,
    nil: listed(nil),
    escalations: listed(escalations),
    summaryApproved: (await desk.chairsGroup.summary(cycle.id))?.state === 'approved',
  };
};

type ReportContent = Omit<MessageOf<'board-report'>, 'to' | 'about' | 'occurrence' | 'because'>;

const contentFor = async (
  place: Workplace,
  cycle: Cycle,
  facts: ReportFacts,
  person: string,
  receipt: { readonly link: string; readonly dueAt: Instant } | null,
): Promise<ReportContent> => ({
  kind: 'board-report',
  ...facts,
  documents: await linksTo(
    place,
    cycle,
    { name: documentNames.boardReport, files: ['html', ...(cycle.reportFiles ?? [])] },
    person,
  ),
  receiptLink: receipt?.link ?? null,
  dueAt: receipt?.dueAt ?? null,
});

/** The email that hands the report over to the secretariat, with the question for its receipt. */
export const reportForReceipt = async (
  place: Workplace,
  cycle: Cycle,
  person: string,
  receipt: { readonly link: string; readonly dueAt: Instant },
): Promise<ReportContent> => contentFor(place, cycle, await factsOf(place, cycle), person, receipt);

/** The copies for the chairs, and the word to the two of them who attend the board. */
export const reportCopies = async (
  place: Workplace,
  partnership: Partnership,
  cycle: Cycle,
): Promise<readonly Message[]> => {
  const on = calendarOf(partnership).dateOf(cycle.reportedAt ?? nowOf(place));
  const chairsGroup = await bodyTitle(place, partnership, partnership.chairsGroup);
  const facts = await factsOf(place, cycle);
  const chairs = await place.directory.holders('chair', on);
  const envelope = { about: cycle.id, because: becauseOf(['member'], chairsGroup) };
  const copies = await pMap(
    [...new Map(chairs.map((chair) => [chair.person, chair.who])).values()],
    async (who): Promise<Message> => ({
      ...(await contentFor(place, cycle, facts, who.id, null)),
      ...envelope,
      to: who,
      occurrence: 'copy',
    }),
    { concurrency: 8 },
  );
  const representatives = await place.chairsGroup.representatives(cycle.id);
  const going = await place.directory.people(representatives?.people ?? []);
  const told = going.map((who): Message => ({
    kind: 'representative-named',
    ...envelope,
    to: who,
    occurrence: '1',
    nextBoard: cycle.nextBoard,
    withWhom: going.filter((other) => other.id !== who.id).map(({ name }) => name),
    confirmed: representatives?.state === 'confirmed',
  }));
  return [...copies, ...told];
};

/** The good examples, to the county and district councillors in the LCPGs: they alone may share them as they see fit. */
export const briefingCopies = async (
  place: Workplace,
  partnership: Partnership,
  cycle: Cycle,
): Promise<readonly Message[]> => {
  const { briefingFiles } = cycle;
  // A cycle that an earlier release reported has none.
  if (briefingFiles === undefined) return [];
  const on = calendarOf(partnership).dateOf(cycle.reportedAt ?? nowOf(place));
  const councillors = [
    ...(await place.directory.holders('kcc-member', on)),
    ...(await place.directory.holders('district-councillor', on)),
  ];
  const groupOf = new Map(councillors.map(({ person, body }) => [person, body]));
  return pMap(
    onePerPerson(councillors),
    async ({ who, roles }): Promise<Message> => ({
      kind: 'members-briefing',
      to: who,
      about: cycle.id,
      occurrence: '1',
      because: becauseOf(roles, groupTitle(await place.directory.group(groupOf.get(who.id) ?? ''))),
      nextBoardDate: cycle.nextBoard.date,
      documents: await linksTo(
        place,
        cycle,
        { name: documentNames.membersBriefing, files: briefingFiles },
        who.id,
      ),
    }),
    { concurrency: 8 },
  );
};
