import type { Instant, IsoDate } from '../time/calendar.ts';
import type { Person } from './partnership.ts';
import type { AnswerChannel } from './request.ts';

/** One turn of the two months: from one board meeting to the report for the next. Its id is the first board's date. */
export interface Cycle {
  readonly partnership: string;
  /** The date of the board meeting that opens it, such as `2026-09-16`. */
  readonly id: string;
  readonly board: MeetingTime;
  readonly nextBoard: MeetingTime;
  readonly chairs: MeetingTime;
  readonly groupCount: number;
  readonly state: 'open' | 'reported' | 'closed';
  readonly openedAt: Instant;
  /** The moments of its timetable that do not depend on a group. */
  readonly moments: CycleMoments;
  readonly reportedAt: Instant | null;
  /** The endings of the files that the report was made into; absent before that, and in cycles of an earlier release. */
  readonly reportFiles?: readonly string[];
  /** As for the report, those of the members' briefing. */
  readonly briefingFiles?: readonly string[];
  readonly closedAt: Instant | null;
  /** Its documents as they were put together when it closed; absent before that, and in cycles of an earlier release. */
  readonly papers?: readonly Paper[];
  readonly revision: number;
}

/** A document of a cycle in its numbered set. */
export interface Paper extends StoredDocument {
  /** "Report to the board (PDF)". */
  readonly title: string;
}

/** When and where a body meets. Times are local, `HH:MM`. */
export interface MeetingTime {
  readonly date: IsoDate;
  readonly start: string;
  readonly end: string;
  readonly venue: string;
  readonly link: string;
}

/** The moments that every part of a cycle shares. */
export interface CycleMoments {
  /** The board meeting ends and the cycle opens. */
  readonly opens: Instant;
  /** The minutes are due from the secretariat. */
  readonly minutesDue: Instant;
  /** Each LCPG's date is due from its co-ordinator. */
  readonly meetingDateDue: Instant;
  /** First and last day on which an LCPG may meet. */
  readonly firstMeetingDay: IsoDate;
  readonly lastMeetingDay: IsoDate;
  /** Returns that are not in by now are nil returns. */
  readonly returnsCutOff: Instant;
  /** The Chairs Group's pack goes out. */
  readonly chairsPack: Instant;
  readonly chairsStart: Instant;
  readonly chairsEnd: Instant;
  /** The lead chair's summary is due. */
  readonly summaryDue: Instant;
  /** The report is compiled at the latest, whether or not the summary has been approved, and sent at once. */
  readonly reportCompilation: Instant;
  /** The report has to have reached the secretariat. Local Government Act 1972, s.100B: five clear days. */
  readonly reportDue: Instant;
  readonly nextBoardStart: Instant;
  readonly nextBoardEnd: Instant;
}

/** The moments of one LCPG in a cycle, given its meeting. */
export interface GroupMoments {
  readonly meetingStart: Instant;
  readonly meetingEnd: Instant;
  /** Those who have not answered the invitation are reminded. */
  readonly attendanceReminder: Instant;
  readonly pack: Instant;
  readonly returnDue: Instant;
}

/** One body's meeting in a cycle. */
export interface Meeting {
  readonly partnership: string;
  readonly cycle: string;
  readonly body: string;
  /** `unset` has no time yet. */
  readonly state: 'unset' | 'planned' | 'cancelled';
  readonly time: MeetingTime | null;
  /** iCalendar SEQUENCE: rises with each change of time, place or state. */
  readonly sequence: number;
  /** The sequence that the members were last told of; -1 before the first invitation. */
  readonly toldSequence: number;
  /** Rises when the day or the start changes after the members were told: what they answered then no longer counts. */
  readonly round: number;
  /** The sequence with which the round began; absent in what earlier releases wrote, whose rounds are not told apart. */
  readonly roundSequence?: number;
  readonly revision: number;
}

/** iCalendar UID of a meeting: the same for all of its changes. */
export const meetingUid = (
  meeting: Pick<Meeting, 'partnership' | 'cycle' | 'body'>,
  domain: string,
): string => `${meeting.partnership}-${meeting.cycle}-${meeting.body}@${domain}`;

/** Somebody who comes in the place of an invited person; without an address where a reply gave none. */
export interface NamedSubstitute {
  readonly name: string;
  readonly email: string;
}

/** A substitute who has been written to, and of which time of the meeting. */
export interface ToldSubstitute extends NamedSubstitute {
  readonly sequence: number;
  readonly time: MeetingTime;
  readonly at: Instant;
}

/** What an invited person said. */
export type AttendanceAnswer =
  | { readonly response: 'attending' }
  | { readonly response: 'apologies' }
  | { readonly response: 'substitute'; readonly substitute: NamedSubstitute };

/** When somebody chose an answer, by their own program. */
export interface Choice {
  /** SEQUENCE of the invitation that a calendar answered; null for an answer by another way. */
  readonly sequence: number | null;
  /** DTSTAMP of a calendar's answer, or when the reply was written. */
  readonly madeAt: Instant;
}

/** A person's place at a meeting: invited, and what was answered. */
export interface Attendance {
  readonly partnership: string;
  readonly cycle: string;
  readonly body: string;
  readonly person: string;
  readonly answer: AttendanceAnswer | null;
  readonly answeredAt: Instant | null;
  readonly channel: AnswerChannel | null;
  /** Of an answer by calendar or reply, which may arrive out of order; null or absent for one on a page. */
  readonly choice?: Choice | null;
  /** When the person's calendar said “tentative”: that is no answer, and the question stays open. */
  readonly tentativeAt?: Instant | null;
  /** Who was told that they come in the person's place, and has to hear when that changes. */
  readonly substituteTold?: ToldSubstitute | null;
  /** The substitute who said that they cannot come after all, until the person has been told. */
  readonly substituteGaveUp?: (NamedSubstitute & { readonly at?: Instant }) | null;
  /** Addresses of all who were named to come in the person's place, each once, in small letters. */
  readonly substitutesNamed?: readonly string[];
  /** Somebody who was not invited, and accepted: the co-ordinator says whether they come in the person's place. */
  readonly proposed?: NamedSubstitute | null;
  readonly revision: number;
}

/** How many addresses a person may name for a meeting: whoever is named is written to. */
export const mostSubstitutes = 3;

/** All addresses that have been named, when an answer has come. */
export const namedWith = (
  { substitutesNamed: named = [] }: Attendance,
  answer: AttendanceAnswer,
): readonly string[] => {
  const email = answer.response === 'substitute' ? answer.substitute.email.toLowerCase() : '';
  return email === '' || named.includes(email) ? named : [...named, email];
};

/** Whether an answer names too many; who was proposed wrote to us first, and may always come. */
export const namesTooMany = (attendance: Attendance, answer: AttendanceAnswer): boolean => {
  const named = namedWith(attendance, answer);
  return (
    named.length > mostSubstitutes &&
    named !== attendance.substitutesNamed &&
    named.at(-1) !== attendance.proposed?.email.toLowerCase()
  );
};

const plainName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\d]+/gu, ' ')
    .trim();

/** What of a substitute is the invited person's own: nobody comes in their own place. */
export const ownPartOf = (
  { name, email }: NamedSubstitute,
  invited: Pick<Person, 'name' | 'email' | 'aliases'>,
): 'email' | 'name' | null => {
  const addresses = [invited.email, ...(invited.aliases ?? [])].map((address) => address.toLowerCase());
  if (addresses.includes(email.toLowerCase())) return 'email';
  return plainName(name) === plainName(invited.name) ? 'name' : null;
};

/**
 * Whether a choice takes the place of what stands, in whatever order the two arrive: by SEQUENCE where both have one,
 * then by when they were made. RFC 5546, 2.1.5.
 */
export const supersedes = (
  made: Choice,
  { choice, answeredAt, tentativeAt }: Pick<Attendance, 'choice' | 'answeredAt' | 'tentativeAt'>,
): boolean => {
  const standingAt = choice?.madeAt ?? answeredAt ?? tentativeAt ?? null;
  if (standingAt === null) return true;
  const sequence = choice?.sequence ?? null;
  return made.sequence !== null && sequence !== null && made.sequence !== sequence
    ? made.sequence > sequence
    : made.madeAt >= standingAt;
};

/** The minutes of a board meeting, as the secretariat handed them in. */
export interface Minutes {
  readonly partnership: string;
  readonly cycle: string;
  /** Each a plain sentence or two for the LCPGs to discuss. */
  readonly keyMessages: readonly string[];
  /** The uploaded file, or null where only key messages were given. */
  readonly document: StoredDocument | null;
  readonly receivedAt: Instant;
  readonly receivedFrom: string;
  readonly revision: number;
}

/** A file in the documents store. */
export interface StoredDocument {
  readonly key: string;
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: number;
}
