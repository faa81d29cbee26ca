import type { AnswerChannel } from '../../domain/request.ts';
import type { Instant } from '../../time/calendar.ts';

/** Who did something, by which way, and when. */
export interface Deed {
  /** Person id, or `system`. */
  readonly by: string;
  readonly channel: AnswerChannel;
  readonly at: Instant;
}

/** Somebody else wrote in between, or the thing is no longer in a state that allows this. Read again and look. */
export class Conflict extends Error {
  override readonly name = 'Conflict';
  constructor(what: string) {
    super(`${what} was changed by somebody else in the meantime`);
  }
}
