import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { buildFunctions, bundleFolder } from '../../../infra/build/functions.ts';

const launcher = resolve(import.meta.dirname, '../../../bench/start-handler.cjs');

let folder: string;
const bundle = (file: string): string => join(bundleFolder(file, folder), 'index.js');

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'functions-'));
  buildFunctions(['web/handle-request'], folder);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Starts the web function as Lambda does, and asks it for a page. Gives its answer, and what of Node it loaded for it. */
const ask = (path: string): { readonly body: string; readonly loaded: readonly string[] } => {
  const witness = join(folder, 'witness.cjs');
  writeFileSync(witness, "process.on('exit', () => console.log(JSON.stringify(process.moduleLoadList)));\n");
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--require', witness, launcher, bundle('web/handle-request'), path],
    { encoding: 'utf8' },
  );
  expect(status, stderr).toBe(0);
  const lines = stdout.trim().split('\n');
  const loaded = JSON.parse(lines.pop() ?? '[]') as string[];
  return { body: lines.join('\n'), loaded };
};

describe('the bundles', () => {
  it.each([['web/handle-request', 450_000]])('of %s stays within %i bytes', (file, most) => {
    expect(statSync(bundle(file)).size).toBeLessThanOrEqual(most);
  });

  it('start without TLS and cryptography, which take a quarter of the time', () => {
    const { body, loaded } = ask('/health');
    expect(body).not.toBe('');
    for (const costly of ['crypto', 'https', 'tls', 'worker_threads', 'zlib'])
      expect(loaded).not.toContain(`NativeModule ${costly}`);
  });

  it('show a page by the templates and the runtime that they unpack', () => {
    const { body } = ask('/privacy');
    expect(body).toContain('<h1');
  });
});
