import { describe, expect, test } from 'vitest';

import { keepGrants } from '../../shared/stages/grants.ts';
import { boards, nobody, people, playedFolder, Scene } from '../support/world.ts';
import { signedReturn } from '../shared/report/sample.ts';

const [first, second] = boards;

const reportOf = async (scene: Scene, cycle: string): Promise<string> => {
  const key = `${scene.world.partnership.id}/cycles/${cycle}/board-report.html`;
  return Buffer.from((await scene.world.documents.get(key))?.body ?? '').toString('utf8');
};

describe('grants', () => {
  test('are asked for in the return, carried to the next, and told of in every report until they are over', async () => {
    const scene = await Scene.open({ habit: nobody });
    const { grants, escalations: _escalations } = scene.place;
    const given = signedReturn('ashford', {
      newGrants: [
        { purpose: 'Holiday club', amount: 1500 },
        { purpose: 'Cycling course', amount: 800 },
      ],
    });
    if (given.state !== 'signed') throw new Error('it is not signed');
    await keepGrants(scene.place, given);
    await keepGrants(scene.place, given);
    const [club, course] = (await grants.of('ashford')).toSorted((one, other) =>
      one.purpose < other.purpose ? 1 : -1,
    );
    expect(club).toMatchObject({ purpose: 'Holiday club', requested: 1500, state: 'requested' });
    expect(course).toMatchObject({ state: 'requested' });

    // A later version of the return leaves one out.
    const changed = { ...given, submittedAt: '2026-10-06T10:00:00Z' };
    await keepGrants(scene.place, {
      ...changed,
      content: { ...given.content, newGrants: [{ purpose: 'Holiday club', amount: 1500 }] },
    });
    expect((await grants.of('ashford')).map(({ state }) => state).sort()).toEqual(['requested', 'withdrawn']);

    const progress = { grant: club?.id ?? '', awarded: 1200, reviewDate: '2027-02-01', outcome: '' };
    const next = { ...given, cycle: second, submittedAt: '2026-12-01T10:00:00Z' };
    await keepGrants(scene.place, {
      ...next,
      content: { ...given.content, newGrants: [], grantProgress: [{ ...progress, state: 'awarded' }] },
    });
    const held = (await grants.of('ashford')).find(({ id }) => id === club?.id);
    expect(held).toMatchObject({ state: 'awarded', awarded: 1200, heardAt: '2026-12-01T10:00:00Z' });
    expect((await scene.place.audit.of(second, 'ashford')).map(({ what }) => what)).toContain('grant-heard');
  });

  test('that were taken out of a return and put back are requested anew', async () => {
    const scene = await Scene.open({ habit: nobody });
    const course = { purpose: 'Cycling course', amount: 800 };
    const given = signedReturn('ashford', { newGrants: [course] });
    if (given.state !== 'signed') throw new Error('it is not signed');
    const version = (submittedAt: string, newGrants: readonly (typeof course)[]) =>
      keepGrants(scene.place, { ...given, submittedAt, content: { ...given.content, newGrants } });
    const states = async () => (await scene.place.grants.of('ashford')).map(({ state }) => state).sort();
    await version('2026-10-06T10:00:00Z', [course]);
    await version('2026-10-07T10:00:00Z', []);
    expect(await states()).toEqual(['withdrawn']);
    await version('2026-10-08T10:00:00Z', [course]);
    await version('2026-10-08T10:00:00Z', [course]);
    expect(await states()).toEqual(['requested', 'withdrawn']);
    await version('2026-10-09T10:00:00Z', []);
    await version('2026-10-10T10:00:00Z', [course]);
    expect(await states()).toEqual(['requested', 'withdrawn', 'withdrawn']);
  });

  test('and local figures come from the return into the report and its data', async () => {
    const indicators = playedFolder.indicators.map((indicator, index) =>
      index === 0 ? { ...indicator, group: 'ashford', unit: '%', decimals: 0 } : indicator,
    );
    const scene = await Scene.open({ folder: { ...playedFolder, indicators } });
    await scene.toTheEnd(first);
    const returned = await scene.place.returns.of(first, 'ashford');
    const figure = returned?.content.localFigures?.[0];
    expect(figure?.period).toMatch(/^\d{4}-\d\d-\d\d\/\d{4}-\d\d-\d\d$/);
    const kept = await scene.place.indicators.localObservations('ashford');
    expect(kept).toMatchObject([{ indicator: figure?.indicator, value: figure?.value }]);
    const html = await reportOf(scene, first);
    expect(html).toContain('id="grants"');
    const part = html.slice(html.indexOf('id="district-ashford"'), html.indexOf('id="district-dover"'));
    expect(part).toContain(`${String(figure?.value)}%`);

    // The next cycle begins with it.
    await scene.until(() => scene.emails({ kind: 'minutes-request', to: people.secretary }).length > 1);
    const figures = await scene.place.indicators.figures(second, 'ashford');
    expect(figures.find(({ indicator }) => indicator === figure?.indicator)).toMatchObject({
      value: figure?.value,
      rank: null,
    });
  });
});
