/** A kind of file that is taken as a document. */
export interface DocumentType {
  readonly extension: 'pdf' | 'docx' | 'odt' | 'doc';
  readonly contentType: string;
}

export const documentTypes: readonly DocumentType[] = [
  { extension: 'pdf', contentType: 'application/pdf' },
  {
    extension: 'docx',
    contentType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  },
  { extension: 'odt', contentType: 'application/vnd.oasis.opendocument.text' },
  { extension: 'doc', contentType: 'application/msword' },
];

/** The largest document that is taken. */
export const mostDocumentBytes = 20 * 1024 * 1024;

/** What a file is, or in a sentence for its sender why it is not taken. */
export type CheckedDocument =
  | { readonly type: DocumentType; readonly refusal?: never }
  | { readonly type?: never; readonly refusal: string };

const refusals = {
  empty: 'The file is empty: choose another',
  large: 'The file must be 20 MB or smaller',
  unknown: 'The file must be a PDF, Word or OpenDocument text (ODT) file',
  damaged: 'The file is damaged: save it again and send it once more',
  macros: 'The file contains macros: save it without them, in Word as a “Word document (.docx)”',
  scripts: 'The file contains a script: print it to a PDF and send that',
  locked: 'The file is protected by a password: save it without one',
} as const;

const typeOf = (extension: DocumentType['extension']): CheckedDocument => {
  const type = documentTypes.find((one) => one.extension === extension);
  return type === undefined ? { refusal: refusals.unknown } : { type };
};

/** Why a file of this size is not taken, whatever is in it. */
export const refusalOfSize = (bytes: number): string | undefined =>
  bytes === 0 ? refusals.empty : bytes > mostDocumentBytes ? refusals.large : undefined;

/** Finds a PDF name, of which any sign may be written as `#` and two hexadecimal digits. ISO 32000-1, 7.3.5. */
const pdfName = (name: string): RegExp =>
  new RegExp(
    `/${Array.from(name, (sign) => `(?:${sign}|#${sign.charCodeAt(0).toString(16)})`).join('')}(?![A-Za-z0-9])`,
    'i',
  );
const pdfScripts = [pdfName('JavaScript'), pdfName('Launch')];
const pdfLocked = pdfName('Encrypt');

const checkPdf = (bytes: Buffer): CheckedDocument => {
  const text = bytes.toString('latin1');
  if (pdfScripts.some((name) => name.test(text))) return { refusal: refusals.scripts };
  return pdfLocked.test(text) ? { refusal: refusals.locked } : typeOf('pdf');
};

/** Entries of a compound file are named in UTF-16. [MS-CFB] 2.6.1. */
const entry = (name: string): Buffer => Buffer.from(`${name}\0`, 'utf16le');

const checkCompound = (bytes: Buffer): CheckedDocument => {
  if (bytes.includes(entry('EncryptedPackage'))) return { refusal: refusals.locked };
  if (!bytes.includes(entry('WordDocument'))) return { refusal: refusals.unknown };
  return bytes.includes(entry('_VBA_PROJECT')) || bytes.includes(entry('Macros'))
    ? { refusal: refusals.macros }
    : typeOf('doc');
};

const openDocumentText = 'application/vnd.oasis.opendocument.text';

const checkZip = async (bytes: Buffer): Promise<CheckedDocument> => {
  // Its library works out tables when it is loaded, which no start should wait for.
  const { zipNames } = await import('./zip-names.ts');
  const names = zipNames(bytes);
  if (names === undefined) return { refusal: refusals.damaged };
  // OpenDocument has its type as the first entry, not compressed. OASIS ODF 1.3, part 2, 3.3.
  const isOpenDocument = bytes
    .subarray(30, 38 + openDocumentText.length + 2)
    .equals(Buffer.from(`mimetype${openDocumentText}PK`));
  if (isOpenDocument)
    return names.some((name) => /^(?:Basic|Scripts)\//.test(name))
      ? { refusal: refusals.macros }
      : typeOf('odt');
  // Word's package has its parts under `word/`.
  if (!names.includes('word/document.xml')) return { refusal: refusals.unknown };
  return names.some((name) => /(?:^|\/)vba\w*\.(?:bin|xml)$|\/activeX\//i.test(name))
    ? { refusal: refusals.macros }
    : typeOf('docx');
};

/**
 * What a file is by its content, whatever its name or its sender says. Nothing is unpacked, and nothing runs: what
 * could run in a reader's hands is refused.
 */
export const checkDocument = async (body: Uint8Array): Promise<CheckedDocument> => {
  const tooMuch = refusalOfSize(body.byteLength);
  if (tooMuch !== undefined) return { refusal: tooMuch };
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  // Readers take a PDF whose header stands a little way in, as some scanners write it.
  if (bytes.subarray(0, 1024).includes('%PDF-')) return checkPdf(bytes);
  if (bytes.subarray(0, 8).equals(Buffer.from('d0cf11e0a1b11ae1', 'hex'))) return checkCompound(bytes);
  if (bytes.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'))) return checkZip(bytes);
  return { refusal: refusals.unknown };
};
