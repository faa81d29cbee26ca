import type { ComposedEmail } from '../../shared/mail/compose.ts';
import { compose } from '../../shared/mail/compose.ts';
import type { OutgoingEmail } from '../../shared/mail/mailer.ts';
import type { Message, MessageSetting } from '../../shared/mail/messages.ts';
import { ledgerKey } from '../../shared/mail/messages.ts';
import { toMime } from '../../shared/mail/mime.ts';

/** What an email's reader sees. */
export type Letter = Pick<ComposedEmail, 'html' | 'text'>;

/** How many emails of a rehearsal are kept in words; all are kept as `.eml` files. */
export const mostLetters = 2_000;

/**
 * Keeps the first emails as they were composed, so that the page of a cycle can show them without reading them back
 * from their files, which takes 2 ms each.
 */
export class Letters {
  readonly #kept = new Map<string, Letter>();

  /** Renders a message as the post would, and keeps what its reader sees. */
  readonly render = (message: Message, setting: MessageSetting): OutgoingEmail => {
    const composed = compose(message, setting);
    const key = ledgerKey(message);
    if (this.#kept.size < mostLetters && !this.#kept.has(key))
      this.#kept.set(key, { html: composed.html, text: composed.text });
    return toMime(message, setting, composed);
  };

  /** Undefined for an email that was not kept. */
  of(key: string): Letter | undefined {
    return this.#kept.get(key);
  }
}
