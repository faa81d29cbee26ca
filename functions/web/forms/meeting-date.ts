import type { MeetingTime } from '../../../shared/domain/cycle.ts';
import type { CycleMoments } from '../../../shared/domain/cycle.ts';
import { meetingTimeFaults } from '../../../shared/domain/timetable.ts';
import { isWebAddress, weekdayDate } from '../../../shared/templates/filters.ts';
import type { IsoDate, WorkingCalendar } from '../../../shared/time/calendar.ts';
import { dayOf, daysInWords, Faults, timeOf } from './form.ts';
import type { Form, Parsed } from './form.ts';

/** What a chosen time is measured by. */
export interface MeetingWindow {
  readonly moments: CycleMoments;
  readonly today: IsoDate;
  readonly calendar: WorkingCalendar;
}

export const parseMeetingTime = (form: Form, window: MeetingWindow): Parsed<MeetingTime> => {
  const faults = new Faults(form);
  const date = dayOf(form, 'date');
  if (date === null) faults.add('date', 'Enter the date of the meeting');
  else if (date === undefined) faults.add('date', 'The date of the meeting must be a real date');
  const times = { start: '', end: '' };
  for (const [field, what] of [
    ['start', 'starts'],
    ['end', 'ends'],
  ] as const) {
    const text = form.line(field);
    const time = timeOf(text);
    if (text === '') faults.add(field, `Enter the time when the meeting ${what}`);
    else if (time === undefined)
      faults.add(field, `Enter the time when the meeting ${what}, like 9:30am or 14:00`);
    else times[field] = time;
  }
  const venue = form.line('venue');
  const link = form.line('link');
  if (venue === '' && link === '') faults.add('venue', 'Enter where the meeting is, or the link to join it');
  faults.atMost(form, 'venue', 200, 'The place');
  faults.atMost(form, 'link', 1000, 'The link');
  if (link !== '' && !isWebAddress(link)) faults.add('link', 'Enter a link that starts with https://');
  if (faults.any) return { faults: faults.all };
  const time: MeetingTime = { date: date ?? '', ...times, venue, link };
  for (const { field, message } of meetingTimeFaults(time, window.moments, window.today, window.calendar))
    faults.add(field, daysInWords(message, weekdayDate));
  return faults.orValue(() => time);
};
