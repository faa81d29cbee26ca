/** How simulated people answer each kind of request: by opening the page of their link, and sending its form. */
import type { HTMLElement } from 'node-html-parser';

import type { Cycle } from '../../shared/domain/cycle.ts';
import type { RequestKind } from '../../shared/domain/request.ts';
import type { IsoDate, WorkingCalendar } from '../../shared/time/calendar.ts';
import { addDays, later } from '../../shared/time/calendar.ts';
import type { Browser, Page } from './browser.ts';
import type { Random } from './random.ts';
import * as words from './words.ts';

/** What a simulated person knows when answering. */
export interface Occasion {
  readonly browser: Browser;
  /** Path of the request's page. */
  readonly address: string;
  readonly random: Random;
  readonly cycle: Cycle;
  readonly today: IsoDate;
  readonly calendar: WorkingCalendar;
  /** Whether everything goes smoothly: nobody apologises, sends back or moves a meeting. */
  readonly smooth: boolean;
  /** The code in the newest email that has one. */
  readonly code: () => Promise<string>;
}

type Fields = Record<string, string | readonly string[]>;

const valuesOf = (page: Page, selector: string): readonly string[] =>
  page.document
    .querySelectorAll(selector)
    .map((element: HTMLElement) => element.getAttribute('value') ?? '')
    .filter((value) => value !== '');

const dayFields = (prefix: string, date: IsoDate): Fields => ({
  [`${prefix}-day`]: String(Number(date.slice(8))),
  [`${prefix}-month`]: String(Number(date.slice(5, 7))),
  [`${prefix}-year`]: date.slice(0, 4),
});

/** Whether a page takes an answer still. */
const isOpen = (page: Page): boolean =>
  page.status === 200 && page.document.querySelector('form[method="post"]') !== null;

const attendance = async ({ browser, address, random, smooth }: Occasion): Promise<Page> => {
  const page = await browser.open(address);
  if (!isOpen(page)) return page;
  const draw = smooth ? 0 : random.next();
  if (draw < 0.76) return browser.send(page, { response: 'attending' });
  if (draw < 0.9) return browser.send(page, { response: 'apologies' });
  return browser.send(page, {
    response: 'substitute',
    substituteName: random.pick(['Jo Smith', 'Sam Okafor', 'Chris Patel']),
    substituteEmail: `substitute.${String(random.between(100, 999))}@example.org`,
  });
};

/** A working day of the window, not too early for the members to be reminded. */
const chosenDay = ({ cycle, today, calendar, random }: Occasion): IsoDate => {
  const first = later(calendar.addWorkingDays(today, 8), cycle.moments.firstMeetingDay);
  const last = cycle.moments.lastMeetingDay;
  const days: IsoDate[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) if (calendar.isWorkingDay(day)) days.push(day);
  return days.length === 0 ? last : random.pick(days);
};

const meetingDate = async (occasion: Occasion): Promise<Page> => {
  const { browser, address, random } = occasion;
  const page = await browser.open(address);
  if (!isOpen(page)) return page;
  return browser.send(
    page,
    {
      ...dayFields('date', chosenDay(occasion)),
      start: '10am',
      end: '12pm',
      venue: random.pick(words.venues),
      link: '',
    },
    'venue',
  );
};

const minutes = async ({ browser, address, random, smooth }: Occasion): Promise<Page> => {
  const page = await browser.open(address);
  if (!isOpen(page)) return page;
  const messages = smooth
    ? words.keyMessages
    : words.keyMessages.slice(0, random.between(2, words.keyMessages.length));
  return browser.send(page, { keyMessages: messages.join('\n') }, 'keyMessages');
};

/** What the page says that a figure does, so that nobody writes the opposite beside it. */
const movementIn = (figure: string): keyof typeof words.commentary =>
  figure.includes('improving')
    ? 'improving'
    : figure.includes('worsening')
      ? 'worsening'
      : figure.includes('before:')
        ? 'level'
        : 'unknown';

/** The fields that each section of a return is filled with; none: the section is left as it is. */
const sectionFields: Readonly<Record<string, (page: Page, occasion: Occasion) => Fields | null>> = {
  meeting: () => ({ held: 'yes', notHeldReason: '' }),
  attendance: (page, { random }) => {
    const fields: Fields = {};
    const unticked = page.document.querySelectorAll('input[type="radio"]').reduce((names, input) => {
      const name = input.getAttribute('name') ?? '';
      return names.set(name, (names.get(name) ?? false) || input.hasAttribute('checked'));
    }, new Map<string, boolean>());
    const names = [...unticked.keys()].filter((name) => name.endsWith('-presence'));
    for (const name of names)
      if (unticked.get(name) === false) fields[name] = random.chance(0.3) ? 'present' : 'absent';
    // The co-ordinator was there, at least.
    const isThere = (value: string): boolean => value === 'present' || value === 'substitute';
    const known = page.document
      .querySelectorAll('input[type="radio"][checked]')
      .map((input) => input.getAttribute('value') ?? '');
    const [first] = names;
    if (first !== undefined && ![...known, ...Object.values(fields).map(String)].some(isThere))
      fields[first] = 'present';
    return fields;
  },
  indicators: (page, { random, today }) => ({
    ...localFields(page, random, today),
    ...Object.fromEntries(
      page.document.querySelectorAll('textarea').map((area) => {
        const name = area.getAttribute('name') ?? '';
        const figure = page.document.querySelector(`[id="${name}-hint"]`)?.textContent ?? '';
        return [name, random.pick(words.commentary[movementIn(figure)])];
      }),
    ),
  }),
  achievements: (page, { random }) => finding(page, 'achievement', random.pick(words.achievements), random),
  concerns: (page, { random }) => finding(page, 'concern', random.pick(words.concerns), random),
  escalations: (_page, { random, smooth }) => {
    if (!smooth && random.chance(0.6)) return null;
    const { issue, ask } = random.pick(words.escalations);
    return { 'escalation-1-issue': issue, 'escalation-1-ask': ask };
  },
  safeguarding: (_page, { random, smooth }) =>
    !smooth && random.chance(0.75) ? null : { 'matter-1-text': random.pick(words.safeguardingMatters) },
  messages: (_page, { random, smooth }) => ({
    localHwbMessage: random.pick(words.localHwbMessages),
    cspMessage: smooth || random.chance(0.4) ? random.pick(words.cspMessages) : '',
  }),
  actions: (page, occasion) => actionFields(page, occasion),
  grants: (page, occasion) => grantFields(page, occasion),
  membership: () => null,
};

/** The figures of the LCPG's own indicators: of the last whole quarter, most of the time. */
const localFields = (page: Page, random: Random, today: IsoDate): Fields => {
  const fields: Fields = {};
  const quarter = Math.floor((Number(today.slice(5, 7)) - 1) / 3);
  const year = Number(today.slice(0, 4)) - (quarter === 0 ? 1 : 0);
  const month = ((quarter + 3) % 4) * 3 + 1;
  const from = `${String(year)}-${String(month).padStart(2, '0')}-01`;
  const next =
    month === 10 ? `${String(year + 1)}-01-01` : `${String(year)}-${String(month + 3).padStart(2, '0')}-01`;
  for (const input of page.document.querySelectorAll('input[name^="local-"][name$="-value"]')) {
    if (random.chance(0.15)) continue;
    const name = input.getAttribute('name') ?? '';
    const prefix = name.replace(/-value$/, '');
    fields[name] = String(random.between(30, 60));
    Object.assign(fields, dayFields(`${prefix}-from`, from), dayFields(`${prefix}-to`, addDays(next, -1)));
  }
  return fields;
};

/** What becomes of the open grants, and now and then a new request. */
const grantFields = (page: Page, { random, today, calendar }: Occasion): Fields => {
  const fields: Fields = {};
  for (const input of page.document.querySelectorAll('input[name^="held-"][name$="-grant"]')) {
    const prefix = (input.getAttribute('name') ?? '').replace(/-grant$/, '');
    const chosen = page.document
      .querySelector(`input[name="${prefix}-state"][checked]`)
      ?.getAttribute('value');
    const legend =
      page.document.querySelector(`input[name="${prefix}-state"]`)?.closest('fieldset')?.textContent ?? '';
    const asked = Number(/£([\d,]+) requested/.exec(legend)?.[1]?.replaceAll(',', '') ?? '500');
    if (chosen === 'awarded') {
      if (!random.chance(0.5)) continue;
      fields[`${prefix}-state`] = 'closed';
      fields[`${prefix}-outcome`] = random.pick(words.grantOutcomes);
    } else if (random.chance(0.6)) {
      fields[`${prefix}-state`] = 'awarded';
      fields[`${prefix}-awarded`] = String(random.chance(0.6) ? asked : Math.ceil(asked / 200) * 100);
      Object.assign(
        fields,
        dayFields(`${prefix}-review`, calendar.addWorkingDays(today, random.between(30, 90))),
      );
    } else fields[`${prefix}-state`] = random.pick(['requested', 'refused']);
  }
  if (random.chance(0.4)) {
    fields['grant-1-purpose'] = random.pick(words.grantPurposes);
    fields['grant-1-amount'] = String(random.between(5, 30) * 100);
  }
  return fields;
};

/** The indicators of a list of choices that a finding goes with. */
const indicatorsOf = (page: Page, name: string, { about }: words.Finding): readonly string[] =>
  page.document
    .querySelectorAll(`select[name="${name}"] option`)
    .filter((option) => about?.test(option.textContent) === true)
    .map((option) => option.getAttribute('value') ?? '');

const finding = (page: Page, prefix: string, found: words.Finding, random: Random): Fields => {
  const indicators = indicatorsOf(page, `${prefix}-1-indicator`, found);
  return {
    [`${prefix}-1-text`]: found.text,
    ...(indicators.length === 0 ? {} : { [`${prefix}-1-indicator`]: random.pick(indicators) }),
  };
};

const actionFields = (page: Page, { random, today, calendar }: Occasion): Fields => {
  const fields: Fields = {};
  for (const input of page.document.querySelectorAll('input[type="radio"][value="done"]'))
    if (random.chance(0.5)) fields[input.getAttribute('name') ?? ''] = 'done';
  // The first row that is still empty takes the new action.
  const free = page.document
    .querySelectorAll('textarea, input')
    .find(
      (field) =>
        /^action-\d+-description$/.test(field.getAttribute('name') ?? '') &&
        (field.getAttribute('value') ?? field.textContent).trim() === '',
    );
  const prefix = free?.getAttribute('name')?.replace(/-description$/, '');
  if (prefix === undefined) return fields;
  const owners = valuesOf(page, `select[name="${prefix}-owner"] option`);
  if (owners.length === 0) return fields;
  const action = random.pick(words.actions);
  const indicators = indicatorsOf(page, `${prefix}-indicator`, action);
  return {
    ...fields,
    [`${prefix}-description`]: action.text,
    [`${prefix}-owner`]: random.pick(owners),
    ...(indicators.length === 0 ? {} : { [`${prefix}-indicator`]: random.pick(indicators) }),
    ...dayFields(`${prefix}-due`, calendar.addWorkingDays(today, random.between(10, 45))),
  };
};

const groupReturn = async (occasion: Occasion): Promise<Page> => {
  const { browser, address } = occasion;
  const start = await browser.open(address);
  if (start.status !== 200) return start;
  for (const [section, fieldsOf] of Object.entries(sectionFields)) {
    const page = await browser.open(`${start.address}/${section}`);
    const fields = isOpen(page) ? fieldsOf(page, occasion) : null;
    if (fields === null) continue;
    const saved = await browser.send(page, fields);
    if (saved.status !== 200)
      throw new Error(`section ${section} of the return at ${address} was refused: ${errorsOf(saved)}`);
  }
  const check = await browser.open(`${start.address}/check`);
  return isOpen(check) ? browser.send(check, {}) : check;
};

/** What a page says is wrong. */
export const errorsOf = (page: Page): string =>
  page.document
    .querySelectorAll('.govuk-error-summary li')
    .map((item) => item.textContent.trim())
    .join('; ') || `status ${String(page.status)}`;

/** Types in the code from the email, where a page asks for one. */
export const withCode = async (
  page: Page,
  { browser, code }: Pick<Occasion, 'browser' | 'code'>,
): Promise<Page> =>
  page.document.querySelector('input[autocomplete="one-time-code"]') === null
    ? page
    : browser.send(page, { code: await code() });

const signOff = async (occasion: Occasion): Promise<Page> => {
  const { browser, address, random, smooth } = occasion;
  const page = await browser.open(address);
  if (!isOpen(page)) return page;
  return !smooth && random.chance(0.1)
    ? browser.send(page, { verdict: 'send-back', comment: random.pick(words.sendBackComments) })
    : withCode(await browser.send(page, { verdict: 'sign' }), occasion);
};

const summary = async (occasion: Occasion): Promise<Page> => {
  const { browser, address } = occasion;
  const page = await browser.open(address);
  return isOpen(page) ? withCode(await browser.send(page, { do: 'approve' }), occasion) : page;
};

const representatives = async ({ browser, address, random }: Occasion): Promise<Page> => {
  const page = await browser.open(address);
  if (!isOpen(page)) return page;
  const candidates = [...valuesOf(page, 'input[name="people"]')];
  const people: string[] = [];
  while (people.length < 2 && candidates.length > 0)
    people.push(...candidates.splice(random.between(0, candidates.length - 1), 1));
  return browser.send(page, { people });
};

const actionUpdate = async ({ browser, address, random, smooth }: Occasion): Promise<Page> => {
  const page = await browser.open(address);
  if (!isOpen(page)) return page;
  const draw = smooth ? 0 : random.next();
  const state = draw < 0.6 ? 'done' : draw < 0.95 ? 'open' : 'dropped';
  return browser.send(page, { state, [`${state}Note`]: words.actionNotes[state] });
};

const boardAnswers = async ({ browser, address, random }: Occasion): Promise<Page> => {
  const page = await browser.open(address);
  if (!isOpen(page)) return page;
  return browser.send(
    page,
    Object.fromEntries(
      page.document
        .querySelectorAll('textarea')
        .map((area) => [area.getAttribute('name') ?? '', random.pick(words.boardAnswers)]),
    ),
  );
};

const receipt = async ({ browser, address }: Occasion): Promise<Page> => {
  const page = await browser.open(address);
  return isOpen(page) ? browser.send(page, {}) : page;
};

/** How each kind of request is answered. */
export const answerBy: Readonly<Record<RequestKind, (occasion: Occasion) => Promise<Page>>> = {
  minutes,
  'meeting-date': meetingDate,
  attendance,
  return: groupReturn,
  'return-signoff': signOff,
  'chairs-summary': summary,
  representatives,
  'action-update': actionUpdate,
  'board-answers': boardAnswers,
  'report-receipt': receipt,
};
