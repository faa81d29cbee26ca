import { describe, expect, it } from 'vitest';
import { ask, DAY, each, invoke, machine, namedError, rehearse, runMachine, START } from './support.ts';

describe('a function', () => {
  it('gets its payload and gives its result as lambda:invoke does', async () => {
    const { run } = rehearse(
      { m: machine({ Work: invoke('double', { OutputPath: '$', End: true }) }) },
      { double: ({ number }: { number: number }) => ({ number: 2 * number }) },
    );
    expect(await run('m', { number: 21 })).toMatchObject({
      status: 'SUCCEEDED',
      output: { ExecutedVersion: '$LATEST', Payload: { number: 42 }, StatusCode: 200 },
      currentStates: [],
    });
  });

  it.each([null, 0, false, '', [], 'text'])('gets and gives %j whole', async (value) => {
    const { run } = rehearse(
      { m: machine({ Work: invoke('echo', { Next: 'Again' }), Again: invoke('echo') }) },
      { echo: (payload: unknown) => payload },
    );
    expect(await run('m', value)).toMatchObject({ status: 'SUCCEEDED', output: value });
  });

  it('can be caught by the name of what it throws, with its message as the cause', async () => {
    const { run } = rehearse(
      {
        m: machine({
          Work: invoke('move', {
            Catch: [
              { ErrorEquals: ['SomethingElse'], Next: 'Wrong' },
              { ErrorEquals: ['MeetingMoved'], ResultPath: '$.failure', Next: 'Right' },
            ],
            End: true,
          }),
          Right: { Type: 'Succeed' },
          Wrong: { Type: 'Fail', Error: 'Wrong' },
        }),
      },
      { move: () => Promise.reject(namedError('MeetingMoved', 'to Tuesday')) },
    );
    const input = { group: 'ashford' };
    expect(await run('m', input)).toMatchObject({
      status: 'SUCCEEDED',
      output: { group: 'ashford', failure: { Error: 'MeetingMoved', Cause: 'to Tuesday' } },
    });
  });

  it('fails the execution visibly when nothing handles what it throws', async () => {
    const { run, events } = rehearse(
      { m: machine({ Work: invoke('fail') }) },
      { fail: () => Promise.reject(namedError('TableGone', 'no such table')) },
    );
    const ended = await run('m');
    expect(ended).toMatchObject({
      status: 'FAILED',
      error: 'TableGone',
      cause: 'no such table',
      currentStates: [],
    });
    expect(ended).not.toHaveProperty('output');
    expect(events.at(-1)).toMatchObject({ type: 'ExecutionEnded', error: 'TableGone' });
  });

  it('is tried again after pauses that double', async () => {
    const triedAt: number[] = [];
    const rehearsed = rehearse(
      {
        m: machine({
          Work: invoke('flaky', {
            Retry: [
              { ErrorEquals: ['States.TaskFailed'], IntervalSeconds: 2, BackoffRate: 2, MaxAttempts: 3 },
            ],
            End: true,
          }),
        }),
      },
      {
        flaky: () => {
          triedAt.push(rehearsed.secondsPassed());
          if (triedAt.length < 4) throw new Error('not yet');
          return 'done';
        },
      },
    );
    expect(await rehearsed.run('m')).toMatchObject({ status: 'SUCCEEDED', output: 'done' });
    expect(triedAt).toEqual([0, 2, 6, 14]);
  });

  it('is not tried again more often than allowed, nor by a retrier with no attempts', async () => {
    const tried: string[] = [];
    const { engine, clock } = rehearse(
      {
        m: machine({
          Work: invoke('fail', {
            Retry: [
              { ErrorEquals: ['TimeCame'], MaxAttempts: 0 },
              { ErrorEquals: ['States.TaskFailed'], MaxAttempts: 2, MaxDelaySeconds: 1 },
            ],
            End: true,
          }),
        }),
      },
      {
        fail: ({ error }: { error: string }) => {
          tried.push(error);
          throw namedError(error, '');
        },
      },
    );
    engine.startExecution('m', 'a', { error: 'TimeCame' });
    engine.startExecution('m', 'b', { error: 'Other' });
    await clock.runWhile(() => true);
    expect(tried).toEqual(['TimeCame', 'Other', 'Other', 'Other']);
    expect([...engine.executions()].map(({ status }) => status)).toEqual(['FAILED', 'FAILED']);
  });

  it('draws the same jitter in every run', async () => {
    const pauses = async (): Promise<number[]> => {
      const triedAt: number[] = [];
      const rehearsed = rehearse(
        {
          m: machine({
            Work: invoke('fail', {
              Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 60, JitterStrategy: 'FULL' }],
              End: true,
            }),
          }),
        },
        {
          fail: () => {
            triedAt.push(rehearsed.secondsPassed());
            throw new Error('no');
          },
        },
      );
      await rehearsed.run('m');
      return triedAt;
    };
    const first = await pauses();
    expect(first).toHaveLength(4);
    expect(first[1]).toBeGreaterThan(0);
    expect(await pauses()).toEqual(first);
  });

  it('may not give more than AWS carries', async () => {
    const { run } = rehearse(
      {
        m: machine({
          Work: invoke('large', { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Done' }], Next: 'Done' }),
          Done: { Type: 'Succeed' },
        }),
      },
      { large: () => 'x'.repeat(262_144) },
    );
    expect(await run('m')).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });
});

describe('a task token', () => {
  const waits = (others: object = {}) => ({
    m: machine({ Wait: ask('remember', { TimeoutSecondsPath: '$.seconds', ...others, End: true }) }),
  });
  const withTokens = (machines: Parameters<typeof rehearse>[0]) => {
    const tokens: string[] = [];
    const rehearsed = rehearse(machines, { remember: ({ token }: { token: string }) => tokens.push(token) });
    return { ...rehearsed, tokens, token: () => tokens.at(-1) ?? '' };
  };

  it('waits for its answer over 24.8 days', async () => {
    const { run, engine, clock, token } = withTokens(waits());
    clock.schedule(clock.epochMs + 59 * DAY * 1000, 'answer', () => {
      engine.sendTaskSuccess(token(), { answer: 'yes' });
    });
    const ended = await run('m', { seconds: 60 * DAY });
    expect(ended).toMatchObject({ status: 'SUCCEEDED', output: { answer: 'yes' } });
    expect(ended.endedAt?.toString()).toBe('2026-03-05T09:00:00Z');
    expect(clock.peek()).toBeUndefined();
  });

  it('times out to the second, by the state input and not by the Parameters', async () => {
    const { run, secondsPassed } = withTokens({
      m: machine({
        Wait: ask('remember', {
          TimeoutSecondsPath: '$.wait.seconds',
          Catch: [
            { ErrorEquals: ['States.TaskFailed'], Next: 'Wrong' },
            { ErrorEquals: ['States.Timeout'], ResultPath: '$.failure', Next: 'Right' },
          ],
          Next: 'Wrong',
        }),
        Right: { Type: 'Succeed' },
        Wrong: { Type: 'Fail', Error: 'Wrong' },
      }),
    });
    expect(await run('m', { wait: { seconds: 45 * DAY } })).toMatchObject({
      status: 'SUCCEEDED',
      output: { failure: { Error: 'States.Timeout' } },
    });
    expect(secondsPassed()).toBe(45 * DAY);
  });

  it('is answered from within the handler before that returns', async () => {
    const rehearsed = rehearse(
      { m: machine({ Wait: ask('answer', { TimeoutSeconds: 60, Next: 'After' }), After: invoke('note') }) },
      {
        answer: async ({ token }: { token: string }) => {
          rehearsed.engine.sendTaskSuccess(token, 'at once');
          await Promise.resolve();
          throw new Error('too late to matter');
        },
        note: (input: string) => `noted ${input}`,
      },
    );
    expect(await rehearsed.run('m')).toMatchObject({ status: 'SUCCEEDED', output: 'noted at once' });
    expect(rehearsed.secondsPassed()).toBe(0);
  });

  it('fails by sendTaskFailure under the given name', async () => {
    const { run, engine, clock, token } = withTokens({
      m: machine({
        Wait: ask('remember', {
          TimeoutSeconds: DAY,
          Catch: [{ ErrorEquals: ['TimeCame'], ResultPath: '$.failure', Next: 'Done' }],
          Next: 'Done',
        }),
        Done: { Type: 'Succeed' },
      }),
    });
    clock.schedule(clock.epochMs + 5000, 'fail', () => {
      engine.sendTaskFailure(token(), 'TimeCame', 'says the sweep');
    });
    expect(await run('m')).toMatchObject({
      output: { failure: { Error: 'TimeCame', Cause: 'says the sweep' } },
    });
  });

  it('is refused once answered, once timed out, and when nobody knows it', async () => {
    const { run, engine, clock, tokens } = withTokens(
      waits({ Retry: [{ ErrorEquals: ['States.Timeout'] }] }),
    );
    const refusals: string[] = [];
    const answer = (token: string): void => {
      try {
        engine.sendTaskSuccess(token, {});
      } catch (error) {
        refusals.push((error as Error).name);
      }
    };
    clock.schedule(clock.epochMs + 15_000, 'late, then in time, then double', () => {
      for (const token of [...tokens, 'unknown']) answer(token);
      answer(tokens[1] ?? '');
    });
    expect(await run('m', { seconds: 10 })).toMatchObject({ status: 'SUCCEEDED' });
    expect(new Set(tokens).size).toBe(2);
    expect(refusals).toEqual(['TaskTimedOut', 'TaskDoesNotExist', 'TaskTimedOut']);
    expect(() => {
      engine.sendTaskFailure(tokens[0] ?? '');
    }).toThrow(expect.objectContaining({ name: 'TaskTimedOut' }) as Error);
  });

  it('is fresh for every attempt, and fails at once with its function', async () => {
    const tokens: string[] = [];
    const { run, secondsPassed } = rehearse(waits({ Retry: [{ ErrorEquals: ['Unwell'], MaxAttempts: 2 }] }), {
      remember: ({ token }: { token: string }) => {
        tokens.push(token);
        throw namedError('Unwell', '');
      },
    });
    expect(await run('m', { seconds: DAY })).toMatchObject({ status: 'FAILED', error: 'Unwell' });
    expect(new Set(tokens).size).toBe(3);
    expect(secondsPassed()).toBe(3);
  });

  it('without a timeout waits for ever, and says so by having nothing left to do', async () => {
    const { run, engine, token } = withTokens({ m: machine({ Wait: ask('remember') }) });
    expect(await run('m')).toMatchObject({ status: 'RUNNING', currentStates: ['Wait'] });
    engine.sendTaskSuccess(token(), 1);
    await engine.invocations.idle();
  });

  it.each([0, 1.5, '60', null, 100_000_000])('fails the execution for a timeout of %j', async (seconds) => {
    const { run, tokens } = withTokens(waits({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Wait' }] }));
    expect(await run('m', { seconds })).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    expect(tokens).toEqual([]);
  });

  it('fails the execution for a timeout path that leads nowhere', async () => {
    const { run } = withTokens(waits());
    expect(await run('m', {})).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });
});

describe('a child execution', () => {
  const child = machine({ Work: invoke('work') });

  it('gives what describes it, its output as JSON', async () => {
    const { run } = rehearse(
      {
        parent: machine({
          Run: runMachine('child', {
            Parameters: {
              StateMachineArn: 'child',
              'Name.$': "States.Format('{}-{}', $.cycle, $.group)",
              'Input.$': '$',
            },
            End: true,
          }),
        }),
        child,
      },
      { work: () => ({ done: true }) },
    );
    const input = { cycle: '2026-01', group: 'ashford' };
    expect(await run('parent', input)).toMatchObject({
      output: {
        ExecutionArn: 'arn:aws:states:local:000000000000:execution:child:2026-01-ashford',
        Input: input,
        Name: '2026-01-ashford',
        Output: { done: true },
        StartDate: Date.parse(START),
        StateMachineArn: 'child',
        Status: 'SUCCEEDED',
        StopDate: Date.parse(START),
      },
    });
  });

  it('fails its parent as States.TaskFailed, with its own description as the cause', async () => {
    const { run } = rehearse(
      { parent: machine({ Run: runMachine('child') }), child },
      { work: () => Promise.reject(namedError('Broken', 'why')) },
    );
    const ended = await run('parent');
    expect(ended).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed' });
    expect(JSON.parse(ended.cause ?? '')).toMatchObject({
      Status: 'FAILED',
      Error: 'Broken',
      Cause: 'why',
      Input: '{}',
    });
  });

  it('is stopped with the attempt that waits for it', async () => {
    const { run, engine, clock } = rehearse({
      parent: machine({ Run: runMachine('child', { TimeoutSeconds: 10, End: true }) }),
      child: machine({ Pause: { Type: 'Wait', Seconds: DAY, End: true } }),
    });
    expect(await run('parent')).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect([...engine.executions()].map(({ machine: of, status }) => [of, status])).toEqual([
      ['parent', 'FAILED'],
      ['child', 'ABORTED'],
    ]);
    expect(clock.peek()).toBeUndefined();
  });

  it('cannot have a name that is used or that AWS refuses', async () => {
    const { run, engine, clock } = rehearse(
      {
        parent: machine({
          Run: runMachine('child', {
            Parameters: { StateMachineArn: 'child', 'Name.$': '$.name', Input: {} },
            End: true,
          }),
        }),
        child,
      },
      { work: () => null },
    );
    engine.startExecution('child', 'used', { other: true });
    expect(await run('parent', { name: 'used' })).toMatchObject({
      error: 'StepFunctions.ExecutionAlreadyExistsException',
    });
    engine.startExecution('parent', 'bad', { name: 'a:b' });
    await clock.settled();
    expect([...engine.executions()].at(-1)).toMatchObject({ error: 'StepFunctions.InvalidNameException' });
  });
});

describe('a start', () => {
  const waiting = { m: machine({ Pause: { Type: 'Wait', Seconds: 60, End: true } }) };

  it('of the same name and input is the same execution while it runs', async () => {
    const { engine, clock } = rehearse(waiting);
    const first = engine.startExecution('m', 'one', { a: 1 });
    expect(first.started).toBe(true);
    expect(engine.startExecution('m', 'one', { a: 1 })).toEqual({ ...first, started: false });
    expect(() => engine.startExecution('m', 'one', { a: 2 })).toThrow(
      expect.objectContaining({ name: 'ExecutionAlreadyExists' }) as Error,
    );
    await clock.runWhile(() => true);
    expect(() => engine.startExecution('m', 'one', { a: 1 })).toThrow(
      expect.objectContaining({ name: 'ExecutionAlreadyExists' }) as Error,
    );
    expect([...engine.executions()]).toHaveLength(1);
  });

  it.each([
    ['none', 'one', {}, 'StateMachineDoesNotExist'],
    ['m', 'two words', {}, 'InvalidName'],
    ['m', 'x'.repeat(81), {}, 'InvalidName'],
    ['m', '', {}, 'InvalidName'],
    ['m', 'large', 'x'.repeat(262_143), 'InvalidExecutionInput'],
  ])('of %s %s is refused', (name, execution, input, error) => {
    const { engine } = rehearse(waiting);
    expect(() => engine.startExecution(name, execution, input)).toThrow(
      expect.objectContaining({ name: error }) as Error,
    );
    expect([...engine.executions()]).toHaveLength(0);
  });

  it('of another machine may have the same name', () => {
    const { engine } = rehearse({ ...waiting, n: waiting.m });
    engine.startExecution('m', 'one', {});
    expect(engine.startExecution('n', 'one', {}).started).toBe(true);
  });

  it('is told of by nobody else', () => {
    const { engine } = rehearse(waiting);
    expect(() => engine.describe('nothing')).toThrow(
      expect.objectContaining({ name: 'ExecutionDoesNotExist' }) as Error,
    );
  });

  it('of a machine with a time limit leaves nothing behind when it ends in time', async () => {
    const { run, clock } = rehearse({ m: { ...waiting.m, TimeoutSeconds: 90 } });
    expect(await run('m')).toMatchObject({ status: 'SUCCEEDED' });
    expect(clock.peek()).toBeUndefined();
  });

  it('ends an execution that takes longer than its machine allows', async () => {
    const { run, secondsPassed, clock } = rehearse({ m: { ...waiting.m, TimeoutSeconds: 30 } });
    const ended = await run('m');
    expect(ended).toMatchObject({ status: 'TIMED_OUT' });
    expect(ended).not.toHaveProperty('error');
    expect(secondsPassed()).toBe(30);
    expect(clock.peek()).toBeUndefined();
  });
});

describe('a Wait', () => {
  it.each([
    [{ Seconds: 40 * DAY }, {}, 40 * DAY],
    [{ SecondsPath: '$.seconds' }, { seconds: 5 }, 5],
    [{ Timestamp: '2026-01-05T10:00:00+00:00' }, {}, 3600],
    [{ TimestampPath: '$.at' }, { at: '2026-07-05T09:00:00Z' }, 181 * DAY],
    [{ TimestampPath: '$.at' }, { at: '2025-01-05T09:00:00Z' }, 0],
    [{ TimestampPath: '$$.Execution.StartTime' }, {}, 0],
  ])('of %j waits and passes its input on', async (fields, input, seconds) => {
    const { run, secondsPassed } = rehearse({
      m: machine({ Pause: { Type: 'Wait', ...fields, End: true } }),
    });
    expect(await run('m', input)).toMatchObject({ status: 'SUCCEEDED', output: input });
    expect(secondsPassed()).toBe(seconds);
  });

  it.each([{ at: 'tomorrow' }, { at: 5 }, {}, { at: '2026-02-30T25:00:00Z' }])(
    'fails for %j',
    async (input) => {
      const { run } = rehearse({ m: machine({ Pause: { Type: 'Wait', TimestampPath: '$.at', End: true } }) });
      expect(await run('m', input)).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    },
  );

  it('shows what is coming', async () => {
    const { engine, clock } = rehearse({ m: machine({ Pause: { Type: 'Wait', Seconds: 5, End: true } }) });
    engine.startExecution('m', 'one', {});
    await clock.settled();
    expect(clock.peek()).toEqual({ atEpochMs: Date.parse(START) + 5000, label: 'm one: Pause is over' });
  });
});

describe('a Parallel', () => {
  it('runs its branches side by side and gives their results in order', async () => {
    const { run, secondsPassed } = rehearse(
      {
        m: machine({
          Both: {
            Type: 'Parallel',
            Branches: [
              machine({ Slow: { Type: 'Wait', Seconds: 20, Next: 'One' }, One: invoke('name') }),
              machine({ Fast: { Type: 'Wait', Seconds: 5, Next: 'Two' }, Two: invoke('name') }),
            ],
            ResultPath: '$.both',
            End: true,
          },
        }),
      },
      { name: ({ group }: { group: string }) => group.toUpperCase() },
    );
    expect(await run('m', { group: 'a' })).toMatchObject({ output: { group: 'a', both: ['A', 'A'] } });
    expect(secondsPassed()).toBe(20);
  });

  it('gives its branches the execution’s own context', async () => {
    const { run } = rehearse({
      m: machine({
        Pause: { Type: 'Wait', Seconds: 60, Next: 'Both' },
        Both: {
          Type: 'Parallel',
          Parameters: { other: 'input' },
          Branches: [
            machine({
              Say: {
                Type: 'Pass',
                Parameters: {
                  'name.$': "States.Format('{}!', $$.Execution.Name)",
                  'input.$': '$$.Execution.Input.group',
                  'started.$': '$$.Execution.StartTime',
                  'machine.$': '$$.StateMachine.Name',
                },
                End: true,
              },
            }),
          ],
          End: true,
        },
      }),
    });
    expect(await run('m', { group: 'a' })).toMatchObject({
      output: [{ name: 'one!', input: 'a', started: '2026-01-05T09:00:00.000Z', machine: 'm' }],
    });
  });

  it('stops its other branches when one fails, whatever they are at', async () => {
    const tokens: string[] = [];
    const worked: string[] = [];
    const retried = {
      Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 100, MaxAttempts: 9 }],
      End: true,
    };
    const { engine, clock } = rehearse(
      {
        m: machine({
          All: {
            Type: 'Parallel',
            Branches: [
              machine({ Asks: ask('remember', { TimeoutSeconds: DAY, ...retried }) }),
              machine({ Retries: invoke('fail', retried) }),
              machine({ Pauses: { Type: 'Wait', Seconds: DAY, Next: 'Never' }, Never: invoke('note') }),
              machine({ Runs: runMachine('child', { TimeoutSeconds: DAY, ...retried }) }),
              machine({
                Soon: { Type: 'Wait', Seconds: 10, Next: 'Fails' },
                Fails: { Type: 'Fail', Error: 'Broken', Cause: 'why' },
              }),
            ],
            Catch: [{ ErrorEquals: ['Broken'], ResultPath: '$.failure', Next: 'Go on' }],
            Next: 'Go on',
          },
          'Go on': { Type: 'Wait', Seconds: 1000, End: true },
        }),
        child: machine({ Nested: { Type: 'Wait', Seconds: DAY, End: true } }),
      },
      {
        remember: ({ token }: { token: string }) => tokens.push(token),
        note: () => worked.push('note'),
        fail: () => {
          worked.push('fail');
          throw new Error('again');
        },
      },
    );
    const { executionId } = engine.startExecution('m', 'one', {});
    await clock.runUntil(clock.epochMs + 5000);
    expect(engine.describe(executionId).currentStates).toEqual([
      'All',
      'Asks',
      'Retries',
      'Pauses',
      'Runs',
      'Soon',
    ]);
    await clock.runUntil(clock.epochMs + 6000);
    expect(engine.describe(executionId).currentStates).toEqual(['Go on']);
    expect(clock.peek()?.label).toBe('m one: Go on is over');
    expect([...engine.executions()].map(({ status }) => status)).toEqual(['RUNNING', 'ABORTED']);
    expect(() => {
      engine.sendTaskSuccess(tokens[0] ?? '', {});
    }).toThrow(expect.objectContaining({ name: 'TaskTimedOut' }) as Error);
    expect(await clock.runWhile(() => true)).toBe(1);
    expect(engine.describe(executionId)).toMatchObject({
      status: 'SUCCEEDED',
      output: { failure: { Error: 'Broken', Cause: 'why' } },
    });
    expect(worked).toEqual(['fail']);
    expect(tokens).toHaveLength(1);
  });

  it('begins nothing more in its other branches once one has failed', async () => {
    const { run, engine } = rehearse({
      m: machine({
        Both: {
          Type: 'Parallel',
          Branches: [
            machine({ Runs: runMachine('child') }),
            machine({ Stop: { Type: 'Fail', Error: 'Broken' } }),
          ],
          End: true,
        },
      }),
      child: machine({ Done: { Type: 'Succeed' } }),
    });
    expect(await run('m')).toMatchObject({ status: 'FAILED', error: 'Broken' });
    await engine.invocations.idle();
    expect([...engine.executions()].map(({ machine: of }) => of)).toEqual(['m']);
  });

  it('may not be given more than AWS carries', async () => {
    const { run } = rehearse({
      m: machine({
        Both: {
          Type: 'Parallel',
          Parameters: { 'once.$': '$.text', 'twice.$': '$.text' },
          Branches: [machine({ Forget: { Type: 'Pass', Result: 'little', End: true } })],
          ResultPath: null,
          End: true,
        },
      }),
    });
    expect(await run('m', { text: 'x'.repeat(200_000) })).toMatchObject({
      error: 'States.DataLimitExceeded',
    });
  });

  it('can be tried again as a whole', async () => {
    let tried = 0;
    const { run } = rehearse(
      {
        m: machine({
          All: {
            Type: 'Parallel',
            Branches: [machine({ Work: invoke('flaky') })],
            Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1 }],
            End: true,
          },
        }),
      },
      {
        flaky: () => {
          if (++tried === 1) throw new Error('no');
          return tried;
        },
      },
    );
    expect(await run('m')).toMatchObject({ status: 'SUCCEEDED', output: [2] });
  });
});

describe('a Distributed Map', () => {
  const work = { Work: invoke('work') };

  it('runs a child execution for each item, and gives their results in order', async () => {
    const { run, engine } = rehearse(
      {
        m: machine({
          Each: each(
            { Pause: { Type: 'Wait', SecondsPath: '$.seconds', Next: 'Work' }, ...work },
            {
              ItemSelector: {
                'cycle.$': '$.cycle',
                'group.$': '$$.Map.Item.Value.name',
                'seconds.$': '$$.Map.Item.Value.seconds',
                'index.$': '$$.Map.Item.Index',
              },
              Label: 'Groups',
              ResultPath: '$.done',
              End: true,
            },
          ),
        }),
      },
      {
        work: ({ cycle, group, index }: Record<string, string>) =>
          `${String(cycle)} ${String(group)} ${String(index)}`,
      },
    );
    const items = [
      { name: 'a', seconds: 9 },
      { name: 'b', seconds: 1 },
    ];
    expect(await run('m', { cycle: 'c', items })).toMatchObject({
      output: { cycle: 'c', items, done: ['c a 0', 'c b 1'] },
    });
    expect([...engine.executions()].slice(1)).toMatchObject([
      {
        executionId: 'arn:aws:states:local:000000000000:execution:m/Groups:one-1-0',
        machine: 'm',
        output: 'c a 0',
      },
      {
        executionId: 'arn:aws:states:local:000000000000:execution:m/Groups:one-1-1',
        machine: 'm',
        output: 'c b 1',
      },
    ]);
  });

  const reading = {
    m: machine({
      Each: {
        ...each(
          work,
          { Catch: [{ ErrorEquals: ['States.ItemReaderFailed'], Next: 'Unread' }], End: true },
          'no path',
        ),
        ItemReader: {
          Resource: 'arn:aws:states:::s3:getObject',
          ReaderConfig: { InputType: 'JSON' },
          Parameters: { Bucket: 'documents', 'Key.$': '$.key' },
        },
      },
      Unread: { Type: 'Succeed' },
    }),
  };
  const documents = {
    read: (bucket: string, key: string) => {
      const texts = new Map([
        ['documents/groups.json', '[1, 2]'],
        ['documents/one.json', '1'],
      ]);
      const text = texts.get(`${bucket}/${key}`);
      return text === undefined ? Promise.reject(new Error('no such document')) : Promise.resolve(text);
    },
  };

  it('reads its items from a document', async () => {
    const { run } = rehearse(reading, { work: (item: number) => item + 1 }, { documents });
    expect(await run('m', { key: 'groups.json' })).toMatchObject({ status: 'SUCCEEDED', output: [2, 3] });
  });

  it.each([
    ['absent.json', 'no such document'],
    ['one.json', 'The document is no JSON list.'],
  ])('fails catchably when %s cannot be read', async (key, cause) => {
    const { run } = rehearse(reading, { work: () => 1 }, { documents });
    const output = { Error: 'States.ItemReaderFailed', Cause: cause };
    expect(await run('m', { key })).toMatchObject({ status: 'SUCCEEDED', output });
  });

  it('works on no more items at once than allowed', async () => {
    let most = 0;
    const { run, engine, secondsPassed } = rehearse(
      {
        m: machine({
          Each: each({ Pause: { Type: 'Wait', Seconds: 10, End: true } }, { MaxConcurrency: 3, End: true }),
        }),
      },
      {},
      {
        onEvent: () => {
          most = Math.max(
            most,
            [...engine.executions()].filter(({ status }) => status === 'RUNNING').length - 1,
          );
        },
      },
    );
    expect(await run('m', { items: [1, 2, 3, 4, 5, 6, 7] })).toMatchObject({ output: [1, 2, 3, 4, 5, 6, 7] });
    expect(most).toBe(3);
    expect(secondsPassed()).toBe(30);
  });

  const odd = {
    work: (item: number) => {
      if (item % 2 === 1) throw namedError('Odd', String(item));
      return item;
    },
  };

  it('fails with the first failure when none is tolerated, and stops the other items', async () => {
    const { run, engine, clock } = rehearse(
      {
        m: machine({
          Each: each({
            Work: invoke('work', { Next: 'Pause' }),
            Pause: { Type: 'Wait', Seconds: 60, End: true },
          }),
        }),
      },
      odd,
    );
    expect(await run('m', { items: [2, 3, 4] })).toMatchObject({
      status: 'FAILED',
      error: 'States.ExceedToleratedFailureThreshold',
    });
    await clock.settled();
    expect([...engine.executions()].map(({ status }) => status)).toEqual([
      'FAILED',
      'ABORTED',
      'FAILED',
      'ABORTED',
    ]);
    expect(clock.peek()).toBeUndefined();
  });

  it.each([
    [{ ToleratedFailurePercentage: 50 }, [1, 2], 'SUCCEEDED'],
    [{ ToleratedFailurePercentage: 50 }, [1, 2, 3], 'FAILED'],
    [{ ToleratedFailurePercentage: 100 }, [1, 3, 5], 'SUCCEEDED'],
    [{ ToleratedFailureCount: 1 }, [1, 2, 4], 'SUCCEEDED'],
    [{ ToleratedFailureCount: 1 }, [1, 2, 3], 'FAILED'],
    [{ ToleratedFailurePercentage: 100, ToleratedFailureCount: 1 }, [1, 3], 'FAILED'],
    [{}, [], 'SUCCEEDED'],
  ])('with %j and items %j has %s', async (tolerated, items, status) => {
    const { run } = rehearse({ m: machine({ Each: each(work, { ...tolerated, End: true }) }) }, odd);
    expect(await run('m', { items })).toMatchObject({ status });
  });

  it('describes a tolerated failure among its results', async () => {
    const { run } = rehearse(
      { m: machine({ Each: each(work, { ToleratedFailurePercentage: 50, End: true }) }) },
      odd,
    );
    const { output } = await run('m', { items: [1, 2] });
    expect(output).toMatchObject([{ Status: 'FAILED', Error: 'Odd', Cause: '1', Input: '1' }, 2]);
  });

  it('fails for items that are no list', async () => {
    const { run } = rehearse({ m: machine({ Each: each(work) }) }, odd);
    expect(await run('m', { items: 'many' })).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });

  it('may not give more than AWS carries', async () => {
    const { run } = rehearse(
      {
        m: machine({
          Each: each(work, { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Done' }], Next: 'Done' }),
          Done: { Type: 'Succeed' },
        }),
      },
      { work: () => 'x'.repeat(1000) },
    );
    const items = Array.from({ length: 300 }, (_, index) => index);
    expect(await run('m', { items })).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });
});
