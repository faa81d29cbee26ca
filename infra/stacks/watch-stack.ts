import type { StackProps } from 'aws-cdk-lib';
import { Duration, Stack } from 'aws-cdk-lib';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { Dashboard, GraphWidget, MathExpression, Metric, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { FilterPattern, LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';

import type { LogCode } from '../../shared/observe/log-catalogue.ts';
import type { MachineName, TaskName } from '../../statemachines/load.ts';
import type { Deployment } from '../constructs/deployment.ts';
import type { DocumentedAlarmProps } from '../constructs/documented-alarm.ts';
import { DocumentedAlarm } from '../constructs/documented-alarm.ts';
import type { DataStack } from './data-stack.ts';
import type { MailStack } from './mail-stack.ts';
import type { WebStack } from './web-stack.ts';
import type { WorkflowStack } from './workflow-stack.ts';

/** The sum of metrics; an alarm takes at most ten. */
const sum = (metrics: readonly IMetric[], period: Duration, label: string): MathExpression =>
  new MathExpression({
    expression: metrics.map((_, index) => `FILL(m${String(index)}, 0)`).join(' + '),
    usingMetrics: Object.fromEntries(metrics.map((metric, index) => [`m${String(index)}`, metric])),
    period,
    label,
  });

const tasksOf: Readonly<Record<MachineName, readonly TaskName[]>> = {
  ask: ['open-request', 'await-answer', 'follow-up-request'],
  lcpg: ['invite-members', 'await-moment', 'remind-members', 'send-pack', 'share-return'],
  cycle: [
    'open-cycle',
    'record-stopped-part',
    'distribute-minutes',
    'pass-on-board-answers',
    'send-chairs-pack',
    'compile-report',
    'close-cycle',
  ],
};

/** Tells the administrator what needs a person. */
export class WatchStack extends Stack {
  readonly alarms: DocumentedAlarm[] = [];

  constructor(
    scope: Construct,
    id: string,
    props: StackProps & {
      readonly deployment: Deployment;
      readonly data: DataStack;
      readonly mail: MailStack;
      readonly web: WebStack;
      readonly workflow: WorkflowStack;
    },
  ) {
    super(scope, id, props);
    const { deployment, data, mail, web, workflow } = props;
    const minutes = (count: number) => Duration.minutes(count);

    const topic = new Topic(this, 'Alarms', { topicName: deployment.nameOf('alarms'), enforceSSL: true });
    topic.addSubscription(new EmailSubscription(deployment.config.administrator));
    const alarm = (
      alarmId: string,
      alarmProps: Omit<DocumentedAlarmProps, 'deployment' | 'tells' | 'silence'> &
        Partial<Pick<DocumentedAlarmProps, 'silence'>>,
    ): void => {
      this.alarms.push(
        new DocumentedAlarm(this, alarmId, { deployment, tells: topic, silence: 'fine', ...alarmProps }),
      );
    };

    const ended = (machine: MachineName): MathExpression => {
      const { stateMachine } = workflow.machines[machine];
      const of = { period: minutes(5), statistic: 'sum' };
      return sum(
        [stateMachine.metricFailed(of), stateMachine.metricTimedOut(of), stateMachine.metricAborted(of)],
        minutes(5),
        `executions of ${machine} that did not succeed`,
      );
    };
    alarm('cycle-stopped', {
      impact: 'A cycle has stopped: nobody is asked or reminded any more, and its report will not be sent.',
      runbookEntry: 'A cycle has stopped',
      metric: ended('cycle'),
      when: { atLeast: 1 },
    });
    alarm('lcpg-stopped', {
      impact:
        "An LCPG's part of a cycle has stopped: its members are no longer asked, and it will be nil in the report.",
      runbookEntry: "An LCPG's part has stopped",
      metric: ended('lcpg'),
      when: { atLeast: 1 },
    });
    alarm('request-stopped', {
      impact: 'A request is no longer followed up: its person gets no reminder.',
      runbookEntry: 'A request has stopped',
      metric: ended('ask'),
      when: { atLeast: 1 },
    });

    const errors = (
      functions: readonly { readonly function: { metricErrors(of: object): IMetric } }[],
      label: string,
    ) =>
      sum(
        functions.map(({ function: fn }) => fn.metricErrors({ period: minutes(15), statistic: 'sum' })),
        minutes(15),
        label,
      );
    for (const [machine, tasks] of Object.entries(tasksOf))
      alarm(`${machine}-tasks-failing`, {
        impact:
          'Steps of a cycle fail again and again; each is tried many times before its part stops, an email that cannot be sent for about a day.',
        runbookEntry: 'Steps of a cycle fail',
        metric: errors(
          tasks.map((name) => workflow.tasks[name]),
          `errors in the tasks of ${machine}`,
        ),
        when: { atLeast: 5 },
      });
    alarm('background-failing', {
      impact:
        'The sweep, an email asked for on a page, the start of a cycle or the news of deliveries failed; each is tried twice more.',
      runbookEntry: 'Background work fails',
      metric: errors(
        [workflow.sweep, workflow.runErrand, workflow.startCycle, ...mail.functions],
        'errors of the sweep, the errands, the start of cycles and the mail functions',
      ),
      when: { atLeast: 3 },
    });
    alarm('sweep-silent', {
      impact: 'Nothing has been swept for three hours: late answers and lost messages are not noticed.',
      runbookEntry: 'The sweep is silent',
      metric: workflow.sweep.function.metricInvocations({ period: Duration.hours(1), statistic: 'sum' }),
      when: { below: 1 },
      periods: 3,
      silence: 'alarming',
    });
    alarm('dead-letters', {
      impact:
        'Something was given up after all its tries: an email event, a reply, a sweep or the start of a cycle.',
      runbookEntry: 'Dead letters',
      metric: data.deadLetters.metricApproximateNumberOfMessagesVisible({
        period: minutes(5),
        statistic: 'max',
      }),
      when: { atLeast: 1 },
    });
    const notMade = (['send-pack', 'share-return', 'send-chairs-pack', 'compile-report'] as const).map(
      (name) =>
        new MetricFilter(this, `FormNotMade-${name}`, {
          logGroup: LogGroup.fromLogGroupName(this, `Log-${name}`, `/aws/lambda/${deployment.nameOf(name)}`),
          filterPattern: FilterPattern.stringValue('$.code', '=', 'FORM_NOT_MADE' satisfies LogCode),
          metricNamespace: deployment.nameOf('documents'),
          metricName: `not-made-by-${name}`,
          metricValue: '1',
        }).metric({ period: minutes(15), statistic: 'sum' }),
    );
    alarm('form-not-made', {
      impact:
        'The report, a pack or an extract went out as a page, without its PDF, its Word file or its data.',
      runbookEntry: 'A PDF or Word file is missing',
      metric: sum(notMade, minutes(15), 'forms of documents that could not be made'),
      when: { atLeast: 1 },
    });
    const ses = (metricName: string): Metric =>
      new Metric({ namespace: 'AWS/SES', metricName, period: Duration.hours(1), statistic: 'avg' });
    alarm('bounce-rate', {
      impact: 'Many addresses do not exist: AWS reviews an account at 5 % and stops its sending at 10 %.',
      runbookEntry: 'Many emails bounce',
      metric: ses('Reputation.BounceRate'),
      when: { atLeast: 0.04 },
    });
    alarm('complaint-rate', {
      impact: 'Readers report the emails as unwanted: AWS reviews an account at 0.1 %.',
      runbookEntry: 'Readers complain',
      metric: ses('Reputation.ComplaintRate'),
      when: { atLeast: 0.0008 },
    });
    alarm('web-failing', {
      impact: 'People see an error page instead of the question that they were asked.',
      runbookEntry: 'Pages fail',
      metric: web.api.metricServerError({ period: minutes(5), statistic: 'sum' }),
      when: { atLeast: 3 },
    });
    alarm('functions-throttled', {
      impact: 'More functions want to run at once than the account allows: emails and pages are late.',
      runbookEntry: 'Throttled',
      metric: new Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Throttles',
        period: minutes(5),
        statistic: 'sum',
      }),
      when: { atLeast: 1 },
    });
    const throttleEvents = (table: Table, metricName: string): Metric =>
      new Metric({
        namespace: 'AWS/DynamoDB',
        metricName,
        dimensionsMap: { TableName: table.tableName },
        period: minutes(5),
        statistic: 'sum',
      });
    alarm('tables-throttled', {
      impact: 'The tables refuse requests for now: what is refused is tried again, and is late.',
      runbookEntry: 'Throttled',
      metric: sum(
        Object.values(data.tables).flatMap((table) => [
          throttleEvents(table, 'ReadThrottleEvents'),
          throttleEvents(table, 'WriteThrottleEvents'),
        ]),
        minutes(5),
        'refused requests',
      ),
      when: { atLeast: 10 },
    });

    this.#dashboard(deployment, workflow, web);
  }

  #dashboard(deployment: Deployment, workflow: WorkflowStack, web: WebStack): void {
    const period = Duration.hours(1);
    const graph = (title: string, metrics: readonly IMetric[]): GraphWidget =>
      new GraphWidget({ title, left: [...metrics], width: 12, height: 6 });
    const machines = Object.values(workflow.machines).map(({ stateMachine }) => stateMachine);
    const ses = (metricName: string): Metric =>
      new Metric({ namespace: 'AWS/SES', metricName, period, statistic: 'sum' });
    new Dashboard(this, 'Dashboard', {
      dashboardName: deployment.nameOf('dashboard'),
      widgets: [
        [
          new TextWidget({
            markdown: `# ${deployment.nameOf('')}what happens, by the hour. What to do about an alarm: RUNBOOK.md.`,
            width: 24,
            height: 2,
          }),
        ],
        [
          graph(
            'Executions begun',
            machines.map((machine) => machine.metricStarted({ period })),
          ),
          graph(
            'Executions that failed',
            machines.map((machine) => machine.metricFailed({ period })),
          ),
        ],
        [
          graph('Emails', ['Send', 'Delivery', 'Bounce', 'Complaint'].map(ses)),
          graph('Pages', [
            web.api.metricCount({ period }),
            web.api.metricClientError({ period }),
            web.api.metricServerError({ period }),
          ]),
        ],
        [
          graph('Slowest pages', [web.api.metricLatency({ period, statistic: 'p99' })]),
          graph(
            'Longest tasks',
            Object.values(workflow.tasks).map(({ function: fn }) =>
              fn.metricDuration({ period, statistic: 'max' }),
            ),
          ),
        ],
      ],
    });
  }
}
