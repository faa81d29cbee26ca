import { NotAccepted } from '../../../shared/stages/answers.ts';
import { cycleOfDocument } from '../../../shared/stages/document-keys.ts';
import { maySee } from '../../../shared/stages/progress.ts';
import { calendarOf } from '../../../shared/stages/workplace.ts';
import { Conflict } from '../../../shared/store/cycles/deed.ts';
import type { PartnershipLink } from '../../../shared/store/links.ts';
import { toInstant } from '../../../shared/time/calendar.ts';
import type { Response, Visit } from '../http.ts';
import { redirect } from '../http.ts';
import type { Reply } from '../kinds/kind.ts';
import { archivedDocument } from '../progress/archive.ts';
import type { Looking } from '../progress/progress-pages.ts';
import { mayAnswer, showProgress, takeProgress } from '../progress/progress-pages.ts';
import type { Entry } from '../senders.ts';
import type { SiteParts } from '../site-parts.ts';
import type { documentRoute } from './document.ts';
import type { requestRoute } from './request.ts';

/** The progress pages, and what is reached from them: answers written down for others, and the archive. */
export const progressRoute = (
  { deps, html, plain, notFound, fromSender }: SiteParts,
  { requestPage }: ReturnType<typeof requestRoute>,
  { fetched }: ReturnType<typeof documentRoute>,
) => {
  /** How far a cycle has come, as far as the link's scope goes, and what is done from there. */
  const progress = async (visit: Visit, link: PartnershipLink, entry: Entry): Promise<Response> => {
    const { target } = link;
    if (target.to !== 'progress') return notFound(visit);
    const desk = deps.deskFor(link.partnership);
    const [partnership, person, cycle] = await Promise.all([
      desk.directory.partnership(),
      desk.directory.person(target.person),
      desk.cycles.get(target.cycle),
    ]);
    if (person === undefined || cycle === undefined) return notFound(visit);
    const now = toInstant(deps.clock.now());
    if (now >= link.expiresAt || !(await maySee(desk, partnership, target.scope, person.id)))
      return html(visit, { page: 'progress-closed.njk', status: 410, context: { person } }, { partnership });
    const path = visit.path.slice(2);
    const home = `progress/${entry.id}`;
    const self = [home, ...path.map(encodeURIComponent)].join('/');
    const looking: Looking = {
      desk,
      partnership,
      cycle,
      scope: target.scope,
      person,
      now,
      today: calendarOf(partnership).dateOf(now),
      path,
      query: visit.query,
    };
    if (path[0] === 'request') {
      const request = path.length > 3 ? undefined : await desk.requests.get(path[1] ?? '');
      if (request === undefined || !mayAnswer(looking, request)) return notFound(visit);
      return requestPage(visit, link, entry, {
        id: request.id,
        place: `${home}/request/${encodeURIComponent(request.id)}`,
        back: home,
        section: path[2] ?? '',
        recorder: request.person === person.id ? null : person,
      });
    }
    if (path[0] === 'archive' && path.length > 1) {
      const [, set = '', number = '', section = '', ...more] = path;
      const document = more.length > 0 ? undefined : await archivedDocument(looking, set, number);
      if (document === undefined) return notFound(visit);
      const place = `${home}/archive/${set}/${number}`;
      const kept = cycleOfDocument(document.key) ?? cycle.id;
      return fetched(visit, entry, { desk, partnership, person, document, cycle: kept, place, section });
    }
    const frame = (isKnown: boolean) => ({
      person,
      base: `${visit.root}${home}`,
      self: `${visit.root}${self}`,
      asksWho: isKnown ? '' : person.name,
    });
    const shown = (reply: Reply, isKnown: boolean): Response => {
      if (reply === 'no-such-section') return notFound(visit);
      if ('goTo' in reply) return redirect(`${visit.root}${home}${reply.goTo}`);
      return html(visit, { ...reply, context: { ...frame(isKnown), ...reply.context } }, { partnership });
    };
    if (visit.method !== 'POST') return shown(await showProgress(looking), entry.isKnown);
    return fromSender(visit, entry, person.name, home, async (form, { isKnown }) => {
      try {
        return shown(await takeProgress(looking, form), isKnown);
      } catch (error) {
        // Answered, handed over or chased by somebody else meanwhile: the page tells how it stands now.
        if (error instanceof Conflict || error instanceof NotAccepted) return plain(visit, 'busy', 409);
        throw error;
      }
    });
  };

  return { progress };
};
