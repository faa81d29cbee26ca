import { describe, expect, it } from 'vitest';

import type { ReportedGroup } from '../../../shared/domain/report-record.ts';
import { cycleBefore, people, smallWorld } from '../../support/small-partnership.ts';
import type { SmallWorld } from '../../support/small-partnership.ts';
import { browserOf, followed } from './browser.ts';

const reported = (cycle: string, concerns: number): ReportedGroup => ({
  ...{ cycle, group: 'ashford', groupName: 'Ashford', state: 'signed', held: true, chair: null },
  ...{ coordinator: null, missingSectors: [], missingRoles: [], figures: [], commentaries: [] },
  concerns: Array.from({ length: concerns }, (_, at) => ({
    text: `Waiting for therapy, number ${String(at + 1)}`,
    indicator: null,
  })),
  ...{ achievements: [], escalations: [], actions: [] },
});

const keep = async ({ desk }: SmallWorld, group: ReportedGroup): Promise<void> =>
  desk.reports.keep({
    summary: {
      ...{ cycle: group.cycle, title: 'Report', nextBoard: '2026-11-18', compiledAt: '2026-11-09T09:00:00Z' },
      ...{ overview: '', asks: [], keyMessages: [], answers: [] },
    },
    groups: [group],
  });

/** What a search of the archive shows, and where its link to older cycles leads. */
const search = async (world: SmallWorld) => {
  const browser = browserOf(world);
  const link = await world.maker.toProgress({ of: 'partnership' }, world.cycle, people.secretary.id);
  const path = link.slice(world.origin.length);
  const home = followed(path, await browser.ask({ method: 'GET', path }));
  const { body } = await browser.get(`${home}/archive?q=therapy`);
  const further = /href="([^"]*before=[^"]*)"/.exec(body)?.[1]?.replaceAll('&amp;', '&');
  return {
    body,
    hits: body.match(/number \d+/g)?.length ?? 0,
    older: async () =>
      further === undefined
        ? ''
        : (await browser.get(`${home}/archive?${further.split('?')[1]?.split('#')[0] ?? ''}`)).body,
  };
};

describe('a search of the archive', () => {
  it('ends with the cycle in which there was enough, and goes on from a link', async () => {
    const world = await smallWorld();
    await keep(world, reported(world.cycle.id, 40));
    await keep(world, reported(cycleBefore, 3));
    const { hits, older, body } = await search(world);
    expect(hits).toBe(40);
    expect(body).not.toContain('There is more of the cycle');
    expect((await older()).match(/number \d+/g)).toHaveLength(3);
  });

  it('goes through the older cycles at once while there is not enough', async () => {
    const world = await smallWorld();
    await keep(world, reported(world.cycle.id, 39));
    await keep(world, reported(cycleBefore, 3));
    const { hits, older } = await search(world);
    expect(hits).toBe(42);
    expect(await older()).toBe('');
  });

  it('says that it shows a part where one cycle has more than anybody reads', async () => {
    const world = await smallWorld();
    await keep(world, reported(world.cycle.id, 201));
    const { hits, body } = await search(world);
    expect(hits).toBe(200);
    expect(body).toContain('There is more of the cycle that began on 16 September 2026');
  });
});
