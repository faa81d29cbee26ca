import { statSync } from 'node:fs';
import { styleText } from 'node:util';

import { Command } from 'commander';

import { periodLabel } from '../shared/domain/period.ts';
import { england, type Observation, type PartnershipFolder } from '../shared/domain/partnership.ts';
import type { ImportedFile } from '../shared/import/data/account.ts';
import { mergeObservations, type ObservationChanges } from '../shared/import/data/merge-observations.ts';
import { type DataReading, readDataFiles } from '../shared/import/data/read-data-files.ts';
import { writeObservations } from '../shared/import/data/write-observations.ts';
import { grouped, plural } from '../shared/templates/filters.ts';
import { toInstant, workingCalendar } from '../shared/time/calendar.ts';
import { systemClock } from '../shared/time/clock.ts';
import { findingsInWords } from '../shared/import/findings-in-words.ts';
import type { DeployedStage } from './deployed-stage.ts';
import { openFolder } from './open-folder.ts';

interface Options {
  readonly partnership: string;
  readonly dryRun?: boolean;
  readonly stage?: string;
  readonly json?: boolean;
}

/** What an import comes to: what each file holds, and what it changes. */
export interface DataImport {
  readonly reading: DataReading;
  readonly changes: ObservationChanges;
}

/** Checks that the files can be read at all; where one can't, says so and ends with exit code 2. */
export const checkDataFiles = (files: readonly string[], command: Command): void => {
  for (const file of files) {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found === undefined) command.error(`error: there is no file ${file}`, { exitCode: 2 });
    else if (!found.isFile()) command.error(`error: ${file} is not a file`, { exitCode: 2 });
  }
};

/** Reads data files against a folder, and works out what taking them over would change. */
export const importData = (
  files: readonly string[],
  folder: PartnershipFolder,
  existing: readonly Observation[] = folder.observations,
): DataImport => {
  const reading = readDataFiles(files, folder);
  const on = workingCalendar(folder.partnership.zone).dateOf(toInstant(systemClock.now()));
  return { reading, changes: mergeObservations(existing, reading.observations, on) };
};

/** Loads the figures of a folder, with what an import changes, into a deployed stage; the rest of it stays as it is. */
export const loadFigures = async (
  stage: Pick<DeployedStage, 'indicatorsOf'>,
  folder: PartnershipFolder,
  { observations }: Pick<ObservationChanges, 'observations'>,
): Promise<void> => stage.indicatorsOf(folder.partnership.id).load({ ...folder, observations });

export const importDataCommand = (): Command =>
  new Command('import-data')
    .description(
      'Take published figures (ONS, OHID Fingertips, DfE, LG Inform, or our own) into a partnership folder.',
    )
    .argument('<file...>', 'CSV files, recognised by their columns')
    .requiredOption('--partnership <folder>', 'the partnership folder whose observations.csv takes them')
    .option('--stage <stage>', 'load them into a deployed stage as well, such as production')
    .option('--dry-run', 'only show what would change')
    .option('--json', 'print what each file holds as JSON')
    .action(async (files: readonly string[], options: Options, command: Command) => {
      const { partnership: path, dryRun = false, json = false, stage: stageName } = options;
      checkDataFiles(files, command);
      const folderReading = openFolder(path, command);
      const { folder } = folderReading;
      if (folder === undefined) {
        process.stderr.write(findingsInWords(path, folderReading));
        process.exitCode = 1;
        return;
      }
      const { reading, changes } = importData(files, folder);
      const changed = changes.added.length + changes.corrected.length > 0;
      const usable = reading.unusable.length === 0;
      process.stdout.write(
        json
          ? `${JSON.stringify({ files: withPreview(reading.files, changes, folder) }, null, 2)}\n`
          : importInWords(reading.files, changes, folder),
      );
      const say = (text: string): void => {
        if (!json) process.stdout.write(`${text}\n`);
      };
      if (!usable) {
        process.exitCode = 1;
        say('Nothing was taken over, because a file could not be used. Give the others without it.');
        return;
      }
      if (dryRun) {
        say('This was a dry run: nothing was changed.');
        return;
      }
      if (changed) {
        writeObservations(path, changes.observations);
        say(`${path}/observations.csv now holds ${plural(changes.observations.length, 'figure')}.`);
      } else say('Nothing to change.');
      if (stageName !== undefined) {
        // The AWS SDK is loaded only where a stage is opened.
        const { openStage } = await import('./deployed-stage.ts');
        const stage = await openStage(stageName);
        await loadFigures(stage, folder, changes);
        say(`Loaded into ${stageName}.`);
      }
    });

const figureName = (
  { indicator, area, period }: Observation,
  { groups, partnership, indicators }: PartnershipFolder,
): string => {
  const group = groups.find((one) => one.area === area)?.name;
  const others: Readonly<Record<string, string>> = {
    [partnership.area.code]: partnership.area.name,
    [england]: 'England',
  };
  const name = indicators.find(({ id }) => id === indicator)?.name ?? indicator;
  return `${name}, ${group ?? others[area] ?? area}, ${periodLabel(period)}`;
};

const valueInWords = ({ value, suppressed }: Observation): string =>
  suppressed === true ? 'withheld' : String(value ?? 'no value');

const longestList = 30;

/** What will change, in lines: counts, then each correction with its old value. */
const previewLines = (changes: ObservationChanges, folder: PartnershipFolder): readonly string[] => [
  `${plural(changes.added.length, 'figure')} new, ${grouped(changes.corrected.length, 0)} corrected, ${grouped(changes.unchanged, 0)} unchanged.`,
  ...changes.corrected
    .slice(0, longestList)
    .map(({ before, after }) =>
      valueInWords(before) === valueInWords(after)
        ? `Completed: ${figureName(after, folder)}: interval, count, period or note as published now`
        : `Corrected: ${figureName(after, folder)}: ${valueInWords(before)} → ${valueInWords(after)}`,
    ),
  ...(changes.corrected.length > longestList
    ? [`and ${grouped(changes.corrected.length - longestList, 0)} more corrections`]
    : []),
];

/** The preview goes with the last file that was read, as files are taken over together. */
const withPreview = (
  files: readonly ImportedFile[],
  changes: ObservationChanges,
  folder: PartnershipFolder,
): readonly ImportedFile[] =>
  files.map((file, index) =>
    index < files.length - 1 || file.format === null
      ? file
      : { ...file, messages: [...file.messages, ...previewLines(changes, folder)] },
  );

/** What each file holds, for people. */
const importInWords = (
  files: readonly ImportedFile[],
  changes: ObservationChanges,
  folder: PartnershipFolder,
): string => {
  const lines: string[] = [];
  for (const { file, format, rows, accepted, skipped, indicators, areas, messages } of files) {
    lines.push(styleText('bold', file));
    lines.push(
      format === null
        ? `  ${styleText('red', 'not used')}`
        : `  ${format}: ${plural(rows, 'row')}, ${grouped(accepted, 0)} taken; ${plural(indicators.length, 'indicator')}, ${plural(areas.length, 'area')}`,
    );
    for (const [reason, count] of Object.entries(skipped).sort(([, one], [, other]) => other - one))
      lines.push(`  ${grouped(count, 0).padStart(9)}  ${reason}`);
    for (const message of messages) lines.push(`  ${message}`);
    lines.push('');
  }
  const usable = files.every(({ format }) => format !== null);
  if (usable)
    lines.push(
      styleText('bold', 'Altogether'),
      ...previewLines(changes, folder).map((line) => `  ${line}`),
      '',
    );
  if (usable && changes.added.length > 0) {
    lines.push(styleText('bold', 'New figures'));
    for (const one of changes.added.slice(0, longestList))
      lines.push(`  ${figureName(one, folder)}: ${valueInWords(one)}`);
    if (changes.added.length > longestList)
      lines.push(`  and ${grouped(changes.added.length - longestList, 0)} more`);
    lines.push('');
  }
  return `${lines.join('\n')}\n`;
};
