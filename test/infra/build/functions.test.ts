import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { buildFunctions, bundleFolder } from '../../../infra/build/functions.ts';
import { readMessage } from '../../../shared/inbound/incoming-message.ts';
import { readReply } from '../../../shared/inbound/read-reply.ts';
import { compose } from '../../../shared/mail/compose.ts';
import { toMime } from '../../../shared/mail/mime.ts';
import { keptMessages } from '../../inbound/mutate.ts';
import { exampleMessages, exampleSetting } from '../../support/example-messages.ts';

const launcher = resolve(import.meta.dirname, '../../../bench/start-handler.cjs');

/** What the functions do with emails, bundled as they are, to be compared with the sources. */
const readsReplies = '../shared/inbound/read-reply';
const takesApart = '../shared/inbound/incoming-message';
const writesEmails = '../shared/mail/mime';
const composes = '../shared/mail/compose';

let folder: string;
const bundle = (file: string): string => join(bundleFolder(file, folder), 'index.js');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'functions-'));
  await buildFunctions(
    ['web/handle-request', 'mail/receive-mail', readsReplies, takesApart, writesEmails, composes],
    folder,
  );
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What a bundle of a source outside of `functions` exports: esbuild keeps its outputs inside of their folder. */
const bundled = (file: string): unknown => createRequire(import.meta.url)(bundle(file.replace('..', '_.._')));

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
  it.each([
    ['web/handle-request', 450_000],
    ['mail/receive-mail', 650_000],
  ])('of %s stays within %i bytes', (file, most) => {
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

  it('read replies as the sources do, with less of the libraries', async () => {
    const { readMessage: read } = bundled(takesApart) as { readonly readMessage: typeof readMessage };
    const { readReply: understand } = bundled(readsReplies) as { readonly readReply: typeof readReply };
    for (const [name, raw] of keptMessages)
      expect(understand(await read(raw)), name).toEqual(readReply(await readMessage(raw)));
  });

  it('write emails as the sources do, by what they unpack', () => {
    const { compose: word } = bundled(composes) as { readonly compose: typeof compose };
    const { toMime: write } = bundled(writesEmails) as { readonly toMime: typeof toMime };
    for (const message of Object.values(exampleMessages)) {
      const email = write(message, exampleSetting, word(message, exampleSetting));
      expect(email, message.kind).toEqual(toMime(message, exampleSetting, compose(message, exampleSetting)));
    }
  });
});
