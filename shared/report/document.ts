import type { Instant } from '../time/calendar.ts';

/**
 * A document as a small tree of what it says, from which each of its forms is made: HTML, PDF, Word. Words and figures
 * are written once, here; a form only lays them out. It is plain data: it can go to another thread, or into a test.
 */

/** A stretch of a line. A line break in a text is one in every form. */
export type Inline =
  | { readonly kind: 'text' | 'strong' | 'quiet' | 'tag'; readonly text: string }
  /** How a figure is rated: shown with a shape and a word, never by colour alone. */
  | { readonly kind: 'rating'; readonly rating: 'green' | 'amber' | 'red' }
  /** To another place of the document (`#id`), or on the web. */
  | { readonly kind: 'link'; readonly text: string; readonly to: string };

export type Words = readonly Inline[];

/** A column of a table, as wide as its share of all columns' widths. */
export interface Column {
  readonly title: Words;
  readonly width: number;
  /** Figures line up. */
  readonly figures: boolean;
}

/** A row: its first cell is its header. */
export interface Row {
  readonly cells: readonly Words[];
  /** Sums up the rows above it, or stands for all of them. */
  readonly total: boolean;
}

export interface Table {
  readonly kind: 'table';
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

export type Block =
  | {
      readonly kind: 'paragraph';
      readonly tone: 'plain' | 'lead' | 'quiet' | 'notice';
      readonly words: Words;
    }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly Words[] }
  /** Short facts, each under its name. */
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  | Table
  /** A drawing, which says nothing that its alternative text and the tables do not say. */
  | {
      readonly kind: 'figure';
      readonly svg: string;
      readonly alternative: string;
      readonly caption: string;
      /** In CSS pixels. */
      readonly width: number;
      readonly height: number;
    };

export interface Fact {
  readonly name: string;
  readonly words: Words;
}

/** A part of a document under its heading, and what is part of it. */
export interface Section {
  readonly title: string;
  /** What a screen reader hears after the title where titles repeat, such as " of Ashford". Empty where they do not. */
  readonly spoken: string;
  /** By which links lead to it; those that have one are in the contents. */
  readonly id: string | null;
  /** Whether it begins on a page of its own, where there are pages. */
  readonly ownPage: boolean;
  readonly blocks: readonly Block[];
  readonly sections: readonly Section[];
}

export interface ReportDocument {
  readonly title: string;
  /** What tells it from others of its title, such as the date of its meeting. */
  readonly subtitle: string;
  /** Whose document it is. */
  readonly author: string;
  readonly facts: readonly Fact[];
  readonly sections: readonly Section[];
  /** The number of its first section, which the others follow; 1 where nothing is said. */
  readonly firstNumber?: number;
  readonly footer: string;
  /** When it was made: the only time that gets into its files. */
  readonly madeAt: Instant;
}

/**
 * Words from texts and stretches: `words('of ', strong('12'))`. Empty texts are left out, and texts beside each other are
 * one, as each stretch takes its time in every form.
 */
export const words = (...parts: readonly (string | Inline)[]): Words => {
  const line: Inline[] = [];
  for (const part of parts) {
    const one: Inline = typeof part === 'string' ? { kind: 'text', text: part } : part;
    const last = line.at(-1);
    if (one.kind !== 'text') line.push(one);
    else if (last?.kind === 'text') line[line.length - 1] = { kind: 'text', text: last.text + one.text };
    else if (one.text !== '') line.push(one);
  }
  return line;
};

export const strong = (text: string): Inline => ({ kind: 'strong', text });
/** Beside the point: what is missing, or small print. */
export const quiet = (text: string): Inline => ({ kind: 'quiet', text });
export const tag = (text: string): Inline => ({ kind: 'tag', text });
export const link = (text: string, to: string): Inline => ({ kind: 'link', text, to });

export const paragraph = (
  tone: 'plain' | 'lead' | 'quiet' | 'notice',
  ...parts: readonly (string | Inline)[]
): Block => ({ kind: 'paragraph', tone, words: words(...parts) });

export const list = (items: readonly Words[], ordered = false): Block => ({ kind: 'list', ordered, items });

/** A column of words: `column('Owner', 2)`. */
export const column = (title: string | Words, width = 1): Column => ({
  title: typeof title === 'string' ? words(title) : title,
  width,
  figures: false,
});

/** A column of figures, which line up. */
export const figureColumn = (title: string | Words, width = 1): Column => ({
  ...column(title, width),
  figures: true,
});

export const row = (...cells: readonly Words[]): Row => ({ cells, total: false });
export const totalRow = (...cells: readonly Words[]): Row => ({ cells, total: true });

/** @throws {Error} when a row has not as many cells as there are columns: a fault of ours that no reader should meet */
export const table = (caption: string, columns: readonly Column[], rows: readonly Row[]): Table => {
  const wrong = rows.find(({ cells }) => cells.length !== columns.length);
  if (wrong !== undefined)
    throw new Error(
      `a row of “${caption}” has ${String(wrong.cells.length)} cells for ${String(columns.length)} columns`,
    );
  return { kind: 'table', caption, columns, rows };
};

/** A section of blocks and sections; what is not said of it is left at its simplest. */
export const section = (
  title: string,
  blocks: readonly Block[],
  rest: Partial<Pick<Section, 'id' | 'spoken' | 'ownPage' | 'sections'>> = {},
): Section => ({ title, spoken: '', id: null, ownPage: false, sections: [], ...rest, blocks });

/** The shape and the word of a rating, the same in every form. */
export const ratingMarks = {
  green: { shape: '●', word: 'Green' },
  amber: { shape: '▲', word: 'Amber' },
  red: { shape: '■', word: 'Red' },
} as const;

/** Words without their looks. */
export const plainText = (line: Words): string =>
  line
    .map((part) =>
      part.kind === 'rating'
        ? `${ratingMarks[part.rating].shape} ${ratingMarks[part.rating].word}`
        : part.text,
    )
    .join('')
    .replaceAll('\n', ' ');
