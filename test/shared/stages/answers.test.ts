import { describe, expect, it } from 'vitest';

import { emptyReturnContent } from '../../../shared/domain/return.ts';
import { confirmReceipt, requestWait, startRun, submitReturn } from '../../../shared/stages/answers.ts';
import { nowOf } from '../../../shared/stages/workplace.ts';
import type { Waiting } from '../../../shared/store/cycles/waiting-store.ts';
import { people, smallWorld } from '../../support/small-partnership.ts';

const outage = new Error('Step Functions is not reached');

/** A desk whose machines are not reached until they are mended. */
const worldWithOutage = async () => {
  const world = await smallWorld();
  const state = { out: true };
  const heard: unknown[] = [];
  const started: string[] = [];
  const desk = {
    ...world.desk,
    machines: {
      wake: () => (state.out ? Promise.reject(outage) : Promise.resolve(true)),
      start: (_machine: string, name: string) => {
        if (state.out) return Promise.reject(outage);
        started.push(name);
        return Promise.resolve();
      },
    },
    notTold: (error: unknown) => {
      heard.push(error);
    },
  };
  const waiting = async (): Promise<readonly Waiting[]> => {
    const all: Waiting[] = [];
    for await (const one of desk.waiting.all()) all.push(one);
    return all;
  };
  return { world, desk, state, heard, started, waiting };
};

describe('an answer while the machines are not reached', () => {
  it('is stored and no fault of the person who gave it; the registration stays for the sweep', async () => {
    const { world, desk, heard, waiting } = await worldWithOutage();
    const { request } = await world.ask('report-receipt', people.secretary, { body: 'board', round: 1 });
    await desk.waiting.register({
      name: requestWait(request.id),
      kind: 'machine',
      at: request.dueAt,
      token: 'one',
    });
    await confirmReceipt(desk, request, 'page');
    expect(await desk.requests.get(request.id)).toMatchObject({ state: 'answered' });
    expect(heard).toEqual([outage]);
    expect(await waiting()).toMatchObject([{ name: requestWait(request.id), token: 'one' }]);
  });

  it('plans the run that follows from it in the same transaction, and the run can be started later', async () => {
    const { world, desk, state, heard, started, waiting } = await worldWithOutage();
    const { request } = await world.ask('return', people.ashfordCoordinator, { body: 'ashford', round: 1 });
    const at = nowOf(desk);
    const draft = await desk.returns.prefill(
      world.cycle.id,
      'ashford',
      { ...emptyReturnContent, held: true },
      at,
    );
    const nil = await desk.returns.recordNil(draft, at);
    await submitReturn(desk, request, nil, 'page');
    expect(await desk.returns.of(world.cycle.id, 'ashford')).toMatchObject({
      state: 'submitted',
      version: 1,
    });
    expect(heard).toEqual([outage]);
    const [planned] = await waiting();
    expect(planned).toMatchObject({ kind: 'run', run: { input: { group: 'ashford', part: 'sign-off' } } });
    state.out = false;
    if (planned?.run !== undefined) await startRun(desk, planned.run);
    expect(started).toEqual([planned?.run?.name]);
    expect(await waiting()).toEqual([]);
  });
});
