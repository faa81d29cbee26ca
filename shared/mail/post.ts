import type { Message } from './messages.ts';

/** What became of one message. */
export interface Posted {
  readonly ledgerKey: string;
  /**
   * `sent` now; `already` earlier; `suppressed` because the address bounced or complained; `refused` by the service;
   * `uncertain` when the attempt's outcome is not known: the sweep settles it by the service's own events.
   */
  readonly outcome: 'sent' | 'already' | 'suppressed' | 'refused' | 'uncertain';
}

/** Sends messages, each at most once as far as can be known, each to the end whatever happens to the others. */
export interface Post {
  /** The outcomes in the order of the messages. Retryable failures are thrown only after all were tried. */
  send(messages: readonly Message[]): Promise<readonly Posted[]>;
}
