import { parentPort } from 'node:worker_threads';

import { printForm } from '../shared/report/full-press.ts';
import type { PrintAnswer, PrintOrder } from './press-room.ts';

/** One after another: answers come in the order of the orders. */
let before: Promise<void> = Promise.resolve();

const answerTo = async ({ document, form }: PrintOrder): Promise<void> => {
  let answer: PrintAnswer;
  try {
    answer = { printed: await printForm(document, form) };
  } catch (error) {
    answer = { error: error instanceof Error ? error : new Error(String(error)) };
  }
  parentPort?.postMessage(answer, 'printed' in answer ? [answer.printed.body.buffer as ArrayBuffer] : []);
};

parentPort?.on('message', (order: PrintOrder) => {
  before = before.then(() => answerTo(order));
});
