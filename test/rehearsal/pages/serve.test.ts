import { parse } from 'node-html-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Served } from '../../../rehearsal/pages/serve.ts';
import { startServer } from '../../../rehearsal/pages/serve.ts';
import { toInstant } from '../../../shared/time/calendar.ts';
import type { Asked } from './browse.ts';
import {
  ask,
  firstCycle,
  linksOf,
  newFolder,
  openLink,
  post,
  press,
  read,
  served,
  twoGroups,
} from './browse.ts';

describe('a rehearsal in which nobody is simulated', () => {
  let place: Served;
  beforeAll(async () => {
    place = await served();
  });
  afterAll(async () => {
    await place.close();
  });

  /** The answer page of the minutes, by way of the email that asks for them. */
  const minutesPage = async (): ReturnType<typeof openLink> => {
    const home = await ask(place, '/?kind=minutes');
    const [email = ''] = linksOf(home.text, '/emails/').slice(-1);
    const letter = await ask(place, `${email}/letter`);
    const [link = ''] = linksOf(letter.text, `${place.origin}/answer/`);
    return openLink(place, link.slice(place.origin.length));
  };

  it('opens the first cycle, and shows the time, the LCPGs and the mailboxes', async () => {
    const home = await read(place, '/');
    expect(home).toContain('Wednesday 16 September 2026, 12:30pm');
    expect(home).toContain('Ashford');
    expect(home).toContain('Reminder for the minutes');
    expect(await read(place, '/people')).toMatch(/\d+ people with emails/);
  });

  it('opens the progress page of an email', async () => {
    const home = await ask(place, '/?kind=minutes');
    const [email = ''] = linksOf(home.text, '/emails/').slice(-1);
    const [link = ''] = linksOf((await ask(place, `${email}/letter`)).text, `${place.origin}/progress/`);
    const { path, cookie } = await openLink(place, link.slice(place.origin.length));
    expect((await ask(place, path, { headers: { cookie } })).text).toContain('How the cycle of');
  });

  it('brings what is emailed at once without moving the time', async () => {
    const { sent } = place.session.world.outbox;
    const invitation = sent.findLast(({ kind }) => kind === 'invitation');
    const letter = await ask(place, `/emails/${String(invitation?.number ?? 0)}/letter`);
    const [link = ''] = linksOf(letter.text, `${place.origin}/answer/`);
    const { path, cookie } = await openLink(place, link.slice(place.origin.length));
    const before = toInstant(place.session.world.clock.now());
    const answered = await post(
      place,
      path,
      { me: 'yes', response: 'substitute', substituteName: 'Jo Smith', substituteEmail: 'jo@example.org' },
      cookie,
    );
    expect(answered.status).toBe(303);
    expect(toInstant(place.session.world.clock.now())).toBe(before);
    const told = sent.findLast(({ kind }) => kind === 'substitute-asked');
    expect(told).toMatchObject({ to: 'jo@example.org', sentAt: before });
    expect(await read(place, `/people/${told?.person ?? ''}`)).toContain('has asked you to go');
  });

  it('takes an uploaded file past the pages, and hands it out as a download', async () => {
    const { path, cookie } = await minutesPage();
    expect(path).toMatch(/^\/answer\/[\w-]{16}$/);
    const upload = parse((await ask(place, path, { headers: { cookie } })).text).querySelector(
      'form[enctype="multipart/form-data"]',
    );
    const form = new FormData();
    for (const field of upload?.querySelectorAll('input[type="hidden"]') ?? [])
      form.append(field.getAttribute('name') ?? '', field.getAttribute('value') ?? '');
    form.append('file', new Blob(['%PDF-1.7\nminutes']), 'minutes.pdf');
    const encoded = new Response(form);
    const address = new URL(upload?.getAttribute('action') ?? '', place.origin).pathname;
    const taken = await ask(place, address, {
      method: 'POST',
      headers: {
        'content-type': encoded.headers.get('content-type') ?? '',
        'sec-fetch-site': 'same-origin',
      },
      body: new Uint8Array(await encoded.arrayBuffer()),
    });
    expect(taken.status).toBe(303);
    expect(taken.headers.location).toContain(`${place.origin}${path}`);
    const back = await ask(place, (taken.headers.location ?? '').slice(place.origin.length), {
      headers: { cookie },
    });
    expect(back.status).toBe(200);
    const stored = await ask(place, `${address.replace('/upload/', '/stored/')}?name=minutes.pdf`);
    expect(stored.text).toBe('%PDF-1.7\nminutes');
    expect(stored.headers['content-disposition']).toContain('attachment; filename="minutes.pdf"');
  });

  it('takes an answer on the real page, and goes on from it', async () => {
    expect(await read(place, '/?kind=minutes')).toMatch(/Minutes [^@]+ CHWB 5pm on [^@]+ open/);
    const { path, cookie } = await minutesPage();
    const form = parse((await ask(place, path, { headers: { cookie } })).text)
      .querySelectorAll('form')
      .find((one) => one.querySelector('[name="keyMessages"]') !== null);
    const hidden = (form?.querySelectorAll('input[type="hidden"]') ?? []).map((field) => [
      field.getAttribute('name') ?? '',
      field.getAttribute('value') ?? '',
    ]);
    const before = place.session.world.outbox.sent.length;
    const fields = {
      ...(Object.fromEntries(hidden) as Record<string, string>),
      me: 'yes',
      keyMessages: 'Housing comes first.',
    };
    expect((await post(place, path, fields, cookie)).status).toBe(303);
    expect(await read(place, '/?kind=minutes')).toContain('answered 16 September 2026');
    const minutes = place.session.world.outbox.sent.slice(before);
    expect([...new Set(minutes.map(({ kind }) => kind))]).toEqual(['minutes']);
    const [one] = minutes;
    expect(await read(place, `/people/${one?.person ?? ''}`)).toContain(one?.subject ?? '-');
    const raw = await ask(place, `/emails/${String(one?.number)}/raw`);
    expect(raw.headers['content-type']).toBe('message/rfc822');
    expect(await read(place, '/documents')).toContain('Housing comes first.');
  });

  it('moves to the next day, the next event and the next stage, and says what happened', async () => {
    await press(place, 'day');
    expect(await read(place, '/')).toContain('Thursday 17 September 2026, 9am');
    const sent = place.session.world.outbox.sent.length;
    await press(place, 'event');
    expect(place.session.world.outbox.sent.length).toBeGreaterThan(sent);
    const home = await ask(place, '/');
    expect(home.text).toContain('from 9am on Thursday 17 September 2026 to');
    expect(home.text).toMatch(/aria-current="step">2\. LCPG meetings/);
    await press(place, 'stage');
    expect((await ask(place, '/')).text).toMatch(/aria-current="step">3\. Returns/);
  });

  it('does nothing for a button that was drawn before the time moved', async () => {
    const now = place.session.world.clock.epochMs;
    const stale = { move: 'day', turn: String(place.session.turn - 1) };
    expect((await post(place, '/time', stale)).headers.location).toBe('/?note=stale');
    expect(await read(place, '/?note=stale')).toContain('Nothing was done');
    const twice = { move: 'day', turn: String(place.session.turn) };
    const pressed = await Promise.all([post(place, '/time', twice), post(place, '/time', twice)]);
    expect(pressed.map(({ headers }) => headers.location).sort()).toEqual(['/', '/?note=stale']);
    expect(place.session.world.clock.epochMs - now).toBeLessThanOrEqual(86_400_000);
  });

  it('closes a cycle that nobody answers in, and goes on to the next', async () => {
    await press(place, 'end');
    const home = await read(place, '/');
    expect(home).toContain('The cycle of 16 September 2026: closed');
    expect(home).toContain('nil return');
    expect(await read(place, '/documents')).toContain('Report to the board');
    await press(place, 'stage');
    expect(await read(place, '/')).toContain('The cycle of 18 November 2026');
    expect(await read(place, `/?cycle=${firstCycle}`)).toContain('The cycle of 16 September 2026: closed');
  });
});

describe('whoever else asks', () => {
  let place: Served;
  beforeAll(async () => {
    place = await served();
  });
  afterAll(async () => {
    await place.close();
  });

  it.each<[string, Asked, number]>([
    ['/time', { method: 'POST', body: 'move=never&turn=0' }, 400],
    ['/time', { method: 'POST', body: 'move=day&turn=x' }, 400],
    ['/time', { method: 'POST', body: '\u0000%%%' }, 400],
    ['/upload/x', { method: 'POST', body: 'x' }, 400],
    ['/people', { method: 'POST', body: 'x' }, 405],
    ['/', { method: 'DELETE' }, 405],
    ['/emails/0', {}, 404],
    ['/emails/1/other', {}, 404],
    ['/emails/1/raw/more', {}, 404],
    ['/people/%ff%00', {}, 404],
    ['/stored/../../package.json', {}, 404],
    ['/answer/nonsense', {}, 404],
    ['http://elsewhere.example/', {}, 400],
    ['/?kind=%22%3E%3Cscript%3E&q=%3Cb%3E&cycle=x&note=__proto__', {}, 200],
  ])('gets a plain answer for %s %j', async (path, asked, status) => {
    const reply = await ask(place, path, asked);
    expect(reply.status).toBe(status);
    expect(reply.text).not.toContain('<b>');
    expect(place.session.turn).toBe(0);
  });

  it('gets no body for HEAD', async () => {
    expect(await ask(place, '/', { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
  });

  it('reads nothing under the name of another site', async () => {
    const reply = await ask(place, '/people', { headers: { host: 'evil.example' } });
    expect(reply.status).toBe(421);
    expect(reply.text).not.toContain('people with emails');
  });

  it.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('presses no button from another site: %j', async (headers) => {
    const reply = await ask(place, '/time', { method: 'POST', headers, body: 'move=day&turn=0' });
    expect(reply.status).toBe(403);
    expect(place.session.turn).toBe(0);
  });

  it('is told when the port is taken', async () => {
    const port = Number(new URL(place.origin).port);
    const second = startServer({ folder: twoGroups(), firstCycle, manner: 'none', out: newFolder(), port });
    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('is told when a machine fails', async () => {
    place.session.world.engine.startExecution('ask', 'broken', { partnership: 'kent' });
    await press(place, 'day');
    const home = await read(place, '/');
    expect(home).toContain('Something failed');
    expect(home).toContain('The machine “ask” of broken failed.');
  });
});

it('lets simulated members answer between the presses', async () => {
  const place = await served('all');
  await press(place, 'end');
  const home = await read(place, '/');
  expect(home).toContain('The cycle of 16 September 2026: closed');
  expect(home).toContain('signed and shared');
  expect(home).not.toContain('Something failed');
  await place.close();
});
