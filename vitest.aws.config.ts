import { defineConfig } from 'vitest/config';

/** The tests on a local AWS: `npm run test:aws`. They need Python 3.10 and Java 17, see test/aws. */
export default defineConfig({
  test: {
    include: ['test/aws/**/*.test.ts'],
    reporters: ['default', './test/support/closing-line-reporter.ts'],
    testTimeout: 60_000,
    // One after the other: two engines at once would take each other's time.
    fileParallelism: false,
    pool: 'forks',
  },
});
