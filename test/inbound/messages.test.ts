import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { readMessage } from '../../shared/inbound/incoming-message.ts';
import type { ReplyReading } from '../../shared/inbound/read-reply.ts';
import { readReply } from '../../shared/inbound/read-reply.ts';

const folder = join(import.meta.dirname, 'messages');
const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Record<
  string,
  Partial<ReplyReading>
>;

it('has an expectation for every message', () => {
  const messages = readdirSync(folder).filter((file) => file.endsWith('.eml'));
  expect(messages.map((file) => file.slice(0, -4)).sort()).toEqual(Object.keys(expected).sort());
});

it.each(Object.entries(expected))('%s', async (name, reading) => {
  const read = readReply(await readMessage(readFileSync(join(folder, `${name}.eml`))));
  expect(read).toMatchObject(reading);
  expect(read.reasons.length).toBeGreaterThan(0);
});
