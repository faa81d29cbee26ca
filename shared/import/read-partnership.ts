import * as z from 'zod';

import type { ConfirmedThing } from '../domain/confirmation.ts';
import { confirmedThings, defaultConfirmationRules } from '../domain/confirmation.ts';
import { digestDays } from '../domain/digest.ts';
import type { Group, OtherBody, Partnership } from '../domain/partnership.ts';
import { bodyKinds, returnParts } from '../domain/partnership.ts';
import type { EscalationRole, RequestKind, RequestRule } from '../domain/request.ts';
import { defaultRequestRules, requestKinds } from '../domain/request.ts';
import { defaultHideBelow } from '../domain/small-numbers.ts';
import { defaultTimetableRules } from '../domain/timetable.ts';
import type { Findings, Place } from './faults.ts';
import { expectedName, nearestName, oneOf, quoted } from './faults.ts';
import type { FolderFiles } from './folder-files.ts';
import {
  expectedDate,
  expectedEmail,
  expectedId,
  expectedTime,
  hasControls,
  expectedPartnershipId,
  idPattern,
  isDate,
  isDomain,
  isEmail,
  isPartnershipId,
  isTime,
} from './values.ts';
import type { Path, YamlFile } from './yaml-file.ts';
import { readYaml } from './yaml-file.ts';

/** `partnership.yaml` as far as it could be read. What was at fault has its default, or is left out. */
export interface PartnershipDraft {
  /** Everything but the ids of the bodies of which there is one: those follow from the bodies. */
  readonly settings: Settings;
  readonly bodies: readonly OtherBody[];
  readonly groups: readonly Group[];
  /** Ids of bodies and groups that stand in the file with faults of their own. */
  readonly doubtful: ReadonlySet<string>;
  /** Top-level keys at fault. */
  readonly faulty: ReadonlySet<string>;
  readonly places: ReadonlyMap<object, (path: Path) => Place>;
  at(path: Path): Place;
}

// The message of every schema says what is expected there; what was found is added when the fault is told.
const text = (expected: string): z.ZodString =>
  z
    .string({ error: expected })
    .trim()
    .min(1, expected)
    .max(200, `${expected} of at most 200 characters`)
    .refine((value) => !hasControls(value), `${expected} on one line, without control characters`);
const matching = (test: (value: string) => boolean, expected: string): z.ZodString =>
  z.string({ error: expected }).refine(test, expected);
const name = text('a name');
const id = matching((value) => idPattern.test(value), expectedId);
const email = matching(isEmail, expectedEmail);
const time = matching(isTime, expectedTime);
const day = matching(isDate, expectedDate);
const areaCode = matching((value) => /^[A-Z]\d{8}$/u.test(value), 'an ONS code, such as E07000105');
const whole = (least: number, most: number): z.ZodNumber => {
  const expected = `a whole number from ${String(least)} to ${String(most)}`;
  return z.int({ error: expected }).min(least, expected).max(most, expected);
};
const list = <Item extends z.ZodType>(item: Item, expected: string): z.ZodArray<Item> =>
  z.array(item, { error: expected });
const keys = <Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? undefined : `the keys ${Object.keys(shape).join(', ')}`,
  });

const dates = {
  from: day.nullable().default(null),
  to: day.nullable().default(null),
};

const otherKinds = bodyKinds.filter((kind) => kind !== 'lcpg');
const body = keys({
  id,
  kind: z.enum(otherKinds, { error: `one of ${otherKinds.join(', ')}` }),
  name,
  ...dates,
});
const link = keys({ body: id, ...dates });
const group = keys({
  id,
  name,
  area: areaCode,
  aliases: list(name, 'a list of names').default([]),
  reportsTo: list(link, 'a list of links, such as - { body: hwb-ashford }').default([]),
  csp: list(link, 'a list of links, such as - { body: csp-ashford }').default([]),
});

const defaults = defaultTimetableRules;
const timetable = keys({
  sendingTime: time.default(defaults.sendingTime),
  dueTime: time.default(defaults.dueTime),
  minutesDue: whole(1, 20).default(defaults.minutesDue),
  meetingDateDue: whole(1, 20).default(defaults.meetingDateDue),
  firstMeeting: whole(1, 20).default(defaults.firstMeeting),
  lastMeetingBeforeCutOff: whole(0, 20).default(defaults.lastMeetingBeforeCutOff),
  attendanceReminder: whole(1, 20).default(defaults.attendanceReminder),
  pack: whole(1, 20).default(defaults.pack),
  returnDue: whole(1, 20).default(defaults.returnDue),
  signOffDue: whole(1, 20).default(defaults.signOffDue),
  returnsCutOff: whole(1, 20).default(defaults.returnsCutOff),
  chairsPack: whole(1, 20).default(defaults.chairsPack),
  summaryDue: whole(0, 20).default(defaults.summaryDue),
  reportClearDays: whole(0, 20).default(defaults.reportClearDays),
  boardAnswersDue: whole(1, 30).default(defaults.boardAnswersDue),
});

const escalationRoles = [
  'chair',
  'co-ordinator',
  'secretariat',
  'lead-chair',
] as const satisfies readonly EscalationRole[];
const rising = 'working days relative to the due date, rising, such as [-1, 2]';
const isRising = (days: readonly number[]): boolean =>
  days.every((value, index) => index === 0 || value > (days[index - 1] ?? -Infinity));
const chased = (rule: RequestRule): z.ZodType<RequestRule> =>
  keys({
    remindAt: list(whole(-60, 60), rising)
      .max(20, 'at most 20 reminders')
      .refine(isRising, rising)
      .default([...rule.remindAt]),
    escalateAt: list(
      keys({
        workingDays: whole(-60, 60),
        to: z.enum(escalationRoles, { error: oneOf(escalationRoles) }),
      }),
      'a list, such as - { workingDays: 2, to: chair }',
    )
      .max(20, 'at most 20 escalations')
      .refine(
        (steps) => isRising(steps.map(({ workingDays }) => workingDays)),
        'steps with rising workingDays',
      )
      .default([...rule.escalateAt]),
  });
const requests = keys(
  Object.fromEntries(
    requestKinds.map((kind) => [kind, chased(defaultRequestRules[kind]).prefault({} as RequestRule)]),
  ) as Record<RequestKind, z.ZodPrefault<z.ZodType<RequestRule>>>,
);

const truth = z.boolean({ error: 'true or false' });
const confirmByCode = keys(
  Object.fromEntries(
    confirmedThings.map((thing) => [thing, truth.default(defaultConfirmationRules[thing])]),
  ) as Record<ConfirmedThing, z.ZodDefault<z.ZodBoolean>>,
);

const isZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return /^[A-Za-z]+(?:\/[\w+-]+)*$/u.test(zone);
  } catch {
    return false;
  }
};

/** The settings, each read by itself, so that a fault in one hides none in another. */
const settingsSchemas = {
  id: matching(isPartnershipId, expectedPartnershipId),
  name,
  area: keys({ code: areaCode, name }),
  zone: matching(isZone, 'the IANA name of a time zone, such as Europe/London'),
  sender: keys({ name, address: email }),
  replyDomain: matching(isDomain, 'a domain name, such as reply.example.org'),
  contact: keys({ name, email }),
  boardShortName: text('a short name, such as CHWB').nullable().default(null),
  coreSectors: list(text('the name of a sector'), 'a list of sectors')
    .min(1, 'at least one sector')
    .refine((sectors) => new Set(sectors).size === sectors.length, 'each sector once'),
  quorum: z
    .number({ error: 'a share from 0 to 1, such as 0.33' })
    .min(0, 'a share from 0 to 1, such as 0.33')
    .max(1, 'a share from 0 to 1, such as 0.33')
    .default(0.33),
  hideCountsBelow: whole(1, 100).default(defaultHideBelow),
  returnParts: list(z.enum(returnParts, { error: oneOf(returnParts) }), `a list of ${returnParts.join(', ')}`)
    .refine((parts) => new Set(parts).size === parts.length, 'each part once')
    .default([]),
  timetable: timetable.prefault({}),
  requests: requests.prefault({} as z.input<typeof requests>),
  digest: z.enum([...digestDays, 'off'], { error: oneOf([...digestDays, 'off']) }).default('monday'),
  confirmByCode: confirmByCode.prefault({}),
  retention: keys({
    recordYears: whole(1, 100).default(6),
    memberMonthsAfterLeaving: whole(0, 600).default(6),
  }).prefault({}),
  extraHolidays: list(keys({ date: day, name }), 'a list, such as - { date: 2027-06-11, name: … }').default(
    [],
  ),
};
type Schemas = typeof settingsSchemas;
export type Settings = { readonly [Key in keyof Schemas]: z.output<Schemas[Key]> };

/** Stands for a setting that could not be read while the rest of the folder is checked. */
export const standIns: Settings = {
  id: 'unknown',
  name: 'unknown',
  area: { code: '', name: 'unknown' },
  zone: 'Europe/London',
  sender: { name: 'unknown', address: 'unknown@example.org' },
  replyDomain: 'example.org',
  contact: { name: 'unknown', email: 'unknown@example.org' },
  boardShortName: null,
  coreSectors: [],
  quorum: 0.33,
  hideCountsBelow: defaultHideBelow,
  returnParts: [],
  timetable: defaultTimetableRules,
  requests: defaultRequestRules,
  digest: 'monday',
  confirmByCode: defaultConfirmationRules,
  retention: { recordYears: 6, memberMonthsAfterLeaving: 6 },
  extraHolidays: [],
};

const topLevelKeys = [...Object.keys(settingsSchemas), 'bodies', 'groups'];

/** Reads `partnership.yaml`; undefined where it is missing or no YAML. */
export const readPartnership = (files: FolderFiles, findings: Findings): PartnershipDraft | undefined => {
  const file = readYaml('partnership.yaml', files, findings);
  if (file === undefined) return undefined;
  const top = file.value;
  if (!isRecord(top)) {
    findings.fault(file.at([]), {
      message: 'the file does not hold settings',
      found: shown(top),
      expected: `the keys ${topLevelKeys.join(', ')}`,
    });
    return undefined;
  }
  const faulty = new Set<string>();
  for (const key of Object.keys(top).filter((given) => !topLevelKeys.includes(given)))
    findings.fault(file.atKey([key]), unknownKey(key, topLevelKeys));

  const settings = { ...standIns } as Record<string, unknown>;
  for (const [key, schema] of Object.entries(settingsSchemas)) {
    const result = schema.safeParse(own(top, key) ?? undefined);
    if (result.success) settings[key] = result.data;
    else {
      faulty.add(key);
      tell(file, [key], result.error.issues, own(top, key), findings);
    }
  }
  const places = new Map<object, (path: Path) => Place>();
  const doubtful = new Set<string>();
  const readList = <Item extends object>(key: 'bodies' | 'groups', schema: z.ZodType<Item>): Item[] => {
    const given = own(top, key);
    if (!Array.isArray(given) || given.length === 0) {
      faulty.add(key);
      findings.fault(file.at([key]), {
        message: `${key} is missing or not a list`,
        found: shown(given),
        expected: `a list with at least one of the partnership’s ${key}`,
      });
      return [];
    }
    const items: Item[] = [];
    for (const [index, value] of (given as readonly unknown[]).entries()) {
      const result = schema.safeParse(value);
      if (result.success) {
        items.push(result.data);
        places.set(result.data, (path) => file.at([key, index, ...path]));
        continue;
      }
      faulty.add(key);
      tell(file, [key, index], result.error.issues, value, findings);
      const itsId = isRecord(value) ? own(value, 'id') : undefined;
      if (typeof itsId === 'string') doubtful.add(itsId);
    }
    return items;
  };
  const bodies = readList('bodies', body);
  const groups = readList('groups', group).map((read) => {
    const withKind: Group = { ...read, kind: 'lcpg' };
    const place = places.get(read);
    if (place !== undefined) places.set(withKind, place);
    return withKind;
  });
  return {
    settings: settings as Settings,
    bodies,
    groups,
    doubtful,
    faulty,
    places,
    at: (path) => file.at(path),
  };
};

/** The partnership that settings and the ids of its bodies make. */
export const partnershipOf = (
  settings: Settings,
  only: Pick<Partnership, 'board' | 'chairsGroup' | 'safeguardingGroup' | 'safeguardingBoard'>,
  boardName: string,
): Partnership => {
  const { boardShortName, ...rest } = settings;
  return {
    ...rest,
    ...only,
    boardName: { long: boardName, short: boardShortName ?? only.board.toUpperCase() },
  };
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const own = (record: Readonly<Record<string, unknown>>, key: PropertyKey): unknown =>
  Object.hasOwn(record, key) ? record[key as string] : undefined;

const unknownKey = (
  key: string,
  known: readonly string[],
): { message: string; found: string; expected: string } => ({
  message: 'there is no such key',
  found: quoted(key),
  expected: expectedName('one of the known keys', key, known),
});

/** A value of the file as a reader sees it. */
const shown = (value: unknown): string => {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `a list of ${String(value.length)}`;
  if (typeof value === 'object') {
    const given = Object.keys(value);
    return given.length === 0 ? 'no keys' : `the keys ${quoted(given.join(', '))}`;
  }
  // What is left in a YAML value is a number or a truth value.
  return quoted(JSON.stringify(value));
};

const tell = (
  file: YamlFile,
  base: Path,
  issues: readonly z.core.$ZodIssue[],
  value: unknown,
  findings: Findings,
): void => {
  for (const issue of issues) {
    const path = [...base, ...issue.path];
    if (issue.code === 'unrecognized_keys') {
      const known = knownKeys(path);
      for (const key of issue.keys) findings.fault(file.atKey([...path, key]), unknownKey(key, known));
      continue;
    }
    let given = value;
    for (const step of issue.path)
      given = isRecord(given)
        ? own(given, step)
        : Array.isArray(given)
          ? (given as readonly unknown[])[Number(step)]
          : undefined;
    const label = path.filter((step) => typeof step !== 'number').join('.');
    const suggestion =
      issue.code === 'invalid_value' && typeof given === 'string'
        ? nearestName(
            given,
            issue.values.filter((one) => typeof one === 'string'),
          )
        : label === 'zone' && typeof given === 'string'
          ? nearestName(given, Intl.supportedValuesOf('timeZone'))
          : undefined;
    findings.fault(file.at(path), {
      message: given === undefined || given === null ? `${label} is missing` : `${label} is not right`,
      found: shown(given),
      expected: suggestion === undefined ? issue.message : `${issue.message}; did you mean ${suggestion}?`,
    });
  }
};

/** The keys that may stand at a path, for suggestions. */
const knownKeys = (path: Path): readonly string[] => {
  let schema: z.core.$ZodType | undefined = z.object({
    ...settingsSchemas,
    bodies: z.array(body),
    groups: z.array(group),
  });
  for (const step of path) {
    const open = unwrapped(schema);
    schema =
      open instanceof z.ZodObject
        ? (open.shape as Readonly<Record<string, z.core.$ZodType>>)[String(step)]
        : open instanceof z.ZodArray
          ? open.element
          : undefined;
  }
  const found = unwrapped(schema);
  return found instanceof z.ZodObject ? Object.keys(found.shape) : [];
};

const unwrapped = (schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined =>
  schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodNullable
    ? unwrapped(schema.unwrap())
    : schema;
