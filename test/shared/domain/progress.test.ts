import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { GroupFacts, NextEvent } from '../../../shared/domain/progress.ts';
import { groupLine, groupSteps, soonest } from '../../../shared/domain/progress.ts';
import { emptyReturnContent } from '../../../shared/domain/return.ts';
import type { GroupReturn } from '../../../shared/domain/return.ts';

const base = {
  partnership: 'small',
  cycle: '2026-09-16',
  group: 'ashford',
  content: emptyReturnContent,
  saved: [],
  version: 1,
  revision: 1,
};
const handedIn = { submittedAt: '2026-10-08T12:00:00Z', submittedBy: 'cora' };
const returns: readonly (GroupReturn | undefined)[] = [
  undefined,
  { ...base, state: 'draft' },
  { ...base, ...handedIn, state: 'submitted' },
  { ...base, ...handedIn, state: 'sent-back', sentBackAt: '', sentBackBy: 'ann', comment: '' },
  { ...base, ...handedIn, state: 'signed', signedAt: '', signedBy: 'ann' },
  { ...base, state: 'nil', nilAt: '' },
];
const facts: GroupFacts = {
  meeting: { state: 'planned', toldSequence: 0 },
  moments: {
    meetingStart: '2026-10-07T09:00:00Z',
    meetingEnd: '2026-10-07T11:00:00Z',
    attendanceReminder: '2026-09-30T08:00:00Z',
    pack: '2026-10-02T08:00:00Z',
    returnDue: '2026-10-14T16:00:00Z',
  },
  given: undefined,
  reportCompilation: '2026-11-10T09:00:00Z',
  lastMeetingEnd: '2026-10-16T16:00:00Z',
};

describe('the line of an LCPG', () => {
  it.each([
    [
      'before a date is agreed',
      { meeting: { state: 'unset', toldSequence: -1 }, moments: null },
      '2026-09-20',
      'date',
    ],
    [
      'before its members know',
      { meeting: { state: 'planned', toldSequence: -1 } },
      '2026-09-20',
      'invitations',
    ],
    ['before its pack', {}, '2026-09-28', 'pack'],
    ['before it meets', {}, '2026-10-05', 'meeting'],
    ['when it has met', {}, '2026-10-08', 'return'],
    ['with a return sent back', { given: returns[3] }, '2026-10-09', 'return'],
    ['with a return', { given: returns[2] }, '2026-10-09', 'signature'],
  ] as const)('%s is at the right step', (_when, more, day, step) => {
    const line = groupLine({ ...facts, ...more }, `${day}T12:00:00Z`);
    expect(groupSteps.filter((one) => line[one] === 'current')).toEqual([step]);
  });

  it('says what was missed, and what there was no need for', () => {
    expect(groupLine({ ...facts, given: returns[5] }, '2026-11-12T12:00:00Z')).toMatchObject({
      meeting: 'done',
      return: 'missed',
      signature: 'missed',
    });
    const cancelled = { ...facts, meeting: { state: 'cancelled', toldSequence: 1 }, moments: null } as const;
    expect(groupLine({ ...cancelled, given: returns[4] }, '2026-10-20T12:00:00Z')).toEqual({
      date: 'skipped',
      invitations: 'skipped',
      pack: 'skipped',
      meeting: 'skipped',
      return: 'done',
      signature: 'done',
    });
  });

  it('has one step at most that is now, and none to come before it', () => {
    const at = fc.integer({ min: 0, max: 70 }).map((days) => new Date(Date.UTC(2026, 8, 16 + days, 12)));
    fc.assert(
      fc.property(
        fc.constantFrom('unset', 'planned', 'cancelled'),
        fc.integer({ min: -1, max: 3 }),
        fc.constantFrom(...returns),
        at,
        (state, toldSequence, given, now) => {
          const line = groupLine(
            {
              ...facts,
              meeting: { state, toldSequence },
              moments: state === 'planned' ? facts.moments : null,
              given,
            },
            `${now.toISOString().slice(0, 19)}Z`,
          );
          const states = groupSteps.map((step) => line[step]);
          expect(states.filter((one) => one === 'current').length).toBeLessThanOrEqual(1);
          const current = states.indexOf('current');
          expect(states.slice(0, Math.max(0, current))).not.toContain('to-come');
          if (current < 0) expect(states).not.toContain('to-come');
        },
      ),
    );
  });
});

it('what comes next is the soonest that is still to come', () => {
  const events: readonly NextEvent[] = [
    { at: '2026-10-02T08:00:00Z', what: 'pack' },
    { at: '2026-09-30T08:00:00Z', what: 'attendance-reminder' },
    { at: '2026-10-07T09:00:00Z', what: 'meeting' },
  ];
  expect(soonest(events, '2026-09-30T08:00:00Z')).toEqual(events[0]);
  expect(soonest(events, '2026-12-01T00:00:00Z')).toBeNull();
});
