import {
  type Block,
  type Fact,
  type Inline,
  type ReportDocument,
  type Section,
  type Words,
  words,
} from './document.ts';
import type { FileEnding, Form, Publication } from './press.ts';

/**
 * How many cells of tables and lines of lists one file holds: some 100 pages, which a mailbox takes. Setting them takes
 * half a GB of memory; all of 1,200 districts at once took 4.
 */
const mostInFile = 4000;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const sizeOfBlock = (block: Block): number => {
  switch (block.kind) {
    case 'table':
      return block.rows.length * block.columns.length;
    case 'list':
      return block.items.length;
    case 'facts':
      return block.facts.length;
    case 'paragraph':
    case 'figure':
      return 1;
  }
};

const sizeOf = ({ blocks, sections }: Section): number =>
  sum(blocks.map(sizeOfBlock)) + sum(sections.map(sizeOf));

const idsOf = (sections: readonly Section[]): readonly string[] =>
  sections.flatMap(({ id, sections: below }) => [...(id === null ? [] : [id]), ...idsOf(below)]);

const throughWords = (change: (line: Words) => Words) => {
  const block = (one: Block): Block => {
    switch (one.kind) {
      case 'paragraph':
        return { ...one, words: change(one.words) };
      case 'list':
        return { ...one, items: one.items.map(change) };
      case 'facts':
        return { ...one, facts: one.facts.map((fact) => ({ ...fact, words: change(fact.words) })) };
      case 'table':
        return { ...one, rows: one.rows.map((row) => ({ ...row, cells: row.cells.map(change) })) };
      case 'figure':
        return one;
    }
  };
  const section = (one: Section): Section => ({
    ...one,
    blocks: one.blocks.map(block),
    sections: one.sections.map(section),
  });
  return section;
};

/** The document with links to places that are in another volume as plain words. */
const withoutDeadLinks = (document: ReportDocument): ReportDocument => {
  const alive = new Set(idsOf(document.sections).map((id) => `#${id}`));
  const change = throughWords((line) =>
    line.map((part): Inline =>
      part.kind === 'link' && part.to.startsWith('#') && !alive.has(part.to)
        ? { kind: 'text', text: part.text }
        : part,
    ),
  );
  return { ...document, sections: document.sections.map(change) };
};

const slices = <Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );

/** What is too large for a file in pieces that are not; tables and lists are cut between their rows. */
const cutBlock = (block: Block): readonly Block[] => {
  if (sizeOfBlock(block) <= mostInFile || (block.kind !== 'table' && block.kind !== 'list')) return [block];
  if (block.kind === 'list') return slices(block.items, mostInFile).map((items) => ({ ...block, items }));
  const rows = Math.floor(mostInFile / block.columns.length);
  return slices(block.rows, rows).map((part, index) => ({
    ...block,
    caption: `${block.caption}: rows ${String(index * rows + 1)} to ${String(index * rows + part.length)} of ${String(block.rows.length)}`,
    rows: part,
  }));
};

/** Things in order, as many together as a file holds. */
const packed = <Item>(items: readonly Item[], size: (item: Item) => number): readonly (readonly Item[])[] => {
  const packs: { items: Item[]; size: number }[] = [];
  for (const item of items) {
    const last = packs.at(-1);
    const own = size(item);
    if (last === undefined || last.size + own > mostInFile) packs.push({ items: [item], size: own });
    else {
      last.items.push(item);
      last.size += own;
    }
  }
  return packs.map((pack) => pack.items);
};

type Piece = { readonly block: Block } | { readonly section: Section };

/** A section in parts that a file holds each; itself where it is small enough. */
const cutSection = (section: Section): readonly Section[] => {
  if (sizeOf(section) <= mostInFile) return [section];
  const pieces: readonly Piece[] = [
    ...section.blocks.flatMap(cutBlock).map((block) => ({ block })),
    ...section.sections.flatMap(cutSection).map((below) => ({ section: below })),
  ];
  const parts = packed(pieces, (piece) =>
    'block' in piece ? sizeOfBlock(piece.block) : sizeOf(piece.section),
  );
  return parts.map((part, index): Section => {
    const below = part.flatMap((piece) => ('section' in piece ? [piece.section] : []));
    const [first, last] = [below[0], below.at(-1)];
    const name =
      first?.ownPage === true && last?.ownPage === true
        ? `${first.title} to ${last.title}`
        : `part ${String(index + 1)} of ${String(parts.length)}`;
    return {
      ...section,
      title: `${section.title}: ${name}`,
      blocks: part.flatMap((piece) => ('block' in piece ? [piece.block] : [])),
      sections: below,
    };
  });
};

/** Sections, or parts of them, with the number that the section has in the whole document. */
interface Numbered {
  readonly number: number;
  readonly section: Section;
}

const fitsInFile = ({ sections }: ReportDocument): boolean => sum(sections.map(sizeOf)) <= mostInFile;

/**
 * A document in as many volumes as can be handled, one after another: itself, or its sections in order, those too large
 * in parts.
 */
export function* volumesOf(document: ReportDocument): Generator<ReportDocument> {
  if (fitsInFile(document)) {
    yield document;
    return;
  }
  const parts = document.sections.flatMap((whole, index) =>
    cutSection(whole).map((section): Numbered => ({ number: index + 1, section })),
  );
  const volumes = packed(parts, ({ section }) => sizeOf(section));
  const count = String(volumes.length);
  const listed: Fact = {
    name: 'Volumes',
    words: words(
      volumes
        .map(
          (volume, index) =>
            `${String(index + 1)}: ${volume.map(({ number, section }) => `${String(number)}. ${section.title}`).join('; ')}`,
        )
        .join('\n'),
    ),
  };
  for (const [index, volume] of volumes.entries())
    yield withoutDeadLinks({
      ...document,
      subtitle: `${document.subtitle}, volume ${String(index + 1)} of ${count}`,
      facts: index === 0 ? [...document.facts, listed] : document.facts,
      firstNumber: volume[0]?.number ?? 1,
      sections: volume.map(({ section }) => section),
    });
}

/** What a form's file will end with: the volumes of a large document and CSV files come in a zip. */
export const endingOf = ({ document }: Publication, form: Form): FileEnding => {
  if (form === 'csv') return 'csv.zip';
  if (form === 'html' || form === 'xlsx') return form;
  return fitsInFile(document) ? form : `${form}.zip`;
};
