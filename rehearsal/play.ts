import { performance } from 'node:perf_hooks';

import type { PartnershipFolder } from '../shared/domain/partnership.ts';
import { cyclesOf } from '../shared/import/cycles-of.ts';
import type { Instant } from '../shared/time/calendar.ts';
import { addSeconds, workingCalendar } from '../shared/time/calendar.ts';
import type { EngineEvent } from './engine/engine.ts';
import type { Files } from './threads/files.ts';
import type { Manner } from './members/members.ts';
import { Members } from './members/members.ts';
import type { SentEmail } from './outbox.ts';
import { PostOffice } from './threads/post-office.ts';
import type { Summary } from './summary.ts';
import { summarise } from './summary.ts';
import type { World, WorldSettings } from './world.ts';
import { createWorld } from './world.ts';

/** What is played. */
export interface Play {
  readonly folder: PartnershipFolder;
  /** Date of the board meeting that opens the first cycle. */
  readonly firstCycle: string;
  readonly cycles: number;
  readonly manner: Manner;
  readonly out: string;
  /** Who writes the emails; they are written at once where nothing is said. */
  readonly files?: Files;
  /** Makes the documents; their pages alone where nothing is said. */
  readonly press?: WorldSettings['press'];
  readonly onEmail?: (email: SentEmail, world: World) => void;
  readonly onEvent?: (event: EngineEvent, world: World) => void;
}

/** What came of it. */
export interface Played {
  readonly world: World;
  readonly summary: Summary;
  readonly cycles: readonly string[];
  /** How many answers came too late to be taken. */
  readonly tooLate: number;
}

/** The cycle did not come to its end; the message says which execution failed, and why. */
export class CycleFailed extends Error {
  override readonly name = 'CycleFailed';
}

/** Where the pages of a rehearsal seem to be. */
export const rehearsalOrigin = 'https://rehearsal.example.org';

const secondsBeforeOpening = 60;

/** From so many LCPGs enough goes on at once for a second thread for the emails to save more than its answers cost. */
const groupsWorthAThread = 50;

const dayInMilliseconds = 86_400_000;

/** When the clock of a rehearsal starts: just before the board meeting that opens its first cycle ends. */
export const startOf = (folder: PartnershipFolder, cycle: string): Instant => {
  const listed = cyclesOf(folder).find(({ board }) => board.date === cycle);
  if (listed === undefined) throw new RangeError(`no cycle opens on ${cycle}`);
  const calendar = workingCalendar(folder.partnership.zone, folder.partnership.extraHolidays);
  return addSeconds(calendar.at(cycle, listed.board.end), -secondsBeforeOpening);
};

/** The seed of everything that has to look random. */
export const seedOf = (manner: Manner): string => (typeof manner === 'object' ? manner.seed : manner);

/**
 * Plays cycles from their opening to their close, with simulated members, and adds up what happened.
 * The world stays as it is at the end.
 * @throws {CycleFailed} when a cycle's machine failed, or did not end by its next board meeting
 */
export const play = async (given: Play): Promise<Played> => {
  const { folder, firstCycle, cycles: count, manner, out } = given;
  const { partnership } = folder;
  const members = new Members(manner);
  const cycles: string[] = [firstCycle];
  const ended = new Set<string>();
  const failures: string[] = [];
  const startsAt = startOf(folder, firstCycle);
  const postOffice = folder.groups.length > groupsWorthAThread ? new PostOffice() : undefined;
  const world = await createWorld({
    ...(postOffice === undefined ? {} : { renderer: postOffice.render }),
    ...(given.press === undefined ? {} : { press: given.press }),
    ...(given.files === undefined ? {} : { files: given.files }),
    folder,
    out,
    startsAt,
    origin: rehearsalOrigin,
    seed: seedOf(manner),
    mayStart: (cycle) => cycles.includes(cycle),
    onEmail: (email, raw) => {
      members.read(email, raw);
      given.onEmail?.(email, world);
    },
    onEvent: (event) => {
      if (event.type === 'ExecutionEnded') {
        const { machine, name, status, error, cause } = world.engine.describe(event.executionId);
        if (
          machine === 'cycle' &&
          name.startsWith(`${partnership.id}-`) &&
          cycles.some((cycle) => name === `${partnership.id}-${cycle}`)
        )
          ended.add(name.slice(partnership.id.length + 1));
        if (status !== 'SUCCEEDED') failures.push(`${machine} ${name}: ${error ?? status}: ${cause ?? ''}`);
      }
      given.onEvent?.(event, world);
    },
  });
  members.enter(world, rehearsalOrigin);
  const began = performance.now();
  world.clock.schedule(
    Date.parse(startsAt) + secondsBeforeOpening * 1000,
    `start of the cycle of ${firstCycle}`,
    () => world.startCycle(firstCycle),
  );
  const calendar = workingCalendar(partnership.zone, partnership.extraHolidays);
  const listed = new Map(cyclesOf(folder).map((cycle) => [cycle.board.date, cycle]));
  for (let played = 1; played <= count; played += 1) {
    const cycle = cycles.at(-1) ?? firstCycle;
    const end = listed.get(cycle)?.nextBoard;
    if (end === undefined) throw new CycleFailed(`no cycle opens on ${cycle}`);
    // Every request of a cycle has expired by its next board: one that is open a day later stands still.
    const latest = Date.parse(calendar.at(end.date, end.end)) + dayInMilliseconds;
    const goesOn = (): boolean =>
      !ended.has(cycle) &&
      failures.length === 0 &&
      world.outbox.failure === undefined &&
      world.clock.epochMs < latest;
    await world.clock.runWhile(goesOn);
    if (world.outbox.failure !== undefined) throw world.outbox.failure;
    if (failures.length > 0) throw new CycleFailed(failures.join('\n'));
    if (!ended.has(cycle))
      throw new CycleFailed(`the cycle of ${cycle} has not closed by its next board meeting`);
    const next = world.nextStart();
    if (played < count && next !== undefined) cycles.push(next.cycle);
  }
  // The last emails are delivered a moment after they went.
  await world.clock.runUntil(world.clock.epochMs + 10_000);
  await world.outbox.written();
  if (world.outbox.failure !== undefined) throw world.outbox.failure;
  await postOffice?.close();
  const wallMs = Math.round(performance.now() - began);
  return {
    world,
    cycles,
    tooLate: members.tooLate,
    summary: await summarise(world, cycles, { virtualStart: startsAt, wallMs }),
  };
};
