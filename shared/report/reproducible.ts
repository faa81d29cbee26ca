import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

import type { Instant } from '../time/calendar.ts';

/** Zip entries carry a local time without a zone; one that never changes keeps the same data the same bytes. */
export const zipTime = new Date(1980, 0, 1);

/** Where an Office file says when it was made. */
const corePart = 'docProps/core.xml';

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

/** Word's main part. */
const documentPart = 'word/document.xml';

/**
 * An Office file (a zip of parts) that says that it was made at the given instant, whenever that really was: the same
 * parts give the same bytes.
 */
export const reproducible = (file: Uint8Array, madeAt: Instant): Uint8Array => {
  const parts = unzipSync(file);
  const core = parts[corePart];
  if (core !== undefined)
    parts[corePart] = strToU8(
      strFromU8(core).replaceAll(
        /(<dcterms:(created|modified)[^>]*>)[^<]*/g,
        (_all, start: string) => `${start}${madeAt}`,
      ),
    );
  const main = parts[documentPart];
  if (main !== undefined) parts[documentPart] = strToU8(renumbered(strFromU8(main)));
  return zipSync(parts, { mtime: zipTime });
};
