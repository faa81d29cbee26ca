import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { buildTemplates } from '../../infra/build/templates.ts';
import { templateEnvironment } from '../../shared/templates/environment.ts';
import type { PrecompiledTemplates } from '../../shared/templates/environment.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'templates-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const build = async (sources: Readonly<Record<string, string>>): Promise<PrecompiledTemplates> => {
  const output = mkdtempSync(join(folder, 'out-'));
  const input = join(folder, 'in');
  for (const [name, source] of Object.entries(sources)) {
    mkdirSync(join(input, name, '..'), { recursive: true });
    writeFileSync(join(input, name), source);
  }
  buildTemplates(output, [{ folder: input, module: 'pages' }]);
  const { templates } = (await import(pathToFileURL(join(output, 'pages.js')).href)) as {
    templates: PrecompiledTemplates;
  };
  return templates;
};
const render = async (sources: Readonly<Record<string, string>>, context: object): Promise<string> =>
  templateEnvironment(await build(sources), { autoescape: true }).render('page.njk', context);

describe('compiled templates', () => {
  it('are the same bytes each time', () => {
    buildTemplates(join(folder, 'one'));
    buildTemplates(join(folder, 'two'));
    for (const module of ['email.js', 'pages.js'])
      expect(readFileSync(join(folder, 'two', module))).toEqual(readFileSync(join(folder, 'one', module)));
  });

  it('hold what they use of govuk-frontend, and no more', async () => {
    const templates = await build({
      'page.njk':
        '{% from "govuk/components/button/macro.njk" import govukButton %}{{ govukButton({ text: "Go" }) }}',
    });
    expect(Object.keys(templates)).toEqual([
      'govuk/components/button/macro.njk',
      'govuk/components/button/template.njk',
      'govuk/macros/attributes.njk',
      'page.njk',
    ]);
    expect(templateEnvironment(templates, { autoescape: true }).render('page.njk', {})).toContain(
      'class="govuk-button"',
    );
  });

  it('may name each other relatively', async () => {
    const sources = {
      'page.njk': '{% include "./parts/one.njk" %}',
      'parts/one.njk': '{% include "../two.njk" %}',
      'two.njk': 'two',
    };
    expect(await render(sources, {})).toBe('two');
  });

  it('escape what they show, and fail when it is not there', async () => {
    expect(await render({ 'page.njk': '{{ name }}' }, { name: '<b>' })).toBe('&lt;b&gt;');
    await expect(render({ 'page.njk': '{{ nmae }}' }, { name: '<b>' })).rejects.toThrow(/undefined/u);
  });

  it('cannot use one that is not there', async () => {
    await expect(build({ 'page.njk': '{% include "gone.njk" %}' })).rejects.toThrow(
      'there is no template gone.njk',
    );
  });
});
