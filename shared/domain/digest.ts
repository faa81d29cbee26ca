import type { Instant, IsoDate, LocalTime, WorkingCalendar } from '../time/calendar.ts';
import { addDays, addSeconds, dayOfWeek } from '../time/calendar.ts';
import type { Request } from './request.ts';
import type { FollowUpStep } from './timetable.ts';

export const digestDays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const;
/** The day on which a person with several open requests gets one email about them, instead of a reminder of each. */
export type DigestDay = (typeof digestDays)[number] | 'off';

/** When a partnership's digests go out. */
export interface DigestRule {
  readonly day: Exclude<DigestDay, 'off'>;
  readonly sendingTime: LocalTime;
  readonly calendar: WorkingCalendar;
}

/** What the rule looks at of an open request. */
export interface ChasedRequest extends Pick<
  Request,
  'openedAt' | 'dueAt' | 'expiresAt' | 'reminded' | 'digestedAt' | 'waitsForDigest'
> {
  /** All its follow-up steps, taken or not: see `followUpSteps`. */
  readonly steps: readonly FollowUpStep[];
}

/** The Monday of a day's week. */
const mondayOf = (date: IsoDate): IsoDate => addDays(date, 1 - dayOfWeek(date));

/** The working day of a week nearest to the digest's own, sooner after it than before; null in a week without one. */
const digestDate = (monday: IsoDate, { day, calendar }: DigestRule): IsoDate | null => {
  const place = digestDays.indexOf(day);
  const week = digestDays.map((_, index) => addDays(monday, index));
  const inOrder = [...week.slice(place), ...week.slice(0, place).reverse()];
  return inOrder.find((date) => calendar.isWorkingDay(date)) ?? null;
};

/** The first digest at or after an instant. One whose day is a holiday goes on another working day of its week. */
export const firstDigest = (from: Instant, rule: DigestRule): Instant => {
  for (let monday = mondayOf(rule.calendar.dateOf(from)); ; monday = addDays(monday, 7)) {
    const date = digestDate(monday, rule);
    const at = date === null ? null : rule.calendar.at(date, rule.sendingTime);
    if (at !== null && at >= from) return at;
  }
};

const sameWeek = (one: Instant | undefined, other: Instant, { calendar }: DigestRule): boolean =>
  one !== undefined && mondayOf(calendar.dateOf(one)) === mondayOf(calendar.dateOf(other));

/** Whether a request is due after one digest and before the next, with a reminder in between: that one goes by itself. */
const isRemindedBeforeNext = (request: ChasedRequest, digest: Instant, rule: DigestRule): boolean => {
  const next = firstDigest(addSeconds(digest, 1), rule);
  return (
    request.dueAt > digest &&
    request.dueAt <= next &&
    request.steps.some((step) => step.do === 'remind' && step.at > digest && step.at < next)
  );
};

/**
 * What becomes of a reminder that falls due at an instant: it goes `alone`; it `waits` for the next digest; or it has been `told`
 * in a digest of the same week. It waits only where the digest comes before the request is due, before anybody else is
 * told and before it expires, and only where the person has another open request to share the email with.
 * @param openRequests how many requests the person has open that are chased, this one among them
 */
export const reminderGoes = (
  request: ChasedRequest,
  openRequests: number,
  at: Instant,
  rule: DigestRule,
): 'alone' | 'waits' | 'told' => {
  if (sameWeek(request.digestedAt, at, rule)) return 'told';
  if (openRequests < 2) return 'alone';
  const digest = firstDigest(at, rule);
  const deadlines = [
    request.dueAt,
    ...request.steps.filter((step) => step.do !== 'remind').map((step) => step.at),
  ].filter((deadline) => deadline > at);
  const tooLate = deadlines.some((deadline) => deadline <= digest);
  const elsewhere =
    sameWeek(request.reminded?.at, digest, rule) || isRemindedBeforeNext(request, digest, rule);
  return tooLate || elsewhere ? 'alone' : 'waits';
};

/**
 * What a person is told of when a digest is due: several requests in one `digest`, or, where only one is left, its
 * reminder `alone`. Left out is what was reminded of by itself this week or will be before the next digest, and what was
 * asked only today. Nothing is sent where no reminder waited.
 * @param requests the open requests of the person that are chased
 */
export const digestOf = <Chased extends ChasedRequest>(
  requests: readonly Chased[],
  now: Instant,
  rule: DigestRule,
): { readonly digest: readonly Chased[]; readonly alone: readonly Chased[] } => {
  const waited = requests.filter(({ waitsForDigest }) => waitsForDigest === true);
  if (waited.length === 0) return { digest: [], alone: [] };
  const today = rule.calendar.dateOf(now);
  const told = requests.filter(
    (request) =>
      !sameWeek(request.digestedAt, now, rule) &&
      !sameWeek(request.reminded?.at, now, rule) &&
      (request.waitsForDigest === true ||
        (rule.calendar.dateOf(request.openedAt) < today && !isRemindedBeforeNext(request, now, rule))),
  );
  return told.length < 2 ? { digest: [], alone: waited } : { digest: told, alone: [] };
};
