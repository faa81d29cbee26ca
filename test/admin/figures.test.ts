import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

import type { ImportedFile } from '../../shared/import/data/account.ts';

const scratch = mkdtempSync(join(tmpdir(), 'figures-'));
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

const admin = (...args: string[]): { out: string; err: string; code: number | null } => {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['admin/admin.ts', ...args], {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { out: stdout, err: stderr, code: status };
};

const published = (name: string): string => join('test/shared/import/data/files', `${name}.csv`);

const plainHeader = 'indicator,area,period,value,lower,upper,count,denominator,note';
const plain = (name: string, ...lines: readonly string[]): string => {
  const path = join(scratch, name);
  writeFileSync(path, [plainHeader, ...lines, ''].join('\n'));
  return path;
};

describe('admin import-data', () => {
  const folder = join(scratch, 'kent');
  cpSync('examples/kent', folder, { recursive: true });
  const observations = (): string => readFileSync(join(folder, 'observations.csv'), 'utf8');
  const correction = plain('new.csv', 'gcse-english-and-maths,E07000105,2024-09-01/P1Y,73.1,,,,,');

  it('shows what would change and changes nothing in a dry run', () => {
    const before = observations();
    const { out, code } = admin('import-data', correction, '--partnership', folder, '--dry-run');
    expect(code).toBe(0);
    expect(out).toContain('observations: 1 row, 1 taken; 1 indicator, 1 area');
    expect(out).toContain('0 figures new, 1 corrected, 0 unchanged.');
    expect(out).toContain('Corrected: GCSEs in English and maths, Ashford, 2024 to 2025: 72.942 → 73.1');
    expect(out).toContain('This was a dry run: nothing was changed.');
    expect(observations()).toBe(before);
  });

  it('takes figures over once, keeps the old value with its day, and the folder stays sound', () => {
    expect(admin('import-data', correction, '--partnership', folder).code).toBe(0);
    const once = observations();
    expect(once).toMatch(
      /^gcse-english-and-maths,E07000105,2024-09-01\/P1Y,73\.1,,,,,,\d{4}-\d\d-\d\d: 72\.942$/mu,
    );
    const { out } = admin('import-data', correction, '--partnership', folder);
    expect(out).toContain('Nothing to change.');
    expect(observations()).toBe(once);
    expect(admin('check', folder).code).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(readdirSync('examples/kent').sort());
  });

  it('prints what each file holds as JSON', () => {
    const { out, code } = admin(
      'import-data',
      published('early-years'),
      published('persistent-absences-for-all-pupils'),
      '--partnership',
      'examples/kent',
      '--dry-run',
      '--json',
    );
    expect(code).toBe(0);
    const printed = JSON.parse(out) as { files: ImportedFile[] };
    expect(Object.keys(printed)).toEqual(['files']);
    const keys = ['file', 'format', 'rows', 'accepted', 'skipped', 'indicators', 'areas', 'messages'];
    for (const file of printed.files) expect(Object.keys(file)).toEqual(keys);
    expect(printed.files.map(({ file, accepted }) => [file, accepted])).toEqual([
      ['early-years.csv', 168],
      ['persistent-absences-for-all-pupils.csv', 0],
    ]);
  });

  it('takes nothing over where a file can’t be used', () => {
    const before = observations();
    const pdf = join(scratch, 'report.csv');
    writeFileSync(pdf, '%PDF-1.7 and more');
    const other = plain('other.csv', 'gcse-english-and-maths,E07000105,2024-09-01/P1Y,1,,,,,');
    const { out, code } = admin('import-data', other, pdf, '--partnership', folder);
    expect(code).toBe(1);
    expect(out).toContain('report.csv:1:1: the file is not CSV; found a PDF');
    expect(observations()).toBe(before);
  });

  it.each([
    [['nowhere.csv', '--partnership', 'examples/kent'], 'error: there is no file nowhere.csv'],
    [['examples', '--partnership', 'examples/kent'], 'error: examples is not a file'],
    [['package.json'], "error: required option '--partnership <folder>' not specified"],
  ])('answers %j plainly, with exit code 2', (args, words) => {
    const { err, code } = admin('import-data', ...args);
    expect(err).toContain(words);
    expect(code).toBe(2);
  });
});

interface Printed {
  readonly indicator: string;
  readonly [part: string]: unknown;
}

describe('admin dashboard', () => {
  const figures = (group: string, ...more: readonly string[]): readonly Printed[] => {
    const { out, err } = admin('dashboard', group, '--partnership', 'examples/kent', '--json', ...more);
    expect(err).toBe('');
    return JSON.parse(out) as readonly Printed[];
  };
  const figureOf = (printed: readonly Printed[], indicator: string): Printed | undefined =>
    printed.find((one) => one.indicator === indicator);

  it('prints a group’s figures, ranked among the twelve, as worked by hand from the published ones', () => {
    const thanet = figures('thanet');
    expect(figureOf(thanet, 'primary-reading-writing-maths')).toEqual({
      indicator: 'primary-reading-writing-maths',
      period: '2024-09-01/P1Y',
      value: 57,
      lower: null,
      upper: null,
      rank: 11,
      of: 12,
      joint: true,
      rag: 'red',
      direction: 'worsening',
      comparedWithCounty: null,
      suppressed: false,
      why: 'floor standard not met, and joint worst of 12',
    });
    expect(figureOf(figures('tunbridge-wells'), 'gcse-english-and-maths')).toMatchObject({
      value: 83.905,
      rank: 1,
      joint: false,
      rag: 'green',
    });
  });

  it('looks at further files, with intervals from counts, comparison and small numbers hidden', () => {
    const data = plain(
      'counts.csv',
      'gcse-english-and-maths,E07000105,2025-09-01/P1Y,81,,,81,100,',
      'gcse-english-and-maths,E07000106,2025-09-01/P1Y,3,,,3,100,',
      'gcse-english-and-maths,E07000107,2025-09-01/P1Y,70,66,74,,,',
      'gcse-english-and-maths,E10000016,2025-09-01/P1Y,70,,,7000,10000,',
    );
    const ashford = figureOf(figures('ashford', '--data', data), 'gcse-english-and-maths');
    expect(ashford).toMatchObject({ value: 81, rank: 1, of: 2, comparedWithCounty: 'better' });
    // Wilson's interval of 81 in 100.
    expect(Number(ashford?.['lower'])).toBeCloseTo(72.22, 2);
    expect(Number(ashford?.['upper'])).toBeCloseTo(87.49, 2);
    expect(figureOf(figures('canterbury', '--data', data), 'gcse-english-and-maths')).toMatchObject({
      value: null,
      rank: null,
      rag: null,
      suppressed: true,
    });
    expect(figureOf(figures('dartford', '--data', data), 'gcse-english-and-maths')).toMatchObject({
      lower: 66,
      upper: 74,
      comparedWithCounty: 'similar',
    });
  });

  it('prints every group’s figures for the county', () => {
    const county = figures('county');
    expect(county).toHaveLength(12 * 6 + 3);
    expect(county.filter(({ rank }) => rank === 1).length).toBeGreaterThanOrEqual(6);
    expect(Object.keys(county[0] ?? {})[0]).toBe('group');
  });

  it('shows tables for people', () => {
    const { out } = admin('dashboard', 'thanet', '--partnership', 'examples/kent');
    expect(out).toContain('joint 11th of 12');
    expect(out).toContain('■ red');
    expect(out).toContain('Literacy in the early years (priority): floor standard not met, and worst of 12');
    const county = admin('dashboard', 'county', '--partnership', 'examples/kent').out;
    expect(county).toContain('Where to look');
    expect(county).toContain('Kent 73.0%  ● 4 green  ▲ 4 amber  ■ 4 red');
  });

  it('lists the ids for a group that is none', () => {
    const { err, code } = admin('dashboard', 'thanett', '--partnership', 'examples/kent');
    expect(err).toContain('there is no group thanett; give one of ashford, canterbury, dartford');
    expect(code).toBe(2);
  });
});
