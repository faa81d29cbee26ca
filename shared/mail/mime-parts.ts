/**
 * What the bytes of an email consist of. All of it is seven-bit: parts are quoted-printable or base64, headers are encoded
 * by nodemailer. The parts are put together here, because nodemailer would stream each of them, which takes seven times
 * as long.
 */

import { foldLines } from 'nodemailer/lib/mime-funcs';
import MimeNode from 'nodemailer/lib/mime-node';
import { encode, wrap } from 'nodemailer/lib/qp';

import { remembered } from '../remembered.ts';
import type { Instant } from '../time/calendar.ts';

/** A part of an email, with what stands in its Content-Type. */
export interface Part {
  readonly contentType: string;
  readonly content: string;
}

/**
 * The header of a message, by its fields' names as they are written; what needs it is encoded. A name or an address is one
 * line.
 */
export type MessageHeaders = Readonly<
  Record<string, string | { readonly name: string; readonly address: string }>
>;

/** An instant as a message is dated. RFC 5322, 3.3. */
export const messageDate = (instant: Instant): string =>
  new Date(instant).toUTCString().replace('GMT', '+0000');

/** Encodes what stands in a field. One does for all: a node of its own for each message takes three times as long. */
const encoder = new MimeNode('text/plain', { baseBoundary: 'none' });

/** A name and an address, each on a line, as they stand in a field: the same few people get most emails. */
const encodedAddress = remembered((lines) => {
  const [name = '', address = ''] = lines.split('\n');
  return encoder.encodeHeaderValue('To', { name, address });
});

const encodedField = (name: string, value: MessageHeaders[string]): string =>
  typeof value === 'string'
    ? encoder.encodeHeaderValue(name, value)
    : encodedAddress(`${value.name}\n${value.address}`);

/** The whole of a message, its fields in the order given. */
export const wholeMessage = (headers: MessageHeaders, { contentType, content }: Part): Buffer => {
  const lines = Object.entries({ ...headers, 'MIME-Version': '1.0' }).map(([name, value]) =>
    foldLines(`${name}: ${encodedField(name, value)}`),
  );
  return Buffer.from(`${lines.join('\r\n')}\r\nContent-Type: ${contentType}\r\n\r\n${content}`);
};

/**
 * Parts that belong together. The boundary has `=_`, which neither quoted-printable nor base64 can hold, so nothing typed can be
 * taken for it.
 */
export const multipart = (kind: 'alternative' | 'mixed', id: string, entities: readonly string[]): Part => {
  const boundary = `=_${id}`;
  let content = '';
  for (const part of entities) content += `--${boundary}\r\n${part}\r\n`;
  return {
    contentType: `multipart/${kind}; boundary="${boundary}"`,
    content: `${content}--${boundary}--\r\n`,
  };
};

/** A part as it stands within another. */
export const asEntity = ({ contentType, content }: Part): string =>
  `Content-Type: ${contentType}\r\n\r\n${content}`;

/** @param encoding in which the content is given @param more header lines, each with its end */
export const entity = (contentType: string, encoding: string, content: string, more = ''): string =>
  `Content-Type: ${contentType}\r\nContent-Transfer-Encoding: ${encoding}\r\n${more}\r\n${content}`;

/** @param text with its lines ended by `\n` */
export const quotedPrintable = (contentType: string, text: string): string =>
  entity(contentType, 'quoted-printable', wrap(encode(text.replaceAll('\n', '\r\n'))));

/** In lines of 76 signs. */
export const base64 = (content: string | Uint8Array): string => {
  const whole = Buffer.from(content as Uint8Array).toString('base64');
  let lines = whole.slice(0, 76);
  for (let at = 76; at < whole.length; at += 76) lines += `\r\n${whole.slice(at, at + 76)}`;
  return lines;
};
