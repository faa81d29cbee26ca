import { describe, expect, test } from 'vitest';

import type { Confirmation } from '../../../shared/domain/confirmation.ts';
import type { Cycle } from '../../../shared/domain/cycle.ts';
import type { Request } from '../../../shared/domain/request.ts';
import { Links } from '../../../shared/store/links.ts';
import { MemoryTable } from '../../../shared/store/memory-table.ts';
import { isToken, linkMaker, tokenHash } from '../../../shared/web-links/link-maker.ts';

const origin = 'https://lcpg.example.org';
const secret = (fill: number): Uint8Array => new Uint8Array(32).fill(fill);

const request = (id = 'one', person = 'mo'): Request => ({
  id,
  partnership: 'small',
  cycle: '2026-09-16',
  kind: 'attendance',
  person,
  subject: { body: 'ashford', round: 1 },
  openedAt: '2026-09-16T15:00:00Z',
  dueAt: '2026-09-30T15:00:00Z',
  expiresAt: '2026-10-01T09:00:00Z',
  acceptsUntil: '2026-10-01T09:00:00Z',
  stepsTaken: 0,
  machineWaits: false,
  revision: 1,
  state: 'open',
});

const setting = (fill = 7, partnership = 'small') => {
  const table = new MemoryTable();
  const links = new Links(table);
  return { table, links, maker: linkMaker(partnership, secret(fill), origin, links) };
};

const tokenOf = (link: string): string => link.slice(link.lastIndexOf('/') + 1);

describe('a link', () => {
  test('carries 256 bits in letters that an address may hold', async () => {
    const token = tokenOf(await setting().maker.toRequest(request()));
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(isToken(token)).toBe(true);
  });

  test('to the same is the same, so that a reminder carries it again', async () => {
    const { maker } = setting();
    const first = await maker.toRequest(request());
    expect(await maker.toRequest({ ...request(), stepsTaken: 2, revision: 3 })).toBe(first);
    expect(await setting().maker.toRequest(request())).toBe(first);
  });

  test('differs by what it opens, for whom, in which partnership, and under which secret', async () => {
    const { maker } = setting();
    const document = { key: 'one', fileName: 'a.pdf' };
    const links = await Promise.all([
      maker.toRequest(request()),
      maker.toRequest(request('two')),
      maker.toRequest(request('one', 'ann')),
      maker.toDocument(document, 'mo', '2026-10-01T09:00:00Z'),
      maker.toDocument(document, 'ann', '2026-10-01T09:00:00Z'),
      setting(8).maker.toRequest(request()),
      setting(7, 'other').maker.toRequest(request()),
    ]);
    expect(new Set(links.map(tokenOf)).size).toBe(links.length);
  });

  test('is stored by its hash: the token itself is nowhere in the table', async () => {
    const { table, links, maker } = setting();
    const token = tokenOf(await maker.toRequest(request()));
    const hash = tokenHash(token);
    expect(await links.find(hash)).toEqual({
      partnership: 'small',
      tokenHash: hash,
      target: { to: 'request', request: 'one', person: 'mo' },
      expiresAt: '2026-10-08T09:00:00Z',
    });
    const item = await table.get({ pk: `LINK#${hash}`, sk: 'LINK' });
    expect(JSON.stringify(item)).not.toContain(token);
    expect(await links.find(token)).toBeUndefined();
  });

  test('to a request opens until a week after answers are no longer taken', async () => {
    const { links, maker } = setting();
    const token = tokenOf(await maker.toRequest(request()));
    expect((await links.find(tokenHash(token)))?.expiresAt).toBe('2026-10-08T09:00:00Z');
  });

  test('to a document says what it is saved as, and ends when it is told to', async () => {
    const { links, maker } = setting();
    const link = await maker.toDocument({ key: 'k', fileName: 'report.html' }, 'mo', '2027-11-18T00:00:00Z');
    expect(link).toMatch(/^https:\/\/lcpg\.example\.org\/document\//);
    expect(await links.find(tokenHash(tokenOf(link)))).toMatchObject({
      target: { to: 'document', key: 'k', fileName: 'report.html', person: 'mo' },
      expiresAt: '2027-11-18T00:00:00Z',
    });
  });

  test('to a progress page is another for each person and each scope, and ends a week after the cycle', async () => {
    const { links, maker } = setting();
    const cycle = { id: '2026-09-16', moments: { nextBoardEnd: '2026-11-18T16:00:00Z' } } as Cycle;
    const made = await Promise.all([
      maker.toProgress({ of: 'partnership' }, cycle, 'sam'),
      maker.toProgress({ of: 'partnership' }, cycle, 'ann'),
      maker.toProgress({ of: 'group', group: 'ashford' }, cycle, 'ann'),
      maker.toProgress({ of: 'group', group: 'dover' }, cycle, 'ann'),
      maker.toProgress({ of: 'person' }, cycle, 'ann'),
    ]);
    expect(new Set(made.map(tokenOf)).size).toBe(made.length);
    expect(made[2]).toMatch(/^https:\/\/lcpg\.example\.org\/progress\//);
    expect(await links.find(tokenHash(tokenOf(made[2])))).toMatchObject({
      target: {
        to: 'progress',
        scope: { of: 'group', group: 'ashford' },
        cycle: '2026-09-16',
        person: 'ann',
      },
      expiresAt: '2026-11-25T16:00:00Z',
    });
  });

  test('is not made with a short secret', () => {
    expect(() => linkMaker('small', new Uint8Array(31), origin, new Links(new MemoryTable()))).toThrow(
      RangeError,
    );
  });
});

describe('a code that confirms', () => {
  const confirming = (link: string, verdict = 'sign'): Confirmation => ({
    partnership: 'small',
    link: tokenHash(link.slice(link.lastIndexOf('/') + 1)),
    person: 'mo',
    what: 'return-signoff',
    about: 'one',
    cycle: '2026-09-16',
    body: 'ashford',
    form: { verdict },
    state: 'pending',
    askedAt: ['2026-09-16T15:00:00Z'],
    number: 1,
    codeHash: null,
    wrong: 0,
    revision: 1,
  });

  test('is the same each time, and another for another answer or another code', async () => {
    const { maker } = setting();
    const confirmation = confirming(await maker.toRequest(request()));
    const { code, hash } = await maker.toCode(confirmation);
    expect(code).toMatch(/^\d{6}$/);
    expect(hash).not.toContain(code);
    expect(await maker.toCode(confirmation)).toEqual({ code, hash });
    const others = [
      { ...confirmation, form: { verdict: 'other' } },
      { ...confirmation, number: 2 },
      { ...confirmation, person: 'ann' },
    ];
    for (const other of others) expect((await maker.toCode(other)).hash).not.toBe(hash);
  });

  test('is not made for a link of another secret, or for none', async () => {
    const { maker, links } = setting();
    const confirmation = confirming(await maker.toRequest(request()));
    const other = linkMaker('small', secret(9), origin, links);
    await expect(other.toCode(confirmation)).rejects.toThrow('another secret');
    await expect(maker.toCode({ ...confirmation, link: 'none' })).rejects.toThrow('another secret');
  });
});

test.each(['', 'short', 'a'.repeat(42), 'a'.repeat(44), `${'a'.repeat(42)}/`, `${'a'.repeat(43)}\n`])(
  'what cannot be a token is none: %j',
  (text) => {
    expect(isToken(text)).toBe(false);
  },
);
