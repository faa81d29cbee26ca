import type { LogSink } from '../shared/observe/log-catalogue.ts';
import { logError } from '../shared/observe/log-catalogue.ts';
import { fullPress } from '../shared/report/full-press.ts';
import type { Press } from '../shared/report/press.ts';
import type { Documents } from '../shared/store/documents.ts';

/** The press of the functions that make documents: a form that cannot be made is logged, and an alarm hears of it. */
export const pressOf =
  (logger: LogSink) =>
  (documents: Documents): Press =>
    fullPress(documents, (form, error) => {
      logError(logger, 'FORM_NOT_MADE', {
        form,
        // What the typesetter says may quote what people wrote.
        error: error instanceof Error ? error.name : 'unknown',
      });
    });
