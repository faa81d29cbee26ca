import { asksForCommentary } from '../../../shared/domain/figure.ts';
import { askedInReturn } from '../../../shared/domain/local-figures.ts';
import { isCarried } from '../../../shared/domain/grant.ts';
import type { GroupReturn } from '../../../shared/domain/return.ts';
import type { ReturnSetting } from '../forms/return.ts';
import { periodLabel } from '../../../shared/domain/period.ts';
import { presences } from '../forms/return.ts';
import type { Situation } from './kind.ts';

/** The return that a request is about. */
export const returnOf = async ({ desk, request }: Situation): Promise<GroupReturn> => {
  const given = await desk.returns.of(request.cycle, request.subject.body);
  if (given === undefined) throw new Error(`no return of ${request.subject.body} in ${request.cycle}`);
  return given;
};

/** What the return of a group is filled in against: its people, indicators and open actions. */
export const returnSetting = async (
  { desk, partnership, request, calendar, today }: Situation,
  given: GroupReturn,
): Promise<ReturnSetting> => {
  const group = request.subject.body;
  const parts = partnership.returnParts ?? [];
  const [meeting, actions, grants, kept, definitions] = await Promise.all([
    desk.meetings.get(request.cycle, group),
    desk.actions.of(group),
    parts.includes('grants') ? desk.grants.of(group) : [],
    desk.indicators.figures(request.cycle, group),
    desk.indicators.definitions(),
  ]);
  const day = meeting?.time?.date ?? calendar.dateOf(request.openedAt);
  const members = await desk.directory.members(group, day);
  // A person may have several roles. Somebody of whom the return speaks is shown even after leaving.
  const people = new Map(members.map(({ who }) => [who.id, who]));
  const spokenOf = [
    ...given.content.attendance.map(({ person }) => person),
    ...given.content.newActions.map(({ owner }) => owner),
  ].filter((id) => id !== '' && !people.has(id));
  if (spokenOf.length > 0)
    for (const who of await desk.directory.people([...new Set(spokenOf)])) people.set(who.id, who);
  const openBefore = actions.filter(
    (action) =>
      action.raisedIn !== request.cycle &&
      (action.state === 'open' || given.content.progress.some((one) => one.action === action.id)),
  );
  const own = parts.includes('local-indicators')
    ? definitions.filter((indicator) => indicator.group === group)
    : [];
  const body = own.length > 0 ? await desk.directory.body(group) : undefined;
  const published =
    body?.kind === 'lcpg'
      ? await desk.indicators.published(
          body.area,
          own.map(({ id }) => id),
        )
      : new Set<string>();
  const asked = askedInReturn(group, own, published);
  const commented =
    kept.length > 0
      ? kept.filter(asksForCommentary).map(({ indicator }) => indicator)
      : given.content.commentaries.map(({ indicator }) => indicator);
  return {
    members: [...people.values()]
      .map(({ id, name, organisation }) => ({ id, name, organisation }))
      .sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0)),
    indicators: definitions
      .filter((indicator) => indicator.group === null || indicator.group === group)
      .map(({ id, name }) => ({ id, name })),
    commented,
    openGrants: grants
      .filter(
        (grant) =>
          grant.raisedIn !== request.cycle &&
          (isCarried(grant) || given.content.grantProgress?.some((one) => one.grant === grant.id) === true),
      )
      .map(({ id, purpose, requested, state, awarded, reviewDate, outcome }) => ({
        id,
        purpose,
        requested,
        state,
        awarded,
        reviewDate,
        outcome,
      })),
    localIndicators: asked,
    publishedIndicators: own.filter((indicator) => !asked.includes(indicator)),
    openActions: openBefore.map(({ id, description }) => ({ id, description })),
    today,
  };
};

/** A return with names in place of ids, to be read. */
export const readable = async (
  situation: Situation,
  given: GroupReturn,
  known?: ReturnSetting,
): Promise<Readonly<Record<string, unknown>>> => {
  const setting = known ?? (await returnSetting(situation, given));
  const { content } = given;
  const person = (id: string): string => setting.members.find((one) => one.id === id)?.name ?? id;
  const indicator = (id: string | null): string =>
    id === null ? '' : (setting.indicators.find((one) => one.id === id)?.name ?? id);
  const action = (id: string): string => setting.openActions.find((one) => one.id === id)?.description ?? id;
  const named = <Item extends { readonly indicator: string | null }>(items: readonly Item[]) =>
    items.map((item) => ({ ...item, indicatorName: indicator(item.indicator) }));
  const meeting = await situation.desk.meetings.get(situation.request.cycle, situation.request.subject.body);
  return {
    meeting: meeting ?? null,
    content,
    attendance: presences.map((presence) => ({
      presence,
      names: content.attendance.filter((one) => one.presence === presence).map((one) => person(one.person)),
    })),
    commentaries: named(content.commentaries.filter(({ text }) => text !== '')),
    achievements: named(content.achievements),
    concerns: named(content.concerns),
    escalations: named(content.escalations),
    localFigures: (content.localFigures ?? []).flatMap((figure) => {
      const asked = setting.localIndicators.find(({ id }) => id === figure.indicator);
      return asked === undefined ? [] : { ...figure, ...asked, periodName: periodLabel(figure.period) };
    }),
    hasGrants: (situation.partnership.returnParts ?? []).includes('grants'),
    grantProgress: (content.grantProgress ?? []).map((one) => ({
      ...one,
      purpose: setting.openGrants.find(({ id }) => id === one.grant)?.purpose ?? one.grant,
    })),
    newGrants: content.newGrants ?? [],
    progress: content.progress.map((one) => ({ ...one, description: action(one.action) })),
    newActions: content.newActions.map((one) => ({
      ...one,
      ownerName: person(one.owner),
      indicatorName: indicator(one.indicator ?? null),
    })),
  };
};
