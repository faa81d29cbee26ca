import type { ComposedEmail } from '../../shared/mail/compose.ts';
import { compose } from '../../shared/mail/compose.ts';
import type { OutgoingEmail, WrittenEmail } from '../../shared/mail/mailer.ts';
import type { Message, MessageSetting } from '../../shared/mail/messages.ts';
import { ledgerKey } from '../../shared/mail/messages.ts';
import { toMime } from '../../shared/mail/mime.ts';

/** What an email's reader sees. */
export type Letter = Pick<ComposedEmail, 'html' | 'text'>;

/** An email as it goes out, and as its reader sees it. */
export interface Rendered {
  readonly outgoing: OutgoingEmail;
  /** None from a renderer that knows that it would not be kept. */
  readonly letter: Letter | Promise<Letter | undefined>;
}

/** Renders a message as the product does: here, or on another thread, from where the bytes come later. */
export type Renderer = (message: Message, setting: MessageSetting) => Rendered;

/** Renders on this thread. */
export const renderHere = (
  message: Message,
  setting: MessageSetting,
): { readonly outgoing: WrittenEmail; readonly letter: Letter } => {
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
  readonly render = (message: Message, setting: MessageSetting): OutgoingEmail => {
    const { outgoing, letter } = this.#renderer(message, setting);
    const key = ledgerKey(message);
    if (letter instanceof Promise)
      // What kept it from being rendered keeps its bytes from coming too, and is told there.
      letter.then(
        (come) => {
          this.#keep(key, come);
        },
        () => undefined,
      );
    else this.#keep(key, letter);
    return outgoing;
  };

  #keep(key: string, letter: Letter | undefined): void {
    if (letter !== undefined && this.#kept.size < mostLetters && !this.#kept.has(key))
      this.#kept.set(key, letter);
  }

  /** Undefined for an email that was not kept. */
  of(key: string): Letter | undefined {
    return this.#kept.get(key);
  }
}
