import {
  paragraph,
  type Block,
  type Inline,
  type ReportDocument,
  type Section,
  type Words,
} from './document.ts';
import type { FileEnding, Form, Publication } from './press.ts';

/** How many parts with pages of their own one file holds: some 150 pages, and a file that a mailbox takes. */
const mostInFile = 100;

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

/**
 * A document in as many volumes as can be handled: itself, or, where a section holds more parts with pages of their own
 * than one file takes, a first volume with all the rest and further ones with those parts.
 */
export const volumesOf = (document: ReportDocument): readonly ReportDocument[] => {
  const large = document.sections.find(
    ({ sections }) => sections.filter(({ ownPage }) => ownPage).length > mostInFile,
  );
  if (large === undefined) return [document];
  const parts = slices(large.sections, mostInFile);
  const nameOf = (part: readonly Section[]): string =>
    `${part[0]?.title ?? ''} to ${part.at(-1)?.title ?? ''}`;
  const first: ReportDocument = {
    ...document,
    sections: document.sections.map((section) =>
      section === large
        ? {
            ...section,
            blocks: [
              ...section.blocks,
              paragraph('plain', 'They are in the further volumes of this document:'),
              {
                kind: 'list',
                ordered: false,
                items: parts.map((part, index) => [
                  { kind: 'text', text: `volume ${String(index + 2)}: ${nameOf(part)}` },
                ]),
              },
            ],
            sections: [],
          }
        : section,
    ),
  };
  const further = parts.map((part, index): ReportDocument => ({
    ...document,
    subtitle: `${document.subtitle}, volume ${String(index + 2)}`,
    sections: [{ ...large, title: `${large.title}: ${nameOf(part)}`, sections: part }],
  }));
  return [first, ...further].map(withoutDeadLinks);
};

/** What a form's file will end with: the volumes of a large document and CSV files come in a zip. */
export const endingOf = ({ document }: Publication, form: Form): FileEnding => {
  if (form === 'csv') return 'csv.zip';
  if (form === 'html' || form === 'xlsx') return form;
  return volumesOf(document).length === 1 ? form : `${form}.zip`;
};
