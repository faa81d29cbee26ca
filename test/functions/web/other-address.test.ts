import { beforeEach, describe, expect, it } from 'vitest';

import { smallWorld } from '../../support/small-partnership.ts';
import type { SmallWorld } from '../../support/small-partnership.ts';
import { askFor } from './asked.ts';
import { browserOf, followed } from './browser.ts';
import type { Browser } from './browser.ts';
import { emailedCode } from './code.ts';

const other = 'mo@home.example.net';
let world: SmallWorld;
let browser: Browser;
let path: string;
beforeEach(async () => {
  world = await smallWorld();
  browser = browserOf(world);
  ({ path } = await askFor(world, 'attendance'));
  await world.desk.addresses.hold('mo', other, '2026-09-22T09:00:00Z');
});

const press = () => browser.post(`${path}/address`, { address: other });
const type = (code: string) => browser.post(`${path}/address-code`, { code });
const isConfirmed = () => world.desk.addresses.isConfirmed('mo', other);

describe('another address that somebody writes from', () => {
  it('counts once the code that went to it has been typed in, and not by the press alone', async () => {
    const pressed = await press();
    expect(followed(`${path}/address`, pressed)).toMatch(/\/address-code$/);
    expect(await isConfirmed()).toBe(false);
    const [message, ...more] = await world.runErrands();
    expect(more).toEqual([]);
    expect(message).toMatchObject({
      kind: 'confirmation-code',
      what: 'other-address',
      to: { id: 'mo', email: other },
    });
    const page = await browser.get(`${path}/address-code`);
    expect(page.body).toContain(`We have emailed a code to ${other}`);
    expect((await type('000000')).status).toBe(400);
    expect(await isConfirmed()).toBe(false);
    const done = await type(message?.kind === 'confirmation-code' ? message.code : '');
    expect(done.status).toBe(303);
    expect(await isConfirmed()).toBe(true);
    expect((await browser.get(followed(`${path}/address-code`, done))).body).toContain(
      'Replies from your other address now count',
    );
  });

  it('is told to the address on record, which can object, also after the request takes no answer', async () => {
    await press();
    await type(await emailedCode(world));
    const [told, ...more] = await world.runErrands();
    expect(more).toEqual([]);
    expect(told).toMatchObject({
      kind: 'address-confirmed',
      to: { id: 'mo', email: 'mo@example.org' },
      address: other,
    });
    const link = told?.kind === 'address-confirmed' ? told.link : '';
    world.clock.set('2026-10-02T09:00:00Z');
    const objecting = browserOf(world);
    const page = await objecting.get(link.slice(world.origin.length));
    expect(page.status).toBe(200);
    expect(page.body).toContain(`${other} is not mine`);
    const objected = await objecting.post(link.slice(world.origin.length), { refuse: other });
    expect(objected.status).toBe(303);
    expect(await isConfirmed()).toBe(false);
    expect(await world.desk.addresses.hold('mo', other, '2026-12-01T09:00:00Z')).toBe(false);
    expect((await world.desk.audit.of(world.cycle.id, 'ashford')).map(({ what }) => what)).toEqual(
      expect.arrayContaining(['confirmed-by-code', 'address-confirmed', 'address-refused']),
    );
  });

  it('that no reply came from is not taken, and no code goes there', async () => {
    const refused = await browser.post(`${path}/address`, { address: 'eve@example.net' });
    expect(refused.status).toBe(400);
    expect(refused.body).toContain('<a href="#address">Select the address that is yours</a>');
    expect(await world.runErrands()).toEqual([]);
  });

  it('waits for a week, and only a few wait at once', async () => {
    const now = '2026-09-22T10:00:00Z';
    for (const name of ['two', 'three'])
      expect(await world.desk.addresses.hold('mo', `${name}@example.net`, now)).toBe(true);
    expect(await world.desk.addresses.hold('mo', 'four@example.net', now)).toBe(false);
    expect(await world.desk.addresses.hold('mo', other, now)).toBe(true);
    world.clock.set('2026-09-30T10:00:00Z');
    const page = await browser.get(`${path}/address`);
    expect(page.body).toContain('No other address is waiting');
    expect(await world.desk.addresses.hold('mo', 'four@example.net', '2026-09-30T10:00:00Z')).toBe(true);
  });

  it('is not confirmed by whoever has not said who they are', async () => {
    const sent = await browser.post(`${path}/address`, { address: other, me: '' });
    expect(sent.status).toBe(400);
    const refused = await browser.post(`${path}/address`, { refuse: other, me: '' });
    expect(refused.status).toBe(400);
    expect((await world.desk.addresses.get('mo', other))?.state).toBe('held');
  });

  it('keeps nobody from signing: a code for the one is none for the other', async () => {
    await press();
    const code = await emailedCode(world);
    const confirming = await browser.post(`${path}/confirm`, { code });
    expect(followed(`${path}/confirm`, confirming)).not.toContain('done');
    expect(await isConfirmed()).toBe(false);
  });
});
