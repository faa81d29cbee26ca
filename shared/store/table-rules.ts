/** What both tables hold their callers to, so that one refuses what the other refuses. */

import type { Item, Key, Query, Table, Write } from './table.ts';

/** The most writes that one transaction may hold. */
export const mostWritesInTransaction = 100;

/** A request that no table accepts, whatever is stored. Named as the AWS SDK names the same refusal. */
export class InvalidRequest extends Error {
  override readonly name = 'ValidationException';
}

/** Text that is the same for two keys exactly when the keys are the same. */
export function keyText(key: Key): string {
  return `${String(key.pk.length)}:${key.pk}${key.sk}`;
}

/** The key that a write is about. */
export function keyOfWrite(write: Write): Key {
  if ('put' in write) return write.put;
  return 'remove' in write ? write.remove : write.check;
}

/**
 * Checks what DynamoDB demands of a transaction as a whole. DynamoDB Local lets two writes to one key pass.
 * @throws {InvalidRequest} for more than 100 writes, or two writes to one key.
 */
export function checkTransaction(writes: readonly Write[]): void {
  if (writes.length > mostWritesInTransaction) {
    throw new InvalidRequest(
      `a transaction holds at most ${String(mostWritesInTransaction)} writes, not ${String(writes.length)}`,
    );
  }
  const keys = new Set(writes.map((write) => keyText(keyOfWrite(write))));
  if (keys.size < writes.length) {
    throw new InvalidRequest('a transaction cannot write to one key twice');
  }
}

/** @throws {InvalidRequest} when a query names a prefix together with bounds. */
export function checkQuery(query: Query): void {
  if (query.beginsWith !== undefined && (query.from !== undefined || query.to !== undefined)) {
    throw new InvalidRequest('a query takes beginsWith or bounds, not both');
  }
}

/** The last item of a page, as much of it as the engine needs to go on behind it. */
export type Position = Readonly<Record<string, string>>;

/** The attributes of a position in the table or in the index that a query reads. */
export function positionAttributes(query: Query): readonly string[] {
  return query.index === undefined ? ['pk', 'sk'] : ['pk', 'sk', 'gsi1pk', 'gsi1sk'];
}

/** A position as the opaque text that `Page.next` holds. */
export function encodePosition(position: Position | Item): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/**
 * The position that an opaque text holds. It may have come back from a browser, so nothing in it is believed.
 * @throws {InvalidRequest} when it is not a position of such a query.
 */
export function decodePosition(query: Query, after: string): Position {
  const attributes = positionAttributes(query);
  let position: unknown;
  try {
    position = JSON.parse(Buffer.from(after, 'base64url').toString());
  } catch {
    position = undefined;
  }
  if (!isPosition(position, attributes)) {
    throw new InvalidRequest('the page to go on after is not one of this query');
  }
  return position;
}

function isPosition(value: unknown, attributes: readonly string[]): value is Position {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const texts = new Map(Object.entries(value));
  return texts.size === attributes.length && attributes.every((name) => typeof texts.get(name) === 'string');
}

/** All items of a query, one page in memory at a time. */
export async function* everyItem(table: Pick<Table, 'query'>, query: Query): AsyncGenerator<Item, void> {
  let after: string | undefined;
  do {
    const page = await table.query(query, after === undefined ? {} : { after });
    // Not `yield*`, which waits three times for each item.
    for (const item of page.items) yield item;
    after = page.next;
  } while (after !== undefined);
}
