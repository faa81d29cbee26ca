/* eslint-disable @typescript-eslint/require-await -- asynchronous as the store on S3 is */
import type { Documents } from './documents.ts';

interface Stored {
  readonly body: Uint8Array;
  readonly contentType: string;
}

/** A document that is there, or is made when somebody wants it. */
interface Kept {
  readonly body: Uint8Array | Promise<Uint8Array> | (() => Promise<Uint8Array>);
  readonly contentType: string;
}

/** What became of a browser's upload: where to send it on to, or why it was refused. */
export type UploadOutcome =
  | { readonly status: 303; readonly location: string }
  | { readonly status: 400 | 413; readonly reason: string };

/** Documents in memory, for tests and rehearsals. Browsers store and load through addresses of the given origin. */
export class MemoryDocuments implements Documents {
  readonly #documents = new Map<string, Kept>();
  readonly #origin: string;

  /** @param origin where uploads and loads go, without a slash at the end: whoever serves it hands them on */
  constructor(origin: string) {
    this.#origin = origin;
  }

  async put(key: string, body: Uint8Array | string, contentType: string): Promise<void> {
    this.#documents.set(key, {
      body: typeof body === 'string' ? new TextEncoder().encode(body) : body.slice(),
      contentType,
    });
  }

  /** Keeps a document that is made when it is first asked for. */
  putWhenWanted(key: string, contentType: string, make: () => Promise<Uint8Array>): void {
    this.#documents.set(key, { body: make, contentType });
  }

  async get(key: string, part?: { readonly firstBytes: number }): Promise<Stored | undefined> {
    const kept = this.#documents.get(key);
    if (kept === undefined) return undefined;
    const { contentType } = kept;
    const made = typeof kept.body === 'function' ? kept.body() : kept.body;
    // Whoever asks next waits for the same.
    if (made !== kept.body) this.#documents.set(key, { body: made, contentType });
    const body = await made;
    return { body: part === undefined ? body : body.subarray(0, part.firstBytes), contentType };
  }

  async remove(keys: readonly string[]): Promise<void> {
    for (const key of keys) this.#documents.delete(key);
  }

  async removeUnder(prefix: string): Promise<void> {
    await this.remove(this.keys.filter((key) => key.startsWith(prefix)));
  }

  async describe(key: string): Promise<{ readonly bytes: number; readonly contentType: string } | undefined> {
    const stored = await this.get(key);
    return stored === undefined
      ? undefined
      : { bytes: stored.body.byteLength, contentType: stored.contentType };
  }

  /** Keys of all documents, in the order in which they came. */
  get keys(): readonly string[] {
    return [...this.#documents.keys()];
  }

  async temporaryAddress(key: string, fileName: string): Promise<string> {
    return `${this.#origin}/stored/${key.split('/').map(encodeURIComponent).join('/')}?name=${encodeURIComponent(fileName)}`;
  }

  async uploadForm(
    key: string,
    limits: { readonly maximumBytes: number; readonly contentTypes: readonly string[] },
    successRedirect: string,
  ): Promise<{ readonly address: string; readonly fields: Readonly<Record<string, string>> }> {
    return {
      address: `${this.#origin}/upload/${key.split('/').map(encodeURIComponent).join('/')}`,
      fields: {
        key,
        maximumBytes: String(limits.maximumBytes),
        success_action_redirect: successRedirect,
      },
    };
  }

  /** Takes what a browser sends to the address of an upload form: `multipart/form-data`. */
  async receiveUpload(request: {
    readonly contentType: string;
    readonly body: Uint8Array;
  }): Promise<UploadOutcome> {
    let form: FormData;
    try {
      form = await new Response(request.body as Uint8Array<ArrayBuffer>, {
        headers: { 'content-type': request.contentType },
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- no server: one upload of a test or a rehearsal
      }).formData();
    } catch (error) {
      if (error instanceof TypeError) return { status: 400, reason: 'not a form with a file' };
      throw error;
    }
    const [file, key, location] = ['file', 'key', 'success_action_redirect'].map((name) => form.get(name));
    if (!(file instanceof Blob) || typeof key !== 'string' || typeof location !== 'string')
      return { status: 400, reason: 'a field of the form is missing' };
    if (file.size > Number(form.get('maximumBytes')))
      return { status: 413, reason: 'the file is larger than is allowed' };
    await this.put(key, new Uint8Array(await file.arrayBuffer()), 'binary/octet-stream');
    return { status: 303, location };
  }
}
