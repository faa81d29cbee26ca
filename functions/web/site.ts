import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

import type { ConfirmedThing } from '../../shared/domain/confirmation.ts';
import { needsCode as thingNeedsCode } from '../../shared/domain/confirmation.ts';
import type { StoredDocument } from '../../shared/domain/cycle.ts';
import type { Partnership, Person } from '../../shared/domain/partnership.ts';
import {
  askForDocument,
  askForOpenLinks,
  attendanceOf,
  giveUpAsSubstitute,
  isOfEarlierTime,
  isOfPastMeeting,
  mostCorrectionsADay,
  NotAccepted,
  registerCorrection,
  substituteIn,
  takesAnswer,
} from '../../shared/stages/answers.ts';
import { askForCode, otherAddressField } from '../../shared/stages/confirmations.ts';
import { cycleOfDocument, isExport } from '../../shared/stages/document-keys.ts';
import { isSubstitute } from '../../shared/stages/people.ts';
import { maySee } from '../../shared/stages/progress.ts';
import type { AnswerDesk } from '../../shared/stages/workplace.ts';
import { confirmOtherAddress } from '../../shared/stages/other-addresses.ts';
import { calendarOf } from '../../shared/stages/workplace.ts';
import { Conflict } from '../../shared/store/cycles/deed.ts';
import type { Links, PartnershipLink } from '../../shared/store/links.ts';
import { toInstant } from '../../shared/time/calendar.ts';
import type { Clock } from '../../shared/time/clock.ts';
import { isToken, tokenHash } from '../../shared/web-links/link-maker.ts';
import {
  confirmSection,
  keptForm,
  mostKeptBytes,
  noMoreCodes,
  showCodePage,
  takeCode,
} from './confirming.ts';
import { doorOf, isLinkId, linkId } from './door.ts';
import { parseCorrection } from './forms/correction.ts';
import { Form, senderField } from './forms/form.ts';
import type { Response, Visit } from './http.ts';
import { htmlResponse, mostFormBytes, redirect, textResponse, toResult, visitOf } from './http.ts';
import { formView, needsCode, page } from './kinds/kind.ts';
import type { PageReply, Reply, Situation } from './kinds/kind.ts';
import { lastChangeOf } from './kinds/last-change.ts';
import { answerKinds } from './kinds/registry.ts';
import { addressCodeSection, otherAddressSection, showAddresses, takeAddress } from './other-address.ts';
import { archivedDocument } from './progress/archive.ts';
import type { Looking } from './progress/progress-pages.ts';
import { mayAnswer, showProgress, takeProgress } from './progress/progress-pages.ts';
import { renderPage } from './render.ts';

/** A file that pages use: its content by name, named anew whenever it changes, so that browsers may keep it. */
export interface Asset {
  readonly hash: string;
  readonly contentType: string;
  /** The file compressed with gzip, in base64. */
  readonly gzip: string;
}

/** What the site hands on of an error that it does not know: no path, no form, no person. */
export interface SiteError {
  readonly code: 'page-failed';
  /** The route, never the path. */
  readonly route: string;
  readonly error: unknown;
}

export interface SiteDependencies {
  readonly links: Pick<Links, 'find'>;
  readonly deskFor: (partnership: string) => AnswerDesk;
  readonly clock: Clock;
  /** Where the site is, such as `https://lcpg.example.org`, without a slash at the end. */
  readonly origin: string;
  readonly assets: Readonly<Record<string, Asset>>;
  readonly report: (error: SiteError) => void;
}

/** How often an answer is tried when somebody else writes at the very same moment. */
const mostAttempts = 3;

/** How a browser came in. */
interface Entry {
  /** What the link is called in addresses. */
  readonly id: string;
  readonly token: string;
  /** Whether somebody said in that browser that they are the person whom the link is for. */
  readonly isKnown: boolean;
}

/** Where the page of a request stands, and who is at it. */
interface RequestPage {
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

/** What is done only when a code for it has been typed in. */
interface Confirmable {
  readonly desk: AnswerDesk;
  /** Id of the request, key of the document, or the person whose other address it is. */
  readonly about: string;
  /** The part of the link's pages on which the code is typed in. */
  readonly section: string;
  /** Who has the code. */
  readonly person: Person;
  /** Path to where whoever is somebody else is led. */
  readonly elsewhere: string;
  readonly show: (reply: Reply, entry: Entry) => Response;
  /** Does what was pressed for. @param form what was sent then */
  readonly complete: (form: Form, entry: Entry) => Promise<Response>;
}

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

/** What the frame of a page shows of a partnership; none is known where no link was opened. */
interface Frame {
  readonly partnership: Partnership | null;
}

/** The part of a request's page for whoever it is not meant for. */
const notMe = 'not-me';
const addressSections: ReadonlySet<string> = new Set([otherAddressSection, addressCodeSection]);
/** The part of a closed request's page that asks for links to what is open. */
const openLinks = 'links';

const routes = ['answer', 'progress', 'document', 'substitute', 'assets', 'privacy', 'health'] as const;
type Route = (typeof routes)[number];
const takesForms: ReadonlySet<Route> = new Set(['answer', 'progress', 'document', 'substitute']);

/** The public site: pages behind the links of emails. GET and HEAD change nothing, ever. */
export const createSite = (
  deps: SiteDependencies,
): ((event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>) => {
  const stylesheet = `assets/${deps.assets['site.css']?.hash ?? '-'}/site.css`;

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

  const notFound = (visit: Visit): Response => plain(visit, 'not-found', 404);

  const door = doorOf(deps.origin);

  /** Shows what is behind a link. Who comes with its token gets a cookie, and comes again without the token. */
  const behindDoor = async (
    visit: Visit,
    show: (link: PartnershipLink, entry: Entry) => Promise<Response>,
  ): Promise<Response> => {
    const [route = '', key = '', ...rest] = visit.path;
    if (!isToken(key)) {
      const held = door.heldFor(visit, key);
      if (held === undefined)
        return isLinkId(key)
          ? plain(visit, 'no-cookie', 403, { sent: visit.method === 'POST' })
          : notFound(visit);
      const link = await deps.links.find(tokenHash(held.token));
      return link === undefined ? notFound(visit) : show(link, { id: key, ...held });
    }
    if ((await deps.links.find(tokenHash(key))) === undefined) return notFound(visit);
    const path = [route, linkId(key), ...rest.map(encodeURIComponent)].join('/');
    const query = visit.query.size === 0 ? '' : `?${visit.query.toString()}`;
    return { ...redirect(`${visit.root}${path}${query}`), cookies: door.admit(visit, key) };
  };

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

  /** Where the code for what was pressed is typed in, or another is asked for. */
  const confirming = async (
    visit: Visit,
    entry: Entry,
    { desk, about, section, person, elsewhere, show: shown, complete }: Confirmable,
  ): Promise<Response> => {
    const standing = await desk.confirmations.of(tokenHash(entry.token));
    // Nothing waits for a code, or something else does that was pressed later.
    if (standing?.about !== about) return shown({ goTo: '' }, entry);
    if (visit.method !== 'POST') return shown(showCodePage(standing, section, visit.query), entry);
    return fromSender(visit, entry, person.name, elsewhere, async (form, by) => {
      const taken = await takeCode(desk, by.token, section, standing, form);
      return taken instanceof Form ? complete(taken, by) : shown(taken, by);
    });
  };

  /** What is sent counts only from who says, once in a browser, that the link is for them. */
  const fromSender = async (
    visit: Visit,
    entry: Entry,
    name: string,
    elsewhere: string,
    act: (form: Form, entry: Entry) => Promise<Response>,
  ): Promise<Response> => {
    const form = Form.ofBody(visit.body.toString('utf8'), entry.isKnown ? null : name);
    const sender = form.line(senderField);
    // Also after a yes: another window may still ask, and somebody else may sit there now.
    if (sender === 'no' || sender === 'left')
      return {
        ...redirect(`${visit.root}${elsewhere}`),
        cookies: entry.isKnown ? door.admit(visit, entry.token, false) : [],
      };
    if (entry.isKnown || form.senderFaults.length > 0) return act(form, entry);
    // Said once, it need not be said again in that browser.
    const response = await act(form, { ...entry, isKnown: true });
    return { ...response, cookies: door.admit(visit, entry.token, true) };
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

  /** With the rules of the partnership by whose link somebody came; in general where there is none. */
  const privacy = async (visit: Visit): Promise<Response> => {
    if (visit.path.length !== 1) return notFound(visit);
    const held = door.heldFor(visit, visit.query.get('link') ?? '');
    const link = held === undefined ? undefined : await deps.links.find(tokenHash(held.token));
    const partnership =
      link === undefined ? null : await deps.deskFor(link.partnership).directory.partnership();
    return html(visit, { page: 'privacy.njk', status: 200, context: {} }, { partnership });
  };

  const asset = (visit: Visit): Response => {
    const [, hash, name] = visit.path;
    const file =
      visit.path.length === 3 && name !== undefined && Object.hasOwn(deps.assets, name)
        ? deps.assets[name]
        : undefined;
    if (file === undefined) return notFound(visit);
    const gzip = Buffer.from(file.gzip, 'base64');
    return {
      status: 200,
      headers: {
        'content-type': file.contentType,
        'x-content-type-options': 'nosniff',
        // An address of another release gives the file of this one, which no browser may keep under that name.
        'cache-control': hash === file.hash ? 'public, max-age=31536000, immutable' : 'no-store',
        ...(visit.takesGzip ? { 'content-encoding': 'gzip' } : {}),
      },
      body: visit.takesGzip ? gzip : process.getBuiltinModule('node:zlib').gunzipSync(gzip),
    };
  };

  const handlers: Readonly<Record<Route, (visit: Visit) => Response | Promise<Response>>> = {
    answer: (visit) => behindDoor(visit, (link, entry) => answer(visit, link, entry)),
    progress: (visit) => behindDoor(visit, (link, entry) => progress(visit, link, entry)),
    document: (visit) => behindDoor(visit, (link, entry) => documentPage(visit, link, entry)),
    substitute: (visit) => behindDoor(visit, (link, entry) => substitutePage(visit, link, entry)),
    assets: asset,
    privacy,
    health: (visit) => (visit.path.length === 1 ? textResponse(200, 'ok') : notFound(visit)),
  };

  const respond = async (visit: Visit, route: Route | undefined): Promise<Response> => {
    if (route === undefined) return notFound(visit);
    const methods = takesForms.has(route) ? ['GET', 'HEAD', 'POST'] : ['GET', 'HEAD'];
    if (!methods.includes(visit.method)) {
      const response = plain(visit, 'wrong-method', 405);
      return { ...response, headers: { ...response.headers, allow: methods.join(', ') } };
    }
    if (visit.method === 'POST') {
      if (visit.body.length > mostFormBytes) return plain(visit, 'too-large', 413);
      if (visit.contentType !== 'application/x-www-form-urlencoded') return plain(visit, 'not-a-form', 415);
    }
    return handlers[route](visit);
  };

  return async (event) => {
    const visit = visitOf(event);
    const route = routes.find((name) => name === visit.path[0]);
    try {
      return toResult(await respond(visit, route), visit);
    } catch (error) {
      deps.report({ code: 'page-failed', route: route ?? 'none', error });
      return toResult(plain(visit, 'failed', 500), visit);
    }
  };
};
