import type { Item, Key, Query, Table, Value } from './table.ts';

/** Version of the items' shape. Readers take every version up to it; a writer writes this one. */
export const schemaVersion = 1;

interface Placing extends Key {
  readonly gsi1pk?: string;
  readonly gsi1sk?: string;
  readonly deleteAfter?: number;
}

/** What an item has beside the attributes of its entity. */
const besideEntity: ReadonlySet<string> = new Set(['pk', 'sk', 'gsi1pk', 'gsi1sk', 'deleteAfter', 'schema']);

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
  const { schema } = item;
  if (typeof schema !== 'number' || schema > schemaVersion)
    throw new Error(
      `item ${item.pk} ${item.sk} has schema ${JSON.stringify(schema ?? null)}; this release reads up to ${String(schemaVersion)}`,
    );
  const entity: Record<string, Value | undefined> = {};
  // Taking the rest of an object takes five times as long.
  for (const attribute in item) if (!besideEntity.has(attribute)) entity[attribute] = item[attribute];
  return entity as Entity;
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
