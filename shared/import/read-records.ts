import type {
  Correction,
  Indicator,
  ListedMeeting,
  Membership,
  Observation,
  Person,
  Priority,
  Role,
} from '../domain/partnership.ts';
import { roles } from '../domain/partnership.ts';
import type { Row, Table } from './csv-file.ts';
import { readTable } from './csv-file.ts';
import type { Findings } from './faults.ts';
import { expectedName, oneOf, quoted } from './faults.ts';
import type { FolderFiles } from './folder-files.ts';
import type { Source } from './source.ts';
import {
  expectedDate,
  expectedEmail,
  expectedId,
  expectedPeriod,
  expectedTime,
  hasControls,
  idPattern,
  isDate,
  isEmail,
  isPeriod,
  isTime,
  isWebLink,
  personId,
} from './values.ts';

/** The records of one file. */
export interface Records<Item> {
  readonly items: readonly Item[];
  /** Whether lines are left out, so that nothing can be said about what is not there. */
  readonly incomplete: boolean;
}

/** What is remembered of the records while a folder is checked. */
export interface RecordNotes {
  readonly sources: Map<object, Source>;
  /** Records with a cell that could not be read: they count as there, and nothing more is said about them. */
  readonly doubtful: Set<object>;
}

const maximumText = 1_000;

/** Reads the cells of one line; a cell at fault is told and leaves the line doubtful. */
class Cells<Column extends string> {
  readonly #row: Row<Column>;
  readonly #findings: Findings;
  doubtful = false;

  constructor(row: Row<Column>, findings: Findings) {
    this.#row = row;
    this.#findings = findings;
  }

  fault(column: Column, message: string, expected: string): void {
    this.doubtful = true;
    this.#findings.fault(this.#row.at(column), {
      message,
      found: quoted(this.#row.get(column)),
      expected,
    });
  }

  /** A text, which may be empty only where nothing is expected of it. */
  text(column: Column, expected?: string): string {
    const text = this.#row.get(column);
    if (text === '' && expected !== undefined) this.fault(column, `${column} is missing`, expected);
    if (text.length > maximumText)
      this.fault(column, `${column} is too long`, `at most ${String(maximumText)} characters`);
    if (hasControls(text)) this.fault(column, `${column} holds control characters`, 'plain text');
    return text;
  }

  matching(column: Column, test: (text: string) => boolean, expected: string): string {
    const text = this.#row.get(column);
    if (!test(text))
      this.fault(column, text === '' ? `${column} is missing` : `${column} is not right`, expected);
    return text;
  }

  date(column: Column): string | null {
    const text = this.#row.get(column);
    if (text === '') return null;
    if (isDate(text)) return text;
    this.fault(column, `${column} is not a day`, `${expectedDate}, or nothing`);
    return null;
  }

  dates(from: Column, to: Column): { from: string | null; to: string | null } {
    const dates = { from: this.date(from), to: this.date(to) };
    if (dates.from !== null && dates.to !== null && dates.from > dates.to)
      this.fault(to, `${to} is before ${from}`, `${dates.from} or later, or nothing`);
    return dates;
  }

  number(column: Column): number | null {
    const text = this.#row.get(column);
    if (text === '') return null;
    if (/^[-+]?(?:\d+(?:\.\d+)?|\.\d+)$/u.test(text) && Number.isFinite(Number(text))) return Number(text);
    this.fault(
      column,
      `${column} is not a number`,
      'a number such as 79.5, without signs or commas, or nothing',
    );
    return null;
  }
}

const readRecords = <Column extends string, Item extends object>(
  table: Table<Column>,
  findings: Findings,
  notes: RecordNotes,
  columnOf: (key: string) => Column,
  make: (cells: Cells<Column>, row: Row<Column>) => Item | undefined,
): Records<Item> => {
  const items: Item[] = [];
  let incomplete = table.incomplete;
  for (const row of table.rows) {
    const cells = new Cells(row, findings);
    const item = make(cells, row);
    if (item === undefined) {
      incomplete = true;
      continue;
    }
    items.push(item);
    notes.sources.set(item, {
      place: (key) => row.at(columnOf(key)),
      text: (key) => row.get(columnOf(key)),
    });
    if (cells.doubtful) notes.doubtful.add(item);
  }
  return { items, incomplete };
};

/** The names or addresses in a cell, separated by bars because names hold commas. */
const namesIn = (cell: string): readonly string[] =>
  cell
    .split('|')
    .map((name) => name.trim())
    .filter((name) => name !== '');

const peopleColumns = ['email', 'name', 'organisation'] as const;
/** Further addresses that a person's replies come from. */
const optionalPeopleColumns = ['aliases'] as const;
type PeopleColumn = (typeof peopleColumns)[number] | (typeof optionalPeopleColumns)[number];

export const readPeople = (files: FolderFiles, findings: Findings, notes: RecordNotes): Records<Person> =>
  readRecords<PeopleColumn, Person>(
    readTable<PeopleColumn>('people.csv', peopleColumns, files, findings, optionalPeopleColumns),
    findings,
    notes,
    (key) => (key === 'name' || key === 'organisation' || key === 'aliases' ? key : 'email'),
    (cells) => {
      const email = cells.matching('email', isEmail, expectedEmail);
      const aliases = namesIn(cells.text('aliases'));
      if (!aliases.every(isEmail))
        cells.fault('aliases', 'aliases is not right', `${expectedEmail}; several with | between them`);
      return {
        id: personId(email),
        email,
        name: cells.text('name', 'the person’s name'),
        organisation: cells.text('organisation'),
        ...(aliases.length === 0 ? {} : { aliases }),
      };
    },
  );

const membershipColumns = ['email', 'body', 'role', 'sector', 'from', 'to'] as const;

export const readMemberships = (
  files: FolderFiles,
  findings: Findings,
  notes: RecordNotes,
): Records<Membership> =>
  readRecords<(typeof membershipColumns)[number], Membership>(
    readTable('memberships.csv', membershipColumns, files, findings),
    findings,
    notes,
    (key) => membershipColumns.find((column) => column === key) ?? 'email',
    (cells, row) => {
      const email = cells.matching('email', isEmail, expectedEmail);
      const body = cells.text('body', 'the id of a body or group of partnership.yaml');
      const role = roles.find((known) => known === row.get('role'));
      if (role === undefined)
        cells.fault('role', 'there is no such role', expectedName('a role', row.get('role'), roles));
      const sector = cells.text('sector');
      const dates = cells.dates('from', 'to');
      return role === undefined
        ? undefined
        : {
            person: personId(email),
            body,
            role: role satisfies Role,
            sector: sector === '' ? null : sector,
            ...dates,
          };
    },
  );

const meetingColumns = ['body', 'date', 'start', 'end', 'venue', 'link'] as const;

export const readMeetings = (
  files: FolderFiles,
  findings: Findings,
  notes: RecordNotes,
): Records<ListedMeeting> =>
  readRecords<(typeof meetingColumns)[number], ListedMeeting>(
    readTable('meetings.csv', meetingColumns, files, findings),
    findings,
    notes,
    (key) => meetingColumns.find((column) => column === key) ?? 'body',
    (cells) => {
      const meeting = {
        body: cells.text('body', 'the id of the board, the Chairs Group or a group of partnership.yaml'),
        date: cells.matching('date', isDate, expectedDate),
        start: cells.matching('start', isTime, expectedTime),
        end: cells.matching('end', isTime, expectedTime),
        venue: cells.text('venue'),
        link: cells.matching(
          'link',
          (text) => text === '' || (text.length <= maximumText && isWebLink(text)),
          'a web address that begins with https://, or nothing',
        ),
      };
      // Without a day or a time there is nothing to make a timetable of.
      if (!isDate(meeting.date) || !isTime(meeting.start) || !isTime(meeting.end)) return undefined;
      if (meeting.end <= meeting.start)
        cells.fault('end', 'the meeting ends before it starts', `a time after ${meeting.start}`);
      return meeting;
    },
  );

const indicatorColumns = [
  'id',
  'name',
  'outcome',
  'unit',
  'polarity',
  'target',
  'floor',
  'decimals',
  'source',
  'group',
] as const;
/** How publishers' files call the indicator, and which of their figures are taken. */
const optionalIndicatorColumns = ['aliases', 'sex', 'age'] as const;
type IndicatorColumn = (typeof indicatorColumns)[number] | (typeof optionalIndicatorColumns)[number];

const polarities: Readonly<Record<string, Indicator['polarity']>> = {
  High: 'high',
  Low: 'low',
  Target: 'target',
};

export const readIndicators = (
  files: FolderFiles,
  findings: Findings,
  notes: RecordNotes,
): Records<Indicator> =>
  readRecords<IndicatorColumn, Indicator>(
    readTable<IndicatorColumn>('indicators.csv', indicatorColumns, files, findings, optionalIndicatorColumns),
    findings,
    notes,
    (key) => indicatorColumns.find((column) => column === key) ?? 'id',
    (cells, row) => {
      const polarity = Object.hasOwn(polarities, row.get('polarity'))
        ? polarities[row.get('polarity')]
        : undefined;
      if (polarity === undefined)
        cells.fault('polarity', 'polarity is not right', oneOf(Object.keys(polarities)));
      const decimals = row.get('decimals');
      if (!/^[0-6]$/u.test(decimals))
        cells.fault('decimals', 'decimals is not right', 'a whole number from 0 to 6');
      const group = row.get('group');
      const aliases = namesIn(cells.text('aliases'));
      const [sex, age] = [cells.text('sex'), cells.text('age')];
      return {
        id: cells.matching('id', (text) => idPattern.test(text), expectedId),
        name: cells.text('name', 'the name of the indicator'),
        outcome: cells.text('outcome', 'the outcome that it belongs to'),
        unit: cells.text('unit', 'a unit, such as % or per 1,000'),
        polarity: polarity ?? 'target',
        target: cells.number('target'),
        floor: cells.number('floor'),
        decimals: Number(decimals) || 0,
        source: cells.text('source'),
        group: group === '' ? null : group,
        ...(aliases.length === 0 ? {} : { aliases }),
        ...(sex === '' ? {} : { sex }),
        ...(age === '' ? {} : { age }),
      };
    },
  );

const priorityColumns = ['group', 'indicator', 'from', 'to'] as const;

export const readPriorities = (
  files: FolderFiles,
  findings: Findings,
  notes: RecordNotes,
): Records<Priority> =>
  readRecords<(typeof priorityColumns)[number], Priority>(
    readTable('priorities.csv', priorityColumns, files, findings),
    findings,
    notes,
    (key) => priorityColumns.find((column) => column === key) ?? 'group',
    (cells) => ({
      group: cells.text('group', 'the id of a group'),
      indicator: cells.text('indicator', 'the id of an indicator'),
      ...cells.dates('from', 'to'),
    }),
  );

export const observationColumns = [
  'indicator',
  'area',
  'period',
  'value',
  'lower',
  'upper',
  'count',
  'denominator',
  'note',
] as const;
/** What an import knows besides: the period as published, whether a figure is withheld, and its earlier values. */
export const optionalObservationColumns = ['published', 'status', 'corrected'] as const;
type ObservationColumn = (typeof observationColumns)[number] | (typeof optionalObservationColumns)[number];

const expectedCorrections = 'days with the value until then, such as 2026-11-22: 71.2; 2026-05-01: 70.9';

/** Earlier values in a cell; undefined where it does not hold any. */
const correctionsIn = (cell: string): readonly Correction[] | undefined => {
  const corrections: Correction[] = [];
  for (const part of cell.split(';')) {
    const [, on = '', value = ''] = /^(\S{10}):\s*(-?\d*\.?\d*)$/u.exec(part.trim()) ?? [];
    if (!isDate(on)) return undefined;
    corrections.push({ on, value: value === '' ? null : Number(value) });
  }
  return corrections;
};

export const readObservations = (
  files: FolderFiles,
  findings: Findings,
  notes: RecordNotes,
): Records<Observation> =>
  readRecords<ObservationColumn, Observation>(
    readTable<ObservationColumn>(
      'observations.csv',
      observationColumns,
      files,
      findings,
      optionalObservationColumns,
    ),
    findings,
    notes,
    (key) => observationColumns.find((column) => column === key) ?? 'indicator',
    (cells, row) => ({
      indicator: cells.text('indicator', 'the id of an indicator'),
      area: cells.text('area', 'the ONS code of an area'),
      period: cells.matching('period', isPeriod, expectedPeriod),
      value: cells.number('value'),
      lower: cells.number('lower'),
      upper: cells.number('upper'),
      count: cells.number('count'),
      denominator: cells.number('denominator'),
      note: cells.text('note'),
      ...extrasOf(cells, row),
    }),
  );

/** What the columns say that need not be there. */
const extrasOf = (
  cells: Cells<ObservationColumn>,
  row: Row<ObservationColumn>,
): Pick<Observation, 'label' | 'suppressed' | 'corrected'> => {
  const label = cells.text('published');
  const status = row.get('status');
  if (status !== '' && status !== 'suppressed')
    cells.fault('status', 'status is not right', 'suppressed, or nothing');
  if (status === 'suppressed' && row.get('value') !== '')
    cells.fault('value', 'a figure that is withheld has a value', 'nothing, or no status');
  const earlier = row.get('corrected');
  const corrected = earlier === '' ? [] : correctionsIn(earlier);
  if (corrected === undefined) cells.fault('corrected', 'corrected is not right', expectedCorrections);
  return {
    ...(label === '' ? {} : { label }),
    ...(status === 'suppressed' ? { suppressed: true } : {}),
    ...(corrected === undefined || corrected.length === 0 ? {} : { corrected }),
  };
};
