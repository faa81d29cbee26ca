import type { Confirmation } from '../../domain/confirmation.ts';
import type { Instant } from '../../time/calendar.ts';
import type { Write } from '../table.ts';
import type { CycleKeys } from './cycle-keys.ts';
import type { CycleRecords, Unsaved } from './cycle-records.ts';

/** What waits for the code that its person was sent: one thing for each link. */
export class ConfirmationStore {
  readonly #records: CycleRecords;
  readonly #keys: CycleKeys;

  constructor(records: CycleRecords) {
    this.#records = records;
    this.#keys = records.keys;
  }

  /** What is being confirmed by a link, or was last. */
  async of(link: string): Promise<Confirmation | undefined> {
    return this.#records.read<Confirmation>(this.#keys.confirmationKey(link));
  }

  /**
   * Keeps how it stands now, over what was read.
   * @param over the revision that was read; undefined where there was nothing
   * @param until when it may be forgotten, by the world's clock
   * @throws {Conflict}
   */
  async keep(then: Unsaved<Confirmation>, over: number | undefined, until: Instant): Promise<void> {
    await this.#records.transact([this.#write(then, over, until)], 'the confirmation');
  }

  /** Keeps that the right code came, with the audit row of it. @throws {Conflict} */
  async confirm(then: Confirmation, at: Instant, until: Instant): Promise<void> {
    const { cycle, body, person, what, about, number, revision } = then;
    const audit = this.#records.audit(cycle, body, number, {
      at,
      by: person,
      what: 'confirmed-by-code',
      about,
      detail: { what },
    });
    await this.#records.transact([this.#write(then, revision, until), audit], 'the confirmation');
  }

  #write(then: Unsaved<Confirmation>, over: number | undefined, until: Instant): Write {
    return this.#records.put(
      { ...this.#keys.confirmationKey(then.link), deleteAfter: Math.floor(Date.parse(until) / 1000) },
      { ...then, partnership: this.#records.partnership },
      over,
    );
  }
}
