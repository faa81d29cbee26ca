import type { CommonEnvironment } from '../shared/contracts/environment.ts';
import type { Clock } from '../shared/time/clock.ts';
import { fastClock, systemClock } from '../shared/time/clock.ts';

/**
 * The world's clock, or in a rehearsal stage one that runs fast.
 * @throws {Error} when another stage is told to run fast, or a part of the clock is missing
 */
export const clockFromEnvironment = (environment: CommonEnvironment): Clock => {
  const { STAGE, CLOCK_START, CLOCK_REAL_START, CLOCK_SPEED } = environment;
  if (CLOCK_START === undefined && CLOCK_REAL_START === undefined && CLOCK_SPEED === undefined)
    return systemClock;
  if (STAGE !== 'rehearsal')
    throw new Error(`stage ${STAGE}: only the stage rehearsal may have a fast clock`);
  if (CLOCK_START === undefined || CLOCK_REAL_START === undefined || CLOCK_SPEED === undefined)
    throw new Error('a fast clock needs CLOCK_START, CLOCK_REAL_START and CLOCK_SPEED');
  return fastClock(CLOCK_START, CLOCK_REAL_START, Number(CLOCK_SPEED));
};
