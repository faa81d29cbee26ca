import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { MeetingTime } from '../../../shared/domain/cycle.ts';
import { defaultRequestRules, requestKinds } from '../../../shared/domain/request.ts';
import type { CycleMeetings, TimetableRules } from '../../../shared/domain/timetable.ts';
import {
  checkTimetable,
  cycleMoments,
  defaultTimetableRules,
  followUpSteps,
  groupMoments,
  rulesFault,
} from '../../../shared/domain/timetable.ts';
import { addDays, workingCalendar } from '../../../shared/time/calendar.ts';

const calendar = workingCalendar('Europe/London');
const bodies = { board: 'board', chairsGroup: 'chairs' };
const day = fc
  .nat((Date.UTC(2040, 11, 31) - Date.UTC(2015, 0, 1)) / 86_400_000)
  .map((count) => addDays('2015-01-01', count));
const meetingOn = (date: string): fc.Arbitrary<MeetingTime> =>
  fc
    .record({ start: fc.integer({ min: 8, max: 18 }), hours: fc.integer({ min: 1, max: 4 }) })
    .map(({ start, hours }) => ({
      date,
      start: `${String(start).padStart(2, '0')}:00`,
      end: `${String(start + hours).padStart(2, '0')}:30`,
      venue: '',
      link: '',
    }));

const upTo = (most: number): fc.Arbitrary<number> => fc.integer({ min: 1, max: most });
/** Any rules that a partnership file may set, small ones more often, so that some cycles can be kept. */
const rules: fc.Arbitrary<TimetableRules> = fc
  .record({
    sendingTime: fc.constantFrom('07:30', '09:00', '12:00'),
    dueTime: fc.constantFrom('12:30', '17:00', '23:59'),
    minutesDue: upTo(12),
    meetingDateDue: upTo(12),
    firstMeeting: upTo(8),
    lastMeetingBeforeCutOff: fc.nat(6),
    attendanceReminder: upTo(20),
    pack: upTo(10),
    returnDue: upTo(20),
    signOffDue: upTo(20),
    returnsCutOff: upTo(8),
    chairsPack: upTo(5),
    summaryDue: fc.nat(12),
    reportClearDays: fc.nat(8),
    boardAnswersDue: upTo(30),
  })
  .filter((given) => rulesFault(given) === null);
const anyRules = fc.oneof(fc.constant(defaultTimetableRules), rules);

/** Board meetings 40 to 70 days apart, the Chairs Group anywhere from a week before the first to a week after the second. */
const cycle = fc
  .record({
    first: day,
    gap: fc.integer({ min: 40, max: 70 }),
    chairs: fc.integer({ min: -10, max: 110 }),
  })
  .chain(({ first, gap, chairs }) =>
    fc.record<CycleMeetings>({
      board: meetingOn(first),
      chairs: meetingOn(addDays(first, Math.round((gap * chairs) / 100))),
      nextBoard: meetingOn(addDays(first, gap)),
    }),
  );
const groupDays = fc.array(fc.nat(55), { minLength: 2, maxLength: 5 });

const faultsOf = (
  meetings: CycleMeetings,
  groups: readonly { readonly group: string; readonly meeting: MeetingTime }[],
  given: TimetableRules,
): readonly string[] =>
  checkTimetable(meetings, bodies, groups, given, calendar)
    .filter(({ level }) => level === 'fault')
    .map(({ message }) => message);

/** Clear working days by the letter of the law: neither the day it is published nor the day of the meeting. */
const clearDays = (from: string, to: string): number => {
  let clear = 0;
  for (let date = addDays(from, 1); date < to; date = addDays(date, 1))
    if (![0, 6].includes(new Date(date).getUTCDay()) && calendar.holiday(date) === null) clear += 1;
  return clear;
};

const isOrdered = (instants: readonly string[]): boolean =>
  instants.every((instant, index) => index === 0 || (instants[index - 1] ?? '') < instant);

describe('a timetable without faults', () => {
  it('has every moment of the cycle in order, on working days, at the time of the rules', () => {
    let kept = 0;
    fc.assert(
      fc.property(cycle, anyRules, (meetings, given) => {
        if (faultsOf(meetings, [], given).length > 0) return;
        kept += 1;
        const moments = cycleMoments(meetings, given, calendar);
        const { opens, minutesDue, meetingDateDue, returnsCutOff, chairsPack, chairsStart, chairsEnd } =
          moments;
        const { summaryDue, reportCompilation, reportDue, nextBoardStart, nextBoardEnd } = moments;
        expect(
          isOrdered([
            opens,
            minutesDue,
            returnsCutOff,
            chairsPack,
            chairsStart,
            chairsEnd,
            summaryDue,
            reportDue,
            nextBoardStart,
            nextBoardEnd,
          ]),
        ).toBe(true);
        expect(opens < meetingDateDue && meetingDateDue < calendar.at(moments.lastMeetingDay, '23:59')).toBe(
          true,
        );
        expect(summaryDue <= reportCompilation && reportCompilation < reportDue).toBe(true);
        expect(meetings.board.date < moments.firstMeetingDay).toBe(true);
        expect(moments.firstMeetingDay <= moments.lastMeetingDay).toBe(true);
        expect(moments.lastMeetingDay <= calendar.dateOf(returnsCutOff)).toBe(true);
        for (const date of [
          ...[minutesDue, meetingDateDue, returnsCutOff, chairsPack, summaryDue, reportDue].map((at) =>
            calendar.dateOf(at),
          ),
          moments.firstMeetingDay,
          moments.lastMeetingDay,
        ])
          expect([date, calendar.isWorkingDay(date)]).toEqual([date, true]);
        for (const at of [minutesDue, meetingDateDue, returnsCutOff, reportDue])
          expect(calendar.timeOf(at)).toBe(given.dueTime);
        for (const at of [chairsPack, reportCompilation]) expect(calendar.timeOf(at)).toBe(given.sendingTime);
      }),
      { numRuns: 600 },
    );
    expect(kept).toBeGreaterThan(60);
  }, 30_000);

  it('has the report with the secretariat its clear working days before the next board', () => {
    fc.assert(
      fc.property(cycle, anyRules, (meetings, given) => {
        const { reportDue } = cycleMoments(meetings, given, calendar);
        expect(clearDays(calendar.dateOf(reportDue), meetings.nextBoard.date)).toBeGreaterThanOrEqual(
          given.reportClearDays,
        );
      }),
      { numRuns: 300 },
    );
  });

  it('has every LCPG’s moments within the cycle, in order', () => {
    let kept = 0;
    fc.assert(
      fc.property(
        cycle.chain((meetings) =>
          fc.tuple(
            fc.constant(meetings),
            groupDays.chain((days) =>
              fc.tuple(...days.map((count) => meetingOn(addDays(meetings.board.date, count)))),
            ),
          ),
        ),
        anyRules,
        ([meetings, listed], given) => {
          const groups = listed.map((meeting, index) => ({ group: `group-${String(index)}`, meeting }));
          const moments = cycleMoments(meetings, given, calendar);
          for (const group of groups) {
            if (faultsOf(meetings, [group], given).length > 0) continue;
            kept += 1;
            const of = groupMoments(group.meeting, moments, given, calendar);
            expect(moments.opens <= of.attendanceReminder && of.attendanceReminder <= of.pack).toBe(true);
            expect(isOrdered([of.pack, of.meetingStart, of.meetingEnd, of.returnDue])).toBe(true);
            expect(of.returnDue <= moments.returnsCutOff).toBe(true);
            for (const at of [of.attendanceReminder, of.pack].filter((at) => at !== moments.opens))
              expect([calendar.timeOf(at), calendar.isWorkingDay(calendar.dateOf(at))]).toEqual([
                given.sendingTime,
                true,
              ]);
          }
        },
      ),
      { numRuns: 250 },
    );
    expect(kept).toBeGreaterThan(30);
  }, 30_000);
});

const at = (date: string, start = '10:00', end = '12:00'): MeetingTime => ({
  date,
  start,
  end,
  venue: '',
  link: '',
});
const kent: CycleMeetings = {
  board: at('2026-09-16'),
  chairs: at('2026-11-02', '14:00', '16:00'),
  nextBoard: at('2026-11-18'),
};

describe('a check of a timetable', () => {
  it('has nothing to say of a cycle that fits', () => {
    const groups = [{ group: 'north', meeting: at('2026-10-01') }];
    expect(checkTimetable(kent, bodies, groups, defaultTimetableRules, calendar)).toEqual([]);
  });

  it.each([
    ['the next board before this one', { ...kent, nextBoard: at('2026-09-15') }, 'has to be after this one'],
    [
      'the Chairs Group on the day of the board',
      { ...kent, chairs: at('2026-09-16') },
      'between the board meetings',
    ],
    ['the Chairs Group too early', { ...kent, chairs: at('2026-09-18') }, 'no day is left'],
    [
      'the Chairs Group too late',
      { ...kent, chairs: at('2026-11-11') },
      'the report has to reach the secretariat',
    ],
    [
      'a meeting that ends before it starts',
      { ...kent, chairs: at('2026-11-02', '16:00', '14:00') },
      'the end of the Chairs Group',
    ],
  ])('faults %s', (_, meetings, words) => {
    expect(faultsOf(meetings, [], defaultTimetableRules).join()).toContain(words);
  });

  it.each([
    ['on the day of the board', at('2026-09-16'), 'has to meet from 2026-09-17 to 2026-10-26'],
    ['after the last day', at('2026-10-27'), 'has to meet from 2026-09-17 to 2026-10-26'],
    [
      'that ends before it starts',
      at('2026-10-01', '12:00', '10:00'),
      'has to end (10:00) after it starts (12:00)',
    ],
  ])('faults an LCPG %s', (_, meeting, words) => {
    expect(faultsOf(kent, [{ group: 'north', meeting }], defaultTimetableRules)).toEqual([
      expect.stringContaining(words),
    ]);
  });

  it('faults a meeting on the day of the cut-off that ends after it', () => {
    const given = { ...defaultTimetableRules, lastMeetingBeforeCutOff: 0 };
    const evening = { group: 'north', meeting: at('2026-10-28', '16:00', '18:00') };
    expect(faultsOf(kent, [evening], given)).toEqual([expect.stringContaining('before returns are cut off')]);
    expect(faultsOf(kent, [{ ...evening, meeting: at('2026-10-28') }], given)).toEqual([]);
  });

  it.each([
    ['2026-10-03', 'is at a weekend'],
    ['2026-08-31', 'is a bank holiday (Summer bank holiday)'],
    ['2026-08-28', 'is in August'],
    ['2026-12-24', 'is over Christmas'],
  ])('warns of a meeting on %s', (date, words) => {
    const findings = checkTimetable(
      { ...kent, board: at(date) },
      bodies,
      [],
      defaultTimetableRules,
      calendar,
    );
    expect(findings.filter(({ level }) => level === 'warning').map(({ message }) => message)).toEqual([
      expect.stringContaining(words),
    ]);
  });

  it.each([
    [{ sendingTime: '17:00' }, 'sendingTime'],
    [{ chairsPack: 3 }, 'chairsPack'],
    [{ attendanceReminder: 2 }, 'attendanceReminder'],
  ])('faults rules that no dates can keep: %o', (change, words) => {
    expect(rulesFault({ ...defaultTimetableRules, ...change })).toContain(words);
    expect(rulesFault(defaultTimetableRules)).toBeNull();
  });
});

describe('the follow-up of a request', () => {
  const rule = fc.oneof(
    fc.constantFrom(...requestKinds.map((kind) => defaultRequestRules[kind])),
    fc.record({
      remindAt: fc.uniqueArray(fc.integer({ min: -10, max: 10 }), { maxLength: 5 }),
      escalateAt: fc.array(
        fc.record({
          workingDays: fc.integer({ min: -10, max: 10 }),
          to: fc.constantFrom('chair', 'co-ordinator', 'secretariat', 'lead-chair'),
        }),
        { maxLength: 4 },
      ),
    }),
  );

  it('is in order, after it was opened, and ends with the expiry', () => {
    fc.assert(
      fc.property(day, fc.nat(20), fc.nat(20), rule, (opened, due, expires, given) => {
        const openedAt = calendar.at(opened, '12:30');
        const dueAt = calendar.at(addDays(opened, due), '17:00');
        const expiresAt = calendar.at(addDays(opened, due + expires), '18:00');
        const steps = followUpSteps({ openedAt, dueAt, expiresAt }, given, '09:00', calendar);
        expect(steps.at(-1)).toEqual({ at: expiresAt, do: 'expire' });
        const before = steps.slice(0, -1);
        expect(before.map((step) => step.at)).toEqual(before.map((step) => step.at).sort());
        for (const step of before) {
          expect(step.do).not.toBe('expire');
          expect(step.at > openedAt && step.at < expiresAt).toBe(true);
          expect(calendar.timeOf(step.at)).toBe('09:00');
          expect(calendar.isWorkingDay(calendar.dateOf(step.at))).toBe(true);
        }
        const possible = [...given.remindAt, ...given.escalateAt.map(({ workingDays }) => workingDays)]
          .map((count) => calendar.at(calendar.addWorkingDays(calendar.dateOf(dueAt), count), '09:00'))
          .filter((at) => at > openedAt && at < expiresAt);
        expect(before).toHaveLength(possible.length);
      }),
      { numRuns: 300 },
    );
  });

  it('reminds on the days around the due date, and escalates after it', () => {
    const request = {
      openedAt: '2026-09-16T11:30:00Z',
      dueAt: '2026-09-23T16:00:00Z',
      expiresAt: '2026-10-28T17:00:00Z',
    };
    expect(followUpSteps(request, defaultRequestRules.minutes, '09:00', calendar)).toEqual([
      { at: '2026-09-22T08:00:00Z', do: 'remind' },
      { at: '2026-09-24T08:00:00Z', do: 'remind' },
      { at: '2026-09-28T08:00:00Z', do: 'remind' },
      { at: '2026-09-29T08:00:00Z', do: 'escalate', to: 'lead-chair' },
      { at: '2026-10-28T17:00:00Z', do: 'expire' },
    ]);
  });
});
