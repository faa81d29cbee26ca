/**
 * Bundles every function in one go: minified CommonJS, which starts faster than modules do here, with the SDK that the
 * tests ran with. One build of all parses what they share once: two seconds, where a build for each takes a minute.
 */

import { buildSync } from 'esbuild';
import { writeFileSync, rmSync } from 'node:fs';
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
    // Naming a condition takes `module` away, without which two copies of what the SDK shares come in.
    conditions: ['module', 'lambda'],
    // The SDK loads it for streams of events, which none of these functions asks for.
    external: ['@smithy/core/event-streams'],
    // The chain of credential providers brings the clients of four services that no function needs.
    alias: {
      '@aws-sdk/credential-provider-node': join(root, 'functions/lambda-credentials.ts'),
      'node:https': join(root, 'functions/https-when-needed.cjs'),
    },
    legalComments: 'linked',
    logLevel: 'warning',
  });
  // So that they start from here as they do on Lambda, where no package.json makes modules of them.
  writeFileSync(join(output, 'package.json'), '{ "type": "commonjs" }\n');
};
