import type { IsoDate } from '../time/calendar.ts';
import type { ReportedAction, ReportedFigure, ReportedGroup } from './report-record.ts';

/** How many reports a story goes back: six cycles are a year. */
export const longestStory = 6;

/** What one report said of a figure. */
export interface StoryChapter {
  /** The board meeting that opened the report's cycle. */
  readonly cycle: IsoDate;
  readonly period: string;
  readonly value: number | null;
  readonly rating: ReportedFigure['rating'];
  /** What the LCPG wrote of it; empty where it wrote nothing. */
  readonly commentary: string;
  /** Whether the LCPG wrote the same before. */
  readonly repeated: boolean;
  /** The actions that this report was the first to show, as they stand now. */
  readonly actions: readonly Pick<ReportedAction, 'description' | 'state' | 'overdue'>[];
}

/** A figure over the cycles: its values, what the LCPG wrote, what it agreed to do, and what came of it. */
export interface FigureStory {
  readonly indicator: string;
  readonly unit: string;
  readonly decimals: number;
  /** Oldest first: the first report, and those with something new. */
  readonly chapters: readonly StoryChapter[];
}

/** Whether a chapter says more than the one before it. */
const tellsSomethingNew = (
  { period, value, rating, commentary, repeated, actions }: StoryChapter,
  place: number,
  chapters: readonly StoryChapter[],
): boolean => {
  const before = chapters[place - 1];
  return (
    before === undefined ||
    before.period !== period ||
    before.value !== value ||
    before.rating !== rating ||
    (commentary !== '' && !repeated) ||
    actions.length > 0
  );
};

/**
 * The stories of the figures that an LCPG works on: of which it wrote, or agreed an action. A story needs two reports.
 * @param reports what the reports said of the LCPG, oldest first, the present one last
 */
export const figureStories = (reports: readonly ReportedGroup[]): readonly FigureStory[] => {
  const told = reports.slice(-longestStory);
  const now = told.at(-1);
  if (now === undefined || told.length < 2) return [];
  const latest = new Map<string, ReportedAction>();
  for (const { actions } of told) for (const action of actions) latest.set(action.id, action);
  return now.figures.flatMap(({ indicator, unit, decimals }): FigureStory[] => {
    const seen = new Set<string>();
    let written = '';
    const chapters = told.map((report): StoryChapter => {
      const figure = report.figures.find((one) => one.indicator === indicator);
      const commentary = report.commentaries.find((one) => one.indicator === indicator)?.text.trim() ?? '';
      const repeated = commentary !== '' && commentary === written;
      if (commentary !== '') written = commentary;
      const actions = report.actions.filter(
        (action) => action.indicator === indicator && !seen.has(action.id),
      );
      for (const { id } of actions) seen.add(id);
      return {
        cycle: report.cycle,
        period: figure?.period ?? '',
        value: figure?.value ?? null,
        rating: figure?.rating ?? null,
        commentary,
        repeated,
        actions: actions.map((action) => {
          const { description, state, overdue } = latest.get(action.id) ?? action;
          return { description, state, overdue };
        }),
      };
    });
    const worked = chapters.some(({ commentary, actions }) => commentary !== '' || actions.length > 0);
    return worked ? [{ indicator, unit, decimals, chapters: chapters.filter(tellsSomethingNew) }] : [];
  });
};
