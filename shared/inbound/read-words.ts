import { asksByTheWay, isReasonForNo, leavesNo, leavesYes } from './asides.ts';
import type { Part, Sense } from './known-forms.ts';
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
  whatever psych sike ish meh sigh eventually sometime someday nope lol which how sarcasm joking kidding changed instead another different other unlikely likely impossible hardly barely
  think guess suppose reckon want wish rather refuse withdraw withdrawn declining stop remove unsubscribe error`.split(
    /\s+/u,
  ),
);

const isKnown = (word: string): boolean => {
  const plain = word.toLowerCase().replaceAll('’', "'").replace(/days$/u, 'day').replace(/'s$/u, '');
  return knownWords.has(plain) || noNames.has(plain) || Object.hasOwn(meant, plain);
};

const post =
  /\b(?:head|manager|officer|lead|director|chair|secretary|coordinator|assistant|inspector|governor|trustee|clerk|council)\b/iu;

/** The text without the lines at its end that only say who writes. */
const withoutSignature = (text: string): string => {
  const lines = text.trim().split('\n');
  while (lines.length > 1) {
    const last = (lines.at(-1) ?? '').trim();
    const words = last.match(/[\p{L}'’]{2,}/gu) ?? [];
    const isOne =
      signatureLine.test(last) &&
      (words.some((word) => !isKnown(word)) || (words.length > 1 && post.test(last))) &&
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
const withoutNames = (own: string, bodyName: string | undefined): string => {
  const unknown = (found: string): string =>
    found.split(' ').some((word) => isKnown(word) || word.endsWith('ly')) ? found : '@';
  const words = own
    // A name after a last sentence is a signature, one after a greeting or before the first comma somebody spoken to.
    .replace(/(?<=[.!)] +)\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)?(?=\s*$)/u, unknown)
    .replace(
      /(?<=\b(?:[Rr]egards|[Ww]ishes|[Tt]hanks|[Cc]heers|[Bb]est|[Tt]a|x)[.,!]* )\p{L}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)?(?: \([^()]{2,40}\))?(?=[\s.]*$)/u,
      unknown,
    )
    .replace(
      /(?<=^(?:hi|hiya|hello|hey|dear|(?:good )?(?:morning|afternoon|evening)) )\p{L}{2,}(?= )/iu,
      unknown,
    )
    .replace(/^\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)?(?=,)/u, unknown);
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
const besideName = (own: string, name: string): string => {
  const words = own.replace(/\b(?:his|her|their|the) e-?mail(?: address)? is\b/giu, '');
  const first = name.split(' ')[0] ?? name;
  return (words.match(/(?:[^.!?\n]|\.(?=\S))+[.!?\n]*/gu) ?? [])
    .map((sentence) => {
      const at = sentence.toLowerCase().indexOf(first.toLowerCase());
      return at < 0
        ? sentence
        : `${sentence.slice(0, at).replace(/\b(?:my|our)(?: \p{L}+){0,4},? *$/iu, '')}\n`;
    })
    .join('');
};

const anotherMeeting =
  /\b(?:next (?:time|one|month|meeting|cycle|year)|another (?:date|day|time)|different (?:date|day|time|meeting)|other (?:date|day|one|meeting|group)|last (?:time|one|meeting|month))\b/u;

/** Words of the writer's own, with what stands before them. */
interface Aside extends Part {
  /** Words of the same phrase that say why the writer is away: “poorly” before “child at home”. */
  readonly goesOnFrom: string;
  /** Whether they follow a “but” after an answer. */
  readonly takesBack: boolean;
  /** Whether they go on after a “no” in the same breath. */
  readonly afterMereNo: boolean;
}

const isNo = ({ sense }: Part): boolean => sense === 'no' || sense === 'bare-no';

const asidesIn = (parts: readonly Part[]): readonly Aside[] =>
  parts.flatMap((part, at) => {
    if (part.sense !== 'aside' && part.sense !== 'running-on' && part.sense !== 'question') return [];
    const before = parts[at - 1];
    return [
      {
        ...part,
        goesOnFrom: part.sense === 'running-on' && before?.sense === 'away' ? before.words : '',
        afterMereNo: part.sense === 'running-on' && before?.sense === 'bare-no',
        takesBack: before?.sense === 'but' && parts.slice(0, at).some(isNo),
      },
    ];
  });

/** With whom or what words go on that give a reason after a mere “no”: “no more meetings” is none. */
const beginsReason =
  /^(?:i|we|my|our|on|at|in|am|got|have|having|it is|that is|because|as|due|since|too|away|busy|with|[a-z]+ing)\b/u;

const isReason = ({ words, goesOnFrom, afterMereNo }: Aside): boolean =>
  (!afterMereNo || beginsReason.test(words)) && isReasonForNo(words, goesOnFrom);

const isFineBesideYes = ({ sense, words }: Aside): boolean =>
  sense === 'question' ? asksByTheWay(words) : leavesYes(words);

/** What goes on in the same breath may be a part of the no: “the first hour”. */
const isFineBesideNo = (aside: Aside): boolean => {
  if (aside.sense === 'question') return asksByTheWay(aside.words);
  return !aside.takesBack && (aside.sense === 'running-on' ? isReason(aside) : leavesNo(aside.words));
};

const notUnderstood = (words: string): WordsReading =>
  unclear(`It is not certain what is meant by “${words}”.`);

const alsoComes =
  /\b(?:i|we) (?:will|can|shall|am|are)(?: still| also| be)* (?:there|come|coming|attend|attending|join|joining)\b|\bcover(?:ing)? (?:the|our|my|his|her|their)\b(?! (?:meeting|lcpg))/u;
const onlyTried =
  /\b(?:try|trying|hope|hoping|hopefully|see if|wondering|whether|want|if|might|may|maybe)\b/u;

const readWhoComes = (words: string, question: Question): WordsReading | undefined => {
  const named = readSubstitute(words, question.ownAddresses ?? []);
  if (named === undefined) return undefined;
  if (named === 'unnamed') return unclear('Somebody else is to come, but it is not certain who.');
  const text = plainWords(withoutNames(besideName(words, named.who.name), question.bodyName));
  const { parts, unexplained } = explain(text, nothingLeftOut);
  if (parts === null) return unclear(`It names another person, and says more: “${unexplained}”.`);
  const more = asidesIn(parts).find((aside) => !isFineBesideNo(aside));
  if (more !== undefined) return unclear(`It names another person, and says more: “${more.asWritten}”.`);
  const has = (...looked: readonly Sense[]): boolean => parts.some(({ sense }) => looked.includes(sense));
  if (has('yes') || alsoComes.test(plainWords(words)))
    return unclear('It names another person, and says that the writer comes.');
  if (onlyTried.test(text)) return unclear('It names another person, and is not certain that they come.');
  if (/\binstead of (?!me\b|myself\b|us\b)/u.test(words.toLowerCase()))
    return unclear('It names another person, perhaps instead of somebody else.');
  if (anotherMeeting.test(words.toLowerCase())) return unclear('It may speak of another meeting.');
  return named.instead || has('no', 'bare-no', 'away', 'regret')
    ? { answer: 'substitute', substitute: named.who, reason: 'It says who comes instead.' }
    : unclear('It names another person, and does not say whether instead of the writer.');
};

const readAttendance = (words: string, question: Question): WordsReading => {
  const own = withoutSignature(words).replace(/\ba\/l\b/giu, 'annual leave');
  const who = readWhoComes(own, question);
  if (who !== undefined) return who;
  if (own.length > longestAnswer) return unclear('The text is too long to be a plain answer.');
  const text = plainWords(withoutNames(own, question.bodyName));
  if (!/[\p{L}\d]/u.test(text)) return unclear('There are no words that answer.');
  if (/\btentative(?:ly)?\b/u.test(text) && !/\b(?:no|not|cannot)\b/u.test(text))
    return { answer: 'tentative', reason: 'It says “tentative”.' };
  const { parts, unexplained } = explain(text, substitutesOnly);
  if (parts === null) return notUnderstood(unexplained);
  if (ofAnotherDay(text, question.day)) return unclear('It speaks of another day, or of several.');
  return concluded(parts, text);
};

/** Words that say for what somebody is sorry who comes. */
const onlyForDelay =
  /\b(?:late|delay|slow|sooner|earlier|just (?:picked|seen|spotted|got|found|read|noticed|opened|come)|not (?:replied|responded|got back)|(?:forgot|meant|meaning) to (?:reply|respond|answer)|(?:missed|overlooked) (?:this|it|your (?:email|message|first))|thought (?:that )?i (?:would|had) (?:already )?(?:replied|responded|answered)|been (?:manic|busy|hectic|mad|snowed|swamped|away|off|on leave))\b/u;

const isTakenDay = (words: string): boolean =>
  /^(?:i|we) (?:am|are|will be|have|have got) .*\b(?:that (?:day|week|date|time|morning|afternoon)|then|#)$/u.test(
    words,
  ) && !/\b(?:attend\w*|chair\w*|present\w*|speak\w*|report\w*)\b|§/u.test(words);

/** Whether a mere “sorry” comes after the yes. */
const onlyPolite = (parts: readonly Part[]): boolean => {
  const first = parts.findIndex(({ sense }) => sense === 'yes' || sense === 'bare-yes');
  return parts.every(({ sense, words }, at) => sense !== 'regret' || (words === 'sorry' && at > first));
};

/** What the parts of a whole text come to together. */
const concluded = (parts: readonly Part[], text: string): WordsReading => {
  const has = (...looked: readonly Sense[]): boolean => parts.some(({ sense }) => looked.includes(sense));
  const asides = asidesIn(parts);
  /** The first of the writer's own words that are not as they should be. */
  const odd = (isFine: (aside: Aside) => boolean): string | undefined =>
    asides.find((aside) => !isFine(aside))?.asWritten;
  const wished =
    has('wish') && (has('yes', 'bare-yes') || /\b(?:thanks|thank you|cheers|diolch)\b/u.test(text));
  const yes = wished || has('yes', 'bare-yes');
  if (yes && has('no', 'bare-no')) return unclear('It says yes and no.');
  if (yes) {
    if (has('away', 'after-no') || (has('regret') && !onlyForDelay.test(text) && !onlyPolite(parts)))
      return unclear('It says yes, with something beside it that speaks against it.');
    const turned = odd(isFineBesideYes);
    if (turned !== undefined) return notUnderstood(turned);
    if (wished || has('yes')) return { answer: 'accept', reason: 'It says that the person comes.' };
    return has('other-matter') ||
      !asides.every(({ words }) => /^(?:i am )?(?:really |very much )?looking forward to /u.test(words))
      ? unclear('It says yes, perhaps to something else.')
      : { answer: 'accept', reason: 'It says yes, and speaks of nothing else.' };
  }
  if (has('no')) {
    const turned = odd(isFineBesideNo);
    return turned === undefined
      ? { answer: 'decline', reason: 'It says that the person does not come.' }
      : notUnderstood(turned);
  }
  const butAfter = parts.some(({ sense }, at) => sense === 'but' && parts.slice(0, at).some(isNo));
  const other = butAfter || has('other-matter', 'agreeable', 'question');
  if (has('bare-no'))
    return other || odd(isReason) !== undefined
      ? unclear('It says no or sends apologies, perhaps for something else.')
      : { answer: 'decline', reason: 'It says no or sends apologies, and speaks of nothing else.' };
  if (has('away') || (has('regret') && asides.length > 0)) {
    const ofTheDay =
      /\b(?:that (?:day|week|date|time|morning|afternoon)|then|on the day)\b/u.test(text) ||
      parts.some(({ sense, words }) => sense === 'away' && words.includes('#'));
    const ofNow = /\b(?:today|tomorrow|this week|sick|ill|unwell|poorly|(?<!day )off)\b/u.test(text);
    if (!other && odd(isReason) === undefined && (ofTheDay || (has('regret') && !ofNow)))
      return { answer: 'decline', reason: 'It gives a reason for not coming.' };
  }
  // “I am on strike that day”: words of the writer's own can say it as well.
  const dayIsTaken = asides.length > 0 && asides.every((aside) => isReason(aside) && isTakenDay(aside.words));
  if (dayIsTaken && !other) return { answer: 'decline', reason: 'It gives a reason for not coming.' };
  const [unknown] = asides;
  return unknown === undefined
    ? unclear('Nothing in the words says for certain whether the person comes.')
    : notUnderstood(unknown.asWritten);
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
