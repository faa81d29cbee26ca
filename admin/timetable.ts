import { styleText } from 'node:util';

import { Command } from 'commander';

import type { CycleMoments, GroupMoments } from '../shared/domain/cycle.ts';
import type { PartnershipFolder } from '../shared/domain/partnership.ts';
import { awkwardDay, checkTimetable, cycleMoments, groupMoments } from '../shared/domain/timetable.ts';
import type { ListedCycle } from '../shared/import/cycles-of.ts';
import { cyclesOf } from '../shared/import/cycles-of.ts';
import { andList, clockTime, plural, weekdayDate } from '../shared/templates/filters.ts';
import type { Instant, IsoDate, WorkingCalendar } from '../shared/time/calendar.ts';
import { addDays, dayOfWeek, workingCalendar } from '../shared/time/calendar.ts';
import { findingsInWords } from '../shared/import/findings-in-words.ts';
import { openFolder } from './open-folder.ts';

export const timetableCommand = (): Command =>
  new Command('timetable')
    .description('Show the dates of every cycle that the meetings of a partnership folder make.')
    .argument('<folder>', 'the partnership folder, such as examples/kent')
    .option('--json', 'print the cycles as JSON')
    .action((path: string, { json = false }: { json?: boolean }, command: Command) => {
      const reading = openFolder(path, command);
      const { folder } = reading;
      if (folder === undefined) {
        process.stderr.write(findingsInWords(path, reading));
        process.exitCode = 1;
        return;
      }
      const calendar = workingCalendar(folder.partnership.zone, folder.partnership.extraHolidays);
      const cycles = cyclesOf(folder).map((cycle) => cyclePlan(folder, cycle, calendar));
      process.stdout.write(
        json ? `${JSON.stringify({ cycles }, null, 2)}\n` : plansInWords(folder, cycles, calendar),
      );
    });

interface GroupPlan {
  readonly group: string;
  readonly name: string;
  readonly moments: GroupMoments;
}

/** One cycle's dates, and what squeezes them. */
export interface CyclePlan {
  readonly id: string;
  readonly moments: CycleMoments;
  readonly groups: readonly GroupPlan[];
  /** Names of the groups that have no date yet. */
  readonly withoutDate: readonly string[];
  /** Working days on which an LCPG may meet. */
  readonly meetingDays: number;
  /** Weekdays in that time that fall away, or are awkward, and why. */
  readonly squeezed: readonly { readonly date: IsoDate; readonly why: string }[];
  readonly warnings: readonly string[];
}

export const cyclePlan = (
  { partnership, groups }: PartnershipFolder,
  cycle: ListedCycle,
  calendar: WorkingCalendar,
): CyclePlan => {
  const rules = partnership.timetable;
  const moments = cycleMoments(cycle, rules, calendar);
  const names = new Map(groups.map(({ id, name }) => [id, name]));
  const dated = new Set(cycle.groups.map(({ body }) => body));
  const days: IsoDate[] = [];
  for (let day = moments.firstMeetingDay; day <= moments.lastMeetingDay; day = addDays(day, 1))
    days.push(day);
  return {
    id: cycle.id,
    moments,
    groups: cycle.groups.map((meeting) => ({
      group: meeting.body,
      name: names.get(meeting.body) ?? meeting.body,
      moments: groupMoments(meeting, moments, rules, calendar),
    })),
    withoutDate: groups.filter(({ id }) => !dated.has(id)).map(({ name }) => name),
    meetingDays: days.filter((day) => calendar.isWorkingDay(day)).length,
    squeezed: days
      .filter((day) => dayOfWeek(day) < 6)
      .flatMap((date) => {
        const why = awkwardDay(date, calendar);
        return why === null ? [] : [{ date, why }];
      }),
    warnings: checkTimetable(
      cycle,
      { board: partnership.board, chairsGroup: partnership.chairsGroup },
      cycle.groups.map((meeting) => ({ group: meeting.body, meeting })),
      rules,
      calendar,
    ).map(({ body, message }) => `${body}: ${message}`),
  };
};

const plansInWords = (
  { partnership }: PartnershipFolder,
  plans: readonly CyclePlan[],
  calendar: WorkingCalendar,
): string => {
  const lines = [styleText('bold', partnership.name), `All times are local: ${partnership.zone}.`, ''];
  for (const plan of plans) lines.push(...planInWords(plan, partnership.boardName.short, calendar), '');
  lines.push(`${plural(plans.length, 'cycle')}.`, '');
  return lines.join('\n');
};

const planInWords = (plan: CyclePlan, board: string, calendar: WorkingCalendar): readonly string[] => {
  const { moments } = plan;
  const start = calendar.at(moments.firstMeetingDay, '00:00');
  const end = calendar.at(moments.lastMeetingDay, '23:59');
  const steps: readonly (readonly [Instant, string, ('day' | 'time')?])[] = [
    [moments.opens, `the ${board} ends and the cycle opens`],
    [moments.minutesDue, `the ${board}’s minutes are due from its secretariat`],
    [moments.meetingDateDue, 'every LCPG’s date is due from its co-ordinator'],
    [start, 'first day on which an LCPG may meet', 'day'],
    ...plan.groups.map(({ name, moments: { meetingStart } }) => [meetingStart, `${name} meets`] as const),
    [end, 'last day on which an LCPG may meet', 'day'],
    [moments.returnsCutOff, 'returns are cut off; what is not in is a nil return'],
    [moments.chairsPack, 'the Chairs Group’s pack goes out'],
    [moments.chairsStart, 'the Chairs Group meets'],
    [moments.summaryDue, 'the lead chair’s summary is due'],
    [moments.reportCompilation, 'the report is compiled; no return is changed after this'],
    [moments.reportDue, `the report has to have reached the ${board}’s secretariat`],
    [moments.nextBoardStart, `the next ${board} meets`],
  ];
  const moment = (instant: Instant, precision: 'day' | 'time' = 'time'): string =>
    weekdayDate(calendar.dateOf(instant)) +
    (precision === 'time' ? `, ${clockTime(calendar.timeOf(instant))}` : '');
  const day = (instant: Instant): string => weekdayDate(calendar.dateOf(instant));
  const table = [...steps]
    .sort(([one], [other]) => Date.parse(one) - Date.parse(other))
    .map(([instant, words, precision]) => [moment(instant, precision), words] as const);
  const width = Math.max(...table.map(([when]) => when.length));
  const lines = [
    styleText('bold', `Cycle ${plan.id}`),
    ...table.map(([when, words]) => `  ${when.padEnd(width)}  ${words}`),
  ];
  if (plan.groups.length > 0) lines.push('', '  Around each LCPG’s meeting');
  for (const { name, moments: of } of plan.groups)
    lines.push(
      `    ${name}: meets ${moment(of.meetingStart)} to ${clockTime(calendar.timeOf(of.meetingEnd))}`,
      `      unanswered invitations reminded ${day(of.attendanceReminder)}, pack ${day(of.pack)}, return due ${moment(of.returnDue)}`,
    );
  if (plan.withoutDate.length > 0)
    lines.push(
      '',
      `  No date yet (${plural(plan.withoutDate.length, 'group')}): ${andList(plan.withoutDate)}`,
    );
  lines.push('', `  The LCPGs have ${plural(plan.meetingDays, 'working day')} to meet on.`);
  if (plan.squeezed.length > 0) {
    lines.push(`  Squeezed by ${plural(plan.squeezed.length, 'weekday')}:`);
    for (const { from, to, why } of runs(plan.squeezed))
      lines.push(
        `    ${weekdayDate(from)}${from === to ? ` ${why}` : ` to ${weekdayDate(to)}: each ${why}`}`,
      );
  }
  for (const warning of plan.warnings) lines.push(`  ${styleText('yellow', 'warning')}: ${warning}`);
  return lines;
};

/** Neighbouring days with one reason, as spans. */
const runs = (
  days: CyclePlan['squeezed'],
): readonly { readonly from: IsoDate; readonly to: IsoDate; readonly why: string }[] => {
  const spans: { from: IsoDate; to: IsoDate; why: string }[] = [];
  for (const { date, why } of days) {
    const last = spans.at(-1);
    if (last?.why === why && Date.parse(date) - Date.parse(last.to) <= 3 * 86_400_000) last.to = date;
    else spans.push({ from: date, to: date, why });
  }
  return spans;
};
