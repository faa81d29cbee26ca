import { writeFileSync } from 'node:fs';

import { Thread } from './thread.ts';

/** Who writes the files of a rehearsal, into folders that are there. */
export interface Files {
  write(path: string, body: string | Uint8Array): void;
  /** Waits while too much is still to be written. */
  room(): Promise<void>;
  /** What kept the first file from being written that could not be, as far as is known. */
  readonly failure: Error | undefined;
}

/** Writes each file before it goes on. */
export const writesAtOnce = (): Files => {
  let failure: Error | undefined;
  return {
    write(path, body) {
      try {
        writeFileSync(path, body);
      } catch (error) {
        failure ??= error as Error;
      }
    },
    room: () => Promise.resolve(),
    get failure() {
      return failure;
    },
  };
};

/** What the thread is told: to write a file, or to say what went wrong so far. */
export type FileOrder = { readonly path: string; readonly body: string | Uint8Array } | 'report';

/** What kept a file from being written. */
export type FileReport = Error | undefined;

/** How many files may go to the thread before it is asked how far it is: some 10 MB. */
const mostUnheard = 512;

/** Writes files on a thread of its own, in the order in which they come: making a file takes longer than handing it over. */
export class FileThread implements Files {
  failure: Error | undefined;
  readonly #thread = new Thread<FileOrder, FileReport>(new URL('./files-worker.ts', import.meta.url));
  #unheard = 0;
  #heard: Promise<void> = Promise.resolve();

  write(path: string, body: string | Uint8Array): void {
    this.#unheard += 1;
    // A part of a larger buffer would take all of it along.
    const own = typeof body === 'string' || body.byteLength === body.buffer.byteLength ? body : body.slice();
    this.#thread.tell({ path, body: own });
  }

  async room(): Promise<void> {
    if (this.#unheard < mostUnheard) return;
    this.#unheard = 0;
    // Asks now, and waits for the answer before: the thread never stands still.
    const before = this.#heard;
    this.#heard = this.#report();
    await before;
  }

  /** Ends the thread when everything is written. */
  async close(): Promise<void> {
    await this.#report();
    await this.#thread.close();
  }

  async #report(): Promise<void> {
    const report = await this.#thread.ask('report').catch((error: unknown) => error as Error);
    this.failure ??= report;
  }
}
