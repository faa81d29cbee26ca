import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { findingsOf, overflowOf, picture, tabStops } from './checks.ts';
import { launchChromium } from './chromium.ts';
import { everyPage } from './every-page.ts';
import type { PageCase } from './every-page.ts';
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
beforeEach(() => site.renew());

/** Opens a page in a browser of its own, does what the case does there, and looks. */
const look = async <Seen>(
  { prepare, act, status }: PageCase,
  options: BrowserContextOptions,
  at: (page: Page) => Promise<Seen>,
): Promise<Seen> => {
  const context = await chromium.newContext(options);
  try {
    const page = await context.newPage();
    let last = 0;
    page.on('response', (response) => {
      if (response.request().isNavigationRequest()) last = response.status();
    });
    await page.goto(`${site.origin}${await prepare(site.world)}`);
    await act?.(page, site.world);
    expect(last).toBe(status);
    const title = await page.title();
    expect(title.startsWith('Error: ')).toBe(status === 400);
    return await at(page);
  } finally {
    await context.close();
    expect(site.errors).toEqual([]);
  }
};

const desktop = { viewport: { width: 1280, height: 900 } };
const phone = { viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true };
/** A window of 1280 by 1024 pixels, everything in it four times as large. */
const enlarged = { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 };
const withoutScript = { ...desktop, javaScriptEnabled: false };

describe.each(everyPage)('$name', (one) => {
  it('passes axe for WCAG 2.2 AA, and is reached whole by the keyboard', async () => {
    await look(one, desktop, async (page) => {
      expect(await findingsOf(page, ['best-practice'])).toEqual([]);
      await picture(page, 'pages', one.name);
      const { missed, unseen, first } = await tabStops(page);
      expect(missed).toEqual([]);
      expect(unseen).toEqual([]);
      expect(first).toContain('Skip to main content');
    });
  });

  it('fits a screen of 320 pixels, and an enlargement to 400 %', async () => {
    await look(one, phone, async (page) => {
      expect(await overflowOf(page)).toEqual([]);
      expect(await findingsOf(page, ['best-practice'])).toEqual([]);
      await picture(page, 'phone', one.name);
      await page.setViewportSize(enlarged.viewport);
      expect(await overflowOf(page)).toEqual([]);
    });
  });

  it('is the same without a script', async () => {
    const scripted = await look(one, desktop, (page) => page.locator('main').innerText());
    await site.renew();
    expect(await look(one, withoutScript, (page) => page.locator('main').innerText())).toBe(scripted);
  });
});

describe('an enlargement to 400 %', () => {
  it('keeps the form of the attendance in its column', async () => {
    const [attendance] = everyPage.filter(({ name }) => name === 'attendance');
    if (attendance === undefined) throw new Error('there is no page of the attendance');
    await look(attendance, enlarged, async (page) => {
      expect(await overflowOf(page)).toEqual([]);
      await picture(page, 'enlarged', attendance.name);
    });
  });
});

it.each(everyPage.filter(({ status }) => status === 400))(
  '$name leads from its summary to each field',
  async (one) => {
    await look(one, desktop, async (page) => {
      const links = page.locator('.govuk-error-summary a');
      const count = await links.count();
      expect(count).toBeGreaterThan(0);
      for (let at = 0; at < count; at += 1) {
        const href = (await links.nth(at).getAttribute('href')) ?? '';
        if (!href.startsWith('#')) continue;
        await links.nth(at).focus();
        await page.keyboard.press('Enter');
        await page.keyboard.press('Tab');
        // The anchor is the field, or stands right before it.
        expect(await page.locator(href).count(), href).toBe(1);
      }
    });
  },
);
