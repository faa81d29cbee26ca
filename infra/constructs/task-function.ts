import type { Duration } from 'aws-cdk-lib';
import { ArnFormat, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { join, resolve } from 'node:path';

import type { CommonEnvironment } from '../../shared/contracts/environment.ts';
import { bundleFolder, documentFunctions } from '../build/functions.ts';
import type { Deployment } from './deployment.ts';

const root = resolve(import.meta.dirname, '../..');

export interface TaskFunctionProps<Environment extends CommonEnvironment> {
  readonly deployment: Deployment;
  /** Its file in `functions`, without its ending, such as `workflow/open-cycle`. */
  readonly file: string;
  /** All variables of the schema that the function reads, but those that every function has. */
  readonly environment: Omit<Environment, keyof CommonEnvironment>;
  readonly timeout: Duration;
  readonly memorySize?: number;
}

/** One function of `functions`: its own bundle, its own role with nothing but its own log, its own log group. */
export class TaskFunction<Environment extends CommonEnvironment> extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: TaskFunctionProps<Environment>) {
    super(scope, id);
    const name = props.file.split('/').at(-1) ?? props.file;
    const functionName = props.deployment.nameOf(name);
    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: props.deployment.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const logStreams = Stack.of(this).formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: `/aws/lambda/${functionName}:log-stream:*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logStreams],
      }),
    );
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${logStreams}]`,
      reason: 'Lambda names the streams of a log group.',
    });
    // Tests look at the templates alone; they leave the bundles out as they do elsewhere in the CDK.
    const bundled = Stack.of(this).bundlingRequired;
    this.function = new LambdaFunction(this, 'Function', {
      functionName,
      code: Code.fromAsset(bundled ? bundleFolder(props.file) : join(root, 'statemachines')),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: documentFunctions.has(props.file) ? Architecture.X86_64 : Architecture.ARM_64,
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      timeout: props.timeout,
      memorySize: props.memorySize ?? 512,
      environment: { ...props.deployment.commonVariables(name), ...props.environment },
    });
  }
}
