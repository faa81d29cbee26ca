import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { siteAssets } from '../../functions/web/assets.ts';
import { createSite } from '../../functions/web/site.ts';
import { httpEvent } from '../../rehearsal/pages/http-event.ts';
import { smallWorld } from '../support/small-partnership.ts';
import type { SmallWorld } from '../support/small-partnership.ts';

/** The pages of the small partnership over HTTP, with a world that can be laid out anew. */
export interface SmallSite {
  readonly origin: string;
  readonly world: SmallWorld;
  /** What went wrong behind pages that failed. */
  readonly errors: unknown[];
  renew(): Promise<void>;
  close(): Promise<void>;
}

export const serveSmallSite = async (): Promise<SmallSite> => {
  let world = await smallWorld();
  let origin = '';
  const errors: unknown[] = [];
  const siteOf = () =>
    createSite({
      links: world.links,
      deskFor: () => world.desk,
      clock: world.clock,
      origin,
      assets: siteAssets,
      report: ({ error }) => errors.push(error),
    });
  let site = siteOf();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', origin);
      void site(httpEvent(request, url, Buffer.concat(chunks))).then((result) => {
        if (result.cookies !== undefined) response.setHeader('set-cookie', result.cookies);
        response.writeHead(result.statusCode ?? 500, result.headers as Record<string, string>);
        response.end(Buffer.from(result.body ?? '', result.isBase64Encoded === true ? 'base64' : 'utf8'));
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://localhost:${String((server.address() as AddressInfo).port)}`;
  site = siteOf();
  return {
    origin,
    get world() {
      return world;
    },
    errors,
    async renew() {
      world = await smallWorld();
      site = siteOf();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
};
