import { knownWords } from './known-forms.ts';

/** Who comes instead of somebody, as far as the words say. */
export interface Substitute {
  readonly name: string;
  /** Null where none was given. */
  readonly email: string | null;
}

interface Named {
  readonly who: Substitute;
  /** Whether the words themselves say “instead of me”. */
  readonly instead: boolean;
}

const title = String.raw`(?:Mr|Mrs|Ms|Miss|Mx|Dr|Cllr|Councillor|Prof|Rev|PC|DI|DS|DCI|Insp|Inspector|Sgt)\.? `;
const word = String.raw`\p{Lu}[\p{L}'.-]*`;
const name = String.raw`(?:${title})?${word}(?: (?:${word}|de|van|von|der|da|al|bin|el|la|le|O'${word})){0,3}`;
const beside = String.raw`(?:\s*(?:\([^()]{1,120}\)|<[^<>]{1,120}>|,[^,.!?]{1,80},| (?:from|of|in) [\w'& ]{2,40}?))?`;
const will = String.raw`(?:will|is going to|is (?:happy|able|free|available|willing|due) to|'ll|is|shall|can|to|has (?:kindly )?(?:agreed|offered|volunteered) to|agreed to|who (?:will|is|can))`;
const comes = String.raw`(?:attend|attending|come|coming|go|going|there|along|represent(?:ing)?|cover(?:ing)?|deputis(?:e|ing)|deputiz(?:e|ing)|stand(?:ing)? in|step(?:ping)? in|tak(?:e|ing) my (?:place|seat)|join(?:ing)?|sit(?:ting)? in|fill(?:ing)? in|substitut(?:e|ing)|replac(?:e|ing) me)`;
const mine = String.raw`(?:instead|(?:sending|nominating|nominated|delegated to) (?:my (?:colleague|deputy),? )?\p{Lu}[\p{L}'-]+ \p{Lu}[\p{L}'-]+(?= *(?:[.,!(\n]|$|from|who|to))|my sub|in place of me|in my (?:place|stead|absence)|on (?:my|our) behalf|for me|of me|substitut\w*|deputis\w*|deputiz\w*|stand(?:ing|s)? in|step(?:ping|s)? in|cover(?:ing)?(?: for (?:me|us|this(?: one)?|it))?(?= *(?:[.,!\n]|$))|represent\w*|replac(?:e|ing) me|my (?:place|seat)|fill(?:ing)? in)`;

/** Forms in which people say who comes. The first group is the name. */
const forms: readonly RegExp[] = [
  new RegExp(
    String.raw`(${name})${beside},? ${will} (?:now |instead |kindly |also |be )*(?:be )?${comes}\b`,
    'u',
  ),
  new RegExp(
    String.raw`\b(?:I|We|I'm|I'll|I've)(?: am| will| have| shall)?(?: be)?(?: now| therefore| instead)? (?:sending|send|nominated?|nominating|delegated?(?: this)? to|arranged for|asked) (?:my (?:colleague|deputy),? )?(${name})`,
    'u',
  ),
  new RegExp(
    String.raw`\b(?:[Mm]y|[Oo]ur|[Tt]he)? ?(?:[Ss]ubstitute|[Dd]eputy|[Rr]eplacement|[Rr]epresentative|[Dd]elegate|[Ss]tand-?in)(?: for me)?(?: is| will be|:| -| –|,)+ ?(?:my colleague )?(${name})`,
    'u',
  ),
  new RegExp(
    String.raw`(${word} ${name})${beside},? (?:can|will)(?: instead| do it| make it)?(?= *(?:[.,!\n]|$))`,
    'u',
  ),
  new RegExp(String.raw`\b(?:represented|replaced|covered) by (?:my (?:colleague|deputy),? )?(${name})`, 'u'),
  new RegExp(
    String.raw`(${name})${beside},? (?:to )?(?:attend |attending |come |coming |go |going |deputising |covering |representing )?(?:instead\b|in my (?:place|stead|absence)|in place of me|on (?:my|our) behalf|for (?:me|us)\b)`,
    'u',
  ),
  new RegExp(
    String.raw`\b[Ii]nstead(?: of me)?,? (?:will be |it will be |please expect |expect )(${name})`,
    'u',
  ),
  new RegExp(
    String.raw`\b(?:[Pp]lease )?(?:invite|expect|add) (${name})${beside} (?:instead|in my place)`,
    'u',
  ),
];

/** Names as people type them on a telephone: what no form knows, before what only somebody else does. */
const lowerCaseForm = new RegExp(
  String.raw`(?<![\w'])([a-z][a-z'-]+(?: [a-z][a-z'-]+){0,2}?) (?:will|is|is going to) (?:be )?(?:my (?:sub|substitute|deputy|replacement|stand-in)(?= *(?:[.,!\n]|$))|(?:attend|attending|come|coming|go|going) (?:instead|in my (?:place|stead|absence)|on my behalf|for me)|(?:cover|covering|stand in|standing in|step in|stepping in|deputise|deputising|sub|subbing)(?: for me| this| it)?(?= *(?:[.,!\n]|$)))`,
  'gu',
);

/** Words with a capital that begin a sentence and are no name. */
const noName = new Set(
  'apologies apology sorry unfortunately sadly hi hello dear yes no the my i we she he they it this that someone somebody nobody our please thanks thank however but and also neither both whoever not who colleague deputy if as so regretfully regrettably instead nobody none one another any anyone everyone there here what when where maybe perhaps can could will would should may might hopefully possibly probably morning afternoon good monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december you your their her his its im ill ive id ok okay great meeting lcpg chwb group teams zoom somebody regards kind substitute replacement representative delegate sending send sent nominating asking asked with expect inviting unable able happy delighted pleased glad attending confirming confirmed afraid regrets away annual leave pray wish think save raise spare say tell give take bring hold keep drink eat cheer vote speak listen'.split(
    ' ',
  ),
);

const isNoName = (each: string): boolean => noName.has(each) || knownWords.has(each);

/** Words that are said of who comes before the name itself. */
const before = /^(?:(?:colleague|deputy|manager|assistant|officer|lead|head|team|service)\s+)+/iu;

/** Words of posts: those alone are nobody's name. */
const ofPosts = new Set(
  'assistant head deputy teacher manager officer lead leader director coordinator co-ordinator chief executive principal inspector sergeant councillor chair nurse visitor worker secretary clerk service team senior'.split(
    ' ',
  ),
);

const cleanName = (found: string): string | undefined => {
  const words = found.replace(before, '').split(' ');
  while (words.length > 0 && noName.has((words[0] ?? '').toLowerCase().replace(/[^\p{L}]/gu, '')))
    words.shift();
  const whole = words.join(' ').replace(/[.'-]+$/u, '');
  return whole.length < 2 ||
    words.some((each) => noName.has(each.toLowerCase())) ||
    words.every((each) => ofPosts.has(each.toLowerCase()))
    ? undefined
    : whole.slice(0, 100);
};

const address = /[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z0-9][a-z0-9.-]{0,200}\.[a-z]{2,24}/giu;

/** Somebody else is spoken of, but no form says who. */
const unnamed =
  /\b(?:someone|somebody|a (?:colleague|substitute|deputy|replacement|representative)|one of (?:my|the|our) (?:team|colleagues|officers|staff)|(?:my|our) (?:colleague|deputy|manager|assistant|substitute|line manager)|another (?:colleague|member|officer)|she|he|they)\b[^.!?\n]{0,60}\b(?:instead|in my place|on my behalf|for me|will (?:attend|come|be there|represent|cover)|to (?:attend|come|represent))\b|\bsend(?:ing)? (?:a |my )(?:substitute|deputy|colleague|representative|replacement)\b/iu;

const doubtful =
  /\b(?:not|no one|nobody|never|neither|may|might|maybe|perhaps|if|unless|could|should|whether|hope|hopefully|try|trying|possibly|probably|tbc|think|ask(?:ing)?(?! [\p{L} ]{2,60} to)|will ask|see if|check)\b|n't\b|\?/iu;

/**
 * Who is said to come instead; `unnamed` where somebody is but it is not certain who; undefined where nobody is.
 * @param words in their own case
 * @param ownAddresses that are the writer's, in lower case
 */
export const readSubstitute = (
  words: string,
  ownAddresses: readonly string[],
): Named | 'unnamed' | undefined => {
  const text = words.replace(/[’‘`´]/gu, "'").replace(/([^\n.!?]{50,})\n(?=[^\n])/gu, '$1 ');
  const found = new Map<string, boolean>();
  let unsure = false;
  for (const sentence of text.match(
    /(?:[^.!?\n]|\.(?=\S)|(?<=\b(?:Mr|Mrs|Ms|Dr|Cllr|Prof|Rev|Sgt))\.)+[.!?]*/gu,
  ) ?? []) {
    const named = namedIn(sentence);
    if (named === undefined) {
      unsure ||= unnamed.test(sentence);
      continue;
    }
    // “I can't make it but Jo will come”: the negation is of the other part.
    const part = sentence.slice(sentence.search(new RegExp(named.replace(/[^\p{L}\d ]/gu, '.'), 'iu')));
    if (doubtful.test(part)) return 'unnamed';
    found.set(
      named,
      new RegExp(String.raw`\b${mine}(?![\p{L}])`, 'iu').test(sentence) || found.get(named) === true,
    );
  }
  const [only, second] = [...found];
  if (only === undefined) return unsure ? 'unnamed' : undefined;
  if (second !== undefined) return 'unnamed';
  const emails = [
    ...new Set([...text.matchAll(address)].map(([each]) => each.toLowerCase().replace(/\.$/u, ''))),
  ].filter((each) => !ownAddresses.includes(each));
  return {
    who: { name: only[0], email: emails.length === 1 ? (emails[0] ?? null) : null },
    instead: only[1],
  };
};

const namedIn = (sentence: string): string | undefined => {
  for (const form of forms) {
    let match = form.exec(sentence);
    let named = match?.[1] === undefined ? undefined : cleanName(match[1]);
    // “Apologies from me but Jo Smith will come”: the first word with a capital may be none of a name.
    while (match !== null && named === undefined) {
      const further = new RegExp(form.source, 'gu');
      further.lastIndex = match.index + 1;
      match = further.exec(sentence);
      named = match?.[1] === undefined ? undefined : cleanName(match[1]);
    }
    if (match === null || named === undefined) continue;
    // Of two people it is not certain who takes the place.
    if (/\b(?:and|or|with) $/u.test(sentence.slice(0, match.index + match[0].indexOf(named))))
      return undefined;
    if (
      match[0].includes(' asked ') &&
      !/\bto (?:attend|come|go|represent|cover|deputise|stand in|take|join|step)/u.test(sentence)
    )
      return undefined;
    return named;
  }
  const lower = [...sentence.matchAll(lowerCaseForm)].flatMap(([, words = '']) => {
    const said = words.split(' ');
    while (said.length > 0 && isNoName(said[0] ?? '')) said.shift();
    return said.length === 0 || said.some(isNoName) ? [] : [said.join(' ')];
  })[0];
  return lower === undefined
    ? undefined
    : lower.replace(/(?<=^|[ '-])\p{Ll}/gu, (letter) => letter.toUpperCase());
};
