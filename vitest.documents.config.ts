import { defineConfig } from 'vitest/config';

/** The checks of whole documents by other programs: `npm run test:documents`. They need Java 17, see test/documents. */
export default defineConfig({
  test: {
    include: ['test/documents/**/*.test.ts'],
    reporters: ['default', './test/support/closing-line-reporter.ts'],
    pool: 'threads',
  },
});
