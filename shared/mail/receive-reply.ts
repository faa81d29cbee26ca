import type { Directory } from '../store/directory.ts';
import type { Documents } from '../store/documents.ts';
import type { Forwarding } from './forward-reply.ts';
import { forwardReply } from './forward-reply.ts';

/** What SES tells of an email that it has received, as far as we look at it. */
export interface ReceivedNotice {
  readonly mail: { readonly messageId: string };
  readonly receipt: {
    readonly recipients: readonly string[];
    readonly spamVerdict: { readonly status: string };
    readonly virusVerdict: { readonly status: string };
  };
}

export interface ReceiveReplyParts {
  /** The directories of the partnerships that the address may be one of. */
  readonly directories: readonly Pick<Directory, 'partnership'>[];
  /** Where the receiving service puts the originals, by message id. */
  readonly originals: Pick<Documents, 'get'>;
  readonly send: (email: Extract<Forwarding, { forward: true }>) => Promise<void>;
}

/**
 * Passes a reply on to the contact of the partnership that it was sent to. A second run may pass it on twice; the
 * contact loses nothing.
 * @throws {Error} when the original is not there
 */
export const receiveReply = async (
  { mail, receipt }: ReceivedNotice,
  { directories, originals, send }: ReceiveReplyParts,
): Promise<'forwarded' | 'unknown-address' | Extract<Forwarding, { forward: false }>['why']> => {
  const domains = new Set(receipt.recipients.map((address) => domainOf(address)));
  for (const directory of directories) {
    const partnership = await directory.partnership();
    if (!domains.has(partnership.replyDomain.toLowerCase())) continue;
    const original = await originals.get(mail.messageId);
    if (original === undefined) throw new Error(`the original of ${mail.messageId} is not in the bucket`);
    const forwarding = await forwardReply(
      {
        raw: original.body,
        spam: receipt.spamVerdict.status === 'FAIL',
        virus: receipt.virusVerdict.status === 'FAIL',
      },
      partnership,
    );
    if (!forwarding.forward) return forwarding.why;
    await send(forwarding);
    return 'forwarded';
  }
  return 'unknown-address';
};

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();
