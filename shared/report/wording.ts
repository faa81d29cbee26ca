import { andList, plural } from '../templates/filters.ts';
import type { AttendanceLine } from './model.ts';

/**
 * The sentences that a pack's summary is drafted in. Facts come in, words go out; a partnership that says it otherwise
 * changes them here.
 */

/** How many names a drafted sentence holds before it says "and 3 others". */
const longestList = 12;

/** "Ashford, Dover and Swale"; beyond twelve, "…and 3 others". */
export const list = (names: readonly string[]): string => {
  const shown =
    names.length > longestList + 1
      ? [...names.slice(0, longestList), `${String(names.length - longestList)} others`]
      : names;
  return andList(shown);
};

/** Typed text as one line, for a list that is edited a line an item. */
export const oneLine = (text: string): string => text.trim().replaceAll(/\s+/g, ' ');

/** Typed text as a sentence's last part: with a full stop unless it ends with a mark of its own. */
const stopped = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

const groups = (count: number): string => plural(count, 'LCPG');

export const packTitle = (partnershipName: string): string => `${partnershipName}: pack for the Chairs Group`;

export const reportTitle = (partnershipName: string, boardLongName: string): string =>
  `${partnershipName}: report to the ${boardLongName}`;

export const lcpgPackTitle = (groupName: string): string => `${groupName} LCPG: pack for its meeting`;

/** "Ashford LCPG: report to the West Kent and Swale Local Health and Wellbeing Boards" as their names are. */
export const districtReportTitle = (groupName: string, readers: readonly string[]): string =>
  `${groupName} LCPG: report to the ${andList(readers)}`;

export const safeguardingTitle = (groupName: string | null): string =>
  groupName === null ? 'Safeguarding matters of the LCPGs' : `Safeguarding matters of ${groupName} LCPG`;

export const briefingTitle = (partnershipName: string): string => `${partnershipName}: good examples`;

/** What an LCPG's meeting goes through. Source: LCPG terms of reference, "Role of the LCPGs". */
export const agenda = (boardShortName: string, boardDate: string): readonly string[] => [
  'Who is here, and apologies',
  `Key messages of the ${boardShortName} of ${boardDate}`,
  'Open actions',
  'Our indicators: what has changed and what we will do',
  `Achievements, concerns, and what to escalate to the ${boardShortName}`,
  'Safeguarding',
];

/** How a member's answer to the invitation is called. */
export const answerNames = {
  attending: 'coming',
  present: 'present',
  substitute: 'sends a substitute',
  apologies: 'apologies',
  absent: 'absent',
  unanswered: 'not answered yet',
} as const satisfies Record<AttendanceLine['presence'], string>;

/** What the overview tells of. */
export interface OverviewFacts {
  readonly boardShortName: string;
  readonly groupCount: number;
  readonly received: number;
  readonly nil: readonly string[];
  readonly unsigned: readonly string[];
  readonly notHeld: readonly string[];
  /** Indicators whose concern most LCPGs share, and how many those are; null where none raised one. */
  readonly topConcerns: { readonly names: readonly string[]; readonly sharedBy: number } | null;
  readonly ratings: { readonly green: number; readonly amber: number; readonly red: number };
  /** Indicators with the most districts below the floor, and how many those are; null where there are none. */
  readonly mostRed: { readonly names: readonly string[]; readonly red: number } | null;
  readonly escalations: number;
  readonly overdueActions: number;
  /** The day on which they are counted, in words: what is told of them stands until the board reads it. */
  readonly countedOn: string;
}

/** Names of indicators, which hold commas and "and" themselves. */
const indicatorList = (names: readonly string[]): string => names.slice(0, longestList).join('; ');

const returnsInWords = ({
  groupCount,
  received,
  nil,
  unsigned,
  notHeld,
  countedOn,
}: OverviewFacts): readonly string[] => [
  received === 0
    ? 'No LCPG sent a return.'
    : received < groupCount
      ? `${String(received)} of the ${groups(groupCount)} sent a return.`
      : groupCount === 1
        ? 'The LCPG sent a return.'
        : `All ${groups(groupCount)} sent a return.`,
  ...(nil.length === 0
    ? []
    : [`There ${nil.length === 1 ? 'is a nil return' : 'are nil returns'} for ${list(nil)}.`]),
  ...(unsigned.length === 0
    ? []
    : unsigned.length === 1
      ? [`The return from ${list(unsigned)} had not been signed by the chair by ${countedOn}.`]
      : [`The returns from ${list(unsigned)} had not been signed by their chairs by ${countedOn}.`]),
  ...(notHeld.length === 0 ? [] : [`${list(notHeld)} did not hold a meeting.`]),
];

const concernsInWords = ({ received, topConcerns }: OverviewFacts): readonly string[] => {
  if (received === 0) return [];
  if (topConcerns === null) return ['No LCPG raised a concern about an indicator.'];
  const { names, sharedBy } = topConcerns;
  if (sharedBy === 1) return ['No indicator is a concern of more than one LCPG.'];
  return names.length === 1
    ? [`The most widely shared concern, raised by ${groups(sharedBy)}, is: ${indicatorList(names)}.`]
    : [`The most widely shared concerns, each raised by ${groups(sharedBy)}, are: ${indicatorList(names)}.`];
};

const figuresInWords = ({ ratings, mostRed }: OverviewFacts): readonly string[] => {
  const { green, amber, red } = ratings;
  const judged = green + amber + red;
  if (judged === 0) return [];
  const counts = `Of ${plural(judged, 'district figure')} with a target and a floor standard, ${String(green)} ${green === 1 ? 'meets' : 'meet'} the target, ${String(amber)} ${amber === 1 ? 'meets' : 'meet'} only the floor standard and ${String(red)} ${red === 1 ? 'meets' : 'meet'} neither.`;
  if (mostRed === null) return [counts];
  const districts = plural(mostRed.red, 'district');
  return [
    counts,
    mostRed.names.length === 1
      ? `The indicator on which most districts do not meet the floor standard (${districts}) is: ${indicatorList(mostRed.names)}.`
      : `The indicators on which most districts do not meet the floor standard (${districts} each) are: ${indicatorList(mostRed.names)}.`,
  ];
};

const businessInWords = (facts: OverviewFacts): readonly string[] => {
  const { received, escalations, overdueActions, countedOn, boardShortName } = facts;
  return [
    ...(escalations > 0
      ? [
          `${plural(escalations, 'issue')} ${escalations === 1 ? 'is' : 'are'} escalated to the ${boardShortName}.`,
        ]
      : received > 0
        ? [`No issue is escalated to the ${boardShortName}.`]
        : []),
    ...(overdueActions === 0
      ? []
      : [
          `${plural(overdueActions, 'action')} ${overdueActions === 1 ? 'was' : 'were'} overdue on ${countedOn}.`,
        ]),
  ];
};

/** The facts in a paragraph each: returns, concerns, figures, business with the board. */
export const overview = (facts: OverviewFacts): string =>
  [returnsInWords(facts), concernsInWords(facts), figuresInWords(facts), businessInWords(facts)]
    .filter((sentences) => sentences.length > 0)
    .map((sentences) => sentences.join(' '))
    .join('\n\n');

export const sharedConcern = (indicatorName: string, groupNames: readonly string[]): string =>
  `${indicatorName}: a concern of ${groups(groupNames.length)} (${list(groupNames)}).`;

export const sharedAchievement = (indicatorName: string, groupNames: readonly string[]): string =>
  `${indicatorName}: achievements reported by ${groups(groupNames.length)} (${list(groupNames)}).`;

export const groupAchievement = (groupName: string, text: string): string =>
  `${groupName}: ${stopped(oneLine(text))}`;

export const ask = (text: string, groupNames: readonly string[]): string =>
  `${oneLine(text).replace(/[.\s]+$/, '')} (asked by ${list(groupNames)}).`;

const roleNames: Readonly<Record<string, string>> = {
  'safeguarding-lead': 'safeguarding lead',
  'local-hwb-link': 'Local HWB link',
  'kcc-member': 'county council member',
  'district-councillor': 'district councillor',
  'lead-chair': 'lead chair',
};

/** A role in words. */
export const roleName = (role: string): string => roleNames[role] ?? role;
