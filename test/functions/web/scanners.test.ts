import type { HTMLElement } from 'node-html-parser';
import { parse } from 'node-html-parser';
import { beforeEach, describe, expect, it } from 'vitest';

import type { RequestKind } from '../../../shared/domain/request.ts';
import { requestKinds } from '../../../shared/domain/request.ts';
import { smallWorld } from '../../support/small-partnership.ts';
import type { SmallWorld } from '../../support/small-partnership.ts';
import { askFor } from './asked.ts';
import { browserOf, followed } from './browser.ts';
import type { Browser, Got } from './browser.ts';

/** How a program fills in a form that it does not understand. */
type Manner = (form: HTMLElement) => URLSearchParams;

const fieldsOf = (form: HTMLElement): readonly HTMLElement[] =>
  form.querySelectorAll('input, textarea, select').filter((field) => field.getAttribute('type') !== 'file');

const isChoice = (field: HTMLElement): boolean =>
  ['radio', 'checkbox'].includes(field.getAttribute('type') ?? '');

/** @param choose which of the choices of a name, by their values; -1 counts from the end, undefined chooses none */
const filling =
  (choose: number | undefined, text: (field: HTMLElement) => string, isSeen = false): Manner =>
  (form) => {
    const values = new URLSearchParams();
    const choices = new Map<string, string[]>();
    for (const field of fieldsOf(form)) {
      const name = field.getAttribute('name') ?? '';
      const value = field.getAttribute('value') ?? '';
      if (isSeen && field.closest('[hidden]') !== null) values.append(name, value);
      else if (isChoice(field)) choices.set(name, [...(choices.get(name) ?? []), value]);
      else if (field.tagName === 'SELECT') {
        const options = field.querySelectorAll('option').map((option) => option.getAttribute('value') ?? '');
        values.append(name, (choose === undefined ? options[0] : options.at(choose)) ?? '');
      } else values.append(name, field.getAttribute('type') === 'hidden' ? value : text(field));
    }
    if (choose !== undefined) for (const [name, all] of choices) values.append(name, all.at(choose) ?? '');
    return values;
  };

const asItStands = (field: HTMLElement): string => field.getAttribute('value') ?? field.textContent.trim();

const manners: Readonly<Record<string, Manner>> = {
  'nothing at all': () => new URLSearchParams(),
  'nothing chosen': filling(undefined, asItStands),
  'every first choice': filling(0, asItStands),
  'every first choice, junk in what can be seen': filling(0, () => 'test', true),
  'every last choice, junk in what can be seen': filling(-1, () => 'test@example.com', true),
  'every last choice': filling(-1, asItStands),
  'junk everywhere': filling(0, () => 'test@example.com'),
  'junk everywhere, nothing chosen': filling(undefined, () => '1'),
  'numbers everywhere': filling(-1, () => '12'),
};

const prefetching: readonly Readonly<Record<string, string>>[] = [
  {},
  { purpose: 'prefetch', 'sec-purpose': 'prefetch;prerender' },
  { 'x-moz': 'prefetch' },
  { 'user-agent': 'Mozilla/5.0 (compatible; MSIE 10.0) BarracudaCentral' },
];

/** Opens a page as a mail scanner does, then every page that it links to, and presses every button of each. */
const scan = async (browser: Browser, path: string): Promise<void> => {
  for (const headers of prefetching)
    for (const method of ['HEAD', 'GET', 'GET']) await browser.ask({ method, path, headers });
  const start = followed(path, await browser.ask({ method: 'GET', path }));
  const seen = new Set<string>();
  const press = async (at: string, got: Got, depth: number): Promise<void> => {
    const document = parse(got.body);
    for (const form of document.querySelectorAll('form[method="post"]')) {
      const target = new URL(form.getAttribute('action') ?? '', `https://lcpg.example.org${at}`);
      // A form for a file goes to the documents store; nothing is handed in by it.
      if (form.querySelector('input[type="file"]') !== null) continue;
      for (const [manner, fill] of Object.entries(manners))
        for (const button of form.querySelectorAll('button')) {
          const values = fill(form);
          const name = button.getAttribute('name') ?? '';
          if (name !== '') values.append(name, button.getAttribute('value') ?? '');
          const sent = await browser.ask({
            method: 'POST',
            path: target.pathname,
            headers: { 'content-type': 'application/x-www-form-urlencoded' },
            body: values.toString(),
          });
          expect([303, 400, 200, 409], `${at}: ${manner}`).toContain(sent.status);
          if (depth > 0 && sent.status !== 303) await press(target.pathname, sent, depth - 1);
        }
    }
    for (const link of document.querySelectorAll('main a[href], a.govuk-back-link')) {
      const { pathname, origin } = new URL(link.getAttribute('href') ?? '', `https://lcpg.example.org${at}`);
      if (origin === 'https://lcpg.example.org' && pathname.startsWith('/answer/')) await visit(pathname);
    }
  };
  const visit = async (at: string): Promise<void> => {
    if (seen.has(at)) return;
    seen.add(at);
    await press(at, await browser.ask({ method: 'GET', path: at }), 1);
  };
  await visit(start);
};

/** What the person whom the link is for sends afterwards. */
const answers: Readonly<Record<RequestKind, Readonly<Record<string, string | readonly string[]>>>> = {
  minutes: { keyMessages: 'One' },
  'meeting-date': {
    'date-day': '7',
    'date-month': '10',
    'date-year': '2026',
    start: '10am',
    end: '12pm',
    venue: 'Town hall',
  },
  attendance: { response: 'attending' },
  return: {},
  'return-signoff': { verdict: 'sign' },
  'chairs-summary': { overview: 'All well', do: 'approve' },
  representatives: {},
  'action-update': { state: 'done' },
  'board-answers': { 'answer-1': 'Yes', 'answer-2': 'Yes', 'answer-3': 'Yes' },
  'report-receipt': {},
};

/** A return that a chair can sign. */
const handIn = async (world: SmallWorld): Promise<void> => {
  const browser = browserOf(world);
  const { path } = await askFor(world, 'return');
  await browser.submit(`${path}/meeting`, { held: 'no', notHeldReason: 'Snow' });
  await browser.submit(`${path}/check`, {});
};

describe('a mail scanner that follows links, and presses whatever it finds,', () => {
  let world: SmallWorld;
  beforeEach(async () => {
    world = await smallWorld();
  });

  it.each(requestKinds)('changes nothing about %s, and the person then succeeds', async (kind) => {
    if (kind === 'return-signoff') await handIn(world);
    const told = world.machines.told.length;
    const { path, request } = await askFor(world, kind);
    const before = world.writes();
    await scan(browserOf(world), path);
    expect(world.writes()).toBe(before);
    expect(world.machines.told).toHaveLength(told);
    expect(await world.desk.requests.get(request.id)).toEqual(request);

    const browser = browserOf(world);
    const page = kind === 'return' ? `${path}/membership` : path;
    const candidates = parse((await browser.get(page)).body)
      .querySelectorAll('input[name="people"]')
      .map((box) => box.getAttribute('value') ?? '');
    const sent = await browser.submit(page, { ...answers[kind], people: candidates.slice(0, 2) });
    expect(sent.status, sent.body).toBe(303);
    expect(world.writes()).toBeGreaterThan(before);
  });
});

describe('the question who sends a form', () => {
  let world: SmallWorld;
  let browser: Browser;
  beforeEach(async () => {
    world = await smallWorld();
    browser = browserOf(world);
  });

  it('is asked once in a browser', async () => {
    const { path } = await askFor(world, 'attendance');
    expect((await browser.get(path)).body).toContain('Are you Mo Member?');
    const refused = await browser.post(path, { me: '', response: 'apologies' });
    expect(refused.status).toBe(400);
    expect(refused.body).toContain('<a href="#me">Select whether you are Mo Member</a>');
    expect(refused.body).toMatch(/value="apologies" checked/);
    await browser.post(path, { response: 'apologies' });
    expect((await browser.get(path)).body).not.toContain('Are you Mo Member?');
    expect((await browser.post(path, { me: '', response: 'attending' })).status).toBe(303);
    const elsewhere = browserOf(world);
    expect((await elsewhere.get(path)).body).toContain('Are you Mo Member?');
  });

  it('is not asked again on a page that was sent with a fault', async () => {
    const { path } = await askFor(world, 'attendance');
    const refused = await browser.post(path, {});
    expect(refused.status).toBe(400);
    expect(refused.body).not.toContain('Are you Mo Member?');
    expect((await browser.post(path, { me: '', response: 'attending' })).status).toBe(303);
  });

  it.each(['no', 'left'])('answered with %s leads to the page for that, and records nothing', async (me) => {
    const { path } = await askFor(world, 'attendance');
    const before = world.writes();
    const sent = await browser.post(path, { me, response: 'attending' });
    expect(followed(path, sent)).toMatch(/^\/answer\/[\w-]{16}\/not-me/);
    expect(world.writes()).toBe(before);
  });

  it.each(['no', 'left'])('counts also when it is answered with %s after a yes', async (me) => {
    const { path } = await askFor(world, 'attendance');
    await browser.post(path, { response: 'apologies' });
    const before = world.writes();
    const sent = await browser.post(path, { me, response: 'attending' });
    expect(followed(path, sent)).toMatch(/\/not-me$/);
    expect(world.writes()).toBe(before);
    expect((await browser.get(path)).body).toContain('Are you Mo Member?');
  });

  it('says why it is asked, and offers the yes before the no, with neither chosen', async () => {
    const { path } = await askFor(world, 'attendance');
    const list = parse((await browser.get(path)).body).querySelector('select[name="me"]');
    expect(list?.querySelectorAll('option').map((option) => option.getAttribute('value'))).toEqual([
      ...['', 'yes', 'no', 'left'],
    ]);
    expect(list?.querySelectorAll('[selected]')).toEqual([]);
    expect(list?.parentNode?.textContent).toContain('Your answer tells us that a person sent this');
  });

  it('shows the field that is there for programs to whoever filled it in', async () => {
    const { path } = await askFor(world, 'attendance');
    expect((await browser.get(path)).body).toMatch(/<div hidden>\s*<div[^>]*>\s*<label[^>]*for="website"/);
    const refused = await browser.post(path, { response: 'attending', website: 'https://x.example' });
    expect(refused.status).toBe(400);
    expect(refused.body).toContain('<a href="#website">');
    expect(refused.body).not.toContain('<div hidden>');
    expect((await browser.post(path, { response: 'attending', website: '' })).status).toBe(303);
  });
});
