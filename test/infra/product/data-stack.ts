import { describe, expect, it } from 'vitest';

import { tableSchema } from '../../../shared/store/table-schema.ts';
import { productOf, resourcesOf, wholeConfig } from './synthesise.ts';

const { template, stacks } = productOf();
const data = template('data');

describe('the tables', () => {
  const tables = Object.values(resourcesOf(data, 'AWS::DynamoDB::Table'));

  it('are four, named after what they hold', () => {
    expect(tables.map(({ Properties }) => Properties['TableName']).sort()).toStrictEqual([
      'lcpg-production-correspondence',
      'lcpg-production-cycles',
      'lcpg-production-directory',
      'lcpg-production-indicators',
    ]);
  });

  it.each(tables.map((table) => [String(table.Properties['TableName']), table] as const))(
    '%s is kept, protected, restorable, paid by use, and of the shape that the stores use',
    (_name, table) => {
      expect(table.DeletionPolicy).toBe('Retain');
      expect(table.Properties).toMatchObject({
        DeletionProtectionEnabled: true,
        BillingMode: 'PAY_PER_REQUEST',
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        TimeToLiveSpecification: { AttributeName: tableSchema.timeToLiveAttribute, Enabled: true },
        KeySchema: [
          { AttributeName: tableSchema.partitionKey, KeyType: 'HASH' },
          { AttributeName: tableSchema.sortKey, KeyType: 'RANGE' },
        ],
        GlobalSecondaryIndexes: tableSchema.indexes.map((index) => ({
          IndexName: index.name,
          KeySchema: [
            { AttributeName: index.partitionKey, KeyType: 'HASH' },
            { AttributeName: index.sortKey, KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        })),
      });
    },
  );
});

describe('the documents', () => {
  it('are versioned, kept, and old versions go after a while', () => {
    const [bucket] = Object.values(resourcesOf(data, 'AWS::S3::Bucket'));
    expect(bucket?.DeletionPolicy).toBe('Retain');
    expect(bucket?.Properties).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      LifecycleConfiguration: {
        Rules: [{ NoncurrentVersionExpiration: { NoncurrentDays: wholeConfig.oldVersionDays } }, {}],
      },
    });
  });

  it('forget after two days what was uploaded and not handed in, and nothing else', () => {
    const [bucket] = Object.values(resourcesOf(data, 'AWS::S3::Bucket'));
    const { Rules } = bucket?.Properties['LifecycleConfiguration'] as { Rules: object[] };
    expect(Rules.filter((rule) => 'ExpirationInDays' in rule)).toEqual([
      expect.objectContaining({ Prefix: 'uploads/', ExpirationInDays: 2, Status: 'Enabled' }),
    ]);
  });
});

describe('every bucket', () => {
  const buckets = (['data', 'mail'] as const).flatMap((name) =>
    Object.entries(resourcesOf(template(name), 'AWS::S3::Bucket')).map(
      ([id, bucket]) => [id, bucket, name] as const,
    ),
  );

  it('is one of two', () => {
    expect(buckets).toHaveLength(2);
  });

  it.each(buckets)('%s is private and refuses what comes without TLS', (id, bucket, name) => {
    expect(bucket.Properties).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    });
    const policy = Object.values(resourcesOf(template(name), 'AWS::S3::BucketPolicy')).find(
      ({ Properties }) => JSON.stringify(Properties['Bucket']) === JSON.stringify({ Ref: id }),
    );
    expect(policy?.Properties['PolicyDocument']).toMatchObject({
      Statement: expect.arrayContaining([
        expect.objectContaining({
          Effect: 'Deny',
          Principal: { AWS: '*' },
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
      ]) as unknown,
    });
  });
});

describe('the link secret', () => {
  it('is made by AWS, of more than 32 bytes, and kept', () => {
    const [secret] = Object.values(resourcesOf(data, 'AWS::SecretsManager::Secret'));
    expect(secret?.DeletionPolicy).toBe('Retain');
    expect(secret?.Properties['GenerateSecretString']).toMatchObject({ PasswordLength: 64 });
    expect(secret?.Properties).not.toHaveProperty('SecretString');
  });
});

it('cannot be deleted by mistake, except from a local AWS', () => {
  expect(stacks.data.terminationProtection).toBe(true);
  expect(productOf(wholeConfig, true).stacks.data.terminationProtection).toBe(false);
});
