import type { Instant, IsoDate } from '../time/calendar.ts';
import type { ReportedAction, ReportedFigure, ReportedGroup, ReportRecord } from './report-record.ts';

/** A value and the period of which it tells. */
export interface DatedValue {
  readonly period: string;
  readonly value: number;
}

/** What became of one district's figure since the last report. */
export interface FigureChange {
  readonly group: string;
  readonly groupName: string;
  readonly indicator: string;
  readonly unit: string;
  readonly decimals: number;
  /** A newer period than the last report showed, or the first figure at all. */
  readonly published: DatedValue | null;
  /** The figure that the last report showed has another value now. */
  readonly corrected: { readonly period: string; readonly before: number; readonly now: number } | null;
  /** The last report showed a figure, and there is none now. */
  readonly withdrawn: DatedValue | null;
  readonly rating: Changed<NonNullable<ReportedFigure['rating']>> | null;
  readonly direction: Changed<NonNullable<ReportedFigure['direction']>> | null;
}

export interface Changed<Value> {
  readonly before: Value;
  readonly now: Value;
}

export interface ActionChange extends ReportedAction {
  readonly group: string;
  readonly groupName: string;
}

/** What changed in who is in an LCPG. */
export interface MembershipChange {
  readonly group: string;
  readonly groupName: string;
  readonly chair: Changed<string | null> | null;
  readonly coordinator: Changed<string | null> | null;
  /** Core sectors and roles that somebody fills now, and those that nobody fills any longer. */
  readonly filledSectors: readonly string[];
  readonly emptiedSectors: readonly string[];
  readonly filledRoles: readonly string[];
  readonly emptiedRoles: readonly string[];
}

/** What is different from the last report. */
export interface ReportChanges {
  /** The board meeting that the last report went to, and when it was compiled. */
  readonly since: { readonly nextBoard: IsoDate; readonly compiledAt: Instant };
  /** In the order of the LCPGs and, within one, of its figures. */
  readonly figures: readonly FigureChange[];
  readonly closedActions: readonly ActionChange[];
  readonly newActions: readonly ActionChange[];
  /** Overdue now, and not in the last report. */
  readonly newlyOverdue: readonly ActionChange[];
  readonly membership: readonly MembershipChange[];
  /** Names of LCPGs: a nil return now and none before, and the other way round. */
  readonly newlyNil: readonly string[];
  readonly noLongerNil: readonly string[];
  readonly joined: readonly string[];
  readonly left: readonly string[];
}

const changed = <Value>(before: Value | null, now: Value | null): Changed<Value> | null =>
  before === null || now === null || before === now ? null : { before, now };

const dated = ({ period, value }: Pick<ReportedFigure, 'period' | 'value'>): DatedValue | null =>
  value === null ? null : { period, value };

/** What a figure says now of the period that was the latest in the last report. */
const corrected = (before: DatedValue | null, now: ReportedFigure): FigureChange['corrected'] => {
  if (before === null) return null;
  const then = [
    { period: now.period, value: now.value },
    { period: now.previousPeriod, value: now.previousValue },
  ].find(({ period }) => period === before.period);
  return then === undefined || then.value === null || then.value === before.value
    ? null
    : { period: before.period, before: before.value, now: then.value };
};

/** What became of a figure; null where all is as it was. */
const figureChange = (
  { group, groupName }: Pick<ReportedGroup, 'group' | 'groupName'>,
  before: ReportedFigure | undefined,
  now: ReportedFigure,
): FigureChange | null => {
  const earlier = before === undefined ? null : dated(before);
  const latest = dated(now);
  const change: FigureChange = {
    group,
    groupName,
    indicator: now.indicator,
    unit: now.unit,
    decimals: now.decimals,
    published: latest !== null && latest.period !== earlier?.period ? latest : null,
    corrected: corrected(earlier, now),
    withdrawn: earlier !== null && latest === null ? earlier : null,
    rating: changed(before?.rating ?? null, now.rating),
    direction: changed(before?.direction ?? null, now.direction),
  };
  const { published, withdrawn, rating, direction } = change;
  return (published ?? change.corrected ?? withdrawn ?? rating ?? direction) ? change : null;
};

const without = (names: readonly string[], others: readonly string[]): readonly string[] =>
  names.filter((name) => !others.includes(name));

const membershipChange = (before: ReportedGroup, now: ReportedGroup): MembershipChange | null => {
  const person = (was: string | null, is: string | null): Changed<string | null> | null =>
    was === is ? null : { before: was, now: is };
  const change: MembershipChange = {
    group: now.group,
    groupName: now.groupName,
    chair: person(before.chair, now.chair),
    coordinator: person(before.coordinator, now.coordinator),
    filledSectors: without(before.missingSectors, now.missingSectors),
    emptiedSectors: without(now.missingSectors, before.missingSectors),
    filledRoles: without(before.missingRoles, now.missingRoles),
    emptiedRoles: without(now.missingRoles, before.missingRoles),
  };
  const { chair, coordinator, filledSectors, emptiedSectors, filledRoles, emptiedRoles } = change;
  const same =
    chair === null &&
    coordinator === null &&
    [filledSectors, emptiedSectors, filledRoles, emptiedRoles].every(({ length }) => length === 0);
  return same ? null : change;
};

/** An LCPG in the last report and in this one. */
interface Pair {
  readonly before: ReportedGroup;
  readonly now: ReportedGroup;
}

const actionsOf = (
  pairs: readonly Pair[],
  fits: (now: ReportedAction, before: ReportedAction | undefined) => boolean,
): readonly ActionChange[] =>
  pairs.flatMap(({ before, now }) => {
    const known = new Map(before.actions.map((action) => [action.id, action]));
    return now.actions
      .filter((action) => fits(action, known.get(action.id)))
      .map((action) => ({ ...action, group: now.group, groupName: now.groupName }));
  });

/**
 * What changed from one report to a later one. LCPGs that stand in one of them only are named as such, and nothing is
 * compared. An action that was agreed and done between the two counts as new and as closed.
 */
export const changesSince = (before: ReportRecord, now: ReportRecord): ReportChanges => {
  const earlier = new Map(before.groups.map((group) => [group.group, group]));
  const present = new Set(now.groups.map(({ group }) => group));
  const pairs = now.groups.flatMap((group): Pair[] => {
    const known = earlier.get(group.group);
    return known === undefined ? [] : [{ before: known, now: group }];
  });
  const names = (fits: (pair: Pair) => boolean): readonly string[] =>
    pairs.filter(fits).map((pair) => pair.now.groupName);
  return {
    since: { nextBoard: before.summary.nextBoard, compiledAt: before.summary.compiledAt },
    figures: pairs.flatMap((pair) => {
      const known = new Map(pair.before.figures.map((figure) => [figure.indicator, figure]));
      return pair.now.figures.flatMap(
        (figure) => figureChange(pair.now, known.get(figure.indicator), figure) ?? [],
      );
    }),
    closedActions: actionsOf(
      pairs,
      (action, known) => action.state !== 'open' && (known === undefined || known.state === 'open'),
    ),
    newActions: actionsOf(pairs, (_action, known) => known === undefined),
    newlyOverdue: actionsOf(pairs, (action, known) => action.overdue && known?.overdue !== true),
    membership: pairs.flatMap((pair) => membershipChange(pair.before, pair.now) ?? []),
    newlyNil: names((pair) => pair.now.state === 'nil' && pair.before.state !== 'nil'),
    noLongerNil: names((pair) => pair.now.state !== 'nil' && pair.before.state === 'nil'),
    joined: now.groups.filter(({ group }) => !earlier.has(group)).map(({ groupName }) => groupName),
    left: before.groups.filter(({ group }) => !present.has(group)).map(({ groupName }) => groupName),
  };
};
