import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Mailer, OutgoingEmail } from '../shared/mail/mailer.ts';
import type { Instant } from '../shared/time/calendar.ts';

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

const decoder = new TextDecoder();

/** The subject line of an email's bytes, unfolded, with its encoded words still encoded. */
const rawSubject = (raw: Uint8Array): string => {
  const head = decoder.decode(raw.subarray(0, 4096));
  return /^Subject: (.*(?:\r?\n[ \t].*)*)/m.exec(head)?.[1]?.replace(/\r?\n[ \t]+/g, ' ') ?? '';
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

/** How many files may be under way at once. */
const mostWriting = 256;

/** Takes every email in place of SES, and writes it to a file in sending order. */
export class Outbox implements Mailer {
  readonly sent: SentEmail[] = [];
  /** Files under way. Writing goes on beside the play, which does not wait for it unless it falls behind. */
  readonly #writing = new Set<Promise<void>>();
  readonly #folder: string;
  readonly #now: () => Instant;
  readonly #delivered: (email: SentEmail, outgoing: OutgoingEmail) => void;

  /**
   * @param folder where the `.eml` files go
   * @param delivered told of each email after it went
   */
  constructor(
    folder: string,
    now: () => Instant,
    delivered: (email: SentEmail, outgoing: OutgoingEmail) => void,
  ) {
    mkdirSync(folder, { recursive: true });
    this.#folder = folder;
    this.#now = now;
    this.#delivered = delivered;
  }

  async send(outgoing: OutgoingEmail): Promise<{ readonly serviceId: string }> {
    const number = this.sent.length + 1;
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
    const writing = writeFile(join(this.#folder, file), outgoing.raw).finally(() =>
      this.#writing.delete(writing),
    );
    this.#writing.add(writing);
    if (this.#writing.size >= mostWriting) await this.written();
    return { serviceId: `rehearsal-${String(number).padStart(6, '0')}` };
  }

  /** Resolves when everything that was sent has been written. @throws what kept a file from being written */
  async written(): Promise<void> {
    await Promise.all(this.#writing);
  }
}
