import { templates } from '#templates/report';

import type { Indicator } from '../domain/partnership.ts';
import { templateEnvironment } from '../templates/environment.ts';
import type { BoardReport, ChairsPack, GroupSection, IndicatorFigure } from './model.ts';
import { roleName } from './wording.ts';

/** One indicator over the county: how its districts stand. */
interface CountywideIndicator {
  readonly indicator: Indicator;
  /** Empty where no district has a figure. */
  readonly period: string;
  readonly county: number | null;
  readonly green: number;
  readonly amber: number;
  readonly red: number;
  /** Districts that have no figure for the period. */
  readonly missing: number;
}

/** The indicators of one outcome, and each district's figures of them in the same order. */
interface CountywideOutcome {
  readonly outcome: string;
  readonly indicators: readonly CountywideIndicator[];
  readonly rows: readonly {
    readonly group: string;
    readonly groupName: string;
    readonly figures: readonly (IndicatorFigure | null)[];
  }[];
}

/** The county set beside each other, by outcome, in the partnership's order. */
const countywide = ({
  indicators,
  groups,
}: Pick<ChairsPack, 'indicators' | 'groups'>): readonly CountywideOutcome[] => {
  const figures = groups.map(
    (group) => new Map(group.figures.map((figure) => [figure.indicator, figure] as const)),
  );
  const overall = (indicator: Indicator): CountywideIndicator => {
    const own = figures.flatMap((ofGroup) => ofGroup.get(indicator.id) ?? []);
    const rated = (rating: IndicatorFigure['rating']): number =>
      own.filter((figure) => figure.rating === rating).length;
    return {
      indicator,
      period: own.find(({ period }) => period !== '')?.period ?? '',
      county: own[0]?.county ?? null,
      green: rated('green'),
      amber: rated('amber'),
      red: rated('red'),
      missing: groups.length - own.filter(({ value }) => value !== null).length,
    };
  };
  const byOutcome = Map.groupBy(
    indicators.filter(({ group }) => group === null),
    ({ outcome }) => outcome,
  );
  return [...byOutcome].map(([outcome, ofOutcome]) => ({
    outcome,
    indicators: ofOutcome.map(overall),
    rows: groups.map(({ group, groupName }, index) => ({
      group,
      groupName,
      figures: ofOutcome.map(({ id }) => figures[index]?.get(id) ?? null),
    })),
  }));
};

/** What was said of the meeting's attendance that the return did not record. */
const notRecorded = ({ attendance }: GroupSection): number =>
  attendance.members - attendance.present - attendance.substitutes - attendance.apologies - attendance.absent;

/** What both documents' templates see. */
const view = (document: Omit<ChairsPack, 'draft'>) => {
  const indicatorNames = new Map(document.indicators.map(({ id, name }) => [id, name]));
  const groupNames = new Map(document.groups.map(({ group, groupName }) => [group, groupName]));
  return {
    zone: document.zone,
    countywide: countywide(document),
    indicatorName: (id: string | null): string => (id === null ? '' : (indicatorNames.get(id) ?? '')),
    groupName: (id: string): string => groupNames.get(id) ?? '',
    notRecorded,
    sources: [...new Set(document.indicators.map(({ source }) => source).filter((source) => source !== ''))],
  };
};

const environment = templateEnvironment(templates, { autoescape: true, filters: { roleName } });

/** The Chairs Group's pack as a standalone, accessible HTML document. */
export const renderChairsPack = (pack: ChairsPack): string =>
  environment.render('chairs-pack.njk', { ...view(pack), document: pack });

/** The report to the board as a standalone, accessible HTML document. */
export const renderBoardReport = (report: BoardReport): string =>
  environment.render('board-report.njk', { ...view(report), document: report });
