import { stringify } from 'csv-stringify/sync';

import type { DataCell, DataTable } from './data-tables.ts';

/** A file of the data behind a report. */
export interface DataFile {
  readonly fileName: string;
  readonly content: string;
}

/** Spreadsheets take a cell that starts so for a formula. Source: OWASP, "CSV Injection". */
const startsFormula = /^\s*[=+\-@\t\r]/u;

const cell = (value: DataCell): string => {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'object') return value.figure.toFixed(value.decimals);
  return startsFormula.test(value) ? `'${value}` : value;
};

/** Tables as CSV files that any spreadsheet opens: with the mark that makes Excel read UTF-8, and its line ends. */
export const csvOf = (tables: readonly DataTable[]): readonly DataFile[] =>
  tables.map(({ name, columns, rows }) => ({
    fileName: `${name.toLowerCase().replaceAll(' ', '-')}.csv`,
    content: stringify([columns, ...rows.map((row) => row.map(cell))], {
      bom: true,
      record_delimiter: '\r\n',
    }),
  }));
