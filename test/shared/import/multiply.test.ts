import { describe, expect, it } from 'vitest';

import type { PartnershipFolder } from '../../../shared/domain/partnership.ts';
import { checkFolder } from '../../../shared/import/check-folder.ts';
import { multiplyFolder } from '../../../shared/import/multiply.ts';
import { readPartnershipFolder } from '../../../shared/import/read-folder.ts';

const kent = (): PartnershipFolder => {
  const { folder } = readPartnershipFolder('examples/kent');
  if (folder === undefined) throw new Error('Kent has faults');
  return folder;
};

describe('a partnership of another size', () => {
  it.each([1, 2, 3, 11, 12, 13, 24, 25, 100])('keeps every rule with %i groups', (groups) => {
    const folder = multiplyFolder(kent(), groups);
    expect(checkFolder(folder).faults).toEqual([]);
    expect(folder.groups).toHaveLength(groups);
  });

  it('is the same partnership at its own size', () => {
    expect(multiplyFolder(kent(), 12)).toEqual(kent());
  });

  it('copies a group with people, meetings, priorities and figures of its own', () => {
    const original = kent();
    const folder = multiplyFolder(original, 24);
    const of = (id: string): number[] => [
      folder.memberships.filter(({ body }) => body === id).length,
      folder.meetings.filter(({ body }) => body === id).length,
      folder.priorities.filter(({ group }) => group === id).length,
      folder.observations.filter(({ area }) => area === folder.groups.find((group) => group.id === id)?.area)
        .length,
    ];
    for (const { id } of original.groups) expect(of(`${id}-2`)).toEqual(of(id));
    const members = new Set(
      folder.memberships.filter(({ body }) => body === 'ashford-2').map(({ person }) => person),
    );
    expect(members.has(original.memberships.find(({ body }) => body === 'ashford')?.person ?? '')).toBe(
      false,
    );
    expect(
      folder.people.filter(({ id }) => members.has(id)).every(({ email }) => email.includes('+2@')),
    ).toBe(true);
    expect(folder.indicators.filter(({ group }) => group === 'thanet-2')).toHaveLength(1);
  });

  it('cuts down to the first groups, with only the people and bodies that they need', () => {
    const folder = multiplyFolder(kent(), 3);
    expect(folder.groups.map(({ id }) => id)).toEqual(['ashford', 'canterbury', 'dartford']);
    const members = new Set(folder.memberships.map(({ person }) => person));
    expect(folder.people.every(({ id }) => members.has(id))).toBe(true);
    expect(folder.people.length).toBeLessThan(60);
    expect(folder.bodies.filter(({ kind }) => kind === 'csp').map(({ id }) => id)).toEqual([
      'csp-ashford',
      'csp-canterbury',
      'csp-dartford-and-gravesham',
    ]);
    expect(folder.observations.some(({ area }) => area === 'E07000114')).toBe(false);
  });

  it('has a lead chair who is a chair even where the lead chair’s group is cut away', () => {
    const folder = multiplyFolder(kent(), 1);
    const lead = folder.memberships.find(({ role }) => role === 'lead-chair');
    expect(folder.memberships.find(({ role, body }) => role === 'chair' && body === 'ashford')?.person).toBe(
      lead?.person,
    );
    expect(checkFolder(folder).warnings.filter(({ file }) => file === 'memberships.csv')).toEqual([]);
  });

  it('reaches 1,200 groups and more than 20,000 memberships', () => {
    const folder = multiplyFolder(kent(), 1_200);
    expect(folder.memberships.length).toBeGreaterThan(20_000);
    expect(checkFolder(folder).faults).toEqual([]);
    expect(new Set(folder.people.map(({ id }) => id)).size).toBe(folder.people.length);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses %d groups', (groups) => {
    expect(() => multiplyFolder(kent(), groups)).toThrow(RangeError);
  });
});
