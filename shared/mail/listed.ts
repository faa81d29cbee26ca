/** What an email names of many: the first of them, and how many more the document behind it has. */
export interface Listed<Item> {
  readonly items: readonly Item[];
  readonly more: number;
}

/** Twice as many as Kent has LCPGs: whoever has to read more than that opens the document. */
const mostListed = 24;

/** As much of a list as an email holds. */
export const listed = <Item>(items: readonly Item[]): Listed<Item> => ({
  items: items.slice(0, mostListed),
  more: Math.max(0, items.length - mostListed),
});
