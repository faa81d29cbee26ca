import type { IsoDate } from '../time/calendar.ts';
import type { ConfirmationRules } from './confirmation.ts';
import type { DigestDay } from './digest.ts';
import type { RequestKind, RequestRule } from './request.ts';
import type { TimetableRules } from './timetable.ts';

/** The dates on which something holds, both inclusive; null is open-ended. */
export interface EffectiveDates {
  readonly from: IsoDate | null;
  readonly to: IsoDate | null;
}

/** Whether the dates include the day. */
export const isEffective = (dates: EffectiveDates, on: IsoDate): boolean =>
  (dates.from === null || dates.from <= on) && (dates.to === null || on <= dates.to);

export const bodyKinds = [
  'board',
  'lcpg',
  'local-hwb',
  'csp',
  'safeguarding-board',
  'chairs-group',
  'safeguarding-group',
] as const;
/** The kinds of body in a partnership: `board` is the county board (in Kent the CHWB), `lcpg` a district group. */
export type BodyKind = (typeof bodyKinds)[number];

export const roles = [
  'chair',
  'co-ordinator',
  'safeguarding-lead',
  'local-hwb-link',
  'member',
  'kcc-member',
  'district-councillor',
  'additional',
  'secretariat',
  'lead-chair',
  'contact',
] as const;
/** What a person is in a body. Source: LCPG terms of reference, "Group roles" and "Group membership". */
export type Role = (typeof roles)[number];

/** A dated link from a group to another body, such as the Local HWB that it reports to. */
export interface BodyLink extends EffectiveDates {
  readonly body: string;
}

/** A body that is not a group: a board, a Local HWB, a CSP, the Chairs Group… */
export interface OtherBody extends EffectiveDates {
  readonly id: string;
  readonly kind: Exclude<BodyKind, 'lcpg'>;
  readonly name: string;
}

/** A Local Children's Partnership Group. */
export interface Group {
  readonly id: string;
  readonly kind: 'lcpg';
  readonly name: string;
  /** ONS code of its district, on which data are joined. */
  readonly area: string;
  /** Other spellings of the district's name. */
  readonly aliases: readonly string[];
  /** The Local HWBs that it reports to; there may be several at once. */
  readonly reportsTo: readonly BodyLink[];
  /** Its Community Safety Partnership; at most one at a time. */
  readonly csp: readonly BodyLink[];
}

export type Body = OtherBody | Group;

/** A person, identified by a stable id that outlives a change of address. */
export interface Person {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly organisation: string;
  /** Further addresses that were confirmed to be this person's: replies from them count. */
  readonly aliases?: readonly string[];
}

/** A person's role in a body over dates. */
export interface Membership extends EffectiveDates {
  readonly person: string;
  readonly body: string;
  readonly role: Role;
  /** One of the partnership's core sectors, or null for roles that stand for none. */
  readonly sector: string | null;
}

/** A membership together with its person: what a reader of a group's members gets. */
export interface Member extends Membership {
  readonly who: Person;
}

/** Settings of a partnership that every stage reads: one small item. */
export interface Partnership {
  readonly id: string;
  readonly name: string;
  readonly area: { readonly code: string; readonly name: string };
  /** IANA zone of all its dates and times. */
  readonly zone: string;
  readonly sender: { readonly name: string; readonly address: string };
  /** Domain of the addresses that members' replies go to. */
  readonly replyDomain: string;
  /** Whom a member may ask; stands at the foot of every email and page. */
  readonly contact: { readonly name: string; readonly email: string };
  readonly coreSectors: readonly string[];
  /** Ids of the bodies of which there is one. */
  readonly board: string;
  readonly chairsGroup: string;
  readonly safeguardingGroup: string | null;
  readonly safeguardingBoard: string | null;
  /** How the board is called in emails: its name, and the short form that people use. */
  readonly boardName: { readonly long: string; readonly short: string };
  readonly timetable: TimetableRules;
  readonly requests: Readonly<Record<RequestKind, RequestRule>>;
  /** When the weekly digests go out; none where a folder was loaded before there were any. */
  readonly digest?: DigestDay;
  /** What is confirmed by a code; the product's defaults where an earlier release kept none. */
  readonly confirmByCode?: ConfirmationRules;
  readonly retention: Retention;
  /** Holidays beyond the bank holidays of England and Wales that the product ships, such as one announced late. */
  readonly extraHolidays: readonly { readonly date: IsoDate; readonly name: string }[];
  /** Share of members that makes an LCPG meeting quorate, 0 to 1. */
  readonly quorum: number;
  /** What returns have beyond the usual; nothing where an earlier release kept none. */
  readonly returnParts?: readonly ReturnPart[];
  /** Counts from 1 to one less than this are not shown; the product's default where an earlier release kept none. */
  readonly hideCountsBelow?: number;
}

export const returnParts = ['grants', 'local-indicators'] as const;
/** A part of returns and reports that a partnership may have or not. */
export type ReturnPart = (typeof returnParts)[number];

/** How long things are kept. */
export interface Retention {
  /** Years that minutes, returns and reports are kept. */
  readonly recordYears: number;
  /** Months that a person is kept after the last membership ended. */
  readonly memberMonthsAfterLeaving: number;
}

/** A meeting as a partnership's `meetings.csv` lists it. Times are local, `HH:MM`. */
export interface ListedMeeting {
  readonly body: string;
  readonly date: IsoDate;
  readonly start: string;
  readonly end: string;
  readonly venue: string;
  readonly link: string;
}

/** What an indicator measures and how it is judged. */
export interface Indicator {
  readonly id: string;
  readonly name: string;
  /** The outcome of the Children and Young People's Plan that it belongs to. */
  readonly outcome: string;
  readonly unit: string;
  /** Whether a high or a low value is good. */
  readonly polarity: 'high' | 'low' | 'target';
  readonly target: number | null;
  /** Below the floor standard is red. */
  readonly floor: number | null;
  readonly decimals: number;
  readonly source: string;
  /** The group whose local indicator it is; null for one of the county set. */
  readonly group: string | null;
  /** Names and ids by which publishers' files call it. */
  readonly aliases?: readonly string[];
  /** The sex and the age of which a file's figures are taken, as the file writes them, where it has several. */
  readonly sex?: string;
  readonly age?: string;
}

/** A group's choice of an indicator to work on. */
export interface Priority extends EffectiveDates {
  readonly group: string;
  readonly indicator: string;
}

/** One published figure. */
export interface Observation {
  readonly indicator: string;
  /** ONS code. */
  readonly area: string;
  /** ISO 8601 interval, such as `2024-09-01/P1Y`. */
  readonly period: string;
  /** Null where the source gives none. */
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly count: number | null;
  readonly denominator: number | null;
  readonly note: string;
  /** The period as its publisher writes it, where that is no ISO interval, such as `2021 - 23`. */
  readonly label?: string;
  /** Whether the publisher withholds the figure as a small number; it has no value then. */
  readonly suppressed?: true;
  /** What stood here before the publisher corrected it, latest first. */
  readonly corrected?: readonly Correction[];
}

/** An earlier value of a figure, and the day on which another took its place. */
export interface Correction {
  readonly on: IsoDate;
  readonly value: number | null;
}

/** ONS code of England, whose figures stand beside the county's. */
export const england = 'E92000001';

/** Everything that a partnership folder holds, checked. */
export interface PartnershipFolder {
  readonly partnership: Partnership;
  readonly bodies: readonly OtherBody[];
  readonly groups: readonly Group[];
  readonly people: readonly Person[];
  readonly memberships: readonly Membership[];
  readonly meetings: readonly ListedMeeting[];
  readonly indicators: readonly Indicator[];
  readonly priorities: readonly Priority[];
  readonly observations: readonly Observation[];
}
