import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readMessage } from '../../shared/inbound/incoming-message.ts';
import { readReply } from '../../shared/inbound/read-reply.ts';
import { readWords } from '../../shared/inbound/read-words.ts';
import { mutated } from './mutate.ts';

const answers = ['accept', 'decline', 'tentative', 'substitute', 'counter', 'action-update', 'unclear'];

describe('whatever comes', () => {
  it('is read without an error, though its MIME be broken', async () => {
    for (let seed = 1; seed <= 1_500; seed += 1) {
      const reading = readReply(await readMessage(mutated(seed)));
      if (!answers.includes(reading.answer)) throw new Error(`seed ${String(seed)}: ${reading.answer}`);
      if (reading.automatic !== null && reading.answer !== 'unclear')
        throw new Error(`seed ${String(seed)}: a machine's message was taken as an answer`);
    }
  });

  it('is read without an error, though it be any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (bytes) => {
        expect(answers).toContain(readReply(await readMessage(bytes)).answer);
      }),
      { numRuns: 200 },
    );
  });

  it('is read in words in little time, however long and odd its lines', () => {
    const odd = fc.array(
      fc.constantFrom(
        'i ',
        "can't ",
        'be ',
        'also ',
        'only ',
        'come ',
        'Jo ',
        'Smith ',
        '(',
        '<',
        ', ',
        '. ',
        '\n',
        '~ ',
        'if ',
        'no ',
      ),
      { maxLength: 1_500 },
    );
    fc.assert(
      fc.property(odd, (words) => {
        const before = process.cpuUsage();
        readWords(words.join(''));
        const { user } = process.cpuUsage(before);
        expect(user).toBeLessThan(500_000);
      }),
      { numRuns: 60 },
    );
  });
});
