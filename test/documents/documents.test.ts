import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { isPrinted, writeDocuments } from '../../rehearsal/documents.ts';
import { play } from '../../rehearsal/play.ts';
import { PressRoom } from '../../rehearsal/threads/press-room.ts';
import { readPartnershipFolder } from '../../shared/import/read-folder.ts';
import { pdfOf } from '../../shared/report/pdf.ts';
import { everyDocument } from '../shared/report/every-document.ts';
import { expectGolden } from '../support/golden.ts';
import {
  csvCells,
  districtFigures,
  htmlTables,
  keyOf,
  outlineOf,
  pdfTables,
  sheetCells,
  type Tables,
  wordTables,
} from './cells.ts';
import {
  checkedByNu,
  checkedByVerapdf,
  convertedByLibreOffice,
  pagesOf,
  picturesOf,
  structureOf,
} from './tools.ts';

const longest = 180_000;

let folder = '';
const inReport = (name: string): string => join(folder, 'report', name);
const files = (ending: string): readonly string[] =>
  readdirSync(join(folder, 'report'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .sort()
    .map(inReport);

/** Whole documents of a Kent cycle, as `npm start` writes them. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'documents-'));
  const { folder: kent } = readPartnershipFolder(resolve(import.meta.dirname, '../../examples/kent'));
  if (kent === undefined) throw new Error('examples/kent has faults');
  const press = new PressRoom(isPrinted('all'));
  const { world, cycles } = await play({
    folder: kent,
    firstCycle: '2026-09-16',
    cycles: 1,
    manner: { seed: '6' },
    out: folder,
    press: press.into,
  });
  await press.finished();
  await writeDocuments(world, cycles, folder, 'all');
  await press.close();
}, longest);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** One of each kind. */
const documents = [
  'board-report',
  'chairs-group-pack',
  'members-briefing',
  'lcpg-pack/thanet',
  'district-report/thanet',
  'safeguarding/all-lcpgs',
] as const;

/** The two that tell of all districts, on many pages. */
const large = ['board-report', 'chairs-group-pack'] as const;

/** How many cells tables have, so that a comparison of nothing does not pass for one. */
const count = (tables: Tables): number => tables.flat(2).length;

describe('the documents of a Kent cycle', () => {
  it('are PDF/UA-1 by veraPDF: no failed rule', { timeout: longest }, () => {
    const pdfs = documents.map((name) => inReport(`${name}.pdf`));
    expect(checkedByVerapdf(pdfs)).toEqual(pdfs.map((pdf) => `PASS ${pdf} ua1`));
  });

  it('are valid HTML by the Nu checker', { timeout: longest }, () => {
    const pages = files('.html');
    expect(pages.length).toBeGreaterThan(20);
    expect(checkedByNu(pages)).toBe('');
  });

  it.each(documents)('have in the PDF of the %s the page numbers that its contents name', (name) => {
    const pages = pagesOf(inReport(`${name}.pdf`));
    const entries = pages
      .slice(0, 2)
      .flatMap((page) => [...page.matchAll(/^\s*(\S.*?)\s*(?:\. ){3,}[.\s\u2060]*(\d+)\s*$/gm)])
      .map(([, title = '', page = '']) => [title.trim(), Number(page)] as const);
    expect(entries.length).toBeGreaterThan(large.some((one) => one === name) ? 20 : 1);
    for (const [title, page] of entries) expect(pages[page - 1]).toContain(title);
    for (const [index, page] of pages.entries())
      expect(page).toContain(`Page ${String(index + 1)} of ${String(pages.length)}`);
  });

  it.each(documents)(
    'have the same in every cell of the %s: page, PDF and Word',
    { timeout: longest },
    (name) => {
      const page = htmlTables(readFileSync(inReport(`${name}.html`), 'utf8'));
      if (name !== 'safeguarding/all-lcpgs') expect(count(page)).toBeGreaterThan(50);
      expect(wordTables(readFileSync(inReport(`${name}.docx`)))).toEqual(page);
      expect(pdfTables(structureOf(inReport(`${name}.pdf`)))).toEqual(page);
    },
  );

  it.each(documents)('open in LibreOffice: the %s', { timeout: longest }, (name) => {
    const work = mkdtempSync(join(folder, 'office-'));
    const pages = pagesOf(convertedByLibreOffice(inReport(`${name}.docx`), work));
    expect(pages.length).toBeGreaterThan(large.some((one) => one === name) ? 10 : 0);
    const shown = pages.join('\n').replaceAll(/\s+/g, '');
    const cells = wordTables(readFileSync(inReport(`${name}.docx`))).flat(2);
    expect(cells.filter((cell) => /^[\d,.]+%$/.test(cell) && !shown.includes(cell))).toEqual([]);
  });

  it('have the figures of the page in the data: CSV and workbook', () => {
    const [header = [], ...figures] = csvCells(
      readFileSync(inReport('board-report-data/figures.csv'), 'utf8'),
    );
    const column = (name: string): number => header.indexOf(name);
    const shownRows = new Map(
      districtFigures(readFileSync(inReport('board-report.html'), 'utf8')).map((row) => [row.key, row.cells]),
    );
    expect(shownRows.size).toBe(figures.length);
    expect(figures.length).toBeGreaterThan(70);
    const number = (cell = ''): string => (/^[\d,.]+/.exec(cell)?.[0] ?? '').replaceAll(',', '');
    for (const row of figures) {
      const shown = shownRows.get(
        keyOf(row[column('LCPG')] ?? '', row[column('Indicator')] ?? '', row[column('Period')] ?? ''),
      );
      expect(number(shown?.[1])).toBe(row[column('Value')]);
      expect(number(shown?.[5])).toBe(row[column('Kent')]);
    }

    const workbook = readFileSync(inReport('board-report.xlsx'));
    const names = [
      'returns',
      'figures',
      'escalations',
      'actions',
      'grants',
      'attendance',
      'concerns-and-achievements',
    ];
    for (const [sheet, name] of names.entries()) {
      const ofSheet = sheetCells(workbook, sheet + 1);
      const ofFile = csvCells(readFileSync(inReport(`board-report-data/${name}.csv`), 'utf8'));
      expect(ofSheet.length).toBe(ofFile.length);
      for (const [line, row] of ofFile.entries())
        for (const [place, cell] of row.entries()) {
          const other = ofSheet[line]?.[place] ?? '';
          // A number has its decimals in the workbook's format.
          expect(/^-?[\d.]+$/.test(cell) ? Number(other) : other).toBe(
            /^-?[\d.]+$/.test(cell) ? Number(cell) : cell,
          );
        }
    }
  });
});

describe.each(Object.entries(everyDocument))('the %s as a PDF', (name, { document }) => {
  it('is the one that was looked at', { timeout: longest }, async () => {
    const pdf = join(folder, `${name}.pdf`);
    writeFileSync(pdf, await pdfOf(document));
    expectGolden(join(import.meta.dirname, 'golden', `${name}.pdf.txt`), outlineOf(structureOf(pdf)));
  });
});

describe('pictures', () => {
  it.each(documents)('of every page of the %s are there to be looked at', { timeout: longest }, (name) => {
    const pictures = picturesOf(inReport(`${name}.pdf`), join('out/screens/documents', name));
    expect(pictures).toHaveLength(pagesOf(inReport(`${name}.pdf`)).length);
  });
});
