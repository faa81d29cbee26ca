/** One rehearsal of Kent in a process of its own, as `npm start` plays it, over meetings listed for two years. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';

import type { PartnershipFolder } from '../shared/domain/partnership.ts';
import { cyclesOf } from '../shared/import/cycles-of.ts';
import { multiplyFolder } from '../shared/import/multiply.ts';
import { readPartnershipFolder } from '../shared/import/read-folder.ts';
import { addDays } from '../shared/time/calendar.ts';
import type { Manner } from '../rehearsal/members/members.ts';
import { writeDocuments } from '../rehearsal/documents.ts';
import { play } from '../rehearsal/play.ts';
import { FileThread } from '../rehearsal/threads/files.ts';

/** 52 weeks, so that weekdays stay what they are. */
const yearInDays = 364;

/** The listed board and Chairs Group meetings of the first year once more a year later. */
const withSecondYear = (folder: PartnershipFolder): PartnershipFolder => {
  const { board, chairsGroup } = folder.partnership;
  const shared = folder.meetings.filter(({ body }) => body === board || body === chairsGroup);
  const known = new Set(shared.map(({ body, date }) => `${body} ${date}`));
  const again = shared
    .map((meeting) => ({ ...meeting, date: addDays(meeting.date, yearInDays) }))
    .filter(({ body, date }) => !known.has(`${body} ${date}`));
  return { ...folder, meetings: [...folder.meetings, ...again] };
};

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'out' },
    cycles: { type: 'string', default: '1' },
    groups: { type: 'string' },
    answers: { type: 'string', default: '6' },
  },
});

const { folder } = readPartnershipFolder('examples/kent');
if (folder === undefined) throw new Error('examples/kent has faults');
const played = withSecondYear(
  values.groups === undefined ? folder : multiplyFolder(folder, Number(values.groups)),
);
const [first] = cyclesOf(played);
if (first === undefined) throw new Error('examples/kent lists no cycle');
const manner: Manner =
  values.answers === 'all' || values.answers === 'none' ? values.answers : { seed: values.answers };
mkdirSync(values.out, { recursive: true });
const files = new FileThread();
const { world, summary, cycles } = await play({
  folder: played,
  firstCycle: first.board.date,
  cycles: Number(values.cycles),
  manner,
  out: values.out,
  files,
});
await files.close();
await writeDocuments(world, cycles, values.out, 'pages');
writeFileSync(join(values.out, 'summary.json'), JSON.stringify(summary));
// The resident memory at its largest, which Linux gives in kilobytes.
writeFileSync(join(values.out, 'memory'), String(process.resourceUsage().maxRSS * 1024));
