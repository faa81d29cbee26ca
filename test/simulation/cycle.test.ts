/** The shipped cycle machine, along each of its edges, on the virtual clock. */
import { describe, expect, test } from 'vitest';

import { pagesWhenWanted } from '../../rehearsal/pages-when-wanted.ts';
import { TimetableFault } from '../../shared/stages/opening.ts';
import { boards, everybodyBut, nobody, onlyGroup, people, playedFolder, Scene } from '../support/world.ts';

const ashford = onlyGroup('ashford');
const {
  secretary: sam,
  ashfordChair: ann,
  ashfordCoordinator: cora,
  doverChair: dan,
  elhamChair: eve,
} = people;
const [, second, third] = boards;

const giveMinutes = async (scene: Scene, ...messages: readonly string[]): Promise<void> => {
  await scene.fillIn('minutes', sam, { keyMessages: messages.join('\n') }, { having: 'keyMessages' });
};

const kindsTo = (scene: Scene, who: { readonly id: string }): readonly string[] =>
  scene.emails().flatMap(({ kind, person }) => (person === who.id ? [kind] : []));

describe('the minutes', () => {
  test('in time go to every chair and co-ordinator at once, each once, and into the pack', async () => {
    const scene = await Scene.open({ habit: everybodyBut('minutes') });
    await scene.to('2026-09-18 10:00');
    await giveMinutes(scene, 'Talk of persistent absence');
    await scene.to('2026-10-07 09:00');

    expect(scene.readers('minutes')).toEqual(['ann', 'cora', 'dan', 'dora', 'eve']);
    expect(new Set(scene.emails({ kind: 'minutes' }).map(({ sentAt }) => scene.local(sentAt)))).toEqual(
      new Set(['2026-09-18 10:00']),
    );
    expect(scene.text(scene.emails({ kind: 'minutes', to: cora })[0])).toContain(
      'Talk of persistent absence',
    );
    expect(scene.text(scene.emails({ kind: 'meeting-pack', to: cora })[0])).toContain(
      'Talk of persistent absence',
    );
  });

  test('that come late hold nothing up, and are sent when they come', async () => {
    const scene = await Scene.open({ folder: ashford, habit: everybodyBut('minutes') });
    await scene.to('2026-10-12 11:00');
    expect(scene.got('meeting-pack')[0]).toBe('ann 2026-10-02 09:00');
    expect(scene.got('local-hwb-extract')).toHaveLength(1);
    await giveMinutes(scene, 'Talk of housing');
    await scene.to('2026-10-12 11:01');

    expect(scene.got('minutes')).toEqual(['ann 2026-10-12 11:00', 'cora 2026-10-12 11:00']);
    await scene.toTheEnd();
    expect(await scene.document('board-report.html')).toContain('Talk of housing');
  });
});

describe('the summary and the representatives', () => {
  test('that nobody approves or confirms stand as drafted and proposed, and the report says so in time', async () => {
    const scene = await Scene.open({ habit: everybodyBut('chairs-summary', 'representatives') });
    await scene.to('2026-11-10 09:00');

    expect(scene.got('board-report', { to: sam })).toEqual(['sam 2026-11-10 09:00']);
    expect(await scene.document('board-report.html')).toMatch(/not (been )?approved/i);
    expect(await scene.place.chairsGroup.representatives(scene.cycle)).toMatchObject({
      state: 'proposed',
      people: ['ann', 'dan'],
    });
    expect(scene.readers('representative-named')).toEqual(['ann', 'dan']);
    const about = scene.emails().filter(({ ledgerKey }) => ledgerKey.includes('~chairs-summary~'));
    expect(about.map(({ kind, person, sentAt }) => `${kind} ${person} ${scene.local(sentAt)}`)).toEqual([
      'chairs-summary-request ann 2026-10-21 12:00',
      'reminder ann 2026-10-26 09:00',
      'reminder ann 2026-10-27 09:00',
      'escalation sam 2026-10-28 09:00',
      'escalation della 2026-10-28 09:00',
    ]);
  });

  test('that come early send the report early', async () => {
    const scene = await Scene.open({
      folder: ashford,
      habit: everybodyBut('chairs-summary', 'representatives'),
    });
    await scene.to('2026-10-22 10:00');
    await scene.answer('chairs-summary', ann);
    await scene.to('2026-10-22 11:00');
    expect(scene.emails({ kind: 'board-report' })).toEqual([]);
    await scene.answer('representatives', ann);
    await scene.to('2026-10-22 11:01');

    expect(scene.got('board-report')).toEqual(['sam 2026-10-22 11:00', 'ann 2026-10-22 11:00']);
    expect(await scene.document('board-report.html')).not.toMatch(/not (been )?approved/i);
  });

  test('rotate: who went least recently is proposed, in the order of the groups', async () => {
    const scene = await Scene.open({ habit: everybodyBut('representatives') });
    const proposed: Record<string, readonly string[]> = {};
    for (const cycle of boards.slice(0, 3)) {
      await scene.toTheEnd(cycle);
      proposed[cycle] = (await scene.place.chairsGroup.representatives(cycle))?.people ?? [];
    }
    expect(proposed).toEqual({
      [boards[0]]: ['ann', 'dan'],
      [second]: ['eve', 'ann'],
      [third]: ['dan', 'ann'],
    });
  });
});

describe('the receipt', () => {
  test('that is never confirmed is chased and escalated, and the cycle closes at the next board', async () => {
    const scene = await Scene.open({ folder: ashford, habit: everybodyBut('report-receipt') });
    await scene.until(() => scene.emails({ kind: 'board-report', to: sam }).length > 0);
    await scene.to('2026-11-18 13:59');
    const about = scene.emails().filter(({ ledgerKey }) => ledgerKey.includes('~report-receipt~'));
    expect(about.map(({ kind, person, sentAt }) => `${kind} ${person} ${scene.local(sentAt)}`)).toEqual([
      'board-report sam 2026-10-21 13:00',
      'reminder sam 2026-10-23 09:00',
      'reminder sam 2026-10-26 09:00',
      'escalation ann 2026-10-27 09:00',
    ]);
    expect(await scene.place.cycles.get(scene.cycle)).toMatchObject({ state: 'reported' });
    await scene.to('2026-11-18 14:00');

    expect(await scene.place.cycles.get(scene.cycle)).toMatchObject({
      state: 'closed',
      closedAt: '2026-11-18T14:00:00Z',
    });
    expect(await scene.request('report-receipt', 'chwb')).toMatchObject({ state: 'expired' });
  });
});

describe('a report that cannot be compiled', () => {
  test('is told to the secretariat, holds the cycle open, and comes as soon as it can be', async () => {
    const mendedAt = '2026-10-21 16:00';
    const scene: Scene = await Scene.open({
      folder: ashford,
      press: (documents) => ({
        publish: (publication, name) =>
          name.endsWith('/board-report') && scene.now < '2026-10-21T15:00:00Z'
            ? Promise.reject(new Error('the press is out of order'))
            : pagesWhenWanted(documents).publish(publication, name),
      }),
    });
    await scene.to(mendedAt);
    expect(scene.readers('part-stopped')).toEqual(['della', 'sam']);
    expect(scene.text(scene.emails({ kind: 'part-stopped' })[0])).toMatch(
      /cannot be compiled yet[^]*the press is out of order/,
    );
    expect(scene.got('board-report')).toEqual([]);
    await scene.toTheEnd();

    expect(scene.readers('board-report')).toContain('sam');
    expect(scene.emails({ kind: 'part-stopped' })).toHaveLength(2);
    expect(await scene.place.cycles.get(scene.cycle)).toMatchObject({
      state: 'closed',
      reportFiles: ['html'],
    });
  });
});

describe('a start', () => {
  test('given twice is one cycle', async () => {
    const scene = await Scene.open({ habit: nobody });
    await Promise.all([scene.world.startCycle(scene.cycle), scene.world.startCycle(scene.cycle)]);
    await scene.to('2026-09-16 17:00');
    await scene.world.startCycle(scene.cycle);
    await scene.to('2026-09-17 17:00');

    const keys = scene.emails().map(({ ledgerKey }) => ledgerKey);
    expect(new Set(keys).size).toBe(keys.length);
    expect(scene.got('minutes-request')).toHaveLength(1);
    const machines = [...scene.world.engine.executions()].filter(
      ({ name }) => name === `small-${scene.cycle}`,
    );
    expect(machines).toHaveLength(1);
  });

  test('after its cycle has closed does not run it again', async () => {
    const scene = await Scene.open({ folder: ashford });
    await scene.toTheEnd();
    const sent = scene.emails().length;
    await scene.world.startCycle(scene.cycle);
    await scene.to('2026-11-15 12:00');

    expect(scene.emails().slice(sent)).toEqual([]);
  });

  test('with a timetable that breaks its rules is refused, and says whose date it is', async () => {
    const folder = {
      ...playedFolder,
      meetings: playedFolder.meetings.map((meeting) =>
        meeting.date === '2026-10-08' ? { ...meeting, date: '2026-10-20' } : meeting,
      ),
    };
    const scene = await Scene.open({ folder: { ...folder } });
    const start = scene.world.startCycle(scene.cycle);

    await expect(start).rejects.toThrow(TimetableFault);
    await expect(start).rejects.toThrow(
      /elham: an LCPG of this cycle has to meet from 2026-09-17 to 2026-10-14/,
    );
    expect(scene.emails()).toEqual([]);
    expect(await scene.place.cycles.get(scene.cycle)).toBeUndefined();
  });

  test.each([
    ['on a day without a board meeting', '2026-09-17', /CHWB has no meeting on 2026-09-17/],
    ['of the last board that is listed', '2027-03-17', /no CHWB meeting is listed .* after 2027-03-17/],
  ])('%s is refused by name', async (_which, cycle, message) => {
    const scene = await Scene.open({ habit: nobody });
    await expect(scene.world.startCycle(cycle)).rejects.toThrow(message);
  });

  test('of the next cycle is set for the end of its board meeting, and happens', async () => {
    const scene = await Scene.open({ folder: ashford });
    await scene.toTheEnd();
    expect(scene.world.nextStart()).toEqual({ cycle: second, at: '2026-11-18T16:00:00Z' });
    await scene.to('2026-11-18 15:59');
    expect(await scene.place.cycles.get(second)).toBeUndefined();
    await scene.to('2026-11-18 16:00');

    expect(await scene.place.cycles.get(second)).toMatchObject({
      state: 'open',
      openedAt: '2026-11-18T16:00:00Z',
    });
    expect(scene.got('minutes-request')).toEqual(['sam 2026-09-16 16:00', 'sam 2026-11-18 16:00']);
  });
});

describe('the board’s answers', () => {
  /** In the second cycle, with what Ashford escalated in the first, and no minutes yet. */
  const escalated = async (): Promise<Scene> => {
    const scene = await Scene.open({ folder: ashford });
    await scene.toTheEnd();
    scene.behave(everybodyBut('minutes', 'board-answers'));
    await scene.to('2026-11-18 17:00');
    expect(scene.got('board-answers-request')).toEqual(['sam 2026-11-18 16:00']);
    return scene;
  };

  const answerBoard = async (scene: Scene, answer: string): Promise<void> => {
    const page = await scene.browser.open(await scene.pageFor('board-answers', sam));
    const fields = page.document
      .querySelectorAll('textarea')
      .map((area) => [area.getAttribute('name') ?? '', answer]);
    expect(fields.length).toBeGreaterThan(0);
    expect(
      (await scene.browser.send(page, Object.fromEntries(fields) as Record<string, string>)).status,
    ).toBe(200);
    await scene.world.clock.settled();
  };

  const told = async (scene: Scene): Promise<readonly boolean[]> =>
    (await scene.place.escalations.reportedIn(scene.cycle)).map(({ toldAt }) => toldAt !== null);

  test('are not asked for where nothing was escalated', async () => {
    const scene = await Scene.open({ folder: ashford, habit: nobody });
    await scene.to('2026-09-25 10:00');
    expect(scene.emails({ kind: 'board-answers-request' })).toEqual([]);
  });

  test('before the minutes come with the minutes, and only there', async () => {
    const scene = await escalated();
    await scene.to('2026-11-19 10:00');
    await answerBoard(scene, 'We shall write to the minister');
    await scene.to('2026-11-20 10:00');
    expect(await told(scene)).toEqual([false]);
    await giveMinutes(scene, 'Talk of housing');
    await scene.to('2026-12-05 10:00');

    expect(scene.text(scene.emails({ kind: 'minutes', to: cora })[1])).toContain(
      'We shall write to the minister',
    );
    expect(scene.emails({ kind: 'board-answers' })).toEqual([]);
    expect(await told(scene)).toEqual([true]);
  });

  test('after the minutes go to chair and co-ordinator by themselves', async () => {
    const scene = await escalated();
    await scene.to('2026-11-19 10:00');
    await giveMinutes(scene, 'Talk of housing');
    await scene.to('2026-11-20 10:00');
    expect(await told(scene)).toEqual([false]);
    await answerBoard(scene, 'We shall write to the minister');
    await scene.to('2026-11-20 10:01');

    expect(scene.got('board-answers')).toEqual(['ann 2026-11-20 10:00', 'cora 2026-11-20 10:00']);
    expect(scene.text(scene.emails({ kind: 'board-answers', to: cora })[0])).toContain(
      'We shall write to the minister',
    );
    expect(await told(scene)).toEqual([true]);
  });

  test('go to the LCPGs although the minutes never come', async () => {
    const scene = await escalated();
    await scene.to('2026-11-19 10:00');
    await answerBoard(scene, 'We shall write to the minister');
    await scene.toTheEnd(second);

    expect(scene.readers('board-answers')).toEqual(['ann', 'cora']);
    expect(await told(scene)).toEqual([true]);
    expect(scene.emails({ kind: 'minutes', from: '2026-11-18' })).toEqual([]);
  });

  test('that never come are chased, and the report says that there are none', async () => {
    const scene = await escalated();
    await scene.toTheEnd(second);

    const about = scene.emails().filter(({ ledgerKey }) => ledgerKey.includes('~board-answers~'));
    expect(about.map(({ kind, person, sentAt }) => `${kind} ${person} ${scene.local(sentAt)}`)).toEqual([
      'board-answers-request sam 2026-11-18 16:00',
      'reminder sam 2026-11-24 09:00',
      'digest sam 2026-11-30 09:05',
      'escalation ann 2026-12-02 09:00',
    ]);
    expect(await told(scene)).toEqual([false]);
    expect(await scene.place.cycles.get(second)).toMatchObject({ state: 'closed' });
    expect(scene.failures).toEqual([]);
  });
});

describe('safeguarding matters', () => {
  test('of all LCPGs go to the safeguarding leads together, once, when the returns are in', async () => {
    const scene = await Scene.open();
    await scene.toTheEnd(boards[0]);
    const roundUps = scene.emails({ kind: 'safeguarding-round-up' });
    const leads = roundUps.map(({ person }) => person);
    expect(leads).toContain('sid');
    expect(new Set(leads).size).toBe(leads.length);
    // The safeguarding board's keeper hears of each return at once.
    expect(scene.readers('safeguarding-matters').filter((id) => id === 'kit').length).toBeGreaterThan(1);
    const [one] = roundUps;
    const text = one === undefined ? '' : scene.text(one);
    for (const name of ['Ashford', 'Dover', 'Elham']) expect(text).toContain(`${name} LCPG`);
  });
});

describe('three cycles in a row', () => {
  test('carry actions on, bring the board’s answers back, and start by themselves', async () => {
    const scene = await Scene.open({ habit: everybodyBut('action-update') });
    await scene.toTheEnd(boards[0]);
    const [raised] = await scene.place.actions.of('ashford');
    expect(raised).toMatchObject({ state: 'open', raisedIn: boards[0] });
    await scene.toTheEnd(second);
    await scene.toTheEnd(third);

    for (const cycle of boards.slice(0, 3))
      expect(await scene.place.cycles.get(cycle)).toMatchObject({ state: 'closed', groupCount: 3 });
    // What was raised in the first cycle lay before the meeting of the second.
    const packs = scene.emails({ kind: 'meeting-pack', to: cora }).map((email) => scene.text(email));
    expect(packs[0]).not.toContain(raised?.description);
    expect(packs[1]).toContain(raised?.description);
    // Each cycle's escalations are answered in the next, and each answer told.
    for (const cycle of [boards[0], second]) {
      const escalations = await scene.place.escalations.reportedIn(cycle);
      expect(escalations).toHaveLength(3);
      for (const { state, answer, toldAt } of escalations) {
        expect(state).toBe('answered');
        expect(answer).not.toBe('');
        expect(toldAt).not.toBeNull();
      }
    }
    expect(scene.readers('board-report').filter((id) => id === sam.id)).toHaveLength(3);
    for (const chair of [ann, dan, eve])
      expect(kindsTo(scene, chair).filter((kind) => kind === 'board-report')).toHaveLength(3);
    const keys = scene.emails().map(({ ledgerKey }) => ledgerKey);
    expect(new Set(keys).size).toBe(keys.length);
    expect(scene.failures).toEqual([]);
  });
});
