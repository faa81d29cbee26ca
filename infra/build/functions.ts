/**
 * Bundles every function in one go: minified CommonJS, which starts faster than modules do here, with the SDK that the
 * tests ran with. One build of all parses what they share once: two seconds, where a build for each takes a minute.
 */

import { buildSync } from 'esbuild';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const output = join(root, '.build/functions');

/** The folder of a function's bundle: `index.js` and its licences. */
export const bundleFolder = (file: string): string => join(output, file);

/** Bundles the functions of these files, each named without its ending, such as `workflow/open-cycle`. */
export const buildFunctions = (files: readonly string[]): void => {
  rmSync(output, { recursive: true, force: true });
  buildSync({
    absWorkingDir: root,
    entryPoints: files.map((file) => ({ in: join('functions', `${file}.ts`), out: join(file, 'index') })),
    outdir: output,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node24',
    minify: true,
    mainFields: ['module', 'main'],
    conditions: ['lambda'],
    // The chain of credential providers brings the clients of four services that no function needs.
    alias: { '@aws-sdk/credential-provider-node': join(root, 'functions/lambda-credentials.ts') },
    legalComments: 'linked',
    logLevel: 'warning',
  });
};
