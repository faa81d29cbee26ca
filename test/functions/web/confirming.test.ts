import { beforeEach, describe, expect, it } from 'vitest';

import { codeSeconds, mostCodesAnHour, mostTries } from '../../../shared/domain/confirmation.ts';
import { addSeconds } from '../../../shared/time/calendar.ts';
import { tokenHash } from '../../../shared/web-links/link-maker.ts';
import { people, smallFolder, smallPartnership, smallWorld } from '../../support/small-partnership.ts';
import type { SmallWorld } from '../../support/small-partnership.ts';
import { askFor } from './asked.ts';
import { browserOf, followed, hiddenFields } from './browser.ts';
import type { Browser, Got } from './browser.ts';
import { emailedCode, typeCode } from './code.ts';

const cycle = '2026-09-16';
const start = '2026-09-22T09:00:00Z';

let world: SmallWorld;
let browser: Browser;

beforeEach(async () => {
  world = await smallWorld(start);
  browser = browserOf(world);
});

/** Another code than this one. */
const notThis = (code: string): string => (code === '000000' ? '111111' : '000000');

const expectCodeFault = (got: Got, message: string, status = 400): void => {
  expect(got.status).toBe(status);
  expect(got.body).toMatch(/<title>Error: Check your email/);
  expect(got.body).toContain(`<a href="#code">${message}`);
};

const switchOff = async (what: 'return-signoff' | 'chairs-summary' | 'exports'): Promise<void> => {
  const on = { 'return-signoff': true, 'chairs-summary': true, exports: true };
  const partnership = { ...smallPartnership, confirmByCode: { ...on, [what]: false } };
  await world.desk.directory.load({ ...smallFolder, partnership }, '2026-09-01');
};

describe('the chair’s signature', () => {
  let path: string;
  let token: string;
  let coordinator: string;
  let sign: Readonly<Record<string, string>>;
  const returnOf = () => world.desk.returns.of(cycle, 'ashford');
  const standing = () => world.desk.confirmations.of(tokenHash(token));

  beforeEach(async () => {
    coordinator = (await askFor(world, 'return')).path;
    await browser.submit(`${coordinator}/meeting`, { held: 'no', notHeldReason: 'Snow' });
    await browser.submit(`${coordinator}/check`, {});
    ({ path, token } = await askFor(world, 'return-signoff'));
    sign = { ...hiddenFields((await browser.get(path)).body), verdict: 'sign' };
  });

  it('is refused with more than the store takes, before there is a code', async () => {
    const got = await browser.post(path, { ...sign, other: 'x'.repeat(310_000) });
    expect(got.status).toBe(413);
    expect(await standing()).toBeUndefined();
  });

  it('waits for the code that goes to the address on record', async () => {
    const before = await returnOf();
    const pressed = await browser.post(path, sign);
    expect(followed(path, pressed)).toMatch(/^\/answer\/[\w-]{16}\/confirm$/);
    expect(await returnOf()).toEqual(before);
    expect((await standing())?.form).toMatchObject({ verdict: 'sign' });
    const page = await browser.get(`${path}/confirm`);
    expect(page.body).toContain('autocomplete="one-time-code" inputmode="numeric"');
    expect(page.body).toContain('sign the return as you saw it');

    const sent = await world.runErrands();
    expect(sent).toMatchObject([
      { kind: 'confirmation-code', to: people.ashfordChair, what: 'return-signoff' },
    ]);
    expect(await returnOf()).toEqual(before);
    const { code } = sent[0] as unknown as { readonly code: string };
    // Neither in the state that waits nor in the ledger's key of the email.
    expect(JSON.stringify([await standing(), sent[0]?.about, sent[0]?.occurrence])).not.toContain(code);

    const confirmed = await browser.post(`${path}/confirm`, {
      code: ` ${code.slice(0, 3)}-${code.slice(3)}`,
    });
    expect(followed(`${path}/confirm`, confirmed)).toMatch(/^\/answer\/[\w-]{16}\?done$/);
    expect(await returnOf()).toMatchObject({ state: 'signed', signedBy: 'ann' });
    const audit = await world.desk.audit.of(cycle, 'ashford');
    expect(audit.filter(({ what }) => what === 'confirmed-by-code')).toMatchObject([
      { by: 'ann', detail: { what: 'return-signoff' } },
    ]);
  });

  it('is the same when anything is pressed twice', async () => {
    await browser.post(path, sign);
    await browser.post(path, sign);
    await browser.post(path, sign);
    expect(world.errands).toHaveLength(1);
    const code = await emailedCode(world);
    await Promise.all([1, 2, 3].map(() => browser.post(`${path}/confirm`, { code })));
    const again = await browser.post(`${path}/confirm`, { code });
    expect(again.status).toBe(303);
    expect(browser.errors).toEqual([]);
    const signed = (await world.desk.audit.of(cycle, 'ashford')).filter(
      ({ what, detail }) => what === 'request-answered' && detail['kind'] === 'return-signoff',
    );
    expect(signed).toHaveLength(1);
  });

  it('is emailed once, however often the errand runs', async () => {
    await browser.post(path, sign);
    const [name = ''] = world.errands;
    const code = await emailedCode(world);
    await world.desk.waiting.register({
      name,
      kind: 'confirmation',
      at: start,
      token: '',
      confirmationOf: tokenHash(token),
    });
    await world.desk.errands.runNow('small', name);
    // The ledger keeps the same message from going twice.
    expect(await emailedCode(world)).toBe(code);
  });

  it('takes no code but the one that was sent, and that five times at most', async () => {
    await browser.post(path, sign);
    const code = await emailedCode(world);
    expectCodeFault(await browser.post(`${path}/confirm`, { code: '' }), 'Enter the code: 6 digits');
    expectCodeFault(await browser.post(`${path}/confirm`, { code: 'abc' }), 'Enter the code: 6 digits');
    for (let wrong = 1; wrong < mostTries; wrong += 1)
      expectCodeFault(
        await browser.post(`${path}/confirm`, { code: notThis(code) }),
        'This code is not right',
      );
    expectCodeFault(
      await browser.post(`${path}/confirm`, { code: notThis(code) }),
      'This code stopped working',
    );
    expectCodeFault(await browser.post(`${path}/confirm`, { code }), 'This code stopped working');
    expect((await returnOf())?.state).toBe('submitted');

    const again = await browser.post(`${path}/confirm`, { do: 'again' });
    expect((await browser.get(followed(`${path}/confirm`, again))).body).toContain('We have sent a new code');
    const confirmed = await browser.post(`${path}/confirm`, { code: await emailedCode(world) });
    expect(confirmed.status).toBe(303);
    expect((await returnOf())?.state).toBe('signed');
  });

  it('counts every guess of many at once', async () => {
    await browser.post(path, sign);
    const code = await emailedCode(world);
    await Promise.all(
      Array.from({ length: 12 }, () => browser.post(`${path}/confirm`, { code: notThis(code) })),
    );
    expect((await standing())?.wrong).toBe(mostTries);
    expectCodeFault(await browser.post(`${path}/confirm`, { code }), 'This code stopped working');
  });

  it('takes no code that has expired, and none that another took the place of', async () => {
    await browser.post(path, sign);
    const first = await emailedCode(world);
    world.clock.set(addSeconds(start, codeSeconds));
    expectCodeFault(await browser.post(`${path}/confirm`, { code: first }), 'This code has expired');
    await browser.post(`${path}/confirm`, { do: 'again' });
    const second = await emailedCode(world);
    expect(second).not.toBe(first);
    expectCodeFault(await browser.post(`${path}/confirm`, { code: first }), 'This code is not right');
    expect((await browser.post(`${path}/confirm`, { code: second })).status).toBe(303);
  });

  it('gives so many codes an hour', async () => {
    await browser.post(path, sign);
    for (let more = 1; more < mostCodesAnHour; more += 1)
      expect((await browser.post(`${path}/confirm`, { do: 'again' })).status).toBe(303);
    expectCodeFault(await browser.post(`${path}/confirm`, { do: 'again' }), 'You have had 5 codes', 429);
    world.clock.set(addSeconds(start, 1_800));
    expectCodeFault(await browser.post(path, sign), 'You have had 5 codes', 429);
    world.clock.set(addSeconds(start, 3_600));
    expect((await browser.post(path, sign)).status).toBe(303);
  });

  it('is of the text that was read, and of no other', async () => {
    await browser.post(path, sign);
    const code = await emailedCode(world);
    await browser.submit(`${coordinator}/concerns`, { 'concern-1-text': 'Another concern' });
    const got = await browser.post(`${path}/confirm`, { code });
    expect(got.status).toBe(409);
    expect(got.body).toContain('Another concern');
    expect((await returnOf())?.state).toBe('submitted');
  });

  it('is refused with a code once the report has been compiled', async () => {
    await browser.post(path, sign);
    const code = await emailedCode(world);
    await world.desk.cycles.report(world.cycle, '2026-09-22T09:01:00Z');
    expect((await browser.post(`${path}/confirm`, { code })).status).toBe(410);
    expect((await returnOf())?.state).toBe('submitted');
  });

  it('is not confirmed by the code of another link', async () => {
    const other = await askFor(world, 'chairs-summary');
    await browser.post(path, sign);
    await emailedCode(world);
    await browser.submit(other.path, { overview: 'All well', do: 'approve' });
    const code = await emailedCode(world);
    expectCodeFault(await browser.post(`${path}/confirm`, { code }), 'This code is not right');
    expect((await returnOf())?.state).toBe('submitted');
  });

  it('asks nobody for a code who pressed nothing, or is somebody else', async () => {
    const got = await browser.get(`${path}/confirm`);
    expect(followed(`${path}/confirm`, got)).toMatch(/^\/answer\/[\w-]{16}$/);
    await browser.post(path, sign);
    const elsewhere = browserOf(world);
    const code = await emailedCode(world);
    const refused = await elsewhere.post(`${path}/confirm`, { me: '', code });
    expect(refused.body).toContain('Select whether you are Ann Ashford');
    expect(followed(path, await elsewhere.post(`${path}/confirm`, { me: 'no', code }))).toContain('/not-me');
    expect((await returnOf())?.state).toBe('submitted');
  });

  it('needs no code to be sent back, nor where the partnership wants none', async () => {
    await switchOff('return-signoff');
    expect(followed(path, await browser.post(path, sign))).toContain('?done');
    expect((await returnOf())?.state).toBe('signed');
  });
});

describe('the approval of the summary', () => {
  const summaryOf = () => world.desk.chairsGroup.summary(cycle);

  it('is of the words that were sent, with what somebody else wrote meanwhile beside them', async () => {
    const { path } = await askFor(world, 'chairs-summary');
    const basis = hiddenFields((await browser.get(path)).body);
    const pressed = await browser.post(path, { ...basis, overview: 'My words', do: 'approve' });
    expect((await summaryOf())?.content.overview).toBe('All three met.');
    const code = await emailedCode(world);
    await browser.submit(path, { overview: 'Their words', do: 'save' });
    const got = await browser.post(`${path}/confirm`, { code });
    expect(got.status).toBe(409);
    expect(got.body).toContain('Their words');
    expect(got.body).toContain('My words</textarea>');
    expect(await summaryOf()).toMatchObject({ state: 'draft', content: { overview: 'Their words' } });
    expect(pressed.status).toBe(303);

    const mine = { ...hiddenFields(got.body), overview: 'My words', do: 'approve' };
    const confirmed = await typeCode(world, browser, path, await browser.post(path, mine));
    expect(confirmed.status).toBe(303);
    expect(await summaryOf()).toMatchObject({ state: 'approved', content: { overview: 'My words' } });
  });
});

describe('an export', () => {
  const key = `small/cycles/${cycle}/board-report.csv.zip`;
  const pathTo = async (document: string): Promise<string> => {
    await world.documents.put(document, 'data', 'application/zip');
    const file = { key: document, fileName: 'data.zip' };
    const link = await world.maker.toDocument(file, people.secretary.id, '2026-11-18T16:00:00Z');
    return link.slice(world.origin.length);
  };

  it('is given to who types in the code', async () => {
    const path = await pathTo(key);
    const page = await browser.get(path);
    expect(page.status).toBe(200);
    expect(page.body).toContain('Email me a code');
    const got = await typeCode(world, browser, path, await browser.post(path, {}));
    expect(got.status).toBe(200);
    expect(got.body).toContain('Download the file');
    expect(got.body).toMatch(/href="[^"]*board-report\.csv\.zip/);
    const audit = await world.desk.audit.of(cycle, '-');
    expect(audit.filter(({ what }) => what === 'confirmed-by-code')).toMatchObject([
      { by: 'sam', about: key },
    ]);
  });

  it('of all papers is written down in the cycle of the link, and goes with it', async () => {
    await world.documents.put('small/papers.zip', 'data', 'application/zip');
    const link = await world.maker.toProgress({ of: 'partnership' }, world.cycle, people.secretary.id);
    const home = await browser.get(link.slice(world.origin.length));
    expect(home.status).toBe(200);
    const path = `${followed('/', await browser.ask({ method: 'GET', path: link.slice(world.origin.length) }))}/archive/all/set`;
    const got = await typeCode(world, browser, path, await browser.post(path, {}));
    expect(got.body).toContain('Download the file');
    const written = (await world.desk.audit.of(cycle, '-')).filter(
      ({ what }) => what === 'confirmed-by-code',
    );
    expect(written).toMatchObject([{ by: 'sam', about: 'small/papers.zip' }]);
    expect(await world.desk.audit.of('-', '-')).toEqual([]);
    await world.desk.cycles.forget(world.cycle);
    expect(await world.desk.audit.of(cycle, '-')).toEqual([]);
  });

  it('comes at once where the partnership wants no code, as documents do that are none', async () => {
    expect((await browser.get(await pathTo(`small/cycles/${cycle}/board-report.pdf`))).status).toBe(302);
    await switchOff('exports');
    expect((await browser.get(await pathTo(key))).status).toBe(302);
  });

  it('is not given by what a scanner sends', async () => {
    const path = await pathTo(key);
    for (const method of ['HEAD', 'GET']) expect((await browser.send({ method, path })).status).toBe(200);
    for (const me of ['', 'no', 'left']) await browser.post(path, { me });
    expect(world.errands).toEqual([]);
    expect((await browser.post(`${path}/confirm`, { code: '123456' })).status).toBe(303);
  });

  it('whose link has expired is offered anew, to the address on record', async () => {
    const path = await pathTo(key);
    world.clock.set('2026-12-01T09:00:00Z');
    const page = await browser.get(path);
    expect(page.status).toBe(410);
    expect(page.body).toContain('Email me a new link');
    const refused = await browser.post(path, { me: '' });
    expect(refused.status).toBe(400);
    const asked = await browser.post(`${path}/links`, {});
    expect((await browser.get(followed(`${path}/links`, asked))).body).toContain(
      'We are emailing your links',
    );
    expect(await world.runErrands()).toMatchObject([
      {
        kind: 'open-links',
        to: people.secretary,
        items: [],
        document: { name: 'data.zip', link: `${world.origin}${path}` },
      },
    ]);
    expect((await browser.get(path)).status).toBe(200);
  });

  it('that is no longer kept says so', async () => {
    const path = await pathTo(key);
    await world.documents.remove([key]);
    world.clock.set('2026-12-01T09:00:00Z');
    const page = await browser.get(path);
    expect(page.status).toBe(410);
    expect(page.body).toContain('We no longer keep');
    expect(page.body).not.toContain('<form');
  });
});
