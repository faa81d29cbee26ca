import { templates } from '#templates/rehearsal';

import { templateEnvironment } from '../../shared/templates/environment.ts';
import { shortDate } from '../wording.ts';
import { capital, emailKindName } from './words.ts';

const environment = templateEnvironment(templates, {
  autoescape: true,
  filters: {
    /** "Wed 16 Sep 2026". */
    shortDate,
    /** "16 Sep". */
    dayAndMonth: (day: string) => shortDate(day).split(' ').slice(1, 3).join(' '),
    capital,
    emailKindName: (kind: string) => capital(emailKindName(kind)),
  },
});

/** A page of a rehearsal as HTML. */
export const renderPage = (template: string, context: object): string =>
  `${environment.render(template, context).trim()}\n`;
