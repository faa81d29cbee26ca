/**
 * Builds the files that the pages use: GOV.UK Frontend's style sheet, without the fonts that only services on GOV.UK
 * may use and without the rules of components that no page has, and our own few rules. The same input gives the same
 * bytes.
 */

import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

import { writeIfChanged } from './write-if-changed.ts';

const root = resolve(import.meta.dirname, '../..');

const systemFont = 'system-ui,-apple-system,Segoe UI,Roboto,Helvetica Neue,Arial,sans-serif';

/** Writes the module that `functions/web/assets.ts` reads. */
export const buildSiteAssets = (output = join(root, '.build/templates')): void => {
  mkdirSync(output, { recursive: true });
  const css = siteCss();
  const asset = {
    hash: createHash('sha256').update(css).digest('hex').slice(0, 12),
    contentType: 'text/css; charset=utf-8',
    gzip: gzipSync(css, { level: 9 }).toString('base64'),
  };
  writeIfChanged(
    join(output, 'assets.js'),
    `export const assets = {\n  "site.css": ${JSON.stringify(asset)},\n};\n`,
  );
  writeIfChanged(
    join(output, 'assets.d.ts'),
    'export declare const assets: Readonly<\n  Record<string, { readonly hash: string; readonly contentType: string; readonly gzip: string }>\n>;\n',
  );
};

export const siteCss = (): string => {
  const govuk = readFileSync(
    join(root, 'node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.css'),
    'utf8',
  )
    .replace(/@font-face\{[^}]*\}/g, '')
    .replaceAll('font-family:GDS Transport,arial,sans-serif', `font-family:${systemFont}`)
    .replace(/\/\*#.*?\*\//s, '');
  const own = readFileSync(join(root, 'functions/web/site.css'), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .trim();
  return `${withoutUnused(govuk, usedText())}\n${own}\n`;
};

/** Everything in which a page may name a class. */
const usedText = (): string =>
  globSync('functions/web/pages/*.njk', { cwd: root })
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n');

/**
 * Leaves out every rule all of whose selectors name a class of a component that no page names. A class that a template
 * puts together (`govuk-input--width-` and a number) counts by its beginning.
 */
export const withoutUnused = (css: string, used: string): string => {
  const named = new Set(used.match(/govuk-[\w-]+/g) ?? []);
  const beginnings = [...named].filter((name) => name.endsWith('-'));
  const isUsed = (name: string): boolean =>
    named.has(name) || beginnings.some((beginning) => name.startsWith(beginning));
  const keeps = (selector: string): boolean =>
    (selector.match(/\.(govuk-[\w-]+)/g) ?? []).every((name) => isUsed(name.slice(1)));
  return rulesOf(css)
    .map(({ head, body }) => {
      if (/^@(?:media|supports)/.test(head)) {
        const inner = withoutUnused(body, used);
        return inner === '' ? '' : `${head}{${inner}}`;
      }
      if (head.startsWith('@')) return body === '' ? `${head};` : `${head}{${body}}`;
      const kept = splitSelectors(head).filter(keeps);
      return kept.length === 0 ? '' : `${kept.join(',')}{${body}}`;
    })
    .join('');
};

/** The rules of a minified style sheet, those inside of an at-rule left as its body. */
const rulesOf = (css: string): readonly { readonly head: string; readonly body: string }[] => {
  const rules: { head: string; body: string }[] = [];
  let start = 0;
  while (start < css.length) {
    const open = css.indexOf('{', start);
    const end = css.indexOf(';', start);
    if (end >= 0 && (open < 0 || end < open)) {
      rules.push({ head: css.slice(start, end).trim(), body: '' });
      start = end + 1;
      continue;
    }
    if (open < 0) break;
    let depth = 1;
    let at = open + 1;
    for (; at < css.length && depth > 0; at += 1) depth += css[at] === '{' ? 1 : css[at] === '}' ? -1 : 0;
    rules.push({ head: css.slice(start, open).trim(), body: css.slice(open + 1, at - 1) });
    start = at;
  }
  return rules;
};

/** Selectors parted at their commas, but not at those inside of `:not(…)`. */
const splitSelectors = (head: string): readonly string[] => head.split(/,(?![^(]*\))/);
