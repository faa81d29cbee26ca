import { defineConfig } from 'vitest/config';

/** The tests that need nothing but Node; those on a local AWS, in a browser and of whole documents have configurations of their own. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/aws/**', 'test/browser/**', 'test/documents/**', 'node_modules/**'],
    reporters: ['default', './test/support/closing-line-reporter.ts'],
    // Wide, as machines may be busy with other things.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'threads',
    maxWorkers: 2,
  },
});
