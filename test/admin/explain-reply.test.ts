import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';

import { expect, it } from 'vitest';

const explain = (...args: string[]): { out: string; err: string; code: number | null } => {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['admin/admin.ts', 'explain-reply', ...args],
    { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } },
  );
  return { out: stdout, err: stderr, code: status };
};

it('prints what it makes of a message as JSON, and nothing else', () => {
  const { out, code } = explain('test/inbound/messages/text-gmail.eml', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual({
    automatic: null,
    bounce: null,
    channel: 'text',
    answer: 'substitute',
    attendee: 'jo.smith@ashford.example.org',
    substitute: { name: 'Sam Lee', email: null },
    uid: null,
    sequence: null,
    text: 'Apologies, Sam Lee will come instead',
    reasons: ['Quoted text, signatures and disclaimers were left out.', 'It says who comes instead.'],
  });
});

it('says by the verdicts whether the sender would be believed', () => {
  const file = 'test/inbound/messages/text-iphone.eml';
  expect(explain(file, '--verdicts', 'pass').out).toContain('The sender is believed: DMARC passed.');
  expect(explain(file, '--verdicts', 'dkim=pass,dmarc=gray').out).toContain(
    'it would be held, and the person asked by a link: DKIM passed, but not for the domain',
  );
  expect(explain(file, '--verdicts', 'fail').out).toContain('DMARC failed.');
});

it('explains a bounce to people', () => {
  const { out } = explain('test/inbound/messages/bounce-postfix.eml');
  expect(out).toContain('written by      a machine: a report that an email did not arrive');
  expect(out).toContain('did not arrive  jo.smith@ashford.example.org, for good (5.1.1)');
});

it.each([
  [['nowhere.eml'], 'error: there is no file nowhere.eml'],
  [['test'], 'error: test is a folder; give the file that holds the email'],
  [[], "error: missing required argument 'file'"],
  [
    ['test/inbound/messages/junk-empty.eml', '--verdicts', 'spf=yes'],
    '--verdicts: found “spf=yes”; expected pass, fail',
  ],
])('answers %j plainly, with exit code 2', (args, words) => {
  const { err, code } = explain(...args);
  expect(err).toContain(words);
  expect(err).not.toContain('    at ');
  expect(code).toBe(2);
});

it.each([
  ['message.msg', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'is a file of Outlook’s own kind'],
  ['minutes.docx', Buffer.from('PK\u0003\u0004\u0014\u0000'), 'is a document or an archive'],
])('says that %s is no email, and what to give instead', (name, bytes, words) => {
  const folder = mkdtempSync(join(tmpdir(), 'explain-'));
  writeFileSync(join(folder, name), bytes);
  const { err, code } = explain(join(folder, name));
  rmSync(folder, { recursive: true });
  expect(err).toContain(
    `${name} ${words}, no email; give the raw email, saved as .eml, or from “Show original”`,
  );
  expect(err).not.toContain('    at ');
  expect(code).toBe(2);
});
