import type { Person } from '../../shared/domain/partnership.ts';
import type { AnswerDesk } from '../../shared/stages/workplace.ts';
import { tokenHash } from '../../shared/web-links/link-maker.ts';
import { showCodePage, takeCode } from './confirming.ts';
import type { Door } from './door.ts';
import { Form, senderField } from './forms/form.ts';
import type { Response, Visit } from './http.ts';
import { redirect } from './http.ts';
import type { Reply } from './kinds/kind.ts';

/** How a browser came in. */
export interface Entry {
  /** What the link is called in addresses. */
  readonly id: string;
  readonly token: string;
  /** Whether somebody said in that browser that they are the person whom the link is for. */
  readonly isKnown: boolean;
}

/** What is done only when a code for it has been typed in. */
export interface Confirmable {
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

/** Takes forms from the people whom the links are for. */
export interface Senders {
  /** What is sent counts only from who says, once in a browser, that the link is for them. */
  readonly fromSender: (
    visit: Visit,
    entry: Entry,
    name: string,
    elsewhere: string,
    act: (form: Form, entry: Entry) => Promise<Response>,
  ) => Promise<Response>;
  /** Where the code for what was pressed is typed in, or another is asked for. */
  readonly confirming: (visit: Visit, entry: Entry, confirmable: Confirmable) => Promise<Response>;
}

/** @param door keeps in the browser who said that a link is for them */
export const sendersOf = (door: Door): Senders => {
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

  return { fromSender, confirming };
};
