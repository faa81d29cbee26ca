import type { PartnershipFolder } from '../../shared/domain/partnership.ts';
import { calendarOf } from '../../shared/stages/workplace.ts';
import type { Instant } from '../../shared/time/calendar.ts';
import { addDays, toInstant } from '../../shared/time/calendar.ts';
import type { EngineEvent } from '../engine/engine.ts';
import type { Manner } from '../members/members.ts';
import { Members } from '../members/members.ts';
import { seedOf, startOf } from '../play.ts';
import type { World } from '../world.ts';
import { createWorld } from '../world.ts';
import { PressRoom } from '../threads/press-room.ts';
import { presentStage } from './story.ts';

/** How far a press of a button moves the time. */
export const moves = ['event', 'day', 'stage', 'end'] as const;
export type Move = (typeof moves)[number];

/** Something that went wrong while time moved. */
export interface Failure {
  readonly at: Instant;
  readonly text: string;
}

/** What the last press of a button did. */
export interface Moved {
  readonly from: Instant;
  readonly to: Instant;
  /** How many emails had gone before. */
  readonly emailsBefore: number;
  /** Whether nothing happened, however far time went. */
  readonly nothing: boolean;
}

export interface SessionSettings {
  readonly folder: PartnershipFolder;
  /** Date of the board meeting that opens the first cycle. */
  readonly firstCycle: string;
  readonly manner: Manner;
  readonly out: string;
  readonly origin: string;
}

/** A press of a button goes no further than this: the sweep runs every hour for ever, so something is always due. */
const furthestMilliseconds = 130 * 86_400_000;

/** The world starts so long before the board meeting ends. */
const openingMilliseconds = 60_000;

const cycleName = /-\d{4}-\d{2}-\d{2}$/;

/** A rehearsal that somebody looks at: time stands still between the presses of a button. */
export class Session {
  readonly world: World;
  readonly failures: Failure[];
  /** Rises with every move; a button that was drawn before the last one does nothing. */
  turn = 0;
  last: Moved | undefined;
  readonly #happened: () => number;
  readonly #ended: ReadonlySet<string>;
  #moving: Promise<unknown> = Promise.resolve();

  private constructor(world: World, failures: Failure[], happened: () => number, ended: ReadonlySet<string>) {
    this.world = world;
    this.failures = failures;
    this.#happened = happened;
    this.#ended = ended;
  }

  /** Builds the world and opens the first cycle. */
  static async open({ folder, firstCycle, manner, out, origin }: SessionSettings): Promise<Session> {
    const members = new Members(manner);
    const failures: Failure[] = [];
    const ended = new Set<string>();
    let events = 0;
    const onEvent = (event: EngineEvent): void => {
      events += 1;
      if (event.type !== 'ExecutionEnded') return;
      const { machine, name, status, error, cause } = world.engine.describe(event.executionId);
      // The Map's children count as the machine that they stand in; the cycle itself has its date for a name.
      if (machine === 'cycle' && cycleName.test(name)) ended.add(name);
      if (status !== 'SUCCEEDED')
        failures.push({
          at: toInstant(world.clock.now()),
          text: `The machine “${machine}” of ${name} failed. ${error ?? status}${cause === undefined ? '' : `: ${cause}`}`,
        });
    };
    const world: World = await createWorld({
      folder,
      out,
      startsAt: startOf(folder, firstCycle),
      origin,
      seed: seedOf(manner),
      press: new PressRoom().into,
      onEmail: (email, raw) => {
        events += 1;
        members.read(email, raw);
      },
      onEvent,
    });
    members.enter(world, origin);
    const [, cyclesTable] = world.tables;
    const session = new Session(
      world,
      failures,
      // Answers change the cycles table and nothing else; deliveries and fruitless sweeps leave it alone.
      () => events + (cyclesTable?.statistics.writes ?? 0),
      ended,
    );
    const opensAt = world.clock.epochMs + openingMilliseconds;
    world.clock.schedule(opensAt, `start of the cycle of ${firstCycle}`, () => world.startCycle(firstCycle));
    await session.#try(() => world.clock.runUntil(opensAt));
    return session;
  }

  /**
   * Moves the time, after whatever move is under way.
   * @param turn what `turn` was when the button was drawn
   * @returns false when time has moved since, and nothing was done
   */
  async move(how: Move, turn: number): Promise<boolean> {
    const moved = this.#moving.then(async () => {
      if (turn !== this.turn) return false;
      const { clock, outbox } = this.world;
      const [from, emailsBefore, before] = [toInstant(clock.now()), outbox.sent.length, this.#happened()];
      await this.#try(() => this.#moves[how]());
      this.last = { from, to: toInstant(clock.now()), emailsBefore, nothing: before === this.#happened() };
      this.turn += 1;
      return true;
    });
    this.#moving = moved.catch(() => undefined);
    return moved;
  }

  /** Waits until what an answer led to has happened, as far as it happens at once. */
  async settled(): Promise<void> {
    await this.world.engine.invocations.idle();
    await this.world.clock.settled();
  }

  readonly #moves: Readonly<Record<Move, () => Promise<void>>> = {
    event: () => this.#nextEvent(this.#furthest()),
    day: async () => {
      const { clock, partnership } = this.world;
      const calendar = calendarOf(partnership);
      const tomorrow = addDays(calendar.dateOf(toInstant(clock.now())), 1);
      await clock.runUntil(Date.parse(calendar.at(tomorrow, partnership.timetable.sendingTime)));
    },
    stage: async () => {
      const furthest = this.#furthest();
      const failures = this.failures.length;
      const before = await this.#stage();
      do {
        await this.#nextEvent(furthest);
      } while (
        this.world.clock.epochMs < furthest &&
        this.failures.length === failures &&
        (await this.#stage()) === before
      );
    },
    end: async () => {
      const furthest = this.#furthest();
      const [ended, failures] = [this.#ended.size, this.failures.length];
      await this.world.clock.runWhile(
        () => this.#ended.size === ended && this.failures.length === failures && this.#comesBefore(furthest),
      );
      await this.#restOfThisInstant();
    },
  };

  #furthest(): number {
    return this.world.clock.epochMs + furthestMilliseconds;
  }

  #comesBefore(epochMs: number): boolean {
    return (this.world.clock.peek()?.atEpochMs ?? Number.POSITIVE_INFINITY) < epochMs;
  }

  /** To the next moment at which something happens, and everything of that moment. */
  async #nextEvent(furthest: number): Promise<void> {
    const before = this.#happened();
    await this.world.clock.runWhile(() => this.#happened() === before && this.#comesBefore(furthest));
    if (this.#happened() === before) await this.world.clock.runUntil(furthest);
    else await this.#restOfThisInstant();
  }

  async #restOfThisInstant(): Promise<void> {
    await this.world.clock.runUntil(this.world.clock.epochMs);
  }

  async #stage(): Promise<string> {
    const present = await presentStage(this.world);
    return present === undefined ? '' : `${present.cycle.id} ${present.stage}`;
  }

  /** Does something, and keeps what it throws for the page to show. */
  async #try(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
      if (this.world.outbox.failure !== undefined) throw this.world.outbox.failure;
    } catch (error) {
      this.failures.push({
        at: toInstant(this.world.clock.now()),
        text: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
      });
    }
  }
}
