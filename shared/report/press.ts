import type { Documents } from '../store/documents.ts';
import type { ReportDocument } from './document.ts';

/** What a document's files end with: PDF and Word are zips where there are several volumes. */
export const fileEndings = ['html', 'pdf', 'pdf.zip', 'docx', 'docx.zip'] as const;
export type FileEnding = (typeof fileEndings)[number];

/** The forms beside the page. */
export type PrintedForm = 'pdf' | 'docx';

export const contentTypes: Readonly<Record<FileEnding, string>> = {
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  'pdf.zip': 'application/zip',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'docx.zip': 'application/zip',
};

/** Makes the forms of a document, and keeps them. */
export interface Press {
  /**
   * Keeps the document under `name` and the ending of each form, and says which there are. The page is always there; a
   * PDF or Word file that cannot be made is left out, and whoever looks after the press hears of it.
   * @throws {Error} when the page cannot be made, or a form not be kept
   */
  publish(document: ReportDocument, name: string, documents: Documents): Promise<readonly FileEnding[]>;
}

/** The press of those who make no documents. */
export const noPress: Press = {
  publish: ({ title }) =>
    Promise.reject(new Error(`nobody makes “${title}” here: this function has no press`)),
};
