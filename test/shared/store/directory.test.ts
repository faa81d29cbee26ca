import { describe, expect, test } from 'vitest';

import type { Membership, PartnershipFolder } from '../../../shared/domain/partnership.ts';
import { Directory } from '../../../shared/store/directory.ts';
import { MemoryTable } from '../../../shared/store/memory-table.ts';
import { playedFolder } from '../../support/world.ts';
import { smallFolder } from '../../support/small-partnership.ts';

const loaded = async (folder: PartnershipFolder = playedFolder): Promise<Directory> => {
  const directory = new Directory(new MemoryTable(), folder.partnership.id);
  await directory.load(folder, '2026-09-01');
  return directory;
};

const groupsOf = async (directory: Directory): Promise<readonly string[]> =>
  (await directory.groups()).map(({ id }) => id);

describe('a loaded folder', () => {
  test('gives the partnership’s settings, bodies and groups', async () => {
    const directory = await loaded();
    expect(await directory.partnership()).toEqual(playedFolder.partnership);
    expect(await directory.body('hwb')).toEqual(playedFolder.bodies.find(({ id }) => id === 'hwb'));
    expect(await directory.group('dover')).toEqual(playedFolder.groups[1]);
    expect(await directory.bodyName('csp')).toBe('Smallshire CSP');
    expect(await directory.bodyName('nowhere')).toBe('nowhere');
  });

  test('has no group that is a board, or nothing at all', async () => {
    const directory = await loaded();
    await expect(directory.group('chwb')).rejects.toThrow("no group 'chwb' in partnership 'small'");
    await expect(directory.group('nowhere')).rejects.toThrow("no group 'nowhere'");
    expect(await directory.body('nowhere')).toBeUndefined();
  });

  test('that was never loaded says how to load it', async () => {
    await expect(new Directory(new MemoryTable(), 'small').partnership()).rejects.toThrow(
      "no partnership 'small' has been loaded: load its folder with 'npm run admin -- load'",
    );
  });

  test('keeps the folder’s order of groups and of members, past a thousand', async () => {
    const many = Array.from({ length: 1100 }, (_, index) => `g${String((index * 7919) % 1100)}`);
    const [first] = smallFolder.groups;
    if (first === undefined) throw new Error('the small partnership has no group');
    const directory = await loaded({
      ...smallFolder,
      groups: many.map((id) => ({ ...first, id })),
      memberships: [],
    });
    expect(await groupsOf(directory)).toEqual(many);

    const members = (await (await loaded()).members('ashford', '2026-10-01')).map(({ person }) => person);
    expect(members).toEqual(['ann', 'cora', 'mo', 'sid']);
  });

  test('gives the people of a day: memberships begin and end on their dates, both included', async () => {
    const dated = (person: string, from: string | null, to: string | null): Membership => ({
      person,
      body: 'dover',
      role: 'chair',
      sector: null,
      from,
      to,
    });
    const directory = await loaded({
      ...smallFolder,
      memberships: [dated('dan', null, '2026-09-30'), dated('eve', '2026-10-01', null)],
    });
    const on = async (day: string): Promise<readonly string[]> =>
      (await directory.members('dover', day)).map(({ who }) => who.name);
    expect(await on('2026-09-30')).toEqual(['Dan Dover']);
    expect(await on('2026-10-01')).toEqual(['Eve Elham']);
    expect((await directory.holders('chair', '2026-09-30')).map(({ person }) => person)).toEqual(['dan']);
  });

  test('gives all holders of a role over all bodies, in the folder’s order', async () => {
    const chairs = await (await loaded()).holders('chair', '2026-10-01');
    expect(chairs.map(({ person, body }) => `${person} ${body}`)).toEqual([
      'ann ashford',
      'dan dover',
      'eve elham',
    ]);
  });

  test('gives people in the order asked, without those who are not known', async () => {
    const directory = await loaded();
    expect((await directory.people(['mo', 'nobody', 'ann'])).map(({ id }) => id)).toEqual(['mo', 'ann']);
    expect((await directory.person('mo'))?.email).toBe('mo@example.org');
    expect(await directory.person('nobody')).toBeUndefined();
  });

  test('gives the meetings between two days, both included, by date', async () => {
    const directory = await loaded({ ...playedFolder, meetings: playedFolder.meetings.toReversed() });
    const dates = (await directory.listedMeetings('chwb', '2026-09-16', '2026-11-18')).map(
      ({ date }) => date,
    );
    expect(dates).toEqual(['2026-09-16', '2026-11-18']);
    expect(await directory.listedMeetings('chwb', '2026-09-17', '2026-11-17')).toEqual([]);
  });
});

describe('a folder that is loaded again', () => {
  test('takes the place of the earlier one; people are kept, because history names them', async () => {
    const directory = await loaded();
    await directory.load(
      {
        ...playedFolder,
        partnership: { ...playedFolder.partnership, name: 'Renamed' },
        groups: playedFolder.groups.filter(({ id }) => id !== 'dover'),
        people: playedFolder.people.filter(({ id }) => id !== 'dan'),
        memberships: playedFolder.memberships.filter(
          ({ body, person }) => body !== 'dover' && person !== 'mo',
        ),
        meetings: playedFolder.meetings.filter(({ body }) => body !== 'ashford'),
      },
      '2026-10-05',
    );

    expect((await directory.partnership()).name).toBe('Renamed');
    expect(await groupsOf(directory)).toEqual(['ashford', 'elham']);
    await expect(directory.group('dover')).rejects.toThrow('no group');
    expect(await directory.members('dover', '2026-10-01')).toEqual([]);
    expect((await directory.members('ashford', '2026-10-01')).map(({ person }) => person)).toEqual([
      'ann',
      'cora',
      'sid',
    ]);
    expect(await directory.listedMeetings('ashford', '2026-01-01', '2027-12-31')).toEqual([]);
    expect((await directory.holders('chair', '2026-10-01')).map(({ person }) => person)).toEqual([
      'ann',
      'eve',
    ]);
    expect((await directory.person('dan'))?.name).toBe('Dan Dover');
  });

  test('has no trace of a board’s meeting, or of a body or its members, that the folder no longer lists', async () => {
    const directory = await loaded();
    await directory.load(
      {
        ...playedFolder,
        bodies: playedFolder.bodies.filter(({ id }) => id !== 'csp'),
        memberships: playedFolder.memberships.filter(
          ({ body, person }) => body !== 'csp' && person !== 'della',
        ),
        meetings: playedFolder.meetings.filter(({ date }) => date !== '2026-11-18'),
      },
      '2026-10-05',
    );

    expect(await directory.body('csp')).toBeUndefined();
    expect(await directory.members('csp', '2026-10-01')).toEqual([]);
    expect((await directory.members('chwb', '2026-10-01')).map(({ person }) => person)).toEqual(['sam']);
    const boards = (await directory.listedMeetings('chwb', '2026-09-16', '2027-01-20')).map(
      ({ date }) => date,
    );
    expect(boards).toEqual(['2026-09-16', '2027-01-20']);
  });

  test('says who has left, from the day of the load on, or from the end of their last membership', async () => {
    const directory = await loaded();
    const ended = playedFolder.memberships.map((one) =>
      one.person === 'max' ? { ...one, to: '2026-09-30' } : one,
    );
    const without = (...ids: readonly string[]) => ({
      ...playedFolder,
      people: playedFolder.people.filter(({ id }) => !ids.includes(id)),
      memberships: ended.filter(({ person }) => !ids.includes(person)),
    });
    const leftBefore = async (day: string): Promise<readonly string[]> =>
      (await directory.leftBefore(day)).map(({ id }) => id);

    await directory.load(without('dan'), '2026-10-05');
    await directory.load(without('dan', 'max'), '2026-10-20');
    expect(await leftBefore('2026-09-30')).toEqual([]);
    expect(await leftBefore('2026-10-01')).toEqual(['max']);
    expect(await leftBefore('2026-10-06')).toEqual(['max', 'dan']);
    // Whoever comes back has not left.
    await directory.load(without('max'), '2026-11-01');
    expect(await leftBefore('2027-10-06')).toEqual(['max']);
    await directory.forget(await directory.leftBefore('2026-10-06'));
    expect(await directory.person('max')).toBeUndefined();
    expect((await directory.person('dan'))?.name).toBe('Dan Dover');
  });

  test('unchanged is the same', async () => {
    const directory = await loaded();
    await directory.load(playedFolder, '2026-09-01');
    expect(await groupsOf(directory)).toEqual(['ashford', 'dover', 'elham']);
    expect(await directory.members('ashford', '2026-10-01')).toHaveLength(4);
  });
});
