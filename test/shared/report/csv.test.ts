import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';

import { compileBoardReport } from '../../../shared/report/board-report.ts';
import { csvOf } from '../../../shared/report/csv.ts';
import { countyTables } from '../../../shared/report/data-tables.ts';
import type { BoardReport } from '../../../shared/report/model.ts';
import { threeGroups } from './sample.ts';

const boardReportCsv = (from: BoardReport) => csvOf(countyTables(from));

const report = (): BoardReport => compileBoardReport(threeGroups());

const rowsOf = (from: BoardReport, fileName: string): readonly Readonly<Record<string, string>>[] => {
  const file = boardReportCsv(from).find((one) => one.fileName === fileName);
  return parse<Record<string, string>>(file?.content ?? '', { columns: true, bom: true });
};

describe('the data behind the report', () => {
  it('is six files that Excel reads: UTF-8 with its mark, CRLF', () => {
    const files = boardReportCsv(report());
    expect(files.map(({ fileName }) => fileName)).toEqual([
      'returns.csv',
      'figures.csv',
      'escalations.csv',
      'actions.csv',
      'attendance.csv',
      'concerns-and-achievements.csv',
    ]);
    for (const { content } of files) {
      expect(content.startsWith('\uFEFF')).toBe(true);
      expect(content.endsWith('\r\n')).toBe(true);
    }
  });

  it('has a return of every LCPG', () => {
    expect(
      rowsOf(report(), 'returns.csv').map((row) => [row['LCPG'], row['Return'], row['Late'], row['Held']]),
    ).toEqual([
      ['Ashford', 'signed', 'no', 'yes'],
      ['Dover', 'submitted', 'yes', 'no'],
      ['Swale', 'nil', 'no', ''],
    ]);
  });

  it('has the figures as the report shows them, and missing ones empty', () => {
    const rows = rowsOf(report(), 'figures.csv');
    const find = (lcpg: string, indicator: string) =>
      rows.find((row) => row['LCPG'] === lcpg && row['Indicator'] === indicator);
    expect(find('Ashford', 'GCSEs in English and maths')).toMatchObject({
      Value: '72.9',
      'Value as published': '72.942',
      Rating: 'amber',
      Rank: '1',
      Of: '2',
      Joint: 'no',
      'Period before': '2023 to 2024',
      'Value before': '70.1',
      Kent: '73.0',
    });
    expect(find('Swale', 'GCSEs in English and maths')).toMatchObject({ Value: '', Rating: '', Rank: '' });
    expect(find('Swale', 'Children in relative poverty before housing costs')).toMatchObject({
      Rank: '1',
      Joint: 'yes',
    });
  });

  it('keeps large figures numbers', () => {
    const from = report();
    const [group] = from.groups;
    const [figure] = group?.figures ?? [];
    if (group === undefined || figure === undefined) throw new Error('no figure');
    const large = { ...from, groups: [{ ...group, figures: [{ ...figure, value: -1234567.84 }] }] };
    expect(rowsOf(large, 'figures.csv')[0]).toMatchObject({
      Value: '-1234567.8',
      'Value as published': '-1234567.84',
    });
  });

  it('keeps line breaks, quotes and commas of typed text, and defuses formulas', () => {
    const texts = [
      '=HYPERLINK("http://example.org")',
      '+44 20 7946 0000',
      '-5 places',
      '@SUM(A1)',
      '\t=1+1',
      ' =1+1',
    ];
    const concerns = texts.map((text) => ({ group: 'a', groupName: 'A', text }));
    const plain = 'Two lines,\n"quoted"; 2 + 2 = 4';
    const rows = rowsOf(
      {
        ...report(),
        concerns: [
          {
            outcome: '',
            indicator: null,
            indicatorName: '',
            items: [...concerns, { group: 'a', groupName: 'A', text: plain }],
          },
        ],
        achievements: [],
      },
      'concerns-and-achievements.csv',
    );
    expect(rows.map(({ Text }) => Text)).toEqual([...texts.map((text) => `'${text}`), plain]);
  });

  it('says of each escalated issue whether it is new, and the answer to an earlier one', () => {
    expect(
      rowsOf(report(), 'escalations.csv').map((row) => [row['Raised'], row['LCPG'], row['Answer']]),
    ).toEqual([
      ['in this report', 'Ashford', ''],
      ['in this report', 'Dover', ''],
      ['earlier', 'Swale', 'Extended to March 2027.'],
      ['earlier', 'Dover', ''],
    ]);
  });

  it('counts no attendance where no meeting was held', () => {
    const rows = rowsOf(report(), 'attendance.csv');
    expect(rows[0]).toMatchObject({ Members: '5', Present: '1', 'By substitute': '1', Absent: '1' });
    expect(rows.map((row) => row['Others present'])).toEqual(['A visitor', '', '', '', '']);
    expect(rows[1]).toMatchObject({ 'LCPG or sector': 'Dover', Present: '' });
    expect(rows.filter(({ Kind }) => Kind === 'sector')).toMatchObject([
      { 'Meetings represented at': '1', 'Meetings counted': '1' },
      { 'Meetings represented at': '1', 'LCPGs without a member': 'Dover' },
    ]);
  });

  it('never holds a safeguarding matter', () => {
    expect(JSON.stringify(boardReportCsv(report()))).not.toMatch(/SAFEGUARDING SECRET|Only for the/);
  });
});
