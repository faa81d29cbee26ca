import type { ConfirmedThing } from '../../../shared/domain/confirmation.ts';
import { needsCode as thingNeedsCode } from '../../../shared/domain/confirmation.ts';
import type { Person } from '../../../shared/domain/partnership.ts';
import {
  askForOpenLinks,
  isOfEarlierTime,
  isOfPastMeeting,
  mostCorrectionsADay,
  NotAccepted,
  registerCorrection,
  takesAnswer,
} from '../../../shared/stages/answers.ts';
import { askForCode, otherAddressField } from '../../../shared/stages/confirmations.ts';
import { confirmOtherAddress } from '../../../shared/stages/other-addresses.ts';
import { calendarOf } from '../../../shared/stages/workplace.ts';
import { Conflict } from '../../../shared/store/cycles/deed.ts';
import type { PartnershipLink } from '../../../shared/store/links.ts';
import { toInstant } from '../../../shared/time/calendar.ts';
import { tokenHash } from '../../../shared/web-links/link-maker.ts';
import { confirmSection, keptForm, mostKeptBytes, noMoreCodes } from '../confirming.ts';
import { parseCorrection } from '../forms/correction.ts';
import { Form } from '../forms/form.ts';
import type { Response, Visit } from '../http.ts';
import { redirect } from '../http.ts';
import { formView, needsCode, page } from '../kinds/kind.ts';
import type { Reply, Situation } from '../kinds/kind.ts';
import { lastChangeOf } from '../kinds/last-change.ts';
import { answerKinds } from '../kinds/registry.ts';
import { addressCodeSection, otherAddressSection, showAddresses, takeAddress } from '../other-address.ts';
import type { Entry } from '../senders.ts';
import type { SiteParts } from '../site-parts.ts';

/** How often an answer is tried when somebody else writes at the very same moment. */
const mostAttempts = 3;

/** Where the page of a request stands, and who is at it. */
export interface RequestPage {
  /** The request's id. */
  readonly id: string;
  /** Its path from the site's root, without the part of the page that is looked at. */
  readonly place: string;
  /** Path of the page that led there; null where it was an email. */
  readonly back: string | null;
  readonly section: string;
  /** Who writes down somebody else's answer; null where the person of the link answers. */
  readonly recorder: Person | null;
  /** Whether the code came for what is answered. */
  readonly confirmed?: true;
}

/** The part of a request's page for whoever it is not meant for. */
const notMe = 'not-me';
const addressSections: ReadonlySet<string> = new Set([otherAddressSection, addressCodeSection]);
/** The part of a closed request's page that asks for links to what is open. */
export const openLinks = 'links';

/** The pages of requests: of the link's own person, and of those who write down somebody else's answer. */
export const requestRoute = ({ deps, html, plain, notFound, fromSender, confirming }: SiteParts) => {
  /** What stands behind the page of a request now; undefined where there is no such request any more. */
  const situationOf = async (
    { id, place, section, recorder, confirmed }: RequestPage,
    visit: Visit,
    link: PartnershipLink,
  ): Promise<Situation | undefined> => {
    const desk = deps.deskFor(link.partnership);
    const [partnership, request] = await Promise.all([desk.directory.partnership(), desk.requests.get(id)]);
    // A request that was handed over is another person's.
    const asked = recorder === null ? link.target.person : request?.person;
    if (request === undefined || request.person !== asked) return undefined;
    const [person, body] = await Promise.all([
      desk.directory.person(request.person),
      desk.directory.body(request.subject.body),
    ]);
    if (person === undefined || body === undefined) return undefined;
    const calendar = calendarOf(partnership);
    const now = toInstant(deps.clock.now());
    return {
      desk,
      partnership,
      calendar,
      request,
      person,
      recorder,
      confirmed: confirmed ?? !thingNeedsCode(partnership.confirmByCode, request.kind),
      way: recorder === null ? 'page' : { recordedBy: recorder.id },
      body,
      now,
      today: calendar.dateOf(now),
      section,
      query: visit.query,
      address: `${deps.origin}/${place}`,
    };
  };

  const answerFrame = (
    visit: Visit,
    { request, person, recorder, body, now, query }: Situation,
    { place, back }: RequestPage,
    { isKnown }: Entry,
  ) => ({
    self: `${visit.root}${place}`,
    back: back === null ? '' : `${visit.root}${back}`,
    kind: request.kind,
    request,
    person,
    recorder,
    body,
    now,
    // Who is asked to say that it is them, before anything that they send counts.
    asksWho: isKnown ? '' : (recorder ?? person).name,
    saved: query.has('saved') ? 'yes' : '',
  });

  const show = (
    visit: Visit,
    situation: Situation,
    at: RequestPage,
    entry: Entry,
    reply: Reply,
  ): Response => {
    if (reply === 'no-such-section') return notFound(visit);
    if ('goTo' in reply) return redirect(`${visit.root}${at.place}${reply.goTo}`);
    const context = { ...answerFrame(visit, situation, at, entry), ...reply.context };
    return html(visit, { ...reply, context }, situation);
  };

  /** The page of a request that takes no answer any longer. Says what was recorded, and offers links to what is open. */
  const closed = async (
    visit: Visit,
    situation: Situation,
    at: RequestPage,
    entry: Entry,
  ): Promise<Response> => {
    const { request, desk } = situation;
    const person = situation.recorder ?? situation.person;
    const asksForLinks = situation.section === openLinks;
    if (asksForLinks && visit.query.has('sent'))
      return show(visit, situation, at, entry, { page: 'links-sent.njk', status: 200, context: {} });
    const form =
      asksForLinks && visit.method === 'POST'
        ? Form.ofBody(visit.body.toString('utf8'), entry.isKnown ? null : person.name)
        : null;
    const faults = form?.senderFaults ?? [];
    if (form !== null && faults.length === 0) {
      await askForOpenLinks(desk, request.partnership, person.id);
      return show(visit, situation, at, entry, { goTo: `/${openLinks}?sent` });
    }
    const moved = await isOfEarlierTime(desk, request);
    const withdrawn = moved || request.state === 'withdrawn';
    const page = withdrawn ? 'withdrawn.njk' : 'closed.njk';
    const recorded = withdrawn ? null : await answerKinds[request.kind].recorded(situation);
    return show(visit, situation, at, entry, {
      page,
      status: faults.length > 0 ? 400 : 410,
      context: {
        recorded,
        moved,
        past: await isOfPastMeeting(desk, request),
        form: formView(form?.values ?? {}, '', faults),
      },
    });
  };

  /** Where somebody tells that the page is not for them, or that something has changed. */
  const correction = async (
    visit: Visit,
    situation: Situation,
    at: RequestPage,
    entry: Entry,
  ): Promise<Response> => {
    if (visit.method !== 'POST') {
      const page = visit.query.has('told') ? 'told.njk' : 'not-me.njk';
      return show(visit, situation, at, entry, { page, status: 200, context: { form: formView({}, '') } });
    }
    const form = Form.ofBody(visit.body.toString('utf8'), null);
    const { value, faults } = parseCorrection(form);
    if (faults !== undefined)
      return show(visit, situation, at, entry, {
        page: 'not-me.njk',
        status: 400,
        context: { form: formView(form.values, '', faults) },
      });
    if (value === null) return show(visit, situation, at, entry, { goTo: '' });
    if (!(await registerCorrection(situation.desk, situation.request, value))) {
      const message = `We have passed on ${String(mostCorrectionsADay)} messages from this page today. Write to ${situation.partnership.contact.email} instead`;
      const context = { form: formView(form.values, '', [{ field: 'what', message }]) };
      return show(visit, situation, at, entry, page('not-me', context, 429));
    }
    return show(visit, situation, at, entry, { goTo: `/${notMe}?told` });
  };

  /** The page of a request, for its person or for somebody who writes their answer down. */
  const requestPage = async (
    visit: Visit,
    link: PartnershipLink,
    entry: Entry,
    at: RequestPage,
  ): Promise<Response> => {
    const first = await situationOf(at, visit, link);
    if (first === undefined) return handedOver(visit, link, at);
    if (addressSections.has(first.section) && first.recorder === null && first.now < link.expiresAt)
      return addressPage(visit, first, at, entry);
    if (first.now >= link.expiresAt || !(await takesAnswer(first.desk, first.request)))
      return closed(visit, first, at, entry);
    if (first.section === notMe)
      return first.recorder === null ? correction(visit, first, at, entry) : notFound(visit);
    const sender = first.recorder ?? first.person;
    const elsewhere = first.recorder === null ? `${at.place}/${notMe}` : (at.back ?? '');
    if (first.section === confirmSection)
      return confirming(visit, entry, {
        desk: first.desk,
        about: first.request.id,
        section: confirmSection,
        person: sender,
        elsewhere,
        show: (reply, by) => show(visit, first, at, by, reply),
        complete: (form, by) =>
          take(visit, link, by, { ...at, section: '', confirmed: true }, { ...first, confirmed: true }, form),
      });
    const kind = answerKinds[first.request.kind];
    if (visit.method !== 'POST') {
      if (first.section === '' && visit.query.has('done') && first.request.state === 'answered') {
        const recorded = await kind.recorded(first);
        return show(visit, first, at, entry, { page: 'done.njk', status: 200, context: { recorded } });
      }
      return show(visit, first, at, entry, await kind.show(first));
    }
    return fromSender(visit, entry, sender.name, elsewhere, (form, now) =>
      take(visit, link, now, at, first, form),
    );
  };

  /** Where somebody says which addresses are theirs besides the one on record, also when the request takes no answer. */
  const addressPage = async (
    visit: Visit,
    situation: Situation,
    at: RequestPage,
    entry: Entry,
  ): Promise<Response> => {
    const { desk, request, person } = situation;
    const elsewhere = `${at.place}/${notMe}`;
    const shown = (reply: Reply, by: Entry): Response => show(visit, situation, at, by, reply);
    if (situation.section === addressCodeSection)
      return confirming(visit, entry, {
        ...{ desk, person, elsewhere, show: shown },
        about: person.id,
        section: addressCodeSection,
        complete: async (form, by) => {
          await confirmOtherAddress(desk, request, form.line(otherAddressField));
          return shown({ goTo: `/${otherAddressSection}?said=confirmed` }, by);
        },
      });
    if (visit.method !== 'POST') return shown(await showAddresses(situation), entry);
    return fromSender(visit, entry, person.name, elsewhere, async (form, by) =>
      shown(await takeAddress(situation, tokenHash(entry.token), form), by),
    );
  };

  /** A page on which two people wrote at once says who the other was. */
  const withLastChange = async (situation: Situation, reply: Reply): Promise<Reply> =>
    typeof reply === 'object' && 'status' in reply && reply.status === 409
      ? { ...reply, context: { ...reply.context, changed: await lastChangeOf(situation) } }
      : reply;

  /** Takes a form, again when somebody else wrote at the very same moment. */
  const take = async (
    visit: Visit,
    link: PartnershipLink,
    entry: Entry,
    at: RequestPage,
    first: Situation,
    form: Form,
  ): Promise<Response> => {
    const kind = answerKinds[first.request.kind];
    for (let attempt = 1, situation: Situation | undefined = first; situation !== undefined; attempt += 1) {
      try {
        const reply = await kind.answer(situation, form);
        if (reply === needsCode) return await press(visit, situation, at, entry, form);
        return show(visit, situation, at, entry, await withLastChange(situation, reply));
      } catch (error) {
        situation = await situationOf(at, visit, link);
        if (error instanceof NotAccepted && situation !== undefined)
          return closed(visit, situation, at, entry);
        if (!(error instanceof Conflict)) throw error;
        if (attempt >= mostAttempts) return plain(visit, 'busy', 409);
      }
    }
    return handedOver(visit, link, at);
  };

  /** Keeps what was answered until its code comes. */
  const press = async (
    visit: Visit,
    situation: Situation,
    at: RequestPage,
    entry: Entry,
    form: Form,
  ): Promise<Response> => {
    const { request, person, desk } = situation;
    const what = request.kind as ConfirmedThing;
    const kept = keptForm(form);
    if (Buffer.byteLength(JSON.stringify(kept)) > mostKeptBytes) return plain(visit, 'too-large', 413);
    const isOnItsWay = await askForCode(desk, {
      link: tokenHash(entry.token),
      person: person.id,
      what,
      about: request.id,
      cycle: request.cycle,
      body: request.subject.body,
      form: kept,
    });
    return show(
      visit,
      situation,
      at,
      entry,
      isOnItsWay ? { goTo: `/${confirmSection}` } : noMoreCodes({ what, section: confirmSection }),
    );
  };

  /** The page of a request whose person is another now; a request that there is not is not found. */
  const handedOver = async (visit: Visit, link: PartnershipLink, { id }: RequestPage): Promise<Response> => {
    const desk = deps.deskFor(link.partnership);
    const request = await desk.requests.get(id);
    const [partnership, person, holder] = await Promise.all([
      desk.directory.partnership(),
      desk.directory.person(link.target.person),
      request === undefined ? undefined : desk.directory.person(request.person),
    ]);
    // Who had it first stands in its id, who had it last in what is noted of the handing over.
    const hadIt =
      request?.handedOver !== undefined &&
      (request.handedOver.from === link.target.person || request.id.endsWith(`~${link.target.person}`));
    if (person === undefined || holder === undefined || person.id === holder.id || !hadIt)
      return notFound(visit);
    const context = { person, holder: holder.name };
    return html(visit, { page: 'handed-over.njk', status: 410, context }, { partnership });
  };

  const answer = async (visit: Visit, link: PartnershipLink, entry: Entry): Promise<Response> => {
    if (visit.path.length > 3 || link.target.to !== 'request') return notFound(visit);
    return requestPage(visit, link, entry, {
      id: link.target.request,
      place: `answer/${entry.id}`,
      back: null,
      section: visit.path[2] ?? '',
      recorder: null,
    });
  };

  return { answer, requestPage };
};
