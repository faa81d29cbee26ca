import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const broken = mkdtempSync(join(tmpdir(), 'partnership-'));
cpSync('examples/kent', broken, { recursive: true });
const people = join(broken, 'people.csv');
writeFileSync(people, readFileSync(people, 'utf8').replace('amanda.oyelaran@', 'amanda.oyelaran'));
afterAll(() => {
  rmSync(broken, { recursive: true });
});

const admin = (...args: string[]): { out: string; err: string; code: number | null } => {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['admin/admin.ts', ...args], {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { out: stdout, err: stderr, code: status };
};

describe('admin check', () => {
  it('tells the warnings of a sound folder, what it holds, and ends well', () => {
    const { out, code } = admin('check', 'examples/kent');
    expect(code).toBe(0);
    expect(out).toContain(
      'partnership.yaml:119:9  warning: no member of gravesham stands for Housing\n    found none',
    );
    expect(out).toContain('no faults, 5 warnings. 12 groups, 176 people, 247 memberships, 6 cycles');
  });

  it('tells where faults are, what was found and what is expected, and fails', () => {
    const { out, code } = admin('check', broken);
    expect(code).toBe(1);
    expect(out).toContain(
      'people.csv:8:1  fault: email is not right\n    found “amanda.oyelaranexample.org”; expected an email address',
    );
    expect(out).toContain('memberships.csv:69:1  fault: there is no such person');
    expect(out.match(/^[a-z]+\.(?:csv|yaml)$/gmu)).toEqual([
      'partnership.yaml',
      'people.csv',
      'memberships.csv',
      'meetings.csv',
    ]);
    expect(out).toContain('2 faults, 5 warnings. Nothing can be loaded');
  });

  it('gives the same as JSON', () => {
    const { out, code } = admin('check', broken, '--json');
    expect(code).toBe(1);
    const { faults, warnings } = JSON.parse(out) as { faults: unknown[]; warnings: unknown[] };
    expect(faults[0]).toEqual({
      file: 'people.csv',
      line: 8,
      column: 1,
      message: 'email is not right',
      found: '“amanda.oyelaranexample.org”',
      expected: 'an email address, such as jo.smith@example.org',
    });
    expect([faults.length, warnings.length]).toEqual([2, 5]);
  });
});

describe('admin timetable', () => {
  it('shows each cycle’s dates in order, in local time, with what squeezes them', () => {
    const { out, code } = admin('timetable', 'examples/kent');
    expect(code).toBe(0);
    expect(out).toContain(
      'Cycle 2026-09-16\n  Wednesday 16 September 2026, 12:30pm  the CHWB ends and the cycle opens',
    );
    expect(out).toContain('Thursday 29 October 2026, 9am ');
    expect(out).toContain('No date yet (3 groups): Dover, Sevenoaks and Thanet');
    expect(out).toContain('Monday 21 December 2026 to Wednesday 23 December 2026: each is over Christmas');
    expect(out).toContain('warning: chairs-group: 2027-08-27 is in August');
    expect(out).toMatch(/\n6 cycles\.\n$/);
  });

  it('gives the same as JSON', () => {
    const { cycles } = JSON.parse(admin('timetable', 'examples/kent', '--json').out) as {
      cycles: { id: string; moments: { reportDue: string }; groups: unknown[] }[];
    };
    expect(cycles).toHaveLength(6);
    expect(cycles[0]).toMatchObject({
      id: '2026-09-16',
      moments: { opens: '2026-09-16T11:30:00Z', reportDue: '2026-11-10T17:00:00Z' },
    });
  });

  it('tells the faults instead of a folder that has some', () => {
    const { out, err, code } = admin('timetable', broken);
    expect([out, code]).toEqual(['', 1]);
    expect(err).toContain('people.csv:8:1  fault');
  });
});

it.each([
  [[], 'Usage: admin'],
  [['check'], "error: missing required argument 'folder'"],
  [['chek', 'x'], 'Did you mean check?'],
  [['check', 'nowhere'], 'error: there is no folder nowhere'],
  [['check', 'package.json'], 'error: package.json is not a folder'],
  [['check', 'examples/kent', '--jsn'], 'Did you mean --json?'],
  [['timetable', 'a', 'b'], 'error: too many arguments'],
])('answers %j plainly, with exit code 2', (args, words) => {
  const { err, code } = admin(...args);
  expect(err).toContain(words);
  expect(err).not.toContain('    at ');
  expect(code).toBe(2);
});
