import * as z from 'zod/mini';

import { isSettled } from '../domain/request.ts';
import type { Waiting } from '../store/cycles.ts';
import { secondsBetween } from '../time/calendar.ts';
import { followUp, registerFollowUp } from './requests.ts';
import type { Task } from './task.ts';
import type { Workplace } from './workplace.ts';
import { nowOf } from './workplace.ts';

const sweepPayload = z.object({ partnership: z.string() });

/** Whether what a machine waits for has happened without its having been told. */
const reasonToWake = async (
  place: Workplace,
  waiting: Waiting,
): Promise<'answered' | 'changed' | 'time-came' | null> => {
  const [what, ...rest] = waiting.name.split('/');
  if (what === 'request') {
    const request = await place.cycles.request(rest.join('/'));
    if (request !== undefined && isSettled(request)) return 'answered';
  } else {
    const [cycle = '', body = ''] = rest;
    const meeting = await place.cycles.meeting(cycle, body);
    if (meeting !== undefined && meeting.state !== 'unset' && meeting.sequence !== meeting.toldSequence)
      return 'changed';
  }
  const overdue = secondsBetween(waiting.at, nowOf(place));
  return overdue > 0 && place.clock.realSeconds(overdue) > place.sweepGraceSeconds ? 'time-came' : null;
};

/**
 * Looks at everything that waits: chases the requests that no machine waits for, and wakes machines whose answer came,
 * or whose time passed, without their noticing. Run every hour; a second run finds nothing left to do.
 */
export const sweep: Task<
  z.infer<typeof sweepPayload>,
  { readonly woken: number; readonly followedUp: number }
> = {
  name: 'sweep',
  input: sweepPayload,
  async run(place) {
    const partnership = await place.directory.partnership();
    const now = nowOf(place);
    let woken = 0;
    let followedUp = 0;
    const all: Waiting[] = [];
    for await (const waiting of place.cycles.allWaiting()) all.push(waiting);
    for (const waiting of all) {
      if (waiting.kind === 'machine') {
        const reason = await reasonToWake(place, waiting);
        if (reason === null) continue;
        await place.machines.wake(waiting.token, reason);
        await place.cycles.stopWaiting(waiting);
        woken += 1;
      } else if (waiting.at <= now) {
        const request = await place.cycles.request(waiting.name.slice('request/'.length));
        const then = request === undefined ? undefined : await followUp(place, partnership, request);
        if (then?.state === 'open') await registerFollowUp(place, partnership, then);
        else await place.cycles.stopWaiting(waiting);
        followedUp += 1;
      }
    }
    return { woken, followedUp };
  },
};
