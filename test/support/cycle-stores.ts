import { expect } from 'vitest';

import type { Cycle } from '../../shared/domain/cycle.ts';
import type { Request, RequestKind } from '../../shared/domain/request.ts';
import { requestId } from '../../shared/domain/request.ts';
import type { CycleStores } from '../../shared/store/cycles/cycle-stores.ts';
import { cycleStores } from '../../shared/store/cycles/cycle-stores.ts';
import type { Deed } from '../../shared/store/cycles/deed.ts';
import { Conflict } from '../../shared/store/cycles/deed.ts';
import { MemoryTable } from '../../shared/store/memory-table.ts';
import type { Instant } from '../../shared/time/calendar.ts';
import { addSeconds } from '../../shared/time/calendar.ts';
import { smallMeetings } from './small-partnership.ts';

export const cycleId = '2026-09-16';
export const group = 'ashford';
export const opened: Instant = '2026-09-16T15:00:00Z';

export const later = (seconds: number): Instant => addSeconds(opened, seconds);

export const deed = (seconds: number, by = 'cora'): Deed => ({ by, channel: 'page', at: later(seconds) });

/** The stores of a partnership's cycles over an empty table, and the table. */
export interface EmptyStores extends CycleStores {
  readonly table: MemoryTable;
}

export const emptyStores = (): EmptyStores => {
  const table = new MemoryTable();
  return { ...cycleStores(table, 'small'), table };
};

export const openCycle = async ({ cycles }: Pick<CycleStores, 'cycles'>, id = cycleId): Promise<Cycle> =>
  cycles.open({
    id,
    ...smallMeetings,
    groupCount: 3,
    state: 'open',
    openedAt: opened,
    moments: {} as Cycle['moments'],
    reportedAt: null,
    closedAt: null,
  });

export const ask = async (
  { requests }: Pick<CycleStores, 'requests'>,
  kind: RequestKind = 'return',
  { person = 'cora', body = group, round = 1, cycle = cycleId } = {},
): Promise<Request> => {
  const about = { cycle, kind, person, subject: { body, round } };
  return requests.open({
    ...about,
    id: requestId(about),
    state: 'open',
    openedAt: opened,
    dueAt: later(100),
    expiresAt: later(200),
    acceptsUntil: later(300),
    stepsTaken: 0,
    machineWaits: true,
  });
};

/** What the audit says was done in a body's part of the cycle. */
export const whats = async (
  { audit }: Pick<CycleStores, 'audit'>,
  body = group,
): Promise<readonly string[]> => (await audit.of(cycleId, body)).map(({ what }) => what);

/** A write that is refused leaves nothing behind, neither the change nor its row. */
export const refused = async (
  stores: Pick<CycleStores, 'audit'>,
  write: Promise<unknown>,
  body = group,
): Promise<void> => {
  const before = await whats(stores, body);
  await expect(write).rejects.toThrow(Conflict);
  expect(await whats(stores, body)).toEqual(before);
};
