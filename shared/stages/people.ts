import { createHash } from 'node:crypto';

import type { NamedSubstitute } from '../domain/cycle.ts';
import type { Group, Member, Partnership, Person, Role } from '../domain/partnership.ts';
import type { EscalationRole, RequestKind } from '../domain/request.ts';
import { theBody } from '../templates/filters.ts';
import type { IsoDate } from '../time/calendar.ts';
import type { AnswerDesk } from './workplace.ts';

/** How a role is called to the person who holds it. */
const roleNames: Readonly<Record<Role, string>> = {
  chair: 'the chair',
  'co-ordinator': 'the co-ordinator',
  'safeguarding-lead': 'the safeguarding lead',
  'local-hwb-link': 'the Local HWB link',
  member: 'a member',
  'kcc-member': 'a member',
  'district-councillor': 'a member',
  additional: 'a member',
  secretariat: 'in the secretariat',
  'lead-chair': 'the lead chair',
  contact: 'the contact',
};

/** Roles from the most particular to the most general: what a person with several is addressed as. */
const byWeight: readonly Role[] = [
  'lead-chair',
  'chair',
  'co-ordinator',
  'secretariat',
  'safeguarding-lead',
  'local-hwb-link',
  'contact',
  'member',
  'kcc-member',
  'district-councillor',
  'additional',
];

/** How a group is called in emails and reports. */
export const groupTitle = (group: Pick<Group, 'name'>): string => `${group.name} LCPG`;

/** A person to write to, and why. */
export interface Addressee {
  readonly who: Person;
  readonly because: string;
}

/** A person of a body with every role held there. */
export interface PersonInBody {
  readonly who: Person;
  readonly roles: readonly Role[];
  readonly sectors: readonly string[];
}

/** Each person once, with all roles and sectors, in the order of the memberships. */
export const onePerPerson = (members: readonly Member[]): readonly PersonInBody[] => {
  const people = new Map<string, { who: Person; roles: Role[]; sectors: string[] }>();
  for (const member of members) {
    const known = people.get(member.person) ?? { who: member.who, roles: [], sectors: [] };
    if (!known.roles.includes(member.role)) known.roles.push(member.role);
    if (member.sector !== null && !known.sectors.includes(member.sector)) known.sectors.push(member.sector);
    people.set(member.person, known);
  }
  return [...people.values()];
};

const substitutePrefix = 'substitute-';

/** Whether an id is that of a substitute, of whom there is no record. */
export const isSubstitute = (id: string): boolean => id.startsWith(substitutePrefix);

/** A substitute as somebody to write to: none of the partnership's people, so known by the address alone. */
export const substituteAsPerson = ({ name, email }: NamedSubstitute, { organisation }: Person): Person => ({
  id: `${substitutePrefix}${createHash('sha256').update(email.toLowerCase()).digest('hex').slice(0, 12)}`,
  email,
  name,
  organisation,
});

/** Why a substitute is written to. */
export const becauseInPlaceOf = ({ name }: Person): string =>
  `${name} asked you to go to a meeting in their place`;

/** The role by which a person is addressed. */
export const mainRole = (roles: readonly Role[]): Role =>
  byWeight.find((role) => roles.includes(role)) ?? 'member';

/** Why a person is written to: "you are the chair of Ashford LCPG". */
export const becauseOf = (roles: readonly Role[], bodyName: string): string => {
  return `you are ${roleNames[mainRole(roles)]} of ${theBody(bodyName)}`;
};

/** A body's name in a sentence. */
export const bodyTitle = async (desk: AnswerDesk, partnership: Partnership, id: string): Promise<string> => {
  if (id === partnership.board) return partnership.boardName.short;
  const body = await desk.directory.body(id);
  return body === undefined ? id : body.kind === 'lcpg' ? groupTitle(body) : body.name;
};

/**
 * The memberships of a body on a day. The Chairs Group's members are the chairs of all groups, the Safeguarding
 * Group's the safeguarding leads (LCPG terms of reference, "Group roles"), with who is listed there besides.
 */
export const membersOf = async (
  desk: AnswerDesk,
  partnership: Partnership,
  body: string,
  on: IsoDate,
): Promise<readonly Member[]> => {
  const listed = await desk.directory.members(body, on);
  if (body === partnership.chairsGroup) return [...(await desk.directory.holders('chair', on)), ...listed];
  if (body === partnership.safeguardingGroup)
    return [...(await desk.directory.holders('safeguarding-lead', on)), ...listed];
  return listed;
};

/** The people of a body with a role on a day, in the folder's order. */
export const withRole = async (
  desk: AnswerDesk,
  body: string,
  bodyName: string,
  role: Role,
  on: IsoDate,
): Promise<readonly Addressee[]> =>
  (await desk.directory.members(body, on))
    .filter((member) => member.role === role)
    .map((member) => ({ who: member.who, because: becauseOf([role], bodyName) }));

/** The role that a kind of request goes to, and the roles that stand in when nobody holds it. */
const askedRoles: Readonly<Record<Exclude<RequestKind, 'attendance' | 'action-update'>, readonly Role[]>> = {
  minutes: ['secretariat'],
  'board-answers': ['secretariat'],
  'report-receipt': ['secretariat'],
  'meeting-date': ['co-ordinator', 'chair'],
  return: ['co-ordinator', 'chair'],
  'return-signoff': ['chair'],
  'chairs-summary': ['lead-chair', 'secretariat'],
  representatives: ['lead-chair', 'secretariat'],
};

/** Who is asked for something of a body, or undefined when nobody holds a role that could be. */
export const whoIsAsked = async (
  desk: AnswerDesk,
  partnership: Partnership,
  kind: keyof typeof askedRoles,
  body: string,
  on: IsoDate,
): Promise<Addressee | undefined> => {
  const members = await desk.directory.members(body, on);
  for (const role of askedRoles[kind]) {
    const member = members.find((candidate) => candidate.role === role);
    if (member !== undefined)
      return { who: member.who, because: becauseOf([role], await bodyTitle(desk, partnership, body)) };
  }
  return undefined;
};

/** Whom a missing answer of a body is escalated to. The person who was asked is never among them. */
export const escalatedTo = async (
  desk: AnswerDesk,
  partnership: Partnership,
  role: EscalationRole,
  body: string,
  asked: string,
  on: IsoDate,
): Promise<readonly Addressee[]> => {
  const place =
    role === 'lead-chair' ? partnership.chairsGroup : role === 'secretariat' ? partnership.board : body;
  const people = await withRole(desk, place, await bodyTitle(desk, partnership, place), role, on);
  return people.filter(({ who }) => who.id !== asked);
};
