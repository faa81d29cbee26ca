import { beforeEach, describe, expect, it } from 'vitest';

import type { Message } from '../../../shared/mail/messages.ts';
import { askForOpenLinks, registerCorrection } from '../../../shared/stages/answers.ts';
import { tellCorrection } from '../../../shared/stages/corrections.ts';
import { sendOpenLinks } from '../../../shared/stages/reminders.ts';
import type { Workplace } from '../../../shared/stages/workplace.ts';
import { askFor } from '../../functions/web/asked.ts';
import { smallWorld } from '../../support/small-partnership.ts';
import type { SmallWorld } from '../../support/small-partnership.ts';

let world: SmallWorld;
let sent: Message[];

beforeEach(async () => {
  world = await smallWorld();
  sent = [];
});

/** A place whose post notes what it is given. */
const place = (): Workplace => {
  const post = {
    send: (messages: readonly Message[]) => {
      sent.push(...messages);
      return Promise.resolve([]);
    },
  };
  return { ...world.desk, links: world.maker, postFor: () => post } as unknown as Workplace;
};

/** Tells of every correction that waits, as the sweep does. */
const tellAll = async (): Promise<void> => {
  const partnership = await world.desk.directory.partnership();
  for await (const waiting of world.desk.waiting.all())
    if (waiting.correction !== undefined)
      await tellCorrection(place(), partnership, waiting, waiting.correction);
};

const waitingNames = async (): Promise<readonly string[]> => {
  const names: string[] = [];
  for await (const { name } of world.desk.waiting.all()) names.push(name);
  return names;
};

describe('a correction', () => {
  it('goes to the contact and the co-ordinators, to be checked, and to the person, to object; to nobody twice', async () => {
    const { request } = await askFor(world, 'attendance');
    await registerCorrection(world.desk, request, { what: 'left', text: 'Gone to Dover' });
    await tellAll();
    await tellAll();
    expect(sent.map(({ kind, to }) => `${kind} ${to.id}`)).toEqual([
      'correction contact',
      'correction cora',
      'correction-noticed mo',
    ]);
    expect(sent[0]).toMatchObject({
      kind: 'correction',
      who: { id: 'mo' },
      what: 'left',
      text: 'Gone to Dover',
      chased: false,
    });
    expect(await waitingNames()).toEqual([]);
  });

  it('is not given to the person whom it is about to check', async () => {
    const { request } = await askFor(world, 'return');
    await registerCorrection(world.desk, request, { what: 'not-me', text: '' });
    await tellAll();
    expect(sent.map(({ kind, to }) => `${kind} ${to.id}`)).toEqual([
      'correction contact',
      'correction-noticed cora',
    ]);
  });

  it.each(['not-me', 'left'] as const)('that says %s ends the chasing', async (what) => {
    const invited = (await askFor(world, 'attendance')).request;
    const machine = (await askFor(world, 'return')).request;
    await registerCorrection(world.desk, invited, { what, text: '' });
    await registerCorrection(world.desk, machine, { what, text: '' });
    await tellAll();
    // The machine still waits for its end, and the return may still be handed in.
    const after = await world.desk.requests.get(machine.id);
    expect(after?.state).toBe('open');
    expect(after?.stepsTaken).toBeGreaterThan(0);
  });

  it('of an address changes nothing of the request', async () => {
    const { request } = await askFor(world, 'return');
    await registerCorrection(world.desk, request, { what: 'address', text: 'new@example.org' });
    await tellAll();
    expect(sent[0]).toMatchObject({ what: 'address', chased: true });
    expect(await world.desk.requests.get(request.id)).toEqual(request);
  });

  it('is passed on a few times a day for a request, and again on the next day', async () => {
    const { request } = await askFor(world, 'attendance');
    const tell = (text: string): Promise<boolean> =>
      registerCorrection(world.desk, request, { what: 'address', text });
    for (const minute of ['01', '02', '03']) {
      world.clock.set(`2026-09-22T09:${minute}:00Z`);
      expect(await tell(`address-${minute}@example.org`)).toBe(true);
      await tellAll();
    }
    world.clock.set('2026-09-22T22:00:00Z');
    expect(await tell('one too many')).toBe(false);
    await tellAll();
    expect(sent.filter(({ to }) => to.id === 'contact')).toHaveLength(3);
    world.clock.set('2026-09-22T23:30:00Z');
    expect(await tell('after midnight in London')).toBe(true);
  });

  it('about a request that was answered meanwhile leaves the answer as it is', async () => {
    const { request } = await askFor(world, 'report-receipt');
    await world.desk.requests.answer(request, { by: 'sam', channel: 'page', at: '2026-09-22T09:00:00Z' });
    await registerCorrection(world.desk, request, { what: 'not-me', text: '' });
    await tellAll();
    expect((await world.desk.requests.get(request.id))?.state).toBe('answered');
  });
});

describe('an errand', () => {
  it('that is registered again while it is run, within the same second, is not lost', async () => {
    const { request } = await askFor(world, 'attendance');
    await askForOpenLinks(world.desk, request.partnership, request.person);
    const name = `links/${request.person}`;
    const running = await world.desk.waiting.get(name);
    if (running === undefined) throw new Error('nothing waits');
    await askForOpenLinks(world.desk, request.partnership, request.person);
    await world.desk.waiting.stop(running);
    expect(await waitingNames()).toEqual([name]);
  });
});

describe('links that somebody asked for', () => {
  it('are all that is open, once a day', async () => {
    await askFor(world, 'attendance');
    const { request } = await askFor(world, 'action-update');
    await askForOpenLinks(world.desk, request.partnership, request.person);
    const waiting = await world.desk.waiting.get(`links/${request.person}`);
    if (waiting === undefined) throw new Error('nothing waits');
    const partnership = await world.desk.directory.partnership();
    await sendOpenLinks(place(), partnership, waiting, request.person);
    expect(sent).toMatchObject([
      { kind: 'open-links', to: { id: 'mo' }, about: 'mo', occurrence: '2026-09-22' },
    ]);
    const [{ items }] = sent as unknown as [{ readonly items: readonly { readonly requestKind: string }[] }];
    expect(items.map(({ requestKind }) => requestKind).sort()).toEqual(['action-update', 'attendance']);
    expect(await waitingNames()).toEqual([]);
  });
});
