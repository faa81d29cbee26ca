import type { MeetingTime } from '../../domain/cycle.ts';
import { wordsIn, type ZonedWords } from '../../templates/filters.ts';
import type { ChairsPack } from '../model.ts';

/** What the sections of a document share: how days are said, and the names of things. */
export interface Setting {
  readonly days: ZonedWords;
  readonly areaName: string;
  readonly boardShortName: string;
  /** Empty for null, and for what is no indicator of the partnership. */
  readonly indicatorName: (id: string | null) => string;
  readonly groupName: (id: string) => string;
}

export const settingOf = (
  pack: Pick<ChairsPack, 'zone' | 'areaName' | 'boardShortName' | 'indicators' | 'groups'>,
): Setting => {
  const indicatorNames = new Map(pack.indicators.map(({ id, name }) => [id, name]));
  const groupNames = new Map(pack.groups.map(({ group, groupName }) => [group, groupName]));
  return {
    days: wordsIn(pack.zone),
    areaName: pack.areaName,
    boardShortName: pack.boardShortName,
    indicatorName: (id) => (id === null ? '' : (indicatorNames.get(id) ?? '')),
    groupName: (id) => groupNames.get(id) ?? '',
  };
};

/** "Wednesday 18 November 2026, 10am to 12:30pm, County Hall". */
export const meetingInWords = ({ days }: Setting, meeting: MeetingTime): string =>
  [days.weekdayDate(meeting.date), days.timeRange(meeting.start, meeting.end), meeting.venue]
    .filter((part) => part !== '')
    .join(', ');
