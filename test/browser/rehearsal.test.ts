import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Served } from '../../rehearsal/pages/serve.ts';
import { served } from '../rehearsal/pages/browse.ts';
import { findingsOf, overflowOf, picture } from './checks.ts';
import { launchChromium } from './chromium.ts';

let chromium: Browser;
let place: Served;
beforeAll(async () => {
  [chromium, place] = await Promise.all([launchChromium(), served()]);
});
afterAll(async () => {
  await Promise.all([chromium.close(), place.close()]);
});

/** The link in the newest email of a kind, as its reader finds it. */
const linkOf = async (page: Page, kind: string): Promise<string> => {
  const email = place.session.world.outbox.sent.findLast((one) => one.kind === kind);
  if (email === undefined) throw new Error(`nobody got an email of the kind ${kind}`);
  await page.goto(`${place.origin}/emails/${String(email.number)}/letter`);
  const link = await page.locator('a[href*="/answer/"]').first().getAttribute('href');
  return link ?? '';
};

describe('in a rehearsal that is served', () => {
  it('a member answers with the keyboard alone, without a script', async () => {
    const context = await chromium.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(await linkOf(page, 'invitation'));
    expect(page.url()).toMatch(/\/answer\/[\w-]{16}$/);
    const press = async (...keys: readonly string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key);
    };
    // The skip link, then on from the content: past the links of the meeting to the choices.
    await press('Tab', 'Enter');
    const isAt = (name: string): Promise<boolean> =>
      page
        .locator(`[name="${name}"]:focus`)
        .count()
        .then((count) => count > 0);
    for (let stop = 0; stop < 10 && !(await isAt('response')); stop += 1) await press('Tab');
    await press('Space');
    for (let stop = 0; stop < 10 && !(await isAt('me')); stop += 1) await press('Tab');
    await press('ArrowDown', 'Tab', 'Enter');
    await page.getByRole('heading', { name: 'Thank you' }).waitFor();
    expect(await page.locator('main').innerText()).toContain('you will come');
    await context.close();
  });

  it('the secretariat uploads the minutes, and is told of a file that is not taken', async () => {
    const page = await chromium.newPage();
    await page.goto(await linkOf(page, 'minutes-request'));
    const upload = async (name: string, content: string): Promise<void> => {
      await page.getByLabel('Choose the file').setInputFiles({
        name,
        mimeType: 'application/pdf',
        buffer: Buffer.from(content),
      });
      await page.getByRole('button', { name: 'Upload the file' }).click();
      await page.waitForURL(/upload=/);
      await page.waitForLoadState();
    };
    await upload('minutes.pdf', 'MZ this is a program');
    expect(await page.locator('.govuk-error-summary').innerText()).toContain('must be a PDF');
    await picture(page, 'pages', 'minutes-file-refused');
    await upload('minutes.pdf', '%PDF-1.7\n1 0 obj');
    expect(await page.locator('main').innerText()).toContain('Your file has arrived');
    expect(await findingsOf(page, ['best-practice'])).toEqual([]);
    await picture(page, 'pages', 'minutes-file-arrived');
    await page.getByLabel(/^Are you /).selectOption('yes');
    await page.getByRole('button', { name: 'Hand in the minutes' }).click();
    await page.getByRole('heading', { name: 'Thank you' }).waitFor();
  });

  it('shows pages of its own that pass axe and fit a phone', async () => {
    const page = await chromium.newPage({ viewport: { width: 320, height: 640 } });
    for (const [name, path] of [
      ['home', '/'],
      ['people', '/people'],
      ['documents', '/documents'],
    ] as const) {
      await page.goto(`${place.origin}${path}`);
      expect(await findingsOf(page), name).toEqual([]);
      expect(await overflowOf(page, 'table'), name).toEqual([]);
      await picture(page, 'rehearsal', name);
    }
    await page.close();
  });
});
