import { readFileSync } from 'node:fs';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  cycleExecution,
  groupExecution,
  longestGroupId,
  longestPartnershipId,
  longestStage,
  runExecution,
  startScheduleName,
  sweepScheduleName,
} from '../../../shared/contracts/names.ts';

const id = (longest: number) => fc.stringMatching(new RegExp(`^[a-z0-9]{1,${String(longest)}}$`));
const cycle = '2026-09-16';

describe('names that ids of the greatest length go into', () => {
  it('are taken by Step Functions: at most 80 letters, digits, hyphens and underscores', () => {
    fc.assert(
      fc.property(
        id(longestPartnershipId).chain((partnership) =>
          fc.tuple(fc.constant(partnership), id(longestGroupId(partnership))),
        ),
        fc.integer({ min: 1, max: 999 }),
        fc.constantFrom('submitted', 'signed', 'sent-back'),
        ([partnership, group], version, after) => {
          for (const name of [
            cycleExecution(partnership, cycle),
            groupExecution(partnership, cycle, group),
            runExecution(partnership, cycle, group, version, after),
          ])
            expect(name).toMatch(/^[\w-]{1,80}$/);
        },
      ),
    );
    const longest = 'p'.repeat(longestPartnershipId);
    const group = 'g'.repeat(longestGroupId(longest));
    expect(group.length).toBeGreaterThan(0);
    expect(runExecution(longest, cycle, group, 999, 'sent-back')).toHaveLength(80);
  });

  it('are taken by EventBridge Scheduler: at most 64', () => {
    const longest = 'p'.repeat(longestPartnershipId);
    expect(startScheduleName(longest, cycle).length).toBeLessThanOrEqual(64);
    expect(sweepScheduleName('s'.repeat(longestStage), longest, 'everything')).toHaveLength(64);
  });
});

it('the cycle’s machine names the executions of the LCPGs as the functions do', () => {
  const definition = readFileSync(new URL('../../../statemachines/cycle.asl.yaml', import.meta.url), 'utf8');
  const format = /States\.Format\('([^']+)', \$\.partnership, \$\.cycle, \$\.group\)/.exec(definition)?.[1];
  const parts = ['kent', cycle, 'ashford'];
  expect(format?.replaceAll('{}', () => parts.shift() ?? '')).toBe(groupExecution('kent', cycle, 'ashford'));
});
