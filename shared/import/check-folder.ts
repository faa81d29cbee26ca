import type {
  BodyKind,
  BodyLink,
  EffectiveDates,
  Group,
  Indicator,
  ListedMeeting,
  Membership,
  OtherBody,
  PartnershipFolder,
  Role,
} from '../domain/partnership.ts';
import { longestGroupId } from '../contracts/names.ts';
import { england, isEffective } from '../domain/partnership.ts';
import { awkwardDay, checkTimetable, rulesFault } from '../domain/timetable.ts';
import { workingCalendar } from '../time/calendar.ts';
import { boardPairs, uncovered } from './cycles-of.ts';
import type { Fault, FileName, Place } from './faults.ts';
import { expectedName, Findings, nearestName, quoted } from './faults.ts';
import type { Source } from './source.ts';
import { noSource } from './source.ts';
import { unitRange } from './values.ts';

/** A folder to check, and what cannot be said about it because of faults in its files. */
export interface FolderToCheck {
  readonly folder: PartnershipFolder;
  readonly sources: ReadonlyMap<object, Source>;
  /** Records with faults of their own: they count as there, and are held against nothing. */
  readonly doubtful: ReadonlySet<object>;
  /** Ids that stand in the file with faults of their own. */
  readonly doubtfulBodies: ReadonlySet<string>;
  /** What is not known whole, so that nothing is said to be missing from it. */
  readonly incomplete: ReadonlySet<'id' | 'bodies' | 'groups' | 'sectors' | 'area' | 'timetable' | FileName>;
}

/** The rules that a whole partnership folder keeps: all that is wrong, and all that is odd. */
export const checkFolder = (
  folder: PartnershipFolder,
): { readonly faults: readonly Fault[]; readonly warnings: readonly Fault[] } => {
  const findings = new Findings();
  checkRecords(
    {
      folder,
      sources: new Map(),
      doubtful: new Set(),
      doubtfulBodies: new Set(),
      incomplete: new Set(),
    },
    findings,
  );
  return { faults: findings.faults, warnings: findings.warnings };
};

/** Tells everything that follows from the records together, beyond the form of each. */
export const checkRecords = (given: FolderToCheck, findings: Findings): void => {
  const check = new FolderCheck(given, findings);
  check.bodies();
  check.groups();
  check.people();
  check.memberships();
  check.meetings();
  check.timetable();
  check.roles();
  check.indicators();
  check.priorities();
  check.observations();
};

const rolesByKind: Readonly<Record<BodyKind, readonly Role[]>> = {
  lcpg: [
    'chair',
    'co-ordinator',
    'safeguarding-lead',
    'local-hwb-link',
    'member',
    'kcc-member',
    'district-councillor',
    'additional',
  ],
  board: ['chair', 'member', 'secretariat', 'contact'],
  'chairs-group': ['lead-chair', 'member', 'secretariat', 'contact'],
  'safeguarding-group': ['chair', 'member', 'secretariat', 'contact'],
  'safeguarding-board': ['chair', 'member', 'secretariat', 'contact'],
  'local-hwb': ['chair', 'member', 'secretariat', 'contact'],
  csp: ['chair', 'member', 'secretariat', 'contact'],
};

const kindNames: Readonly<Record<BodyKind, string>> = {
  lcpg: 'a group',
  board: 'the board',
  'chairs-group': 'the Chairs Group',
  'safeguarding-group': 'the Safeguarding Group',
  'safeguarding-board': 'the safeguarding board',
  'local-hwb': 'a Local HWB',
  csp: 'a CSP',
};

interface Span {
  readonly from: string;
  readonly to: string;
}

const datesInWords = ({ from, to }: EffectiveDates): string =>
  `from ${from ?? 'the beginning'} to ${to ?? 'the end'}`;

const overlap = (one: EffectiveDates, other: EffectiveDates): boolean =>
  (one.from === null || other.to === null || one.from <= other.to) &&
  (other.from === null || one.to === null || other.from <= one.to);

/** The first of the items before an index that passes. */
const firstBefore = <Item>(
  items: readonly Item[],
  index: number,
  passes: (item: Item) => boolean,
): Item | undefined => {
  for (let before = 0; before < index; before += 1) {
    const item = items[before];
    if (item !== undefined && passes(item)) return item;
  }
  return undefined;
};

class FolderCheck {
  readonly #folder: PartnershipFolder;
  readonly #given: FolderToCheck;
  readonly #findings: Findings;
  readonly #suggestions = new Map<string, string>();
  readonly #kinds = new Map<string, BodyKind>();
  readonly #others = new Map<string, OtherBody>();
  readonly #membershipsOf: ReadonlyMap<string, readonly Membership[]>;
  /** From the first board meeting to the last: when the roles have to be filled. */
  readonly #span: Span | undefined;

  constructor(given: FolderToCheck, findings: Findings) {
    this.#given = given;
    this.#folder = given.folder;
    this.#findings = findings;
    const { bodies, groups, memberships, meetings, partnership } = given.folder;
    for (const body of bodies) {
      this.#kinds.set(body.id, body.kind);
      this.#others.set(body.id, body);
    }
    for (const group of groups) this.#kinds.set(group.id, 'lcpg');
    this.#membershipsOf = Map.groupBy(memberships, ({ body }) => body);
    const boards = meetings
      .filter(({ body }) => body === partnership.board)
      .map(({ date }) => date)
      .sort();
    const [from] = boards;
    const to = boards.at(-1);
    this.#span =
      from !== undefined && to !== undefined && from < to && !given.incomplete.has('meetings.csv')
        ? { from, to }
        : undefined;
  }

  #source(file: FileName, record: object): Source {
    return this.#given.sources.get(record) ?? noSource(file, record);
  }

  #fault(
    file: FileName,
    record: object,
    key: string,
    message: string,
    expected: string,
    found?: string,
  ): void {
    const source = this.#source(file, record);
    this.#findings.fault(source.place(key), { message, found: found ?? quoted(source.text(key)), expected });
  }

  #warn(
    file: FileName,
    record: object,
    key: string,
    message: string,
    expected: string,
    found?: string,
  ): void {
    const source = this.#source(file, record);
    this.#findings.warn(source.place(key), { message, found: found ?? quoted(source.text(key)), expected });
  }

  #place(file: FileName, record: object, key: string): string {
    const { line } = this.#source(file, record).place(key);
    return `${file} line ${String(line)}`;
  }

  /**
   * What is expected where one of the known names has to stand. In a big folder the search for the nearest name is
   * dear, and who has mistyped dozens of different names has done something else.
   */
  #expected(what: string, given: string, known: Iterable<string>): string {
    const key = `${what} ${given}`;
    let words = this.#suggestions.get(key);
    if (words === undefined) {
      words = this.#suggestions.size < 50 ? expectedName(what, given, known) : what;
      this.#suggestions.set(key, words);
    }
    return words;
  }

  /** Whether all bodies are known, so that an unknown one can be told. */
  get #knowsBodies(): boolean {
    return !this.#given.incomplete.has('bodies') && !this.#given.incomplete.has('groups');
  }

  #isUnknownBody(id: string): boolean {
    return this.#knowsBodies && id !== '' && !this.#kinds.has(id) && !this.#given.doubtfulBodies.has(id);
  }

  bodies(): void {
    const file = 'partnership.yaml';
    const { bodies } = this.#folder;
    const seen = new Map<string, OtherBody | Group>();
    for (const body of [...bodies, ...this.#folder.groups]) {
      const first = seen.get(body.id);
      if (first === undefined) seen.set(body.id, body);
      else
        this.#fault(
          file,
          body,
          'id',
          'the id is given twice',
          `an id of its own; ${this.#place(file, first, 'id')} has this one`,
        );
    }
    for (const body of bodies) this.#checkDates(file, body);
    if (this.#given.incomplete.has('bodies') || this.#given.doubtfulBodies.size > 0) return;
    for (const kind of ['board', 'chairs-group'] as const) {
      const [first, ...more] = bodies.filter((body) => body.kind === kind);
      if (first === undefined)
        this.#fault(
          file,
          this.#folder.partnership,
          'bodies',
          `there is no body of kind ${kind}`,
          `one body of kind ${kind}`,
          `the kinds ${[...new Set(bodies.map((body) => body.kind))].join(', ')}`,
        );
      for (const body of more)
        this.#fault(file, body, 'kind', `there are two bodies of kind ${kind}`, `${kind} once`);
    }
    for (const kind of ['safeguarding-group', 'safeguarding-board'] as const) {
      const all = bodies.filter((body) => body.kind === kind);
      for (const [index, body] of all.entries())
        if (firstBefore(all, index, (other) => overlap(other, body)) !== undefined)
          this.#fault(
            file,
            body,
            'kind',
            `there are two bodies of kind ${kind} at once`,
            `dates (from, to) that do not overlap, or ${kind} once`,
          );
    }
  }

  #checkDates(file: FileName, record: EffectiveDates, prefix = ''): void {
    if (record.from !== null && record.to !== null && record.from > record.to)
      this.#fault(
        file,
        record,
        `${prefix}to`,
        'to is before from',
        `${record.from} or later, or nothing`,
        quoted(record.to),
      );
  }

  groups(): void {
    const file = 'partnership.yaml';
    const byArea = new Map<string, Group>();
    for (const group of this.#folder.groups) {
      const first = byArea.get(group.area);
      if (first === undefined) byArea.set(group.area, group);
      else
        this.#fault(
          file,
          group,
          'area',
          'two groups have one area',
          `an area of its own; ${first.id} has this one`,
        );
      if (group.area === this.#folder.partnership.area.code)
        this.#fault(file, group, 'area', 'the group’s area is the county’s', 'the ONS code of its district');
      this.#checkName(group);
      this.#checkLinks(group, 'reportsTo', 'local-hwb');
      this.#checkLinks(group, 'csp', 'csp');
    }
  }

  /** The executions of a group's machine are named after both ids. */
  #checkName(group: Group): void {
    const { id } = this.#folder.partnership;
    const longest = longestGroupId(id);
    if (!this.#given.incomplete.has('id') && group.id.length > longest)
      this.#fault(
        'partnership.yaml',
        group,
        'id',
        `the id is too long to be named together with the partnership’s, ${quoted(id)}`,
        `at most ${String(longest)} signs`,
        `${quoted(group.id)}, ${String(group.id.length)} signs`,
      );
  }

  #checkLinks(group: Group, key: 'reportsTo' | 'csp', kind: 'local-hwb' | 'csp'): void {
    const file = 'partnership.yaml';
    const links = group[key];
    const source = this.#source(file, group);
    const place = (index: number, part: string): Place => source.place(`${key}.${String(index)}.${part}`);
    for (const [index, link] of links.entries()) {
      const linked = this.#kinds.get(link.body);
      const ofKind = this.#folder.bodies.filter((body) => body.kind === kind).map(({ id }) => id);
      if (linked === undefined) {
        if (this.#isUnknownBody(link.body))
          this.#findings.fault(place(index, 'body'), {
            message: 'there is no such body',
            found: quoted(link.body),
            expected: this.#expected(`the id of ${kindNames[kind]}`, link.body, ofKind),
          });
      } else if (linked !== kind) {
        this.#findings.fault(place(index, 'body'), {
          message: `${key} leads to a body of the wrong kind`,
          found: `${quoted(link.body)}, which is ${kindNames[linked]}`,
          expected: this.#expected(`the id of ${kindNames[kind]}`, link.body, ofKind),
        });
      } else this.#checkWithin(link, link.body, place(index, 'body'));
      if (link.from !== null && link.to !== null && link.from > link.to) {
        this.#findings.fault(place(index, 'to'), {
          message: 'to is before from',
          found: quoted(link.to),
          expected: `${link.from} or later, or nothing`,
        });
        continue;
      }
      const clash = firstBefore(
        links,
        index,
        (other) => (key === 'csp' || other.body === link.body) && overlap(other, link),
      );
      if (clash !== undefined)
        this.#findings.fault(place(index, 'body'), {
          message:
            clash.body === link.body ? 'the link is given twice' : 'the group has two CSPs at the same time',
          found: `${quoted(link.body)} ${datesInWords(link)}`,
          expected: `dates that do not overlap with ${clash.body} ${datesInWords(clash)}`,
        });
    }
    this.#checkLinkGaps(group, key, links);
  }

  #checkLinkGaps(group: Group, key: 'reportsTo' | 'csp', links: readonly BodyLink[]): void {
    if (this.#span === undefined) return;
    for (const gap of uncovered(this.#span, links)) {
      this.#warn(
        'partnership.yaml',
        group,
        key,
        key === 'reportsTo'
          ? `${group.id} reports to no Local HWB ${this.#gapInWords(gap)}`
          : `${group.id} has no CSP ${this.#gapInWords(gap)}`,
        key === 'reportsTo' ? 'at least one Local HWB at any time' : 'one CSP at any time',
        `${String(links.length)} ${links.length === 1 ? 'link' : 'links'}`,
      );
    }
  }

  /** Warns where something is said to hold at a time when the body does not exist. */
  #checkWithin(dates: EffectiveDates, bodyId: string, place: Place): void {
    const body = this.#others.get(bodyId);
    if (body === undefined) return;
    const early = dates.from !== null && body.from !== null && dates.from < body.from;
    const late = dates.to !== null && body.to !== null && dates.to > body.to;
    const span = this.#span;
    const from = span === undefined || (dates.from ?? '') > span.from ? dates.from : span.from;
    const to = span === undefined || (dates.to ?? '9999') < span.to ? dates.to : span.to;
    const apart = from !== null && to !== null && from <= to && uncovered({ from, to }, [body]).length > 0;
    if (early || late || apart)
      this.#findings.warn(place, {
        message: `it reaches beyond the time of ${bodyId}`,
        found: datesInWords(dates),
        expected: `dates within those of ${bodyId}: ${datesInWords(body)}`,
      });
  }

  people(): void {
    const file = 'people.csv';
    const { people, memberships } = this.#folder;
    const seen = new Map<string, (typeof people)[number]>();
    const active = new Set(memberships.map(({ person }) => person));
    const owners = new Map<string, (typeof people)[number]>();
    for (const person of people)
      if (!owners.has(person.email.toLowerCase())) owners.set(person.email.toLowerCase(), person);
    for (const person of people)
      for (const alias of person.aliases ?? []) {
        const owner = owners.get(alias.toLowerCase());
        if (owner === undefined) owners.set(alias.toLowerCase(), person);
        else
          this.#fault(
            file,
            person,
            'aliases',
            `${quoted(alias)} is given twice`,
            `an address once; ${this.#place(file, owner, owner.aliases?.includes(alias) === true ? 'aliases' : 'email')} has it`,
          );
      }
    for (const person of people) {
      const first = seen.get(person.id);
      if (first !== undefined) {
        const same = first.email.toLowerCase() === person.email.toLowerCase();
        this.#fault(
          file,
          person,
          'email',
          same ? 'the person is given twice' : 'the address is too like another',
          same
            ? `each address once; ${this.#place(file, first, 'email')} has it`
            : `an address that gives another id than ${first.email}`,
        );
        continue;
      }
      seen.set(person.id, person);
      if (
        !active.has(person.id) &&
        !this.#given.doubtful.has(person) &&
        !this.#given.incomplete.has('memberships.csv')
      )
        this.#warn(file, person, 'email', 'the person is in nothing', 'at least one line in memberships.csv');
    }
  }

  memberships(): void {
    const file = 'memberships.csv';
    const { people, memberships, partnership } = this.#folder;
    const addresses = new Map(people.map(({ id, email }) => [id, email]));
    const sectors = new Set(partnership.coreSectors);
    for (const membership of memberships) {
      const { person, body, role, sector } = membership;
      if (
        !addresses.has(person) &&
        !this.#given.incomplete.has('people.csv') &&
        !this.#given.doubtful.has(membership)
      ) {
        const given = this.#source(file, membership).text('person');
        this.#fault(
          file,
          membership,
          'person',
          'there is no such person',
          this.#expectedAddress(given, addresses),
        );
      }
      const kind = this.#kinds.get(body);
      if (kind === undefined) {
        if (this.#isUnknownBody(body))
          this.#fault(
            file,
            membership,
            'body',
            'there is no such body',
            this.#expected('the id of a body or group of partnership.yaml', body, this.#kinds.keys()),
          );
      } else {
        if (!rolesByKind[kind].includes(role))
          this.#fault(
            file,
            membership,
            'role',
            `${kindNames[kind]} has no such role`,
            `one of ${rolesByKind[kind].join(', ')}`,
          );
        this.#checkWithin(membership, body, this.#source(file, membership).place('body'));
        if (kind === 'lcpg' && role === 'member' && sector === null)
          this.#warn(
            file,
            membership,
            'sector',
            'a member stands for no sector',
            'a core sector, or the role additional',
          );
      }
      if (sector !== null && !sectors.has(sector) && !this.#given.incomplete.has('sectors'))
        this.#fault(
          file,
          membership,
          'sector',
          'there is no such sector',
          this.#expected('a sector of coreSectors', sector, sectors),
        );
    }
    this.#checkRepeated();
    this.#checkChairs();
  }

  /** People who share a domain differ before it: only that part is compared. */
  #expectedAddress(given: string, addresses: ReadonlyMap<string, string>): string {
    const at = given.lastIndexOf('@');
    const domain = given.slice(at).toLowerCase();
    const what = 'an address of people.csv';
    const alike = addresses.size > 0 && this.#suggestions.size < 50 ? [...addresses.values()] : [];
    const nearest = nearestName(
      given.slice(0, at),
      alike
        .filter((address) => address.toLowerCase().endsWith(domain))
        .map((address) => address.slice(0, -domain.length)),
    );
    const words = nearest === undefined ? what : `${what}; did you mean ${nearest}${domain}?`;
    this.#suggestions.set(given, words);
    return words;
  }

  #checkRepeated(): void {
    const file = 'memberships.csv';
    const sound = this.#folder.memberships.filter((one) => !this.#given.doubtful.has(one));
    const alike = Map.groupBy(sound, ({ person, body, role, sector }) =>
      JSON.stringify([person, body, role, role === 'member' ? sector : null]),
    );
    for (const group of alike.values())
      for (const [index, membership] of group.entries()) {
        const clash = firstBefore(group, index, (other) => overlap(other, membership));
        if (clash !== undefined)
          this.#fault(
            file,
            membership,
            'person',
            'the membership is given twice',
            `dates that do not overlap with ${this.#place(file, clash, 'person')} (${datesInWords(clash)})`,
          );
      }
  }

  #checkChairs(): void {
    const file = 'memberships.csv';
    for (const [body, members] of this.#membershipsOf) {
      const roleOfOne = this.#kinds.get(body) === 'chairs-group' ? 'lead-chair' : 'chair';
      const chairs = members
        .filter(({ role }) => role === roleOfOne)
        .filter((one) => !this.#given.doubtful.has(one));
      for (const [index, chair] of chairs.entries()) {
        const clash = firstBefore(
          chairs,
          index,
          (other) => other.person !== chair.person && overlap(other, chair),
        );
        if (clash !== undefined)
          this.#fault(
            file,
            chair,
            'person',
            `${body} has two ${roleOfOne}s at the same time`,
            `one at a time; ${this.#source(file, clash).text('person')} (${this.#place(file, clash, 'person')}) is one ${datesInWords(clash)}`,
          );
      }
    }
  }

  meetings(): void {
    const file = 'meetings.csv';
    const { meetings, partnership } = this.#folder;
    const seen = new Map<string, ListedMeeting>();
    for (const meeting of meetings) {
      const { body, date, start, end } = meeting;
      const kind = this.#kinds.get(body);
      if (kind === undefined) {
        if (this.#isUnknownBody(body))
          this.#fault(
            file,
            meeting,
            'body',
            'there is no such body',
            this.#expected('the id of the board, the Chairs Group or a group', body, this.#kinds.keys()),
          );
      } else if (kind !== 'lcpg' && body !== partnership.board && body !== partnership.chairsGroup)
        this.#warn(
          file,
          meeting,
          'body',
          'the meeting is not used',
          'a meeting of the board, the Chairs Group or a group: a cycle is made of these',
        );
      const first = seen.get(`${body} ${date}`);
      if (first === undefined) seen.set(`${body} ${date}`, meeting);
      else
        this.#fault(
          file,
          meeting,
          'date',
          body === partnership.board
            ? 'two cycles overlap: the board meets twice on one day'
            : 'the meeting is given twice',
          `one meeting of ${body} on a day; ${this.#place(file, first, 'date')} has it`,
        );
      if (end <= start && !this.#given.doubtful.has(meeting))
        this.#fault(file, meeting, 'end', 'the meeting ends before it starts', `a time after ${start}`);
      if (meeting.venue === '' && meeting.link === '')
        this.#warn(file, meeting, 'venue', 'the meeting has neither a venue nor a link', 'one of the two');
    }
  }

  /** The cycles that the meetings make, each by the rules of the timetable. */
  timetable(): void {
    const { incomplete } = this.#given;
    const { partnership } = this.#folder;
    const ruleFault = incomplete.has('timetable') ? null : rulesFault(partnership.timetable);
    if (ruleFault !== null)
      this.#fault(
        'partnership.yaml',
        partnership,
        'timetable',
        'the rules of the timetable contradict each other',
        ruleFault,
        'rules that no meeting dates can keep',
      );
    if (incomplete.has('meetings.csv') || !this.#knowsBodies) return;
    if (!this.#kinds.has(partnership.board) || !this.#kinds.has(partnership.chairsGroup)) return;
    const pairs = boardPairs(this.#folder);
    if (pairs.length === 0)
      this.#findings.fault(
        { file: 'meetings.csv', line: 1, column: 1 },
        {
          message: 'the meetings make no cycle',
          found: `board meetings: ${String(this.#folder.meetings.filter(({ body }) => body === partnership.board).length)}`,
          expected: `at least two meetings of ${quoted(partnership.board)} with one of ${quoted(partnership.chairsGroup)} between them`,
        },
      );
    this.#checkOutsideCycles();
    for (const pair of pairs) this.#checkPair(pair, ruleFault === null && !incomplete.has('timetable'));
  }

  #checkOutsideCycles(): void {
    const { meetings, partnership } = this.#folder;
    const span = this.#span;
    if (span === undefined) return;
    for (const meeting of meetings) {
      const { body, date } = meeting;
      if (
        body === partnership.board ||
        (body !== partnership.chairsGroup && this.#kinds.get(body) !== 'lcpg')
      )
        continue;
      if (date < span.from || date >= span.to)
        this.#warn(
          'meetings.csv',
          meeting,
          'date',
          'the meeting falls into no cycle',
          `a day between two board meetings; the first listed is ${span.from}, the last ${span.to}`,
        );
    }
  }

  #checkPair(pair: ReturnType<typeof boardPairs>[number], rulesAreSound: boolean): void {
    const file = 'meetings.csv';
    const { partnership } = this.#folder;
    const { board, nextBoard, chairs, groups } = pair;
    const [first, ...moreChairs] = chairs;
    for (const meeting of moreChairs)
      this.#fault(
        file,
        meeting,
        'date',
        'the Chairs Group meets twice in one cycle',
        `one meeting between the boards of ${board.date} and ${nextBoard.date}; ${this.#place(file, first ?? meeting, 'date')} has it`,
      );
    const firstOf = new Map<string, ListedMeeting>();
    for (const meeting of groups) {
      const earlier = firstOf.get(meeting.body);
      if (earlier === undefined) firstOf.set(meeting.body, meeting);
      else
        this.#fault(
          file,
          meeting,
          'date',
          `${meeting.body} meets twice in one cycle`,
          `one meeting between the boards of ${board.date} and ${nextBoard.date}; ${this.#place(file, earlier, 'date')} has it`,
        );
    }
    if (board.date === nextBoard.date) return;
    if (first === undefined) {
      this.#fault(
        file,
        nextBoard,
        'date',
        'the Chairs Group does not meet between two board meetings',
        `a line for ${partnership.chairsGroup} with a day between ${board.date} and ${nextBoard.date}`,
        `board meetings on ${board.date} and ${nextBoard.date} without one`,
      );
      return;
    }
    if (!rulesAreSound) return;
    const calendar = workingCalendar(partnership.zone, partnership.extraHolidays);
    const listed = [...chairs, ...groups, nextBoard, board];
    const results = checkTimetable(
      { board, chairs: first, nextBoard },
      { board: partnership.board, chairsGroup: partnership.chairsGroup },
      groups.filter(({ start, end }) => start < end).map((meeting) => ({ group: meeting.body, meeting })),
      partnership.timetable,
      calendar,
    );
    for (const { level, body, date, message } of results) {
      const meeting = listed.find((one) => one.body === body && one.date === date) ?? nextBoard;
      if (level === 'fault')
        this.#fault(file, meeting, 'date', 'the meeting does not fit into its cycle', message, quoted(date));
      else this.#warnOfDay(meeting, message);
    }
    // The board that ends the last cycle opens none, and so is looked at here.
    const awkward = awkwardDay(nextBoard.date, calendar);
    if (awkward !== null) this.#warnOfDay(nextBoard, `${nextBoard.date} ${awkward}`);
  }

  #warnOfDay(meeting: ListedMeeting, message: string): void {
    this.#warn('meetings.csv', meeting, 'date', message, 'a working day outside August and Christmas');
  }

  /** Who has to be there for a cycle to run, and who should be. */
  roles(): void {
    const { partnership, groups, bodies } = this.#folder;
    if (this.#given.incomplete.has('memberships.csv')) return;
    for (const group of groups) {
      this.#checkFilled(group, group.id, ['chair'], 'fault', `${group.id} has no chair`);
      this.#checkFilled(group, group.id, ['co-ordinator'], 'fault', `${group.id} has no co-ordinator`);
      for (const role of ['safeguarding-lead', 'local-hwb-link'] as const)
        this.#checkFilled(group, group.id, [role], 'warning', `${group.id} has no ${role}`);
      this.#checkSectors(group);
    }
    for (const body of bodies) {
      if (body.id === partnership.board)
        this.#checkFilled(body, body.id, ['secretariat'], 'fault', 'the board has no secretariat');
      else if (body.id === partnership.chairsGroup) {
        this.#checkFilled(body, body.id, ['lead-chair'], 'fault', 'there is no lead chair');
        this.#checkLeadChairs(body);
      } else if (body.kind !== 'safeguarding-group')
        this.#checkFilled(body, body.id, ['contact', 'secretariat'], 'warning', `${body.id} has no contact`);
    }
  }

  #checkFilled(
    body: Group | OtherBody,
    bodyId: string,
    wanted: readonly Role[],
    level: 'fault' | 'warning',
    message: string,
  ): void {
    const holders = (this.#membershipsOf.get(bodyId) ?? []).filter(({ role }) => wanted.includes(role));
    const role = wanted[0] ?? 'member';
    for (const gap of this.#gaps(body, holders)) {
      const expected = `a line in memberships.csv with body ${bodyId}, role ${role} and dates that hold then`;
      const found = this.#gapInWords(gap);
      const last = gap === 'always' ? undefined : holders.findLast(({ to }) => to !== null && to < gap.from);
      const [file, record, key] =
        last === undefined
          ? (['partnership.yaml', body, 'id'] as const)
          : (['memberships.csv', last, 'to'] as const);
      if (level === 'fault') this.#fault(file, record, key, message, expected, `none ${found}`);
      else this.#warn(file, record, key, message, expected, `none ${found}`);
    }
  }

  #checkSectors(group: Group): void {
    if (this.#given.incomplete.has('sectors')) return;
    const members = this.#membershipsOf.get(group.id) ?? [];
    for (const sector of this.#folder.partnership.coreSectors) {
      const standing = members.filter((member) => member.sector === sector);
      for (const gap of this.#gaps(group, standing))
        this.#warn(
          'partnership.yaml',
          group,
          'id',
          `no member of ${group.id} stands for ${sector}`,
          `a line in memberships.csv with body ${group.id} and sector ${sector}`,
          `none ${this.#gapInWords(gap)}`,
        );
    }
  }

  /** When, within the cycles and the body's own time, nobody holds something. */
  #gaps(body: Group | OtherBody, holders: readonly Membership[]): readonly (Span | 'always')[] {
    const span = this.#span;
    if (span === undefined) return holders.length === 0 ? ['always'] : [];
    const from = 'from' in body && body.from !== null && body.from > span.from ? body.from : span.from;
    const to = 'to' in body && body.to !== null && body.to < span.to ? body.to : span.to;
    return from > to ? [] : uncovered({ from, to }, holders);
  }

  #gapInWords(gap: Span | 'always'): string {
    if (gap === 'always' || (gap.from === this.#span?.from && gap.to === this.#span.to)) return 'at any time';
    return gap.from === gap.to ? `on ${gap.from}` : `from ${gap.from} to ${gap.to}`;
  }

  /** The lead chair is one of the chairs. Source: LCPG terms of reference, "Governance". */
  #checkLeadChairs(body: OtherBody): void {
    const span = this.#span;
    const leads = (this.#membershipsOf.get(body.id) ?? []).filter(({ role }) => role === 'lead-chair');
    if (leads.length === 0) return;
    const isLead = new Set(leads.map(({ person }) => person));
    const chairs = this.#folder.memberships.filter(
      ({ role, person, body: chaired }) =>
        role === 'chair' && isLead.has(person) && this.#kinds.get(chaired) === 'lcpg',
    );
    for (const lead of leads) {
      const from = span !== undefined && (lead.from ?? '') < span.from ? span.from : lead.from;
      const to = span !== undefined && (lead.to ?? '9999') > span.to ? span.to : lead.to;
      if (from === null || to === null || from > to) continue;
      const [gap] = uncovered(
        { from, to },
        chairs.filter(({ person }) => person === lead.person),
      );
      if (gap !== undefined)
        this.#warn(
          'memberships.csv',
          lead,
          'person',
          'the lead chair is not the chair of a group',
          `somebody who is a chair from ${gap.from} to ${gap.to} too`,
        );
    }
  }

  indicators(): void {
    const file = 'indicators.csv';
    const seen = new Map<string, Indicator>();
    const { partnership, indicators, observations } = this.#folder;
    const published = new Set(observations.map(({ indicator }) => indicator));
    if (
      partnership.returnParts?.includes('local-indicators') === true &&
      !this.#given.incomplete.has(file) &&
      indicators.every(({ group, id }) => group === null || published.has(id))
    )
      this.#warn(
        'partnership.yaml',
        partnership,
        'returnParts',
        'no LCPG has an indicator of its own to be asked for',
        'an indicator with a group in indicators.csv and no figures in observations.csv, or no local-indicators',
        'local-indicators',
      );
    for (const indicator of this.#folder.indicators) {
      const first = seen.get(indicator.id);
      if (first === undefined) seen.set(indicator.id, indicator);
      else
        this.#fault(
          file,
          indicator,
          'id',
          'the indicator is given twice',
          `each id once; ${this.#place(file, first, 'id')} has it`,
        );
      if (indicator.group !== null) this.#checkGroup(file, indicator, indicator.group);
      if (this.#given.doubtful.has(indicator)) continue;
      const range = unitRange(indicator.unit);
      for (const key of ['target', 'floor'] as const)
        this.#checkInUnit(file, indicator, key, indicator[key], indicator.unit, range);
      const { target, floor, polarity } = indicator;
      if (target === null || floor === null) continue;
      if ((polarity === 'high' && floor > target) || (polarity === 'low' && floor < target))
        this.#fault(
          file,
          indicator,
          'floor',
          'target and floor contradict the polarity',
          polarity === 'high'
            ? `with polarity High, at most the target of ${String(target)}`
            : `with polarity Low, at least the target of ${String(target)}`,
        );
    }
  }

  #checkGroup(file: FileName, record: object, group: string): void {
    const kind = this.#kinds.get(group);
    if (kind === 'lcpg' || (kind === undefined && !this.#isUnknownBody(group))) return;
    this.#fault(
      file,
      record,
      'group',
      'there is no such group',
      this.#expected(
        'the id of a group of partnership.yaml',
        group,
        this.#folder.groups.map(({ id }) => id),
      ),
    );
  }

  #checkInUnit(
    file: FileName,
    record: object,
    key: string,
    value: number | null,
    unit: string,
    { least, greatest }: ReturnType<typeof unitRange>,
  ): void {
    if (value === null || (value >= least && value <= greatest)) return;
    const expected =
      greatest === Infinity ? `at least ${String(least)}` : `${String(least)} to ${String(greatest)}`;
    this.#fault(file, record, key, `${key} is outside its unit`, `${expected}, because the unit is ${unit}`);
  }

  priorities(): void {
    const file = 'priorities.csv';
    const { groups, indicators, priorities } = this.#folder;
    const known = new Map(indicators.map((indicator) => [indicator.id, indicator]));
    const ofGroup = Map.groupBy(priorities, ({ group }) => group);
    for (const priority of priorities) {
      this.#checkGroup(file, priority, priority.group);
      const indicator = known.get(priority.indicator);
      if (indicator === undefined) this.#checkIndicator(file, priority, priority.indicator, known);
      else if (indicator.group !== null && indicator.group !== priority.group)
        this.#fault(
          file,
          priority,
          'indicator',
          `the indicator is a local one of ${indicator.group}`,
          'an indicator of the county set, or one of the group’s own',
        );
    }
    for (const [group, chosen] of ofGroup) {
      const sound = chosen.filter((one) => !this.#given.doubtful.has(one));
      for (const [index, priority] of sound.entries()) {
        const clash = firstBefore(
          sound,
          index,
          (other) => other.indicator === priority.indicator && overlap(other, priority),
        );
        if (clash !== undefined)
          this.#fault(
            file,
            priority,
            'indicator',
            `${group} has the priority twice`,
            `dates that do not overlap with ${this.#place(file, clash, 'indicator')} (${datesInWords(clash)})`,
          );
      }
    }
    if (this.#given.incomplete.has(file)) return;
    const span = this.#span;
    for (const group of groups)
      if (
        !(ofGroup.get(group.id) ?? []).some(
          (priority) => span === undefined || overlap(priority, span) || isEffective(priority, span.from),
        )
      )
        this.#warn(
          'partnership.yaml',
          group,
          'id',
          `${group.id} has no priorities`,
          `at least one line in priorities.csv with group ${group.id}`,
          'none',
        );
  }

  #checkIndicator(
    file: FileName,
    record: object,
    indicator: string,
    known: ReadonlyMap<string, Indicator>,
  ): void {
    if (indicator === '' || this.#given.incomplete.has('indicators.csv')) return;
    this.#fault(
      file,
      record,
      'indicator',
      'there is no such indicator',
      this.#expected('an id of indicators.csv', indicator, known.keys()),
    );
  }

  observations(): void {
    const file = 'observations.csv';
    const { observations, indicators, groups, partnership } = this.#folder;
    const known = new Map(
      indicators.map((indicator) => [indicator.id, { indicator, range: unitRange(indicator.unit) }]),
    );
    const byId = new Map(indicators.map((indicator) => [indicator.id, indicator]));
    const areas = new Set([...groups.map(({ area }) => area), partnership.area.code, england]);
    const knowsAreas =
      !this.#given.incomplete.has('groups') &&
      !this.#given.incomplete.has('area') &&
      this.#given.doubtfulBodies.size === 0;
    const seen = new Map<string, (typeof observations)[number]>();
    for (const observation of observations) {
      const { area, period, value, lower, upper, count, denominator } = observation;
      const measured = known.get(observation.indicator);
      if (measured === undefined) this.#checkIndicator(file, observation, observation.indicator, byId);
      if (knowsAreas && area !== '' && !areas.has(area))
        this.#fault(
          file,
          observation,
          'area',
          'the area is in no group',
          `the code of a group’s area, of ${partnership.area.name} (${partnership.area.code}) or of England (${england})`,
        );
      if (this.#given.doubtful.has(observation)) continue;
      if (measured !== undefined)
        for (const [key, number] of [
          ['value', value],
          ['lower', lower],
          ['upper', upper],
        ] as const)
          this.#checkInUnit(file, observation, key, number, measured.indicator.unit, measured.range);
      if (lower !== null && upper !== null && lower > upper)
        this.#fault(
          file,
          observation,
          'lower',
          'lower is above upper',
          `at most upper, which is ${String(upper)}`,
        );
      else if (value !== null && lower !== null && lower > value)
        this.#fault(file, observation, 'lower', 'lower is above the value', `at most ${String(value)}`);
      else if (value !== null && upper !== null && upper < value)
        this.#fault(file, observation, 'upper', 'upper is below the value', `at least ${String(value)}`);
      if (count !== null && count < 0)
        this.#fault(file, observation, 'count', 'count is negative', '0 or more');
      if (denominator !== null && denominator <= 0)
        this.#fault(file, observation, 'denominator', 'denominator is not positive', 'more than 0');
      else if (count !== null && denominator !== null && count > denominator)
        this.#fault(
          file,
          observation,
          'count',
          'count is above the denominator',
          `at most ${String(denominator)}`,
        );
      const key = `${observation.indicator} ${area} ${period}`;
      const first = seen.get(key);
      if (first === undefined) seen.set(key, observation);
      else {
        const other = this.#place(file, first, 'value');
        const same = (['value', 'lower', 'upper', 'count', 'denominator'] as const).every(
          (part) => first[part] === observation[part],
        );
        if (same)
          this.#warn(file, observation, 'indicator', 'the figure is given twice', `once; ${other} has it`);
        else
          this.#fault(
            file,
            observation,
            'value',
            'the figure is given twice, with different values',
            `one figure for an indicator, area and period; ${other} has ${String(first.value ?? 'no value')}`,
          );
      }
    }
  }
}
