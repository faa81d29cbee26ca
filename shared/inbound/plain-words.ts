import { knownWords } from './known-forms.ts';
import { withoutSlip } from './typing-mistakes.ts';

/** Words as people mistype, shorten and speak them, with what they stand for. Looked up whole, never by likeness. */
export const meant: Readonly<Record<string, string>> = {
  cant: 'cannot',
  cannae: 'cannot',
  wont: 'will not',
  shant: 'shall not',
  dont: 'do not',
  doesnt: 'does not',
  isnt: 'is not',
  arent: 'are not',
  couldnt: 'could not',
  wouldnt: 'would not',
  didnt: 'did not',
  havent: 'have not',
  im: 'i am',
  ive: 'i have',
  itll: 'it will',
  thats: 'that is',
  its: 'it is',
  theyre: 'they are',
  carnt: 'cannot',
  couldent: 'could not',
  wil: 'will',
  wiil: 'will',
  wiill: 'will',
  mak: 'make',
  mke: 'make',
  cum: 'come',
  b: 'be',
  r: 'are',
  ur: 'your',
  il: 'i will',
  ther: 'there',
  tho: 'though',
  cos: 'because',
  coz: 'because',
  cuz: 'because',
  cud: 'could',
  wud: 'would',
  prob: 'probably',
  probs: 'probably',
  poss: 'possibly',
  mebbe: 'maybe',
  thankyou: 'thank you',
  ye: 'yes',
  yas: 'yes',
  sory: 'sorry',
  definate: 'definite',
  tomoz: 'tomorrow',
  wkend: 'weekend',
  wll: 'will',
  u: 'you',
  ya: 'you',
  pls: 'please',
  plz: 'please',
  plse: 'please',
  thx: 'thanks',
  thnks: 'thanks',
  thanx: 'thanks',
  tks: 'thanks',
  tnx: 'thanks',
  ty: 'thank you',
  soz: 'sorry',
  sry: 'sorry',
  tmrw: 'tomorrow',
  tmw: 'tomorrow',
  tomorow: 'tomorrow',
  tommorow: 'tomorrow',
  tommorrow: 'tomorrow',
  apols: 'apologies',
  apologes: 'apologies',
  apolgies: 'apologies',
  apologises: 'apologies',
  appologies: 'apologies',
  apologizes: 'apologies',
  appologise: 'apologise',
  atend: 'attend',
  attned: 'attend',
  attent: 'attend',
  attedn: 'attend',
  atending: 'attending',
  attnding: 'attending',
  attendng: 'attending',
  avaliable: 'available',
  availible: 'available',
  definately: 'definitely',
  definatly: 'definitely',
  definetly: 'definitely',
  defo: 'definitely',
  deffo: 'definitely',
  unfortunatly: 'unfortunately',
  unfortunatley: 'unfortunately',
  unfortuantely: 'unfortunately',
  unfortunetly: 'unfortunately',
  meetign: 'meeting',
  meting: 'meeting',
  mtg: 'meeting',
  recieved: 'received',
  greatful: 'grateful',
  yess: 'yes',
  yea: 'yes',
  yeah: 'yes',
  yep: 'yes',
  yup: 'yes',
  yeh: 'yes',
  aye: 'yes',
  yh: 'yes',
  nah: 'no',
  nope: 'no',
  gonna: 'going to',
  gotta: 'have to',
  ok: 'okay',
  k: 'okay',
  mon: 'monday',
  tue: 'tuesday',
  tues: 'tuesday',
  wed: 'wednesday',
  weds: 'wednesday',
  thu: 'thursday',
  thur: 'thursday',
  thurs: 'thursday',
  fri: 'friday',
};

/** Signs that stand beside words and change nothing of them; any other sign of that kind may. */
const friendlySigns =
  /(?:👍|👌|✅|✔|🙂|😊|😀|😃|😄|☺|🙏|🎉|❤|🤝|💪)(?:\u{fe0f}|[\u{1f3fb}-\u{1f3ff}])?|(?:😢|😞|😔|🙁|☹|😭|😕|😥)(?:\u{fe0f})?|(?<=^|\s)(?::-?[()]|;-?\)|:'\(|:-?D|xx*)(?=\s|$)/gu;

/**
 * A text in plain lower-case words, one way for each: shortened and mistyped words are written out, whatever ends a phrase
 * is `|`, a question mark is a word, and so is any sign that is neither.
 */
export const plainWords = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[’‘ʼ`´]/gu, "'")
    // What somebody dictated to a telephone.
    .replace(/ (?:full stop|comma|exclamation mark|new line|new paragraph)(?= |$)/gu, ' | ')
    .replace(/ question mark(?= |$)/gu, ' ?')
    .replace(/^\s*[✅✔☑]\ufe0f?\s*$/u, 'yes')
    .replace(/^\s*[❌✖✗]\ufe0f?\s*$/u, 'no')
    .replace(friendlySigns, ' | ')
    .replace(/[*_]+(?=\S)|(?<=\S)[*_]+/gu, '')
    .replace(/(?<=\d)[.:](?=\d\d\b)/gu, 'h')
    .replace(/(?<=\p{L})[-‑](?=\p{L})/gu, ' ')
    .replace(/\?+/gu, ' ? | ')
    .replace(/:(?= *@)/gu, ' : ')
    .replace(/[.,!;()…"“”\n\r–—/-]+|(?<! ):/gu, ' | ')
    .replace(/(\p{L})\1{2,}/gu, '$1$1')
    .replace(/\bye+s+\b/gu, 'yes')
    .replace(/\bno+\b/gu, 'no')
    .replace(/\bcan(?: not|'t|t)\b/gu, 'cannot')
    .replace(/\bwon't\b/gu, 'will not')
    .replace(/\bshan't\b/gu, 'shall not')
    .replace(/n't\b/gu, ' not')
    .replace(/(?<=\p{L})'ll\b/gu, ' will')
    .replace(/\bi'm\b/gu, 'i am')
    .replace(/(?<=\p{L})'re\b/gu, ' are')
    .replace(/(?<=\p{L})'ve\b/gu, ' have')
    .replace(/(?<=\p{L})'d\b/gu, ' would')
    .replace(/\b(it|that|there|what|where|who|here|all|everything)'s\b/gu, '$1 is')
    .replace(
      /\bill (?=(?:be|b|deffo|defo|also|still|try|take|send|give|pop|bring|catch|do|go|attend|come|see|join|make|not|definitely)\b)/gu,
      'i will ',
    )
    .replace(/\bbe their\b/gu, 'be there')
    .replace(/\b(able|going|happy|glad) 2 (?=\p{L})/gu, '$1 to ')
    .replace(/[\p{L}']+/gu, (word) =>
      Object.hasOwn(meant, word)
        ? (meant[word] ?? word)
        : withoutSlip(word, (whole) => knownWords.has(whole)),
    )
    .replace(/\bcan not\b/gu, 'cannot')
    .replace(/[ \t\u00a0]+/gu, ' ')
    .trim();
