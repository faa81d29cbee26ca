import type { FileName, Place } from './faults.ts';

/** Where a record came from: the place and the text of each of its values. */
export interface Source {
  place(key: string): Place;
  text(key: string): string;
}

/** A source for records that never stood in a file. */
export const noSource = (file: FileName, record: object): Source => ({
  place: () => ({ file, line: 1, column: 1 }),
  text: (key) => {
    const value: unknown = (record as Readonly<Record<string, unknown>>)[key];
    return typeof value === 'string' ? value : JSON.stringify(value ?? '');
  },
});
