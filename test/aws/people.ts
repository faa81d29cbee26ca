/** The people of a partnership on a local AWS: they read their emails, open the links in them, and answer over HTTP. */

import { setTimeout as passTime } from 'node:timers/promises';

import PostalMime from 'postal-mime';

import { answerBy, errorsOf } from '../../rehearsal/members/answers.ts';
import { Browser } from '../../rehearsal/members/browser.ts';
import { codeIn } from '../../rehearsal/members/letters.ts';
import { randomOf } from '../../rehearsal/members/random.ts';
import type { Request } from '../../shared/domain/request.ts';
import type { Workplace } from '../../shared/stages/workplace.ts';
import type { Links } from '../../shared/store/links.ts';
import { toInstant, workingCalendar } from '../../shared/time/calendar.ts';
import type { Clock } from '../../shared/time/clock.ts';
import { tokenHash } from '../../shared/web-links/link-maker.ts';
import type { LocalAws } from './ministack.ts';
import { visitOverHttp } from './site-over-http.ts';

export interface PeopleParts {
  readonly aws: LocalAws;
  /** Where the pages are served, for a client on this machine. */
  readonly base: string;
  /** Where the links say that they are. */
  readonly origin: string;
  readonly clock: Clock;
  readonly links: Pick<Links, 'find'>;
  readonly place: Pick<Workplace, 'cycles' | 'directory' | 'requests'>;
  /** What a person does about a request at its first sight: answers it, or leaves it alone. */
  readonly doesAnswer: (request: Request) => boolean;
}

const longestWaitForCode = 20_000;

const linkPattern = /\/answer\/([\w-]{43})/g;

/** The smallest thing that counts as a PDF. */
const somePdf = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
  'latin1',
);

export class People {
  readonly #parts: PeopleParts;
  readonly #browser: Browser;
  readonly #seen = new Set<string>();
  #emailsRead = 0;
  /** Tokens by the id of the request that they open. */
  readonly tokens = new Map<string, string>();
  readonly answered: string[] = [];
  /** Codes that have been typed in. */
  readonly #codes = new Set<string>();

  constructor(parts: PeopleParts) {
    this.#parts = parts;
    this.#browser = new Browser(visitOverHttp(parts.base), parts.origin);
  }

  /** Reads what has come since, and answers what is asked there. Returns the number of answers. */
  async readAndAnswer(): Promise<number> {
    const { aws, links, place, doesAnswer } = this.#parts;
    const waiting: { readonly token: string; readonly request: Request }[] = [];
    for (const { raw } of aws.mail.slice(this.#emailsRead)) {
      this.#emailsRead += 1;
      const email = await PostalMime.parse(raw);
      for (const [, token = ''] of (email.text ?? '').matchAll(linkPattern)) {
        if (this.#seen.has(token)) continue;
        this.#seen.add(token);
        const link = await links.find(tokenHash(token));
        if (link?.target.to !== 'request') continue;
        this.tokens.set(link.target.request, token);
        const request = await place.requests.get(link.target.request);
        if (request?.state === 'open' && doesAnswer(request)) waiting.push({ token, request });
      }
    }
    const atOnce = 4;
    for (let at = 0; at < waiting.length; at += atOnce)
      await Promise.all(
        waiting.slice(at, at + atOnce).map(async ({ token, request }) => this.answer(token, request)),
      );
    return waiting.length;
  }

  /** Answers a request by its page, as its person would. */
  async answer(token: string, request: Request): Promise<void> {
    const { clock, place } = this.#parts;
    const address = `/answer/${token}`;
    const calendar = workingCalendar('Europe/London');
    const page =
      request.kind === 'minutes'
        ? await this.#handInMinutes(address)
        : await answerBy[request.kind]({
            browser: this.#browser,
            address,
            random: randomOf(request.id),
            cycle: await place.cycles.known(request.cycle),
            today: calendar.dateOf(toInstant(clock.now())),
            calendar,
            smooth: true,
            code: () => this.#codeFor(request.person),
          });
    if (page.status !== 200) throw new Error(`${request.id} was not taken: ${errorsOf(page)}`);
    this.answered.push(request.id);
  }

  /** The code in the newest email to a person that has one; it is sent by a function of its own, a moment later. */
  async #codeFor(person: string): Promise<string> {
    const { aws, place } = this.#parts;
    const address = (await place.directory.person(person))?.email;
    const deadline = performance.now() + longestWaitForCode;
    for (;;) {
      for (const { raw } of aws.mail.toReversed()) {
        const email = await PostalMime.parse(raw);
        const code = codeIn(email.text ?? '');
        if (code === '' || email.to?.[0]?.address !== address || this.#codes.has(code)) continue;
        this.#codes.add(code);
        return code;
      }
      if (performance.now() > deadline) throw new Error(`no code has come for ${person}`);
      await passTime(200);
    }
  }

  /** Uploads the minutes as a file, straight to the documents, and hands them in with key messages. */
  async #handInMinutes(address: string): ReturnType<Browser['open']> {
    const page = await this.#browser.open(address);
    const form = page.document.querySelector('form[enctype="multipart/form-data"]');
    if (form === null) throw new Error('the page of the minutes has no form for a file');
    const upload = new FormData();
    for (const field of form.querySelectorAll('input[type="hidden"]'))
      upload.set(field.getAttribute('name') ?? '', field.getAttribute('value') ?? '');
    upload.set('file', new Blob([somePdf], { type: 'application/pdf' }), 'minutes.pdf');
    const stored = await fetch(form.getAttribute('action') ?? '', {
      method: 'POST',
      body: upload,
      redirect: 'manual',
    });
    const back = stored.headers.get('location');
    if (stored.status !== 303 || back === null)
      throw new Error(`the upload was answered with ${String(stored.status)}: ${await stored.text()}`);
    const { pathname, searchParams } = new URL(back);
    const after = await this.#browser.open(`${pathname}?upload=${searchParams.get('upload') ?? ''}`);
    return this.#browser.send(after, { keyMessages: 'Attendance is up\nWaits are too long' }, 'keyMessages');
  }
}
