/** A place in a file of a partnership folder. Lines and columns count from 1, columns in UTF-16 units as editors do. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Something wrong, or in a warning something odd, with where it is, what was found and what is expected. */
export interface Fault extends Place {
  readonly message: string;
  readonly found: string;
  readonly expected: string;
}

/** What is said about a place. */
export interface Remark {
  readonly message: string;
  readonly found: string;
  readonly expected: string;
}

/** Collects all there is to say about a folder. The same remark about the same place is kept once. */
export class Findings {
  readonly #faults = new Map<string, Fault>();
  readonly #warnings = new Map<string, Fault>();

  fault(place: Place, remark: Remark): void {
    add(this.#faults, place, remark);
  }

  warn(place: Place, remark: Remark): void {
    add(this.#warnings, place, remark);
  }

  get faults(): readonly Fault[] {
    return [...this.#faults.values()].sort(inFileOrder);
  }

  get warnings(): readonly Fault[] {
    return [...this.#warnings.values()].sort(inFileOrder);
  }
}

const add = (to: Map<string, Fault>, { file, line, column }: Place, remark: Remark): void => {
  const [message, found, expected] = [remark.message, remark.found, remark.expected].map(printable) as [
    string,
    string,
    string,
  ];
  to.set(JSON.stringify([file, line, column, message, found, expected]), {
    file,
    line,
    column,
    message,
    found,
    expected,
  });
};

/** The files of a partnership folder, in the order in which their faults are told. */
export const fileNames = [
  'partnership.yaml',
  'people.csv',
  'memberships.csv',
  'meetings.csv',
  'indicators.csv',
  'priorities.csv',
  'observations.csv',
] as const;
export type FileName = (typeof fileNames)[number];

const filePosition = (name: string): number => (fileNames as readonly string[]).indexOf(name);

/** By file, line and column. */
export const inFileOrder = (one: Fault, other: Fault): number =>
  filePosition(one.file) - filePosition(other.file) ||
  one.line - other.line ||
  one.column - other.column ||
  (one.message < other.message ? -1 : one.message > other.message ? 1 : 0);

const longest = 80;

/** What stands in a file, fit to be shown on one line: shortened, without control characters. */
export const quoted = (text: string): string => {
  if (text === '') return 'nothing';
  const short = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return `“${printable(short)}”`;
};

const printable = (text: string): string =>
  text.replaceAll(/\p{Cc}/gu, (control) => escapes[control] ?? '�').toWellFormed();
const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Words as a list in a sentence: `a, b or c`. */
export const oneOf = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;

/** What is expected where one of a known set of names has to stand: the nearest, or all when they are few. */
export const expectedName = (what: string, given: string, known: Iterable<string>): string => {
  const names = [...new Set(known)];
  const nearest = nearestName(given, names);
  if (nearest !== undefined) return `${what}; did you mean ${nearest}?`;
  if (names.length > 0 && names.length <= 14) return `${what}: ${oneOf(names)}`;
  return what;
};

/** The name that a person who wrote `given` most likely meant, if any is close. */
export const nearestName = (given: string, known: Iterable<string>): string | undefined => {
  const wanted = simplified(given);
  let best: string | undefined;
  // A slip in every third letter is the most that still looks like the same word.
  let bestDistance = Math.min(3, Math.floor(wanted.length / 3)) + 1;
  for (const name of known) {
    const distance = editDistance(wanted, simplified(name), bestDistance);
    if (distance < bestDistance) {
      best = name;
      bestDistance = distance;
    }
  }
  return best;
};

const simplified = (text: string): string =>
  text
    .slice(0, longest)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}@]/gu, '');

/** Levenshtein's distance; anything at or over the limit counts as the limit. */
const editDistance = (one: string, other: string, limit: number): number => {
  if (Math.abs(one.length - other.length) >= limit) return limit;
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const replaced = (row[j - 1] ?? limit) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? limit) + 1, (next[j - 1] ?? limit) + 1));
    }
    row = next;
    if (Math.min(...row) >= limit) return limit;
  }
  return row.at(-1) ?? limit;
};
