/**
 * Stands in the bundles for the global `crypto`: looking at that loads all of Node's cryptography, which the SDK does when
 * it starts.
 */
export const crypto = {
  randomUUID: (): string => globalThis.crypto.randomUUID(),
};
