import type { AuditEntry } from '../../domain/audit.ts';
import { fromItem, fromItemOrNone, readEvery, toItem } from '../items.ts';
import type { Condition, Key, Query, Table, Write } from '../table.ts';
import { ConditionFailed } from '../table.ts';
import { CycleKeys } from './cycle-keys.ts';
import { Conflict } from './deed.ts';

/** An entity before it is stored: the revision and the partnership are given to it then. */
export type Unsaved<Entity> = Entity extends unknown ? Omit<Entity, 'revision' | 'partnership'> : never;

const absent: Condition = [[{ attribute: 'pk', is: 'absent' }]];

/**
 * How one partnership's part of the Cycles table is read and written. Each change is one transaction of the change and
 * its audit row, refused when the state that it rests on has gone.
 */
export class CycleRecords {
  readonly table: Table;
  readonly partnership: string;
  readonly keys: CycleKeys;

  constructor(table: Table, partnership: string) {
    this.table = table;
    this.partnership = partnership;
    this.keys = new CycleKeys(partnership);
  }

  async read<Entity>(key: Key): Promise<Entity | undefined> {
    return fromItemOrNone<Entity>(await this.table.get(key));
  }

  async readMany<Entity>(keys: readonly Key[]): Promise<readonly (Entity | undefined)[]> {
    return (await this.table.getMany(keys)).map((item) => fromItemOrNone<Entity>(item));
  }

  /** What a query finds, a page at a time. */
  async *each<Entity>(query: Query): AsyncIterable<Entity> {
    for await (const item of this.table.queryAll(query)) yield fromItem<Entity>(item);
  }

  async readAll<Entity>(query: Query): Promise<readonly Entity[]> {
    return readEvery<Entity>(this.table, query);
  }

  async removeAll(query: Query): Promise<void> {
    const keys: Key[] = [];
    for await (const { pk, sk } of this.table.queryAll(query)) keys.push({ pk, sk });
    await this.table.removeMany(keys);
  }

  /** Writes an entity down with its audit row; one that is there already is kept and given back. */
  async create<Entity>(
    key: Key,
    entity: object,
    audit: Write,
    index?: { readonly gsi1pk: string; readonly gsi1sk: string },
  ): Promise<Entity> {
    const whole = { ...entity, partnership: this.partnership, revision: 1 };
    try {
      await this.table.transact([{ put: toItem({ ...key, ...index }, whole), when: absent }, audit]);
      return whole as Entity;
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
      const existing = fromItemOrNone<Entity>(error.existing[0] ?? (await this.table.get(key)));
      if (existing === undefined) throw error;
      return existing;
    }
  }

  /**
   * Changes an entity as it was read.
   * @param what how a conflict names it
   * @throws {Conflict} when it is no longer what was read
   */
  async change<Entity extends { readonly revision: number }>(
    key: Key,
    entity: Entity,
    change: Partial<Entity>,
    what: string,
    besides: { readonly also?: readonly Write[]; readonly audit: Write },
  ): Promise<Entity> {
    const changed: Entity = { ...entity, ...change, revision: entity.revision + 1 };
    await this.transact(
      [this.put(key, changed, entity.revision), ...(besides.also ?? []), besides.audit],
      what,
    );
    return changed;
  }

  /** A put that goes ahead only over the revision that was read; undefined: over nothing. */
  put(key: Key & { readonly deleteAfter?: number }, entity: object, over: number | undefined): Write {
    return {
      put: toItem(key, { ...entity, revision: (over ?? 0) + 1 }),
      when: over === undefined ? absent : [[{ attribute: 'revision', equals: over }]],
    };
  }

  /** What goes into the report may not come between its compiling and the reader who is told that it was taken. */
  unreported(cycle: string): Write {
    return { check: this.keys.cycleKey(cycle), when: [[{ attribute: 'state', equals: 'open' }]] };
  }

  /** @param revision which change of the thing it is: two changes within a second are two rows */
  audit(cycle: string, body: string, revision: number, entry: AuditEntry): Write {
    const change = String(revision).padStart(6, '0');
    return {
      put: toItem(
        this.keys.bodyKey(cycle, body, `AUDIT#${entry.at}#${entry.what}#${entry.about}#${change}`),
        entry,
      ),
    };
  }

  /** @throws {Conflict} when a condition does not hold */
  async transact(writes: readonly Write[], what: string): Promise<void> {
    try {
      await this.table.transact(writes);
    } catch (error) {
      if (error instanceof ConditionFailed) throw new Conflict(what);
      throw error;
    }
  }
}
