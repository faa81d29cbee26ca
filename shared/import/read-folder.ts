import type { Observation, OtherBody, PartnershipFolder } from '../domain/partnership.ts';
import { isEffective } from '../domain/partnership.ts';
import type { FolderToCheck } from './check-folder.ts';
import { checkRecords } from './check-folder.ts';
import type { Fault, FileName } from './faults.ts';
import { Findings } from './faults.ts';
import type { FolderFiles } from './folder-files.ts';
import { filesOnDisk } from './folder-files.ts';
import type { PartnershipDraft } from './read-partnership.ts';
import { partnershipOf, readPartnership, standIns } from './read-partnership.ts';
import type { RecordNotes, Records } from './read-records.ts';
import {
  readIndicators,
  readMeetings,
  readMemberships,
  readObservations,
  readPeople,
  readPriorities,
} from './read-records.ts';

/** What came of reading a partnership folder. There is a folder only where there is no fault. */
export interface FolderReading {
  readonly folder: PartnershipFolder | undefined;
  readonly faults: readonly Fault[];
  readonly warnings: readonly Fault[];
}

/**
 * Reads and checks a partnership folder: all of its faults at once, and a folder only when there is none.
 * @param folder its path
 * @param files where its files are read, if not from the disk
 */
export const readPartnershipFolder = (
  folder: string,
  files: FolderFiles = filesOnDisk(folder),
): FolderReading => {
  const findings = new Findings();
  const notes: RecordNotes = { sources: new Map(), doubtful: new Set() };
  const draft = readPartnership(files, findings);
  const records = {
    'people.csv': readPeople(files, findings, notes),
    'memberships.csv': readMemberships(files, findings, notes),
    'meetings.csv': readMeetings(files, findings, notes),
    'indicators.csv': readIndicators(files, findings, notes),
    'priorities.csv': readPriorities(files, findings, notes),
    'observations.csv': readObservations(files, findings, notes),
  } satisfies Partial<Record<FileName, Records<object>>>;
  const incomplete = new Set<string>(
    Object.entries(records).flatMap(([name, { incomplete: is }]) => (is ? [name] : [])),
  );
  if (draft === undefined)
    for (const part of ['bodies', 'groups', 'sectors', 'area', 'timetable']) incomplete.add(part);
  else {
    if (draft.faulty.has('bodies') && draft.bodies.length === 0) incomplete.add('bodies');
    if (draft.faulty.has('groups') && draft.groups.length === 0) incomplete.add('groups');
    if (draft.faulty.has('coreSectors')) incomplete.add('sectors');
    for (const key of ['id', 'area', 'timetable']) if (draft.faulty.has(key)) incomplete.add(key);
    for (const key of ['zone', 'extraHolidays']) if (draft.faulty.has(key)) incomplete.add('timetable');
    for (const item of [...draft.bodies, ...draft.groups]) {
      const place = draft.places.get(item);
      if (place === undefined) continue;
      notes.sources.set(item, {
        place: (key) => place(key.split('.')),
        text: (key) => {
          const value: unknown = (item as unknown as Readonly<Record<string, unknown>>)[key];
          return typeof value === 'string' ? value : '';
        },
      });
    }
  }
  const read: PartnershipFolder = {
    partnership: partnershipWith(draft, records['meetings.csv'].items),
    bodies: draft?.bodies ?? [],
    groups: draft?.groups ?? [],
    people: records['people.csv'].items,
    memberships: records['memberships.csv'].items,
    meetings: records['meetings.csv'].items,
    indicators: records['indicators.csv'].items,
    priorities: records['priorities.csv'].items,
    observations: withoutRepeats(records['observations.csv'].items),
  };
  if (draft !== undefined)
    notes.sources.set(read.partnership, {
      place: (key) => draft.at(key.split('.')),
      text: () => '',
    });
  checkRecords(
    {
      folder: { ...read, observations: records['observations.csv'].items },
      sources: notes.sources,
      doubtful: notes.doubtful,
      doubtfulBodies: draft?.doubtful ?? new Set(),
      incomplete: incomplete as FolderToCheck['incomplete'],
    },
    findings,
  );
  const { faults, warnings } = findings;
  return { folder: faults.length === 0 ? read : undefined, faults, warnings };
};

const partnershipWith = (
  draft: PartnershipDraft | undefined,
  meetings: PartnershipFolder['meetings'],
): PartnershipFolder['partnership'] => {
  const bodies = draft?.bodies ?? [];
  const board = bodies.find(({ kind }) => kind === 'board');
  const lastBoardDay = meetings
    .filter(({ body }) => body === board?.id)
    .map(({ date }) => date)
    .sort()
    .at(-1);
  // A body that took another's place has its own dates; the one of the latest cycle stands for the partnership.
  const current = (kind: OtherBody['kind']): string | null => {
    const all = bodies.filter((body) => body.kind === kind);
    return (
      (lastBoardDay === undefined ? undefined : all.find((body) => isEffective(body, lastBoardDay)))?.id ??
      null
    );
  };
  const settings = draft?.settings ?? standIns;
  return partnershipOf(
    settings,
    {
      board: board?.id ?? '',
      chairsGroup: bodies.find(({ kind }) => kind === 'chairs-group')?.id ?? '',
      safeguardingGroup: current('safeguarding-group'),
      safeguardingBoard: current('safeguarding-board'),
    },
    board?.name ?? '',
  );
};

const withoutRepeats = (observations: readonly Observation[]): readonly Observation[] => [
  ...new Map(
    observations.map((one) => [`${one.indicator} ${one.area} ${one.period}`, one] as const),
  ).values(),
];
