import type { Observation } from '../../domain/partnership.ts';
import type { IsoDate } from '../../time/calendar.ts';

/** A figure whose publisher has corrected it. */
export interface CorrectedFigure {
  readonly before: Observation;
  readonly after: Observation;
}

/** What taking figures over changes. */
export interface ObservationChanges {
  /** All figures afterwards: those that were there in their places, then the new ones in order. */
  readonly observations: readonly Observation[];
  readonly added: readonly Observation[];
  readonly corrected: readonly CorrectedFigure[];
  readonly unchanged: number;
}

const keyOf = ({ indicator, area, period }: Observation): string => `${indicator} ${area} ${period}`;

const details = ['lower', 'upper', 'count', 'denominator'] as const;

/** What a publication adds to a figure that there is: what it says nothing of stays, as long as the value is the same. */
const together = (before: Observation, given: Observation): Observation => {
  const { corrected: _, ...rest } = given;
  const kept =
    before.value === given.value && before.suppressed === given.suppressed
      ? {
          ...Object.fromEntries(details.map((part) => [part, given[part] ?? before[part]])),
          note: given.note === '' ? before.note : given.note,
          ...(given.label === undefined && before.label !== undefined ? { label: before.label } : {}),
        }
      : {};
  return {
    ...rest,
    ...kept,
    ...(before.corrected === undefined ? {} : { corrected: before.corrected }),
  };
};

const isSame = (one: Observation, other: Observation): boolean =>
  one.value === other.value &&
  one.suppressed === other.suppressed &&
  one.note === other.note &&
  one.label === other.label &&
  details.every((part) => one[part] === other[part]);

/**
 * Takes published figures over into those that there are. A figure with another value is a correction: the value that it
 * had stays with it, and the day. The same figures again change nothing.
 * @param on the day of the import
 */
export const mergeObservations = (
  existing: readonly Observation[],
  published: readonly Observation[],
  on: IsoDate,
): ObservationChanges => {
  const given = new Map(published.map((one) => [keyOf(one), one]));
  const corrected: CorrectedFigure[] = [];
  let unchanged = 0;
  const kept = existing.map((before) => {
    const key = keyOf(before);
    const one = given.get(key);
    if (one === undefined) return before;
    given.delete(key);
    const merged = together(before, one);
    if (isSame(before, merged)) {
      unchanged += 1;
      return before;
    }
    const after: Observation =
      before.value === merged.value && before.suppressed === merged.suppressed
        ? merged
        : { ...merged, corrected: [{ on, value: before.value }, ...(before.corrected ?? [])] };
    corrected.push({ before, after });
    return after;
  });
  const order = ({ indicator, area, period }: Observation): string => `${indicator} ${area} ${period}`;
  const added = [...given.values()].sort((one, other) => (order(one) < order(other) ? -1 : 1));
  return { observations: [...kept, ...added], added, corrected, unchanged };
};
