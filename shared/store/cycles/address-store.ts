import type { OtherAddress } from '../../domain/other-address.ts';
import { isOffered, mayBeHeld } from '../../domain/other-address.ts';
import type { Instant } from '../../time/calendar.ts';
import { toItem } from '../items.ts';
import type { Condition } from '../table.ts';
import { ConditionFailed } from '../table.ts';
import type { CycleKeys } from './cycle-keys.ts';
import type { CycleRecords } from './cycle-records.ts';

/** Who says something of an address: the request by whose page, and when. */
interface Said {
  readonly by: { readonly cycle: string; readonly body: string; readonly id: string };
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

  async get(person: string, address: string): Promise<OtherAddress | undefined> {
    return this.#records.read<OtherAddress>(this.#keys.addressKey(person, address));
  }

  async isConfirmed(person: string, address: string): Promise<boolean> {
    return (await this.get(person, address))?.state === 'confirmed';
  }

  /**
   * Keeps that a reply came from there; an address that is known stays as it is.
   * @returns whether the person can now say that it is theirs: only so many wait at once
   */
  async hold(person: string, address: string, at: Instant): Promise<boolean> {
    const known = await this.of(person);
    const standing = known.find((one) => one.address === address);
    if (mayBeHeld(known, address, at)) await this.#keep({ person, address, state: 'held', at }, standing);
    const then = await this.get(person, address);
    return then !== undefined && isOffered(then, at);
  }

  /** The person says that an address is theirs; one that does not wait for it stays as it is. */
  async confirm(person: string, address: string, said: Said): Promise<void> {
    const standing = await this.get(person, address);
    if (standing?.state === 'held') await this.#say(standing, 'confirmed', said);
  }

  /** Somebody with the person's link says that an address is not theirs: replies from it count no longer. */
  async refuse(person: string, address: string, said: Said): Promise<void> {
    const standing = await this.get(person, address);
    if (standing !== undefined && standing.state !== 'refused') await this.#say(standing, 'refused', said);
  }

  async forget(person: string): Promise<void> {
    await this.#records.removeAll({ pk: this.#keys.addressesPartition(person) });
  }

  /** Over what was read; where another has written meanwhile, that stands. */
  async #keep(then: OtherAddress, standing: OtherAddress | undefined): Promise<void> {
    const when: Condition =
      standing === undefined
        ? [[{ attribute: 'pk', is: 'absent' }]]
        : [[{ attribute: 'at', equals: standing.at }]];
    try {
      await this.#records.table.transact([
        { put: toItem(this.#keys.addressKey(then.person, then.address), then), when },
      ]);
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
    }
  }

  /** @throws {Conflict} where another has written meanwhile */
  async #say(
    standing: OtherAddress,
    state: 'confirmed' | 'refused',
    { by: { cycle, body, id }, at }: Said,
  ): Promise<void> {
    const { person, address } = standing;
    const then: OtherAddress = { person, address, state, at };
    await this.#records.transact(
      [
        {
          put: toItem(this.#keys.addressKey(person, address), then),
          when: [[{ attribute: 'state', equals: standing.state }]],
        },
        this.#records.audit(cycle, body, 1, {
          at,
          by: person,
          what: `address-${state}`,
          about: person,
          detail: { request: id },
        }),
      ],
      'the address',
    );
  }
}
