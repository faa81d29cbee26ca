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

/** How much of a file `documentTypeOf` looks at. */
export const firstBytesNeeded = 64 * 1024;

/** What a file is by its content, whatever its name or its sender says; undefined for what is not taken. */
export const documentTypeOf = (beginning: Uint8Array): DocumentType | undefined => {
  const bytes = Buffer.from(beginning.buffer, beginning.byteOffset, beginning.byteLength);
  const is = (extension: DocumentType['extension']): DocumentType | undefined =>
    documentTypes.find((type) => type.extension === extension);
  // Readers take a PDF whose header stands a little way in, as some scanners write it.
  if (bytes.subarray(0, 1024).includes('%PDF-')) return is('pdf');
  if (bytes.subarray(0, 8).equals(Buffer.from('d0cf11e0a1b11ae1', 'hex'))) return is('doc');
  if (!bytes.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'))) return undefined;
  // OpenDocument has its type as the first entry, not compressed. OASIS ODF 1.3, part 2, 3.3.
  if (bytes.subarray(30, 38).equals(Buffer.from('mimetype')))
    return bytes.subarray(38, 38 + 39).equals(Buffer.from('application/vnd.oasis.opendocument.text'))
      ? is('odt')
      : undefined;
  // Word's package has its parts under `word/`; the names of the entries are not compressed.
  return bytes.includes('word/') ? is('docx') : undefined;
};
