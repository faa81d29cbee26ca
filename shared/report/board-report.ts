import type { ChairsSummaryContent } from '../domain/chairs-group.ts';
import { changesSince } from '../domain/report-changes.ts';
import type { ReportRecord } from '../domain/report-record.ts';
import type { Instant } from '../time/calendar.ts';
import { draftChairsPack, type ReportSource } from './chairs-pack.ts';
import type { BoardReport } from './model.ts';
import { reportRecord } from './report-record.ts';
import { reportTitle } from './wording.ts';

/** What the report to the board is compiled from. */
export interface BoardReportSource extends ReportSource {
  readonly compiledAt: Instant;
  /** What the lead chair wrote; null where the drafted text was never touched. */
  readonly summary: {
    readonly content: ChairsSummaryContent;
    readonly draftedAt: Instant;
    /** Name of the lead chair, and when; null where it was not approved in time. */
    readonly approved: { readonly by: string; readonly at: Instant } | null;
  } | null;
  readonly representatives: {
    readonly people: BoardReport['representatives'];
    readonly confirmed: boolean;
  };
  /** Items escalated to the board that opened this cycle, with its answers. */
  readonly answers: BoardReport['answers'];
  readonly minutesKeyMessages: readonly string[];
  /** The report before this one; null where there is none. */
  readonly previous: ReportRecord | null;
}

/** The report to the board: what the returns say when it is compiled, under the lead chair's summary. */
export const compileBoardReport = (source: BoardReportSource): BoardReport => {
  const draftedAt = source.summary?.draftedAt ?? source.compiledAt;
  const { draft, ...pack } = draftChairsPack({ ...source, preparedAt: source.compiledAt });
  const report: Omit<BoardReport, 'changes'> = {
    ...pack,
    title: reportTitle(pack.partnershipName, pack.boardLongName),
    compiledAt: source.compiledAt,
    summary: source.summary?.content ?? draft,
    summaryApprovedBy: source.summary?.approved?.by ?? null,
    summaryApprovedAt: source.summary?.approved?.at ?? null,
    cameSinceSummary:
      source.summary === null
        ? []
        : pack.groups
            .filter(({ submittedAt }) => submittedAt !== null && submittedAt > draftedAt)
            .map(({ groupName }) => groupName),
    representatives: source.representatives.people,
    representativesConfirmed: source.representatives.confirmed,
    answers: source.answers,
    minutesKeyMessages: source.minutesKeyMessages,
  };
  return {
    ...report,
    changes: source.previous === null ? null : changesSince(source.previous, reportRecord(report)),
  };
};
