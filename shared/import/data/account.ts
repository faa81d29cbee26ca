/** Why a row gives no figure. The words are what people read. */
export type SkipReason =
  | 'area not in the partnership'
  | 'another kind of area'
  | 'indicator not in indicators.csv'
  | 'broken row'
  | 'the header again'
  | 'area code and name do not fit'
  | 'period not understood'
  | 'value is not a number'
  | 'value outside its unit'
  | 'two columns of one name differ'
  | 'suppressed by the publisher'
  | 'no value'
  | 'rounds to zero'
  | 'low reliability'
  | 'another unit or measure'
  | 'another sex or age'
  | 'a category, not the whole'
  | 'given twice, the same'
  | 'given twice, with different values';

/** What an import says of one file. `accepted` and all of `skipped` together are `rows`. */
export interface ImportedFile {
  readonly file: string;
  /** Null where the file is none that is known. */
  readonly format: string | null;
  /** Lines of data: neither the header and what is above it, nor empty lines. */
  readonly rows: number;
  /** Rows of which at least one figure is taken. */
  readonly accepted: number;
  readonly skipped: Readonly<Partial<Record<SkipReason, number>>>;
  /** Ids of the partnership’s indicators that the file has figures of. */
  readonly indicators: readonly string[];
  /** ONS codes of the areas that it has figures of. */
  readonly areas: readonly string[];
  readonly messages: readonly string[];
}

/** One row that may give figures; what becomes of it is known when all of them are settled. */
export interface Row {
  readonly line: number;
  waiting: number;
  taken: number;
  reason: SkipReason | null;
}

/** How many messages of one kind are told before they are only counted. */
const toldOfAKind = 10;

/** Counts what becomes of a file's rows, and collects what there is to say. */
export class Account {
  readonly file: string;
  format: string | null = null;
  rows = 0;
  accepted = 0;
  readonly #skipped = new Map<SkipReason, number>();
  readonly indicators = new Set<string>();
  readonly areas = new Set<string>();
  readonly #messages = new Map<string, { readonly told: string[]; more: number }>();

  constructor(file: string) {
    this.file = file;
  }

  skip(reason: SkipReason): void {
    this.#skipped.set(reason, (this.#skipped.get(reason) ?? 0) + 1);
  }

  skippedFor(reason: SkipReason): number {
    return this.#skipped.get(reason) ?? 0;
  }

  /** One of a row's figures is taken (null), or why not. */
  settle(row: Row, reason: SkipReason | null): void {
    row.waiting -= 1;
    if (reason === null) row.taken += 1;
    else if (row.reason === null || reason === 'suppressed by the publisher') row.reason = reason;
    if (row.waiting > 0) return;
    if (row.taken > 0) this.accepted += 1;
    else this.skip(row.reason ?? 'no value');
  }

  /** @param kind messages of one kind are told ten times at most */
  say(kind: string, message: string): void {
    let said = this.#messages.get(kind);
    if (said === undefined) this.#messages.set(kind, (said = { told: [], more: 0 }));
    if (said.told.includes(message)) return;
    if (said.told.length < toldOfAKind) said.told.push(message);
    else said.more += 1;
  }

  /** Something about a place in the file. */
  sayAt(line: number, column: number, kind: string, found: string, expected: string): void {
    this.say(
      kind,
      `${this.file}:${String(line)}:${String(column)}: ${kind}; found ${found}; expected ${expected}`,
    );
  }

  report(): ImportedFile {
    return {
      file: this.file,
      format: this.format,
      rows: this.rows,
      accepted: this.accepted,
      skipped: Object.fromEntries([...this.#skipped].filter(([, count]) => count > 0)),
      indicators: [...this.indicators].sort(),
      areas: [...this.areas].sort(),
      messages: [...this.#messages].flatMap(([kind, { told, more }]) =>
        more === 0 ? told : [...told, `and ${String(more)} more: ${kind}`],
      ),
    };
  }
}
