import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { ChasedRequest, DigestRule } from '../../../shared/domain/digest.ts';
import { digestDays, digestOf, firstDigest, reminderGoes } from '../../../shared/domain/digest.ts';
import type { FollowUpStep } from '../../../shared/domain/timetable.ts';
import { followUpSteps } from '../../../shared/domain/timetable.ts';
import type { Instant } from '../../../shared/time/calendar.ts';
import { addDays, addSeconds, dayOfWeek, workingCalendar } from '../../../shared/time/calendar.ts';

const calendar = workingCalendar('Europe/London');
const ruleOn = (day: DigestRule['day']): DigestRule => ({ day, sendingTime: '09:00', calendar });
const mondays = ruleOn('monday');
const weekOf = (at: Instant): string => {
  const date = calendar.dateOf(at);
  return addDays(date, 1 - dayOfWeek(date));
};

/** A person's request in a simulated history. */
interface Played {
  readonly name: string;
  readonly openedAt: Instant;
  readonly dueAt: Instant;
  readonly expiresAt: Instant;
  readonly answeredAt: Instant;
  readonly steps: readonly FollowUpStep[];
}

interface Told {
  readonly at: Instant;
  readonly how: 'reminder' | 'digest' | 'escalation' | 'expiry';
  readonly request: string;
}

/** What a person is told of, when each step is taken at its time, as the stages do. */
const play = (requests: readonly Played[], rule: DigestRule | null): readonly Told[] => {
  const told: Told[] = [];
  const marks = new Map<string, Pick<ChasedRequest, 'reminded' | 'digestedAt' | 'waitsForDigest'>>();
  const mark = (
    name: string,
    change: Pick<ChasedRequest, 'reminded' | 'digestedAt' | 'waitsForDigest'>,
  ): void => {
    marks.set(name, { ...marks.get(name), ...change });
  };
  const seen = (request: Played): ChasedRequest & { readonly name: string } => ({
    ...request,
    ...marks.get(request.name),
  });
  const open = (at: Instant): readonly Played[] =>
    requests.filter(
      (request) => request.openedAt <= at && at < request.answeredAt && at <= request.expiresAt,
    );
  const remind = (request: Played, at: Instant): void => {
    told.push({ at, how: 'reminder', request: request.name });
    mark(request.name, { reminded: { times: 1, at }, waitsForDigest: false });
  };
  const events = requests.flatMap((request) => request.steps.map((step) => ({ at: step.at, step, request })));
  const digests = new Set<Instant>();
  const sendDigests = (until: Instant): void => {
    for (const at of [...digests].sort())
      if (at < until && digests.delete(at)) {
        const { digest, alone } = digestOf(open(at).map(seen), at, rule ?? mondays);
        for (const { name } of digest) {
          told.push({ at, how: 'digest', request: name });
          mark(name, { digestedAt: at, waitsForDigest: false });
        }
        for (const { name } of alone) remind(requests.find((request) => request.name === name) as Played, at);
      }
  };
  for (const { at, step, request } of events.sort((one, other) => (one.at < other.at ? -1 : 1))) {
    sendDigests(at);
    if (!open(at).includes(request)) continue;
    if (step.do === 'escalate') told.push({ at, how: 'escalation', request: request.name });
    if (step.do === 'expire') told.push({ at, how: 'expiry', request: request.name });
    if (step.do !== 'remind') continue;
    const goes = rule === null ? 'alone' : reminderGoes(seen(request), open(at).length, step.at, rule);
    if (goes === 'alone') remind(request, at);
    if (goes === 'waits') {
      mark(request.name, { waitsForDigest: true });
      digests.add(firstDigest(at, rule ?? mondays));
    }
  }
  sendDigests('9999');
  return told;
};

const rising = (most: number) =>
  fc
    .uniqueArray(fc.integer({ min: -8, max: 10 }), { maxLength: most })
    .map((days) => days.sort((a, b) => a - b));

const request = (name: string): fc.Arbitrary<Played> =>
  fc
    .record({
      opened: fc.nat(60),
      hour: fc.integer({ min: 0, max: 23 }),
      due: fc.integer({ min: 1, max: 20 }),
      expires: fc.integer({ min: 0, max: 40 }),
      answered: fc.integer({ min: 0, max: 80 }),
      remindAt: rising(4),
      escalateAt: rising(2),
    })
    .map(({ opened, hour, due, expires, answered, remindAt, escalateAt }) => {
      const day = addDays('2026-11-20', opened);
      const openedAt = calendar.at(day, `${String(hour).padStart(2, '0')}:10`);
      const dueDay = addDays(day, due);
      const dueAt = calendar.at(dueDay, '17:00');
      const expiresAt = calendar.at(addDays(dueDay, expires), '17:30');
      const steps = followUpSteps(
        { openedAt, dueAt, expiresAt },
        { remindAt, escalateAt: escalateAt.map((workingDays) => ({ workingDays, to: 'chair' as const })) },
        '09:00',
        calendar,
      );
      return { name, openedAt, dueAt, expiresAt, answeredAt: addSeconds(openedAt, answered * 86_400), steps };
    });

const history = fc
  .integer({ min: 1, max: 5 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => request(String(index)))));
const anyRule = fc.constantFrom(...digestDays).map(ruleOn);

describe('a person with open requests', () => {
  it('never gets a reminder and a digest about the same request in the same week', () => {
    fc.assert(
      fc.property(history, anyRule, (requests, rule) => {
        const told = play(requests, rule);
        for (const digest of told.filter(({ how }) => how === 'digest'))
          expect(
            told.filter(
              ({ how, request: name, at }) =>
                (how === 'reminder' || how === 'digest') &&
                name === digest.request &&
                weekOf(at) === weekOf(digest.at),
            ),
          ).toEqual([digest]);
      }),
    );
  });

  it('is told of others and of the end at the same moments, digests or not', () => {
    fc.assert(
      fc.property(history, anyRule, (requests, rule) => {
        const firm = (told: readonly Told[]) =>
          told.filter(({ how }) => how === 'escalation' || how === 'expiry');
        expect(firm(play(requests, rule))).toEqual(firm(play(requests, null)));
      }),
    );
  });

  it('hears of each reminder by its time, in the same week’s digest, or in the next one, before anything else happens', () => {
    fc.assert(
      fc.property(history, anyRule, (requests, rule) => {
        const told = play(requests, rule);
        for (const due of play(requests, null).filter(({ how }) => how === 'reminder')) {
          const played = requests.find(({ name }) => name === due.request) as Played;
          const heard = told.filter(
            ({ how, request: name }) => name === due.request && (how === 'reminder' || how === 'digest'),
          );
          const digest = firstDigest(due.at, rule);
          const answeredBefore = played.answeredAt <= digest;
          const inTime = heard.some(
            ({ at }) => weekOf(at) === weekOf(due.at) || (at >= due.at && at <= digest),
          );
          expect(inTime || answeredBefore).toBe(true);
          // What is due before the next digest is reminded of by itself, or in a digest of that very moment.
          if (played.dueAt > due.at && played.dueAt <= firstDigest(addSeconds(due.at, 1), rule))
            expect(heard.some(({ at }) => at === due.at)).toBe(true);
        }
      }),
    );
  });

  it('who has only one gets its reminders as ever', () => {
    fc.assert(
      fc.property(request('only'), anyRule, (only, rule) => {
        expect(play([only], rule)).toEqual(play([only], null));
      }),
    );
  });

  it('gets no more emails by digests than by reminders', () => {
    fc.assert(
      fc.property(history, anyRule, (requests, rule) => {
        const emails = (told: readonly Told[]) =>
          new Set(
            told.flatMap(({ how, at, request: name }) =>
              how === 'digest' ? [at] : how === 'reminder' ? [`${name} ${at}`] : [],
            ),
          ).size;
        expect(emails(play(requests, rule))).toBeLessThanOrEqual(emails(play(requests, null)));
      }),
    );
  });
});

describe('the day of the digest', () => {
  it.each([
    ['2026-09-18T10:00:00Z', 'monday', '2026-09-21T08:00:00Z'],
    ['2026-09-21T08:00:00Z', 'monday', '2026-09-21T08:00:00Z'],
    ['2026-09-21T08:00:01Z', 'monday', '2026-09-28T08:00:00Z'],
    // Boxing Day is kept on Monday 28 December 2026; Good Friday is on 26 March 2027.
    ['2026-12-27T12:00:00Z', 'monday', '2026-12-29T09:00:00Z'],
    ['2027-03-22T12:00:00Z', 'friday', '2027-03-25T09:00:00Z'],
  ] as const)('after %s on a %s is %s', (from, day, expected) => {
    expect(firstDigest(from, ruleOn(day))).toBe(expected);
  });

  it('is a working day of every week', () => {
    fc.assert(
      fc.property(fc.nat(6000), anyRule, (days, rule) => {
        const from = `${addDays('2020-01-01', days)}T12:00:00Z`;
        const digest = firstDigest(from, rule);
        expect(calendar.isWorkingDay(calendar.dateOf(digest))).toBe(true);
        expect(digest >= from).toBe(true);
        expect(weekOf(digest) <= addDays(weekOf(from), 7)).toBe(true);
      }),
    );
  });
});

it('several requests whose reminders come at once share one email, and a lone one is reminded of', () => {
  const chased = (openedAt: Instant, dueAt: Instant, more: Partial<ChasedRequest> = {}): ChasedRequest => ({
    openedAt,
    dueAt,
    expiresAt: '2026-12-01T09:00:00Z',
    steps: [],
    ...more,
  });
  const now = '2026-09-28T08:05:00Z';
  const waiting = chased('2026-09-20T09:00:00Z', '2026-10-15T16:00:00Z', { waitsForDigest: true });
  const other = chased('2026-09-21T09:00:00Z', '2026-10-20T16:00:00Z');
  expect(digestOf([waiting, other], now, mondays)).toEqual({ digest: [waiting, other], alone: [] });
  expect(digestOf([waiting], now, mondays)).toEqual({ digest: [], alone: [waiting] });
  expect(digestOf([other, other], now, mondays)).toEqual({ digest: [], alone: [] });
});
