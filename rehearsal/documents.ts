import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { contentOf, entriesOf } from '../shared/documents/zip.ts';
import type { Form } from '../shared/report/press.ts';
import { forms } from '../shared/report/press.ts';
import { allPapersKey, cycleDocuments } from '../shared/stages/document-keys.ts';
import { documentNames } from '../shared/stages/published.ts';
import type { World } from './world.ts';

/** Which documents of a rehearsal are written, and in which forms. */
export type Printing = 'all' | 'usual' | 'pages';

/** The documents of the whole partnership. */
const ofTheWhole: ReadonlySet<string> = new Set([
  documentNames.boardReport,
  documentNames.chairsPack,
  documentNames.membersBriefing,
]);

/**
 * Whether a form of a document is made. Usually those of the whole partnership are made in every form, and those of each
 * LCPG as pages; of very many LCPGs only the pages of the whole.
 */
export const isPrinted =
  (printing: Printing) =>
  (name: string, form: Form): boolean => {
    // Published under a key that begins with the partnership and the cycle.
    const isWhole = [...ofTheWhole].some((one) => name === one || name.endsWith(`/${one}`));
    if (printing === 'pages') return isWhole && form === 'html';
    return printing === 'all' || isWhole || form === 'html';
  };

/** A published document by its key below the cycle's: its name, and the form that its ending tells. */
export const publishedAs = (path: string): { readonly name: string; readonly form: Form } | undefined => {
  const [, name = '', ending = ''] = /^(.+?)\.(\w+)(?:\.zip)?$/.exec(path) ?? [];
  const form = forms.find((one) => one === ending);
  const published = ofTheWhole.has(name) || /^(lcpg-pack|district-report|safeguarding)\/[^/]+$/.test(name);
  return form === undefined || !published ? undefined : { name, form };
};

/** The numbered set of all cycles' papers. */
export const papersFile = 'papers.zip';

/** Where the documents of a cycle go: straight into `report` when there is one cycle. */
const folderOf = (cycles: readonly string[], cycle: string): string =>
  cycles.length === 1 ? 'report' : join('report', cycle);

/** Writes the published documents of the cycles: CSV files into a folder for each document, all else as it is. */
export const writeDocuments = async (
  world: World,
  cycles: readonly string[],
  out: string,
  printing: Printing,
): Promise<void> => {
  for (const cycle of cycles) {
    const folder = join(out, folderOf(cycles, cycle));
    const start = cycleDocuments(world.partnership.id, cycle);
    for (const key of world.documents.keys) {
      const path = key.startsWith(start) ? key.slice(start.length) : '';
      const published = publishedAs(path);
      if (published === undefined || !isPrinted(printing)(published.name, published.form)) continue;
      const body = (await world.documents.get(key))?.body ?? new Uint8Array();
      const files: Readonly<Record<string, Uint8Array>> =
        published.form === 'csv'
          ? Object.fromEntries(
              entriesOf(body).map((file) => [join(`${published.name}-data`, file.name), contentOf(file)]),
            )
          : { [path]: body };
      for (const [file, content] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        writeFileSync(join(folder, file), content);
      }
    }
  }
  const papers = await world.documents.get(allPapersKey(world.partnership.id));
  if (papers !== undefined) writeFileSync(join(out, papersFile), papers.body);
};
