import type { Printed } from '../../shared/report/full-press.ts';
import { canTypeset } from '../../shared/report/pdf.ts';
import { contentTypes, type Form, formsOf, type Press, type Publication } from '../../shared/report/press.ts';
import { endingOf } from '../../shared/report/volumes.ts';
import type { MemoryDocuments } from '../../shared/store/memory-documents.ts';
import { Thread } from './thread.ts';

/** What a thread is asked: to print a form of a publication. */
export interface PrintOrder {
  readonly publication: Publication;
  readonly form: Form;
}

const printer = () => new Thread<PrintOrder, Printed>(new URL('./press-room-worker.ts', import.meta.url));

/**
 * Makes documents beside the play, which does not wait for them: `finished` does. PDFs, which take longest, have a thread
 * of their own. A form that nobody has ordered is made when somebody wants it.
 */
export class PressRoom {
  readonly #typesetter = printer();
  readonly #printer = printer();
  readonly #ordered: Promise<unknown>[] = [];
  readonly #isOrdered: (name: string, form: Form) => boolean;

  /** @param isOrdered which forms of a document are made as soon as it is published; none where nothing is said */
  constructor(isOrdered: (name: string, form: Form) => boolean = () => false) {
    this.#isOrdered = isOrdered;
  }

  /** The press of a rehearsal, which keeps its documents in memory. */
  readonly into = (documents: MemoryDocuments): Press => ({
    publish: (publication, name) => {
      const made = formsOf(publication)
        .filter((form) => form !== 'pdf' || canTypeset())
        .map((form) => {
          const ending = endingOf(publication, form);
          const order = this.#isOrdered(name, form) ? this.#print(publication, form) : undefined;
          if (order !== undefined) this.#ordered.push(order);
          documents.putWhenWanted(
            `${name}.${ending}`,
            contentTypes[ending],
            () => order ?? this.#print(publication, form),
          );
          return ending;
        });
      return Promise.resolve(made);
    },
  });

  /** @throws {Error} when a form that was ordered could not be made */
  async finished(): Promise<void> {
    await Promise.all(this.#ordered);
  }

  /** Ends the threads; nothing can be made any more. */
  async close(): Promise<void> {
    await Promise.all([this.#typesetter.close(), this.#printer.close()]);
  }

  async #print(publication: Publication, form: Form): Promise<Uint8Array> {
    const thread = form === 'pdf' ? this.#typesetter : this.#printer;
    const { body } = await thread.ask({ publication, form });
    return body;
  }
}
