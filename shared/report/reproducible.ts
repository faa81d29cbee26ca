import { contentOf, deflated, entriesOf, zipOf } from '../documents/zip.ts';
import type { Instant } from '../time/calendar.ts';

/** The ids that the Word library counts up from file to file: entries of contents, bookmarks and pictures. */
const countedIds = [
  /(_Toc)(\d+)/g,
  /(<w:bookmark(?:Start|End)\b[^>]*? w:id=")(\d+)/g,
  /(<wp:docPr\b[^>]*? id=")(\d+)/g,
];

/** The ids of each kind numbered from 1, in the order in which they come. */
const renumbered = (xml: string): string =>
  countedIds.reduce((text, kind) => {
    const numbers = new Map<string, string>();
    return text.replaceAll(kind, (_all, start: string, id: string) => {
      const number = numbers.get(id) ?? String(numbers.size + 1);
      numbers.set(id, number);
      return `${start}${number}`;
    });
  }, xml);

/**
 * An Office file (a zip of parts) that says that it was made at the given instant, whenever that really was: the same
 * parts give the same bytes.
 */
export const reproducible = (file: Uint8Array, madeAt: Instant): Uint8Array => {
  const changes: Readonly<Record<string, (xml: string) => string>> = {
    // Where an Office file says when it was made.
    'docProps/core.xml': (xml) =>
      xml.replaceAll(
        /(<dcterms:(created|modified)[^>]*>)[^<]*/g,
        (_all, start: string) => `${start}${madeAt}`,
      ),
    'word/document.xml': renumbered,
  };
  return zipOf(
    entriesOf(file).map((entry) => {
      const change = changes[entry.name];
      return change === undefined
        ? entry
        : deflated(entry.name, change(Buffer.from(contentOf(entry)).toString('utf8')));
    }),
  );
};
