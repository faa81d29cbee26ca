import type { Grant } from '../../domain/grant.ts';
import type { Instant } from '../../time/calendar.ts';
import type { CycleKeys } from './cycle-keys.ts';
import type { CycleRecords, Unsaved } from './cycle-records.ts';

/** What a return tells of a grant. */
type Heard = Pick<Grant, 'state' | 'awarded' | 'reviewDate' | 'outcome' | 'heardAt'>;

/** The grants of the groups; they outlast the cycle in which they were requested. */
export class GrantStore {
  readonly #records: CycleRecords;
  readonly #keys: CycleKeys;

  constructor(records: CycleRecords) {
    this.#records = records;
    this.#keys = records.keys;
  }

  /** The grants of a group, over all cycles, oldest first. */
  async of(group: string): Promise<readonly Grant[]> {
    return this.#records.readAll<Grant>({ pk: this.#keys.grantsPartition(group) });
  }

  /** Writes down a grant that a return requests; one that is there already is kept. */
  async request(grant: Unsaved<Grant>): Promise<Grant> {
    return this.#records.create<Grant>(
      this.#keys.grantKey(grant.group, grant.id),
      grant,
      this.#records.audit(grant.raisedIn, grant.group, 1, {
        at: grant.heardAt,
        by: 'system',
        what: 'grant-requested',
        about: grant.id,
        detail: { amount: grant.requested },
      }),
    );
  }

  /** Keeps what a return tells of a grant. @param cycle whose return it is */
  async hear(grant: Grant, heard: Heard, cycle: string, by: string, at: Instant): Promise<Grant> {
    return this.#records.change(this.#keys.grantKey(grant.group, grant.id), grant, heard, 'the grant', {
      audit: this.#records.audit(cycle, grant.group, grant.revision + 1, {
        at,
        by,
        what: 'grant-heard',
        about: grant.id,
        detail: { state: heard.state, awarded: heard.awarded },
      }),
    });
  }
}
