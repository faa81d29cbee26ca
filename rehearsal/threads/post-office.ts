import type { Message, MessageSetting } from '../../shared/mail/messages.ts';
import { addressed } from '../../shared/mail/mime.ts';
import { type Letter, type Rendered, renderHere } from '../pages/letters.ts';
import { Thread } from './thread.ts';

/** What the thread is asked: to render a message. The partnership travels once. */
export interface RenderOrder {
  readonly message: Message;
  readonly setting: Omit<MessageSetting, 'partnership'> & Partial<MessageSetting>;
}

/** An email as it comes back; without what its reader sees where that would not be kept. */
export interface Written {
  readonly raw: Uint8Array;
  readonly letter?: Letter;
}

/**
 * How many emails may lie with the thread: the play soon waits for what it sent, and renders what is beyond that itself
 * rather than stand still.
 */
const mostWaiting = 2;

/**
 * Renders emails on a thread of its own, beside the play: half of what a large rehearsal has to do is the words of its
 * emails.
 */
export class PostOffice {
  readonly #thread = new Thread<RenderOrder, Written>(new URL('./post-office-worker.ts', import.meta.url));
  #known: MessageSetting['partnership'] | undefined;

  readonly render = (message: Message, setting: MessageSetting): Rendered => {
    if (this.#thread.waiting >= mostWaiting) return renderHere(message, setting);
    const { partnership, ...rest } = setting;
    const written = this.#thread.ask({ message, setting: partnership === this.#known ? rest : setting });
    this.#known = partnership;
    const raw = written.then((email) => email.raw);
    // An email that turns out to have gone before is not waited for.
    raw.catch(() => undefined);
    return {
      outgoing: { ...addressed(message, setting), raw },
      letter: written.then(({ letter }) => letter),
    };
  };

  async close(): Promise<void> {
    await this.#thread.close();
  }
}
