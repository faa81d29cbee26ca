import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { packPages } from '../../../infra/build/pack-pages.ts';
import { siteCss, withoutUnused } from '../../../infra/build/site-assets.ts';
import { buildTemplates } from '../../../infra/build/templates.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pages-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('the packed pages', () => {
  it('hold the very templates that were compiled, in a fifth of the space', async () => {
    buildTemplates(folder);
    const bytes = packPages(folder);
    type Pages = { readonly templates: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
    const load = async (file: string) => (await import(pathToFileURL(join(folder, file)).href)) as Pages;
    const [packed, plain] = [await load('pages-packed.js'), await load('pages.js')];
    const parts = ({ templates }: Pages) =>
      Object.entries(templates).map(([name, template]) => [name, Object.keys(template).sort()]);
    expect(parts(packed)).toEqual(parts(plain));
    expect(bytes * 5).toBeLessThan(readFileSync(join(folder, 'pages.js')).length);
    expect(packPages(folder)).toBe(bytes);
  });
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
