import { calendarOf } from '../shared/stages/workplace.ts';
import { toInstant } from '../shared/time/calendar.ts';
import type { World } from './world.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

/** A day in short words: `Wed 16 Sep 2026`. */
export const shortDate = (date: string): string => {
  const [year = '', month = '', day = ''] = date.split('-');
  const weekday = weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? '';
  return `${weekday} ${String(Number(day))} ${months[Number(month) - 1] ?? ''} ${year}`;
};

/** The day that a world's clock shows, in its partnership's zone. */
export const longDate = (world: World): string =>
  shortDate(calendarOf(world.partnership).dateOf(toInstant(world.clock.now())));
