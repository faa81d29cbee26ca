import type { FieldFault } from '../../../shared/domain/timetable.ts';

export type { FieldFault } from '../../../shared/domain/timetable.ts';

/** What a form gave: the answer, or every fault of it, each with its field. */
export type Parsed<Value> =
  | { readonly value: Value; readonly faults?: never }
  | { readonly value?: never; readonly faults: readonly FieldFault[] };

const mostFields = 2_000;

/** The field in which people say that they are the person whom the page is for. */
export const senderField = 'me';
/** A field that nobody sees, and that stays empty. */
const trapField = 'website';

/** Control characters other than tab and line break: nobody types them, and they spoil emails and files. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const controlCharacters = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u2028\u2029]/g;

const cleaned = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(controlCharacters, '')
    .replace(/[^\S\n]+$/gm, '')
    .trim();

/** The fields of a form as they were typed, made clean. A field that is not there is empty. */
export class Form {
  readonly #fields = new Map<string, string[]>();
  readonly #asksWho: string | null;

  /** @param asksWho the name of the person who has to say that it is them; null once a browser has said so */
  constructor(fields: Iterable<readonly [string, string]>, asksWho: string | null) {
    this.#asksWho = asksWho;
    let count = 0;
    for (const [name, value] of fields) {
      if ((count += 1) > mostFields) break;
      const values = this.#fields.get(name);
      if (values === undefined) this.#fields.set(name, [cleaned(value)]);
      else values.push(cleaned(value));
    }
  }

  static ofBody(body: string, asksWho: string | null): Form {
    return new Form(new URLSearchParams(body), asksWho);
  }

  /**
   * Why a form cannot come from the person whom it is for. Programs that try links fill in whatever there is, take the
   * first choice or none, and press the button: they say nothing that only the reader of the page would say.
   */
  get senderFaults(): readonly FieldFault[] {
    if (this.has(trapField) && this.text(trapField) !== '')
      return [{ field: trapField, message: 'Leave the field at the end empty: it is there for programs' }];
    if (this.#asksWho === null || this.line(senderField) === 'yes') return [];
    return [{ field: senderField, message: `Select whether you are ${this.#asksWho}` }];
  }

  /** A field's text, lines kept. */
  text(name: string): string {
    return this.#fields.get(name)?.[0] ?? '';
  }

  /** A field's text on one line. */
  line(name: string): string {
    return this.text(name).replace(/\s+/g, ' ');
  }

  /** Every value of a field, such as of ticked boxes. */
  list(name: string): readonly string[] {
    return this.#fields.get(name) ?? [];
  }

  has(name: string): boolean {
    return this.#fields.has(name);
  }

  /** The numbers n for which a field `<prefix>-<n>-…` is there, rising. */
  numbers(prefix: string): readonly number[] {
    const start = `${prefix}-`;
    const found = new Set<number>();
    for (const name of this.#fields.keys()) {
      if (!name.startsWith(start)) continue;
      const number = /^(\d{1,3})-/.exec(name.slice(start.length))?.[1];
      if (number !== undefined) found.add(Number(number));
    }
    return [...found].sort((one, other) => one - other);
  }

  /** What was typed, by field, to show it again. */
  get values(): Readonly<Record<string, string>> {
    return Object.assign(
      Object.create(null) as Record<string, string>,
      Object.fromEntries([...this.#fields].map(([name, [value = '']]) => [name, value])),
    );
  }
}

/** Gathers the faults of a form while its fields are read. There is no value without a sender who said who they are. */
export class Faults {
  readonly #faults: FieldFault[] = [];
  readonly #form: Form;

  constructor(form: Form) {
    this.#form = form;
  }

  add(field: string, message: string): void {
    this.#faults.push({ field, message });
  }

  /** Reads a text that has to be there. */
  required(form: Form, field: string, message: string): string {
    const text = form.text(field);
    if (text === '') this.add(field, message);
    return text;
  }

  /** Refuses a text that is too long. */
  atMost(form: Form, field: string, characters: number, what: string): void {
    if (form.text(field).length > characters)
      this.add(field, `${what} must be ${characters.toLocaleString('en-GB')} characters or fewer`);
  }

  /** The value when there is no fault. The value is only built then. */
  orValue<Value>(value: () => Value): Parsed<Value> {
    return this.any ? { faults: this.all } : { value: value() };
  }

  get any(): boolean {
    return this.all.length > 0;
  }

  get all(): readonly FieldFault[] {
    return [...this.#faults, ...this.#form.senderFaults];
  }
}

/** Paragraphs or lines of a text, each on one line; bullets that people type in front are taken off. */
export const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.replace(/^\s*(?:[-*•·–]|\d{1,2}[.)])\s+/, '').trim())
    .filter((line) => line !== '');

/** One of a list of words, or undefined. */
export const oneOf = <Word extends string>(words: readonly Word[], text: string): Word | undefined =>
  words.find((word) => word === text);

/** Whether a text can be an email address: one at sign, a dot in the domain, nothing that could end a header. */
export const isEmailAddress = (text: string): boolean =>
  text.length <= 254 && /^[^\s@<>(),;:"\\]+@[^\s@<>(),;:"\\]+\.[^\s@<>(),;:"\\.]{2,}$/.test(text);

/** A day given as day, month and year in `<name>-day` and so on: ISO, null when left empty, undefined when it is none. */
export const dayOf = (form: Form, name: string): string | null | undefined => {
  const [day, month, year] = ['day', 'month', 'year'].map((part) => form.line(`${name}-${part}`));
  if (day === '' && month === '' && year === '') return null;
  if (!/^\d{1,2}$/.test(day ?? '') || !/^\d{4}$/.test(year ?? '')) return undefined;
  const number = monthNumber(month ?? '');
  if (number === undefined) return undefined;
  const iso = `${year ?? ''}-${String(number).padStart(2, '0')}-${(day ?? '').padStart(2, '0')}`;
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : undefined;
};

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** A month as people write it: a number, or its name. */
const monthNumber = (text: string): number | undefined => {
  if (/^\d{1,2}$/.test(text)) return Number(text) >= 1 && Number(text) <= 12 ? Number(text) : undefined;
  const at = months.indexOf(text.slice(0, 3).toLowerCase());
  return /^[a-z]{3,9}$/i.test(text) && at >= 0 ? at + 1 : undefined;
};

/** The fields of a day, to fill a form with. */
export const dayValues = (name: string, day: string | null): Readonly<Record<string, string>> =>
  day === null
    ? {}
    : {
        [`${name}-day`]: String(Number(day.slice(8, 10))),
        [`${name}-month`]: String(Number(day.slice(5, 7))),
        [`${name}-year`]: day.slice(0, 4),
      };

/** A time of day as people write it (`9:30`, `09.30`, `9.30am`, `2pm`, `1400`, `midday`) as `HH:MM`; undefined when it is none. */
export const timeOf = (text: string): string | undefined => {
  const plain = text.toLowerCase().replace(/\s+/g, '');
  if (plain === 'midday' || plain === 'noon') return '12:00';
  const match = /^(\d{1,2})(?:[:.]?(\d{2}))?(am|pm|a\.m\.|p\.m\.)?$/.exec(plain);
  if (match === null) return undefined;
  const [, hourText = '', minuteText = '00', half] = match;
  let hour = Number(hourText);
  if (half === undefined) {
    // A bare number such as `9` could be morning or evening: it has to be said.
    if (match[2] === undefined) return undefined;
  } else {
    if (hour < 1 || hour > 12) return undefined;
    hour = (hour % 12) + (half.startsWith('p') ? 12 : 0);
  }
  if (hour > 23 || Number(minuteText) > 59) return undefined;
  return `${String(hour).padStart(2, '0')}:${minuteText}`;
};

/** A message that names days as `YYYY-MM-DD`, with the days in words. */
export const daysInWords = (message: string, inWords: (day: string) => string): string =>
  message.replace(/\d{4}-\d{2}-\d{2}/g, inWords);
