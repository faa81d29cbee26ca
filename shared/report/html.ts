import { templates } from '#templates/report';

import { templateEnvironment } from '../templates/environment.ts';
import { ratingMarks, plainText, type ReportDocument } from './document.ts';

const environment = templateEnvironment(templates, {
  autoescape: true,
  filters: { plainText },
  globals: { ratingMarks },
});

/** A document as a standalone, accessible page: no script, nothing from outside. */
export const htmlOf = (document: ReportDocument): string => environment.render('document.njk', { document });
