/** Makes the whole report of so many districts once, in every form with its data, and prints how much memory it took. */
import process from 'node:process';
import { strToU8 } from 'fflate';

import { boardReportDocument } from '../shared/report/board-report-document.ts';
import { compileBoardReport } from '../shared/report/board-report.ts';
import { csvOf } from '../shared/report/csv.ts';
import { boardReportTables } from '../shared/report/data-tables.ts';
import { fullPress } from '../shared/report/full-press.ts';
import { workbookOf } from '../shared/report/workbook.ts';
import { MemoryDocuments } from '../shared/store/memory-documents.ts';
import { manyGroups } from '../test/shared/report/sample.ts';

const report = compileBoardReport(manyGroups(Number(process.argv[2])));
const documents = new MemoryDocuments('https://documents.example.org');
const press = fullPress((form, error) => {
  throw new Error(`no ${form}`, { cause: error });
});
await press.publish(boardReportDocument(report), 'report', documents);
const tables = boardReportTables(report);
for (const { fileName, content } of csvOf(tables))
  await documents.put(fileName, strToU8(content), 'text/csv');
await documents.put('data.xlsx', await workbookOf(tables, report.compiledAt), 'application/octet-stream');
// The resident memory at its largest, which Linux gives in kilobytes.
process.stdout.write(String(process.resourceUsage().maxRSS * 1024));
