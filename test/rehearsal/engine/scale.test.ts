import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ask, DAY, each, invoke, machine, rehearse, type Rehearsed, runMachine } from './support.ts';

/** A small partnership: a cycle, its groups, and what each is asked, with failures, timeouts and answers. */
function partnership(realPause: () => Promise<unknown>): Rehearsed {
  let asked = 0;
  const tried = new Set<number>();
  const retry = { Retry: [{ ErrorEquals: ['Flaky'], IntervalSeconds: 7, JitterStrategy: 'FULL' }] };
  const rehearsed = rehearse(
    {
      cycle: machine({
        Open: invoke('work', { ResultPath: null, OutputPath: '$', Next: 'Both' }),
        Both: {
          Type: 'Parallel',
          Branches: [
            machine({ Minutes: runMachine('ask', { ResultPath: null, End: true }) }),
            machine({
              Each: each(
                {
                  Run: runMachine('lcpg', {
                    Parameters: {
                      StateMachineArn: 'lcpg',
                      'Name.$': "States.Format('g-{}', $.group)",
                      'Input.$': '$',
                    },
                    Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Say' }],
                    ResultPath: null,
                    OutputPath: null,
                    End: true,
                  }),
                  Say: invoke('work'),
                },
                {
                  ItemSelector: { 'group.$': '$$.Map.Item.Value' },
                  ToleratedFailurePercentage: 100,
                  ResultPath: null,
                  End: true,
                },
              ),
            }),
          ],
          ResultPath: null,
          End: true,
        },
      }),
      lcpg: machine({
        Agree: runMachine('ask', { ResultPath: null, Next: 'Invite' }),
        Invite: invoke('flaky', { ...retry, ResultPath: null, OutputPath: '$', Next: 'Return' }),
        Return: runMachine('ask', { ResultPath: null, Next: 'Share' }),
        Share: invoke('share', { ResultPath: null, OutputPath: '$', End: true }),
      }),
      ask: machine({
        'Open it': invoke('work', { ResultPath: null, OutputPath: '$', Next: 'Wait' }),
        Wait: ask('await', {
          TimeoutSeconds: 5 * DAY,
          Catch: [{ ErrorEquals: ['States.Timeout'], ResultPath: null, Next: 'Remind' }],
          ResultPath: null,
          End: true,
        }),
        Remind: invoke('work', { ResultPath: null, OutputPath: '$', Next: 'Wait' }),
      }),
    },
    {
      work: realPause,
      flaky: async ({ group }: { group: number }) => {
        await realPause();
        if (group % 4 === 0 && !tried.has(group)) {
          tried.add(group);
          throw Object.assign(new Error('again'), { name: 'Flaky' });
        }
      },
      share: ({ group }: { group: number }) => {
        if (group % 10 === 9) throw new Error('cannot be shared');
      },
      await: async ({ token }: { token: string }) => {
        await realPause();
        const answersAfterDays = asked++ % 8;
        const at = rehearsed.clock.epochMs + answersAfterDays * DAY * 1000;
        rehearsed.clock.schedule(at, 'a person answers', () => {
          try {
            rehearsed.engine.sendTaskSuccess(token, {});
          } catch {
            // Too late: the request has been reminded of, and has a new token.
          }
        });
      },
    },
  );
  return rehearsed;
}

/** The processor's time, as the machine may be busy with other things. */
function processorMilliseconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

const TEST_TIMEOUT = { timeout: 60_000 };

describe('a whole partnership', () => {
  it('goes the same way every time, however long the real work takes', TEST_TIMEOUT, async () => {
    const runs = await Promise.all(
      [() => Promise.resolve(), () => pause(Math.random() * 2)].map(async (realPause) => {
        const rehearsed = partnership(realPause);
        const ended = await rehearsed.run('cycle', {
          items: Array.from({ length: 24 }, (_, index) => index),
        });
        expect(ended.status).toBe('SUCCEEDED');
        return { events: rehearsed.events, statistics: rehearsed.engine.statistics(), ended };
      }),
    );
    expect(runs[0]?.events.length).toBeGreaterThan(500);
    expect(runs[0]).toEqual(runs[1]);
  });

  it('tells of a state’s entering before of anything in it', TEST_TIMEOUT, async () => {
    const rehearsed = partnership(() => Promise.resolve());
    await rehearsed.run('cycle', { items: [1, 2] });
    const entered = rehearsed.events.filter(({ type }) => type === 'StateEntered').map(({ state }) => state);
    expect(entered.slice(0, 3)).toEqual(['Open', 'Both', 'Minutes']);
    expect(rehearsed.events[0]?.type).toBe('ExecutionStarted');
    expect(rehearsed.events.at(-1)?.type).toBe('ExecutionEnded');
    expect(rehearsed.events.at(-1)?.executionId).toMatch(/:cycle:one$/);
  });

  it('of 1,200 groups takes seconds', TEST_TIMEOUT, async () => {
    const begun = processorMilliseconds();
    const rehearsed = partnership(() => Promise.resolve());
    const ended = await rehearsed.run('cycle', { items: Array.from({ length: 1200 }, (_, index) => index) });
    expect(processorMilliseconds() - begun).toBeLessThan(10_000);
    expect(ended.status).toBe('SUCCEEDED');
    const executions = [...rehearsed.engine.executions()];
    expect(executions).toHaveLength(1 + 1200 + 1200 + 2401);
    // What one group in ten fails with has been caught by its item.
    const failed = executions.filter(({ status }) => status !== 'SUCCEEDED');
    expect(new Set(failed.map(({ machine: of, error }) => `${of} ${error ?? ''}`))).toEqual(
      new Set(['lcpg Error']),
    );
    expect(failed).toHaveLength(120);
  });

  it('of 1,200 children with one task each takes well under 3 seconds', TEST_TIMEOUT, async () => {
    const { run } = rehearse({ m: machine({ Each: each({ Work: invoke('work') }) }) }, { work: () => 1 });
    const begun = processorMilliseconds();
    const ended = await run('m', { items: Array.from({ length: 1200 }, (_, index) => index) });
    expect(processorMilliseconds() - begun).toBeLessThan(3000);
    expect(ended).toMatchObject({ status: 'SUCCEEDED', output: Array.from({ length: 1200 }, () => 1) });
  });
});
