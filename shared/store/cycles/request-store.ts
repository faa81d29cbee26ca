import type { AuditEntry } from '../../domain/audit.ts';
import type { OpenRequest, Request } from '../../domain/request.ts';
import type { Instant } from '../../time/calendar.ts';
import type { CycleKeys } from './cycle-keys.ts';
import type { CycleRecords, Unsaved } from './cycle-records.ts';
import type { Deed } from './deed.ts';
import { answered, auditOfAnswer, putRequest } from './request-writes.ts';

/** The requests: what people are asked for, and what became of it. */
export class RequestStore {
  readonly #records: CycleRecords;
  readonly #keys: CycleKeys;

  constructor(records: CycleRecords) {
    this.#records = records;
    this.#keys = records.keys;
  }

  /** Opens a request; one that is there already is given back as it stands, so that asking twice is asking once. */
  async open(request: Unsaved<OpenRequest>): Promise<Request> {
    return this.#records.create<Request>(
      this.#keys.requestKey(request.id, request.cycle, request.subject.body),
      request,
      this.#records.audit(request.cycle, request.subject.body, 1, {
        at: request.openedAt,
        by: 'system',
        what: 'request-opened',
        about: request.id,
        detail: { kind: request.kind, person: request.person },
      }),
      this.#keys.personIndex(request),
    );
  }

  /** A request by its id, or undefined. */
  async get(id: string): Promise<Request | undefined> {
    return this.#records.read<Request>(this.#keys.keyOfRequest(id));
  }

  /** Requests by their ids, in the order asked. */
  async getMany(ids: readonly string[]): Promise<readonly (Request | undefined)[]> {
    return this.#records.readMany<Request>(ids.map((id) => this.#keys.keyOfRequest(id)));
  }

  /** The requests about a body's business in a cycle. */
  async about(cycle: string, body: string): Promise<readonly Request[]> {
    return this.#records.readAll<Request>({
      pk: this.#keys.bodyPartition(cycle, body),
      beginsWith: 'REQUEST#',
    });
  }

  /** The requests to a person, in every cycle, the newest cycle first. */
  async *to(person: string): AsyncIterable<Request> {
    yield* this.#records.each<Request>({
      pk: this.#keys.personPartition(person),
      index: 'gsi1',
      descending: true,
    });
  }

  /** Notes that follow-up steps of an open request have been taken, and what its person was told. Returns it as it then stands. */
  async recordSteps(
    request: Request,
    stepsTaken: number,
    at: Instant,
    told: Pick<Request, 'reminded' | 'digestedAt' | 'waitsForDigest' | 'handedOver'> = {},
  ): Promise<Request> {
    return this.#move(request, { stepsTaken, ...told }, 'request-followed-up', at, {
      stepsTaken,
    });
  }

  /** Notes that somebody wants the person of an open request reminded. Returns the request as it then stands. */
  async chase(request: Request, deed: Pick<Deed, 'by' | 'at'>): Promise<Request> {
    return this.#move(
      request,
      { chased: { at: deed.at, by: deed.by } },
      'request-chased',
      deed.at,
      { person: request.person },
      deed.by,
    );
  }

  /** Gives an open request to another person: links of the one before open it no longer. Returns it as it then stands. */
  async handOver(request: Request, person: string, deed: Pick<Deed, 'by' | 'at'>): Promise<Request> {
    return this.#move(
      request,
      {
        person,
        handedOver: { from: request.person, by: deed.by, at: deed.at, askedAt: null },
        waitsForDigest: false,
      },
      'request-handed-over',
      deed.at,
      { from: request.person, to: person },
      deed.by,
    );
  }

  /** Nobody answered, and nobody waits any longer. */
  async expire(request: Request, at: Instant): Promise<Request> {
    return this.#move(
      request,
      { state: 'expired', expiredAt: at },
      'request-expired',

      at,
    );
  }

  /** The question no longer stands. */
  async withdraw(request: Request, reason: string, at: Instant): Promise<Request> {
    return this.#move(
      request,
      { state: 'withdrawn', withdrawnAt: at, reason },
      'request-withdrawn',

      at,
      { reason },
    );
  }

  /** Answers a request whose answer is the request itself, such as a receipt. */
  async answer(request: Request, deed: Deed): Promise<void> {
    await this.#records.transact(
      [answered(this.#records, request, deed), auditOfAnswer(this.#records, request, deed)],
      'the request',
    );
  }

  /** Notes that the machine which waited for an open request is no more: the sweep chases it from now on. */
  async leaveToSweep(request: Request, at: Instant): Promise<Request> {
    return this.#move(request, { machineWaits: false }, 'request-left-to-sweep', at);
  }

  /** Moves an open request on; one that is no longer open is somebody else's. */
  async #move(
    request: Request,
    change: object,
    what: string,
    at: Instant,
    detail: AuditEntry['detail'] = {},
    by = 'system',
  ): Promise<Request> {
    const moved = { ...request, ...change, revision: request.revision + 1 } as Request;
    await this.#records.transact(
      [
        putRequest(this.#records, moved, ['open'], request.revision),
        this.#records.audit(request.cycle, request.subject.body, request.revision + 1, {
          at,
          by,
          what,
          about: request.id,
          detail,
        }),
      ],
      'the request',
    );
    return moved;
  }
}
