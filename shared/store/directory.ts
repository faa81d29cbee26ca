import type {
  Body,
  Group,
  ListedMeeting,
  Member,
  Membership,
  OtherBody,
  Partnership,
  PartnershipFolder,
  Person,
  Role,
} from '../domain/partnership.ts';
import { isEffective } from '../domain/partnership.ts';
import type { IsoDate } from '../time/calendar.ts';
import { later } from '../time/calendar.ts';
import { fromItem, fromItemOrNone, readEvery, toItem } from './items.ts';
import type { Item, Key, Table } from './table.ts';

/** The day on which each person's last membership ends; null where one is open-ended. */
const lastDays = (memberships: readonly Membership[]): ReadonlyMap<string, IsoDate | null> => {
  const days = new Map<string, IsoDate | null>();
  for (const { person, to } of memberships) {
    const known = days.get(person);
    days.set(person, to === null || known === null ? null : later(known ?? to, to));
  }
  return days;
};

/** Who and what a partnership consists of: people, bodies, memberships with dates, listed meetings. */
export class Directory {
  readonly #table: Table;
  readonly #partnership: string;

  constructor(table: Table, partnership: string) {
    this.#table = table;
    this.#partnership = partnership;
  }

  /**
   * The partnership's settings.
   * @throws {Error} when none has been loaded
   */
  async partnership(): Promise<Partnership> {
    const item = await this.#table.get({ pk: this.#partnership, sk: 'PARTNERSHIP' });
    if (item === undefined)
      throw new Error(
        `no partnership '${this.#partnership}' has been loaded: load its folder with 'npm run admin -- load'`,
      );
    return fromItem<{ settings: Partnership }>(item).settings;
  }

  /** A body, or undefined. */
  async body(id: string): Promise<Body | undefined> {
    return fromItemOrNone<Body>(await this.#table.get({ pk: this.#bodyKey(id), sk: 'BODY' }));
  }

  /**
   * A group.
   * @throws {Error} when there is no such group
   */
  async group(id: string): Promise<Group> {
    const body = await this.body(id);
    if (body?.kind !== 'lcpg') throw new Error(`no group '${id}' in partnership '${this.#partnership}'`);
    return body;
  }

  /** The name of a body, or its id when it is not known. */
  async bodyName(id: string): Promise<string> {
    return (await this.body(id))?.name ?? id;
  }

  /** All groups, in the order of the partnership file. */
  async groups(): Promise<readonly Group[]> {
    return readEvery<Group>(this.#table, { pk: `${this.#partnership}#GROUPS` });
  }

  /** The memberships of a body on a day, each with its person, in the folder's order. */
  async members(body: string, on: IsoDate): Promise<readonly Member[]> {
    const memberships = await readEvery<Membership>(this.#table, {
      pk: this.#bodyKey(body),
      beginsWith: 'MEMBER#',
    });
    return this.#withPeople(memberships.filter((membership) => isEffective(membership, on)));
  }

  /** Everybody who holds a role on a day, in any body: the chairs of all groups are the Chairs Group. */
  async holders(role: Role, on: IsoDate): Promise<readonly Member[]> {
    const memberships = await readEvery<Membership>(this.#table, {
      pk: `${this.#partnership}#ROLE#${role}`,
      index: 'gsi1',
    });
    return this.#withPeople(memberships.filter((membership) => isEffective(membership, on)));
  }

  /** A person, or undefined. */
  async person(id: string): Promise<Person | undefined> {
    return fromItemOrNone<Person>(await this.#table.get(this.#personKey(id)));
  }

  /** People by id, in the order asked; those who are not known are left out. */
  async people(ids: readonly string[]): Promise<readonly Person[]> {
    const items = await this.#table.getMany(ids.map((id) => this.#personKey(id)));
    return items.filter((item) => item !== undefined).map((item) => fromItem<Person>(item));
  }

  /** The meetings that the partnership's files list for a body between two days, both inclusive, by date. */
  async listedMeetings(body: string, from: IsoDate, to: IsoDate): Promise<readonly ListedMeeting[]> {
    return readEvery<ListedMeeting>(this.#table, {
      pk: this.#bodyKey(body),
      from: `MEETING#${from}`,
      to: `MEETING#${to}#~`,
    });
  }

  /**
   * Takes over a checked folder. What the folder no longer holds is removed; the settings are written last, so that
   * a load that broke off is seen by its old settings and can be repeated. People are kept, because history names them:
   * those whom the folder no longer lists have left, on the day of the load where no membership of theirs ended before.
   */
  async load(folder: PartnershipFolder, today: IsoDate): Promise<void> {
    const items: Item[] = [];
    const bodies: readonly (OtherBody | Group)[] = [...folder.bodies, ...folder.groups];
    for (const body of bodies) {
      items.push(toItem({ pk: this.#bodyKey(body.id), sk: 'BODY' }, body));
      items.push(toItem({ pk: `${this.#partnership}#BODIES`, sk: body.id }, { id: body.id }));
    }
    folder.groups.forEach((group, index) => {
      items.push(toItem({ pk: `${this.#partnership}#GROUPS`, sk: String(index).padStart(6, '0') }, group));
    });
    const left = lastDays(folder.memberships);
    const listed = new Set(folder.people.map(({ id }) => id));
    for (const person of folder.people) items.push(this.#personItem(person, left.get(person.id) ?? null));
    for await (const item of this.#table.queryAll({ pk: this.#peopleIndex, index: 'gsi1' })) {
      const person = fromItem<Person>(item);
      if (!listed.has(person.id)) items.push(this.#personItem(person, today));
    }
    // The folder's order is kept: of two officers of a secretariat the first listed is asked first.
    folder.memberships.forEach((membership, index) => {
      const place = String(index).padStart(6, '0');
      items.push(
        toItem(
          {
            pk: this.#bodyKey(membership.body),
            sk: `MEMBER#${place}`,
            gsi1pk: `${this.#partnership}#ROLE#${membership.role}`,
            gsi1sk: place,
          },
          membership,
        ),
      );
    });
    for (const meeting of folder.meetings)
      items.push(
        toItem({ pk: this.#bodyKey(meeting.body), sk: `MEETING#${meeting.date}#${meeting.start}` }, meeting),
      );
    const kept = new Set(items.map((item) => `${item.pk} ${item.sk}`));
    const stale: Key[] = [];
    for (const pk of await this.#loadedPartitions())
      for await (const item of this.#table.queryAll({ pk }))
        if (!kept.has(`${item.pk} ${item.sk}`)) stale.push({ pk: item.pk, sk: item.sk });
    await this.#table.putMany(items);
    await this.#table.removeMany(stale);
    await this.#table.putMany([
      toItem({ pk: this.#partnership, sk: 'PARTNERSHIP' }, { settings: folder.partnership }),
    ]);
  }

  /** The people who left before a day. */
  async leftBefore(day: IsoDate): Promise<readonly Person[]> {
    const leavers: Person[] = [];
    for await (const item of this.#table.queryAll({ pk: this.#leaversIndex, index: 'gsi1', to: day }))
      leavers.push(fromItem<Person>(item));
    return leavers;
  }

  /** Forgets people. Where records name them, their id is left. */
  async forget(people: readonly Person[]): Promise<void> {
    await this.#table.removeMany(people.map(({ id }) => this.#personKey(id)));
  }

  async #withPeople(memberships: readonly Membership[]): Promise<readonly Member[]> {
    const ids = [...new Set(memberships.map(({ person }) => person))];
    const people = new Map((await this.people(ids)).map((person) => [person.id, person]));
    return memberships.flatMap((membership) => {
      const who = people.get(membership.person);
      return who === undefined ? [] : [{ ...membership, who }];
    });
  }

  /** The partitions of bodies and groups that an earlier load wrote. People are kept: history names them. */
  async #loadedPartitions(): Promise<readonly string[]> {
    const bodies = `${this.#partnership}#BODIES`;
    const partitions = [bodies, `${this.#partnership}#GROUPS`];
    for await (const { sk } of this.#table.queryAll({ pk: bodies })) partitions.push(this.#bodyKey(sk));
    return partitions;
  }

  /** A person stands in the index among the people; one who leaves, among the leavers, by the last of their days. */
  #personItem(person: Person, lastDay: IsoDate | null): Item {
    const place =
      lastDay === null
        ? { gsi1pk: this.#peopleIndex, gsi1sk: person.id }
        : { gsi1pk: this.#leaversIndex, gsi1sk: `${lastDay}#${person.id}` };
    return toItem({ ...this.#personKey(person.id), ...place }, person);
  }

  get #peopleIndex(): string {
    return `${this.#partnership}#PEOPLE`;
  }

  get #leaversIndex(): string {
    return `${this.#partnership}#LEAVERS`;
  }

  #bodyKey(id: string): string {
    return `${this.#partnership}#BODY#${id}`;
  }

  #personKey(id: string): Key {
    return { pk: `${this.#partnership}#PERSON#${id}`, sk: 'PERSON' };
  }
}
