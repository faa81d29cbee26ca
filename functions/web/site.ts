import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

import type { PartnershipLink } from '../../shared/store/links.ts';
import { isToken, tokenHash } from '../../shared/web-links/link-maker.ts';
import { doorOf, isLinkId, linkId } from './door.ts';
import { framesOf } from './frames.ts';
import type { Response, Visit } from './http.ts';
import { mostFormBytes, redirect, textResponse, toResult, visitOf } from './http.ts';
import { documentRoute } from './routes/document.ts';
import { progressRoute } from './routes/progress.ts';
import { requestRoute } from './routes/request.ts';
import { substituteRoute } from './routes/substitute.ts';
import type { Entry } from './senders.ts';
import { sendersOf } from './senders.ts';
import type { SiteDependencies } from './site-dependencies.ts';
import type { SiteParts } from './site-parts.ts';

const routes = ['answer', 'progress', 'document', 'substitute', 'assets', 'privacy', 'health'] as const;
type Route = (typeof routes)[number];
const takesForms: ReadonlySet<Route> = new Set(['answer', 'progress', 'document', 'substitute']);

/** The public site: pages behind the links of emails. GET and HEAD change nothing, ever. */
export const createSite = (
  deps: SiteDependencies,
): ((event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>) => {
  const door = doorOf(deps.origin);
  const parts: SiteParts = { deps, ...framesOf(deps.assets), ...sendersOf(door) };
  const { html, plain, notFound } = parts;
  const requests = requestRoute(parts);
  const documents = documentRoute(parts);
  const { answer } = requests;
  const { documentPage } = documents;
  const { progress } = progressRoute(parts, requests, documents);
  const { substitutePage } = substituteRoute(parts);

  /** Shows what is behind a link. Who comes with its token gets a cookie, and comes again without the token. */
  const behindDoor = async (
    visit: Visit,
    show: (link: PartnershipLink, entry: Entry) => Promise<Response>,
  ): Promise<Response> => {
    const [route = '', key = '', ...rest] = visit.path;
    if (!isToken(key)) {
      const held = door.heldFor(visit, key);
      if (held === undefined)
        return isLinkId(key)
          ? plain(visit, 'no-cookie', 403, { sent: visit.method === 'POST' })
          : notFound(visit);
      const link = await deps.links.find(tokenHash(held.token));
      return link === undefined ? notFound(visit) : show(link, { id: key, ...held });
    }
    if ((await deps.links.find(tokenHash(key))) === undefined) return notFound(visit);
    const path = [route, linkId(key), ...rest.map(encodeURIComponent)].join('/');
    const query = visit.query.size === 0 ? '' : `?${visit.query.toString()}`;
    return { ...redirect(`${visit.root}${path}${query}`), cookies: door.admit(visit, key) };
  };

  /** With the rules of the partnership by whose link somebody came; in general where there is none. */
  const privacy = async (visit: Visit): Promise<Response> => {
    if (visit.path.length !== 1) return notFound(visit);
    const held = door.heldFor(visit, visit.query.get('link') ?? '');
    const link = held === undefined ? undefined : await deps.links.find(tokenHash(held.token));
    const partnership =
      link === undefined ? null : await deps.deskFor(link.partnership).directory.partnership();
    return html(visit, { page: 'privacy.njk', status: 200, context: {} }, { partnership });
  };

  const asset = (visit: Visit): Response => {
    const [, hash, name] = visit.path;
    const file =
      visit.path.length === 3 && name !== undefined && Object.hasOwn(deps.assets, name)
        ? deps.assets[name]
        : undefined;
    if (file === undefined) return notFound(visit);
    const gzip = Buffer.from(file.gzip, 'base64');
    return {
      status: 200,
      headers: {
        'content-type': file.contentType,
        'x-content-type-options': 'nosniff',
        // An address of another release gives the file of this one, which no browser may keep under that name.
        'cache-control': hash === file.hash ? 'public, max-age=31536000, immutable' : 'no-store',
        ...(visit.takesGzip ? { 'content-encoding': 'gzip' } : {}),
      },
      body: visit.takesGzip ? gzip : process.getBuiltinModule('node:zlib').gunzipSync(gzip),
    };
  };

  const handlers: Readonly<Record<Route, (visit: Visit) => Response | Promise<Response>>> = {
    answer: (visit) => behindDoor(visit, (link, entry) => answer(visit, link, entry)),
    progress: (visit) => behindDoor(visit, (link, entry) => progress(visit, link, entry)),
    document: (visit) => behindDoor(visit, (link, entry) => documentPage(visit, link, entry)),
    substitute: (visit) => behindDoor(visit, (link, entry) => substitutePage(visit, link, entry)),
    assets: asset,
    privacy,
    health: (visit) => (visit.path.length === 1 ? textResponse(200, 'ok') : notFound(visit)),
  };

  const respond = async (visit: Visit, route: Route | undefined): Promise<Response> => {
    if (route === undefined) return notFound(visit);
    const methods = takesForms.has(route) ? ['GET', 'HEAD', 'POST'] : ['GET', 'HEAD'];
    if (!methods.includes(visit.method)) {
      const response = plain(visit, 'wrong-method', 405);
      return { ...response, headers: { ...response.headers, allow: methods.join(', ') } };
    }
    if (visit.method === 'POST') {
      if (visit.body.length > mostFormBytes) return plain(visit, 'too-large', 413);
      if (visit.contentType !== 'application/x-www-form-urlencoded') return plain(visit, 'not-a-form', 415);
    }
    return handlers[route](visit);
  };

  return async (event) => {
    const visit = visitOf(event);
    const route = routes.find((name) => name === visit.path[0]);
    try {
      return toResult(await respond(visit, route), visit);
    } catch (error) {
      deps.report({ code: 'page-failed', route: route ?? 'none', error });
      return toResult(plain(visit, 'failed', 500), visit);
    }
  };
};
