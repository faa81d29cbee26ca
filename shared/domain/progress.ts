import type { Instant } from '../time/calendar.ts';
import type { GroupMoments, Meeting } from './cycle.ts';
import type { OpenRequest, Request, RequestKind } from './request.ts';
import type { GroupReturn } from './return.ts';
import { isReceived } from './return.ts';

/** Who may see how far a cycle has come: the whole of it, one LCPG's part, or what one person is asked. */
export type ProgressScope =
  | { readonly of: 'partnership' }
  | { readonly of: 'group'; readonly group: string }
  | { readonly of: 'person' };

/** The steps of an LCPG in a cycle, in order. */
export const groupSteps = ['date', 'invitations', 'pack', 'meeting', 'return', 'signature'] as const;
export type GroupStep = (typeof groupSteps)[number];

/** How a step stands: `missed` when its time passed without it, `skipped` where there is no meeting. */
export type StepState = 'done' | 'current' | 'to-come' | 'missed' | 'skipped';

/** What is known of an LCPG in a cycle. */
export interface GroupFacts {
  readonly meeting: Pick<Meeting, 'state' | 'toldSequence'> | undefined;
  /** Null where no meeting is planned. */
  readonly moments: GroupMoments | null;
  readonly given: GroupReturn | undefined;
  /** The last moment for a signature: when the report is compiled. */
  readonly reportCompilation: Instant;
  readonly lastMeetingEnd: Instant;
}

/** Where an LCPG stands on the line of its cycle: each step with its state. Exactly one is current until all is over. */
export const groupLine = (
  { meeting, moments, given, reportCompilation, lastMeetingEnd }: GroupFacts,
  now: Instant,
): Readonly<Record<GroupStep, StepState>> => {
  const noMeeting = meeting?.state === 'cancelled' || (meeting?.state !== 'planned' && now >= lastMeetingEnd);
  const received = given !== undefined && isReceived(given);
  const reached: Readonly<Record<GroupStep, boolean>> = {
    date: meeting?.state === 'planned',
    invitations: meeting?.state === 'planned' && meeting.toldSequence >= 0,
    pack: moments !== null && now >= moments.pack,
    meeting: moments !== null && now >= moments.meetingEnd,
    return: received && given.state !== 'sent-back',
    signature: given?.state === 'signed',
  };
  const over = now >= reportCompilation;
  const missed: ReadonlySet<GroupStep> = new Set(
    groupSteps.filter(
      (step) =>
        (step === 'return' && !reached.return && (over || given?.state === 'nil')) ||
        (step === 'signature' && !reached.signature && over),
    ),
  );
  const line: Partial<Record<GroupStep, StepState>> = {};
  let current = false;
  for (const step of groupSteps) {
    const aboutMeeting = step !== 'return' && step !== 'signature';
    if (noMeeting && aboutMeeting) line[step] = meeting?.state === 'cancelled' ? 'skipped' : 'missed';
    else if (reached[step]) line[step] = 'done';
    else if (missed.has(step)) line[step] = 'missed';
    else if (current) line[step] = 'to-come';
    else {
      line[step] = 'current';
      current = true;
    }
  }
  return line as Record<GroupStep, StepState>;
};

/** Something that goes out, or happens, at a moment that is known. */
export interface NextEvent {
  readonly at: Instant;
  readonly what:
    'attendance-reminder' | 'pack' | 'meeting' | 'return-due' | 'reminder' | 'escalation' | 'expiry';
  /** The request that is followed up. */
  readonly request?: OpenRequest;
}

/** What comes next of many: the soonest after now. */
export const soonest = (events: readonly NextEvent[], now: Instant): NextEvent | null =>
  events
    .filter(({ at }) => at > now)
    .reduce<NextEvent | null>(
      (first, event) => (first === null || event.at < first.at ? event : first),
      null,
    );

/** Kinds whose answer somebody else may write down who heard it by telephone. The rest are the person's own words, or signature. */
const recordableKinds: ReadonlySet<RequestKind> = new Set([
  'meeting-date',
  'attendance',
  'action-update',
  'representatives',
  'report-receipt',
]);

export const isRecordable = (kind: RequestKind): boolean => recordableKinds.has(kind);

/** Whether a request can be handed to somebody else: who cannot come to a meeting names a substitute instead. */
export const canBeHandedOver = (request: Request): request is OpenRequest =>
  request.state === 'open' && request.kind !== 'attendance';
