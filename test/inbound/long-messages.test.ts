import { expect, it } from 'vitest';

import { readMessage } from '../../shared/inbound/incoming-message.ts';
import { readReply } from '../../shared/inbound/read-reply.ts';

const thread = '> We met, and agreed what follows for the next weeks of this term.\r\n'.repeat(3_000);
const document = Buffer.from('A document. '.repeat(20_000));
const file = document.toString('base64').replace(/.{76}/gu, '$&\r\n');

/** A reply above a thread of 200 kB, with a document. */
const reply = (textHeader: string): Buffer =>
  Buffer.from(
    `From: Jo <jo@example.org>\r\nSubject: Re: minutes\r\nContent-Type: multipart/mixed; boundary="m"\r\n\r\n` +
      `--m\r\n${textHeader}\r\n\r\nYes I will be there\r\n\r\n${thread}` +
      `--m\r\nContent-Type: application/pdf; name="minutes.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n${file}\r\n--m--\r\n`,
  );

it('reads the answer above an endless thread, and the document under it whole', async () => {
  const message = await readMessage(reply('Content-Type: text/plain; charset=utf-8'));
  expect(message.text.length).toBeGreaterThan(60_000);
  expect(message.text.length).toBeLessThan(100_000);
  expect(message.files.map(({ bytes }) => Buffer.from(bytes).equals(document))).toEqual([true]);
  expect(readReply(message, { about: 'attendance' }).answer).toBe('accept');
});

it('reads it where the thread is the message', async () => {
  const message = await readMessage(
    Buffer.from(
      `From: jo@example.org\r\nContent-Type: text/plain\r\n\r\nYes I will be there\r\n\r\n${thread}\r\n--\r\nJo\r\n`,
    ),
  );
  expect(message.text.length).toBeLessThan(100_000);
  expect(readReply(message, { about: 'attendance' }).answer).toBe('accept');
});

it.each([
  'Content-Type: text/plain\r\nContent-Disposition: attachment; filename="thread.txt"',
  'Content-Type: text/plain; name="thread.txt"\r\nContent-Disposition: inline; filename="thread.txt"',
  'Content-Type: application/octet-stream; name="thread.bin"',
])('leaves a file as it is: %s', async (header) => {
  const message = await readMessage(reply(header));
  const lengths = [message.text.length, ...message.files.map(({ bytes }) => bytes.length)];
  expect(Math.max(...lengths.filter((length) => length !== document.length))).toBeGreaterThan(200_000);
});
