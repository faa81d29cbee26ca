import type { Command } from 'commander';

import { whyNoFolder } from '../shared/import/folder-files.ts';
import type { FolderReading } from '../shared/import/read-folder.ts';
import { readPartnershipFolder } from '../shared/import/read-folder.ts';

/** Reads the folder that a command was given; where there is none, says so and ends with exit code 2. */
export const openFolder = (folder: string, command: Command): FolderReading => {
  const why = whyNoFolder(folder);
  return why === undefined ? readPartnershipFolder(folder) : command.error(`error: ${why}`, { exitCode: 2 });
};
