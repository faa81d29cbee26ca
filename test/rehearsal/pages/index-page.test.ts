import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'node-html-parser';
import { beforeAll, expect, it } from 'vitest';

import { writeDocuments } from '../../../rehearsal/documents.ts';
import { writeIndexPage, writeLetters } from '../../../rehearsal/pages/index-page.ts';
import { play } from '../../../rehearsal/play.ts';
import { writesAtOnce } from '../../../rehearsal/threads/files.ts';
import { firstCycle, newFolder, twoGroups } from './browse.ts';

const played = async () => {
  const out = newFolder();
  const manner = { seed: 'pages' };
  const { world, cycles } = await play({ folder: twoGroups(), firstCycle, cycles: 1, manner, out });
  await writeDocuments(world, cycles, out, 'usual');
  writeFileSync(join(out, 'summary.json'), '{}');
  await writeIndexPage(world, cycles, out, await writeLetters(world, out, writesAtOnce()));
  return { out, sent: world.outbox.sent, html: readFileSync(join(out, 'index.html'), 'utf8') };
};

let page: Awaited<ReturnType<typeof played>>;
beforeAll(async () => {
  page = await played();
});

it('shows every email once, with what its reader saw beside it', () => {
  const letters = parse(page.html).querySelectorAll('details[data-kind]');
  expect(letters.map((letter) => letter.getAttribute('id')).sort()).toEqual(
    page.sent.map(({ number }) => `email-${String(number)}`).sort(),
  );
  for (const { file, subject } of page.sent) {
    const html = readFileSync(join(page.out, 'emails', file.replace('.eml', '.html')), 'utf8');
    expect(parse(html).querySelector('title')?.text).toBe(subject);
  }
});

it('leads only to what is there, and loads nothing from elsewhere', () => {
  const document = parse(page.html);
  const addresses = document
    .querySelectorAll('a, iframe')
    .map((element) => element.getAttribute('href') ?? element.getAttribute('src') ?? '');
  expect(addresses.length).toBeGreaterThan(50);
  for (const address of addresses)
    if (address.startsWith('#')) expect(document.querySelector(address)).not.toBeNull();
    else expect(existsSync(join(page.out, decodeURIComponent(address))), address).toBe(true);
  expect(document.querySelectorAll('link, script[src], img')).toEqual([]);
});

it('tells the way of each LCPG, and lists the documents', () => {
  const text = parse(page.html).structuredText;
  for (const said of [
    'Ashford',
    'Canterbury',
    'Key messages of the CHWB of 16 September 2026',
    'The minutes came in',
    'Report to the board',
    'Chairs Group pack',
    'and the cycle closed',
  ])
    expect(text).toContain(said);
});

it('has the same bytes for the same seed', async () => {
  const again = await played();
  expect(again.html).toBe(page.html);
  const letters = globSync('emails/*.html', { cwd: page.out });
  expect(letters.length).toBe(page.sent.length);
  for (const letter of letters)
    expect(readFileSync(join(again.out, letter), 'utf8')).toBe(readFileSync(join(page.out, letter), 'utf8'));
});
