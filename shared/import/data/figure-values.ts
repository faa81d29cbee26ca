/** What a cell for a figure says. */
export type CellValue =
  | { readonly kind: 'number'; readonly number: number; readonly mark: string }
  | { readonly kind: 'suppressed' | 'missing' | 'rounds to zero' | 'unreliable'; readonly symbol: string }
  | { readonly kind: 'not a number' };

/**
 * Symbols in place of a figure. Sources: the Government Statistical Service's guidance on symbols in tables ([c], [x],
 * [z], [low], [u], [w]); the symbols of DfE's Explore education statistics (c, x, z, low, k, u, ~, :); and what stands
 * in older files of the ONS, NHS and LG Inform (*, .., -, n/a). A figure under a limit, such as <5, is withheld.
 */
const symbols: Readonly<Record<string, 'suppressed' | 'missing' | 'rounds to zero' | 'unreliable'>> = {
  '*': 'suppressed',
  '**': 'suppressed',
  '***': 'suppressed',
  c: 'suppressed',
  s: 'suppressed',
  supp: 'suppressed',
  suppressed: 'suppressed',
  confidential: 'suppressed',
  x: 'missing',
  z: 'missing',
  w: 'missing',
  na: 'missing',
  'n/a': 'missing',
  nan: 'missing',
  null: 'missing',
  none: 'missing',
  ':': 'missing',
  '.': 'missing',
  '..': 'missing',
  '...': 'missing',
  '-': 'missing',
  '--': 'missing',
  '–': 'missing',
  '—': 'missing',
  '#n/a': 'missing',
  '#div/0!': 'missing',
  low: 'rounds to zero',
  k: 'rounds to zero',
  '~': 'rounds to zero',
  '0~': 'rounds to zero',
  u: 'unreliable',
};

/** A number, and what may stand behind it: %, or a mark such as [r] revised, p provisional, e estimated. */
const numberWithMark =
  /^([-+−]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:[eE][-+]?\d+)?)\s*%?\s*(\[?[a-zA-Z*†‡]{0,3}\]?)$/u;

/** Reads a cell for a figure. Nothing is taken for zero but a zero. */
export const readCell = (cell: string, decimalComma = false): CellValue => {
  const text = cell.trim();
  if (text === '') return { kind: 'missing', symbol: '' };
  const bare = text
    .replace(/^[[(](.*)[\])]$/u, '$1')
    .trim()
    .toLowerCase();
  const symbol = Object.hasOwn(symbols, bare) ? symbols[bare] : undefined;
  if (symbol !== undefined) return { kind: symbol, symbol: text };
  if (/^[<≤]\s*\d/u.test(text)) return { kind: 'suppressed', symbol: text };
  const plain = decimalComma && /^[-+−]?\d+,\d+%?$/u.test(text) ? text.replace(',', '.') : text;
  const [, digits = '', mark = ''] = numberWithMark.exec(plain) ?? [];
  if (!/\d/u.test(digits)) return { kind: 'not a number' };
  const number = Number(digits.replaceAll(',', '').replace('−', '-'));
  if (!Number.isFinite(number)) return { kind: 'not a number' };
  return { kind: 'number', number, mark: mark.replaceAll(/[[\]]/gu, '').toLowerCase() };
};
