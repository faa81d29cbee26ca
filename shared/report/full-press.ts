import { deflated, stored, zipOf } from '../documents/zip.ts';
import type { Documents } from '../store/documents.ts';
import { csvOf } from './csv.ts';
import type { DataTable } from './data-tables.ts';
import type { ReportDocument } from './document.ts';
import { htmlOf } from './html.ts';
import { pdfOf } from './pdf.ts';
import { contentTypes, type FileEnding, type Form, formsOf, type Press, type Publication } from './press.ts';
import { endingOf, volumesOf } from './volumes.ts';
import { wordOf } from './word.ts';
import { workbookOf } from './workbook.ts';

/** A form of a publication in one file; volumes and CSV files in a zip. */
export interface Printed {
  readonly ending: FileEnding;
  readonly body: Uint8Array;
}

const makers = { pdf: pdfOf, docx: wordOf } as const;

const volumes = async (document: ReportDocument, form: 'pdf' | 'docx'): Promise<Uint8Array> => {
  const files: Uint8Array[] = [];
  for (const volume of volumesOf(document)) files.push(await makers[form](volume));
  const [only] = files;
  if (only !== undefined && files.length === 1) return only;
  return zipOf(
    files.map((file, index) => stored(`volume-${String(index + 1).padStart(2, '0')}.${form}`, file)),
  );
};

const csvFiles = (tables: readonly DataTable[]): Uint8Array =>
  zipOf(csvOf(tables).map(({ fileName, content }) => deflated(fileName, content)));

const bodyOf = async ({ document, tables }: Publication, form: Form): Promise<Uint8Array> => {
  switch (form) {
    case 'html':
      return Buffer.from(htmlOf(document));
    case 'pdf':
    case 'docx':
      return volumes(document, form);
    case 'xlsx':
      return workbookOf(tables, document.madeAt);
    case 'csv':
      return csvFiles(tables);
  }
};

/** @throws {Error} when the form cannot be made, saying why */
export const printForm = async (publication: Publication, form: Form): Promise<Printed> => ({
  ending: endingOf(publication, form),
  body: await bodyOf(publication, form),
});

/**
 * A press that makes every form at once, one after another.
 * @param failed hears of a form that could not be made
 */
export const fullPress = (documents: Documents, failed: (form: Form, error: unknown) => void): Press => ({
  async publish(publication, name) {
    const made: FileEnding[] = [];
    for (const form of formsOf(publication)) {
      let printed: Printed;
      try {
        printed = await printForm(publication, form);
      } catch (error) {
        if (form === 'html') throw error;
        failed(form, error);
        continue;
      }
      await documents.put(`${name}.${printed.ending}`, printed.body, contentTypes[printed.ending]);
      made.push(printed.ending);
    }
    return made;
  },
});
