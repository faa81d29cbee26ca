import type { Request, RequestKind } from '../../shared/domain/request.ts';
import { acceptsAnswer } from '../../shared/domain/request.ts';
import { calendarOf } from '../../shared/stages/workplace.ts';
import type { Instant, WorkingCalendar } from '../../shared/time/calendar.ts';
import { addDays, addSeconds, toInstant } from '../../shared/time/calendar.ts';
import { tokenHash } from '../../shared/web-links/link-maker.ts';
import type { RawEmail, SentEmail } from '../outbox.ts';
import type { World } from '../world.ts';
import { answerBy, errorsOf } from './answers.ts';
import { Browser } from './browser.ts';
import { letterOf, plainTextOf, replyBy, withoutTheRest } from './letters.ts';
import type { ReceivedLetter } from './letters.ts';
import type { Random } from './random.ts';
import { randomOf } from './random.ts';

/** How simulated people behave: everyone in time, nobody at all, or a mix that a seed decides. */
export type Manner = 'all' | 'none' | { readonly seed: string };

/** What a person does about a request; decided once, at the first email about it. */
type Intent = 'in time' | 'late' | 'after the deadline' | 'never';

/** How many of a hundred people in the seeded mix do what. */
const mix: readonly (readonly [Intent, number])[] = [
  ['in time', 0.74],
  ['late', 0.14],
  ['after the deadline', 0.04],
  ['never', 0.08],
];

/** What an email asks of its person: the token of its link, and what an answer to it needs. */
const askedIn = (
  email: SentEmail,
  raw: Uint8Array | undefined,
): { readonly token: string; readonly letter: ReceivedLetter } | undefined => {
  if (raw === undefined) return undefined;
  const token = linkPattern.exec(plainTextOf(raw))?.[1];
  return token === undefined ? undefined : { token: withoutTheRest(token), letter: letterOf(email, raw) };
};

const linkPattern = /\/answer\/([\w-]{43})/;

const intentOf = (random: Random): Intent => {
  let draw = random.next();
  for (const [intent, share] of mix) {
    if (draw < share) return intent;
    draw -= share;
  }
  return 'never';
};

/** How long an email lies before it is read. */
const untilReadInMilliseconds = 60_000;

/** Simulated people: each reads the email that came, and answers, or does not, through the link in it. */
export class Members {
  readonly #manner: Manner;
  readonly #decided = new Set<string>();
  #world: World | undefined;
  #origin = '';
  /** How often somebody came too late to be heard. */
  tooLate = 0;

  constructor(manner: Manner) {
    this.#manner = manner;
  }

  /** Moves into a world. */
  enter(world: World, origin: string): void {
    this.#world = world;
    this.#origin = origin;
  }

  /** An email came: its person reads it, and decides what to do about what it asks, if anything. */
  read(email: SentEmail, raw: RawEmail): void {
    if (this.#manner === 'none' || this.#world === undefined) return;
    const { clock } = this.#world;
    // What is needed of it is taken at once: until it is read its bytes would be in the way.
    const asked = raw instanceof Promise ? raw.then((bytes) => askedIn(email, bytes)) : askedIn(email, raw);
    clock.schedule(
      clock.epochMs + untilReadInMilliseconds,
      `${email.person} reads ${email.kind}`,
      async () => {
        const { token, letter } = (await asked) ?? {};
        if (token === undefined || letter === undefined || this.#decided.has(token)) return;
        this.#decided.add(token);
        await this.#decide(token, letter);
      },
    );
  }

  async #decide(token: string, letter: ReceivedLetter): Promise<void> {
    const world = this.#world;
    if (world === undefined) return;
    const link = await world.links.find(tokenHash(token));
    if (link?.target.to !== 'request') return;
    const request = await world.place.requests.get(link.target.request);
    if (request?.state !== 'open') return;
    const smooth = this.#manner === 'all';
    const random = randomOf(`${typeof this.#manner === 'object' ? this.#manner.seed : 'all'} ${request.id}`);
    const intent = smooth ? 'in time' : intentOf(random);
    const chosen = momentOf(intent, request, random, toInstant(world.clock.now()));
    if (chosen === undefined) return;
    const at =
      intent === 'after the deadline' ? chosen : atWork(chosen, request, calendarOf(world.partnership));
    world.clock.schedule(at, `${request.person} answers ${request.kind}`, async () =>
      this.#answer(request.kind, token, request.id, random, smooth, letter),
    );
  }

  async #answer(
    kind: RequestKind,
    token: string,
    id: string,
    random: Random,
    smooth: boolean,
    letter: ReceivedLetter,
  ): Promise<void> {
    const world = this.#world;
    if (world === undefined) return;
    const request = await world.place.requests.get(id);
    if (request === undefined) return;
    const now = toInstant(world.clock.now());
    const reply = replyBy(request, letter, { random, smooth, now });
    if (reply !== undefined) {
      const received = await world.receive(reply.raw, reply.to);
      if (received === 'closed') this.tooLate += 1;
      // Who answered an invitation that has been replaced gets another.
      else if (received !== 'recorded' && received !== 'passed-over')
        throw new Error(`${request.person} replied about ${request.id}, and it was ${received}`);
      return;
    }
    const accepted = acceptsAnswer(request, now);
    const calendar = calendarOf(world.partnership);
    const page = await answerBy[kind]({
      browser: new Browser((event) => world.visit(event), this.#origin),
      address: `/answer/${token}`,
      random,
      cycle: await world.place.cycles.known(request.cycle),
      today: calendar.dateOf(now),
      calendar,
      smooth,
      code: () => world.codeOf(request.person),
    });
    if (page.status === 410) this.tooLate += 1;
    else if (page.status !== 200)
      throw new Error(
        `${request.person} could not answer ${request.id} (${accepted ? 'in time' : 'too late'}): ${errorsOf(page)}`,
      );
  }
}

const firstHour = 8;
const lastHour = 18;

/** People answer on working days between 8am and 6pm, as far as the deadline that they have in mind lets them. */
const atWork = (epochMs: number, request: Request, calendar: WorkingCalendar): number => {
  const at = toInstantOf(epochMs);
  const [date, hour] = [calendar.dateOf(at), Number(calendar.timeOf(at).slice(0, 2))];
  if (calendar.isWorkingDay(date) && hour >= firstHour && hour < lastHour) return epochMs;
  const day = calendar.addWorkingDays(hour >= lastHour ? addDays(date, 1) : date, 0);
  const morning = Date.parse(calendar.at(day, '08:00')) + (epochMs % 7_200_000);
  const deadline = Date.parse(at <= request.dueAt ? request.dueAt : request.expiresAt);
  return morning < deadline ? morning : epochMs;
};

const toInstantOf = (epochMs: number): Instant =>
  addSeconds('1970-01-01T00:00:00Z', Math.floor(epochMs / 1000));

/** When a person acts, in epoch milliseconds; undefined for never. */
const momentOf = (intent: Intent, request: Request, random: Random, now: Instant): number | undefined => {
  const within = (from: Instant, to: Instant): number => {
    const [start, end] = [Math.max(Date.parse(from), Date.parse(now)), Date.parse(to)];
    const span = Math.max(0, end - start);
    return start + Math.floor((span * (0.02 + 0.9 * random.next())) / 60_000) * 60_000;
  };
  switch (intent) {
    case 'in time':
      return within(now, request.dueAt);
    case 'late':
      return within(request.dueAt, request.expiresAt);
    case 'after the deadline':
      return Date.parse(request.expiresAt) + random.between(2, 72) * 3_600_000;
    case 'never':
      return undefined;
  }
};
