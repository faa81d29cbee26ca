/** The shipped ask machine, along each of its edges, in the shipped cycle on the virtual clock. */
import { describe, expect, test } from 'vitest';

import type { Request } from '../../shared/domain/request.ts';
import { everybodyBut, extras, nobody, onlyGroup, people, playedFolder, Scene } from '../support/world.ts';

const ashford = onlyGroup('ashford');
const { secretary, ashfordChair, ashfordCoordinator, ashfordMember } = people;

const minutesOf = async (scene: Scene): Promise<Request> => {
  const request = await scene.request('minutes', 'chwb');
  if (request === undefined) throw new Error('nobody was asked for the minutes');
  return request;
};

/** Every email about the minutes, by kind, person and local time. */
const aboutMinutes = (scene: Scene): readonly string[] =>
  scene
    .emails()
    .filter(({ kind, ledgerKey }) => kind === 'minutes' || ledgerKey.includes('~minutes~'))
    .map(({ kind, person, sentAt }) => `${kind} ${person} ${scene.local(sentAt)}`);

const asked = 'minutes-request sam 2026-09-16 16:00';
const reminders = [
  'reminder sam 2026-09-22 09:00',
  'reminder sam 2026-09-24 09:00',
  'reminder sam 2026-09-28 09:00',
];
const escalated = 'escalation ann 2026-09-29 09:00';
const distributed = (at: string): readonly string[] => [`minutes ann ${at}`, `minutes cora ${at}`];

describe('an answer', () => {
  test.each([
    ['at once', '2026-09-16 16:01', [asked]],
    ['after the first reminder', '2026-09-22 12:00', [asked, ...reminders.slice(0, 1)]],
    ['after the second reminder', '2026-09-24 12:00', [asked, ...reminders.slice(0, 2)]],
    ['after the last reminder', '2026-09-28 12:00', [asked, ...reminders]],
    ['after the escalation', '2026-09-29 12:00', [asked, ...reminders, escalated]],
    ['on the last evening', '2026-11-09 18:00', [asked, ...reminders, escalated]],
  ])('%s ends the chasing, and what follows from it happens then', async (_when, at, before) => {
    const scene = await Scene.open({ folder: ashford, habit: nobody });
    await scene.to(at);
    expect(aboutMinutes(scene)).toEqual(before);

    expect((await scene.answer('minutes', secretary)).status).toBe(200);
    await scene.to('2026-11-17 12:00');

    expect(aboutMinutes(scene)).toEqual([...before, ...distributed(at)]);
    expect(await minutesOf(scene)).toMatchObject({ state: 'answered', answeredBy: 'sam', channel: 'page' });
    expect(scene.failures).toEqual([]);
  });

  test('that was there before anybody was asked is told, and nobody is chased for it', async () => {
    const scene = await Scene.open({ folder: ashford, habit: nobody });
    await scene.to('2026-10-14 12:00');

    expect(scene.got('meeting-date-set')).toEqual(['cora 2026-09-16 16:00']);
    expect(scene.emails({ kind: 'meeting-date-request' })).toEqual([]);
    expect(await scene.request('meeting-date', 'ashford')).toMatchObject({
      state: 'answered',
      channel: 'given',
    });
    expect(
      scene.emails().filter(({ ledgerKey }) => ledgerKey.startsWith('reminder|2026-09-16~meeting-date')),
    ).toEqual([]);
  });

  test('given twice takes the place of the first, and what follows happens once', async () => {
    const scene = await Scene.open({ folder: ashford, habit: nobody });
    await scene.to('2026-09-17 10:00');
    await scene.fillIn('minutes', secretary, { keyMessages: 'Talk of absence' }, { having: 'keyMessages' });
    await scene.fillIn('minutes', secretary, { keyMessages: 'Talk of housing' }, { having: 'keyMessages' });
    await scene.to('2026-09-25 10:00');

    expect((await scene.place.minutes.of(scene.cycle))?.keyMessages).toEqual(['Talk of housing']);
    expect(aboutMinutes(scene)).toEqual([asked, ...distributed('2026-09-17 10:00')]);
  });

  test('given twice by one press of the button is one answer', async () => {
    const scene = await Scene.open({ folder: ashford, habit: nobody });
    await scene.to('2026-09-17 10:00');
    const page = await scene.browser.open(await scene.pageFor('minutes', secretary));
    const pressed = [1, 2].map(() => scene.browser.send(page, { keyMessages: 'Once' }, 'keyMessages'));
    const statuses = (await Promise.all(pressed)).map(({ status }) => status);
    await scene.to('2026-09-25 10:00');

    expect(statuses).toEqual([200, 200]);
    expect(aboutMinutes(scene)).toEqual([asked, ...distributed('2026-09-17 10:00')]);
    expect((await minutesOf(scene)).revision).toBe(2);
  });

  test.each(['before', 'after'])(
    'in the very second of a reminder, %s the timer, is an answer, and no more than that reminder goes out',
    async (order) => {
      const scene = await Scene.open({ folder: ashford, habit: nobody });
      const answerThen = (): void => {
        scene.world.clock.schedule(Date.parse('2026-09-22T08:00:00Z'), 'the answer', () =>
          scene.answer('minutes', secretary),
        );
      };
      // Timers of one instant run in the order in which they were set.
      if (order === 'after') await scene.to('2026-09-16 17:00');
      answerThen();
      await scene.to('2026-11-17 12:00');

      expect(await minutesOf(scene)).toMatchObject({ state: 'answered', answeredAt: '2026-09-22T08:00:00Z' });
      const told = aboutMinutes(scene);
      expect(told.filter((line) => line.startsWith('reminder')).length).toBeLessThanOrEqual(1);
      expect(told.filter((line) => line.startsWith('minutes '))).toEqual(distributed('2026-09-22 09:00'));
      expect(scene.failures).toEqual([]);
    },
  );
});

describe('no answer', () => {
  test('expires, sends nothing on, and the cycle goes on to its end', async () => {
    const scene = await Scene.open({ folder: ashford, habit: everybodyBut('minutes') });
    await scene.toTheEnd();

    expect(aboutMinutes(scene)).toEqual([asked, ...reminders, escalated]);
    expect(await minutesOf(scene)).toMatchObject({ state: 'expired', expiredAt: '2026-11-10T09:00:00Z' });
    expect(scene.failures).toEqual([]);
    expect(await scene.place.cycles.get(scene.cycle)).toMatchObject({ state: 'closed' });
  });

  test('to a question that was withdrawn is not chased, and an answer is refused', async () => {
    const scene = await Scene.open({ folder: ashford, habit: nobody });
    await scene.to('2026-09-17 10:00');
    await scene.place.requests.withdraw(await minutesOf(scene), 'asked elsewhere', scene.now);
    await scene.to('2026-11-17 12:00');

    expect(aboutMinutes(scene)).toEqual([asked]);
    const page = await scene.browser.open(await scene.pageFor('minutes', secretary));
    expect(page.status).toBe(410);
  });

  test('is possible where nobody holds the role: written down, and the cycle goes on', async () => {
    const folder = { ...ashford, memberships: ashford.memberships.filter(({ body }) => body !== 'chwb') };
    const scene = await Scene.open({ folder });
    await scene.toTheEnd();

    expect(await scene.request('minutes', 'chwb')).toBeUndefined();
    expect(await scene.audit('chwb')).toContainEqual(
      expect.objectContaining({ what: 'nobody-to-ask', about: 'minutes' }),
    );
    expect(await scene.place.cycles.get(scene.cycle)).toMatchObject({ state: 'closed' });
    expect(scene.failures).toEqual([]);
  });

  test('to the return of a group with nobody to ask is a nil return at once', async () => {
    const folder = {
      ...ashford,
      memberships: ashford.memberships.filter(({ body, role }) => body !== 'ashford' || role === 'member'),
    };
    const scene = await Scene.open({ folder });
    await scene.to('2026-10-07 12:01');

    expect(await scene.groupReturn('ashford')).toMatchObject({ state: 'nil', nilAt: '2026-10-07T11:00:00Z' });
  });
});

describe('an answer after the expiry', () => {
  test('is refused where nothing could come of it any more', async () => {
    const scene = await Scene.open({ folder: ashford, habit: nobody });
    await scene.to('2026-11-10 09:00');
    const late = await scene.browser.open(await scene.pageFor('minutes', secretary));
    expect(late.status).toBe(410);

    const invitation = await scene.browser.open(await scene.pageFor('attendance', ashfordMember));
    expect(invitation.status).toBe(410);
  });

  test('is taken where it still counts: a return until the report', async () => {
    const scene = await Scene.open({ folder: ashford, habit: everybodyBut('return', 'chairs-summary') });
    await scene.to('2026-10-17 10:00');
    expect(await scene.request('return', 'ashford')).toMatchObject({ state: 'expired' });

    expect((await scene.answer('return', ashfordCoordinator)).status).toBe(200);
    expect(await scene.request('return', 'ashford')).toMatchObject({
      state: 'answered',
      answeredAt: '2026-10-17T09:00:00Z',
    });

    await scene.to('2026-11-10 09:00');
    const page = await scene.browser.open(await scene.pageFor('return', ashfordCoordinator));
    expect(page.status).toBe(410);
  });
});

describe('a machine that is not told', () => {
  test('because telling it failed is told by the next sweep', async () => {
    const scene = await Scene.open({ folder: ashford, habit: nobody });
    let broken = false;
    scene.onWake(() => {
      if (broken) throw new Error('Step Functions is not there');
      return true;
    });
    await scene.to('2026-09-17 10:00');
    broken = true;
    await expect(scene.answer('minutes', secretary)).rejects.toThrow('Step Functions is not there');
    expect(await minutesOf(scene)).toMatchObject({ state: 'answered' });
    broken = false;
    await scene.to('2026-09-17 10:04');
    expect(scene.emails({ kind: 'minutes' })).toEqual([]);
    await scene.to('2026-09-17 10:06');

    expect(aboutMinutes(scene)).toEqual([asked, ...distributed('2026-09-17 10:05')]);
  });

  test('because nobody lived to tell it is told by the next look at everything', async () => {
    const scene = await Scene.open({ folder: ashford, habit: nobody });
    const waiting = scene.world.place.waiting as { get: (name: string) => Promise<unknown> };
    const get = waiting.get.bind(waiting);
    await scene.to('2026-09-17 10:00');
    waiting.get = () => Promise.reject(new Error('the function has ended'));
    await expect(scene.answer('minutes', secretary)).rejects.toThrow('the function has ended');
    waiting.get = get;
    await scene.to('2026-09-17 15:04');
    expect(scene.emails({ kind: 'minutes' })).toEqual([]);
    await scene.to('2026-09-17 15:06');

    expect(aboutMinutes(scene)).toEqual([asked, ...distributed('2026-09-17 15:05')]);
  });

  test('because the telling was lost goes on when its own timer ends, and chases nobody', async () => {
    const scene = await Scene.open({ folder: ashford, habit: nobody });
    let lost = 0;
    scene.onWake((_token, reason) => {
      if (reason !== 'answered' || scene.now < '2026-09-17') return true;
      lost += 1;
      return lost > 1;
    });
    await scene.to('2026-09-17 10:00');
    await scene.answer('minutes', secretary);
    await scene.to('2026-11-17 12:00');

    expect(lost).toBeGreaterThan(0);
    expect(aboutMinutes(scene)).toEqual([asked, ...distributed('2026-09-22 09:00')]);
  });

  test('is no more, and nobody noticed: the sweep reminds, escalates and gives up in its place', async () => {
    const scene = await Scene.open({ folder: ashford, habit: nobody });
    scene.breakFollowUps('minutes', 'chwb', '2026-09-22T10:00:00Z');
    await scene.to('2026-09-29 12:00');

    expect(scene.readers('part-stopped')).not.toEqual([]);
    expect(aboutMinutes(scene)).toEqual([
      asked,
      'reminder sam 2026-09-22 09:00',
      'reminder sam 2026-09-24 09:05',
      'reminder sam 2026-09-28 09:05',
      'escalation ann 2026-09-29 09:05',
    ]);
    await scene.toTheEnd();
    expect(await minutesOf(scene)).toMatchObject({ state: 'expired', machineWaits: false });
  });

  test('because its timer stands still is woken by the sweep, and goes the same way', async () => {
    const scene = await Scene.open({ folder: ashford, habit: nobody });
    const place = scene.world.place as { clock: typeof scene.world.place.clock };
    const { clock } = scene.world;
    // As on a local AWS that ignores the machines' timers. The sweep leaves a machine ten minutes to wake by itself.
    place.clock = {
      now: () => clock.now(),
      realSeconds: (seconds) => (seconds > 3600 ? 31_536_000 : seconds),
      realInstant: (instant) => instant,
    };
    await scene.to('2026-09-29 12:00');

    expect(aboutMinutes(scene)).toEqual([
      asked,
      ...['22', '24', '28'].map((day) => `reminder sam 2026-09-${day} 10:05`),
      'escalation ann 2026-09-29 10:05',
    ]);
  });
});

describe('an escalation', () => {
  test('goes to nobody when the person who was asked holds the role that it goes to', async () => {
    const folder = {
      ...ashford,
      memberships: ashford.memberships.map((membership) =>
        membership.role === 'co-ordinator' ? { ...membership, person: ashfordChair.id } : membership,
      ),
    };
    const scene = await Scene.open({ folder, habit: nobody });
    await scene.to('2026-10-16 16:00');

    // Ann is asked for the return; the chair that it would be escalated to is Ann herself.
    expect(scene.got('escalation', { to: ashfordChair }).filter((line) => line.includes('10-'))).toEqual([]);
  });

  test('to the secretariat tells all of its officers but the one who was asked', async () => {
    const scene = await Scene.open({ folder: onlyGroup('dover'), habit: nobody });
    await scene.to('2026-09-29 12:00');

    const told = scene.got('escalation').filter((line) => !line.startsWith(ashfordChair.id));
    expect(told).toEqual([
      'dan 2026-09-25 09:00',
      'sam 2026-09-29 09:00',
      `${extras.deputy.id} 2026-09-29 09:00`,
    ]);
    expect(playedFolder.memberships.filter(({ role }) => role === 'secretariat')).toHaveLength(2);
  });
});
