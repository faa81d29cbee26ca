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
  /** Addresses that are the person's own, in lower case: none of them is a substitute's. */
  readonly ownAddresses?: readonly string[];
}

const longest = 4_000;

const adverb =
  '(?:(?:both|all|also|only(?= \\w+ for)|certainly|definitely|absolutely|of course|now|indeed|very|gladly|sadly|unfortunately|actually|personally|after all|just|regrettably|therefore|be|still|again|too) )*';
/** After “attend”, “come” or “make it”: the end, or what still speaks of this meeting. */
const objectOfComing =
  "(?=\\s*(?:$|[.,!;:)(–—-]|(?:in person|online|remotely|virtually|by|via|on|at|with|as|and|for|from|this|it|that|too|also|again|please|thanks|thank|tomorrow|today|then|there|along|both|due|because|so|sorry|either|now|any ?more|i'm|i am|unfortunately|but|after all|in the end|to (?:it|this|that))\\b|(?:to )?(?:the|our|your|this|that) (?:[\\w&'-]+ ){0,4}(?:meetings?|session|lcpg|group|call|event|one|date|time)\\b))";
const coming = `(?:attend(?:ing)?(?! to\\b)|(?:come|attend|join|stay)(?= for)|come|coming|join(?:ing)?(?: you| us| in)?|make (?:it|this|that)|making it|get (?:there|to it)|participate|take part)${objectOfComing}`;
const present = '(?:there|present|in attendance|around|available|free|along|with you|at the meeting|here)';
/** Who may stand before a verb: the writer, or nobody; never another person. */
const writer =
  "(?:^|[,:;!–—-] *|\\b(?:i|we|i'm|i am|i'll|we'll|both of us|all of us|and|but|so|unfortunately|sadly|sorry|afraid|that|regrettably|regret|apologies|however|as|because|really|simply|also|now|actually|currently|obviously|personally|yes|yep|yeah|no|ok|okay|great|thanks|you|hello|hi all|morning|afternoon|to say|confirm)[, ]+)";

const accepting: readonly RegExp[] = [
  new RegExp(
    String.raw`\b(?:i|we|(?:both|all|two|three|four|all \w+) of us)(?:'ll| will| shall| can|'m| am|'re| are| confirm(?: that)? (?:i|we)(?:'ll| will| can|'m| am)) ${adverb}(?:be )?${adverb}(?:able to |happy to |pleased to |delighted to |glad to )?(?:be )?(?:${coming}|${present}(?! in spirit))`,
    'u',
  ),
  /\b(?:i|we)(?:'d| would) be (?:very |more than )?(?:happy|pleased|delighted|glad) to (?:attend|come|join|be there|accept)\b/u,
  /\b(?:(?:happy|pleased|delighted|glad) to (?:accept|confirm (?:my|our) attendance))\b/u,
  /\b(?:i|we)(?:'m| am|'re| are) in(?=\s*(?:$|[.,!]))/u,
  new RegExp(
    String.raw`(?:^|[,:;!–—-] *|\b(?:yes|yep|yeah|ok|okay|great|thanks|thank you|lovely|perfect) )(?:yes )?(?:(?:will|shall|can|am) ${adverb}(?:be )?(?:${coming}|${present}\b)|(?:am )?(?:more than |very )?(?:happy|pleased|delighted|able|glad) to (?:be there|${coming})|(?:attending|coming)${objectOfComing})`,
    'u',
  ),
  /\b(?:i|we) (?:can |am |hereby |happily |gladly )?(?:accept|confirm(?:ing)?)(?: (?:my|our|your|the|this))? ?(?:attendance|invitation|invite|place|participation)?(?=\s*(?:$|[.,!]|for\b|at\b|on\b|with\b|thanks))/u,
  /^(?:confirming|i confirm|please confirm|happy to confirm|to confirm|confirmed)[:,]? (?:my|our|that)? ?attendance\b/u,
  /\b(?:count me in|sign me up|put me down (?:as (?:a yes|attending|coming|present)|for (?:this|it|a place))|mark me (?:down )?as (?:attending|coming|present|a yes))\b/u,
  /\b(?:i'll |i will |will |and |we'll )?see (?:you|everyone|them) (?:all |both )?(?:there|then|at the meeting|at \d|on (?:the day|the \d|mon|tue|wed|thu|fri|\d)|tomorrow|later today)/u,
  /\b(?:look|looking) forward to (?:attending|joining (?:you|the)|being there|coming|seeing (?:you|everyone) (?:all )?(?:there|then|at the|on))/u,
  /\b(?:would not|wouldn't) miss it\b/u,
  /\bcan't wait to (?:attend|be there|see you|join|come)\b/u,
];

const bareYes =
  /^(?:(?:oh )?(?:yes|yep|yeah|yup|sure|certainly|definitely|absolutely|of course|affirmative|accepted|accept|confirmed|attending|coming|yes (?:please|thanks|thank you|of course|definitely|certainly|absolutely|indeed|from me|sure|confirmed|attending|all good|that's fine|that is fine)|(?:it's |it is |that's |a )*(?:a )?yes from (?:me|us)|i accept|i do|y|(?:yes )?(?:will do|i will|i can|we will|we can)))$/u;

const declining: readonly RegExp[] = [
  new RegExp(
    String.raw`${writer}${adverb}(?:can't|cannot|can no longer|can not|won't|will not|shan't|shall not|'m not|am not|are not|aren't|not|unable to|not able to|no longer able to|not going to|will no longer|will be unable to|will not be able to|am unable to|are unable to|am no longer able to|am not able to|'ll be unable to|'ll not|'ll not be able to|no longer) ${adverb}(?:able to )?${adverb}(?:be )?(?:${coming}|make (?:the|our|your|this|that|it to the) (?:[\w&'-]+ ){0,3}(?:meeting|session|date|one|time)|do (?:it|this|that|this one|that one|that date|that day)(?=\s*(?:$|[.,!;]))|be (?:${present}|able)|${present}\b)`,
    'u',
  ),
  /\b(?:i|we)(?:(?:'ll|'ve got to| will|'m going to| am going to)(?: (?:sadly|unfortunately|now))*(?: (?:have|need) to)?|(?: (?:sadly|unfortunately|now))* (?:(?:have|need|have got) to|must)) (?:sadly |unfortunately )*(?:decline|miss (?:it|this|the meeting|this one|out)|send (?:my |our )?apologies|give (?:my |our )?apologies|pull out|say no|pass on this)\b/u,
  /\b(?:i|we) (?:must |will |have to |regretfully |sadly )*(?:decline)(?=\s*(?:$|[.,!]|this|the|your|with))/u,
  /^(?:declined|decline|i decline)$/u,
  /\b(?:please )?(?:accept|send|pass on|give|note|record|convey|take|tender|register)(?:ing)? (?:my|our) (?:sincere |humble )?apologies\b/u,
  /\b(?:please )?(?:accept|note|record|take) (?:this as )?(?:my |our )?apologies (?:from me|for (?:the|this|that|my absence|not|tomorrow|today|mon|tue|wed|thu|fri|\d))/u,
  /\bapologies (?:from (?:me|us|myself)\b|for (?:(?:the|this|that|tomorrow's|today's|your|next week's|our) (?:[\w&'-]+ ){0,4}(?:meeting|session|lcpg|one|date|group)|my (?:absence|non-attendance)|(?:non-attendance|absence)|not being (?:able|there|available)|not (?:attending|coming|making it)|tomorrow|today))/u,
  /\b(?:count me out|i'm out(?=\s*(?:$|[.,!]))|mark me (?:down )?as (?:apologies|absent|not attending)|put me down (?:as|for) (?:apologies|a no|not attending))\b/u,
  new RegExp(
    String.raw`${writer}(?:am |'m )?(?:really |so |very )?(?:sorry|afraid)[, ]+(?:but )?(?:i |we )?(?:can't|cannot|won't|am unable|unable)(?=\s*(?:$|[.,!]))`,
    'u',
  ),
];

const bareNo =
  /^(?:(?:no )?(?:i'm |i am )?afraid not|(?:sorry )?(?:no|nope)(?: (?:thanks|thank you|sorry|unfortunately|apologies|i can't|i cannot))?|(?:i'm |i am )?(?:sorry|afraid|unfortunately|sadly|regrettably) (?:but )?(?:no|not|i can't|not this time)|not this time(?: sorry| i'm afraid)?|(?:sorry |my |with |sincere |many |please accept )*apologies(?: this time| from me| sorry| please| on this occasion)?|i can't|can't|it's a no from me|a no from me)$/u;

/** A reason for which one does not come, said of the meeting's own day. */
const elsewhere =
  /\b(?:i'm|i am|i'll be|i will be|we're|am|on|have|i have|i've got|i've|due to|because of) (?:already |now |away )?(?:(?:on|taking) (?:\w+ )?(?:leave|holiday)|leave|away|abroad|double[- ]booked|already booked|out of (?:the )?(?:country|county)|in court|unwell|ill|off sick|sick|another (?:meeting|commitment|appointment)|a (?:clash|prior|previous|conflicting|hospital|dentist|medical|family)\b|(?:a )?(?:clashing|prior|conflicting) )/u;
const thatDay =
  /\b(?:that (?:day|week|morning|afternoon|date|time)|then|at (?:that|the) time|on the day|this week|all week)\b/u;
const regret = /\b(?:apologies|sorry|unfortunately|sadly|afraid|regret)/u;

/** Doubt, conditions, plans: nothing that follows from these is certain. */
const doubt =
  /\b(?:may|might|maybe|perhaps|possibly|possible|probably|hopefully|hopes?|hoping|hoped|try|trying|should|could|would have|would've|would love|would like|i'd love|i'd like|think|thinking|guess|suppose|reckon|doubt|doubtful|unlikely|likely|not (?:100% |entirely |yet |quite |really )?(?:sure|certain|convinced|confirmed)|unsure|uncertain|don't (?:yet )?know|not know|dunno|depends?|depending|dependent|tb[ca]|provisional(?:ly)?|pencil(?:led)?|fingers crossed|my best|best to|aim(?:ing)? to|plan(?:ning|ned|s)? (?:to|on)|intend|intending|intention|was going|was planning|were going|let you know|get back to|come back to you|confirm(?:ation)? (?:later|nearer|closer|soon|shortly|asap|by|once|when|tomorrow|next|in due)|will confirm|to confirm(?= (?:later|nearer|soon))|need to check|have to check|check(?:ing)? (?:my|with|the|if|and)|see (?:if|whether|how)|waiting|awaiting|or not|whether|ideally|in theory|technically|all being well|god willing|pending|subject to|assuming|as long as|so long as|provided|providing|unless|only if|if|in case|once|50[/-]50|at a push|not that|no reason|not because|don't see why|can't not|pretend|rather|in (?:an|half an|\d+|\w+) (?:hour|minute|min)s?|on my way)\b|\d ?%|per ?cent/u;
const mockery =
  /\b(?:yeah,? right|as if|oh (?:great|joy|good|goody|wonderful|brilliant)|(?:great|yay|fab),? another meeting|yet another|lucky me|hell|dead body|just what i need(?:ed)?|lol|haha|joking|jk|only kidding|wild horses|thrilled|sarcasm|fun times|not a chance in|can hardly wait|riveting)\b|[🙄😒😂🤣🙃😏]/u;
const anotherTime =
  /\b(?:next (?:time|one|month|meeting|cycle|year|week's)|another (?:date|day|time|one)|different (?:date|day|time|meeting)|other (?:date|day|one|meeting|group)|the one (?:in|on|after|before)|last (?:time|one|meeting|month|week)|previous|following (?:one|meeting|month|week)|in (?:the )?future|instead of (?:the|this)|the (?:first|second|latter|former) (?:one|date|meeting)|both (?:dates|meetings)|either (?:date|day|meeting))\b/u;
/**
 * What may stand beside a yes without changing it. Any other word may be a condition that nobody thought of here: a yes
 * with such a word is not certain.
 */
const harmless = new Set(
  `the a an this that these our your my their to at on in of for with by via from and also too as well both all again
  please yes yep yeah yup ok okay great lovely perfect fine good brilliant super excellent cool wonderful thanks
  thank cheers you hi hiya hello dear hey morning afternoon evening everyone folks team there then here it is it's
  that's am i i'm i'll i've we we'll we're us me will shall can be being been pm o'clock oclock noon midday minutes mins
  min half hour hours first second only just so very much many really definitely certainly absolutely course happy
  pleased delighted glad looking look forward meeting meetings session lcpg group groups chairs chair partnership
  partnerships local children's childrens call event board date time day week diary calendar invitation invite email
  message person online teams zoom phone link remotely virtually office offices town hall room council kent district
  manager colleague colleagues representing today tomorrow tonight bells have has moved things around make confirm
  confirmed confirming attendance attend attending come coming join joining along present able accept free available
  received got seen saw read papers paper agenda minutes pack usual always early works work suits fits bring bringing cake figures update need
  vegetarian vegan lunch parking space wheelchair access large print one two three four five reply asking inviting
  letting know interested keen see put everybody guys soon indeed gladly note noted
  mon tue wed thu fri monday tuesday wednesday thursday friday saturday sunday january february march april may june
  july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec`.split(
    /\s+/u,
  ),
);

/** Coming for a part of it, late, or by another way. */
const inPart =
  /\b(?:on time|in time|until|till|before|for the (?:start|beginning|first|second|last|whole|full|entire|end)|the (?:whole|full|entire|start|beginning|first|end|rest)|all of|in person|online|remotely|virtually|dial|phone|zoom|teams|hybrid|late|early|by \d|at \d|for \d|after \d|stay)\b/u;
const negation =
  /\b(?:not|no|never|none|nobody|cannot|unable|declin\w*|cancel\w*|apolog\w*|unfortunately|sadly|afraid|regret\w*|sorry|however|although|instead|behalf|withdraw\w*|miss|nor|neither|without|hardly|barely|ill|unwell|sick|leave|clash|double[- ]booked|refuse|wish|spirit|if only|substitute|deputy|changed|ignore|disregard|forget|mistake|wrong|permitting|oops|scrap|longer)\b|n't\b/u;
/** Somebody is to come for the writer. */
const someoneElse =
  /\b(?:someone|somebody|colleague|deputy|deputis\w*|substitute|replacement|representative|represent\w*|stand[- ]?in|(?:on|my) behalf|in my (?:place|stead|absence)|my place|(?:will|to|can|could) (?:come|attend|go|be there)\b.{0,40}\binstead|send(?:ing)? (?:my (?!apologies)|\w+ (?:to|in)|a )|cover(?:ing)? for|delegat\w*|nominat\w*)\b/u;

/** What is said by the way, and says nothing of the answer. Taken out before anything is read. */
const byTheWay: readonly RegExp[] = [
  /\b(?:no|not a|never a) (?:problem|problems|worries|worry|bother|issue|issues|trouble|probs)(?: at all| for me)?\b/gu,
  /\bno (?:need|rush|hurry|further|other|more|changes?|comments?|questions?|dietary|special|access|allerg\w*|updates?|amendments?|parking|lunch)\b[^.!?\n,;]*/gu,
  /\bno (?:substitute|deputy|replacement|one else)\b[^.!?\n;]*/gu,
  /\b(?:do not|don't|won't|will not) (?:need|require|want|have any|worry)\b(?![^.!?\n,;]*\b(?:attend|come|be there|join|meeting)\b)[^.!?\n,;]*/gu,
  /\b(?:very |so |many |my |really )*(?:sorry|apologies|apologise)\b[, ]*(?:for|about|that|it's|this is)? ?(?:the |my |this |such |taking |it took |being )*(?:late|delay|delayed|slow|tardy|belated|lateness|so long|not (?:replying|responding|getting back|coming back|answering|having (?:replied|responded|answered))|any (?:inconvenience|confusion|trouble)|the confusion|earlier (?:email|message|confusion))\b[^.!?\n;]*/gu,
  /\b(?:haven't|have not|not|didn't|never) (?:yet )?(?:had|received|got|get|seen|see) (?:the|an|any|a|my|your) (?:\w+ )?(?:agenda|papers?|link|minutes|pack|invit\w*|documents?|attachments?|e-?mail|calendar|original)\b[^.!?\n;]*/gu,
  /\b(?:let me know|please (?:let me know|tell me|shout|ask|say|get in touch|contact me)|do (?:let me know|shout|ask)|happy to help|just ask) ?,? if\b[^.!?\n;]*/gu,
  /\bif (?:you (?:need|require|have|want|would like) (?:any|anything|more|further|something|help)|there(?:'s| is) anything|any questions|anything changes)\b[^.!?\n;]*/gu,
  /\b(?:just |only |quick(?:ly)? |i'm |writing |e-?mailing |wanted |note |a (?:quick )?(?:line|note|e-?mail) )*to let you know(?: that)?\b/gu,
  /\b(?:i |we )?(?:may|might|will|'ll|could)(?: well)?(?: have to| need to| be)? (?:a (?:bit|little|few minutes|couple of minutes)|slightly|(?:\w+|\d+) ?min\w*|leave|late|have to leave|need to leave)\b[^.!?\n;]*/gu,
  /\b(?:can't|cannot|won't be able to|unable to) stay\b[^.!?\n;]*/gu,
  /\b(?:won't|will not|shan't) be late\b/gu,
  /\b(?:but |and )?(?:i |we )?(?:will|'ll|hope(?:fully)?|look(?:ing)? forward|see you|aim|try|should|plan)\b[^.!?\n;]{0,50}\b(?:the |for the )?next (?:time|one|month|meeting|session)\b[^.!?\n;]*/gu,
  /\b(?:i )?hope (?:it goes|the meeting (?:goes|is)|that (?:it|all|everything|the meeting) goes|you(?:'re| are| have| had| all have| all are)|all (?:is|goes)|everyone (?:is|has)|everything (?:is|goes)|this (?:finds|helps))\b[^.!?\n;]*/gu,
  /\bsorry (?:i|to have|that i) missed (?:the last|last|your|the previous)\b[^.!?\n;]*/gu,
  /\b(?:(?:thanks|thank you|many thanks|cheers)(?: (?:you|so much|very much|again|all|both|a lot))?(?: for [^.!?\n;,–-]{0,60}?(?=$|[.!?\n;,–-]| (?:i|i'll|i'm|we|we'll|will|but|and|unfortunately|sadly|yes|no)\b))?)/gu,
];

const normalise = (text: string): string =>
  text
    .slice(0, longest)
    .toLowerCase()
    .replace(/[’‘`´]/gu, "'")
    .replace(/[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}/gu, '')
    .replace(/\bcan ?not\b/gu, "can't")
    .replace(/\bcant\b/gu, "can't")
    .replace(/\bwont\b/gu, "won't")
    .replace(/\bdont\b/gu, "don't")
    .replace(/\bim\b/gu, "i'm")
    .replace(/\bive\b/gu, "i've")
    .replace(/\bill (?=be\b|attend|come|see|join|make|not)/gu, "i'll ")
    .replace(
      /\b(?:isn|aren|wasn|couldn|wouldn|shouldn|didn|doesn|hasn|haven)t\b/gu,
      (word) => `${word.slice(0, -1)}'t`,
    )
    .replace(/\bi will not\b/gu, "i won't")
    .replace(/[ \t]+/gu, ' ');

const opening =
  /^(?:(?:dear|hi|hello|hey|hiya|morning|good (?:morning|afternoon|evening)|afternoon|evening)\b[^,.!\n?]{0,40}(?:[,.!-]+|$))\s*/u;

interface Sentence {
  readonly text: string;
  readonly asks: boolean;
}

const asking =
  /^(?:and |so |but |also )?(?:can|could|will|would|is|are|do|does|did|should|shall|may|am|was|has|have) (?:i|we|you|he|she|they|it|the|there|this|that|someone|somebody|anyone|my|[a-z]+ (?:come|attend|go|join|be)\b)|^(?:what|when|where|who|why|how|which)\b/u;

/** Sentences, lower case. A line that a mail program broke is put together again. */
const sentencesOf = (text: string): readonly Sentence[] => {
  const joined = text
    .replace(/([^\n.!?:]{50,})\n(?=[^\n])/gu, '$1 ')
    .replace(
      /, (?=(?:can|could|would|will|is|are|do|does|should|shall|what|when|where|who|how) (?:i|we|you|he|she|they|it|there|the)\b)/gu,
      '. ',
    );
  return (joined.match(/[^.!?\n;…]+(?:[.!?;…]+|\n|$)/gu) ?? []).flatMap((part) => {
    const sentence = part.trim().replace(opening, '');
    const bare = sentence.replace(/[.!;…\s]+$/u, '').trim();
    return /[\p{L}\d🙄😒😂🤣🙃😏]/u.test(bare)
      ? [{ text: bare.replace(/\?+$/u, '').trim(), asks: /\?$/u.test(bare) || asking.test(bare) }]
      : [];
  });
};

/** Words only, for comparing a whole sentence. */
const wordsOnly = (text: string): string =>
  text
    .replace(/[^\p{L}\d' ]+/gu, ' ')
    .replace(/ +/gu, ' ')
    .trim();

const hasContent =
  /\b(?:i|i'm|i'll|i've|we|we'll|you|it|it's|is|are|was|has|have|had|will|can|got|received|please|would|do|did|this|that|he|she|they)\b/u;

const months = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec';
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** Whether a sentence speaks of another day than the question does, or of several days. */
const ofAnotherDay = (sentence: string, day: string | undefined): boolean => {
  const days = new Set(
    [
      ...sentence.matchAll(
        /\b([0-3]?\d)(?:st|nd|rd|th)\b|\b([0-3]?\d) (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/gu,
      ),
    ].map(([, ordinal, dated]) => Number(ordinal ?? dated)),
  );
  const names = new Set(
    [...sentence.matchAll(/\b(mon|tue|wed|thu|fri|sat|sun)(?:s|r|rs|nes|ur)?(?:day)?s?\b/gu)].map(
      ([, name]) => name,
    ),
  );
  const named = new Set(
    [...sentence.matchAll(new RegExp(String.raw`\b(${months})(?:[a-z]{2,6})?\b`, 'gu'))].flatMap(
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

const unclear = (reason: string): WordsReading => ({ answer: 'unclear', reason });

const readAttendance = (words: string, question: Question): WordsReading => {
  let plain = normalise(words);
  // An idiom that says yes by a negation must not be taken for one.
  for (const idiom of byTheWay) plain = plain.replace(idiom, ' ~ ');
  const sentences = sentencesOf(plain.replace(/\b(?:but|and)? +~/gu, ' ').replaceAll('~', ' '));
  if (sentences.length === 0) return unclear('There are no words that answer.');
  if (mockery.test(plain)) return unclear('The words may not be meant as they stand.');

  const said = sentences.filter(({ asks }) => !asks).map(({ text }) => text);
  const asked = sentences.filter(({ asks }) => asks).map(({ text }) => text);
  const accepts = said.filter((text) => accepting.some((form) => form.test(text)));
  const declines = said.filter((text) => declining.some((form) => form.test(text)));
  const yes = said.filter((text) => bareYes.test(wordsOnly(text)));
  const no = said.filter((text) => bareNo.test(wordsOnly(text)));
  const matters = asked.find(
    (text) =>
      accepting.some((form) => form.test(text)) ||
      /\b(?:attend|come|instead|my place|need to be there)\b/u.test(text),
  );
  const signals = [...accepts, ...declines, ...yes, ...no];
  const uncertain = said.find((text) => doubt.test(text));

  const substitute = readSubstitute(words.slice(0, longest), question.ownAddresses ?? []);
  if (substitute !== undefined) {
    if (substitute === 'unnamed') return unclear('Somebody else is to come, but it is not certain who.');
    if (accepts.length > 0 && declines.length === 0 && !substitute.instead)
      return unclear('It names another person, and says that the writer comes.');
    if (uncertain !== undefined || matters !== undefined)
      return unclear('It names another person, but not for certain.');
    if (substitute.instead || declines.length > 0 || no.length > 0 || regret.test(plain))
      return { answer: 'substitute', substitute: substitute.who, reason: 'It says who comes instead.' };
    return unclear('It names another person, and does not say whether instead of the writer.');
  }

  if (/\b(?:tentative|tentatively)\b/u.test(plain) && declines.length + no.length === 0)
    return { answer: 'tentative', reason: 'It says “tentative”.' };
  if (signals.length === 0) {
    const away = said.find((text) => elsewhere.test(text));
    if (
      away !== undefined &&
      uncertain === undefined &&
      matters === undefined &&
      (regret.test(plain) || thatDay.test(away)) &&
      !/\b(?:but|though|will|can|'ll|late|until|before)\b/u.test(plain) &&
      !someoneElse.test(plain) &&
      !ofAnotherDay(away, question.day)
    )
      return { answer: 'decline', reason: 'It gives a reason for not coming.' };
    return unclear('Nothing in the words says for certain whether the person comes.');
  }
  if (matters !== undefined) return unclear('It asks about coming.');
  if (uncertain !== undefined) return unclear('There is a doubt or a condition in it.');
  if ((accepts.length > 0 || yes.length > 0) && (declines.length > 0 || no.length > 0))
    return unclear('It says yes and no.');
  if (signals.some((text) => ofAnotherDay(text, question.day)))
    return unclear('It speaks of another day, or of several.');

  return accepts.length + yes.length > 0
    ? readYes(plain, said, accepts, yes, namesIn(words))
    : readNo(plain, said, declines, no);
};

const readYes = (
  plain: string,
  said: readonly string[],
  accepts: readonly string[],
  yes: readonly string[],
  names: ReadonlySet<string>,
): WordsReading => {
  if (anotherTime.test(plain)) return unclear('It speaks of another meeting or time.');
  const rest = accepting.reduce((text, form) => text.replace(form, ' '), said.join('. '));
  const without = accepting.reduce((text, form) => text.replace(form, ' '), rest);
  if (negation.test(without)) return unclear('It says yes, and something against it.');
  if (/\bbut\b/u.test(without) && !inPart.test(without)) return unclear('It says yes, but.');
  if (accepts.some((text) => strangeWord(text, names) !== undefined))
    return unclear('It says yes, with words beside it that may change it.');
  if (accepts.length > 0) return { answer: 'accept', reason: 'It says that the person comes.' };
  // A bare “yes” is an answer to this only where nothing else is spoken of.
  return said.every((text) => yes.includes(text) || !hasContent.test(text))
    ? { answer: 'accept', reason: 'It says yes, and speaks of nothing else.' }
    : unclear('It says yes, perhaps to something else.');
};

/** A word beside a yes that is not known to be harmless, nor the name of somebody or something. */
const strangeWord = (sentence: string, names: ReadonlySet<string>): string | undefined =>
  accepting
    .reduce((text, form) => text.replace(form, ' '), sentence)
    .match(/[\p{L}][\p{L}'-]*/gu)
    ?.find((word) => !harmless.has(word) && !names.has(word) && !/^(?:st|nd|rd|th|am|pm)$/u.test(word));

/** Words that have a capital within a sentence: names of people, places and groups. */
const namesIn = (words: string): ReadonlySet<string> =>
  new Set(
    [...words.matchAll(/(?<=[\p{Ll}\d,:;'’&-] |\p{Lu}[\p{L}]{0,30} )\p{Lu}[\p{L}'’-]*/gu)].map(([name]) =>
      name.toLowerCase().replace('’', "'"),
    ),
  );

const readNo = (
  plain: string,
  said: readonly string[],
  declines: readonly string[],
  no: readonly string[],
): WordsReading => {
  if (someoneElse.test(plain)) return unclear('Somebody else is to come, but it is not certain who.');
  if (
    declines.some((text) => inPart.test(text)) ||
    /\b(?:dial|phone in|online|remotely|virtually|zoom|teams|late|join)\b/u.test(withoutDeclines(plain))
  )
    return unclear('It may mean coming for a part, late, or by another way.');
  if (
    /\b(?:yes|yep|yeah|definitely coming|i can (?!not))\b/u.test(withoutDeclines(plain)) ||
    /\b(?:but|however) (?:i|we)(?:'ll| will| can(?!'t))\b/u.test(plain)
  )
    return unclear('It says no, and something against it.');
  if (anotherTime.test(plain) && declines.every((text) => anotherTime.test(text)) && declines.length > 0)
    return unclear('It speaks of another meeting or time.');
  if (/\b(?:other|last|previous) (?:meeting|one|group|date)\b/u.test(plain))
    return unclear('It may speak of another meeting.');
  if (declines.some((text) => strangeBefore(text)))
    return unclear('It says no, with words before it that may change it.');
  if (declines.length > 0) return { answer: 'decline', reason: 'It says that the person does not come.' };
  return said.every((text) => no.includes(text) || !hasContent.test(text) || elsewhere.test(text))
    ? { answer: 'decline', reason: 'It says no or sends apologies, and speaks of nothing else.' }
    : unclear('It says no or apologies, perhaps to something else.');
};

/** Words after which “I can't come” is not said by the writer of himself. Reasons end in a comma, “so” or “and”. */
const strangeBefore = (sentence: string): boolean => {
  const places = declining.flatMap((form) => {
    const match = form.exec(sentence);
    return match === null
      ? []
      : [match.index + Math.max(0, match[0].search(/(?:can|won|shan|not|no longer|'m|am |are|unable)/u))];
  });
  const before = sentence.slice(0, Math.min(...places));
  if (
    /(?:[,;:–-]|\b(?:so|and|but|therefore|hence|which means|meaning|that|as|because)(?: i| we)?)\s*$/u.test(
      before,
    )
  )
    return /\b(?:say|saying|said|says|claim\w*|tell|told|mistake|wrong|lie|lying|true|rumou?r|untrue|nonsense|sure|mean)\b/u.test(
      before,
    );
  return (before.match(/[\p{L}][\p{L}'-]*/gu) ?? []).some(
    (word) =>
      !harmless.has(word) &&
      !/^(?:sorry|afraid|unfortunately|sadly|regret|regretfully|regrettably|apologies|as|but|because|really|simply|actually|currently|obviously|personally|no|say|terribly|awfully|however|although|now|still|must|don't|think|annoyingly|frustratingly|well|oh|ah|inform|advise|that)$/u.test(
        word,
      ),
  );
};

const withoutDeclines = (plain: string): string =>
  declining.reduce((text, form) => text.replace(form, ' '), plain);

const done =
  /\b(?:done|complete|completed|finished|sorted|closed|actioned|delivered|resolved|finalised|finalized|concluded|100 ?%)\b/u;
const notDone =
  /\b(?:not|nearly|almost|half|part|partly|partially|mostly|most|some|still|yet|until|by|will|going|to be|should|hope|when|once|needs?|except|apart|but|after|before|working|ongoing|progress|start(?:ed|ing)?|waiting|awaiting|soon|later|next|due|unless|if|bit|only|never|no|can|could|cannot|what|who|which|well done)\b|n't\b|'ll\b|\b\d?\d ?%/u;
const progress =
  /\b(?:half[- ]?way|half done|in progress|on[- ]?going|under ?way|on track|started|not (?:yet )?(?:started|done|complete|completed|finished)|working on|\d?\d ?(?:%|per ?cent)|part(?:ly|ially)|(?:nearly|almost|mostly) (?:done|there|complete|completed|finished|ready)|most of|delayed|slipped|behind schedule|needs? (?:until|more|another|a few|to the end|till)|need (?:until|more|another|a few|till)|until|by (?:the )?(?:end of |middle of |mid-?|early |late )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|next|mon|tue|wed|thu|fri|spring|summer|autumn|winter|christmas|easter)|will (?:be (?:done|complete|completed|finished|ready)|finish|complete)|expect(?:ed)? (?:to|by)|extension|more time|waiting (?:for|on)|awaiting|in hand|still (?:to|working|waiting|outstanding))/u;
/** Progress that nobody would report of anything but an action. */
const surelyProgress =
  /\b(?:half[- ]?way|half done|in progress|on track|not (?:yet )?(?:started|done|complete|completed|finished)|working on (?:it|this)|\d?\d ?(?:%|per ?cent) (?:done|complete|there|of)|(?:nearly|almost|mostly|partly|partially) (?:done|complete|completed|finished)|needs? (?:until|another|more time)|will (?:be (?:done|complete|completed|finished)|finish|complete (?:it|this)))\b/u;

const readAction = (words: string, certainOnly: boolean): WordsReading => {
  const sentences = sentencesOf(
    normalise(words).replace(/\b(?:many )?(?:thanks|thank you)\b[^.!?\n;]*/gu, ' '),
  );
  const said = sentences.filter(({ asks }) => !asks).map(({ text }) => text);
  const all = said.join('. ');
  if (mockery.test(all)) return unclear('The words may not be meant as they stand.');
  if (
    (certainOnly ? surelyProgress : progress).test(all) &&
    !/\b(?:attend|meeting)\b/u.test(certainOnly ? all : '')
  )
    return { answer: 'action-update', state: 'open', reason: 'It says how far the action is.' };
  if (
    done.test(all) &&
    !notDone.test(all.replace(/\b100 ?%/gu, 'wholly')) &&
    sentences.every(({ asks }) => !asks)
  )
    return !certainOnly || said.some((text) => isBareDone(text))
      ? { answer: 'action-update', state: 'done', reason: 'It says that the action is done.' }
      : unclear('It is not certain that an action is meant.');
  return unclear('Nothing in the words says for certain how the action stands.');
};

const isBareDone = (text: string): boolean =>
  /^(?:(?:all|this|that|it|yes|now|action|task|mine|both|everything|my action|the action|i have|i've|we have|we've|we|i|has|have|is|it's|this is|this has|that's|been|was|fully|already|this action|actions?|yes all|\d+) ?,? ?)*(?:done|completed?|finished|sorted|closed|actioned)(?: (?:this|it|that|now|already|last \w+|and (?:sent|shared|circulated|emailed)(?: \w+){0,3}|yesterday|today|on .{1,30}|thanks|everything|the action|my action|in .{1,20}))?$/u.test(
    wordsOnly(text),
  );

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
