import { Worker } from 'node:worker_threads';

import type { ReportDocument } from '../shared/report/document.ts';
import { endingOf, type Printed } from '../shared/report/full-press.ts';
import { pagePress } from '../shared/report/page-press.ts';
import { canTypeset } from '../shared/report/pdf.ts';
import { contentTypes, type FileEnding, type Press, type PrintedForm } from '../shared/report/press.ts';
import type { Documents } from '../shared/store/documents.ts';

/** What the thread is asked: to print a form of a document. */
export interface PrintOrder {
  readonly document: ReportDocument;
  readonly form: PrintedForm;
}

/** What it answers, in the order in which it was asked. */
export type PrintAnswer = { readonly printed: Printed } | { readonly error: Error };

/**
 * Makes the PDF and Word files on a thread of its own, beside the play, which does not wait for them: `finished` does.
 * The page is there at once.
 */
export class PressRoom implements Press {
  readonly #worker = new Worker(new URL('./press-room-worker.ts', import.meta.url));
  readonly #orders: PromiseWithResolvers<Printed>[] = [];
  readonly #kept: Promise<void>[] = [];
  readonly #forms: readonly PrintedForm[] = canTypeset() ? ['pdf', 'docx'] : ['docx'];
  readonly #waits: boolean;

  /** @param waits whether `publish` waits for all forms, for readers who may ask for one next */
  constructor({ waits }: { readonly waits: boolean }) {
    this.#waits = waits;
    // The rehearsal ends when it ends, and not when the thread does.
    this.#worker.unref();
    this.#worker.on('message', (answer: PrintAnswer) => {
      const order = this.#orders.shift();
      if (this.#orders.length === 0) this.#worker.unref();
      if ('printed' in answer) order?.resolve(answer.printed);
      else order?.reject(answer.error);
    });
    this.#worker.on('error', (error) => {
      for (const order of this.#orders.splice(0)) order.reject(error);
    });
  }

  async publish(
    document: ReportDocument,
    name: string,
    documents: Documents,
  ): Promise<readonly FileEnding[]> {
    await pagePress.publish(document, name, documents);
    const kept = this.#forms.map(async (form) => {
      const { ending, body } = await this.#print({ document, form });
      await documents.put(`${name}.${ending}`, body, contentTypes[ending]);
    });
    this.#kept.push(...kept);
    if (this.#waits) await Promise.all(kept);
    return ['html', ...this.#forms.map((form) => endingOf(document, form))];
  }

  /** @throws {Error} when a form could not be made */
  async finished(): Promise<void> {
    await Promise.all(this.#kept);
    await this.#worker.terminate();
  }

  #print(order: PrintOrder): Promise<Printed> {
    const printed = Promise.withResolvers<Printed>();
    this.#orders.push(printed);
    this.#worker.ref();
    this.#worker.postMessage(order);
    return printed.promise;
  }
}
