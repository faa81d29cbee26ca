/**
 * Compiles the nunjucks templates of the emails and of the web pages to plain modules, so that what is deployed needs
 * nunjucks' slim runtime only and reads no file: `npm run build`. The same templates give the same bytes.
 */

import { existsSync, globSync, mkdirSync, readFileSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';

import nunjucks from 'nunjucks';
import type { Environment } from 'nunjucks';

import { writeIfChanged } from './write-if-changed.ts';

const root = resolve(import.meta.dirname, '../..');
const govukFolder = join(root, 'node_modules/govuk-frontend/dist');
/** Names that start so are templates of govuk-frontend, relative to its `dist` folder. */
const govukPrefix = 'govuk/';

interface TemplateModule {
  /** Folder of our own templates; each is named by its path inside it. */
  readonly folder: string;
  readonly module: string;
}

const templateModules: readonly TemplateModule[] = [
  { folder: 'shared/mail/templates', module: 'email' },
  { folder: 'functions/web/pages', module: 'pages' },
  { folder: 'shared/report/templates', module: 'report' },
  { folder: 'rehearsal/pages/templates', module: 'rehearsal' },
];

const syntax = { autoescape: true, trimBlocks: true, lstripBlocks: true };
/** Ours fail when they show what is not there; those of govuk-frontend rely on its being nothing. */
const ours = new nunjucks.Environment([], { ...syntax, throwOnUndefined: true });
const govuks = new nunjucks.Environment([], syntax);

/** The compiler's own parser, which the published types leave out. */
const { parser, nodes } = nunjucks as unknown as {
  readonly parser: {
    parse(
      source: string,
      extensions: readonly unknown[],
      options: object,
    ): { findAll(kind: unknown): readonly { readonly template?: { readonly value?: unknown } }[] };
  };
  readonly nodes: Readonly<Record<'Extends' | 'Include' | 'Import' | 'FromImport', unknown>>;
};

/** Compiles every module into a folder. Returns the number of templates in each. */
export const buildTemplates = (
  output = join(root, '.build/templates'),
  modules = templateModules,
): Readonly<Record<string, number>> => {
  mkdirSync(output, { recursive: true });
  const counts: Record<string, number> = {};
  for (const { folder, module } of modules) {
    const sources = readSources(resolve(root, folder));
    const compiled = [...sources]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, source]) => `  ${JSON.stringify(name)}: ${compile(name, source)},\n`);
    writeIfChanged(join(output, `${module}.js`), `export const templates = {\n${compiled.join('')}};\n`);
    writeIfChanged(join(output, `${module}.d.ts`), declaration);
    counts[module] = sources.size;
  }
  return counts;
};

/** The template of the PDFs, as text that a bundle can hold. */
export const buildPdfTemplate = (): void => {
  const source = readFileSync(join(root, 'shared/report/templates/document.typ'), 'utf8');
  const output = join(root, '.build/templates');
  writeIfChanged(join(output, 'pdf.js'), `export const template = ${JSON.stringify(source)};\n`);
  writeIfChanged(join(output, 'pdf.d.ts'), 'export declare const template: string;\n');
};

const declaration =
  'export declare const templates: Readonly<Record<string, Readonly<Record<string, unknown>>>>;\n';

/** Our templates in a folder, and whatever they use of govuk-frontend: name to source. */
const readSources = (folder: string): ReadonlyMap<string, string> => {
  const sources = new Map<string, string>();
  const waiting = globSync('**/*.njk', { cwd: folder }).map((name) => name.replaceAll('\\', '/'));
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (sources.has(name)) continue;
    const file = join(name.startsWith(govukPrefix) ? govukFolder : folder, name);
    if (!existsSync(file)) throw new Error(`there is no template ${name} (${file})`);
    const source = readFileSync(file, 'utf8');
    sources.set(name, source);
    waiting.push(...usedTemplates(name, source));
  }
  return sources;
};

/** The names of the templates that a template extends, includes or imports. */
const usedTemplates = (name: string, source: string): readonly string[] => {
  const tree = parser.parse(source, [], syntax);
  const used: string[] = [];
  for (const kind of [nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport]) {
    for (const { template } of tree.findAll(kind)) {
      // A name that only a render knows cannot be followed; it has to be one of our own, which are all compiled.
      if (typeof template?.value === 'string') used.push(templateName(name, template.value));
    }
  }
  return used;
};

const templateName = (from: string, used: string): string =>
  used.startsWith('./') || used.startsWith('../') ? posix.join(posix.dirname(from), used) : used;

const compile = (name: string, source: string): string => {
  const env: Environment = name.startsWith(govukPrefix) ? govuks : ours;
  // The published type of the wrapper is a mistake: it gets the compiled templates.
  const wrapper = ([template]: { template: string }[]) => template?.template ?? '';
  const body = nunjucks.precompileString(source, { name, env, wrapper: wrapper as never });
  return `(() => {\n${body}\n})()`;
};
