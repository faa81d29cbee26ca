/** What people tell us of whom a request went to. It is stored first; the sweep tells who keeps the lists of people. */
import type { Correction, CorrectionKind } from '../domain/correction.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { Request } from '../domain/request.ts';
import type { Message } from '../mail/messages.ts';
import { Conflict } from '../store/cycles/deed.ts';
import type { Waiting } from '../store/cycles/waiting-store.ts';
import { bodyTitle, withRole } from './people.ts';
import { stepsLeft } from './reminders.ts';
import type { Workplace } from './workplace.ts';
import { calendarOf, nowOf } from './workplace.ts';

/** Whether nobody should be chased for it any longer. */
const endsChasing = (what: CorrectionKind): boolean => what !== 'address';

/** Steps that are left are taken, all but the last, which gives the request up: a machine may wait for that. */
const stopChasing = async (place: Workplace, partnership: Partnership, request: Request): Promise<void> => {
  if (request.state !== 'open') return;
  try {
    if (!request.machineWaits) await place.requests.withdraw(request, 'not for this person', nowOf(place));
    else {
      const left = stepsLeft(partnership, request).filter((step) => step.do !== 'expire').length;
      if (left > 0) await place.requests.recordSteps(request, request.stepsTaken + left, nowOf(place));
    }
  } catch (error) {
    // Answered or given up at this very moment: there is nothing to chase.
    if (!(error instanceof Conflict)) throw error;
  }
};

const messagesOf = async (
  place: Workplace,
  partnership: Partnership,
  { what, text, at }: Correction,
  request: Request,
): Promise<readonly Message[]> => {
  const who = await place.directory.person(request.person);
  if (who === undefined) return [];
  const { body } = request.subject;
  const bodyName = await bodyTitle(place, partnership, body);
  const { name, email } = partnership.contact;
  const contact = {
    who: { id: 'contact', name, email, organisation: partnership.name },
    because: 'you are the contact of the partnership',
  };
  const on = calendarOf(partnership).dateOf(nowOf(place));
  const coordinators = await withRole(place, body, bodyName, 'co-ordinator', on);
  const told = { about: request.id, occurrence: `${what} ${at}`, bodyName, what, text };
  const chased = !endsChasing(what);
  return [
    ...[contact, ...coordinators]
      .filter((reader) => reader.who.id !== who.id)
      .map((reader): Message => ({
        ...told,
        kind: 'correction',
        to: reader.who,
        because: reader.because,
        who,
        chased,
      })),
    // Whoever has the link can say it: the person is the one to object.
    {
      ...told,
      kind: 'correction-noticed',
      to: who,
      because: 'somebody told us something about you by the link in an email to you',
      chased,
    },
  ];
};

/** Tells of a correction that waits to be told, and chases nobody any longer whom the request is not for. */
export const tellCorrection = async (
  place: Workplace,
  partnership: Partnership,
  waiting: Waiting,
  correction: Correction,
): Promise<void> => {
  const request = await place.requests.get(correction.request);
  if (request !== undefined) {
    await place.postFor(partnership).send(await messagesOf(place, partnership, correction, request));
    if (endsChasing(correction.what)) await stopChasing(place, partnership, request);
  }
  await place.waiting.stop(waiting);
};
