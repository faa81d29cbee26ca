import type { CreateScheduleCommandInput, SchedulerClient } from '@aws-sdk/client-scheduler';
import { ConflictException, CreateScheduleCommand, UpdateScheduleCommand } from '@aws-sdk/client-scheduler';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';

import { SchedulerStartSchedule } from '../../../shared/machines/scheduler-start-schedule.ts';
import type { Clock } from '../../../shared/time/clock.ts';
import { fastClock, systemClock } from '../../../shared/time/clock.ts';

const clockAt = (now: string): Clock => ({ ...systemClock, now: () => Temporal.Instant.from(now) });

/** EventBridge Scheduler as far as schedules are created and updated. */
const scheduler = () => {
  const schedules = new Map<string, CreateScheduleCommandInput>();
  const calls: string[] = [];
  const send = (command: unknown): Promise<object> => {
    if (command instanceof CreateScheduleCommand) {
      calls.push('create');
      const { Name = '' } = command.input;
      if (schedules.has(Name))
        return Promise.reject(new ConflictException({ message: 'exists', Message: 'exists', $metadata: {} }));
      schedules.set(Name, command.input);
    } else if (command instanceof UpdateScheduleCommand) {
      calls.push('update');
      schedules.set(command.input.Name ?? '', command.input);
    }
    return Promise.resolve({});
  };
  return { client: { send } as unknown as Pick<SchedulerClient, 'send'>, schedules, calls };
};

const parts = {
  group: 'schedules',
  startCycleFunction: 'arn:aws:lambda:eu-west-2:111122223333:function:start-cycle',
  role: 'arn:aws:iam::111122223333:role/schedules',
};
const now = '2026-11-10T09:00:00Z';

describe('the start of a coming cycle', () => {
  it('is set for its instant, in UTC, once', async () => {
    const { client, schedules } = scheduler();
    const schedule = new SchedulerStartSchedule({
      ...parts,
      client,
      clock: clockAt(now),
      worldClock: clockAt(now),
    });
    await schedule.startCycleAt('kent', '2026-11-18', '2026-11-18T12:30:00Z');
    expect(schedules.get('start-kent-2026-11-18')).toMatchObject({
      GroupName: 'schedules',
      ScheduleExpression: 'at(2026-11-18T12:30:00)',
      ScheduleExpressionTimezone: 'UTC',
      ActionAfterCompletion: 'DELETE',
      Target: {
        Arn: parts.startCycleFunction,
        RoleArn: parts.role,
        Input: '{"partnership":"kent","cycle":"2026-11-18"}',
      },
    });
  });

  it('is moved when it is set again', async () => {
    const { client, schedules, calls } = scheduler();
    const schedule = new SchedulerStartSchedule({
      ...parts,
      client,
      clock: clockAt(now),
      worldClock: clockAt(now),
    });
    await schedule.startCycleAt('kent', '2026-11-18', '2026-11-18T12:30:00Z');
    await schedule.startCycleAt('kent', '2026-11-18', '2026-11-18T13:00:00Z');
    expect(calls).toStrictEqual(['create', 'create', 'update']);
    expect([...schedules.values()].map(({ ScheduleExpression }) => ScheduleExpression)).toStrictEqual([
      'at(2026-11-18T13:00:00)',
    ]);
  });

  it('that is due already is set for a minute later', async () => {
    const { client, schedules } = scheduler();
    const schedule = new SchedulerStartSchedule({
      ...parts,
      client,
      clock: clockAt(now),
      worldClock: clockAt(now),
    });
    await schedule.startCycleAt('kent', '2026-11-09', '2026-11-09T12:30:00Z');
    expect(schedules.get('start-kent-2026-11-09')?.ScheduleExpression).toBe('at(2026-11-10T09:01:00)');
  });

  it('is set by the clock of the world where ours runs fast', async () => {
    const { client, schedules } = scheduler();
    const worldClock = clockAt('2026-01-01T00:00:00Z');
    const clock = fastClock('2026-11-10T00:00:00Z', '2026-01-01T00:00:00Z', 144, worldClock);
    const schedule = new SchedulerStartSchedule({ ...parts, client, clock, worldClock });
    await schedule.startCycleAt('kent', '2026-11-18', '2026-11-18T00:00:00Z');
    // Eight days, a hundred and forty-four times as fast: eighty minutes.
    expect(schedules.get('start-kent-2026-11-18')?.ScheduleExpression).toBe('at(2026-01-01T01:20:00)');
  });

  it('fails with whatever else goes wrong', async () => {
    const client = { send: () => Promise.reject(new Error('no')) } as unknown as Pick<
      SchedulerClient,
      'send'
    >;
    const schedule = new SchedulerStartSchedule({
      ...parts,
      client,
      clock: systemClock,
      worldClock: systemClock,
    });
    await expect(schedule.startCycleAt('kent', '2026-11-18', '2026-11-18T12:30:00Z')).rejects.toThrow('no');
  });
});
