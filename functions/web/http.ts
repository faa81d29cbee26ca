import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** The largest form that is read. The longest return stays well below it; files go straight to the documents store. */
export const mostFormBytes = 512 * 1024;
const leastBytesToCompress = 1024;

/** A request of a browser, as far as the site looks at it. */
export interface Visit {
  readonly method: string;
  /** The parts of the path between its slashes. */
  readonly path: readonly string[];
  /** What leads from the visited address to the site's root: relative, as a prefix may stand before the path. */
  readonly root: string;
  readonly query: URLSearchParams;
  readonly cookies: ReadonlyMap<string, string>;
  readonly contentType: string;
  readonly body: Buffer;
  readonly takesGzip: boolean;
}

const headerOf = (event: APIGatewayProxyEventV2, name: string): string => {
  for (const [key, value] of Object.entries(event.headers))
    if (key.toLowerCase() === name) return value ?? '';
  return '';
};

const decodePart = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return part;
    throw error;
  }
};

/** The HTTP API gives cookies apart from the headers; others leave them there. */
const cookiesOf = (event: APIGatewayProxyEventV2): ReadonlyMap<string, string> =>
  new Map(
    [...(event.cookies ?? []), ...headerOf(event, 'cookie').split(';')].flatMap((pair) => {
      const at = pair.indexOf('=');
      return at < 1 ? [] : [[pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const];
    }),
  );

export const visitOf = (event: APIGatewayProxyEventV2): Visit => {
  const parts = event.rawPath.split('/').slice(1);
  return {
    method: event.requestContext.http.method.toUpperCase(),
    path: parts.filter((part) => part !== '').map(decodePart),
    root: '../'.repeat(Math.max(0, parts.length - 1)) || './',
    query: new URLSearchParams(event.rawQueryString),
    cookies: cookiesOf(event),
    contentType: (headerOf(event, 'content-type').split(';')[0] ?? '').trim().toLowerCase(),
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
    takesGzip: /\bgzip\b/.test(headerOf(event, 'accept-encoding')),
  };
};

/** What the site answers, before it is put into the shape that the HTTP API wants. */
export interface Response {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
  readonly body?: string | Buffer;
}

/** Nothing is kept by anybody between, nothing is framed, no script runs, and no address travels on. */
const securityHeaders = (formTargets: readonly string[]): Readonly<Record<string, string>> => ({
  'cache-control': 'no-store',
  'content-security-policy': [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    `form-action ${["'self'", ...formTargets].join(' ')}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; '),
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex, nofollow',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'cross-origin-opener-policy': 'same-origin',
});

export const htmlResponse = (
  status: number,
  html: string,
  formTargets: readonly string[] = [],
): Response => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8', ...securityHeaders(formTargets) },
  body: html,
});

export const textResponse = (status: number, text: string): Response => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8', ...securityHeaders([]) },
  body: text,
});

/** Sends a browser on. 303 makes it fetch, whatever it did before, so that going back repeats nothing. */
export const redirect = (location: string, status: 302 | 303 = 303): Response => ({
  status,
  headers: { location, ...securityHeaders([]) },
});

export const toResult = (response: Response, visit: Visit): APIGatewayProxyStructuredResultV2 => {
  const headers: Record<string, string> = { ...response.headers };
  const result = {
    statusCode: response.status,
    headers,
    ...(response.cookies === undefined ? {} : { cookies: [...response.cookies] }),
  };
  const { body } = response;
  if (body === undefined || visit.method === 'HEAD') return result;
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  headers['vary'] = 'accept-encoding';
  if (headers['content-encoding'] === undefined && visit.takesGzip && bytes.length >= leastBytesToCompress) {
    headers['content-encoding'] = 'gzip';
    // Loaded when first used: a start does not wait for it.
    const { gzipSync } = process.getBuiltinModule('node:zlib');
    return { ...result, body: gzipSync(bytes, { level: 6 }).toString('base64'), isBase64Encoded: true };
  }
  if (typeof body === 'string') return { ...result, body };
  return { ...result, body: body.toString('base64'), isBase64Encoded: true };
};
