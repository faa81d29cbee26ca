/**
 * Signing requests to AWS with the signer that every client of the SDK carries. A client of its own for each service
 * would bring 20 kB and more into a function for one or two calls.
 */
import { createHash, createHmac } from 'node:crypto';

/** Whose credentials and region are used: any client of the SDK. */
export interface ClientIdentity {
  readonly config: {
    readonly credentials: () => Promise<Credentials>;
    readonly region: () => Promise<string>;
  };
}

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** SHA-256, alone or as an HMAC, in the shape in which the signer wants it. */
export class Sha256 {
  readonly #hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret));
  }
  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(bytesOf(data));
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }
  reset(): void {
    throw new Error('a hash is used once');
  }
}

const bytesOf = (data: string | ArrayBuffer | ArrayBufferView): Uint8Array =>
  typeof data === 'string'
    ? Buffer.from(data, 'utf8')
    : ArrayBuffer.isView(data)
      ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      : new Uint8Array(data);
