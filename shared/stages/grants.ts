import { createHash } from 'node:crypto';

import type { GrantRequest } from '../domain/grant.ts';
import { isCarried } from '../domain/grant.ts';
import type { SentBackReturn, SignedReturn, SubmittedReturn } from '../domain/return.ts';
import { firstFreeId } from './first-free-id.ts';
import type { AnswerDesk } from './workplace.ts';

/** Id of a grant: the same words and amount requested in the same cycle are the same grant. */
const grantId = (cycle: string, group: string, { purpose, amount }: GrantRequest): string =>
  `${cycle}-${createHash('sha256').update([group, purpose.trim(), amount].join('\n')).digest('hex').slice(0, 12)}`;

/**
 * Takes over what a return tells of grants: what was heard of the open ones, and new requests. A request that a later
 * version of the return leaves out is withdrawn. Done again, it changes nothing.
 */
export const keepGrants = async (
  desk: Pick<AnswerDesk, 'grants'>,
  { cycle, group, content, submittedAt, submittedBy }: SubmittedReturn | SignedReturn | SentBackReturn,
): Promise<void> => {
  const known = await desk.grants.of(group);
  for (const { grant: id, state, awarded, reviewDate, outcome } of content.grantProgress ?? []) {
    const grant = known.find((one) => one.id === id);
    if (grant === undefined) continue;
    const same =
      grant.state === state &&
      grant.awarded === awarded &&
      grant.reviewDate === reviewDate &&
      grant.outcome === outcome;
    if (same) continue;
    const heard = { state, awarded, reviewDate, outcome, heardAt: submittedAt };
    await desk.grants.hear(grant, heard, cycle, submittedBy, submittedAt);
  }
  // What was taken out of this return and is asked for again is a new request.
  const gone = new Set(
    known.filter(({ raisedIn, state }) => raisedIn === cycle && state === 'withdrawn').map(({ id }) => id),
  );
  const requested = new Set<string>();
  for (const request of content.newGrants ?? []) {
    const id = firstFreeId(gone, grantId(cycle, group, request));
    requested.add(id);
    await desk.grants.request({
      id,
      group,
      raisedIn: cycle,
      purpose: request.purpose,
      requested: request.amount,
      state: 'requested',
      awarded: null,
      reviewDate: null,
      outcome: '',
      heardAt: submittedAt,
    });
  }
  for (const grant of known)
    if (grant.raisedIn === cycle && isCarried(grant) && !requested.has(grant.id))
      await desk.grants.hear(
        grant,
        { state: 'withdrawn', awarded: null, reviewDate: null, outcome: '', heardAt: submittedAt },
        cycle,
        submittedBy,
        submittedAt,
      );
};
