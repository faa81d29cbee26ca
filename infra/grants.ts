import { Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

import type { Deployment, TableName } from './constructs/deployment.ts';

/**
 * Who may do what, said by name. Each grant lists the exact actions on the exact things. The only wildcards are the
 * indexes of a table, the objects of a bucket and the schedules of a group, each acknowledged where it is granted.
 */

/** A function that is granted something. */
export interface Grantee extends Construct {
  readonly function: LambdaFunction;
}

const readActions = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];
const changeActions = ['dynamodb:ConditionCheckItem', 'dynamodb:DeleteItem', 'dynamodb:PutItem'];

/** A thing, or all things of a kind, with the reason why their names cannot stand there. */
type Resource = string | { readonly all: string; readonly because: string };

const allow = (
  to: Grantee,
  actions: readonly string[],
  resources: readonly Resource[],
  conditions?: Record<string, unknown>,
): void => {
  to.function.addToRolePolicy(
    new PolicyStatement({
      actions: [...actions],
      resources: resources.map((resource) => (typeof resource === 'string' ? resource : resource.all)),
      ...(conditions === undefined ? {} : { conditions }),
    }),
  );
  for (const resource of resources)
    if (typeof resource !== 'string')
      Validations.of(to).acknowledge({
        id: `AwsSolutions-IAM5[Resource::${resource.all}]`,
        reason: resource.because,
      });
};

const withIndexes = (to: Grantee, deployment: Deployment, table: TableName): readonly Resource[] => {
  const arn = deployment.tableArn(to, table);
  return [arn, { all: `${arn}/index/*`, because: 'the one index of the table' }];
};

const documentsArn = ({ documentsBucket }: Deployment): string => `arn:aws:s3:::${documentsBucket}`;

const allDocuments = (deployment: Deployment): Resource => ({
  all: `${documentsArn(deployment)}/*`,
  because: 'keys hold the cycle, and no cycle is known at deployment',
});

export const canReadDirectory = (to: Grantee, deployment: Deployment): void => {
  allow(to, readActions, withIndexes(to, deployment, 'directory'));
};

/** Links are kept in the Directory, in partitions of their own, and nothing else there may be written. */
export const canMakeLinks = (to: Grantee, deployment: Deployment, linkSecret: Secret): void => {
  allow(to, ['dynamodb:BatchWriteItem'], [deployment.tableArn(to, 'directory')], {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['LINK#*'] },
    // Without any key the condition above would hold for all.
    Null: { 'dynamodb:LeadingKeys': 'false' },
  });
  allow(to, ['secretsmanager:GetSecretValue'], [linkSecret.secretArn]);
};

/** Meetings, requests, answers, returns, each change with its audit row. */
export const canWorkOnCycles = (to: Grantee, deployment: Deployment): void => {
  allow(to, [...readActions, ...changeActions], withIndexes(to, deployment, 'cycles'));
};

/** What a report said is kept for the next one, and nothing else of the cycles is written without its audit row. */
export const canKeepReports = (to: Grantee, deployment: Deployment): void => {
  allow(to, ['dynamodb:BatchWriteItem'], [deployment.tableArn(to, 'cycles')], {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['*#REPORTS', '*#REPORTED'] },
    // Without any key the condition above would hold for all.
    Null: { 'dynamodb:LeadingKeys': 'false' },
  });
};

export const canReadIndicators = (to: Grantee, deployment: Deployment): void => {
  allow(to, readActions, [deployment.tableArn(to, 'indicators')]);
};

/** The figures of a cycle are kept as they stood when it opened. */
export const canKeepFigures = (to: Grantee, deployment: Deployment): void => {
  allow(to, ['dynamodb:BatchWriteItem'], [deployment.tableArn(to, 'indicators')]);
};

export const canReadDocuments = (to: Grantee, deployment: Deployment): void => {
  allow(to, ['s3:GetObject'], [allDocuments(deployment)]);
  // Tells a document that is absent from one that is forbidden.
  allow(to, ['s3:ListBucket'], [documentsArn(deployment)]);
};

export const canWriteDocuments = (to: Grantee, deployment: Deployment): void => {
  allow(to, ['s3:PutObject'], [allDocuments(deployment)]);
};

/** What the partnership keeps no longer is removed: whole cycles with their documents, and people who have left. */
export const canForget = (to: Grantee, deployment: Deployment): void => {
  allow(
    to,
    ['dynamodb:BatchWriteItem'],
    (['cycles', 'correspondence'] as const).map((table) => deployment.tableArn(to, table)),
  );
  allow(to, ['dynamodb:BatchWriteItem'], [deployment.tableArn(to, 'directory')], {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['*#PERSON#*'] },
    // Without any key the condition above would hold for all.
    Null: { 'dynamodb:LeadingKeys': 'false' },
  });
  canReadDocuments(to, deployment);
  allow(to, ['s3:DeleteObject'], [allDocuments(deployment)]);
};

/** Emails are claimed in the ledger before they are sent, and settled there afterwards. */
export const canKeepLedger = (to: Grantee, deployment: Deployment): void => {
  allow(to, [...readActions, ...changeActions], withIndexes(to, deployment, 'correspondence'));
};

/** From the partnerships' own senders, with this deployment's identity and configuration set, and no other. */
export const canSendEmail = (to: Grantee, { config, nameOf }: Deployment): void => {
  const arn = (resource: string, resourceName: string): string =>
    Stack.of(to).formatArn({ service: 'ses', resource, resourceName });
  allow(
    to,
    ['ses:SendRawEmail'],
    [arn('identity', config.mailDomain), arn('configuration-set', nameOf('mail'))],
    { StringEquals: { 'ses:FromAddress': config.partnerships.map(({ sender }) => sender) } },
  );
};

/** Ends a wait: with an answer, or because its time has come. */
export const canWakeMachines = (to: Grantee, deployment: Deployment): void => {
  allow(
    to,
    ['states:SendTaskFailure', 'states:SendTaskSuccess'],
    (['ask', 'lcpg'] as const).map((machine) => deployment.machineArn(to, machine)),
  );
};

/** A return that came late, or was changed after its signature, gets a run of its own. */
export const canStartLcpg = (to: Grantee, deployment: Deployment): void => {
  allow(to, ['states:StartExecution'], [deployment.machineArn(to, 'lcpg')]);
};

/** Has people written to at once. */
export const canRunErrands = (to: Grantee, deployment: Deployment): void => {
  allow(to, ['lambda:InvokeFunction'], [deployment.functionArn(to, 'run-errand')]);
};

export const canStartCycle = (to: Grantee, deployment: Deployment): void => {
  allow(to, ['states:StartExecution'], [deployment.machineArn(to, 'cycle')]);
};

/** Sets and moves the start of a coming cycle. */
export const canScheduleCycles = (to: Grantee, deployment: Deployment, role: string): void => {
  const all = Stack.of(to).formatArn({
    service: 'scheduler',
    resource: 'schedule',
    resourceName: `${deployment.nameOf('schedules')}/*`,
  });
  allow(
    to,
    ['scheduler:CreateSchedule', 'scheduler:UpdateSchedule'],
    [{ all, because: 'a schedule is named after the cycle that it starts' }],
  );
  allow(to, ['iam:PassRole'], [role], {
    StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' },
  });
};

/** What fails for good when nobody waits for its result goes to the dead letters, after two more tries. */
export const givesUpToDeadLetters = (from: Grantee, deployment: Deployment): void => {
  const destination = Stack.of(from).formatArn({
    service: 'sqs',
    resource: deployment.nameOf('dead-letters'),
  });
  from.function.configureAsyncInvoke({
    onFailure: { bind: () => ({ destination }) },
    retryAttempts: 2,
  });
  allow(from, ['sqs:SendMessage'], [destination]);
};

export const canReadIncomingMail = (to: Grantee, { incomingMailBucket }: Deployment): void => {
  allow(
    to,
    ['s3:GetObject'],
    [{ all: `arn:aws:s3:::${incomingMailBucket}/*`, because: 'SES names the emails that come' }],
  );
};
