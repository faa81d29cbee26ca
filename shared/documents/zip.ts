import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

/**
 * Zip files by the zlib of Node, which packs several times as fast as a library in JavaScript. What is packed once goes
 * into other zips as it is. The same files give the same bytes: all are dated 1980. Source: PKWARE's APPNOTE 6.3.10, 4.3.
 */

/** A file in a zip, as it lies there. */
export interface ZipEntry {
  readonly name: string;
  /** Whether `packed` is deflated; it is the file itself otherwise. */
  readonly deflated: boolean;
  readonly packed: Uint8Array;
  /** Of the file itself. */
  readonly bytes: number;
  readonly checksum: number;
}

const entry = (name: string, content: Uint8Array | string, deflated: boolean): ZipEntry => {
  const file = typeof content === 'string' ? Buffer.from(content) : content;
  return {
    name,
    deflated,
    packed: deflated ? deflateRawSync(file) : file,
    bytes: file.byteLength,
    checksum: crc32(file),
  };
};

/** A file to be packed; a text in UTF-8. */
export const deflated = (name: string, content: Uint8Array | string): ZipEntry => entry(name, content, true);

/** A file that stays as it is: it would not get smaller. */
export const stored = (name: string, content: Uint8Array): ZipEntry => entry(name, content, false);

export const contentOf = ({ deflated, packed }: ZipEntry): Uint8Array =>
  deflated ? inflateRawSync(packed) : packed;

const signatures = { file: 0x04034b50, inDirectory: 0x02014b50, end: 0x06054b50 } as const;
const lengths = { file: 30, inDirectory: 46, end: 22 } as const;
const version = 20;
const nameInUtf8 = 0x0800;
const methods = { stored: 0, deflated: 8 } as const;
/** 1 January 1980, the first day that a zip can tell. */
const date = 0x0021;

/** What the header of a file and its line in the directory have in common. */
const factsOf = ({ name, deflated, packed, bytes, checksum }: ZipEntry): Buffer => {
  const facts = Buffer.alloc(26);
  facts.writeUInt16LE(version, 0);
  const nameBytes = Buffer.byteLength(name);
  facts.writeUInt16LE(nameBytes === name.length ? 0 : nameInUtf8, 2);
  facts.writeUInt16LE(deflated ? methods.deflated : methods.stored, 4);
  facts.writeUInt16LE(date, 8);
  facts.writeUInt32LE(checksum, 10);
  facts.writeUInt32LE(packed.byteLength, 14);
  facts.writeUInt32LE(bytes, 18);
  facts.writeUInt16LE(nameBytes, 22);
  return facts;
};

/**
 * A zip of files in the given order.
 * @throws {RangeError} beyond 4 GB or 65,535 files
 */
export const zipOf = (entries: readonly ZipEntry[]): Uint8Array => {
  const files: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const one of entries) {
    const facts = factsOf(one);
    const name = Buffer.from(one.name);
    const header = Buffer.alloc(4);
    header.writeUInt32LE(signatures.file);
    files.push(header, facts, name, one.packed);
    const line = Buffer.alloc(lengths.inDirectory);
    line.writeUInt32LE(signatures.inDirectory, 0);
    line.writeUInt16LE(version, 4);
    facts.copy(line, 6);
    line.writeUInt32LE(offset, 42);
    directory.push(line, name);
    offset += lengths.file + name.byteLength + one.packed.byteLength;
  }
  const end = Buffer.alloc(lengths.end);
  end.writeUInt32LE(signatures.end, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(
    directory.reduce((sum, { byteLength }) => sum + byteLength, 0),
    12,
  );
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, ...directory, end]);
};

/**
 * The files of a zip, nothing unpacked. For zips of our own making and that of our libraries, which have no comment at
 * their end; what comes from outside is read by `zipNames`.
 * @throws {Error} when it is no such zip
 */
export const entriesOf = (zip: Uint8Array): readonly ZipEntry[] => {
  const file = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength);
  const expect = (signature: number, at: number): void => {
    if (at < 0 || file.byteLength < at + lengths.end || file.readUInt32LE(at) !== signature)
      throw new Error(
        `not a zip as we make them: no signature ${signature.toString(16)} at byte ${String(at)}`,
      );
  };
  const end = file.byteLength - lengths.end;
  expect(signatures.end, end);
  const entries: ZipEntry[] = [];
  let line = file.readUInt32LE(end + 16);
  for (let left = file.readUInt16LE(end + 10); left > 0; left -= 1) {
    expect(signatures.inDirectory, line);
    const nameEnd = line + lengths.inDirectory + file.readUInt16LE(line + 28);
    const header = file.readUInt32LE(line + 42);
    expect(signatures.file, header);
    const content = header + lengths.file + file.readUInt16LE(header + 26) + file.readUInt16LE(header + 28);
    entries.push({
      name: file.toString('utf8', line + lengths.inDirectory, nameEnd),
      deflated: file.readUInt16LE(line + 10) === methods.deflated,
      packed: file.subarray(content, content + file.readUInt32LE(line + 20)),
      bytes: file.readUInt32LE(line + 24),
      checksum: file.readUInt32LE(line + 16),
    });
    line = nameEnd + file.readUInt16LE(line + 30) + file.readUInt16LE(line + 32);
  }
  return entries;
};
