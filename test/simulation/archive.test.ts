import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';

import type { Page } from '../../rehearsal/members/browser.ts';
import type { Person } from '../../shared/domain/partnership.ts';
import { fittingCycles, keepPapers } from '../../shared/stages/papers.ts';
import { boards, people, Scene } from '../support/world.ts';

const { secretary, ashfordChair, ashfordCoordinator } = people;
const [first, second] = boards;

const newestLink = (scene: Scene, who: Person): string => {
  for (const email of scene.emails({ to: who }).toReversed()) {
    const token = /\/progress\/([\w-]{43})/.exec(scene.text(email))?.[1];
    if (token !== undefined) return `/progress/${token}`;
  }
  throw new Error(`${who.id} has no link to a progress page`);
};

const archiveOf = async (scene: Scene, who: Person, query = ''): Promise<Page> => {
  const { address } = await scene.browser.open(newestLink(scene, who));
  return scene.browser.open(`${new URL(address, 'https://x.example.org').pathname}/archive${query}`);
};

const textOf = ({ document }: Page): string => document.textContent.replaceAll(/\s+/g, ' ');

const twoCycles = async (): Promise<Scene> => {
  const scene = await Scene.open();
  await scene.toTheEnd(first);
  await scene.toTheEnd(second);
  return scene;
};

describe('the archive', () => {
  test('lists the papers of every cycle and opens them; others than secretariat and lead chair have none', async () => {
    const scene = await twoCycles();
    for (const who of [secretary, ashfordChair]) {
      const page = await archiveOf(scene, who);
      expect(page.status).toBe(200);
      const text = textOf(page);
      expect(text).toContain('Cycle that began on 16 September 2026');
      expect(text.indexOf('16 September 2026')).toBeGreaterThan(text.indexOf('18 November 2026'));
      expect(text).toContain('Report to the board (web page)');
      expect(text).toContain('All papers in one numbered set (zip)');
    }
    expect((await archiveOf(scene, ashfordCoordinator)).status).toBe(404);
    const page = await archiveOf(scene, secretary);
    const addressed = page.document
      .querySelectorAll('main a')
      .map((link) => link.getAttribute('href') ?? '')
      .filter((href) => /\/archive\/./.test(href));
    expect(addressed.length).toBeGreaterThan(8);
    const download = async (path: string) =>
      scene.browser.open(addressed.find((href) => href.endsWith(path)) ?? '');
    expect(await download(`/${first}/1`)).toMatchObject({ status: 302 });
    // What takes everything away at once needs a code, as it does from an email.
    for (const path of ['/all/set', `/${first}/set`])
      expect(textOf(await download(path))).toContain('we will email a code');
    for (const wrong of [
      '/2026-09-16/99',
      '/2026-09-16/0',
      '/1999-01-01/set',
      '/all/1',
      '/all/set/x',
      '/%2e%2e/set',
    ])
      expect((await archiveOf(scene, secretary, wrong)).status).toBe(404);
  });

  test('is searched over all reports, a link leading on to the cycle', async () => {
    const scene = await twoCycles();
    const [escalation] = await scene.place.escalations.reportedIn(first);
    const words = (escalation?.issue ?? '').split(' ').slice(0, 3).join(' ');
    const found = textOf(await archiveOf(scene, secretary, `?q=${encodeURIComponent(words.toUpperCase())}`));
    expect(found).toContain(escalation?.issue);
    expect(found).toMatch(/Escalated issue, (Ashford|Dover|Elham)/);
    expect(textOf(await archiveOf(scene, secretary, '?q=zyxw'))).toContain('Nothing with “zyxw”');
    // What is typed is shown as typed, and what is no day is no cycle.
    const odd = await archiveOf(scene, secretary, '?q=%3Cb%3E&before=x&from=y');
    expect(odd.status).toBe(200);
    expect(odd.document.innerHTML).toContain('&lt;b&gt;');
  });

  test('leaves one numbered set for each cycle, and one of all, the same bytes each time', async () => {
    const scene = await twoCycles();
    const { documents, partnership } = scene.world;
    const all = await documents.get(`${partnership.id}/papers.zip`);
    const files = unzipSync(all?.body ?? new Uint8Array());
    const names = Object.keys(files);
    expect(names[0]).toBe('00-contents.html');
    expect(names).toContain(`01-${first}/01-board-report.html`);
    expect(names).toContain(`02-${second}/01-board-report.html`);
    const contents = strFromU8(files['00-contents.html'] ?? new Uint8Array());
    for (const name of names.slice(1)) expect(contents).toContain(`href="${name}"`);
    const report = await documents.get(`${partnership.id}/cycles/${second}/board-report.html`);
    expect(files[`02-${second}/01-board-report.html`]).toEqual(report?.body);

    await keepPapers(scene.place, partnership, second);
    expect((await documents.get(`${partnership.id}/papers.zip`))?.body).toEqual(all?.body);
    const own = await documents.get(`${partnership.id}/cycles/${first}/papers.zip`);
    expect(Object.keys(unzipSync(own?.body ?? new Uint8Array()))).toContain('01-board-report.html');
  });

  test('holds nothing of safeguarding', async () => {
    const scene = await twoCycles();
    const matters = await Promise.all(
      ['ashford', 'dover', 'elham'].map(
        async (group) => (await scene.place.returns.of(first, group))?.content.safeguardingMatters ?? [],
      ),
    );
    const [matter = ''] = matters.flat();
    expect(matter).not.toBe('');
    expect(textOf(await archiveOf(scene, secretary, `?q=${encodeURIComponent(matter)}`))).toContain(
      'Nothing with',
    );
  });
});

test('the set of all cycles takes the newest that fit, the oldest of them first', () => {
  const sets = [30, 40, 50].map((bytes) => ({ papers: [{ bytes }, { bytes: 10 }] }));
  expect(fittingCycles(sets, 1_000)).toEqual(sets.toReversed());
  expect(fittingCycles(sets, 90)).toEqual([sets[1], sets[0]]);
  expect(fittingCycles(sets, 10)).toEqual([]);
});
