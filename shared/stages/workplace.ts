import type { Errands } from '../contracts/errands.ts';
import type { Machines } from '../contracts/machines.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { Post } from '../mail/post.ts';
import type { Press } from '../report/press.ts';
import type { Correspondence } from '../store/correspondence.ts';
import type { CycleStores } from '../store/cycles/cycle-stores.ts';
import type { Directory } from '../store/directory.ts';
import type { Documents } from '../store/documents.ts';
import type { Indicators } from '../store/indicators.ts';
import type { Instant, WorkingCalendar } from '../time/calendar.ts';
import { toInstant, workingCalendar } from '../time/calendar.ts';
import type { Clock } from '../time/clock.ts';
import type { LinkMaker } from '../web-links/links.ts';

/** What taking an answer needs: the stores, the time, and the machines that may be waiting for it. */
export interface AnswerDesk extends CycleStores {
  readonly clock: Clock;
  readonly directory: Directory;
  readonly indicators: Indicators;
  readonly documents: Documents;
  readonly machines: Machines;
  /** Has what was registered seen to at once. */
  readonly errands: Errands;
  /** Hears that a machine could not be told of an answer that is stored; the sweep will tell it. */
  readonly notTold: (error: unknown) => void;
}

/** Opens the next cycle at an instant: EventBridge Scheduler on AWS. Setting the same start again moves it. */
export interface StartSchedule {
  startCycleAt(partnership: string, cycle: string, at: Instant): Promise<void>;
}

/** The answer desk with the means to write to people. */
export interface WritingDesk extends AnswerDesk {
  /** The post of a partnership: sends with its sender, in its words. */
  readonly postFor: (partnership: Partnership) => Post;
  readonly correspondence: Correspondence;
  readonly links: LinkMaker;
}

/** What a stage of the cycle works with. */
export interface Workplace extends WritingDesk {
  /** Makes documents; only the functions that need one have a real one. */
  readonly press: Press;
  readonly schedule: StartSchedule;
  /**
   * How long a machine may be overdue before the sweep wakes it, in real seconds. Its own timer comes first: the sweep
   * is the net under it.
   */
  readonly sweepGraceSeconds: number;
}

/** The present instant in its stored form. */
export const nowOf = (place: Pick<AnswerDesk, 'clock'>): Instant => toInstant(place.clock.now());

// By what it depends on: each reading of the partnership is another object, and what a calendar remembers is to last.
const calendars = new Map<string, WorkingCalendar>();

/** The working calendar of a partnership. */
export const calendarOf = ({ zone, extraHolidays }: Partnership): WorkingCalendar => {
  const key = JSON.stringify([zone, extraHolidays]);
  let calendar = calendars.get(key);
  if (calendar === undefined) {
    calendar = workingCalendar(zone, extraHolidays);
    calendars.set(key, calendar);
  }
  return calendar;
};
