import { beforeEach, describe, expect, it } from 'vitest';

import { tokenHash } from '../../../shared/web-links/link-maker.ts';
import { people, smallWorld } from '../../support/small-partnership.ts';
import type { SmallWorld } from '../../support/small-partnership.ts';
import { askFor } from './asked.ts';
import { browserOf, followed } from './browser.ts';
import type { Browser } from './browser.ts';

let world: SmallWorld;
let browser: Browser;

beforeEach(async () => {
  world = await smallWorld();
  browser = browserOf(world);
});

/** A link of an action of its own, so that one person has as many as are wanted. */
const linkOf = async (action: number) =>
  world.ask('action-update', people.ashfordMember, { body: 'ashford', action: 'act-1', round: action });

describe('the door', () => {
  it('takes the token out of the address, into a cookie that only this site gets, and changes nothing', async () => {
    const { path, token } = await askFor(world, 'attendance');
    const before = world.writes();
    for (const method of ['GET', 'HEAD']) {
      const got = await browserOf(world).ask({ method, path });
      expect(got).toMatchObject({ status: 303, body: '' });
      expect(got.headers['location']).not.toContain(token);
      expect(got.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
      expect(got.cookies).toEqual([
        expect.stringMatching(
          /^__Host-link-[\w-]{16}=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure; Max-Age=\d+$/,
        ),
      ]);
    }
    expect(world.writes()).toBe(before);
  });

  it('shows the token in no page, no form and no address from then on', async () => {
    const { path, token } = await askFor(world, 'return');
    const start = followed(path, await browser.ask({ method: 'GET', path }));
    for (const section of ['', '/meeting', '/check', '?saved=meeting']) {
      const got = await browser.ask({ method: 'GET', path: `${start}${section}` });
      expect(got.status, section).toBe(200);
      expect(got.cookies).toEqual([]);
      expect(JSON.stringify([got.headers, got.body])).not.toContain(token);
    }
    const sent = await browser.post(`${start}/membership`, { membershipChanges: 'None' });
    expect(JSON.stringify([sent.headers, sent.body])).not.toContain(token);
  });

  it('keeps the token from the store to which a file is uploaded', async () => {
    const { path, token } = await askFor(world, 'minutes');
    const { body } = await browser.get(path);
    expect(body).toContain(`value="https://lcpg.example.org/answer/${tokenHash(token).slice(0, 16)}?upload=`);
    expect(body).not.toContain(token);
  });

  it('leads to the part of the page that the link names', async () => {
    const { path } = await askFor(world, 'return');
    const got = await browser.ask({ method: 'GET', path: `${path}/actions?saved=meeting` });
    expect(followed(path, got)).toMatch(/^\/answer\/[\w-]{16}\/actions\?saved=meeting$/);
  });

  it('lets several links be open at once, the oldest giving way in the end', async () => {
    const opened: string[] = [];
    for (let round = 1; round <= 25; round += 1) {
      const { path } = await linkOf(round);
      opened.push(followed(path, await browser.ask({ method: 'GET', path })));
    }
    expect(browser.cookies.size).toBe(20);
    const statuses = [];
    for (const path of opened) statuses.push((await browser.ask({ method: 'GET', path })).status);
    expect(statuses).toEqual([...Array<number>(5).fill(403), ...Array<number>(20).fill(200)]);
  });

  it('says what to do when the cookie does not come back, and saves nothing', async () => {
    const { path } = await askFor(world, 'attendance');
    const inside = followed(path, await browser.ask({ method: 'GET', path }));
    browser.cookies.clear();
    const before = world.writes();
    const got = await browser.ask({ method: 'GET', path: inside });
    expect(got.status).toBe(403);
    expect(got.body).toContain('Allow them for this site');
    expect(got.body).not.toContain('not saved');
    const sent = await browser.post(inside, { response: 'attending' });
    expect(sent.status).toBe(403);
    expect(sent.body).toContain('What you sent is not saved');
    expect(world.writes()).toBe(before);
  });

  it('lets nobody in by a cookie of another link, or one made up', async () => {
    const [one, other] = [await linkOf(1), await linkOf(2)];
    const inside = followed(one.path, await browser.ask({ method: 'GET', path: one.path }));
    const [name = ''] = browser.cookies.keys();
    for (const value of [other.token, 'A'.repeat(43), '', one.token.slice(1)]) {
      browser.cookies.set(name, value);
      expect((await browser.ask({ method: 'GET', path: inside })).status, value).toBe(403);
    }
  });

  it('sends nobody to a page with a form that still bears the token', async () => {
    const { path, request } = await askFor(world, 'attendance');
    const got = await browser.ask({
      method: 'POST',
      path,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'response=attending',
    });
    expect(got.status).toBe(303);
    expect(await world.desk.requests.get(request.id)).toMatchObject({ state: 'open' });
  });

  it('in a rehearsal, on plain http, sets a cookie that every browser takes', async () => {
    const { path } = await askFor(world, 'attendance');
    const plain = browserOf({ ...world, origin: 'http://localhost:8000' });
    const got = await plain.ask({ method: 'GET', path });
    expect(got.cookies[0]).toMatch(/^link-[\w-]{16}=[^;]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/);
    expect((await plain.get(path)).status).toBe(200);
  });

  it('stands before documents too', async () => {
    await world.documents.put('small/report.html', '<p>Report</p>', 'text/html');
    const link = await world.maker.toDocument(
      { key: 'small/report.html', fileName: 'Report.html' },
      'sam',
      '2026-12-01T00:00:00Z',
    );
    const path = link.slice(world.origin.length);
    const door = await browser.ask({ method: 'GET', path });
    expect(followed(path, door)).toMatch(/^\/document\/[\w-]{16}$/);
    const got = await browser.ask({ method: 'GET', path: followed(path, door) });
    expect(got.status).toBe(302);
    browser.cookies.clear();
    expect((await browser.ask({ method: 'GET', path: followed(path, door) })).status).toBe(403);
  });
});
