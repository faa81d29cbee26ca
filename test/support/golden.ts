import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { expect } from 'vitest';

/**
 * Compares a text with the file that holds what it is meant to be. `UPDATE_GOLDEN=1` writes the file instead: read the
 * difference before you commit it.
 */
export const expectGolden = (file: string, actual: string): void => {
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, actual);
    return;
  }
  const golden = existsSync(file)
    ? readFileSync(file, 'utf8')
    : '(there is no such file: run with UPDATE_GOLDEN=1)';
  expect(actual, file).toBe(golden);
};
