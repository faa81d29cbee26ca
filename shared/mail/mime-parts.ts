/**
 * What the bytes of an email consist of. All of it is seven-bit: parts are quoted-printable or base64, headers are encoded
 * by nodemailer. The parts are put together here, because nodemailer would stream each of them, which takes seven times
 * as long.
 */

import MimeNode from 'nodemailer/lib/mime-node';
import { encode, wrap } from 'nodemailer/lib/qp';

/** A part of an email, with what stands in its Content-Type. */
export interface Part {
  readonly contentType: string;
  readonly content: string;
}

/** The header of a message, by name; addresses are encoded where they need it. */
export type MessageHeaders = Readonly<
  Record<string, string | { readonly name: string; readonly address: string }>
>;

/** The whole of a message. A Date and a Message-ID are made where none is given. */
export const wholeMessage = (headers: MessageHeaders, body: Part): Buffer => {
  const header = new MimeNode(body.contentType);
  header.setHeader(headers);
  return Buffer.from(`${header.buildHeaders()}\r\n\r\n${body.content}`, 'utf8');
};

/**
 * Parts that belong together. The boundary has `=_`, which neither quoted-printable nor base64 can hold, so nothing typed can be
 * taken for it.
 */
export const multipart = (kind: 'alternative' | 'mixed', id: string, entities: readonly string[]): Part => {
  const boundary = `=_${id}`;
  return {
    contentType: `multipart/${kind}; boundary="${boundary}"`,
    content: `${entities.map((part) => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--\r\n`,
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
