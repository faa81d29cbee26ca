import type { Grant, GrantProgress, GrantRequest } from '../../../shared/domain/grant.ts';
import { grantStates } from '../../../shared/domain/grant.ts';
import type { Indicator } from '../../../shared/domain/partnership.ts';
import type { IsoDate } from '../../../shared/time/calendar.ts';
import type {
  Action,
  ActionItem,
  EscalationItem,
  Finding,
  LocalFigure,
  Presence,
  ReturnContent,
  ReturnSection,
} from '../../../shared/domain/return.ts';
import { dayOf, dayValues, Faults, oneOf } from './form.ts';
import type { Form, Parsed } from './form.ts';

/** What a return is filled in against. */
export interface ReturnSetting {
  /** Everybody who may have been there, and may own an action. */
  readonly members: readonly { readonly id: string; readonly name: string; readonly organisation: string }[];
  readonly indicators: readonly { readonly id: string; readonly name: string }[];
  /** Ids of the indicators of which the group is asked to write: see `asksForCommentary`. */
  readonly commented: readonly string[];
  /** The actions that were open before the meeting. */
  readonly openActions: readonly Pick<Action, 'id' | 'description'>[];
  /** The grants that were open before the meeting. */
  readonly openGrants: readonly Pick<
    Grant,
    'id' | 'purpose' | 'requested' | 'state' | 'awarded' | 'reviewDate' | 'outcome'
  >[];
  /** The indicators of the LCPG's own of which it is asked for a figure. */
  readonly localIndicators: readonly Pick<Indicator, 'id' | 'name' | 'unit' | 'decimals'>[];
  /** Its other own indicators: their figures are published, and not typed. */
  readonly publishedIndicators: readonly Pick<Indicator, 'id' | 'name' | 'source'>[];
  readonly today: IsoDate;
}

/** One section of a return: from content to fields, and back. */
export interface SectionForm {
  values(content: ReturnContent, setting: ReturnSetting): Readonly<Record<string, string>>;
  parse(form: Form, content: ReturnContent, setting: ReturnSetting): Parsed<Partial<ReturnContent>>;
}

export const presences: readonly Presence[] = ['present', 'apologies', 'substitute', 'absent'];
const actionStates = ['open', 'done', 'dropped'] as const;
const mostItems = 40;
const mostCharacters = 4_000;
/** Well below what one stored item can hold. */
const mostCharactersInAll = 150_000;

const text = (form: Form, faults: Faults, field: string, what: string): string => {
  faults.atMost(form, field, mostCharacters, what);
  return form.text(field);
};

const knownIndicator = (form: Form, field: string, setting: ReturnSetting): string | null => {
  const given = form.line(field);
  return setting.indicators.some(({ id }) => id === given) ? given : null;
};

/** The numbers of a list's items that were filled in, in any of the fields. */
const filled = (form: Form, faults: Faults, prefix: string, fields: readonly string[]): readonly number[] => {
  const numbers = form
    .numbers(prefix)
    .filter((number) => fields.some((field) => form.text(`${prefix}-${String(number)}-${field}`) !== ''));
  const [first] = numbers;
  if (numbers.length > mostItems && first !== undefined)
    faults.add(`${prefix}-${String(first)}-${fields[0] ?? ''}`, `Enter ${String(mostItems)} or fewer`);
  return numbers;
};

const numbered = (
  prefix: string,
  items: readonly Readonly<Record<string, string>>[],
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    items.flatMap((item, at) =>
      Object.entries(item).map(([field, value]) => [`${prefix}-${String(at + 1)}-${field}`, value]),
    ),
  );

const findings = (list: 'achievements' | 'concerns', prefix: string, what: string): SectionForm => ({
  values: (content) =>
    numbered(
      prefix,
      content[list].map((finding) => ({ text: finding.text, indicator: finding.indicator ?? '' })),
    ),
  parse: (form, _content, setting) => {
    const faults = new Faults(form);
    const found = filled(form, faults, prefix, ['text']).map((number): Finding => {
      const field = `${prefix}-${String(number)}`;
      return {
        text: text(form, faults, `${field}-text`, what),
        indicator: knownIndicator(form, `${field}-indicator`, setting),
      };
    });
    return faults.orValue(() => ({ [list]: found }));
  },
});

const meeting: SectionForm = {
  values: (content) => ({
    held: content.held === null ? '' : content.held ? 'yes' : 'no',
    notHeldReason: content.notHeldReason,
  }),
  parse: (form) => {
    const faults = new Faults(form);
    const held = oneOf(['yes', 'no'], form.line('held'));
    if (held === undefined) faults.add('held', 'Select whether the meeting was held');
    const notHeldReason = held === 'no' ? text(form, faults, 'notHeldReason', 'The reason') : '';
    if (held === 'no' && notHeldReason === '')
      faults.add('notHeldReason', 'Enter why the meeting was not held');
    return faults.orValue(() => ({ held: held === 'yes', notHeldReason }));
  },
};

/** A meeting that was held had somebody of the members at it, or somebody in their place. */
const nobodyWasThere = (attendance: ReturnContent['attendance']): boolean =>
  !attendance.some(({ presence }) => presence === 'present' || presence === 'substitute');

const attendance: SectionForm = {
  values: (content, setting) => ({
    ...numbered(
      'attendance',
      setting.members.map(({ id }) => ({
        person: id,
        presence: content.attendance.find(({ person }) => person === id)?.presence ?? '',
      })),
    ),
    othersPresent: content.othersPresent,
  }),
  parse: (form, content, setting) => {
    const faults = new Faults(form);
    const given = new Map<string, Presence>();
    for (const number of form.numbers('attendance')) {
      const field = `attendance-${String(number)}`;
      const here = oneOf(presences, form.line(`${field}-presence`));
      const person = form.text(`${field}-person`);
      if (here !== undefined && setting.members.some(({ id }) => id === person)) given.set(person, here);
    }
    const othersPresent = text(form, faults, 'othersPresent', 'Who else was there');
    // Somebody of whom the form says nothing keeps what stood there.
    for (const known of content.attendance)
      if (!given.has(known.person)) given.set(known.person, known.presence);
    const presence = [...given].map(([person, here]) => ({ person, presence: here }));
    if (content.held === true && nobodyWasThere(presence))
      faults.add(
        'attendance-1-presence',
        'Select “Present” or “Represented” for everybody who was at the meeting',
      );
    return faults.orValue(() => ({ attendance: presence, othersPresent }));
  },
};

/** A day of a period, or a fault where it is none. */
const periodDay = (form: Form, faults: Faults, field: string, which: 'first' | 'last'): IsoDate | null => {
  const day = dayOf(form, field);
  if (day === null) faults.add(field, `Enter the ${which} day of the period`);
  else if (day === undefined) faults.add(field, `The ${which} day of the period must be a real date`);
  return day ?? null;
};

/** The figures of local indicators, each with its period. One of which nothing is filled in is none. */
const localFiguresOf = (form: Form, faults: Faults, setting: ReturnSetting): readonly LocalFigure[] =>
  form.numbers('local').flatMap((number): LocalFigure[] => {
    const field = `local-${String(number)}`;
    const named = form.line(`${field}-indicator`);
    const known = setting.localIndicators.find(({ id }) => id === named);
    const published = setting.publishedIndicators.find(({ id }) => id === named);
    if (published !== undefined && form.line(`${field}-value`) !== '')
      faults.add(
        'section',
        `Figures of “${published.name}” are published${published.source === '' ? '' : ` by ${published.source}`}, so none is entered here. Send the page again without it`,
      );
    const parts = [
      'value',
      ...['from', 'to'].flatMap((end) => ['day', 'month', 'year'].map((part) => `${end}-${part}`)),
    ];
    if (known === undefined || parts.every((part) => form.line(`${field}-${part}`) === '')) return [];
    const typed = form.line(`${field}-value`).replace(/[%,\s]/g, '');
    const value = /^-?\d{1,12}(?:\.\d{1,6})?$/.test(typed) ? Number(typed) : undefined;
    if (value === undefined) faults.add(`${field}-value`, 'Enter the figure as a number, such as 12.5');
    else if (known.unit === '%' && (value < 0 || value > 100))
      faults.add(`${field}-value`, 'Enter a percentage from 0 to 100');
    const [from, to] = [
      periodDay(form, faults, `${field}-from`, 'first'),
      periodDay(form, faults, `${field}-to`, 'last'),
    ];
    if (from !== null && to !== null && to < from)
      faults.add(`${field}-to`, 'The last day of the period must not be before the first');
    else if (to !== null && to > setting.today)
      faults.add(`${field}-to`, 'The period must be over: its last day must be today or earlier');
    return [{ indicator: known.id, value: value ?? 0, period: `${from ?? ''}/${to ?? ''}` }];
  });

const indicators: SectionForm = {
  values: (content, setting) => ({
    ...numbered(
      'commentary',
      setting.commented.map((indicator) => ({
        indicator,
        text: content.commentaries.find((one) => one.indicator === indicator)?.text ?? '',
      })),
    ),
    ...numbered(
      'local',
      setting.localIndicators.map(({ id }) => {
        const figure = content.localFigures?.find(({ indicator }) => indicator === id);
        const [from = null, to = null] = figure?.period.split('/') ?? [];
        return {
          indicator: id,
          value: figure === undefined ? '' : String(figure.value),
          ...dayValues('from', from),
          ...dayValues('to', to),
        };
      }),
    ),
  }),
  parse: (form, content, setting) => {
    const faults = new Faults(form);
    const given = new Map(content.commentaries.map((one) => [one.indicator, one.text]));
    for (const number of form.numbers('commentary')) {
      const field = `commentary-${String(number)}`;
      const indicator = form.line(`${field}-indicator`);
      if (setting.commented.includes(indicator))
        given.set(indicator, text(form, faults, `${field}-text`, 'The commentary'));
    }
    const localFigures = localFiguresOf(form, faults, setting);
    return faults.orValue(() => ({
      commentaries: [...given]
        .filter(([, commentary]) => commentary !== '')
        .map(([indicator, commentary]) => ({ indicator, text: commentary })),
      ...(setting.localIndicators.length === 0 ? {} : { localFigures }),
    }));
  },
};

const escalations: SectionForm = {
  values: (content) =>
    numbered(
      'escalation',
      content.escalations.map(({ issue, ask, indicator }) => ({ issue, ask, indicator: indicator ?? '' })),
    ),
  parse: (form, _content, setting) => {
    const faults = new Faults(form);
    const items = filled(form, faults, 'escalation', ['issue', 'ask']).map((number): EscalationItem => {
      const field = `escalation-${String(number)}`;
      const issue = text(form, faults, `${field}-issue`, 'The issue');
      const ask = text(form, faults, `${field}-ask`, 'What you ask for');
      if (issue === '') faults.add(`${field}-issue`, 'Enter the issue');
      if (ask === '') faults.add(`${field}-ask`, 'Enter what the board is asked to do');
      return { issue, ask, indicator: knownIndicator(form, `${field}-indicator`, setting) };
    });
    return faults.orValue(() => ({ escalations: items }));
  },
};

const safeguarding: SectionForm = {
  values: (content) =>
    numbered(
      'matter',
      content.safeguardingMatters.map((matter) => ({ text: matter })),
    ),
  parse: (form) => {
    const faults = new Faults(form);
    const matters = filled(form, faults, 'matter', ['text']).map((number) =>
      text(form, faults, `matter-${String(number)}-text`, 'The matter'),
    );
    return faults.orValue(() => ({ safeguardingMatters: matters }));
  },
};

const messages: SectionForm = {
  values: ({ localHwbMessage, cspMessage }) => ({ localHwbMessage, cspMessage }),
  parse: (form) => {
    const faults = new Faults(form);
    const localHwbMessage = text(form, faults, 'localHwbMessage', 'The message');
    const cspMessage = text(form, faults, 'cspMessage', 'The message');
    return faults.orValue(() => ({ localHwbMessage, cspMessage }));
  },
};

const actions: SectionForm = {
  values: (content, setting) => ({
    ...numbered(
      'progress',
      setting.openActions.map(({ id }) => {
        const told = content.progress.find(({ action }) => action === id);
        return { action: id, state: told?.state ?? '', note: told?.note ?? '' };
      }),
    ),
    ...numbered(
      'action',
      content.newActions.map(({ description, owner, due, indicator }) => ({
        description,
        owner,
        indicator: indicator ?? '',
        ...Object.fromEntries(Object.entries(dayValues('due', due)).map(([field, value]) => [field, value])),
      })),
    ),
  }),
  parse: (form, content, setting) => {
    const faults = new Faults(form);
    const progress = new Map(content.progress.map((one) => [one.action, one]));
    for (const number of form.numbers('progress')) {
      const field = `progress-${String(number)}`;
      const action = form.text(`${field}-action`);
      const state = oneOf(actionStates, form.line(`${field}-state`));
      const note = text(form, faults, `${field}-note`, 'What the meeting heard');
      if (!setting.openActions.some(({ id }) => id === action)) continue;
      if (state !== undefined) progress.set(action, { action, state, note });
      else if (note !== '') faults.add(`${field}-state`, 'Select how the action stands');
    }
    const fields = ['description', 'owner', 'due-day', 'due-month', 'due-year'];
    const agreed = filled(form, faults, 'action', fields).map((number): ActionItem => {
      const field = `action-${String(number)}`;
      const description = text(form, faults, `${field}-description`, 'The action');
      if (description === '') faults.add(`${field}-description`, 'Enter what was agreed');
      const owner = form.text(`${field}-owner`);
      if (!setting.members.some(({ id }) => id === owner))
        faults.add(`${field}-owner`, 'Select who does it, from the members');
      const due = dayOf(form, `${field}-due`);
      if (due === null) faults.add(`${field}-due`, 'Enter by when it is to be done');
      else if (due === undefined)
        faults.add(`${field}-due`, 'The date by when it is to be done must be a real date');
      else if (due < setting.today && !content.newActions.some((one) => one.due === due))
        faults.add(`${field}-due`, 'The date by when it is to be done must be today or later');
      return {
        description,
        owner,
        due: due ?? '',
        indicator: knownIndicator(form, `${field}-indicator`, setting),
      };
    });
    return faults.orValue(() => ({ progress: [...progress.values()], newActions: agreed }));
  },
};

/** An amount of money as people write it (`£1,500`, `1500.00`) in whole pounds; undefined when it is none. */
const poundsOf = (typed: string): number | undefined => {
  const [, pounds = ''] = /^£?\s*(\d[\d,]*)(?:\.00?)?$/.exec(typed) ?? [];
  const amount = Number(pounds.replaceAll(',', ''));
  return pounds === '' || amount === 0 || amount > mostPounds ? undefined : amount;
};
const mostPounds = 10_000_000;

const grants: SectionForm = {
  values: (content, setting) => ({
    ...numbered(
      'held',
      setting.openGrants.map((grant) => {
        // What an earlier return said stands until this one says otherwise.
        const { state, awarded, reviewDate, outcome } =
          content.grantProgress?.find((one) => one.grant === grant.id) ?? grant;
        return {
          grant: grant.id,
          state,
          awarded: awarded === null ? '' : String(awarded),
          ...dayValues('review', reviewDate),
          outcome,
        };
      }),
    ),
    ...numbered(
      'grant',
      (content.newGrants ?? []).map(({ purpose, amount }) => ({ purpose, amount: String(amount) })),
    ),
  }),
  parse: (form, _content, setting) => {
    const faults = new Faults(form);
    const progress = form.numbers('held').flatMap((number): GrantProgress[] => {
      const field = `held-${String(number)}`;
      const grant = setting.openGrants.find(({ id }) => id === form.text(`${field}-grant`));
      const state = oneOf(grantStates, form.line(`${field}-state`));
      if (grant === undefined || state === undefined) return [];
      const outcome = text(form, faults, `${field}-outcome`, 'The outcome');
      if (state === 'requested' || state === 'refused')
        return [{ grant: grant.id, state, awarded: null, reviewDate: null, outcome }];
      const awarded = poundsOf(form.line(`${field}-awarded`));
      if (awarded === undefined)
        faults.add(`${field}-awarded`, 'Enter how much was awarded, in whole pounds, such as 1500');
      const reviewDate = dayOf(form, `${field}-review`);
      if (reviewDate === null) faults.add(`${field}-review`, 'Enter when the grant is reviewed');
      else if (reviewDate === undefined)
        faults.add(`${field}-review`, 'The date of the review must be a real date');
      if (state === 'closed' && outcome === '')
        faults.add(`${field}-outcome`, 'Enter what the grant achieved');
      return [{ grant: grant.id, state, awarded: awarded ?? null, reviewDate: reviewDate ?? null, outcome }];
    });
    const requested = filled(form, faults, 'grant', ['purpose', 'amount']).map((number): GrantRequest => {
      const field = `grant-${String(number)}`;
      const purpose = text(form, faults, `${field}-purpose`, 'What the grant is for');
      if (purpose === '') faults.add(`${field}-purpose`, 'Enter what the grant is for');
      const amount = poundsOf(form.line(`${field}-amount`));
      if (amount === undefined)
        faults.add(`${field}-amount`, 'Enter how much is asked for, in whole pounds, such as 1500');
      return { purpose, amount: amount ?? 0 };
    });
    return faults.orValue(() => ({ grantProgress: progress, newGrants: requested }));
  },
};

const membership: SectionForm = {
  values: ({ membershipChanges }) => ({ membershipChanges }),
  parse: (form) => {
    const faults = new Faults(form);
    const membershipChanges = text(form, faults, 'membershipChanges', 'The changes');
    return faults.orValue(() => ({ membershipChanges }));
  },
};

export const sectionForms: Readonly<Record<ReturnSection, SectionForm>> = {
  meeting,
  attendance,
  indicators,
  achievements: findings('achievements', 'achievement', 'The achievement'),
  concerns: findings('concerns', 'concern', 'The concern'),
  escalations,
  safeguarding,
  messages,
  actions,
  grants,
  membership,
};

/** The field of a section that a fault of the whole of it is shown at. */
const firstField: Readonly<Record<ReturnSection, string>> = {
  meeting: 'held',
  attendance: 'attendance-1-presence',
  indicators: 'commentary-1-text',
  achievements: 'achievement-1-text',
  concerns: 'concern-1-text',
  escalations: 'escalation-1-issue',
  safeguarding: 'matter-1-text',
  messages: 'localHwbMessage',
  actions: 'action-1-description',
  grants: 'grant-1-purpose',
  membership: 'membershipChanges',
};

/** Reads one section; what comes back is the whole content with that section in place. */
export const parseSection = (
  section: ReturnSection,
  form: Form,
  content: ReturnContent,
  setting: ReturnSetting,
): Parsed<ReturnContent> => {
  const parsed = sectionForms[section].parse(form, content, setting);
  if (parsed.faults !== undefined) return parsed;
  const whole = { ...content, ...parsed.value };
  if (JSON.stringify(whole).length > mostCharactersInAll)
    return {
      faults: [
        {
          field: firstField[section],
          message: 'The return is too long: shorten it, and send long papers as a file',
        },
      ],
    };
  return { value: whole };
};

/** A part of a return that has to be there before it can be handed in. */
export interface MissingPart {
  readonly section: ReturnSection;
  /** The field to go to. */
  readonly field: string;
  readonly message: string;
}

/** What is still missing from a return; empty when it can be handed in. */
export const missingParts = (content: ReturnContent, setting: ReturnSetting): readonly MissingPart[] => {
  const missing: MissingPart[] = [];
  const add = (section: ReturnSection, message: string): void => {
    missing.push({ section, field: firstField[section], message });
  };
  if (content.held === null) add('meeting', 'Say whether the meeting was held');
  else if (!content.held && content.notHeldReason === '') add('meeting', 'Say why the meeting was not held');
  if (content.held === true && nobodyWasThere(content.attendance))
    add('attendance', 'Say who was at the meeting: it was held, and nobody is recorded as present');
  if (content.escalations.some(({ issue, ask }) => issue === '' || ask === ''))
    add('escalations', 'Say what the issue is and what the board is asked to do, for each item');
  if (
    content.newActions.some(
      ({ owner, due, description }) =>
        description === '' || due === '' || !setting.members.some(({ id }) => id === owner),
    )
  )
    add('actions', 'Give each action an owner among the members and a date');
  return missing;
};

/** Whether nothing is entered in a section; whether the meeting was held is asked for by itself. */
const isEmpty: Readonly<Record<Exclude<ReturnSection, 'meeting'>, (content: ReturnContent) => boolean>> = {
  attendance: ({ attendance: given, othersPresent }) => given.length === 0 && othersPresent === '',
  indicators: ({ commentaries, localFigures = [] }) =>
    commentaries.every(({ text: words }) => words === '') && localFigures.length === 0,
  achievements: (content) => content.achievements.length === 0,
  concerns: (content) => content.concerns.length === 0,
  escalations: (content) => content.escalations.length === 0,
  safeguarding: ({ safeguardingMatters }) => safeguardingMatters.length === 0,
  messages: ({ localHwbMessage, cspMessage }) => localHwbMessage === '' && cspMessage === '',
  actions: ({ progress, newActions }) => progress.length === 0 && newActions.length === 0,
  grants: ({ grantProgress = [], newGrants = [] }) => grantProgress.length === 0 && newGrants.length === 0,
  membership: ({ membershipChanges }) => membershipChanges === '',
};

/** What a return that may be handed in does not say: its sender should have meant it. */
export interface Gaps {
  /** Sections in which nothing is entered. */
  readonly empty: readonly ReturnSection[];
  /** Names of the members of whom it is not said whether they were at the meeting. */
  readonly unsaid: readonly string[];
}

/** @param sections those that the partnership asks for */
export const gapsOf = (
  content: ReturnContent,
  sections: readonly ReturnSection[],
  { members }: ReturnSetting,
): Gaps => {
  // Of a meeting that was not held nobody expects who was there.
  const expected = sections.filter((section) => section !== 'attendance' || content.held === true);
  const said = new Set(content.attendance.map(({ person }) => person));
  return {
    empty: expected.filter((section) => section !== 'meeting' && isEmpty[section](content)),
    unsaid: content.held === true ? members.filter(({ id }) => !said.has(id)).map(({ name }) => name) : [],
  };
};
