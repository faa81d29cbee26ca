import { parentPort } from 'node:worker_threads';

import type { Answered, Asked } from './thread.ts';

/**
 * What the module of a {@link Thread} does: takes its orders, one after another.
 * @param handedOver what of an answer is handed over rather than copied
 */
export const takeOrders = <Order, Answer>(
  work: (order: Order) => Answer | Promise<Answer>,
  handedOver: (answer: Answer, order: Order) => readonly ArrayBuffer[] = () => [],
): void => {
  const done = async ({ order, answered }: Asked<Order>): Promise<void> => {
    let reply: Answered<Answer>;
    let transferred: readonly ArrayBuffer[] = [];
    try {
      const answer = await work(order);
      reply = { answer };
      transferred = handedOver(answer, order);
    } catch (error) {
      reply = { error: error instanceof Error ? error : new Error(String(error)) };
    }
    if (answered) parentPort?.postMessage(reply, transferred);
  };
  let before: Promise<void> = Promise.resolve();
  parentPort?.on('message', (gathered: readonly Asked<Order>[]) => {
    for (const asked of gathered) before = before.then(() => done(asked));
  });
};
