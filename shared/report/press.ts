import type { DataTable } from './data-tables.ts';
import type { ReportDocument } from './document.ts';

/** A document, and the tables of data behind it, which may be none. */
export interface Publication {
  readonly document: ReportDocument;
  readonly tables: readonly DataTable[];
}

/** The forms that a publication can have; those of data where it has tables. */
export const forms = ['html', 'pdf', 'docx', 'xlsx', 'csv'] as const;
export type Form = (typeof forms)[number];

/** What its files end with: PDF and Word are zips where there are several volumes, CSV files always. */
export type FileEnding = 'html' | 'pdf' | 'pdf.zip' | 'docx' | 'docx.zip' | 'xlsx' | 'csv.zip';

export const contentTypes: Readonly<Record<FileEnding, string>> = {
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  'pdf.zip': 'application/zip',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'docx.zip': 'application/zip',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'csv.zip': 'application/zip',
};

/** The forms of a publication. */
export const formsOf = ({ tables }: Publication): readonly Form[] =>
  tables.length === 0 ? ['html', 'pdf', 'docx'] : forms;

/** Makes the forms of publications, and keeps them in a store of documents. */
export interface Press {
  /**
   * Keeps the publication under `name` and the ending of each form, and says which there are. The page is always there;
   * another form that cannot be made is left out, and whoever looks after the press hears of it.
   * @throws {Error} when the page cannot be made, or a form not be kept
   */
  publish(publication: Publication, name: string): Promise<readonly FileEnding[]>;
}

/** The press of those who make no documents. */
export const noPress: Press = {
  publish: ({ document: { title } }) =>
    Promise.reject(new Error(`nobody makes “${title}” here: this function has no press`)),
};
