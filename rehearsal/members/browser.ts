import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { HTMLElement } from 'node-html-parser';
import { parse } from 'node-html-parser';

/** A page as a simulated person sees it. */
export interface Page {
  readonly status: number;
  /** Path and query that it was found at in the end. */
  readonly address: string;
  /** The markup of the page's main part, read when it is first asked for: most pages are only glanced at. */
  readonly document: HTMLElement;
}

type Visit = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

const mostRedirects = 5;

/** The event that the HTTP API makes of a request. */
export const apiEvent = (
  method: 'GET' | 'POST' | 'HEAD',
  address: string,
  origin: string,
  body?: string,
  cookies: readonly string[] = [],
): APIGatewayProxyEventV2 => {
  const url = new URL(address, origin);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    cookies: [...cookies],
    headers: {
      host: url.host,
      'user-agent': 'rehearsal',
      ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    },
    requestContext: {
      accountId: '000000000000',
      apiId: 'rehearsal',
      domainName: url.host,
      domainPrefix: 'rehearsal',
      http: {
        method,
        path: url.pathname,
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: 'rehearsal',
      },
      requestId: 'rehearsal',
      routeKey: '$default',
      stage: '$default',
      time: '',
      timeEpoch: 0,
    },
    ...(body === undefined ? {} : { body }),
    isBase64Encoded: false,
  };
};

/** A browser without scripts: opens pages of the site, keeps its cookies, and sends forms with some fields filled in. */
export class Browser {
  readonly #visit: Visit;
  readonly #origin: string;
  readonly #cookies = new Map<string, string>();

  constructor(visit: Visit, origin: string) {
    this.#visit = visit;
    this.#origin = origin;
  }

  async open(address: string): Promise<Page> {
    return this.#follow('GET', address, undefined, 0);
  }

  /**
   * Sends a form of the page, by its first button unless another is among the fields.
   * @param fields what is typed, ticked or pressed; a list ticks several boxes
   * @param having name of a field of the form that is meant; else it is the first
   * @throws {Error} when the page has no such form
   */
  async send(
    page: Page,
    fields: Readonly<Record<string, string | readonly string[]>>,
    having?: string,
  ): Promise<Page> {
    const forms = page.document.querySelectorAll('form');
    const form =
      having === undefined
        ? forms.find((candidate) => candidate.getAttribute('method')?.toLowerCase() === 'post')
        : forms.find((candidate) => candidate.querySelector(`[name="${having}"]`) !== null);
    if (form === undefined)
      throw new Error(
        `the page at ${page.address} (${String(page.status)}) has no form${having === undefined ? '' : ` with '${having}'`}`,
      );
    const values = formValues(form);
    const button = form
      .querySelectorAll('button')
      .find((candidate) => candidate.getAttribute('type') !== 'button');
    const pressed = button?.getAttribute('name') ?? '';
    if (pressed !== '') values.append(pressed, button?.getAttribute('value') ?? '');
    // It is opened by the person whom the page is for, who says so where the page asks.
    if (form.querySelector('[name="me"]') !== null) values.set('me', 'yes');
    for (const [name, value] of Object.entries(fields)) {
      values.delete(name);
      for (const one of typeof value === 'string' ? [value] : value) values.append(name, one);
    }
    const action = form.getAttribute('action') ?? '';
    const target = new URL(action === '' ? page.address : action, new URL(page.address, this.#origin));
    return this.#follow('POST', `${target.pathname}${target.search}`, values.toString(), 0);
  }

  #keep(cookie: string): void {
    const [, name = '', value = ''] = /^([^=;]+)=([^;]*)/.exec(cookie) ?? [];
    if (/;\s*Max-Age=0/i.test(cookie)) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }

  async #follow(
    method: 'GET' | 'POST',
    address: string,
    body: string | undefined,
    redirects: number,
  ): Promise<Page> {
    const cookies = [...this.#cookies].map(([name, value]) => `${name}=${value}`);
    const result = await this.#visit(apiEvent(method, address, this.#origin, body, cookies));
    for (const cookie of result.cookies ?? []) this.#keep(cookie);
    const location = result.headers?.['location'] ?? result.headers?.['Location'];
    if (result.statusCode === 303 && typeof location === 'string' && redirects < mostRedirects) {
      const next = new URL(location, new URL(address, this.#origin));
      return this.#follow('GET', `${next.pathname}${next.search}`, undefined, redirects + 1);
    }
    const text =
      result.isBase64Encoded === true
        ? Buffer.from(result.body ?? '', 'base64').toString('utf8')
        : (result.body ?? '');
    let document: HTMLElement | undefined;
    return {
      status: result.statusCode ?? 0,
      address,
      get document() {
        return (document ??= parse(mainOf(text)));
      },
    };
  }
}

/** The part between the page's header and its footer, which nobody reads; all of it where there is no such part. */
const mainOf = (html: string): string => {
  const start = html.indexOf('<main');
  const end = html.indexOf('</main>', start);
  return start < 0 || end < 0 ? html : html.slice(start, end);
};

/** What a browser would send of a form that nobody has touched. */
const formValues = (form: HTMLElement): URLSearchParams => {
  const values = new URLSearchParams();
  for (const field of form.querySelectorAll('input, textarea, select')) {
    const name = field.getAttribute('name');
    if (name === undefined || name === '' || field.hasAttribute('disabled')) continue;
    if (field.tagName === 'TEXTAREA') values.append(name, field.textContent.replace(/^\n/, ''));
    else if (field.tagName === 'SELECT') {
      const options = field.querySelectorAll('option');
      const chosen = options.find((option) => option.hasAttribute('selected')) ?? options[0];
      values.append(name, chosen?.getAttribute('value') ?? '');
    } else {
      const type = field.getAttribute('type') ?? 'text';
      if (type === 'submit' || type === 'button' || type === 'file') continue;
      if ((type === 'radio' || type === 'checkbox') && !field.hasAttribute('checked')) continue;
      values.append(name, field.getAttribute('value') ?? '');
    }
  }
  return values;
};
