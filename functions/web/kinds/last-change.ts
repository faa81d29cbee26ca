import type { AuditEntry } from '../../../shared/domain/audit.ts';
import type { RequestKind } from '../../../shared/domain/request.ts';
import { clockTime, weekdayDate } from '../../../shared/templates/filters.ts';
import type { Situation } from './kind.ts';

/** Who changed last what a page shows. */
export interface LastChange {
  readonly name: string;
  /** The moment, in words. */
  readonly when: string;
  /** Whether it was the person at the page, in another window or before going back. */
  readonly own: boolean;
}

/** The answers that change what the page of a kind shows, besides the kind's own. */
const alsoChangedBy: Readonly<Partial<Record<RequestKind, readonly RequestKind[]>>> = {
  return: ['return-signoff'],
  'return-signoff': ['return'],
};

/** What is written down when something is saved without an answer. */
const savedAs: Readonly<Partial<Record<RequestKind, string>>> = {
  return: 'return-saved',
  'return-signoff': 'return-saved',
  'chairs-summary': 'summary-saved',
};

/** Who wrote last what a page shows; null where nothing tells. */
export const lastChangeOf = async ({
  desk,
  request,
  person,
  calendar,
}: Situation): Promise<LastChange | null> => {
  const { kind, cycle, subject } = request;
  const kinds: readonly unknown[] = [kind, ...(alsoChangedBy[kind] ?? [])];
  const changesIt = ({ what, detail, by }: AuditEntry): boolean =>
    by !== 'system' &&
    (what === savedAs[kind] || (what === 'request-answered' && kinds.includes(detail['kind'])));
  const entries = await Promise.all([subject.body, '-'].map((body) => desk.audit.of(cycle, body)));
  const last = entries
    .flat()
    .filter(changesIt)
    .sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
    .at(-1);
  if (last === undefined) return null;
  const name = (await desk.directory.person(last.by))?.name ?? '';
  const when = `${clockTime(calendar.timeOf(last.at))} on ${weekdayDate(calendar.dateOf(last.at))}`;
  return { name, when, own: last.by === person.id };
};
