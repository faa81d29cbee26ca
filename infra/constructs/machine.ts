import { ArnFormat, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';

import type { MachineName, Placeholders, TaskName } from '../../statemachines/load.ts';
import { loadMachine, taskNames } from '../../statemachines/load.ts';
import type { Deployment } from './deployment.ts';

export interface MachineProps {
  readonly deployment: Deployment;
  readonly machine: MachineName;
  readonly tasks: Readonly<Record<TaskName, IFunction>>;
}

/** Whether a definition names something, be it in whatever state. */
const names = (definition: unknown, what: string): boolean => JSON.stringify(definition).includes(what);

/** The labels of a definition's Distributed Maps. */
const mapLabels = (definition: unknown): readonly string[] =>
  [...JSON.stringify(definition).matchAll(/"Label":"([^"]+)"/g)].flatMap(([, label]) => label ?? []);

/** One Standard machine: the shipped definition, and a role that may do what the definition does and no more. */
export class Machine extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: MachineProps) {
    super(scope, id);
    const { deployment, machine, tasks } = props;
    const stack = Stack.of(this);
    const definition = loadMachine(machine, {
      ...(Object.fromEntries(taskNames.map((name) => [name, tasks[name].functionArn])) as Record<
        TaskName,
        string
      >),
      askMachine: deployment.machineArn(this, 'ask'),
      lcpgMachine: deployment.machineArn(this, 'lcpg'),
      documentsBucket: deployment.documentsBucket,
    } satisfies Placeholders);
    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/aws/vendedlogs/states/${deployment.nameOf(machine)}`,
      retention: deployment.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.stateMachine = new StateMachine(this, 'Machine', {
      stateMachineName: deployment.nameOf(machine),
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(stack.toJsonString(definition)),
      logs: { level: LogLevel.ERROR, includeExecutionData: false, destination: logGroup },
      tracingEnabled: false,
    });

    const called = taskNames.filter((name) => names(definition, tasks[name].functionArn));
    this.stateMachine.addToRolePolicy(
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: called.map((name) => tasks[name].functionArn),
      }),
    );
    const children = (['ask', 'lcpg'] as const).filter((child) =>
      names(definition, deployment.machineArn(this, child)),
    );
    if (children.length > 0) this.#canRun(deployment, children);
    const labels = mapLabels(definition);
    if (labels.length > 0) this.#canMap(deployment, machine, labels);

    Validations.of(this.stateMachine).acknowledge(
      {
        id: 'AwsSolutions-SF1',
        reason:
          'Errors alone are logged; every transition stands in the execution history for 90 days anyway.',
      },
      {
        id: 'AwsSolutions-SF2',
        reason: 'An execution lasts for weeks and mostly waits for people: a trace of it would show nothing.',
      },
      {
        id: 'AwsSolutions-IAM5[Resource::*]',
        reason: 'Step Functions can be allowed to deliver its logs for all resources only.',
      },
    );
  }

  /** Runs other machines and waits for them: Step Functions hears of their end through a rule of EventBridge. */
  #canRun(deployment: Deployment, children: readonly MachineName[]): void {
    const stack = Stack.of(this);
    this.stateMachine.addToRolePolicy(
      new PolicyStatement({
        actions: ['states:StartExecution'],
        resources: children.map((child) => deployment.machineArn(this, child)),
      }),
    );
    this.stateMachine.addToRolePolicy(
      new PolicyStatement({
        actions: ['states:DescribeExecution', 'states:StopExecution'],
        resources: children.map((child) => this.#executions(`${deployment.nameOf(child)}:*`)),
      }),
    );
    this.stateMachine.addToRolePolicy(
      new PolicyStatement({
        actions: ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'],
        resources: [
          stack.formatArn({
            service: 'events',
            resource: 'rule',
            resourceName: 'StepFunctionsGetEventsForStepFunctionsExecutionRule',
          }),
        ],
      }),
    );
  }

  /**
   * A Distributed Map starts children of the machine's own, runs them again when it is redriven, and reads its items
   * from the documents.
   */
  #canMap(deployment: Deployment, machine: MachineName, labels: readonly string[]): void {
    const name = deployment.nameOf(machine);
    this.stateMachine.addToRolePolicy(
      new PolicyStatement({
        actions: ['states:StartExecution'],
        resources: [deployment.machineArn(this, machine)],
      }),
    );
    this.stateMachine.addToRolePolicy(
      new PolicyStatement({
        actions: ['states:DescribeExecution', 'states:StopExecution'],
        resources: [this.#executions(`${name}:*`), this.#executions(`${name}/*`)],
      }),
    );
    this.stateMachine.addToRolePolicy(
      new PolicyStatement({
        actions: ['states:RedriveExecution'],
        resources: labels.map((label) => this.#executions(`${name}/${label}:*`)),
      }),
    );
    this.stateMachine.addToRolePolicy(
      new PolicyStatement({
        actions: ['s3:GetObject'],
        resources: [
          this.#acknowledged(
            `arn:aws:s3:::${deployment.documentsBucket}/*`,
            "Each cycle's list of groups has a key of its own.",
          ),
        ],
      }),
    );
  }

  #executions(resourceName: string): string {
    return this.#acknowledged(
      Stack.of(this).formatArn({
        service: 'states',
        resource: 'execution',
        resourceName,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
      'The executions that a machine starts have names of their own.',
    );
  }

  /** A resource with a wildcard, with the reason why its name cannot stand there. */
  #acknowledged(all: string, reason: string): string {
    Validations.of(this).acknowledge({ id: `AwsSolutions-IAM5[Resource::${all}]`, reason });
    return all;
  }
}
