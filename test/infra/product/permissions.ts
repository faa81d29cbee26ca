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
const log = ['logs:CreateLogStream', 'logs:PutLogEvents'];
/** What every stage of the cycle may do: read the Directory, work on the cycles. */
const stage = [...read, ...change, ...log];
const send = ['dynamodb:BatchWriteItem', 'secretsmanager:GetSecretValue', 'ses:SendRawEmail'];
const wake = ['states:SendTaskFailure', 'states:SendTaskSuccess'];
const failureDestination = ['sqs:SendMessage'];

const expected: Readonly<Record<string, readonly string[]>> = {
  'open-cycle': [...stage, 'dynamodb:BatchWriteItem', 's3:PutObject'],
  'invite-members': [...stage, ...send],
  'await-moment': [...stage, ...wake],
  'remind-members': [...stage, ...send],
  'send-pack': [...stage, ...send],
  'share-return': [...stage, ...send],
  'record-stopped-part': [...stage, ...send],
  'distribute-minutes': [...stage, ...send],
  'pass-on-board-answers': [...stage, ...send],
  'send-chairs-pack': [...stage, ...send, 's3:PutObject'],
  'compile-report': [...stage, ...send, 's3:PutObject'],
  'close-cycle': [...stage, 'iam:PassRole', 'scheduler:CreateSchedule', 'scheduler:UpdateSchedule'],
  'open-request': [...stage, ...send],
  'await-answer': [...stage, ...wake],
  'follow-up-request': [...stage, ...send],
  'start-cycle': [...stage, ...failureDestination, 'states:StartExecution'],
  sweep: [...stage, ...send, ...wake, ...failureDestination],
  'record-delivery': [...read, ...change, ...log, ...failureDestination],
  'receive-mail': [...read, ...log, ...failureDestination, 's3:GetObject', 'ses:SendRawEmail'],
  'handle-request': [
    ...stage,
    ...wake,
    's3:GetObject',
    's3:ListBucket',
    's3:PutObject',
    'states:StartExecution',
  ],
};

const sorted = (actions: Iterable<string>): readonly string[] => [...new Set(actions)].sort();

describe('each function may do what it does, and nothing else', () => {
  it('is listed here', () => {
    expect(sorted(functions.keys())).toStrictEqual(sorted(Object.keys(expected)));
    expect(sorted(functions.keys())).toStrictEqual(
      sorted(functionFiles.map((file) => file.split('/')[1] ?? '')),
    );
  });

  it.each(Object.entries(expected))('%s', (name, actions) => {
    const statements = functions.get(name) ?? [];
    expect(sorted(statements.flatMap(({ Action }) => listOf(Action)))).toStrictEqual(sorted(actions));
    for (const { Effect, Resource } of statements) {
      expect(Effect).toBe('Allow');
      expect(listOf(Resource)).not.toContain('*');
    }
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

  it('lets links be written to the Directory, and nothing else', () => {
    const table = 'arn:aws:dynamodb:eu-west-2:111122223333:table/lcpg-production-directory';
    for (const [name, { Action, Resource, Condition }] of [
      ...statementsOf('dynamodb:BatchWriteItem'),
      ...statementsOf('dynamodb:PutItem'),
      ...statementsOf('dynamodb:DeleteItem'),
    ])
      if (listOf(Resource).includes(table)) {
        expect(listOf(Action), name).toStrictEqual(['dynamodb:BatchWriteItem']);
        expect(Condition, name).toStrictEqual({
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['LINK#*'] },
          Null: { 'dynamodb:LeadingKeys': 'false' },
        });
      }
    expect(JSON.stringify(statementsOf('dynamodb:BatchWriteItem'))).toContain(table);
  });

  it('passes its role to the scheduler only', () => {
    const [[, statement] = []] = statementsOf('iam:PassRole');
    expect(statement?.Condition).toStrictEqual({
      StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' },
    });
  });

  it('lets the web function read and write documents, but no emails and no ledger', () => {
    const all = JSON.stringify(functions.get('handle-request'));
    expect(all).not.toContain('ses:');
    expect(all).not.toContain('correspondence');
    expect(all).not.toContain('secretsmanager');
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
    ['Cycle', ['lambda:InvokeFunction', ...run, 's3:GetObject']],
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
