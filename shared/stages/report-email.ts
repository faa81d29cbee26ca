import type { Cycle } from '../domain/cycle.ts';
import { isReceived } from '../domain/return.ts';
import type { MessageOf } from '../mail/messages.ts';
import type { Instant } from '../time/calendar.ts';
import { addDays } from '../time/calendar.ts';
import { groupTitle } from './people.ts';
import type { AnswerDesk, Workplace } from './workplace.ts';

/** Where a cycle's documents are kept. */
export const documentKey = (partnership: string, cycle: string, name: string): string =>
  `${partnership}/cycles/${cycle}/${name}`;

/** The compiled documents of a cycle, by what they are. */
export const reportFiles = {
  report: { name: 'board-report.html', title: (cycle: string) => `board-report-${cycle}.html` },
  data: { name: 'board-report-data.zip', title: (cycle: string) => `board-report-data-${cycle}.zip` },
  pack: { name: 'chairs-group-pack.html', title: (cycle: string) => `chairs-group-pack-${cycle}.html` },
} as const;

/** For how long a report's link opens: to the end of the year after it, so that minutes can refer to it. */
const daysToRead = 365;

/** Until when the links to a cycle's report open. */
export const readableUntil = (cycle: Cycle): Instant =>
  `${addDays(cycle.nextBoard.date, daysToRead)}T00:00:00Z`;

/** Names of the LCPGs of whose return nothing came, and the number of those that came. */
export const receivedAndNil = async (
  desk: AnswerDesk,
  cycle: string,
): Promise<{ readonly received: number; readonly nil: readonly string[] }> => {
  let received = 0;
  const nil: string[] = [];
  for await (const group of desk.directory.groups()) {
    const given = await desk.cycles.groupReturn(cycle, group.id);
    if (given !== undefined && isReceived(given)) received += 1;
    else nil.push(group.name);
  }
  return { received, nil };
};

/** The email that hands the report over: to the secretariat with a receipt, to the chairs as a copy. */
export const boardReportContent = async (
  place: Workplace,
  cycle: Cycle,
  person: string,
  receipt: { readonly link: string; readonly dueAt: Instant } | null,
  counts?: Awaited<ReturnType<typeof receivedAndNil>>,
): Promise<Omit<MessageOf<'board-report'>, 'to' | 'about' | 'occurrence' | 'because'>> => {
  const { received, nil } = counts ?? (await receivedAndNil(place, cycle.id));
  const escalations = [];
  for (const { issue, ask, indicator, group } of await place.cycles.reportedEscalations(cycle.id))
    escalations.push({ issue, ask, indicator, groupName: groupTitle(await place.directory.group(group)) });
  const link = async (file: 'report' | 'data'): Promise<string> =>
    place.links.toDocument(
      {
        key: documentKey(cycle.partnership, cycle.id, reportFiles[file].name),
        fileName: reportFiles[file].title(cycle.id),
      },
      person,
      readableUntil(cycle),
    );
  return {
    kind: 'board-report',
    nextBoard: cycle.nextBoard,
    received,
    groupCount: cycle.groupCount,
    nil,
    escalations,
    summaryApproved: (await place.cycles.summary(cycle.id))?.state === 'approved',
    reportLink: await link('report'),
    dataLink: await link('data'),
    receiptLink: receipt?.link ?? null,
    dueAt: receipt?.dueAt ?? null,
  };
};
