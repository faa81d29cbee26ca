import fc from 'fast-check';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';

import {
  contentOf,
  deflated,
  entriesOf,
  stored,
  type ZipEntry,
  zipOf,
} from '../../../shared/documents/zip.ts';

/** Files of any names and contents, each stored or deflated. */
const entries = fc
  .uniqueArray(fc.tuple(fc.string({ minLength: 1, unit: 'grapheme' }), fc.uint8Array(), fc.boolean()), {
    selector: ([name]) => name,
  })
  // To a library that keeps them in an object, these are no names.
  .filter((files) => files.every(([name]) => !/^(?:__proto__|\d+)$/.test(name)))
  .map((files) =>
    files.map(([name, content, pack]): ZipEntry => (pack ? deflated : stored)(name, Buffer.from(content))),
  );
const filesOf = (all: readonly ZipEntry[]) =>
  all.map((entry): [string, Buffer] => [entry.name, Buffer.from(contentOf(entry))]);

describe('a zip', () => {
  it('holds its files in their order, for another program too', () => {
    fc.assert(
      fc.property(entries, (all) => {
        const zip = zipOf(all);
        expect(filesOf(entriesOf(zip))).toEqual(filesOf(all));
        const elsewhere = Object.entries(unzipSync(zip));
        expect(elsewhere.map(([name, content]) => [name, Buffer.from(content)])).toEqual(filesOf(all));
      }),
    );
  });

  it('of files taken over from others as they lie there is the zip of those files', () => {
    fc.assert(
      fc.property(entries, (all) => {
        const zip = zipOf(all);
        expect(zipOf(entriesOf(zip))).toEqual(zip);
      }),
    );
  });

  it('that another program wrote is read, its checksums as ours', () => {
    const xml = '<w:p/>'.repeat(99);
    const theirs = zipSync({ 'word/document.xml': strToU8(xml), 'a.png': [strToU8('x'), { level: 0 }] });
    const ours = [deflated('word/document.xml', xml), stored('a.png', Buffer.from('x'))];
    expect(filesOf(entriesOf(theirs))).toEqual(filesOf(ours));
    for (const fact of ['deflated', 'bytes', 'checksum'] as const)
      expect(entriesOf(theirs).map((entry) => entry[fact])).toEqual(ours.map((entry) => entry[fact]));
  });

  it('that is cut off or no zip at all is refused', () => {
    const zip = zipOf([deflated('one.html', '<p>'), stored('two.pdf', Buffer.from('%PDF'))]);
    for (const bytes of [
      zip.subarray(0, -1),
      zip.subarray(1),
      Buffer.from('<!doctype html>'),
      Buffer.alloc(30),
    ])
      expect(() => entriesOf(bytes)).toThrow('not a zip as we make them');
  });
});
