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
  wil: 'will',
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
  /(?:👍|👌|✅|✔|🙂|😊|😀|😃|😄|☺|🙏|🎉|❤|🤝|💪)(?:\u{fe0f}|[\u{1f3fb}-\u{1f3ff}])?|(?<=^|\s)(?::-?\)|;-?\)|:-?D|xx*)(?=\s|$)/gu;

/**
 * A text in plain lower-case words, one way for each: shortened and mistyped words are written out, whatever ends a phrase
 * is `|`, a question mark is a word, and so is any sign that is neither.
 */
export const plainWords = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[’‘ʼ`´]/gu, "'")
    .replace(friendlySigns, ' | ')
    .replace(/[*_]+(?=\S)|(?<=\S)[*_]+/gu, '')
    .replace(/(?<=\d)[.:](?=\d\d\b)/gu, 'h')
    .replace(/(?<=\p{L})[-‑](?=\p{L})/gu, ' ')
    .replace(/\?+/gu, ' ? | ')
    .replace(/:(?= *@)/gu, ' : ')
    .replace(/[.,!;()…"“”\n\r–—/-]+|(?<! ):/gu, ' | ')
    .replace(/\bcan(?: not|'t)\b/gu, 'cannot')
    .replace(/\bwon't\b/gu, 'will not')
    .replace(/\bshan't\b/gu, 'shall not')
    .replace(/n't\b/gu, ' not')
    .replace(/(?<=\p{L})'ll\b/gu, ' will')
    .replace(/\bi'm\b/gu, 'i am')
    .replace(/(?<=\p{L})'re\b/gu, ' are')
    .replace(/(?<=\p{L})'ve\b/gu, ' have')
    .replace(/(?<=\p{L})'d\b/gu, ' would')
    .replace(/\b(it|that|there|what|where|who|here)'s\b/gu, '$1 is')
    .replace(/\bill (?=(?:be|attend|come|see|join|make|not|definitely)\b)/gu, 'i will ')
    .replace(/\bbe their\b/gu, 'be there')
    .replace(/[\p{L}']+/gu, (word) => (Object.hasOwn(meant, word) ? (meant[word] ?? word) : word))
    .replace(/\bcan not\b/gu, 'cannot')
    .replace(/[ \t\u00a0]+/gu, ' ')
    .trim();
