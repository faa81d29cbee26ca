import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** Writes a file only when its content differs: watchers and test runners look at the time of the file. */
export const writeIfChanged = (file: string, content: string): void => {
  if (!existsSync(file) || readFileSync(file, 'utf8') !== content) writeFileSync(file, content);
};
