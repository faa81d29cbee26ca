import { Parser } from 'htmlparser2';

const unseen: ReadonlySet<string> = new Set(['head', 'style', 'script', 'title', 'template', 'noscript']);
const blocks: ReadonlySet<string> = new Set(
  'address article blockquote center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table tbody td tr ul'.split(
    ' ',
  ),
);
const empty: ReadonlySet<string> = new Set(
  'area base br col embed hr img input link meta param source track wbr'.split(' '),
);

/** What mail programs mark as the message that is answered: Gmail, Yahoo, Thunderbird, Proton, Apple. */
const quotingClass =
  /(?:^|\s)(?:gmail_quote(?:_container)?|yahoo_quoted|moz-cite-prefix|protonmail_quote|zmail_extra|WordSection1_quote)(?:\s|$)/u;
/** Where Outlook's begins: everything after it is quoted. */
const outlookQuote =
  /(?:^|x_)(?:divRplyFwdMsg|appendonsend|mail-editor-reference-message-container|OLK_SRC_BODY_SECTION)$/u;
const signatureClass = /(?:^|\s)(?:gmail_signature|moz-signature|protonmail_signature_block)(?:\s|$)/u;

/** Line that stands for quoted text, so that it is told from what the person wrote. */
export const quoteMark = '>';

/**
 * The text of an HTML body, a line for each block. What is marked there as quoted is one line with a quote mark; nothing
 * after the place where Outlook begins to quote is looked at.
 */
export const htmlToText = (html: string): string => {
  let text = '';
  let hidden = 0;
  let quoted = 0;
  let over = false;
  /** Open elements, with what they hide. */
  const open: { readonly name: string; readonly hides: boolean; readonly quotes: boolean }[] = [];
  const breakLine = (): void => {
    if (!text.endsWith('\n')) text += '\n';
  };
  const parser = new Parser({
    onopentag(name, attributes) {
      if (over) return;
      if (name === 'br') text += hidden + quoted === 0 ? '\n' : '';
      else if (blocks.has(name) && hidden + quoted === 0) breakLine();
      if (outlookQuote.test(attributes['id'] ?? '')) {
        breakLine();
        over = true;
        return;
      }
      if (empty.has(name)) return;
      const classes = attributes['class'] ?? '';
      const quotes = name === 'blockquote' || quotingClass.test(classes);
      const hides =
        unseen.has(name) ||
        signatureClass.test(classes) ||
        /display\s*:\s*none/iu.test(attributes['style'] ?? '');
      open.push({ name, hides, quotes });
      if (quotes && quoted + hidden === 0) {
        breakLine();
        text += `${quoteMark}\n`;
      }
      hidden += hides ? 1 : 0;
      quoted += quotes ? 1 : 0;
    },
    ontext(data) {
      if (over || hidden + quoted > 0) return;
      text += data.replace(/[\s\u00a0]+/gu, ' ');
    },
    onclosetag(name) {
      if (over) return;
      if (!open.some((element) => element.name === name)) return;
      for (let element = open.pop(); element !== undefined; element = open.pop()) {
        hidden -= element.hides ? 1 : 0;
        quoted -= element.quotes ? 1 : 0;
        if (element.name === name) break;
      }
      if (blocks.has(name) && hidden + quoted === 0) {
        breakLine();
        if (name === 'p') text += '\n';
      }
    },
  });
  parser.end(html);
  return text
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .trim();
};
