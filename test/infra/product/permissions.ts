import type { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';

import { functionFiles } from '../../../infra/product.ts';
import { taskNames } from '../../../statemachines/load.ts';
import { productOf, resourcesOf } from './synthesise.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const listOf = <Thing>(value: Thing | readonly Thing[]): readonly Thing[] =>
  Array.isArray(value) ? (value as readonly Thing[]) : [value as Thing];

/** The statements of every role of a template, by the role's logical id. */
const statementsByRole = (template: Template): ReadonlyMap<string, readonly Statement[]> => {
  const byRole = new Map<string, Statement[]>();
  for (const { Properties } of Object.values(resourcesOf(template, 'AWS::IAM::Policy'))) {
    const { Statement: statements } = Properties['PolicyDocument'] as { readonly Statement: Statement[] };
    for (const { Ref } of Properties['Roles'] as { readonly Ref: string }[])
      byRole.set(Ref, [...(byRole.get(Ref) ?? []), ...statements]);
  }
  return byRole;
};

const { template } = productOf();

/** The statements of every function, by its name. */
const functions = new Map(
  (['mail', 'web', 'workflow'] as const).flatMap((stack) => {
    const roles = statementsByRole(template(stack));
    return Object.values(resourcesOf(template(stack), 'AWS::Lambda::Function')).map(({ Properties }) => {
      const role = (Properties['Role'] as { 'Fn::GetAtt': string[] })['Fn::GetAtt'][0] ?? '';
      return [
        String(Properties['FunctionName']).replace('lcpg-production-', ''),
        roles.get(role) ?? [],
      ] as const;
    });
  }),
);

const read = ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'];
const change = ['dynamodb:ConditionCheckItem', 'dynamodb:DeleteItem', 'dynamodb:PutItem'];
const wake = ['states:SendTaskFailure', 'states:SendTaskSuccess'];

/** Actions by the thing that they are allowed on. */
type Access = Readonly<Record<string, readonly string[]>>;

const ownLog: Access = { log: ['logs:CreateLogStream', 'logs:PutLogEvents'] };
const indexed = (table: string, actions: readonly string[]): Access => ({
  [`table/${table}`]: actions,
  [`table/${table}/index/*`]: actions,
});
/** What every stage of the cycle may do. */
const stage: Access = {
  ...ownLog,
  ...indexed('directory', read),
  ...indexed('cycles', [...read, ...change]),
};
const send: Access = {
  ...stage,
  'table/directory': [...read, 'dynamodb:BatchWriteItem'],
  ...indexed('correspondence', [...read, ...change]),
  LinkSecret: ['secretsmanager:GetSecretValue'],
  'identity/kent.example.org': ['ses:SendRawEmail'],
  'configuration-set/mail': ['ses:SendRawEmail'],
};
const indicators: Access = { 'table/indicators': read };
const documents: Access = { 'documents/*': ['s3:PutObject'] };
const wakes: Access = { 'stateMachine:ask': wake, 'stateMachine:lcpg': wake };
const givesUp: Access = { 'dead-letters': ['sqs:SendMessage'] };

const expected: Readonly<Record<string, Access>> = {
  'open-cycle': { ...stage, 'table/indicators': [...read, 'dynamodb:BatchWriteItem'], ...documents },
  'invite-members': send,
  'await-moment': { ...stage, ...wakes },
  'remind-members': send,
  'send-pack': { ...send, ...indicators, ...documents },
  'share-return': { ...send, ...indicators, ...documents },
  'record-stopped-part': send,
  'distribute-minutes': send,
  'pass-on-board-answers': send,
  'send-chairs-pack': { ...send, ...indicators, ...documents },
  'compile-report': {
    ...stage,
    'table/indicators': [...read, 'dynamodb:BatchWriteItem'].sort(),
    ...documents,
    'table/cycles': [...read, ...change, 'dynamodb:BatchWriteItem'].sort(),
  },
  'close-cycle': {
    ...stage,
    documents: ['s3:ListBucket'],
    'documents/*': ['s3:GetObject', 's3:PutObject'],
    'role/schedules': ['iam:PassRole'],
    'schedule/schedules/*': ['scheduler:CreateSchedule', 'scheduler:UpdateSchedule'],
  },
  'open-request': { ...send, ...indicators },
  'await-answer': { ...stage, ...wakes },
  'follow-up-request': send,
  'start-cycle': { ...stage, ...givesUp, 'stateMachine:cycle': ['states:StartExecution'] },
  sweep: {
    ...send,
    ...indicators,
    ...givesUp,
    'stateMachine:ask': wake,
    'stateMachine:lcpg': [...wake, 'states:StartExecution'],
    'table/cycles': [...read, ...change, 'dynamodb:BatchWriteItem'].sort(),
    'table/correspondence': [...read, ...change, 'dynamodb:BatchWriteItem'].sort(),
    documents: ['s3:ListBucket'],
    'documents/*': ['s3:DeleteObject', 's3:GetObject'],
  },
  'run-errand': { ...send, ...indicators, ...wakes, ...givesUp },
  'record-delivery': { ...ownLog, ...indexed('correspondence', [...read, ...change]), ...givesUp },
  'receive-mail': {
    ...send,
    ...wakes,
    ...documents,
    ...givesUp,
    'incoming-mail/*': ['s3:GetObject'],
    'function:run-errand': ['lambda:InvokeFunction'],
  },
  'handle-request': {
    ...stage,
    ...indicators,
    'stateMachine:ask': wake,
    'stateMachine:lcpg': [...wake, 'states:StartExecution'],
    'function:run-errand': ['lambda:InvokeFunction'],
    documents: ['s3:ListBucket'],
    'documents/*': ['s3:GetObject', 's3:PutObject'],
  },
};

/** The short name of what a statement is about. */
const nameOf = (resource: unknown, functionName: string): string => {
  const text = typeof resource === 'string' ? resource : JSON.stringify(resource);
  if (text.includes('LinkSecret')) return 'LinkSecret';
  if (text.includes('ScheduleRole')) return 'role/schedules';
  const short = text
    .replace(/^arn:aws:[a-z0-9]+:(eu-west-2)?:(111122223333)?:/, '')
    .replace('-111122223333-eu-west-2', '')
    .replaceAll('lcpg-production-', '');
  return short === `log-group:/aws/lambda/${functionName}:log-stream:*` ? 'log' : short;
};

const accessOf = (name: string, statements: readonly Statement[]): Access => {
  const access: Record<string, string[]> = {};
  for (const { Action, Resource } of statements)
    for (const resource of listOf(Resource)) {
      const thing = nameOf(resource, name);
      access[thing] = [...sorted([...(access[thing] ?? []), ...listOf(Action)])];
    }
  return access;
};

const sorted = (actions: Iterable<string>): readonly string[] => [...new Set(actions)].sort();

describe('each function may do what it does, and nothing else', () => {
  it('is listed here', () => {
    expect(sorted(functions.keys())).toStrictEqual(sorted(Object.keys(expected)));
    expect(sorted(functions.keys())).toStrictEqual(
      sorted(functionFiles.map((file) => file.split('/')[1] ?? '')),
    );
  });

  it.each(Object.entries(expected))('%s', (name, access) => {
    const statements = functions.get(name) ?? [];
    expect(accessOf(name, statements)).toStrictEqual(
      Object.fromEntries(Object.entries(access).map(([thing, actions]) => [thing, sorted(actions)])),
    );
    expect(statements.every(({ Effect }) => Effect === 'Allow')).toBe(true);
  });

  it('is given no policies of others', () => {
    for (const stack of ['mail', 'web', 'workflow'] as const)
      for (const { Properties } of Object.values(resourcesOf(template(stack), 'AWS::IAM::Role')))
        expect(Properties).not.toHaveProperty('ManagedPolicyArns');
  });
});

const statementsOf = (action: string): readonly (readonly [string, Statement])[] =>
  [...functions].flatMap(([name, statements]) =>
    statements
      .filter(({ Action }) => listOf(Action).includes(action))
      .map((statement) => [name, statement] as const),
  );

describe('what is limited further', () => {
  it.each(statementsOf('ses:SendRawEmail'))(
    '%s sends from our senders, by our identity',
    (_name, statement) => {
      expect(statement.Resource).toStrictEqual([
        'arn:aws:ses:eu-west-2:111122223333:configuration-set/lcpg-production-mail',
        'arn:aws:ses:eu-west-2:111122223333:identity/kent.example.org',
      ]);
      expect(statement.Condition).toStrictEqual({
        StringEquals: { 'ses:FromAddress': ['lcpg@kent.example.org'] },
      });
    },
  );

  it('lets links be written to the Directory, people be removed by the sweep, and nothing else', () => {
    const condition = (keys: string) => ({
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [keys] },
      Null: { 'dynamodb:LeadingKeys': 'false' },
    });
    const table = 'arn:aws:dynamodb:eu-west-2:111122223333:table/lcpg-production-directory';
    for (const [name, { Action, Resource, Condition }] of [
      ...statementsOf('dynamodb:BatchWriteItem'),
      ...statementsOf('dynamodb:PutItem'),
      ...statementsOf('dynamodb:DeleteItem'),
    ])
      if (listOf(Resource).includes(table)) {
        expect(listOf(Action), name).toStrictEqual(['dynamodb:BatchWriteItem']);
        const allowed = [condition('LINK#*'), ...(name === 'sweep' ? [condition('*#PERSON#*')] : [])];
        expect(allowed, name).toContainEqual(Condition);
      }
    expect(JSON.stringify(statementsOf('dynamodb:BatchWriteItem'))).toContain(table);
  });

  it('lets the report keep in the cycles what it said, and nothing else without its audit row', () => {
    const table = 'arn:aws:dynamodb:eu-west-2:111122223333:table/lcpg-production-cycles';
    const of = statementsOf('dynamodb:BatchWriteItem').filter(([, { Resource }]) =>
      listOf(Resource).includes(table),
    );
    expect(of.map(([name]) => name).sort()).toStrictEqual(['compile-report', 'sweep']);
    expect(of.find(([name]) => name === 'compile-report')?.[1].Condition).toStrictEqual({
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['*#REPORTS', '*#REPORTED'] },
      Null: { 'dynamodb:LeadingKeys': 'false' },
    });
  });

  it('passes its role to the scheduler only', () => {
    const [[, statement] = []] = statementsOf('iam:PassRole');
    expect(statement?.Condition).toStrictEqual({
      StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' },
    });
  });
});

describe('the machines', () => {
  const roles = statementsByRole(template('workflow'));
  const actionsOf = (machine: string): readonly string[] => {
    const [, statements = []] = [...roles].find(([role]) => role.startsWith(`${machine}Machine`)) ?? [];
    return sorted(
      statements
        .flatMap(({ Action }) => listOf(Action))
        // Delivery of logs, as Step Functions wants it for every machine.
        .filter((action) => !action.startsWith('logs:')),
    );
  };
  const run = [
    'events:DescribeRule',
    'events:PutRule',
    'events:PutTargets',
    'states:DescribeExecution',
    'states:StartExecution',
    'states:StopExecution',
  ];

  it.each([
    ['Ask', ['lambda:InvokeFunction']],
    ['Lcpg', ['lambda:InvokeFunction', ...run]],
    ['Cycle', ['lambda:InvokeFunction', ...run, 'states:RedriveExecution', 's3:GetObject']],
  ])('%s may do what its definition does', (machine, actions) => {
    expect(actionsOf(machine)).toStrictEqual(sorted(actions));
  });

  it('call every task between them', () => {
    const text = JSON.stringify([...roles]);
    for (const name of taskNames) {
      const id = name.replace(/(^|-)([a-z])/g, (_match, _dash, letter: string) => letter.toUpperCase());
      expect(text, name).toContain(`"Fn::GetAtt":["${id}Function`);
    }
  });
});
