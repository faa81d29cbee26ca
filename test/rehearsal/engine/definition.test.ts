import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  type AslDefinition,
  checkDefinitions,
  UnsupportedDefinition,
} from '../../../rehearsal/engine/definition.ts';
import { ask, each, invoke, machine, rehearse, runMachine } from './support.ts';

type Fields = Record<string, unknown>;

const functions = { work: () => null };

function problemsOf(states: Record<string, Fields>, others: Fields = {}): readonly string[] {
  try {
    rehearse({ m: machine(states, others) }, functions);
    return [];
  } catch (error) {
    if (error instanceof UnsupportedDefinition) return error.problems;
    throw error;
  }
}

const work = invoke('work');
const done = { Type: 'Succeed' };
const timed = ask('work', { TimeoutSecondsPath: '$.seconds', End: true });
const map = each({ Work: work });
const processor = map['ItemProcessor'] as Fields;
const choice = (rule: Fields) => ({
  S: { Type: 'Choice', Choices: [{ ...rule, Next: 'Done' }] },
  Done: done,
});
const retry = (retrier: Fields) => ({ S: { ...work, Retry: [{ ErrorEquals: ['States.ALL'], ...retrier }] } });

describe('a definition', () => {
  it.each<[string, Record<string, Fields>, string]>([
    ['a heartbeat', { S: { ...timed, HeartbeatSeconds: 60 } }, 'HeartbeatSeconds'],
    ['JSONata', { S: { ...work, QueryLanguage: 'JSONata' } }, 'QueryLanguage'],
    ['variables', { S: { ...work, Assign: { a: 1 } } }, 'Assign'],
    ['credentials', { S: { ...work, Credentials: {} } }, 'Credentials'],
    ['another service', { S: { ...work, Resource: 'arn:aws:states:::sqs:sendMessage' } }, 'Resource'],
    [
      'a function’s own ARN',
      { S: { ...work, Resource: 'arn:aws:lambda:eu-west-2:1:function:work' } },
      'Resource',
    ],
    [
      'an unwatched child',
      { S: { ...runMachine('m'), Resource: 'arn:aws:states:::states:startExecution' } },
      'Resource',
    ],
    ['an unknown function', { S: invoke('absent') }, 'Parameters.FunctionName'],
    ['an unknown machine', { S: runMachine('absent') }, 'Parameters.StateMachineArn'],
    [
      'a function by path',
      { S: { ...work, Parameters: { 'FunctionName.$': '$.f', Payload: {} } } },
      'Parameters.FunctionName.$',
    ],
    [
      'an asynchronous call',
      { S: { ...work, Parameters: { FunctionName: 'work', Payload: {}, InvocationType: 'Event' } } },
      'Parameters.InvocationType',
    ],
    ['no payload', { S: { ...work, Parameters: { FunctionName: 'work' } } }, 'Parameters.Payload'],
    ['no parameters', { S: { ...work, Parameters: undefined } }, 'Parameters'],
    [
      'a token that is not handed on',
      { S: { ...timed, Parameters: { FunctionName: 'work', Payload: {} } } },
      'Parameters',
    ],
    [
      'a token where none is waited for',
      { S: { ...work, Parameters: timed['Parameters'] } },
      'Parameters.Payload.token.$',
    ],
    ['two timeouts', { S: { ...timed, TimeoutSeconds: 60 } }, 'TimeoutSecondsPath'],
    ['a timeout of a part of the input', { S: { ...timed, InputPath: '$.a' } }, 'TimeoutSecondsPath'],
    ['a timeout of nothing', { S: { ...work, TimeoutSeconds: 0 } }, 'TimeoutSeconds'],
    ['a wildcard', { S: { ...work, OutputPath: '$.a[*].b' } }, 'OutputPath'],
    ['a filter', { S: { ...work, InputPath: '$.a[?(@.b==1)]' } }, 'InputPath'],
    [
      'a deep scan in a template',
      { S: { Type: 'Pass', Parameters: { 'a.$': '$..b' }, End: true } },
      'Parameters.a.$',
    ],
    ['a ResultPath in brackets', { S: { ...work, ResultPath: "$['a']" } }, 'ResultPath'],
    [
      'a path without its mark',
      { S: { Type: 'Pass', Parameters: { token: '$.token' }, End: true } },
      'Parameters.token',
    ],
    [
      'the state’s context',
      { S: { Type: 'Pass', Parameters: { 'a.$': '$$.State.EnteredTime' }, End: true } },
      'Parameters.a.$',
    ],
    [
      'an item outside its Map',
      { S: { Type: 'Pass', Parameters: { 'a.$': '$$.Map.Item.Value' }, End: true } },
      'Parameters.a.$',
    ],
    [
      'a random id',
      { S: { Type: 'Pass', Parameters: { 'a.$': 'States.UUID()' }, End: true } },
      'Parameters.a.$',
    ],
    [
      'a nested function that is not known',
      {
        S: { Type: 'Pass', Parameters: { 'a.$': "States.Format('{}', States.Hash($.a, 'MD5'))" }, End: true },
      },
      'Parameters.a.$',
    ],
    [
      'a wildcard in a function',
      { S: { Type: 'Pass', Parameters: { 'a.$': 'States.ArrayLength($.a[*])' }, End: true } },
      'Parameters.a.$',
    ],
    ['a Result of nothing', { S: { Type: 'Pass', Result: null, End: true } }, 'Result'],
    [
      'an inline Map',
      { S: { ...map, ItemProcessor: machine({ Work: work }) } },
      'ItemProcessor.ProcessorConfig',
    ],
    [
      'an express Map',
      {
        S: {
          ...map,
          ItemProcessor: { ...processor, ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' } },
        },
      },
      'ItemProcessor.ProcessorConfig',
    ],
    ['an ItemBatcher', { S: { ...map, ItemBatcher: {} } }, 'ItemBatcher'],
    ['a ResultWriter', { S: { ...map, ResultWriter: {} } }, 'ResultWriter'],
    ['an old Iterator', { S: { ...map, Iterator: {} } }, 'Iterator'],
    [
      'a reader without documents',
      {
        S: {
          ...map,
          ItemsPath: undefined,
          ItemReader: {
            Resource: 'arn:aws:states:::s3:getObject',
            ReaderConfig: { InputType: 'JSON' },
            Parameters: { Bucket: 'b', Key: 'k' },
          },
        },
      },
      'ItemReader',
    ],
    [
      'a reader of CSV',
      {
        S: {
          ...map,
          ItemReader: {
            Resource: 'arn:aws:states:::s3:getObject',
            ReaderConfig: { InputType: 'CSV' },
            Parameters: { Bucket: 'b', Key: 'k' },
          },
        },
      },
      'ItemReader.ReaderConfig',
    ],
    [
      'too large a percentage',
      { S: { ...map, ToleratedFailurePercentage: 101 } },
      'ToleratedFailurePercentage',
    ],
    [
      'something odd inside a Map',
      { S: { ...map, ItemProcessor: { ...processor, States: { Work: { ...work, HeartbeatSeconds: 1 } } } } },
      'HeartbeatSeconds',
    ],
    [
      'something odd inside a branch',
      { S: { Type: 'Parallel', Branches: [machine({ Work: { ...work, HeartbeatSeconds: 1 } })], End: true } },
      'HeartbeatSeconds',
    ],
    [
      'a Wait for two things',
      { S: { Type: 'Wait', Seconds: 1, Timestamp: '2026-01-05T09:00:00Z', End: true } },
      'Seconds',
    ],
    [
      'a Wait for a part of its input',
      { S: { Type: 'Wait', Seconds: 1, InputPath: '$.a', End: true } },
      'InputPath',
    ],
    ['a day to wait for', { S: { Type: 'Wait', Timestamp: '2026-01-05', End: true } }, 'Timestamp'],
    ['a pattern', choice({ Variable: '$.a', StringMatches: 'a*' }), 'Choices[0].StringMatches'],
    ['a number in quotes', choice({ Variable: '$.a', NumericEquals: '1' }), 'Choices[0].NumericEquals'],
    ['two comparisons', choice({ Variable: '$.a', IsPresent: true, StringEquals: 'b' }), 'Choices[0]'],
    [
      'a nested rule’s wildcard',
      choice({ Not: { Variable: '$.a[*]', IsPresent: true } }),
      'Choices[0].Not.Variable',
    ],
    [
      'a Choice that leads nowhere',
      { S: { Type: 'Choice', Choices: [{ Variable: '$.a', IsPresent: true, Next: 'Absent' }] } },
      'Choices[0].Next',
    ],
    ['a Fail without an error', { S: { Type: 'Fail', Cause: 'why' } }, 'Error'],
    ['a Next that leads nowhere', { S: { ...work, End: undefined, Next: 'Absent' } }, 'Next'],
    ['both Next and End', { S: { ...work, Next: 'Done' }, Done: done }, 'Next'],
    [
      'a Catch that leads nowhere',
      { S: { ...work, Catch: [{ ErrorEquals: ['A'], Next: 'Absent' }] } },
      'Catch[0].Next',
    ],
    [
      'a Catch with an output',
      { S: { ...work, Catch: [{ ErrorEquals: ['A'], Next: 'S', Output: {} }] } },
      'Catch[0].Output',
    ],
    [
      'a catch-all before others',
      {
        S: {
          ...work,
          Catch: [
            { ErrorEquals: ['States.ALL'], Next: 'S' },
            { ErrorEquals: ['A'], Next: 'S' },
          ],
        },
      },
      'Catch[0].ErrorEquals',
    ],
    [
      'what cannot be caught',
      { S: { ...work, Catch: [{ ErrorEquals: ['States.Runtime'], Next: 'S' }] } },
      'Catch[0].ErrorEquals',
    ],
    [
      'a wildcard of tasks on a Map',
      { S: { ...map, Retry: [{ ErrorEquals: ['States.TaskFailed'] }] } },
      'Retry[0].ErrorEquals',
    ],
    ['an odd retry', retry({ IntervalSeconds: 0 }), 'Retry[0].IntervalSeconds'],
    ['a shrinking pause', retry({ BackoffRate: 0.5 }), 'Retry[0].BackoffRate'],
    ['an unknown jitter', retry({ JitterStrategy: 'HALF' }), 'Retry[0].JitterStrategy'],
    ['an unknown kind', { S: { Type: 'Sleep' } }, 'Type'],
    ['a long name', { ['S'.repeat(81)]: done }, 'name'],
  ])('with %s is refused', (_what, states, field) => {
    // JSON drops the fields that a case has taken away.
    const problems = problemsOf(JSON.parse(JSON.stringify(states)) as Record<string, Fields>);
    expect(problems).toEqual(
      expect.arrayContaining([expect.stringMatching(/^machine "m", state ".+", field "/)]) as string[],
    );
    expect(problems.join('\n')).toContain(`field "${field}"`);
  });

  it('may not use a state name twice, be it in different branches', () => {
    const branch = machine({ Same: done });
    const problems = problemsOf({ S: { Type: 'Parallel', Branches: [branch, branch], End: true } });
    expect(problems).toEqual(['machine "m", state "Same", field "name": is used twice in this machine']);
  });

  it('is refused for what stands beside its states', () => {
    expect(
      problemsOf({ S: done }, { StartAt: 'Absent', QueryLanguage: 'JSONata', Extra: 1, TimeoutSeconds: 0 }),
    ).toEqual([
      'machine "m", field "Extra": is not supported',
      'machine "m", field "QueryLanguage": only JSONPath is supported',
      'machine "m", field "StartAt": names no state',
      'machine "m", field "TimeoutSeconds": is no whole number from 1 to 99999999',
    ]);
  });

  it('says everything that is wrong at once', () => {
    const problems = problemsOf({
      S: { ...work, Assign: {}, Next: 'T' },
      T: { ...timed, HeartbeatSeconds: 1 },
    });
    expect(problems).toHaveLength(3);
  });

  it('is taken when it says only what is known', () => {
    expect(
      problemsOf(
        { S: { ...work, Comment: 'why', QueryLanguage: 'JSONPath' } },
        { Comment: 'what', Version: '1.0' },
      ),
    ).toEqual([]);
  });

  it('that ships is taken', () => {
    const folder = new URL('../../../statemachines/', import.meta.url);
    const files = readdirSync(folder).filter((name) => name.endsWith('.asl.yaml'));
    const machines = Object.fromEntries(
      files.map((file) => {
        const name = file.slice(0, -'.asl.yaml'.length);
        const reference = `\${${name[0]?.toUpperCase() ?? ''}${name.slice(1)}Machine}`;
        return [reference, parse(readFileSync(new URL(file, folder), 'utf8')) as AslDefinition];
      }),
    );
    const references = new Set(JSON.stringify(machines).match(/\$\{\w+\}/g));
    const surrounding = { functions: references, machines: new Set(Object.keys(machines)), documents: true };
    expect(files).toHaveLength(3);
    expect(() => {
      checkDefinitions(machines, surrounding);
    }).not.toThrow();
  });
});
