import { CsvError, parse } from 'csv-parse/sync';

import type { FileName, Findings, Place } from './faults.ts';
import { expectedName, quoted } from './faults.ts';
import type { FolderFiles } from './folder-files.ts';
import { readText } from './text.ts';

/** One line of a table: its cells by column name, with single spaces, and where each of them stands. */
export class Row<Column extends string> {
  readonly file: FileName;
  readonly line: number;
  readonly #raw: string;
  readonly #cells: readonly string[];
  readonly #order: ReadonlyMap<Column, number>;

  constructor(
    file: FileName,
    line: number,
    raw: string,
    cells: readonly string[],
    order: ReadonlyMap<Column, number>,
  ) {
    this.file = file;
    this.line = line;
    this.#raw = raw;
    this.#cells = cells;
    this.#order = order;
  }

  get(column: Column): string {
    return (this.#cells[this.#order.get(column) ?? -1] ?? '').trim().replaceAll(/\s+/gu, ' ');
  }

  at(column: Column): Place {
    return cellPlace(this.file, this.line, this.#raw, this.#order.get(column) ?? 0);
  }
}

/** A table as far as it could be read. */
export interface Table<Column extends string> {
  readonly rows: readonly Row<Column>[];
  /** Whether lines are missing because of faults, so that nothing can be said about what is not there. */
  readonly incomplete: boolean;
}

/** Offsets of the cells of one record in its text. */
const cellOffsets = (raw: string): readonly number[] => {
  const offsets = [0];
  let position = 0;
  for (;;) {
    if (raw[position] === '"') {
      position += 1;
      while (position < raw.length) {
        if (raw[position] !== '"') position += 1;
        else if (raw[position + 1] === '"') position += 2;
        else break;
      }
    }
    position = raw.indexOf(',', position);
    if (position === -1) return offsets;
    position += 1;
    offsets.push(position);
  }
};

const newline = /\r\n|\n|\r/gu;

/** Where an offset into a record's text stands in the file. */
const placeOf = (file: FileName, firstLine: number, raw: string, offset: number): Place => {
  const before = raw.slice(0, offset).split(newline);
  return { file, line: firstLine + before.length - 1, column: (before.at(-1)?.length ?? 0) + 1 };
};

const cellPlace = (file: FileName, firstLine: number, raw: string, cell: number): Place =>
  placeOf(file, firstLine, raw, cellOffsets(raw)[cell] ?? raw.trimEnd().length);

interface RawRecord {
  readonly line: number;
  readonly raw: string;
  readonly cells: readonly string[];
}

/** The records of a CSV text with their lines; a quote that does not end is a fault, and ends the reading. */
const readRecords = (
  file: FileName,
  text: string,
  findings: Findings,
): { readonly records: readonly RawRecord[]; readonly whole: boolean } => {
  const records: RawRecord[] = [];
  let whole = true;
  let line = 1;
  const skipped: string[] = [];
  let parsed: readonly { readonly record: readonly string[]; readonly raw: string }[];
  try {
    // Misplaced quotes are let through here and found cell by cell below, so that all of them are told at once.
    parsed = parse(text, {
      raw: true,
      relax_quotes: true,
      relax_column_count: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      skip_records_with_error: true,
      on_skip: (_error: unknown, raw: string | undefined) => {
        skipped.push(raw ?? '');
        return undefined;
      },
    }) as unknown as typeof parsed;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    findings.fault(
      { file, line: 1, column: 1 },
      { message: 'the file is not CSV', found: error.message, expected: 'cells separated by commas' },
    );
    return { records, whole: false };
  }
  for (const { record, raw } of parsed) {
    records.push({ line, raw, cells: record });
    line += raw.match(newline)?.length ?? 0;
  }
  for (const raw of skipped) {
    whole = false;
    const offset = cellOffsets(raw).findLast((start) => raw[start] === '"') ?? 0;
    findings.fault(placeOf(file, line, raw, offset), {
      message: 'a quoted cell does not end',
      found: 'an opening quotation mark without a closing one',
      expected: 'a quotation mark at the end of the cell too; one inside a quoted cell is written twice',
    });
  }
  return { records, whole };
};

/** A cell without quotation marks, or wholly inside a pair of them with those inside doubled. */
const wellQuoted = /^(?:[^"]*|"(?:[^"]|"")*"\s*)$/u;

/**
 * Reads one CSV file with the given columns, in any order; every fault of its form is told.
 * @param optional columns that may be there as well
 */
export const readTable = <Column extends string>(
  file: FileName,
  columns: readonly Column[],
  files: FolderFiles,
  findings: Findings,
  optional: readonly Column[] = [],
): Table<Column> => {
  const nothing: Table<Column> = { rows: [], incomplete: true };
  const text = readText(file, files, findings);
  if (text === undefined) return nothing;
  const { records, whole } = readRecords(file, text, findings);
  const filled = records.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const header = filled[0];
  if (header === undefined) {
    // Where reading ended at a fault, that says enough.
    if (whole)
      findings.fault(
        { file, line: 1, column: 1 },
        {
          message: 'the file is empty',
          found: 'only empty cells',
          expected: `the columns ${columns.join()}`,
        },
      );
    return nothing;
  }
  const order = readHeader(file, columns, optional, header, findings);
  if (order === undefined) return nothing;
  const width = header.cells.length;
  const headerText = header.cells.join();
  let incomplete = !whole;
  const rows: Row<Column>[] = [];
  for (const { line, raw, cells } of filled.slice(1)) {
    let sound = true;
    if (cells.length !== width) {
      sound = false;
      findings.fault(cellPlace(file, line, raw, Math.min(cells.length, width)), {
        message: 'the line has the wrong number of cells',
        found: `${String(cells.length)} ${cells.length === 1 ? 'cell' : 'cells'}`,
        expected: `${String(width)}: ${header.cells.join(', ')}; a cell that holds a comma goes in quotation marks`,
      });
    } else if (cells.join() === headerText) {
      sound = false;
      findings.fault(
        { file, line, column: 1 },
        { message: 'the first line is given again', found: quoted(headerText), expected: 'a line of values' },
      );
    }
    if (raw.includes('"')) {
      const offsets = cellOffsets(raw);
      for (const [index, offset] of offsets.entries()) {
        const next = offsets[index + 1];
        const cell = next === undefined ? raw.slice(offset).trimEnd() : raw.slice(offset, next - 1);
        if (wellQuoted.test(cell)) continue;
        sound = false;
        findings.fault(placeOf(file, line, raw, offset), {
          message: 'a quotation mark is in the wrong place',
          found: quoted(cell),
          expected: 'quotation marks around the whole cell, with those inside it doubled, or none',
        });
      }
    }
    if (sound) rows.push(new Row(file, line, raw, cells, order));
    else incomplete = true;
  }
  return { rows, incomplete };
};

const readHeader = <Column extends string>(
  file: FileName,
  columns: readonly Column[],
  optional: readonly Column[],
  header: RawRecord,
  findings: Findings,
): ReadonlyMap<Column, number> | undefined => {
  const separator = [';', '\t'].find((mark) => header.cells.length === 1 && header.cells[0]?.includes(mark));
  if (separator !== undefined) {
    findings.fault(
      { file, line: header.line, column: 1 },
      {
        message: 'the cells are not separated by commas',
        found: separator === ';' ? 'semicolons' : 'tabs',
        expected: `commas, as in ${columns.join()}`,
      },
    );
    return undefined;
  }
  const order = new Map<Column, number>();
  const names = header.cells.map((cell) => cell.trim());
  const missing = columns.filter((column) => !names.includes(column));
  let sound = missing.length === 0;
  for (const [index, name] of names.entries()) {
    const column = [...columns, ...optional].find((known) => known === name);
    const place = cellPlace(file, header.line, header.raw, index);
    if (column === undefined) {
      sound = false;
      findings.fault(place, {
        message: 'there is no such column',
        found: quoted(name),
        expected: expectedName(
          'one of the columns of this file',
          name,
          missing.length > 0 ? missing : [...columns, ...optional],
        ),
      });
    } else if (order.has(column)) {
      sound = false;
      findings.fault(place, {
        message: 'the column is given twice',
        found: quoted(name),
        expected: 'each column once',
      });
    } else order.set(column, index);
  }
  for (const column of missing)
    findings.fault(cellPlace(file, header.line, header.raw, names.length), {
      message: `the column ${column} is missing`,
      found: quoted(names.join()),
      expected: columns.join(),
    });
  return sound ? order : undefined;
};
