import { parentPort } from 'node:worker_threads';

import type { MessageSetting } from '../shared/mail/messages.ts';
import { mostLetters, renderHere } from './pages/letters.ts';
import type { RenderAnswer, RenderOrder } from './post-office.ts';

let known: MessageSetting['partnership'] | undefined;
let letters = 0;

parentPort?.on('message', ({ message, sentAt, partnership = known }: RenderOrder) => {
  known = partnership;
  let answer: RenderAnswer;
  try {
    if (partnership === undefined) throw new Error('the partnership has to come with the first message');
    const { outgoing, letter } = renderHere(message, { partnership, sentAt });
    letters += 1;
    // Bytes of their own can be handed over; a slice of a shared buffer would take all of it along.
    answer = {
      rendered: {
        outgoing: { ...outgoing, raw: Uint8Array.from(outgoing.raw) },
        ...(letter === undefined || letters > mostLetters ? {} : { letter }),
      },
    };
  } catch (error) {
    answer = { error: error instanceof Error ? error : new Error(String(error)) };
  }
  const raw = 'rendered' in answer ? [answer.rendered.outgoing.raw.buffer as ArrayBuffer] : [];
  parentPort?.postMessage(answer, raw);
});
