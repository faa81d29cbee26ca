import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { requestKinds } from '../../shared/domain/request.ts';
import { askFor } from '../functions/web/asked.ts';
import { launchChromium } from './chromium.ts';
import { serveSmallSite } from './small-site.ts';
import type { SmallSite } from './small-site.ts';

let chromium: Browser;
let site: SmallSite;
beforeAll(async () => {
  [chromium, site] = await Promise.all([launchChromium(), serveSmallSite()]);
});
afterAll(async () => {
  await Promise.all([chromium.close(), site.close()]);
});

/** How a program that runs scripts fills in the forms of a page before it sends them. */
type Filling = 'nothing' | 'first choices' | 'last choices' | 'junk';

/** Fills in each form of ours, and sends it by its first button, without anybody pressing anything. */
const sendBlindly = async (page: Page, filling: Filling): Promise<void> => {
  const forms = await page.locator('form:not([enctype])').count();
  for (let at = 0; at < forms; at += 1) {
    const form = page.locator('form:not([enctype])').nth(at);
    if ((await form.count()) === 0) return;
    await Promise.all([
      page.waitForEvent('load'),
      form.evaluate((element, how) => {
        if (how !== 'nothing')
          for (const list of element.querySelectorAll('select'))
            list.selectedIndex = how === 'last choices' ? list.options.length - 1 : 0;
        const fields = [...element.querySelectorAll<HTMLInputElement>('input, textarea')];
        const named = (name: string) => fields.filter((field) => field.name === name);
        for (const field of fields) {
          if (how === 'nothing' || field.type === 'hidden') continue;
          if (field.type === 'radio' || field.type === 'checkbox') {
            const all = named(field.name);
            field.checked = field === (how === 'last choices' ? all.at(-1) : all[0]);
          } else field.value = how === 'junk' ? 'test@example.com' : field.value;
        }
        const [button] = element.querySelectorAll('button');
        (element as HTMLFormElement).requestSubmit(button);
      }, filling),
    ]);
  }
};

const visits: readonly (readonly [string, (context: BrowserContext, link: string) => Promise<void>])[] = [
  [
    'asks for the head alone',
    async (context, link) => {
      await context.request.head(link);
    },
  ],
  [
    'fetches ahead',
    async (context, link) => {
      await context.request.get(link, { headers: { 'sec-purpose': 'prefetch;prerender' } });
    },
  ],
  ...(['nothing', 'first choices', 'last choices', 'junk'] as const).map(
    (filling) =>
      [
        `runs scripts, and sends the forms with ${filling}`,
        async (context: BrowserContext, link: string) => {
          const page = await context.newPage();
          await page.goto(link);
          await sendBlindly(page, filling);
        },
      ] as const,
  ),
];

it(
  'fifty visits of mail scanners change nothing, and the person then succeeds',
  { timeout: 180_000 },
  async () => {
    const links: string[] = [];
    for (const kind of requestKinds) links.push(`${site.origin}${(await askFor(site.world, kind)).path}`);
    const before = site.world.writes();
    for (let visit = 0; visit < 50; visit += 1) {
      const context = await chromium.newContext();
      const [, scan] = visits[visit % visits.length] ?? [];
      await scan?.(context, links[Math.floor(visit / visits.length) % links.length] ?? '');
      await context.close();
    }
    for (const [name, scan] of visits) {
      const context = await chromium.newContext();
      await scan(context, links[requestKinds.indexOf('attendance')] ?? '');
      await context.close();
      expect(site.world.writes(), name).toBe(before);
    }
    expect(site.world.machines.told).toEqual([]);
    expect(site.errors).toEqual([]);

    const { request, path } = await askFor(site.world, 'attendance');
    const page = await chromium.newPage();
    await page.goto(`${site.origin}${path}`);
    await page.getByLabel('Yes, I will come').check();
    await page.getByLabel('Are you Mo Member?').selectOption('Yes, I am Mo Member');
    await page.getByRole('button', { name: 'Send my answer' }).click();
    await page.getByRole('heading', { name: 'Thank you' }).waitFor();
    expect(await site.world.desk.requests.get(request.id)).toMatchObject({ state: 'answered' });
  },
);
