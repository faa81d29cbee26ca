/**
 * Packs the compiled templates and nunjucks' runtime for the functions. nunjucks compiles the emails to 318 kB of code,
 * which repeats itself so much that it packs to 22 kB; a function unpacks it when it first writes an email or a page, not
 * when it starts. What is deployed is chosen by the condition `lambda` in package.json's `imports`; everything
 * else uses the templates and the runtime as they are.
 */

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

import { buildSync } from 'esbuild';

import { writeIfChanged } from './write-if-changed.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = join(root, '.build/templates');

/**
 * Compiled templates without the places in their sources, which nunjucks puts beside everything that they show. They are
 * numbers that do not repeat themselves: an eighth of what is packed, for an error that is logged by its name alone.
 */
const withoutPlaces = (compiled: string): string =>
  compiled
    .replaceAll(/lineno = \d+, colno = \d+, /gu, '')
    .replaceAll(/,\d+,\d+\), env\.opts\.autoescape/gu, ',0,0), env.opts.autoescape');

const templatesIn =
  (file: string) =>
  (output: string): string =>
    withoutPlaces(readFileSync(join(output, file), 'utf8'));

/** The name of what is packed, and the code that exports it under its name in the module. */
const packages = {
  pages: { exported: 'templates', code: templatesIn('pages.js') },
  email: { exported: 'templates', code: templatesIn('email.js') },
  report: { exported: 'templates', code: templatesIn('report.js') },
  runtime: { exported: 'default', code: () => `export { default } from 'nunjucks/browser/nunjucks-slim.js'` },
} as const;

type Packed = keyof typeof packages;

const minified = (code: string, output: string): string => {
  const { outputFiles } = buildSync({
    stdin: { contents: code, resolveDir: output },
    nodePaths: [join(root, 'node_modules')],
    bundle: true,
    format: 'cjs',
    minify: true,
    target: 'node24',
    legalComments: 'none',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
};

/** The beginning of a module that holds code packed: its `all()` is what the code exports under this name. */
const unpacking = (name: string, code: string, folder: string, exported: string): string => {
  const whole = `(()=>{const module={exports:{}};${minified(code, folder)};return module.exports${exported}})()`;
  const packed = brotliCompressSync(whole, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    },
  }).toString('base64');
  return `const packed = '${packed}';
let unpacked;
const all = () => {
  unpacked ??= process.getBuiltinModule('node:vm').runInThisContext(
    process.getBuiltinModule('node:zlib').brotliDecompressSync(Buffer.from(packed, 'base64')).toString('utf8'),
    { filename: '${name}.js' },
  );
  return unpacked;
};
`;
};

/** A module that exports the same, packed. */
const packedModule = (name: Packed, output: string): string => {
  const { exported, code } = packages[name];
  return `${unpacking(name, code(output), output, `.${exported}`)}const later = new Proxy({}, {
  get: (_, name) => all()[name],
  ownKeys: () => Object.keys(all()),
  getOwnPropertyDescriptor: (_, name) => Object.getOwnPropertyDescriptor(all(), name),
});
export { later as ${exported} };
`;
};

/**
 * A module of which only a function is wanted, packed with all that it imports: unpacked when the function is first called.
 * @param path of the module
 */
export const packedFunction = (path: string, name: string): string =>
  `${unpacking(name, `export { ${name} } from ${JSON.stringify(path)}`, root, '')}
export const ${name} = (...given) => all().${name}(...given);
`;

/**
 * Reads the compiled templates in the folder, and writes a packed module beside each, and one of the runtime. Returns
 * their size in bytes.
 */
export const packTemplates = (output = folder): number => {
  let bytes = 0;
  for (const name of Object.keys(packages) as Packed[]) {
    const module = packedModule(name, output);
    writeIfChanged(join(output, `${name}-packed.js`), module);
    bytes += module.length;
  }
  return bytes;
};
