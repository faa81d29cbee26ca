import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { compose } from '../../shared/mail/compose.ts';
import { exampleMessages, exampleSetting } from '../support/example-messages.ts';
import { findingsOf, overflowOf, picture } from './checks.ts';
import { launchChromium } from './chromium.ts';

let chromium: Browser;
beforeAll(async () => {
  chromium = await launchChromium();
});
afterAll(() => chromium.close());

describe.each(Object.values(exampleMessages))('the email $kind', (message) => {
  it.each(['light', 'dark'] as const)(
    'passes axe for WCAG 2.2 AA in %s, and fits a phone',
    async (scheme) => {
      const context = await chromium.newContext({
        viewport: { width: 700, height: 900 },
        colorScheme: scheme,
      });
      try {
        const page = await context.newPage();
        await page.setContent(compose(message, exampleSetting).html);
        expect(await findingsOf(page)).toEqual([]);
        await picture(page, scheme === 'light' ? 'emails' : 'emails-dark', message.kind);
        await page.setViewportSize({ width: 320, height: 640 });
        expect(await overflowOf(page, 'table:has(thead)')).toEqual([]);
      } finally {
        await context.close();
      }
    },
  );
});
