import type { Sense } from './known-forms.ts';
import { explain, knownWords } from './known-forms.ts';
import { meant, plainWords } from './plain-words.ts';
import { readAction } from './read-action.ts';
import type { Substitute } from './substitute.ts';
import { readSubstitute } from './substitute.ts';

/** What a person's own words come to. Whatever is not certain is `unclear`: the person is asked, and nothing guessed. */
export type WordsReading =
  | { readonly answer: 'accept' | 'decline' | 'tentative'; readonly reason: string }
  | { readonly answer: 'substitute'; readonly substitute: Substitute; readonly reason: string }
  | { readonly answer: 'action-update'; readonly state: 'done' | 'open'; readonly reason: string }
  | { readonly answer: 'unclear'; readonly reason: string };

/** What the person was asked, as far as that is known. */
export interface Question {
  readonly about: 'attendance' | 'action' | 'unknown';
  /** The day that the question is about, where it is about one: a date in the answer has to be this one. */
  readonly day?: string;
  /** Name of the body whose meeting it is: a meeting that an answer names has to be its. */
  readonly bodyName?: string;
  /** Addresses that are the person's own, in lower case: none of them is a substitute's. */
  readonly ownAddresses?: readonly string[];
}

/** Longest text that is an answer; whoever writes more has more to say. */
const longest = 4_000;
const longestAnswer = 600;

const unclear = (reason: string): WordsReading => ({ answer: 'unclear', reason });

/** A line that is a name, a post or an organisation, as stands under a letter. */
const signatureLine =
  /^[\p{Lu}\d][\p{L}\d'’.&()-]*(?:,? (?:[\p{Lu}\d][\p{L}\d'’.&()-]*|of|and|for|the|&|-)){0,7}[.,]?$/u;

/** Words that no form knows, and that are no name even where a line begins with them. */
const noNames: ReadonlySet<string> = new Set(
  `maybe perhaps possibly probably hopefully potentially doubtful doubt unsure undecided tentative tentatively tbc tba
  cancel cancelled ignore disregard forget scrap oops wait hang hold mistake wrong never not none nothing nobody neither
  depends depending subject pending unless until if or either whether assuming provided except only late later part
  partly half mostly almost nearly might may should could would did didn't don't isn't wasn't why who what when where
  which how sarcasm joking kidding changed instead another different other unlikely likely impossible hardly barely
  think guess suppose reckon want wish rather refuse withdraw withdrawn declining stop remove unsubscribe error`.split(
    /\s+/u,
  ),
);

const isKnown = (word: string): boolean => {
  const plain = word.toLowerCase().replaceAll('’', "'").replace(/days$/u, 'day');
  return knownWords.has(plain) || noNames.has(plain) || Object.hasOwn(meant, plain);
};

/** The text without the lines at its end that only say who writes. */
const withoutSignature = (text: string): string => {
  const lines = text.trim().split('\n');
  while (lines.length > 1) {
    const last = (lines.at(-1) ?? '').trim();
    const words = last.match(/[\p{L}'’]{2,}/gu) ?? [];
    const isOne =
      signatureLine.test(last) &&
      words.some((word) => !isKnown(word)) &&
      !words.some((word) => noNames.has(word.toLowerCase()) || Object.hasOwn(meant, word.toLowerCase()));
    if (last !== '' && !isOne) break;
    lines.pop();
  }
  return lines.join('\n');
};

/**
 * The text with `@` for each name: words with a capital that no form knows and that do not begin a sentence. The name of
 * the body that asks is as good as “LCPG”.
 */
const withoutNames = (words: string, bodyName: string | undefined): string => {
  const ofBody = new Set((bodyName ?? '').toLowerCase().match(/[\p{L}'&]+/gu) ?? []);
  const marked = words.replace(
    /(?<=[\p{L}\p{N},:;'’&)-] |\p{Lu}\p{L}{0,30} |\n)\p{Lu}[\p{L}'’-]*/gu,
    (word: string) =>
      ofBody.has(word.toLowerCase())
        ? 'LCPG'
        : isKnown(word) || /^(?:I|I['’]\p{L}+|Chairs|Board|CHWB|Safeguarding|KSC\w+)$/u.test(word)
          ? word
          : '@',
  );
  return bodyName === undefined
    ? marked.replace(
        /\b([Tt]he|[Oo]ur|[Yy]our|[Tt]his) @(?: (?:and|&) @| @)? (?=(?:LCPG|lcpg|[Mm]eeting|session)\b)/gu,
        '$1 ',
      )
    : marked;
};

const months = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec';
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** Whether words speak of another day than the question does, or of several days. */
const ofAnotherDay = (words: string, day: string | undefined): boolean => {
  const days = new Set(
    [
      ...words.matchAll(
        /\b([0-3]?\d)(?:st|nd|rd|th)\b|\b([0-3]?\d) (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/gu,
      ),
    ].map(([, ordinal, dated]) => Number(ordinal ?? dated)),
  );
  const names = new Set(
    [...words.matchAll(/\b(mon|tue|wed|thu|fri|sat|sun)(?:s|r|rs|nes|ur)?(?:day)?s?\b/gu)].map(
      ([, name]) => name,
    ),
  );
  const named = new Set(
    [...words.matchAll(new RegExp(String.raw`\b(${months})(?:[a-z]{2,6})?\b`, 'gu'))].flatMap(
      ([word, month]) => (word === 'may' || word === 'mar' ? [] : [month]),
    ),
  );
  if (days.size > 1 || names.size > 1 || named.size > 1) return true;
  if (day === undefined) return false;
  const date = new Date(`${day}T12:00:00Z`);
  const [onDay] = days;
  const [onName] = names;
  const [inMonth] = named;
  return (
    (onDay !== undefined && onDay !== date.getUTCDate()) ||
    (onName !== undefined && onName !== weekdays[date.getUTCDay()]) ||
    (inMonth !== undefined && inMonth !== months.split('|')[date.getUTCMonth()])
  );
};

const substitutesOnly: ReadonlySet<Sense> = new Set(['on-the-way-to-a-name']);
const nothingLeftOut: ReadonlySet<Sense> = new Set();

/** What stands before and beside the sentence that names somebody who comes instead. */
const besideName = (words: string, name: string): string => {
  const first = name.split(' ')[0] ?? name;
  return (words.match(/(?:[^.!?\n]|\.(?=\S))+[.!?\n]*/gu) ?? [])
    .map((sentence) => {
      const at = sentence.toLowerCase().indexOf(first.toLowerCase());
      return at < 0 ? sentence : `${sentence.slice(0, at)}\n`;
    })
    .join('');
};

const anotherMeeting =
  /\b(?:next (?:time|one|month|meeting|cycle|year)|another (?:date|day|time)|different (?:date|day|time|meeting)|other (?:date|day|one|meeting|group)|last (?:time|one|meeting|month))\b/u;

const readWhoComes = (words: string, question: Question): WordsReading | undefined => {
  const named = readSubstitute(words, question.ownAddresses ?? []);
  if (named === undefined) return undefined;
  if (named === 'unnamed') return unclear('Somebody else is to come, but it is not certain who.');
  const text = plainWords(withoutNames(besideName(words, named.who.name), question.bodyName));
  const { senses, unexplained } = explain(text, nothingLeftOut);
  if (senses === null) return unclear(`It names another person, and says more: “${unexplained}”.`);
  if (senses.includes('yes')) return unclear('It names another person, and says that the writer comes.');
  if (/\binstead of (?!me\b|myself\b|us\b)/u.test(words.toLowerCase()))
    return unclear('It names another person, perhaps instead of somebody else.');
  if (anotherMeeting.test(words.toLowerCase())) return unclear('It may speak of another meeting.');
  return named.instead || senses.some((sense) => ['no', 'bare-no', 'away', 'regret'].includes(sense))
    ? { answer: 'substitute', substitute: named.who, reason: 'It says who comes instead.' }
    : unclear('It names another person, and does not say whether instead of the writer.');
};

const readAttendance = (words: string, question: Question): WordsReading => {
  const own = withoutSignature(words);
  const who = readWhoComes(own, question);
  if (who !== undefined) return who;
  if (own.length > longestAnswer) return unclear('The text is too long to be a plain answer.');
  const text = plainWords(withoutNames(own, question.bodyName));
  if (!/[\p{L}\d]/u.test(text)) return unclear('There are no words that answer.');
  if (/\btentative(?:ly)?\b/u.test(text) && !/\b(?:no|not|cannot)\b/u.test(text))
    return { answer: 'tentative', reason: 'It says “tentative”.' };
  const { senses, unexplained } = explain(text, substitutesOnly);
  if (senses === null) return unclear(`It is not certain what is meant by “${unexplained}”.`);
  if (ofAnotherDay(text, question.day)) return unclear('It speaks of another day, or of several.');
  return concluded(senses, text);
};

/** What forms that explain a whole text come to together. */
const concluded = (senses: readonly Sense[], text: string): WordsReading => {
  const has = (...looked: readonly Sense[]): boolean => looked.some((sense) => senses.includes(sense));
  const yes = has('yes', 'bare-yes');
  if (yes && has('no', 'bare-no')) return unclear('It says yes and no.');
  if (yes) {
    if (has('reason', 'away', 'regret', 'after-no'))
      return unclear('It says yes, with something beside it that speaks against it.');
    if (has('yes')) return { answer: 'accept', reason: 'It says that the person comes.' };
    return has('other-matter')
      ? unclear('It says yes, perhaps to something else.')
      : { answer: 'accept', reason: 'It says yes, and speaks of nothing else.' };
  }
  if (has('no')) return { answer: 'decline', reason: 'It says that the person does not come.' };
  if (has('bare-no'))
    return has('reason', 'other-matter', 'but', 'agreeable')
      ? unclear('It says no or sends apologies, perhaps for something else.')
      : { answer: 'decline', reason: 'It says no or sends apologies, and speaks of nothing else.' };
  if (has('away') && !has('reason', 'but', 'other-matter', 'agreeable')) {
    const ofTheDay = /\b(?:that (?:day|week|date|time)|then|on the day)\b/u.test(text);
    const ofNow = /\b(?:today|tomorrow|this week|sick|ill|unwell|poorly|off)\b/u.test(text);
    if (ofTheDay || (has('regret') && !ofNow))
      return { answer: 'decline', reason: 'It gives a reason for not coming.' };
  }
  return unclear('Nothing in the words says for certain whether the person comes.');
};

/** Reads a person's own words as an answer to a question. */
export const readWords = (words: string, question: Question = { about: 'unknown' }): WordsReading => {
  if (words.trim() === '') return unclear('There are no words of the person’s own.');
  if (words.length > longest) return unclear('The text is too long to be a plain answer.');
  if (question.about === 'attendance') return readAttendance(words, question);
  if (question.about === 'action') return readAction(words, false);
  const attendance = readAttendance(words, question);
  const action = readAction(words, true);
  if (action.answer === 'unclear') return attendance;
  if (attendance.answer === 'unclear') return action;
  return unclear('It could be an answer about coming, and one about an action.');
};
