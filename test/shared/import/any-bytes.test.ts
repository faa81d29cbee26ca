import fc from 'fast-check';
import { expect, it } from 'vitest';

import { checkFolder } from '../../../shared/import/check-folder.ts';
import type { FileName } from '../../../shared/import/faults.ts';
import { fileNames } from '../../../shared/import/faults.ts';
import { readPartnershipFolder } from '../../../shared/import/read-folder.ts';
import { inMemory, tinyFolder } from './tiny-folder.ts';

const signs = [
  0x00, 0x0a, 0x0d, 0x20, 0x22, 0x23, 0x26, 0x2a, 0x2c, 0x2d, 0x3a, 0x5b, 0x7b, 0x7d, 0xc3, 0xff,
];

/** Overwrites, puts in or takes out one byte. */
const mutation = fc.record({
  file: fc.constantFrom(...fileNames),
  at: fc.nat(10_000),
  byte: fc.oneof(fc.constantFrom(...signs), fc.nat(255)),
  how: fc.constantFrom('overwrite', 'insert', 'remove'),
});

const mutated = (
  mutations: readonly { file: FileName; at: number; byte: number; how: string }[],
): Record<FileName, Uint8Array> => {
  const files = Object.fromEntries(
    fileNames.map((name) => [name, [...new TextEncoder().encode(tinyFolder[name])]]),
  ) as Record<FileName, number[]>;
  for (const { file, at, byte, how } of mutations) {
    const bytes = files[file];
    const position = at % Math.max(1, bytes.length);
    if (how === 'insert') bytes.splice(position, 0, byte);
    else if (how === 'remove') bytes.splice(position, 1);
    else bytes[position] = byte;
  }
  return Object.fromEntries(fileNames.map((name) => [name, Uint8Array.from(files[name])])) as Record<
    FileName,
    Uint8Array
  >;
};

/** A folder is given only without faults, and then keeps every rule; a fault says where and what. */
const holds = (files: Record<FileName, Uint8Array>): void => {
  const { folder, faults, warnings } = readPartnershipFolder('tiny', inMemory(files));
  expect(folder === undefined).toBe(faults.length > 0);
  if (folder !== undefined) expect(checkFolder(folder).faults).toEqual([]);
  const wrong = [...faults, ...warnings].filter(({ file, line, column, message, found, expected }) => {
    const lines = new TextDecoder().decode(files[file as FileName]).split(/\r\n|\n|\r/u);
    const isPlace =
      line >= 1 && line <= lines.length && column >= 1 && column <= (lines[line - 1]?.length ?? 0) + 1;
    const isSaid = [message, found, expected].every(
      (words) => words !== '' && !/\p{Cc}|undefined|\[object/u.test(words),
    );
    return !isPlace || !isSaid;
  });
  expect(wrong).toEqual([]);
};

it('is never brought down by a changed byte: there is a folder that keeps the rules, or a fault', () => {
  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
      holds(mutated(mutations));
    }),
    { numRuns: 300 },
  );
}, 30_000);

it('is never brought down by any other file in the place of one', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...fileNames),
      fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.string({ unit: 'binary', maxLength: 200 })),
      (file, content) => {
        const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
        holds({ ...mutated([]), [file]: bytes });
      },
    ),
    { numRuns: 150 },
  );
}, 30_000);
