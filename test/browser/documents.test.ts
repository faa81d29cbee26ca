import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { htmlOf } from '../../shared/report/html.ts';
import { everyDocument } from '../shared/report/every-document.ts';
import { findingsOf, overflowOf, picture } from './checks.ts';
import { launchChromium } from './chromium.ts';

let chromium: Browser;
beforeAll(async () => {
  chromium = await launchChromium();
});
afterAll(async () => {
  await chromium.close();
});

describe.each(Object.entries(everyDocument))('the %s as a page', (name, { document }) => {
  it.each([
    ['desk', 1200],
    ['phone', 320],
  ] as const)('passes axe and fits its window: %s', async (where, width) => {
    const page = await chromium.newPage({ viewport: { width, height: 900 } });
    await page.setContent(htmlOf(document));
    expect(await findingsOf(page, ['best-practice'])).toEqual([]);
    expect(await overflowOf(page)).toEqual([]);
    await picture(page, 'documents', `${name}-${where}`);
    await page.close();
  });
});
