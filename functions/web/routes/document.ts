import { needsCode as thingNeedsCode } from '../../../shared/domain/confirmation.ts';
import type { StoredDocument } from '../../../shared/domain/cycle.ts';
import type { Partnership, Person } from '../../../shared/domain/partnership.ts';
import { askForDocument } from '../../../shared/stages/answers.ts';
import { askForCode } from '../../../shared/stages/confirmations.ts';
import { cycleOfDocument, isExport } from '../../../shared/stages/document-keys.ts';
import { isSubstitute } from '../../../shared/stages/people.ts';
import type { AnswerDesk } from '../../../shared/stages/workplace.ts';
import type { PartnershipLink } from '../../../shared/store/links.ts';
import { toInstant } from '../../../shared/time/calendar.ts';
import { tokenHash } from '../../../shared/web-links/link-maker.ts';
import { confirmSection, noMoreCodes } from '../confirming.ts';
import type { Form } from '../forms/form.ts';
import type { Response, Visit } from '../http.ts';
import { redirect } from '../http.ts';
import { formView, page } from '../kinds/kind.ts';
import type { Reply } from '../kinds/kind.ts';
import type { Entry } from '../senders.ts';
import type { SiteParts } from '../site-parts.ts';
import { openLinks } from './request.ts';

/** A document that somebody wants, and where they are. */
interface Download {
  readonly desk: AnswerDesk;
  readonly partnership: Partnership;
  readonly person: Person;
  readonly document: Pick<StoredDocument, 'key' | 'fileName'>;
  /** The cycle with which it is forgotten that somebody fetched it; without one nothing is given that is written down. */
  readonly cycle: string | undefined;
  /** Path of the page behind which it is. */
  readonly place: string;
  /** The part of the path after that. */
  readonly section: string;
}

/** Documents behind links. */
export const documentRoute = ({ deps, html, notFound, fromSender, confirming }: SiteParts) => {
  /** The pages on the way to a document, and one with one button, which does something for the link's own person. */
  const downloadPages = (
    visit: Visit,
    entry: Entry,
    { partnership, person, place, document: { fileName } }: Download,
  ) => {
    const shown = (reply: Reply, { isKnown }: Entry): Response => {
      if (reply === 'no-such-section') return notFound(visit);
      if ('goTo' in reply) return redirect(`${visit.root}${place}${reply.goTo}`);
      const frame = { self: `${visit.root}${place}`, asksWho: isKnown ? '' : person.name, person, fileName };
      return html(visit, { ...reply, context: { ...frame, ...reply.context } }, { partnership });
    };
    const asking = (template: string, status: number, form?: Form): Reply =>
      page(template, { form: formView(form?.values ?? {}, '', form?.senderFaults ?? []) }, status);
    const oneButton = (template: string, status: number, act: () => Promise<Reply>): Promise<Response> =>
      visit.method === 'POST'
        ? fromSender(visit, entry, person.name, place, async (form, by) =>
            shown(form.senderFaults.length > 0 ? asking(template, 400, form) : await act(), by),
          )
        : Promise.resolve(shown(asking(template, status), entry));
    return { shown, oneButton };
  };

  /** A document that is there: at once, or, where it is an export, with a code. */
  const fetched = async (visit: Visit, entry: Entry, download: Download): Promise<Response> => {
    const { desk, partnership, person, document, cycle, place, section } = download;
    const { key, fileName } = document;
    const { shown, oneButton } = downloadPages(visit, entry, download);
    const address = (): Promise<string> => desk.documents.temporaryAddress(key, fileName);
    if (!isExport(key) || !thingNeedsCode(partnership.confirmByCode, 'exports'))
      return section === '' && visit.method !== 'POST' ? redirect(await address(), 302) : notFound(visit);
    if (cycle === undefined) return notFound(visit);
    if (section === '')
      return oneButton('export', 200, async () => {
        const isOnItsWay = await askForCode(desk, {
          link: tokenHash(entry.token),
          person: person.id,
          what: 'exports',
          about: key,
          cycle,
          body: '-',
          form: {},
        });
        return isOnItsWay
          ? { goTo: `/${confirmSection}` }
          : noMoreCodes({ what: 'exports', section: confirmSection });
      });
    if (section !== confirmSection) return notFound(visit);
    return confirming(visit, entry, {
      desk,
      about: key,
      section: confirmSection,
      person,
      elsewhere: place,
      show: shown,
      complete: async (_form, by) => shown(page('export', { address: await address() }), by),
    });
  };

  /** A document: at once, or with a code; where its link has expired, a new one is emailed to the address on record. */
  const documentPage = async (visit: Visit, link: PartnershipLink, entry: Entry): Promise<Response> => {
    const { target, partnership: id } = link;
    const [, , section = '', ...more] = visit.path;
    if (target.to !== 'document' || more.length > 0) return notFound(visit);
    const desk = deps.deskFor(id);
    const [partnership, person] = await Promise.all([
      desk.directory.partnership(),
      desk.directory.person(target.person),
    ]);
    const { key, fileName } = target;
    const gone = (await desk.documents.describe(key)) === undefined;
    const expired = toInstant(deps.clock.now()) >= link.expiresAt;
    // Substitutes are none of the partnership's people: there is no address on record for a code or another link.
    if (person === undefined)
      return !isSubstitute(target.person) ||
        expired ||
        gone ||
        isExport(key) ||
        section !== '' ||
        visit.method === 'POST'
        ? notFound(visit)
        : redirect(await desk.documents.temporaryAddress(key, fileName), 302);
    const download: Download = {
      desk,
      partnership,
      person,
      document: { key, fileName },
      cycle: cycleOfDocument(key),
      place: `document/${entry.id}`,
      section,
    };
    const { shown, oneButton } = downloadPages(visit, entry, download);
    if (expired) {
      if (section === openLinks && visit.query.has('sent')) return shown(page('links-sent', {}), entry);
      if (gone) return shown(page('document-expired', { gone }, 410), entry);
      return oneButton('document-expired', 410, async () => {
        await askForDocument(desk, id, person.id, { key, fileName });
        return { goTo: `/${openLinks}?sent` };
      });
    }
    return gone ? notFound(visit) : fetched(visit, entry, download);
  };

  return { documentPage, fetched };
};
