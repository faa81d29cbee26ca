import type { Partnership } from '../../shared/domain/partnership.ts';
import { isLinkId } from './door.ts';
import type { Response, Visit } from './http.ts';
import { htmlResponse } from './http.ts';
import type { PageReply } from './kinds/kind.ts';
import { renderPage } from './render.ts';
import type { SiteDependencies } from './site-dependencies.ts';

/** What the frame of a page shows of a partnership; none is known where no link was opened. */
export interface Frame {
  readonly partnership: Partnership | null;
}

/** Makes responses of pages, in the frame that all of them have. */
export interface Frames {
  readonly html: (visit: Visit, reply: PageReply, frame?: Frame) => Response;
  /** A page that needs no partnership. */
  readonly plain: (visit: Visit, page: string, status: number, context?: object) => Response;
  readonly notFound: (visit: Visit) => Response;
}

/** @param assets the files that pages use; the address of the style sheet has its hash */
export const framesOf = (assets: SiteDependencies['assets']): Frames => {
  const stylesheet = `assets/${assets['site.css']?.hash ?? '-'}/site.css`;

  const html = (
    visit: Visit,
    { page, status, context, formTargets }: PageReply,
    { partnership }: Frame = { partnership: null },
  ): Response =>
    htmlResponse(
      status,
      renderPage(page, {
        partnership,
        zone: partnership?.zone ?? 'Europe/London',
        root: visit.root,
        // Whose rules the page on privacy tells of.
        privacy: `${visit.root}privacy${isLinkId(visit.path[1] ?? '') ? `?link=${visit.path[1] ?? ''}` : ''}`,
        stylesheet: `${visit.root}${stylesheet}`,
        form: null,
        ...context,
      }),
      formTargets,
    );

  const plain = (visit: Visit, page: string, status: number, context: object = {}): Response =>
    html(visit, { page: `${page}.njk`, status, context: { ...context } });

  return { html, plain, notFound: (visit) => plain(visit, 'not-found', 404) };
};
