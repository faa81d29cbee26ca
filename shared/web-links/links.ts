import type { Confirmation } from '../domain/confirmation.ts';
import type { Cycle, NamedSubstitute } from '../domain/cycle.ts';
import type { ProgressScope } from '../domain/progress.ts';
import type { Request } from '../domain/request.ts';
import type { Instant } from '../time/calendar.ts';

/** What a link opens, for one person. */
export type LinkTarget =
  | { readonly to: 'request'; readonly request: string; readonly person: string }
  | {
      readonly to: 'progress';
      readonly scope: ProgressScope;
      readonly cycle: string;
      readonly person: string;
    }
  | { readonly to: 'document'; readonly key: string; readonly fileName: string; readonly person: string }
  /** For who comes to a meeting in the place of `person`, and is none of the partnership's people. */
  | {
      readonly to: 'substitute';
      readonly request: string;
      readonly person: string;
      readonly name: string;
      readonly email: string;
    }
  /** Not a page: an address that replies to emails about the request go to. */
  | { readonly to: 'reply'; readonly request: string; readonly person: string }
  /** Not a page: the organiser of a person's invitations to a meeting, the same for all its changes. */
  | { readonly to: 'organiser'; readonly cycle: string; readonly body: string; readonly person: string };

/** A stored link: never the token itself, only its hash. */
export interface StoredLink {
  readonly tokenHash: string;
  readonly target: LinkTarget;
  readonly expiresAt: Instant;
}

/**
 * Makes the links that emails carry. The token is 256 bits, derived with a secret so that a reminder can carry the
 * same link again, and only its hash is stored; it expires, and opens one thing for one person.
 */
export interface LinkMaker {
  /**
   * Absolute address of a request's page for its person, valid until a week after answers are no longer taken. The
   * address that replies go to is valid with it: see `replyTokenOfLink`.
   */
  toRequest(request: Request): Promise<string>;
  /** Absolute address of a page that shows a person how far a cycle has come, as far as the scope goes. */
  toProgress(scope: ProgressScope, cycle: Pick<Cycle, 'id' | 'moments'>, person: string): Promise<string>;
  /** Absolute address of the page on which a substitute says that they cannot come. */
  toSubstitute(request: Request, substitute: NamedSubstitute): Promise<string>;
  /** Absolute address of a document for a person. */
  toDocument(
    document: { readonly key: string; readonly fileName: string },
    person: string,
    expiresAt: Instant,
  ): Promise<string>;
  /** Local part of the address that a person's calendar answers about a meeting to. */
  toOrganiser(
    meeting: { readonly cycle: string; readonly body: string },
    person: string,
    expiresAt: Instant,
  ): Promise<string>;
  /**
   * The code that confirms something by a link, the same however often it is asked for, and its stored form.
   * @throws {Error} when the link is none of this secret's
   */
  toCode(confirmation: Confirmation): Promise<{ readonly code: string; readonly hash: string }>;
}
