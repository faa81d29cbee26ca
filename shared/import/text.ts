import type { FileName, Findings, Place } from './faults.ts';
import type { FolderFiles } from './folder-files.ts';

/** The text of a file, or undefined after a fault where it is missing, empty or not UTF-8. A byte order mark is dropped. */
export const readText = (name: FileName, files: FolderFiles, findings: Findings): string | undefined => {
  const start = { file: name, line: 1, column: 1 };
  const bytes = files.read(name);
  if (bytes === undefined) {
    findings.fault(start, {
      message: 'the file is missing',
      found: 'no such file',
      expected: `a file ${name} in the folder, with at least its first line`,
    });
    return undefined;
  }
  const prefix = decodablePrefix(bytes);
  const text = decode(bytes.subarray(0, prefix)) ?? '';
  if (prefix < bytes.length) {
    const before = text.split(/\r\n|\n|\r/u);
    const place = { file: name, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
    findings.fault(place, {
      message: 'the file is not UTF-8 text',
      found: `byte 0x${(bytes[prefix] ?? 0).toString(16).padStart(2, '0')} at byte position ${String(prefix)}, counted from 0`,
      expected: 'UTF-8; in a spreadsheet program, save as “CSV UTF-8”',
    });
    return undefined;
  }
  if (text.trim() === '') {
    findings.fault(start, {
      message: 'the file is empty',
      found: 'nothing',
      expected: 'at least its first line',
    });
    return undefined;
  }
  return text;
};

const decode = (bytes: Uint8Array, unfinished = false): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: unfinished });
  } catch {
    return undefined;
  }
};

/** How many bytes from the start are whole, valid UTF-8. */
const decodablePrefix = (bytes: Uint8Array): number => {
  if (decode(bytes) !== undefined) return bytes.length;
  let valid = 0;
  let invalid = bytes.length + 1;
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    if (decode(bytes.subarray(0, middle), true) === undefined) invalid = middle;
    else valid = middle;
  }
  // The last character may have been begun only: step back to where it starts.
  while (valid > 0 && decode(bytes.subarray(0, valid)) === undefined) valid -= 1;
  return valid;
};

/** Tells where an offset into a file's text stands; one beyond the text stands at its end. */
export const placesIn = (file: FileName, text: string): ((offset: number) => Place) => {
  const starts = [0, ...Array.from(text.matchAll(/\r\n|\n|\r/gu), ({ index, 0: end }) => index + end.length)];
  return (offset) => {
    const within = Math.min(Math.max(offset, 0), text.length);
    let line = 0;
    let beyond = starts.length;
    while (beyond - line > 1) {
      const middle = (line + beyond) >> 1;
      if ((starts[middle] ?? 0) <= within) line = middle;
      else beyond = middle;
    }
    return { file, line: line + 1, column: within - (starts[line] ?? 0) + 1 };
  };
};
