import type { Instant } from '../time/calendar.ts';
import type { Role } from './partnership.ts';

export const requestKinds = [
  'minutes',
  'meeting-date',
  'attendance',
  'return',
  'return-signoff',
  'chairs-summary',
  'representatives',
  'action-update',
  'board-answers',
  'report-receipt',
] as const;
/** Everything that a person can be asked for. */
export type RequestKind = (typeof requestKinds)[number];

/** How a kind of request is chased. All counts are working days; a step happens at the partnership's sending time. */
export interface RequestRule {
  /** When reminders go out, relative to the due date: -2 is two working days before it. Rising. */
  readonly remindAt: readonly number[];
  /** When somebody else is told that the answer is missing, relative to the due date. Rising. */
  readonly escalateAt: readonly { readonly workingDays: number; readonly to: EscalationRole }[];
}

/** Whom a missing answer is escalated to: a role in the group, or in the partnership. */
export type EscalationRole = Extract<Role, 'chair' | 'co-ordinator' | 'secretariat' | 'lead-chair'>;

/** What a request is about. */
export interface RequestSubject {
  /** The body whose business it is: an LCPG, the Chairs Group, the board. */
  readonly body: string;
  /** The action that an update is asked for. */
  readonly action?: string;
  /** Which time of asking, from 1: a return that was sent back is asked for again. */
  readonly round: number;
}

interface RequestBase {
  /** Made of what it is about, so that asking twice is asking once: see `requestId`. */
  readonly id: string;
  readonly partnership: string;
  readonly cycle: string;
  readonly kind: RequestKind;
  readonly person: string;
  readonly subject: RequestSubject;
  readonly openedAt: Instant;
  readonly dueAt: Instant;
  /** When nobody waits for the answer any longer. */
  readonly expiresAt: Instant;
  /** Until when an answer is taken, or changed: at or after `expiresAt` (a return counts until the report is compiled). */
  readonly acceptsUntil: Instant;
  /** Follow-up steps that have been taken: see `followUpSteps`. */
  readonly stepsTaken: number;
  /** Whether a machine waits for the answer; the sweep chases the others. */
  readonly machineWaits: boolean;
  /** The emails that reminded of it alone: how many, and when the last went. */
  readonly reminded?: { readonly times: number; readonly at: Instant };
  /** When it last stood in the person's weekly digest: see `digestOf`. */
  readonly digestedAt?: Instant;
  /** When somebody last asked, on a progress page, that its person be reminded: see `reminded` for whether that was done. */
  readonly chased?: { readonly at: Instant; readonly by: string };
  /** Who gave it to its person in place of whom, when. The new person has been asked when `askedAt` is set. */
  readonly handedOver?: {
    readonly from: string;
    readonly by: string;
    readonly at: Instant;
    readonly askedAt: Instant | null;
  };
  /** A reminder has fallen due, and the next digest brings it. */
  readonly waitsForDigest?: boolean;
  /** Rises with every write; a writer that read an older one is refused. */
  readonly revision: number;
}

export interface OpenRequest extends RequestBase {
  readonly state: 'open';
}
export interface AnsweredRequest extends RequestBase {
  readonly state: 'answered';
  readonly answeredAt: Instant;
  readonly answeredBy: string;
  readonly channel: AnswerChannel;
}
export interface ExpiredRequest extends RequestBase {
  readonly state: 'expired';
  readonly expiredAt: Instant;
}
export interface WithdrawnRequest extends RequestBase {
  readonly state: 'withdrawn';
  readonly withdrawnAt: Instant;
  readonly reason: string;
}

/** Something that a person is asked for. */
export type Request = OpenRequest | AnsweredRequest | ExpiredRequest | WithdrawnRequest;

/** The way an answer came: `given` is one that the partnership's own files held before anybody was asked. */
export type AnswerChannel = 'page' | 'reply' | 'calendar' | 'recorded' | 'given';

/** Id of a request: the same question to the same person about the same thing has the same id. */
export const requestId = (request: Pick<Request, 'cycle' | 'kind' | 'person' | 'subject'>): string =>
  [
    request.cycle,
    request.kind,
    request.subject.body,
    request.subject.action ?? '-',
    String(request.subject.round),
    request.person,
  ].join('~');

/** Whether nobody is waited for any longer. */
export const isSettled = (request: Request): boolean => request.state !== 'open';

/** Whether somebody asked for its person to be reminded, and that has not been done yet. */
export const wantsReminder = (request: Request): boolean =>
  request.state === 'open' &&
  request.chased !== undefined &&
  (request.reminded === undefined || request.reminded.at < request.chased.at);

/** Whether it was given to a person who has not been told yet. */
export const wantsAsking = (request: Request): boolean =>
  request.state === 'open' && request.handedOver?.askedAt === null;

/** Whether an answer came after its due date. */
export const isLate = (request: AnsweredRequest): boolean => request.answeredAt > request.dueAt;

/** Whether an answer given now would be taken. */
export const acceptsAnswer = (request: Request, now: Instant): boolean =>
  request.state !== 'withdrawn' && now < request.acceptsUntil;

/** How requests are chased where a partnership file says nothing else. */
export const defaultRequestRules: Readonly<Record<RequestKind, RequestRule>> = {
  minutes: {
    remindAt: [-1, 1, 3],
    escalateAt: [{ workingDays: 4, to: 'lead-chair' }],
  },
  'meeting-date': {
    remindAt: [-1, 1],
    escalateAt: [
      { workingDays: 2, to: 'chair' },
      { workingDays: 4, to: 'secretariat' },
    ],
  },
  // Invitations are followed up once, by the timetable's attendanceReminder.
  attendance: { remindAt: [], escalateAt: [] },
  return: {
    remindAt: [-1, 1],
    escalateAt: [
      { workingDays: 2, to: 'chair' },
      { workingDays: 3, to: 'secretariat' },
    ],
  },
  'return-signoff': { remindAt: [0, 1], escalateAt: [{ workingDays: 2, to: 'co-ordinator' }] },
  'chairs-summary': { remindAt: [-1, 0], escalateAt: [{ workingDays: 1, to: 'secretariat' }] },
  representatives: { remindAt: [-1, 0], escalateAt: [{ workingDays: 1, to: 'secretariat' }] },
  'action-update': { remindAt: [-5, 1], escalateAt: [{ workingDays: 5, to: 'co-ordinator' }] },
  'board-answers': { remindAt: [-1, 2], escalateAt: [{ workingDays: 5, to: 'lead-chair' }] },
  'report-receipt': { remindAt: [0, 1], escalateAt: [{ workingDays: 2, to: 'lead-chair' }] },
};
