import type { StackProps } from 'aws-cdk-lib';
import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  DomainName,
  HttpApi,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

import type { WebEnvironment } from '../../shared/contracts/environment.ts';
import type { Deployment } from '../constructs/deployment.ts';
import { outputs } from '../constructs/outputs.ts';
import { TaskFunction } from '../constructs/task-function.ts';
import {
  canReadDirectory,
  canReadDocuments,
  canReadIndicators,
  canRunErrands,
  canStartLcpg,
  canWakeMachines,
  canWorkOnCycles,
  canWriteDocuments,
} from '../grants.ts';

/** The pages: an HTTP API before one function. */
export class WebStack extends Stack {
  readonly api: HttpApi;
  readonly function: TaskFunction<WebEnvironment>;
  /** Where the pages are, without a slash at the end. */
  readonly origin: string;

  constructor(scope: Construct, id: string, props: StackProps & { readonly deployment: Deployment }) {
    super(scope, id, props);
    const { deployment } = props;
    const { config } = deployment;

    const domain =
      config.web === null
        ? undefined
        : new DomainName(this, 'Domain', {
            domainName: config.web.domain,
            certificate: Certificate.fromCertificateArn(this, 'Certificate', config.web.certificate),
          });
    this.api = new HttpApi(this, 'Api', {
      apiName: deployment.nameOf('web'),
      createDefaultStage: false,
      disableExecuteApiEndpoint: domain !== undefined,
    });
    this.origin = config.web === null ? this.api.apiEndpoint : `https://${config.web.domain}`;

    this.function = new TaskFunction<WebEnvironment>(this, 'HandleRequest', {
      deployment,
      file: 'web/handle-request',
      // The HTTP API waits no longer than 30 seconds.
      timeout: Duration.seconds(20),
      memorySize: 1024,
      environment: {
        DIRECTORY_TABLE: deployment.nameOf('directory'),
        CYCLES_TABLE: deployment.nameOf('cycles'),
        INDICATORS_TABLE: deployment.nameOf('indicators'),
        DOCUMENTS_BUCKET: deployment.documentsBucket,
        CYCLE_MACHINE: deployment.machineArn(this, 'cycle'),
        LCPG_MACHINE: deployment.machineArn(this, 'lcpg'),
        WEB_ORIGIN: this.origin,
        ERRAND_FUNCTION: deployment.nameOf('run-errand'),
      },
    });
    const { function: handleRequest } = this.function;
    canReadDirectory(this.function, deployment);
    canWorkOnCycles(this.function, deployment);
    canReadIndicators(this.function, deployment);
    canReadDocuments(this.function, deployment);
    canWriteDocuments(this.function, deployment);
    canWakeMachines(this.function, deployment);
    canStartLcpg(this.function, deployment);
    canRunErrands(this.function, deployment);

    const route = new HttpRoute(this, 'Default', {
      httpApi: this.api,
      routeKey: HttpRouteKey.DEFAULT,
      integration: new HttpLambdaIntegration('ToFunction', handleRequest),
    });
    const accessLog = new LogGroup(this, 'AccessLog', {
      logGroupName: `/aws/apigateway/${deployment.nameOf('web')}`,
      retention: deployment.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: config.requestsPerSecond, burstLimit: config.requestsPerSecond * 2 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLog),
        // By route and never by path: a path holds the token of a link.
        format: AccessLogFormat.custom(
          JSON.stringify({
            requestId: '$context.requestId',
            at: '$context.requestTimeEpoch',
            route: '$context.routeKey',
            method: '$context.httpMethod',
            status: '$context.status',
            milliseconds: '$context.responseLatency',
            bytes: '$context.responseLength',
            fault: '$context.integrationErrorMessage',
          }),
        ),
      },
      ...(domain === undefined ? {} : { domainMapping: { domainName: domain } }),
    });
    Validations.of(route).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason:
        'Members have no accounts: the 256-bit token in a link is what authorises, and the function checks it on ' +
        'every request.',
    });
    outputs(this, {
      WebOrigin: this.origin,
      // The address to which the DNS name of the pages has to point.
      ...(domain === undefined ? {} : { WebDomainTarget: domain.regionalDomainName }),
    });
  }
}
