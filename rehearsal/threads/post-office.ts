import type { Message, MessageSetting } from '../../shared/mail/messages.ts';
import { addressed } from '../../shared/mail/mime.ts';
import type { Letter, Rendered } from '../pages/letters.ts';
import { Thread } from './thread.ts';

/** What the thread is asked: to render a message. The partnership travels once. */
interface RenderOrder {
  readonly message: Message;
  readonly setting: Omit<MessageSetting, 'partnership'> & Partial<MessageSetting>;
}

/** An order as JSON: to have its objects copied takes three times as long. */
export const writtenOrder = (order: RenderOrder): string => JSON.stringify(order);
export const orderOf = (written: string): RenderOrder => JSON.parse(written) as RenderOrder;

/** An email as it comes back; without what its reader sees where that would not be kept. */
export interface Written {
  readonly raw: Uint8Array;
  readonly letter?: Letter;
}

/**
 * Renders emails on a thread of its own, beside the play: half of what a large rehearsal has to do is the words of its
 * emails.
 */
export class PostOffice {
  readonly #thread = new Thread<string, Written>(new URL('./post-office-worker.ts', import.meta.url));
  #known: MessageSetting['partnership'] | undefined;

  readonly render = (message: Message, setting: MessageSetting): Rendered => {
    const { partnership, ...rest } = setting;
    const written = this.#thread.ask(
      writtenOrder({ message, setting: partnership === this.#known ? rest : setting }),
    );
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
