import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';

import { checkDocument, mostDocumentBytes } from '../../../shared/documents/check-document.ts';

const zip = (names: readonly string[]): Uint8Array =>
  zipSync(Object.fromEntries(names.map((name) => [name, strToU8(`<x name="${name}"/>`)])));
const odt = (names: readonly string[] = []): Uint8Array =>
  zipSync({
    mimetype: [strToU8('application/vnd.oasis.opendocument.text'), { level: 0 }],
    'content.xml': strToU8('<office:document-content/>'),
    ...Object.fromEntries(names.map((name) => [name, strToU8('x')])),
  });
const pdf = (content: string): Buffer => Buffer.from(`%PDF-1.7\n${content}\n%%EOF\n`, 'latin1');
/** A compound file as far as it is looked at: its signature, and the names of entries. */
const compound = (...names: readonly string[]): Buffer =>
  Buffer.concat([
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    ...names.map((name) => Buffer.from(`${name}\0`, 'utf16le')),
  ]);

describe('a document', () => {
  it.each([
    ['a PDF', pdf('1 0 obj<</Type/Catalog>>endobj'), 'pdf'],
    ['a PDF whose header stands a little way in', Buffer.concat([Buffer.alloc(300), pdf('')]), 'pdf'],
    ['a Word file', zip(['[Content_Types].xml', 'word/document.xml', 'word/media/vbar.png']), 'docx'],
    ['an OpenDocument text', odt(), 'odt'],
    ['an old Word file', compound('Root Entry', 'WordDocument'), 'doc'],
  ])('is taken as %s', async (_name, bytes, extension) => {
    expect((await checkDocument(bytes)).type?.extension).toBe(extension);
  });

  it.each([
    ['nothing', new Uint8Array(), 'empty'],
    ['more than 20 MB', new Uint8Array(mostDocumentBytes + 1), '20 MB'],
    ['a program', Buffer.from('MZ this is a program'), 'must be a PDF'],
    ['a web page', Buffer.from('<html><script>alert(1)</script></html>'), 'must be a PDF'],
    ['a spreadsheet', zip(['xl/workbook.xml']), 'must be a PDF'],
    ['an old spreadsheet', compound('Workbook'), 'must be a PDF'],
    ['any other zip', zip(['minutes.pdf', 'word/']), 'must be a PDF'],
    ['half a zip', zip(['word/document.xml']).subarray(0, 60), 'damaged'],
    ['a Word file with macros', zip(['word/document.xml', 'word/vbaProject.bin']), 'macros'],
    ['a Word file with controls', zip(['word/document.xml', 'word/activeX/activeX1.bin']), 'macros'],
    ['an OpenDocument text with macros', odt(['Basic/Standard/Module1.xml']), 'macros'],
    ['an old Word file with macros', compound('WordDocument', 'Macros'), 'macros'],
    ['a Word file with a password', compound('EncryptedPackage'), 'password'],
    ['a PDF with a password', pdf('trailer<</Encrypt 5 0 R>>'), 'password'],
    ['a PDF with a script', pdf('<</S /JavaScript /JS (app.alert(1))>>'), 'script'],
    ['a PDF with a hidden script', pdf('<</S /J#61va#53cript>>'), 'script'],
    ['a PDF that starts a program', pdf('<</S/Launch/F(cmd.exe)>>'), 'script'],
  ])('is refused that is %s', async (_name, bytes, why) => {
    const checked = await checkDocument(bytes);
    expect(checked.type).toBeUndefined();
    expect(checked.refusal).toContain(why);
  });

  it('of whatever bytes is checked without a fault', async () => {
    const beginning = fc.constantFrom('', '%PDF-', 'PK\u0003\u0004', 'PK\u0005\u0006');
    await fc.assert(
      fc.asyncProperty(beginning, fc.uint8Array({ maxLength: 400 }), async (start, rest) => {
        const { type, refusal } = await checkDocument(Buffer.concat([Buffer.from(start, 'latin1'), rest]));
        expect(type === undefined).toBe(refusal !== undefined);
      }),
    );
  });
});
