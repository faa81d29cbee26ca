import { mkdirSync, rmSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';

import type { PartnershipFolder } from '../../shared/domain/partnership.ts';
import type { Manner } from '../members/members.ts';
import { httpEvent } from './http-event.ts';
import { renderPage } from './render.ts';
import { moves, Session } from './session.ts';
import type { Query } from './views.ts';
import {
  documentsView,
  emailByNumber,
  emailView,
  homeView,
  mailboxView,
  peopleView,
  rawEmail,
  readEmail,
  saidView,
} from './views.ts';

export interface ServeSettings {
  readonly folder: PartnershipFolder;
  /** Date of the board meeting that opens the first cycle. */
  readonly firstCycle: string;
  /** Who is simulated; `none` leaves every answer to whoever looks at the pages. */
  readonly manner: Manner;
  /** Where the emails are written; what is there goes. */
  readonly out: string;
  /** 0 takes any free port. */
  readonly port: number;
}

/** A rehearsal that is being served. */
export interface Served {
  readonly origin: string;
  readonly session: Session;
  close(): Promise<void>;
}

/** What a page of ours answers. */
interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
  readonly body?: string | Uint8Array;
}

/** The largest upload; the pages themselves take less. */
const mostBytes = 32 * 1024 * 1024;

/** The product's own routes, which emails lead to. */
const siteRoutes: ReadonlySet<string> = new Set([
  'answer',
  'progress',
  'document',
  'substitute',
  'assets',
  'privacy',
  'health',
]);

const pageHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

/** Emails and documents run nothing, load nothing, and are no part of our pages' origin. */
const foreignHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const page = (template: string, context: object, status = 200): Answer => ({
  status,
  headers: pageHeaders,
  body: renderPage(template, context),
});

const goTo = (location: string): Answer => ({
  status: 303,
  headers: { location, 'cache-control': 'no-store' },
});

const plain = (status: number, text: string): Answer => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
  body: `${text}\n`,
});

/**
 * Whether a request may change something: it has to come from a page of this rehearsal. The product's pages send no
 * referrer, so that their forms come from the origin `null`; then the browser's own word counts. A program that is no
 * browser sends neither.
 */
const isOurs = ({ headers }: IncomingMessage, origin: string): boolean => {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  return headers.origin === undefined || headers.origin === origin;
};

/** Undefined for more than is taken. */
const bodyOf = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= mostBytes) chunks.push(chunk);
  }
  return bytes > mostBytes ? undefined : Buffer.concat(chunks);
};

const queryOf = ({ searchParams }: URL): Query => {
  const of = (name: string): string => (searchParams.get(name) ?? '').slice(0, 100);
  return {
    kind: of('kind'),
    state: of('state'),
    body: of('body'),
    cycle: of('cycle'),
    q: of('q'),
    note: of('note'),
  };
};

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

const attachment = (name: string): string =>
  `attachment; filename="${name.replaceAll(/[^\w.-]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(name)}`;

/** Answers for one session. */
class Site {
  readonly #session: Session;
  readonly #out: string;
  readonly #origin: string;

  constructor(session: Session, out: string, origin: string) {
    this.#session = session;
    this.#out = out;
    this.#origin = origin;
  }

  async answer(request: IncomingMessage, url: URL): Promise<Answer> {
    const [first = '', ...rest] = url.pathname.split('/').slice(1).map(decoded);
    const { method = '' } = request;
    if (method === 'POST') {
      if (!isOurs(request, this.#origin))
        return plain(403, 'Refused: this did not come from a page of the rehearsal.');
      const body = await bodyOf(request);
      if (body === undefined) return plain(413, 'That is too large.');
      if (siteRoutes.has(first)) return this.#visit(request, url, body);
      if (first === 'time' && rest.length === 0)
        return this.#moveTime(new URLSearchParams(body.toString('utf8')));
      if (first === 'upload') return this.#upload(request, body);
    }
    if (siteRoutes.has(first)) return this.#visit(request, url, Buffer.alloc(0));
    if (method !== 'GET' && method !== 'HEAD') return plain(405, 'This address only shows something.');
    return (await this.#show(first, rest, url)) ?? this.#nothing();
  }

  async #show(first: string, rest: readonly string[], url: URL): Promise<Answer | undefined> {
    const session = this.#session;
    const [second = '', third = '', ...more] = rest;
    switch (first) {
      case '':
        return rest.length === 0 ? page('home.njk', await homeView(session, queryOf(url))) : undefined;
      case 'people': {
        if (second === '') return page('people.njk', await peopleView(session, queryOf(url)));
        const view = third === '' ? await mailboxView(session, second) : undefined;
        return view === undefined ? undefined : page('mailbox.njk', view);
      }
      case 'emails':
        return more.length === 0 ? this.#email(second, third) : undefined;
      case 'documents':
        return second === '' ? page('documents.njk', await documentsView(session)) : undefined;
      case 'stored':
        return this.#stored(rest.join('/'), url.searchParams.get('name') ?? '');
      default:
        return undefined;
    }
  }

  async #email(number: string, form: string): Promise<Answer | undefined> {
    const email = emailByNumber(this.#session, number);
    if (email === undefined) return undefined;
    if (form === '') return page('email.njk', await emailView(this.#session, this.#out, email));
    if (form === 'letter') {
      const { html } = await readEmail(this.#out, email);
      // As in a mail program, a link leaves the email open.
      return {
        status: 200,
        headers: foreignHeaders,
        body: html.replace('<head>', '<head><base target="_blank">'),
      };
    }
    if (form !== 'raw') return undefined;
    const headers = {
      ...foreignHeaders,
      'content-type': 'message/rfc822',
      'content-disposition': attachment(email.file),
    };
    return { status: 200, headers, body: rawEmail(this.#out, email) };
  }

  /** The product's own page, as the HTTP API would ask for it. */
  async #visit(request: IncomingMessage, url: URL, body: Buffer): Promise<Answer> {
    const result = await this.#session.world.visit(httpEvent(request, url, body));
    if (request.method === 'POST') await this.#session.settled();
    return {
      status: result.statusCode ?? 200,
      headers: Object.fromEntries(
        Object.entries(result.headers ?? {}).map(([name, value]) => [name, String(value)]),
      ),
      cookies: result.cookies ?? [],
      body: Buffer.from(result.body ?? '', result.isBase64Encoded === true ? 'base64' : 'utf8'),
    };
  }

  async #moveTime(form: URLSearchParams): Promise<Answer> {
    const how = moves.find((move) => move === form.get('move'));
    const turn = form.get('turn') ?? '';
    if (how === undefined || !/^\d{1,9}$/.test(turn))
      return plain(400, 'That is no button of the rehearsal.');
    return goTo((await this.#session.move(how, Number(turn))) ? '/' : '/?note=stale');
  }

  async #upload(request: IncomingMessage, body: Buffer): Promise<Answer> {
    const outcome = await this.#session.world.documents.receiveUpload({
      contentType: request.headers['content-type'] ?? '',
      body,
    });
    if (outcome.status !== 303) return plain(outcome.status, outcome.reason);
    return outcome.location.startsWith(`${this.#origin}/`)
      ? goTo(outcome.location)
      : plain(400, 'An upload leads back to this rehearsal only.');
  }

  async #stored(key: string, name: string): Promise<Answer | undefined> {
    const stored = await this.#session.world.documents.get(key);
    if (stored === undefined) return undefined;
    const isPage = stored.contentType.startsWith('text/html');
    const headers = {
      ...foreignHeaders,
      'content-type': stored.contentType,
      ...(isPage ? {} : { 'content-disposition': attachment(name === '' ? 'document' : name) }),
    };
    return { status: 200, headers, body: stored.body };
  }

  #nothing(): Answer {
    const view = saidView(
      this.#session,
      'There is no such page',
      'Nothing in this rehearsal has that address.',
    );
    return page('said.njk', view, 404);
  }
}

const send = (response: ServerResponse, { status, headers = {}, cookies = [], body = '' }: Answer): void => {
  if (cookies.length > 0) response.setHeader('set-cookie', cookies);
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
};

/** Takes a port of this machine, which nobody else can reach. Returns its number. */
const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });

/**
 * Starts serving a rehearsal, to this machine only.
 * @throws an error of code `EADDRINUSE` when the port is taken
 */
export const startServer = async ({
  folder,
  firstCycle,
  manner,
  out,
  port,
}: ServeSettings): Promise<Served> => {
  const opened = Promise.withResolvers<Site>();
  // Whoever asks before the rehearsal is ready hears of a failure too, so nobody else has to.
  opened.promise.catch(() => undefined);
  let origin = '';
  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const { host } = new URL(origin);
    // Another site's name may be made to lead to this machine; its pages then must not read or press anything here.
    if (request.headers.host !== host) return plain(421, `This rehearsal is at ${origin} and nowhere else.`);
    const url = URL.parse(request.url ?? '/', origin);
    if (url?.host !== host) return plain(400, 'That is no address.');
    return (await opened.promise).answer(request, url);
  };
  const server = createServer((request, response) => {
    answer(request)
      .catch((error: unknown) =>
        plain(
          500,
          `This page failed.\n\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        ),
      )
      .then((given) => {
        send(response, given);
      })
      .catch(() => response.destroy());
  });
  const taken = await listen(server, port);
  origin = new URL(`http://localhost:${String(taken)}`).origin;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
  try {
    rmSync(join(out, 'emails'), { recursive: true, force: true });
    mkdirSync(out, { recursive: true });
    const session = await Session.open({ folder, firstCycle, manner, out, origin });
    opened.resolve(new Site(session, out, origin));
    return { origin, session, close };
  } catch (error) {
    opened.reject(error);
    await close();
    throw error;
  }
};

/**
 * Serves a rehearsal until the process is ended, and says where. Its emails go into `served` under `out`, so that a
 * rehearsal that was played before stays there to compare with.
 */
export const serve = async (settings: ServeSettings): Promise<void> => {
  try {
    const { origin } = await startServer({ ...settings, out: join(settings.out, 'served') });
    const simulated =
      settings.manner === 'none'
        ? 'Nobody is simulated: answer the emails yourself, or add --answers <seed>.'
        : 'Members are simulated; what you answer before them counts.';
    process.stdout.write(
      `Open ${origin}\n\nEvery mailbox, every request, and buttons that move the time. ${simulated}\nCtrl+C ends it.\n`,
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    process.stderr.write(
      `Port ${String(settings.port)} is taken by another program. Choose another: npm start -- --serve ${String(settings.port + 1)}\n`,
    );
    process.exitCode = 1;
  }
};
