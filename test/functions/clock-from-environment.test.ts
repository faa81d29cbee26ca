import { describe, expect, it } from 'vitest';

import { clockFromEnvironment } from '../../functions/clock-from-environment.ts';
import { readEnvironment, webEnvironment } from '../../shared/contracts/environment.ts';
import { systemClock } from '../../shared/time/clock.ts';

const common = { STAGE: 'rehearsal', SERVICE: 'x' };
const fast = {
  CLOCK_START: '2026-09-16T08:00:00Z',
  CLOCK_REAL_START: '2026-01-01T00:00:00Z',
  CLOCK_SPEED: '600',
};

describe('the clock of a function', () => {
  it("is the world's where nothing else is said", () => {
    expect(clockFromEnvironment(common)).toBe(systemClock);
  });

  it('runs fast in a rehearsal', () => {
    const clock = clockFromEnvironment({ ...common, ...fast });
    expect(clock.realInstant('2026-09-16T09:00:00Z')).toBe('2026-01-01T00:00:06Z');
    expect(clock.realSeconds(1200)).toBe(2);
  });

  it('does not run fast in any other stage', () => {
    expect(() => clockFromEnvironment({ ...common, ...fast, STAGE: 'production' })).toThrow(
      'only the stage rehearsal',
    );
  });

  it.each(Object.keys(fast))('needs %s to run fast', (name) => {
    expect(() => clockFromEnvironment({ ...common, ...fast, [name]: undefined })).toThrow(
      'a fast clock needs',
    );
  });
});

describe('the variables of a function', () => {
  const whole = {
    ...common,
    DIRECTORY_TABLE: 'd',
    CYCLES_TABLE: 'c',
    INDICATORS_TABLE: 'i',
    DOCUMENTS_BUCKET: 'b',
    CYCLE_MACHINE: 'm',
    LCPG_MACHINE: 'l',
    WEB_ORIGIN: 'https://lcpg.example.org',
    ERRAND_FUNCTION: 'run-errand',
  };

  it('are read, and what others set is left alone', () => {
    expect(readEnvironment(webEnvironment, { ...whole, PATH: '/bin' })).toStrictEqual(whole);
  });

  it('are named when they are missing or empty', () => {
    const read = () =>
      readEnvironment(webEnvironment, { ...whole, CYCLES_TABLE: undefined, DOCUMENTS_BUCKET: '' });
    expect(read).toThrow(/CYCLES_TABLE.*DOCUMENTS_BUCKET/);
  });

  it('tell a speed that is none', () => {
    const read = () => readEnvironment(webEnvironment, { ...whole, ...fast, CLOCK_SPEED: 'fast' });
    expect(read).toThrow('CLOCK_SPEED');
  });
});
