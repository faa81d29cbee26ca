import { strToU8, zipSync } from 'fflate';
import { beforeEach, describe, expect, it } from 'vitest';

import { emptyReturnContent } from '../../../shared/domain/return.ts';
import { cycleBefore, people, smallWorld } from '../../support/small-partnership.ts';
import type { SmallWorld } from '../../support/small-partnership.ts';
import { askFor } from './asked.ts';
import { typeCode } from './code.ts';
import { browserOf, followed, hiddenFields } from './browser.ts';
import type { Browser, Got } from './browser.ts';

let world: SmallWorld;
let browser: Browser;

beforeEach(async () => {
  world = await smallWorld();
  browser = browserOf(world);
});

const cycle = '2026-09-16';

/** The page that an answer leads to. */
const after = async (path: string, got: Got): Promise<string> => {
  expect(got.status, got.body).toBe(303);
  expect(got.headers['location']).toMatch(/^\.\.?\//);
  return (await browser.get(followed(path, got))).body;
};

/** That a page tells of faults, each leading to a field that is there, and keeps what was typed. */
const expectFaults = (got: Got, fields: readonly string[]): void => {
  expect(got.status).toBe(400);
  expect(got.body).toMatch(/<title>Error: /);
  const anchors = [...got.body.matchAll(/<a href="#([^"]+)">/g)].map(([, id = '']) => id);
  expect(anchors).toEqual(fields);
  for (const id of anchors) expect(got.body).toContain(`id="${id}"`);
  expect(got.body).toContain('govuk-error-message');
};

describe('attendance', () => {
  const answerOf = async () =>
    (await world.desk.attendance.of(cycle, 'ashford')).find(({ person }) => person === 'mo')?.answer;

  it.each(['attending', 'apologies'] as const)('is recorded: %s', async (response) => {
    const { path, request } = await askFor(world, 'attendance');
    const page = await after(path, await browser.submit(path, { response }));
    expect(page).toContain('Your answer is recorded');
    expect(page).toContain(response === 'attending' ? 'you will come' : 'you sent your apologies');
    expect(page).toContain('change your answer');
    expect(await answerOf()).toEqual({ response });
    expect(await world.desk.requests.get(request.id)).toMatchObject({ state: 'answered', channel: 'page' });
  });

  it('takes a substitute with name and address', async () => {
    const { path } = await askFor(world, 'attendance');
    const fields = {
      response: 'substitute',
      substituteName: ' Jo  Smith ',
      substituteEmail: 'jo@example.org',
    };
    expect(await after(path, await browser.submit(path, fields))).toContain('Jo Smith (jo@example.org)');
    expect(await answerOf()).toEqual({
      response: 'substitute',
      substitute: { name: 'Jo Smith', email: 'jo@example.org' },
    });
  });

  it('asks again for what is missing or wrong, and keeps what was typed', async () => {
    const { path } = await askFor(world, 'attendance');
    expectFaults(await browser.submit(path, {}), ['response']);
    const got = await browser.submit(path, {
      response: 'substitute',
      substituteName: '<b>Jo</b>',
      substituteEmail: 'jo at example',
    });
    expectFaults(got, ['substituteEmail']);
    expect(got.body).toContain('value="&lt;b&gt;Jo&lt;/b&gt;"');
    expect(got.body).toMatch(/value="substitute" checked/);
    expect(await answerOf()).toBeNull();
  });

  it.each([
    ['substituteEmail', 'Jo Smith', 'MO@example.org', 'this one belongs to Mo Member'],
    ['substituteEmail', 'Jo Smith', 'mo@home.example.net', 'this one belongs to Mo Member'],
    ['substituteName', ' mo  MEMBER.', 'mo@elsewhere.example', 'Enter the name of somebody else'],
  ])('refuses oneself as a substitute, at %s', async (field, substituteName, substituteEmail, why) => {
    const at = '2026-09-22T09:00:00Z';
    const { path, request } = await askFor(world, 'attendance');
    await world.desk.addresses.hold('mo', 'mo@home.example.net', at);
    const said = { by: { cycle, body: 'ashford', id: request.id }, at };
    await world.desk.addresses.confirm('mo', 'mo@home.example.net', said);
    const fields = { response: 'substitute', substituteName, substituteEmail };
    const refused = await browser.submit(path, fields);
    expectFaults(refused, [field]);
    expect(refused.body).toContain(why);
    expect(await answerOf()).toBeNull();
  });

  it('says who gets the papers', async () => {
    const { path } = await askFor(world, 'attendance');
    const fields = {
      response: 'substitute',
      substituteName: 'Jo Smith',
      substituteEmail: 'jo@example.org',
    };
    const page = await after(path, await browser.submit(path, fields));
    expect(page).toContain('We will now email Jo Smith the date and place of the meeting, and the papers');
    expect(page).toContain('We will email you the papers too');
    expect(page).toContain('If Jo Smith cannot come, we will tell you');
  });

  it('names three people at most, of whom each may be named again', async () => {
    const { path } = await askFor(world, 'attendance');
    const name = (who: string) =>
      browser.submit(path, {
        ...{ response: 'substitute', substituteName: who, substituteEmail: `${who}@example.org` },
      });
    for (const who of ['jo', 'kim', 'lee', 'JO']) expect((await name(who)).status).toBe(303);
    const refused = await name('max');
    expectFaults(refused, ['substituteEmail']);
    expect(refused.body).toContain('You have named 3 people for this meeting already');
    expect(await answerOf()).toMatchObject({ substitute: { email: 'JO@example.org' } });
    expect((await browser.submit(path, { response: 'attending' })).status).toBe(303);
    expectFaults(await name('max'), ['substituteEmail']);
  });

  it('can be changed, and pressed twice at once', async () => {
    const { path } = await askFor(world, 'attendance');
    await Promise.all([1, 2, 3].map(() => browser.submit(path, { response: 'attending' })));
    expect(browser.errors).toEqual([]);
    expect(await answerOf()).toEqual({ response: 'attending' });
    await browser.submit(path, { response: 'apologies' });
    expect(await answerOf()).toEqual({ response: 'apologies' });
    expect((await browser.get(path)).body).toContain('Your answer so far: you sent your apologies.');
  });

  it('is not taken once it is too late', async () => {
    const { path } = await askFor(world, 'attendance');
    world.clock.set('2026-11-10T18:00:00Z');
    const got = await browser.post(path, { response: 'attending' });
    expect(got.status).toBe(410);
    expect(await answerOf()).toBeNull();
  });
});

describe('the date of a meeting', () => {
  const good = {
    'date-day': '6',
    'date-month': 'oct',
    'date-year': '2026',
    start: '9.30am',
    end: '14:00',
    venue: 'Dover Discovery Centre',
    link: '',
  };
  const meetingOf = () => world.desk.meetings.get(cycle, 'dover');

  it('is set, and the machine that waits is told', async () => {
    const { path, request } = await askFor(world, 'meeting-date');
    await world.desk.waiting.register({
      name: `request/${request.id}`,
      kind: 'machine',
      at: '2026-09-30T09:00:00Z',
      token: 't1',
    });
    const page = await after(path, await browser.submit(path, good));
    expect(page).toContain('Tuesday 6 October 2026');
    expect(page).toContain('9:30am to 2pm');
    expect(await meetingOf()).toMatchObject({
      state: 'planned',
      time: { date: '2026-10-06', start: '09:30', end: '14:00', venue: 'Dover Discovery Centre', link: '' },
    });
    expect(world.machines.told).toEqual(['wake t1 answered']);
  });

  it('says what is wrong with it, days in words', async () => {
    const { path } = await askFor(world, 'meeting-date');
    expectFaults(await browser.submit(path, { ...good, 'date-day': '31', 'date-month': '2' }), ['date-day']);
    expectFaults(await browser.submit(path, { ...good, start: '9', end: 'late' }), ['start', 'end']);
    expectFaults(await browser.submit(path, { ...good, venue: '', link: '' }), ['venue']);
    expectFaults(await browser.submit(path, { ...good, link: 'javascript:alert(1)' }), ['link']);
    expectFaults(await browser.submit(path, { ...good, end: '9:00' }), ['end']);
    const late = await browser.submit(path, { ...good, 'date-month': '11' });
    expectFaults(late, ['date-day']);
    expect(late.body).toMatch(
      /The date must be between Wednesday 23 September 2026 and \w+ \d+ October 2026/,
    );
    expectFaults(await browser.submit(path, { ...good, 'date-day': '4' }), ['date-day']);
    expect(await meetingOf()).toMatchObject({ state: 'unset' });
  });

  it('that somebody else moved in between is shown beside one’s own', async () => {
    const { path } = await askFor(world, 'meeting-date');
    const mine = hiddenFields((await browser.get(path)).body);
    await browser.submit(path, good);
    const got = await browser.post(path, { ...mine, ...good, venue: 'Deal Town Hall' });
    expect(got.status).toBe(409);
    expect(got.body).toContain('Dover Discovery Centre');
    expect(got.body).toContain('value="Deal Town Hall"');
    expect(await meetingOf()).toMatchObject({ time: { venue: 'Dover Discovery Centre' } });
    const again = await browser.post(path, { ...hiddenFields(got.body), ...good, venue: 'Deal Town Hall' });
    expect(again.status).toBe(303);
    expect(await meetingOf()).toMatchObject({ time: { venue: 'Deal Town Hall' } });
  });

  it('sent a second time from the same page changes nothing more', async () => {
    const { path } = await askFor(world, 'meeting-date');
    const fields = { ...hiddenFields((await browser.get(path)).body), ...good };
    await browser.post(path, fields);
    expect((await browser.post(path, fields)).status).toBe(303);
    expect(await meetingOf()).toMatchObject({ sequence: 1 });
  });

  it('is not changed any more after the meeting, by a page that was opened before', async () => {
    const { path } = await askFor(world, 'meeting-date');
    await browser.submit(path, good);
    const fields = { ...hiddenFields((await browser.get(path)).body), ...good, 'date-day': '8' };
    world.clock.set('2026-10-06T13:00:00Z');
    for (const got of [
      await browser.get(path),
      await browser.post(path, fields),
      await browser.post(`${path}/no-meeting`, { confirm: 'yes' }),
    ]) {
      expect(got.status).toBe(410);
      expect(got.body).toContain('This meeting can no longer be moved');
      expect(got.body).toContain('Say in the return whether the meeting was held');
    }
    expect(await meetingOf()).toMatchObject({ state: 'planned', time: { date: '2026-10-06' } });
  });

  it('can be that there is no meeting, once that is confirmed', async () => {
    const { path } = await askFor(world, 'meeting-date');
    expectFaults(await browser.submit(`${path}/no-meeting`, {}), ['confirm']);
    const got = await browser.submit(`${path}/no-meeting`, { confirm: 'yes' });
    expect(await after(`${path}/no-meeting`, got)).toContain('does not meet in this cycle');
    expect(await meetingOf()).toMatchObject({ state: 'cancelled' });
    expect((await browser.submit(`${path}/no-meeting`, { confirm: 'yes' })).status).toBe(303);
  });
});

describe('minutes', () => {
  const pdf = Buffer.from('%PDF-1.7\n1 0 obj');

  /** Chooses a file on the page and uploads it; gives the path that the store sends the browser back to. */
  const upload = async (path: string, bytes: Uint8Array): Promise<string> => {
    const { body } = await browser.get(path);
    const form = new FormData();
    const uploadForm = body.slice(body.indexOf('<form'), body.indexOf('type="file"'));
    for (const [name, value] of Object.entries(hiddenFields(uploadForm))) form.append(name, value);
    form.append('file', new Blob([bytes]), 'minutes final FINAL.pdf');
    const sent = new Response(form);
    const outcome = await world.documents.receiveUpload({
      contentType: sent.headers.get('content-type') ?? '',
      body: new Uint8Array(await sent.arrayBuffer()),
    });
    if (outcome.status !== 303) throw new Error(outcome.reason);
    return outcome.location.slice(world.origin.length);
  };

  it('are key messages', async () => {
    const { path } = await askFor(world, 'minutes');
    const keyMessages = '- Dental waits rise\r\n\r\n2. Schools <ask> for help';
    expect(await after(path, await browser.submit(path, { keyMessages }))).toContain(
      'Schools &lt;ask&gt; for help',
    );
    expect(await world.desk.minutes.of(cycle)).toMatchObject({
      keyMessages: ['Dental waits rise', 'Schools <ask> for help'],
      document: null,
      receivedFrom: 'sam',
    });
  });

  it('are an uploaded file, known by its content', async () => {
    const { path } = await askFor(world, 'minutes');
    const back = await upload(path, pdf);
    const page = await browser.get(back);
    expect(page.status).toBe(200);
    expect(page.body).toContain('Your file has arrived');
    expect(await after(path, await browser.post(path, hiddenFields(page.body)))).toContain(
      'CHWB minutes 2026-09-16.pdf',
    );
    expect(await world.desk.minutes.of(cycle)).toMatchObject({
      document: { contentType: 'application/pdf', bytes: pdf.length },
      keyMessages: [],
    });
  });

  it('are kept as they were handed in, whatever becomes of the upload', async () => {
    const { path } = await askFor(world, 'minutes');
    const page = await browser.get(await upload(path, pdf));
    await browser.post(path, hiddenFields(page.body));
    // Pressed twice is handed in once.
    await browser.post(path, hiddenFields(page.body));
    const { document, revision } = (await world.desk.minutes.of(cycle)) ?? {};
    expect(revision).toBe(1);
    await world.documents.removeUnder('uploads/');
    expect(document?.key).toMatch(new RegExp(`^small/cycles/${cycle}/minutes/`));
    expect(await world.documents.get(document?.key ?? '')).toEqual({
      body: new Uint8Array(pdf),
      contentType: 'application/pdf',
    });
  });

  it.each([
    ['Word', Buffer.from(zipSync({ 'word/document.xml': strToU8('<w:document/>') })), 'docx'],
    [
      'OpenDocument',
      Buffer.from(zipSync({ mimetype: [strToU8('application/vnd.oasis.opendocument.text'), { level: 0 }] })),
      'odt',
    ],
    [
      'old Word',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('WordDocument\0', 'utf16le')]),
      'doc',
    ],
  ])('may be a %s file', async (_name, bytes, extension) => {
    const { path } = await askFor(world, 'minutes');
    const page = await browser.get(await upload(path, bytes));
    await browser.post(path, hiddenFields(page.body));
    expect((await world.desk.minutes.of(cycle))?.document?.fileName).toBe(
      `CHWB minutes 2026-09-16.${extension}`,
    );
  });

  it('are refused as a program, and when nothing was given', async () => {
    const { path } = await askFor(world, 'minutes');
    const back = await upload(path, Buffer.from('MZ this is a program'));
    expectFaults(await browser.get(back), ['file']);
    const id = new URL(back, world.origin).searchParams.get('upload') ?? '';
    expectFaults(await browser.submit(path, { upload: id, keyMessages: 'One' }), ['file']);
    expectFaults(await browser.submit(path, { upload: '../../other/key' }), ['file']);
    expectFaults(await browser.submit(path, {}), ['keyMessages']);
    expect(await world.desk.minutes.of(cycle)).toBeUndefined();
  });

  it('that are too large are refused on the page, not by the store', async () => {
    const { path } = await askFor(world, 'minutes');
    const large = Buffer.alloc(20 * 1024 * 1024 + 1);
    const got = await browser.get(await upload(path, large));
    expectFaults(got, ['file']);
    expect(got.body).toContain('The file must be 20 MB or smaller');
    expect(got.body).toContain('Choose the file');
  });

  it('can be handed in again; the file stays unless it is taken away', async () => {
    const { path } = await askFor(world, 'minutes');
    const page = await browser.get(await upload(path, pdf));
    await browser.post(path, { ...hiddenFields(page.body), keyMessages: 'One' });
    await browser.submit(path, { keyMessages: 'Two' });
    expect(await world.desk.minutes.of(cycle)).toMatchObject({
      keyMessages: ['Two'],
      document: { contentType: 'application/pdf' },
    });
    await browser.submit(path, { keyMessages: 'Two', removeFile: 'yes' });
    expect(await world.desk.minutes.of(cycle)).toMatchObject({ document: null });
  });

  it('lets the form be sent to where the file is stored, and nowhere else', async () => {
    const { headers } = await browser.get((await askFor(world, 'minutes')).path);
    expect(headers['content-security-policy']).toContain(`form-action 'self' ${world.origin};`);
  });
});

describe('a return', () => {
  const returnOf = async () => {
    const given = await world.desk.returns.of(cycle, 'ashford');
    if (given === undefined) throw new Error('no return');
    return given;
  };
  const complete = async (path: string): Promise<void> => {
    await browser.submit(`${path}/meeting`, { held: 'yes' });
    await browser.submit(`${path}/attendance`, { 'attendance-1-presence': 'present' });
  };

  it('is saved a section at a time, and comes back as it was typed', async () => {
    const { path } = await askFor(world, 'return');
    const got = await browser.submit(`${path}/meeting`, { held: 'no', notHeldReason: 'Snow & ice' });
    expect(await after(`${path}/meeting`, got)).toContain('“The meeting” is saved');
    expect((await browser.get(`${path}/meeting`)).body).toContain('Snow &amp; ice</textarea>');
    await browser.submit(`${path}/concerns`, {
      'concern-1-text': 'Waits',
      'concern-1-indicator': 'school-readiness',
      'concern-2-text': 'Damp <flats>',
    });
    await browser.submit(`${path}/escalations`, {
      'escalation-1-issue': 'Buses',
      'escalation-1-ask': 'Fund them',
    });
    await browser.submit(`${path}/indicators`, { 'commentary-1-text': 'Better than last year' });
    await browser.submit(`${path}/safeguarding`, { 'matter-1-text': 'Exploitation near the station' });
    await browser.submit(`${path}/messages`, { localHwbMessage: 'Hello', cspMessage: 'CSP' });
    await browser.submit(`${path}/membership`, { membershipChanges: 'None' });
    await browser.submit(`${path}/actions`, {
      'progress-1-state': 'done',
      'progress-1-note': 'All mapped',
      'action-1-description': 'Write to schools',
      'action-1-owner': 'mo',
      'action-1-due-day': '1',
      'action-1-due-month': '12',
      'action-1-due-year': '2026',
      'action-1-indicator': 'school-readiness',
    });
    expect((await returnOf()).content).toEqual({
      ...emptyReturnContent,
      held: false,
      notHeldReason: 'Snow & ice',
      concerns: [
        { text: 'Waits', indicator: 'school-readiness' },
        { text: 'Damp <flats>', indicator: null },
      ],
      escalations: [{ issue: 'Buses', ask: 'Fund them', indicator: null }],
      commentaries: [{ indicator: 'school-readiness', text: 'Better than last year' }],
      safeguardingMatters: ['Exploitation near the station'],
      localHwbMessage: 'Hello',
      cspMessage: 'CSP',
      membershipChanges: 'None',
      progress: [{ action: 'act-1', state: 'done', note: 'All mapped' }],
      newActions: [
        { description: 'Write to schools', owner: 'mo', due: '2026-12-01', indicator: 'school-readiness' },
      ],
    });
    const check = (await browser.get(`${path}/check`)).body;
    for (const text of [
      'Damp &lt;flats&gt;',
      'Fund them',
      'Mo Member, by Tuesday 1 December 2026',
      'All mapped',
    ])
      expect(check).toContain(text);
  });

  it('asks for grants: requests, awards, review dates and outcomes', async () => {
    await world.desk.grants.request({
      id: 'club',
      group: 'ashford',
      raisedIn: cycleBefore,
      purpose: 'Holiday club',
      requested: 1500,
      state: 'requested',
      awarded: null,
      reviewDate: null,
      outcome: '',
      heardAt: '2026-08-01T10:00:00Z',
    });
    const { path } = await askFor(world, 'return');
    const address = `${path}/grants`;
    expect((await browser.get(address)).body).toContain('Holiday club, £1,500 requested');
    expectFaults(await browser.submit(address, { 'held-1-state': 'awarded', 'grant-1-amount': 'lots' }), [
      'held-1-awarded',
      'held-1-review-day',
      'grant-1-purpose',
      'grant-1-amount',
    ]);
    expectFaults(
      await browser.submit(address, {
        'held-1-state': 'closed',
        'held-1-awarded': '1.50',
        'held-1-review-day': '31',
        'held-1-review-month': '2',
        'held-1-review-year': '2027',
        'held-1-outcome': '',
      }),
      ['held-1-awarded', 'held-1-review-day', 'held-1-outcome'],
    );
    await browser.submit(address, {
      'held-1-state': 'awarded',
      'held-1-awarded': '£1,200.00',
      'held-1-review-day': '1',
      'held-1-review-month': 'feb',
      'held-1-review-year': '2027',
      'grant-1-purpose': 'Cycling <course>',
      'grant-1-amount': '800',
    });
    expect((await returnOf()).content).toMatchObject({
      grantProgress: [
        { grant: 'club', state: 'awarded', awarded: 1200, reviewDate: '2027-02-01', outcome: '' },
      ],
      newGrants: [{ purpose: 'Cycling <course>', amount: 800 }],
    });
    const check = (await browser.get(`${path}/check`)).body;
    expect(check).toContain('Holiday club: awarded, £1,200, reviewed on 1 February 2027');
    expect(check).toContain('Cycling &lt;course&gt;, £800');
  });

  it('asks for the LCPG’s own indicators with their periods', async () => {
    const indicator = {
      id: 'hub',
      name: 'Families who use the family hub',
      outcome: 'Ready to start school',
      unit: '%',
      polarity: 'high',
      target: null,
      floor: null,
      decimals: 0,
      source: '',
      group: 'ashford',
    } as const;
    await world.desk.indicators.load({ indicators: [indicator], priorities: [], observations: [] });
    const { path } = await askFor(world, 'return');
    const address = `${path}/indicators`;
    expect((await browser.get(address)).body).toContain('Figure (%)');
    const period = (from: readonly string[], to: readonly string[]) =>
      Object.fromEntries(
        ['day', 'month', 'year'].flatMap((part, at) => [
          [`local-1-from-${part}`, from[at] ?? ''],
          [`local-1-to-${part}`, to[at] ?? ''],
        ]),
      );
    expectFaults(await browser.submit(address, { 'local-1-value': 'many' }), [
      'local-1-value',
      'local-1-from-day',
      'local-1-to-day',
    ]);
    expectFaults(
      await browser.submit(address, {
        'local-1-value': '120',
        ...period(['1', '7', '2026'], ['1', '4', '2026']),
      }),
      ['local-1-value', 'local-1-to-day'],
    );
    expectFaults(
      await browser.submit(address, {
        'local-1-value': '12',
        ...period(['1', '7', '2026'], ['1', '4', '2030']),
      }),
      ['local-1-to-day'],
    );
    await browser.submit(address, {
      'local-1-value': '12.5 %',
      ...period(['1', '4', '2026'], ['30', '6', '2026']),
    });
    expect((await returnOf()).content.localFigures).toEqual([
      { indicator: 'hub', value: 12.5, period: '2026-04-01/2026-06-30' },
    ]);
    expect((await browser.get(`${path}/check`)).body).toContain('13%, April to June 2026');
    await browser.submit(address, { 'local-1-value': '', ...period([], []) });
    expect((await returnOf()).content.localFigures).toEqual([]);
  });

  it('asks for no figure of an indicator whose figures are published, and takes none from an older page', async () => {
    const indicator = {
      id: 'poverty',
      name: 'Children in poverty',
      outcome: 'Growing up free from poverty',
      unit: '%',
      polarity: 'low',
      target: null,
      floor: null,
      decimals: 1,
      source: 'ONS',
      group: 'ashford',
    } as const;
    const observation = {
      ...{ indicator: 'poverty', area: 'E07000105', period: '2025-04-01/P1Y', value: 30, note: '' },
      ...{ lower: null, upper: null, count: null, denominator: null },
    };
    const load = (observations: readonly (typeof observation)[]) =>
      world.desk.indicators.load({ indicators: [indicator], priorities: [], observations });
    await load([]);
    const { path } = await askFor(world, 'return');
    const address = `${path}/indicators`;
    const page = (await browser.get(address)).body;
    expect(page).toContain('Figure (%)');
    await load([observation]);
    expect((await browser.get(address)).body).not.toContain('Figure (%)');
    const typed = await browser.post(address, { ...hiddenFields(page), 'local-1-value': '12' });
    expect(typed.status).toBe(400);
    expect(typed.body).toContain(
      '<a href="#section">Figures of “Children in poverty” are published by ONS, so none is entered here',
    );
    expect((await returnOf()).content.localFigures ?? []).toEqual([]);
  });

  it('refuses what cannot be, and keeps it on the page', async () => {
    const { path } = await askFor(world, 'return');
    expectFaults(await browser.submit(`${path}/meeting`, {}), ['held']);
    expectFaults(await browser.submit(`${path}/meeting`, { held: 'no' }), ['notHeldReason']);
    await browser.submit(`${path}/meeting`, { held: 'yes' });
    expectFaults(await browser.submit(`${path}/attendance`, {}), ['attendance-1-presence']);
    expectFaults(await browser.submit(`${path}/escalations`, { 'escalation-1-issue': 'Buses' }), [
      'escalation-1-ask',
    ]);
    const action = {
      'action-1-description': 'Do it',
      'action-1-owner': 'nobody',
      'action-1-due-day': '1',
      'action-1-due-month': '9',
      'action-1-due-year': '2026',
    };
    expectFaults(await browser.submit(`${path}/actions`, action), ['action-1-owner', 'action-1-due-day']);
    expectFaults(
      await browser.submit(`${path}/actions`, {
        ...action,
        'action-1-owner': 'mo',
        'action-1-due-day': '40',
      }),
      ['action-1-due-day'],
    );
    expectFaults(await browser.submit(`${path}/membership`, { membershipChanges: 'x'.repeat(4001) }), [
      'membershipChanges',
    ]);
    expect((await returnOf()).saved).toEqual(['meeting']);
  });

  it('gives another empty item when asked, without losing what was typed', async () => {
    const { path } = await askFor(world, 'return');
    const got = await browser.submit(`${path}/achievements`, { 'achievement-1-text': 'A club', do: 'add' });
    expect(got.status).toBe(200);
    expect(got.body).toContain('A club</textarea>');
    expect(got.body).toContain('id="achievement-2-text"');
    expect((await returnOf()).content.achievements).toEqual([]);
  });

  it('keeps both texts when two people write the same section, and disturbs neither in two', async () => {
    const { path } = await askFor(world, 'return');
    const membership = hiddenFields((await browser.get(`${path}/membership`)).body);
    const messages = hiddenFields((await browser.get(`${path}/messages`)).body);
    await browser.submit(`${path}/membership`, { membershipChanges: 'Theirs' });
    expect((await browser.post(`${path}/messages`, { ...messages, cspMessage: 'Mine' })).status).toBe(303);
    const got = await browser.post(`${path}/membership`, { ...membership, membershipChanges: 'Mine' });
    expect(got.status).toBe(409);
    expect(got.body).toContain('Theirs');
    expect(got.body).toContain('Mine</textarea>');
    expect(got.body).toContain('You changed this yourself at 10am on Tuesday 22 September 2026');
    const chair = await world.ask('return', people.ashfordChair, { body: 'ashford', round: 1 });
    const stale = await browserOf(world).post(`${chair.path}/membership`, {
      ...membership,
      membershipChanges: 'Mine',
    });
    expect(stale.status).toBe(409);
    expect(stale.body).toMatch(/This section was changed by [A-Z][^<]+ at 10am on Tuesday 22 September 2026/);
    expect((await returnOf()).content).toMatchObject({ membershipChanges: 'Theirs', cspMessage: 'Mine' });
    await browser.post(`${path}/membership`, { ...hiddenFields(got.body), membershipChanges: 'Both' });
    expect((await returnOf()).content.membershipChanges).toBe('Both');
  });

  it('says what is missing before it can be sent', async () => {
    const { path } = await askFor(world, 'return');
    const got = await browser.submit(`${path}/check`, {});
    expect(got.status).toBe(400);
    expect(got.body).toContain('Say whether the meeting was held');
    expect(got.body).toMatch(/<a href="meeting#held">/);
    expect((await returnOf()).state).toBe('draft');
  });

  it('of a meeting that was held is not taken without anybody present', async () => {
    const { path } = await askFor(world, 'return');
    await browser.submit(`${path}/meeting`, { held: 'yes' });
    const page = await browser.get(`${path}/attendance`);
    const empty = await browser.post(`${path}/attendance`, {
      ...hiddenFields(page.body),
      othersPresent: 'A guest',
    });
    expectFaults(empty, ['attendance-1-presence']);
    const got = await browser.submit(`${path}/check`, {});
    expect(got.status).toBe(400);
    expect(got.body).toMatch(
      /<a href="attendance#attendance-1-presence">Say who was at the meeting: it was held, and nobody is recorded/,
    );
    expect((await returnOf()).state).toBe('draft');
  });

  it('tells before it is sent what is empty, and of whom it is not said whether they were there', async () => {
    const { path } = await askFor(world, 'return');
    await browser.submit(`${path}/meeting`, { held: 'yes' });
    const fields = hiddenFields((await browser.get(`${path}/attendance`)).body);
    const places = Object.entries(fields).filter(([name]) => name.endsWith('-person'));
    const mo = places.find(([, id]) => id === 'mo')?.[0].replace('-person', '-presence') ?? '';
    await browser.post(`${path}/attendance`, { ...fields, [mo]: 'present' });
    await browser.submit(`${path}/concerns`, { 'concern-1-text': 'Waiting times' });
    const { body } = await browser.get(`${path}/check`);
    expect(body).toContain('Some of this return is empty');
    expect(body).toMatch(/Nothing is entered in <a [^>]*\/achievements">Achievements/);
    expect(body).not.toMatch(/Nothing is entered in <a [^>]*\/concerns"/);
    expect(body).toMatch(
      /You have not said whether Ann Ashford and Cora Co-Ordinator were <a [^>]*attendance"/,
    );
    expect((await browser.submit(`${path}/check`, {})).status).toBe(303);
    expect((await browser.get(`${path}/check`)).body).not.toContain('Some of this return is empty');
  });

  it('of a meeting that was not held asks nobody who was there', async () => {
    const { path } = await askFor(world, 'return');
    await browser.submit(`${path}/meeting`, { held: 'no', notHeldReason: 'Snow' });
    const { body } = await browser.get(`${path}/check`);
    expect(body).not.toContain('You have not said whether');
    expect(body).not.toMatch(/Nothing is entered in <a [^>]*\/attendance"/);
  });

  it('is handed in, once however often it is pressed', async () => {
    const { path } = await askFor(world, 'return');
    await complete(path);
    const fields = hiddenFields((await browser.get(`${path}/check`)).body);
    const got = await browser.post(`${path}/check`, fields);
    expect(await after(`${path}/check`, got)).toContain('was handed in');
    expect((await browser.post(`${path}/check`, fields)).status).toBe(303);
    expect(await returnOf()).toMatchObject({ state: 'submitted', version: 1 });
  });

  it('that was not what the sender read is not sent', async () => {
    const { path } = await askFor(world, 'return');
    await complete(path);
    const fields = hiddenFields((await browser.get(`${path}/check`)).body);
    await browser.submit(`${path}/membership`, { membershipChanges: 'Added' });
    expect((await browser.post(`${path}/check`, fields)).status).toBe(409);
    expect((await returnOf()).state).toBe('draft');
  });

  it('that is changed after the signature goes to the chair again', async () => {
    const { path } = await askFor(world, 'return');
    const chair = await askFor(world, 'return-signoff');
    await complete(path);
    await browser.submit(`${path}/check`, {});
    await typeCode(world, browser, chair.path, await browser.submit(chair.path, { verdict: 'sign' }));
    expect((await returnOf()).state).toBe('signed');
    await browser.submit(`${path}/membership`, { membershipChanges: 'Added later' });
    expect(await returnOf()).toMatchObject({ state: 'submitted', version: 2 });
    expect(world.machines.told).toEqual([`start lcpg small-${cycle}-ashford-version-2`]);
    const undone = await browser.submit(`${path}/meeting`, { held: 'no', notHeldReason: '' });
    expect(undone.status).toBe(400);
  });

  it('takes nothing any longer once the report is compiled', async () => {
    const { path } = await askFor(world, 'return');
    await complete(path);
    await world.desk.cycles.report(world.cycle, '2026-10-20T09:00:00Z');
    const got = await browser.submit(`${path}/membership`, { membershipChanges: 'Too late' });
    expect(got.status).toBe(410);
    expect(got.body).toContain('begun, but not handed in');
  });

  describe('in the hands of the chair', () => {
    beforeEach(async () => {
      const { path } = await askFor(world, 'return');
      await complete(path);
      await browser.submit(`${path}/concerns`, { 'concern-1-text': 'Waits <b>' });
      await browser.submit(`${path}/check`, {});
    });

    it('is read and signed', async () => {
      const { path } = await askFor(world, 'return-signoff');
      expect((await browser.get(path)).body).toContain('Waits &lt;b&gt;');
      expectFaults(await browser.submit(path, {}), ['verdict']);
      const fields = { ...hiddenFields((await browser.get(path)).body), verdict: 'sign' };
      const signed = await typeCode(world, browser, path, await browser.post(path, fields));
      expect(await after(`${path}/confirm`, signed)).toContain('was signed by Ann Ashford');
      expect((await browser.post(path, fields)).status).toBe(303);
      expect(await returnOf()).toMatchObject({ state: 'signed', signedBy: 'ann' });
    });

    it('is sent back with a comment, which the co-ordinator sees, and handed in again', async () => {
      const { path } = await askFor(world, 'return-signoff');
      expectFaults(await browser.submit(path, { verdict: 'send-back' }), ['comment']);
      await browser.submit(path, { verdict: 'send-back', comment: 'Who was there?' });
      expect(await returnOf()).toMatchObject({ state: 'sent-back', comment: 'Who was there?' });
      const coordinator = await askFor(world, 'return');
      expect((await browser.get(coordinator.path)).body).toContain('Who was there?');
      await browser.submit(`${coordinator.path}/check`, {});
      expect(await returnOf()).toMatchObject({ state: 'submitted', version: 2 });
    });

    it('is signed only as it was read', async () => {
      const { path } = await askFor(world, 'return-signoff');
      const fields = { ...hiddenFields((await browser.get(path)).body), verdict: 'sign' };
      const coordinator = await askFor(world, 'return');
      await browser.submit(`${coordinator.path}/concerns`, { 'concern-1-text': 'Another concern' });
      const got = await browser.post(path, fields);
      expect(got.status).toBe(409);
      expect(got.body).toContain('Another concern');
      expect((await returnOf()).state).toBe('submitted');
    });
  });
});

describe('the Chairs Group’s summary', () => {
  const summaryOf = () => world.desk.chairsGroup.summary(cycle);

  it('is saved without being approved, and approved', async () => {
    const { path, request } = await askFor(world, 'chairs-summary');
    const fields = { overview: 'New words', commonConcerns: 'One\nTwo', achievements: '', asks: 'Decide' };
    const saved = await browser.submit(path, { ...fields, do: 'save' });
    expect(await after(path, saved)).toContain('It is not approved yet');
    expect(await summaryOf()).toMatchObject({ state: 'draft', content: { commonConcerns: ['One', 'Two'] } });
    expect((await world.desk.requests.get(request.id))?.state).toBe('open');
    const approved = await browser.submit(path, { ...fields, do: 'approve' });
    const confirmed = await typeCode(world, browser, path, approved);
    expect(await after(`${path}/confirm`, confirmed)).toContain('The summary is approved');
    expect(await summaryOf()).toMatchObject({ state: 'approved', approvedBy: 'ann' });
  });

  it('cannot be approved without an overview, nor over what somebody else wrote', async () => {
    const { path } = await askFor(world, 'chairs-summary');
    expectFaults(await browser.submit(path, { do: 'approve' }), ['overview']);
    const mine = hiddenFields((await browser.get(path)).body);
    await browser.submit(path, { overview: 'Theirs', do: 'save' });
    const got = await browser.post(path, { ...mine, overview: 'Mine', do: 'approve' });
    expect(got.status).toBe(409);
    expect(got.body).toContain('Theirs');
    expect(got.body).toContain('Mine</textarea>');
    expect(await summaryOf()).toMatchObject({ state: 'draft', content: { overview: 'Theirs' } });
  });
});

describe('the representatives', () => {
  it('are exactly two of the chairs, the proposed in words only', async () => {
    const { path } = await askFor(world, 'representatives');
    const { body } = await browser.get(path);
    expect(body).toContain('Proposed: Dan Dover and Eve Elham');
    expect(body).toContain('Ann Ashford (Ashford)');
    expectFaults(await browser.submit(path, { people: ['ann'] }), ['people']);
    expectFaults(await browser.submit(path, { people: ['ann', 'dan', 'eve'] }), ['people']);
    expectFaults(await browser.submit(path, { people: ['ann', 'cora'] }), ['people']);
    expectFaults(await browser.submit(path, { people: ['ann', 'dan', 'cora'] }), ['people']);
    const got = await browser.submit(path, { people: ['eve', 'ann'] });
    expect(await after(path, got)).toMatch(/(Ann Ashford and Eve Elham|Eve Elham and Ann Ashford) attend/);
    expect(await world.desk.chairsGroup.representatives(cycle)).toMatchObject({
      state: 'confirmed',
      people: ['ann', 'eve'],
    });
  });
});

describe('an action', () => {
  const actionOf = () => world.desk.actions.get('ashford', 'act-1');

  it('is told of by its owner, once however often it is pressed', async () => {
    const { path } = await askFor(world, 'action-update');
    expectFaults(await browser.submit(path, {}), ['state']);
    expectFaults(await browser.submit(path, { state: 'open' }), ['openNote']);
    expectFaults(await browser.submit(path, { state: 'dropped' }), ['droppedNote']);
    expect(await after(path, await browser.submit(path, { state: 'done', doneNote: 'Mapped' }))).toContain(
      'Done: Mapped',
    );
    await browser.submit(path, { state: 'done', doneNote: 'Mapped' });
    expect(await actionOf()).toMatchObject({ state: 'done', updates: [{ note: 'Mapped', by: 'mo' }] });
    await browser.submit(path, { state: 'open', openNote: 'Not quite' });
    expect((await actionOf())?.updates).toHaveLength(2);
  });
});

describe('the board’s answers', () => {
  it('may be given one by one, and at least one', async () => {
    const { path, request } = await askFor(world, 'board-answers');
    expectFaults(await browser.submit(path, {}), ['answer-1']);
    const page = await after(path, await browser.submit(path, { 'answer-2': 'We <will>' }));
    expect(page).toContain('We &lt;will&gt;');
    expect(page).toContain('1 of 2 items is not answered yet');
    expect((await world.desk.requests.get(request.id))?.state).toBe('open');
    await browser.submit(path, { 'answer-1': 'No money' });
    expect((await world.desk.requests.get(request.id))?.state).toBe('answered');
    expect(await world.desk.escalations.reportedIn(cycleBefore)).toMatchObject([
      { state: 'answered', answer: 'No money' },
      { state: 'answered', answer: 'We <will>' },
    ]);
  });
});

describe('the receipt of the report', () => {
  it('is confirmed by whoever says who they are, and presses its button', async () => {
    const { path, request } = await askFor(world, 'report-receipt');
    expectFaults(await browser.submit(path, { me: '' }), ['me']);
    expect((await world.desk.requests.get(request.id))?.state).toBe('open');
    expect(await after(path, await browser.submit(path, {}))).toContain('You confirmed');
    expect((await browser.submit(path, {})).status).toBe(303);
    expect((await browser.get(path)).body).toContain('nothing more to do');
  });
});
