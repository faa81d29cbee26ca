import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

import { siteAssets } from '../../../functions/web/assets.ts';
import { createSite } from '../../../functions/web/site.ts';
import type { SiteError } from '../../../functions/web/site.ts';
import type { SmallWorld } from '../../support/small-partnership.ts';

/** What a browser gets. */
export interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A browser without a script, a cookie or a memory. */
export interface Browser {
  readonly errors: readonly SiteError[];
  get(path: string): Promise<Got>;
  post(path: string, fields: Readonly<Record<string, string | readonly string[]>>): Promise<Got>;
  /** Fills in the form of a page as it stands, with some fields changed, and sends it. */
  submit(path: string, fields: Readonly<Record<string, string | readonly string[]>>): Promise<Got>;
  send(
    event: Partial<APIGatewayProxyEventV2> & { readonly method: string; readonly path: string },
  ): Promise<Got>;
}

export const browserOf = (world: SmallWorld): Browser => {
  const errors: SiteError[] = [];
  const site = createSite({
    links: world.links,
    deskFor: () => world.desk,
    clock: world.clock,
    origin: world.origin,
    assets: siteAssets,
    report: (error) => errors.push(error),
  });
  const send: Browser['send'] = async ({ method, path, ...event }) => {
    const [rawPath = '/', rawQueryString = ''] = path.split('?');
    return gotOf(
      await site({
        version: '2.0',
        routeKey: '$default',
        headers: {},
        isBase64Encoded: false,
        rawPath,
        rawQueryString,
        requestContext: { http: { method, path: rawPath } },
        ...event,
      } as APIGatewayProxyEventV2),
    );
  };
  const get = (path: string): Promise<Got> => send({ method: 'GET', path });
  const post: Browser['post'] = (path, fields) =>
    send({
      method: 'POST',
      path,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: Buffer.from(bodyOf(fields)).toString('base64'),
      isBase64Encoded: true,
    });
  return {
    errors,
    get,
    post,
    send,
    async submit(path, fields) {
      const page = await get(path);
      return post(path, { ...hiddenFields(page.body), ...fields });
    },
  };
};

const bodyOf = (fields: Readonly<Record<string, string | readonly string[]>>): string =>
  new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]) =>
      (typeof value === 'string' ? [value] : value).map((one): [string, string] => [name, one]),
    ),
  ).toString();

const gotOf = (result: APIGatewayProxyStructuredResultV2): Got => ({
  status: result.statusCode ?? 0,
  headers: (result.headers ?? {}) as Record<string, string>,
  body:
    result.isBase64Encoded === true
      ? Buffer.from(result.body ?? '', 'base64').toString('utf8')
      : (result.body ?? ''),
});

/** The hidden fields of the last form of a page: the answer's own, which follows an upload's. */
export const hiddenFields = (html: string): Readonly<Record<string, string>> => {
  const form = html.slice(html.lastIndexOf('<form'));
  return Object.fromEntries(
    [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(
      ([, name = '', value = '']) => [name, value],
    ),
  );
};

/** Where a redirect leads, seen from the path that gave it. */
export const followed = (path: string, got: Got): string => {
  const url = new URL(got.headers['location'] ?? '', `https://lcpg.example.org${path}`);
  return `${url.pathname}${url.search}`;
};
