/** Opens new tables on a local engine. */

import { randomUUID } from 'node:crypto';

import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';

import { documentClientOf, DynamoTable } from '../../shared/store/dynamo-table.ts';
import { tableSchema } from '../../shared/store/table-schema.ts';

/**
 * Creates an empty table, of the shape that every table of the product has, on the engine at an endpoint.
 * The engine must take any credentials: it gets ones that are made up.
 */
export async function openTable(endpoint: string): Promise<DynamoTable> {
  const client = new DynamoDBClient({
    endpoint,
    region: 'eu-west-2',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const TableName = `table-${randomUUID()}`;
  const { partitionKey, sortKey, indexes } = tableSchema;
  const keySchema = (partition: string, sort: string) => [
    { AttributeName: partition, KeyType: 'HASH' as const },
    { AttributeName: sort, KeyType: 'RANGE' as const },
  ];
  const keys = [partitionKey, sortKey, ...indexes.flatMap((index) => [index.partitionKey, index.sortKey])];
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: keySchema(partitionKey, sortKey),
      GlobalSecondaryIndexes: indexes.map((index) => ({
        IndexName: index.name,
        KeySchema: keySchema(index.partitionKey, index.sortKey),
        Projection: { ProjectionType: 'ALL' },
      })),
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 1, maxDelay: 1 }, { TableName });
  return new DynamoTable(documentClientOf(client), TableName);
}
