import type { MeetingTime } from '../../domain/cycle.ts';
import { wordsIn, type ZonedWords } from '../../templates/filters.ts';
import type { Origin } from '../model.ts';

/** What the sections of a document share: how days are said, and the names of things. */
export interface Setting {
  readonly days: ZonedWords;
  readonly areaName: string;
  readonly boardShortName: string;
  /** Empty for null, and for what is no indicator of the partnership. */
  readonly indicatorName: (id: string | null) => string;
  readonly groupName: (id: string) => string;
}

/**
 * @param names of the indicators and groups that the document speaks of
 */
export const settingOf = (
  { zone, areaName, boardShortName }: Origin,
  names: {
    readonly indicators: readonly { readonly id: string; readonly name: string }[];
    readonly groups: readonly { readonly group: string; readonly groupName: string }[];
  },
): Setting => {
  const indicatorNames = new Map(names.indicators.map(({ id, name }) => [id, name]));
  const groupNames = new Map(names.groups.map(({ group, groupName }) => [group, groupName]));
  return {
    days: wordsIn(zone),
    areaName,
    boardShortName,
    indicatorName: (id) => (id === null ? '' : (indicatorNames.get(id) ?? '')),
    groupName: (id) => groupNames.get(id) ?? '',
  };
};

/** "Wednesday 18 November 2026, 10am to 12:30pm, County Hall". */
export const meetingInWords = ({ days }: Setting, meeting: MeetingTime): string =>
  [days.weekdayDate(meeting.date), days.timeRange(meeting.start, meeting.end), meeting.venue]
    .filter((part) => part !== '')
    .join(', ');
