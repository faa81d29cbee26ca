import { beforeEach, describe, expect, it } from 'vitest';

import type { Waiting } from '../../../shared/store/cycles/waiting-store.ts';
import { smallWorld } from '../../support/small-partnership.ts';
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

const waiting = async (): Promise<readonly Waiting[]> => {
  const all: Waiting[] = [];
  for await (const one of world.desk.waiting.all()) all.push(one);
  return all;
};

describe('the page for whoever was not meant', () => {
  it('is linked to from the page of a request', async () => {
    const { path } = await askFor(world, 'attendance');
    expect((await browser.get(path)).body).toMatch(/href="[^"]*\/not-me">This is not for me/);
  });

  it('passes on what is told, and changes nothing by itself', async () => {
    const { path, request } = await askFor(world, 'attendance');
    const sent = await browser.post(`${path}/not-me`, { what: 'left', text: 'Ask Jo', tell: 'yes' });
    expect(sent.status).toBe(303);
    const page = await browser.get(followed(`${path}/not-me`, sent));
    expect(page.body).toContain('Thank you for telling us');
    expect(await waiting()).toMatchObject([
      {
        name: `correction/${request.id}/left`,
        correction: { request: request.id, what: 'left', text: 'Ask Jo' },
      },
    ]);
    expect(await world.desk.requests.get(request.id)).toEqual(request);
  });

  it('says so where as much has been passed on as is in a day', async () => {
    const { path } = await askFor(world, 'attendance');
    const tell = (text: string) => browser.post(`${path}/not-me`, { what: 'address', text, tell: 'yes' });
    for (const minute of ['01', '02', '03']) {
      world.clock.set(`2026-09-22T09:${minute}:00Z`);
      expect((await tell('new@example.org')).status).toBe(303);
    }
    const refused = await tell('another@example.org');
    expect(refused.status).toBe(429);
    expect(refused.body).toContain('We have passed on 3 messages from this page today');
    expect(refused.body).toContain('another@example.org');
  });

  it.each(['no', 'later'])('passes nothing on when told %s', async (tell) => {
    const { path } = await askFor(world, 'attendance');
    const sent = await browser.post(`${path}/not-me`, { what: 'left', tell });
    expect(sent.status).toBe(303);
    expect(await waiting()).toEqual([]);
  });

  it('says what is missing, at its field', async () => {
    const { path } = await askFor(world, 'attendance');
    const empty = await browser.post(`${path}/not-me`, {});
    expect(empty.status).toBe(400);
    expect(empty.body).toContain('<a href="#what">Select what is wrong</a>');
    expect(empty.body).toContain('<a href="#tell">Select whether we should pass it on</a>');
    const address = await browser.post(`${path}/not-me`, { what: 'address', tell: 'yes' });
    expect(address.body).toContain('<a href="#text">Enter the new address</a>');
    expect(await waiting()).toEqual([]);
  });
});
