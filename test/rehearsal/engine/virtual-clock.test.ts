import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { VirtualSurroundings } from '../../../rehearsal/engine/surroundings.ts';
import { VirtualClock } from '../../../rehearsal/engine/virtual-clock.ts';
import { DAY, START } from './support.ts';

function clockWithLog() {
  const clock = new VirtualClock(Date.parse(START));
  const log: string[] = [];
  const set = (seconds: number, what: string) =>
    clock.schedule(clock.epochMs + seconds * 1000, what, () => log.push(`${what} ${clock.now().toString()}`));
  return { clock, log, set };
}

describe('the virtual clock', () => {
  it('stands at its start until it is moved', async () => {
    const { clock, log, set } = clockWithLog();
    set(0, 'now');
    await clock.settled();
    expect(clock.now().toString()).toBe(START);
    expect(log).toEqual([]);
  });

  it('runs timers in the order of their time, and of their setting at the same time', async () => {
    const { clock, log, set } = clockWithLog();
    for (const [seconds, what] of [
      [5, 'c'],
      [1, 'a'],
      [5, 'd'],
      [1, 'b'],
      [9, 'e'],
    ] as const)
      set(seconds, what);
    expect(await clock.runWhile(() => true)).toBe(5);
    expect(log.map((entry) => entry[0])).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(clock.now().toString()).toBe('2026-01-05T09:00:09Z');
  });

  it('orders thousands of timers, set and cancelled in any order', async () => {
    const { clock } = clockWithLog();
    const ran: number[] = [];
    const expected: number[] = [];
    for (let index = 0; index < 5000; index++) {
      const at = clock.epochMs + ((index * 7919) % 1000) * 1000;
      const cancel = clock.schedule(at, '', () => ran.push(at * 10_000 + index));
      if (index % 3 === 0) cancel();
      else expected.push(at * 10_000 + index);
    }
    await clock.runWhile(() => true);
    expect(ran).toEqual(expected.toSorted((left, right) => left - right));
  });

  it('does not overflow over spans that a real timer cannot hold', async () => {
    const { clock, log, set } = clockWithLog();
    set(60 * DAY, 'later');
    set(400 * DAY, 'last');
    await clock.runNext();
    expect(log).toEqual(['later 2026-03-06T09:00:00Z']);
    await clock.runNext();
    expect(clock.now().toString()).toBe('2027-02-09T09:00:00Z');
  });

  it('runs until an instant, that instant included, and stays there', async () => {
    const { clock, log, set } = clockWithLog();
    set(10, 'in');
    set(20, 'at');
    set(21, 'beyond');
    await clock.runUntil(Date.parse(START) + 20_000);
    expect(log.map((entry) => entry.split(' ')[0])).toEqual(['in', 'at']);
    await clock.runUntil(Date.parse(START) + 20_500);
    expect(clock.epochMs).toBe(Date.parse(START) + 20_500);
    await expect(clock.runUntil(Date.parse(START))).rejects.toThrow('time does not run backwards');
  });

  it('says what is next, and nothing of what was cancelled', async () => {
    const { clock, set } = clockWithLog();
    const cancel = set(1, 'cancelled');
    set(2, 'kept');
    cancel();
    expect(clock.peek()).toEqual({ atEpochMs: Date.parse(START) + 2000, label: 'kept' });
    await clock.runNext();
    expect(clock.peek()).toBeUndefined();
    expect(await clock.runNext()).toBe(false);
  });

  it('stands still while something is going on, real input included', async () => {
    const { clock, log, set } = clockWithLog();
    set(1, 'after');
    const release = clock.hold();
    void readFile(import.meta.filename, 'utf8').then(() => {
      log.push(`read ${clock.now().toString()}`);
      release();
      release();
    });
    await clock.runNext();
    expect(log).toEqual([`read ${START}`, 'after 2026-01-05T09:00:01Z']);
  });

  it('stands still until the last has let it go, however often one does', async () => {
    const { clock, log, set } = clockWithLog();
    set(1, 'after');
    const [first, second] = [clock.hold(), clock.hold()];
    first();
    first();
    const moved = clock.runNext();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(log).toEqual([]);
    second();
    await moved;
    expect(log).toHaveLength(1);
  });

  it('is what the library takes for the time of day', () => {
    const { clock } = clockWithLog();
    const { Date: LibraryDate } = new VirtualSurroundings(clock);
    expect(new LibraryDate().toISOString()).toBe('2026-01-05T09:00:00.000Z');
    expect(LibraryDate.now()).toBe(clock.epochMs);
    expect(new LibraryDate('2020-01-01T00:00:00Z').getTime()).toBe(1_577_836_800_000);
  });

  it('waits for what a timer leads to before it moves on', async () => {
    const { clock, log, set } = clockWithLog();
    clock.schedule(clock.epochMs, 'leads on', async () => {
      await readFile(import.meta.filename, 'utf8');
      for (let turn = 0; turn < 50; turn++) await Promise.resolve();
      set(0, 'led to');
    });
    set(1, 'later');
    await clock.runWhile(() => true);
    expect(log).toEqual([`led to ${START}`, 'later 2026-01-05T09:00:01Z']);
  });

  it('runs a timer of the past at the present', async () => {
    const { clock, log, set } = clockWithLog();
    set(-5, 'late');
    await clock.runNext();
    expect(log).toEqual([`late ${START}`]);
  });

  it('passes on what an action throws, and can be moved again', async () => {
    const { clock, log, set } = clockWithLog();
    clock.schedule(clock.epochMs, 'bad', () => {
      throw new Error('bad action');
    });
    set(1, 'next');
    await expect(clock.runNext()).rejects.toThrow('bad action');
    await clock.runNext();
    expect(log).toHaveLength(1);
  });

  it('is moved by one at a time', async () => {
    const { clock, set } = clockWithLog();
    set(1, 'a');
    const first = clock.runNext();
    await expect(clock.runNext()).rejects.toThrow('already being moved');
    await first;
  });

  it('refuses an instant that is none', () => {
    const { clock } = clockWithLog();
    expect(() => clock.schedule(Number.NaN, 'never', () => undefined)).toThrow(RangeError);
    expect(() => new VirtualClock(Number.NaN)).toThrow(RangeError);
  });

  it('really waits a whole second at least', () => {
    const { clock } = clockWithLog();
    expect([clock.realSeconds(0), clock.realSeconds(0.2), clock.realSeconds(61.2)]).toEqual([1, 1, 62]);
  });

  it('leaves everybody else the real clock', async () => {
    const { setTimeout: before, Date: dateBefore } = globalThis;
    const { clock, set } = clockWithLog();
    set(DAY, 'a');
    await clock.runNext();
    await new Promise((resolve) => setTimeout(resolve, 1));
    expect(globalThis.setTimeout).toBe(before);
    expect(globalThis.Date).toBe(dateBefore);
  });
});
