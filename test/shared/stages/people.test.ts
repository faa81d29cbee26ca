import { describe, expect, test } from 'vitest';

import type { Member, Role } from '../../../shared/domain/partnership.ts';
import { proposeRepresentatives } from '../../../shared/stages/chairs.ts';
import { quorumOf } from '../../../shared/stages/lcpg-pack.ts';
import {
  becauseOf,
  escalatedTo,
  mainRole,
  membersOf,
  onePerPerson,
  whoIsAsked,
} from '../../../shared/stages/people.ts';
import type { AnswerDesk } from '../../../shared/stages/workplace.ts';
import { Directory } from '../../../shared/store/directory.ts';
import { MemoryTable } from '../../../shared/store/memory-table.ts';
import { playedFolder } from '../../support/world.ts';

const on = '2026-10-01';
const { partnership } = playedFolder;

const desk = async (folder = playedFolder): Promise<AnswerDesk> => {
  const directory = new Directory(new MemoryTable(), partnership.id);
  await directory.load(folder, '2026-09-01');
  return { directory } as AnswerDesk;
};

const chairs = (...people: readonly string[]) => people.map((person) => ({ person }));

describe('representatives', () => {
  const six = chairs('a', 'b', 'c', 'd', 'e', 'f');

  test('who never went go first, in the order of the groups', () => {
    expect(proposeRepresentatives(six, [])).toEqual(['a', 'b']);
    expect(proposeRepresentatives(six, [{ cycle: '1', people: ['a', 'c'] }])).toEqual(['b', 'd']);
  });

  test('who went least recently go when everybody has been', () => {
    const earlier = [
      { cycle: '3', people: ['a', 'b'] },
      { cycle: '2', people: ['e', 'f'] },
      { cycle: '1', people: ['c', 'd', 'a'] },
    ];
    expect(proposeRepresentatives(six, earlier)).toEqual(['c', 'd']);
  });

  test('go equally often over the years', () => {
    const earlier: { cycle: string; people: readonly string[] }[] = [];
    const went = new Map<string, number>();
    for (let cycle = 100; cycle < 130; cycle += 1) {
      const people = proposeRepresentatives(six, earlier);
      earlier.unshift({ cycle: String(cycle), people });
      for (const person of people) went.set(person, (went.get(person) ?? 0) + 1);
    }
    expect([...went.values()]).toEqual([10, 10, 10, 10, 10, 10]);
  });

  test('are as many different chairs as there are, at most two; who has left is not proposed', () => {
    expect(proposeRepresentatives(chairs('a', 'a'), [])).toEqual(['a']);
    expect(proposeRepresentatives([], [{ cycle: '1', people: ['a'] }])).toEqual([]);
    expect(proposeRepresentatives(chairs('b', 'c'), [{ cycle: '1', people: ['a', 'c'] }])).toEqual([
      'b',
      'c',
    ]);
  });
});

describe('a quorum', () => {
  test.each([
    [0.5, 10, 5],
    [0.5, 11, 6],
    [1 / 3, 12, 4],
    [0, 12, 0],
    [1, 12, 12],
  ])('of %d of %d members is %d', (quorum, members, needed) => {
    expect(quorumOf({ quorum }, members)).toBe(needed);
  });

  test.each([
    [0.55, 20, 11],
    [0.7, 10, 7],
    [0.07, 100, 7],
  ])('of %d of %d members is %d, whatever fractions make of it', (quorum, members, needed) => {
    expect(quorumOf({ quorum }, members)).toBe(needed);
  });
});

describe('people', () => {
  const member = (person: string, role: Role, sector: string | null = null): Member => ({
    person,
    body: 'ashford',
    role,
    sector,
    from: null,
    to: null,
    who: { id: person, name: person, email: '', organisation: '' },
  });

  test('are each one person, with every role and sector once, in the order of the memberships', () => {
    const members = [
      member('b', 'member', 'Police'),
      member('a', 'chair'),
      member('b', 'safeguarding-lead', 'Police'),
      member('b', 'member', 'Housing'),
    ];
    expect(onePerPerson(members).map(({ who, roles, sectors }) => ({ id: who.id, roles, sectors }))).toEqual([
      { id: 'b', roles: ['member', 'safeguarding-lead'], sectors: ['Police', 'Housing'] },
      { id: 'a', roles: ['chair'], sectors: [] },
    ]);
  });

  test('are addressed by the weightiest of their roles', () => {
    expect(mainRole(['member', 'chair', 'lead-chair'])).toBe('lead-chair');
    expect(mainRole(['additional', 'co-ordinator'])).toBe('co-ordinator');
    expect(mainRole([])).toBe('member');
    expect(becauseOf(['chair'], 'Ashford LCPG')).toBe('you are the chair of Ashford LCPG');
    expect(becauseOf(['secretariat'], 'CHWB')).toBe('you are in the secretariat of the CHWB');
  });

  test('of the Chairs Group are the chairs of all groups, of the Safeguarding Group the leads, and who is listed there', async () => {
    const place = await desk();
    const ids = async (body: string): Promise<readonly string[]> =>
      (await membersOf(place, partnership, body, on)).map(({ person }) => person);
    expect(await ids('chairs')).toEqual(['ann', 'dan', 'eve', 'ann']);
    expect(await ids('leads')).toEqual(['sid', 'sue']);
    expect(await ids('dover')).toEqual(['dan', 'dora', 'sue', 'max']);
  });
});

describe('who is asked', () => {
  test.each([
    ['minutes', 'chwb', 'sam'],
    ['meeting-date', 'ashford', 'cora'],
    ['return', 'ashford', 'cora'],
    ['return-signoff', 'ashford', 'ann'],
    // Elham has no co-ordinator.
    ['meeting-date', 'elham', 'eve'],
    ['return', 'elham', 'eve'],
    ['chairs-summary', 'chairs', 'ann'],
  ] as const)('for %s of %s is %s', async (kind, body, person) => {
    expect((await whoIsAsked(await desk(), partnership, kind, body, on))?.who.id).toBe(person);
  });

  test('is nobody where nobody holds a role', async () => {
    const folder = {
      ...playedFolder,
      memberships: playedFolder.memberships.filter(({ body }) => body !== 'elham'),
    };
    expect(await whoIsAsked(await desk(folder), partnership, 'return', 'elham', on)).toBeUndefined();
  });
});

describe('an escalation', () => {
  test.each([
    ['chair', 'dover', 'dora', ['dan']],
    ['co-ordinator', 'dover', 'dan', ['dora']],
    ['secretariat', 'dover', 'dora', ['sam', 'della']],
    ['secretariat', 'chwb', 'sam', ['della']],
    ['lead-chair', 'chwb', 'sam', ['ann']],
    // The one who was asked is never told of it.
    ['chair', 'elham', 'eve', []],
    ['lead-chair', 'chairs', 'ann', []],
  ] as const)('to %s of what %s did not hear from %s goes to %j', async (role, body, asked, readers) => {
    const told = await escalatedTo(await desk(), partnership, role, body, asked, on);
    expect(told.map(({ who }) => who.id)).toEqual(readers);
  });
});
