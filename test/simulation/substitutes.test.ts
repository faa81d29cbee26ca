import { describe, expect, test } from 'vitest';

import { letterOf } from '../../rehearsal/members/letters.ts';
import type { Page } from '../../rehearsal/members/browser.ts';
import { everybodyBut, people, Scene } from '../support/world.ts';

const { ashfordMember: mo, ashfordCoordinator: cora } = people;
const jo = 'jo.smith@example.org';

/** Everything that has been sent to an address, by kind and subject. */
const sentTo = (scene: Scene, address: string): readonly string[] =>
  scene.world.outbox.sent
    .filter(({ to }) => to === address)
    .map(({ kind, subject }) => `${kind}: ${subject}`);

const newest = (scene: Scene, address: string): string =>
  scene.text(scene.world.outbox.sent.findLast(({ to }) => to === address)).replaceAll(/\s+/g, ' ');

const textOf = ({ document }: Page): string =>
  (document.querySelector('main') ?? document).textContent.replaceAll(/\s+/g, ' ');

/** Ashford's members have been invited; the meeting is on 7 October, and the pack goes out before. */
const invited = async (): Promise<Scene> => {
  const scene = await Scene.open({ habit: everybodyBut('attendance') });
  await scene.untilEmail('invitation', mo);
  await scene.to('2026-09-21 10:00');
  return scene;
};

const nameJo = (scene: Scene): Promise<Page> =>
  scene.fillIn('attendance', mo, {
    response: 'substitute',
    substituteName: 'Jo Smith',
    substituteEmail: jo,
  });

const calendarReply = (uid: string, status: string, from: string, stamp: string, name = ''): Buffer =>
  Buffer.from(
    [
      `From: ${name} <${from}>`,
      `Message-ID: <${stamp}@example.org>`,
      'Content-Type: text/calendar; method=REPLY',
      '',
      'BEGIN:VCALENDAR',
      'METHOD:REPLY',
      'BEGIN:VEVENT',
      `ATTENDEE;CN=${name};PARTSTAT=${status}:mailto:${from}`,
      `UID:${uid}`,
      `DTSTAMP:${stamp}`,
      'SEQUENCE:0',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\r\n'),
  );

const attendanceOf = async (scene: Scene) => scene.place.attendance.get(scene.cycle, 'ashford', mo.id);

describe('a substitute', () => {
  test('hears at once who asked them to what, with a calendar file, and gets the pack', async () => {
    const scene = await invited();
    await nameJo(scene);
    expect(sentTo(scene, jo)).toEqual([
      'substitute-asked: Ashford LCPG on Wednesday 7 October 2026: Mo Member has asked you to go in their place',
    ]);
    expect(newest(scene, jo)).toContain('Mo Member (mo@example.org) cannot go');
    const email = scene.world.outbox.sent.findLast(({ to }) => to === jo);
    if (email === undefined) throw new Error('no email');
    expect(letterOf(email, scene.bytes(email)).invitation).toMatchObject({ sequence: '0' });
    await scene.to('2026-10-06 12:00');
    expect(sentTo(scene, jo).map((line) => line.split(':')[0])).toEqual(['substitute-asked', 'meeting-pack']);
    expect(newest(scene, jo)).toContain('because Mo Member asked you to go to a meeting in their place');
  });

  test('named after the pack has gone out gets it with the first email', async () => {
    const scene = await invited();
    await scene.to('2026-10-06 12:00');
    await nameJo(scene);
    expect(sentTo(scene, jo).map((line) => line.split(':')[0])).toEqual(['substitute-asked', 'meeting-pack']);
  });

  test('says by a link of their own that they cannot come; who named them hears it', async () => {
    const scene = await invited();
    await nameJo(scene);
    const [path = ''] = /\/substitute\/[\w-]{43}/.exec(newest(scene, jo)) ?? [];
    const writes = () => scene.world.tables.map(({ statistics }) => statistics.writes);
    const before = writes();
    const page = await scene.browser.open(path);
    expect(textOf(page)).toContain('Mo Member has asked you to go in their place');
    expect(writes()).toEqual(before);
    const said = await scene.browser.send(page, {});
    expect(textOf(said)).toContain('Thank you for telling us');
    await scene.world.clock.settled();
    expect((await attendanceOf(scene))?.answer).toEqual({ response: 'apologies' });
    expect(scene.emails({ kind: 'substitute-gave-up', to: mo })).toHaveLength(1);
    expect((await scene.browser.open(path)).status).toBe(410);
    await scene.to('2026-10-06 12:00');
    expect(sentTo(scene, jo)).toHaveLength(1);
  });

  test('who is not needed any more is told, and nobody gets the pack of another', async () => {
    const scene = await invited();
    await nameJo(scene);
    await scene.fillIn('attendance', mo, { response: 'attending' });
    expect(sentTo(scene, jo).at(-1)).toContain('you no longer need to go in place of Mo Member');
    await scene.to('2026-10-06 12:00');
    expect(sentTo(scene, jo)).toHaveLength(2);
  });

  test('who is invited too keeps the meeting in their calendar when they are not needed', async () => {
    const scene = await invited();
    const substituteName = 'Cora';
    await scene.fillIn('attendance', mo, {
      ...{ response: 'substitute', substituteName, substituteEmail: cora.email.toUpperCase() },
    });
    await scene.fillIn('attendance', mo, { response: 'attending' });
    const email = scene.world.outbox.sent.findLast(({ kind }) => kind === 'substitute-asked');
    if (email === undefined) throw new Error('no email');
    expect(email.subject).toContain('you no longer need to go in place of Mo Member');
    expect(letterOf(email, scene.bytes(email)).invitation).toBeNull();
    expect(scene.text(email)).toContain('keep it in your calendar');
  });

  test('is told when the meeting changes its place, and released when it moves', async () => {
    const scene = await invited();
    await nameJo(scene);
    const when = { 'date-day': '7', 'date-month': '10', 'date-year': '2026', start: '10am', end: '12pm' };
    await scene.fillIn(
      'meeting-date',
      cora,
      { ...when, venue: 'Library', link: '' },
      { having: 'venue', body: 'ashford' },
    );
    await scene.to('2026-09-21 12:00');
    expect(newest(scene, jo)).toContain('Place: Library');
    expect(sentTo(scene, jo).at(-1)).toContain('has changed');
    await scene.fillIn(
      'meeting-date',
      cora,
      { ...when, 'date-day': '8', venue: 'Library', link: '' },
      { having: 'venue', body: 'ashford' },
    );
    await scene.to('2026-09-21 14:00');
    expect(sentTo(scene, jo).at(-1)).toContain('you no longer need to go');
    expect(sentTo(scene, jo)).toHaveLength(3);
  });
});

describe('a calendar’s “tentative” after a substitute was named', () => {
  test('releases the substitute, and the member is reminded like who has not answered', async () => {
    const scene = await invited();
    await nameJo(scene);
    const email = scene.emails({ kind: 'invitation', to: mo }).at(-1);
    if (email === undefined) throw new Error('no invitation');
    const { invitation } = letterOf(email, scene.bytes(email));
    expect(
      await scene.world.receive(
        calendarReply(invitation?.uid ?? '', 'TENTATIVE', mo.email, '20260921T090200Z'),
        invitation?.organiser ?? '',
      ),
    ).toBe('tentative');
    await scene.world.clock.settled();
    expect(sentTo(scene, jo).at(-1)).toContain('you no longer need to go in place of Mo Member');
    expect(await attendanceOf(scene)).toMatchObject({ answer: null, substituteTold: null });
    await scene.to('2026-10-06 12:00');
    expect(scene.emails({ kind: 'attendance-reminder', to: mo })).toHaveLength(1);
  });
});

describe('somebody who was not invited, and accepted', () => {
  /** Sam answers the invitation that went to Mo. */
  const proposed = async (): Promise<readonly [Scene, Page]> => {
    const scene = await invited();
    const email = scene.emails({ kind: 'invitation', to: mo }).at(-1);
    if (email === undefined) throw new Error('no invitation');
    const { invitation } = letterOf(email, scene.bytes(email));
    const reply = calendarReply(
      invitation?.uid ?? '',
      'ACCEPTED',
      'sam.lee@example.org',
      '20260921T080000Z',
      'Sam Lee',
    );
    expect(await scene.world.receive(reply, invitation?.organiser ?? '')).toBe('proposal');
    const text = scene.text(scene.emails({ kind: 'reply-passed-on', to: cora }).at(-1));
    const group = await scene.browser.open(/\/progress\/[\w-]{43}/.exec(text)?.[0] ?? '');
    expect(textOf(group)).toContain('Sam Lee may come instead');
    const link = group.document
      .querySelectorAll('a')
      .find(({ textContent }) => textContent.startsWith('Say whether'));
    const { pathname } = new URL(
      link?.getAttribute('href') ?? '',
      new URL(group.address, 'https://x.example.org'),
    );
    return [scene, await scene.browser.open(pathname)];
  };

  test('comes in the place of a member when the co-ordinator says so, and is written to', async () => {
    const [scene, page] = await proposed();
    expect((await scene.browser.send(page, {})).status).toBe(400);
    await scene.browser.send(page, { comes: 'yes' });
    await scene.world.clock.settled();
    expect(await attendanceOf(scene)).toMatchObject({
      answer: { response: 'substitute', substitute: { name: 'Sam Lee', email: 'sam.lee@example.org' } },
      channel: 'recorded',
      proposed: null,
    });
    expect(sentTo(scene, 'sam.lee@example.org')).toHaveLength(1);
    expect((await scene.request('attendance', 'ashford'))?.state).toBeDefined();
  });

  test('is no longer proposed once the meeting has moved', async () => {
    const [scene] = await proposed();
    await scene.fillIn(
      'meeting-date',
      cora,
      {
        ...{ 'date-day': '8', 'date-month': '10', 'date-year': '2026', start: '10am', end: '12pm' },
        ...{ venue: 'Library', link: '' },
      },
      { having: 'venue', body: 'ashford' },
    );
    await scene.to('2026-09-21 12:00');
    expect(await attendanceOf(scene)).toMatchObject({ answer: null, proposed: null });
  });

  test('does not when the co-ordinator says so', async () => {
    const [scene, page] = await proposed();
    const group = await scene.browser.send(page, { comes: 'no' });
    expect(textOf(group)).not.toContain('may come instead');
    expect(await attendanceOf(scene)).toMatchObject({ answer: null, proposed: null });
    expect(sentTo(scene, 'sam.lee@example.org')).toEqual([]);
  });
});
