import type { Request, RequestKind } from '../shared/domain/request.ts';
import { isLate } from '../shared/domain/request.ts';
import { isReceived } from '../shared/domain/return.ts';
import type { Instant } from '../shared/time/calendar.ts';
import { toInstant } from '../shared/time/calendar.ts';
import type { World } from './world.ts';

/** How the requests of one kind ended. `late` are among the `answered`. */
export interface RequestCounts {
  answered: number;
  late: number;
  expired: number;
  withdrawn: number;
  /** Neither answered nor over when the rehearsal ended, such as actions that are not due yet. */
  open: number;
}

/** What a rehearsal comes to: `summary.json`. All but `wallMs` is the same for the same seed. */
export interface Summary {
  /** Ids of the cycles that were played, joined by a comma. */
  readonly cycle: string;
  readonly groups: number;
  readonly members: number;
  readonly emails: Readonly<Record<string, number>>;
  readonly requests: Readonly<Partial<Record<RequestKind, RequestCounts>>>;
  /** Billed state transitions by machine; the Distributed Map's children count with `cycle`. */
  readonly transitions: { readonly cycle: number; readonly lcpg: number; readonly ask: number };
  readonly stateBytesMax: number;
  readonly historyEventsMax: number;
  readonly store: { readonly reads: number; readonly writes: number };
  readonly report: {
    readonly returns: number;
    readonly nil: number;
    readonly escalations: number;
    readonly actions: number;
  };
  readonly virtualStart: Instant;
  readonly virtualEnd: Instant;
  /** Milliseconds that the cycles took, without loading and writing. */
  readonly wallMs: number;
}

const countByKind = (kinds: Iterable<string>): Record<string, number> => {
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([one], [other]) => (one < other ? -1 : 1)));
};

const countRequest = (counts: Partial<Record<RequestKind, RequestCounts>>, request: Request): void => {
  const count = (counts[request.kind] ??= { answered: 0, late: 0, expired: 0, withdrawn: 0, open: 0 });
  count[request.state] += 1;
  if (request.state === 'answered' && isLate(request)) count.late += 1;
};

/** Adds up what happened in the cycles that were played. */
export const summarise = async (
  world: World,
  cycles: readonly string[],
  times: { readonly virtualStart: Instant; readonly wallMs: number },
): Promise<Summary> => {
  const { partnership, place, engine, tables, outbox } = world;
  // Counted before the reading that follows adds its own.
  const store = {
    reads: tables.reduce((sum, { statistics }) => sum + statistics.reads, 0),
    writes: tables.reduce((sum, { statistics }) => sum + statistics.writes, 0),
  };
  const groups = (await place.directory.groups()).map(({ id }) => id);
  const requests: Partial<Record<RequestKind, RequestCounts>> = {};
  const report = { returns: 0, nil: 0, escalations: 0, actions: 0 };
  for (const cycle of cycles) {
    for (const body of [partnership.board, partnership.chairsGroup, ...groups])
      for (const request of await place.requests.about(cycle, body)) countRequest(requests, request);
    for (const given of await place.returns.ofGroups(cycle, groups)) {
      if (given !== undefined && isReceived(given)) report.returns += 1;
      else report.nil += 1;
    }
    report.escalations += (await place.escalations.reportedIn(cycle)).length;
  }
  const people = new Set<string>();
  for (const group of groups) {
    report.actions += (await place.actions.of(group)).length;
    for (const { person } of await place.directory.members(group, cycles.at(-1) ?? '')) people.add(person);
  }
  const { transitions, stateBytesMax, historyEventsMax } = engine.statistics();
  return {
    cycle: cycles.join(','),
    groups: groups.length,
    members: people.size,
    emails: countByKind(outbox.sent.map(({ kind }) => kind)),
    requests: Object.fromEntries(Object.entries(requests).sort(([one], [other]) => (one < other ? -1 : 1))),
    transitions: {
      cycle: transitions['cycle'] ?? 0,
      lcpg: transitions['lcpg'] ?? 0,
      ask: transitions['ask'] ?? 0,
    },
    stateBytesMax,
    historyEventsMax,
    store,
    report,
    virtualStart: times.virtualStart,
    virtualEnd: toInstant(world.clock.now()),
    wallMs: times.wallMs,
  };
};
