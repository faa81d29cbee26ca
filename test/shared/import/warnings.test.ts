import { describe, expect, it } from 'vitest';

import type { Fault } from '../../../shared/import/faults.ts';
import { readPartnershipFolder } from '../../../shared/import/read-folder.ts';
import type { Change, Files } from './tiny-folder.ts';
import { changed, inMemory, tinyFolder } from './tiny-folder.ts';

/** Place, message, what was found, what is expected. */
type Told = readonly [string, string, string, string];

interface Case {
  readonly name: string;
  readonly change?: Change;
  readonly whole?: Partial<Files>;
  readonly told: readonly Told[];
}

const told = ({ file, line, column, message, found, expected }: Fault): Told => [
  `${file}:${String(line)}:${String(column)}`,
  message,
  found,
  expected,
];

const cases: readonly Case[] = [
  {
    name: 'local indicators that nobody has',
    whole: {
      'partnership.yaml': tinyFolder['partnership.yaml'].replace(
        'coreSectors:',
        'returnParts: [local-indicators]\ncoreSectors:',
      ),
      'indicators.csv': tinyFolder['indicators.csv'].replaceAll(/,(?:north|south)$/gm, ','),
    },
    told: [
      [
        'partnership.yaml:8:14',
        'no LCPG has an indicator of its own to be asked for',
        'local-indicators',
        'an indicator with a group in indicators.csv and no figures in observations.csv, or no local-indicators',
      ],
    ],
  },
  {
    name: 'a sector that nobody stands for',
    change: {
      file: 'memberships.csv',
      replace: 'ann@example.org,north,chair,Police',
      by: 'ann@example.org,north,chair,',
    },
    told: [
      [
        'partnership.yaml:15:9',
        'no member of north stands for Police',
        'none at any time',
        'a line in memberships.csv with body north and sector Police',
      ],
    ],
  },
  {
    name: 'a sector that nobody stands for any longer',
    change: {
      file: 'memberships.csv',
      replace: 'dan@example.org,south,co-ordinator,Housing,,',
      by: 'dan@example.org,south,co-ordinator,,,\ndan@example.org,south,member,Housing,,2026-10-31',
    },
    told: [
      [
        'partnership.yaml:20:9',
        'no member of south stands for Housing',
        'none from 2026-11-01 to 2026-11-18',
        'a line in memberships.csv with body south and sector Housing',
      ],
    ],
  },
  {
    name: 'no safeguarding lead',
    change: {
      file: 'memberships.csv',
      replace: 'bob@example.org,north,safeguarding-lead',
      by: 'bob@example.org,north,additional',
    },
    told: [
      [
        'partnership.yaml:15:9',
        'north has no safeguarding-lead',
        'none at any time',
        'a line in memberships.csv with body north, role safeguarding-lead and dates that hold then',
      ],
    ],
  },
  {
    name: 'no Local HWB link',
    change: {
      file: 'memberships.csv',
      replace: 'bob@example.org,north,local-hwb-link',
      by: 'bob@example.org,north,additional',
    },
    told: [
      [
        'partnership.yaml:15:9',
        'north has no local-hwb-link',
        'none at any time',
        'a line in memberships.csv with body north, role local-hwb-link and dates that hold then',
      ],
    ],
  },
  {
    name: 'a member for no sector',
    change: {
      file: 'memberships.csv',
      replace: 'bob@example.org,north,local-hwb-link,,,',
      by: 'bob@example.org,north,local-hwb-link,,,\ncat@example.org,north,member,,,',
    },
    told: [
      [
        'memberships.csv:10:30',
        'a member stands for no sector',
        'nothing',
        'a core sector, or the role additional',
      ],
    ],
  },
  {
    name: 'a Local HWB without a contact',
    change: {
      file: 'memberships.csv',
      replace: 'eve@example.org,hwb,contact',
      by: 'eve@example.org,hwb,member',
    },
    told: [
      [
        'partnership.yaml:12:11',
        'hwb has no contact',
        'none at any time',
        'a line in memberships.csv with body hwb, role contact and dates that hold then',
      ],
    ],
  },
  {
    name: 'a lead chair who is no chair',
    change: {
      file: 'memberships.csv',
      replace: 'ann@example.org,chairs,lead-chair',
      by: 'bob@example.org,chairs,lead-chair',
    },
    told: [
      [
        'memberships.csv:3:1',
        'the lead chair is not the chair of a group',
        '“bob@example.org”',
        'somebody who is a chair from 2026-09-16 to 2026-11-18 too',
      ],
    ],
  },
  {
    name: 'a meeting on a bank holiday',
    change: {
      file: 'partnership.yaml',
      replace: 'coreSectors:',
      by: 'extraHolidays: [{ date: 2026-10-01, name: One-off }]\ncoreSectors:',
    },
    told: [
      [
        'meetings.csv:5:7',
        '2026-10-01 is a bank holiday (One-off)',
        '“2026-10-01”',
        'a working day outside August and Christmas',
      ],
    ],
  },
  {
    name: 'a meeting at a weekend',
    change: { file: 'meetings.csv', replace: 'south,2026-10-02', by: 'south,2026-10-03' },
    told: [
      [
        'meetings.csv:6:7',
        '2026-10-03 is at a weekend',
        '“2026-10-03”',
        'a working day outside August and Christmas',
      ],
    ],
  },
  {
    name: 'a meeting in August',
    change: { file: 'meetings.csv', replace: 'board,2026-09-16', by: 'board,2026-08-28' },
    told: [
      [
        'meetings.csv:2:7',
        '2026-08-28 is in August, when schools and many members are away',
        '“2026-08-28”',
        'a working day outside August and Christmas',
      ],
    ],
  },
  {
    name: 'a last board over Christmas',
    change: { file: 'meetings.csv', replace: 'board,2026-11-18', by: 'board,2026-12-22' },
    told: [
      [
        'meetings.csv:3:7',
        '2026-12-22 is over Christmas',
        '“2026-12-22”',
        'a working day outside August and Christmas',
      ],
    ],
  },
  {
    name: 'a meeting nowhere',
    change: {
      file: 'meetings.csv',
      replace: 'south,2026-10-02,10:00,12:00,Hall',
      by: 'south,2026-10-02,10:00,12:00,',
    },
    told: [['meetings.csv:6:30', 'the meeting has neither a venue nor a link', 'nothing', 'one of the two']],
  },
  {
    name: 'a meeting in no cycle',
    change: { file: 'meetings.csv', replace: 'south,2026-10-02', by: 'south,2026-12-02' },
    told: [
      [
        'meetings.csv:6:7',
        'the meeting falls into no cycle',
        '“2026-12-02”',
        'a day between two board meetings; the first listed is 2026-09-16, the last 2026-11-18',
      ],
    ],
  },
  {
    name: 'a meeting that nothing uses',
    change: { file: 'meetings.csv', replace: 'south,2026-10-02', by: 'hwb,2026-10-02' },
    told: [
      [
        'meetings.csv:6:1',
        'the meeting is not used',
        '“hwb”',
        'a meeting of the board, the Chairs Group or a group: a cycle is made of these',
      ],
    ],
  },
  {
    name: 'a person in nothing',
    change: {
      file: 'people.csv',
      replace: 'eve@example.org,Eve,County',
      by: 'eve@example.org,Eve,County\nfay@example.org,Fay,Nowhere',
    },
    told: [
      [
        'people.csv:7:1',
        'the person is in nothing',
        '“fay@example.org”',
        'at least one line in memberships.csv',
      ],
    ],
  },
  {
    name: 'a group without priorities',
    change: { file: 'priorities.csv', replace: 'north,reading,,\n', by: '' },
    told: [
      [
        'partnership.yaml:15:9',
        'north has no priorities',
        'none',
        'at least one line in priorities.csv with group north',
      ],
    ],
  },
  {
    name: 'a group that reports to nobody for a while',
    change: {
      file: 'partnership.yaml',
      replace: '    area: E07000105\n    reportsTo: [{ body: hwb }]',
      by: '    area: E07000105\n    reportsTo: [{ body: hwb, from: 2026-10-01 }]',
    },
    told: [
      [
        'partnership.yaml:18:16',
        'north reports to no Local HWB from 2026-09-16 to 2026-09-30',
        '1 link',
        'at least one Local HWB at any time',
      ],
    ],
  },
  {
    name: 'a group without a CSP',
    change: {
      file: 'partnership.yaml',
      replace: '    csp: [{ body: csp-one }]\n  - id: south',
      by: '  - id: south',
    },
    told: [['partnership.yaml:15:5', 'north has no CSP at any time', '0 links', 'one CSP at any time']],
  },
  {
    name: 'a link beyond the time of its body',
    change: {
      file: 'partnership.yaml',
      replace: 'kind: local-hwb, name: The Local HWB }',
      by: 'kind: local-hwb, name: The Local HWB, to: 2026-01-01 }',
    },
    told: [
      [
        'partnership.yaml:18:25',
        'it reaches beyond the time of hwb',
        'from the beginning to the end',
        'dates within those of hwb: from the beginning to 2026-01-01',
      ],
      [
        'partnership.yaml:23:25',
        'it reaches beyond the time of hwb',
        'from the beginning to the end',
        'dates within those of hwb: from the beginning to 2026-01-01',
      ],
      [
        'memberships.csv:4:17',
        'it reaches beyond the time of hwb',
        'from the beginning to the end',
        'dates within those of hwb: from the beginning to 2026-01-01',
      ],
    ],
  },
  {
    name: 'a figure twice',
    change: {
      file: 'observations.csv',
      replace: 'reading,E07000106,2024-09-01/P1Y,70.0,,,,,\n',
      by: 'reading,E07000106,2024-09-01/P1Y,70.0,,,,,\nreading,E07000106,2024-09-01/P1Y,70.0,,,,,again\n',
    },
    told: [
      [
        'observations.csv:4:1',
        'the figure is given twice',
        '“reading”',
        'once; observations.csv line 3 has it',
      ],
    ],
  },
];

describe('the warnings of a partnership folder', () => {
  it('are none in the folder that the others are made of', () => {
    const { faults, warnings, folder } = readPartnershipFolder('tiny', inMemory(tinyFolder));
    expect({ faults, warnings }).toEqual({ faults: [], warnings: [] });
    expect(folder?.groups.map(({ id }) => id)).toEqual(['north', 'south']);
  });

  it.each(cases)('tells $name', ({ change, whole, told: expected }) => {
    const files = change === undefined ? { ...tinyFolder, ...whole } : changed(change);
    const reading = readPartnershipFolder('tiny', inMemory(files));
    expect(reading.warnings.map(told)).toEqual(expected);
    expect(reading.faults).toEqual([]);
    expect(reading.folder).toBeDefined();
  });
});
