import { setTimeout as passTime } from 'node:timers/promises';

import { SignatureV4 } from '@smithy/signature-v4';

import type { ClientIdentity } from './sign.ts';
import { Sha256 } from './sign.ts';

/** AWS refused a call; the name is the error's, such as `TaskTimedOut`. */
export class AwsRefusal extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

export interface AwsRequest {
  /** As it stands in host names and signatures, such as `states`. */
  readonly service: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const mostAttempts = 4;
const firstPauseInMilliseconds = 50;
const patienceInMilliseconds = 5_000;

/** Sends a POST to AWS, and gives the body of its answer. Passing troubles are tried again. @throws {AwsRefusal} */
export type AwsCall = (request: AwsRequest) => Promise<string>;

/** What went wrong, by the name that AWS gives it. */
const refusalOf = async (response: Response): Promise<AwsRefusal> => {
  const text = await response.text();
  let said: { readonly __type?: string; readonly message?: string } = {};
  try {
    said = JSON.parse(text) as typeof said;
  } catch {
    // Not from the service itself, such as a gateway's page.
  }
  const type = response.headers.get('x-amzn-errortype') ?? said.__type ?? `Http${String(response.status)}`;
  return new AwsRefusal(type.replace(/^.*#|:.*$/g, ''), said.message ?? '');
};

const isPassing = ({ status }: Response, { name }: AwsRefusal): boolean =>
  status >= 500 || status === 429 || /Throttl|TooManyRequests/.test(name);

/** @param endpoint of a local AWS */
export const awsCall = (
  client: ClientIdentity,
  endpoint: string | undefined = process.env['AWS_ENDPOINT_URL'],
): AwsCall => {
  return async ({ service, path, headers, body }) => {
    const region = await client.config.region();
    const url = new URL(path, endpoint ?? `https://${service}.${region}.amazonaws.com`);
    const signer = new SignatureV4({
      service,
      region,
      credentials: () => client.config.credentials(),
      sha256: Sha256,
    });
    for (let attempt = 1; ; attempt += 1) {
      const signed = await signer.sign({
        method: 'POST',
        protocol: url.protocol,
        hostname: url.hostname,
        ...(url.port === '' ? {} : { port: Number(url.port) }),
        path: url.pathname,
        query: {},
        headers: { ...headers, host: url.host },
        body,
      });
      const { host: _host, ...sent } = signed.headers;
      const outcome = await fetch(url, {
        method: 'POST',
        headers: sent,
        body,
        signal: AbortSignal.timeout(patienceInMilliseconds),
      })
        .then(async (response) => {
          if (response.ok) return { answer: await response.text() };
          const error = await refusalOf(response);
          return { error, passing: isPassing(response, error) };
        })
        .catch((error: unknown) => ({ error: error as Error, passing: true }));
      if ('answer' in outcome) return outcome.answer;
      if (!outcome.passing || attempt >= mostAttempts) throw outcome.error;
      await passTime(firstPauseInMilliseconds * 2 ** attempt);
    }
  };
};
