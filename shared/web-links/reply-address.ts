import { hash } from 'node:crypto';

/** Lower-case letters and figures only: some mail systems fold the case of a local part. RFC 4648, 6. */
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** Bytes in base32, lower case, without padding. */
export const base32 = (bytes: Uint8Array): string => {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += alphabet[(held >>> (bits - 5)) & 31] ?? '';
    held &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + (alphabet[(held << (5 - bits)) & 31] ?? '');
};

const linkToken = /\/answer\/([\w-]{43})$/u;

/**
 * Token of the address that replies to an email with a request's link go to; undefined where the link opens no request.
 * It follows from the link's and leads back to nothing: who sees the address cannot open the page.
 */
export const replyTokenOfLink = (link: string): string | undefined => {
  const token = linkToken.exec(link)?.[1];
  return token === undefined ? undefined : base32(hash('sha256', `reply\n${token}`, 'buffer'));
};

/** Local part of a reply address: 54 characters, of at most 64. RFC 5321, 4.5.3.1.1. */
export const replyLocalPart = (token: string): string => `r-${token}`;

/** The token in an address that replies come to, in whatever case; undefined where it has none. */
export const replyTokenIn = (address: string): string | undefined =>
  /^r-([a-z2-7]{52})@/u.exec(address.trim().toLowerCase())?.[1];
