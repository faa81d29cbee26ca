import type { LocalTime, IsoDate, Instant, WorkingCalendar } from '../time/calendar.ts';
import { addDays, earlier, later } from '../time/calendar.ts';
import type { CycleMoments, GroupMoments, MeetingTime } from './cycle.ts';
import type { Request, RequestRule } from './request.ts';

/** The rules by which a partnership's dates follow from its board meetings. All counts are working days. */
export interface TimetableRules {
  /** Local time at which emails of the day go out. */
  readonly sendingTime: LocalTime;
  /** Local time at which what is due on a day is due. */
  readonly dueTime: LocalTime;
  /** Minutes are due this long after the board meeting. */
  readonly minutesDue: number;
  /** Each LCPG's date is due this long after the board meeting. */
  readonly meetingDateDue: number;
  /** An LCPG meets at the earliest this long after the board meeting. */
  readonly firstMeeting: number;
  /** An LCPG meets at the latest this long before returns are cut off. */
  readonly lastMeetingBeforeCutOff: number;
  /** Those who have not answered an invitation are reminded this long before the meeting. */
  readonly attendanceReminder: number;
  /** The pack goes out this long before the meeting. */
  readonly pack: number;
  /** The return is due this long after the meeting. */
  readonly returnDue: number;
  /** The chair's signature is due this long after the return came. */
  readonly signOffDue: number;
  /** Returns are cut off this long before the Chairs Group. */
  readonly returnsCutOff: number;
  /** The Chairs Group's pack goes out this long before it. */
  readonly chairsPack: number;
  /** The summary is due this long after the Chairs Group. */
  readonly summaryDue: number;
  /** Clear days between the report's reaching the secretariat and the next board. Local Government Act 1972, s.100B. */
  readonly reportClearDays: number;
  /** The board's answers to escalated items are due this long after its meeting. */
  readonly boardAnswersDue: number;
}

/** The rules that hold where a partnership file says nothing else. */
export const defaultTimetableRules: TimetableRules = {
  sendingTime: '09:00',
  dueTime: '17:00',
  minutesDue: 5,
  meetingDateDue: 5,
  firstMeeting: 1,
  lastMeetingBeforeCutOff: 2,
  attendanceReminder: 5,
  pack: 3,
  returnDue: 5,
  signOffDue: 3,
  returnsCutOff: 3,
  chairsPack: 2,
  summaryDue: 4,
  reportClearDays: 5,
  boardAnswersDue: 5,
};

/** What is wrong with rules that no meeting dates could keep, or null. */
export const rulesFault = (rules: TimetableRules): string | null => {
  if (rules.sendingTime >= rules.dueTime)
    return `sendingTime (${rules.sendingTime}) has to be before dueTime (${rules.dueTime})`;
  if (rules.chairsPack >= rules.returnsCutOff)
    return `chairsPack (${String(rules.chairsPack)}) has to be less than returnsCutOff (${String(rules.returnsCutOff)}), because the pack is made of the returns`;
  if (rules.attendanceReminder < rules.pack)
    return `attendanceReminder (${String(rules.attendanceReminder)}) has to be at least pack (${String(rules.pack)}), because the pack says who is coming`;
  return null;
};

/** The meetings that a cycle hangs on. */
export interface CycleMeetings {
  readonly board: MeetingTime;
  readonly chairs: MeetingTime;
  readonly nextBoard: MeetingTime;
}

/**
 * The moments of a cycle. Pure: the same meetings, rules and calendar give the same moments.
 * They may contradict each other when the meetings lie too close together: `checkTimetable` tells.
 */
export const cycleMoments = (
  meetings: CycleMeetings,
  rules: TimetableRules,
  calendar: WorkingCalendar,
): CycleMoments => {
  const { board, chairs, nextBoard } = meetings;
  const due = (from: IsoDate, days: number): Instant =>
    calendar.at(calendar.addWorkingDays(from, days), rules.dueTime);
  const morning = (from: IsoDate, days: number): Instant =>
    calendar.at(calendar.addWorkingDays(from, days), rules.sendingTime);
  const cutOffDay = calendar.addWorkingDays(chairs.date, -rules.returnsCutOff);
  // The day of publication and the day of the meeting do not count as clear days.
  const reportDay = calendar.addWorkingDays(nextBoard.date, -(rules.reportClearDays + 1));
  const reportCompilation = calendar.at(reportDay, rules.sendingTime);
  return {
    opens: calendar.at(board.date, board.end),
    minutesDue: due(board.date, rules.minutesDue),
    meetingDateDue: due(board.date, rules.meetingDateDue),
    firstMeetingDay: calendar.addWorkingDays(board.date, rules.firstMeeting),
    lastMeetingDay: calendar.addWorkingDays(cutOffDay, -rules.lastMeetingBeforeCutOff),
    returnsCutOff: calendar.at(cutOffDay, rules.dueTime),
    chairsPack: morning(chairs.date, -rules.chairsPack),
    chairsStart: calendar.at(chairs.date, chairs.start),
    chairsEnd: calendar.at(chairs.date, chairs.end),
    summaryDue: earlier(due(chairs.date, rules.summaryDue), reportCompilation),
    reportCompilation,
    reportDue: calendar.at(reportDay, rules.dueTime),
    nextBoardStart: calendar.at(nextBoard.date, nextBoard.start),
    nextBoardEnd: calendar.at(nextBoard.date, nextBoard.end),
  };
};

/** The moments of one LCPG's meeting in a cycle. Nothing is due after the cut-off. */
export const groupMoments = (
  meeting: Pick<MeetingTime, 'date' | 'start' | 'end'>,
  moments: CycleMoments,
  rules: TimetableRules,
  calendar: WorkingCalendar,
): GroupMoments => {
  const morning = (days: number): Instant =>
    calendar.at(calendar.addWorkingDays(meeting.date, days), rules.sendingTime);
  const meetingEnd = calendar.at(meeting.date, meeting.end);
  return {
    meetingStart: calendar.at(meeting.date, meeting.start),
    meetingEnd,
    attendanceReminder: later(morning(-rules.attendanceReminder), moments.opens),
    pack: later(morning(-rules.pack), moments.opens),
    returnDue: earlier(
      calendar.at(calendar.addWorkingDays(meeting.date, rules.returnDue), rules.dueTime),
      moments.returnsCutOff,
    ),
  };
};

/** Something about a timetable that somebody has to know. */
export interface TimetableFinding {
  /** A fault keeps the cycle from opening; a warning is told and does not. */
  readonly level: 'fault' | 'warning';
  /** The body whose meeting it concerns. */
  readonly body: string;
  readonly date: IsoDate;
  readonly message: string;
}

/** Why a meeting on a day is awkward, in words, or null. August and Christmas squeeze the window of a cycle. */
export const awkwardDay = (date: IsoDate, calendar: WorkingCalendar): string | null => {
  const holiday = calendar.holiday(date);
  if (holiday !== null) return `is a bank holiday (${holiday})`;
  if (!calendar.isWorkingDay(date)) return 'is at a weekend';
  const monthAndDay = date.slice(5);
  if (monthAndDay.startsWith('08')) return 'is in August, when schools and many members are away';
  if (monthAndDay >= '12-21' || monthAndDay <= '01-02') return 'is over Christmas';
  return null;
};

/**
 * Checks a cycle before it opens: every LCPG after the board and before the Chairs Group, in time for the cut-off; the
 * Chairs Group between the boards; the report its clear working days before the next board; clashes with holidays.
 * @param groups the LCPGs whose date is known
 */
export const checkTimetable = (
  meetings: CycleMeetings,
  bodies: { readonly board: string; readonly chairsGroup: string },
  groups: readonly {
    readonly group: string;
    readonly meeting: Pick<MeetingTime, 'date' | 'start' | 'end'>;
  }[],
  rules: TimetableRules,
  calendar: WorkingCalendar,
): readonly TimetableFinding[] => {
  const findings: TimetableFinding[] = [];
  const fault = (body: string, date: IsoDate, message: string): void => {
    findings.push({ level: 'fault', body, date, message });
  };
  const { board, chairs, nextBoard } = meetings;
  const moments = cycleMoments(meetings, rules, calendar);
  if (nextBoard.date <= board.date)
    fault(
      bodies.board,
      nextBoard.date,
      `the next board meeting (${nextBoard.date}) has to be after this one (${board.date})`,
    );
  if (chairs.date <= board.date || chairs.date >= nextBoard.date)
    fault(
      bodies.chairsGroup,
      chairs.date,
      `the Chairs Group (${chairs.date}) has to meet between the board meetings of ${board.date} and ${nextBoard.date}`,
    );
  if (moments.lastMeetingDay < moments.firstMeetingDay)
    fault(
      bodies.chairsGroup,
      chairs.date,
      `no day is left for the LCPGs to meet: the first is ${moments.firstMeetingDay}, the last ${moments.lastMeetingDay}; move the Chairs Group later`,
    );
  if (moments.chairsEnd >= moments.reportCompilation)
    fault(
      bodies.chairsGroup,
      chairs.date,
      `the report has to reach the secretariat on ${calendar.dateOf(moments.reportDue)}, ${String(rules.reportClearDays)} clear working days before the board of ${nextBoard.date}, and the Chairs Group meets only on ${chairs.date}`,
    );
  for (const { group, meeting } of groups) {
    if (meeting.date < moments.firstMeetingDay || meeting.date > moments.lastMeetingDay)
      fault(
        group,
        meeting.date,
        `an LCPG of this cycle has to meet from ${moments.firstMeetingDay} to ${moments.lastMeetingDay}: after the board of ${board.date}, and in time for the Chairs Group of ${chairs.date}`,
      );
  }
  const steps = [
    ['the end of the board meeting', moments.opens],
    ['the day the minutes are due', moments.minutesDue],
    ['the cut-off of returns', moments.returnsCutOff],
    ['the pack of the Chairs Group', moments.chairsPack],
    ['the start of the Chairs Group', moments.chairsStart],
    ['the end of the Chairs Group', moments.chairsEnd],
    ['the day the summary is due', moments.summaryDue],
  ] as const;
  const datesDue = [
    ['the day the LCPGs’ dates are due', moments.meetingDateDue],
    ['the last day for an LCPG to meet', calendar.at(moments.lastMeetingDay, '23:59')],
  ] as const;
  // Whatever is told already puts these out of order too.
  for (const order of findings.length === 0 ? [steps, datesDue] : [])
    for (const [index, [name, at]] of order.entries()) {
      const [before, beforeAt] = order[index - 1] ?? [name, ''];
      if (beforeAt >= at)
        fault(
          bodies.chairsGroup,
          chairs.date,
          `${name} (${calendar.dateOf(at)}, ${calendar.timeOf(at)}) has to be after ${before} (${calendar.dateOf(beforeAt)}, ${calendar.timeOf(beforeAt)})`,
        );
    }
  for (const { group, meeting } of groups) {
    const { meetingStart, meetingEnd, returnDue } = groupMoments(meeting, moments, rules, calendar);
    if (meetingEnd <= meetingStart)
      fault(group, meeting.date, `a meeting has to end (${meeting.end}) after it starts (${meeting.start})`);
    else if (meeting.date <= moments.lastMeetingDay && returnDue <= meetingEnd)
      fault(
        group,
        meeting.date,
        `the meeting has to end before returns are cut off, on ${calendar.dateOf(returnDue)} at ${calendar.timeOf(returnDue)}`,
      );
  }
  const dated = [
    { body: bodies.board, date: board.date },
    { body: bodies.chairsGroup, date: chairs.date },
    ...groups.map(({ group, meeting }) => ({ body: group, date: meeting.date })),
  ];
  for (const { body, date } of dated) {
    const awkward = awkwardDay(date, calendar);
    if (awkward !== null) findings.push({ level: 'warning', body, date, message: `${date} ${awkward}` });
  }
  return findings;
};

/** One thing that is done about a request that nobody has answered. */
export type FollowUpStep =
  | { readonly at: Instant; readonly do: 'remind' }
  | { readonly at: Instant; readonly do: 'escalate'; readonly to: RequestRule['escalateAt'][number]['to'] }
  | { readonly at: Instant; readonly do: 'expire' };

/**
 * What is done about a request, and when, in order; the last step is always its expiry. Steps that would fall before it
 * was opened, or at or after its expiry, are left out.
 */
export const followUpSteps = (
  request: Pick<Request, 'openedAt' | 'dueAt' | 'expiresAt'>,
  rule: RequestRule,
  sendingTime: LocalTime,
  calendar: WorkingCalendar,
): readonly FollowUpStep[] => {
  const dueDay = calendar.dateOf(request.dueAt);
  const at = (days: number): Instant => calendar.at(calendar.addWorkingDays(dueDay, days), sendingTime);
  const steps: FollowUpStep[] = [
    ...rule.remindAt.map((days): FollowUpStep => ({ at: at(days), do: 'remind' })),
    ...rule.escalateAt.map(({ workingDays, to }): FollowUpStep => ({
      at: at(workingDays),
      do: 'escalate',
      to,
    })),
  ];
  return [
    ...steps
      .filter((step) => step.at > request.openedAt && step.at < request.expiresAt)
      .sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0)),
    { at: request.expiresAt, do: 'expire' },
  ];
};

/** The due date of something that is due some working days after an instant. */
export const dueAfter = (
  instant: Instant,
  workingDays: number,
  rules: TimetableRules,
  calendar: WorkingCalendar,
): Instant => calendar.at(calendar.addWorkingDays(calendar.dateOf(instant), workingDays), rules.dueTime);

/** The last day that an LCPG's members can still be told of: tomorrow. */
export const earliestNewDate = (today: IsoDate): IsoDate => addDays(today, 1);

/** A fault of one field of a form. */
export interface FieldFault {
  readonly field: string;
  readonly message: string;
}

/**
 * What is wrong with a time that a co-ordinator chose for an LCPG meeting; empty when nothing is. A bank holiday or a
 * weekend is refused too, as the product would send on a day when nobody reads.
 * @param today the local day on which it is chosen; a meeting cannot be set for the past
 */
export const meetingTimeFaults = (
  time: Pick<MeetingTime, 'date' | 'start' | 'end'>,
  moments: CycleMoments,
  today: IsoDate,
  calendar: WorkingCalendar,
): readonly FieldFault[] => {
  const faults: FieldFault[] = [];
  const first = later(moments.firstMeetingDay, earliestNewDate(today));
  if (time.date < first || time.date > moments.lastMeetingDay)
    faults.push({
      field: 'date',
      message: `The date must be between ${first} and ${moments.lastMeetingDay}`,
    });
  else {
    const holiday = calendar.holiday(time.date);
    if (holiday !== null)
      faults.push({ field: 'date', message: `The date must not be a bank holiday (${holiday})` });
    else if (!calendar.isWorkingDay(time.date))
      faults.push({ field: 'date', message: 'The date must be a working day' });
  }
  if (time.end <= time.start) faults.push({ field: 'end', message: 'The end must be after the start' });
  return faults;
};
