import { defineConfig } from 'vitest/config';

/** The tests in a real browser: `npm run test:browser`. They need Chromium, see test/browser/chromium.ts. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    reporters: ['default', './test/support/closing-line-reporter.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    pool: 'forks',
  },
});
