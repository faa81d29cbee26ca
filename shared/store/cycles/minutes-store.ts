import type { Minutes } from '../../domain/cycle.ts';
import type { Request } from '../../domain/request.ts';
import type { CycleKeys } from './cycle-keys.ts';
import type { CycleRecords } from './cycle-records.ts';
import type { Deed } from './deed.ts';
import { answered, auditOfAnswer } from './request-writes.ts';

/** The board’s minutes, one set in a cycle. */
export class MinutesStore {
  readonly #records: CycleRecords;
  readonly #keys: CycleKeys;

  constructor(records: CycleRecords) {
    this.#records = records;
    this.#keys = records.keys;
  }

  async of(cycle: string): Promise<Minutes | undefined> {
    return this.#records.read<Minutes>(this.#keys.bodyKey(cycle, '-', 'MINUTES'));
  }

  /** Takes minutes in; given again before the cycle closes, they take the place of the earlier ones. */
  async receive(
    minutes: Pick<Minutes, 'cycle' | 'keyMessages' | 'document'>,
    deed: Deed,
    request: Request,
  ): Promise<void> {
    const key = this.#keys.bodyKey(minutes.cycle, '-', 'MINUTES');
    const existing = await this.#records.read<Minutes>(key);
    const received = {
      ...minutes,
      partnership: this.#records.partnership,
      receivedAt: deed.at,
      receivedFrom: deed.by,
    };
    await this.#records.transact(
      [
        this.#records.put(key, received, existing?.revision),
        answered(this.#records, request, deed),
        auditOfAnswer(this.#records, request, deed, { keyMessages: minutes.keyMessages.length }),
      ],
      'the minutes',
    );
  }
}
