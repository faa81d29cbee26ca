import { parentPort } from 'node:worker_threads';

import type { MessageSetting } from '../shared/mail/messages.ts';
import { mostLetters, renderHere } from './pages/letters.ts';
import type { RenderAnswer, RenderOrder } from './post-office.ts';

let known: MessageSetting['partnership'] | undefined;
let letters = 0;

parentPort?.on('message', ({ message, setting }: RenderOrder) => {
  const { partnership = known, ...rest } = setting;
  known = partnership;
  let answer: RenderAnswer;
  const handedOver: ArrayBuffer[] = [];
  try {
    if (partnership === undefined) throw new Error('the partnership has to come with the first message');
    const { outgoing, letter } = renderHere(message, { ...rest, partnership });
    letters += 1;
    // Bytes of their own can be handed over; a slice of a shared buffer would take all of it along.
    const raw = Uint8Array.from(outgoing.raw);
    handedOver.push(raw.buffer);
    answer = { written: letters > mostLetters ? { raw } : { raw, letter } };
  } catch (error) {
    answer = { error: error instanceof Error ? error : new Error(String(error)) };
  }
  parentPort?.postMessage(answer, handedOver);
});
