import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { AwsCall } from '../../../shared/aws/call.ts';
import { awsCall } from '../../../shared/aws/call.ts';
import { readSecret } from '../../../shared/aws/read-secret.ts';

interface Heard {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** An AWS on this machine that answers as it is told, the last answer again and again. */
let server: Server;
let heard: Heard[];
let answers: readonly { readonly status: number; readonly body?: string }[];
let call: AwsCall;

beforeEach(async () => {
  heard = [];
  answers = [{ status: 200 }];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const answer = answers[Math.min(heard.length, answers.length - 1)];
      heard.push({
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      });
      response.writeHead(answer?.status ?? 500).end(answer?.body ?? '{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = {
    config: {
      credentials: () =>
        Promise.resolve({ accessKeyId: 'AKID', secretAccessKey: 'secret', sessionToken: 'session' }),
      region: () => Promise.resolve('eu-west-2'),
    },
  };
  call = awsCall(client, `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
});
afterEach(() => {
  server.close();
  server.closeAllConnections();
});

const request = {
  service: 'states',
  path: '/',
  headers: { 'x-amz-target': 'AWSStepFunctions.SendTaskSuccess' },
  body: '{"taskToken":"t"}',
};

describe('a call to AWS', () => {
  it('gives what AWS answers', async () => {
    answers = [{ status: 200, body: '{"SecretString":"s"}' }];
    expect(await call(request)).toBe('{"SecretString":"s"}');
  });

  it('goes out as it is given, signed for its service and region', async () => {
    await call(request);
    expect(heard).toHaveLength(1);
    expect(heard[0]).toMatchObject({ path: '/', body: request.body });
    expect(heard[0]?.headers).toMatchObject({
      'x-amz-target': 'AWSStepFunctions.SendTaskSuccess',
      'x-amz-security-token': 'session',
      authorization: expect.stringMatching(
        /^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/eu-west-2\/states\/aws4_request, SignedHeaders=[^,]*x-amz-target, Signature=[0-9a-f]{64}$/,
      ) as unknown,
    });
  });

  it('is tried again while the trouble may pass', async () => {
    answers = [
      { status: 503 },
      { status: 400, body: '{"__type":"ThrottlingException","message":"slower"}' },
      { status: 200 },
    ];
    await call(request);
    expect(heard).toHaveLength(3);
  });

  it('that is refused says why, by the name that AWS gives it', async () => {
    answers = [{ status: 400, body: '{"__type":"com.amazonaws.states#TaskTimedOut","message":"over"}' }];
    await expect(call(request)).rejects.toMatchObject({ name: 'TaskTimedOut', message: 'over' });
    expect(heard).toHaveLength(1);
  });

  it('is given up in the end', async () => {
    answers = [{ status: 500, body: 'no page of the service' }];
    await expect(call(request)).rejects.toMatchObject({ name: 'Http500' });
    expect(heard).toHaveLength(4);
  });
});

describe('a secret', () => {
  it('is read by its name', async () => {
    answers = [{ status: 200, body: '{"SecretString":"open sesame"}' }];
    expect(await readSecret(call, 'link-secret')).toBe('open sesame');
    expect(heard[0]?.headers['x-amz-target']).toBe('secretsmanager.GetSecretValue');
    expect(heard[0]?.headers.authorization).toContain('/eu-west-2/secretsmanager/aws4_request');
    expect(heard[0]?.body).toBe('{"SecretId":"link-secret"}');
  });

  it('that is not there, or holds no text, is an error that says so', async () => {
    answers = [{ status: 200, body: '{"SecretBinary":"AA=="}' }];
    await expect(readSecret(call, 'link-secret')).rejects.toThrow('the secret link-secret holds no text');
    answers = [{ status: 400, body: '{"__type":"ResourceNotFoundException"}' }];
    await expect(readSecret(call, 'gone')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
