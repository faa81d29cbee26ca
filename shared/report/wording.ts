import { andList, plural } from '../templates/filters.ts';

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
}

export const overview = (facts: OverviewFacts): string => {
  const sentences: string[] = [];
  const { received, groupCount, nil, unsigned, notHeld, topConcerns, ratings, mostRed } = facts;
  if (received === 0) sentences.push('No LCPG sent a return.');
  else if (received === groupCount)
    sentences.push(
      groupCount === 1 ? 'The LCPG sent a return.' : `All ${String(groupCount)} LCPGs sent a return.`,
    );
  else sentences.push(`${String(received)} of the ${String(groupCount)} LCPGs sent a return.`);
  if (nil.length > 0)
    sentences.push(
      nil.length === 1
        ? `There is a nil return for ${list(nil)}.`
        : `There are nil returns for ${list(nil)}.`,
    );
  if (unsigned.length > 0)
    sentences.push(
      unsigned.length === 1
        ? `The return from ${list(unsigned)} is not signed by the chair.`
        : `The returns from ${list(unsigned)} are not signed by their chairs.`,
    );
  if (notHeld.length > 0) sentences.push(`${list(notHeld)} did not hold a meeting.`);
  if (topConcerns !== null && topConcerns.sharedBy > 1)
    sentences.push(
      topConcerns.names.length === 1
        ? `The most widely shared concern is ${list(topConcerns.names)}, raised by ${groups(topConcerns.sharedBy)}.`
        : `The most widely shared concerns are ${list(topConcerns.names)}, each raised by ${groups(topConcerns.sharedBy)}.`,
    );
  else if (received > 0)
    sentences.push(
      topConcerns === null
        ? 'No LCPG raised a concern about an indicator.'
        : 'No indicator is a concern of more than one LCPG.',
    );
  const judged = ratings.green + ratings.amber + ratings.red;
  if (judged > 0)
    sentences.push(
      `Of ${String(judged)} district figures with a target and a floor standard, ${String(ratings.green)} meet the target, ${String(ratings.amber)} meet only the floor standard and ${String(ratings.red)} are below it.`,
    );
  if (mostRed !== null)
    sentences.push(
      mostRed.names.length === 1
        ? `${list(mostRed.names)} has the most districts below the floor standard (${String(mostRed.red)}).`
        : `${list(mostRed.names)} have the most districts below the floor standard (${String(mostRed.red)} each).`,
    );
  if (facts.escalations > 0)
    sentences.push(
      `${plural(facts.escalations, 'issue')} ${facts.escalations === 1 ? 'is' : 'are'} escalated to the ${facts.boardShortName}.`,
    );
  else if (received > 0) sentences.push(`No issue is escalated to the ${facts.boardShortName}.`);
  if (facts.overdueActions > 0)
    sentences.push(
      `${plural(facts.overdueActions, 'action')} ${facts.overdueActions === 1 ? 'is' : 'are'} overdue.`,
    );
  return sentences.join(' ');
};

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
