import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { tinyFolder } from '../shared/import/tiny-folder.ts';

const scratch = mkdtempSync(join(tmpdir(), 'rehearsal-'));
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

const folder = join(scratch, 'tiny');
mkdirSync(folder);
for (const [name, text] of Object.entries(tinyFolder)) writeFileSync(join(folder, name), text);

const dataFile = (name: string, ...lines: readonly string[]): string => {
  const path = join(scratch, name);
  writeFileSync(
    path,
    ['indicator,area,period,value,lower,upper,count,denominator,note', ...lines, ''].join('\n'),
  );
  return path;
};

const rehearse = (name: string, ...args: readonly string[]) => {
  const out = join(scratch, name);
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['rehearsal/start.ts', '--partnership', folder, '--answers', 'none', '--out', out, ...args],
    { encoding: 'utf8' },
  );
  return { out, stdout, stderr, status };
};

const reportIn = (out: string): string => readFileSync(join(out, 'report', 'board-report.html'), 'utf8');

describe('a rehearsal with published figures', () => {
  it('shows them in its report, and leaves the folder as it is', () => {
    const file = dataFile('new.csv', 'reading,E07000105,2025-09-01/P1Y,81.2,,,,,');
    const { out, stderr, status } = rehearse('with-data', '--data', file);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const report = reportIn(out);
    expect(report).toContain('81.2%');
    expect(report).toContain('2025 to 2026');
    expect(readFileSync(join(folder, 'observations.csv'), 'utf8')).toBe(tinyFolder['observations.csv']);
    expect(existsSync(join(out, 'papers.zip'))).toBe(true);
  });

  it('is refused by name where a file cannot be used, and writes nothing', () => {
    const { out, stderr, status } = rehearse('refused', '--data', join(scratch, 'nowhere.csv'));
    expect(status).not.toBe(0);
    expect(stderr).toContain('nowhere.csv');
    expect(existsSync(out)).toBe(false);
    const page = join(scratch, 'page.csv');
    writeFileSync(page, '<!doctype html><title>Not data</title>');
    const { stderr: told, status: code } = rehearse('refused', '--data', page);
    expect(code).not.toBe(0);
    expect(told).toContain('page.csv');
    expect(existsSync(out)).toBe(false);
  });
});
