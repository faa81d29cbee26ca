import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the files of a partnership folder come from. */
export interface FolderFiles {
  /** The bytes of a file, or undefined where there is no such file. */
  read(name: string): Uint8Array | undefined;
}

/** The files of a folder on disk. */
export const filesOnDisk = (folder: string): FolderFiles => ({
  read(name) {
    try {
      return readFileSync(join(folder, name));
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
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
