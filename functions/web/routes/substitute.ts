import {
  attendanceOf,
  giveUpAsSubstitute,
  substituteIn,
  takesAnswer,
} from '../../../shared/stages/answers.ts';
import type { PartnershipLink } from '../../../shared/store/links.ts';
import type { Form } from '../forms/form.ts';
import type { Response, Visit } from '../http.ts';
import { redirect } from '../http.ts';
import { formView, page } from '../kinds/kind.ts';
import type { Entry } from '../senders.ts';
import type { SiteParts } from '../site-parts.ts';

/** The page of those who come in somebody's place. */
export const substituteRoute = ({ deps, html, notFound, fromSender }: SiteParts) => {
  /** Where somebody who comes in the place of an invited person says that they cannot. */
  const substitutePage = async (visit: Visit, link: PartnershipLink, entry: Entry): Promise<Response> => {
    const { target } = link;
    if (target.to !== 'substitute' || visit.path.length !== 2) return notFound(visit);
    const { request: id, person, name, email } = target;
    const desk = deps.deskFor(link.partnership);
    const [partnership, request, whose] = await Promise.all([
      desk.directory.partnership(),
      desk.requests.get(id),
      desk.directory.person(person),
    ]);
    if (request === undefined || whose === undefined) return notFound(visit);
    const [body, meeting, attendance, isOpen] = await Promise.all([
      desk.directory.body(request.subject.body),
      desk.meetings.get(request.cycle, request.subject.body),
      attendanceOf(desk, request),
      takesAnswer(desk, request),
    ]);
    const comes = isOpen && meeting?.state === 'planned' && substituteIn(attendance, email) !== undefined;
    const place = `${visit.root}substitute/${entry.id}`;
    const shown = (status: number, { isKnown }: Entry, form?: Form): Response =>
      html(
        visit,
        page(
          'substitute',
          {
            ...{ self: place, asksWho: isKnown ? '' : name, name, whose, body, comes },
            meeting: meeting?.time ?? null,
            said: visit.query.has('said'),
            form: formView({}, '', form?.senderFaults ?? []),
          },
          status,
        ),
        { partnership },
      );
    if (visit.method !== 'POST' || !comes) return shown(comes || visit.query.has('said') ? 200 : 410, entry);
    return fromSender(visit, entry, name, `substitute/${entry.id}`, async (form, by) => {
      if (form.senderFaults.length > 0) return shown(400, by, form);
      await giveUpAsSubstitute(desk, request, email);
      return redirect(`${place}?said`);
    });
  };

  return { substitutePage };
};
