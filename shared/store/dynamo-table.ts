/** A table on DynamoDB. */

import { setTimeout as passTime } from 'node:timers/promises';

import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';

import type { Check, Condition, Item, Key, Page, Query, Table, Value, Write } from './table.ts';
import { ConditionFailed } from './table.ts';
import {
  checkQuery,
  checkTransaction,
  decodePosition,
  encodePosition,
  everyItem,
  InvalidRequest,
  keyText,
} from './table-rules.ts';

const mostKeysInBatchGet = 100;
const mostWritesInBatch = 25;
const mostBatchesAtOnce = 8;
const mostOperandsOfIn = 100;
const mostAttempts = 8;
const firstPauseInMilliseconds = 25;
const longestPauseInMilliseconds = 2000;

/** A client that translates items as `DynamoTable` needs it: what is undefined is left out. */
export function documentClientOf(client: DynamoDBClient): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}

/**
 * One DynamoDB table. A client that repeats a request whose answer was lost does no harm to a transaction, which
 * carries a token. A single conditional write carries none, being half the price: the repetition may find what the
 * first attempt wrote, and fail with that very item as `ConditionFailed.existing`. Callers who must know put
 * something of their own into the item and look.
 *
 * Besides what each method says, methods reject with the errors of the SDK; a request that is wrong in itself with one
 * named `ValidationException`.
 */
export class DynamoTable implements Table {
  readonly #client: Pick<DynamoDBDocumentClient, 'send'>;
  readonly #name: string;
  readonly #sleep: (milliseconds: number) => Promise<unknown>;

  /**
   * @param client from `documentClientOf`.
   * @param name of the table.
   * @param sleep passes the time between attempts.
   */
  constructor(
    client: Pick<DynamoDBDocumentClient, 'send'>,
    name: string,
    sleep: (milliseconds: number) => Promise<unknown> = passTime,
  ) {
    this.#client = client;
    this.#name = name;
    this.#sleep = sleep;
  }

  async get(key: Key): Promise<Item | undefined> {
    const output = await this.#client.send(
      new GetCommand({ TableName: this.#name, Key: onlyKey(key), ConsistentRead: true }),
    );
    return output.Item as Item | undefined;
  }

  async getMany(keys: readonly Key[]): Promise<readonly (Item | undefined)[]> {
    const found = new Map<string, Item>();
    // DynamoDB refuses to be asked for one key twice.
    await this.#inBatches(distinct(keys), mostKeysInBatchGet, async (batch) => {
      const output = await this.#client.send(
        new BatchGetCommand({
          RequestItems: { [this.#name]: { Keys: batch.map(onlyKey), ConsistentRead: true } },
        }),
      );
      for (const item of (output.Responses?.[this.#name] ?? []) as Item[]) found.set(keyText(item), item);
      return (output.UnprocessedKeys?.[this.#name]?.Keys ?? []) as Key[];
    });
    return keys.map((key) => found.get(keyText(key)));
  }

  async query(query: Query, page: { readonly limit?: number; readonly after?: string } = {}): Promise<Page> {
    checkQuery(query);
    const expression = new Expression();
    const output = await this.#client.send(
      new QueryCommand({
        TableName: this.#name,
        IndexName: query.index,
        KeyConditionExpression: keyCondition(query, expression),
        ...expression.placeholders(),
        ScanIndexForward: query.descending !== true,
        ConsistentRead: query.index === undefined,
        Limit: page.limit,
        ExclusiveStartKey: page.after === undefined ? undefined : decodePosition(query, page.after),
      }),
    );
    const items = (output.Items ?? []) as Item[];
    if (output.LastEvaluatedKey === undefined) return { items };
    return { items, next: encodePosition(output.LastEvaluatedKey) };
  }

  queryAll(query: Query): AsyncIterable<Item> {
    return everyItem(this, query);
  }

  async transact(writes: readonly Write[]): Promise<void> {
    const [first] = writes;
    if (first === undefined) return;
    checkTransaction(writes);
    await this.#untilNoConflict(async () => {
      if (writes.length > 1 || 'check' in first) await this.#writeTogether(writes);
      else await this.#writeAlone(first);
    });
  }

  async putMany(items: readonly Item[]): Promise<void> {
    const requests = distinct(items).map((item): WriteRequest => ({ PutRequest: { Item: item } }));
    await this.#inBatches(requests, mostWritesInBatch, (batch) => this.#writeBatch(batch));
  }

  async removeMany(keys: readonly Key[]): Promise<void> {
    const requests = distinct(keys).map((key): WriteRequest => ({ DeleteRequest: { Key: onlyKey(key) } }));
    await this.#inBatches(requests, mostWritesInBatch, (batch) => this.#writeBatch(batch));
  }

  /** Costs half of what a transaction costs. */
  async #writeAlone(write: Exclude<Write, { check: Key }>): Promise<void> {
    const common = { TableName: this.#name, ...conditionOf(write.when) };
    try {
      if ('put' in write) await this.#client.send(new PutCommand({ ...common, Item: write.put }));
      else await this.#client.send(new DeleteCommand({ ...common, Key: onlyKey(write.remove) }));
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      throw new ConditionFailed([0], [itemOf(error.Item)]);
    }
  }

  async #writeTogether(writes: readonly Write[]): Promise<void> {
    const TableName = this.#name;
    try {
      await this.#client.send(
        new TransactWriteCommand({
          TransactItems: writes.map((write) => {
            if ('put' in write) return { Put: { TableName, Item: write.put, ...conditionOf(write.when) } };
            if ('remove' in write) {
              return { Delete: { TableName, Key: onlyKey(write.remove), ...conditionOf(write.when) } };
            }
            return {
              ConditionCheck: { TableName, Key: onlyKey(write.check), ...parametersOf(write.when) },
            };
          }),
          // The same for each repetition by the SDK, so that one whose answer was lost is not done twice.
          ClientRequestToken: crypto.randomUUID(),
        }),
      );
    } catch (error) {
      throw error instanceof TransactionCanceledException ? meaningOf(error, writes) : error;
    }
  }

  async #untilNoConflict(attempt: () => Promise<void>): Promise<void> {
    for (let attempts = 1; ; attempts += 1) {
      try {
        await attempt();
        return;
      } catch (error) {
        if (attempts === mostAttempts || !passes(error)) throw error;
        await this.#sleep(pauseAfter(attempts));
      }
    }
  }

  async #writeBatch(batch: readonly WriteRequest[]): Promise<readonly WriteRequest[]> {
    const output = await this.#client.send(
      new BatchWriteCommand({ RequestItems: { [this.#name]: [...batch] } }),
    );
    return (output.UnprocessedItems?.[this.#name] ?? []) as WriteRequest[];
  }

  /** Sends everything in batches; `send` tells what was left undone, which is sent again. */
  async #inBatches<Part>(
    all: readonly Part[],
    size: number,
    send: (batch: readonly Part[]) => Promise<readonly Part[]>,
  ): Promise<void> {
    let next = 0;
    const workers = Array.from({ length: mostBatchesAtOnce }, async () => {
      while (next < all.length) {
        const batch = all.slice(next, next + size);
        next += size;
        try {
          await this.#untilNoneIsLeft(batch, send);
        } catch (error) {
          // The other workers finish what they have in hand, and begin nothing more.
          next = all.length;
          throw error;
        }
      }
    });
    const failure = (await Promise.allSettled(workers)).find(({ status }) => status === 'rejected');
    if (failure?.status === 'rejected') throw failure.reason;
  }

  async #untilNoneIsLeft<Part>(
    batch: readonly Part[],
    send: (batch: readonly Part[]) => Promise<readonly Part[]>,
  ): Promise<void> {
    let left = batch;
    let fruitless = 0;
    for (;;) {
      const before = left.length;
      left = await send(left);
      if (left.length === 0) return;
      fruitless = left.length < before ? 0 : fruitless + 1;
      if (fruitless === mostAttempts) {
        throw new Error(
          `table ${this.#name} left ${String(left.length)} items undone ${String(fruitless)} times in a row`,
        );
      }
      await this.#sleep(pauseAfter(fruitless + 1));
    }
  }
}

type WriteRequest = { PutRequest: { Item: Item } } | { DeleteRequest: { Key: Key } };

/** Twice as long each time, and not the same for everybody who waits. */
function pauseAfter(attempts: number): number {
  const pause = Math.min(firstPauseInMilliseconds * 2 ** (attempts - 1), longestPauseInMilliseconds);
  return pause * (0.5 + Math.random() / 2);
}

/** Whether another attempt may succeed. What a condition or the engine forbids has become another error by then. */
function passes(error: unknown): boolean {
  return error instanceof TransactionConflictException || error instanceof TransactionCanceledException;
}

/** What the cancellation of a transaction means to the caller; itself when that is nothing in particular. */
function meaningOf(error: TransactionCanceledException, writes: readonly Write[]): Error {
  const reasons = error.CancellationReasons ?? [];
  const failed = writes.flatMap((_, at) => (reasons[at]?.Code === 'ConditionalCheckFailed' ? [at] : []));
  if (failed.length > 0) {
    return new ConditionFailed(
      failed,
      writes.map((_, at) => itemOf(reasons[at]?.Item)),
    );
  }
  const invalid = reasons.find(({ Code }) => Code === 'ValidationError');
  return invalid === undefined ? error : new InvalidRequest(invalid.Message, { cause: error });
}

/** The SDK does not translate the items that its errors carry. */
function itemOf(attributes: Record<string, AttributeValue> | undefined): Item | undefined {
  return attributes === undefined ? undefined : (unmarshall(attributes) as Item);
}

/** Callers may hand in a whole item, of which DynamoDB must see no more than the key. */
function onlyKey({ pk, sk }: Key): { pk: string; sk: string } {
  return { pk, sk };
}

/** One for each key, namely the last. */
function distinct<Keyed extends Key>(all: readonly Keyed[]): readonly Keyed[] {
  return [...new Map(all.map((one) => [keyText(one), one])).values()];
}

// Without parentheses, since DynamoDB refuses any that it does not need; AND binds more closely than OR.
const always = 'attribute_exists(pk) OR attribute_not_exists(pk)';
const never = 'attribute_exists(pk) AND attribute_not_exists(pk)';

/** Collects the placeholders of an expression. */
class Expression {
  readonly #names = new Map<string, string>();
  readonly #values: Value[] = [];

  name(attribute: string): string {
    const placeholder = this.#names.get(attribute) ?? `#${String(this.#names.size)}`;
    this.#names.set(attribute, placeholder);
    return placeholder;
  }

  value(value: Value): string {
    return `:${String(this.#values.push(value) - 1)}`;
  }

  /** The names and the values, each left out when there is none, as DynamoDB demands. */
  placeholders(): {
    ExpressionAttributeNames?: Record<string, string>;
    ExpressionAttributeValues?: Record<string, Value>;
  } {
    const names = [...this.#names].map(([attribute, placeholder]) => [placeholder, attribute] as const);
    const values = this.#values.map((value, at) => [`:${String(at)}`, value] as const);
    return {
      ...(names.length > 0 && { ExpressionAttributeNames: Object.fromEntries(names) }),
      ...(values.length > 0 && { ExpressionAttributeValues: Object.fromEntries(values) }),
    };
  }
}

function keyCondition(query: Query, expression: Expression): string {
  const [partitionKey, sortKey] = query.index === undefined ? ['pk', 'sk'] : ['gsi1pk', 'gsi1sk'];
  const partition = `${expression.name(partitionKey)} = ${expression.value(query.pk)}`;
  const range = sortCondition(query, sortKey, expression);
  return range === undefined ? partition : `${partition} AND ${range}`;
}

function sortCondition(query: Query, sortKey: string, expression: Expression): string | undefined {
  const { beginsWith, from, to } = query;
  if (beginsWith !== undefined) {
    return `begins_with(${expression.name(sortKey)}, ${expression.value(beginsWith)})`;
  }
  if (from !== undefined && to !== undefined) {
    return `${expression.name(sortKey)} BETWEEN ${expression.value(from)} AND ${expression.value(to)}`;
  }
  if (from !== undefined) return `${expression.name(sortKey)} >= ${expression.value(from)}`;
  if (to !== undefined) return `${expression.name(sortKey)} <= ${expression.value(to)}`;
  return undefined;
}

/** The parameters that make a write conditional; none where there is no condition. */
function conditionOf(condition: Condition | undefined) {
  return condition === undefined ? {} : parametersOf(condition);
}

function parametersOf(condition: Condition) {
  const expression = new Expression();
  const alternatives = condition.map((checks) => conjunction(checks, expression));
  return {
    ConditionExpression: alternatives.length === 0 ? never : alternatives.join(' OR '),
    ...expression.placeholders(),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  } as const;
}

function conjunction(checks: readonly Check[], expression: Expression): string {
  if (checks.length === 0) return always;
  return checks.map((check) => comparison(check, expression)).join(' AND ');
}

function comparison(check: Check, expression: Expression): string {
  // DynamoDB refuses a placeholder that is not used.
  if ('oneOf' in check && check.oneOf.length === 0) return never;
  const name = expression.name(check.attribute);
  if ('is' in check) return `attribute_${check.is === 'absent' ? 'not_exists' : 'exists'}(${name})`;
  if ('equals' in check) return `${name} = ${expression.value(check.equals)}`;
  if ('below' in check) return `${name} < ${expression.value(check.below)}`;
  if ('atLeast' in check) return `${name} >= ${expression.value(check.atLeast)}`;
  const lists: string[] = [];
  for (let at = 0; at < check.oneOf.length; at += mostOperandsOfIn) {
    const operands = check.oneOf.slice(at, at + mostOperandsOfIn);
    lists.push(`${name} IN (${operands.map((operand) => expression.value(operand)).join(', ')})`);
  }
  return lists.length === 1 ? lists.join() : `(${lists.join(' OR ')})`;
}
