import type { ChairsSummaryContent } from '../domain/chairs-group.ts';
import type { Cycle } from '../domain/cycle.ts';
import type { Indicator, Partnership } from '../domain/partnership.ts';
import type { Finding } from '../domain/return.ts';
import type { Instant } from '../time/calendar.ts';
import { wordsIn } from '../templates/filters.ts';
import { groupSection, metAndReturned } from './group-section.ts';
import { originOf } from './origin.ts';
import type {
  ChairsPack,
  FindingsByIndicator,
  GroupDossier,
  GroupSection,
  SectorAttendance,
} from './model.ts';
import * as wording from './wording.ts';

/** What a pack or report is made from. */
export interface ReportSource {
  readonly partnership: Pick<Partnership, 'name' | 'area' | 'zone' | 'boardName' | 'coreSectors'>;
  readonly cycle: Pick<Cycle, 'id' | 'board' | 'chairs' | 'nextBoard'>;
  /** The county set and all groups' local ones, in the partnership's order. */
  readonly indicators: readonly Indicator[];
  /** One of each LCPG, in the order in which readers are to see them. */
  readonly dossiers: readonly GroupDossier[];
}

/** How many lines a drafted list has at most; the pack itself holds everything. */
const longestDraft = 10;

/** The names of the LCPGs that share something, each once, in their order. */
const sharers = ({ items }: FindingsByIndicator): readonly string[] => [
  ...new Map(items.map(({ group, groupName }) => [group, groupName])).values(),
];

/**
 * Findings of all LCPGs about the same indicator side by side, the one that most LCPGs share first, then in the
 * partnership's order of indicators. What belongs to no known indicator comes last.
 */
const byIndicator = (
  sections: readonly GroupSection[],
  findingsOf: (section: GroupSection) => readonly Finding[],
  indicators: readonly Indicator[],
): readonly FindingsByIndicator[] => {
  const items = new Map<string | null, FindingsByIndicator['items'][number][]>();
  const known = new Set(indicators.map(({ id }) => id));
  for (const section of sections) {
    for (const { text, indicator } of findingsOf(section)) {
      const key = indicator !== null && known.has(indicator) ? indicator : null;
      const item = { group: section.group, groupName: section.groupName, text };
      const list = items.get(key);
      if (list === undefined) items.set(key, [item]);
      else list.push(item);
    }
  }
  const ofIndicators = indicators
    .flatMap(({ id, name, outcome }): FindingsByIndicator[] => {
      const list = items.get(id);
      return list === undefined ? [] : [{ outcome, indicator: id, indicatorName: name, items: list }];
    })
    .map((findings) => ({ findings, sharedBy: sharers(findings).length }))
    // The sort is stable: what as many LCPGs share stays in the partnership's order.
    .sort((one, other) => other.sharedBy - one.sharedBy)
    .map(({ findings }) => findings);
  const others = items.get(null);
  return others === undefined
    ? ofIndicators
    : [...ofIndicators, { outcome: '', indicator: null, indicatorName: '', items: others }];
};

/**
 * How each core sector attended the LCPG meetings that were held and returned: represented where one of its members was
 * present or sent a substitute.
 */
const sectorAttendance = (
  dossiers: readonly GroupDossier[],
  coreSectors: readonly string[],
): readonly SectorAttendance[] => {
  const meetings = dossiers.filter(metAndReturned);
  const represented = new Map<string, number>();
  for (const { attendance } of meetings) {
    const sectors = new Set(
      attendance
        .filter(({ presence }) => presence === 'present' || presence === 'substitute')
        .map(({ sector }) => sector),
    );
    for (const sector of sectors)
      if (sector !== null) represented.set(sector, (represented.get(sector) ?? 0) + 1);
  }
  const without = new Map<string, string[]>(coreSectors.map((sector) => [sector, []]));
  for (const { groupName, missingSectors } of dossiers)
    for (const sector of missingSectors) without.get(sector)?.push(groupName);
  return coreSectors.map((sector) => ({
    sector,
    represented: represented.get(sector) ?? 0,
    meetings: meetings.length,
    withoutMember: without.get(sector) ?? [],
  }));
};

/** How the districts' county-set figures are rated: in all, and the indicators with most of them below the floor. */
const ratingCounts = (
  sections: readonly GroupSection[],
  indicators: readonly Indicator[],
): Pick<wording.OverviewFacts, 'ratings' | 'mostRed'> => {
  const countySet = new Set(indicators.filter(({ group }) => group === null).map(({ id }) => id));
  const ratings = { green: 0, amber: 0, red: 0 };
  const reds = new Map<string, number>();
  for (const { figures } of sections) {
    for (const { indicator, rating } of figures) {
      if (rating === null || !countySet.has(indicator)) continue;
      ratings[rating] += 1;
      if (rating === 'red') reds.set(indicator, (reds.get(indicator) ?? 0) + 1);
    }
  }
  const red = Math.max(0, ...reds.values());
  const names = indicators.filter(({ id }) => red > 0 && reds.get(id) === red).map(({ name }) => name);
  return { ratings, mostRed: red === 0 ? null : { names, red } };
};

type PackWithoutDraft = Omit<ChairsPack, 'draft'>;

/** The asks of the escalated items, those in the same words together. */
const draftAsks = (escalations: PackWithoutDraft['escalations']): readonly string[] => {
  const asked = new Map<string, { readonly text: string; readonly by: string[] }>();
  for (const { ask, issue, groupName } of escalations) {
    const text = wording.oneLine(ask) === '' ? wording.oneLine(issue) : wording.oneLine(ask);
    if (text === '') continue;
    const key = text.toLowerCase().replace(/\W+$/, '');
    const same = asked.get(key);
    if (same === undefined) asked.set(key, { text, by: [groupName] });
    else if (!same.by.includes(groupName)) same.by.push(groupName);
  }
  return [...asked.values()].map(({ text, by }) => wording.ask(text, by));
};

/** The summary that the lead chair starts from: the facts of the pack in plain sentences. */
const draftSummary = (pack: PackWithoutDraft): ChairsSummaryContent => {
  const ofIndicators = pack.concerns.filter(({ indicator }) => indicator !== null);
  const first = ofIndicators[0];
  const sharedBy = first === undefined ? 0 : sharers(first).length;
  const shared = (findings: FindingsByIndicator): boolean =>
    findings.indicator !== null && sharers(findings).length > 1;
  return {
    overview: wording.overview({
      boardShortName: pack.boardShortName,
      groupCount: pack.groups.length,
      received: pack.received,
      nil: pack.nil,
      unsigned: pack.unsigned,
      notHeld: pack.groups.filter(({ held }) => held === false).map(({ groupName }) => groupName),
      topConcerns:
        first === undefined
          ? null
          : {
              names: ofIndicators
                .filter((findings) => sharers(findings).length === sharedBy)
                .map(({ indicatorName }) => indicatorName),
              sharedBy,
            },
      ...ratingCounts(pack.groups, pack.indicators),
      escalations: pack.escalations.length,
      overdueActions: pack.overdueActions.length,
      countedOn: wordsIn(pack.zone).date(pack.preparedAt),
    }),
    commonConcerns: pack.concerns
      .filter(shared)
      .slice(0, longestDraft)
      .map((findings) => wording.sharedConcern(findings.indicatorName, sharers(findings))),
    achievements: [
      ...pack.achievements
        .filter(shared)
        .map((findings) => wording.sharedAchievement(findings.indicatorName, sharers(findings))),
      ...pack.achievements
        .filter((findings) => !shared(findings))
        .flatMap(({ items }) =>
          items.map(({ groupName, text }) => wording.groupAchievement(groupName, text)),
        ),
    ].slice(0, longestDraft),
    asks: draftAsks(pack.escalations),
  };
};

/**
 * The pack of the Chairs Group, drafted from the LCPGs' returns.
 * @param input.preparedAt the present instant
 */
export const draftChairsPack = (input: ReportSource & { readonly preparedAt: Instant }): ChairsPack => {
  const { partnership, cycle, indicators, dossiers, preparedAt } = input;
  const groups = dossiers.map(groupSection);
  const named = (state: GroupSection['state']): readonly string[] =>
    groups.filter((group) => group.state === state).map(({ groupName }) => groupName);
  const nil = named('nil');
  const pack: PackWithoutDraft = {
    title: wording.packTitle(partnership.name),
    cycle: cycle.id,
    ...originOf(partnership),
    board: cycle.board,
    chairsMeeting: cycle.chairs,
    nextBoard: cycle.nextBoard,
    preparedAt,
    received: groups.length - nil.length,
    nil,
    unsigned: named('submitted'),
    concerns: byIndicator(groups, ({ concerns }) => concerns, indicators),
    achievements: byIndicator(groups, ({ achievements }) => achievements, indicators),
    escalations: groups.flatMap(({ group, groupName, escalations }) =>
      escalations.map(({ issue, ask, indicator }) => ({ issue, ask, indicator, group, groupName })),
    ),
    overdueActions: groups.flatMap(({ actions }) => actions.filter(({ overdue }) => overdue)),
    sectors: sectorAttendance(dossiers, partnership.coreSectors),
    missing: groups
      .filter(({ missingSectors, missingRoles }) => missingSectors.length + missingRoles.length > 0)
      .map(({ groupName, missingSectors, missingRoles }) => ({
        groupName,
        sectors: missingSectors,
        roles: missingRoles,
      })),
    groups,
    indicators,
  };
  return { ...pack, draft: draftSummary(pack) };
};
