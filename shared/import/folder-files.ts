import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Where the files of a partnership folder come from. */
export interface FolderFiles {
  /** The bytes of a file, or undefined where there is no such file. */
  read(name: string): Uint8Array | undefined;
}

/** Why a path cannot be read as a partnership folder at all; undefined where it can. */
export const whyNoFolder = (path: string): string | undefined => {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return `there is no folder ${path}`;
  return found.isDirectory()
    ? undefined
    : `${path} is not a folder; give the folder that holds partnership.yaml`;
};

/** The files of a folder on disk. */
export const filesOnDisk = (folder: string): FolderFiles => ({
  read(name) {
    try {
      return readFileSync(join(folder, name));
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      // A folder of that name is no such file either.
      if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined;
      throw error;
    }
  },
});

/** Files that are already in memory: text or bytes by name. */
export const filesInMemory = (files: Readonly<Record<string, string | Uint8Array>>): FolderFiles => ({
  read(name) {
    const content = Object.hasOwn(files, name) ? files[name] : undefined;
    return typeof content === 'string' ? new TextEncoder().encode(content) : content;
  },
});
