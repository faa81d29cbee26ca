/**
 * A table in memory, for tests and rehearsals. It keeps what DynamoDB keeps, refuses what DynamoDB refuses and cuts
 * pages where DynamoDB cuts them, so that whatever runs on it runs on DynamoDB.
 */

/* eslint-disable @typescript-eslint/require-await -- asynchronous, so that a refusal is a rejection as on DynamoDB */

import type { Check, Condition, Item, Key, Page, Query, Table, Value, Write } from './table.ts';
import { ConditionFailed } from './table.ts';
import type { Position } from './table-rules.ts';
import {
  checkQuery,
  checkTransaction,
  decodePosition,
  encodePosition,
  everyItem,
  InvalidRequest,
  keyOfWrite,
} from './table-rules.ts';

const mostPartitionKeyBytes = 2048;
const mostSortKeyBytes = 1024;
const mostItemBytes = 400 * 1024;
const mostTransactionBytes = 4 * 1024 * 1024;
const mostPageBytes = 1024 * 1024;
const mostNesting = 31;
const smallestNumber = 1e-130;

/** How many items were read (or looked for in vain), and how many were written, removed or checked. */
export interface Statistics {
  readonly reads: number;
  readonly writes: number;
}

/**
 * Holds items in memory with the semantics of DynamoDB; half a million of them is no trouble. Each call takes effect
 * at once and as a whole. Items are copied on their way in, and come out frozen. `deleteAfter` is only an attribute
 * here: DynamoDB deletes late too, so no reader may depend on it.
 *
 * Every method rejects with an error named `ValidationException` for a request that DynamoDB would refuse.
 */
export class MemoryTable implements Table {
  readonly #partitions = new Map<string, Map<string, Entry>>();
  readonly #order = new Map<string, Listing>();
  readonly #indexOrder = new Map<string, Listing>();
  #reads = 0;
  #writes = 0;

  /** What was done to the table so far. */
  get statistics(): Statistics {
    return { reads: this.#reads, writes: this.#writes };
  }

  async get(key: Key): Promise<Item | undefined> {
    checkKey(key);
    this.#reads += 1;
    return this.#find(key);
  }

  async getMany(keys: readonly Key[]): Promise<readonly (Item | undefined)[]> {
    keys.forEach(checkKey);
    this.#reads += keys.length;
    return keys.map((key) => this.#find(key));
  }

  async query(query: Query, page: { readonly limit?: number; readonly after?: string } = {}): Promise<Page> {
    const limit = page.limit ?? Infinity;
    if (limit < 1) throw new InvalidRequest('the limit of a page must be at least 1');
    checkRange(query);
    const listing = (query.index === undefined ? this.#order : this.#indexOrder).get(query.pk);
    const entries = listing?.inOrder() ?? [];
    const after = page.after === undefined ? undefined : decodePosition(query, page.after);
    if (after !== undefined) checkPosition(query, after);
    const [start, end] = bounds(entries, query, after);

    const items: Item[] = [];
    let bytes = 0;
    let last: Entry | undefined;
    let cut = false;
    const step = query.descending === true ? -1 : 1;
    for (let at = step === 1 ? start : end - 1; at >= start && at < end; at += step) {
      const entry = entries[at];
      if (entry?.item === undefined) continue;
      cut = items.length >= limit || bytes + entry.bytes > mostPageBytes;
      if (cut) break;
      items.push(entry.item);
      bytes += entry.bytes;
      last = entry;
    }
    this.#reads += Math.max(1, items.length);
    // DynamoDB stops at the limit without looking whether anything follows, so the next page may be empty.
    if (last === undefined || !(cut || items.length >= limit)) return { items };
    return { items, next: encodePosition(positionOf(query, last)) };
  }

  queryAll(query: Query): AsyncIterable<Item> {
    return everyItem(this, query);
  }

  async transact(writes: readonly Write[]): Promise<void> {
    checkTransaction(writes);
    const prepared = writes.map((write) => {
      checkKey(keyOfWrite(write));
      if (write.when !== undefined) checkCondition(write.when);
      return 'put' in write ? prepare(write.put) : undefined;
    });
    const bytes = prepared.reduce((sum, put) => sum + (put?.bytes ?? 0), 0);
    if (bytes > mostTransactionBytes) throw new InvalidRequest('a transaction holds at most 4 MB');

    this.#writes += writes.length;
    const failed: number[] = [];
    const existing = writes.map((write, at) => {
      if (write.when === undefined) return undefined;
      const item = this.#find(keyOfWrite(write));
      if (holds(write.when, item)) return undefined;
      failed.push(at);
      return item;
    });
    if (failed.length > 0) throw new ConditionFailed(failed, existing);

    writes.forEach((write, at) => {
      const put = prepared[at];
      if (put !== undefined) this.#put(put);
      else if ('remove' in write) this.#remove(write.remove);
    });
  }

  async putMany(items: readonly Item[]): Promise<void> {
    for (const item of items) {
      this.#put(prepare(item));
      this.#writes += 1;
    }
  }

  async removeMany(keys: readonly Key[]): Promise<void> {
    for (const key of keys) {
      checkKey(key);
      this.#remove(key);
      this.#writes += 1;
    }
  }

  #find(key: Key): Item | undefined {
    return this.#partitions.get(key.pk)?.get(key.sk)?.item;
  }

  #put({ item, bytes }: Prepared): void {
    const partition = getOrAdd(this.#partitions, item.pk, () => new Map<string, Entry>());
    const old = partition.get(item.sk);
    const indexed = this.#putInIndex(item, bytes, old);
    if (old === undefined) {
      const entry = { sort: item.sk, pk: item.pk, sk: item.sk, item, bytes, indexed };
      partition.set(item.sk, entry);
      getOrAdd(this.#order, item.pk, () => new Listing()).add(entry);
    } else {
      old.item = item;
      old.bytes = bytes;
      old.indexed = indexed;
    }
  }

  #putInIndex(item: Item, bytes: number, old: Entry | undefined): Entry | undefined {
    const { gsi1pk, gsi1sk } = item;
    const listed = old?.indexed;
    if (listed !== undefined && old?.item?.gsi1pk === gsi1pk && listed.sort === gsi1sk) {
      listed.item = item;
      listed.bytes = bytes;
      return listed;
    }
    if (old !== undefined) this.#removeFromIndex(old);
    if (gsi1pk === undefined || gsi1sk === undefined) return undefined;
    const entry = { sort: gsi1sk, pk: item.pk, sk: item.sk, item, bytes, indexed: undefined };
    getOrAdd(this.#indexOrder, gsi1pk, () => new Listing()).add(entry);
    return entry;
  }

  #remove(key: Key): void {
    const partition = this.#partitions.get(key.pk);
    const old = partition?.get(key.sk);
    if (partition === undefined || old === undefined) return;
    this.#removeFromIndex(old);
    partition.delete(key.sk);
    if (partition.size === 0) this.#partitions.delete(key.pk);
    strike(this.#order, key.pk, old);
  }

  #removeFromIndex({ item, indexed }: Entry): void {
    if (indexed !== undefined && item?.gsi1pk !== undefined) strike(this.#indexOrder, item.gsi1pk, indexed);
  }
}

/** Where an item stands in the order of its partition, in the table or in the index. */
interface Entry {
  /** The sort key of the table or of the index. */
  readonly sort: string;
  readonly pk: string;
  readonly sk: string;
  /** Nothing once the item has gone from here. */
  item: Item | undefined;
  bytes: number;
  /** Of an entry of the table: that of the same item in the index. */
  indexed: Entry | undefined;
}

/** The entries of one partition, put in order when somebody asks, so that a write never pays for it. */
class Listing {
  #ordered: Entry[] = [];
  #added: Entry[] = [];
  #struck = 0;

  add(entry: Entry): void {
    this.#added.push(entry);
  }

  /** Takes note that the item of an entry has gone. Tells whether no item is left. */
  strike(entry: Entry): boolean {
    entry.item = undefined;
    this.#struck += 1;
    const count = this.#ordered.length + this.#added.length;
    if (this.#struck > 64 && this.#struck * 2 > count) {
      this.#ordered = this.#ordered.filter(({ item }) => item !== undefined);
      this.#added = this.#added.filter(({ item }) => item !== undefined);
      this.#struck = 0;
    }
    return this.#struck === this.#ordered.length + this.#added.length;
  }

  /** All entries by their keys, those whose item has gone among them. */
  inOrder(): readonly Entry[] {
    if (this.#added.length > 8) {
      // The sort finds the part that is in order already, and merges.
      this.#ordered = this.#ordered.concat(this.#added.sort(compareEntries)).sort(compareEntries);
    } else {
      for (const entry of this.#added) {
        const at = firstNot(this.#ordered, (other) => compareEntries(other, entry) <= 0);
        this.#ordered.splice(at, 0, entry);
      }
    }
    if (this.#added.length > 0) this.#added = [];
    return this.#ordered;
  }
}

function strike(listings: Map<string, Listing>, pk: string, entry: Entry): void {
  if (listings.get(pk)?.strike(entry) === true) listings.delete(pk);
}

function getOrAdd<V>(map: Map<string, V>, key: string, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

/** Index of the first entry of which `test` is false, where it is true of all before and of none after. */
function firstNot(entries: readonly Entry[], test: (entry: Entry) => boolean): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const entry = entries[middle];
    if (entry !== undefined && test(entry)) low = middle + 1;
    else high = middle;
  }
  return low;
}

type Place = Pick<Entry, 'sort' | 'pk' | 'sk'>;

function compareEntries(one: Place, other: Place): number {
  // Items with one key in the index have no order of their own on DynamoDB; here they need one to go on after.
  return compareText(one.sort, other.sort) || compareText(one.pk, other.pk) || compareText(one.sk, other.sk);
}

/** Compares by the bytes of UTF-8, which differs from the order of JavaScript for characters beyond U+FFFF. */
function compareText(one: string, other: string): number {
  if (one === other) return 0;
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at += 1) {
    const left = one.charCodeAt(at);
    const right = other.charCodeAt(at);
    if (left !== right) return weight(left) - weight(right);
  }
  return one.length - other.length;
}

/** Puts surrogates, which stand for the characters beyond U+FFFF, above the rest. */
function weight(codeUnit: number): number {
  return codeUnit >= 0xd800 && codeUnit <= 0xdfff ? codeUnit + 0x10000 : codeUnit;
}

/** First index and index after the last of the entries that a query is about. */
function bounds(entries: readonly Entry[], query: Query, after: Position | undefined): [number, number] {
  const { from, to, beginsWith } = query;
  const low = beginsWith ?? from;
  let start = low === undefined ? 0 : firstNot(entries, (entry) => compareText(entry.sort, low) < 0);
  let end = entries.length;
  if (beginsWith !== undefined) {
    end = firstNot(entries, ({ sort }) => sort.startsWith(beginsWith) || compareText(sort, beginsWith) < 0);
  } else if (to !== undefined) {
    end = firstNot(entries, (entry) => compareText(entry.sort, to) <= 0);
  }
  if (after !== undefined) {
    const { pk = '', sk = '' } = after;
    const place: Place = { sort: sortOf(query, after), pk, sk };
    if (query.descending === true) {
      end = Math.min(
        end,
        firstNot(entries, (entry) => compareEntries(entry, place) < 0),
      );
    } else {
      start = Math.max(
        start,
        firstNot(entries, (entry) => compareEntries(entry, place) <= 0),
      );
    }
  }
  return [start, end];
}

function sortOf(query: Query, position: Position): string {
  return (query.index === undefined ? position['sk'] : position['gsi1sk']) ?? '';
}

function positionOf(query: Query, { sort, pk, sk }: Entry): Position {
  return query.index === undefined ? { pk, sk } : { pk, sk, gsi1pk: query.pk, gsi1sk: sort };
}

/** @throws {InvalidRequest} when DynamoDB would refuse the key condition of a query. */
function checkRange(query: Query): void {
  checkQuery(query);
  checkKeyText('partition key', query.pk, mostPartitionKeyBytes);
  for (const text of [query.beginsWith, query.from, query.to]) {
    if (text !== undefined) checkKeyText('sort key', text, mostSortKeyBytes);
  }
  if (query.from !== undefined && query.to !== undefined && compareText(query.from, query.to) > 0) {
    throw new InvalidRequest('the upper bound of a query lies below its lower bound');
  }
}

/** @throws {InvalidRequest} when a position is not among what the query is about. */
function checkPosition(query: Query, after: Position): void {
  const sort = sortOf(query, after);
  const { beginsWith, from, to } = query;
  if (
    (query.index === undefined ? after['pk'] : after['gsi1pk']) !== query.pk ||
    (beginsWith !== undefined && !sort.startsWith(beginsWith)) ||
    (from !== undefined && compareText(sort, from) < 0) ||
    (to !== undefined && compareText(sort, to) > 0)
  ) {
    throw new InvalidRequest('the page to go on after is not one of this query');
  }
}

function checkKey(key: Key): void {
  checkKeyText('partition key', key.pk, mostPartitionKeyBytes);
  checkKeyText('sort key', key.sk, mostSortKeyBytes);
}

function checkKeyText(what: string, text: unknown, mostBytes: number): asserts text is string {
  if (typeof text !== 'string') throw new InvalidRequest(`a ${what} is text, not ${typeof text}`);
  if (text === '') throw new InvalidRequest(`a ${what} cannot be empty`);
  // A character has at most three bytes to each of its code units.
  if (text.length * 3 > mostBytes && Buffer.byteLength(text) > mostBytes) {
    throw new InvalidRequest(`a ${what} has at most ${String(mostBytes)} bytes`);
  }
}

/** An item as it is stored, and how many bytes DynamoDB would count for it. */
interface Prepared {
  readonly item: Item;
  readonly bytes: number;
}

/** @throws {InvalidRequest} when DynamoDB would not store the item. */
function prepare(item: Item): Prepared {
  checkKey(item);
  if (item.gsi1pk !== undefined)
    checkKeyText('partition key of the index', item.gsi1pk, mostPartitionKeyBytes);
  if (item.gsi1sk !== undefined) checkKeyText('sort key of the index', item.gsi1sk, mostSortKeyBytes);
  const tally = { bytes: 0 };
  // Its own type: the copy has the very attributes of the item.
  const stored = copyOf(item, 0, tally) as Item;
  // The three bytes of a map do not count for the item itself.
  const bytes = tally.bytes - 3 - Object.keys(stored).length;
  if (bytes > mostItemBytes) throw new InvalidRequest('an item has at most 400 kB');
  return { item: stored, bytes };
}

/** A frozen copy of a value without what is undefined, as the document client of the SDK writes it. */
function copyOf(value: unknown, depth: number, tally: { bytes: number }): Value {
  switch (typeof value) {
    case 'string':
      // DynamoDB keeps UTF-8, which has nothing for half a character.
      if (!value.isWellFormed()) throw new InvalidRequest('text holds half a character');
      tally.bytes += Buffer.byteLength(value);
      return value;
    case 'number':
      checkNumber(value);
      // About two digits a byte, and one more.
      tally.bytes += (String(value).length >>> 1) + 2;
      return value + 0;
    case 'boolean':
      tally.bytes += 1;
      return value;
    case 'object':
      break;
    default:
      throw new InvalidRequest(`${typeof value} cannot be stored`);
  }
  if (value === null) {
    tally.bytes += 1;
    return null;
  }
  if (depth > mostNesting) throw new InvalidRequest('values are nested too deeply');
  tally.bytes += 3;
  if (Array.isArray(value)) {
    const list: Value[] = [];
    for (const element of value as unknown[]) {
      if (element === undefined) continue;
      tally.bytes += 1;
      list.push(copyOf(element, depth + 1, tally));
    }
    return Object.freeze(list) as Value[];
  }
  const { constructor } = value as { readonly constructor?: { readonly name?: unknown } };
  if (constructor !== undefined && constructor.name !== 'Object') {
    throw new InvalidRequest('an object of a class cannot be stored');
  }
  const map: Record<string, Value> = {};
  for (const name of Object.keys(value)) {
    const attribute: unknown = value[name as keyof typeof value];
    if (attribute === undefined) continue;
    // DynamoDB would keep the second, but the SDK loses it when it reads.
    if (name === '' || name === '__proto__') {
      throw new InvalidRequest(`an attribute cannot be named "${name}"`);
    }
    tally.bytes += nameBytes(name) + 1;
    map[name] = copyOf(attribute, depth + 1, tally);
  }
  return Object.freeze(map);
}

const namesKnown = new Map<string, number>();

/** Bytes of an attribute's name: there are few, and each comes again with every item. */
function nameBytes(name: string): number {
  if (namesKnown.size > 10_000) namesKnown.clear();
  return getOrAdd(namesKnown, name, () => Buffer.byteLength(name));
}

/** @throws {InvalidRequest} for what is no number, or one that the SDK or DynamoDB cannot keep exactly. */
function checkNumber(value: number): void {
  const magnitude = Math.abs(value);
  if (magnitude === 0 || (magnitude >= smallestNumber && magnitude <= Number.MAX_SAFE_INTEGER)) return;
  throw new InvalidRequest(`the number ${String(value)} cannot be stored`);
}

/** @throws {InvalidRequest} when the SDK would not send what a condition compares with. */
function checkCondition(condition: Condition): void {
  for (const check of condition.flat()) {
    const operands = 'oneOf' in check ? check.oneOf : [operandOf(check)];
    for (const operand of operands) if (typeof operand === 'number') checkNumber(operand);
  }
}

function operandOf(check: Exclude<Check, { oneOf: unknown }>): unknown {
  if ('equals' in check) return check.equals;
  if ('below' in check) return check.below;
  return 'atLeast' in check ? check.atLeast : undefined;
}

function holds(condition: Condition, item: Item | undefined): boolean {
  return condition.some((checks) => checks.every((check) => checkHolds(check, item)));
}

function checkHolds(check: Check, item: Item | undefined): boolean {
  const stored =
    item !== undefined && Object.hasOwn(item, check.attribute) ? item[check.attribute] : undefined;
  if ('is' in check) return (check.is === 'present') === (stored !== undefined);
  if ('equals' in check) return stored === check.equals;
  if ('oneOf' in check) return check.oneOf.some((value) => value === stored);
  // Values of two types have no order on DynamoDB: the check is false.
  if ('below' in check) return typeof stored === typeof check.below && compare(stored, check.below) < 0;
  return typeof stored === typeof check.atLeast && compare(stored, check.atLeast) >= 0;
}

function compare(one: unknown, other: string | number): number {
  if (typeof one === 'string' && typeof other === 'string') return compareText(one, other);
  return Number(one) - Number(other);
}
