import pMap from 'p-map';

import type { Cycle } from '../domain/cycle.ts';
import type { IndicatorFigure } from '../domain/figure.ts';
import { longestStory } from '../domain/figure-story.ts';
import {
  askedInReturn,
  indicatorsOf,
  localObservations,
  withLocalFigures,
  withNewer,
} from '../domain/local-figures.ts';
import { grantsToShow } from '../domain/grant.ts';
import type { Group, Partnership, Role } from '../domain/partnership.ts';
import type { ReportedGroup } from '../domain/report-record.ts';
import { type Action, type GroupReturn, isNews, isReceived } from '../domain/return.ts';
import { actionLine, attendanceLines, missingSectors } from '../report/dossier-lines.ts';
import type { GroupDossier } from '../report/model.ts';
import { onePerPerson } from './people.ts';
import type { AnswerDesk } from './workplace.ts';
import { calendarOf, nowOf } from './workplace.ts';

/** The roles that every LCPG is expected to fill. Source: LCPG terms of reference, "Group roles". */
const expectedRoles: readonly Role[] = ['chair', 'co-ordinator', 'safeguarding-lead', 'local-hwb-link'];

/** The figures as the cycle began with them, and those of the LCPG's own indicators as its return gives them. */
const figuresWithLocal = async (
  desk: AnswerDesk,
  partnership: Partnership,
  cycle: Cycle,
  group: Group,
  figures: readonly IndicatorFigure[],
  given: GroupReturn | undefined,
): Promise<readonly IndicatorFigure[]> => {
  const told = given !== undefined && isReceived(given) ? (given.content.localFigures ?? []) : [];
  if (told.length === 0) return figures;
  const [indicators, priorities, published, before] = await Promise.all([
    desk.indicators.definitions(),
    desk.indicators.priorities(),
    desk.indicators.observations(group.area),
    desk.indicators.localObservations(group.id),
  ]);
  const asked = askedInReturn(group.id, indicators, indicatorsOf(published));
  const known = before.filter(({ indicator }) => asked.some(({ id }) => id === indicator));
  return withLocalFigures(figures, group, {
    indicators,
    priorities,
    observations: [...published, ...withNewer(known, localObservations(group.area, told, asked))],
    county: partnership.area.code,
    on: cycle.id,
    ...(partnership.hideCountsBelow === undefined ? {} : { hideBelow: partnership.hideCountsBelow }),
  });
};

/** The actions that a report has to show: those that the last one showed as over are left out. */
const actionsSince = (
  last: Cycle | undefined,
  reported: ReportedGroup | undefined,
  actions: readonly Action[],
): readonly Action[] => {
  const compiledAt = last?.reportedAt ?? null;
  if (compiledAt === null) return actions;
  const open = new Set(reported?.actions.filter(({ state }) => state === 'open').map(({ id }) => id));
  return actions.filter((action) => isNews(action, { compiledAt, open }));
};

/** @param earlier the cycles before, the oldest first, as far as stories go back */
const dossierWith = async (
  desk: AnswerDesk,
  partnership: Partnership,
  cycle: Cycle,
  group: Group,
  earlier: readonly Cycle[],
): Promise<GroupDossier> => {
  const calendar = calendarOf(partnership);
  const today = calendar.dateOf(nowOf(desk));
  const meeting = await desk.meetings.get(cycle.id, group.id);
  const on = meeting?.time?.date ?? today;
  const [memberships, attendance, given, allActions, figures, reported] = await Promise.all([
    desk.directory.members(group.id, on),
    desk.attendance.of(cycle.id, group.id),
    desk.returns.of(cycle.id, group.id),
    desk.actions.of(group.id),
    desk.indicators.figures(cycle.id, group.id),
    desk.reports.ofGroup(
      earlier.map(({ id }) => id),
      group.id,
    ),
  ]);
  const actions = actionsSince(earlier.at(-1), reported.at(-1), allActions);
  const people = onePerPerson(memberships);
  const presence = new Map(
    given !== undefined && isReceived(given)
      ? given.content.attendance.map(({ person, presence: how }) => [person, how])
      : [],
  );
  const owners = new Map(
    (await desk.directory.people([...new Set(actions.map(({ owner }) => owner))])).map(({ id, name }) => [
      id,
      name,
    ]),
  );
  const nameOf = (role: Role): string | null =>
    memberships.find((membership) => membership.role === role)?.who.name ?? null;
  const roles = new Set(memberships.map(({ role }) => role));
  return {
    cycle: cycle.id,
    group: group.id,
    groupName: group.name,
    area: group.area,
    meeting: meeting?.state === 'planned' ? meeting.time : null,
    given: given ?? null,
    late: given !== undefined && (await cameLate(desk, cycle, group.id, given)),
    signedByName:
      given?.state === 'signed'
        ? ((await desk.directory.person(given.signedBy))?.name ?? given.signedBy)
        : null,
    chair: nameOf('chair'),
    coordinator: nameOf('co-ordinator'),
    attendance: attendanceLines(people, attendance, presence),
    actions: actions.map((action) => actionLine(action, owners.get(action.owner) ?? action.owner, today)),
    figures: await figuresWithLocal(desk, partnership, cycle, group, figures, given),
    missingSectors: missingSectors(
      partnership.coreSectors,
      new Set(memberships.flatMap(({ sector }) => (sector === null ? [] : [sector]))),
    ),
    missingRoles: expectedRoles.filter((role) => !roles.has(role)),
    grants:
      partnership.returnParts?.includes('grants') === true
        ? grantsToShow(await desk.grants.of(group.id), earlier.at(-1)?.reportedAt ?? null, today)
        : null,
    reported,
  };
};

/** Whether the first submission came after the return's due date. */
const cameLate = async (
  desk: AnswerDesk,
  cycle: Cycle,
  group: string,
  given: NonNullable<GroupDossier['given']>,
): Promise<boolean> => {
  if (!isReceived(given)) return false;
  // Whoever was asked first, and whoever it was handed over to.
  const first = (await desk.requests.about(cycle.id, group)).find(
    ({ kind, subject }) => kind === 'return' && subject.round === 1,
  );
  return first?.state === 'answered' && first.answeredAt > first.dueAt;
};

/** The dossiers of all LCPGs, in the partnership's order. */
export const dossiersOf = async (
  desk: AnswerDesk,
  partnership: Partnership,
  cycle: Cycle,
): Promise<readonly GroupDossier[]> => {
  const earlier = await cyclesBefore(desk, cycle);
  return pMap(
    await desk.directory.groups(),
    (group) => dossierWith(desk, partnership, cycle, group, earlier),
    { concurrency: 16 },
  );
};

/** All that is known of one LCPG's turn in a cycle. */
export const dossierOf = async (
  desk: AnswerDesk,
  partnership: Partnership,
  cycle: Cycle,
  group: Group,
): Promise<GroupDossier> => dossierWith(desk, partnership, cycle, group, await cyclesBefore(desk, cycle));

const cyclesBefore = async (desk: AnswerDesk, cycle: Cycle): Promise<readonly Cycle[]> =>
  (await desk.cycles.earlier(cycle.id, longestStory - 1)).toReversed();
