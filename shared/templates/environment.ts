import { posix } from 'node:path';

import slim from '#templates/runtime';
import type { Environment } from 'nunjucks';

import type { TemplateFilter } from './filters.ts';
import { standardFilters } from './filters.ts';

/** Templates as `npm run build` leaves them: name to compiled code. */
export type PrecompiledTemplates = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface TemplateOptions {
  /** Escapes for HTML whatever a template shows; off for plain text. */
  readonly autoescape: boolean;
  /** On top of the standard ones. */
  readonly filters?: Readonly<Record<string, TemplateFilter>>;
  /** What every template sees, those that are imported without context too. */
  readonly globals?: Readonly<Record<string, unknown>>;
}

/** Templates that can be rendered. */
export interface TemplateEnvironment {
  render(name: string, context: object): string;
}

/**
 * The templates, ready to render; nunjucks wakes up with the first. A template that shows something undefined or null
 * throws. The context needs `zone`, the IANA zone in which the date filters show instants.
 */
export const templateEnvironment = (
  precompiled: PrecompiledTemplates,
  options: TemplateOptions,
): TemplateEnvironment => {
  let environment: Environment | undefined;
  return {
    render: (name, context) => (environment ??= environmentOf(precompiled, options)).render(name, context),
  };
};

const environmentOf = (
  precompiled: PrecompiledTemplates,
  { autoescape, filters = {}, globals = {} }: TemplateOptions,
): Environment => {
  const environment = new slim.Environment(precompiledLoader(precompiled), {
    autoescape,
    throwOnUndefined: true,
  });
  for (const [name, filter] of Object.entries({ ...standardFilters(), ...filters }))
    environment.addFilter(name, filter as (...args: unknown[]) => unknown);
  for (const [name, value] of Object.entries(globals)) environment.addGlobal(name, value);
  return environment;
};

// The runtime's own loader cannot resolve relative names: its `path` is empty in the browser's bundle.
const precompiledLoader = (precompiled: PrecompiledTemplates) => ({
  getSource: (name: string) => {
    const obj = Object.hasOwn(precompiled, name) ? precompiled[name] : undefined;
    if (obj === undefined) throw new Error(`there is no template ${name}`);
    // The published type knows source text only; the runtime takes compiled code as well.
    return { src: { type: 'code', obj } as unknown as string, path: name, noCache: false };
  },
  isRelative: (name: string) => name.startsWith('./') || name.startsWith('../'),
  resolve: (from: string, to: string) => posix.join(posix.dirname(from), to),
});
