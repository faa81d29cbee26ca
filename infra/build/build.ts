/**
 * Builds what is generated, `.build/templates`: the compiled templates, as they are and packed, and the style sheet. Does
 * nothing when everything that they are made from is as it was at the last build.
 */

import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';

const root = resolve(import.meta.dirname, '../..');
const built = join(root, '.build/templates');
const stamp = join(built, 'built-from');

/** Everything that changes what is built: our sources, these scripts, and the packages by their lock. */
const sources = [
  'shared/mail/templates/**/*.njk',
  'functions/web/pages/**/*.njk',
  'functions/web/site.css',
  'shared/report/templates/**/*.{njk,typ}',
  'rehearsal/pages/templates/**/*.njk',
  'infra/build/*.ts',
  'package-lock.json',
];

/** One value for the content of all files that match, under a folder. */
export const fingerprintOf = (folder: string, patterns: readonly string[]): string => {
  const hash = createHash('sha256');
  const files = globSync([...patterns], { cwd: folder }).map((file) => file.replaceAll('\\', '/'));
  for (const file of files.sort((one, other) => (one < other ? -1 : 1)))
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(folder, file)))
      .update('\0');
  return hash.digest('hex');
};

/** Builds what is not up to date, and says what it did; undefined when nothing had to be done. */
export const build = async (): Promise<string | undefined> => {
  const fingerprint = fingerprintOf(root, sources);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return undefined;
  // A build that is broken off is none.
  rmSync(stamp, { force: true });
  const [{ buildPdfTemplate, buildTemplates }, { buildSiteAssets, siteCss }, { packTemplates }] =
    await Promise.all([import('./templates.ts'), import('./site-assets.ts'), import('./pack-templates.ts')]);
  const counts = Object.entries(buildTemplates()).map(([module, count]) => `${module}: ${String(count)}`);
  buildPdfTemplate();
  buildSiteAssets();
  const packed = packTemplates();
  writeFileSync(stamp, fingerprint);
  return `built: templates (${counts.join(', ')}), style sheet (${String(Buffer.byteLength(siteCss()))} bytes), packed (${String(packed)} bytes)`;
};

if (import.meta.main) {
  const done = await build();
  if (done !== undefined) process.stdout.write(`${done}\n`);
}
