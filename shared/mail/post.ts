import type { Message } from './messages.ts';

/** What became of one message. */
export interface Posted {
  readonly ledgerKey: string;
  /**
   * `sent` now; `already` earlier; `suppressed` because the address bounced or complained; `refused` by the service.
   */
  readonly outcome: 'sent' | 'already' | 'suppressed' | 'refused';
}

/**
 * What became of some emails is not known yet. The same messages have to be sent again until it is: by then the
 * service's own event has told, or the time of grace is over and they go once more. Nothing is lost that way.
 */
export class NotSettled extends Error {
  override readonly name = 'NotSettled';
  constructor(unsettled: number, of: number) {
    super(`of ${String(of)} emails it is not known yet whether ${String(unsettled)} went`);
  }
}

/** Sends messages, each at most once as far as can be known, each to the end whatever happens to the others. */
export interface Post {
  /**
   * The outcomes in the order of the messages. Failures are thrown only after all were tried.
   * @throws {NotSettled} @throws {NotSent} when some may go later: the caller is to be run again, with the same messages
   */
  send(messages: readonly Message[]): Promise<readonly Posted[]>;
}
