import { mkdtempSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parse } from 'node-html-parser';

import type { Manner } from '../../../rehearsal/members/members.ts';
import type { Served } from '../../../rehearsal/pages/serve.ts';
import { startServer } from '../../../rehearsal/pages/serve.ts';
import type { PartnershipFolder } from '../../../shared/domain/partnership.ts';
import { filesOnDisk } from '../../../shared/import/folder-files.ts';
import { multiplyFolder } from '../../../shared/import/multiply.ts';
import { readPartnershipFolder } from '../../../shared/import/read-folder.ts';

export const firstCycle = '2026-09-16';

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'lcpg-pages-'));

/** Kent cut down to two LCPGs. */
export const twoGroups = (): PartnershipFolder => {
  const { folder } = readPartnershipFolder('examples/kent', filesOnDisk('examples/kent'));
  if (folder === undefined) throw new Error('examples/kent has faults');
  return multiplyFolder(folder, 2);
};

export const served = (manner: Manner = 'none'): Promise<Served> =>
  startServer({ folder: twoGroups(), firstCycle, manner, out: newFolder(), port: 0 });

type Place = Pick<Served, 'origin'>;

interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** Asks a served rehearsal for an address just as it is given. */
export const ask = (
  { origin }: Place,
  path: string,
  { method = 'GET', headers = {}, body }: Asked = {},
): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const { port, host } = new URL(origin);
    const sent = request(
      { host: '127.0.0.1', port, path, method, headers: { host, ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString('utf8'),
          });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });

/** Opens the link of an email: where its page is then, and the cookie that lets in. */
export const openLink = async (
  place: Place,
  path: string,
): Promise<{ readonly path: string; readonly cookie: string }> => {
  const door = await ask(place, path);
  const inside = new URL(door.headers.location ?? '', `${place.origin}${path}`);
  const [cookie = ''] = door.headers['set-cookie'] ?? [];
  return { path: inside.pathname, cookie: cookie.split(';')[0] ?? '' };
};

/** Sends a form as a browser does from a page of the product, which lets no referrer out. */
export const post = (
  place: Place,
  path: string,
  fields: Readonly<Record<string, string>>,
  cookie = '',
): Promise<Reply> =>
  ask(place, path, {
    method: 'POST',
    headers: {
      cookie,
      'content-type': 'application/x-www-form-urlencoded',
      origin: 'null',
      'sec-fetch-site': 'same-origin',
    },
    body: new URLSearchParams(fields).toString(),
  });

/** A page's text as a reader sees it. */
export const read = async (place: Place, path: string): Promise<string> =>
  parse((await ask(place, path)).text)
    .querySelector('body')
    ?.structuredText.replaceAll(/\s+/g, ' ') ?? '';

/** The addresses of a page's links that have a text in them. */
export const linksOf = (html: string, having: string): readonly string[] =>
  parse(html)
    .querySelectorAll('a')
    .map((link) => link.getAttribute('href') ?? '')
    .filter((address) => address.includes(having));

/** Presses a button of the first page as it stands. */
export const press = async (place: Served, move: string): Promise<void> => {
  const reply = await post(place, '/time', { move, turn: String(place.session.turn) });
  if (reply.status !== 303 || reply.headers.location !== '/') throw new Error(`${move}: ${reply.text}`);
};
