import { documentNames } from '../../shared/stages/published.ts';

/** A file of a document: where it lies, and what it is below the cycle's documents, such as `lcpg-pack/thanet.pdf`. */
export interface DocumentFile {
  readonly cycle: string;
  readonly path: string;
  readonly address: string;
}

/** Documents of a kind, each with its files. */
interface ListedDocuments {
  readonly title: string;
  readonly note: string;
  readonly documents: readonly {
    readonly cycle: string;
    readonly title: string;
    readonly files: readonly { readonly name: string; readonly address: string }[];
  }[];
}

const kinds: readonly { readonly of: RegExp; readonly title: string; readonly note: string }[] = [
  {
    of: new RegExp(
      `^(${[documentNames.boardReport, documentNames.chairsPack, documentNames.membersBriefing].join('|')}|minutes-)`,
    ),
    title: 'Of all LCPGs',
    note: '',
  },
  {
    of: /^lcpg-pack\//,
    title: 'Packs of the LCPGs',
    note: 'What each LCPG’s members get before their meeting.',
  },
  {
    of: /^district-report\//,
    title: 'Reports to the Local HWBs',
    note: 'What each LCPG tells its Local HWBs once its chair has signed.',
  },
  {
    of: /^safeguarding\//,
    title: 'Safeguarding extracts',
    note: 'Restricted: they open for the safeguarding leads and the safeguarding board’s contact only.',
  },
];

const titles: Readonly<Record<string, string>> = {
  [documentNames.boardReport]: 'Report to the board',
  [documentNames.chairsPack]: 'Chairs Group pack',
  [documentNames.membersBriefing]: 'Members’ briefing of good examples',
  minutes: 'Minutes, as the secretariat handed them in',
  'all-lcpgs': 'All LCPGs',
};

const formNames: Readonly<Record<string, string>> = {
  html: 'web page',
  pdf: 'PDF',
  docx: 'Word',
  xlsx: 'Excel',
  'csv.zip': 'CSV files',
};

/** To be read first, then the data. */
const placeOf = (file: string): number => {
  const place = Object.values(formNames).indexOf(file);
  return place < 0 ? Object.keys(formNames).length : place;
};

/** A document's name below its folder, and what a file of it is called. */
const partsOf = (path: string): { readonly name: string; readonly file: string } => {
  if (path.startsWith('minutes-')) return { name: 'minutes', file: path };
  const [, data, csv = ''] = /^(.+)-data\/([^/]+)$/.exec(path) ?? [];
  if (data !== undefined) return { name: data, file: csv };
  const [, name = path, ending = ''] = /^([^.]+)\.(.+)$/.exec(path) ?? [];
  return { name, file: formNames[ending] ?? ending };
};

/**
 * Files put together as the documents that they are forms of, by kind.
 * @param groupName the name of an LCPG
 */
export const documentList = (
  files: readonly DocumentFile[],
  groupName: (id: string) => string,
): readonly ListedDocuments[] =>
  kinds.flatMap(({ of, title, note }) => {
    const ofKind = files.filter(({ path }) => of.test(path));
    const documents = [...Map.groupBy(ofKind, ({ cycle, path }) => `${cycle} ${partsOf(path).name}`)].map(
      ([key, own]) => {
        const [cycle = '', name = ''] = key.split(' ');
        const last = name.slice(name.indexOf('/') + 1);
        return {
          cycle,
          title: titles[last] ?? groupName(last),
          files: own
            .map(({ path, address }) => ({ name: partsOf(path).file, address }))
            .sort((one, other) => placeOf(one.name) - placeOf(other.name)),
        };
      },
    );
    return documents.length === 0 ? [] : [{ title, note, documents }];
  });
