import writeWorkbook, { type Cell } from 'write-excel-file/node';

import type { Instant } from '../time/calendar.ts';
import type { DataCell, DataTable } from './data-tables.ts';
import { reproducible } from './reproducible.ts';

/** Widest and narrowest that a column gets, in characters. */
const widths = { least: 8, most: 60 } as const;

const cell = (value: DataCell): Cell => {
  if (value === null) return null;
  // Text is text: a spreadsheet never takes it for a formula here.
  if (typeof value === 'string') return { value, type: String };
  if (typeof value === 'boolean') return { value: value ? 'yes' : 'no', type: String };
  if (typeof value === 'number') return { value, type: Number };
  const { figure, decimals } = value;
  return {
    value: figure,
    type: Number,
    format: decimals === 0 ? '#,##0' : `#,##0.${'0'.repeat(decimals)}`,
  };
};

const lengthOf = (value: DataCell): number =>
  value === null
    ? 0
    : typeof value === 'object'
      ? value.figure.toFixed(value.decimals).length
      : String(value).length;

/** Tables as an Excel workbook, a sheet each, the column names kept in sight. The same tables give the same bytes. */
export const workbookOf = async (tables: readonly DataTable[], madeAt: Instant): Promise<Uint8Array> => {
  const sheets = tables.map(({ name, columns, rows }) => ({
    sheet: name,
    data: [
      columns.map((title): Cell => ({ value: title, fontWeight: 'bold' })),
      ...rows.map((row) => row.map(cell)),
    ],
    columns: columns.map((title, index) => ({
      width: Math.min(
        widths.most,
        Math.max(widths.least, title.length + 2, ...rows.map((row) => lengthOf(row[index] ?? null) + 2)),
      ),
    })),
    stickyRowsCount: 1,
  }));
  return reproducible(await writeWorkbook(sheets).toBuffer(), madeAt);
};
