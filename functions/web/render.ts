import { templates } from '#templates/pages';

import { templateEnvironment } from '../../shared/templates/environment.ts';

const environment = templateEnvironment(templates, { autoescape: true });

/** A page as HTML. What people typed is escaped by the templates. */
export const renderPage = (template: string, context: object): string =>
  environment.render(template, context).trim();
