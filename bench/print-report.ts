/** Makes the whole report of so many districts once, in every form with its data, and prints how much memory it took. */
import process from 'node:process';

import { compileBoardReport } from '../shared/report/board-report.ts';
import { fullPress } from '../shared/report/full-press.ts';
import { publications } from '../shared/report/publications.ts';
import { MemoryDocuments } from '../shared/store/memory-documents.ts';
import { manyGroups } from '../test/shared/report/sample.ts';

const report = compileBoardReport(manyGroups(Number(process.argv[2])));
const press = fullPress(new MemoryDocuments('https://documents.example.org'), (form, error) => {
  throw new Error(`no ${form}`, { cause: error });
});
await press.publish(publications.boardReport(report), 'report');
// The resident memory at its largest, which Linux gives in kilobytes.
process.stdout.write(String(process.resourceUsage().maxRSS * 1024));
