import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { compileBoardReport } from '../../../shared/report/board-report.ts';
import { countyTables } from '../../../shared/report/data-tables.ts';
import { boardReportDocument } from '../../../shared/report/board-report-document.ts';
import { htmlOf } from '../../../shared/report/html.ts';
import type { BoardReport } from '../../../shared/report/model.ts';
import { expectGolden } from '../../support/golden.ts';
import { everyDocument } from './every-document.ts';
import { dossier, indicator, manyGroups, signedReturn, source, boardSource, threeGroups } from './sample.ts';

const golden = (name: string): string => join(import.meta.dirname, 'golden', name);

const renderBoardReport = (report: BoardReport): string => htmlOf(boardReportDocument(report));

const threeReport = () => compileBoardReport(threeGroups());

/** All text that a person types, hostile. */
const hostile = '<script>alert("x")</script> & \'quoted\'';
const hostileReport = () => {
  const finding = { text: hostile, indicator: 'gcse' };
  const given = signedReturn('ashford', {
    held: false,
    notHeldReason: hostile,
    commentaries: [finding].map(({ text }) => ({ indicator: 'gcse', text })),
    concerns: [finding],
    achievements: [finding],
    escalations: [{ issue: hostile, ask: hostile, indicator: 'gcse' }],
  });
  const action = {
    id: 'a',
    group: 'ashford',
    description: hostile,
    owner: hostile,
    due: '2026-10-01',
    state: 'open' as const,
    indicator: null,
    overdue: true,
    lastNote: hostile,
  };
  return compileBoardReport({
    ...boardSource(
      source(
        [dossier('ashford', { given, groupName: hostile, actions: [action], signedByName: hostile })],
        [indicator('gcse', { name: hostile, outcome: hostile, source: hostile })],
      ),
    ),
    minutesKeyMessages: [hostile],
    representatives: { people: [{ name: hostile, groupName: hostile }], confirmed: false },
    summary: {
      content: { overview: hostile, commonConcerns: [hostile], achievements: [hostile], asks: [hostile] },
      draftedAt: '2026-12-01T00:00:00Z',
      approved: { by: hostile, at: '2026-11-05T12:00:00Z' },
    },
  });
};

const headings = (html: string): readonly number[] =>
  [...html.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));

describe.each(Object.entries(everyDocument))('the %s as a page', (name, { document }) => {
  const render = (): string => htmlOf(document);
  it('is the one that was looked at', () => {
    expectGolden(golden(`${name}.html`), render());
  });

  it('is accessible in its structure: language, title, one h1, no heading level left out', () => {
    const html = render();
    expect(html).toMatch(/^<!doctype html>\n<html lang="en-GB">/);
    expect(html).toMatch(/<title>[^<]{20,}<\/title>/);
    expect(html).toContain('<main id="main"');
    const levels = headings(html);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels[0]).toBe(1);
    for (const [index, level] of levels.entries())
      expect(level).toBeLessThanOrEqual((levels[index - 1] ?? 0) + 1);
  });

  it('leads every link to a place of its own, each of which is there once', () => {
    const html = render();
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const links = [...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href);
    expect(links.length).toBeGreaterThan(3);
    for (const href of links) expect(ids.map((id) => `#${id ?? ''}`)).toContain(href);
  });

  it('needs nothing from outside and runs nothing', () => {
    // The name of a namespace is no address that anything is fetched from.
    const html = render().replaceAll('http://www.w3.org/2000/svg', '');
    expect(html).not.toMatch(/<script|<link|<img|src=|url\(|@import|https?:/);
  });

  it('gives each table a caption and each header cell a scope', () => {
    const html = render();
    expect([...html.matchAll(/<table/g)]).toHaveLength([...html.matchAll(/<caption>/g)].length);
    expect(html).not.toMatch(/<th (?![^>]*scope=)/);
  });

  it('holds nothing that goes its own way', () => {
    expect(render()).not.toMatch(/SAFEGUARDING SECRET|Only for the (Local HWB|CSP)|Somebody left/);
  });

  it('says the rating in a word beside its colour', () => {
    const html = render();
    const tags = [...html.matchAll(/<span class="rating (\w+)">.*?<\/span> (\w+)<\/span>/g)];
    expect(tags).toHaveLength([...html.matchAll(/class="rating /g)].length);
    for (const [, colour, word] of tags) expect(word?.toLowerCase()).toBe(colour);
  });
});

describe('the report and the pack of the Chairs Group', () => {
  it.each(['board-report', 'chairs-pack'])('show every LCPG once among the districts: %s', (name) => {
    const html = htmlOf(
      everyDocument[name]?.document ?? { ...boardReportDocument(threeReport()), sections: [] },
    );
    const districts = [...html.matchAll(/<h3 id="district-([^"]+)"/g)].map(([, id]) => id);
    expect(districts).toEqual(['ashford', 'dover', 'swale']);
  });
});

describe('documents for few', () => {
  it('hold what the others may not', () => {
    const pageOf = (name: string): string => {
      const found = everyDocument[name];
      return found === undefined ? '' : htmlOf(found.document);
    };
    expect(pageOf('district-report')).toContain('We would like ten minutes at your next meeting.');
    expect(pageOf('district-report')).not.toContain('Sid Second, Housing');
    expect(pageOf('safeguarding')).toContain('Confidential');
    expect(pageOf('lcpg-pack')).toContain('The meeting is not quorate yet.');
    expect(pageOf('lcpg-pack')).toContain('Sends a substitute: Jo Smith');
    expect(pageOf('members-briefing')).toContain('Summer reading club reached 400 children');
    expect(pageOf('members-briefing')).not.toContain('Waiting times');
  });
});

describe('the report as a page', () => {
  it('goes in the order of council reports', () => {
    const titles = [...renderBoardReport(threeReport()).matchAll(/<h2[^>]*>.*?<\/span> ([^<]*)/g)];
    expect(titles.map(([, title]) => title)).toEqual([
      'What changed since the last report',
      'Summary',
      'Decisions asked of the CHWB',
      'The countywide picture',
      'Districts one by one',
      'Issues escalated to the CHWB',
      'What the CHWB said last time',
      'Actions',
      'Attendance and gaps',
      'Returns received, late and nil',
      'Appendices',
    ]);
  });

  it('lists every open action with its owner and due date, the first due on top, and of very many the overdue', () => {
    const action = (id: number, overdue: boolean) => ({
      id: String(id),
      group: 'ashford',
      description: `Deed ${String(id)}`,
      owner: 'An Owner',
      due: `2026-${String(12 - (id % 12)).padStart(2, '0')}-15`,
      indicator: null,
      state: 'open' as const,
      overdue,
      lastNote: '',
    });
    const listed = (count: number): readonly string[] => {
      const actions = Array.from({ length: count }, (_, id) => action(id, id < 2));
      const html = renderBoardReport(
        compileBoardReport(boardSource(source([dossier('ashford', { actions })]))),
      );
      const table = /<caption>Open actions .*?<\/table>/s.exec(html)?.[0] ?? '';
      return [...table.matchAll(/Deed (\d+)/g)].map(([, id = '']) => id);
    };
    expect(listed(3)).toEqual(['2', '1', '0']);
    expect(listed(301)).toEqual(['1', '0']);
  });

  it('escapes whatever is typed', () => {
    const html = renderBoardReport(hostileReport());
    expect(html).not.toContain('<script');
    expect(html).not.toContain('& &#39;');
    expect([...html.matchAll(/&lt;script&gt;/g)].length).toBeGreaterThan(20);
  });

  it('says by whom the summary was approved, or that it was not', () => {
    expect(renderBoardReport(threeReport())).toContain('was not approved by the lead chair in time');
    const approved = {
      ...threeReport(),
      summaryApprovedBy: 'Lead Chair',
      summaryApprovedAt: '2026-11-05T12:00:00Z',
    };
    const html = renderBoardReport(approved);
    expect(html).toContain('Approved by Lead Chair on 5 November 2026.');
    expect(html).not.toContain('not approved by the lead chair');
  });

  it('shows local times of instants', () => {
    const report = { ...threeReport(), compiledAt: '2026-07-01T08:00:00Z' };
    expect(renderBoardReport(report)).toContain('Compiled at 9am on Wednesday 1 July 2026.');
    const pastMidnight = { ...threeReport(), compiledAt: '2026-06-30T23:30:00Z' };
    expect(renderBoardReport(pastMidnight)).toContain('16 September 2026 to 1 July 2026');
  });

  it('shows a missing figure as missing, never as zero', () => {
    const html = renderBoardReport(threeReport());
    const swale = html.slice(html.indexOf('Learning and achieving: figures for Swale'));
    expect(swale.slice(0, swale.indexOf('</table>'))).toContain('No figure');
    expect(html).toContain('14.8%');
    expect(html).not.toContain('0.0%');
  });

  it('holds with no LCPG, no indicator and no sector', () => {
    const empty = source([]);
    const report = compileBoardReport(
      boardSource({ ...empty, partnership: { ...empty.partnership, coreSectors: [] } }),
    );
    expect(renderBoardReport(report)).toContain('No indicator is set for all districts.');
    expect(countyTables(report)).toHaveLength(6);
  });

  it('is the same bytes for the same report, and grows with the number of LCPGs only', () => {
    const lengthOf = (count: number) => renderBoardReport(compileBoardReport(manyGroups(count))).length;
    expect(renderBoardReport(threeReport())).toBe(renderBoardReport(threeReport()));
    // From a hundred on there are no drawings of all districts in the part of each.
    const [few, some, many] = [lengthOf(110), lengthOf(120), lengthOf(140)];
    expect((many - some) / (some - few)).toBeLessThan(2.1);
  });
});
