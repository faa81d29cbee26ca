import { gzipSync } from 'node:zlib';

import { describe, expect, test } from 'vitest';

import type { Page } from '../../rehearsal/members/browser.ts';
import { multiplyFolder } from '../../shared/import/multiply.ts';
import type { Person } from '../../shared/domain/partnership.ts';
import { extras, nobody, people, playedFolder, Scene } from '../support/world.ts';

const { secretary, ashfordChair, ashfordCoordinator, ashfordMember, doverCoordinator, doverChair } = people;

/** The page behind the newest link of its kind that a person has been sent. */
const pageOf = async (scene: Scene, who: Person, kind?: string): Promise<Page> => {
  for (const email of scene.emails({ to: who, ...(kind === undefined ? {} : { kind }) }).toReversed()) {
    const token = /\/progress\/([\w-]{43})/.exec(scene.text(email))?.[1];
    if (token !== undefined) return scene.browser.open(`/progress/${token}`);
  }
  throw new Error(`${who.id} has no link to a progress page`);
};

const textOf = ({ document }: Page): string =>
  (document.querySelector('main') ?? document).textContent.replaceAll(/\s+/g, ' ');

/** Follows the link of a page whose words begin so, of a row that names somebody where that matters. */
const follow = async (scene: Scene, page: Page, words: string, about = ''): Promise<Page> => {
  const link = page.document
    .querySelectorAll('main a, a.govuk-back-link')
    .find(({ textContent }) => textContent.trim().startsWith(words) && textContent.includes(about));
  if (link === undefined) throw new Error(`no link '${words}' about '${about}' at ${page.address}`);
  const to = new URL(link.getAttribute('href') ?? '', new URL(page.address, 'https://x.example.org'));
  return scene.browser.open(`${to.pathname}${to.search}`);
};

const silent = async (when: string): Promise<Scene> => {
  const scene = await Scene.open({ habit: nobody });
  await scene.to(when);
  return scene;
};

const audited = async (scene: Scene, body: string, what: string) =>
  (await scene.audit(body)).filter((entry) => entry.what === what);

describe('who sees how far a cycle has come', () => {
  test('the secretariat and the lead chair see all of it, from its first day', async () => {
    const scene = await silent('2026-09-17 12:00');
    for (const [who, kind] of [
      [secretary, 'minutes-request'],
      [extras.deputy, 'cycle-opened'],
      [ashfordChair, 'cycle-opened'],
    ] as const) {
      const page = await pageOf(scene, who, kind);
      expect(page.status).toBe(200);
      const text = textOf(page);
      for (const group of ['Ashford', 'Dover', 'Elham']) expect(text).toContain(`${group} LCPG`);
      expect(text).toContain('Meeting date: Dora Dover, due 23 September 2026');
      expect(text).toContain('Next: reminder: minutes, Sam Secretary, 9am on Tuesday 22 September 2026');
    }
  });

  test('a co-ordinator sees their own LCPG and no other', async () => {
    const scene = await silent('2026-09-17 12:00');
    const page = await pageOf(scene, doverCoordinator);
    expect(textOf(page)).toContain('How Dover LCPG stands');
    expect(textOf(page)).not.toContain('Ashford');
    expect((await scene.browser.open(`${page.address}/lcpg/ashford`)).status).toBe(404);
    const foreign = (await scene.requests('meeting-date', 'ashford'))[0]?.id ?? '';
    expect((await scene.browser.open(`${page.address}/request/${encodeURIComponent(foreign)}`)).status).toBe(
      404,
    );
    expect(
      (await scene.browser.open(`${page.address}/hand-over/${encodeURIComponent(foreign)}`)).status,
    ).toBe(404);
  });

  test('a member sees what they are asked themselves', async () => {
    const scene = await silent('2026-10-02 12:00');
    const page = await pageOf(scene, ashfordMember);
    expect(textOf(page)).toContain('Ashford LCPG: answer to the invitation');
    const answering = await follow(scene, page, 'Answer');
    const done = await scene.browser.send(answering, { response: 'attending' });
    expect(textOf(done)).toContain('Your answer is recorded');
    expect(
      (await scene.requests('attendance', 'ashford')).find(({ person }) => person === ashfordMember.id),
    ).toMatchObject({
      state: 'answered',
      channel: 'page',
      answeredBy: ashfordMember.id,
    });
    expect(textOf(await scene.browser.open(page.address))).toContain(
      'You have nothing to answer at the moment',
    );
  });

  test('nobody keeps a page when they no longer hold the role', async () => {
    const scene = await silent('2026-09-17 12:00');
    const page = await pageOf(scene, doverCoordinator);

    const memberships = playedFolder.memberships.filter(({ person }) => person !== doverCoordinator.id);
    await scene.world.place.directory.load({ ...playedFolder, memberships }, '2026-09-17');
    const later = await scene.browser.open(page.address);
    expect(later.status).toBe(410);
    expect(textOf(later)).not.toContain('Dover LCPG');
  });

  test('looking changes nothing', async () => {
    const scene = await silent('2026-10-02 12:00');
    const before = scene.world.tables.map((table) => table.statistics.writes);
    const page = await pageOf(scene, secretary);
    const group = await follow(scene, page, 'Ashford LCPG');
    await follow(scene, group, 'Write down', 'Mo Member');
    await follow(scene, page, 'Hand over');
    expect(scene.world.tables.map((table) => table.statistics.writes)).toEqual(before);
  });
});

test('of many LCPGs shows a page at a time, small enough to be there at once', async () => {
  const scene = await Scene.open({ folder: multiplyFolder(playedFolder, 30), habit: nobody });
  await scene.to('2026-09-17 12:00');
  const page = await pageOf(scene, secretary);
  expect(page.document.querySelectorAll('h3')).toHaveLength(24);
  expect(gzipSync(page.document.toString()).length).toBeLessThan(14_000);
  const second = await follow(scene, page, 'Next page');
  expect(second.document.querySelectorAll('h3')).toHaveLength(6);
  expect((await scene.browser.open(`${page.address}?page=99`)).document.querySelectorAll('h3')).toHaveLength(
    6,
  );
});

test('of many LCPGs chases all of them, also those on other pages', async () => {
  const scene = await Scene.open({ folder: multiplyFolder(playedFolder, 30), habit: nobody });
  await scene.to('2026-09-18 12:00');
  const page = await pageOf(scene, secretary);
  const from = scene.now;
  const refused = await scene.browser.send(page, {}, 'kinds');
  expect(refused.status).toBe(400);
  const sent = await scene.browser.send(page, { kinds: 'meeting-date' });
  expect(textOf(sent)).toContain('Everybody who has not answered is being reminded');
  await scene.to('2026-09-18 12:10');
  const open: string[] = [];
  for (const { id } of await scene.place.directory.groups())
    for (const request of await scene.requests('meeting-date', id))
      if (request.state === 'open') open.push(request.person);
  expect(open.length).toBeGreaterThan(5);
  expect(scene.readers('reminder', from)).toEqual(open.sort());
});

describe('chasing', () => {
  test('reminds those who have not answered, they alone, by their own links, once a day', async () => {
    const scene = await silent('2026-09-18 12:00');
    const page = await pageOf(scene, secretary);
    const from = scene.now;
    const sent = await scene.browser.send(page, { kinds: 'meeting-date' });
    expect(textOf(sent)).toContain('1 person is being reminded');
    await scene.to('2026-09-18 12:10');
    const reminders = scene.emails({ from, kind: 'reminder' });
    expect(reminders.map(({ person }) => person)).toEqual([doverCoordinator.id]);
    expect(scene.text(reminders[0]).replaceAll(/\s+/g, ' ')).toContain(
      'because Sam Secretary asked us to remind you',
    );
    expect((await audited(scene, 'dover', 'request-chased')).map(({ by }) => by)).toEqual([secretary.id]);

    const again = await scene.browser.open(page.address);
    expect(again.document.querySelector('input[value="meeting-date"]')).toBeNull();
    const forced = await scene.browser.send(page, { kinds: 'meeting-date' });
    expect(forced.status).toBe(400);
    await scene.to('2026-09-18 18:00');
    expect(scene.emails({ from, kind: 'reminder' })).toHaveLength(1);

    // What was chased goes on as before: its own reminder, its escalation.
    await scene.to('2026-09-25 12:00');
    expect(scene.got('reminder', { to: doverCoordinator, from })).toEqual([
      'dora 2026-09-18 12:00',
      'dora 2026-09-22 09:00',
      'dora 2026-09-24 09:00',
    ]);
    expect(scene.readers('escalation', from)).toContain(doverChair.id);
  });

  test('reminds of an invitation within the hour, with its calendar file', async () => {
    const scene = await silent('2026-09-24 12:00');
    const page = await pageOf(scene, ashfordCoordinator);
    const from = scene.now;
    const sent = await scene.browser.send(page, { kinds: 'attendance' });
    expect(sent.status).toBe(200);
    await scene.to('2026-09-24 13:10');
    const reminders = scene.emails({ from, kind: 'attendance-reminder' });
    expect(reminders.map(({ person }) => person)).toContain(ashfordMember.id);
    await scene.to('2026-09-24 18:00');
    expect(scene.emails({ from, kind: 'attendance-reminder' })).toHaveLength(reminders.length);
  });

  test('needs somebody who says who they are, and what to chase', async () => {
    const scene = await silent('2026-09-18 12:00');
    const page = await pageOf(scene, secretary);
    for (const fields of [
      { kinds: 'meeting-date', me: 'no' },
      { kinds: 'meeting-date', me: '' },
      { kinds: 'meeting-date', website: 'https://example.org' },
      { kinds: ['nonsense'] },
    ]) {
      const sent = await scene.browser.send(page, fields);
      expect(textOf(sent)).not.toContain('being reminded');
    }
    expect(await audited(scene, 'dover', 'request-chased')).toEqual([]);
    const refused = await scene.browser.send(page, {});
    expect(refused.status).toBe(400);
    expect(refused.document.querySelector('.govuk-error-summary a')?.getAttribute('href')).toBe('#kinds');
  });
});

describe('handing over', () => {
  test('asks somebody else, withdraws the old link, and the cycle goes on with their answer', async () => {
    const scene = await silent('2026-09-18 12:00');
    const old = await scene.pageFor('meeting-date', doverCoordinator);
    const page = await pageOf(scene, secretary);
    const form = await follow(scene, page, 'Dover LCPG').then((group) =>
      follow(scene, group, 'Hand over', 'Meeting date'),
    );
    const from = scene.now;
    const done = await scene.browser.send(form, { to: extras.doverMember.id });
    expect(done.status).toBe(200);
    expect(textOf(done)).toContain('Max Member');
    await scene.to('2026-09-18 12:10');

    const [asked] = scene.emails({ from, to: extras.doverMember, kind: 'meeting-date-request' });
    expect(scene.text(asked).replaceAll(/\s+/g, ' ')).toContain(
      'because Sam Secretary asked that you do this in place of Dora Dover',
    );
    const closed = await scene.browser.open(old);
    expect(closed.status).toBe(410);
    expect(textOf(closed)).toContain('we have asked Max Member to do this instead');
    expect(await audited(scene, 'dover', 'request-handed-over')).toMatchObject([
      { by: secretary.id, detail: { from: doverCoordinator.id, to: extras.doverMember.id } },
    ]);

    await scene.answer('meeting-date', extras.doverMember);
    await scene.to('2026-09-18 13:00');
    expect(await scene.meeting('dover')).toMatchObject({ state: 'planned' });
    expect(scene.emails({ from, kind: 'invitation' }).length).toBeGreaterThan(0);
    expect(scene.emails({ from, to: doverCoordinator, kind: 'reminder' })).toEqual([]);
    expect((await scene.browser.open(old)).status).toBe(410);
  });

  test('goes only to somebody of the body', async () => {
    const scene = await silent('2026-09-18 12:00');
    const page = await pageOf(scene, doverCoordinator);
    const form = await follow(scene, page, 'Hand over');
    for (const to of ['', ashfordMember.id, doverCoordinator.id, 'nobody']) {
      const sent = await scene.browser.send(form, { to });
      expect(sent.status).toBe(400);
      expect(textOf(sent)).toContain('Select who does it instead');
    }
    expect((await scene.requests('meeting-date', 'dover'))[0]).toMatchObject({ person: doverCoordinator.id });
  });
});

describe('an answer given by telephone', () => {
  test('is written down with who wrote it, on the page and in the audit', async () => {
    const scene = await silent('2026-09-24 12:00');
    const page = await pageOf(scene, ashfordCoordinator);
    const form = await follow(scene, page, 'Write down', 'Mo Member');
    expect(textOf(form)).toContain('You are writing down the answer of Mo Member');
    const done = await scene.browser.send(form, { response: 'apologies' });
    expect(done.status).toBe(200);
    const [request] = (await scene.requests('attendance', 'ashford')).filter(
      ({ person }) => person === ashfordMember.id,
    );
    expect(request).toMatchObject({
      state: 'answered',
      channel: 'recorded',
      answeredBy: ashfordCoordinator.id,
    });
    expect(await audited(scene, 'ashford', 'attendance-answered')).toMatchObject([
      {
        by: ashfordCoordinator.id,
        about: ashfordMember.id,
        detail: { response: 'apologies', channel: 'recorded' },
      },
    ]);
    expect(textOf(await scene.browser.open(page.address))).toContain(
      'Apologies, written down by Cora Co-Ordinator',
    );
  });

  test('moves a meeting, and its members are told', async () => {
    const scene = await silent('2026-09-24 12:00');
    const page = await pageOf(scene, secretary);
    const group = await follow(scene, page, 'Ashford LCPG');
    const form = await follow(scene, group, 'Move the meeting');
    const from = scene.now;
    const done = await scene.browser.send(form, { 'date-day': '9', 'date-month': '10', 'date-year': '2026' });
    expect(done.status).toBe(200);
    await scene.to('2026-09-24 12:30');
    expect(await scene.meeting('ashford')).toMatchObject({ time: { date: '2026-10-09' } });
    expect(scene.readers('invitation', from)).toContain(ashfordMember.id);
    expect(await audited(scene, 'ashford', 'meeting-set')).toMatchObject([
      { by: secretary.id, detail: { date: '2026-10-09', channel: 'recorded' } },
    ]);
  });

  test('moves no meeting that is over: nothing offers it', async () => {
    const scene = await silent('2026-09-24 12:00');
    const page = await pageOf(scene, secretary);
    const before = await follow(scene, page, 'Ashford LCPG');
    expect(textOf(before)).toContain('Move the meeting');
    const meeting = await scene.meeting('ashford');
    await scene.to(`${meeting.time?.date ?? ''} 20:00`);
    const group = await scene.browser.open(before.address);
    expect(group.status).toBe(200);
    expect(textOf(group)).not.toContain('Move the meeting');
    const [request] = await scene.requests('meeting-date', 'ashford');
    expect(group.document.innerHTML).not.toContain(encodeURIComponent(request?.id ?? ''));
  });

  test('is never a signature, or a return', async () => {
    const scene = await Scene.open({});
    await scene.to('2026-10-07 13:00');
    const page = await pageOf(scene, secretary);
    const [request] = await scene.requests('return', 'ashford');
    const found = await scene.browser.open(
      `${page.address}/request/${encodeURIComponent(request?.id ?? '')}`,
    );
    expect(request).toBeDefined();
    expect(found.status).toBe(404);
  });
});
