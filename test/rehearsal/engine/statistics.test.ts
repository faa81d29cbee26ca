import { describe, expect, it } from 'vitest';
import { ask, DAY, each, invoke, machine, rehearse, runMachine } from './support.ts';

describe('the statistics', () => {
  it('agree with counts worked out by hand', async () => {
    const tries: Record<string, number> = {};
    const tryOf = (what: string): number => (tries[what] = (tries[what] ?? 0) + 1);
    const rehearsed = rehearse(
      {
        // 1 transition and 4 events for Both, 1 and 2 for Note, 1 and 6 for Each, 2 events of the execution: 3 and 14.
        cycle: machine({
          Both: {
            Type: 'Parallel',
            Branches: [
              machine({ Note: { Type: 'Pass', End: true } }),
              machine({
                Each: each(
                  // In two children, each with 2 events of its own execution: 1 and 8.
                  {
                    'Run lcpg': runMachine('lcpg', {
                      Parameters: { StateMachineArn: 'lcpg', 'Name.$': '$.group', 'Input.$': '$' },
                      End: true,
                    }),
                  },
                  { ItemSelector: { 'group.$': '$$.Map.Item.Value' }, End: true },
                ),
              }),
            ],
            End: true,
          },
        }),
        // Invite 2 and 8 with its retry, Run ask 1 and 6, Choose, Pause and Done 1 and 2 each, the execution 2: 6 and 22.
        lcpg: machine({
          Invite: invoke('invite', {
            Retry: [{ ErrorEquals: ['States.ALL'] }],
            ResultPath: null,
            OutputPath: '$',
            Next: 'Run ask',
          }),
          'Run ask': runMachine('ask', { ResultPath: null, Next: 'Choose' }),
          Choose: {
            Type: 'Choice',
            Choices: [{ Variable: '$.group', IsPresent: true, Next: 'Pause' }],
            Default: 'Done',
          },
          Pause: { Type: 'Wait', Seconds: 5, Next: 'Done' },
          Done: { Type: 'Succeed' },
        }),
        // Open 1 and 5, Wait 1 and 6 with its timeout, Remind 1 and 5, Wait 1 and 6, the execution 2: 4 and 24.
        ask: machine({
          Open: invoke('open', { ResultPath: null, OutputPath: '$', Next: 'Wait' }),
          Wait: ask('await', {
            TimeoutSeconds: 30 * DAY,
            Catch: [{ ErrorEquals: ['States.Timeout'], ResultPath: null, Next: 'Remind' }],
            ResultPath: null,
            End: true,
          }),
          Remind: invoke('remind', { ResultPath: null, OutputPath: '$', Next: 'Wait' }),
        }),
      },
      {
        invite: ({ group }: { group: string }) => {
          if (tryOf(group) === 1) throw new Error('not yet');
        },
        open: () => null,
        remind: () => null,
        await: ({ token, input }: { token: string; input: { group: string } }) => {
          if (tryOf(`ask ${input.group}`) < 2) return;
          rehearsed.clock.schedule(rehearsed.clock.epochMs + DAY * 1000, 'answer', () => {
            rehearsed.engine.sendTaskSuccess(token, {});
          });
        },
      },
    );
    expect(await rehearsed.run('cycle', { items: ['a', 'b'] })).toMatchObject({ status: 'SUCCEEDED' });
    const statistics = rehearsed.engine.statistics();
    expect(statistics.transitions).toEqual({ cycle: 3 + 2 * 1, lcpg: 2 * 6, ask: 2 * 4 });
    const counts = [...rehearsed.engine.executions()].map(({ executionId, machine: of }) => [
      of,
      statistics.transitionsByExecution[executionId],
      statistics.historyEventsByExecution[executionId],
    ]);
    expect(counts).toEqual([
      ['cycle', 3, 14],
      ['cycle', 1, 8],
      ['cycle', 1, 8],
      ['lcpg', 6, 22],
      ['lcpg', 6, 22],
      ['ask', 4, 24],
      ['ask', 4, 24],
    ]);
    expect(statistics).toMatchObject({
      historyEventsMax: 24,
      historyEventsMaxAt: 'arn:aws:states:local:000000000000:execution:ask:unnamed-1',
    });
  });

  it('count what fails and what is stopped', async () => {
    const { run, engine } = rehearse({
      m: machine({
        All: {
          Type: 'Parallel',
          Branches: [
            machine({ Pause: { Type: 'Wait', Seconds: 60, End: true } }),
            machine({ Stop: { Type: 'Fail', Error: 'Broken' } }),
          ],
          End: true,
        },
      }),
    });
    const { executionId } = await run('m');
    const { transitionsByExecution, historyEventsByExecution } = engine.statistics();
    expect(transitionsByExecution[executionId]).toBe(3);
    // Started; Parallel entered and started; Wait entered and aborted; Fail entered; Parallel failed; failed.
    expect(historyEventsByExecution[executionId]).toBe(8);
  });

  it('find the largest payload, in bytes and not in characters', async () => {
    const { run, engine } = rehearse(
      {
        m: machine({
          First: { Type: 'Pass', Next: 'Work' },
          Work: invoke('make', { Next: 'Last' }),
          Last: { Type: 'Succeed' },
        }),
      },
      { make: () => ({ names: 'é'.repeat(100) }) },
    );
    await run('m', { a: 'é' });
    // {"names":"…"} is 12 characters around the 100 of 2 bytes each.
    expect(engine.statistics()).toMatchObject({ stateBytesMax: 212, stateBytesMaxAt: 'm: Work' });
  });

  it('are empty before anything has run', () => {
    const { engine } = rehearse({ m: machine({ Done: { Type: 'Succeed' } }) });
    expect(engine.statistics()).toEqual({
      transitions: { m: 0 },
      transitionsByExecution: {},
      stateBytesMax: 0,
      stateBytesMaxAt: '',
      historyEventsMax: 0,
      historyEventsMaxAt: '',
      historyEventsByExecution: {},
    });
  });
});
