/** How far a cycle has come, as its progress pages show it. Reads one partition for each body that is shown. */
import type { Cycle, GroupMoments, Meeting } from '../domain/cycle.ts';
import type { Group, Partnership } from '../domain/partnership.ts';
import type { GroupStep, NextEvent, ProgressScope, StepState } from '../domain/progress.ts';
import { groupLine, soonest } from '../domain/progress.ts';
import type { OpenRequest, Request } from '../domain/request.ts';
import type { GroupReturn } from '../domain/return.ts';
import { groupMoments } from '../domain/timetable.ts';
import { stepsLeft } from './reminders.ts';
import type { AnswerDesk } from './workplace.ts';
import { calendarOf, nowOf } from './workplace.ts';

/** What a body has been asked in a cycle, and what has come of it. */
export interface BodyProgress {
  readonly body: string;
  readonly meeting: Meeting | undefined;
  /** All but the invitations, those that are open first, the soonest due first. */
  readonly requests: readonly Request[];
  /** The invitations to its meeting as it stands now. */
  readonly invitations: readonly Request[];
  readonly next: NextEvent | null;
}

/** How far an LCPG has come. */
export interface GroupProgress extends BodyProgress {
  readonly group: Group;
  readonly moments: GroupMoments | null;
  readonly given: GroupReturn | undefined;
  readonly line: Readonly<Record<GroupStep, StepState>>;
}

/** Whether a person may see a scope today: they hold a role that looks after it. Nobody keeps a page that was theirs once. */
export const maySee = async (
  desk: AnswerDesk,
  partnership: Partnership,
  scope: ProgressScope,
  person: string,
): Promise<boolean> => {
  if (scope.of === 'person') return true;
  const on = calendarOf(partnership).dateOf(nowOf(desk));
  const holds = async (body: string, roles: readonly string[]): Promise<boolean> =>
    (await desk.directory.members(body, on)).some(
      (member) => member.person === person && roles.includes(member.role),
    );
  if (scope.of === 'group') return holds(scope.group, ['co-ordinator', 'chair']);
  return (
    (await holds(partnership.board, ['secretariat'])) ||
    (await holds(partnership.chairsGroup, ['lead-chair']))
  );
};

const isOpen = (request: Request): request is OpenRequest => request.state === 'open';

const soonestDueFirst = (one: Request, other: Request): number =>
  Number(isOpen(other)) - Number(isOpen(one)) || Date.parse(one.dueAt) - Date.parse(other.dueAt);

/** The next step of each open request, and of the meeting. */
const eventsOf = (
  partnership: Partnership,
  requests: readonly Request[],
  invitations: readonly Request[],
  moments: GroupMoments | null,
): readonly NextEvent[] => {
  const steps = requests.filter(isOpen).flatMap((request) =>
    stepsLeft(partnership, request).map((step): NextEvent => ({
      at: step.at,
      what: step.do === 'remind' ? 'reminder' : step.do === 'escalate' ? 'escalation' : 'expiry',
      request,
    })),
  );
  if (moments === null) return steps;
  const meeting: readonly NextEvent[] = [
    { at: moments.pack, what: 'pack' },
    { at: moments.meetingStart, what: 'meeting' },
  ];
  return invitations.some(isOpen)
    ? [{ at: moments.attendanceReminder, what: 'attendance-reminder' }, ...meeting, ...steps]
    : [...meeting, ...steps];
};

const bodyOf = (
  desk: AnswerDesk,
  partnership: Partnership,
  body: string,
  meeting: Meeting | undefined,
  all: readonly Request[],
  moments: GroupMoments | null,
): BodyProgress => {
  const shown = all.filter(({ state }) => state !== 'withdrawn');
  const requests = shown.filter(({ kind }) => kind !== 'attendance').sort(soonestDueFirst);
  const invitations = shown
    .filter(({ kind, subject }) => kind === 'attendance' && subject.round === meeting?.round)
    .sort(soonestDueFirst);
  return {
    body,
    meeting,
    requests,
    invitations,
    next: soonest(eventsOf(partnership, requests, invitations, moments), nowOf(desk)),
  };
};

const momentsOf = (
  partnership: Partnership,
  cycle: Cycle,
  meeting: Meeting | undefined,
): GroupMoments | null =>
  meeting?.state === 'planned' && meeting.time !== null
    ? groupMoments(meeting.time, cycle.moments, partnership.timetable, calendarOf(partnership))
    : null;

/** What the board or the Chairs Group is asked. */
export const progressOfBody = async (
  desk: AnswerDesk,
  partnership: Partnership,
  cycle: Cycle,
  body: string,
): Promise<BodyProgress> => {
  const [meeting, requests] = await Promise.all([
    desk.meetings.get(cycle.id, body),
    desk.requests.about(cycle.id, body),
  ]);
  return bodyOf(desk, partnership, body, meeting, requests, null);
};

/** How far some LCPGs have come, in the order given. */
export const progressOfGroups = async (
  desk: AnswerDesk,
  partnership: Partnership,
  cycle: Cycle,
  groups: readonly Group[],
): Promise<readonly GroupProgress[]> => {
  const ids = groups.map(({ id }) => id);
  const [meetings, returns, requests] = await Promise.all([
    desk.meetings.getMany(ids.map((body) => ({ cycle: cycle.id, body }))),
    desk.returns.ofGroups(cycle.id, ids),
    Promise.all(ids.map((body) => desk.requests.about(cycle.id, body))),
  ]);
  const calendar = calendarOf(partnership);
  const lastMeetingEnd = calendar.at(cycle.moments.lastMeetingDay, partnership.timetable.dueTime);
  return groups.map((group, index) => {
    const meeting = meetings[index];
    const moments = momentsOf(partnership, cycle, meeting);
    const given = returns[index];
    const { reportCompilation } = cycle.moments;
    return {
      ...bodyOf(desk, partnership, group.id, meeting, requests[index] ?? [], moments),
      group,
      moments,
      given,
      line: groupLine({ meeting, moments, given, reportCompilation, lastMeetingEnd }, nowOf(desk)),
    };
  });
};
