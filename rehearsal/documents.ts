import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { unzipSync } from 'fflate';

import { compiledKeys } from '../shared/stages/report-email.ts';
import type { World } from './world.ts';

/** A document that a cycle left, as it was written under `out`. */
export interface WrittenDocument {
  readonly cycle: string;
  readonly name: string;
  /** Relative to `out`. */
  readonly path: string;
}

/** Where the documents of a cycle go: straight into `report` when there is one cycle. */
const folderOf = (cycles: readonly string[], cycle: string): string =>
  cycles.length === 1 ? 'report' : join('report', cycle);

/** Writes the compiled documents of the cycles, the data unpacked, and says where they are. */
export const writeDocuments = async (
  world: World,
  cycles: readonly string[],
  out: string,
): Promise<readonly WrittenDocument[]> => {
  const written: WrittenDocument[] = [];
  for (const cycle of cycles) {
    const folder = folderOf(cycles, cycle);
    mkdirSync(join(out, folder), { recursive: true });
    for (const key of compiledKeys(world.partnership.id, cycle)) {
      const document = await world.documents.get(key);
      if (document === undefined) continue;
      const name = basename(key);
      // The figures are laid out one by one; volumes of a document stay together.
      const files = name.endsWith('-data.zip')
        ? Object.entries(unzipSync(document.body))
        : [[name, document.body] as const];
      for (const [fileName, body] of files) {
        writeFileSync(join(out, folder, fileName), body);
        written.push({ cycle, name: fileName, path: join(folder, fileName) });
      }
    }
  }
  return written;
};
