import type { Request } from '../../domain/request.ts';
import type { Escalation } from '../../domain/return.ts';
import type { Instant } from '../../time/calendar.ts';
import { toItem } from '../items.ts';
import type { CycleKeys } from './cycle-keys.ts';
import type { CycleRecords, Unsaved } from './cycle-records.ts';
import type { CycleStore } from './cycle-store.ts';
import type { Deed } from './deed.ts';
import { answered, auditOfAnswer } from './request-writes.ts';

/** What the groups escalated to the board, as the report carried it, and what the board answered. */
export class EscalationStore {
  readonly #records: CycleRecords;
  readonly #keys: CycleKeys;
  readonly #cycles: Pick<CycleStore, 'previous'>;

  constructor(records: CycleRecords, cycles: Pick<CycleStore, 'previous'>) {
    this.#records = records;
    this.#keys = records.keys;
    this.#cycles = cycles;
  }

  /** All escalations that a cycle's report carried, in the report's order. */
  async reportedIn(cycle: string): Promise<readonly Escalation[]> {
    return this.#records.readAll<Escalation>({
      pk: this.#keys.reportedPartition(cycle),
      beginsWith: 'ESCALATION#',
    });
  }

  /**
   * The escalations that lay before the board when it opened a cycle: those of the report of the cycle before, and above
   * them those of earlier reports that had no answer yet.
   */
  async before(cycle: string): Promise<readonly Escalation[]> {
    const previous = await this.#cycles.previous(cycle);
    if (previous === undefined) return [];
    const carried = await this.#records.readAll<Pick<Escalation, 'id' | 'cycle'>>({
      pk: this.#keys.reportedPartition(previous.id),
      beginsWith: 'CARRIED#',
    });
    const earlier = await this.#records.readMany<Escalation>(
      carried.map((escalation) => this.#keys.escalationKey(escalation)),
    );
    return [
      ...earlier.filter((escalation) => escalation !== undefined),
      ...(await this.reportedIn(previous.id)),
    ];
  }

  /** Keeps which earlier escalations a cycle's report names as unanswered: the board is asked for them again. */
  async carry(cycle: string, escalations: readonly Pick<Escalation, 'id' | 'cycle'>[]): Promise<void> {
    await this.#records.table.putMany(
      escalations.map((escalation) =>
        toItem(this.#keys.carriedKey(cycle, escalation), { id: escalation.id, cycle: escalation.cycle }),
      ),
    );
  }

  /** Writes down the escalations that the report carries; those that are there already are kept. */
  async report(escalations: readonly Unsaved<Escalation>[], at: Instant): Promise<void> {
    for (const escalation of escalations)
      await this.#records.create<Escalation>(
        this.#keys.escalationKey(escalation),
        escalation,
        this.#records.audit(escalation.cycle, escalation.group, 1, {
          at,
          by: 'system',
          what: 'escalation-reported',
          about: escalation.id,
          detail: {},
        }),
      );
  }

  /**
   * Keeps the board's answers. The request is answered with the last of them, so that what broke off stays open.
   * @param complete whether every item has an answer now; else the request stays open
   */
  async answer(
    answers: readonly { readonly escalation: Escalation; readonly answer: string }[],
    deed: Deed,
    request: Request,
    complete: boolean,
  ): Promise<void> {
    const writes = answers.map(({ escalation, answer }) =>
      this.#records.put(
        this.#keys.escalationKey(escalation),
        { ...escalation, state: 'answered', answer, answeredAt: deed.at, toldAt: null },
        escalation.revision,
      ),
    );
    const perTransaction = 90;
    for (let start = perTransaction; start < writes.length; start += perTransaction)
      await this.#records.transact(writes.slice(start, start + perTransaction), 'the board’s answers');
    await this.#records.transact(
      [
        ...writes.slice(0, perTransaction),
        ...(complete ? [answered(this.#records, request, deed)] : []),
        auditOfAnswer(this.#records, request, deed, { answers: answers.length }),
      ],
      'the board’s answers',
    );
  }

  /** Notes that a group has been told how the board answered its escalation. */
  async noteTold(escalation: Escalation, at: Instant): Promise<void> {
    if (escalation.toldAt !== null) return;
    await this.#records.change(
      this.#keys.escalationKey(escalation),
      escalation,
      { toldAt: at },
      'the escalation',
      {
        audit: this.#records.audit(escalation.cycle, escalation.group, escalation.revision + 1, {
          at,
          by: 'system',
          what: 'board-answer-told',
          about: escalation.id,
          detail: {},
        }),
      },
    );
  }
}
