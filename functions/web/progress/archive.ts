/** The archive: every cycle's papers, and what past reports said. */
import { type Hit, hitsIn, wordsOf } from '../../../shared/domain/archive.ts';
import type { Cycle, StoredDocument } from '../../../shared/domain/cycle.ts';
import { allPapersKey, papersKey } from '../../../shared/stages/document-keys.ts';
import type { AnswerDesk } from '../../../shared/stages/workplace.ts';
import type { Reply } from '../kinds/kind.ts';
import { formView, page } from '../kinds/kind.ts';
import type { Looking } from './progress-pages.ts';

/** Cycles on one page: two years. */
const cyclesOnPage = 12;
/** A search ends with the cycle in which it has found so much, or read so much; older cycles are searched next. */
const enoughHits = 40;
const enoughRead = 2_000;
/** More of one cycle than this nobody reads: another word finds what is meant. */
const mostHits = 200;

const isCycleId = (text: string | null): text is string => text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text);

interface Found {
  readonly hits: readonly Hit[];
  /** The cycle before which the search goes on; empty where all was searched. */
  readonly next: string;
  /** Whether a cycle had more than the page shows. */
  readonly isCut: boolean;
}

const search = async (
  desk: AnswerDesk,
  words: readonly string[],
  before: string | null,
  names: ReadonlyMap<string, string>,
): Promise<Found> => {
  const hits: Hit[] = [];
  let read = 0;
  let cycle = '';
  for await (const reported of desk.reports.newestFirst(before)) {
    if (reported.cycle !== cycle && (hits.length >= enoughHits || read >= enoughRead))
      return { hits, next: cycle, isCut: false };
    ({ cycle } = reported);
    read += 1;
    hits.push(...hitsIn(reported, words, (id) => names.get(id) ?? ''));
    if (hits.length > mostHits) return { hits: hits.slice(0, mostHits), next: cycle, isCut: true };
  }
  return { hits, next: '', isCut: false };
};

const cyclesFrom = async (
  desk: AnswerDesk,
  to: string | null,
): Promise<{ readonly cycles: readonly Cycle[]; readonly next: string }> => {
  const cycles: Cycle[] = [];
  for await (const cycle of desk.cycles.all()) {
    if (to !== null && cycle.id > to) continue;
    if (cycles.length === cyclesOnPage) return { cycles, next: cycle.id };
    cycles.push(cycle);
  }
  return { cycles, next: '' };
};

const byCycleAndGroup = (one: Hit, other: Hit): number =>
  one.cycle === other.cycle ? one.groupName.localeCompare(other.groupName) : one.cycle < other.cycle ? 1 : -1;

/** The page of the archive. Changes nothing. */
export const archivePage = async ({ desk, partnership, query }: Looking): Promise<Reply> => {
  const typed = (query.get('q') ?? '').trim().slice(0, 200);
  const words = wordsOf(typed);
  const [before, from] = [query.get('before'), query.get('from')];
  const definitions = words.length === 0 ? [] : await desk.indicators.definitions();
  const names = new Map(definitions.map(({ id, name }) => [id, name]));
  const found =
    words.length === 0 ? null : await search(desk, words, isCycleId(before) ? before : null, names);
  const { cycles, next } = await cyclesFrom(desk, isCycleId(from) ? from : null);
  return page('progress-archive', {
    form: formView({ q: typed }, ''),
    found: found && {
      next: found.next,
      isCut: found.isCut,
      further: new URLSearchParams({ q: typed, before: found.next }).toString(),
      hits: found.hits
        .toSorted(byCycleAndGroup)
        .map((hit) => ({ ...hit, indicatorName: names.get(hit.indicator ?? '') ?? '' })),
    },
    cycles: cycles.map(({ id, board, papers }) => ({ id, board, papers })),
    next,
    hasAll: (await desk.documents.describe(allPapersKey(partnership.id))) !== undefined,
  });
};

/**
 * A document of the archive: the set of all papers, the set of a cycle, or one of its papers by its number. Undefined where
 * there is none, and for whoever may not see the whole partnership.
 */
export const archivedDocument = async (
  { desk, partnership, scope }: Looking,
  set: string,
  number: string,
): Promise<Pick<StoredDocument, 'key' | 'fileName'> | undefined> => {
  if (scope.of !== 'partnership') return undefined;
  const cycle = isCycleId(set) ? await desk.cycles.get(set) : undefined;
  const paper = cycle?.papers?.[Number(number) - 1];
  const document =
    set === 'all' && number === 'set'
      ? { key: allPapersKey(partnership.id), fileName: 'papers.zip' }
      : cycle !== undefined && number === 'set'
        ? { key: papersKey(partnership.id, set), fileName: `papers-${set}.zip` }
        : paper && { key: paper.key, fileName: `${set}-${paper.fileName}` };
  return document && (await desk.documents.describe(document.key)) !== undefined ? document : undefined;
};
