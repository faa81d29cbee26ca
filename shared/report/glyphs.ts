/** The code points that a font has a glyph for, as ranges in rising order, both ends inclusive. */
type Coverage = readonly (readonly [number, number])[];

const tableOf = (font: DataView, name: string): DataView => {
  for (let entry = 0; entry < font.getUint16(4); entry++) {
    const at = 12 + entry * 16;
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((byte) => font.getUint8(at + byte)));
    if (tag === name)
      return new DataView(font.buffer, font.byteOffset + font.getUint32(at + 8), font.getUint32(at + 12));
  }
  throw new Error(`the font has no table ${name}`);
};

/** Segments of a character map of format 4. Source: OpenType specification, "cmap". */
const segments = (map: DataView): Coverage => {
  const count = map.getUint16(6) / 2;
  return Array.from({ length: count }, (_, segment): readonly [number, number] => [
    map.getUint16(16 + count * 2 + segment * 2),
    map.getUint16(14 + segment * 2),
  ]).filter(([first]) => first !== 0xffff);
};

/**
 * Which characters a TrueType font can show.
 * @throws {Error} when it has no character map for Unicode's basic plane
 */
export const coverageOf = (file: Uint8Array): Coverage => {
  const cmap = tableOf(new DataView(file.buffer, file.byteOffset, file.byteLength), 'cmap');
  for (let entry = 0; entry < cmap.getUint16(2); entry++) {
    const map = new DataView(cmap.buffer, cmap.byteOffset + cmap.getUint32(4 + entry * 8 + 4));
    if (map.getUint16(0) === 4) return segments(map);
  }
  throw new Error('the font has no character map for Unicode’s basic plane');
};

/** What stands for a character that the font cannot show. */
const missing = '□';

/** Controls, halves of characters, what is private or no character, and the byte order mark. ISO 14289-1, 7.21.8. */
const unseen = /^[\p{Cc}\p{Cs}\p{Co}\p{Cn}\ufeff]$/u;

const plain = /^[\n\u0020-\u007e]*$/;

/**
 * Text with nothing in it that a font cannot show: a PDF/UA file may not hold a character without a glyph. Marks that
 * nobody sees are left out; anything else that the font lacks, such as an emoji, becomes a box.
 */
export const showable = (coverage: Coverage): ((text: string) => string) => {
  const covered = (character: string): boolean => {
    const code = character.codePointAt(0) ?? 0;
    return coverage.some(([first, last]) => first <= code && code <= last);
  };
  return (text) =>
    plain.test(text)
      ? text
      : Array.from(text.normalize('NFC').replaceAll(/\r\n?/g, '\n').replaceAll('\t', ' '), (character) => {
          if (character === '\n') return character;
          if (unseen.test(character)) return '';
          if (covered(character)) return character;
          return /^[\p{C}\p{M}]$/u.test(character) ? '' : missing;
        }).join('');
};
