import { setImmediate } from 'node:timers';
import { Worker } from 'node:worker_threads';

/** What goes to a thread, several at a time; whoever does not wait for an answer gets none. */
export interface Asked<Order> {
  readonly order: Order;
  readonly answered: boolean;
}

/** What comes back, in the order in which it was asked. */
export type Answered<Answer> = { readonly answer: Answer } | { readonly error: Error };

/** What a thread makes is gone at once: a larger nursery than this only takes memory from the play. */
const maxYoungGenerationSizeMb = 48;

/** How many orders go to a thread together at most: to wake it for each takes longer than most of them. */
const together = 32;

/** A thread that does what it is told, one order after another. The process ends when it ends, and not when the thread does. */
export class Thread<Order, Answer> {
  readonly #worker: Worker;
  readonly #due: PromiseWithResolvers<Answer>[] = [];
  #gathered: Asked<Order>[] = [];
  #handsOver = false;

  /** @param work the module that the thread runs, which calls `takeOrders` */
  constructor(work: URL) {
    this.#worker = new Worker(work, { resourceLimits: { maxYoungGenerationSizeMb } });
    this.#worker.on('message', (answered: Answered<Answer>) => {
      const due = this.#due.shift();
      if (this.#due.length === 0) this.#worker.unref();
      if ('answer' in answered) due?.resolve(answered.answer);
      else due?.reject(answered.error);
    });
    this.#worker.on('error', (error) => {
      for (const due of this.#due.splice(0)) due.reject(error);
    });
    // Listening holds the process too.
    this.#worker.unref();
  }

  /** @throws {Error} what the thread says went wrong */
  ask(order: Order): Promise<Answer> {
    const due = Promise.withResolvers<Answer>();
    this.#due.push(due);
    this.#worker.ref();
    if (!this.#handsOver)
      setImmediate(() => {
        this.#handOver();
      });
    this.#handsOver = true;
    this.#gather({ order, answered: true });
    return due.promise;
  }

  /** Gives an order whose end nobody waits for: it goes with the next that somebody waits for, or when there are many. */
  tell(order: Order): void {
    this.#gather({ order, answered: false });
  }

  /** Ends the thread, whatever it is doing. */
  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #gather(asked: Asked<Order>): void {
    this.#gathered.push(asked);
    if (this.#gathered.length === together) this.#handOver();
  }

  #handOver(): void {
    this.#handsOver = false;
    if (this.#gathered.length > 0) this.#worker.postMessage(this.#gathered);
    this.#gathered = [];
  }
}
