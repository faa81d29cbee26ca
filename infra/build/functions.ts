/**
 * Bundles every function in one go: minified CommonJS, which starts faster than modules do here, with the SDK that the
 * tests ran with. One build of all parses what they share once: two seconds, where a build for each takes a minute.
 */

import { build, type Plugin } from 'esbuild';
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { packedFunction } from './pack-templates.ts';

const root = resolve(import.meta.dirname, '../..');
const output = join(root, '.build/functions');
/** What stands in the bundles for parts of libraries that the functions do without; each file says why. */
const standIns = join(root, 'functions/stand-ins');

/** The folder of a function's bundle: `index.js` and its licences. */
export const bundleFolder = (file: string, folder = output): string => join(folder, file);

/** The functions that make documents: they carry a typesetter with its fonts, and run where it does, on x86_64. */
export const documentFunctions: ReadonlySet<string> = new Set([
  'workflow/send-pack',
  'workflow/share-return',
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

/** Node's own modules that cost a function's start most, and that nothing needs before the first call to AWS. */
const whenNeeded = ['node:crypto', 'node:fs/promises', 'node:https', 'node:os'];

/**
 * Stands before a bundle: these modules are loaded when something of them is first used. The SDK takes hold of
 * `getRandomValues` when it starts, so it gets a function that loads the other. esbuild gives a namespace the prototype
 * of its module, so that what it looks up there is lazy too.
 */
const loadWhenNeeded = `var require = ((load) => (name) => {
  if (!${JSON.stringify(whenNeeded)}.includes(name)) return load(name);
  const given = {
    __esModule: undefined,
    getRandomValues: (values) => load(name).getRandomValues(values),
  };
  const later = new Proxy(given, {
    get: (_, part) => (part in given ? given[part] : load(name)[part]),
    getPrototypeOf: () => later,
  });
  return later;
})(require);`;

/** Modules inside of libraries that others stand in for. */
const replacedModules = [
  { library: 'nodemailer', module: /\/mime-types\.js$/, by: 'no-mime-types.ts' },
  { library: 'nodemailer', module: /\/fetch\/index\.js$/, by: 'no-fetch.ts' },
  { library: 'postal-mime', module: /\/html-entities\.js$/, by: 'html-entities.ts' },
  {
    library: 'ical.js',
    module:
      /\/(?:binary|component|duration|module|period|recur|time|timezone_service|utc_offset|vcard_time)\.js$/,
    by: 'no-calendar-values.ts',
  },
] as const;

const replaceModules: Plugin = {
  name: 'replace-modules',
  setup(bundling) {
    for (const { library, module, by } of replacedModules)
      bundling.onResolve({ filter: module }, ({ importer }) =>
        importer.includes(join('node_modules', library)) ? { path: join(standIns, by) } : undefined,
      );
  },
};

/** The forms in which people answer repeat themselves: packed, they take a quarter, and nothing until a person writes. */
const packReader: Plugin = {
  name: 'pack-reader',
  setup(bundling) {
    bundling.onLoad({ filter: /\/shared\/inbound\/read-words\.ts$/ }, ({ path }) => ({
      contents: packedFunction(path, 'readWords'),
      loader: 'js',
    }));
  },
};

/** Bundles the functions of these files, each named without its ending, such as `workflow/open-cycle`. */
export const buildFunctions = async (files: readonly string[], folder = output): Promise<void> => {
  rmSync(folder, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: files.map((file) => ({ in: join('functions', `${file}.ts`), out: join(file, 'index') })),
    outdir: folder,
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
      '@aws-sdk/credential-provider-node': join(standIns, 'lambda-credentials.ts'),
      // For tables whose addresses have to be asked for, which ours have not.
      '@aws-sdk/endpoint-cache': join(standIns, 'no-endpoint-cache.ts'),
      // Its own comes with a second one in plain JavaScript, and tries out which of them works when a function starts.
      '@smithy/core/checksum': join(root, 'shared/aws/sign.ts'),
      'ical.js': join(standIns, 'ical-lines.js'),
      // Without worker threads, which none of these functions asks for.
      fflate: join(root, 'node_modules/fflate/esm/browser.js'),
    },
    // What is found beside the code is looked up from the bundle, which is no module.
    define: { 'import.meta.filename': '__filename' },
    inject: [join(standIns, 'crypto-when-needed.ts')],
    plugins: [replaceModules, packReader],
    banner: { js: loadWhenNeeded },
    legalComments: 'linked',
    logLevel: 'warning',
  });
  for (const file of files.filter((one) => documentFunctions.has(one)))
    addTypesetter(bundleFolder(file, folder));
  // So that they start from here as they do on Lambda, where no package.json makes modules of them.
  writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }\n');
};
