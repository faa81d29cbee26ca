import { Worker } from 'node:worker_threads';

import type { Message, MessageSetting } from '../shared/mail/messages.ts';
import type { Rendered } from './pages/letters.ts';

/** What the thread is asked: to render a message. The partnership travels once. */
export interface RenderOrder {
  readonly message: Message;
  readonly sentAt: string;
  readonly partnership?: MessageSetting['partnership'];
}

/** What it answers, in the order in which it was asked. */
export type RenderAnswer = { readonly rendered: Rendered } | { readonly error: Error };

/**
 * Renders emails on a thread of its own, beside the play: half of what a large rehearsal has to do is the words of its
 * emails. Answers come in the order of the orders, so that every run goes the same way.
 */
export class PostOffice {
  readonly #worker = new Worker(new URL('./post-office-worker.ts', import.meta.url));
  readonly #orders: PromiseWithResolvers<Rendered>[] = [];
  #known: MessageSetting['partnership'] | undefined;

  constructor() {
    // The play ends when it ends, and not when the thread does.
    this.#worker.unref();
    this.#worker.on('message', (answer: RenderAnswer) => {
      const order = this.#orders.shift();
      if (this.#orders.length === 0) this.#worker.unref();
      if ('rendered' in answer) order?.resolve(answer.rendered);
      else order?.reject(answer.error);
    });
    this.#worker.on('error', (error) => {
      for (const order of this.#orders.splice(0)) order.reject(error);
    });
  }

  readonly render = (message: Message, { partnership, sentAt }: MessageSetting): Promise<Rendered> => {
    const order = Promise.withResolvers<Rendered>();
    this.#orders.push(order);
    this.#worker.ref();
    const asked: RenderOrder =
      partnership === this.#known ? { message, sentAt } : { message, sentAt, partnership };
    this.#known = partnership;
    this.#worker.postMessage(asked);
    return order.promise;
  };

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
