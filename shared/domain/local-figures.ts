import type { IndicatorFigure } from './figure.ts';
import { figuresFor, indexObservations } from './indicator.ts';
import type { Group, Indicator, Observation, Priority } from './partnership.ts';
import type { LocalFigure } from './return.ts';
import type { IsoDate } from '../time/calendar.ts';

/** Units in which a value is a number of people or things, so that a small one is not shown. */
const isCount = ({ unit }: Pick<Indicator, 'unit'>): boolean => unit !== '%' && !/\bper\b/u.test(unit);

/**
 * The indicators of a group's own of which its return gives the figures: those of which the folder has none. A figure has
 * one source, so that nobody types over what was published.
 * @param published ids of the indicators that the folder has figures of, for the group's area
 */
export const askedInReturn = (
  group: string,
  indicators: readonly Indicator[],
  published: ReadonlySet<string>,
): readonly Indicator[] =>
  indicators.filter((indicator) => indicator.group === group && !published.has(indicator.id));

/** The indicators that there are figures of, by their ids. */
export const indicatorsOf = (observations: readonly Observation[]): ReadonlySet<string> =>
  new Set(observations.map(({ indicator }) => indicator));

/**
 * What a return says of its LCPG's own indicators, as observations of its area. A number of people counts as one for the
 * rule of small numbers.
 * @param indicators those that the return is asked for: see `askedInReturn`
 */
export const localObservations = (
  area: string,
  figures: readonly LocalFigure[],
  indicators: readonly Indicator[],
): readonly Observation[] =>
  figures.flatMap(({ indicator: id, value, period }): Observation[] => {
    const indicator = indicators.find((one) => one.id === id);
    return indicator === undefined
      ? []
      : [
          {
            indicator: id,
            area,
            period,
            value,
            lower: null,
            upper: null,
            count: isCount(indicator) ? value : null,
            denominator: null,
            note: '',
          },
        ];
  });

/** Observations with newer ones of the same indicator, area and period in place of theirs. */
export const withNewer = (
  known: readonly Observation[],
  newer: readonly Observation[],
): readonly Observation[] => {
  const key = ({ indicator, area, period }: Observation): string => `${indicator} ${area} ${period}`;
  return [...new Map([...known, ...newer].map((one) => [key(one), one])).values()];
};

/**
 * The figures of a group with those of its own indicators as its return gives them. They stand by themselves: no other
 * district has them, so nothing is ranked.
 * @param source.observations all that is known of the area, the return's own among it
 */
export const withLocalFigures = (
  figures: readonly IndicatorFigure[],
  group: Pick<Group, 'id' | 'area'>,
  source: {
    readonly indicators: readonly Indicator[];
    readonly priorities: readonly Priority[];
    readonly observations: readonly Observation[];
    readonly county: string;
    readonly on: IsoDate;
    readonly hideBelow?: number;
  },
): readonly IndicatorFigure[] => {
  const own = source.indicators.filter((indicator) => indicator.group === group.id);
  const ids = new Set(own.map(({ id }) => id));
  const local = new Map(
    figuresFor(group, {
      ...source,
      indicators: own,
      observations: indexObservations(
        source.observations.filter(({ indicator }) => ids.has(indicator)),
        [group.area],
        {
          county: source.county,
          ...(source.hideBelow === undefined ? {} : { hideBelow: source.hideBelow }),
        },
      ),
    }).map((figure) => [figure.indicator, figure]),
  );
  return figures.map((figure) => local.get(figure.indicator) ?? figure);
};
