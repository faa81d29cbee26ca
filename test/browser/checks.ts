import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const screens = join('out', 'screens');

/** Takes a picture of the whole page, into `out/screens`. */
export const picture = async (page: Page, folder: string, name: string): Promise<void> => {
  mkdirSync(join(screens, folder), { recursive: true });
  await page.screenshot({ path: join(screens, folder, `${name}.png`), fullPage: true });
};

/**
 * What axe finds against WCAG 2.2 AA, each finding with its element.
 * @param rules further rules of axe, by their tags
 */
export const findingsOf = async (page: Page, rules: readonly string[] = []): Promise<readonly string[]> => {
  await page.evaluate(axeSource);
  const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', ...rules];
  const results = await page.evaluate<AxeResults, string[]>(async (runOnly) => {
    const { axe } = globalThis as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } };
    return axe.run({ runOnly });
  }, standards);
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id} (${help}): ${html}\n${failureSummary ?? ''}`),
  );
};

/**
 * What sticks out of a page that is wider than its window.
 * @param but what may: data tables, by their selector (WCAG 2.2, 1.4.10)
 */
export const overflowOf = (page: Page, but = 'none'): Promise<readonly string[]> =>
  page.evaluate((excepted) => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.body.querySelectorAll('*')]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
      .filter((element) => element.closest(excepted) === null)
      .map(({ outerHTML }) => outerHTML.slice(0, 120));
  }, but);

/** What the keyboard alone reaches with the Tab key, in order, and whether the eye can follow it. */
export const tabStops = async (
  page: Page,
): Promise<{
  readonly missed: readonly string[];
  readonly unseen: readonly string[];
  readonly first: string;
}> => {
  await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    globalThis.scrollTo(0, 0);
  });
  const expected = await page.evaluate(() => {
    const groups = new Set<string>();
    return [...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea')]
      .filter((element) => element.checkVisibility() && element.getAttribute('type') !== 'hidden')
      .filter((element) => {
        if (!(element instanceof HTMLInputElement) || element.type !== 'radio') return true;
        // The keyboard comes to one of a group, and goes on by the arrows.
        if (groups.has(element.name)) return false;
        groups.add(element.name);
        return true;
      })
      .map((element) =>
        element instanceof HTMLInputElement && element.type === 'radio'
          ? `radio ${element.name}`
          : element.outerHTML.slice(0, 100),
      );
  });
  const reached: string[] = [];
  const unseen: string[] = [];
  for (let stop = 0; stop < expected.length + 2; stop += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return null;
      const seen = [element, element.nextElementSibling].some((one) =>
        one === null
          ? false
          : [undefined, '::before', '::after'].some((part) => {
              const { outlineStyle, boxShadow } = getComputedStyle(one, part);
              return outlineStyle !== 'none' || boxShadow !== 'none';
            }),
      );
      const name =
        element instanceof HTMLInputElement && element.type === 'radio'
          ? `radio ${element.name}`
          : element.outerHTML.slice(0, 100);
      return { name, seen };
    });
    if (at === null) break;
    reached.push(at.name);
    if (!at.seen) unseen.push(at.name);
  }
  return { missed: expected.filter((name) => !reached.includes(name)), unseen, first: reached[0] ?? '' };
};
