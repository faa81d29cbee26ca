import * as z from 'zod/mini';

import type { Message } from '../mail/messages.ts';
import { bodyTitle, withRole } from './people.ts';
import { leaveToSweep } from './requests.ts';
import type { Task } from './task.ts';
import { calendarOf, nowOf } from './workplace.ts';

const failurePayload = z.object({ Error: z.optional(z.string()), Cause: z.optional(z.string()) });
type Failure = z.infer<typeof failurePayload>;

/** What Step Functions, and Lambda, write into a cause. */
const innerFailure = z.object({ ...failurePayload.shape, errorMessage: z.optional(z.string()) });

const stoppedPayload = z.object({
  partnership: z.string(),
  cycle: z.string(),
  body: z.string(),
  /** Said where it is the report that could not be compiled: it is tried again until it can be. */
  part: z.optional(z.literal('report')),
  failure: failurePayload,
});

/** The longest cause that a reader is shown: enough to find it in the logs by. */
const longestCause = 300;

/** What went wrong, in a line. Of a child execution the cause is its whole description, as JSON. */
const reasonOf = ({ Error: error = 'unknown error', Cause: cause = '' }: Failure): string => {
  let inner: unknown;
  try {
    inner = JSON.parse(cause);
  } catch {
    return `${error}: ${cause}`;
  }
  const described = innerFailure.safeParse(inner);
  return described.success && described.data.Error !== undefined
    ? reasonOf({
        Error: described.data.Error,
        Cause: described.data.Cause ?? described.data.errorMessage ?? '',
      })
    : `${error}: ${described.data?.errorMessage ?? ''}`;
};

/**
 * A part of a cycle broke down, and the cycle goes on without it: written down, and the secretariat told, so that an
 * LCPG is never just missing.
 */
export const recordStoppedPart: Task<z.infer<typeof stoppedPayload>, object> = {
  name: 'record-stopped-part',
  input: stoppedPayload,
  async run(place, { cycle: id, body, part, failure }) {
    const partnership = await place.directory.partnership();
    const at = nowOf(place);
    const cause = reasonOf(failure).slice(0, longestCause);
    await place.audit.note(id, body, {
      at,
      by: 'system',
      what: 'part-stopped',
      about: body,
      detail: { cause },
    });
    const given = await place.returns.of(id, body);
    // Its return can still come by the link that was sent; until then it is a nil return, as after any cut-off.
    if (given !== undefined) await place.returns.recordNil(given, at);
    // Other parts of the cycle go on for the board and the Chairs Group; what stopped for them, the sweep finds out.
    if (body !== partnership.board && body !== partnership.chairsGroup)
      for (const request of await place.requests.about(id, body))
        await leaveToSweep(place, partnership, request);
    const bodyName = await bodyTitle(place, partnership, body);
    const board = await bodyTitle(place, partnership, partnership.board);
    const readers = await withRole(
      place,
      partnership.board,
      board,
      'secretariat',
      calendarOf(partnership).dateOf(at),
    );
    await place.postFor(partnership).send(
      readers.map(({ who, because }): Message => ({
        kind: 'part-stopped',
        to: who,
        about: part === undefined ? `${id}~${body}` : `${id}~${body}~${part}`,
        occurrence: '1',
        because,
        bodyName,
        reportWaits: part === 'report',
        cause,
      })),
    );
    return {};
  },
};
