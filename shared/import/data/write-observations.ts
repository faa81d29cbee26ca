import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

import type { Observation } from '../../domain/partnership.ts';
import { observationColumns, optionalObservationColumns } from '../read-records.ts';

type Column = (typeof observationColumns)[number] | (typeof optionalObservationColumns)[number];

/** Earlier values of a figure in a cell: `2026-11-22: 71.2; 2026-05-01: 70.9`. */
const correctedCell = (observation: Observation): string =>
  (observation.corrected ?? []).map(({ on, value }) => `${on}: ${String(value ?? '')}`.trim()).join('; ');

const cellOf = (observation: Observation, column: Column): string => {
  if (column === 'published') return observation.label ?? '';
  if (column === 'status') return observation.suppressed === true ? 'suppressed' : '';
  if (column === 'corrected') return correctedCell(observation);
  return String(observation[column] ?? '');
};

const isColumn = (name: string): name is Column =>
  (observationColumns as readonly string[]).includes(name) ||
  (optionalObservationColumns as readonly string[]).includes(name);

/** What stood in the file, by figure: so that what is the same stays to the letter, as in `78.0`. */
const cellsBefore = (
  before: string,
): {
  readonly columns: readonly Column[];
  readonly rows: ReadonlyMap<string, Readonly<Record<string, string>>>;
} => {
  if (before.trim() === '') return { columns: observationColumns, rows: new Map() };
  const [header = [], ...records] = parse(before, { bom: true, relax_column_count: true });
  const columns = header.map((name) => name.trim());
  const rows = records.map((cells) =>
    Object.fromEntries(columns.map((name, index) => [name, cells[index] ?? ''])),
  );
  return {
    columns: columns.filter(isColumn),
    rows: new Map(
      rows.map((row) => [`${row['indicator'] ?? ''} ${row['area'] ?? ''} ${row['period'] ?? ''}`, row]),
    ),
  };
};

const isSame = (before: string, now: string): boolean =>
  before === now || (before.trim() !== '' && now !== '' && Number(before) === Number(now));

/**
 * The figures as `observations.csv`. Columns that need not be there are where a figure has something for them.
 * @param before the file whose place it takes
 */
export const observationsCsv = (observations: readonly Observation[], before = ''): string => {
  const earlier = cellsBefore(before);
  const added = optionalObservationColumns.filter(
    (column) => !earlier.columns.includes(column) && observations.some((one) => cellOf(one, column) !== ''),
  );
  const columns: readonly Column[] = [...earlier.columns, ...added];
  return stringify([
    columns,
    ...observations.map((one) => {
      const was = earlier.rows.get(`${one.indicator} ${one.area} ${one.period}`);
      return columns.map((column) => {
        const [old, now] = [was?.[column] ?? '', cellOf(one, column)];
        return isSame(old, now) ? old : now;
      });
    }),
  ]);
};

/** Puts the figures in place of a folder's `observations.csv`: wholly, or where something fails, not at all. */
export const writeObservations = (folder: string, observations: readonly Observation[]): void => {
  const target = join(folder, 'observations.csv');
  const draft = `${target}.new`;
  const csv = observationsCsv(observations, readFileSync(target, 'utf8'));
  const file = openSync(draft, 'w');
  try {
    writeFileSync(file, csv);
    fsyncSync(file);
    closeSync(file);
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
};
