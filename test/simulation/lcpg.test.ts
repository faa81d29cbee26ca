/** The shipped lcpg machine, along each of its edges, in the shipped cycle on the virtual clock. */
import { describe, expect, test } from 'vitest';

import type { Page } from '../../rehearsal/members/browser.ts';
import type { Person } from '../../shared/domain/partnership.ts';
import type { SceneSettings } from '../support/world.ts';
import { everybodyBut, extras, nobody, onlyGroup, people, Scene } from '../support/world.ts';

const ashford = onlyGroup('ashford');
const dover = onlyGroup('dover');
const {
  ashfordChair: ann,
  ashfordCoordinator: cora,
  ashfordMember: mo,
  doverChair: dan,
  doverCoordinator: dora,
  elhamChair: eve,
} = people;
const { ashfordSafeguarding: sid, localHwb: hal } = extras;

/** Ashford meets on Wednesday 7 October: reminder on 30 September, pack on 2 October, return due on the 14th. */
const play = async (settings: SceneSettings = {}): Promise<Scene> =>
  Scene.open({ folder: ashford, ...settings });

const setDate = async (
  scene: Scene,
  who: Person,
  date: string,
  other: { start?: string; venue?: string } = {},
): Promise<Page> => {
  const [year = '', month = '', day = ''] = date.split('-');
  return scene.fillIn(
    'meeting-date',
    who,
    {
      'date-day': day,
      'date-month': month,
      'date-year': year,
      start: other.start ?? '10:00',
      end: '12:00',
      venue: other.venue ?? 'Town Hall',
      link: '',
    },
    { having: 'venue' },
  );
};

const cancel = async (scene: Scene, who: Person): Promise<Page> =>
  scene.fillIn('meeting-date', who, { confirm: 'yes' }, { section: 'no-meeting', having: 'confirm' });

const answersOf = async (scene: Scene, body = 'ashford'): Promise<Record<string, string | null>> =>
  Object.fromEntries(
    (await scene.place.attendance.of(scene.cycle, body)).map(({ person, answer }) => [
      person,
      answer?.response ?? null,
    ]),
  );

const everyone = ['ann', 'cora', 'mo', 'sid'];

/** When a kind of email went out, each moment once. */
const moments = (scene: Scene, kind: string, about: string): readonly string[] => [
  ...new Set(
    scene
      .emails({ kind })
      .filter(({ ledgerKey }) => ledgerKey.includes(`~${about}`))
      .map(({ sentAt }) => scene.local(sentAt)),
  ),
];

describe('the date', () => {
  test('that the files give is told, and the members are invited at once', async () => {
    const scene = await play({ habit: nobody });
    await scene.to('2026-09-16 16:01');
    expect(
      scene
        .got('invitation')
        .filter((line) => !line.startsWith('dan'))
        .sort(),
    ).toEqual([
      // The chair is invited to the Chairs Group too.
      'ann 2026-09-16 16:00',
      ...everyone.map((id) => `${id} 2026-09-16 16:00`),
    ]);
  });

  test('that is asked for and given invites the members when it comes', async () => {
    const scene = await play({ folder: dover, habit: nobody });
    await scene.to('2026-09-21 11:00');
    expect(scene.got('meeting-date-request')).toEqual(['dora 2026-09-16 16:00']);
    expect(moments(scene, 'invitation', 'dover')).toEqual([]);

    expect((await setDate(scene, dora, '2026-10-05')).status).toBe(200);
    await scene.to('2026-10-15 12:00');

    expect(moments(scene, 'invitation', 'dover')).toEqual(['2026-09-21 11:00']);
    expect(moments(scene, 'attendance-reminder', 'dover')).toEqual(['2026-09-28 09:00']);
    expect(moments(scene, 'meeting-pack', 'dover')).toEqual(['2026-09-30 09:00']);
    expect(scene.got('return-request')).toEqual(['dora 2026-10-05 12:00']);
  });

  test('that never comes is chased, escalated to chair and secretariat, and its return asked for all the same', async () => {
    const scene = await play({ folder: dover, habit: nobody });
    await scene.to('2026-10-16 17:01');

    expect(scene.got('reminder', { to: dora }).slice(0, 2)).toEqual([
      'dora 2026-09-22 09:00',
      'dora 2026-09-24 09:00',
    ]);
    const escalations = scene
      .emails({ kind: 'escalation' })
      .filter(({ ledgerKey }) => ledgerKey.includes('meeting-date'));
    expect(escalations.map(({ person, sentAt }) => `${person} ${scene.local(sentAt)}`)).toEqual([
      'dan 2026-09-25 09:00',
      'sam 2026-09-29 09:00',
      'della 2026-09-29 09:00',
    ]);
    expect(await scene.meeting('dover')).toMatchObject({ state: 'unset' });
    expect(moments(scene, 'invitation', 'dover')).toEqual([]);
    expect(scene.emails({ kind: 'meeting-pack' })).toEqual([]);
    expect(moments(scene, 'return-request', 'dover')).toEqual(['2026-10-14 17:00']);
    expect(await scene.groupReturn('dover')).toMatchObject({ state: 'nil' });
    expect(scene.failures).toEqual([]);
  });

  test('that comes after it was given up is refused', async () => {
    const scene = await play({ folder: dover, habit: nobody });
    await scene.to('2026-10-14 09:00');
    const page = await scene.browser.open(await scene.pageFor('meeting-date', dora));
    expect(page.status).toBe(410);
  });
});

describe('members', () => {
  test('who have not answered are reminded once, they alone, and by their own link', async () => {
    const scene = await play({ habit: nobody });
    await scene.to('2026-09-17 10:00');
    await scene.fillIn('attendance', cora, { response: 'attending' }, { body: 'ashford' });
    await scene.fillIn('attendance', mo, { response: 'apologies' }, { body: 'ashford' });
    await scene.to('2026-10-07 11:00');

    expect(scene.got('attendance-reminder').filter((line) => line < 'dan')).toEqual(['ann 2026-09-30 09:00']);
    const about = scene
      .emails({ kind: 'attendance-reminder' })
      .filter(({ ledgerKey }) => ledgerKey.includes('~ashford~'));
    expect(about.map(({ person }) => person)).toEqual(['ann', 'sid']);
    const links = [...about, ...scene.emails({ kind: 'invitation', to: sid })].map(
      (email) => /\/answer\/[\w-]{43}/.exec(scene.text(email))?.[0],
    );
    expect(links[1]).toBe(links[2]);
    expect(links[0]).not.toBe(links[1]);
  });

  test('may change their answer until the meeting starts, and not after', async () => {
    const scene = await play({ habit: nobody });
    await scene.to('2026-09-17 10:00');
    await scene.fillIn('attendance', mo, { response: 'apologies' });
    await scene.to('2026-10-07 09:59');
    expect((await scene.fillIn('attendance', mo, { response: 'attending' })).status).toBe(200);
    const address = await scene.pageFor('attendance', mo);
    const page = await scene.browser.open(address);
    await scene.to('2026-10-07 10:00');

    expect((await scene.browser.open(address)).status).toBe(410);
    expect((await scene.browser.send(page, { response: 'apologies' })).status).toBe(410);
    expect(await answersOf(scene)).toMatchObject({ mo: 'attending' });
  });

  test('cause no state transition by answering', async () => {
    const scene = await play({ habit: nobody });
    await scene.to('2026-09-17 10:00');
    const before = scene.world.engine.statistics().transitions;
    for (const who of [ann, cora, mo, sid]) await scene.answer('attendance', who, 'ashford');

    expect(scene.world.engine.statistics().transitions).toEqual(before);
  });
});

describe('a meeting', () => {
  test('moved later before the reminder is told, reminded and packed for its new day only', async () => {
    const scene = await play({ habit: nobody });
    await scene.to('2026-09-25 10:00');
    await scene.answer('attendance', mo);
    expect((await setDate(scene, cora, '2026-10-13')).status).toBe(200);
    await scene.to('2026-10-13 12:00');

    expect(moments(scene, 'invitation', 'ashford')).toEqual(['2026-09-16 16:00', '2026-09-25 10:00']);
    expect(scene.emails({ kind: 'invitation', from: '2026-09-25' }).map(({ person }) => person)).toEqual(
      everyone,
    );
    expect(scene.text(scene.emails({ kind: 'invitation', to: mo })[1])).toMatch(/Tuesday 13 October 2026/);
    expect(moments(scene, 'attendance-reminder', 'ashford')).toEqual(['2026-10-06 09:00']);
    expect(scene.readers('attendance-reminder', '2026-09-25')).toEqual(everyone);
    expect(moments(scene, 'meeting-pack', 'ashford')).toEqual(['2026-10-08 09:00']);
    expect(moments(scene, 'return-request', 'ashford')).toEqual(['2026-10-13 12:00']);
    expect(scene.failures).toEqual([]);
  });

  test('moved asks everybody afresh: what was answered for the old day no longer counts', async () => {
    const scene = await play({ habit: nobody });
    await scene.to('2026-09-17 10:00');
    await scene.answer('attendance', mo);
    const old = await scene.pageFor('attendance', mo);
    await scene.to('2026-09-25 10:00');
    await setDate(scene, cora, '2026-10-13');
    await scene.to('2026-09-25 10:01');

    expect(await answersOf(scene)).toEqual({ ann: null, cora: null, mo: null, sid: null });
    expect(await scene.pageFor('attendance', mo)).not.toBe(old);
    const stale = await scene.browser.open(old);
    expect(stale.status).toBe(410);
    expect(stale.document.textContent).toContain('This meeting has moved');
    expect(await answersOf(scene)).toMatchObject({ mo: null });
    expect((await scene.answer('attendance', mo)).status).toBe(200);
    expect(await answersOf(scene)).toMatchObject({ mo: 'attending' });
  });

  test('moved takes no answer by the link of its old day from who had not answered', async () => {
    const scene = await play({ habit: nobody });
    await scene.to('2026-09-17 10:00');
    const old = await scene.pageFor('attendance', mo);
    await setDate(scene, cora, '2026-10-13');
    await scene.to('2026-09-25 10:01');

    expect((await scene.browser.open(old)).status).toBe(410);
  });

  test('moved between the reminder and the pack has both for its new day', async () => {
    const scene = await play({ habit: nobody });
    await scene.to('2026-10-01 10:00');
    await setDate(scene, cora, '2026-10-14');
    await scene.to('2026-10-14 12:00');

    expect(moments(scene, 'attendance-reminder', 'ashford')).toEqual([
      '2026-09-30 09:00',
      '2026-10-07 09:00',
    ]);
    expect(moments(scene, 'meeting-pack', 'ashford')).toEqual(['2026-10-09 09:00']);
    expect(moments(scene, 'return-request', 'ashford')).toEqual(['2026-10-14 12:00']);
  });

  test('moved between the pack and the day has a new pack, and its return is asked for after the new day', async () => {
    const scene = await play({ habit: nobody });
    await scene.to('2026-10-05 10:00');
    await setDate(scene, cora, '2026-10-14');
    await scene.to('2026-10-14 12:00');

    expect(moments(scene, 'meeting-pack', 'ashford')).toEqual(['2026-10-02 09:00', '2026-10-09 09:00']);
    expect(moments(scene, 'return-request', 'ashford')).toEqual(['2026-10-14 12:00']);
  });

  test('moved earlier, past its own reminder and pack, is packed for at once, and nobody is told twice in a minute', async () => {
    const scene = await play({ habit: nobody });
    await scene.to('2026-09-25 10:00');
    await setDate(scene, cora, '2026-09-29');
    await scene.to('2026-09-29 12:00');

    expect(moments(scene, 'invitation', 'ashford')).toEqual(['2026-09-16 16:00', '2026-09-25 10:00']);
    expect(moments(scene, 'attendance-reminder', 'ashford')).toEqual([]);
    expect(moments(scene, 'meeting-pack', 'ashford')).toEqual(['2026-09-25 10:00']);
    expect(moments(scene, 'return-request', 'ashford')).toEqual(['2026-09-29 12:00']);
  });

  test('moved twice is where it was put last', async () => {
    const scene = await play({ habit: nobody });
    await scene.to('2026-09-25 10:00');
    await setDate(scene, cora, '2026-10-13');
    await setDate(scene, cora, '2026-10-09', { start: '14:00' }).catch(() => undefined);
    await scene.fillIn(
      'meeting-date',
      cora,
      { 'date-day': '9', 'date-month': '10', 'date-year': '2026', start: '10:30', end: '12:30' },
      { having: 'venue' },
    );
    await scene.to('2026-10-14 12:00');

    expect(await scene.meeting('ashford')).toMatchObject({
      sequence: 2,
      toldSequence: 2,
      time: { date: '2026-10-09', start: '10:30' },
    });
    expect(moments(scene, 'meeting-pack', 'ashford')).toEqual(['2026-10-06 09:00']);
    expect(moments(scene, 'return-request', 'ashford')).toEqual(['2026-10-09 12:30']);
  });

  test('moved there and back while nobody was told is told where it stands', async () => {
    const scene = await play({ habit: nobody });
    await scene.to('2026-09-25 10:00');
    // No machine hears of it before the sweep.
    scene.onWake((_token, reason) => reason !== 'changed');
    await setDate(scene, cora, '2026-10-13');
    await setDate(scene, cora, '2026-10-07');
    await scene.to('2026-10-07 12:00');

    const standing = await scene.meeting('ashford');
    expect(standing).toMatchObject({ sequence: 2, toldSequence: 2, time: { date: '2026-10-07' } });
    expect(moments(scene, 'meeting-pack', 'ashford')).toEqual(['2026-10-02 09:00']);
    expect(moments(scene, 'return-request', 'ashford')).toEqual(['2026-10-07 12:00']);
  });

  test('with another venue only is told, and its answers stand', async () => {
    const scene = await play({ habit: nobody });
    await scene.to('2026-09-17 10:00');
    await scene.answer('attendance', mo);
    await setDate(scene, cora, '2026-10-07', { venue: 'Library' });
    await scene.to('2026-10-07 12:00');

    expect(scene.emails({ kind: 'invitation', from: '2026-09-17' }).map(({ person }) => person)).toEqual(
      everyone,
    );
    expect(scene.text(scene.emails({ kind: 'invitation', to: mo })[1])).toContain('Library');
    expect(await answersOf(scene)).toMatchObject({ mo: 'attending' });
    expect(scene.readers('attendance-reminder').filter((id) => id === 'mo')).toEqual([]);
    expect(moments(scene, 'meeting-pack', 'ashford')).toEqual(['2026-10-02 09:00']);
  });

  test('cancelled is told to those who were invited; nothing more is sent about it, and its return is asked for', async () => {
    const scene = await play({ habit: nobody });
    await scene.to('2026-09-25 10:00');
    const invited = await scene.pageFor('attendance', mo);
    expect((await cancel(scene, cora)).status).toBe(200);
    await scene.to('2026-10-16 12:00');

    expect(scene.got('cancellation').map((line) => line.split(' ')[0])).toEqual(everyone);
    expect((await scene.browser.open(invited)).status).toBe(410);
    expect(moments(scene, 'attendance-reminder', 'ashford')).toEqual([]);
    expect(scene.emails({ kind: 'meeting-pack' })).toEqual([]);
    expect(moments(scene, 'return-request', 'ashford')).toEqual(['2026-10-14 17:00']);
    expect(scene.failures).toEqual([]);
  });

  test('cancelled and then held after all, on the same day, is a new invitation that can be answered', async () => {
    const scene = await play({ habit: nobody });
    await scene.to('2026-09-25 10:00');
    await scene.answer('attendance', mo);
    await cancel(scene, cora);
    await scene.to('2026-09-26 10:00');
    await setDate(scene, cora, '2026-10-07');
    await scene.to('2026-09-27 10:00');

    expect(moments(scene, 'invitation', 'ashford')).toEqual(['2026-09-16 16:00', '2026-09-26 10:00']);
    expect((await scene.answer('attendance', sid)).status).toBe(200);
    await scene.to('2026-10-07 12:00');
    expect(moments(scene, 'meeting-pack', 'ashford')).toEqual(['2026-10-02 09:00']);
    expect(scene.got('return-request')).toEqual(['cora 2026-10-07 12:00']);
  });
});

const goThrough = everybodyBut('return', 'return-signoff');

describe('a return', () => {
  const report = async (scene: Scene): Promise<string> => {
    await scene.until(() => scene.emails({ kind: 'board-report' }).length > 0, 'the report');
    return scene.document('board-report.html');
  };

  test('in time is signed and shared: each gets the part that is theirs', async () => {
    const scene = await play({ habit: goThrough });
    await scene.to('2026-10-08 10:00');
    await scene.answer('return', cora);
    await scene.to('2026-10-08 11:00');
    expect(scene.got('return-signoff-request')).toEqual(['ann 2026-10-08 10:00']);
    expect(scene.emails({ kind: 'local-hwb-extract' })).toEqual([]);
    await scene.answer('return-signoff', ann);
    await scene.to('2026-10-08 11:01');

    expect(scene.got('local-hwb-extract')).toEqual(['hal 2026-10-08 11:00']);
    expect(scene.got('csp-message')).toEqual(['cass 2026-10-08 11:00']);
    expect(scene.readers('safeguarding-matters')).toEqual(['kit', 'sid']);
    expect(scene.emails({ kind: 'action-assigned' })).toHaveLength(1);
    expect(await scene.groupReturn('ashford')).toMatchObject({
      state: 'signed',
      version: 1,
      signedBy: 'ann',
    });
    expect(await report(scene)).not.toMatch(/nil return/i);
  });

  test('late is chased, told to the chair and the secretariat, and shown as late', async () => {
    const scene = await play({ habit: goThrough });
    await scene.to('2026-10-16 10:00');
    const about = scene.emails().filter(({ ledgerKey }) => ledgerKey.includes('~return~'));
    expect(about.map(({ kind, person, sentAt }) => `${kind} ${person} ${scene.local(sentAt)}`)).toEqual([
      'return-request cora 2026-10-07 12:00',
      'reminder cora 2026-10-13 09:00',
      'reminder cora 2026-10-15 09:00',
      'escalation ann 2026-10-16 09:00',
    ]);
    await scene.answer('return', cora);
    await scene.to('2026-10-16 10:01');
    await scene.answer('return-signoff', ann);

    expect(await report(scene)).toMatch(/late/i);
    expect(await scene.groupReturn('ashford')).toMatchObject({ state: 'signed' });
  });

  test('that never comes is a nil return from the cut-off, and the report names it as such', async () => {
    const scene = await play({ habit: everybodyBut('return') });
    await scene.to('2026-10-16 16:59');
    expect(await scene.groupReturn('ashford')).toMatchObject({ state: 'draft' });
    await scene.to('2026-10-16 17:00');
    expect(await scene.groupReturn('ashford')).toMatchObject({ state: 'nil', nilAt: '2026-10-16T16:00:00Z' });

    expect(await report(scene)).toMatch(/nil return/i);
    expect(scene.text(scene.emails({ kind: 'board-report' })[0])).toMatch(/Ashford made none/);
    expect(scene.emails({ kind: 'return-signoff-request' })).toEqual([]);
    expect(scene.failures).toEqual([]);
  });

  test('in the very second of the cut-off is a return', async () => {
    const scene = await play({ habit: goThrough });
    await scene.to('2026-10-16 16:30');
    scene.world.clock.schedule(Date.parse('2026-10-16T16:00:00Z'), 'the answer', () =>
      scene.answer('return', cora),
    );
    await scene.to('2026-10-16 17:10');

    expect(await scene.groupReturn('ashford')).toMatchObject({ state: 'submitted' });
    expect(scene.got('return-signoff-request').map((line) => line.split(' ')[0])).toEqual(['ann']);
  });

  test('after the cut-off replaces the nil return, goes to the chair, and is shared and shown as late', async () => {
    const scene = await play({ habit: everybodyBut('return', 'return-signoff', 'chairs-summary') });
    await scene.to('2026-10-22 10:00');
    expect(await scene.groupReturn('ashford')).toMatchObject({ state: 'nil' });
    await scene.answer('return', cora);
    await scene.to('2026-10-22 11:00');
    expect(scene.got('return-signoff-request')).toEqual(['ann 2026-10-22 10:00']);
    await scene.answer('return-signoff', ann);
    await scene.to('2026-10-22 11:01');
    expect(scene.got('local-hwb-extract')).toEqual(['hal 2026-10-22 11:00']);

    expect(await report(scene)).not.toMatch(/nil return/i);
    expect(await scene.document('board-report.html')).toMatch(/late/i);
    expect(scene.failures).toEqual([]);
  });

  test('that is not signed when the report is compiled is not chased for its signature after that', async () => {
    const scene = await play({ habit: everybodyBut('return', 'return-signoff') });
    await scene.to('2026-10-20 10:00');
    await scene.answer('return', cora);
    await report(scene);
    const compiled = scene.now;
    await scene.to('2026-11-17 12:00');

    expect(await scene.request('return-signoff', 'ashford')).toMatchObject({ state: 'expired' });
    const after = scene.emails({ from: compiled }).filter(({ ledgerKey }) => ledgerKey.includes('~return'));
    expect(after).toEqual([]);
    expect(scene.readers('safeguarding-matters')).toEqual(['kit', 'sid']);
    expect(scene.failures).toEqual([]);
  });

  test('is refused once the report has been compiled', async () => {
    const scene = await play({ habit: everybodyBut('return') });
    await report(scene);
    const before = await scene.groupReturn('ashford');
    await scene.answer('return', cora).catch(() => undefined);
    expect(await scene.groupReturn('ashford')).toEqual(before);
  });

  const sendBack = async (scene: Scene, comment: string): Promise<Page> =>
    scene.fillIn('return-signoff', ann, { verdict: 'send-back', comment });

  test('sent back once goes to the co-ordinator with the comment, and to the chair again', async () => {
    const scene = await play({ habit: goThrough });
    await scene.to('2026-10-08 10:00');
    await scene.answer('return', cora);
    await scene.to('2026-10-08 11:00');
    await sendBack(scene, 'Say more of absence');
    await scene.to('2026-10-08 11:01');

    expect(scene.got('return-request')).toEqual(['cora 2026-10-07 12:00', 'cora 2026-10-08 11:00']);
    expect(scene.text(scene.emails({ kind: 'return-request' })[1])).toContain('Say more of absence');
    expect(scene.emails({ kind: 'safeguarding-matters' })).toEqual([]);
    await scene.answer('return', cora);
    await scene.to('2026-10-08 11:02');
    await scene.answer('return-signoff', ann);
    await scene.to('2026-10-08 11:03');

    expect(await scene.groupReturn('ashford')).toMatchObject({ state: 'signed', version: 2 });
    expect(scene.got('local-hwb-extract')).toEqual(['hal 2026-10-08 11:02']);
    expect(
      scene.emails({ kind: 'reminder' }).filter(({ ledgerKey }) => ledgerKey.includes('~return')),
    ).toEqual([]);
  });

  test('sent back and handed in again by the first link ends the asking all the same', async () => {
    const scene = await play({ habit: goThrough });
    await scene.to('2026-10-08 10:00');
    await scene.answer('return', cora);
    const first = await scene.pageFor('return', cora);
    await scene.to('2026-10-08 11:00');
    await sendBack(scene, 'Say more of absence');
    await scene.to('2026-10-08 11:01');
    expect(await scene.pageFor('return', cora)).not.toBe(first);
    const check = await scene.browser.open(`${first}/check`);
    expect((await scene.browser.send(check, {})).status).toBe(200);
    await scene.to('2026-10-16 12:00');

    expect(await scene.request('return', 'ashford', 2)).toMatchObject({ state: 'answered' });
    expect(scene.got('return-signoff-request')).toEqual(['ann 2026-10-08 10:00', 'ann 2026-10-08 11:01']);
    expect(scene.emails({ kind: 'reminder', to: cora })).toEqual([]);
  });

  test('sent back twice comes a third time', async () => {
    const scene = await play({ habit: goThrough });
    await scene.to('2026-10-08 10:00');
    for (const comment of ['Too short', 'Still too short']) {
      await scene.answer('return', cora);
      await scene.until(() => scene.emails({ kind: 'return-signoff-request', from: scene.now }).length > 0);
      await sendBack(scene, comment);
      await scene.until(() => scene.emails({ kind: 'return-request', from: scene.now }).length > 0);
    }
    expect(scene.text(scene.emails({ kind: 'return-request' })[2])).toContain('Still too short');
    await scene.answer('return', cora);
    await scene.until(() => scene.emails({ kind: 'return-signoff-request', from: scene.now }).length > 0);
    await scene.answer('return-signoff', ann);
    await scene.until(() => scene.emails({ kind: 'local-hwb-extract' }).length > 0);

    expect(await scene.groupReturn('ashford')).toMatchObject({ state: 'signed', version: 3 });
  });

  test('sent back and never handed in again stands as it was sent, and what cannot wait is sent on at the cut-off', async () => {
    const scene = await play({ habit: goThrough });
    await scene.to('2026-10-08 10:00');
    await scene.answer('return', cora);
    await scene.to('2026-10-08 11:00');
    await sendBack(scene, 'Say more of absence');
    await scene.to('2026-10-16 17:01');

    expect(await scene.groupReturn('ashford')).toMatchObject({ state: 'sent-back' });
    expect(scene.readers('safeguarding-matters')).toEqual(['kit', 'sid']);
    expect(scene.emails({ kind: 'action-assigned' })).toHaveLength(1);
    expect(scene.emails({ kind: 'local-hwb-extract' })).toEqual([]);
    expect(await report(scene)).toMatch(/sent back|not signed/i);
  });

  test('sent back after the cut-off is told to the co-ordinator, holds up no pack, and can still be signed', async () => {
    const scene = await play({ habit: everybodyBut('return', 'return-signoff', 'chairs-summary') });
    await scene.to('2026-10-16 16:00');
    await scene.answer('return', cora);
    await scene.to('2026-10-16 18:00');
    await sendBack(scene, 'Say more of absence');
    await scene.to('2026-10-16 18:01');

    expect(scene.got('return-request')).toEqual(['cora 2026-10-07 12:00', 'cora 2026-10-16 18:00']);
    expect(scene.readers('safeguarding-matters')).toEqual(['kit', 'sid']);
    await scene.to('2026-10-19 12:00');
    expect(moments(scene, 'chairs-pack', scene.cycle)).toEqual([]);
    expect(scene.got('chairs-pack')).toEqual(['ann 2026-10-19 09:00']);
    await scene.answer('return', cora);
    await scene.to('2026-10-19 12:01');
    await scene.answer('return-signoff', ann);
    await scene.to('2026-10-19 12:02');

    expect(await scene.groupReturn('ashford')).toMatchObject({ state: 'signed', version: 2 });
    expect(scene.got('local-hwb-extract')).toEqual(['hal 2026-10-19 12:01']);
    expect(scene.failures).toEqual([]);
  });

  test('sent back in time and handed in again after the cut-off goes to the chair, and is shared', async () => {
    const scene = await play({ habit: everybodyBut('return', 'return-signoff', 'chairs-summary') });
    await scene.to('2026-10-08 10:00');
    await scene.answer('return', cora);
    await scene.to('2026-10-08 11:00');
    await sendBack(scene, 'Say more of absence');
    await scene.to('2026-10-17 10:00');
    await scene.answer('return', cora);
    await scene.to('2026-10-17 10:01');
    expect(scene.got('return-signoff-request')).toEqual(['ann 2026-10-08 10:00', 'ann 2026-10-17 10:00']);
    await scene.answer('return-signoff', ann);
    await scene.to('2026-10-17 10:02');

    expect(scene.got('local-hwb-extract')).toEqual(['hal 2026-10-17 10:01']);
    expect(await scene.groupReturn('ashford')).toMatchObject({ state: 'signed', version: 2 });
  });

  test('signed by the link of an earlier version is shared at once, and the chair is not chased', async () => {
    const scene = await play({ habit: goThrough });
    await scene.to('2026-10-08 10:00');
    await scene.answer('return', cora);
    await scene.to('2026-10-08 11:00');
    await sendBack(scene, 'Say more of absence');
    await scene.to('2026-10-08 11:01');
    await scene.answer('return', cora);
    await scene.to('2026-10-08 12:00');
    await scene.fillIn('return-signoff', ann, { verdict: 'sign' }, { round: 1 });
    await scene.to('2026-10-16 12:00');

    expect(scene.got('local-hwb-extract')).toEqual(['hal 2026-10-08 12:00']);
    expect(await scene.request('return-signoff', 'ashford', 2)).toMatchObject({ state: 'answered' });
    expect(
      scene.emails({ kind: 'reminder', to: ann }).filter(({ ledgerKey }) => ledgerKey.includes('~return')),
    ).toEqual([]);
  });

  test('that the chair never signs is chased, sends on what cannot wait, and is marked as not signed', async () => {
    const scene = await play({ habit: everybodyBut('return-signoff') });
    await scene.to('2026-10-19 09:01');

    const about = scene.emails().filter(({ ledgerKey }) => ledgerKey.includes('~return-signoff~'));
    expect(about.map(({ kind, person, sentAt }) => `${kind} ${person} ${scene.local(sentAt)}`)).toEqual([
      'return-signoff-request ann 2026-10-07 13:00',
      'reminder ann 2026-10-12 09:00',
      'reminder ann 2026-10-13 09:00',
      'escalation cora 2026-10-14 09:00',
    ]);
    expect(scene.readers('safeguarding-matters')).toEqual(['kit', 'sid']);
    expect(scene.emails({ kind: 'action-assigned' })).toHaveLength(1);
    expect(scene.emails({ kind: 'local-hwb-extract' })).toEqual([]);
    expect(scene.emails({ kind: 'csp-message' })).toEqual([]);
    expect(await report(scene)).toMatch(/not signed/i);
  });

  test('that the chair signs late, before the report, is shared then', async () => {
    const scene = await play({ habit: everybodyBut('return-signoff', 'chairs-summary') });
    await scene.to('2026-10-20 10:00');
    expect(await scene.request('return-signoff', 'ashford')).toMatchObject({ state: 'expired' });
    await scene.answer('return-signoff', ann);
    await scene.to('2026-10-20 10:01');

    expect(await scene.groupReturn('ashford')).toMatchObject({ state: 'signed' });
    expect(scene.got('local-hwb-extract')).toEqual(['hal 2026-10-20 10:00']);
    expect(scene.readers('safeguarding-matters')).toEqual(['kit', 'sid']);
    expect(scene.failures).toEqual([]);
  });

  test('changed after its signature was given up goes to the chair again, and what is new to those who had the rest', async () => {
    const scene = await play({ habit: everybodyBut('return-signoff', 'chairs-summary') });
    await scene.to('2026-10-19 10:00');
    expect(scene.readers('safeguarding-matters')).toEqual(['kit', 'sid']);
    await scene.fillIn(
      'return',
      cora,
      { 'matter-1-text': 'A matter that came up since' },
      { section: 'safeguarding', having: 'matter-1-text' },
    );
    await scene.to('2026-10-19 11:00');
    expect(await scene.groupReturn('ashford')).toMatchObject({ state: 'submitted', version: 2 });
    expect(scene.got('return-signoff-request', { to: ann })).toContain('ann 2026-10-19 10:00');
    // Nobody signs: the matter goes on when the report is due, as one that was there from the first.
    await scene.toTheEnd();
    expect(scene.readers('safeguarding-matters')).toEqual(['kit', 'kit', 'sid', 'sid']);
    expect(scene.text(scene.emails({ kind: 'safeguarding-matters' }).at(-1))).toContain('that came up since');
  });

  test('changed after its signature needs a new one, and is shared again', async () => {
    const scene = await play({ habit: everybodyBut('return-signoff') });
    await scene.to('2026-10-08 10:00');
    await scene.answer('return-signoff', ann);
    await scene.to('2026-10-09 10:00');
    expect(scene.got('local-hwb-extract')).toEqual(['hal 2026-10-08 10:00']);
    await scene.fillIn(
      'return',
      cora,
      { localHwbMessage: 'We changed our mind' },
      { section: 'messages', having: 'localHwbMessage' },
    );
    await scene.to('2026-10-09 11:00');

    expect(await scene.groupReturn('ashford')).toMatchObject({ state: 'submitted', version: 2 });
    expect(scene.got('return-signoff-request')[1]).toBe('ann 2026-10-09 10:00');
    await scene.answer('return-signoff', ann);
    await scene.to('2026-10-09 11:01');

    expect(await scene.groupReturn('ashford')).toMatchObject({ state: 'signed', version: 2 });
    expect(scene.got('local-hwb-extract')).toEqual(['hal 2026-10-08 10:00', 'hal 2026-10-09 11:00']);
    expect(scene.readers('safeguarding-matters')).toEqual(['kit', 'kit', 'sid', 'sid']);
    expect(scene.text(scene.emails({ kind: 'local-hwb-extract', to: hal })[1])).toContain(
      'We changed our mind',
    );
    expect(scene.emails({ kind: 'action-assigned' })).toHaveLength(1);
    expect(scene.failures).toEqual([]);
  });
});

describe('a group', () => {
  test('without a co-ordinator asks its chair, for everything', async () => {
    const scene = await play({ folder: onlyGroup('elham') });
    await scene.to('2026-10-08 15:00');

    expect(scene.got('meeting-date-set')).toEqual(['eve 2026-09-16 16:00']);
    expect(scene.got('return-request')).toEqual(['eve 2026-10-08 12:00']);
    expect(await scene.groupReturn('elham')).toMatchObject({
      state: 'signed',
      submittedBy: 'eve',
      signedBy: 'eve',
    });
  });

  test('whose steps break down is a nil return that can still come, told to the secretariat; the others go on', async () => {
    const scene = await Scene.open({ habit: everybodyBut('chairs-summary') });
    const { actions } = scene.place;
    const actionsOf = actions.of.bind(actions);
    actions.of = async (group) => {
      if (group === 'ashford' && scene.now < '2026-10-08')
        throw new Error('Ashford’s actions cannot be read');
      return actionsOf(group);
    };
    await scene.to('2026-10-19 10:00');

    expect(scene.failures.map((failure) => failure.split(':')[0])).toEqual([
      `lcpg small-${scene.cycle}-ashford`,
    ]);
    expect(scene.readers('part-stopped')).toEqual(['della', 'sam']);
    expect(scene.text(scene.emails({ kind: 'part-stopped' })[0])).toMatch(/Ashford/);
    expect(await scene.groupReturn('dover')).toMatchObject({ state: 'signed' });
    expect(await scene.groupReturn('elham')).toMatchObject({ state: 'signed' });
    expect(scene.readers('chairs-pack')).toEqual(['ann', 'dan', 'eve']);
    expect(scene.text(scene.emails({ kind: 'chairs-pack' })[0])).toMatch(/Ashford/);
    await scene.toTheEnd();
    expect(await scene.place.cycles.get(scene.cycle)).toMatchObject({ state: 'closed' });
    expect(dan.id).toBe('dan');
    expect(eve.id).toBe('eve');
  });

  test('whose machine broke down is still asked for its return, which goes all its way when it comes', async () => {
    const scene = await Scene.open({ habit: everybodyBut('return', 'chairs-summary') });
    scene.breakFollowUps('return', 'ashford', '2026-10-13T08:50:00Z');
    await scene.to('2026-10-15 12:00');

    expect(scene.failures).toHaveLength(2);
    expect(await scene.request('return', 'ashford')).toMatchObject({ state: 'open', machineWaits: false });
    expect(await scene.groupReturn('ashford')).toMatchObject({ state: 'nil' });
    const chased = scene
      .emails()
      .filter(({ ledgerKey }) => ledgerKey.includes('~return~ashford~'))
      .map(({ kind, person, sentAt }) => `${kind} ${person} ${scene.local(sentAt)}`);
    expect(chased).toEqual([
      'return-request cora 2026-10-07 12:00',
      'reminder cora 2026-10-13 09:00',
      'reminder cora 2026-10-15 09:05',
    ]);

    await scene.answer('return', cora);
    await scene.to('2026-10-16 12:00');
    expect(await scene.groupReturn('ashford')).toMatchObject({ state: 'signed' });
    expect(scene.readers('local-hwb-extract')).toContain('hal');
  });

  test('whose machine broke down has nothing open that nobody looks after', async () => {
    const scene = await Scene.open({ habit: everybodyBut('return', 'attendance', 'chairs-summary') });
    scene.breakFollowUps('return', 'ashford', '2026-10-13T08:50:00Z');
    await scene.toTheEnd();
    const open = (await scene.place.requests.about(scene.cycle, 'ashford')).filter(
      ({ state }) => state === 'open',
    );
    expect(open.map(({ id }) => id)).toEqual([]);
  });
});
