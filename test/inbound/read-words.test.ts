import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { ownWordsOf } from '../../shared/inbound/own-words.ts';
import { readWords } from '../../shared/inbound/read-words.ts';
import type { Collection, Expected } from './replies-in-words.ts';
import { known, unseen, unseenAgain } from './replies-in-words.ts';
import { byOthers } from './replies-by-others.ts';
import type { Asked } from './replies-measured.ts';
import { measured, traps } from './replies-measured.ts';
import { readAtTheEnd, readLast, readOnce, widenedWith } from './replies-of-people.ts';

/** A reading in the form of the collections. */
const read = (words: string, about: 'attendance' | 'action' | 'unknown' = 'unknown'): Expected => {
  const reading = readWords(words, { about });
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
  ['tuning', widenedWith],
  ['once read', readOnce],
  ['last read', readLast],
  ['finally read', readAtTheEnd],
] as const)('the %s replies', (_, collection) => {
  it('are never taken for an answer that they are not', () => {
    expect(guessed(collection)).toEqual([]);
  });

  it('are read right, 98 in 100 at least', () => {
    const mistakes = wrong(collection);
    expect(mistakes.length / collection.length, JSON.stringify(mistakes, null, 1)).toBeLessThanOrEqual(0.02);
  });
});

/** What is read otherwise than it should be, of replies to a known question. */
const misread = (replies: Asked) =>
  replies
    .map(([about, words, expected]) => ({
      words,
      expected: [expected].flat(),
      read: read(ownWordsOf(words), about),
    }))
    .filter((each) => !each.expected.some((one) => JSON.stringify(one) === JSON.stringify(each.read)));

describe.each(Object.entries(measured))('the %s measured replies', (_, replies) => {
  it('are never taken for an answer that they are not', () => {
    expect(misread(replies).filter((each) => each.read !== 'unclear')).toEqual([]);
  });
});

it('reads all measured replies right, 97 in 100 at least', () => {
  const all = Object.values(measured).flat();
  const mistakes = misread(all);
  expect(mistakes.length / all.length, JSON.stringify(mistakes, null, 1)).toBeLessThanOrEqual(0.03);
});

describe('replies written by somebody who had never seen the forms', () => {
  const readings = byOthers.map(([about, words, expected]) => {
    const question = { about, day: '2026-10-14', bodyName: 'Ashford LCPG' };
    const { answer, ...more } = readWords(ownWordsOf(words), question);
    const got =
      answer === 'action-update' && 'state' in more
        ? more.state
        : answer === 'tentative'
          ? 'unclear'
          : answer;
    return {
      words,
      got:
        'substitute' in more
          ? more.substitute.name.replace(/^(?:Mr|Mrs|Ms|Miss|Dr|Sgt|Cllr) /u, '')
          : got === 'open'
            ? 'progress'
            : got,
      expected: typeof expected === 'object' && 'name' in expected ? expected.name : expected,
    };
  });

  it('are never taken for an answer that they are not', () => {
    expect(readings.filter(({ got, expected }) => got !== expected && got !== 'unclear')).toEqual([]);
  });

  it('are read right in two of five cases at least', () => {
    const right = readings.filter(({ got, expected }) => got === expected).length;
    expect(right / readings.length).toBeGreaterThanOrEqual(0.4);
  });
});

it('falls into none of the traps', () => {
  expect(traps.length).toBeGreaterThan(500);
  expect(misread(traps)).toEqual([]);
});

const everything = [known, unseen, unseenAgain, widenedWith, readOnce, readLast, readAtTheEnd].flat();
const textsOf = (answer: Expected): readonly string[] =>
  everything.flatMap(([words, expected]) =>
    expected === answer && !words.includes('?') ? [words.trim()] : [],
  );
const yes = fc.constantFrom(...textsOf('accept'));
const no = fc.constantFrom(...textsOf('decline'));

/** What changes an answer that it follows, or leaves it open. */
const turns = [
  ' if I can get cover',
  ' unless something comes up',
  ' but not for all of it',
  ' but only online',
  ', depending on childcare',
  ', hopefully',
  ', I think',
  ', probably',
  ' subject to approval',
  ' provided that it is on Teams',
  ', or should Jo go?',
  ', is that right?',
  '?',
  '. However my manager has to agree',
  '. Not sure though',
  ' - no, wait',
  '. Or maybe not.',
  ' until about 11',
  ' 🙄',
  ', weather permitting',
  ', God willing',
  ', all being well',
  ', as far as I know',
  ', touch wood',
  ' - actually no',
  '. Only joking',
  '. Please ignore that',
  '. Ask me again tomorrow',
  '. Jo is coming too',
  ' or Jo will',
  '. I may be late',
  '\n\nMaybe',
  '\nCancel That',
];
/** What changes an answer that it stands before. */
const doubts = [
  'If all goes well: ',
  'I am not sure that ',
  'I would not say: ',
  'Maybe. ',
  'It is not true that ',
  'Jo says: ',
  'Should I say ',
  'Hopefully ',
];

describe('an answer', () => {
  it('with a condition, a doubt or a question is none', () => {
    fc.assert(
      fc.property(fc.oneof(yes, no), fc.constantFrom(...turns), (words, turn) => {
        expect(['accept', 'decline']).not.toContain(read(words.replace(/[.!\s]+$/u, '') + turn));
      }),
      { numRuns: 2_000 },
    );
    fc.assert(
      fc.property(fc.oneof(yes, no), fc.constantFrom(...doubts), (words, doubt) => {
        expect(['accept', 'decline']).not.toContain(read(doubt + words));
      }),
      { numRuns: 1_000 },
    );
  });

  it('is never a yes when a no stands beside it, nor the other way round', () => {
    fc.assert(
      fc.property(yes, no, fc.boolean(), (one, other, first) => {
        expect(read(first ? `${one}\n\n${other}` : `${other}\n\n${one}`)).not.toBe('accept');
      }),
      { numRuns: 1_000 },
    );
  });

  it('does not come of what nobody understands, nor turns into another beside it', () => {
    const word = fc
      .array(fc.constantFrom(...'b c d f g h j k l m n p q r s t v w x z'.split(' ')), {
        minLength: 4,
        maxLength: 9,
      })
      .map((letters) => letters.join(''));
    const sentence = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => `${words.join(' ')}.`);
    fc.assert(
      fc.property(sentence, (unknown) => {
        expect(read(unknown)).toBe('unclear');
      }),
    );
    fc.assert(
      // A single word after “Kind regards” is a name.
      fc.property(yes, fc.tuple(sentence, sentence), (words, [one, other]) => {
        const unknown = `${one} ${other}`;
        expect(read(`${words}. ${unknown}`)).toBe('unclear');
        expect(['accept', 'unclear']).toContain(read(`${unknown} ${words}`));
      }),
      { numRuns: 1_000 },
    );
    fc.assert(
      fc.property(no, sentence, (words, unknown) => {
        for (const whole of [`${words}. ${unknown}`, `${unknown} ${words}`])
          expect(['decline', 'unclear']).toContain(read(whole));
      }),
      { numRuns: 1_000 },
    );
  });

  it('is looked for in any text whatever, in little time', () => {
    const pieces = fc.constantFrom(
      'yes ',
      'sorry ',
      'we ',
      'not ',
      'the ',
      'Jo Smith ',
      '| ',
      '\n',
      '? ',
      'as ',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.array(pieces, { maxLength: 200 }).map((all) => all.join('')),
        ),
        (words) => {
          const before = process.cpuUsage();
          readWords(words);
          expect(process.cpuUsage(before).user).toBeLessThan(2_000_000);
        },
      ),
    );
  });

  it('that is not certain says which words were not understood', () => {
    expect(readWords("I'll be there, weather permitting")).toEqual({
      answer: 'unclear',
      reason: 'It is not certain what is meant by “weather permitting”.',
    });
  });

  it('is of the meeting that it names, where it is known which', () => {
    const asked = { about: 'attendance', bodyName: 'Ashford LCPG', day: '2026-10-14' } as const;
    expect(readWords('I will attend the Ashford LCPG meeting', asked).answer).toBe('accept');
    expect(readWords('I will attend the Thanet LCPG meeting', asked).answer).toBe('unclear');
    expect(readWords("I'll be there on Wednesday", asked).answer).toBe('accept');
    expect(readWords("I'll be there on Tuesday", asked).answer).toBe('unclear');
    expect(readWords("I can't make Tuesday", asked).answer).toBe('unclear');
  });
});
