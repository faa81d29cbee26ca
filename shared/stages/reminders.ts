/** What a person is told of requests that are still open: a reminder of one, or the weekly digest of several. */
import type { ChasedRequest, DigestRule } from '../domain/digest.ts';
import { digestOf, firstDigest, reminderGoes } from '../domain/digest.ts';
import type { Partnership, Person } from '../domain/partnership.ts';
import type { OpenRequest, Request } from '../domain/request.ts';
import type { FollowUpStep } from '../domain/timetable.ts';
import { followUpSteps } from '../domain/timetable.ts';
import type { DigestItem, Message } from '../mail/messages.ts';
import { Conflict } from '../store/cycles/deed.ts';
import type { Waiting } from '../store/cycles/waiting-store.ts';
import { andList } from '../templates/filters.ts';
import type { Instant } from '../time/calendar.ts';
import { addDays, addSeconds } from '../time/calendar.ts';
import { bodyTitle, escalatedTo } from './people.ts';
import type { AnswerDesk, Workplace } from './workplace.ts';
import { calendarOf, nowOf } from './workplace.ts';

/** All steps of a request, taken or not. */
const stepsOf = (partnership: Partnership, request: Request): readonly FollowUpStep[] =>
  followUpSteps(
    request,
    partnership.requests[request.kind],
    partnership.timetable.sendingTime,
    calendarOf(partnership),
  );

/** The steps that are left of a request. */
export const stepsLeft = (partnership: Partnership, request: Request): readonly FollowUpStep[] =>
  stepsOf(partnership, request).slice(request.stepsTaken);

/** What a request is about, where its kind does not say it all. */
export const detailOf = async (desk: AnswerDesk, { subject }: Request): Promise<string> =>
  subject.action === undefined
    ? ''
    : ((await desk.actions.get(subject.body, subject.action))?.description ?? '');

const itemOf = async (place: Workplace, partnership: Partnership, request: Request): Promise<DigestItem> => ({
  requestKind: request.kind,
  bodyName: await bodyTitle(place, partnership, request.subject.body),
  detail: await detailOf(place, request),
  dueAt: request.dueAt,
  overdue: nowOf(place) > request.dueAt,
  link: await place.links.toRequest(request),
});

/** Whom the next escalation of a request tells, and when; null where nobody is left to be told. */
const nextEscalation = async (
  place: Workplace,
  partnership: Partnership,
  request: Request,
): Promise<{ readonly at: Instant; readonly whom: string } | null> => {
  const now = nowOf(place);
  for (const step of stepsLeft(partnership, request)) {
    if (step.do !== 'escalate' || step.at <= now) continue;
    const on = calendarOf(partnership).dateOf(step.at);
    const told = await escalatedTo(place, partnership, step.to, request.subject.body, request.person, on);
    if (told.length > 0) return { at: step.at, whom: andList(told.map(({ who }) => who.name)) };
  }
  return null;
};

/** The reminder of a request by itself, to the person who was asked. */
export const reminder = async (
  place: Workplace,
  partnership: Partnership,
  request: Request,
  who: Person,
  occurrence: string,
): Promise<Message> => ({
  kind: 'reminder',
  to: who,
  about: request.id,
  occurrence,
  because: 'you were asked and have not answered yet',
  ...(await itemOf(place, partnership, request)),
  number: (request.reminded?.times ?? 0) + 1,
  next: await nextEscalation(place, partnership, request),
  expiresAt: request.expiresAt,
});

/** What is noted of a request when its reminder has gone by itself. */
export const remindedNow = (
  request: Request,
  now: Instant,
): Pick<OpenRequest, 'reminded' | 'waitsForDigest'> => ({
  reminded: { times: (request.reminded?.times ?? 0) + 1, at: now },
  waitsForDigest: false,
});

const digestRuleOf = (partnership: Partnership): DigestRule | null =>
  partnership.digest === undefined || partnership.digest === 'off'
    ? null
    : {
        day: partnership.digest,
        sendingTime: partnership.timetable.sendingTime,
        calendar: calendarOf(partnership),
      };

/** Cycles older than this hold no request that is still open: an action is due within the year after its meeting. */
const daysLookedBack = 400;

/** The open requests of a person, the newest cycle first. */
export const openRequestsTo = async (desk: AnswerDesk, person: string): Promise<readonly OpenRequest[]> => {
  const oldest = addDays(nowOf(desk).slice(0, 10), -daysLookedBack);
  const open: OpenRequest[] = [];
  for await (const request of desk.requests.to(person)) {
    if (request.cycle < oldest) break;
    if (request.state === 'open') open.push(request);
  }
  return open;
};

/** The open requests of a person that are chased; invitations are followed up by their meeting. */
const chasedRequestsTo = async (
  place: Workplace,
  partnership: Partnership,
  person: string,
): Promise<readonly { readonly request: OpenRequest; readonly chased: ChasedRequest }[]> =>
  (await openRequestsTo(place, person))
    .filter(({ kind }) => kind !== 'attendance')
    .map((request) => ({ request, chased: { ...request, steps: stepsOf(partnership, request) } }));

/** Name under which a person's digest is registered. */
const digestWait = (person: string): string => `digest/${person}`;

/** The person whose digest a registration is for, or null when it is for something else. */
export const digestPersonOf = ({ name }: Waiting): string | null =>
  name.startsWith(digestWait('')) ? name.slice(digestWait('').length) : null;

/**
 * What becomes of a request's reminder. One that waits has its digest registered with the sweep before that is noted
 * on the request, so that it cannot be lost.
 */
export const sortReminder = async (
  place: Workplace,
  partnership: Partnership,
  request: Request,
  step: FollowUpStep,
): Promise<'alone' | 'waits' | 'told'> => {
  const rule = digestRuleOf(partnership);
  if (rule === null) return 'alone';
  const chased = await chasedRequestsTo(place, partnership, request.person);
  const goes = reminderGoes(
    { ...request, steps: stepsOf(partnership, request) },
    chased.length,
    step.at,
    rule,
  );
  if (goes === 'waits')
    await place.waiting.register({
      name: digestWait(request.person),
      kind: 'follow-up',
      at: firstDigest(step.at, rule),
      token: '',
    });
  return goes;
};

/** Notes what a person was told of a request, unless it was answered at this very moment. */
const note = async (
  place: Workplace,
  request: OpenRequest,
  told: Pick<OpenRequest, 'reminded' | 'digestedAt' | 'waitsForDigest'>,
): Promise<void> => {
  try {
    await place.requests.recordSteps(request, request.stepsTaken, nowOf(place), told);
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
  }
};

/** Sends a person's digest, or the one reminder that is left to send. A second run finds nothing that waits. */
export const sendDigest = async (
  place: Workplace,
  partnership: Partnership,
  person: string,
): Promise<void> => {
  const who = await place.directory.person(person);
  if (who === undefined) return;
  const now = nowOf(place);
  const rule = digestRuleOf(partnership);
  const open = await chasedRequestsTo(place, partnership, person);
  const entries = open.map(({ request, chased }) => ({ ...chased, request }));
  // A digest that was switched off in between: what waited for it goes by itself.
  const { digest, alone } =
    rule === null
      ? { digest: [], alone: entries.filter(({ waitsForDigest }) => waitsForDigest === true) }
      : digestOf(entries, now, rule);
  const post = place.postFor(partnership);
  if (alone.length > 0) {
    await post.send(
      await Promise.all(
        alone.map(({ request }) => reminder(place, partnership, request, who, `digest-${now.slice(0, 10)}`)),
      ),
    );
    for (const { request } of alone) await note(place, request, remindedNow(request, now));
  }
  const soonest = digest.map(({ request }) => request).sort(byDueDate);
  const [first] = soonest;
  if (first === undefined) return;
  await post.send([
    {
      kind: 'digest',
      to: who,
      about: first.id,
      occurrence: now.slice(0, 10),
      because: `you were asked for ${String(soonest.length)} things and have not answered yet`,
      items: await Promise.all(soonest.map((request) => itemOf(place, partnership, request))),
      ownLink: await place.links.toProgress({ of: 'person' }, await place.cycles.known(first.cycle), person),
    },
  ]);
  for (const request of soonest) await note(place, request, { digestedAt: now, waitsForDigest: false });
};

const byDueDate = (one: Request, other: Request): number =>
  one.dueAt === other.dueAt ? (one.id < other.id ? -1 : 1) : one.dueAt < other.dueAt ? -1 : 1;

/** How long a new link to a document opens it. */
const newLinkSeconds = 14 * 86_400;

/**
 * Sends a person the links to all that is open for them, or a new one to a document, to the address on record, because
 * somebody asked for it.
 */
export const sendOpenLinks = async (
  place: Workplace,
  partnership: Partnership,
  waiting: Waiting,
  person: string,
): Promise<void> => {
  const who = await place.directory.person(person);
  if (who !== undefined) {
    const { document } = waiting;
    const open = document === undefined ? [...(await openRequestsTo(place, person))].sort(byDueDate) : [];
    const until = addSeconds(nowOf(place), newLinkSeconds);
    await place.postFor(partnership).send([
      {
        kind: 'open-links',
        to: who,
        about: document?.key ?? person,
        // However often it is asked for, once a day.
        occurrence: waiting.at.slice(0, 10),
        because: 'somebody asked for it by the link in an earlier email to you',
        items: await Promise.all(open.map((request) => itemOf(place, partnership, request))),
        document:
          document === undefined
            ? null
            : { name: document.fileName, link: await place.links.toDocument(document, person, until), until },
      },
    ]);
  }
  await place.waiting.stop(waiting);
};
