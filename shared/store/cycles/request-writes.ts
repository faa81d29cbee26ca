import type { AuditEntry } from '../../domain/audit.ts';
import type { Request } from '../../domain/request.ts';
import { toItem } from '../items.ts';
import type { Check, Item, Write } from '../table.ts';
import type { CycleRecords } from './cycle-records.ts';
import type { Deed } from './deed.ts';

/** The put of a request's next revision, which goes ahead only over the one that was read, in one of the states. */
export const putRequest = (
  records: CycleRecords,
  request: Request,
  from: readonly Request['state'][],
  over: number,
): Write => {
  const { keys } = records;
  const checks: Check[] = [
    { attribute: 'revision', equals: over },
    { attribute: 'state', oneOf: from },
  ];
  const item: Item = toItem(
    { ...keys.requestKey(request.id, request.cycle, request.subject.body), ...keys.personIndex(request) },
    request,
  );
  return { put: item, when: [checks] };
};

/**
 * That a request is answered, to stand in the transaction of what the answer says. An answer may come first, again, or
 * late: whether it is still taken, `acceptsAnswer` has told before.
 */
export const answered = (records: CycleRecords, request: Request, deed: Deed): Write => {
  const {
    id,
    partnership,
    cycle,
    kind,
    person,
    subject,
    openedAt,
    dueAt,
    expiresAt,
    acceptsUntil,
    stepsTaken,
    machineWaits,
  } = request;
  const base = {
    id,
    partnership,
    cycle,
    kind,
    person,
    subject,
    openedAt,
    dueAt,
    expiresAt,
    acceptsUntil,
    stepsTaken,
    machineWaits,
    // Links of whoever had it before go on saying who has it now.
    ...(request.handedOver === undefined ? {} : { handedOver: request.handedOver }),
  };
  // The first answer's time decides whether it was late; a change keeps it.
  const answeredAt = request.state === 'answered' ? request.answeredAt : deed.at;
  return putRequest(
    records,
    {
      ...base,
      state: 'answered',
      answeredAt,
      answeredBy: deed.by,
      channel: deed.channel,
      revision: request.revision + 1,
    },
    ['open', 'answered', 'expired'],
    request.revision,
  );
};

/** The audit row of an answer. */
export const auditOfAnswer = (
  records: CycleRecords,
  request: Request,
  deed: Deed,
  detail: AuditEntry['detail'] = {},
): Write =>
  records.audit(request.cycle, request.subject.body, request.revision + 1, {
    at: deed.at,
    by: deed.by,
    what: 'request-answered',
    about: request.id,
    detail: { kind: request.kind, channel: deed.channel, ...detail },
  });
