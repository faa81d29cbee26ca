import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetScheduleGroupCommand, SchedulerClient } from '@aws-sdk/client-scheduler';

import { awsCall } from '../shared/aws/call.ts';
import { isStage, nameOf } from '../shared/contracts/names.ts';
import { SchedulerStartSchedule } from '../shared/machines/scheduler-start-schedule.ts';
import { StepFunctionsMachines } from '../shared/machines/step-functions-machines.ts';
import { noPress } from '../shared/report/press.ts';
import type { StartSchedule, Workplace } from '../shared/stages/workplace.ts';
import { Correspondence } from '../shared/store/correspondence.ts';
import { cycleStores } from '../shared/store/cycles/cycle-stores.ts';
import { Directory } from '../shared/store/directory.ts';
import { documentClientOf, DynamoTable } from '../shared/store/dynamo-table.ts';
import { Indicators } from '../shared/store/indicators.ts';
import { S3Documents } from '../shared/store/s3-documents.ts';
import type { Clock } from '../shared/time/clock.ts';
import { systemClock } from '../shared/time/clock.ts';
import { stageClock } from './stage-clock.ts';

/** What the command line does at a deployed stage. */
export interface DeployedStage {
  /** The clock that it goes by. */
  readonly clock: Clock;
  directoryOf(partnership: string): Directory;
  indicatorsOf(partnership: string): Indicators;
  readonly schedule: StartSchedule;
  /** Where a stage of the cycle can be run from here, as long as it writes to nobody. */
  workplaceOf(partnership: string): Workplace;
}

/** Something that whoever runs the command has to put right. */
export class StageFault extends Error {
  override readonly name = 'StageFault';
}

/**
 * The things of a deployed stage, found by their names in the account and region of the caller's credentials.
 * @throws {StageFault} when there are no credentials, or the stage is not deployed there
 */
export const openStage = async (stage: string, clock: Clock = stageClock(stage)): Promise<DeployedStage> => {
  if (!isStage(stage))
    throw new StageFault(
      `--stage ${stage}: a stage is named in small letters and digits, such as production`,
    );
  const dynamoClient = new DynamoDBClient();
  const dynamo = documentClientOf(dynamoClient);
  const table = (name: string) => new DynamoTable(dynamo, nameOf(stage, name));
  const scheduler = new SchedulerClient();
  const { account, region } = await whereIs(scheduler, stage);
  const arn = (service: string, resource: string, name: string): string =>
    `arn:aws:${service}:${region}:${account}:${resource}:${nameOf(stage, name)}`;
  const machines = new StepFunctionsMachines(awsCall(dynamoClient), {
    cycle: arn('states', 'stateMachine', 'cycle'),
    lcpg: arn('states', 'stateMachine', 'lcpg'),
  });
  const directoryOf = (partnership: string) => new Directory(table('directory'), partnership);
  const indicatorsOf = (partnership: string) => new Indicators(table('indicators'), partnership);
  const schedule = new SchedulerStartSchedule({
    client: scheduler,
    group: nameOf(stage, 'schedules'),
    startCycleFunction: arn('lambda', 'function', 'start-cycle'),
    role: `arn:aws:iam::${account}:role/${nameOf(stage, 'schedules')}`,
    clock,
    worldClock: systemClock,
  });
  return {
    clock,
    directoryOf,
    indicatorsOf,
    schedule,
    workplaceOf: (partnership) => ({
      clock,
      machines,
      notTold: (error) => {
        throw error;
      },
      schedule,
      directory: directoryOf(partnership),
      indicators: indicatorsOf(partnership),
      ...cycleStores(table('cycles'), partnership),
      documents: new S3Documents(dynamoClient, nameOf(stage, `documents-${account}-${region}`)),
      press: noPress,
      errands: { runNow: () => Promise.resolve() },
      correspondence: new Correspondence(table('correspondence'), partnership),
      postFor: () => {
        throw new Error('the command line writes to nobody');
      },
      links: {
        toRequest: noLink,
        toSubstitute: noLink,
        toDocument: noLink,
        toProgress: noLink,
        toOrganiser: noLink,
        toCode: noLink,
      },
      sweepGraceSeconds: 0,
    }),
  };
};

const noLink = (): never => {
  throw new Error('the command line makes no links');
};

/** The account and region in which the stage is deployed: its schedule group's ARN tells both. */
const whereIs = async (
  client: SchedulerClient,
  stage: string,
): Promise<{ readonly account: string; readonly region: string }> => {
  try {
    const { Arn = '' } = await client.send(new GetScheduleGroupCommand({ Name: nameOf(stage, 'schedules') }));
    const [, , , region = '', account = ''] = Arn.split(':');
    return { account, region };
  } catch (error) {
    const { name, message } = error as Error;
    if (name === 'ResourceNotFoundException')
      throw new StageFault(
        `stage '${stage}' is not deployed in ${await client.config.region()} of this account: ` +
          `deploy it with 'npx cdk deploy --all -c stage=${stage}', or set AWS_PROFILE and AWS_REGION`,
      );
    if (name === 'CredentialsProviderError' || message.includes('Region is missing'))
      throw new StageFault(`AWS does not know who you are: set AWS_PROFILE and AWS_REGION (${message})`);
    throw error;
  }
};
