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
  const delivered: string[] = [];
  const emails = join(folder, name);
  const outbox = new Outbox(
    writesAtOnce(),
    emails,
    () => '2026-09-16T09:00:00Z',
    ({ subject }, { raw }) => {
      delivered.push(`${subject}: ${new TextDecoder().decode(raw).slice(-3)}`);
    },
  );
  return { outbox, delivered, emails };
};

describe('the outbox', () => {
  test('writes an email whose bytes are there at once', async () => {
    const { outbox, delivered, emails } = opened('at-once');
    await outbox.send(emailTo('ann'));
    expect(delivered).toEqual(['To ann: ann']);
    expect(readFileSync(join(emails, '0001-minutes-ann.eml'), 'utf8')).toContain('To ann');
    expect(await outbox.deliver()).toBe(false);
  });

  test('delivers those whose bytes come later in sending order, whichever comes first', async () => {
    const { outbox, delivered, emails } = opened('later');
    const [first, second] = [Promise.withResolvers<Uint8Array>(), Promise.withResolvers<Uint8Array>()];
    await outbox.send(emailTo('ann', first.promise));
    await outbox.send(emailTo('bob', second.promise));
    second.resolve(bytes('bob'));
    await Promise.resolve();
    expect(delivered).toEqual([]);
    first.resolve(bytes('ann'));
    expect(await outbox.deliver()).toBe(true);
    expect(delivered).toEqual(['To ann: ann', 'To bob: bob']);
    expect(readdirSync(emails).sort()).toEqual(['0001-minutes-ann.eml', '0002-minutes-bob.eml']);
  });

  test('holds no more than some hundreds of them', async () => {
    const { outbox, delivered } = opened('many');
    const names = Array.from({ length: 1_000 }, (_, index) => String(100 + index).slice(-3));
    const waiting = names.values();
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (const name of waiting)
          await outbox.send(emailTo(name, new Promise((come) => setImmediate(come, bytes(name)))));
      }),
    );
    expect(delivered.length).toBeGreaterThan(500);
    await outbox.deliver();
    expect(delivered).toEqual(names.map((name) => `To ${name}: ${name}`));
  });

  test('keeps what went wrong with the first that failed, and delivers the others', async () => {
    const { outbox, delivered } = opened('failing');
    await outbox.send(emailTo('ann', Promise.reject(new Error('no such template'))));
    await outbox.send(emailTo('bob', Promise.resolve(bytes('bob'))));
    await outbox.deliver();
    expect(outbox.failure).toEqual(new Error('no such template'));
    expect(delivered).toEqual(['To bob: bob']);
  });
});
