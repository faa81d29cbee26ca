import type { SESClient } from '@aws-sdk/client-ses';
import { SendRawEmailCommand, SESServiceException } from '@aws-sdk/client-ses';

import type { ForwardedReply } from './forward-reply.ts';
import type { Mailer, OutgoingEmail } from './mailer.ts';
import { NotSent } from './mailer.ts';

export interface SesMailerParts {
  /**
   * Has to be made with `maxAttempts: 1`: the SDK would send again after a timeout, when the first try may have gone.
   */
  readonly client: Pick<SESClient, 'send'>;
  /** The configuration set whose events tell what became of each email. */
  readonly configurationSet: string;
  /** Waits so many milliseconds before a throttled email is tried again. */
  readonly pause?: (milliseconds: number) => Promise<void>;
}

/** Pauses before the tries of a throttled email, in milliseconds: the rate that SES allows counts by the second. */
const throttlePauses = [250, 500, 1_000, 2_000];

/** Sends through SES, one recipient an email, tagged so that its events find the ledger row. */
export class SesMailer implements Mailer {
  readonly #parts: Required<SesMailerParts>;

  constructor(parts: SesMailerParts) {
    this.#parts = { pause: realPause, ...parts };
  }

  async send(email: OutgoingEmail): Promise<{ readonly serviceId: string }> {
    const { client, configurationSet, pause } = this.#parts;
    const command = new SendRawEmailCommand({
      Source: email.from,
      Destinations: [email.to],
      RawMessage: { Data: await email.raw },
      ConfigurationSetName: configurationSet,
      Tags: Object.entries(email.tags).map(([Name, Value]) => ({ Name, Value })),
    });
    for (let tries = 0; ; tries += 1) {
      try {
        const { MessageId } = await client.send(command);
        return { serviceId: MessageId ?? '' };
      } catch (error) {
        const wait = isThrottled(error) ? throttlePauses[tries] : undefined;
        if (wait === undefined) throw mailerError(error, email);
        await pause(wait);
      }
    }
  }
}

/** Sends a reply on to a contact, once: it is in no ledger, and the original is kept. */
export const sendForwarded =
  (client: Pick<SESClient, 'send'>, configurationSet: string) =>
  async ({ raw, from, to }: ForwardedReply): Promise<void> => {
    await client.send(
      new SendRawEmailCommand({
        Source: from,
        Destinations: [to],
        RawMessage: { Data: raw },
        ConfigurationSetName: configurationSet,
      }),
    );
  };

const realPause = (milliseconds: number): Promise<void> =>
  new Promise((done) => {
    setTimeout(done, milliseconds);
  });

/** Too fast for now; a day's quota that is used up does not come back in seconds. */
const isThrottled = (error: unknown): boolean =>
  error instanceof SESServiceException &&
  /throttl|toomanyrequests/iu.test(error.name) &&
  !/daily/iu.test(error.message);

/** The errors that blame this email; any other refusal is the account's, and passes when that is mended. */
const blamesTheEmail = /^(MessageRejected|InvalidParameterValue|ValidationError)$/u;

const mailerError = (error: unknown, email: OutgoingEmail): unknown => {
  // Without an answer of the service, or with a fault of its own, nobody knows whether the email went.
  if (!(error instanceof SESServiceException) || error.$fault !== 'client') return error;
  const status = error.$metadata.httpStatusCode ?? 400;
  if (status >= 500 || status === 408) return error;
  // SES says MessageRejected as well when the sender's own identity is not verified (yet).
  const senderNotVerified = /not verified/iu.test(error.message) && blamesSender(error.message, email.from);
  const retryable = !blamesTheEmail.test(error.name) || senderNotVerified;
  // The reason ends up in logs, which hold no addresses.
  const reason = `${error.name}: ${error.message}`.replaceAll(
    /[^\s<>"',;:]+@[^\s<>"',;:]+/gu,
    '(an address)',
  );
  return new NotSent(reason, retryable);
};

const blamesSender = (message: string, from: string): boolean =>
  message.toLowerCase().includes(from.toLowerCase().slice(from.lastIndexOf('@') + 1));
