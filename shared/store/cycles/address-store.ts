import type { Instant } from '../../time/calendar.ts';
import { toItem } from '../items.ts';
import { ConditionFailed } from '../table.ts';
import type { CycleKeys } from './cycle-keys.ts';
import type { CycleRecords } from './cycle-records.ts';

/** An address beside the one on record, from which a reply came that could be the person's. */
export interface OtherAddress {
  readonly person: string;
  readonly address: string;
  /** `held`: nobody has said yet whose it is. */
  readonly state: 'held' | 'confirmed';
  readonly at: Instant;
}

/** The addresses that people said are theirs too. The folder's own lists of them are in the Directory. */
export class AddressStore {
  readonly #records: CycleRecords;
  readonly #keys: CycleKeys;

  constructor(records: CycleRecords) {
    this.#records = records;
    this.#keys = records.keys;
  }

  async of(person: string): Promise<readonly OtherAddress[]> {
    return this.#records.readAll<OtherAddress>({ pk: this.#keys.addressesPartition(person) });
  }

  async isConfirmed(person: string, address: string): Promise<boolean> {
    return (await this.#read(person, address))?.state === 'confirmed';
  }

  /** Keeps that a reply came from there; an address that is known stays as it is. */
  async hold(person: string, address: string, at: Instant): Promise<void> {
    const held: OtherAddress = { person, address, state: 'held', at };
    try {
      await this.#records.table.transact([
        {
          put: toItem(this.#keys.addressKey(person, address), held),
          when: [[{ attribute: 'pk', is: 'absent' }]],
        },
      ]);
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
    }
  }

  /**
   * The person says that an address is theirs; one that no reply came from is not taken.
   * @param by the request by whose page they say it
   */
  async confirm(
    { person, address }: Pick<OtherAddress, 'person' | 'address'>,
    by: { readonly cycle: string; readonly body: string; readonly id: string },
    at: Instant,
  ): Promise<void> {
    if ((await this.#read(person, address))?.state !== 'held') return;
    const confirmed: OtherAddress = { person, address, state: 'confirmed', at };
    await this.#records.transact(
      [
        {
          put: toItem(this.#keys.addressKey(person, address), confirmed),
          when: [[{ attribute: 'pk', is: 'present' }]],
        },
        this.#records.audit(by.cycle, by.body, 1, {
          at,
          by: person,
          what: 'address-confirmed',
          about: person,
          detail: { request: by.id },
        }),
      ],
      'the address',
    );
  }

  async forget(person: string): Promise<void> {
    await this.#records.removeAll({ pk: this.#keys.addressesPartition(person) });
  }

  async #read(person: string, address: string): Promise<OtherAddress | undefined> {
    return this.#records.read<OtherAddress>(this.#keys.addressKey(person, address));
  }
}
