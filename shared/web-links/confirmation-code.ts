import { createHmac } from 'node:crypto';

import type { Confirmation } from '../domain/confirmation.ts';
import { boundText } from '../domain/confirmation.ts';

const digits = 6;

/** Six digits from a hash: 48 bits over a million leave no digit likelier than another. */
export const digitsOf = (hash: Buffer): string =>
  String(hash.readUIntBE(0, 6) % 10 ** digits).padStart(digits, '0');

/**
 * A code as it is stored: under the token of the link, which only its holder's browser and the maker of links have. So
 * nobody finds the code out from what is stored, and it counts for one act by one link alone.
 */
export const codeHash = (token: string, confirmation: Confirmation, code: string): string =>
  createHmac('sha256', token)
    .update(`${boundText(confirmation)}\n${code}`)
    .digest('base64url');

/** A code as people type it: with spaces, or a dash in the middle. */
export const typedCode = (text: string): string => text.replaceAll(/[\s-]/gu, '');

export const isCode = (text: string): boolean => /^\d{6}$/u.test(text);
