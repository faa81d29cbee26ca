import { describe, expect, test } from 'vitest';

import type { ReportRecord } from '../../../../shared/domain/report-record.ts';
import { cycleId, emptyStores, openCycle } from '../../../support/cycle-stores.ts';

const record = (cycle: string): ReportRecord => ({
  summary: {
    cycle,
    title: 'Report',
    nextBoard: '2026-11-18',
    compiledAt: '2026-11-10T09:00:00Z',
    overview: 'All LCPGs sent a return.',
    asks: [],
    keyMessages: [],
    answers: [],
  },
  groups: ['ashford', 'dover'].map((group) => ({
    cycle,
    group,
    groupName: group,
    state: 'signed',
    held: true,
    chair: null,
    coordinator: null,
    missingSectors: [],
    missingRoles: [],
    figures: [],
    commentaries: [{ indicator: 'gcse', text: `What ${group} wrote` }],
    concerns: [],
    achievements: [],
    escalations: [],
    actions: [],
  })),
});

describe('what reports said', () => {
  test('is read again as it was kept, as a whole and of one LCPG over the cycles', async () => {
    const { reports } = emptyStores();
    expect(await reports.of(cycleId)).toBeUndefined();
    for (const cycle of [cycleId, '2026-11-18']) {
      await reports.keep(record(cycle));
      await reports.keep(record(cycle));
    }
    expect(await reports.of(cycleId)).toEqual(record(cycleId));
    expect(await reports.ofGroup(['2026-07-15', cycleId, '2026-11-18'], 'dover')).toEqual([
      record(cycleId).groups[1],
      record('2026-11-18').groups[1],
    ]);
  });

  test('goes with its cycle', async () => {
    const stores = emptyStores();
    const cycle = await openCycle(stores);
    await stores.reports.keep(record(cycleId));
    await stores.reports.keep(record('2026-11-18'));
    await stores.cycles.forget(cycle);
    expect(await stores.reports.of(cycleId)).toBeUndefined();
    expect(await stores.reports.of('2026-11-18')).toBeDefined();
  });
});
