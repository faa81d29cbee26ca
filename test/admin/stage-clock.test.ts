import { describe, expect, it } from 'vitest';

import { stageClock } from '../../admin/stage-clock.ts';
import { systemClock } from '../../shared/time/clock.ts';

const fast = { start: '2026-09-16T08:00:00Z', realStart: '2026-01-01T00:00:00Z', speed: 600 };

describe('the clock of a deployed stage', () => {
  it('is that of its configuration in a rehearsal', () => {
    const clock = stageClock('rehearsal', () => ({ clock: fast }));
    expect(clock.realInstant('2026-09-16T09:00:00Z')).toBe('2026-01-01T00:00:06Z');
  });

  it("is the world's in a rehearsal that does not run fast", () => {
    expect(stageClock('rehearsal', () => ({ clock: null }))).toBe(systemClock);
  });

  it.each(['staging', 'production'])("is the world's in %s", (stage) => {
    expect(stageClock(stage, () => ({ clock: fast }))).toBe(systemClock);
  });
});
