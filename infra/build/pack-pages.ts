/**
 * Packs the compiled page templates for the web function. nunjucks compiles 60 kB of templates to 180 kB of code, which
 * repeats itself so much that it packs to 20 kB; the function unpacks it when the first page is shown, not when it starts. What is deployed
 * is chosen by the condition `lambda` in package.json's `imports`; everything else uses the templates as they are.
 */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

import { transformSync } from 'esbuild';

const folder = join(resolve(import.meta.dirname, '../..'), '.build/templates');

/** Reads the compiled pages in the folder, and writes the packed module beside them. Returns its size in bytes. */
export const packPages = (output = folder): number => {
  const source = readFileSync(join(output, 'pages.js'), 'utf8').replace(
    'export const templates = ',
    'return ',
  );
  // Assigned to something, as the minifier would leave out a value that nobody uses.
  const { code } = transformSync(`result = (() => {${source}})()`, { minify: true, target: 'node24' });
  const packed = brotliCompressSync(`(${code.slice('result='.length).replace(/;\s*$/, '')})`, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    },
  }).toString('base64');
  const module = `const packed = '${packed}';
let unpacked;
const all = () => {
  unpacked ??= process.getBuiltinModule('node:vm').runInThisContext(
    process.getBuiltinModule('node:zlib').brotliDecompressSync(Buffer.from(packed, 'base64')).toString('utf8'),
    { filename: 'pages.js' },
  );
  return unpacked;
};
export const templates = new Proxy({}, {
  get: (_, name) => all()[name],
  ownKeys: () => Object.keys(all()),
  getOwnPropertyDescriptor: (_, name) => Object.getOwnPropertyDescriptor(all(), name),
});
`;
  writeIfChanged(join(output, 'pages-packed.js'), module);
  return module.length;
};

const writeIfChanged = (file: string, content: string): void => {
  if (!existsSync(file) || readFileSync(file, 'utf8') !== content) writeFileSync(file, content);
};
