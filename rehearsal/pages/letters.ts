import type { ComposedEmail } from '../../shared/mail/compose.ts';
import { compose } from '../../shared/mail/compose.ts';
import type { OutgoingEmail } from '../../shared/mail/mailer.ts';
import type { Message, MessageSetting } from '../../shared/mail/messages.ts';
import { ledgerKey } from '../../shared/mail/messages.ts';
import { toMime } from '../../shared/mail/mime.ts';

/** What an email's reader sees. */
export type Letter = Pick<ComposedEmail, 'html' | 'text'>;

/** An email as it goes out, and as its reader sees it. */
export interface Rendered {
  readonly outgoing: OutgoingEmail;
  /** Left out by a renderer that knows that it would not be kept. */
  readonly letter?: Letter;
}

/** Renders a message as the product does: here, or on another thread. */
export type Renderer = (message: Message, setting: MessageSetting) => Rendered | Promise<Rendered>;

/** Renders on this thread. */
export const renderHere = (message: Message, setting: MessageSetting): Rendered => {
  const composed = compose(message, setting);
  return {
    outgoing: toMime(message, setting, composed),
    letter: { html: composed.html, text: composed.text },
  };
};

/** How many emails of a rehearsal are kept in words; all are kept as `.eml` files. */
export const mostLetters = 2_000;

/**
 * Keeps the first emails as they were composed, so that the page of a cycle can show them without reading them back
 * from their files, which takes 2 ms each.
 */
export class Letters {
  readonly #kept = new Map<string, Letter>();
  readonly #renderer: Renderer;

  constructor(renderer: Renderer = renderHere) {
    this.#renderer = renderer;
  }

  /** Renders a message as the post would, and keeps what its reader sees. */
  readonly render = async (message: Message, setting: MessageSetting): Promise<OutgoingEmail> => {
    const { outgoing, letter } = await this.#renderer(message, setting);
    const key = ledgerKey(message);
    if (letter !== undefined && this.#kept.size < mostLetters && !this.#kept.has(key))
      this.#kept.set(key, letter);
    return outgoing;
  };

  /** Undefined for an email that was not kept. */
  of(key: string): Letter | undefined {
    return this.#kept.get(key);
  }
}
