import { parse as parseCsv } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import { type HTMLElement, parse } from 'node-html-parser';

/** The cells of every table of a document, table by table and row by row; white space counts for nothing. */
export type Tables = readonly (readonly (readonly string[])[])[];

const bare = (text: string): string => text.normalize('NFC').replaceAll(/\s+/g, '');

const textOf = (element: HTMLElement): string => bare(element.text);

export const htmlTables = (html: string): Tables =>
  parse(html)
    .querySelectorAll('table')
    .map((table) => table.querySelectorAll('tr').map((row) => row.querySelectorAll('th, td').map(textOf)));

/** What names a district's figure: its LCPG, its indicator and its period. */
export const keyOf = (group: string, indicator: string, period: string): string =>
  bare(`${group}: ${indicator}${period}`);

/** The rows of the tables of figures of each district, by what they are about. */
export const districtFigures = (
  html: string,
): readonly { readonly key: string; readonly cells: readonly string[] }[] =>
  parse(html)
    .querySelectorAll('table')
    .flatMap((table) => {
      const [, group] = /: figures for (.+)$/.exec(table.querySelector('caption')?.text ?? '') ?? [];
      if (group === undefined) return [];
      return table
        .querySelectorAll('tbody tr')
        .map((row) => row.querySelectorAll('th, td').map(textOf))
        .map((cells) => ({ key: keyOf(group, cells[0]?.replace(/Priority$/, '') ?? '', ''), cells }));
    });

/** Of Word's main part. */
export const wordTables = (file: Uint8Array): Tables =>
  parse(strFromU8(unzipSync(file)['word/document.xml'] ?? new Uint8Array()))
    .querySelectorAll('w\\:tbl')
    .map((table) =>
      table.querySelectorAll('w\\:tr').map((row) =>
        row.querySelectorAll('w\\:tc').map((cell) =>
          bare(
            cell
              .querySelectorAll('w\\:t')
              .map(({ text }) => text)
              .join(''),
          ),
        ),
      ),
    );

/** Of a tagged PDF, from what `pdfinfo -struct-text` prints: an element a line, its texts in quotes below it. */
export const pdfTables = (structure: string): Tables => {
  const tables: string[][][] = [];
  let inCell = false;
  let cellIndent = 0;
  for (const line of structure.split('\n')) {
    const indent = line.search(/\S/);
    const [, element] = /^\s*(Table|TR|TH|TD)\b[^"]*:?$/.exec(line) ?? [];
    if (inCell && indent <= cellIndent) inCell = false;
    if (element === 'Table') tables.push([]);
    else if (element === 'TR') tables.at(-1)?.push([]);
    else if (element !== undefined) {
      tables.at(-1)?.at(-1)?.push('');
      inCell = true;
      cellIndent = indent;
    } else if (inCell) {
      const [, text] = /^\s*"(.*)"$/.exec(line) ?? [];
      const row = tables.at(-1)?.at(-1);
      if (text !== undefined && row !== undefined) row.push(`${row.pop() ?? ''}${bare(text)}`);
    }
  }
  return tables;
};

/** The tags of a PDF and what they hold, without what changes with the version of the program that prints them. */
export const outlineOf = (structure: string): string =>
  `${structure
    .split('\n')
    .filter((line) => /^\s*("|[A-Z])/.test(line) && !/^Syntax (Error|Warning)/.test(line))
    .map((line) => (line.includes('"') ? line : line.replace(/^(\s*[A-Za-z0-9]+).*$/, '$1')))
    .join('\n')}\n`;

/** A CSV file's cells. */
export const csvCells = (content: string): readonly (readonly string[])[] => parseCsv(content, { bom: true });

/** The cells of a workbook's sheet, numbers as the file holds them. */
export const sheetCells = (file: Uint8Array, sheet: number): readonly (readonly string[])[] => {
  const parts = unzipSync(file);
  const xml = (name: string): HTMLElement => parse(strFromU8(parts[name] ?? new Uint8Array()));
  const shared = xml('xl/sharedStrings.xml')
    .querySelectorAll('si')
    .map((item) =>
      item
        .querySelectorAll('t')
        .map(({ text }) => text)
        .join(''),
    );
  return xml(`xl/worksheets/sheet${String(sheet)}.xml`)
    .querySelectorAll('row')
    .map((row) => {
      const cells: string[] = [];
      for (const cell of row.querySelectorAll('c')) {
        const letters = (cell.getAttribute('r') ?? '').replaceAll(/\d/g, '');
        const place =
          Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
        const value =
          cell.querySelector('v')?.text ??
          cell
            .querySelectorAll('t')
            .map(({ text }) => text)
            .join('');
        cells[place] = cell.getAttribute('t') === 's' ? (shared[Number(value)] ?? '') : value;
      }
      return Array.from(cells, (cell: string | undefined) => cell ?? '');
    });
};
