import { Worker } from 'node:worker_threads';

import type { Message, MessageSetting } from '../shared/mail/messages.ts';
import { addressed } from '../shared/mail/mime.ts';
import type { Letter, Rendered } from './pages/letters.ts';

/** What the thread is asked: to render a message. The partnership travels once. */
export interface RenderOrder {
  readonly message: Message;
  readonly setting: Omit<MessageSetting, 'partnership'> & Partial<MessageSetting>;
}

/** An email as it comes back; without what its reader sees where that would not be kept. */
export interface Written {
  readonly raw: Uint8Array;
  readonly letter?: Letter;
}

/** What it answers, in the order in which it was asked. */
export type RenderAnswer = { readonly written: Written } | { readonly error: Error };

/**
 * Renders emails on a thread of its own, beside the play: half of what a large rehearsal has to do is the words of its
 * emails. Answers come in the order of the orders.
 */
export class PostOffice {
  readonly #worker = new Worker(new URL('./post-office-worker.ts', import.meta.url));
  readonly #orders: PromiseWithResolvers<Written>[] = [];
  #known: MessageSetting['partnership'] | undefined;

  constructor() {
    // The play ends when it ends, and not when the thread does.
    this.#worker.unref();
    this.#worker.on('message', (answer: RenderAnswer) => {
      const order = this.#orders.shift();
      if (this.#orders.length === 0) this.#worker.unref();
      if ('written' in answer) order?.resolve(answer.written);
      else order?.reject(answer.error);
    });
    this.#worker.on('error', (error) => {
      for (const order of this.#orders.splice(0)) order.reject(error);
    });
  }

  readonly render = (message: Message, setting: MessageSetting): Rendered => {
    const order = Promise.withResolvers<Written>();
    this.#orders.push(order);
    this.#worker.ref();
    const { partnership, ...rest } = setting;
    const asked: RenderOrder = { message, setting: partnership === this.#known ? rest : setting };
    this.#known = partnership;
    this.#worker.postMessage(asked);
    const raw = order.promise.then((written) => written.raw);
    // An email that turns out to have gone before is not waited for.
    raw.catch(() => undefined);
    return {
      outgoing: { ...addressed(message, setting), raw },
      letter: order.promise.then(({ letter }) => letter),
    };
  };

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
