import type { Indicator } from '../domain/partnership.ts';
import type { ChairsPack, GroupSection, IndicatorFigure } from './model.ts';

/** A figure that is picked as a concern or an achievement, and why. */
export interface Highlight {
  readonly group: string;
  readonly groupName: string;
  readonly indicator: string;
  readonly indicatorName: string;
  readonly outcome: string;
  readonly priority: boolean;
  /** "worst of 12, and falling for three periods". */
  readonly why: string;
  readonly figure: IndicatorFigure;
}

/** The figures of one outcome: priorities first, then by name. */
export interface DashboardOutcome {
  readonly outcome: string;
  readonly figures: readonly IndicatorFigure[];
}

/** One district’s indicators as its LCPG and the boards look at them. */
export interface DistrictDashboard {
  readonly group: string;
  readonly groupName: string;
  /** Outcomes with a priority first, then by name. */
  readonly outcomes: readonly DashboardOutcome[];
  /** Priorities first, then in the order of the dashboard. */
  readonly concerns: readonly Highlight[];
  readonly achievements: readonly Highlight[];
}

/** One indicator over the county: how its districts stand. */
export interface CountywideIndicator {
  readonly indicator: Indicator;
  /** Empty where no district has a figure. */
  readonly period: string;
  readonly county: number | null;
  readonly england: number | null;
  readonly green: number;
  readonly amber: number;
  readonly red: number;
  /** Districts that have no figure for the period, or one that is withheld. */
  readonly missing: number;
  /** Districts that got better, or worse; the rest did not change, or can't be judged. */
  readonly improving: number;
  readonly worsening: number;
  readonly concerns: number;
  readonly achievements: number;
  /** The districts' values, lowest first. */
  readonly spread: readonly number[];
}

/** The indicators of one outcome, and each district's figures of them in the same order. */
export interface CountywideOutcome {
  readonly outcome: string;
  readonly indicators: readonly CountywideIndicator[];
  readonly rows: readonly {
    readonly group: string;
    readonly groupName: string;
    /** Null where the group has no such indicator. */
    readonly figures: readonly (IndicatorFigure | null)[];
  }[];
}

/** The county set over all districts: where to look, and why. */
export interface CountyDashboard {
  readonly areaName: string;
  readonly outcomes: readonly CountywideOutcome[];
  /** District by district, the one with most of them first. */
  readonly concerns: readonly Highlight[];
  readonly achievements: readonly Highlight[];
}

type DistrictFigures = Pick<GroupSection, 'group' | 'groupName' | 'figures'>;

const highlightsOf = (
  { group, groupName, figures }: DistrictFigures,
  kind: IndicatorFigure['highlight'],
): readonly Highlight[] =>
  figures
    .filter(({ highlight }) => highlight === kind)
    .map((figure) => ({
      group,
      groupName,
      indicator: figure.indicator,
      indicatorName: figure.name,
      outcome: figure.outcome,
      priority: figure.priority,
      why: figure.why,
      figure,
    }));

/** A district's dashboard. Its figures come in order: priorities first, then by outcome and name. */
export const districtDashboard = (district: DistrictFigures): DistrictDashboard => ({
  group: district.group,
  groupName: district.groupName,
  outcomes: [...Map.groupBy(district.figures, ({ outcome }) => outcome)].map(([outcome, figures]) => ({
    outcome,
    figures,
  })),
  concerns: highlightsOf(district, 'concern'),
  achievements: highlightsOf(district, 'achievement'),
});

/** Those of one district together, the district with most of them first. */
const byDistrict = (highlights: readonly Highlight[]): readonly Highlight[] =>
  [...Map.groupBy(highlights, ({ group }) => group).values()]
    .sort((one, other) => other.length - one.length)
    .flat();

/** The county's dashboard: the county set, in the partnership's order. */
export const countyDashboard = ({
  areaName,
  indicators,
  groups,
}: Pick<ChairsPack, 'areaName' | 'indicators'> & {
  readonly groups: readonly DistrictFigures[];
}): CountyDashboard => {
  const figures = groups.map(
    (group) => new Map(group.figures.map((figure) => [figure.indicator, figure] as const)),
  );
  const overall = (indicator: Indicator): CountywideIndicator => {
    const own = figures.flatMap((ofGroup) => ofGroup.get(indicator.id) ?? []);
    const count = (holds: (figure: IndicatorFigure) => boolean): number => own.filter(holds).length;
    return {
      indicator,
      period: own.find(({ period }) => period !== '')?.period ?? '',
      county: own[0]?.county ?? null,
      england: own[0]?.england ?? null,
      green: count(({ rating }) => rating === 'green'),
      amber: count(({ rating }) => rating === 'amber'),
      red: count(({ rating }) => rating === 'red'),
      missing: groups.length - count(({ value }) => value !== null),
      improving: count(({ direction }) => direction === 'improving'),
      worsening: count(({ direction }) => direction === 'worsening'),
      concerns: count(({ highlight }) => highlight === 'concern'),
      achievements: count(({ highlight }) => highlight === 'achievement'),
      spread: own.find(({ spread }) => spread.length > 0)?.spread ?? [],
    };
  };
  const countySet = indicators.filter(({ group }) => group === null);
  const isCountySet = new Set(countySet.map(({ id }) => id));
  const picked = (kind: IndicatorFigure['highlight']): readonly Highlight[] =>
    byDistrict(
      groups
        .flatMap((group) => highlightsOf(group, kind))
        .filter(({ indicator }) => isCountySet.has(indicator)),
    );
  return {
    areaName,
    outcomes: [...Map.groupBy(countySet, ({ outcome }) => outcome)].map(([outcome, ofOutcome]) => ({
      outcome,
      indicators: ofOutcome.map(overall),
      rows: groups.map(({ group, groupName }, index) => ({
        group,
        groupName,
        figures: ofOutcome.map(({ id }) => figures[index]?.get(id) ?? null),
      })),
    })),
    concerns: picked('concern'),
    achievements: picked('achievement'),
  };
};
