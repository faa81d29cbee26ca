import type { Item, Key, Query, Table, Value } from './table.ts';

/** Version of the items' shape. Readers take every version up to it; a writer writes this one. */
export const schemaVersion = 1;

interface Placing extends Key {
  readonly gsi1pk?: string;
  readonly gsi1sk?: string;
  readonly deleteAfter?: number;
}

/** An entity as it is stored: its key, its schema version, and its attributes beside them. */
export const toItem = (placing: Placing, entity: object): Item => ({
  ...placing,
  schema: schemaVersion,
  ...entity,
});

/**
 * The entity of a stored item.
 * @throws {Error} when the item was written by a later release than this one
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- only the caller knows what its key holds
export const fromItem = <Entity>(item: Item): Entity => {
  const { pk, sk, gsi1pk: _index, gsi1sk: _indexSort, deleteAfter: _deletion, schema, ...entity } = item;
  if (typeof schema !== 'number' || schema > schemaVersion)
    throw new Error(
      `item ${pk} ${sk} has schema ${JSON.stringify(schema ?? null)}; this release reads up to ${String(schemaVersion)}`,
    );
  return entity as Record<string, Value | undefined> as Entity;
};

/** The entity of a stored item, or undefined when there is none. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- only the caller knows what its key holds
export const fromItemOrNone = <Entity>(item: Item | undefined): Entity | undefined =>
  item === undefined ? undefined : fromItem<Entity>(item);

/** The entities of everything that a query finds. */
export const readEvery = async <Entity>(
  table: Pick<Table, 'query'>,
  query: Query,
): Promise<readonly Entity[]> => {
  const entities: Entity[] = [];
  let after: string | undefined;
  do {
    const page = await table.query(query, after === undefined ? {} : { after });
    for (const item of page.items) entities.push(fromItem<Entity>(item));
    after = page.next;
  } while (after !== undefined);
  return entities;
};
