import pMap from 'p-map';

import type { Cycle } from '../domain/cycle.ts';
import type { Partnership } from '../domain/partnership.ts';
import { isReceived } from '../domain/return.ts';
import type { Message, MessageOf } from '../mail/messages.ts';
import { fileEndings } from '../report/press.ts';
import type { Instant } from '../time/calendar.ts';
import { addDays } from '../time/calendar.ts';
import { documentKey } from './document-keys.ts';
import { becauseOf, bodyTitle, groupTitle } from './people.ts';
import type { AnswerDesk, Workplace } from './workplace.ts';
import { calendarOf, nowOf } from './workplace.ts';

/** The compiled documents of a cycle: their names, and the endings of the files that each may have. */
export const compiledDocuments = {
  report: { name: 'board-report', endings: fileEndings },
  pack: { name: 'chairs-group-pack', endings: fileEndings },
  data: { name: 'board-report-data', endings: ['zip', 'xlsx'] },
} as const;

/** Everything that a cycle's compiled documents may be kept under. */
export const compiledKeys = (partnership: string, cycle: string): readonly string[] =>
  Object.values(compiledDocuments).flatMap(({ name, endings }) =>
    endings.map((ending) => documentKey(partnership, cycle, `${name}.${ending}`)),
  );

/** For how long a report's link opens: to the end of the year after it, so that minutes can refer to it. */
const daysToRead = 365;

/** Until when the links to a cycle's report open. */
export const readableUntil = (cycle: Cycle): Instant =>
  `${addDays(cycle.nextBoard.date, daysToRead)}T00:00:00Z`;

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
    nil,
    escalations,
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
): Promise<ReportContent> => {
  const link = async (document: keyof typeof compiledDocuments, ending: string): Promise<string> => {
    const { name } = compiledDocuments[document];
    return place.links.toDocument(
      {
        key: documentKey(cycle.partnership, cycle.id, `${name}.${ending}`),
        fileName: `${name}-${cycle.id}.${ending}`,
      },
      person,
      readableUntil(cycle),
    );
  };
  const form = async (start: 'pdf' | 'docx'): Promise<string | null> => {
    const ending = cycle.reportFiles?.find((one) => one.startsWith(start));
    return ending === undefined ? null : link('report', ending);
  };
  return {
    kind: 'board-report',
    ...facts,
    reportLink: await link('report', 'html'),
    pdfLink: await form('pdf'),
    wordLink: await form('docx'),
    workbookLink: await link('data', 'xlsx'),
    dataLink: await link('data', 'zip'),
    receiptLink: receipt?.link ?? null,
    dueAt: receipt?.dueAt ?? null,
  };
};

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
