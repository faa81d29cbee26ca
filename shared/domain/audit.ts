import type { Instant } from '../time/calendar.ts';

/** What happened, for ever: written in the same transaction as the change that it tells of. */
export interface AuditEntry {
  readonly at: Instant;
  /** Person id, or `system`. */
  readonly by: string;
  /** What was done, such as `request-answered`: what the stores of `shared/store/cycles` write. */
  readonly what: string;
  /** What it was done to: the id of a request, a meeting, a return… */
  readonly about: string;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
}
