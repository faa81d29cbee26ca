import * as z from 'zod/mini';

import { looks } from '../contracts/sweep-hours.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { Request } from '../domain/request.ts';
import { isSettled } from '../domain/request.ts';
import type { Waiting } from '../store/cycles/waiting-store.ts';
import { secondsBetween } from '../time/calendar.ts';
import { meetingWait, requestWait, startRun } from './answers.ts';
import { runIfErrand } from './errands.ts';
import { followUp, followUpOf } from './requests.ts';
import { remindChased } from './meetings.ts';
import { tellLateAnswers } from './minutes.ts';
import { digestPersonOf, sendDigest } from './reminders.ts';
import { applyRetention } from './retention.ts';
import type { Task } from './task.ts';
import type { Workplace } from './workplace.ts';
import { nowOf } from './workplace.ts';

const sweepPayload = z.object({ partnership: z.string(), look: z.optional(z.enum(looks)) });

/** How many registrations are looked at together. */
const batch = 100;

/** The request that a registration is about; undefined where it is about a meeting. */
const requestOf = async (place: Workplace, { name }: Waiting): Promise<Request | undefined> => {
  const prefix = requestWait('');
  return name.startsWith(prefix) ? place.requests.get(name.slice(prefix.length)) : undefined;
};

/** What each machine waits for, as it is stored now. */
const storedStates = async (
  place: Workplace,
  machines: readonly Waiting[],
): Promise<ReadonlyMap<string, 'answered' | 'changed'>> => {
  const names = machines.map(({ name }) => name.split('/'));
  const requests = names.flatMap(([what, ...rest]) => (what === 'request' ? [rest.join('/')] : []));
  const meetings = names.flatMap(([what, cycle, body]) =>
    what === 'meeting' && cycle !== undefined && body !== undefined ? [{ cycle, body }] : [],
  );
  const happened = new Map<string, 'answered' | 'changed'>();
  for (const request of await place.requests.getMany(requests))
    if (request !== undefined && isSettled(request)) happened.set(requestWait(request.id), 'answered');
  for (const meeting of await place.meetings.getMany(meetings))
    if (meeting !== undefined && meeting.state !== 'unset' && meeting.sequence !== meeting.toldSequence)
      happened.set(meetingWait(meeting.cycle, meeting.body), 'changed');
  return happened;
};

/** A machine is no more: what it asked for and nobody has answered yet is chased from here. */
const takeOver = async (place: Workplace, partnership: Partnership, waiting: Waiting): Promise<void> => {
  const request = await requestOf(place, waiting);
  if (request?.state !== 'open') await place.waiting.stop(waiting);
  else {
    const left = await place.requests.leaveToSweep(request, nowOf(place));
    // A machine that was only slow, and waits again, keeps its place.
    await place.waiting.replace(waiting, followUpOf(partnership, left));
  }
};

/** Wakes the machines whose answer came, or whose time passed, without their noticing. */
const wakeMachines = async (
  place: Workplace,
  partnership: Partnership,
  machines: readonly Waiting[],
  attempt: (work: () => Promise<void>) => Promise<void>,
): Promise<number> => {
  const happened = await storedStates(place, machines);
  const now = nowOf(place);
  let woken = 0;
  for (const waiting of machines) {
    const overdue = secondsBetween(waiting.at, now);
    const timeCame = overdue > 0 && place.clock.realSeconds(overdue) > place.sweepGraceSeconds;
    const reason = happened.get(waiting.name) ?? (timeCame ? 'time-came' : null);
    if (reason === null) continue;
    await attempt(async () => {
      if (await place.machines.wake(waiting.token, reason)) {
        await place.waiting.stop(waiting);
        woken += 1;
      } else await takeOver(place, partnership, waiting);
    });
  }
  return woken;
};

/** Takes the next step of a request that no machine waits for. */
const chase = async (place: Workplace, partnership: Partnership, waiting: Waiting): Promise<void> => {
  const request = await requestOf(place, waiting);
  if (request?.kind === 'attendance') {
    await remindChased(place, partnership, request);
    await place.waiting.stop(waiting);
    return;
  }
  const then = request === undefined ? undefined : await followUp(place, partnership, request);
  if (then?.state === 'open') await place.waiting.replace(waiting, followUpOf(partnership, then));
  else await place.waiting.stop(waiting);
};

/**
 * Chases the requests that no machine waits for, sends the digests that are due, and wakes machines whose time passed
 * without their noticing, or whose telling failed. A look at everything also finds the machines whose answer was stored
 * by somebody who died before telling them, tells the board's answers that came late, and removes what is kept no longer. The former runs every hour, the latter
 * four times a day, because it reads a row or two for each LCPG; a second run finds nothing left to do.
 */
export const sweep: Task<
  z.infer<typeof sweepPayload>,
  { readonly woken: number; readonly followedUp: number; readonly removed: number }
> = {
  name: 'sweep',
  input: sweepPayload,
  async run(place, { look = 'everything' }) {
    const partnership = await place.directory.partnership();
    const now = nowOf(place);
    let woken = 0;
    let followedUp = 0;
    const failures: unknown[] = [];
    // One thing that cannot be done keeps nothing else from being done.
    const attempt = async (work: () => Promise<void>): Promise<void> => {
      try {
        await work();
      } catch (error) {
        failures.push(error);
      }
    };
    const wake = (machines: readonly Waiting[]): Promise<void> =>
      attempt(async () => {
        woken += await wakeMachines(place, partnership, machines, attempt);
      });
    let machines: Waiting[] = [];
    const due: Waiting[] = [];
    for await (const waiting of look === 'due' ? place.waiting.due(now) : place.waiting.all()) {
      if (waiting.kind === 'machine') machines.push(waiting);
      else if (waiting.at <= now) due.push(waiting);
      if (machines.length < batch) continue;
      await wake(machines);
      machines = [];
    }
    await wake(machines);
    for (const waiting of due)
      await attempt(async () => {
        const digestOf = digestPersonOf(waiting);
        if (waiting.run !== undefined) await startRun(place, waiting.run);
        else if (await runIfErrand(place, partnership, waiting)) {
          // Lost on its way to the function that runs them at once.
        } else if (digestOf === null) await chase(place, partnership, waiting);
        else {
          await sendDigest(place, partnership, digestOf);
          await place.waiting.stop(waiting);
        }
        followedUp += 1;
      });
    if (look === 'everything') await attempt(() => tellLateAnswers(place, partnership));
    let removed = 0;
    if (look === 'everything')
      await attempt(async () => {
        const { cycles, people } = await applyRetention(place, partnership);
        removed = cycles + people;
      });
    if (failures.length > 0)
      throw new AggregateError(
        failures,
        `${String(failures.length)} of the things that wait could not be seen to`,
      );
    return { woken, followedUp, removed };
  },
};
