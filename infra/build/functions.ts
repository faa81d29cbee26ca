/**
 * Bundles every function in one go: minified CommonJS, which starts faster than modules do here, with the SDK that the
 * tests ran with. One build of all parses what they share once: two seconds, where a build for each takes a minute.
 */

import { buildSync } from 'esbuild';
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const output = join(root, '.build/functions');

/** The folder of a function's bundle: `index.js` and its licences. */
export const bundleFolder = (file: string): string => join(output, file);

/** The functions that make documents: they carry a typesetter with its fonts, and run where it does, on x86_64. */
export const documentFunctions: ReadonlySet<string> = new Set([
  'workflow/send-chairs-pack',
  'workflow/compile-report',
]);

/** Typst's compiler for Lambda's machines, whatever machine this is. */
const compiler = '@myriaddreamin/typst-ts-node-compiler-linux-x64-gnu';

/** What a typesetter consists of, below `node_modules`: 52 MB of native code, and the fonts that shared/report/pdf.ts names. */
const typesetterFiles = [
  `${compiler}/package.json`,
  `${compiler}/typst-ts-node-compiler.linux-x64-gnu.node`,
  '@expo-google-fonts/arimo/LICENSE_FONT',
  '@expo-google-fonts/arimo/400Regular/Arimo_400Regular.ttf',
  '@expo-google-fonts/arimo/700Bold/Arimo_700Bold.ttf',
];

/** @throws {Error} when this machine has not got Lambda's compiler, with the command that gets it */
const addTypesetter = (folder: string): void => {
  const modules = join(root, 'node_modules');
  if (!existsSync(join(modules, compiler)))
    throw new Error(
      `the functions that make documents need ${compiler}, which npm leaves out on this kind of machine. Get it with: npm install --no-save --force ${compiler}@0.7.0`,
    );
  for (const file of typesetterFiles) {
    const target = join(folder, 'node_modules', file);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(join(modules, file), target);
  }
};

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
      // For tables whose addresses have to be asked for, which ours have not.
      '@aws-sdk/endpoint-cache': join(root, 'functions/no-endpoint-cache.ts'),
      'node:https': join(root, 'functions/https-when-needed.cjs'),
    },
    // What is found beside the code is looked up from the bundle, which is no module.
    define: { 'import.meta.filename': '__filename' },
    legalComments: 'linked',
    logLevel: 'warning',
  });
  for (const file of files.filter((one) => documentFunctions.has(one))) addTypesetter(bundleFolder(file));
  // So that they start from here as they do on Lambda, where no package.json makes modules of them.
  writeFileSync(join(output, 'package.json'), '{ "type": "commonjs" }\n');
};
