/** What somebody does about requests on a progress page: chases them, or gives them to somebody else. */
import type { Partnership } from '../domain/partnership.ts';
import { canBeHandedOver } from '../domain/progress.ts';
import type { OpenRequest, Request } from '../domain/request.ts';
import { Conflict } from '../store/cycles/deed.ts';
import type { Waiting } from '../store/cycles/waiting-store.ts';
import { NotAccepted, requestWait } from './answers.ts';
import type { PersonInBody } from './people.ts';
import { membersOf, onePerPerson } from './people.ts';
import type { AnswerDesk } from './workplace.ts';
import { calendarOf, nowOf } from './workplace.ts';

/**
 * Has a request looked at now: its machine is woken as if its time had come; where no machine waits, the next sweep
 * does it. What is to be done is stored in the request, and the sweep finds a machine that could not be woken.
 */
const lookNow = async (desk: AnswerDesk, request: Request): Promise<void> => {
  const name = requestWait(request.id);
  const at = nowOf(desk);
  const waiting = await desk.waiting.get(name);
  if (waiting === undefined) return desk.waiting.register({ name, kind: 'follow-up', at, token: '' });
  await desk.waiting.bringForward(waiting, at);
  if (waiting.kind !== 'machine') return;
  try {
    // Where no machine waits any longer, the sweep takes the request over.
    if (await desk.machines.wake(waiting.token, 'time-came')) await desk.waiting.stop({ ...waiting, at });
  } catch (error) {
    desk.notTold(error);
  }
};

/** Whether a request's person may be chased by hand: it is open, and they have not been written to about it today. */
export const canBeChased = (
  desk: Pick<AnswerDesk, 'clock'>,
  partnership: Partnership,
  request: Request,
): request is OpenRequest => {
  const calendar = calendarOf(partnership);
  const today = calendar.dateOf(nowOf(desk));
  return (
    request.state === 'open' &&
    [
      request.openedAt,
      request.chased?.at,
      request.reminded?.at,
      request.digestedAt,
      request.handedOver?.at,
    ].every((at) => at === undefined || calendar.dateOf(at) < today)
  );
};

/**
 * Has the people of some requests reminded, each by their own link and once a day at most.
 * @param by the person who wants it
 * @returns how many are reminded now
 */
export const chase = async (
  desk: AnswerDesk,
  partnership: Partnership,
  requests: readonly Request[],
  by: string,
): Promise<number> => {
  let chased = 0;
  for (const request of requests) {
    if (!canBeChased(desk, partnership, request)) continue;
    try {
      await lookNow(desk, await desk.requests.chase(request, { by, at: nowOf(desk) }));
      chased += 1;
    } catch (error) {
      // Answered, or chased by somebody else, at this very moment.
      if (!(error instanceof Conflict)) throw error;
    }
  }
  return chased;
};

/** Groups whose requests are read together. */
const groupsAtOnce = 24;

/** The bodies of which there is one, and which are asked for something in a cycle. */
export const bodiesOf = ({ board, chairsGroup }: Partnership): readonly string[] => [board, chairsGroup];

/**
 * Chases in all of a cycle whoever has not answered requests of some kinds. For many LCPGs it takes longer than a page may
 * wait, so it is an errand.
 */
export const chaseAll = async (
  desk: AnswerDesk,
  partnership: Partnership,
  waiting: Waiting,
  { cycle, kinds, by }: NonNullable<Waiting['chase']>,
): Promise<void> => {
  const bodies = [...bodiesOf(partnership), ...(await desk.directory.groups()).map(({ id }) => id)];
  for (let at = 0; at < bodies.length; at += groupsAtOnce) {
    const page = bodies.slice(at, at + groupsAtOnce);
    const asked = (await Promise.all(page.map((body) => desk.requests.about(cycle, body)))).flat();
    await chase(
      desk,
      partnership,
      asked.filter(({ kind }) => kinds.includes(kind)),
      by,
    );
  }
  await desk.waiting.stop(waiting);
};

/**
 * Whom a request can be given to: the people of its body, whatever their role, but for the one who has it, and for a
 * signature but for whoever handed the return in: nobody signs what they wrote because they gave it to themselves.
 */
export const possibleHolders = async (
  desk: AnswerDesk,
  partnership: Partnership,
  request: Request,
): Promise<readonly PersonInBody[]> => {
  const on = calendarOf(partnership).dateOf(nowOf(desk));
  const given =
    request.kind === 'return-signoff'
      ? await desk.returns.of(request.cycle, request.subject.body)
      : undefined;
  const author = given !== undefined && 'submittedBy' in given ? given.submittedBy : undefined;
  return onePerPerson(await membersOf(desk, partnership, request.subject.body, on)).filter(
    ({ who }) => who.id !== request.person && who.id !== author,
  );
};

/**
 * Gives an open request to somebody else of its body, who is asked by an email of their own; the link of the person
 * before opens it no longer.
 * @param by the person who decides it
 * @throws {NotAccepted} when it is not open, or the person does not belong to its body
 * @throws {Conflict}
 */
export const handOver = async (
  desk: AnswerDesk,
  partnership: Partnership,
  request: Request,
  to: string,
  by: string,
): Promise<void> => {
  const holders = await possibleHolders(desk, partnership, request);
  if (!canBeHandedOver(request) || !holders.some(({ who }) => who.id === to))
    throw new NotAccepted(`request ${request.id} cannot be given to '${to}'`);
  await lookNow(desk, await desk.requests.handOver(request, to, { by, at: nowOf(desk) }));
};
