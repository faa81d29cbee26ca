import { ArnFormat, Stack } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

import type { CommonEnvironment } from '../../shared/contracts/environment.ts';
import { nameOf as physicalName } from '../../shared/contracts/names.ts';
import type { MachineName } from '../../statemachines/load.ts';
import type { StageConfig } from '../config/schema.ts';

/** The tables, by what they hold. */
export const tableNames = ['directory', 'cycles', 'indicators', 'correspondence'] as const;
export type TableName = (typeof tableNames)[number];

/**
 * One deployment of the product: what it is told, and how the things in it are named. The names are fixed, so that stacks
 * know each other's things by name and none is held back by another's.
 */
export interface Deployment {
  readonly config: StageConfig;
  /** Whether it goes to a local AWS, which lacks some of what AWS has. */
  readonly local: boolean;
  readonly logRetention: RetentionDays;
  /** The physical name of a thing. */
  readonly nameOf: (thing: string) => string;
  /** The ARN of a table. */
  readonly tableArn: (scope: Construct, table: TableName) => string;
  /** Buckets share one space of names over all accounts. */
  readonly documentsBucket: string;
  readonly incomingMailBucket: string;
  /** The ARN of a machine: by its name, as a machine and its functions name each other. */
  readonly machineArn: (scope: Construct, machine: MachineName) => string;
  /** The ARN of a function, for those that would otherwise name each other in a circle. */
  readonly functionArn: (scope: Construct, name: string) => string;
  readonly commonVariables: (service: string) => CommonEnvironmentVariables;
}

/** The variables that every function has; those that are not set are absent. */
type CommonEnvironmentVariables = {
  [Name in keyof CommonEnvironment]: Exclude<CommonEnvironment[Name], undefined>;
};

/** The settings as CloudWatch knows them. */
const logRetentions: Readonly<Record<StageConfig['logRetentionDays'], RetentionDays>> = {
  7: RetentionDays.ONE_WEEK,
  14: RetentionDays.TWO_WEEKS,
  30: RetentionDays.ONE_MONTH,
  60: RetentionDays.TWO_MONTHS,
  90: RetentionDays.THREE_MONTHS,
  180: RetentionDays.SIX_MONTHS,
  365: RetentionDays.ONE_YEAR,
  731: RetentionDays.TWO_YEARS,
};

export const deploymentOf = (config: StageConfig, local: boolean): Deployment => {
  const nameOf = (thing: string): string => physicalName(config.stage, thing);
  const arn = (scope: Construct, service: string, resource: string, resourceName: string): string =>
    Stack.of(scope).formatArn({
      service,
      resource,
      resourceName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  return {
    config,
    local,
    logRetention: logRetentions[config.logRetentionDays],
    nameOf,
    tableArn: (scope, table) =>
      Stack.of(scope).formatArn({ service: 'dynamodb', resource: 'table', resourceName: nameOf(table) }),
    documentsBucket: `${nameOf('documents')}-${config.account}-${config.region}`,
    incomingMailBucket: `${nameOf('incoming-mail')}-${config.account}-${config.region}`,
    machineArn: (scope, machine) => arn(scope, 'states', 'stateMachine', nameOf(machine)),
    functionArn: (scope, name) => arn(scope, 'lambda', 'function', nameOf(name)),
    commonVariables: (service) => ({
      STAGE: config.stage,
      SERVICE: service,
      ...(config.clock === null
        ? {}
        : {
            CLOCK_START: config.clock.start,
            CLOCK_REAL_START: config.clock.realStart,
            CLOCK_SPEED: String(config.clock.speed),
          }),
    }),
  };
};
