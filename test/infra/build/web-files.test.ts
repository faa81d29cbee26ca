import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { packTemplates } from '../../../infra/build/pack-templates.ts';
import { siteCss, withoutUnused } from '../../../infra/build/site-assets.ts';
import { buildTemplates } from '../../../infra/build/templates.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pages-'));
  buildTemplates(folder);
  packTemplates(folder);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('the packed templates', () => {
  it.each(['pages', 'email', 'report'] as const)(
    'hold the very %s that were compiled, in much less space',
    async (name) => {
      type Compiled = { readonly templates: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
      const load = async (file: string) => (await import(pathToFileURL(join(folder, file)).href)) as Compiled;
      const [packed, plain] = [await load(`${name}-packed.js`), await load(`${name}.js`)];
      const parts = ({ templates }: Compiled) =>
        Object.entries(templates).map(([template, code]) => [template, Object.keys(code).sort()]);
      expect(parts(packed)).toEqual(parts(plain));
      const [less, much] = [`${name}-packed.js`, `${name}.js`].map(
        (file) => statSync(join(folder, file)).size,
      );
      expect((less ?? 0) * 4).toBeLessThan(much ?? 0);
    },
  );
});

describe('the style sheet', () => {
  it('leaves out what no page names, inside of at-rules too', () => {
    const css =
      '.govuk-a{x:1}.govuk-b,.govuk-a:not(.x,.y){x:2}@media print{.govuk-b{x:3}.govuk-a .govuk-b{x:4}}' +
      '@media screen{.govuk-a{x:5}}.govuk-input--width-5{x:6}a:link{x:7}@layer one;';
    expect(withoutUnused(css, 'class="govuk-a govuk-input--width-{{ n }}"')).toBe(
      '.govuk-a{x:1}.govuk-a:not(.x,.y){x:2}@media screen{.govuk-a{x:5}}.govuk-input--width-5{x:6}a:link{x:7}@layer one;',
    );
  });

  it('names no font that only services on GOV.UK may use', () => {
    const css = siteCss();
    expect(css).not.toMatch(/GDS Transport|@font-face|url\(/);
    expect(css.split('{').length).toBe(css.split('}').length);
    expect(css).toContain('.lcpg-header');
  });
});
