import { Command } from 'commander';

import { findingsInWords } from '../shared/import/findings-in-words.ts';
import type { FolderReading } from '../shared/import/read-folder.ts';
import { openFolder } from './open-folder.ts';

export const checkCommand = (): Command =>
  new Command('check')
    .description(
      'Check a partnership folder: tells every fault and every warning. Exit code 1 when there are faults.',
    )
    .argument('<folder>', 'the partnership folder, such as examples/kent')
    .option('--json', 'print the findings as JSON')
    .action((folder: string, { json = false }: { json?: boolean }, command: Command) => {
      const reading = openFolder(folder, command);
      process.stdout.write(json ? `${findingsAsJson(reading)}\n` : findingsInWords(folder, reading));
      if (reading.faults.length > 0) process.exitCode = 1;
    });

const findingsAsJson = ({ faults, warnings }: FolderReading): string =>
  JSON.stringify({ faults, warnings }, null, 2);
