import type { Group, Membership, Observation, PartnershipFolder, Person } from '../domain/partnership.ts';
import { personId } from './values.ts';

/**
 * A partnership of another size, for rehearsals and measurements. More groups than it has: every group is copied, with
 * people, meetings, priorities and figures of its own, as `ashford-2`, `ashford-3`…; the board, the Chairs Group, the
 * Local HWBs and the CSPs stay as they are. Fewer: the first groups are kept, with only what they need.
 * @throws {RangeError} when the number is not a whole number of at least 1
 */
export const multiplyFolder = (folder: PartnershipFolder, groups: number): PartnershipFolder => {
  if (!Number.isInteger(groups) || groups < 1)
    throw new RangeError('the number of groups has to be at least 1');
  const originals = folder.groups.length;
  const wholeCopies = Math.floor(groups / originals);
  const rest = folder.groups.slice(0, groups % originals);
  if (wholeCopies === 0) return cutFolder(folder, rest);
  const parts = { ...folder, ...emptyParts() };
  append(parts, folder);
  const idOf = new Map(folder.people.map(({ id, email }) => [id, email]));
  const perGroup = partsByGroup(folder);
  for (let copy = 2; copy <= wholeCopies + 1; copy += 1) {
    const copied = copy <= wholeCopies ? folder.groups : rest;
    const people = new Map<string, Person>();
    for (const group of copied) {
      const own = perGroup.get(group.id) ?? emptyParts();
      const id = `${group.id}-${String(copy)}`;
      const area = copiedArea(parts.groups.length);
      parts.groups.push({ ...group, id, name: `${group.name} ${String(copy)}`, area, aliases: [] });
      for (const person of own.people) {
        const email = copiedEmail(idOf.get(person.id) ?? person.email, copy);
        if (!people.has(person.id))
          people.set(person.id, {
            ...person,
            id: personId(email),
            email,
            name: `${person.name} ${String(copy)}`,
          });
      }
      for (const membership of own.memberships)
        parts.memberships.push({
          ...membership,
          body: id,
          person: people.get(membership.person)?.id ?? membership.person,
        });
      for (const meeting of own.meetings) parts.meetings.push({ ...meeting, body: id });
      for (const indicator of own.indicators)
        parts.indicators.push({ ...indicator, id: `${indicator.id}-${String(copy)}`, group: id });
      const isLocal = new Set(own.indicators.map((indicator) => indicator.id));
      const indicatorOf = (indicator: string): string =>
        isLocal.has(indicator) ? `${indicator}-${String(copy)}` : indicator;
      for (const priority of own.priorities)
        parts.priorities.push({ ...priority, group: id, indicator: indicatorOf(priority.indicator) });
      for (const observation of own.observations)
        parts.observations.push({ ...observation, area, indicator: indicatorOf(observation.indicator) });
    }
    parts.people.push(...people.values());
  }
  return parts;
};

type Parts = {
  -readonly [
    Key in 'groups' | 'people' | 'memberships' | 'meetings' | 'indicators' | 'priorities' | 'observations'
  ]: PartnershipFolder[Key][number][];
};

const emptyParts = (): Parts => ({
  groups: [],
  people: [],
  memberships: [],
  meetings: [],
  indicators: [],
  priorities: [],
  observations: [],
});

const append = (parts: Parts, folder: PartnershipFolder): void => {
  parts.groups.push(...folder.groups);
  parts.people.push(...folder.people);
  parts.memberships.push(...folder.memberships);
  parts.meetings.push(...folder.meetings);
  parts.indicators.push(...folder.indicators);
  parts.priorities.push(...folder.priorities);
  parts.observations.push(...folder.observations);
};

/** What belongs to each group alone. */
const partsByGroup = (folder: PartnershipFolder): ReadonlyMap<string, Parts> => {
  const parts = new Map(folder.groups.map(({ id }) => [id, emptyParts()]));
  const byArea = new Map(folder.groups.map(({ id, area }) => [area, id]));
  const people = new Map(folder.people.map((person) => [person.id, person]));
  const local = new Map(folder.indicators.map(({ id, group }) => [id, group]));
  for (const membership of folder.memberships) {
    const own = parts.get(membership.body);
    const person = people.get(membership.person);
    own?.memberships.push(membership);
    if (person !== undefined) own?.people.push(person);
  }
  for (const meeting of folder.meetings) parts.get(meeting.body)?.meetings.push(meeting);
  for (const indicator of folder.indicators) parts.get(indicator.group ?? '')?.indicators.push(indicator);
  for (const priority of folder.priorities) parts.get(priority.group)?.priorities.push(priority);
  for (const observation of folder.observations) {
    const group = byArea.get(observation.area) ?? '';
    const owner = local.get(observation.indicator) ?? null;
    // Another group's local figure stays with the original: its copies have no use for it.
    if (owner === null || owner === group) parts.get(group)?.observations.push(observation);
  }
  return parts;
};

const copiedEmail = (email: string, copy: number): string => {
  const at = email.lastIndexOf('@');
  return `${email.slice(0, at)}+${String(copy)}${email.slice(at)}`;
};

/** A made-up area code: `X99` begins none that the ONS gives out. */
const copiedArea = (index: number): string => `X99${String(index).padStart(6, '0')}`;

/** The first groups, with the people, links, bodies and figures that they need. */
const cutFolder = (folder: PartnershipFolder, groups: readonly Group[]): PartnershipFolder => {
  const kept = new Set(groups.map(({ id }) => id));
  const linked = new Set(
    groups.flatMap(({ reportsTo, csp }) => [...reportsTo, ...csp]).map(({ body }) => body),
  );
  const bodies = folder.bodies.filter(
    ({ id, kind }) => (kind !== 'local-hwb' && kind !== 'csp') || linked.has(id),
  );
  const bodyIds = new Set([...bodies.map(({ id }) => id), ...kept]);
  const inKept = (membership: Membership): boolean => bodyIds.has(membership.body);
  const memberships = withLeadChair(folder, folder.memberships.filter(inKept), kept);
  const members = new Set(memberships.map(({ person }) => person));
  const gone = new Set(folder.groups.filter(({ id }) => !kept.has(id)).map(({ area }) => area));
  const indicators = folder.indicators.filter(({ group }) => group === null || kept.has(group));
  const known = new Set(indicators.map(({ id }) => id));
  const isKept = ({ area, indicator }: Observation): boolean => !gone.has(area) && known.has(indicator);
  return {
    ...folder,
    bodies,
    groups,
    people: folder.people.filter(({ id }) => members.has(id)),
    memberships,
    meetings: folder.meetings.filter(({ body }) => bodyIds.has(body)),
    indicators,
    priorities: folder.priorities.filter(({ group, indicator }) => kept.has(group) && known.has(indicator)),
    observations: folder.observations.filter(isKept),
  };
};

/** The lead chair is one of the chairs: where a cut leaves that person's group out, the first group's chairs lead. */
const withLeadChair = (
  folder: PartnershipFolder,
  memberships: readonly Membership[],
  kept: ReadonlySet<string>,
): readonly Membership[] => {
  const chairs = memberships.filter(({ body, role }) => role === 'chair' && kept.has(body));
  const isChair = new Set(chairs.map(({ person }) => person));
  const leads = memberships.filter(({ role }) => role === 'lead-chair');
  if (leads.every(({ person }) => isChair.has(person))) return memberships;
  const [first] = folder.groups;
  return [
    ...memberships.filter(({ role }) => role !== 'lead-chair'),
    ...chairs
      .filter(({ body }) => body === first?.id)
      .map((chair): Membership => ({
        ...chair,
        body: folder.partnership.chairsGroup,
        role: 'lead-chair',
        sector: null,
      })),
  ];
};
