import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

import { siteAssets } from '../../../functions/web/assets.ts';
import { createSite } from '../../../functions/web/site.ts';
import type { SiteError } from '../../../functions/web/site-dependencies.ts';
import type { SmallWorld } from '../../support/small-partnership.ts';

/** What a browser gets. */
export interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: string;
}

/** A browser without a script. The path of a link leads it through the door, to the page behind. */
export interface Browser {
  readonly errors: readonly SiteError[];
  /** Its cookies, by name. */
  readonly cookies: Map<string, string>;
  get(path: string): Promise<Got>;
  /** Sends fields as the person whom the page is for, who says so. */
  post(path: string, fields: Readonly<Record<string, string | readonly string[]>>): Promise<Got>;
  /** Fills in the form of a page as it stands, with some fields changed, and sends it. */
  submit(path: string, fields: Readonly<Record<string, string | readonly string[]>>): Promise<Got>;
  send(event: Sent): Promise<Got>;
  /** Asks for just that path, and follows nothing. */
  ask(event: Sent): Promise<Got>;
}

type Sent = Partial<APIGatewayProxyEventV2> & { readonly method: string; readonly path: string };

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
  const cookies = new Map<string, string>();
  const ask: Browser['ask'] = async ({ method, path, ...event }) => {
    const [rawPath = '/', rawQueryString = ''] = path.split('?');
    const got = gotOf(
      await site({
        version: '2.0',
        routeKey: '$default',
        headers: {},
        cookies: [...cookies].map(([name, value]) => `${name}=${value}`),
        isBase64Encoded: false,
        rawPath,
        rawQueryString,
        requestContext: { http: { method, path: rawPath } },
        ...event,
      } as APIGatewayProxyEventV2),
    );
    for (const cookie of got.cookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (cookie.includes('Max-Age=0')) cookies.delete(name);
      else cookies.set(name, value);
    }
    return got;
  };
  const send: Browser['send'] = async ({ path, ...event }) => {
    if (!/^\/(?:answer|document|progress|substitute)\/[\w-]{43}/.test(path)) return ask({ path, ...event });
    const door = await ask({ method: 'GET', path });
    return door.status === 303 ? ask({ path: followed(path, door), ...event }) : door;
  };
  const get = (path: string): Promise<Got> => send({ method: 'GET', path });
  const post: Browser['post'] = (path, fields) =>
    send({
      method: 'POST',
      path,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: Buffer.from(bodyOf({ me: 'yes', ...fields })).toString('base64'),
      isBase64Encoded: true,
    });
  return {
    errors,
    cookies,
    get,
    post,
    send,
    ask,
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
  cookies: result.cookies ?? [],
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
