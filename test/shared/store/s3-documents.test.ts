import { createHash, createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { S3Documents } from '../../../shared/store/s3-documents.ts';
import { setClock } from '../../support/small-partnership.ts';

const credentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  sessionToken: 'a/token+with=signs',
};
const client = new S3Client({ region: 'eu-west-2', credentials });
const now = '2026-09-22T09:30:00Z';
const documentsAt = (endpoint?: string) => new S3Documents(client, 'lcpg-documents', setClock(now), endpoint);

/** The signature of a query-signed address, worked out by the letter of the AWS documentation. */
const signatureOf = (method: string, address: string): string => {
  const url = new URL(address);
  const encode = (text: string) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const query = [...url.searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
  const request = [method, url.pathname, query, `host:${url.host}\n`, 'host', 'UNSIGNED-PAYLOAD'].join('\n');
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const key = ['20260922', 'eu-west-2', 's3', 'aws4_request'].reduce<string | Buffer>(
    hmac,
    `AWS4${credentials.secretAccessKey}`,
  );
  const text = [
    'AWS4-HMAC-SHA256',
    '20260922T093000Z',
    '20260922/eu-west-2/s3/aws4_request',
    createHash('sha256').update(request).digest('hex'),
  ].join('\n');
  return hmac(key, text).toString('hex');
};

describe('addresses', () => {
  it('of documents are signed as AWS documents it, for five minutes, with the name in both forms', async () => {
    const address = await documentsAt(undefined).temporaryAddress(
      "kent/2026-09-16/the chairs' (first) pack+é.html",
      'Pack für “Ashford”.html',
    );
    const url = new URL(address);
    expect(url.host).toBe('lcpg-documents.s3.eu-west-2.amazonaws.com');
    expect(url.searchParams.get('X-Amz-Expires')).toBe('300');
    expect(url.searchParams.get('X-Amz-Security-Token')).toBe(credentials.sessionToken);
    expect(url.searchParams.get('response-content-disposition')).toBe(
      `inline; filename="Pack f_r _Ashford_.html"; filename*=UTF-8''Pack%20f%C3%BCr%20%E2%80%9CAshford%E2%80%9D.html`,
    );
    expect(url.searchParams.get('X-Amz-Signature')).toBe(signatureOf('GET', address));
  });

  it('of a file that a browser cannot show save it', async () => {
    const address = await documentsAt(undefined).temporaryAddress('a', 'minutes.docx');
    expect(new URL(address).searchParams.get('response-content-disposition')).toMatch(/^attachment;/);
  });

  it('of a local endpoint have the bucket in the path', async () => {
    const address = await documentsAt('http://localhost:4566').temporaryAddress('a/b.pdf', 'b.pdf');
    expect(address).toMatch(/^http:\/\/localhost:4566\/lcpg-documents\/a\/b\.pdf\?/);
    expect(new URL(address).searchParams.get('X-Amz-Signature')).toBe(signatureOf('GET', address));
  });
});

describe('upload forms', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date(now), toFake: ['Date'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('are what the SDK itself would sign', async () => {
    const redirect = 'https://lcpg.example.org/answer/token?upload=1';
    const form = await documentsAt(undefined).uploadForm(
      'kent/minutes/1',
      { maximumBytes: 1000, contentTypes: ['application/pdf'] },
      redirect,
    );
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- the same class of another patch
    const theirs = await createPresignedPost(client, {
      Bucket: 'lcpg-documents',
      Key: 'kent/minutes/1',
      Conditions: [['content-length-range', 1, 1000]],
      Fields: { success_action_redirect: redirect },
      Expires: 3600,
    });
    expect(form.fields).toEqual(theirs.fields);
    expect(form.address).toBe(theirs.url);
  });
});

describe('documents', () => {
  interface Seen {
    readonly method: string;
    readonly path: string;
    readonly query: URLSearchParams;
    readonly range: string | undefined;
    readonly type: string | undefined;
    readonly body: string;
  }
  let server: Server;
  let endpoint: string;
  let seen: Seen[];
  let answers: {
    readonly status: number;
    readonly body?: string;
    readonly headers?: Record<string, string>;
  }[];

  const read = async (request: IncomingMessage): Promise<string> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString('utf8');
  };

  beforeEach(async () => {
    seen = [];
    answers = [];
    server = createServer((request, response) => {
      void read(request).then((body) => {
        seen.push({
          method: request.method ?? '',
          path: (request.url ?? '').split('?')[0] ?? '',
          query: new URL(request.url ?? '', 'http://localhost').searchParams,
          range: request.headers.range,
          type: request.headers['content-type'],
          body,
        });
        const answer = answers.shift() ?? { status: 200 };
        response.writeHead(answer.status, answer.headers).end(answer.body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    endpoint = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('are stored with their type', async () => {
    await documentsAt(endpoint).put('a/é.html', '<p>é</p>', 'text/html; charset=utf-8');
    expect(seen).toMatchObject([
      {
        method: 'PUT',
        path: '/lcpg-documents/a/%C3%A9.html',
        range: undefined,
        type: 'text/html; charset=utf-8',
        body: '<p>é</p>',
      },
    ]);
  });

  it('are read whole or in part, and are missing where there is none', async () => {
    answers = [
      { status: 200, body: '%PDF-1.7', headers: { 'content-type': 'application/pdf' } },
      { status: 206, body: '%PDF' },
      { status: 416 },
      { status: 404 },
    ];
    const documents = documentsAt(endpoint);
    expect(await documents.get('a')).toEqual({
      body: new Uint8Array(Buffer.from('%PDF-1.7')),
      contentType: 'application/pdf',
    });
    expect((await documents.get('a', { firstBytes: 4 }))?.body).toHaveLength(4);
    expect(await documents.get('empty', { firstBytes: 4 })).toEqual({
      body: new Uint8Array(),
      contentType: '',
    });
    expect(await documents.get('none')).toBeUndefined();
    expect(seen[1]?.range).toBe('bytes=0-3');
  });

  it('are described without being read', async () => {
    answers = [
      { status: 200, headers: { 'content-type': 'application/pdf', 'content-length': '12345' } },
      { status: 404 },
    ];
    const documents = documentsAt(endpoint);
    expect(await documents.describe('a')).toEqual({ bytes: 12345, contentType: 'application/pdf' });
    expect(await documents.describe('none')).toBeUndefined();
    expect(seen.map(({ method }) => method)).toEqual(['HEAD', 'HEAD']);
  });

  it('whose keys begin alike are removed a list at a time', async () => {
    const list = (...keys: readonly string[]) => ({
      status: 200,
      body: `<ListBucketResult>${keys.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('')}</ListBucketResult>`,
    });
    const gone = { status: 204 };
    answers = [list('kent/a', 'kent/b&amp;c'), gone, gone, list('kent/d'), gone, list()];
    await documentsAt(endpoint).removeUnder('kent/');
    expect(
      seen.map(({ method, path, query }) => [method, path, query.get('prefix'), query.get('start-after')]),
    ).toEqual([
      ['GET', '/lcpg-documents/', 'kent/', null],
      ['DELETE', '/lcpg-documents/kent/a', null, null],
      ['DELETE', '/lcpg-documents/kent/b%26c', null, null],
      ['GET', '/lcpg-documents/', 'kent/', 'kent/b&c'],
      ['DELETE', '/lcpg-documents/kent/d', null, null],
      ['GET', '/lcpg-documents/', 'kent/', 'kent/d'],
    ]);
  });

  it('are tried again while S3 is out of breath, and given up on when it refuses', async () => {
    answers = [{ status: 503 }, { status: 500 }, { status: 200 }, { status: 403, body: '<secret/>' }];
    const documents = documentsAt(endpoint);
    await documents.put('a', 'b', 'text/plain');
    expect(seen).toHaveLength(3);
    await expect(documents.get('a')).rejects.toThrow('S3 answered GET with 403');
    expect(seen).toHaveLength(4);
  });
});
