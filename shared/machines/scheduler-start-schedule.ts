import type { SchedulerClient } from '@aws-sdk/client-scheduler';
import { ConflictException, CreateScheduleCommand, UpdateScheduleCommand } from '@aws-sdk/client-scheduler';

import { startScheduleName } from '../contracts/names.ts';
import type { StartSchedule } from '../stages/workplace.ts';
import type { Instant } from '../time/calendar.ts';
import { addSeconds, later, toInstant } from '../time/calendar.ts';
import type { Clock } from '../time/clock.ts';

export interface SchedulerStartScheduleParts {
  readonly client: Pick<SchedulerClient, 'send'>;
  readonly group: string;
  /** ARN of the function that starts a cycle. */
  readonly startCycleFunction: string;
  /** ARN of the role with which it is invoked. */
  readonly role: string;
  /** The clock by which starts are given. */
  readonly clock: Clock;
  /** The world's clock, by which EventBridge goes. */
  readonly worldClock: Clock;
}

/** EventBridge may refuse a time that has passed; a start that is due is set for a little later. */
const leastSecondsAhead = 60;

/** One-off schedules of EventBridge, one for each cycle to come, gone once they have fired. */
export class SchedulerStartSchedule implements StartSchedule {
  readonly #parts: SchedulerStartScheduleParts;

  constructor(parts: SchedulerStartScheduleParts) {
    this.#parts = parts;
  }

  async startCycleAt(partnership: string, cycle: string, at: Instant): Promise<void> {
    const { client, group, startCycleFunction, role, clock, worldClock } = this.#parts;
    const soon = addSeconds(toInstant(worldClock.now()), leastSecondsAhead);
    const realAt = later(clock.realInstant(at), soon);
    const schedule = {
      Name: startScheduleName(partnership, cycle),
      GroupName: group,
      ScheduleExpression: `at(${realAt.replace('Z', '')})`,
      ScheduleExpressionTimezone: 'UTC',
      FlexibleTimeWindow: { Mode: 'OFF' },
      ActionAfterCompletion: 'DELETE',
      Target: {
        Arn: startCycleFunction,
        RoleArn: role,
        Input: JSON.stringify({ partnership, cycle }),
        RetryPolicy: { MaximumRetryAttempts: 10, MaximumEventAgeInSeconds: 86_400 },
      },
    } as const;
    try {
      await client.send(new CreateScheduleCommand(schedule));
    } catch (error) {
      if (!(error instanceof ConflictException)) throw error;
      await client.send(new UpdateScheduleCommand(schedule));
    }
  }
}
