import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';

import { boardReportDocument } from '../../../shared/report/board-report-document.ts';
import { compileBoardReport } from '../../../shared/report/board-report.ts';
import { countyTables } from '../../../shared/report/data-tables.ts';
import {
  column,
  link,
  paragraph,
  plainText,
  row,
  section,
  table,
  words,
} from '../../../shared/report/document.ts';
import type { ReportDocument, Section } from '../../../shared/report/document.ts';
import { fullPress, printForm } from '../../../shared/report/full-press.ts';
import { coverageOf, showable } from '../../../shared/report/glyphs.ts';
import { canTypeset, pdfOf } from '../../../shared/report/pdf.ts';
import { publications } from '../../../shared/report/publications.ts';
import { volumesOf } from '../../../shared/report/volumes.ts';
import { wordOf } from '../../../shared/report/word.ts';
import { workbookOf } from '../../../shared/report/workbook.ts';
import { MemoryDocuments } from '../../../shared/store/memory-documents.ts';
import { expectGolden } from '../../support/golden.ts';
import { everyDocument } from './every-document.ts';
import { manyGroups, threeGroups } from './sample.ts';

const threeReport = () => compileBoardReport(threeGroups());
const threeDocument = (): ReportDocument => boardReportDocument(threeReport());

const emptyDocument: ReportDocument = {
  title: 'A document',
  subtitle: '18 November 2026',
  author: 'Kent',
  facts: [],
  sections: [],
  footer: 'Made for a test.',
  madeAt: '2026-11-10T09:00:00Z',
};
const saying = (...texts: readonly string[]): ReportDocument => ({
  ...emptyDocument,
  sections: [
    section(
      'One',
      texts.map((text) => paragraph('plain', text)),
      {
        id: 'one',
      },
    ),
  ],
});

/** The text of Word's main part, a line a paragraph. */
const wordText = (file: Uint8Array): string =>
  parse(strFromU8(unzipSync(file)['word/document.xml'] ?? new Uint8Array()))
    .querySelectorAll('w\\:p')
    .map((paragraphOfWord) =>
      paragraphOfWord
        .querySelectorAll('w\\:t')
        .map(({ text }) => text)
        .join(''),
    )
    .join('\n');

describe.runIf(canTypeset())('the PDF', () => {
  it('is PDF/UA-1 by its own word, and the same bytes for the same document', async () => {
    const [one, other] = [await pdfOf(threeDocument()), await pdfOf(threeDocument())];
    const text = Buffer.from(one).toString('latin1');
    expect(text.startsWith('%PDF-1.7')).toBe(true);
    expect(text).toMatch(/pdfuaid:part[^0-9]*1/);
    expect(text).toContain('/Lang');
    expect(Buffer.compare(one, other)).toBe(0);
  });

  it('has a header in each row of its tables, and one for each column', async () => {
    const text = Buffer.from(await pdfOf(threeDocument())).toString('latin1');
    const tables = [...text.matchAll(/\/S \/Table\s/g)].length;
    const rows = [...text.matchAll(/\/S \/TR\s/g)].length;
    expect(tables).toBeGreaterThan(8);
    expect([...text.matchAll(/\/S \/TH\s(?:(?!endobj).)*?\/Scope \/Row\s/gs)]).toHaveLength(rows - tables);
    // Which header goes with a cell follows from the scopes, unless it lists some itself.
    expect(text).not.toMatch(/\/S \/TD\s(?:(?!endobj).)*?\/Headers/s);
  });

  it('takes whatever people type, as text', async () => {
    await pdfOf(
      saying(
        '#panic("no") = $x$ \\u{41} @ref <label> /* */ // `raw` _a_ *b*',
        'an emoji 😀, 中文, العربية, a bell \u0007, a tab\tand e\u0301',
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 40 }), async (text) => {
        expect((await pdfOf(saying(text))).length).toBeGreaterThan(1000);
      }),
      { numRuns: 25 },
    );
  });

  it('says what is wrong with a document that cannot be set', async () => {
    const broken: ReportDocument = {
      ...emptyDocument,
      sections: [section('One', [paragraph('plain', link('nowhere', '#nowhere'))], { id: 'one' })],
    };
    await expect(pdfOf(broken)).rejects.toThrow(/“A document” cannot be set: .*nowhere/s);
  });
});

describe('characters of the PDF’s font', () => {
  const font = readFileSync(
    createRequire(import.meta.url).resolve('@expo-google-fonts/arimo/400Regular/Arimo_400Regular.ttf'),
  );
  const shown = showable(coverageOf(font));
  it.each([
    ['Łódź, Ωμέγα, Привет ●▲■ ↑↓ ’–£€ é', 'Łódź, Ωμέγα, Привет ●▲■ ↑↓ ’–£€ é'],
    ['one\r\ntwo\tthree', 'one\ntwo three'],
    ['an emoji 😀!', 'an emoji □!'],
    ['a bell \u0007 and a mark \ufeff.', 'a bell  and a mark .'],
    ['e\u0301', 'é'],
  ])('%j is shown as %j', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });
});

/** Word's main part as text: a line a paragraph after its style, drawings by their words. */
const wordOutline = (file: Uint8Array): string =>
  strFromU8(unzipSync(file)['word/document.xml'] ?? new Uint8Array())
    .split('<w:p>')
    .slice(1)
    .map((paragraphOfWord) => {
      const [, style = 'Normal'] = /<w:pStyle w:val="([^"]+)"/.exec(paragraphOfWord) ?? [];
      const parts = paragraphOfWord.matchAll(
        /<w:t(?: [^>]*)?>([^<]*)<|<wp:docPr[^>]* descr="([^"]*)"|<w:(?:tab|br)\/>/g,
      );
      const said = [...parts].map(([, text, drawing]) =>
        drawing === undefined ? (text ?? ' / ') : `[drawing: ${drawing}]`,
      );
      return `${style}: ${said.join('')}`.trimEnd();
    })
    .join('\n');

describe.each(Object.entries(everyDocument))('the %s as a Word file', (name, { document }) => {
  it('is the one that was looked at', async () => {
    expectGolden(
      join(import.meta.dirname, 'golden', `${name}.docx.txt`),
      `${wordOutline(await wordOf(document))}\n`,
    );
  });
});

describe('the Word file', () => {
  it('has real headings, tables whose header repeats, British English, and a title', async () => {
    const file = unzipSync(await wordOf(threeDocument()));
    const part = (name: string): string => strFromU8(file[name] ?? new Uint8Array());
    const main = part('word/document.xml');
    const tables = [...main.matchAll(/<w:tbl>/g)].length;
    expect(tables).toBeGreaterThan(8);
    expect([...main.matchAll(/<w:tblHeader\/>/g)]).toHaveLength(tables);
    for (const style of ['Title', 'Heading1', 'Heading2', 'Heading3', 'Caption', 'TableText'])
      expect(main).toContain(`<w:pStyle w:val="${style}"/>`);
    expect(part('word/styles.xml')).toContain('<w:lang w:val="en-GB"/>');
    expect(part('docProps/core.xml')).toContain('<dc:title>Kent Local Children’s Partnership Groups');
    expect(part('docProps/core.xml')).toContain('2026-11-10T09:00:00Z');
    expect(main).toContain('TOC \\h \\o');
  });

  it('says the same as the page, and is the same bytes for the same document', async () => {
    const [one, other] = [await wordOf(threeDocument()), await wordOf(threeDocument())];
    expect(Buffer.compare(one, other)).toBe(0);
    const text = wordText(one);
    for (const said of ['joint 1st of 3', '■ Red', 'One <still> waits for a maths teacher.', '75.0% or more'])
      expect(text).toContain(said);
  });

  it('takes whatever people type, as text', async () => {
    const text = '<w:p>&amp; "quoted" \u0007 😀 ]]>';
    expect(wordText(await wordOf(saying(text)))).toContain('"quoted"');
  });
});

describe('the workbook', () => {
  it('has a sheet a table, numbers as numbers, and the same bytes for the same tables', async () => {
    const tables = countyTables(threeReport());
    const [one, other] = [
      await workbookOf(tables, '2026-11-10T09:00:00Z'),
      await workbookOf(tables, '2026-11-10T09:00:00Z'),
    ];
    expect(Buffer.compare(one, other)).toBe(0);
    const parts = unzipSync(one);
    const sheets = [
      ...strFromU8(parts['xl/workbook.xml'] ?? new Uint8Array()).matchAll(/<sheet [^>]*name="([^"]+)"/g),
    ];
    expect(sheets.map(([, name]) => name)).toEqual([
      'Returns',
      'Figures',
      'Escalations',
      'Actions',
      'Attendance',
      'Concerns and achievements',
    ]);
    const figures = strFromU8(parts['xl/worksheets/sheet2.xml'] ?? new Uint8Array());
    expect(figures).toContain('<v>72.9</v>');
    expect(figures).toContain('<v>72.942</v>');
  });
});

/** All that a document says in its tables, lists and paragraphs, in order. */
const saidBy = (sections: readonly Section[]): readonly string[] =>
  sections.flatMap(({ blocks, sections: below }) => [
    ...blocks.flatMap((block): readonly string[] => {
      switch (block.kind) {
        case 'table':
          return block.rows.flatMap(({ cells }) => cells.map(plainText));
        case 'list':
          return block.items.map(plainText);
        case 'facts':
          return block.facts.map(({ words }) => plainText(words));
        case 'paragraph':
          return [plainText(block.words)];
        case 'figure':
          return [block.alternative];
      }
    }),
    ...saidBy(below),
  ]);

describe('the volumes of a document', () => {
  it('are the document itself where it is not large', () => {
    const document = threeDocument();
    expect([...volumesOf(document)]).toEqual([document]);
  });

  it('hold all that it says, in order, each in a file that is not too large, and no link leads out of one', () => {
    const whole = boardReportDocument(compileBoardReport(manyGroups(230)));
    const volumes = [...volumesOf(whole)];
    expect(volumes.length).toBeGreaterThan(3);
    expect(volumes.flatMap(({ sections }) => saidBy(sections))).toEqual(saidBy(whole.sections));
    for (const volume of volumes) {
      expect(saidBy(volume.sections).length).toBeLessThanOrEqual(4000);
      const text = JSON.stringify(volume);
      const ids = new Set([...text.matchAll(/"id":"([^"]+)"/g)].map(([, id]) => `#${id ?? ''}`));
      for (const [, to = ''] of text.matchAll(/"to":"([^"]+)"/g)) expect(ids).toContain(to);
    }
  });

  it('cut a table that one file cannot hold, and say which rows are where', () => {
    const rows = Array.from({ length: 6000 }, (_, index) => row(words(String(index)), words('figure')));
    const large: ReportDocument = {
      ...emptyDocument,
      sections: [
        section('Before', [paragraph('plain', 'Words')], { id: 'before' }),
        section('Large', [table('Rows', [column('Number'), column('Figure')], rows)], { id: 'large' }),
      ],
    };
    const volumes = [...volumesOf(large)];
    expect(
      volumes.map(({ firstNumber, sections }) => [firstNumber, sections.map(({ title }) => title)]),
    ).toEqual([
      [1, ['Before']],
      [2, ['Large: part 1 of 3']],
      [2, ['Large: part 2 of 3']],
      [2, ['Large: part 3 of 3']],
    ]);
    expect(volumes.flatMap(({ sections }) => saidBy(sections))).toEqual(saidBy(large.sections));
    expect(JSON.stringify(volumes[2])).toContain('Rows: rows 2001 to 4000 of 6000');
    expect(JSON.stringify(volumes[0]?.facts)).toContain('3: 2. Large: part 2 of 3');
  });

  it('come in a zip', async () => {
    const many = boardReportDocument(compileBoardReport(manyGroups(101)));
    const { ending, body } = await printForm({ document: many, tables: [] }, 'docx');
    expect(ending).toBe('docx.zip');
    expect(Object.keys(unzipSync(body))).toEqual(
      [...volumesOf(many)].map((_, index) => `volume-0${String(index + 1)}.docx`),
    );
  });
});

describe('the press', () => {
  it('keeps every form, and says which', async () => {
    const documents = new MemoryDocuments('https://documents.example.org');
    const made = await fullPress(documents, (form, error) => {
      throw new Error(`${form} failed`, { cause: error });
    }).publish(publications.boardReport(threeReport()), 'kent/report');
    expect(documents.keys).toEqual(made.map((ending) => `kent/report.${ending}`));
    expect(made).toEqual(['html', ...(canTypeset() ? ['pdf'] : []), 'docx', 'xlsx', 'csv.zip']);
  });

  it('leaves out a form that cannot be made, and tells of it', async () => {
    const documents = new MemoryDocuments('https://documents.example.org');
    const failures: string[] = [];
    const broken: ReportDocument = {
      ...emptyDocument,
      sections: [section('One', [paragraph('plain', link('nowhere', '#nowhere'))], { id: 'one' })],
    };
    const press = fullPress(documents, (form) => failures.push(form));
    const made = await press.publish({ document: broken, tables: [] }, 'broken');
    expect(made).toEqual(['html', 'docx']);
    expect(failures).toEqual(['pdf']);
    expect(documents.keys).toEqual(['broken.html', 'broken.docx']);
  });
});
