import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import type { Mailer, OutgoingEmail, WrittenEmail } from '../shared/mail/mailer.ts';
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
  readonly subject: string;
  readonly sentAt: Instant;
  readonly file: string;
  readonly ledgerKey: string;
}

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

/** An email whose bytes are on their way from another thread. */
interface Underway {
  readonly number: number;
  readonly outgoing: OutgoingEmail;
}

/** How many emails may be under way at once: some 10 MB. */
const mostUnderway = 256;

/** Takes every email in place of SES, and writes it to a file in sending order. */
export class Outbox implements Mailer {
  readonly sent: SentEmail[] = [];
  readonly #underway: Underway[] = [];
  #making: Promise<void> | undefined;
  #count = 0;
  #failure: Error | undefined;
  readonly #files: Files;
  readonly #folder: string;
  readonly #now: () => Instant;
  readonly #delivered: (email: SentEmail, outgoing: WrittenEmail) => void;

  /**
   * @param files writes the `.eml` files
   * @param folder where they go
   * @param delivered told of each email after it went
   */
  constructor(
    files: Files,
    folder: string,
    now: () => Instant,
    delivered: (email: SentEmail, outgoing: WrittenEmail) => void,
  ) {
    mkdirSync(folder, { recursive: true });
    this.#files = files;
    this.#folder = folder;
    this.#now = now;
    this.#delivered = delivered;
  }

  /** What kept the first email from being written that could not be. */
  get failure(): Error | undefined {
    return this.#failure ?? this.#files.failure;
  }

  /** Takes an email whose bytes are there at once; one whose bytes are not goes with the next {@link deliver}. */
  async send(outgoing: OutgoingEmail): Promise<{ readonly serviceId: string }> {
    this.#count += 1;
    const number = this.#count;
    const { raw } = outgoing;
    if (raw instanceof Promise) {
      this.#underway.push({ number, outgoing });
      if (this.#underway.length >= mostUnderway) await this.#makeRoom();
    } else this.#deliver(number, { ...outgoing, raw });
    await this.#files.room();
    return { serviceId: serviceIdOf(number) };
  }

  /** Sees to it that every email that was sent has gone. Tells whether one was under way. */
  async deliver(): Promise<boolean> {
    if (this.#underway.length === 0) return false;
    await this.#deliverFirst(this.#underway.length);
    return true;
  }

  // By those who send at the same time together, so that every run goes the same way.
  async #makeRoom(): Promise<void> {
    this.#making ??= this.#deliverFirst(mostUnderway / 2).finally(() => (this.#making = undefined));
    await this.#making;
  }

  async #deliverFirst(count: number): Promise<void> {
    for (const { number, outgoing } of this.#underway.splice(0, count))
      try {
        this.#deliver(number, { ...outgoing, raw: await outgoing.raw });
      } catch (error) {
        this.#failure ??= error instanceof Error ? error : new Error(String(error));
      }
  }

  #deliver(number: number, outgoing: WrittenEmail): void {
    const [kind = '', , , person = ''] = outgoing.ledgerKey.split('|');
    const file = `${String(number).padStart(4, '0')}-${kind}-${person}.eml`;
    const email: SentEmail = {
      number,
      kind,
      person,
      to: outgoing.to,
      subject: decodedHeader(rawSubject(outgoing.raw)),
      sentAt: this.#now(),
      file,
      ledgerKey: outgoing.ledgerKey,
    };
    this.sent.push(email);
    this.#delivered(email, outgoing);
    this.#files.write(join(this.#folder, file), outgoing.raw);
  }
}

/** The id that the service gives to an email. */
export const serviceIdOf = (number: number): string => `rehearsal-${String(number).padStart(6, '0')}`;
