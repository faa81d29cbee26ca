import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';

import { requestKinds } from '../../../shared/domain/request.ts';
import { returnSections } from '../../../shared/domain/return.ts';
import { smallWorld } from '../../support/small-partnership.ts';
import type { SmallWorld } from '../../support/small-partnership.ts';
import { askFor } from './asked.ts';
import { browserOf, followed } from './browser.ts';
import type { Browser, Got } from './browser.ts';

let world: SmallWorld;
let browser: Browser;

beforeEach(async () => {
  world = await smallWorld();
  browser = browserOf(world);
});

const titleOf = ({ body }: Got): string => /<title>([^<]*)<\/title>/.exec(body)?.[1] ?? '';

/** Every page that a member can open by a link, by name. */
const allPaths = async (): Promise<readonly string[]> => {
  const paths: string[] = [];
  for (const kind of requestKinds) {
    const { path } = await askFor(world, kind);
    paths.push(path);
    if (kind === 'return') paths.push(...[...returnSections, 'check'].map((section) => `${path}/${section}`));
    if (kind === 'meeting-date') paths.push(`${path}/no-meeting`);
  }
  return paths;
};

describe('every page', () => {
  it('is shown without anything being written, to GET and to HEAD', async () => {
    const paths = await allPaths();
    const before = world.writes();
    for (const path of paths) {
      const got = await browser.get(path);
      expect(got.status, path).toBe(200);
      expect(got.body, path).toContain('<h1');
      const head = await browser.send({ method: 'HEAD', path });
      expect(head, path).toMatchObject({ status: 200, body: '' });
    }
    expect(world.writes()).toBe(before);
    expect(world.machines.told).toEqual([]);
    expect(browser.errors).toEqual([]);
  });

  it('has a title of its own', async () => {
    const titles: string[] = [];
    for (const path of [...(await allPaths()), '/privacy', '/nowhere'])
      titles.push(titleOf(await browser.get(path)));
    expect(new Set(titles).size).toBe(titles.length);
    expect(titles.every((title) => title.includes(' – '))).toBe(true);
  });

  it('selects nothing beforehand, runs no script and styles nothing inline', async () => {
    for (const path of await allPaths()) {
      const { body } = await browser.get(path);
      expect(body, path).not.toMatch(/ checked| selected|<script|<style| style=| on\w+=/);
    }
  });

  it('labels every field', async () => {
    for (const path of await allPaths()) {
      const { body } = await browser.get(path);
      const ids = [...body.matchAll(/<(?:input(?! type="hidden")|textarea|select)[^>]* id="([^"]+)"/g)].map(
        ([, id = '']) => id,
      );
      for (const id of ids) expect(body, `${path} ${id}`).toContain(`for="${id}"`);
      const all = [...body.matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => id);
      expect(new Set(all).size, `${path}: ${all.join(' ')}`).toBe(all.length);
    }
  });

  it('tells for whom it is, why, until when, and whom to ask', async () => {
    for (const kind of requestKinds) {
      const { body } = await browser.get((await askFor(world, kind)).path);
      expect(body, kind).toMatch(/This page is only for [A-Z][^<]+\./);
      expect(body, kind).toContain('We are asking you because');
      expect(body, kind).toContain('5pm on Tuesday 10 November 2026');
      expect(body, kind).toContain('support@small.example.org');
    }
  });

  it('is at most 14 kB of HTML as it is sent', async () => {
    for (const path of await allPaths()) {
      const { headers, ...got } = await browser.send({
        method: 'GET',
        path,
        headers: { 'Accept-Encoding': 'br, gzip' },
      });
      expect(headers['content-encoding'], path).toBe('gzip');
      expect(got.body.length, path).toBeLessThan(14_000);
    }
  });

  it('carries the security headers, and nothing keeps it', async () => {
    for (const path of [...(await allPaths()), '/nowhere', '/privacy']) {
      const { headers } = await browser.get(path);
      expect(headers, path).toMatchObject({
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'strict-transport-security': expect.stringContaining('max-age=') as unknown,
      });
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(headers['set-cookie']).toBeUndefined();
    }
  });

  it('leads to addresses by relative links only, so that a prefix may stand before the path', async () => {
    for (const path of [...(await allPaths()), '/a/b/c/d']) {
      const { body } = await browser.get(path);
      const links = [...body.matchAll(/(?:href|action)="([^"]*)"/g)].map(([, link = '']) => link);
      expect(links.filter((link) => link.startsWith('/'))).toEqual([]);
      const sheet = links.find((link) => link.endsWith('.css')) ?? '';
      const { pathname } = new URL(sheet, `https://x.example/prefix${path}`);
      expect(pathname, path).toMatch(/^\/prefix\/assets\//);
    }
  });
});

describe('the page on privacy', () => {
  it('tells whoever came by a link how long their partnership keeps what, and whom to ask', async () => {
    const { path } = await askFor(world, 'attendance');
    const { body } = await browser.get(path);
    const link = /href="\.\.\/privacy(\?link=[\w-]{16})"/.exec(body)?.[1] ?? '';
    const own = await browser.get(`/privacy${link}`);
    expect(own.body).toContain('6 years after the cycle');
    expect(own.body).toContain('6 months after you left');
    expect(own.body).toContain('support@small.example.org');
    const stranger = await browserOf(world).get(`/privacy${link}`);
    expect(stranger.status).toBe(200);
    expect(stranger.body).not.toContain('Smallshire');
  });
});

describe('links', () => {
  it('that are not known lead to a page that says what to do', async () => {
    const unknown = 'A'.repeat(43);
    for (const path of [
      `/answer/${unknown}`,
      '/answer/short',
      '/answer',
      '/',
      `/document/${unknown}`,
      '/x',
    ]) {
      const got = await browser.get(path);
      expect(got.status, path).toBe(404);
      expect(got.body).toContain('Open the email again');
    }
    expect((await browser.post(`/answer/${unknown}`, { response: 'attending' })).status).toBe(404);
  });

  it('open one thing only', async () => {
    const attendance = await askFor(world, 'attendance');
    expect((await browser.get(`/document/${attendance.token}`)).status).toBe(404);
    expect((await browser.get(`${attendance.path}/meeting`)).status).toBe(200);
  });

  it('open nothing for somebody whom the request is not for', async () => {
    const { request } = await askFor(world, 'attendance');
    const link = await world.maker.toRequest({ ...request, person: 'cora' });
    const path = link.slice(world.origin.length);
    expect((await browser.get(path)).status).toBe(404);
    expect((await browser.post(path, { response: 'attending' })).status).toBe(404);
  });

  it('that have expired say so, and what was recorded', async () => {
    const { path } = await askFor(world, 'attendance');
    await browser.submit(path, { response: 'apologies' });
    world.clock.set('2027-01-04T09:00:00Z');
    const got = await browser.get(path);
    expect(got.status).toBe(410);
    expect(got.body).toContain('you sent your apologies');
    expect((await browser.post(path, { response: 'attending' })).status).toBe(410);
  });

  it('that have expired offer links to what is open, by email to the address on record', async () => {
    const { path, request } = await askFor(world, 'attendance');
    world.clock.set('2027-01-04T09:00:00Z');
    const blind = await browser.post(`${path}/links`, { me: '' });
    expect(blind.status).toBe(400);
    expect(blind.body).toContain('<a href="#me">');
    expect(await world.desk.waiting.get(`links/${request.person}`)).toBeUndefined();
    const sent = await browser.submit(`${path}/links`, {});
    expect(sent.status).toBe(303);
    expect((await browser.get(followed(`${path}/links`, sent))).body).toContain('We are emailing your links');
    expect(await world.desk.waiting.get(`links/${request.person}`)).toMatchObject({
      openLinksOf: request.person,
      at: '2027-01-04T09:00:00Z',
    });
  });

  it('of a request that was withdrawn say so', async () => {
    const { path, request } = await askFor(world, 'attendance');
    await world.desk.requests.withdraw(request, 'left', '2026-09-22T10:00:00Z');
    const before = world.writes();
    const got = await browser.get(path);
    expect(got.status).toBe(410);
    expect(got.body).toContain('we withdrew this request');
    expect((await browser.post(path, { response: 'attending' })).status).toBe(410);
    expect(world.writes()).toBe(before);
  });

  it('to a document send the browser on to it, for a while', async () => {
    await world.documents.put('small/report.html', '<p>Report</p>', 'text/html');
    const link = await world.maker.toDocument(
      { key: 'small/report.html', fileName: 'Report.html' },
      'sam',
      '2026-12-01T00:00:00Z',
    );
    const path = link.slice(world.origin.length);
    const got = await browser.get(path);
    expect(got.status).toBe(302);
    expect(got.headers['location']).toContain('/stored/small/report.html');
    world.clock.set('2026-12-02T00:00:00Z');
    expect((await browser.get(path)).status).toBe(410);
  });
});

describe('a link to a document', () => {
  it.each([
    ['a substitute, of whom there is no record', 'substitute-0123456789ab', 302],
    ['somebody who has been forgotten', 'gone', 404],
  ])('of %s', async (_, who, status) => {
    await world.documents.put('small/report.html', '<p>Report</p>', 'text/html');
    const document = { key: 'small/report.html', fileName: 'Report.html' };
    const link = await world.maker.toDocument(document, who, '2026-12-01T00:00:00Z');
    expect((await browser.get(link.slice(world.origin.length))).status).toBe(status);
  });
});

describe('requests that are none of a browser’s', () => {
  it('get a page with the right status', async () => {
    const { path } = await askFor(world, 'attendance');
    const before = world.writes();
    const wrong = await browser.send({ method: 'PUT', path });
    expect(wrong.status).toBe(405);
    expect(wrong.headers['allow']).toBe('GET, HEAD, POST');
    expect((await browser.post('/privacy', {})).status).toBe(405);
    expect((await browser.post(path, { response: 'x'.repeat(600_000) })).status).toBe(413);
    expect((await browser.send({ method: 'POST', path, body: '{"response":"attending"}' })).status).toBe(415);
    expect(world.writes()).toBe(before);
  });

  it('never learn what went wrong inside', async () => {
    const { path } = await askFor(world, 'attendance');
    const failing = browserOf({
      ...world,
      desk: {
        ...world.desk,
        directory: new Proxy(world.desk.directory, {
          get: () => () => Promise.reject(new Error('the secret of table small-directory')),
        }),
      },
    });
    const got = await failing.get(path);
    expect(got.status).toBe(500);
    expect(got.body).not.toContain('secret');
    expect(failing.errors).toMatchObject([{ code: 'page-failed', route: 'answer' }]);
    expect(JSON.stringify(failing.errors.map(({ code, route }) => ({ code, route })))).not.toContain(
      path.slice(8),
    );
  });
});

describe('files of the pages', () => {
  it('may be kept for ever under their hash, and come without the fonts and the crown of GOV.UK', async () => {
    const { body } = await browser.get('/privacy');
    const path = `/${/href="\.\/([^"]+\.css)"/.exec(body)?.[1] ?? ''}`;
    const css = await browser.get(path);
    expect(css.status).toBe(200);
    expect(css.headers).toMatchObject({
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    expect(css.body).toContain('.govuk-button');
    expect(css.body).not.toMatch(/GDS|font-face|crown/);
    expect((await browser.get('/assets/x/other.css')).status).toBe(404);
    expect((await browser.get('/assets/old/site.css')).headers['cache-control']).toBe('no-store');
  });

  it('have a rule for every class that a page names', async () => {
    const { body: privacy } = await browser.get('/privacy');
    const css = (await browser.get(`/${/href="\.\/([^"]+\.css)"/.exec(privacy)?.[1] ?? ''}`)).body;
    const missing = new Set<string>();
    for (const path of await allPaths())
      for (const [, classes = ''] of (await browser.get(path)).body.matchAll(/class="([^"]*)"/g))
        for (const name of classes.split(' ')) if (!css.includes(`.${name}`)) missing.add(name);
    expect([...missing]).toEqual([]);
  });
});

describe('whatever is sent', () => {
  it('never breaks a page, never changes the answers of others, and is never shown as HTML', async () => {
    const paths = await allPaths();
    const mine = await askFor(world, 'attendance');
    const field = fc.constantFrom(
      ...[
        'response',
        'substituteName',
        'substituteEmail',
        'date-day',
        'date-month',
        'date-year',
        'start',
        'end',
      ],
      ...[
        'venue',
        'link',
        'basis',
        'keyMessages',
        'upload',
        'removeFile',
        'held',
        'notHeldReason',
        'do',
        'confirm',
      ],
      ...[
        'attendance-1-person',
        'attendance-1-presence',
        'othersPresent',
        'achievement-1-text',
        'verdict',
        'comment',
      ],
      ...[
        'escalation-1-issue',
        'escalation-1-ask',
        'action-1-description',
        'action-1-owner',
        'action-1-due-day',
      ],
      ...[
        'people',
        'state',
        'openNote',
        'doneNote',
        'answer-1',
        'overview',
        'asks',
        '__proto__',
        'constructor',
      ],
    );
    const value = fc.oneof(
      fc.constantFrom(
        'attending',
        'yes',
        'no',
        'done',
        'sign',
        'send-back',
        'approve',
        'save',
        'add',
        '1',
        '2026',
      ),
      fc.constantFrom(
        '<script>alert(1)</script>',
        '"><img src=x>',
        'cora',
        'mo',
        'received',
        '10:00',
        '{{ 7 * 7 }}',
      ),
      fc.string({ unit: 'binary' }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...paths),
        fc.array(fc.tuple(field, value), { maxLength: 12 }),
        async (path, fields) => {
          const body = fields
            .map((pair) => pair.map((text) => encodeURIComponent(text.toWellFormed())).join('='))
            .join('&');
          const got = await browser.send({
            method: 'POST',
            path,
            headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' },
            body,
          });
          expect(browser.errors.map(({ error }) => String(error))).toEqual([]);
          expect([200, 303, 400, 404, 409, 410]).toContain(got.status);
          expect(got.body).not.toMatch(/<script|<img/);
        },
      ),
      { numRuns: 400, seed: 20260916 },
    );
    const others = await world.desk.attendance.of(world.cycle.id, 'ashford');
    for (const { person, answer } of others) if (person !== mine.request.person) expect(answer).toBeNull();
  });

  it('is met with a page even when it is no form at all', async () => {
    const paths = await allPaths();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...paths, '/', '/answer', '/assets/%', '/document/%ff', '/health', '/privacy/x'),
        fc.constantFrom('GET', 'POST', 'HEAD', 'DELETE', 'OPTIONS'),
        fc.uint8Array({ maxLength: 300 }),
        fc.string({ maxLength: 40 }),
        async (path, method, bytes, query) => {
          const got = await browser.send({
            method,
            path,
            headers: { 'content-type': 'application/x-www-form-urlencoded' },
            rawQueryString: query,
            body: Buffer.from(bytes).toString('base64'),
            isBase64Encoded: true,
          });
          expect(browser.errors.map(({ error }) => String(error))).toEqual([]);
          expect(got.status).toBeLessThan(500);
        },
      ),
      { numRuns: 300, seed: 7 },
    );
  });
});
