/** Where each object of a PDF begins, from its cross-reference table. Source: ISO 32000-1, 7.5.4 and 7.5.5. */
const objectOffsets = (file: Buffer): readonly number[] => {
  const [, start] = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(file.toString('latin1', file.length - 64)) ?? [];
  const table = /^xref\s+0 (\d+)\s+/.exec(file.toString('latin1', Number(start), Number(start) + 32));
  if (start === undefined || table === null) throw new Error('the PDF has no cross-reference table');
  const entries = Number(start) + table[0].length;
  // Entries are 20 bytes long, the offset first.
  return Array.from({ length: Number(table[1]) }, (_, entry) =>
    Number(file.toString('latin1', entries + entry * 20, entries + entry * 20 + 10)),
  );
};

/** An element of the structure is told by its beginning. */
const element = /^\d+ 0 obj\s+<<\s+\/Type \/StructElem\s+\/S \/(TR|TD)\s/;
const children = /\/K \[([^\]]*)\]/;
const headers = /\/Headers \[[^\]]*\]/;

/**
 * Marks the first data cell of each row of a PDF's tables as that row's header, as the page has it; Typst can't without a
 * feature that this build of it has not got. Which headers a data cell has then follows from their scopes (ISO 32000-1,
 * 14.8.4.3.4), as a list of column headers alone would leave the row's out. The file is changed where it stands: nothing
 * in it moves.
 * @throws {Error} when the file is not built as Typst builds its files
 */
export const markRowHeaders = (file: Buffer): void => {
  const offsets = objectOffsets(file);
  const kindOf = (object: number): 'TR' | 'TD' | undefined => {
    const from = offsets[object] ?? 0;
    return element.exec(file.toString('latin1', from, from + 64))?.[1] as 'TR' | 'TD' | undefined;
  };
  const textOf = (object: number): string => {
    const from = offsets[object] ?? 0;
    return file.toString('latin1', from, file.indexOf('endobj', from));
  };
  const write = (object: number, text: string, found: RegExp, instead: string): void => {
    const match = found.exec(text);
    if (match === null || instead.length > match[0].length)
      throw new Error(`object ${String(object)} of the PDF has no ${found.source}`);
    file.write(instead.padEnd(match[0].length), (offsets[object] ?? 0) + match.index, 'latin1');
  };
  const found = { TR: [] as number[], TD: [] as number[] };
  for (const object of offsets.keys()) {
    const kind = object === 0 ? undefined : kindOf(object);
    if (kind !== undefined) found[kind].push(object);
  }
  const rowHeaders = new Set<number>();
  for (const row of found.TR) {
    const first = Number(/^\s*(\d+) 0 R/.exec(children.exec(textOf(row))?.[1] ?? '')?.[1]);
    if (kindOf(first) !== 'TD') continue;
    const text = textOf(first);
    write(first, text, /\/S \/TD/, '/S /TH');
    write(first, text, headers, '/Scope /Row');
    rowHeaders.add(first);
  }
  for (const cell of found.TD) {
    if (rowHeaders.has(cell)) continue;
    const text = textOf(cell);
    if (headers.test(text)) write(cell, text, headers, '');
  }
};
