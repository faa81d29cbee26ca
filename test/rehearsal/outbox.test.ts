import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';

import { writesAtOnce } from '../../rehearsal/threads/files.ts';
import { Outbox } from '../../rehearsal/outbox.ts';
import type { OutgoingEmail } from '../../shared/mail/mailer.ts';

const folder = mkdtempSync(join(tmpdir(), 'outbox-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const bytes = (name: string) => new TextEncoder().encode(`Subject: To ${name}\r\n\r\n${name}`);

const emailTo = (name: string, raw: OutgoingEmail['raw'] = bytes(name)): OutgoingEmail => ({
  ledgerKey: `minutes|chwb|1|${name}`,
  from: 'lcpg@kent.example.org',
  to: `${name}@example.org`,
  messageId: `<${name}@kent.example.org>`,
  raw,
  tags: { 'ledger-key': '-', recipient: '-', partnership: '-' },
});

const opened = (name: string) => {
  const [gone, come]: [string[], string[]] = [[], []];
  const emails = join(folder, name);
  const outbox = new Outbox(
    writesAtOnce(),
    emails,
    () => '2026-09-16T09:00:00Z',
    (email, _outgoing, raw) => {
      gone.push(email.person);
      void Promise.resolve(raw).then((bytes) =>
        come.push(`${email.subject}: ${new TextDecoder().decode(bytes).slice(-3)}`),
      );
    },
  );
  return { outbox, gone, come, emails };
};

describe('the outbox', () => {
  test('writes an email whose bytes are there at once', async () => {
    const { outbox, gone, emails } = opened('at-once');
    await outbox.send(emailTo('ann'));
    expect(gone).toEqual(['ann']);
    expect(outbox.sent[0]?.subject).toBe('To ann');
    expect(readFileSync(join(emails, '0001-minutes-ann.eml'), 'utf8')).toContain('To ann');
  });

  test('does not wait for bytes that come later, and writes them under the number in which the emails went', async () => {
    const { outbox, gone, come, emails } = opened('later');
    const [first, second] = [Promise.withResolvers<Uint8Array>(), Promise.withResolvers<Uint8Array>()];
    await outbox.send(emailTo('ann', first.promise));
    await outbox.send(emailTo('bob', second.promise));
    expect(gone).toEqual(['ann', 'bob']);
    expect(outbox.sent.map(({ subject }) => subject)).toEqual(['', '']);
    second.resolve(bytes('bob'));
    first.resolve(bytes('ann'));
    await outbox.written();
    await Promise.resolve();
    expect(come.sort()).toEqual(['To ann: ann', 'To bob: bob']);
    expect(outbox.sent.map(({ subject }) => subject)).toEqual(['To ann', 'To bob']);
    expect(readdirSync(emails).sort()).toEqual(['0001-minutes-ann.eml', '0002-minutes-bob.eml']);
  });

  test('has those who send wait while some hundreds have not come', async () => {
    const { outbox, gone } = opened('many');
    const names = Array.from({ length: 1_000 }, (_, index) => String(100 + index).slice(-3));
    const letters = names.map(() => Promise.withResolvers<Uint8Array>());
    const waiting = names.entries();
    const all = Promise.all(
      Array.from({ length: 8 }, async () => {
        for (const [index, name] of waiting) await outbox.send(emailTo(name, letters[index]?.promise));
      }),
    );
    await new Promise((resolve) => setImmediate(resolve));
    expect(gone.length).toBeGreaterThan(100);
    expect(gone.length).toBeLessThan(500);
    for (const [index, name] of names.entries()) letters[index]?.resolve(bytes(name));
    await all;
    await outbox.written();
    expect(outbox.sent.map(({ subject }) => subject)).toEqual(names.map((name) => `To ${name}`));
  });

  test('keeps what went wrong with the first that failed, and writes the others', async () => {
    const { outbox, emails } = opened('failing');
    await outbox.send(emailTo('ann', Promise.reject(new Error('no such template'))));
    await outbox.send(emailTo('bob', Promise.resolve(bytes('bob'))));
    await outbox.written();
    expect(outbox.failure).toEqual(new Error('no such template'));
    expect(readdirSync(emails)).toEqual(['0002-minutes-bob.eml']);
  });
});
