import { zipSync } from 'fflate';

import type { ReportDocument } from './document.ts';
import { htmlOf } from './html.ts';
import { pdfOf } from './pdf.ts';
import { contentTypes, type FileEnding, type Press, type PrintedForm } from './press.ts';
import { zipTime } from './reproducible.ts';
import { endingOf, volumesOf } from './volumes.ts';
import { wordOf } from './word.ts';

const makers = { pdf: pdfOf, docx: wordOf } as const;

/** A form of a document in one file, or its volumes in a zip. */
export interface Printed {
  readonly ending: FileEnding;
  readonly body: Uint8Array;
}

/** @throws {Error} when the form cannot be made, saying why */
export const printForm = async (document: ReportDocument, form: PrintedForm): Promise<Printed> => {
  const ending = endingOf(document, form);
  const volumes = volumesOf(document);
  const files: Record<string, Uint8Array> = {};
  let last = new Uint8Array();
  for (const [index, volume] of volumes.entries()) {
    last = Uint8Array.from(await makers[form](volume));
    files[`volume-${String(index + 1).padStart(2, '0')}.${form}`] = last;
  }
  return { ending, body: ending === form ? last : zipSync(files, { mtime: zipTime, level: 0 }) };
};

/**
 * A press that makes every form, one after another.
 * @param failed hears of a form that could not be made
 */
export const fullPress = (failed: (form: PrintedForm, error: unknown) => void): Press => ({
  async publish(document, name, documents) {
    await documents.put(`${name}.html`, htmlOf(document), contentTypes.html);
    const made: FileEnding[] = ['html'];
    for (const form of ['pdf', 'docx'] as const) {
      let printed: Printed;
      try {
        printed = await printForm(document, form);
      } catch (error) {
        failed(form, error);
        continue;
      }
      await documents.put(`${name}.${printed.ending}`, printed.body, contentTypes[printed.ending]);
      made.push(printed.ending);
    }
    return made;
  },
});
