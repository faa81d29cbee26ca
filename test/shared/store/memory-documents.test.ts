import { describe, expect, it } from 'vitest';

import { MemoryDocuments } from '../../../shared/store/memory-documents.ts';

const origin = 'http://localhost:3000';

describe('documents in memory', () => {
  it('are kept as they were given', async () => {
    const documents = new MemoryDocuments(origin);
    const bytes = new Uint8Array([1, 2, 3]);
    await documents.put('a', bytes, 'application/pdf');
    bytes[0] = 9;
    expect(await documents.get('a')).toEqual({
      body: new Uint8Array([1, 2, 3]),
      contentType: 'application/pdf',
    });
    expect((await documents.get('a', { firstBytes: 2 }))?.body).toEqual(new Uint8Array([1, 2]));
    expect(await documents.describe('a')).toEqual({ bytes: 3, contentType: 'application/pdf' });
    expect(await documents.describe('b')).toBeUndefined();
    expect(await documents.temporaryAddress('a/b c', 'ü.pdf')).toBe(
      `${origin}/stored/a/b%20c?name=%C3%BC.pdf`,
    );
  });

  it('are taken from a browser within their limits', async () => {
    const documents = new MemoryDocuments(origin);
    const send = async (size: number, leaveOut = '') => {
      const { fields } = await documents.uploadForm(
        'k',
        { maximumBytes: 10, contentTypes: [] },
        `${origin}/back`,
      );
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) if (name !== leaveOut) form.append(name, value);
      form.append('file', new Blob(['x'.repeat(size)]));
      const sent = new Response(form);
      return documents.receiveUpload({
        contentType: sent.headers.get('content-type') ?? '',
        body: new Uint8Array(await sent.arrayBuffer()),
      });
    };
    expect(await send(10)).toEqual({ status: 303, location: `${origin}/back` });
    expect(documents.keys).toEqual(['k']);
    expect(await send(11)).toMatchObject({ status: 413 });
    expect(await send(1, 'key')).toMatchObject({ status: 400 });
    expect(
      await documents.receiveUpload({ contentType: 'text/plain', body: new Uint8Array() }),
    ).toMatchObject({
      status: 400,
    });
  });
});
