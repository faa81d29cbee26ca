import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { expect } from 'vitest';

/**
 * Compares a text with the one kept in a file, byte for byte. UPDATE_GOLDEN=1 writes the file instead: read the
 * difference before committing it.
 */
export const expectGolden = (path: string, content: string): void => {
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  expect(content, `${path} (UPDATE_GOLDEN=1 writes it anew)`).toBe(
    existsSync(path) ? readFileSync(path, 'utf8') : undefined,
  );
};
