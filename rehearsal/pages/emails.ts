import type { MessageKind } from '../../shared/mail/messages.ts';
import type { SentEmail } from '../outbox.ts';
import type { World } from '../world.ts';
import type { Stage } from './words.ts';
import { emailKinds, isRequestKind, requestWords } from './words.ts';

/** What an email is about, as its ledger key tells. */
export interface EmailSubject {
  readonly cycle: string;
  /** Empty where the key does not tell, as for an action. */
  readonly body: string;
  /** Id of what it is about. */
  readonly about: string;
  /** Id of the request that it asks, chases or escalates; empty for others. */
  readonly request: string;
  readonly stage: Stage;
}

/** Reads what an email is about out of its ledger key: kind, about, occurrence, person. */
export const subjectOf = (
  email: Pick<SentEmail, 'kind' | 'ledgerKey'>,
  chairsGroup: string,
): EmailSubject => {
  const about = email.ledgerKey.split('|')[1] ?? '';
  const parts = about.split('~');
  const isRequest = parts.length === 6;
  const [, second = '', third = ''] = parts;
  const body = isRequest ? third : second;
  const ofKind = Object.hasOwn(emailKinds, email.kind)
    ? emailKinds[email.kind as MessageKind].stage
    : 'report';
  const stage: Stage =
    isRequest && (email.kind === 'reminder' || email.kind === 'escalation') && isRequestKind(second)
      ? requestWords[second].stage
      : ofKind;
  return {
    // Whatever an email is about, its id begins with its cycle.
    cycle: about.slice(0, 10),
    body,
    about,
    request: isRequest ? about : '',
    stage: body === chairsGroup && stage === 'meetings' ? 'chairs' : stage,
  };
};

/** An email with what it is about. */
export interface PlacedEmail {
  readonly email: SentEmail;
  readonly subject: EmailSubject;
}

/** Every email with its subject, in sending order. */
export const placedEmails = (world: World): readonly PlacedEmail[] =>
  world.outbox.sent.map((email) => ({ email, subject: subjectOf(email, world.partnership.chairsGroup) }));
