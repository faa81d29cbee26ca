/** How the table deals with what a local engine never does: conflicts, throttling and lost answers. */

import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { documentClientOf, DynamoTable } from '../../../shared/store/dynamo-table.ts';
import type { Condition } from '../../../shared/store/table.ts';
import { ConditionFailed } from '../../../shared/store/table.ts';

/** What DynamoDB is made to answer: a status and a body, or nothing at all before it hangs up. */
type Answer = { readonly status: number; readonly body: unknown } | 'hang up';

interface Request {
  readonly operation: string;
  readonly body: Record<string, unknown>;
}

describe('DynamoTable', () => {
  let server: Server;
  let client: DynamoDBClient;
  let table: DynamoTable;
  let requests: Request[];
  let pauses: number[];
  let answer: (request: Request, count: number) => Answer;

  beforeEach(async () => {
    requests = [];
    pauses = [];
    server = createServer((request, response) => {
      void buffer(request).then((body) => {
        const received: Request = {
          operation: String(request.headers['x-amz-target']).replace('DynamoDB_20120810.', ''),
          body: JSON.parse(body.toString()) as Record<string, unknown>,
        };
        requests.push(received);
        const given = answer(received, requests.length);
        if (given === 'hang up') {
          request.socket.destroy();
          return;
        }
        response.writeHead(given.status, { 'content-type': 'application/x-amz-json-1.0' });
        response.end(JSON.stringify(given.body));
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    client = new DynamoDBClient({
      endpoint: `http://127.0.0.1:${String(typeof address === 'object' ? address?.port : 0)}`,
      region: 'eu-west-2',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    table = new DynamoTable(documentClientOf(client), 'directory', (milliseconds) => {
      pauses.push(milliseconds);
      return Promise.resolve();
    });
  });

  afterEach(() => {
    client.destroy();
    server.close();
  });

  const key = { pk: 'p', sk: 's' };
  const absent: Condition = [[{ attribute: 'pk', is: 'absent' }]];
  const done: Answer = { status: 200, body: {} };
  const failure = (type: string, more: object = {}): Answer => ({
    status: 400,
    body: { __type: `com.amazonaws.dynamodb.v20120810#${type}`, ...more },
  });
  const cancelled = (...codes: string[]): Answer =>
    failure('TransactionCanceledException', {
      CancellationReasons: codes.map((Code) => ({ Code, Message: `because of ${Code}` })),
    });
  const two = [{ put: key }, { remove: { pk: 'p', sk: 't' } }] as const;

  it('sends nothing for a transaction without writes', async () => {
    answer = () => done;
    await table.transact([]);
    await table.getMany([]);
    expect(requests).toStrictEqual([]);
  });

  it('writes a single item by itself, with no more condition than was asked for', async () => {
    answer = () => done;
    await table.transact([{ put: key }]);
    await table.transact([{ remove: key, when: absent }]);
    const item = { pk: { S: 'p' }, sk: { S: 's' } };
    expect(requests).toStrictEqual([
      { operation: 'PutItem', body: { TableName: 'directory', Item: item } },
      {
        operation: 'DeleteItem',
        body: {
          TableName: 'directory',
          Key: item,
          ConditionExpression: 'attribute_not_exists(#0)',
          ExpressionAttributeNames: { '#0': 'pk' },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
    ]);
  });

  it('repeats a transaction whose answer was lost under the token of the first attempt', async () => {
    answer = (_, count) => (count === 1 ? 'hang up' : done);
    await table.transact(two);
    await table.transact(two);
    const tokens = requests.map(({ body }) => body['ClientRequestToken']);
    expect(tokens).toHaveLength(3);
    expect(tokens[0]).toMatch(/^[-0-9a-f]{36}$/);
    expect(tokens[1]).toBe(tokens[0]);
    expect(tokens[2]).not.toBe(tokens[0]);
  });

  it.each([
    ['another transaction', two, cancelled('None', 'TransactionConflict')],
    ['throttling', two, cancelled('ThrottlingError', 'None')],
    ['a reason that is not told', two, failure('TransactionCanceledException')],
    ['another transaction, of a single write', [{ put: key }], failure('TransactionConflictException')],
  ])('tries again after a conflict with %s, waiting longer each time', async (_, writes, conflict) => {
    answer = (_request, count) => (count <= 3 ? conflict : done);
    await table.transact(writes);
    expect(requests).toHaveLength(4);
    expect(pauses).toHaveLength(3);
    for (const [n, pause] of pauses.entries()) {
      expect(pause).toBeGreaterThanOrEqual(12.5 * 2 ** n);
      expect(pause).toBeLessThanOrEqual(25 * 2 ** n);
    }
    const tokens = requests
      .map(({ body }) => body['ClientRequestToken'])
      .filter((token) => token !== undefined);
    expect(new Set(tokens).size).toBe(tokens.length);
  });

  it('gives up on a conflict that does not end', async () => {
    answer = () => cancelled('TransactionConflict', 'None');
    await expect(table.transact(two)).rejects.toMatchObject({ name: 'TransactionCanceledException' });
    expect(requests).toHaveLength(8);
  });

  it('does not try again what a condition forbids, even where there was a conflict too', async () => {
    answer = () =>
      failure('TransactionCanceledException', {
        CancellationReasons: [
          { Code: 'TransactionConflict' },
          { Code: 'ConditionalCheckFailed', Item: { pk: { S: 'p' }, sk: { S: 't' }, n: { N: '1' } } },
        ],
      });
    const error: unknown = await table.transact(two).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConditionFailed);
    expect(error).toMatchObject({ failed: [1], existing: [undefined, { pk: 'p', sk: 't', n: 1 }] });
    expect(requests).toHaveLength(1);
  });

  it('does not try again what DynamoDB will never accept', async () => {
    answer = () => cancelled('None', 'ValidationError');
    await expect(table.transact(two)).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'because of ValidationError',
    });
    expect(requests).toHaveLength(1);
  });

  it('passes other failures on', async () => {
    answer = () => failure('ResourceNotFoundException', { message: 'no such table' });
    const refused = { name: 'ResourceNotFoundException' };
    await expect(table.transact(two)).rejects.toMatchObject(refused);
    await expect(table.transact([{ put: key }])).rejects.toMatchObject(refused);
    await expect(table.get(key)).rejects.toMatchObject(refused);
    await expect(table.getMany([key])).rejects.toMatchObject(refused);
    await expect(table.putMany([key])).rejects.toMatchObject(refused);
    expect(pauses).toStrictEqual([]);
  });

  const keys = Array.from({ length: 260 }, (_, n) => ({ pk: 'p', sk: String(n) }));
  /** Does the first half of what it is asked for, at least one, and leaves the rest undone. */
  const halfDone = ({ operation, body }: Request): Answer => {
    const asked = (body['RequestItems'] as Record<string, unknown>)['directory'];
    if (operation === 'BatchWriteItem') {
      const all = asked as unknown[];
      const undone = all.slice(Math.ceil(all.length / 2));
      return { status: 200, body: { UnprocessedItems: undone.length === 0 ? {} : { directory: undone } } };
    }
    const { Keys: all } = asked as { Keys: unknown[] };
    const [processed, undone] = [
      all.slice(0, Math.ceil(all.length / 2)),
      all.slice(Math.ceil(all.length / 2)),
    ];
    const UnprocessedKeys = undone.length === 0 ? {} : { directory: { Keys: undone } };
    return { status: 200, body: { Responses: { directory: processed }, UnprocessedKeys } };
  };
  const sizes = (): number[] =>
    requests.map(({ body }) => {
      const asked = (body['RequestItems'] as Record<string, unknown>)['directory'];
      return Array.isArray(asked) ? asked.length : (asked as { Keys: unknown[] }).Keys.length;
    });

  it('asks again for what a batch left unread', async () => {
    answer = halfDone;
    expect(await table.getMany([...keys, ...keys])).toStrictEqual([...keys, ...keys]);
    expect(Math.max(...sizes())).toBe(100);
    expect(requests.every(({ body }) => JSON.stringify(body).includes('"ConsistentRead":true'))).toBe(true);
  });

  it.each(['putMany', 'removeMany'] as const)(
    'sends again what a batch of %s left undone',
    async (method) => {
      const seen = new Set<string>();
      answer = (request) => {
        for (const write of (request.body['RequestItems'] as Record<string, unknown[]>)['directory'] ?? []) {
          seen.add(JSON.stringify(write));
        }
        return halfDone(request);
      };
      await table[method](keys);
      expect(seen.size).toBe(keys.length);
      expect(Math.max(...sizes())).toBe(25);
      // Halves of 25, over and over: 13, 7, 4, 2, 1 are done at a time, after pauses that do not grow.
      expect(Math.max(...pauses)).toBeLessThanOrEqual(25);
    },
  );

  it('gives up on a batch of which nothing is ever done', async () => {
    answer = ({ body }) => ({ status: 200, body: { UnprocessedItems: body['RequestItems'] } });
    await expect(table.putMany([key, { pk: 'p', sk: 't' }])).rejects.toThrow(
      'table directory left 2 items undone 8 times in a row',
    );
    expect(requests).toHaveLength(8);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(25 * 2 ** 7);
    expect(pauses[6]).toBeGreaterThan(500);
  });

  it('begins no further batch when one has failed', async () => {
    answer = (_, count) => (count === 1 ? failure('AccessDeniedException') : done);
    const many = Array.from({ length: 25 * 40 }, (_, n) => ({ pk: 'p', sk: String(n) }));
    await expect(table.putMany(many)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect(requests.length).toBeLessThan(25);
  });

  it('reads the table with strong consistency, and the index without, which knows none', async () => {
    answer = () => done;
    await table.get(key);
    await table.query({ pk: 'p' });
    await table.query({ pk: 'p', index: 'gsi1' });
    expect(requests.map(({ body }) => body['ConsistentRead'])).toStrictEqual([true, true, false]);
  });
});
