import { AwsSolutionsChecks } from 'cdk-nag';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

import { normalised } from './normalised.ts';
import { productOf, resourcesOf, stackNames, wholeConfig } from './synthesise.ts';

const { app, template } = productOf();

describe('each stack', () => {
  it.each(stackNames)('%s is what it was', async (name) => {
    const file = resolve(import.meta.dirname, `golden/${name}.yaml`);
    await expect(normalised(template(name))).toMatchFileSnapshot(file);
  });

  it.each([
    ['with everything', wholeConfig],
    ['without a domain of its own and without replies', { ...wholeConfig, web: null, receivesMail: false }],
  ])('keeps the rules of AWS Solutions, %s', (_what, config) => {
    const { app: checked } = productOf(config);
    const report = new AwsSolutionsChecks(checked).validateScope(checked);
    expect(
      report.violations.map(
        ({ ruleName, violatingResources }) =>
          `${ruleName}: ${violatingResources.map(({ constructPath }) => constructPath ?? '').join(', ')}`,
      ),
    ).toStrictEqual([]);
  });
});

describe('the functions', () => {
  const makeDocuments = new Set(
    ['send-pack', 'share-return', 'send-chairs-pack', 'compile-report'].map(
      (name) => `lcpg-production-${name}`,
    ),
  );
  const functions = (['mail', 'web', 'workflow'] as const).flatMap((name) =>
    Object.values(resourcesOf(template(name), 'AWS::Lambda::Function')),
  );

  it.each(functions.map(({ Properties }) => [String(Properties['FunctionName']), Properties] as const))(
    '%s runs on Node 24, on arm64 or where its typesetter does, and logs JSON to a group of its own',
    (name, properties) => {
      expect(properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: [makeDocuments.has(name) ? 'x86_64' : 'arm64'],
        Handler: 'index.handler',
        LoggingConfig: { LogFormat: 'JSON' },
        Environment: { Variables: { STAGE: 'production', SERVICE: name.replace('lcpg-production-', '') } },
      });
      expect(JSON.stringify(properties)).not.toContain('CLOCK_');
    },
  );

  it('have no secret among their variables', () => {
    for (const { Properties } of functions)
      expect(JSON.stringify(Properties['Environment'])).not.toMatch(/resolve:secretsmanager|SecretString/);
  });

  it('keep their logs for as long as the configuration says', () => {
    for (const name of ['mail', 'web', 'workflow'] as const)
      for (const { Properties } of Object.values(resourcesOf(template(name), 'AWS::Logs::LogGroup')))
        expect(Properties['RetentionInDays']).toBe(wholeConfig.logRetentionDays);
  });
});

describe('the pages', () => {
  const web = template('web');

  it('are throttled, and their log names routes and no paths', () => {
    const [stage] = Object.values(resourcesOf(web, 'AWS::ApiGatewayV2::Stage'));
    expect(stage?.Properties).toMatchObject({
      DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
    });
    const { Format } = stage?.Properties['AccessLogSettings'] as { readonly Format: string };
    expect(Format).toContain('$context.routeKey');
    for (const personal of ['path', 'Path', 'sourceIp', 'identity', 'userAgent', 'queryString'])
      expect(Format).not.toContain(personal);
  });

  it('have one route, to one function', () => {
    const routes = Object.values(resourcesOf(web, 'AWS::ApiGatewayV2::Route'));
    expect(routes.map(({ Properties }) => Properties['RouteKey'])).toStrictEqual(['$default']);
  });

  it('are reached by their own domain only, where there is one', () => {
    web.hasResourceProperties('AWS::ApiGatewayV2::Api', { DisableExecuteApiEndpoint: true });
    web.hasOutput('WebDomainTarget', {});
    const plain = productOf({ ...wholeConfig, web: null }).template('web');
    plain.hasResourceProperties('AWS::ApiGatewayV2::Api', { DisableExecuteApiEndpoint: false });
    plain.resourceCountIs('AWS::ApiGatewayV2::DomainName', 0);
  });
});

describe('the mail', () => {
  const mail = template('mail');

  it('tells what became of every email', () => {
    mail.hasResourceProperties('AWS::SES::ConfigurationSetEventDestination', {
      EventDestination: {
        Enabled: true,
        MatchingEventTypes: ['send', 'delivery', 'deliveryDelay', 'bounce', 'complaint', 'reject'],
      },
    });
    mail.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'lambda' });
  });

  it('takes in replies where the region can, and only there', () => {
    mail.hasResourceProperties('AWS::SES::ReceiptRule', {
      Rule: { Recipients: ['reply.kent.example.org'], ScanEnabled: true, TlsPolicy: 'Require' },
    });
    for (const other of [productOf({ ...wholeConfig, receivesMail: false }), productOf(wholeConfig, true)]) {
      other.template('mail').resourceCountIs('AWS::SES::ReceiptRule', 0);
      other.template('mail').resourceCountIs('AWS::S3::Bucket', 0);
    }
  });

  it('prints the DNS records that it needs', () => {
    for (const name of ['Dkim1', 'Dkim2', 'Dkim3', 'MailFromMx', 'MailFromSpf', 'Dmarc', 'RepliesMx1'])
      mail.hasOutput(name, {});
  });
});

describe('the schedules', () => {
  it('sweep each partnership every hour by the clock of London', () => {
    const schedules = Object.values(
      resourcesOf(
        productOf({
          ...wholeConfig,
          partnerships: ['kent', 'surrey'].map((id) => ({ id, sender: `${id}@kent.example.org` })),
        }).template('workflow'),
        'AWS::Scheduler::Schedule',
      ),
    ).map(({ Properties }) => Properties);
    for (const schedule of schedules)
      expect(schedule).toMatchObject({
        ScheduleExpressionTimezone: 'Europe/London',
        State: 'ENABLED',
      });
    const everything = 'cron(5 3,9,15,21 * * ? *)';
    const due = 'cron(5 0,1,2,4,5,6,7,8,10,11,12,13,14,16,17,18,19,20,22,23 * * ? *)';
    expect(
      schedules
        .map(({ Target, ScheduleExpression }) => [(Target as { Input: string }).Input, ScheduleExpression])
        .sort(),
    ).toStrictEqual([
      ['{"partnership":"kent","look":"due"}', due],
      ['{"partnership":"kent","look":"everything"}', everything],
      ['{"partnership":"surrey","look":"due"}', due],
      ['{"partnership":"surrey","look":"everything"}', everything],
    ]);
  });

  it('hand what fails for good to the dead letters', () => {
    const functions = ['mail', 'workflow'] as const;
    const configs = functions.flatMap((name) =>
      Object.values(resourcesOf(template(name), 'AWS::Lambda::EventInvokeConfig')),
    );
    expect(configs).toHaveLength(5);
    for (const { Properties } of configs)
      expect(JSON.stringify(Properties['DestinationConfig'])).toContain('lcpg-production-dead-letters');
  });
});

describe('a fast clock', () => {
  it('reaches every function of a rehearsal', () => {
    const clock = { start: '2026-09-16T08:00:00Z', realStart: '2026-01-01T00:00:00Z', speed: 600 };
    const { template: rehearsal } = productOf({ ...wholeConfig, stage: 'rehearsal', clock });
    for (const name of ['mail', 'web', 'workflow'] as const)
      for (const { Properties } of Object.values(resourcesOf(rehearsal(name), 'AWS::Lambda::Function')))
        expect(Properties['Environment']).toMatchObject({
          Variables: { CLOCK_START: clock.start, CLOCK_REAL_START: clock.realStart, CLOCK_SPEED: '600' },
        });
  });
});

it('has no watch stack on a local AWS', () => {
  expect([...productOf(wholeConfig, true).templates.keys()]).toStrictEqual([
    'data',
    'mail',
    'web',
    'workflow',
  ]);
  expect(app.node.children.length).toBeGreaterThanOrEqual(5);
});
