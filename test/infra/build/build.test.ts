import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { fingerprintOf } from '../../../infra/build/build.ts';

const folderWith = (files: Readonly<Record<string, string>>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'build-'));
  mkdirSync(join(folder, 'pages'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
};

describe('what a build is made from', () => {
  const patterns = ['pages/**/*.njk', 'site.css'];
  const print = (files: Readonly<Record<string, string>>): string =>
    fingerprintOf(folderWith(files), patterns);
  const files = { 'pages/a.njk': 'one', 'pages/b.njk': 'two', 'site.css': 'a{}' };

  it('is the same for the same files, whatever else lies beside them', () => {
    expect(print({ ...files, 'other.txt': 'x' })).toBe(print(files));
  });

  it.each([
    ['a changed file', { ...files, 'pages/a.njk': 'three' }],
    ['a new file', { ...files, 'pages/c.njk': '' }],
    ['a renamed file', { 'pages/a.njk': 'one', 'pages/c.njk': 'two', 'site.css': 'a{}' }],
    ['a file that is gone', { 'pages/a.njk': 'one', 'site.css': 'a{}' }],
    ['text that moved from one file to the next', { ...files, 'pages/a.njk': 'onet', 'pages/b.njk': 'wo' }],
  ])('differs after %s', (_what, changed) => {
    expect(print(changed)).not.toBe(print(files));
  });
});
