import { ArnFormat, Stack } from 'aws-cdk-lib';
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
  /** The physical name of a thing. */
  nameOf(thing: string): string;
  /** The ARN of a table. */
  tableArn(scope: Construct, table: TableName): string;
  /** Buckets share one space of names over all accounts. */
  readonly documentsBucket: string;
  readonly incomingMailBucket: string;
  /** The ARN of a machine: by its name, as a machine and its functions name each other. */
  machineArn(scope: Construct, machine: MachineName): string;
  /** The ARN of a function, for those that would otherwise name each other in a circle. */
  functionArn(scope: Construct, name: string): string;
  commonVariables(service: string): CommonEnvironmentVariables;
}

/** The variables that every function has; those that are not set are absent. */
type CommonEnvironmentVariables = {
  [Name in keyof CommonEnvironment]: Exclude<CommonEnvironment[Name], undefined>;
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
