import type { Instant, IsoDate } from '../time/calendar.ts';
import type { GrantProgress, GrantRequest } from './grant.ts';
import type { Partnership } from './partnership.ts';

export type Presence = 'present' | 'apologies' | 'substitute' | 'absent';

/** A concern or achievement, tied to an indicator where there is one. */
export interface Finding {
  readonly text: string;
  readonly indicator: string | null;
}

/** Something that an LCPG asks the county board to deal with. */
export interface EscalationItem {
  readonly issue: string;
  /** What the board is asked to do. */
  readonly ask: string;
  readonly indicator: string | null;
}

/** An action that the meeting agreed. */
export interface ActionItem {
  readonly description: string;
  /** Person id of the owner. */
  readonly owner: string;
  readonly due: IsoDate;
  /** The indicator that it is to move; null, or absent in what earlier releases wrote, where it belongs to none. */
  readonly indicator?: string | null;
}

/** What the meeting heard of an action that was open before it. */
export interface ActionProgress {
  readonly action: string;
  readonly state: 'open' | 'done' | 'dropped';
  readonly note: string;
}

/** What a co-ordinator writes of an LCPG's meeting. */
export interface ReturnContent {
  /** Null until answered. */
  readonly held: boolean | null;
  /** Why it was not held; empty where it was. */
  readonly notHeldReason: string;
  readonly attendance: readonly { readonly person: string; readonly presence: Presence }[];
  /** Who else was there, in words. */
  readonly othersPresent: string;
  readonly commentaries: readonly { readonly indicator: string; readonly text: string }[];
  readonly achievements: readonly Finding[];
  readonly concerns: readonly Finding[];
  readonly escalations: readonly EscalationItem[];
  /** Go to the safeguarding board's manager and the safeguarding leads only, never into the report. */
  readonly safeguardingMatters: readonly string[];
  readonly localHwbMessage: string;
  readonly cspMessage: string;
  readonly newActions: readonly ActionItem[];
  readonly progress: readonly ActionProgress[];
  readonly membershipChanges: string;
  /** Where the partnership has grants; absent where it has none, and in what earlier releases wrote. */
  readonly newGrants?: readonly GrantRequest[];
  readonly grantProgress?: readonly GrantProgress[];
  /** The LCPG's own figures, where the partnership asks for them; absent as above. */
  readonly localFigures?: readonly LocalFigure[];
}

/** A figure of a local indicator, as the LCPG has it. */
export interface LocalFigure {
  readonly indicator: string;
  readonly value: number;
  /** ISO 8601: the first and the last day, such as `2026-04-01/2026-06-30`. */
  readonly period: string;
}

/** The parts of a return that are edited and saved one at a time. */
export const returnSections = [
  'meeting',
  'attendance',
  'indicators',
  'achievements',
  'concerns',
  'escalations',
  'safeguarding',
  'messages',
  'actions',
  'grants',
  'membership',
] as const;
export type ReturnSection = (typeof returnSections)[number];

/** The parts that a partnership's returns have. */
export const sectionsOf = ({
  returnParts = [],
}: Pick<Partnership, 'returnParts'>): readonly ReturnSection[] =>
  returnSections.filter((section) => section !== 'grants' || returnParts.includes('grants'));

interface ReturnBase {
  readonly partnership: string;
  readonly cycle: string;
  readonly group: string;
  readonly content: ReturnContent;
  /** Sections that the co-ordinator has saved at least once. */
  readonly saved: readonly ReturnSection[];
  /** Rises with each submission, from 0. */
  readonly version: number;
  readonly revision: number;
}

/** Prefilled or part-saved, not handed in. */
export interface DraftReturn extends ReturnBase {
  readonly state: 'draft';
}
export interface Submission {
  readonly submittedAt: Instant;
  readonly submittedBy: string;
}
export interface SubmittedReturn extends ReturnBase, Submission {
  readonly state: 'submitted';
}
export interface SentBackReturn extends ReturnBase, Submission {
  readonly state: 'sent-back';
  readonly sentBackAt: Instant;
  readonly sentBackBy: string;
  readonly comment: string;
}
export interface SignedReturn extends ReturnBase, Submission {
  readonly state: 'signed';
  readonly signedAt: Instant;
  readonly signedBy: string;
}
/** Nothing came by the cut-off. A return that comes later, before the report is compiled, replaces it. */
export interface NilReturn extends ReturnBase {
  readonly state: 'nil';
  readonly nilAt: Instant;
}

export type GroupReturn = DraftReturn | SubmittedReturn | SentBackReturn | SignedReturn | NilReturn;

/** Whether a return has been handed in, signed or not. */
export const isReceived = (given: GroupReturn): given is SubmittedReturn | SentBackReturn | SignedReturn =>
  given.state === 'submitted' || given.state === 'sent-back' || given.state === 'signed';

/** A return with nothing in it. */
export const emptyReturnContent: ReturnContent = {
  held: null,
  notHeldReason: '',
  attendance: [],
  othersPresent: '',
  commentaries: [],
  achievements: [],
  concerns: [],
  escalations: [],
  safeguardingMatters: [],
  localHwbMessage: '',
  cspMessage: '',
  newActions: [],
  progress: [],
  membershipChanges: '',
};

/** An action of an LCPG, carried from cycle to cycle until it is done or dropped. */
export interface Action {
  readonly partnership: string;
  readonly id: string;
  readonly group: string;
  /** The cycle whose meeting agreed it. */
  readonly raisedIn: string;
  readonly description: string;
  readonly owner: string;
  readonly due: IsoDate;
  readonly indicator?: string | null;
  readonly state: 'open' | 'done' | 'dropped';
  readonly updates: readonly ActionUpdate[];
  readonly revision: number;
}

export interface ActionUpdate {
  readonly at: Instant;
  readonly by: string;
  readonly state: 'open' | 'done' | 'dropped';
  readonly note: string;
}

/** Whether an action is open past its due date. */
export const isOverdue = (action: Action, on: IsoDate): boolean => action.state === 'open' && action.due < on;

/**
 * Whether an action is to be shown after an earlier report: it is open, or the report did not yet show it as over.
 * @param report when it was compiled, and the ids of the actions that it showed as open; null where there is none
 */
export const isNews = (
  { id, state, updates }: Pick<Action, 'id' | 'state' | 'updates'>,
  report: { readonly compiledAt: Instant; readonly open: ReadonlySet<string> } | null,
): boolean =>
  state === 'open' ||
  report === null ||
  report.open.has(id) ||
  (updates.at(-1)?.at ?? report.compiledAt) > report.compiledAt;

/** An escalated item on its way to the board and back. */
export interface Escalation extends EscalationItem {
  readonly partnership: string;
  readonly id: string;
  readonly cycle: string;
  readonly group: string;
  readonly state: 'reported' | 'answered';
  readonly answer: string;
  readonly answeredAt: Instant | null;
  /** Whether the group has been told the answer. */
  readonly toldAt: Instant | null;
  readonly revision: number;
}
