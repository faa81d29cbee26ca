import { countyDashboard } from './dashboard.ts';
import type { BoardReport, MembersBriefing } from './model.ts';
import { briefingTitle } from './wording.ts';

/**
 * Good examples of the LCPGs for the councillors in them, picked from a report to the board. Source: KCC cabinet committee
 * on decision 16/00116, which asked for a local members' briefing of them.
 */
export const membersBriefing = (report: BoardReport): MembersBriefing => {
  const figures = new Map(
    report.groups.flatMap(({ group, figures: ofGroup }) =>
      ofGroup.map((figure) => [`${group} ${figure.indicator}`, figure] as const),
    ),
  );
  const examples = report.achievements.flatMap(({ outcome, indicator, indicatorName, items }) =>
    items.map(({ group, groupName, text }) => ({
      outcome,
      groupName,
      indicatorName,
      text,
      figure: (indicator === null ? undefined : figures.get(`${group} ${indicator}`)) ?? null,
    })),
  );
  return {
    partnershipName: report.partnershipName,
    areaName: report.areaName,
    zone: report.zone,
    boardLongName: report.boardLongName,
    boardShortName: report.boardShortName,
    title: briefingTitle(report.partnershipName),
    board: report.board,
    nextBoard: report.nextBoard,
    preparedAt: report.compiledAt,
    outcomes: [...Map.groupBy(examples, ({ outcome }) => outcome)].map(([outcome, ofOutcome]) => ({
      outcome,
      examples: ofOutcome.map(({ outcome: _, ...example }) => example),
    })),
    standingOut: countyDashboard(report).achievements,
  };
};
