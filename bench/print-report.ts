/** Makes the whole report of so many districts once, in every form with its data, and prints how much memory it took. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

import { compileBoardReport } from '../shared/report/board-report.ts';
import { fullPress } from '../shared/report/full-press.ts';
import { publications } from '../shared/report/publications.ts';
import { MemoryDocuments } from '../shared/store/memory-documents.ts';
import { manyGroups } from '../test/shared/report/sample.ts';

const folder = mkdtempSync(join(tmpdir(), 'print-report-'));

/** Lets go of what it has kept, as a store beyond the process does. */
class DocumentsOnDisk extends MemoryDocuments {
  override put(key: string, body: Uint8Array | string): Promise<void> {
    writeFileSync(join(folder, key), body);
    return Promise.resolve();
  }
}

const press = fullPress(new DocumentsOnDisk('https://documents.example.org'), (form, error) => {
  throw new Error(`no ${form}`, { cause: error });
});
await press.publish(
  publications.boardReport(compileBoardReport(manyGroups(Number(process.argv[2])))),
  'report',
);
rmSync(folder, { recursive: true });
// The resident memory at its largest, which Linux gives in kilobytes.
process.stdout.write(String(process.resourceUsage().maxRSS * 1024));
