import type { Correction } from '../../domain/correction.ts';
import type { RequestKind } from '../../domain/request.ts';
import type { Instant } from '../../time/calendar.ts';
import { toItem } from '../items.ts';
import type { Write } from '../table.ts';
import { ConditionFailed } from '../table.ts';
import type { CycleKeys } from './cycle-keys.ts';
import type { CycleRecords } from './cycle-records.ts';

/** A run of a group's machine by itself, from some part of it on. */
export interface LcpgRun {
  /** Name of the execution: a second start of the same name does nothing. */
  readonly name: string;
  readonly input: {
    readonly partnership: string;
    readonly cycle: string;
    readonly group: string;
    readonly part: 'sign-off' | 'return';
  };
}

/** What is to be looked at again: a machine that waits, a request that no machine waits for, a run to be started. */
export interface Waiting {
  /** `request/<id>`, `meeting/<cycle>/<body>`, `run/<name>`, `digest/<person>`, `correction/<request id>/<what>`, `links/<person>`, `links/<person>/<document>`, `confirmation/<link>`, `address/<person>/<address>`, `chase/<cycle>/<person>`, `substitute/<cycle>/<body>/<person>`: one row for each. */
  readonly name: string;
  readonly kind:
    | 'machine'
    | 'follow-up'
    | 'run'
    | 'correction'
    | 'links'
    | 'confirmation'
    | 'address'
    | 'chase'
    | 'substitute';
  readonly at: Instant;
  /** Task token of the machine; of an errand a mark that tells its registrations apart; empty for a follow-up or a run. */
  readonly token: string;
  /** Of a run. */
  readonly run?: LcpgRun;
  /** Of a correction, until it has been told. */
  readonly correction?: Correction;
  /** Id of a person who asked for the links to what is open for them. */
  readonly openLinksOf?: string;
  /** What they asked for the link to, where it was one document alone. */
  readonly document?: { readonly key: string; readonly fileName: string };
  /** Whose place at a meeting somebody else comes in, or does not any more. */
  readonly substituteOf?: { readonly cycle: string; readonly body: string; readonly person: string };
  /** What somebody wants chased in all of a cycle: the kinds, and who wants it. */
  readonly chase?: { readonly cycle: string; readonly kinds: readonly RequestKind[]; readonly by: string };
  /** The address that somebody confirmed to be theirs too, and the request by whose page. */
  readonly confirmedAddress?: { readonly person: string; readonly address: string; readonly request: string };
  /** Hash of the link by which something is to be confirmed, and the code for it emailed. */
  readonly confirmationOf?: string;
}

/** A run stands in the same transaction as the answer that it follows from, until it has been started. */
export const plannedRun = (
  records: CycleRecords,
  run: LcpgRun | undefined,
  at: Instant,
): readonly Write[] => {
  if (run === undefined) return [];
  const waiting: Waiting = { name: `run/${run.name}`, kind: 'run', at, token: '', run };
  return [{ put: toItem(records.keys.waitingPlace(waiting), waiting) }];
};

/** What is to be looked at again; the sweep goes through it. */
export class WaitingStore {
  readonly #records: CycleRecords;
  readonly #keys: CycleKeys;

  constructor(records: CycleRecords) {
    this.#records = records;
    this.#keys = records.keys;
  }

  /** Registers what is to be looked at, and when; a later registration of the same name takes its place. */
  async register(waiting: Waiting): Promise<void> {
    await this.#records.table.transact([{ put: toItem(this.#keys.waitingPlace(waiting), waiting) }]);
  }

  async get(name: string): Promise<Waiting | undefined> {
    return this.#records.read<Waiting>(this.#keys.waitingKey(name));
  }

  /** Takes a registration away, unless another has taken its place. */
  async stop(waiting: Waiting): Promise<void> {
    await this.#whereItStands(waiting, { remove: this.#keys.waitingKey(waiting.name) });
  }

  /** Has a registration looked at from an instant on, unless another has taken its place. */
  async bringForward(waiting: Waiting, at: Instant): Promise<void> {
    await this.replace(waiting, { ...waiting, at });
  }

  /** Puts another registration of the same name in the place of one, unless a third has taken it. */
  async replace(waiting: Waiting, by: Waiting): Promise<void> {
    await this.#whereItStands(waiting, { put: toItem(this.#keys.waitingPlace(by), by) });
  }

  async #whereItStands({ token, at }: Waiting, write: Write): Promise<void> {
    const when = [
      [
        { attribute: 'token', equals: token },
        { attribute: 'at', equals: at },
      ],
    ];
    try {
      await this.#records.table.transact([{ ...write, when }]);
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
    }
  }

  /** What was to be looked at by an instant, the oldest first. */
  async *due(by: Instant): AsyncIterable<Waiting> {
    yield* this.#records.each<Waiting>({ pk: this.#keys.waitingPartition, index: 'gsi1', to: by });
  }

  /** Everything that is waiting, machines and follow-ups, in no order that matters. */
  async *all(): AsyncIterable<Waiting> {
    yield* this.#records.each<Waiting>({ pk: this.#keys.waitingPartition });
  }
}
