import pMap from 'p-map';

import { deflated, entriesOf, stored, type ZipEntry, zipOf } from '../documents/zip.ts';
import type { Cycle, Paper } from '../domain/cycle.ts';
import type { Partnership } from '../domain/partnership.ts';
import { column, figureColumn, link, paragraph, row, section, table, words } from '../report/document.ts';
import { htmlOf } from '../report/html.ts';
import type { FileEnding } from '../report/press.ts';
import type { Documents } from '../store/documents.ts';
import { wordsIn } from '../templates/filters.ts';
import { allPapersKey, documentKey, papersKey } from './document-keys.ts';
import { documentNames } from './published.ts';
import { type AnswerDesk, nowOf } from './workplace.ts';

/** The documents of the whole partnership are its papers; those of each LCPG are with their readers. */
const titles = [
  { name: documentNames.boardReport, title: 'Report to the board' },
  { name: documentNames.chairsPack, title: 'Chairs Group pack' },
  { name: documentNames.membersBriefing, title: 'Members’ briefing' },
] as const;

const formNames: Readonly<Record<FileEnding, string>> = {
  html: 'web page',
  pdf: 'PDF',
  'pdf.zip': 'PDF in volumes',
  docx: 'Word',
  'docx.zip': 'Word in volumes',
  xlsx: 'data as an Excel workbook',
  'csv.zip': 'data as CSV files',
};
const endings = Object.keys(formNames) as readonly FileEnding[];

type Desk = Pick<AnswerDesk, 'clock' | 'cycles' | 'minutes' | 'documents'>;

/** Where a paper lies, before it is known whether it is there. */
interface Candidate {
  readonly title: string;
  readonly key: string;
  readonly name: string;
}

const candidatesOf = async (desk: Desk, cycle: Cycle): Promise<readonly Candidate[]> => {
  const minutes = (await desk.minutes.of(cycle.id))?.document ?? null;
  return [
    ...titles.flatMap(({ name, title }) =>
      endings.map((ending) => ({
        title: `${title} (${formNames[ending]})`,
        key: documentKey(cycle.partnership, cycle.id, `${name}.${ending}`),
        name: `${name}.${ending}`,
      })),
    ),
    ...(minutes === null
      ? []
      : [
          {
            title: 'Minutes of the board that opened the cycle',
            key: minutes.key,
            name: `minutes.${/\.(\w{1,5})$/.exec(minutes.fileName)?.[1]?.toLowerCase() ?? 'pdf'}`,
          },
        ]),
  ];
};

/** The papers of a cycle that are there, numbered in the order in which they are read. */
export const papersOf = async (desk: Desk, cycle: Cycle): Promise<readonly Paper[]> => {
  const found = await pMap(
    await candidatesOf(desk, cycle),
    async (one) => ({ ...one, kept: await desk.documents.describe(one.key) }),
    { concurrency: 8 },
  );
  return found
    .flatMap(({ kept, ...one }) => (kept === undefined ? [] : [{ ...one, ...kept }]))
    .map(({ title, key, name, bytes, contentType }, index) => ({
      title,
      key,
      fileName: `${String(index + 1).padStart(2, '0')}-${name}`,
      bytes,
      contentType,
    }));
};

/** A cycle with its papers. */
interface CyclePapers {
  readonly cycle: Cycle;
  readonly papers: readonly Paper[];
}

/** A cycle with its papers, and the folder of a set in which they lie. */
interface CycleFolder extends CyclePapers {
  readonly folder: string;
}

/** The page that lies on top of a set and leads to its files. */
const contentsPage = (partnership: Partnership, sets: readonly CycleFolder[]): string => {
  const days = wordsIn(partnership.zone);
  const latest = sets.at(-1)?.cycle;
  const covers = sets.map(({ cycle }) => days.date(cycle.board.date));
  return htmlOf({
    title: `${partnership.name}: papers`,
    subtitle: covers.length === 1 ? (covers[0] ?? '') : `${covers[0] ?? ''} to ${covers.at(-1) ?? ''}`,
    author: partnership.name,
    facts: [],
    sections: sets.map(({ cycle, papers, folder }) =>
      section(
        `Cycle that began on ${days.date(cycle.board.date)}`,
        papers.length === 0
          ? [paragraph('plain', 'No document was kept.')]
          : [
              table(
                `Papers of the cycle that began on ${days.date(cycle.board.date)}`,
                [column('Paper', 4), column('File', 3), figureColumn('Size in kB', 1)],
                papers.map(({ title, fileName, bytes }) =>
                  row(
                    words(title),
                    words(link(`${folder}${fileName}`, `${folder}${fileName}`)),
                    words(String(Math.ceil(bytes / 1000))),
                  ),
                ),
              ),
            ],
        { id: `cycle-${cycle.id}` },
      ),
    ),
    footer: `${partnership.name}: papers.`,
    madeAt: latest?.closedAt ?? latest?.openedAt ?? '',
  });
};

/** The name of the page that lies on top of a set. */
const contentsName = '00-contents.html';

/** Office files and zips are packed already. */
const isPacked = ({ contentType }: Paper): boolean =>
  contentType === 'application/zip' || contentType.startsWith('application/vnd.openxmlformats-');

/** A cycle's papers under their numbers, packed. */
const packedPapers = async (
  documents: Pick<Documents, 'get'>,
  papers: readonly Paper[],
): Promise<readonly ZipEntry[]> => {
  const bodies = await pMap(papers, async ({ key }) => documents.get(key), { concurrency: 8 });
  return papers.flatMap((paper, index) => {
    const body = bodies[index]?.body;
    if (body === undefined) return [];
    return [(isPacked(paper) ? stored : deflated)(paper.fileName, body)];
  });
};

/** The papers that lie in the sets of cycles, each in its cycle's folder. They were packed for those, and are not again. */
const papersInSets = async (
  documents: Pick<Documents, 'get'>,
  sets: readonly CycleFolder[],
): Promise<readonly ZipEntry[]> => {
  const kept = await pMap(
    sets,
    async ({ cycle, folder }) => ({
      folder,
      set: await documents.get(papersKey(cycle.partnership, cycle.id)),
    }),
    { concurrency: 8 },
  );
  return kept.flatMap(({ folder, set }) =>
    (set === undefined ? [] : entriesOf(set.body))
      .filter(({ name }) => name !== contentsName)
      .map((entry) => ({ ...entry, name: `${folder}${entry.name}` })),
  );
};

/** How many bytes of papers go into the set of all cycles: it is put together in memory. Kent's six years are about half of it. */
const mostInOneSet = 200_000_000;

/** The newest cycles whose papers fit into one set together, the oldest of them first. */
export const fittingCycles = <Set extends { readonly papers: readonly Pick<Paper, 'bytes'>[] }>(
  newestFirst: readonly Set[],
  most: number,
): readonly Set[] => {
  const fitting: Set[] = [];
  let bytes = 0;
  for (const set of newestFirst) {
    bytes += set.papers.reduce((sum, paper) => sum + paper.bytes, 0);
    if (bytes > most) break;
    fitting.unshift(set);
  }
  return fitting;
};

/**
 * Puts the papers of a cycle together: a numbered set of its own with a page of contents, and one of all cycles so far.
 * Done again, it gives the same, or takes in what has come since.
 */
export const keepPapers = async (desk: Desk, partnership: Partnership, id: string): Promise<void> => {
  const before = await desk.cycles.known(id);
  const papers = await papersOf(desk, before);
  const cycle = await desk.cycles.keepPapers(before, papers, nowOf(desk));
  const keepSet = async (
    key: string,
    sets: readonly CycleFolder[],
    entries: readonly ZipEntry[],
  ): Promise<void> =>
    desk.documents.put(
      key,
      zipOf([deflated(contentsName, contentsPage(partnership, sets)), ...entries]),
      'application/zip',
    );
  await keepSet(
    papersKey(cycle.partnership, id),
    [{ cycle, papers, folder: '' }],
    await packedPapers(desk.documents, papers),
  );
  const all: CyclePapers[] = [];
  for await (const one of desk.cycles.all())
    if (one.papers !== undefined) all.push({ cycle: one, papers: one.papers });
  const folders = fittingCycles(all, mostInOneSet).map((set, index) => ({
    ...set,
    folder: `${String(index + 1).padStart(2, '0')}-${set.cycle.id}/`,
  }));
  await keepSet(allPapersKey(cycle.partnership), folders, await papersInSets(desk.documents, folders));
};
