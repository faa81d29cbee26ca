import {
  AlignmentType,
  Bookmark,
  BorderStyle,
  Document,
  ExternalHyperlink,
  Footer,
  Header,
  HeadingLevel,
  ImageRun,
  InternalHyperlink,
  LevelFormat,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableOfContents,
  TableRow,
  TabStopType,
  TextRun,
  WidthType,
} from 'docx';

import {
  type Block,
  type Fact,
  type Inline,
  ratingMarks,
  type ReportDocument,
  type Section,
  type Table as DataTable,
  type Words,
} from './document.ts';
import { reproducible } from './reproducible.ts';

const inks = {
  quiet: '484C51',
  rule: 'B1B4B6',
  ink: '0B0C0C',
  band: 'F3F2F1',
  accent: '1D4F91',
  green: ['00572C', 'E1F3E8'],
  amber: ['6B3F00', 'FFF2D9'],
  red: ['8A1111', 'FBE4E2'],
} as const;

/** Twentieths of a point: what Word measures in. */
const twips = { pageWidth: 11_906, pageHeight: 16_838, margin: 1134 } as const;
const textWidth = twips.pageWidth - 2 * twips.margin;

/** The numbering of each ordered list starts afresh. */
interface Numbering {
  ordered: number;
}

const runs = (text: string, looks: object = {}): readonly TextRun[] =>
  text
    .split('\n')
    .flatMap((line, index) =>
      index === 0
        ? line === ''
          ? []
          : [new TextRun({ text: line, ...looks })]
        : [new TextRun({ text: line, break: 1, ...looks })],
    );

const part = (one: Inline, looks: object): readonly ParagraphChild[] => {
  switch (one.kind) {
    case 'text':
      return runs(one.text, looks);
    case 'strong':
      return runs(one.text, { ...looks, bold: true });
    case 'quiet':
      return runs(one.text, { ...looks, color: inks.quiet });
    case 'tag':
      return runs(` ${one.text} `, {
        ...looks,
        color: 'FFFFFF',
        shading: { type: ShadingType.CLEAR, fill: inks.accent },
      });
    case 'rating': {
      const [color, fill] = inks[one.rating];
      const { shape, word } = ratingMarks[one.rating];
      return runs(`${shape} ${word}`, { ...looks, color, shading: { type: ShadingType.CLEAR, fill } });
    }
    case 'link': {
      // LibreOffice gives links in tables the colour of the words around them, whatever their style says.
      const children = runs(one.text, { ...looks, style: 'Hyperlink', color: inks.accent });
      return one.to.startsWith('#')
        ? [new InternalHyperlink({ anchor: bookmarkOf(one.to.slice(1)), children })]
        : [new ExternalHyperlink({ link: one.to, children })];
    }
  }
};

const inline = (line: Words, looks: object = {}): ParagraphChild[] => line.flatMap((one) => part(one, looks));

/** Word takes letters, digits and underscores, and 40 of them. */
const bookmarkOf = (id: string): string => id.replaceAll(/\W/g, '_').slice(0, 40);

const border = (size: number, color: string) => ({ style: BorderStyle.SINGLE, size, color });

const tableStyleId = 'ReportTable';

const tableLine = (side: string, size: number, color: string): string =>
  `<w:${side} w:val="single" w:sz="${String(size)}" w:space="0" w:color="${color}"/>`;
const cellMargin = (side: string, size: number): string => `<w:${side} w:w="${String(size)}" w:type="dxa"/>`;

/**
 * How tables look, in one place for whoever edits them; the library takes a table's style as XML. ECMA-376-1, 17.7.6.
 */
const tableStyles = [
  '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">',
  `<w:style w:type="table" w:customStyle="1" w:styleId="${tableStyleId}">`,
  '<w:name w:val="Report table"/>',
  '<w:tblPr><w:tblBorders>',
  tableLine('bottom', 4, inks.rule),
  tableLine('insideH', 4, inks.rule),
  '</w:tblBorders><w:tblCellMar>',
  ...[cellMargin('top', 50), cellMargin('left', 60), cellMargin('bottom', 50), cellMargin('right', 60)],
  '</w:tblCellMar></w:tblPr>',
  '<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>',
  tableLine('bottom', 8, inks.ink),
  '</w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>',
  '</w:style></w:styles>',
].join('');

/** Widths in twips that add up to the width of the text. */
const widthsOf = (shares: readonly number[]): readonly number[] => {
  const all = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => Math.floor((share / all) * textWidth));
};

const dataTable = ({ caption, columns, rows }: DataTable): readonly (Paragraph | Table)[] => {
  const isFigures = (place: number): boolean => place > 0 && columns[place]?.figures === true;
  return [
    new Paragraph({ style: 'Caption', keepNext: true, children: runs(caption).slice() }),
    new Table({
      style: tableStyleId,
      tableLook: { firstRow: true, firstColumn: true, noHBand: true, noVBand: true },
      width: { size: textWidth, type: WidthType.DXA },
      columnWidths: widthsOf(columns.map(({ width }) => width)),
      layout: TableLayoutType.FIXED,
      rows: [
        new TableRow({
          tableHeader: true,
          cantSplit: true,
          children: columns.map(
            ({ title }, place) =>
              new TableCell({
                children: [
                  new Paragraph({
                    style: 'TableHeading',
                    ...(isFigures(place) ? { alignment: AlignmentType.RIGHT } : {}),
                    children: inline(title),
                  }),
                ],
              }),
          ),
        }),
        ...rows.map(
          ({ cells, total }) =>
            new TableRow({
              cantSplit: true,
              children: cells.map(
                (words, place) =>
                  new TableCell({
                    ...(total ? { borders: { top: border(8, inks.ink) } } : {}),
                    children: [
                      new Paragraph({
                        style: isFigures(place) ? 'TableFigure' : 'TableText',
                        children: inline(words, total ? { bold: true } : {}),
                      }),
                    ],
                  }),
              ),
            }),
        ),
      ],
    }),
    new Paragraph({ style: 'AfterTable', children: [] }),
  ];
};

/** Facts as paragraphs with a hanging indent: a list of names and what they stand for, and no table. */
const factLines = (facts: readonly Fact[]): readonly Paragraph[] =>
  facts.map(
    ({ name, words }) =>
      new Paragraph({
        style: 'Fact',
        children: [...runs(name, { bold: true }), new TextRun({ text: '\t' }), ...inline(words)],
      }),
  );

/** What stands for a drawing where it cannot be drawn: one clear pixel. The table beside it says the same. */
const clearPixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAAC0lEQVR4nGNgAAIAAAUAAXpeqz8AAAAASUVORK5CYII=',
  'base64',
);

const blockOf = (block: Block, numbering: Numbering): readonly (Paragraph | Table)[] => {
  switch (block.kind) {
    case 'paragraph': {
      const style = { plain: 'Normal', lead: 'Lead', quiet: 'Quiet', notice: 'Notice' }[block.tone];
      return [new Paragraph({ style, children: inline(block.words) })];
    }
    case 'list': {
      const instance = block.ordered ? (numbering.ordered += 1) : 0;
      return block.items.map(
        (item) =>
          new Paragraph({
            style: 'ListParagraph',
            numbering: { reference: block.ordered ? 'numbers' : 'bullets', level: 0, instance },
            children: inline(item),
          }),
      );
    }
    case 'facts':
      return factLines(block.facts);
    case 'table':
      return dataTable(block);
    case 'figure': {
      // Word measures pictures in pixels of 96 to the inch; text is 17 cm wide.
      const scale = Math.min(1, 640 / block.width);
      return [
        new Paragraph({
          keepNext: true,
          children: [
            new ImageRun({
              type: 'svg',
              data: Buffer.from(block.svg),
              fallback: { type: 'png', data: clearPixel },
              transformation: {
                width: Math.round(block.width * scale),
                height: Math.round(block.height * scale),
              },
              altText: { name: block.caption, title: block.caption, description: block.alternative },
            }),
          ],
        }),
        new Paragraph({ style: 'Quiet', children: runs(block.caption).slice() }),
      ];
    }
  }
};

/** The style of a heading of the second level that the contents do not name. */
const unlisted = 'Heading2Unlisted';

const headingLevels = [HeadingLevel.HEADING_1, HeadingLevel.HEADING_2, HeadingLevel.HEADING_3] as const;

const sectionOf = (
  section: Section,
  { level, number, first }: { level: number; number: number | null; first: boolean },
  numbering: Numbering,
): readonly (Paragraph | Table)[] => {
  const title = new TextRun({
    text: number === null ? section.title : `${String(number)}. ${section.title}`,
  });
  return [
    new Paragraph({
      // Headings that have no place in the contents look the same and stay out of them.
      ...(section.id === null && level === 1
        ? { style: unlisted }
        : { heading: headingLevels[level] ?? HeadingLevel.HEADING_3 }),
      // The first follows its heading; each other begins a page.
      // Those begin together with what they are parts of.
      pageBreakBefore: (section.ownPage && !first) || section.sections.some(({ ownPage }) => ownPage),
      children:
        section.id === null ? [title] : [new Bookmark({ id: bookmarkOf(section.id), children: [title] })],
    }),
    ...section.blocks.flatMap((block) => blockOf(block, numbering)),
    ...section.sections.flatMap((below, index) =>
      sectionOf(below, { level: level + 1, number: null, first: index === 0 }, numbering),
    ),
  ];
};

const font = 'Arial';
const heading = (size: number, before: number, after: number) => ({
  run: { font, size, bold: true, color: inks.ink },
  paragraph: { spacing: { before, after }, keepNext: true },
});

/**
 * A document as a Word file to be edited: real headings, styles and tables, with a table of contents. The same document
 * gives the same bytes.
 */
export const wordOf = async (document: ReportDocument): Promise<Uint8Array> => {
  const numbering: Numbering = { ordered: 0 };
  const small = { size: 16, color: inks.quiet };
  const ends = (left: string, right: ParagraphChild) =>
    new Paragraph({
      tabStops: [{ type: TabStopType.RIGHT, position: textWidth }],
      children: [new TextRun({ text: left, ...small }), new TextRun({ text: '\t', ...small }), right],
    });
  const file = new Document({
    title: `${document.title}, ${document.subtitle}`,
    creator: document.author,
    lastModifiedBy: document.author,
    description: document.footer,

    numbering: {
      config: [
        {
          reference: 'bullets',
          levels: [
            {
              level: 0,
              format: LevelFormat.BULLET,
              text: '•',
              style: { paragraph: { indent: { left: 360, hanging: 260 } } },
            },
          ],
        },
        {
          reference: 'numbers',
          levels: [
            {
              level: 0,
              format: LevelFormat.DECIMAL,
              text: '%1.',
              style: { paragraph: { indent: { left: 460, hanging: 360 } } },
            },
          ],
        },
      ],
    },
    externalStyles: tableStyles,
    styles: {
      default: {
        document: {
          run: { font, size: 21, color: inks.ink, language: { value: 'en-GB' } },
          paragraph: { spacing: { after: 120, line: 264, lineRule: LineRuleType.AUTO } },
        },
        title: {
          run: { font, size: 44, bold: true, color: inks.ink },
          paragraph: { spacing: { before: 240, after: 120 } },
        },
        heading1: heading(32, 480, 160),
        heading2: heading(26, 320, 120),
        heading3: heading(22, 240, 80),
        hyperlink: { run: { color: inks.accent, underline: { type: 'single' } } },
        listParagraph: { run: { font }, paragraph: { spacing: { after: 60 } } },
      },
      paragraphStyles: [
        {
          id: 'Lead',
          name: 'Lead',
          basedOn: 'Normal',
          run: { size: 24 },
        },
        {
          id: unlisted,
          name: 'Heading 2 outside the contents',
          basedOn: 'Heading2',
          next: 'Normal',
          paragraph: { outlineLevel: 1, keepNext: true },
        },
        { id: 'Quiet', name: 'Quiet', basedOn: 'Normal', run: { color: inks.quiet } },
        {
          id: 'Notice',
          name: 'Notice',
          basedOn: 'Normal',
          paragraph: {
            shading: { type: ShadingType.CLEAR, fill: inks.band },
            border: { left: { ...border(24, inks.accent), space: 8 } },
            spacing: { before: 120, after: 160 },
          },
        },
        {
          id: 'Fact',
          name: 'Fact',
          basedOn: 'Normal',
          paragraph: {
            indent: { left: 2000, hanging: 2000 },
            spacing: { after: 60 },
          },
        },
        {
          id: 'Caption',
          name: 'caption',
          basedOn: 'Normal',
          run: { size: 20, bold: true },
          paragraph: { spacing: { before: 200, after: 80 }, keepNext: true },
        },
        {
          id: 'TableText',
          name: 'Table text',
          basedOn: 'Normal',
          run: { size: 18 },
          paragraph: { spacing: { after: 0, line: 252, lineRule: LineRuleType.AUTO } },
        },
        {
          id: 'TableFigure',
          name: 'Table figure',
          basedOn: 'TableText',
          paragraph: { alignment: AlignmentType.RIGHT },
        },
        {
          id: 'TableHeading',
          name: 'Table heading',
          basedOn: 'TableText',
          run: { bold: true },
          paragraph: { keepNext: true },
        },
        { id: 'AfterTable', name: 'After table', basedOn: 'Normal', paragraph: { spacing: { after: 60 } } },
        {
          id: 'ContentsTitle',
          name: 'Contents title',
          basedOn: 'Normal',
          run: { size: 26, bold: true },
          paragraph: { spacing: { before: 360, after: 120 }, keepNext: true },
        },
      ],
    },
    sections: [
      {
        properties: {
          titlePage: true,
          page: {
            size: { width: twips.pageWidth, height: twips.pageHeight },
            margin: { top: 1247, bottom: 1134, left: twips.margin, right: twips.margin },
          },
        },
        headers: {
          first: new Header({ children: [new Paragraph({ children: [] })] }),
          default: new Header({
            children: [ends(document.title, new TextRun({ text: document.subtitle, ...small }))],
          }),
        },
        footers: Object.fromEntries(
          (['first', 'default'] as const).map((which) => [
            which,
            new Footer({
              children: [
                ends(
                  document.author,
                  new TextRun({
                    ...small,
                    children: ['Page ', PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES],
                  }),
                ),
              ],
            }),
          ]),
        ),
        children: [
          new Paragraph({
            border: { bottom: { ...border(24, inks.accent), space: 4 } },
            children: runs(document.author, { bold: true }).slice(),
          }),
          new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun(document.title)] }),
          new Paragraph({
            spacing: { after: 240 },
            children: [new TextRun({ text: document.subtitle, size: 26, color: inks.quiet })],
          }),
          ...factLines(document.facts),
          new Paragraph({ style: 'ContentsTitle', children: [new TextRun('Contents')] }),
          new TableOfContents('Contents', { hyperlink: true, headingStyleRange: '1-2' }),
          ...document.sections.flatMap((section, index) =>
            sectionOf(
              section,
              { level: 0, number: (document.firstNumber ?? 1) + index, first: index === 0 },
              numbering,
            ),
          ),
          new Paragraph({
            style: 'Quiet',
            spacing: { before: 480 },
            children: runs(document.footer).slice(),
          }),
        ],
      },
    ],
  });
  return reproducible(await Packer.toBuffer(file), document.madeAt);
};
