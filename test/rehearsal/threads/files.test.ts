import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

import { afterAll, describe, expect, test } from 'vitest';

import { FileThread, writesAtOnce } from '../../../rehearsal/threads/files.ts';

const folder = mkdtempSync(join(tmpdir(), 'files-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('writing at once', () => {
  test('has written when it comes back, and keeps the first failure', () => {
    const files = writesAtOnce();
    files.write(join(folder, 'one.txt'), 'one');
    expect(readFileSync(join(folder, 'one.txt'), 'utf8')).toBe('one');
    files.write(join(folder, 'nowhere', 'first.txt'), '');
    files.write(join(folder, 'nowhere', 'second.txt'), '');
    expect(files.failure?.message).toMatch(/ENOENT.*first\.txt/);
  });
});

describe('writing on a thread', () => {
  test('has written everything when it is closed, the last of one name winning', async () => {
    const files = new FileThread();
    for (let index = 0; index < 1_500; index += 1) {
      files.write(join(folder, `${String(index)}.eml`), new TextEncoder().encode(`email ${String(index)}`));
      await files.room();
    }
    const part = new Uint8Array(100).fill(65).subarray(10, 13);
    files.write(join(folder, '7.eml'), part);
    await files.close();
    expect(files.failure).toBeUndefined();
    expect(readdirSync(folder).filter((name) => name.endsWith('.eml'))).toHaveLength(1_500);
    expect(readFileSync(join(folder, '1499.eml'), 'utf8')).toBe('email 1499');
    expect(readFileSync(join(folder, '7.eml'), 'utf8')).toBe('AAA');
  });

  test('says what kept a file from being written, and writes the others', async () => {
    const files = new FileThread();
    files.write(join(folder, 'nowhere', 'first.txt'), '');
    files.write(join(folder, 'after.txt'), 'after');
    await files.close();
    expect(files.failure?.message).toMatch(/ENOENT.*first\.txt/);
    expect(readFileSync(join(folder, 'after.txt'), 'utf8')).toBe('after');
  });

  test('keeps no process from ending', () => {
    const thread = new URL('../../../rehearsal/threads/files.ts', import.meta.url).href;
    const script = join(folder, 'open.mjs');
    writeFileSync(script, `import { FileThread } from '${thread}';\nnew FileThread();\n`);
    const { status } = spawnSync(process.execPath, [script], { timeout: 10_000 });
    expect(status).toBe(0);
  });

  test('says so before the end when it has more to do', async () => {
    const files = new FileThread();
    for (let index = 0; index < 5_000 && files.failure === undefined; index += 1) {
      files.write(join(folder, 'nowhere', `${String(index)}.txt`), '');
      await files.room();
    }
    expect(files.failure?.message).toMatch(/ENOENT/);
    await files.close();
  });
});
