/** What the sending service has to know of an email besides its bytes. */
export interface Addressed {
  readonly ledgerKey: string;
  readonly from: string;
  /** One recipient's address. */
  readonly to: string;
  /** Deterministic `Message-ID`, with angle brackets. */
  readonly messageId: string;
  /** What the sending service's events name it by; letters, digits, `-` and `_` only. */
  readonly tags: Readonly<Record<'ledger-key' | 'recipient' | 'partnership', string>>;
}

/** An email in bytes. */
export interface WrittenEmail extends Addressed {
  readonly raw: Uint8Array;
}

/** An email ready to go; its bytes may still be on their way from another thread. */
export interface OutgoingEmail extends Addressed {
  readonly raw: Uint8Array | Promise<Uint8Array>;
}

/**
 * Sends one email. On AWS it is SES, which has no idempotency token: an error that leaves open whether the email went
 * is any error but `NotSent`.
 */
export interface Mailer {
  /**
   * @returns the id that the service gave it
   * @throws {NotSent} when it certainly did not go
   */
  send(email: OutgoingEmail): Promise<{ readonly serviceId: string }>;
}

/** The email certainly did not go; `retryable` when the same email may go later (throttled), not when it is refused. */
export class NotSent extends Error {
  override readonly name = 'NotSent';
  readonly retryable: boolean;
  constructor(reason: string, retryable: boolean) {
    super(reason);
    this.retryable = retryable;
  }
}
