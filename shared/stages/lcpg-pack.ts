/** The pack of an LCPG's meeting: what goes out to its members some days before. */
import pMap from 'p-map';

import type { Cycle } from '../domain/cycle.ts';
import type { Group, Partnership, Person } from '../domain/partnership.ts';
import type { Message, MessageOf } from '../mail/messages.ts';
import { actionLine, attendanceLines, missingSectors } from '../report/dossier-lines.ts';
import type { LcpgPack } from '../report/model.ts';
import { originOf } from '../report/origin.ts';
import { publications } from '../report/publications.ts';
import { agenda, lcpgPackTitle } from '../report/wording.ts';
import { longDate } from '../templates/filters.ts';
import {
  attendanceRequestId,
  because,
  bodyPayload,
  type BodyPayload,
  meetingOfStep,
  momentsOf,
  type NextWait,
  type PlannedMeeting,
} from './meetings.ts';
import { becauseInPlaceOf, bodyTitle, onePerPerson, substituteAsPerson } from './people.ts';
import { documentNames, linksTo, publish } from './published.ts';
import { secondsUntil } from './requests.ts';
import type { Task } from './task.ts';
import type { Workplace } from './workplace.ts';
import { calendarOf, nowOf } from './workplace.ts';

/** How many have to come for an LCPG meeting to be quorate. */
export const quorumOf = (partnership: Pick<Partnership, 'quorum'>, members: number): number =>
  // Six decimals: 7 % of 100 members are 7, and not a fraction more.
  Math.ceil(Number((partnership.quorum * members).toFixed(6)));

/** @param onlyInPlaceOf the pack of the substitute alone who comes in the place of that person, after all others */
export const packMessages = async (
  place: Workplace,
  partnership: Partnership,
  cycle: Cycle,
  meeting: PlannedMeeting,
  group: Group,
  onlyInPlaceOf?: string,
): Promise<readonly Message[]> => {
  const bodyName = await bodyTitle(place, partnership, group.id);
  const [memberships, attendance, minutes, actions, figures] = await Promise.all([
    place.directory.members(group.id, meeting.time.date),
    place.attendance.of(cycle.id, group.id),
    place.minutes.of(cycle.id),
    place.actions.of(group.id),
    place.indicators.figures(cycle.id, group.id),
  ]);
  const members = onePerPerson(memberships);
  const expected = attendanceLines(members, attendance);
  const coming = expected.filter(({ presence }) => presence === 'attending' || presence === 'substitute');
  const represented = new Set(
    members
      .filter(({ who }) =>
        attendance.some(
          ({ person, answer }) =>
            person === who.id && (answer?.response === 'attending' || answer?.response === 'substitute'),
        ),
      )
      .flatMap(({ sectors }) => sectors),
  );
  const today = calendarOf(partnership).dateOf(nowOf(place));
  const owners = new Map(members.map(({ who }) => [who.id, who.name]));
  const document = minutes?.document ?? null;
  const name = documentNames.lcpgPack(group.id);
  const pack: LcpgPack = {
    ...originOf(partnership),
    title: lcpgPackTitle(group.name),
    group: group.id,
    groupName: group.name,
    area: group.area,
    board: cycle.board,
    meeting: meeting.time,
    preparedAt: nowOf(place),
    agenda: agenda(partnership.boardName.short, longDate(cycle.board.date)),
    keyMessages: minutes?.keyMessages ?? [],
    minutesReceived: document !== null,
    actions: actions
      .filter(({ state }) => state === 'open')
      .map((action) => actionLine(action, owners.get(action.owner) ?? action.owner, today)),
    figures,
    expected,
    expectedCount: coming.length,
    quorumNeeded: quorumOf(partnership, members.length),
    missingSectors: missingSectors(partnership.coreSectors, represented),
  };
  // Whoever is named after the pack went out gets its page, which is there.
  const made =
    onlyInPlaceOf === undefined
      ? await publish(place, cycle, name, publications.lcpgPack(pack))
      : { name, files: ['html'] };
  const packFor = async (
    who: Person,
    reason: string,
    links: Pick<MessageOf<'meeting-pack'>, 'link' | 'ownLink'>,
  ): Promise<Message> => ({
    kind: 'meeting-pack',
    to: who,
    about: `${cycle.id}~${group.id}`,
    occurrence: String(meeting.round),
    because: reason,
    group,
    meeting: meeting.time,
    boardDate: cycle.board.date,
    agenda: pack.agenda,
    keyMessages: pack.keyMessages,
    minutesLink:
      document === null ? null : await place.links.toDocument(document, who.id, cycle.moments.nextBoardEnd),
    openActions: pack.actions,
    figures,
    expected,
    quorumNeeded: pack.quorumNeeded,
    expectedCount: pack.expectedCount,
    missingSectors: pack.missingSectors,
    documents: await linksTo(place, cycle, made, who.id),
    ...links,
  });
  const toMembers = await pMap(
    onlyInPlaceOf === undefined ? members : [],
    async (person): Promise<Message> => {
      const request = await place.requests.get(attendanceRequestId(meeting, person.who.id));
      return packFor(person.who, because(partnership, group.id, bodyName, person), {
        ownLink: await place.links.toProgress({ of: 'person' }, cycle, person.who.id),
        link:
          request?.state === 'withdrawn' || request === undefined
            ? null
            : await place.links.toRequest(request),
      });
    },
    { concurrency: 8 },
  );
  const toSubstitutes: Message[] = [];
  for (const { who } of members) {
    if (onlyInPlaceOf !== undefined && who.id !== onlyInPlaceOf) continue;
    const answer = attendance.find(({ person }) => person === who.id)?.answer;
    if (answer?.response !== 'substitute' || answer.substitute.email === '') continue;
    const request = await place.requests.get(attendanceRequestId(meeting, who.id));
    if (request === undefined) continue;
    const link = await place.links.toSubstitute(request, answer.substitute);
    toSubstitutes.push(
      await packFor(substituteAsPerson(answer.substitute, who), becauseInPlaceOf(who), {
        link,
        ownLink: null,
      }),
    );
  }
  return [...toMembers, ...toSubstitutes];
};

/** Sends the pack to everybody of an LCPG, and says how long until the meeting is over. */
export const sendPack: Task<BodyPayload, NextWait> = {
  name: 'send-pack',
  input: bodyPayload,
  async run(place, { cycle: id, body }) {
    const partnership = await place.directory.partnership();
    const cycle = await place.cycles.known(id);
    const meeting = await meetingOfStep(place, partnership, cycle, body, 'pack');
    if (meeting === null) return { seconds: 1 };
    const group = await place.directory.group(body);
    await place.postFor(partnership).send(await packMessages(place, partnership, cycle, meeting, group));
    return { seconds: secondsUntil(place, momentsOf(partnership, cycle, meeting).meetingEnd) };
  },
};
