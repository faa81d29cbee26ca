import { createHash } from 'node:crypto';

import type { Cycle } from '../domain/cycle.ts';
import type { Group, Partnership } from '../domain/partnership.ts';
import { isEffective } from '../domain/partnership.ts';
import { requestId } from '../domain/request.ts';
import type { Action, ActionItem, SentBackReturn, SignedReturn, SubmittedReturn } from '../domain/return.ts';
import { isReceived } from '../domain/return.ts';
import type { Message } from '../mail/messages.ts';
import { actionLine } from '../report/dossier-lines.ts';
import { groupSection } from '../report/group-section.ts';
import { originOf } from '../report/origin.ts';
import { keepGrants } from './grants.ts';
import { publications } from '../report/publications.ts';
import { districtReportTitle } from '../report/wording.ts';
import type { IsoDate } from '../time/calendar.ts';
import { addDays } from '../time/calendar.ts';
import type { Addressee } from './people.ts';
import { bodyTitle, groupTitle, becauseOf, withRole } from './people.ts';
import { dossierOf } from './dossiers.ts';
import { bodyPayload } from './meetings.ts';
import { documentNames, linksTo, publish, type Published } from './published.ts';
import { firstFreeId } from './first-free-id.ts';
import { askWithoutMachine } from './requests.ts';
import { publishSafeguarding } from './safeguarding.ts';
import type { Task } from './task.ts';
import type { Workplace } from './workplace.ts';
import { calendarOf, nowOf } from './workplace.ts';
import type * as z from 'zod/mini';

/** For how long an action's owner can still say how it stands after it was due. */
const daysToUpdateAfterDue = 90;

interface Sharing {
  readonly place: Workplace;
  readonly partnership: Partnership;
  readonly cycle: Cycle;
  readonly group: Group;
  readonly given: SubmittedReturn | SignedReturn | SentBackReturn;
  /** Null where the meeting was not held. */
  readonly meetingDate: IsoDate | null;
}

/** Id of an action: the same words, owner and date agreed in the same cycle are the same action. */
const actionId = (cycle: string, group: string, { description, owner, due }: ActionItem): string =>
  `${cycle}-${createHash('sha256').update([group, description.trim(), owner, due].join('\n')).digest('hex').slice(0, 12)}`;

/** What the meeting heard of the open actions becomes part of their story, once for each version of the return. */
const keepProgress = async ({ place, group, given }: Sharing): Promise<void> => {
  for (const { action: id, state, note } of given.content.progress) {
    const action = await place.actions.get(group.id, id);
    if (action === undefined || (state === action.state && note.trim() === '')) continue;
    // Heard already, or told by its owner since.
    if (action.updates.some(({ at }) => at >= given.submittedAt)) continue;
    const updated = await place.actions.update(
      action,
      { at: given.submittedAt, by: given.submittedBy, state, note },
      'page',
    );
    await withdrawWhenOver(place, updated);
  }
};

/** Nobody is asked about an action that is over. */
const withdrawWhenOver = async (place: Workplace, action: Action): Promise<void> => {
  if (action.state === 'open') return;
  const request = await place.requests.get(
    requestId({
      cycle: action.raisedIn,
      kind: 'action-update',
      person: action.owner,
      subject: { body: action.group, action: action.id, round: 1 },
    }),
  );
  if (request?.state === 'open')
    await place.requests.withdraw(request, `the action is ${action.state}`, nowOf(place));
};

const takenOut = 'Taken out of the return';

const wasTakenOut = ({ state, updates }: Action): boolean =>
  state === 'dropped' && updates.at(-1)?.note === takenOut;

/**
 * Lays down the actions that the meeting agreed; those that a later version of the return leaves out are dropped. One that
 * comes back in a version after that is a new action: its owner is asked anew.
 */
const agreeActions = async ({ place, cycle, group, given }: Sharing): Promise<readonly Action[]> => {
  const gone = new Set((await place.actions.of(group.id)).filter(wasTakenOut).map(({ id }) => id));
  const agreed: Action[] = [];
  for (const item of given.content.newActions) {
    const id = firstFreeId(gone, actionId(cycle.id, group.id, item));
    agreed.push(
      await place.actions.agree(
        { id, group: group.id, raisedIn: cycle.id, ...item, state: 'open', updates: [] },
        given.submittedAt,
      ),
    );
  }
  const kept = new Set(agreed.map(({ id }) => id));
  for (const action of await place.actions.of(group.id)) {
    if (action.raisedIn !== cycle.id || kept.has(action.id) || action.state !== 'open') continue;
    const dropped = await place.actions.update(
      action,
      { at: given.submittedAt, by: given.submittedBy, state: 'dropped', note: takenOut },
      'page',
    );
    await withdrawWhenOver(place, dropped);
  }
  return agreed;
};

const actionMessages = async (sharing: Sharing, actions: readonly Action[]): Promise<readonly Message[]> => {
  const { place, partnership, cycle, group } = sharing;
  const calendar = calendarOf(partnership);
  const today = calendar.dateOf(nowOf(place));
  const messages: Message[] = [];
  for (const action of actions) {
    const owner = await place.directory.person(action.owner);
    if (owner === undefined || action.state !== 'open') continue;
    const dueAt = calendar.at(action.due, partnership.timetable.dueTime);
    const closesAt = calendar.at(addDays(action.due, daysToUpdateAfterDue), partnership.timetable.dueTime);
    const request = await askWithoutMachine(
      place,
      partnership,
      cycle.id,
      'action-update',
      action.owner,
      { body: group.id, action: action.id, round: 1 },
      { dueAt, expiresAt: closesAt, acceptsUntil: closesAt },
    );
    messages.push({
      kind: 'action-assigned',
      to: owner,
      about: action.id,
      occurrence: '1',
      because: `you own an action of ${groupTitle(group)}`,
      group,
      action: actionLine(action, owner.name, today),
      link: await place.links.toRequest(request),
      ownLink: await place.links.toProgress({ of: 'person' }, cycle, action.owner),
    });
  }
  return messages;
};

/**
 * Whom the safeguarding matters of a return go to at once: the safeguarding board's contact, and the LCPG's own lead. The
 * leads of all LCPGs get them together, once a cycle: see `safeguardingRoundUp`.
 */
const safeguardingReaders = async ({
  place,
  partnership,
  given,
  group,
}: Sharing): Promise<readonly Addressee[]> => {
  const on = calendarOf(partnership).dateOf(given.submittedAt);
  const readers = new Map<string, Addressee>();
  const own = (await place.directory.members(group.id, on)).filter(
    ({ role }) => role === 'safeguarding-lead',
  );
  for (const { who } of own)
    readers.set(who.id, { who, because: becauseOf(['safeguarding-lead'], groupTitle(group)) });
  if (partnership.safeguardingBoard !== null) {
    const name = await bodyTitle(place, partnership, partnership.safeguardingBoard);
    for (const reader of await withRole(place, partnership.safeguardingBoard, name, 'contact', on))
      readers.set(reader.who.id, reader);
  }
  return [...readers.values()];
};

const safeguardingMessages = async (sharing: Sharing): Promise<readonly Message[]> => {
  const { place, partnership, cycle, group, given, meetingDate } = sharing;
  const matters = given.content.safeguardingMatters;
  if (matters.length === 0) return [];
  const entry = { groupName: group.name, meetingDate, matters };
  const made = await publishSafeguarding(place, partnership, cycle, group, [entry]);
  return Promise.all(
    (await safeguardingReaders(sharing)).map(async ({ who, because }): Promise<Message> => ({
      kind: 'safeguarding-matters',
      to: who,
      about: `${cycle.id}~${group.id}`,
      occurrence: String(given.version),
      because,
      group,
      meetingDate,
      matters,
      documents: await linksTo(place, cycle, made, who.id),
    })),
  );
};

/** Changes of the membership go to the contact, who keeps the lists of people. */
const membershipMessages = ({
  partnership,
  cycle,
  group,
  given,
  meetingDate,
}: Sharing): readonly Message[] => {
  const changes = given.content.membershipChanges.trim();
  if (changes === '') return [];
  const { name, email } = partnership.contact;
  return [
    {
      kind: 'membership-changes',
      to: { id: 'contact', name, email, organisation: partnership.name },
      about: `${cycle.id}~${group.id}`,
      occurrence: String(given.version),
      because: 'you are the contact of the partnership',
      group,
      meetingDate,
      changes,
    },
  ];
};

/** The LCPG's report to its Local HWBs: one document for all of them, as an LCPG tells each the same. */
const publishDistrictReport = async (
  { place, partnership, cycle, group, given }: Sharing,
  readers: readonly string[],
): Promise<Published> =>
  publish(
    place,
    cycle,
    documentNames.districtReport(group.id),
    publications.districtReport({
      ...originOf(partnership),
      title: districtReportTitle(group.name, readers),
      cycle: cycle.id,
      readers,
      message: given.content.localHwbMessage,
      group: groupSection(await dossierOf(place, partnership, cycle, group)),
      preparedAt: nowOf(place),
    }),
  );

/** The report to each Local HWB that the group reports to. */
const localHwbMessages = async (sharing: Sharing): Promise<readonly Message[]> => {
  const { place, partnership, cycle, group, given, meetingDate } = sharing;
  const on = calendarOf(partnership).dateOf(given.submittedAt);
  const { content, version } = given;
  const localHwbs = await Promise.all(
    group.reportsTo
      .filter((link) => isEffective(link, on))
      .map(async ({ body }) => ({ body, localHwbName: await bodyTitle(place, partnership, body) })),
  );
  if (localHwbs.length === 0) return [];
  const made = await publishDistrictReport(
    sharing,
    localHwbs.map(({ localHwbName }) => localHwbName),
  );
  const figures = await place.indicators.figures(cycle.id, group.id);
  const messages: Message[] = [];
  for (const { body, localHwbName } of localHwbs)
    for (const { who, because } of await withRole(place, body, localHwbName, 'contact', on))
      messages.push({
        kind: 'local-hwb-extract',
        to: who,
        about: `${cycle.id}~${group.id}~${body}`,
        occurrence: String(version),
        because,
        group,
        localHwbName,
        meetingDate,
        message: content.localHwbMessage,
        achievements: content.achievements.map(({ text }) => text),
        concerns: content.concerns.map(({ text }) => text),
        escalations: content.escalations,
        figures,
        documents: await linksTo(place, cycle, made, who.id),
      });
  return messages;
};

/** What the group has to say to its CSP, where it says anything. */
const cspMessages = async (sharing: Sharing): Promise<readonly Message[]> => {
  const { place, partnership, cycle, group, given, meetingDate } = sharing;
  const message = given.content.cspMessage;
  if (message.trim() === '') return [];
  const on = calendarOf(partnership).dateOf(given.submittedAt);
  const messages: Message[] = [];
  for (const { body } of group.csp.filter((link) => isEffective(link, on))) {
    const cspName = await bodyTitle(place, partnership, body);
    for (const { who, because } of await withRole(place, body, cspName, 'contact', on))
      messages.push({
        kind: 'csp-message',
        to: who,
        about: `${cycle.id}~${group.id}`,
        occurrence: String(given.version),
        because,
        group,
        cspName,
        meetingDate,
        message,
      });
  }
  return messages;
};

/**
 * Shares a return. After the chair's signature everything goes its way. A return that nobody signed in time, or that
 * was sent back and has not come again by the cut-off, still sends its safeguarding matters and its actions, which
 * cannot wait, but no extract in the group's name.
 */
export const shareReturn: Task<z.infer<typeof bodyPayload>, { readonly again: boolean }> = {
  name: 'share-return',
  input: bodyPayload,
  async run(place, { cycle: id, body }) {
    const partnership = await place.directory.partnership();
    const cycle = await place.cycles.known(id);
    const given = await place.returns.of(id, body);
    if (given === undefined || !isReceived(given)) return { again: false };
    // What is sent back after the cut-off has a run of its own: the Chairs Group's pack waits for this one.
    if (given.state === 'sent-back' && nowOf(place) < cycle.moments.returnsCutOff) return { again: true };
    const group = await place.directory.group(body);
    const meeting = await place.meetings.get(id, body);
    const meetingDate = given.content.held === true ? (meeting?.time?.date ?? null) : null;
    const sharing: Sharing = { place, partnership, cycle, group, given, meetingDate };
    await keepProgress(sharing);
    if (partnership.returnParts?.includes('grants') === true) await keepGrants(place, given);
    const actions = await agreeActions(sharing);
    await place
      .postFor(partnership)
      .send([
        ...membershipMessages(sharing),
        ...(await safeguardingMessages(sharing)),
        ...(await actionMessages(sharing, actions)),
        ...(given.state === 'signed'
          ? [...(await localHwbMessages(sharing)), ...(await cspMessages(sharing))]
          : []),
      ]);
    return { again: false };
  },
};
