import type { AuditEntry } from '../../domain/audit.ts';
import type { Request } from '../../domain/request.ts';
import type {
  GroupReturn,
  NilReturn,
  ReturnContent,
  ReturnSection,
  SentBackReturn,
  SignedReturn,
  SubmittedReturn,
} from '../../domain/return.ts';
import { isReceived } from '../../domain/return.ts';
import type { Instant } from '../../time/calendar.ts';
import type { CycleKeys } from './cycle-keys.ts';
import type { CycleRecords } from './cycle-records.ts';
import type { Deed } from './deed.ts';
import { answered, auditOfAnswer } from './request-writes.ts';
import type { LcpgRun } from './waiting-store.ts';
import { plannedRun } from './waiting-store.ts';

/** The returns of the groups, one of each group in a cycle. */
export class ReturnStore {
  readonly #records: CycleRecords;
  readonly #keys: CycleKeys;

  constructor(records: CycleRecords) {
    this.#records = records;
    this.#keys = records.keys;
  }

  async of(cycle: string, group: string): Promise<GroupReturn | undefined> {
    return this.#records.read<GroupReturn>(this.#keys.bodyKey(cycle, group, 'RETURN'));
  }

  /** The returns of many groups in the order asked. */
  async ofGroups(cycle: string, groups: readonly string[]): Promise<readonly (GroupReturn | undefined)[]> {
    return this.#records.readMany<GroupReturn>(
      groups.map((group) => this.#keys.bodyKey(cycle, group, 'RETURN')),
    );
  }

  /** Lays down a prefilled return; one that is there already is kept and given back. */
  async prefill(cycle: string, group: string, content: ReturnContent, at: Instant): Promise<GroupReturn> {
    return this.#records.create<GroupReturn>(
      this.#keys.bodyKey(cycle, group, 'RETURN'),
      { cycle, group, content, saved: [], version: 0, state: 'draft' },
      this.#records.audit(cycle, group, 1, {
        at,
        by: 'system',
        what: 'return-prefilled',
        about: group,
        detail: {},
      }),
    );
  }

  /**
   * Saves one part of a return; the request stays open.
   * @throws {Conflict} when somebody saved since the given return was read
   */
  async save(
    given: GroupReturn,
    content: ReturnContent,
    section: ReturnSection,
    deed: Deed,
  ): Promise<GroupReturn> {
    return this.#records.change(
      this.#keys.bodyKey(given.cycle, given.group, 'RETURN'),
      given,
      { content, saved: [...new Set([...given.saved, section])] },
      'the return',
      {
        audit: this.#records.audit(given.cycle, given.group, given.revision + 1, {
          at: deed.at,
          by: deed.by,
          what: 'return-saved',
          about: given.group,
          detail: { section },
        }),
      },
    );
  }

  /** Hands a return in, for the first time, again after it was sent back, or late in place of a nil return. */
  async submit(given: GroupReturn, deed: Deed, request: Request, run?: LcpgRun): Promise<SubmittedReturn> {
    const submitted: SubmittedReturn = {
      partnership: given.partnership,
      cycle: given.cycle,
      group: given.group,
      content: given.content,
      saved: given.saved,
      revision: given.revision + 1,
      version: given.version + 1,
      state: 'submitted',
      submittedAt: deed.at,
      submittedBy: deed.by,
    };
    await this.#answerWithReturn(
      submitted,
      given.revision,
      deed,
      request,
      { version: submitted.version },
      run,
    );
    return submitted;
  }

  /** The chair signs the version that was shown. */
  async sign(given: SubmittedReturn, deed: Deed, request: Request, run?: LcpgRun): Promise<SignedReturn> {
    const { revision, ...rest } = given;
    const signed: SignedReturn = {
      ...rest,
      revision: revision + 1,
      state: 'signed',
      signedAt: deed.at,
      signedBy: deed.by,
    };
    await this.#answerWithReturn(signed, revision, deed, request, { signedVersion: given.version }, run);
    return signed;
  }

  /** The chair sends it back to the co-ordinator with a comment. */
  async sendBack(
    given: SubmittedReturn,
    comment: string,
    deed: Deed,
    request: Request,
    run?: LcpgRun,
  ): Promise<SentBackReturn> {
    const { revision, ...rest } = given;
    const sentBack: SentBackReturn = {
      ...rest,
      revision: revision + 1,
      state: 'sent-back',
      sentBackAt: deed.at,
      sentBackBy: deed.by,
      comment,
    };
    await this.#answerWithReturn(sentBack, revision, deed, request, { sentBackVersion: given.version }, run);
    return sentBack;
  }

  /** The cut-off has come with nothing handed in. A return that was handed in stays as it is. */
  async recordNil(given: GroupReturn, at: Instant): Promise<GroupReturn> {
    if (isReceived(given) || given.state === 'nil') return given;
    const { revision, ...rest } = given;
    const nil: NilReturn = { ...rest, revision: revision + 1, state: 'nil', nilAt: at };
    await this.#records.transact(
      [
        this.#records.put(this.#keys.bodyKey(given.cycle, given.group, 'RETURN'), nil, revision),
        this.#records.audit(given.cycle, given.group, given.revision + 1, {
          at,
          by: 'system',
          what: 'return-nil',
          about: given.group,
          detail: {},
        }),
      ],
      'the return',
    );
    return nil;
  }

  /** One transaction of a return's new state, the request that it answers, and what follows from it. */
  async #answerWithReturn(
    given: GroupReturn,
    over: number,
    deed: Deed,
    request: Request,
    detail: AuditEntry['detail'],
    run: LcpgRun | undefined,
  ): Promise<void> {
    await this.#records.transact(
      [
        this.#records.put(this.#keys.bodyKey(given.cycle, given.group, 'RETURN'), given, over),
        answered(this.#records, request, deed),
        this.#records.unreported(given.cycle),
        auditOfAnswer(this.#records, request, deed, detail),
        ...plannedRun(this.#records, run, deed.at),
      ],
      'the return',
    );
  }
}
