import { closeSync, openSync, readSync } from 'node:fs';
import { TextDecoder } from 'node:util';

/** What a file turns out to be instead of a table of text. */
export class NotATable extends Error {
  override readonly name = 'NotATable';
  readonly found: string;
  readonly expected: string;

  constructor(message: string, found: string, expected: string) {
    super(message);
    this.found = found;
    this.expected = expected;
  }
}

/** How the text of a file is written. */
export interface TextForm {
  readonly encoding: 'UTF-8' | 'UTF-16';
  readonly byteOrderMark: boolean;
  readonly lineEnd: '\n' | '\r';
}

const chunkBytes = 1 << 15;

/** A quoted cell longer than this is one whose closing mark is missing. */
const longestRecord = 1 << 14;

const asCsv = 'a CSV file; in a spreadsheet program, save as “CSV UTF-8”';

const startsWith = (bytes: Uint8Array, ...start: readonly number[]): boolean =>
  start.every((byte, index) => bytes[index] === byte);

/** Refuses what can be told from the first bytes to be no text. */
const refuseOtherFiles = (bytes: Uint8Array): void => {
  if (bytes.length === 0) throw new NotATable('the file is empty', 'nothing', 'a line of column names');
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04))
    throw new NotATable('the file is not CSV', 'a ZIP file, such as an Excel (.xlsx) or ODS workbook', asCsv);
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0))
    throw new NotATable('the file is not CSV', 'an old Excel or Word file', asCsv);
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46))
    throw new NotATable('the file is not CSV', 'a PDF', 'the data behind it, as a CSV file');
  if (startsWith(bytes, 0x1f, 0x8b))
    throw new NotATable('the file is not CSV', 'a gzip file', 'the file that is packed in it');
};

/** Refuses text that is no table: a web page, JSON. */
const refuseOtherTexts = (text: string): void => {
  if (/^\s*<(?:!doctype|html|\?xml)/iu.test(text))
    throw new NotATable('the file is not CSV', 'a web page or XML', asCsv);
  if (/^\s*[[{]\s*["{[]/u.test(text)) throw new NotATable('the file is not CSV', 'JSON', asCsv);
  if (text.trim() === '')
    throw new NotATable('the file is empty', 'only empty lines', 'a line of column names');
};

/** UTF-16 without a byte order mark shows as text with a zero in every second byte. */
const utf16Of = (bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null => {
  if (startsWith(bytes, 0xff, 0xfe)) return 'utf-16le';
  if (startsWith(bytes, 0xfe, 0xff)) return 'utf-16be';
  const start = bytes.subarray(0, 200);
  const zeros = (offset: number): number =>
    start.filter((byte, index) => index % 2 === offset && byte === 0).length;
  const half = start.length / 2;
  if (zeros(1) > half * 0.8 && zeros(0) === 0) return 'utf-16le';
  if (zeros(0) > half * 0.8 && zeros(1) === 0) return 'utf-16be';
  return null;
};

/** Gives the file in pieces, as text whose characters are its bytes in UTF-8 (or in whatever it is written in). */
function* byteTexts(path: string, form: (form: Omit<TextForm, 'lineEnd'>) => void): Generator<string> {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(chunkBytes);
    let decoder: TextDecoder | undefined;
    let first = true;
    for (;;) {
      const length = readSync(file, buffer, 0, chunkBytes, null);
      const bytes = buffer.subarray(0, length);
      if (first) {
        refuseOtherFiles(bytes);
        const utf16 = utf16Of(bytes);
        if (utf16 === null && bytes.subarray(0, 8_000).includes(0))
          throw new NotATable('the file is not text', 'binary data', asCsv);
        if (utf16 !== null) decoder = new TextDecoder(utf16);
        const mark = startsWith(bytes, 0xef, 0xbb, 0xbf);
        form({
          encoding: utf16 === null ? 'UTF-8' : 'UTF-16',
          byteOrderMark: mark || startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff),
        });
      }
      if (length === 0) return;
      const text =
        decoder === undefined
          ? bytes.toString('latin1', first && startsWith(bytes, 0xef, 0xbb, 0xbf) ? 3 : 0)
          : Buffer.from(decoder.decode(bytes, { stream: true }), 'utf8').toString('latin1');
      if (first) refuseOtherTexts(text);
      first = false;
      yield text;
    }
  } finally {
    closeSync(file);
  }
}

/** Whether a quotation mark stands at the beginning of a cell, and so opens it. */
const opensCell = (text: string, recordStart: number, mark: number, separator: string): boolean => {
  let before = mark - 1;
  while (before >= recordStart && text[before] === ' ') before -= 1;
  return before < recordStart || text[before] === separator;
};

/** Whether a record is within a quoted cell at some place, walking on from where that was known. */
const isQuotedAt = (
  text: string,
  recordStart: number,
  [from, wasQuoted]: readonly [number, boolean],
  to: number,
  separator: string,
): boolean => {
  let quoted = wasQuoted;
  for (let mark = text.indexOf('"', from); mark !== -1 && mark < to; mark = text.indexOf('"', mark + 1)) {
    if (!quoted) quoted = opensCell(text, recordStart, mark, separator);
    // Two of them in a quoted cell stand for one.
    else if (text[mark + 1] === '"') mark += 1;
    else quoted = false;
  }
  return quoted;
};

/** One record as it stands in the file. */
export interface RawRecord {
  /** Characters are bytes: see `decoded`. */
  readonly text: string;
  /** Its first line, counted from 1. */
  readonly line: number;
  /** Whether a quoted cell of it does not end. */
  readonly unclosed: boolean;
}

/**
 * Reads the records of a delimited file one by one, in memory that does not grow with the file. A quoted cell may hold
 * line ends; one whose closing mark is missing ends with its line, so that it swallows nothing.
 * @param passOver asked of each record, by its place in a piece of the file, whether it is dealt with already
 * @param onForm told how the file is written, before its first record
 * @param separatorOf the sign between cells, once it is known
 * @throws {NotATable} for a file that is empty, binary or another kind of document
 */
export function* readRecords(
  path: string,
  onForm: (form: TextForm) => void,
  separatorOf: () => string,
  passOver: (text: string, start: number, end: number) => boolean,
): Generator<RawRecord> {
  let form: Omit<TextForm, 'lineEnd'> = { encoding: 'UTF-8', byteOrderMark: false };
  let lineEnd: '\n' | '\r' | undefined;
  let text = '';
  let line = 1;
  const texts = byteTexts(path, (told) => (form = told));
  for (let ended = false; !ended;) {
    const next = texts.next();
    if (next.done === true) ended = true;
    else text += next.value;
    if (lineEnd === undefined) {
      lineEnd = text.includes('\n') ? '\n' : text.includes('\r') ? '\r' : '\n';
      onForm({ ...form, lineEnd });
    }
    let start = 0;
    let quote = text.indexOf('"');
    while (start < text.length) {
      let end = text.indexOf(lineEnd, start);
      if (end === -1) {
        if (!ended) break;
        end = text.length;
      }
      let lines = 1;
      let unclosed = false;
      if (quote !== -1 && quote < start) quote = text.indexOf('"', start);
      if (quote !== -1 && quote < end) {
        const firstEnd = end;
        let quoted = isQuotedAt(text, start, [start, false], end, separatorOf());
        while (quoted && end < text.length && end - start <= longestRecord) {
          const following = text.indexOf(lineEnd, end + 1);
          const to = following === -1 ? text.length : following;
          quoted = isQuotedAt(text, start, [end, true], to, separatorOf());
          end = to;
          lines += 1;
        }
        if (end === text.length && !ended && end - start <= longestRecord) break;
        if (quoted || end - start > longestRecord) {
          unclosed = true;
          end = firstEnd;
          lines = 1;
        }
      }
      const last = lineEnd === '\n' && text[end - 1] === '\r' && end > start ? end - 1 : end;
      if (last > start && (unclosed || !passOver(text, start, last)))
        yield { text: text.slice(start, last), line, unclosed };
      start = end + 1;
      line += lines;
    }
    text = start >= text.length ? '' : text.slice(start);
  }
}

/** Where each cell of a record begins, in characters. */
export const cellStarts = (text: string, separator: string): readonly number[] => {
  const starts = [0];
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const sign = text[index];
    if (sign === '"') {
      if (!quoted) quoted = opensCell(text, starts.at(-1) ?? 0, index, separator);
      else if (text[index + 1] === '"') index += 1;
      else quoted = false;
    } else if (!quoted && sign === separator) starts.push(index + 1);
  }
  return starts;
};

/** The cells of a record, without the quotation marks around them. */
export const cellsOf = (text: string, separator: string): string[] => {
  if (!text.includes('"')) return text.split(separator);
  const cells: string[] = [];
  let start = 0;
  for (;;) {
    let at = start;
    while (text[at] === ' ') at += 1;
    if (text[at] === '"') {
      let cell = '';
      let from = at + 1;
      for (;;) {
        const quote = text.indexOf('"', from);
        if (quote === -1) {
          cell += text.slice(from);
          at = text.length;
          break;
        }
        cell += text.slice(from, quote);
        if (text[quote + 1] !== '"') {
          at = quote + 1;
          break;
        }
        cell += '"';
        from = quote + 2;
      }
      const end = text.indexOf(separator, at);
      cells.push(cell + (end === -1 ? text.slice(at) : text.slice(at, end)).trimEnd());
      if (end === -1) return cells;
      start = end + 1;
    } else {
      const end = text.indexOf(separator, start);
      if (end === -1) {
        cells.push(text.slice(start));
        return cells;
      }
      cells.push(text.slice(start, end));
      start = end + 1;
    }
  }
};

const utf8 = new TextDecoder('utf-8', { fatal: true });
const windows1252 = new TextDecoder('windows-1252');

/** A record's text as it is meant: UTF-8, or Windows-1252 (of which Latin-1 is a part) where it is not that. */
export const decoded = (text: string): { readonly text: string; readonly isUtf8: boolean } => {
  // A text of its own, too: a part of a piece of the file would keep the whole piece in memory.
  const bytes = Buffer.from(text, 'latin1');
  try {
    return { text: utf8.decode(bytes), isUtf8: true };
  } catch {
    return { text: windows1252.decode(bytes), isUtf8: false };
  }
};
