import type { TemplateFilter } from '../templates/filters.ts';

const width = 72;

/** What a template gives to a filter: text, or the runtime's object around text that is escaped already. */
interface Shown {
  toString(): string;
}

/** How lines begin that only we write: an address, the line above the foot of an email, and the foot itself. */
const ownBeginnings = ['http', '--', 'You got this'] as const;

const looksLikeOurs = (text: string, at: number): boolean =>
  ownBeginnings.some((beginning) => text.startsWith(beginning, at));

/**
 * Breaks a text into lines of at most 72 characters; a longer word, such as a link, is left whole. All other white space
 * is one space, so that nothing typed can make up a paragraph of its own.
 */
export const wrap = (text: Shown, first = '', rest = first === '' ? '' : first): string => {
  const words = text.toString().replace(/\s+/gu, ' ').trim();
  let lines = '';
  let start = 0;
  for (let lead = first; ; lead = rest) {
    const limit = start + width - lead.length;
    if (words.length <= limit) return lines + lead + words.slice(start);
    const before = words.lastIndexOf(' ', limit);
    let end = before > start ? before : words.indexOf(' ', start);
    // In a paragraph such a word stays on the line before.
    while (end >= 0 && rest === '' && looksLikeOurs(words, end + 1)) end = words.indexOf(' ', end + 1);
    if (end < 0) return lines + lead + words.slice(start);
    lines += `${lead}${words.slice(start, end)}\n`;
    start = end + 1;
  }
};

/** A heading with a line under it. */
const underline = (text: string): string => {
  const longest = Math.max(...text.split('\n').map((line) => line.length));
  return `${text}\n${'-'.repeat(longest)}`;
};

const withoutEmptyLines = (text: Shown): string =>
  text
    .toString()
    .replace(/\n{2,}/gu, '\n')
    .trim();

/** The lines that somebody typed, without empty ones at both ends. */
const lines = (text: Shown): readonly string[] =>
  text
    .toString()
    .trim()
    .split(/\r\n|\n|\r|\u2028|\u2029/u);

/** The items of a list whose field has a value. */
const where = (items: readonly Readonly<Record<string, unknown>>[], field: string, value: unknown) =>
  items.filter((item) => item[field] === value);

/** What the emails' templates have on top of the standard filters. */
export const mailFilters: Readonly<Record<string, TemplateFilter>> = {
  wrap,
  underline,
  withoutEmptyLines,
  lines,
  where,
};

/** Plain text as it is sent: no spaces at the end of a line, no more than one empty line at a time. */
export const tidyText = (text: string): string =>
  `${text
    .replace(/[ \t]+$/gmu, '')
    .replace(/\n{3,}/gu, '\n\n')
    .trim()}\n`;

/** HTML without the templates' indentation and empty lines. */
export const tidyHtml = (html: string): string => html.trim().replace(/\n\s+/gu, '\n');

/** One line, with nothing in it that could end a header. */
export const oneLine = (text: string): string =>
  // eslint-disable-next-line no-control-regex -- control characters are what must not pass
  text.replace(/[\s\u0000-\u001f\u007f-\u009f\u2028\u2029]+/gu, ' ').trim();
