/**
 * Documents in S3, by signed addresses: browsers load and store through them, and so does the product itself. The S3
 * client would double what the web function has to load; the signer is the one that every client of the SDK carries.
 */
import { createHmac } from 'node:crypto';
import { setTimeout as passTime } from 'node:timers/promises';

import { createScope, getSigningKey, SignatureV4 } from '@smithy/signature-v4';

import type { ClientIdentity } from '../aws/sign.ts';
import { Sha256 } from '../aws/sign.ts';
import type { Clock } from '../time/clock.ts';
import { systemClock } from '../time/clock.ts';
import type { Documents } from './documents.ts';

const addressSeconds = 300;
const uploadSeconds = 3_600;
const mostAttempts = 4;
const firstPauseInMilliseconds = 50;

/** RFC 3986, as signatures want it: `encodeURIComponent` leaves five characters alone. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** What a browser may show by itself; all else is saved under its name. */
const shownInBrowser = /\.(?:html|pdf|txt|svg)$/i;

/** `Content-Disposition` with the name in both forms. RFC 6266. */
const dispositionOf = (fileName: string): string => {
  const plain = fileName.replace(/[^\x20-\x7e]|["\\]/g, '_');
  const kind = shownInBrowser.test(fileName) ? 'inline' : 'attachment';
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded(fileName)}`;
};

export class S3Documents implements Documents {
  readonly #client: ClientIdentity;
  readonly #bucket: string;
  readonly #clock: Clock;
  readonly #endpoint: string | undefined;

  /**
   * @param clock the world's: S3 refuses signatures of another time
   * @param endpoint of a local S3, which is spoken to with the bucket in the path
   */
  constructor(
    client: ClientIdentity,
    bucket: string,
    clock: Clock = systemClock,
    endpoint: string | undefined = process.env['AWS_ENDPOINT_URL_S3'] ?? process.env['AWS_ENDPOINT_URL'],
  ) {
    this.#client = client;
    this.#bucket = bucket;
    this.#clock = clock;
    this.#endpoint = endpoint;
  }

  async put(key: string, body: Uint8Array | string, contentType: string): Promise<void> {
    const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
    await this.#send('PUT', key, {
      body: bytes as Uint8Array<ArrayBuffer>,
      headers: { 'content-type': contentType },
    });
  }

  async get(
    key: string,
    part?: { readonly firstBytes: number },
  ): Promise<{ readonly body: Uint8Array; readonly contentType: string } | undefined> {
    const headers: Record<string, string> =
      part === undefined ? {} : { range: `bytes=0-${String(part.firstBytes - 1)}` };
    const response = await this.#send('GET', key, { headers });
    if (response === undefined) return undefined;
    const contentType = response.headers.get('content-type') ?? '';
    // An empty document has no first byte.
    if (response.status === 416) return { body: new Uint8Array(), contentType };
    return { body: new Uint8Array(await response.arrayBuffer()), contentType };
  }

  async remove(keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#send('DELETE', key);
  }

  async removeUnder(prefix: string): Promise<void> {
    let last = '';
    for (;;) {
      const after = last === '' ? {} : { 'start-after': last };
      const response = await this.#send('GET', '', { query: { 'list-type': '2', prefix, ...after } });
      const keys = [...((await response?.text()) ?? '').matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key]) =>
        fromXml(key ?? ''),
      );
      last = keys.at(-1) ?? '';
      if (last === '') return;
      await this.remove(keys);
    }
  }

  async describe(key: string): Promise<{ readonly bytes: number; readonly contentType: string } | undefined> {
    const response = await this.#send('HEAD', key);
    if (response === undefined) return undefined;
    return {
      bytes: Number(response.headers.get('content-length') ?? '0'),
      contentType: response.headers.get('content-type') ?? '',
    };
  }

  temporaryAddress(key: string, fileName: string): Promise<string> {
    return this.#signedAddress('GET', key, { 'response-content-disposition': dispositionOf(fileName) });
  }

  async uploadForm(
    key: string,
    limits: { readonly maximumBytes: number; readonly contentTypes: readonly string[] },
    successRedirect: string,
  ): Promise<{ readonly address: string; readonly fields: Readonly<Record<string, string>> }> {
    const [credentials, region] = await Promise.all([
      this.#client.config.credentials(),
      this.#client.config.region(),
    ]);
    const now = this.#clock.now().epochMilliseconds;
    const date = isoSeconds(now).replace(/[-:]/g, '');
    const day = date.slice(0, 8);
    // A policy cannot name several types, and without a script a form cannot tell the type of what is chosen: what
    // came is looked at after it came.
    const fields: Record<string, string> = {
      success_action_redirect: successRedirect,
      bucket: this.#bucket,
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': `${credentials.accessKeyId}/${createScope(day, region, 's3')}`,
      'X-Amz-Date': date,
      ...(credentials.sessionToken === undefined ? {} : { 'X-Amz-Security-Token': credentials.sessionToken }),
      key,
    };
    const policy = Buffer.from(
      JSON.stringify({
        expiration: isoSeconds(now + uploadSeconds * 1000),
        conditions: [
          ['content-length-range', 1, limits.maximumBytes],
          ...Object.entries(fields).map(([name, value]) => ({ [name]: value })),
        ],
      }),
    ).toString('base64');
    const signingKey = await getSigningKey(Sha256, credentials, day, region, 's3');
    const signature = createHmac('sha256', signingKey).update(policy).digest('hex');
    return {
      address: `${this.#origin(region).origin}${this.#origin(region).path}/`,
      fields: { ...fields, Policy: policy, 'X-Amz-Signature': signature },
    };
  }

  /** Where the bucket is: its own host on AWS, a path on a local endpoint. */
  #origin(region: string): { readonly origin: string; readonly path: string } {
    return this.#endpoint === undefined
      ? { origin: `https://${this.#bucket}.s3.${region}.amazonaws.com`, path: '' }
      : { origin: this.#endpoint.replace(/\/$/, ''), path: `/${this.#bucket}` };
  }

  async #signedAddress(
    method: 'GET' | 'HEAD' | 'PUT' | 'DELETE',
    key: string,
    query: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const region = await this.#client.config.region();
    const { origin, path } = this.#origin(region);
    const url = new URL(origin);
    const signer = new SignatureV4({
      service: 's3',
      region,
      credentials: () => this.#client.config.credentials(),
      sha256: Sha256,
      uriEscapePath: false,
      applyChecksum: false,
    });
    const signed = await signer.presign(
      {
        method,
        protocol: url.protocol,
        hostname: url.hostname,
        ...(url.port === '' ? {} : { port: Number(url.port) }),
        path: `${path}/${key.split('/').map(encoded).join('/')}`,
        query: { ...query },
        headers: { host: url.host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
      },
      {
        expiresIn: addressSeconds,
        signingDate: new Date(this.#clock.now().epochMilliseconds),
        unhoistableHeaders: new Set(['x-amz-content-sha256']),
        unsignableHeaders: new Set(['x-amz-content-sha256']),
      },
    );
    const parameters = Object.entries(signed.query ?? {})
      .map(([name, value]) => `${encoded(name)}=${encoded(String(value))}`)
      .join('&');
    return `${origin}${signed.path}?${parameters}`;
  }

  /** Undefined when there is no such document. Anything else that is not a success is tried again, and thrown in the end. */
  async #send(
    method: 'GET' | 'HEAD' | 'PUT' | 'DELETE',
    key: string,
    {
      query = {},
      ...init
    }: {
      readonly query?: Readonly<Record<string, string>>;
      readonly headers?: Record<string, string>;
      readonly body?: Uint8Array<ArrayBuffer>;
    } = {},
  ): Promise<Response | undefined> {
    for (let attempt = 1; ; attempt += 1) {
      const problem = await fetch(await this.#signedAddress(method, key, query), { method, ...init }).then(
        async (response) => {
          if (response.ok || (response.status === 416 && method === 'GET')) return response;
          await response.body?.cancel();
          return response.status;
        },
        () => 0,
      );
      if (typeof problem === 'object') return problem;
      if (problem === 404 && method !== 'PUT') return undefined;
      const passing = problem === 0 || problem === 429 || problem >= 500;
      if (!passing || attempt >= mostAttempts)
        throw new Error(`S3 answered ${method} with ${problem === 0 ? 'nothing' : String(problem)}`);
      await passTime(firstPauseInMilliseconds * 2 ** attempt);
    }
  }
}

/** The text of an XML element; S3 writes keys with these five and numbers. */
const fromXml = (text: string): string =>
  text.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) =>
    name === undefined
      ? String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16))
      : (xmlNames[name] ?? whole),
  );
const xmlNames: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const isoSeconds = (epochMilliseconds: number): string =>
  `${new Date(epochMilliseconds).toISOString().slice(0, 19)}Z`;
