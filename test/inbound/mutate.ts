import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, 'messages');

/** The kept messages, by name, in order. */
export const keptMessages: readonly (readonly [name: string, raw: Buffer])[] = readdirSync(folder)
  .filter((file) => file.endsWith('.eml'))
  .sort()
  .map((file) => [file.slice(0, -4), readFileSync(join(folder, file))]);

/** Whole numbers below a bound, the same ones for the same seed: mulberry32. */
const dice = (seed: number): ((below: number) => number) => {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
};

const insertions = [
  '\r\n',
  '\n\n',
  '\0',
  '\u00ff',
  '--b1--\r\n',
  'Content-Type: multipart/mixed; boundary=""\r\n',
  'BEGIN:VEVENT\r\n',
  'END:VCALENDAR\r\n',
  'ATTENDEE;PARTSTAT=',
  '=?utf-8?Q?=',
  '=\r\n',
  '>',
  '<blockquote>',
  '&#x10ffff;',
  ' '.repeat(2_000),
  'a,'.repeat(1_000),
];

/** A kept message, changed in up to eight places: bytes, cuts, repeats, parts of other messages. */
export const mutated = (seed: number): Uint8Array => {
  const roll = dice(seed);
  const pick = (): Buffer => keptMessages[roll(keptMessages.length)]?.[1] ?? Buffer.alloc(0);
  let raw = Buffer.from(pick());
  for (let times = 1 + roll(8); times > 0; times -= 1) {
    const at = roll(raw.length + 1);
    const until = Math.min(raw.length, at + roll(200));
    switch (roll(6)) {
      case 0:
        raw = Buffer.concat([raw.subarray(0, at), raw.subarray(until)]);
        break;
      case 1:
        raw = Buffer.concat([raw.subarray(0, until), raw.subarray(at)]);
        break;
      case 2:
        if (at < raw.length) raw[at] = roll(256);
        break;
      case 3:
        raw = Buffer.concat([
          raw.subarray(0, at),
          Buffer.from(insertions[roll(insertions.length)] ?? '', 'latin1'),
          raw.subarray(at),
        ]);
        break;
      case 4: {
        const other = pick();
        const from = roll(other.length + 1);
        raw = Buffer.concat([raw.subarray(0, at), other.subarray(from, from + 400), raw.subarray(until)]);
        break;
      }
      default:
        raw = raw.subarray(0, at);
    }
  }
  return raw;
};
