import type { Meeting } from '../../../shared/domain/cycle.ts';
import { answerMeetingDate, cancelMeeting } from '../../../shared/stages/answers.ts';
import { earliestNewDate } from '../../../shared/domain/timetable.ts';
import { later } from '../../../shared/time/calendar.ts';
import { dayValues, Faults } from '../forms/form.ts';
import type { FieldFault } from '../forms/form.ts';
import { parseMeetingTime } from '../forms/meeting-date.ts';
import { done, fingerprint, formView, page } from './kind.ts';
import type { AnswerKind, PageReply, Situation } from './kind.ts';

const meetingOf = async ({ desk, request }: Situation): Promise<Meeting> => {
  const meeting = await desk.meetings.get(request.cycle, request.subject.body);
  if (meeting === undefined) throw new Error(`no meeting of ${request.subject.body} in ${request.cycle}`);
  return meeting;
};

const basisOf = ({ state, time }: Meeting): string => fingerprint({ state, time });

const valuesOf = ({ time }: Meeting): Readonly<Record<string, string>> =>
  time === null
    ? {}
    : {
        ...dayValues('date', time.date),
        start: time.start,
        end: time.end,
        venue: time.venue,
        link: time.link,
      };

const view = async (
  situation: Situation,
  meeting: Meeting,
  more: {
    readonly values?: Readonly<Record<string, string>>;
    readonly faults?: readonly FieldFault[];
    readonly theirs?: boolean;
  } = {},
): Promise<PageReply> => {
  const { moments } = await situation.desk.cycles.known(situation.request.cycle);
  const { values = valuesOf(meeting), faults = [], theirs = false } = more;
  return page(
    'meeting-date',
    {
      recorded: { meeting },
      theirs,
      firstDay: later(moments.firstMeetingDay, earliestNewDate(situation.today)),
      lastDay: moments.lastMeetingDay,
      form: formView(values, basisOf(meeting), faults, (field) => field === 'date'),
    },
    theirs ? 409 : faults.length > 0 ? 400 : 200,
  );
};

const noMeeting = (
  meeting: Meeting,
  values: Readonly<Record<string, string>> = {},
  faults: readonly FieldFault[] = [],
  theirs = false,
): PageReply =>
  page(
    'meeting-date-none',
    { recorded: { meeting }, theirs, form: formView(values, basisOf(meeting), faults) },
    theirs ? 409 : faults.length > 0 ? 400 : 200,
  );

export const meetingDate: AnswerKind = {
  recorded: async (situation) => ({ meeting: await meetingOf(situation) }),
  async show(situation) {
    const meeting = await meetingOf(situation);
    if (situation.section === 'no-meeting') return noMeeting(meeting);
    return situation.section === '' ? view(situation, meeting) : 'no-such-section';
  },
  async answer(situation, form) {
    const { desk, request } = situation;
    const meeting = await meetingOf(situation);
    const changed = form.text('basis') !== basisOf(meeting);
    if (situation.section === 'no-meeting') {
      const faults = new Faults(form);
      if (form.line('confirm') !== 'yes')
        faults.add('confirm', 'Tick the box if the LCPG will not meet in this cycle');
      if (faults.any) return noMeeting(meeting, form.values, faults.all);
      if (changed && meeting.state !== 'cancelled') return noMeeting(meeting, form.values, [], true);
      await cancelMeeting(desk, request, meeting, situation.way);
      return done;
    }
    if (situation.section !== '') return 'no-such-section';
    const { moments } = await desk.cycles.known(request.cycle);
    const { value, faults } = parseMeetingTime(form, {
      moments,
      today: situation.today,
      calendar: situation.calendar,
    });
    if (faults !== undefined) return view(situation, meeting, { values: form.values, faults });
    const same = meeting.state === 'planned' && fingerprint(meeting.time) === fingerprint(value);
    if (changed && !same) return view(situation, meeting, { values: form.values, theirs: true });
    await answerMeetingDate(desk, request, meeting, value, situation.way);
    return done;
  },
};
