import { htmlOf } from '../shared/report/html.ts';
import { contentTypes, type Press } from '../shared/report/press.ts';
import type { MemoryDocuments } from '../shared/store/memory-documents.ts';

/** A press for readers at a screen: the page alone, and that only when somebody wants it. */
export const pagesWhenWanted = (documents: MemoryDocuments): Press => ({
  publish({ document }, name) {
    documents.putWhenWanted(`${name}.html`, contentTypes.html, () =>
      Promise.resolve(new TextEncoder().encode(htmlOf(document))),
    );
    return Promise.resolve(['html']);
  },
});
