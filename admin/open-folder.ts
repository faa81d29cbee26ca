import { statSync } from 'node:fs';

import type { Command } from 'commander';

import type { FolderReading } from '../shared/import/read-folder.ts';
import { readPartnershipFolder } from '../shared/import/read-folder.ts';

/** Reads the folder that a command was given; where there is none, says so and ends with exit code 2. */
export const openFolder = (folder: string, command: Command): FolderReading => {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found === undefined) return command.error(`error: there is no folder ${folder}`, { exitCode: 2 });
  if (!found.isDirectory())
    return command.error(`error: ${folder} is not a folder; give the folder that holds partnership.yaml`, {
      exitCode: 2,
    });
  return readPartnershipFolder(folder);
};
