import type { StackProps } from 'aws-cdk-lib';
import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

import { uploads } from '../../shared/stages/document-keys.ts';
import { tableSchema } from '../../shared/store/table-schema.ts';
import type { Deployment, TableName } from '../constructs/deployment.ts';
import { tableNames } from '../constructs/deployment.ts';
import { outputs } from '../constructs/outputs.ts';

/** What must outlive everything else: the tables, the documents, the secret of the links, and what nobody could handle. */
export class DataStack extends Stack {
  readonly tables: Readonly<Record<TableName, Table>>;
  readonly documents: Bucket;
  readonly linkSecret: Secret;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: StackProps & { readonly deployment: Deployment }) {
    super(scope, id, { ...props, terminationProtection: !props.deployment.local });
    const { deployment } = props;

    this.tables = Object.fromEntries(
      tableNames.map((name) => [name, this.#table(name, deployment)]),
    ) as Record<TableName, Table>;
    this.documents = this.#documents(deployment);

    this.linkSecret = new Secret(this, 'LinkSecret', {
      description:
        'Links and codes are derived from it. With a new one, no codes can be made for links that were sent before: see RUNBOOK.md.',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(this.linkSecret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'A new secret would make a reminder carry another link than the email that it reminds of.',
    });

    this.deadLetters = new Queue(this, 'DeadLetters', {
      queueName: deployment.nameOf('dead-letters'),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(this.deadLetters).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'This is the dead-letter queue itself; an alarm watches it.',
    });

    outputs(this, {
      DirectoryTable: deployment.nameOf('directory'),
      CyclesTable: deployment.nameOf('cycles'),
      IndicatorsTable: deployment.nameOf('indicators'),
      CorrespondenceTable: deployment.nameOf('correspondence'),
      DocumentsBucket: deployment.documentsBucket,
      DeadLetterQueue: this.deadLetters.queueUrl,
    });
  }

  #table(name: TableName, deployment: Deployment): Table {
    const { partitionKey, sortKey, indexes, timeToLiveAttribute } = tableSchema;
    const key = (attribute: string) => ({ name: attribute, type: AttributeType.STRING });
    const table = new Table(this, name, {
      tableName: deployment.nameOf(name),
      partitionKey: key(partitionKey),
      sortKey: key(sortKey),
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const index of indexes)
      table.addGlobalSecondaryIndex({
        indexName: index.name,
        partitionKey: key(index.partitionKey),
        sortKey: key(index.sortKey),
        projectionType: ProjectionType.ALL,
      });
    return table;
  }

  #documents(deployment: Deployment): Bucket {
    const bucket = new Bucket(this, 'Documents', {
      bucketName: deployment.documentsBucket,
      versioned: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        {
          id: 'superseded versions',
          noncurrentVersionExpiration: Duration.days(deployment.config.oldVersionDays),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
        {
          id: 'files that nobody handed in',
          prefix: uploads,
          expiration: Duration.days(2),
          noncurrentVersionExpiration: Duration.days(1),
        },
      ],
      // No CORS: a browser uploads with a plain form, which is navigation, and scripts have no business here.
    });
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Every document is reached through the web function, which logs the request and whom its link was made for; ' +
        'an access log would keep the addresses of members in a second place.',
    });
    return bucket;
  }
}
