/** The documents store: minutes, packs and reports. S3 on AWS, versioned. */
export interface Documents {
  put(key: string, body: Uint8Array | string, contentType: string): Promise<void>;
  /**
   * Undefined when there is none.
   * @param part only the beginning of a document, for looking at what it is
   */
  get(
    key: string,
    part?: { readonly firstBytes: number },
  ): Promise<{ readonly body: Uint8Array; readonly contentType: string } | undefined>;
  /** Removes documents; those that are not there are no fault. */
  remove(keys: readonly string[]): Promise<void>;
  /** Removes all documents whose keys begin so. */
  removeUnder(prefix: string): Promise<void>;
  /** Size and type without the body. Undefined when there is none. */
  describe(key: string): Promise<{ readonly bytes: number; readonly contentType: string } | undefined>;
  /** An address from which a browser can fetch the document for a few minutes, under a file name. */
  temporaryAddress(key: string, fileName: string): Promise<string>;
  /**
   * What a browser's form needs to upload one file straight to the store, past the web function. The file field has to
   * come last and be called `file`.
   */
  uploadForm(
    key: string,
    limits: { readonly maximumBytes: number; readonly contentTypes: readonly string[] },
    successRedirect: string,
  ): Promise<{ readonly address: string; readonly fields: Readonly<Record<string, string>> }>;
}
