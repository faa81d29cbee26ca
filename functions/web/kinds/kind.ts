import { createHash } from 'node:crypto';

import type { FieldFault } from '../forms/form.ts';
import type { Form } from '../forms/form.ts';
import type { Way } from '../../../shared/stages/answers.ts';
import type { AnswerDesk } from '../../../shared/stages/workplace.ts';
import type { Body, Partnership, Person } from '../../../shared/domain/partnership.ts';
import type { Request } from '../../../shared/domain/request.ts';
import type { Instant, IsoDate, WorkingCalendar } from '../../../shared/time/calendar.ts';

/** A person at the page of a request: everything that a page or an answer is made from. */
export interface Situation {
  readonly desk: AnswerDesk;
  readonly partnership: Partnership;
  readonly calendar: WorkingCalendar;
  readonly request: Request;
  readonly person: Person;
  /** Who writes the answer down for the person; null where they answer themselves. */
  readonly recorder: Person | null;
  /** Whether an answer needs no code to count, or has had it. */
  readonly confirmed: boolean;
  /** The way the answer comes. */
  readonly way: Way;
  readonly body: Body;
  readonly now: Instant;
  readonly today: IsoDate;
  /** The part of the page that is asked for; empty for the page itself. */
  readonly section: string;
  readonly query: URLSearchParams;
  /** Absolute address of the request's page, for the documents store to send a browser back to. */
  readonly address: string;
}

/** A page to show: its template and what the template shows. */
export interface PageReply {
  readonly page: string;
  readonly status: number;
  readonly context: Readonly<Record<string, unknown>>;
  /** Other origins that its forms send to. */
  readonly formTargets?: readonly string[];
}

/** What comes of a visit: a page, or another part of the same request to go on to, such as `?done` or `/attendance`. */
export type Reply = PageReply | { readonly goTo: string } | 'no-such-section';

/** What was sent is right, and counts once its sender has typed in the code that is emailed for it. */
export const needsCode = 'needs-code';

/** How one kind of request is answered on a page. */
export interface AnswerKind {
  /** What stands recorded: shown by `<kind>-recorded.njk`, also when answers are no longer taken. */
  recorded(situation: Situation): Promise<Readonly<Record<string, unknown>>>;
  /** The page. Changes nothing. */
  show(situation: Situation): Promise<Reply>;
  /**
   * Takes what was sent. May be run again when somebody else wrote at the same moment.
   * @throws {NotAccepted} @throws {Conflict}
   */
  answer(situation: Situation, form: Form): Promise<Reply | typeof needsCode>;
}

/** A form as its template shows it. */
export interface FormView {
  readonly values: Readonly<Record<string, string>>;
  /** The message of each field that is wrong. */
  readonly errors: Readonly<Record<string, string>>;
  /** The same, in order, each with the id of the element to go to. */
  readonly summary: readonly { readonly message: string; readonly anchor: string }[];
  /** What the person saw when they began to write: see `fingerprint`. */
  readonly basis: string;
}

/** @param dates fields that are a day, whose first element is the day of the month */
export const formView = (
  values: Readonly<Record<string, string>>,
  basis: string,
  faults: readonly FieldFault[] = [],
  isDate: (field: string) => boolean = () => false,
): FormView => {
  const errors: Record<string, string> = {};
  for (const { field, message } of faults) errors[field] ??= message;
  return {
    values,
    basis,
    errors,
    summary: faults.map(({ field, message }) => ({
      message,
      anchor: isDate(field) ? `${field}-day` : field,
    })),
  };
};

/** Tells versions of something apart, so that a page can tell that another version stands there now. */
export const fingerprint = (shown: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(shown ?? null))
    .digest('base64url')
    .slice(0, 22);

export const done = { goTo: '?done' } as const;

export const page = (
  template: string,
  context: PageReply['context'],
  status = 200,
  formTargets?: readonly string[],
): PageReply => ({
  page: `${template}.njk`,
  status,
  context,
  ...(formTargets === undefined ? {} : { formTargets }),
});
