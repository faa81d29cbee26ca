import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers';

import type { Mailer, OutgoingEmail } from '../shared/mail/mailer.ts';
import type { Instant } from '../shared/time/calendar.ts';
import type { Files } from './threads/files.ts';

/** An email that went out in a rehearsal. Its bytes lie in a file; only what finds them is kept. */
export interface SentEmail {
  /** From 1, in sending order. */
  readonly number: number;
  readonly kind: string;
  /** Person id of the recipient. */
  readonly person: string;
  readonly to: string;
  /** Empty until its bytes have come. */
  readonly subject: string;
  readonly sentAt: Instant;
  readonly file: string;
  readonly ledgerKey: string;
}

/** The bytes of an email, or their coming; none come of one that could not be written, of which {@link Outbox.failure} tells. */
export type RawEmail = Uint8Array | Promise<Uint8Array | undefined>;

const subjectLine = 'Subject: ';

/**
 * The subject line of an email's bytes, unfolded, with its encoded words still encoded. Read from its own bytes: a part
 * of a longer text would keep all of that in memory.
 */
const rawSubject = (raw: Uint8Array): string => {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const isFirst = bytes.indexOf(subjectLine) === 0;
  const line = isFirst ? 0 : bytes.indexOf(`\r\n${subjectLine}`) + 2;
  if (!isFirst && line < 2) return '';
  const start = line + subjectLine.length;
  let end = bytes.indexOf('\r\n', start);
  while (bytes[end + 2] === 0x20 || bytes[end + 2] === 0x09) end = bytes.indexOf('\r\n', end + 2);
  return bytes.toString('utf8', start, end).replace(/\r\n[ \t]+/g, ' ');
};

/** Decodes the encoded words of a header, as RFC 2047 has them. */
const decodedHeader = (text: string): string =>
  text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_match, encoding: string, word: string) =>
      encoding.toLowerCase() === 'b'
        ? Buffer.from(word, 'base64').toString('utf8')
        : Buffer.from(
            word
              .replaceAll('_', ' ')
              .replace(/=([0-9A-F]{2})/gi, (_hex, code: string) => String.fromCharCode(parseInt(code, 16))),
            'latin1',
          ).toString('utf8'),
    );

/** How many emails go before those who send wait until the first half of them have come: some 10 MB. */
const mostUnderway = 256;

/** Takes every email in place of SES, and writes it to a file named in sending order. */
export class Outbox implements Mailer {
  readonly sent: SentEmail[] = [];
  #underway: Promise<unknown>[] = [];
  #making: Promise<void> | undefined;
  #failure: Error | undefined;
  readonly #files: Files;
  readonly #folder: string;
  readonly #now: () => Instant;
  readonly #gone: (email: SentEmail, outgoing: OutgoingEmail, raw: RawEmail) => void;

  /**
   * @param files writes the `.eml` files
   * @param folder where they go
   * @param gone told of each email when it goes
   */
  constructor(
    files: Files,
    folder: string,
    now: () => Instant,
    gone: (email: SentEmail, outgoing: OutgoingEmail, raw: RawEmail) => void,
  ) {
    mkdirSync(folder, { recursive: true });
    this.#files = files;
    this.#folder = folder;
    this.#now = now;
    this.#gone = gone;
  }

  /** What kept the first email from being written that could not be. */
  get failure(): Error | undefined {
    return this.#failure ?? this.#files.failure;
  }

  /** Takes an email, and waits while too many are on their way. */
  async send(outgoing: OutgoingEmail): Promise<{ readonly serviceId: string }> {
    const number = this.sent.length + 1;
    const [kind = '', , , person = ''] = outgoing.ledgerKey.split('|');
    const email = {
      number,
      kind,
      person,
      to: outgoing.to,
      subject: '',
      sentAt: this.#now(),
      file: `${String(number).padStart(4, '0')}-${kind}-${person}.eml`,
      ledgerKey: outgoing.ledgerKey,
    };
    this.sent.push(email);
    const write = (raw: Uint8Array): Uint8Array => {
      email.subject = decodedHeader(rawSubject(raw));
      this.#files.write(join(this.#folder, email.file), raw);
      return raw;
    };
    const { raw } = outgoing;
    const come: RawEmail =
      raw instanceof Promise
        ? raw.then(write).catch((error: unknown) => {
            this.#failure ??= error instanceof Error ? error : new Error(String(error));
            return undefined;
          })
        : write(raw);
    this.#underway.push(Promise.resolve(come));
    this.#gone(email, outgoing, come);
    if (this.#underway.length >= mostUnderway) await this.#makeRoom();
    return { serviceId: serviceIdOf(number) };
  }

  /** Sees to it that every email that was sent is written, or could not be. */
  async written(): Promise<void> {
    await Promise.all(this.#underway.splice(0));
  }

  // By those who send at the same time together, and never at once, so that every run goes the same way.
  async #makeRoom(): Promise<void> {
    this.#making ??= Promise.all(this.#underway.splice(0, mostUnderway / 2))
      .then(() => this.#files.room())
      .then(() => new Promise<void>((resolve) => setImmediate(resolve)))
      .finally(() => (this.#making = undefined));
    await this.#making;
  }
}

/** The id that the service gives to an email. */
export const serviceIdOf = (number: number): string => `rehearsal-${String(number).padStart(6, '0')}`;
