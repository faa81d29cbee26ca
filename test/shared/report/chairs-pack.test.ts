import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { compileBoardReport } from '../../../shared/report/board-report.ts';
import { draftChairsPack } from '../../../shared/report/chairs-pack.ts';
import type { GroupDossier } from '../../../shared/report/model.ts';
import {
  attendanceLine,
  boardSource,
  dossier,
  indicator,
  signedReturn,
  source,
  submittedReturn,
  threeGroups,
} from './sample.ts';

const indicators = [
  indicator('gcse', { name: 'GCSEs' }),
  indicator('poverty', { name: 'Poverty', outcome: 'Free from poverty' }),
  indicator('absence', { name: 'Absence' }),
];

const concerned = (group: string, ...ids: readonly (string | null)[]): GroupDossier =>
  dossier(group, {
    given: signedReturn(group, {
      concerns: ids.map((id) => ({ text: `${group} about ${String(id)}`, indicator: id })),
    }),
  });

describe('the Chairs Group’s pack', () => {
  it('groups concerns by indicator, the most widely shared first, what has no indicator last', () => {
    const { concerns } = draftChairsPack(
      source(
        [
          concerned('ashford', 'absence', 'absence', 'absence', null),
          concerned('dover', 'poverty', 'gone', null),
          concerned('swale', 'poverty', 'gcse', null),
        ],
        indicators,
      ),
    );
    expect(
      concerns.map(({ outcome, indicatorName, items }) => [
        outcome,
        indicatorName,
        items.map(({ groupName }) => groupName).join(),
      ]),
    ).toEqual([
      ['Free from poverty', 'Poverty', 'Dover,Swale'],
      // As widely shared as each other: in the partnership's order. Three concerns of one LCPG are one LCPG's.
      ['Learning and achieving', 'GCSEs', 'Swale'],
      ['Learning and achieving', 'Absence', 'Ashford,Ashford,Ashford'],
      ['', '', 'Ashford,Dover,Dover,Swale'],
    ]);
  });

  it('names nil and unsigned returns, escalations, overdue actions and gaps', () => {
    const from = threeGroups();
    const pack = draftChairsPack({ ...from, preparedAt: from.compiledAt });
    expect(pack).toMatchObject({
      received: 2,
      nil: ['Swale'],
      unsigned: ['Dover'],
      missing: [{ groupName: 'Dover', sectors: ['Housing'], roles: ['safeguarding-lead'] }],
    });
    expect(pack.escalations.map(({ groupName }) => groupName)).toEqual(['Ashford', 'Dover']);
    expect(pack.overdueActions.map(({ id }) => id)).toEqual(['action-1']);
  });

  it('counts a sector as represented by a present member or a substitute, at meetings that were held', () => {
    const police = (presence: 'present' | 'substitute' | 'apologies' | 'absent') => [
      attendanceLine('One', 'Police', presence),
      attendanceLine('Two', 'Police', 'apologies'),
      attendanceLine('Three', null, 'present'),
    ];
    const { sectors } = draftChairsPack(
      source([
        dossier('a', { attendance: police('present') }),
        dossier('b', { attendance: police('substitute') }),
        dossier('c', { attendance: police('absent'), missingSectors: ['Housing'] }),
        dossier('d', { attendance: police('present'), given: signedReturn('d', { held: false }) }),
        dossier('e', { attendance: police('present'), given: null, missingSectors: ['Housing'] }),
      ]),
    );
    expect(sectors).toEqual([
      { sector: 'Police', represented: 2, meetings: 3, withoutMember: [] },
      { sector: 'Housing', represented: 0, meetings: 3, withoutMember: ['C', 'E'] },
    ]);
  });

  it('drafts a summary that states the facts', () => {
    const from = threeGroups();
    const { draft } = draftChairsPack({ ...from, preparedAt: from.compiledAt });
    expect(draft).toEqual({
      overview: [
        '2 of the 3 LCPGs sent a return. There is a nil return for Swale. The return from Dover had not been signed by the chair by 10 November 2026. Dover did not hold a meeting.',
        'The most widely shared concern, raised by 2 LCPGs, is: GCSEs in English and maths.',
        'Of 5 district figures with a target and a floor standard, 0 meet the target, 3 meet only the floor standard and 2 meet neither. The indicators on which most districts do not meet the floor standard (1 district each) are: GCSEs in English and maths; Children in relative poverty before housing costs.',
        '2 issues are escalated to the CHWB. 1 action was overdue on 10 November 2026.',
      ].join('\n\n'),
      commonConcerns: ['GCSEs in English and maths: a concern of 2 LCPGs (Ashford and Dover).'],
      achievements: ['Ashford: Summer reading club reached 400 children.'],
      asks: ['Ask the ICB for a recovery plan (asked by Ashford and Dover).'],
    });
  });

  it('drafts as common what several LCPGs share, and as one LCPG’s own what one alone achieved', () => {
    const achieved = (group: string, text: string, id: string | null): GroupDossier =>
      dossier(group, { given: signedReturn(group, { achievements: [{ text, indicator: id }] }) });
    const { draft } = draftChairsPack(
      source(
        [
          achieved('ashford', 'One\nline', null),
          achieved('dover', 'Up', 'gcse'),
          achieved('swale', 'Up!', 'gcse'),
          achieved('thanet', 'Down!', 'absence'),
          concerned('ashford', 'poverty'),
        ],
        indicators,
      ),
    );
    expect(draft.commonConcerns).toEqual([]);
    expect(draft.achievements).toEqual([
      'GCSEs: achievements reported by 2 LCPGs (Dover and Swale).',
      'Thanet: Down!',
      'Ashford: One line.',
    ]);
  });

  it('drafts plainly when everything or nothing came', () => {
    const overview = (dossiers: readonly GroupDossier[]) =>
      draftChairsPack(source(dossiers, indicators)).draft.overview;
    expect(overview([concerned('ashford', 'gcse'), dossier('dover')])).toBe(
      'All 2 LCPGs sent a return.\n\nNo indicator is a concern of more than one LCPG.\n\nNo issue is escalated to the CHWB.',
    );
    expect(overview([dossier('ashford', { given: null }), dossier('dover', { given: null })])).toBe(
      'No LCPG sent a return. There are nil returns for Ashford and Dover.',
    );
    expect(
      overview([
        concerned('ashford', 'gcse', 'absence'),
        concerned('dover', 'gcse', 'absence'),
        dossier('swale', { given: submittedReturn('swale') }),
        dossier('thanet', { given: submittedReturn('thanet') }),
      ]),
    ).toBe(
      'All 4 LCPGs sent a return. The returns from Swale and Thanet had not been signed by their chairs by 29 October 2026.\n\nThe most widely shared concerns, each raised by 2 LCPGs, are: GCSEs; Absence.\n\nNo issue is escalated to the CHWB.',
    );
  });

  it('names twelve and counts the others, so that a summary stays readable at any size', () => {
    const dossiers = Array.from({ length: 40 }, (_, index) =>
      dossier(`d${String(index)}`, { given: index < 3 ? signedReturn(`d${String(index)}`) : null }),
    );
    const { nil, draft } = draftChairsPack(source(dossiers));
    expect(nil).toHaveLength(37);
    expect(draft.overview).toContain('D13, D14 and 25 others.');
  });

  it('puts every LCPG in once, in the order given, and never a safeguarding matter', () => {
    const anyGiven = fc.constantFrom(
      (group: string) => signedReturn(group, { safeguardingMatters: ['SECRET'] }),
      (group: string) => submittedReturn(group, { safeguardingMatters: ['SECRET'], held: false }),
      () => null,
    );
    fc.assert(
      fc.property(fc.array(anyGiven, { maxLength: 20 }), (kinds) => {
        const dossiers = kinds.map((given, index) =>
          dossier(`g${String(index)}`, { given: given(`g${String(index)}`) }),
        );
        const report = compileBoardReport(boardSource(source(dossiers, indicators)));
        expect(report.groups.map(({ group }) => group)).toEqual(dossiers.map(({ group }) => group));
        const inState = (state: string) => report.groups.filter((group) => group.state === state).length;
        expect(report.received + report.nil.length).toBe(dossiers.length);
        expect(report.received).toBe(inState('signed') + inState('submitted'));
        expect(JSON.stringify(report)).not.toContain('SECRET');
      }),
    );
  });
});

describe('the report to the board', () => {
  it('takes the lead chair’s summary, and says by whom and when it was approved', () => {
    const content = { overview: 'As written.', commonConcerns: [], achievements: [], asks: ['Decide.'] };
    const approved = { by: 'Lead Chair', at: '2026-11-05T12:00:00Z' };
    expect(
      compileBoardReport({
        ...threeGroups(),
        summary: { content, draftedAt: '2026-10-10T09:00:00Z', approved },
      }),
    ).toMatchObject({
      summary: content,
      summaryApprovedBy: 'Lead Chair',
      summaryApprovedAt: '2026-11-05T12:00:00Z',
      // Handed in on 20 October, after the summary was drafted, which does not speak of it.
      cameSinceSummary: [expect.any(String)],
    });
    expect(
      compileBoardReport({
        ...threeGroups(),
        summary: { content, draftedAt: '2026-12-01T00:00:00Z', approved: null },
      }),
    ).toMatchObject({
      summary: content,
      summaryApprovedAt: null,
      cameSinceSummary: [],
    });
  });

  it('falls back on the drafted text, unapproved', () => {
    const from = threeGroups();
    const report = compileBoardReport(from);
    expect(report.summary).toEqual(draftChairsPack({ ...from, preparedAt: from.compiledAt }).draft);
    expect(report.summaryApprovedBy).toBeNull();
    expect(report.preparedAt).toBe(from.compiledAt);
  });
});
