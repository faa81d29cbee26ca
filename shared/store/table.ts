/**
 * The little that the stores need of a table, so that each rule of a store is written once and runs on DynamoDB
 * and in memory alike. Keys are two strings, `pk` and `sk`; one optional index has `gsi1pk` and `gsi1sk`.
 */

/** A value that both engines keep without loss. */
export type Value = string | number | boolean | null | Value[] | { [name: string]: Value };

/** Primary key of an item. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** One stored item: its key, optional index key, optional expiry, and its attributes. */
export interface Item extends Key {
  readonly gsi1pk?: string;
  readonly gsi1sk?: string;
  /** Epoch seconds after which the engine may delete the item (DynamoDB time to live). */
  readonly deleteAfter?: number;
  readonly [attribute: string]: Value | undefined;
}

/** What must hold of one top-level attribute of the item that stands there now. */
export type Check =
  | { readonly attribute: string; readonly is: 'absent' | 'present' }
  | { readonly attribute: string; readonly equals: string | number | boolean }
  | { readonly attribute: string; readonly oneOf: readonly (string | number)[] }
  | { readonly attribute: string; readonly below: string | number }
  | { readonly attribute: string; readonly atLeast: string | number };

/** Alternatives of conjunctions: the write goes ahead when every check of at least one alternative holds. */
export type Condition = readonly (readonly Check[])[];

/** One write of a transaction. */
export type Write =
  | { readonly put: Item; readonly when?: Condition }
  | { readonly remove: Key; readonly when?: Condition }
  /** Only looks; fails the transaction when the condition does not hold. */
  | { readonly check: Key; readonly when: Condition };

/** Which items to read: one partition, narrowed by the sort key. */
export interface Query {
  readonly pk: string;
  /** Reads the index instead of the table. */
  readonly index?: 'gsi1';
  readonly beginsWith?: string;
  /** Inclusive bounds on the sort key (of the index when one is named). Not together with `beginsWith`. */
  readonly from?: string;
  readonly to?: string;
  readonly descending?: boolean;
}

/** One page of a query; `next` is opaque, and absent on the last page. */
export interface Page {
  readonly items: readonly Item[];
  readonly next?: string;
}

/** A write was refused because a condition did not hold. `existing[i]` is what stands at write i, where the engine told. */
export class ConditionFailed extends Error {
  override readonly name = 'ConditionFailed';
  readonly existing: readonly (Item | undefined)[];
  /** Index of the writes whose condition failed. */
  readonly failed: readonly number[];
  constructor(failed: readonly number[], existing: readonly (Item | undefined)[]) {
    super(`the condition of write ${failed.join(', ')} did not hold`);
    this.failed = failed;
    this.existing = existing;
  }
}

/** A table. Reads are strongly consistent except through the index. */
export interface Table {
  get(key: Key): Promise<Item | undefined>;
  /** Reads many items, in the order of the keys; a missing one is undefined. Any number of keys. */
  getMany(keys: readonly Key[]): Promise<readonly (Item | undefined)[]>;
  /** One page. `limit` is the most items a page may hold; a page may hold fewer although more follow. */
  query(query: Query, page?: { readonly limit?: number; readonly after?: string }): Promise<Page>;
  /** All pages of a query, item by item, a page at a time. */
  queryAll(query: Query): AsyncIterable<Item>;
  /**
   * All of the writes or none, at most 100.
   * @throws {ConditionFailed} when a condition does not hold.
   */
  transact(writes: readonly Write[]): Promise<void>;
  /** Unconditional writes of any number of items, not atomic, complete when it returns. For imports. */
  putMany(items: readonly Item[]): Promise<void>;
  removeMany(keys: readonly Key[]): Promise<void>;
}
