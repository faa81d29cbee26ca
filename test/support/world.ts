import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { onTestFinished } from 'vitest';

import type { EngineEvent } from '../../rehearsal/engine/engine.ts';
import { answerBy, errorsOf, withCode } from '../../rehearsal/members/answers.ts';
import type { Page } from '../../rehearsal/members/browser.ts';
import { Browser } from '../../rehearsal/members/browser.ts';
import { randomOf } from '../../rehearsal/members/random.ts';
import type { SentEmail } from '../../rehearsal/outbox.ts';
import { rehearsalOrigin, startOf } from '../../rehearsal/play.ts';
import type { World, WorldSettings } from '../../rehearsal/world.ts';
import { createWorld } from '../../rehearsal/world.ts';
import type { WakeReason } from '../../shared/contracts/machines.ts';
import type { AuditEntry } from '../../shared/domain/audit.ts';
import type { Meeting } from '../../shared/domain/cycle.ts';
import type {
  Group,
  ListedMeeting,
  Membership,
  PartnershipFolder,
  Person,
  Role,
} from '../../shared/domain/partnership.ts';
import type { Request, RequestKind } from '../../shared/domain/request.ts';
import type { GroupReturn } from '../../shared/domain/return.ts';
import { calendarOf } from '../../shared/stages/workplace.ts';
import type { Instant } from '../../shared/time/calendar.ts';
import { addSeconds, toInstant } from '../../shared/time/calendar.ts';
import { tokenHash } from '../../shared/web-links/link-maker.ts';
import { people, smallFolder } from './small-partnership.ts';

const person = (id: string, name: string): Person => ({
  id,
  name,
  organisation: `${name} Ltd`,
  email: `${id}@example.org`,
});

/** The people of the played partnership who are not in the small one. */
export const extras = {
  deputy: person('della', 'Della Deputy'),
  ashfordSafeguarding: person('sid', 'Sid Safeguarding'),
  doverSafeguarding: person('sue', 'Sue Safeguarding'),
  doverMember: person('max', 'Max Member'),
  localHwb: person('hal', 'Hal Health'),
  csp: person('cass', 'Cass Community'),
  safeguardingBoard: person('kit', 'Kit Keeper'),
} as const;

const member = (who: Person, body: string, role: Role): Membership => ({
  person: who.id,
  body,
  role,
  sector: null,
  from: null,
  to: null,
});

const listed = (body: string, date: string, start = '10:00', end = '12:00'): ListedMeeting => ({
  body,
  date,
  start,
  end,
  venue: 'Town Hall',
  link: '',
});

const always = (body: string) => [{ body, from: null, to: null }];

/** The dates of the board in the played partnership: three cycles. */
export const boards = ['2026-09-16', '2026-11-18', '2027-01-20', '2027-03-17'] as const;
export const firstCycle = boards[0];

/**
 * Three LCPGs over three cycles. Ashford and Elham have listed dates, Dover's are to be agreed; Elham has no
 * co-ordinator and reports to nobody. Ashford's chair leads the Chairs Group; the secretariat has two officers.
 */
export const playedFolder: PartnershipFolder = {
  ...smallFolder,
  partnership: { ...smallFolder.partnership, safeguardingGroup: 'leads', safeguardingBoard: 'keepers' },
  bodies: [
    ...smallFolder.bodies,
    { id: 'leads', kind: 'safeguarding-group', name: 'LCPG Safeguarding Group', from: null, to: null },
    { id: 'keepers', kind: 'safeguarding-board', name: 'Safeguarding Board', from: null, to: null },
    { id: 'hwb', kind: 'local-hwb', name: 'West Smallshire Local HWB', from: null, to: null },
    { id: 'csp', kind: 'csp', name: 'Smallshire CSP', from: null, to: null },
  ],
  groups: smallFolder.groups.map((group): Group =>
    group.id === 'elham' ? group : { ...group, reportsTo: always('hwb'), csp: always('csp') },
  ),
  people: [...smallFolder.people, ...Object.values(extras)],
  memberships: [
    ...smallFolder.memberships,
    member(extras.deputy, 'chwb', 'secretariat'),
    member(extras.ashfordSafeguarding, 'ashford', 'safeguarding-lead'),
    member(extras.doverSafeguarding, 'dover', 'safeguarding-lead'),
    member(extras.doverMember, 'dover', 'member'),
    member(extras.localHwb, 'hwb', 'contact'),
    member(extras.csp, 'csp', 'contact'),
    member(extras.safeguardingBoard, 'keepers', 'contact'),
  ],
  meetings: [
    ...boards.map((date) => listed('chwb', date, '14:00', '16:00')),
    ...['2026-10-21', '2026-12-16', '2027-02-24'].map((date) => listed('chairs', date)),
    ...['2026-10-07', '2026-12-02', '2027-02-10'].map((date) => listed('ashford', date)),
    ...['2026-10-08', '2026-12-03', '2027-02-11'].map((date) => listed('elham', date)),
  ],
};

/** The same partnership with one LCPG alone: the shortest play there is. */
export const onlyGroup = (id: string, folder: PartnershipFolder = playedFolder): PartnershipFolder => {
  const others = new Set(folder.groups.map((group) => group.id).filter((group) => group !== id));
  return {
    ...folder,
    groups: folder.groups.filter((group) => group.id === id),
    memberships: folder.memberships.filter(({ body }) => !others.has(body)),
    meetings: folder.meetings.filter(({ body }) => !others.has(body)),
    priorities: folder.priorities.filter(({ group }) => group === id),
  };
};

/** What somebody does about a request, asked once, when its first email has come: the instant of answering, or null. */
export type Habit = (request: Request, now: Instant) => Instant | null;

const hour = 3600;

/** Everybody answers an hour after the email, but for what the exception says. */
export const everybodyBut =
  (...silent: readonly (RequestKind | ((request: Request) => boolean))[]): Habit =>
  (request, now) =>
    silent.some((exception) =>
      typeof exception === 'string' ? exception === request.kind : exception(request),
    )
      ? null
      : addSeconds(now, hour);

export const nobody: Habit = () => null;

export interface SceneSettings {
  /** Makes the documents; their pages alone where nothing is said. */
  readonly press?: WorldSettings['press'];
  readonly folder?: PartnershipFolder;
  readonly cycle?: string;
  readonly habit?: Habit;
  /** How an automatic answer is given; undefined answers as the simulated members do when all goes smoothly. */
  readonly smooth?: boolean;
  readonly seed?: string;
}

const linkPattern = /\/answer\/([\w-]{43})/;

/** A partnership at play, with the people of a test in it. */
export class Scene {
  readonly world: World;
  readonly cycle: string;
  readonly browser: Browser;
  readonly failures: string[] = [];
  #habit: Habit;
  readonly #smooth: boolean;
  readonly #seed: string;
  readonly #seen = new Set<string>();
  readonly #bytes = new Map<number, Uint8Array>();
  #errors: unknown[] = [];

  private constructor(world: World, cycle: string, settings: SceneSettings) {
    this.world = world;
    this.cycle = cycle;
    this.#habit = settings.habit ?? everybodyBut();
    this.#smooth = settings.smooth ?? true;
    this.#seed = settings.seed ?? 'scene';
    this.browser = new Browser((event) => world.visit(event), rehearsalOrigin);
  }

  /** Opens the curtain a minute before a board meeting ends, and has the cycle start when it does. */
  static async open(settings: SceneSettings = {}): Promise<Scene> {
    const { folder = playedFolder, cycle = firstCycle } = settings;
    const out = mkdtempSync(join(tmpdir(), 'scene-'));
    onTestFinished(() => {
      rmSync(out, { recursive: true });
    });
    const stage: { scene?: Scene } = {};
    const startsAt = startOf(folder, cycle);
    const world: World = await createWorld({
      folder,
      out,
      startsAt,
      origin: rehearsalOrigin,
      seed: 'scene',
      ...(settings.press === undefined ? {} : { press: settings.press }),
      onEmail: (email, raw) => {
        if (stage.scene === undefined) return;
        if (raw instanceof Promise) throw new Error('the emails of a scene are written where it plays');
        stage.scene.#bytes.set(email.number, raw);
        stage.scene.#reads(email);
      },
      onEvent: (event) => {
        if (stage.scene !== undefined) stage.scene.#watch(event);
      },
    });
    const scene = new Scene(world, cycle, settings);
    stage.scene = scene;
    world.clock.schedule(Date.parse(startsAt) + 60_000, 'start', () => world.startCycle(cycle));
    return scene;
  }

  get now(): Instant {
    return toInstant(this.world.clock.now());
  }

  get place(): World['place'] {
    return this.world.place;
  }

  /** From now on people behave otherwise. */
  behave(habit: Habit): void {
    this.#habit = habit;
  }

  // Time

  /** Runs on while something does not hold. @throws {Error} when nothing is due any more and it still does not */
  async until(holds: () => boolean, what = 'what was waited for'): Promise<void> {
    await this.world.clock.runWhile(() => !holds() && this.#errors.length === 0);
    if (this.#errors.length > 0) throw this.#errors[0];
    if (!holds()) throw new Error(`nothing is due any more, and ${what} has not happened`);
  }

  /** Runs everything up to an instant, or to a local time such as `2026-10-01 09:00`. */
  async to(when: string): Promise<void> {
    const [date = '', time] = when.split(' ');
    const instant = time === undefined ? when : calendarOf(this.world.partnership).at(date, time);
    await this.world.clock.runUntil(Date.parse(instant));
    if (this.#errors.length > 0) throw this.#errors[0];
  }

  /** Runs until a person has an email of a kind that came from now on, and gives it. */
  async untilEmail(kind: string, who: Person): Promise<SentEmail> {
    const from = this.world.outbox.sent.length;
    const found = (): SentEmail | undefined =>
      this.world.outbox.sent.slice(from).find((email) => email.kind === kind && email.person === who.id);
    await this.until(() => found() !== undefined, `${kind} to ${who.id}`);
    return found() as SentEmail;
  }

  /** Runs until the cycle's machine has ended, and what went out last has been delivered. */
  async toTheEnd(cycle = this.cycle): Promise<void> {
    await this.until(() => this.statusOf('cycle', cycle) !== 'RUNNING', `the end of ${cycle}`);
    await this.world.clock.runUntil(this.world.clock.epochMs + 10_000);
  }

  statusOf(machine: string, part: string): string {
    for (const execution of this.world.engine.executions())
      if (execution.machine === machine && execution.name === `${this.world.partnership.id}-${part}`)
        return execution.status;
    return 'RUNNING';
  }

  // Emails

  emails(which: { kind?: string; to?: Person; from?: Instant; until?: Instant } = {}): readonly SentEmail[] {
    return this.world.outbox.sent.filter(
      ({ kind, person: id, sentAt }) =>
        (which.kind === undefined || which.kind === kind) &&
        (which.to === undefined || which.to.id === id) &&
        (which.from === undefined || which.from <= sentAt) &&
        (which.until === undefined || sentAt <= which.until),
    );
  }

  /** Who got emails of a kind, and when by the local clock: `sam 2026-09-16 16:00`, in sending order. */
  got(kind: string, which: { to?: Person; from?: Instant } = {}): readonly string[] {
    return this.emails({ ...which, kind }).map(({ person: id, sentAt }) => `${id} ${this.local(sentAt)}`);
  }

  /** Everybody who got an email of a kind, by name, each as often as it came. */
  readers(kind: string, from?: Instant): readonly string[] {
    return this.emails({ kind, ...(from === undefined ? {} : { from }) })
      .map(({ person: id }) => id)
      .sort();
  }

  local(instant: Instant): string {
    const calendar = calendarOf(this.world.partnership);
    return `${calendar.dateOf(instant)} ${calendar.timeOf(instant)}`;
  }

  text(email: SentEmail | undefined): string {
    if (email === undefined) throw new Error('there is no such email');
    return this.world.letters.of(email.ledgerKey)?.text ?? '';
  }

  /** The bytes of an email, as its reader's mail program gets them. */
  bytes(email: SentEmail): Uint8Array {
    const raw = this.#bytes.get(email.number);
    if (raw === undefined) throw new Error(`email ${String(email.number)} came before the scene`);
    return raw;
  }

  // Answers

  /** The page of the newest email in which a person was asked for something, of a body where that matters. */
  async pageFor(kind: RequestKind, who: Person, body?: string, round?: number): Promise<string> {
    for (const email of this.emails({ to: who }).toReversed()) {
      const token = linkPattern.exec(this.text(email))?.[1];
      const request = token === undefined ? undefined : await this.#requestOf(token);
      if (
        request?.kind === kind &&
        (body === undefined || request.subject.body === body) &&
        (round === undefined || request.subject.round === round)
      )
        return `/answer/${token ?? ''}`;
    }
    throw new Error(`${who.id} has no email that asks for ${kind}`);
  }

  /** A person answers as the simulated people do when all goes smoothly. */
  async answer(kind: RequestKind, who: Person, body?: string): Promise<Page> {
    return this.#answerAt(await this.pageFor(kind, who, body), kind, true);
  }

  /** A person opens the page of what was asked, or a part of it, and sends its form. */
  async fillIn(
    kind: RequestKind,
    who: Person,
    fields: Readonly<Record<string, string | readonly string[]>>,
    part: {
      readonly section?: string;
      readonly having?: string;
      readonly body?: string;
      readonly round?: number;
    } = {},
  ): Promise<Page> {
    const address = await this.pageFor(kind, who, part.body, part.round);
    const page = await this.browser.open(part.section === undefined ? address : `${address}/${part.section}`);
    const sent = await withCode(await this.browser.send(page, fields, part.having), {
      browser: this.browser,
      code: () => this.world.codeOf(who.id),
    });
    await this.world.clock.settled();
    return sent;
  }

  // What is stored

  async request(kind: RequestKind, body: string, round = 1): Promise<Request | undefined> {
    return (await this.requests(kind, body)).find(({ subject }) => subject.round === round);
  }

  async requests(kind: RequestKind, body: string): Promise<readonly Request[]> {
    return (await this.place.requests.about(this.cycle, body)).filter((request) => request.kind === kind);
  }

  async meeting(body: string): Promise<Meeting> {
    const meeting = await this.place.meetings.get(this.cycle, body);
    if (meeting === undefined) throw new Error(`no meeting of ${body}`);
    return meeting;
  }

  async groupReturn(group: string): Promise<GroupReturn | undefined> {
    return this.place.returns.of(this.cycle, group);
  }

  async audit(body: string): Promise<readonly AuditEntry[]> {
    return this.place.audit.of(this.cycle, body);
  }

  async document(name: string): Promise<string> {
    const key = `${this.world.partnership.id}/cycles/${this.cycle}/${name}`;
    const document = await this.world.documents.get(key);
    if (document === undefined) throw new Error(`no document ${key}`);
    return new TextDecoder().decode(document.body);
  }

  // Faults

  /** Puts something between the product and the machines: what it returns false for is lost. */
  onWake(passes: (token: string, reason: WakeReason) => boolean): void {
    const machines = this.world.place.machines as {
      wake: (token: string, reason: WakeReason) => Promise<boolean>;
    };
    const wake = machines.wake.bind(machines);
    machines.wake = async (token, reason) => {
      // Whoever tells does not know that it is lost.
      return passes(token, reason) ? wake(token, reason) : true;
    };
  }

  /** Until an instant no follow-up step of a kind of request can be recorded: the machines that wait for them break down. */
  breakFollowUps(kind: RequestKind, body: string, until: Instant): void {
    const { requests } = this.place;
    const recordSteps = requests.recordSteps.bind(requests);
    requests.recordSteps = async (request, ...rest) => {
      if (request.kind === kind && request.subject.body === body && this.now < until)
        throw new Error(`steps of ${request.id} cannot be recorded`);
      return recordSteps(request, ...rest);
    };
  }

  async #requestOf(token: string): Promise<Request | undefined> {
    const link = await this.world.links.find(tokenHash(token));
    return link?.target.to === 'request' ? this.place.requests.get(link.target.request) : undefined;
  }

  async #answerAt(address: string, kind: RequestKind, smooth: boolean): Promise<Page> {
    const request = await this.#requestOf(address.split('/')[2] ?? '');
    if (request === undefined) throw new Error(`nothing is asked at ${address}`);
    const calendar = calendarOf(this.world.partnership);
    const page = await answerBy[kind]({
      browser: this.browser,
      address,
      random: randomOf(`${this.#seed} ${request.id}`),
      cycle: await this.place.cycles.known(request.cycle),
      today: calendar.dateOf(this.now),
      calendar,
      smooth,
      code: () => this.world.codeOf(request.person),
    });
    if (page.status !== 200 && page.status !== 410)
      throw new Error(`${request.id} could not be answered: ${errorsOf(page)}`);
    await this.world.clock.settled();
    return page;
  }

  #reads(email: SentEmail): void {
    const token = linkPattern.exec(this.text(email))?.[1];
    if (token === undefined || this.#seen.has(token)) return;
    this.#seen.add(token);
    const { clock } = this.world;
    clock.schedule(clock.epochMs + 1000, `${email.person} reads ${email.kind}`, async () => {
      const request = await this.#requestOf(token);
      if (request?.state !== 'open') return;
      const at = this.#habit(request, this.now);
      if (at === null) return;
      clock.schedule(Date.parse(at), `${request.person} answers ${request.kind}`, async () => {
        try {
          await this.#answerAt(`/answer/${token}`, request.kind, this.#smooth);
        } catch (error) {
          this.#errors.push(error);
        }
      });
    });
  }

  #watch(event: EngineEvent): void {
    if (event.type !== 'ExecutionEnded') return;
    const { machine, name, status, error, cause } = this.world.engine.describe(event.executionId);
    if (status !== 'SUCCEEDED') this.failures.push(`${machine} ${name}: ${error ?? status}: ${cause ?? ''}`);
  }
}

export { people };
