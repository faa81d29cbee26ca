/** What the pages of a rehearsal call stages, emails, requests and what happened to them. */
import type { RequestKind } from '../../shared/domain/request.ts';
import type { MessageKind } from '../../shared/mail/messages.ts';

/** The stages of a cycle, in order. */
export const stages = ['minutes', 'meetings', 'returns', 'chairs', 'report'] as const;
export type Stage = (typeof stages)[number];

/** How a stage is called. @param board the short name of the board, such as CHWB */
export const stageName = (stage: Stage, board: string): string =>
  ({
    minutes: `${board} minutes`,
    meetings: 'LCPG meetings',
    returns: 'Returns',
    chairs: 'Chairs Group',
    report: `${board} report`,
  })[stage];

interface EmailKind {
  readonly stage: Stage;
  readonly one: string;
  readonly many: string;
}

/** Every kind of email: its stage, and what one and many are called. */
export const emailKinds: Readonly<Record<MessageKind, EmailKind>> = {
  'cycle-opened': {
    stage: 'minutes',
    one: 'note that the cycle has begun',
    many: 'notes that the cycle has begun',
  },
  'minutes-request': { stage: 'minutes', one: 'request for the minutes', many: 'requests for the minutes' },
  minutes: { stage: 'minutes', one: 'minutes with key messages', many: 'minutes with key messages' },
  'board-answers-request': {
    stage: 'minutes',
    one: 'request for the board’s answers',
    many: 'requests for the board’s answers',
  },
  'board-answers': { stage: 'minutes', one: 'board’s answers', many: 'board’s answers' },
  'meeting-date-request': {
    stage: 'meetings',
    one: 'request for a meeting date',
    many: 'requests for a meeting date',
  },
  'meeting-date-set': { stage: 'meetings', one: 'note of a date set', many: 'notes of a date set' },
  invitation: { stage: 'meetings', one: 'invitation', many: 'invitations' },
  cancellation: { stage: 'meetings', one: 'cancellation', many: 'cancellations' },
  'attendance-reminder': {
    stage: 'meetings',
    one: 'reminder to answer the invitation',
    many: 'reminders to answer the invitation',
  },
  'meeting-pack': { stage: 'meetings', one: 'meeting pack', many: 'meeting packs' },
  'reply-recorded': { stage: 'meetings', one: 'note of a recorded reply', many: 'notes of recorded replies' },
  'reply-not-recorded': {
    stage: 'meetings',
    one: 'question about a reply',
    many: 'questions about replies',
  },
  'reply-passed-on': { stage: 'meetings', one: 'reply passed on', many: 'replies passed on' },
  'return-request': { stage: 'returns', one: 'request for a return', many: 'requests for a return' },
  'return-signoff-request': {
    stage: 'returns',
    one: 'request to sign a return',
    many: 'requests to sign a return',
  },
  'action-assigned': { stage: 'returns', one: 'action to its owner', many: 'actions to their owners' },
  'safeguarding-round-up': {
    stage: 'returns',
    one: 'round-up of safeguarding matters',
    many: 'round-ups of safeguarding matters',
  },
  'open-links': {
    stage: 'meetings',
    one: 'list of links, as asked for',
    many: 'lists of links, as asked for',
  },
  'substitute-asked': { stage: 'meetings', one: 'email to a substitute', many: 'emails to substitutes' },
  'substitute-gave-up': {
    stage: 'meetings',
    one: 'note that a substitute cannot come',
    many: 'notes that substitutes cannot come',
  },
  'confirmation-code': { stage: 'returns', one: 'code to confirm with', many: 'codes to confirm with' },
  'address-confirmed': {
    stage: 'meetings',
    one: 'note of another address',
    many: 'notes of another address',
  },
  'correction-noticed': {
    stage: 'meetings',
    one: 'note of a correction',
    many: 'notes of corrections',
  },
  correction: { stage: 'meetings', one: 'correction to check', many: 'corrections to check' },
  'membership-changes': {
    stage: 'returns',
    one: 'note of changes to the members',
    many: 'notes of changes to the members',
  },
  'local-hwb-extract': {
    stage: 'returns',
    one: 'extract to a Local HWB',
    many: 'extracts to Local HWBs',
  },
  'csp-message': { stage: 'returns', one: 'message to a CSP', many: 'messages to CSPs' },
  'safeguarding-matters': { stage: 'returns', one: 'safeguarding matter', many: 'safeguarding matters' },
  'chairs-pack': { stage: 'chairs', one: 'Chairs Group pack', many: 'Chairs Group packs' },
  'chairs-summary-request': {
    stage: 'chairs',
    one: 'request for the summary',
    many: 'requests for the summary',
  },
  'representatives-request': {
    stage: 'chairs',
    one: 'request for representatives',
    many: 'requests for representatives',
  },
  'representative-named': {
    stage: 'report',
    one: 'note to a representative',
    many: 'notes to representatives',
  },
  'board-report': { stage: 'report', one: 'report', many: 'reports' },
  'members-briefing': { stage: 'report', one: 'members’ briefing', many: 'members’ briefings' },
  reminder: { stage: 'returns', one: 'reminder', many: 'reminders' },
  digest: { stage: 'returns', one: 'weekly digest', many: 'weekly digests' },
  escalation: {
    stage: 'returns',
    one: 'note that an answer is missing',
    many: 'notes that an answer is missing',
  },
  'part-stopped': { stage: 'meetings', one: 'note that a part stopped', many: 'notes that a part stopped' },
};

interface RequestWords {
  readonly stage: Stage;
  /** The request itself: "Minutes". */
  readonly name: string;
}

/** Every kind of request: its stage, and what it is called. */
export const requestWords: Readonly<Record<RequestKind, RequestWords>> = {
  minutes: { stage: 'minutes', name: 'minutes' },
  'board-answers': { stage: 'minutes', name: 'board’s answers' },
  'meeting-date': { stage: 'meetings', name: 'meeting date' },
  attendance: { stage: 'meetings', name: 'attendance' },
  return: { stage: 'returns', name: 'return' },
  'return-signoff': { stage: 'returns', name: 'signature of the return' },
  'action-update': { stage: 'returns', name: 'action update' },
  'chairs-summary': { stage: 'chairs', name: 'Chairs Group summary' },
  representatives: { stage: 'chairs', name: 'representatives' },
  'report-receipt': { stage: 'report', name: 'receipt of the report' },
};

export const isRequestKind = (text: string): text is RequestKind => Object.hasOwn(requestWords, text);

/** How an email of a kind is called, one or many of them; a kind that is not known by its name. */
export const emailKindName = (kind: string, count = 1): string => {
  const words = Object.hasOwn(emailKinds, kind) ? emailKinds[kind as MessageKind] : undefined;
  return words === undefined ? kind : count === 1 ? words.one : words.many;
};

/** A text with its first letter as a capital. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
