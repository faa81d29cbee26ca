import type { MeetingTime } from '../domain/cycle.ts';
import type { CodeThing } from '../domain/confirmation.ts';
import type { CorrectionKind } from '../domain/correction.ts';
import type { Group, Partnership, Person } from '../domain/partnership.ts';
import type { RequestKind } from '../domain/request.ts';
import type { EscalationItem } from '../domain/return.ts';
import type { ActionLine, AttendanceLine, BoardAnswer, IndicatorFigure } from '../report/model.ts';
import type { Instant, IsoDate } from '../time/calendar.ts';
import type { Listed } from './listed.ts';

/** What every email has. */
interface Envelope {
  readonly to: Person;
  /** What it is about: the id of a request, a meeting, a report… Part of the ledger key. */
  readonly about: string;
  /** Which time this kind of email goes to this person about this: `1`, or what makes it another, such as a reminder's number. */
  readonly occurrence: string;
  /** Why this person gets it, as a role: "you are the chair of the Ashford LCPG". */
  readonly because: string;
}

/** A meeting's calendar part. */
export interface CalendarPart {
  readonly method: 'REQUEST' | 'CANCEL';
  readonly uid: string;
  readonly sequence: number;
  readonly summary: string;
  readonly description: string;
  readonly start: Instant;
  readonly end: Instant;
  readonly location: string;
  readonly link: string;
  /** Local part of the address at the reply domain that the reader's calendar answers to. */
  readonly organiser: string;
}

/** What was recorded from a reply. */
export type RecordedReply =
  | { readonly answer: 'attending' | 'apologies'; readonly meeting: MeetingTime }
  | { readonly answer: 'substitute'; readonly name: string; readonly meeting: MeetingTime }
  | { readonly answer: 'action'; readonly state: 'open' | 'done'; readonly description: string }
  | { readonly answer: 'minutes' | 'return-document'; readonly fileName: string };

/** A time that a calendar proposes. */
export interface ProposedTime {
  readonly date: IsoDate;
  /** `HH:MM`; empty for a whole day. */
  readonly start: string;
  readonly end: string;
  /** The zone as the calendar program calls it, where it is not the partnership's. */
  readonly zone: string;
  readonly location: string;
}

/** Where the forms of a document are, each link for its reader alone; null for a form that is not there. */
export interface DocumentLinks {
  readonly page: string;
  readonly pdf: string | null;
  readonly word: string | null;
  readonly workbook: string | null;
  readonly csv: string | null;
}

/** One open request in a person's digest. */
export interface DigestItem {
  readonly requestKind: RequestKind;
  /** The body whose business it is, as a reader calls it. */
  readonly bodyName: string;
  /** What it is about in a few words; empty where the kind says all. */
  readonly detail: string;
  readonly dueAt: Instant;
  readonly overdue: boolean;
  readonly link: string;
}

/** Every email that the product sends, with all that its template shows. Dates are formatted by the templates. */
export type Message = Envelope &
  (
    | {
        /** To those who look after the cycle and are asked for nothing when it opens. */
        readonly kind: 'cycle-opened';
        readonly boardDate: IsoDate;
        readonly nextBoardDate: IsoDate;
        readonly chairsDate: IsoDate;
        readonly firstDay: IsoDate;
        readonly lastDay: IsoDate;
        readonly reportDue: Instant;
        readonly groupCount: number;
        readonly link: string;
      }
    | {
        readonly kind: 'minutes-request';
        readonly boardDate: IsoDate;
        readonly dueAt: Instant;
        readonly link: string;
        readonly progressLink: string;
      }
    | {
        readonly kind: 'minutes';
        readonly boardDate: IsoDate;
        readonly group: Group;
        readonly keyMessages: readonly string[];
        /** Link to the uploaded file, or null where only key messages came. */
        readonly documentLink: string | null;
        readonly documentName: string | null;
        readonly late: boolean;
        readonly answers: readonly BoardAnswer[];
        readonly meeting: MeetingTime | null;
        readonly lastMeetingDay: IsoDate;
      }
    | {
        readonly kind: 'meeting-date-request';
        readonly group: Group;
        readonly boardDate: IsoDate;
        readonly firstDay: IsoDate;
        readonly lastDay: IsoDate;
        readonly dueAt: Instant;
        readonly link: string;
        readonly progressLink: string;
      }
    | {
        readonly kind: 'meeting-date-set';
        readonly group: Group;
        readonly meeting: MeetingTime;
        readonly link: string;
        readonly progressLink: string;
      }
    | {
        readonly kind: 'invitation';
        readonly bodyName: string;
        readonly meeting: MeetingTime;
        /** What changed since the last invitation; `moved` shows the new time as new. */
        readonly change: 'new' | 'moved';
        readonly answerBy: Instant;
        readonly link: string;
        readonly calendar: CalendarPart;
      }
    | {
        readonly kind: 'cancellation';
        readonly bodyName: string;
        readonly meeting: MeetingTime;
        readonly calendar: CalendarPart;
      }
    | {
        /** To who comes in the place of somebody who was invited, and is none of the partnership's people. */
        readonly kind: 'substitute-asked';
        readonly bodyName: string;
        readonly meeting: MeetingTime;
        readonly whose: Person;
        readonly change: 'new' | 'moved' | 'not-needed';
        /** Where the reader says that they cannot come; null when they are not needed. */
        readonly link: string | null;
        /** Null for who is not needed in this place, and comes to the meeting all the same. */
        readonly calendar: CalendarPart | null;
      }
    | {
        /** To who was invited: the substitute cannot come after all. */
        readonly kind: 'substitute-gave-up';
        readonly bodyName: string;
        readonly meeting: MeetingTime;
        readonly name: string;
        readonly acceptsUntil: Instant;
        readonly link: string;
      }
    | {
        readonly kind: 'attendance-reminder';
        readonly bodyName: string;
        readonly meeting: MeetingTime;
        readonly answerBy: Instant;
        /** How many of those invited have answered by now. */
        readonly answered: number;
        readonly invited: number;
        readonly link: string;
        readonly calendar: CalendarPart;
      }
    | {
        readonly kind: 'meeting-pack';
        readonly group: Group;
        readonly meeting: MeetingTime;
        readonly boardDate: IsoDate;
        /** Empty while the minutes are late; the pack says so. */
        readonly keyMessages: readonly string[];
        readonly minutesLink: string | null;
        readonly openActions: readonly ActionLine[];
        readonly figures: readonly IndicatorFigure[];
        readonly expected: readonly AttendanceLine[];
        readonly quorumNeeded: number;
        readonly expectedCount: number;
        readonly missingSectors: readonly string[];
        readonly link: string | null;
        readonly agenda: readonly string[];
        readonly documents: DocumentLinks;
        /** What the reader is asked, all on one page; null for a substitute, who is asked for nothing. */
        readonly ownLink: string | null;
      }
    | {
        readonly kind: 'return-request';
        readonly group: Group;
        readonly meeting: MeetingTime | null;
        readonly dueAt: Instant;
        readonly cutOff: Instant;
        readonly link: string;
        /** What the chair said when sending it back; null the first time. */
        readonly sentBack: { readonly by: string; readonly comment: string } | null;
      }
    | {
        readonly kind: 'return-signoff-request';
        readonly group: Group;
        readonly submittedBy: string;
        readonly dueAt: Instant;
        readonly link: string;
        /** Whether it was signed before and has been changed since. */
        readonly changedSinceSigned: boolean;
      }
    | {
        readonly kind: 'action-assigned';
        readonly group: Group;
        readonly action: ActionLine;
        readonly link: string;
        /** What the reader is asked, all on one page. */
        readonly ownLink: string;
      }
    | {
        readonly kind: 'local-hwb-extract';
        readonly group: Group;
        readonly localHwbName: string;
        readonly meetingDate: IsoDate | null;
        readonly message: string;
        readonly achievements: readonly string[];
        readonly concerns: readonly string[];
        readonly escalations: readonly EscalationItem[];
        readonly figures: readonly IndicatorFigure[];
        readonly documents: DocumentLinks;
      }
    | {
        readonly kind: 'csp-message';
        readonly group: Group;
        readonly cspName: string;
        readonly meetingDate: IsoDate | null;
        readonly message: string;
      }
    | {
        /** To the safeguarding leads, once a cycle: the matters of all LCPGs. */
        readonly kind: 'safeguarding-round-up';
        readonly boardDate: IsoDate;
        readonly entries: Listed<{
          readonly groupName: string;
          readonly meetingDate: IsoDate | null;
          readonly matters: readonly string[];
        }>;
        readonly documents: DocumentLinks;
      }
    | {
        readonly kind: 'safeguarding-matters';
        readonly group: Group;
        readonly meetingDate: IsoDate | null;
        readonly matters: readonly string[];
        readonly documents: DocumentLinks;
      }
    | {
        /** To the partnership's contact, who keeps the list of members. */
        readonly kind: 'membership-changes';
        readonly group: Group;
        readonly meetingDate: IsoDate | null;
        readonly changes: string;
      }
    | {
        /** To somebody who asked for it: the links to all that is open for them, which may be nothing; or to one document. */
        readonly kind: 'open-links';
        readonly document: { readonly name: string; readonly link: string; readonly until: Instant } | null;
        readonly items: readonly DigestItem[];
      }
    | {
        /** To who pressed a button that commits others: the code that confirms it. Nowhere else does it stand as it is. */
        readonly kind: 'confirmation-code';
        readonly what: CodeThing;
        readonly bodyName: string;
        readonly code: string;
      }
    | {
        /** To the address on record: replies from another one count from now on. */
        readonly kind: 'address-confirmed';
        readonly address: string;
        /** Where the reader says that it is not theirs. */
        readonly link: string;
      }
    | {
        /** To the address on record: what somebody told us of its reader, by the link in an email to them. */
        readonly kind: 'correction-noticed';
        readonly bodyName: string;
        readonly what: CorrectionKind;
        readonly text: string;
        /** Whether the reader is still reminded. */
        readonly chased: boolean;
      }
    | {
        /** To the contact and the co-ordinators: what somebody told us of whom an email went to, for them to check. */
        readonly kind: 'correction';
        readonly who: Person;
        readonly bodyName: string;
        readonly what: CorrectionKind;
        readonly text: string;
        /** Whether the person is still reminded. */
        readonly chased: boolean;
      }
    | {
        readonly kind: 'chairs-pack';
        readonly meeting: MeetingTime;
        readonly nextBoardDate: IsoDate;
        readonly received: number;
        readonly groupCount: number;
        readonly nil: Listed<string>;
        readonly escalationCount: number;
        readonly overdueCount: number;
        readonly documents: DocumentLinks;
      }
    | {
        readonly kind: 'chairs-summary-request';
        readonly nextBoardDate: IsoDate;
        readonly dueAt: Instant;
        /** When the report is compiled, with what is approved then. */
        readonly compiledAt: Instant;
        readonly link: string;
        readonly progressLink: string;
      }
    | {
        readonly kind: 'representatives-request';
        readonly nextBoardDate: IsoDate;
        readonly proposed: readonly string[];
        readonly dueAt: Instant;
        readonly link: string;
      }
    | {
        readonly kind: 'representative-named';
        readonly nextBoard: MeetingTime;
        readonly withWhom: readonly string[];
        readonly confirmed: boolean;
      }
    | {
        readonly kind: 'board-report';
        readonly nextBoard: MeetingTime;
        readonly received: number;
        readonly groupCount: number;
        readonly nil: Listed<string>;
        readonly escalations: Listed<EscalationItem & { readonly groupName: string }>;
        readonly summaryApproved: boolean;
        readonly documents: DocumentLinks;
        /** The receipt's page, for the secretariat; null on a copy. */
        readonly receiptLink: string | null;
        readonly dueAt: Instant | null;
      }
    | {
        /** To the councillors in the LCPGs, after the report. */
        readonly kind: 'members-briefing';
        readonly nextBoardDate: IsoDate;
        readonly documents: DocumentLinks;
      }
    | {
        readonly kind: 'board-answers-request';
        readonly boardDate: IsoDate;
        readonly items: readonly (EscalationItem & { readonly groupName: string })[];
        readonly dueAt: Instant;
        readonly link: string;
      }
    | {
        readonly kind: 'board-answers';
        readonly group: Group;
        readonly boardDate: IsoDate;
        readonly answers: readonly BoardAnswer[];
      }
    | {
        readonly kind: 'reminder';
        readonly requestKind: RequestKind;
        /** The body whose business it is, as a reader calls it. */
        readonly bodyName: string;
        /** What the request is about in a few words, such as an action's text; empty where the kind says all. */
        readonly detail: string;
        readonly dueAt: Instant;
        readonly overdue: boolean;
        /** Which reminder of the request this is, from 1. */
        readonly number: number;
        /** Whom we tell next if no answer comes, and when; null where nobody else is told. */
        readonly next: { readonly at: Instant; readonly whom: string } | null;
        /** What happens if nobody answers until the end. */
        readonly expiresAt: Instant;
        readonly link: string;
      }
    | {
        /** Instead of reminders: everything that a person has been asked for and that is still open, soonest first. */
        readonly kind: 'digest';
        readonly items: readonly DigestItem[];
        /** What the reader is asked, all on one page. */
        readonly ownLink: string;
      }
    | {
        readonly kind: 'escalation';
        readonly requestKind: RequestKind;
        readonly bodyName: string;
        readonly detail: string;
        readonly whose: Person;
        readonly dueAt: Instant;
        readonly expiresAt: Instant;
        /** Where the reader sees how things stand and may help; null for who has no such page. */
        readonly progressLink: string | null;
      }
    | {
        /** To who answered by reply: what was recorded. */
        readonly kind: 'reply-recorded';
        readonly bodyName: string;
        readonly recorded: RecordedReply;
        readonly acceptsUntil: Instant;
        readonly link: string;
      }
    | {
        /** To the address on record: a reply came from which nothing was recorded. */
        readonly kind: 'reply-not-recorded';
        readonly requestKind: RequestKind;
        readonly bodyName: string;
        readonly meeting: MeetingTime | null;
        readonly why: 'unclear' | 'not-believed' | 'somebody-else' | 'closed' | 'document-refused';
        /** Address that the reply came from. */
        readonly from: string;
        /** Why a document was refused, a sentence without its full stop; empty where none was. */
        readonly refusal: string;
        readonly acceptsUntil: Instant;
        /** The page of the request; null where it takes no answer any more. */
        readonly link: string | null;
        /** Where the reader says that the address is theirs too; null where it may be forged. */
        readonly addressLink: string | null;
      }
    | {
        /** To the co-ordinator: what a member wrote or proposed, which nothing was recorded from. */
        readonly kind: 'reply-passed-on';
        readonly bodyName: string;
        readonly meeting: MeetingTime | null;
        readonly whose: Person;
        readonly what: 'words' | 'another-time' | 'possible-substitute' | 'return-document';
        /** What came for the return; null where that is not the matter. */
        readonly document: { readonly name: string; readonly link: string } | null;
        /** The time that is proposed, as the member's calendar has it; null where none is. */
        readonly proposed: ProposedTime | null;
        /** Who may come instead; null where that is not the matter. */
        readonly substitute: { readonly name: string; readonly email: string } | null;
        /** Where the reader says whether the substitute comes; null where that is not the matter. */
        readonly progressLink: string | null;
        readonly words: string;
      }
    | {
        /** To the secretariat: a part of the cycle broke down, and the cycle goes on without it. */
        readonly kind: 'part-stopped';
        readonly bodyName: string;
        /** It is the report that could not be compiled, and is tried again. */
        readonly reportWaits: boolean;
        readonly cause: string;
      }
  );

export type MessageKind = Message['kind'];

/** The message of one kind. */
export type MessageOf<Kind extends MessageKind> = Extract<Message, { kind: Kind }>;

/** What the templates know besides the message. */
export interface MessageSetting {
  readonly partnership: Partnership;
  readonly sentAt: Instant;
  /** Whether replies are taken in at the reply domain; else they go to the contact. */
  readonly receivesReplies: boolean;
}

/** Ledger key: one row, one email. */
export const ledgerKey = (message: Pick<Message, 'kind' | 'about' | 'occurrence' | 'to'>): string =>
  [message.kind, message.about, message.occurrence, message.to.id].join('|');
