/** What the pages of a served rehearsal show: from its session to the context of a template. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import PostalMime from 'postal-mime';

import type { Person } from '../../shared/domain/partnership.ts';
import type { ProgressScope } from '../../shared/domain/progress.ts';
import type { Request } from '../../shared/domain/request.ts';
import { isLate, requestKinds } from '../../shared/domain/request.ts';
import { cycleDocuments } from '../../shared/stages/document-keys.ts';
import { bodyTitle } from '../../shared/stages/people.ts';
import { maySee } from '../../shared/stages/progress.ts';
import { calendarOf } from '../../shared/stages/workplace.ts';
import { plural } from '../../shared/templates/filters.ts';
import { toInstant } from '../../shared/time/calendar.ts';
import { publishedAs } from '../documents.ts';
import type { SentEmail } from '../outbox.ts';
import { comingUp } from './coming.ts';
import { type DocumentFile, documentList } from './document-list.ts';
import type { PlacedEmail } from './emails.ts';
import { placedEmails } from './emails.ts';
import type { Session } from './session.ts';
import { readStory, stepNames, steps } from './story.ts';
import { emailKindName, requestWords, stageName, stages } from './words.ts';

/** Most lines of a list; beyond them a page says that there are more. */
const most = { requests: 300, people: 250, emails: 500, coming: 8, ofAKind: 3 } as const;

/** What was asked for in the address of a page. */
export type Query = Readonly<Record<'kind' | 'state' | 'body' | 'cycle' | 'q' | 'note', string>>;

/** What every page shows. */
const frame = ({ world, turn, failures }: Session) => ({
  partnership: world.partnership,
  zone: world.partnership.zone,
  now: toInstant(world.clock.now()),
  turn,
  failures,
});

const bodiesOf = async ({ world }: Session): Promise<readonly { id: string; name: string }[]> => {
  const { partnership, place } = world;
  return [
    { id: partnership.board, name: partnership.boardName.short },
    { id: partnership.chairsGroup, name: 'Chairs Group' },
    ...(await place.directory.groups()),
  ];
};

/** Every request of a cycle. */
const requestsOf = async (session: Session, cycle: string): Promise<readonly Request[]> => {
  const bodies = await bodiesOf(session);
  return (await Promise.all(bodies.map(({ id }) => session.world.place.requests.about(cycle, id)))).flat();
};

const cyclesOf = async ({ world }: Session): Promise<readonly string[]> => {
  const cycles: string[] = [];
  for await (const { id } of world.place.cycles.all()) cycles.push(id);
  return cycles;
};

const peopleOf = async ({ world }: Session, ids: readonly string[]): Promise<ReadonlyMap<string, Person>> =>
  new Map((await world.place.directory.people([...new Set(ids)])).map((person) => [person.id, person]));

const stateWords = {
  open: 'open',
  expired: 'no answer',
  answered: 'answered',
  late: 'answered late',
  withdrawn: 'withdrawn',
} as const;
type StateWord = keyof typeof stateWords;
const requestStates = Object.keys(stateWords) as readonly StateWord[];

const stateOf = (request: Request): StateWord =>
  request.state === 'answered' && isLate(request) ? 'late' : request.state;

/** Number of the last email that carries the link of a request, by what the request is about. */
const lastEmails = (emails: readonly PlacedEmail[]): ((request: Request) => number) => {
  const numbers = new Map<string, number>();
  for (const { email, subject } of emails) {
    const about =
      email.kind === 'invitation'
        ? `${subject.cycle} ${subject.body}`
        : email.kind === 'action-assigned'
          ? subject.about
          : subject.request;
    if (about !== '') numbers.set(`${about} ${email.person}`, email.number);
  }
  return ({ id, cycle, kind, person, subject }) => {
    const first = kind === 'attendance' ? `${cycle} ${subject.body}` : (subject.action ?? id);
    return numbers.get(`${id} ${person}`) ?? numbers.get(`${first} ${person}`) ?? 0;
  };
};

/** Requests as lines of a table. */
const requestLines = async (
  session: Session,
  requests: readonly Request[],
  emails: readonly PlacedEmail[],
) => {
  const people = await peopleOf(
    session,
    requests.map(({ person }) => person),
  );
  const bodies = new Map((await bodiesOf(session)).map(({ id, name }) => [id, name]));
  const now = toInstant(session.world.clock.now());
  const lastEmail = lastEmails(emails);
  return requests.map((request) => ({
    kind: requestWords[request.kind].name,
    person: request.person,
    name: people.get(request.person)?.name ?? request.person,
    body: bodies.get(request.subject.body) ?? request.subject.body,
    dueAt: request.dueAt,
    state: stateWords[stateOf(request)],
    isOpen: request.state === 'open',
    overdue: request.state === 'open' && request.dueAt < now,
    answeredAt: request.state === 'answered' ? request.answeredAt : '',
    chased:
      request.stepsTaken === 0
        ? ''
        : request.stepsTaken === 1
          ? 'once'
          : `${String(request.stepsTaken)} times`,
    email: lastEmail(request),
  }));
};

const notes: Readonly<Record<string, string>> = {
  stale:
    'Nothing was done: time has moved since that page was drawn, by another press or in another tab. This is how things stand now.',
};

/** The emails of the last move, by kind. */
const sentSince = ({ world, last }: Session) => {
  if (last === undefined) return [];
  const sent = world.outbox.sent.slice(last.emailsBefore).filter(({ sentAt }) => sentAt <= last.to);
  return [...Map.groupBy(sent, ({ kind }) => kind)].map(([kind, alike]) => ({
    text: `${plural(alike.length, emailKindName(kind), emailKindName(kind, 2))} sent`,
    emails: alike.slice(0, most.ofAKind),
    more: Math.max(0, alike.length - most.ofAKind),
  }));
};

/** The requests of a cycle that a query asks for: what is open first, then by due date. */
const wantedRequests = async (session: Session, cycle: string, query: Query): Promise<readonly Request[]> => {
  const requests = await requestsOf(session, cycle);
  const text = query.q.trim().toLowerCase();
  const people = await peopleOf(session, text === '' ? [] : requests.map(({ person }) => person));
  return requests
    .filter(
      (request) =>
        (query.kind === '' || request.kind === query.kind) &&
        (query.state === '' || stateOf(request) === query.state || request.state === query.state) &&
        (query.body === '' || request.subject.body === query.body) &&
        (text === '' || (people.get(request.person)?.name.toLowerCase().includes(text) ?? false)),
    )
    .sort(
      (one, other) =>
        requestStates.indexOf(stateOf(one)) - requestStates.indexOf(stateOf(other)) ||
        (one.dueAt < other.dueAt ? -1 : one.dueAt > other.dueAt ? 1 : 0),
    );
};

/** The first page: the time, where everybody stands, what comes next, and every request. */
export const homeView = async (session: Session, query: Query) => {
  const { world } = session;
  const board = world.partnership.boardName.short;
  const emails = placedEmails(world);
  const cycles = await cyclesOf(session);
  const chosen = cycles.includes(query.cycle) ? query.cycle : (cycles[0] ?? '');
  const story = chosen === '' ? null : await readStory(world, chosen, emails);
  const wanted = chosen === '' ? [] : await wantedRequests(session, chosen, query);
  const current =
    story === null ? -1 : story.stage === 'closed' ? stages.length : stages.indexOf(story.stage);
  return {
    ...frame(session),
    at: 'home',
    note: notes[query.note] ?? '',
    moved: session.last ?? null,
    happened: sentSince(session),
    cycles,
    chosen,
    story,
    stepNames: steps.map((id) => ({ id, title: stepNames[id] })),
    line: stages.map((stage, index) => ({
      name: stageName(stage, board),
      state: index < current ? 'past' : index === current ? 'now' : 'to come',
    })),
    coming: await comingUp(world, most.coming),
    query,
    kinds: requestKinds.map((id) => ({ id, name: requestWords[id].name })),
    states: requestStates.map((id) => ({ id, name: stateWords[id] })),
    bodies: await bodiesOf(session),
    requestCount: wanted.length,
    more: Math.max(0, wanted.length - most.requests),
    requests: await requestLines(session, wanted.slice(0, most.requests), emails),
  };
};

/** Everybody's mailbox. */
export const peopleView = async (session: Session, query: Query) => {
  const emails = new Map<string, number>();
  for (const { person } of session.world.outbox.sent) emails.set(person, (emails.get(person) ?? 0) + 1);
  const open = new Map<string, number>();
  for (const cycle of await cyclesOf(session))
    for (const { state, person } of await requestsOf(session, cycle))
      if (state === 'open') open.set(person, (open.get(person) ?? 0) + 1);
  const text = query.q.trim().toLowerCase();
  const people = [...(await peopleOf(session, [...emails.keys(), ...open.keys()])).values()]
    .filter(({ name, organisation }) => text === '' || `${name} ${organisation}`.toLowerCase().includes(text))
    .map(({ id, name, organisation }) => ({
      id,
      name,
      organisation,
      emails: emails.get(id) ?? 0,
      open: open.get(id) ?? 0,
    }))
    .sort(
      (one, other) => other.open - one.open || other.emails - one.emails || (one.name < other.name ? -1 : 1),
    );
  return {
    ...frame(session),
    at: 'people',
    query,
    count: people.length,
    more: Math.max(0, people.length - most.people),
    people: people.slice(0, most.people),
  };
};

/** The progress pages of a person in the newest cycle: those that emails lead to, too. */
const progressPages = async (
  session: Session,
  person: string,
): Promise<readonly { readonly name: string; readonly address: string }[]> => {
  const { place, partnership, clock } = session.world;
  const [cycleId] = await cyclesOf(session);
  const cycle = cycleId === undefined ? undefined : await place.cycles.get(cycleId);
  if (cycle === undefined) return [];
  const on = calendarOf(partnership).dateOf(toInstant(clock.now()));
  const held = (
    await Promise.all((['co-ordinator', 'chair'] as const).map((role) => place.directory.holders(role, on)))
  )
    .flat()
    .filter((member) => member.person === person);
  const scopes: readonly ProgressScope[] = [
    { of: 'partnership' },
    ...[...new Set(held.map(({ body }) => body))].map((group) => ({ of: 'group', group }) as const),
    { of: 'person' },
  ];
  const pages: { name: string; address: string }[] = [];
  for (const scope of scopes) {
    if (!(await maySee(place, partnership, scope, person))) continue;
    const name =
      scope.of === 'partnership'
        ? 'How the cycle stands'
        : scope.of === 'group'
          ? `How ${await bodyTitle(place, partnership, scope.group)} stands`
          : 'What they are asked';
    pages.push({ name, address: new URL(await place.links.toProgress(scope, cycle, person)).pathname });
  }
  return pages;
};

/** One person's mailbox; undefined when there is no such person. */
export const mailboxView = async (session: Session, id: string) => {
  const { world } = session;
  const emails = placedEmails(world).filter(({ email }) => email.person === id);
  // Substitutes are none of the partnership's people, and get emails all the same.
  const [first] = emails;
  const person =
    (await world.place.directory.person(id)) ??
    (first === undefined ? undefined : { id, name: first.email.to, email: first.email.to, organisation: '' });
  if (person === undefined) return undefined;
  const open: Request[] = [];
  for await (const request of world.place.requests.to(id)) if (request.state === 'open') open.push(request);
  return {
    ...frame(session),
    at: 'people',
    person,
    open: await requestLines(session, open, emails),
    progressPages: await progressPages(session, id),
    more: Math.max(0, emails.length - most.emails),
    emails: emails
      .map(({ email }) => email)
      .reverse()
      .slice(0, most.emails),
  };
};

/** An email by its number. */
export const emailByNumber = ({ world }: Session, number: string): SentEmail | undefined =>
  /^\d{1,9}$/.test(number) ? world.outbox.sent[Number(number) - 1] : undefined;

/** The bytes of an email. */
export const rawEmail = (out: string, { file }: SentEmail): Buffer => readFileSync(join(out, 'emails', file));

/** An email as a mail program shows it: read back from what was sent. */
export const readEmail = async (out: string, email: SentEmail) => {
  const { html = '', text = '', from, attachments } = await PostalMime.parse(rawEmail(out, email));
  return {
    html,
    text,
    from: from?.name ?? '',
    fromAddress: from?.address ?? '',
    hasCalendar: attachments.some(
      ({ mimeType }) => mimeType === 'text/calendar' || mimeType === 'application/ics',
    ),
  };
};

export const emailView = async (session: Session, out: string, email: SentEmail) => ({
  ...frame(session),
  at: 'people',
  email,
  letter: await readEmail(out, email),
  name: (await session.world.place.directory.person(email.person))?.name ?? email.to,
});

/** The documents so far: what was published, and the minutes that were handed in. */
export const documentsView = async (session: Session) => {
  const { documents, partnership, place } = session.world;
  const files: DocumentFile[] = [];
  const minutes: { cycle: string; keyMessages: readonly string[] }[] = [];
  const list = async (cycle: string, path: string, key: string, name: string): Promise<void> => {
    const { pathname, search } = new URL(await documents.temporaryAddress(key, name));
    files.push({ cycle, path, address: `${pathname}${search}` });
  };
  for (const cycle of await cyclesOf(session)) {
    const handedIn = await place.minutes.of(cycle);
    if (handedIn !== undefined) minutes.push({ cycle, keyMessages: handedIn.keyMessages });
    if (handedIn !== undefined && handedIn.document !== null) {
      const { key, fileName } = handedIn.document;
      await list(cycle, `minutes-${fileName}`, key, fileName);
    }
    const start = cycleDocuments(partnership.id, cycle);
    for (const key of documents.keys) {
      const path = key.startsWith(start) ? key.slice(start.length) : '';
      if (publishedAs(path) !== undefined) await list(cycle, path, key, path.replaceAll('/', '-'));
    }
  }
  const groupNames = new Map((await place.directory.groups()).map(({ id, name }) => [id, name]));
  return {
    ...frame(session),
    at: 'documents',
    minutes,
    kinds: documentList(files, (id) => groupNames.get(id) ?? id),
  };
};

/** A plain page that says one thing. */
export const saidView = (session: Session, title: string, text: string) => ({
  ...frame(session),
  at: '',
  title,
  text,
});
