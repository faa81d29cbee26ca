import { htmlToText, quoteMark } from './html-to-text.ts';
import type { IncomingMessage } from './incoming-message.ts';

/** Longest text that is looked at, in characters: nobody writes more above what they answer. */
const longest = 20_000;

/** “On 14 October 2026 at 10:14, Jo Smith <jo@…> wrote:” and its kin, on one line. */
const attribution =
  /^[>\s*]*(?:(?:On|Le|Am|El|Il|Op|Den|Em)\b.{5,300}(?:wrote|a écrit|schrieb|escribió|ha scritto|schreef|skrev|escreveu)\s*:?|.{3,200}<[^<>\s]{3,100}@[^<>\s]{3,100}>\s*(?:wrote|writes|said)\s*:|.{0,80}\bwrote:)[*\s]*$/iu;
const attributionBegins = /^[>\s*]*(?:On|Le|Am|El|Il)\b.*\d/iu;

const divider =
  /^[\s*]*(?:-{2,}\s*(?:original (?:message|appointment)|forwarded (?:message|by)|reply message|ursprüngliche nachricht|message d'origine|message transféré)\b.*|begin forwarded message:?|_{8,}|-{20,}|={20,}|\*{20,}|-{3,}\s*on .{5,200}wrote\s*-{3,})[\s*]*$/iu;

const fieldLine = /^[>\s*]*(?:From|De|Von|Da)\s*:[\s*]*\S/iu;
const laterFieldLine =
  /^[>\s*]*(?:Sent|Date|To|Cc|Subject|Envoyé|Gesendet|An|Objet|Betreff|When|Where|Importance)\s*:/iu;

/** The lines that a phone adds. */
const deviceSignature =
  /^[\s*_<[(-]*(?:sent (?:from|via|using|by|with)\b.{0,80}|get outlook for\b.{0,80}|sent on the go\b.{0,60}|(?:typed|written|sent) on (?:my|a) (?:phone|mobile|iphone|ipad)\b.{0,60}|(?:please )?excuse (?:any )?(?:brevity|typos?|the brevity)\b.{0,80}|download outlook\b.{0,60})$/iu;

const signOff =
  /^[\s*_-]*(?:(?:with )?(?:kind(?:est)?|best|warm(?:est)?|many|with|all the)?\s*(?:regards|rgds|wishes|best)|kr|br|best|cheers|yours(?: (?:sincerely|faithfully|truly|ever))?|sincerely|take care|respectfully|all the best|speak soon|love|bw|thanks (?:and|&) (?:kind |best )?regards|(?:many )?thanks in advance|ta)[\s,.!*_-]*$/iu;
const thanksAlone =
  /^[\s*_-]*(?:many |best |kind |with )?(?:thanks|thank you|thx)(?: (?:again|a lot|very much|so much))?[\s,.!*_-]*$/iu;

/** Words with which people go on after they have signed. */
const goesOn =
  /^(?:p\.?\s?s\b|i\b|i'|we\b|actually|sorry|apologies|but\b|however|oh\b|also\b|just\b|edit\b|update\b|correction|yes\b|no\b|unfortunately|can(?:'|no)?t|won't|please\b(?! consider| think| note that (?:this|e)))/iu;

const disclaimer =
  /\b(?:this (?:e-?mail|message|communication|transmission)(?:,| and| \(| is| may| contains| has| was| including| together)\b.{0,200}(?:confidential|intended|addressee|recipient|privileged|legally|copyright|virus|error|monitored|personal|sole)|(?:the )?(?:information|contents?|content) (?:contained )?(?:in|of) this (?:e-?mail|message|communication)|if you (?:have|are not|are in|receive|think you).{0,60}(?:in error|intended recipient|addressee|by mistake|wrongly)|intended (?:solely|only|exclusively) for|(?:private and|strictly private|strictly) confidential|confidentiality notice|legal(?:ly)? (?:disclaimer|privileged)|views (?:or opinions )?expressed|does not (?:necessarily )?(?:represent|reflect) the (?:views|opinions)|(?:scanned|checked|swept) (?:by|for) .{0,40}(?:virus|malware|content)|virus[- ]free|before (?:you )?print(?:ing)?|think before you|consider the environment|save paper|(?:subject to|under) (?:the )?(?:freedom of information|data protection)|freedom of information act|privacy (?:notice|policy|statement)|how we (?:use|process|look after) (?:your )?(?:personal )?(?:data|information)|registered (?:in england|office|charity|company)|company (?:number|registration|no\.?)\s*:?\s*\d+|(?:e-?mails?|communications?|messages?|calls?)\b.{0,60}\b(?:may|will|can) be (?:monitored|recorded|intercepted)|mimecast|barracuda|messagelabs)\b/iu;

/** Marks and warnings that gateways put above or below a text. */
const banner =
  /^[\s*[\]#_-]*(?:classification\s*:.*|(?:official|not protectively marked|protect|restricted|unclassified|public|internal|sensitive|caution|warning|external)(?:[ :-]+(?:sensitive|official|personal|internal|only|sender|e-?mail|mail).*)?|\[?external(?: e-?mail| sender)?\]?|(?:caution|warning)\s*:.{0,300}(?:external|outside|organi[sz]ation|link|attachment|sender)\b.{0,300}|this (?:e-?mail|message) (?:originated|was sent|came|is) (?:from )?(?:outside|an external).{0,200}|you don't often get e-?mail from.{0,200}|do not click.{0,200}|\[?cid:.{0,100}|.{0,3}image\d{3}\.\w{3,4}.{0,3})[\s*[\]#_-]*$/iu;

/** Google's own sentence in a reply by calendar. */
const calendarSentence =
  /^(?:.{1,80} has (?:accepted|declined|tentatively accepted|replied|proposed|updated).{0,100}|invitation from google calendar.*|you are receiving this .{0,100}|forwarding this invitation.*|view (?:all )?guest.*)$/iu;

const clean = (text: string): string =>
  text
    .slice(0, longest)
    .replace(/[\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad]/gu, '')
    .replaceAll('\u00a0', ' ')
    // A letter that a wrong character set has eaten between two others was an apostrophe.
    .replace(/(?<=\p{L})[\ufffd\u0092](?=\p{L})/gu, "'")
    .replace(/[’‘ʼ´`\u0091\u0092]/gu, "'")
    .replace(/\r\n?/gu, '\n');

const isQuoted = (line: string): boolean => /^\s{0,3}(?:>|\|\s)/u.test(line) || line.trim() === quoteMark;

/** Where Outlook’s “From: Sent: To: Subject:” begins. */
const beginsFields = (lines: readonly string[], at: number): boolean =>
  fieldLine.test(lines[at] ?? '') && lines.slice(at + 1, at + 7).some((line) => laterFieldLine.test(line));

/** How many lines an attribution at a place takes, 0 where there is none: long ones are broken over up to four. */
const attributionLength = (lines: readonly string[], at: number): number => {
  const line = lines[at] ?? '';
  if (attribution.test(line)) return 1;
  if (!attributionBegins.test(line)) return 0;
  let joined = line;
  for (let more = 1; more <= 3; more += 1) {
    const next = lines[at + more];
    if (next === undefined || next.trim() === '') return 0;
    joined += ` ${next.trim()}`;
    if (attribution.test(joined)) return more + 1;
  }
  return 0;
};

/** The text without what is quoted. Under lines that are marked as quoted the person may go on; under others not. */
const withoutQuotes = (lines: readonly string[]): readonly string[] => {
  const own: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (isQuoted(line)) continue;
    if (divider.test(line)) {
      // Some write such a line above their own signature; then nothing that counts follows either.
      break;
    }
    if (beginsFields(lines, at)) break;
    const taken = attributionLength(lines, at);
    if (taken > 0) {
      const next = lines.slice(at + taken).find((following) => following.trim() !== '');
      if (next === undefined || !isQuoted(next)) break;
      at += taken - 1;
      continue;
    }
    own.push(line);
  }
  return own;
};

/** The text down to the signature, and what the person wrote on after it. */
const withoutSignature = (lines: readonly string[]): readonly string[] => {
  const own: string[] = [];
  let signed = false;
  for (const [at, line] of lines.entries()) {
    const hasWords = own.some((above) => above.trim() !== '');
    if (/^--\s*$/u.test(line)) break;
    if (deviceSignature.test(line)) {
      signed = hasWords || signed;
      continue;
    }
    if (hasWords && !signed && (signOff.test(line) || (thanksAlone.test(line) && isNearEnd(lines, at)))) {
      signed = true;
      continue;
    }
    if (!signed || goesOn.test(line.trim())) own.push(line);
  }
  return own;
};

/** Whether no sentence follows: “Thanks” may also stand in the middle. */
const isNearEnd = (lines: readonly string[], at: number): boolean => {
  const after = lines.slice(at + 1).filter((line) => line.trim() !== '');
  return after.length === 0 || !/[.!?]\s*$/u.test(after[0] ?? '') || (after[0] ?? '').length < 30;
};

/** The text without disclaimers, each to the end of its paragraph, and without the marks of gateways. */
const withoutDisclaimers = (lines: readonly string[]): readonly string[] => {
  const paragraphs: string[][] = [[]];
  for (const line of lines) {
    if (line.trim() === '') paragraphs.push([]);
    else if (!banner.test(line) && !calendarSentence.test(line.trim())) paragraphs.at(-1)?.push(line.trim());
  }
  const own: string[][] = [];
  for (const paragraph of paragraphs) {
    if (paragraph.length === 0) continue;
    const whole = paragraph.join(' ');
    if (!disclaimer.test(whole)) {
      own.push(paragraph);
      continue;
    }
    // A disclaimer on lines of its own under the words, without an empty line between.
    const from = paragraph.findIndex((_, at) => disclaimer.test(paragraph.slice(at, at + 2).join(' ')));
    if (from > 0) own.push(paragraph.slice(0, from));
  }
  return own.flatMap((paragraph, at) => (at === 0 ? paragraph : ['', ...paragraph]));
};

/** What a person wrote in a text, without what it quotes, signatures and disclaimers; lines are kept. */
export const ownWordsOf = (text: string): string =>
  withoutDisclaimers(withoutSignature(withoutQuotes(clean(text).split('\n'))))
    .join('\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();

/** What the sender of a message wrote. HTML is looked at where there is no plain text, or nothing in it. */
export const ownWords = ({ text, html }: Pick<IncomingMessage, 'text' | 'html'>): string => {
  const plain = ownWordsOf(text);
  return plain !== '' || html === '' ? plain : ownWordsOf(htmlToText(html.slice(0, 20 * longest)));
};
