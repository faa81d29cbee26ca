import type { ReportDocument } from '../../shared/report/document.ts';
import type { Printed } from '../../shared/report/full-press.ts';
import { pagePress } from '../../shared/report/page-press.ts';
import { canTypeset } from '../../shared/report/pdf.ts';
import { contentTypes, type FileEnding, type Press, type PrintedForm } from '../../shared/report/press.ts';
import { endingOf } from '../../shared/report/volumes.ts';
import type { Documents } from '../../shared/store/documents.ts';
import { Thread } from './thread.ts';

/** What a thread is asked: to print a form of a document. */
export interface PrintOrder {
  readonly document: ReportDocument;
  readonly form: PrintedForm;
}

const printer = () => new Thread<PrintOrder, Printed>(new URL('./press-room-worker.ts', import.meta.url));

/**
 * Makes the PDF and Word files on a thread each, beside the play, which does not wait for them: `finished` does. The
 * page is there at once.
 */
export class PressRoom implements Press {
  readonly #printers = new Map<PrintedForm, Thread<PrintOrder, Printed>>();
  readonly #kept: Promise<void>[] = [];
  readonly #waits: boolean;

  /** @param waits whether `publish` waits for all forms, for readers who may ask for one next */
  constructor({ waits }: { readonly waits: boolean }) {
    this.#waits = waits;
    const forms: readonly PrintedForm[] = canTypeset() ? ['pdf', 'docx'] : ['docx'];
    for (const form of forms) this.#printers.set(form, printer());
  }

  async publish(
    document: ReportDocument,
    name: string,
    documents: Documents,
  ): Promise<readonly FileEnding[]> {
    await pagePress.publish(document, name, documents);
    const kept = [...this.#printers].map(async ([form, thread]) => {
      const { ending, body } = await thread.ask({ document, form });
      await documents.put(`${name}.${ending}`, body, contentTypes[ending]);
    });
    this.#kept.push(...kept);
    if (this.#waits) await Promise.all(kept);
    return ['html', ...[...this.#printers.keys()].map((form) => endingOf(document, form))];
  }

  /** @throws {Error} when a form could not be made */
  async finished(): Promise<void> {
    await Promise.all(this.#kept);
    await Promise.all([...this.#printers.values()].map((thread) => thread.close()));
  }
}
