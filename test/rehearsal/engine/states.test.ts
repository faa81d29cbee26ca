import { describe, expect, it } from 'vitest';
import { machine, rehearse } from './support.ts';

/** Asks one Choice rule about an input. */
async function holds(rule: object, input: object): Promise<boolean | string> {
  const { run } = rehearse({
    m: machine({
      Choose: { Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], Default: 'No' },
      Yes: { Type: 'Pass', Result: 'yes', End: true },
      No: { Type: 'Pass', Result: 'no', End: true },
    }),
  });
  const ended = await run('m', input);
  return ended.status === 'SUCCEEDED' ? ended.output === 'yes' : (ended.error ?? ended.status);
}

describe('a Choice', () => {
  const v = { Variable: '$.v' };
  it.each([
    [{ ...v, IsPresent: true }, { v: null }, true],
    [{ ...v, IsPresent: true }, {}, false],
    [{ ...v, IsPresent: false }, {}, true],
    [{ ...v, IsPresent: false }, { v: 1 }, false],
    [{ ...v, IsNull: false }, { v: 1 }, true],
    [{ ...v, IsNull: true }, { v: null }, true],
    [{ ...v, IsString: false }, { v: 1 }, true],
    [{ ...v, IsTimestamp: true }, { v: ['2026-01-05T09:00:00Z'] }, false],
    [{ ...v, IsTimestamp: true }, { v: '2026-01-05T09:00:00Z' }, true],
    [{ ...v, StringEquals: 'a' }, { v: 'a' }, true],
    [{ ...v, StringLessThan: 'b' }, { v: 'a' }, true],
    [{ ...v, StringLessThan: 'b' }, { v: 1 }, false],
    [{ ...v, NumericLessThan: 7 }, { v: 5 }, true],
    [{ ...v, NumericLessThan: 7 }, { v: '5' }, false],
    [{ ...v, NumericGreaterThanEqualsPath: '$.w' }, { v: 5, w: 5 }, true],
    [{ ...v, BooleanEquals: false }, { v: false }, true],
    [{ ...v, BooleanEquals: true }, { v: 'true' }, false],
    [{ ...v, TimestampLessThan: '2026-01-05T10:00:00Z' }, { v: '2026-01-05T10:30:00+01:00' }, true],
    [{ ...v, TimestampLessThan: '2026-01-05T10:00:00Z' }, { v: 0 }, false],
    [{ ...v, TimestampGreaterThanPath: '$$.Execution.StartTime' }, { v: '2026-01-05T09:00:01Z' }, true],
    [{ ...v, StringEquals: 'a' }, {}, 'States.Runtime'],
    [{ Not: { ...v, IsPresent: true } }, {}, true],
    [
      {
        And: [
          { ...v, IsPresent: true },
          { ...v, NumericEquals: 1 },
        ],
      },
      { v: 1 },
      true,
    ],
    [
      {
        And: [
          { ...v, IsPresent: true },
          { ...v, NumericEquals: 1 },
        ],
      },
      {},
      false,
    ],
    [
      {
        Or: [
          { ...v, IsPresent: false },
          { ...v, NumericEquals: 1 },
        ],
      },
      { v: 2 },
      false,
    ],
  ])('finds %j of %j %j', async (rule, input, expected) => {
    expect(await holds(rule, input)).toBe(expected);
  });

  it('without a match and Default fails', async () => {
    const { run } = rehearse({
      m: machine({
        Choose: { Type: 'Choice', Choices: [{ ...v, IsPresent: true, Next: 'Yes' }] },
        Yes: { Type: 'Succeed' },
      }),
    });
    expect(await run('m')).toMatchObject({ status: 'FAILED', error: 'States.NoChoiceMatched' });
  });
});

describe('input and output', () => {
  it.each([
    [{ Type: 'Pass' }, { a: 1 }],
    [{ Type: 'Pass', Result: { b: 2 } }, { b: 2 }],
    [{ Type: 'Pass', Result: { b: 2 }, ResultPath: '$' }, { b: 2 }],
    [
      { Type: 'Pass', Result: { b: 2 }, ResultPath: '$.x.y' },
      { a: 1, x: { y: { b: 2 } } },
    ],
    [{ Type: 'Pass', Result: { b: 2 }, ResultPath: null }, { a: 1 }],
    [{ Type: 'Pass', Result: { b: 2 }, OutputPath: '$.b' }, 2],
    [{ Type: 'Pass', OutputPath: null }, {}],
    [{ Type: 'Pass', InputPath: null }, {}],
    [{ Type: 'Pass', InputPath: '$.a' }, 1],
    [
      { Type: 'Pass', Parameters: { 'x.$': '$.a', y: [{ 'z.$': '$.a' }] } },
      { x: 1, y: [{ z: 1 }] },
    ],
    [
      { Type: 'Pass', Parameters: { 'x.$': "States.Format('{}-{}, it\\'s', $.a, $$.Execution.Name)" } },
      { x: "1-one, it's" },
    ],
    [{ Type: 'Pass', Parameters: { 'x.$': 'States.Array(States.MathAdd($.a, 2), $.a)' } }, { x: [3, 1] }],
    [
      { Type: 'Pass', Parameters: { 'x.$': "States.ArrayContains(States.Array('p', 'q'), 'q')" } },
      { x: true },
    ],
    [{ Type: 'Pass', Parameters: { 'x.$': 'States.ArrayLength(States.Array(1, 2))' } }, { x: 2 }],
  ])('of %j is %j', async (state, output) => {
    const { run } = rehearse({ m: machine({ Say: { ...state, End: true } }) });
    expect(await run('m', { a: 1 })).toMatchObject({ status: 'SUCCEEDED', output });
  });

  it('fails for a path that leads nowhere', async () => {
    const { run } = rehearse({
      m: machine({ Say: { Type: 'Pass', Parameters: { 'x.$': '$.b.c' }, End: true } }),
    });
    expect(await run('m', { a: 1 })).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });
});

describe('a Fail', () => {
  it.each([
    [
      { Error: 'Broken', Cause: 'why' },
      { error: 'Broken', cause: 'why' },
    ],
    [
      { ErrorPath: '$.e', CausePath: '$.c' },
      { error: 'E', cause: 'C' },
    ],
  ])('of %j fails the execution', async (fields, expected) => {
    const { run } = rehearse({ m: machine({ Stop: { Type: 'Fail', ...fields } }) });
    expect(await run('m', { e: 'E', c: 'C' })).toMatchObject({ status: 'FAILED', ...expected });
  });

  it('without a cause gives none', async () => {
    const { run } = rehearse({ m: machine({ Stop: { Type: 'Fail', Error: 'Broken' } }) });
    expect(await run('m')).not.toHaveProperty('cause');
  });
});
