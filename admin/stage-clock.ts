import type { Context } from '../infra/config/read-config.ts';
import { readConfig } from '../infra/config/read-config.ts';
import type { StageConfig } from '../infra/config/schema.ts';
import type { Clock } from '../shared/time/clock.ts';
import { fastClock, systemClock } from '../shared/time/clock.ts';

/** The clock that a stage goes by: the world's, but in a rehearsal whose configuration lets it run fast. */
export const stageClock = (
  stage: string,
  configOf: (context: Context) => Pick<StageConfig, 'clock'> = readConfig,
): Clock => {
  if (stage !== 'rehearsal') return systemClock;
  const { clock } = configOf({ stage, local: undefined, clock: undefined });
  return clock === null ? systemClock : fastClock(clock.start, clock.realStart, clock.speed);
};
