/** The board's minutes and its answers, on their way to the LCPGs. */
import pMap from 'p-map';
import type * as z from 'zod/mini';

import type { Cycle } from '../domain/cycle.ts';
import type { Group, Partnership } from '../domain/partnership.ts';
import type { Escalation } from '../domain/return.ts';
import type { Message } from '../mail/messages.ts';
import type { BoardAnswer } from '../report/model.ts';
import { cyclePayload } from './opening.ts';
import type { Addressee } from './people.ts';
import { groupTitle, withRole } from './people.ts';
import type { Task } from './task.ts';
import type { AnswerDesk, Workplace } from './workplace.ts';
import { calendarOf, nowOf } from './workplace.ts';

/** Chair and co-ordinator, each once although one person may be both. */
const chairAndCoordinator = async (
  desk: AnswerDesk,
  group: Group,
  on: string,
): Promise<readonly Addressee[]> => {
  const both = [
    ...(await withRole(desk, group.id, groupTitle(group), 'chair', on)),
    ...(await withRole(desk, group.id, groupTitle(group), 'co-ordinator', on)),
  ];
  return [
    ...new Map(both.toReversed().map((addressee) => [addressee.who.id, addressee])).values(),
  ].toReversed();
};

/** What the board answered to the escalations in the report that lay before it when it opened this cycle. */
const answeredEscalations = async (desk: AnswerDesk, cycle: Cycle): Promise<readonly Escalation[]> => {
  return (await desk.escalations.before(cycle.id)).filter(({ state }) => state === 'answered');
};

/** The escalations of the report before, with the board's answers as far as they have come. */
export const boardAnswers = async (desk: AnswerDesk, cycle: Cycle): Promise<readonly BoardAnswer[]> => {
  const escalations = await desk.escalations.before(cycle.id);
  return Promise.all(
    escalations.map(async ({ id, cycle: raisedIn, group, issue, ask, indicator, answer }) => ({
      id,
      cycle: raisedIn,
      group,
      // A group that the folder no longer has is named all the same: what it escalated outlasts it.
      groupName: await desk.directory.bodyName(group),
      issue,
      ask,
      indicator,
      answer,
    })),
  );
};

const minutesMessages = async (
  place: Workplace,
  partnership: Partnership,
  cycle: Cycle,
  group: Group,
  answers: readonly BoardAnswer[],
): Promise<readonly Message[]> => {
  const minutes = await place.minutes.of(cycle.id);
  if (minutes === undefined) return [];
  const meeting = await place.meetings.get(cycle.id, group.id);
  const on = calendarOf(partnership).dateOf(nowOf(place));
  const { document } = minutes;
  return Promise.all(
    (await chairAndCoordinator(place, group, on)).map(async ({ who, because }): Promise<Message> => ({
      kind: 'minutes',
      to: who,
      about: `${cycle.id}~${group.id}`,
      occurrence: '1',
      because,
      boardDate: cycle.board.date,
      group,
      keyMessages: minutes.keyMessages,
      documentLink:
        document === null ? null : await place.links.toDocument(document, who.id, cycle.moments.nextBoardEnd),
      documentName: document?.fileName ?? null,
      late: minutes.receivedAt > cycle.moments.minutesDue,
      answers: answers.filter((answer) => answer.group === group.id && answer.answer !== ''),
      meeting: meeting?.state === 'planned' ? meeting.time : null,
      lastMeetingDay: cycle.moments.lastMeetingDay,
    })),
  );
};

/** Tells the LCPGs the board's answers that no minutes carried to them. */
const tellUntold = async (
  place: Workplace,
  partnership: Partnership,
  cycle: Cycle,
): Promise<{ readonly told: number }> => {
  const untold = (await answeredEscalations(place, cycle)).filter(({ toldAt }) => toldAt === null);
  const on = calendarOf(partnership).dateOf(nowOf(place));
  const messages: Message[] = [];
  for (const groupId of new Set(untold.map(({ group }) => group))) {
    const group = await place.directory.body(groupId);
    // Nobody is left to be told of what a group asked that has gone.
    if (group?.kind !== 'lcpg') continue;
    const answers = untold.filter((escalation) => escalation.group === groupId);
    for (const { who, because } of await chairAndCoordinator(place, group, on))
      messages.push({
        kind: 'board-answers',
        to: who,
        about: `${cycle.id}~${groupId}`,
        // An answer that was changed is told again.
        occurrence: answers.map(({ revision }) => String(revision)).join('-'),
        because,
        group,
        boardDate: cycle.board.date,
        answers: answers.map((escalation) => ({ ...escalation, groupName: group.name })),
      });
  }
  await place.postFor(partnership).send(messages);
  for (const escalation of untold) await place.escalations.noteTold(escalation, nowOf(place));
  return { told: untold.length };
};

/** Whether the board's answers go by themselves: minutes that are still to come will carry them. */
const answersGoAlone = async (place: Workplace, cycle: Cycle): Promise<boolean> =>
  (await place.minutes.of(cycle.id)) !== undefined || nowOf(place) >= cycle.moments.reportCompilation;

/** Tells answers of the board that were changed, or came, after their step of the machine was over. For the sweep. */
export const tellLateAnswers = async (place: Workplace, partnership: Partnership): Promise<void> => {
  for await (const cycle of place.cycles.all()) {
    const untold = (await answeredEscalations(place, cycle)).some(({ toldAt }) => toldAt === null);
    if (untold && (await answersGoAlone(place, cycle))) {
      const asked = await place.requests.about(cycle.id, partnership.board);
      // While the question is open, more answers may come, and its machine passes them on.
      if (asked.every(({ kind, state }) => kind !== 'board-answers' || state !== 'open'))
        await tellUntold(place, partnership, cycle);
    }
    return;
  }
};

/**
 * Sends the minutes to the chairs and co-ordinators of all LCPGs, with the board's answers to what they had escalated.
 * Where no minutes came, the answers that waited for them go by themselves.
 */
export const distributeMinutes: Task<z.infer<typeof cyclePayload>, { readonly sent: boolean }> = {
  name: 'distribute-minutes',
  input: cyclePayload,
  async run(place, { cycle: id }) {
    const partnership = await place.directory.partnership();
    const cycle = await place.cycles.known(id);
    if ((await place.minutes.of(id)) === undefined) {
      await tellUntold(place, partnership, cycle);
      return { sent: false };
    }
    const answers = await boardAnswers(place, cycle);
    const messages = await pMap(
      await place.directory.groups(),
      (group) => minutesMessages(place, partnership, cycle, group, answers),
      { concurrency: 8 },
    );
    // All at once: the post tries every one before it gives any up.
    await place.postFor(partnership).send(messages.flat());
    // An answer that came while the emails went out was not in them.
    const carried = new Set(answers.flatMap(({ id, answer }) => (answer === '' ? [] : [id])));
    for (const escalation of await answeredEscalations(place, cycle))
      if (carried.has(escalation.id)) await place.escalations.noteTold(escalation, nowOf(place));
    return { sent: true };
  },
};

/** Tells the LCPGs the board's answers that the minutes did not carry, because they had gone before. */
export const passOnBoardAnswers: Task<z.infer<typeof cyclePayload>, { readonly told: number }> = {
  name: 'pass-on-board-answers',
  input: cyclePayload,
  async run(place, { cycle: id }) {
    const partnership = await place.directory.partnership();
    const cycle = await place.cycles.known(id);
    if (!(await answersGoAlone(place, cycle))) return { told: 0 };
    return tellUntold(place, partnership, cycle);
  },
};
