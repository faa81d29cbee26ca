import type { StackProps } from 'aws-cdk-lib';
import { Duration, Stack, TimeZone } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Schedule, ScheduleExpression, ScheduleGroup, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { Construct } from 'constructs';

import type { WorkplaceEnvironment } from '../../shared/contracts/environment.ts';
import { sweepScheduleName } from '../../shared/contracts/names.ts';
import type { Look } from '../../shared/contracts/sweep-hours.ts';
import { sweepHours, sweepMinute } from '../../shared/contracts/sweep-hours.ts';
import type { MachineName, TaskName } from '../../statemachines/load.ts';
import { machineNames, taskNames } from '../../statemachines/load.ts';
import { documentFunctions } from '../build/functions.ts';
import type { Deployment } from '../constructs/deployment.ts';
import { outputs } from '../constructs/outputs.ts';
import { Machine } from '../constructs/machine.ts';
import { TaskFunction } from '../constructs/task-function.ts';
import {
  canKeepFigures,
  canKeepReports,
  canKeepLedger,
  canMakeLinks,
  canReadDirectory,
  canReadDocuments,
  canReadIndicators,
  canScheduleCycles,
  canSendEmail,
  canStartCycle,
  canStartLcpg,
  canForget,
  canWakeMachines,
  canWorkOnCycles,
  canWriteDocuments,
  givesUpToDeadLetters,
} from '../grants.ts';
import type { DataStack } from './data-stack.ts';
import type { MailStack } from './mail-stack.ts';

/** What a function may need beyond reading the Directory and working on the cycles, which all of them do. */
type Need =
  | 'send'
  | 'read indicators'
  | 'keep figures'
  | 'keep reports'
  | 'read documents'
  | 'write documents'
  | 'schedule cycles'
  | 'start cycles'
  | 'start lcpg'
  | 'wake machines'
  | 'forget';

const taskNeeds: Readonly<Record<TaskName, readonly Need[]>> = {
  'open-cycle': ['read indicators', 'keep figures', 'write documents'],
  'invite-members': ['send'],
  'await-moment': ['wake machines'],
  'remind-members': ['send'],
  'send-pack': ['send', 'read indicators', 'write documents'],
  'share-return': ['send', 'read indicators', 'write documents'],
  'record-stopped-part': ['send'],
  'distribute-minutes': ['send'],
  'pass-on-board-answers': ['send'],
  'send-chairs-pack': ['send', 'read indicators', 'write documents'],
  'compile-report': ['read indicators', 'keep figures', 'keep reports', 'write documents'],
  'close-cycle': ['schedule cycles', 'read documents', 'write documents'],
  'open-request': ['send', 'read indicators'],
  'await-answer': ['wake machines'],
  'follow-up-request': ['send'],
};

const scheduleNeeds: Readonly<Record<'start-cycle' | 'sweep' | 'run-errand', readonly Need[]>> = {
  'start-cycle': ['start cycles'],
  // It makes good every errand that was lost, and so needs what errands need.
  sweep: ['send', 'read indicators', 'start lcpg', 'wake machines', 'forget'],
  'run-errand': ['send', 'read indicators', 'wake machines'],
};

/** Those whose work grows with the number of groups. */
const large: ReadonlySet<string> = new Set<TaskName | 'sweep' | 'run-errand'>([
  'open-cycle',
  'open-request',
  'invite-members',
  'distribute-minutes',
  'send-chairs-pack',
  'compile-report',
  'close-cycle',
  'pass-on-board-answers',
  'sweep',
  'run-errand',
]);

/**
 * What a function may take, in MB. The report of 1,200 districts takes 1 GB and a minute of processor, which grows with the
 * memory; a new account may give no more than 3,008.
 */
const memoryOf = (file: string, isLarge: boolean): number => {
  if (documentFunctions.has(file)) return isLarge ? 3008 : 1024;
  return isLarge ? 1024 : 512;
};

/** The machines, the functions that they call, and what starts at a time of its own. */
export class WorkflowStack extends Stack {
  readonly tasks: Readonly<Record<TaskName, TaskFunction<WorkplaceEnvironment>>>;
  readonly startCycle: TaskFunction<WorkplaceEnvironment>;
  readonly sweep: TaskFunction<WorkplaceEnvironment>;
  readonly runErrand: TaskFunction<WorkplaceEnvironment>;
  readonly machines: Readonly<Record<MachineName, Machine>>;

  constructor(
    scope: Construct,
    id: string,
    props: StackProps & {
      readonly deployment: Deployment;
      readonly data: DataStack;
      readonly mail: MailStack;
      /** Where the pages are. */
      readonly webOrigin: string;
    },
  ) {
    super(scope, id, props);
    const { deployment, data, mail, webOrigin } = props;
    const { config } = deployment;

    const scheduleGroup = new ScheduleGroup(this, 'Schedules', {
      scheduleGroupName: deployment.nameOf('schedules'),
    });
    const scheduleRole = new Role(this, 'ScheduleRole', {
      roleName: deployment.nameOf('schedules'),
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    });

    const workplaceFunction = (
      name: string,
      folder: string,
      needs: readonly Need[],
    ): TaskFunction<WorkplaceEnvironment> => {
      const task = new TaskFunction<WorkplaceEnvironment>(this, pascalCase(name), {
        deployment,
        file: `${folder}/${name}`,
        timeout: large.has(name) ? Duration.minutes(10) : Duration.minutes(1),
        memorySize: memoryOf(`${folder}/${name}`, large.has(name)),
        environment: {
          DIRECTORY_TABLE: deployment.nameOf('directory'),
          CYCLES_TABLE: deployment.nameOf('cycles'),
          INDICATORS_TABLE: deployment.nameOf('indicators'),
          CORRESPONDENCE_TABLE: deployment.nameOf('correspondence'),
          DOCUMENTS_BUCKET: deployment.documentsBucket,
          CYCLE_MACHINE: deployment.machineArn(this, 'cycle'),
          LCPG_MACHINE: deployment.machineArn(this, 'lcpg'),
          LINK_SECRET: data.linkSecret.secretArn,
          WEB_ORIGIN: webOrigin,
          CONFIGURATION_SET: mail.configurationSetName,
          RECEIVES_REPLIES: config.receivesMail ? 'yes' : 'no',
          START_SCHEDULE_GROUP: deployment.nameOf('schedules'),
          START_CYCLE_FUNCTION: deployment.functionArn(this, 'start-cycle'),
          START_SCHEDULE_ROLE: scheduleRole.roleArn,
          SWEEP_GRACE_SECONDS: String(config.sweepGraceSeconds),
        },
      });
      // The typesetter works on several threads: with a heap for each, what one gives back is of no use to the others.
      if (documentFunctions.has(`${folder}/${name}`)) task.function.addEnvironment('MALLOC_ARENA_MAX', '1');
      canReadDirectory(task, deployment);
      canWorkOnCycles(task, deployment);
      for (const need of needs) grant[need](task);
      return task;
    };
    const grant: Readonly<Record<Need, (task: TaskFunction<WorkplaceEnvironment>) => void>> = {
      send: (task) => {
        canSendEmail(task, deployment);
        canKeepLedger(task, deployment);
        canMakeLinks(task, deployment, data.linkSecret);
      },
      'read indicators': (task) => {
        canReadIndicators(task, deployment);
      },
      'keep reports': (task) => {
        canKeepReports(task, deployment);
      },
      'keep figures': (task) => {
        canKeepFigures(task, deployment);
      },
      'read documents': (task) => {
        canReadDocuments(task, deployment);
      },
      'write documents': (task) => {
        canWriteDocuments(task, deployment);
      },
      'schedule cycles': (task) => {
        canScheduleCycles(task, deployment, scheduleRole.roleArn);
      },
      'start cycles': (task) => {
        canStartCycle(task, deployment);
      },
      'start lcpg': (task) => {
        canStartLcpg(task, deployment);
      },
      'wake machines': (task) => {
        canWakeMachines(task, deployment);
      },
      forget: (task) => {
        canForget(task, deployment);
      },
    };

    this.tasks = Object.fromEntries(
      taskNames.map((name) => [name, workplaceFunction(name, 'workflow', taskNeeds[name])]),
    ) as Record<TaskName, TaskFunction<WorkplaceEnvironment>>;
    this.startCycle = workplaceFunction('start-cycle', 'schedule', scheduleNeeds['start-cycle']);
    this.sweep = workplaceFunction('sweep', 'schedule', scheduleNeeds.sweep);
    this.runErrand = workplaceFunction('run-errand', 'schedule', scheduleNeeds['run-errand']);
    for (const task of [this.startCycle, this.sweep, this.runErrand]) givesUpToDeadLetters(task, deployment);
    scheduleRole.addToPolicy(
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: [deployment.functionArn(this, 'start-cycle'), deployment.functionArn(this, 'sweep')],
      }),
    );

    const functions = Object.fromEntries(
      taskNames.map((name) => [name, this.tasks[name].function]),
    ) as unknown as Record<TaskName, IFunction>;
    this.machines = Object.fromEntries(
      machineNames.map((machine) => [
        machine,
        new Machine(this, `${pascalCase(machine)}Machine`, {
          deployment,
          machine,
          tasks: functions,
        }),
      ]),
    ) as Record<MachineName, Machine>;

    const sweepAt = (partnership: string, look: Look, description: string): void => {
      new Schedule(this, `${look === 'due' ? 'Sweep' : 'SweepAll'}-${partnership}`, {
        scheduleName: sweepScheduleName(config.stage, partnership, look),
        scheduleGroup,
        description,
        schedule: ScheduleExpression.cron({
          minute: String(sweepMinute),
          hour: sweepHours[look].join(','),
          timeZone: TimeZone.EUROPE_LONDON,
        }),
        target: new LambdaInvoke(this.sweep.function, {
          input: ScheduleTargetInput.fromObject({ partnership, look }),
          // It has been allowed above what it needs, which the CDK would double with a wildcard.
          role: scheduleRole.withoutPolicyUpdates(),
          retryAttempts: 2,
          maxEventAge: Duration.minutes(50),
        }),
      });
    };
    for (const { id: partnership } of config.partnerships) {
      sweepAt(partnership, 'due', 'Chases what no machine waits for, and wakes what did not wake.');
      sweepAt(
        partnership,
        'everything',
        'Wakes what a lost message left asleep, and removes what is kept no longer.',
      );
    }

    outputs(this, {
      StartCycleFunction: this.startCycle.function.functionName,
      SweepFunction: this.sweep.function.functionName,
      CycleMachine: deployment.machineArn(this, 'cycle'),
      ScheduleGroup: deployment.nameOf('schedules'),
      ScheduleRole: scheduleRole.roleArn,
    });
  }
}

const pascalCase = (name: string): string =>
  name.replace(/(^|-)([a-z])/g, (_match, _dash, letter: string) => letter.toUpperCase());
