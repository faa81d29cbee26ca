import type { Attendance } from '../domain/cycle.ts';
import type { Role } from '../domain/partnership.ts';
import type { Action, Presence } from '../domain/return.ts';
import { isOverdue } from '../domain/return.ts';
import type { IsoDate } from '../time/calendar.ts';
import type { ActionLine, AttendanceLine } from './model.ts';

/** A person of a body, as far as a line about them needs. */
interface NamedPerson {
  readonly who: { readonly id: string; readonly name: string; readonly organisation: string };
  readonly roles: readonly Role[];
  readonly sectors: readonly string[];
}

const answerOf = (attendance: Attendance | undefined): AttendanceLine['presence'] =>
  attendance?.answer?.response ?? 'unanswered';

/**
 * A line for each person of a body: what they answered, or, where a return says it, how they were present.
 * @param presence what the return says of each person
 */
export const attendanceLines = (
  people: readonly NamedPerson[],
  attendance: readonly Attendance[],
  presence: ReadonlyMap<string, Presence> = new Map(),
): readonly AttendanceLine[] => {
  const answers = new Map(attendance.map((one) => [one.person, one]));
  return people.map(({ who, roles, sectors }) => {
    const answer = answers.get(who.id);
    return {
      name: who.name,
      organisation: who.organisation,
      role: roles[0] ?? 'member',
      sector: sectors[0] ?? null,
      presence: presence.get(who.id) ?? answerOf(answer),
      substitute: answer?.answer?.response === 'substitute' ? answer.answer.substitute.name : null,
    };
  });
};

/** An action as readers are shown it. */
export const actionLine = (action: Action, owner: string, on: IsoDate): ActionLine => ({
  id: action.id,
  group: action.group,
  description: action.description,
  owner,
  due: action.due,
  indicator: action.indicator ?? null,
  state: action.state,
  overdue: isOverdue(action, on),
  lastNote: action.updates.at(-1)?.note ?? '',
});

/** The core sectors that none of the given ones covers. */
export const missingSectors = (core: readonly string[], covered: ReadonlySet<string>): readonly string[] =>
  core.filter((sector) => !covered.has(sector));
