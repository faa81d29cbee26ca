import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { changesSince } from '../../../shared/domain/report-changes.ts';
import type {
  ReportedAction,
  ReportedFigure,
  ReportedGroup,
  ReportRecord,
} from '../../../shared/domain/report-record.ts';

const figure = (changes: Partial<ReportedFigure> = {}): ReportedFigure => ({
  indicator: 'gcse',
  unit: '%',
  decimals: 1,
  period: '2024 to 2025',
  value: 72.9,
  previousPeriod: '2023 to 2024',
  previousValue: 70.1,
  rating: 'amber',
  direction: 'improving',
  ...changes,
});

const action = (id: string, changes: Partial<ReportedAction> = {}): ReportedAction => ({
  id,
  description: `Action ${id}`,
  owner: 'Jo Smith',
  due: '2026-11-01',
  state: 'open',
  overdue: false,
  indicator: null,
  ...changes,
});

const reported = (changes: Partial<ReportedGroup> = {}): ReportedGroup => ({
  cycle: '2026-09-16',
  group: 'ashford',
  groupName: 'Ashford',
  state: 'signed',
  held: true,
  chair: 'Ama Chair',
  coordinator: 'Colin Co-ordinator',
  missingSectors: [],
  missingRoles: [],
  figures: [],
  commentaries: [],
  concerns: [],
  achievements: [],
  escalations: [],
  actions: [],
  ...changes,
});

const record = (...groups: readonly ReportedGroup[]): ReportRecord => ({
  summary: {
    cycle: '2026-09-16',
    title: 'Report',
    nextBoard: '2026-11-18',
    compiledAt: '2026-11-10T09:00:00Z',
    overview: '',
    asks: [],
    keyMessages: [],
    answers: [],
  },
  groups,
});

const changed = (before: Partial<ReportedGroup>, now: Partial<ReportedGroup>) =>
  changesSince(record(reported(before)), record(reported(now)));

describe('figures since the last report', () => {
  const of = (before: ReportedFigure | null, now: ReportedFigure) =>
    changed({ figures: before === null ? [] : [before] }, { figures: [now] }).figures;

  test('a newer period is published, and its rating and direction are compared', () => {
    const newer = figure({
      period: '2025 to 2026',
      value: 76,
      previousPeriod: '2024 to 2025',
      previousValue: 72.9,
      rating: 'green',
      direction: 'no significant change',
    });
    expect(of(figure(), newer)).toEqual([
      expect.objectContaining({
        published: { period: '2025 to 2026', value: 76 },
        corrected: null,
        withdrawn: null,
        rating: { before: 'amber', now: 'green' },
        direction: { before: 'improving', now: 'no significant change' },
      }),
    ]);
  });

  test('the same period with another value is corrected, also below a newer one', () => {
    const correction = { period: '2024 to 2025', before: 72.9, now: 71.2 };
    expect(of(figure(), figure({ value: 71.2 }))[0]).toMatchObject({
      published: null,
      corrected: correction,
    });
    const newer = figure({
      period: '2025 to 2026',
      value: 76,
      previousPeriod: '2024 to 2025',
      previousValue: 71.2,
    });
    expect(of(figure(), newer)[0]).toMatchObject({ published: { value: 76 }, corrected: correction });
  });

  test('a first figure is published, and one that is there no longer is withdrawn', () => {
    const none = figure({ value: null, period: '', rating: null, direction: null });
    expect(of(null, figure())[0]).toMatchObject({ published: { value: 72.9 }, rating: null });
    expect(of(none, figure())[0]).toMatchObject({ published: { value: 72.9 }, withdrawn: null });
    expect(of(figure(), none)[0]).toMatchObject({
      published: null,
      withdrawn: { period: '2024 to 2025', value: 72.9 },
    });
  });

  test('nothing is told of a figure that is as it was', () => {
    expect(of(figure(), figure())).toEqual([]);
  });
});

describe('actions since the last report', () => {
  test('are closed, new and newly overdue', () => {
    const changes = changed(
      { actions: [action('a'), action('b'), action('late', { overdue: true }), action('c')] },
      {
        actions: [
          action('a', { state: 'done' }),
          action('b', { overdue: true }),
          action('late', { overdue: true }),
          action('c'),
          action('d'),
          action('quick', { state: 'done' }),
        ],
      },
    );
    const ids = (of: readonly { readonly id: string }[]) => of.map(({ id }) => id);
    expect(ids(changes.closedActions)).toEqual(['a', 'quick']);
    expect(ids(changes.newActions)).toEqual(['d', 'quick']);
    expect(ids(changes.newlyOverdue)).toEqual(['b']);
  });
});

describe('membership and returns since the last report', () => {
  test('who holds a role, which sectors are there, and which returns came', () => {
    const changes = changed(
      { missingSectors: ['Police'], missingRoles: ['safeguarding-lead'] },
      { state: 'nil', chair: 'Bo Chair', coordinator: null, missingSectors: ['Housing'] },
    );
    expect(changes.newlyNil).toEqual(['Ashford']);
    expect(changes.membership).toEqual([
      {
        group: 'ashford',
        groupName: 'Ashford',
        chair: { before: 'Ama Chair', now: 'Bo Chair' },
        coordinator: { before: 'Colin Co-ordinator', now: null },
        filledSectors: ['Police'],
        emptiedSectors: ['Housing'],
        filledRoles: ['safeguarding-lead'],
        emptiedRoles: [],
      },
    ]);
  });

  test('an LCPG that stands in one report only is named, and not compared', () => {
    const dover = reported({
      group: 'dover',
      groupName: 'Dover',
      figures: [figure()],
      actions: [action('x')],
    });
    const changes = changesSince(record(reported()), record(dover));
    expect(changes).toMatchObject({ joined: ['Dover'], left: ['Ashford'], figures: [], newActions: [] });
  });
});

const anyFigure = fc.record({
  indicator: fc.constantFrom('gcse', 'poverty', 'early-years'),
  unit: fc.constant('%'),
  decimals: fc.constant(1),
  period: fc.constantFrom('2023', '2024', '2025'),
  value: fc.option(fc.integer({ min: 0, max: 100 })),
  previousPeriod: fc.constantFrom('2022', '2023', '2024'),
  previousValue: fc.option(fc.integer({ min: 0, max: 100 })),
  rating: fc.option(fc.constantFrom('green' as const, 'amber' as const, 'red' as const)),
  direction: fc.option(fc.constantFrom('improving' as const, 'worsening' as const)),
});
const anyAction = fc
  .record({
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    state: fc.constantFrom('open' as const, 'done' as const, 'dropped' as const),
    late: fc.boolean(),
  })
  .map(({ id, state, late }) => action(id, { state, overdue: late && state === 'open' }));
const anyRecord = fc
  .array(
    fc.record({
      group: fc.constantFrom('ashford', 'dover', 'swale'),
      state: fc.constantFrom('signed' as const, 'submitted' as const, 'nil' as const),
      chair: fc.option(fc.constantFrom('Ama', 'Bo')),
      missingSectors: fc.uniqueArray(fc.constantFrom('Police', 'Housing')),
      figures: fc.uniqueArray(anyFigure, { selector: ({ indicator }) => indicator }),
      actions: fc.uniqueArray(anyAction, { selector: ({ id }) => id }),
    }),
  )
  .map((groups) => [...new Map(groups.map((group) => [group.group, group])).values()])
  .map((groups) => record(...groups.map((group) => reported({ ...group, groupName: group.group }))));

describe('any two reports', () => {
  test('a report differs in nothing from itself', () => {
    fc.assert(
      fc.property(anyRecord, (one) => {
        const { since: _since, closedActions, ...changes } = changesSince(one, one);
        expect(closedActions).toEqual([]);
        for (const list of Object.values(changes)) expect(list).toEqual([]);
      }),
    );
  });

  test('open actions then, plus new ones, less closed and vanished ones, are the open actions now', () => {
    fc.assert(
      fc.property(anyRecord, anyRecord, (before, now) => {
        const changes = changesSince(before, now);
        for (const { group, actions } of now.groups) {
          const then = before.groups.find((one) => one.group === group);
          if (then === undefined) continue;
          const present = new Set(actions.map(({ id }) => id));
          const open = then.actions.filter(({ id, state }) => state === 'open' && present.has(id)).length;
          const reopened = actions.filter(
            ({ id, state }) =>
              state === 'open' && then.actions.some((one) => one.id === id && one.state !== 'open'),
          ).length;
          const of = (list: readonly { readonly group: string }[]): number =>
            list.filter((one) => one.group === group).length;
          expect(open + reopened + of(changes.newActions) - of(changes.closedActions)).toBe(
            actions.filter(({ state }) => state === 'open').length,
          );
        }
      }),
    );
  });
});
