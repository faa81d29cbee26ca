import type { IncomingMessage } from '../inbound/incoming-message.ts';
import { readMessage } from '../inbound/incoming-message.ts';
import type { Verdict } from '../inbound/judge-trust.ts';
import { verdictOf } from '../inbound/judge-trust.ts';
import { recogniseAutomatic } from '../inbound/recognise-automatic.ts';
import type { ForwardedReply } from '../mail/forward-reply.ts';
import { forwardReply } from '../mail/forward-reply.ts';
import type { Documents } from '../store/documents.ts';
import type { Links } from '../store/links.ts';
import { tokenHash } from '../web-links/link-maker.ts';
import { replyTokenIn } from '../web-links/reply-address.ts';
import type { Reply, ReplyOutcome } from './replies.ts';
import { takeReply } from './replies.ts';
import { nowOf, type WritingDesk } from './workplace.ts';

interface SesVerdict {
  readonly status: string;
}

/** What SES tells of an email that it has received, as far as we look at it. */
export interface ReceivedNotice {
  readonly mail: { readonly messageId: string };
  readonly receipt: {
    readonly recipients: readonly string[];
    readonly spamVerdict: SesVerdict;
    readonly virusVerdict: SesVerdict;
    readonly spfVerdict: SesVerdict;
    readonly dkimVerdict: SesVerdict;
    readonly dmarcVerdict: SesVerdict;
  };
}

export interface ReceiveReplyParts {
  /** The desks of the partnerships that the address may be one of. */
  readonly desks: readonly WritingDesk[];
  readonly links: Pick<Links, 'find'>;
  /** Where the receiving service puts the originals, by message id. */
  readonly originals: Pick<Documents, 'get'>;
  readonly forward: (email: ForwardedReply) => Promise<void>;
}

/** What became of an email at a reply domain; `forwarded` went to the contact. */
export type Received =
  Exclude<ReplyOutcome, 'not-an-answer'> | 'forwarded' | 'spam' | 'virus' | 'own' | 'unknown-address';

/**
 * Takes an email at a reply domain: as an answer where it came to the address of a request and is one; else a person's
 * email is passed on to the partnership's contact. A second run records and asks nothing twice; it may pass on twice.
 * @throws {Error} when the original is not there
 */
export const receiveReply = async (
  { mail, receipt }: ReceivedNotice,
  { desks, links, originals, forward }: ReceiveReplyParts,
): Promise<Received> => {
  const domains = new Set(receipt.recipients.map((address) => domainOf(address)));
  for (const desk of desks) {
    const partnership = await desk.directory.partnership();
    if (!domains.has(partnership.replyDomain.toLowerCase())) continue;
    const verdicts = {
      spf: verdictIn(receipt.spfVerdict),
      dkim: verdictIn(receipt.dkimVerdict),
      dmarc: verdictIn(receipt.dmarcVerdict),
      spam: verdictIn(receipt.spamVerdict),
      virus: verdictIn(receipt.virusVerdict),
    };
    if (verdicts.virus === 'fail') return 'virus';
    if (verdicts.spam === 'fail') return 'spam';
    const original = await originals.get(mail.messageId);
    if (original === undefined) throw new Error(`the original of ${mail.messageId} is not in the bucket`);
    const message = await readMessage(original.body);
    const target = await targetOf(partnership.id, receipt.recipients, links);
    const outcome =
      target === undefined ? withoutTarget(message) : await takeReply(desk, { message, verdicts, target });
    if (outcome !== 'not-an-answer') return outcome;
    if (message.from?.address === partnership.sender.address.toLowerCase()) return 'own';
    await forward(forwardReply(message, original.body, partnership, nowOf(desk)));
    return 'forwarded';
  }
  return 'unknown-address';
};

/** An address that stands for nothing, such as the domain's own: a person's email is for the contact. */
const withoutTarget = (message: IncomingMessage): 'automatic' | 'not-an-answer' =>
  message.from === null || recogniseAutomatic(message) !== null ? 'automatic' : 'not-an-answer';

const targetOf = async (
  partnership: string,
  recipients: readonly string[],
  links: Pick<Links, 'find'>,
): Promise<Reply['target'] | undefined> => {
  for (const address of recipients) {
    const token = replyTokenIn(address);
    const link = token === undefined ? undefined : await links.find(tokenHash(token));
    if (link?.partnership !== partnership) continue;
    if (link.target.to === 'reply' || link.target.to === 'organiser') return link.target;
  }
  return undefined;
};

/** A verdict that SES may have in future is no pass. */
const verdictIn = ({ status }: SesVerdict): Verdict => verdictOf(status) ?? 'gray';

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();
