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

type Printer = Thread<PrintOrder, Printed>;

const printer = (): Printer => new Thread(new URL('./press-room-worker.ts', import.meta.url));

/** The forms that take longest come first, so that no thread is left with one at the end. */
const longestFirst: readonly Form[] = ['pdf', 'docx', 'xlsx', 'html', 'csv'];

/** What waits for a printer. */
interface Waiting {
  readonly order: PrintOrder;
  readonly printed: PromiseWithResolvers<Printed>;
}

/**
 * Makes documents on threads: each form when somebody wants it, or, for a play that nobody watches, those that are ordered
 * when it is over, so that it has the machine to itself. Each thread takes the next order when it has done one.
 */
export class PressRoom {
  readonly #printers = [printer(), printer()];
  readonly #idle: Printer[] = [...this.#printers];
  readonly #waiting: Waiting[] = [];
  readonly #later: (() => Promise<void>)[] = [];
  readonly #isOrdered: ((name: string, form: Form) => boolean) | undefined;

  /** @param isOrdered which forms of a document {@link finished} makes; without it, documents are there at once */
  constructor(isOrdered?: (name: string, form: Form) => boolean) {
    this.#isOrdered = isOrdered;
  }

  /** The press of a rehearsal, which keeps its documents in memory. */
  readonly into = (documents: MemoryDocuments): Press => ({
    publish: (publication, name) => {
      const made = formsOf(publication)
        .filter((form) => form !== 'pdf' || canTypeset())
        .map((form) => ({ form, ending: endingOf(publication, form) }));
      const put = (): void => {
        for (const { form, ending } of made)
          documents.putWhenWanted(`${name}.${ending}`, contentTypes[ending], () =>
            this.#print(publication, form),
          );
      };
      const isOrdered = this.#isOrdered;
      if (isOrdered === undefined) put();
      else
        this.#later.push(async () => {
          put();
          const ordered = made.filter(({ form }) => isOrdered(name, form));
          await Promise.all(ordered.map(({ ending }) => documents.get(`${name}.${ending}`)));
        });
      return Promise.resolve(made.map(({ ending }) => ending));
    },
  });

  /**
   * Makes what was ordered.
   * @throws {Error} when a form could not be made
   */
  async finished(): Promise<void> {
    await Promise.all(this.#later.splice(0).map((make) => make()));
  }

  /** Ends the threads; nothing can be made any more. */
  async close(): Promise<void> {
    await Promise.all(this.#printers.map((one) => one.close()));
  }

  async #print(publication: Publication, form: Form): Promise<Uint8Array> {
    const printed = Promise.withResolvers<Printed>();
    const place = longestFirst.indexOf(form);
    const before = this.#waiting.findLastIndex(({ order }) => longestFirst.indexOf(order.form) <= place);
    this.#waiting.splice(before + 1, 0, { order: { publication, form }, printed });
    // What is ordered at the same time is sorted first.
    queueMicrotask(() => {
      this.#handOut();
    });
    return (await printed.promise).body;
  }

  #handOut(): void {
    for (;;) {
      const [first] = this.#waiting;
      const idle = first === undefined ? undefined : this.#idle.pop();
      if (first === undefined || idle === undefined) return;
      this.#waiting.shift();
      idle
        .ask(first.order)
        .then(first.printed.resolve, first.printed.reject)
        .finally(() => {
          this.#idle.push(idle);
          this.#handOut();
        });
    }
  }
}
