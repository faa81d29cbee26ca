import { describe, expect, test } from 'vitest';

import type { Instant } from '../../shared/time/calendar.ts';
import { applyRetention } from '../../shared/stages/retention.ts';
import { firstCycle, people, playedFolder, Scene } from '../support/world.ts';
import { setClock } from '../support/small-partnership.ts';

const retainAt = async (scene: Scene, at: Instant): Promise<{ cycles: number; people: number }> =>
  applyRetention({ ...scene.place, clock: setClock(at) }, scene.world.partnership);

const nextBoard = '2026-11-18';

/** What is left of the cycle: its rows, its documents, and what its groups agreed in it and is over. */
const left = async (scene: Scene) => {
  const { place, world } = scene;
  const bodies = ['-', 'chwb', 'chairs', 'ashford', 'dover', 'elham'];
  const rows = await Promise.all(
    bodies.flatMap((body) => [
      place.audit.of(firstCycle, body),
      place.requests.about(firstCycle, body),
      place.attendance.of(firstCycle, body),
    ]),
  );
  return {
    rows: rows.flat().length,
    cycle: await place.cycles.get(firstCycle),
    escalations: (await place.escalations.reportedIn(firstCycle)).length,
    documents: world.documents.keys.filter((key) => key.includes(firstCycle) || key.endsWith('papers.zip')),
    report: await place.reports.of(firstCycle),
  };
};

describe('a cycle', () => {
  test('is kept for the years of the partnership, and then goes with all that it held', async () => {
    const scene = await Scene.open();
    await scene.toTheEnd();
    const { directory, documents } = scene.place;
    await documents.put(`${scene.world.partnership.id}/cycles/${firstCycle}/minutes/one`, 'x', 'text/plain');
    const [action] = await scene.place.actions.of('dover');
    // One of its groups is no more by then.
    const groups = playedFolder.groups.filter(({ id }) => id !== 'dover');
    const memberships = playedFolder.memberships.filter(({ body }) => body !== 'dover');
    await directory.load({ ...playedFolder, groups, memberships }, '2028-01-10');

    expect(await retainAt(scene, '2032-11-18T03:10:00Z')).toMatchObject({ cycles: 0 });
    const before = await left(scene);
    expect(before.cycle?.nextBoard.date).toBe(nextBoard);
    expect(before.documents).not.toEqual([]);
    expect(before.rows).toBeGreaterThan(50);

    // Only in the hour in which nobody works.
    expect(await retainAt(scene, '2032-11-19T10:10:00Z')).toMatchObject({ cycles: 0 });
    expect(await retainAt(scene, '2032-11-19T03:10:00Z')).toMatchObject({ cycles: 1 });
    expect(await left(scene)).toEqual({
      rows: 0,
      cycle: undefined,
      escalations: 0,
      documents: [],
      report: undefined,
    });
    // An action that is still open outlasts the cycle that it comes from.
    expect(await scene.place.actions.of('dover')).toEqual(action?.state === 'open' ? [action] : []);
    expect(await retainAt(scene, '2032-11-20T03:10:00Z')).toMatchObject({ cycles: 0 });
  });
});

describe('a person whom the folder no longer lists', () => {
  test('is kept for some months, and then goes with what became of the emails to them', async () => {
    const scene = await Scene.open();
    await scene.toTheEnd();
    const { directory, correspondence } = scene.place;
    const { ashfordMember: leaver, ashfordChair: stays } = people;
    const emailsTo = async (id: string): Promise<number> => {
      let count = 0;
      for await (const row of correspondence.ofPerson(id)) count += row.person === id ? 1 : 0;
      return count;
    };
    await correspondence.suppress({
      address: leaver.email,
      reason: 'bounce',
      detail: 'unknown user',
      since: '2026-11-20T09:00:00Z',
    });
    const without = {
      ...playedFolder,
      people: playedFolder.people.filter(({ id }) => id !== leaver.id),
      memberships: playedFolder.memberships.filter(({ person }) => person !== leaver.id),
    };
    await directory.load(without, '2026-12-01');
    // Loading again does not begin their months anew.
    await directory.load(without, '2027-03-01');

    expect(await retainAt(scene, '2027-06-01T02:10:00Z')).toMatchObject({ people: 0 });
    expect((await directory.person(leaver.id))?.name).toBe(leaver.name);
    expect(await emailsTo(leaver.id)).toBeGreaterThan(1);

    expect(await retainAt(scene, '2027-06-02T02:10:00Z')).toMatchObject({ people: 1 });
    expect(await directory.person(leaver.id)).toBeUndefined();
    expect(await emailsTo(leaver.id)).toBe(0);
    expect(await correspondence.suppressionsOf([leaver.email])).toEqual([undefined]);
    expect((await directory.person(stays.id))?.name).toBe(stays.name);
    expect(await emailsTo(stays.id)).toBeGreaterThan(1);
  });
});
