import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import {
  InvocationError,
  type InvocationHandler,
  InvocationQueue,
} from '../../../rehearsal/engine/invocations.ts';
import { VirtualClock } from '../../../rehearsal/engine/virtual-clock.ts';
import { namedError, START } from './support.ts';

function queueOf(functions: Record<string, InvocationHandler>) {
  const clock = new VirtualClock(Date.parse(START));
  return { clock, queue: new InvocationQueue({ clock, functions }) };
}

describe('the invocation queue', () => {
  it('runs one at a time, first in, first out, however long each really takes', async () => {
    const log: string[] = [];
    const { queue } = queueOf({
      work: async ({ name, milliseconds }: { name: string; milliseconds: number }) => {
        log.push(`${name} begins`);
        await pause(milliseconds);
        log.push(`${name} ends`);
      },
    });
    await Promise.all(
      [
        ['a', 20],
        ['b', 0],
        ['c', 5],
      ].map(([name, milliseconds]) => queue.invoke('work', { name, milliseconds })),
    );
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  it('lets everything that follows from one settle before the next begins', async () => {
    const log: string[] = [];
    const { queue } = queueOf({ work: (name: string) => log.push(name) });
    const first = queue.invoke('work', 'first').then(async () => {
      for (let turn = 0; turn < 50; turn++) await Promise.resolve();
      log.push('followed');
    });
    await Promise.all([first, queue.invoke('work', 'second')]);
    expect(log).toEqual(['first', 'followed', 'second']);
  });

  it('passes JSON copies, as Lambda does', async () => {
    const kept = { list: [1] };
    const received: unknown[] = [];
    const { queue } = queueOf({
      work: (payload: unknown) => {
        received.push(payload);
        return { kept, gone: undefined, date: new Date(START) };
      },
      nothing: () => undefined,
    });
    const payload = { at: new Date(START), gone: undefined };
    const result = await queue.invoke('work', payload);
    expect(received).toEqual([{ at: '2026-01-05T09:00:00.000Z' }]);
    expect(result).toEqual({ kept: { list: [1] }, date: '2026-01-05T09:00:00.000Z' });
    (result as unknown as { kept: typeof kept }).kept.list.push(2);
    expect(kept.list).toEqual([1]);
    expect(await queue.invoke('nothing', undefined)).toBeNull();
  });

  it('copies the payload when it is sent', async () => {
    const { queue } = queueOf({ echo: (payload: unknown) => payload });
    const payload = { value: 'sent' };
    const result = queue.invoke('echo', payload);
    payload.value = 'changed';
    expect(await result).toEqual({ value: 'sent' });
  });

  it('keeps the name and message of what a function throws', async () => {
    const { queue } = queueOf({
      named: () => Promise.reject(namedError('MeetingMoved', 'to Tuesday')),
      text: () => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- functions may
        throw 'a text';
      },
    });
    await expect(queue.invoke('named', {})).rejects.toMatchObject({
      name: 'MeetingMoved',
      message: 'to Tuesday',
    });
    await expect(queue.invoke('text', {})).rejects.toMatchObject({ name: 'Error', message: 'a text' });
    await expect(queue.invoke('absent', {})).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(queue.invoke('named', {})).rejects.toBeInstanceOf(InvocationError);
  });

  it('goes on after a failure, and is idle when all is done', async () => {
    const log: string[] = [];
    const { queue } = queueOf({
      fail: () => Promise.reject(new Error('no')),
      work: async () => {
        await pause(1);
        log.push('worked');
      },
    });
    const failed = expect(queue.invoke('fail', {})).rejects.toThrow('no');
    void queue.invoke('work', {}).then(() => queue.run(() => Promise.resolve(log.push('more'))));
    await queue.idle();
    await failed;
    expect(log).toEqual(['worked', 'more']);
  });

  it('holds the clock while it works', async () => {
    const log: string[] = [];
    const { clock, queue } = queueOf({
      slow: async () => {
        await pause(5);
        log.push(`slow at ${clock.now().toString()}`);
      },
    });
    clock.schedule(clock.epochMs + 1000, 'timer', () => log.push('timer'));
    void queue.invoke('slow', {});
    await clock.runNext();
    expect(log).toEqual([`slow at ${START}`, 'timer']);
  });

  it('gives each invocation a context of its own, the same in every run', async () => {
    const contexts: string[] = [];
    const { queue } = queueOf({
      work: (_payload: unknown, context) =>
        contexts.push(
          `${context.functionName} ${context.awsRequestId} ${String(context.getRemainingTimeInMillis() > 0)}`,
        ),
    });
    await queue.invoke('work', {});
    await queue.invoke('work', {});
    expect(contexts).toEqual([
      'work 00000000-0000-4000-8000-000000000001 true',
      'work 00000000-0000-4000-8000-000000000002 true',
    ]);
  });
});
