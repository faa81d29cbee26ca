import { describe, expect, it } from 'vitest';

import { readWords } from '../../shared/inbound/read-words.ts';
import type { Collection, Expected } from './replies-in-words.ts';
import { known, unseen, unseenAgain } from './replies-in-words.ts';

/** A reading in the form of the collections. */
const read = (words: string): Expected => {
  const reading = readWords(words);
  if (reading.answer === 'substitute')
    return reading.substitute.email === null
      ? { name: reading.substitute.name }
      : { name: reading.substitute.name, email: reading.substitute.email };
  return reading.answer === 'action-update'
    ? reading.state === 'done'
      ? 'done'
      : 'progress'
    : reading.answer;
};

const wrong = (collection: Collection) =>
  collection
    .map(([words, expected]) => ({ words, expected, read: read(words) }))
    .filter((each) => JSON.stringify(each.read) !== JSON.stringify(each.expected));

/** Readings that record what the person did not say. */
const guessed = (collection: Collection) =>
  wrong(collection).filter((each) => each.read !== 'unclear' && each.read !== 'tentative');

describe.each([
  ['known', known],
  ['unseen', unseen],
  ['unseen again', unseenAgain],
] as const)('the %s replies', (_, collection) => {
  it('are never taken for an answer that they are not', () => {
    expect(guessed(collection)).toEqual([]);
  });

  it('are read right, 98 in 100 at least', () => {
    const mistakes = wrong(collection);
    expect(mistakes.length / collection.length, JSON.stringify(mistakes, null, 1)).toBeLessThanOrEqual(0.02);
  });
});
