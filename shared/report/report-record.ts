import type { ReportedGroup, ReportRecord } from '../domain/report-record.ts';
import type { IsoDate } from '../time/calendar.ts';
import type { BoardReport, GroupSection } from './model.ts';

/** What a report says of one LCPG, to be remembered. */
export const reportedGroup = (cycle: IsoDate, group: Omit<GroupSection, 'stories'>): ReportedGroup => ({
  cycle,
  group: group.group,
  groupName: group.groupName,
  state: group.state,
  held: group.held,
  chair: group.chair,
  coordinator: group.coordinator,
  missingSectors: group.missingSectors,
  missingRoles: group.missingRoles,
  figures: group.figures.map((figure) => ({
    indicator: figure.indicator,
    unit: figure.unit,
    decimals: figure.decimals,
    period: figure.period,
    value: figure.value,
    previousPeriod: figure.previousPeriod,
    previousValue: figure.previousValue,
    rating: figure.rating,
    direction: figure.direction,
  })),
  commentaries: group.commentaries.map(({ indicator, text }) => ({ indicator, text })),
  concerns: group.concerns,
  achievements: group.achievements,
  escalations: group.escalations,
  actions: group.actions.map(({ id, description, owner, due, state, overdue, indicator }) => ({
    id,
    description,
    owner,
    due,
    state,
    overdue,
    indicator,
  })),
});

/** What a report to the board says, to be remembered. */
export const reportRecord = (report: Omit<BoardReport, 'changes'>): ReportRecord => ({
  summary: {
    cycle: report.cycle,
    title: report.title,
    nextBoard: report.nextBoard.date,
    compiledAt: report.compiledAt,
    overview: report.summary.overview,
    asks: report.summary.asks,
    keyMessages: report.minutesKeyMessages,
    answers: report.answers.map(({ group, groupName, issue, answer }) => ({
      group,
      groupName,
      issue,
      answer,
    })),
  },
  groups: report.groups.map((group) => reportedGroup(report.cycle, group)),
});
