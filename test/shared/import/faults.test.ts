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
    name: 'broken YAML',
    change: {
      file: 'partnership.yaml',
      replace: 'name: Tiny partnership\n',
      by: 'name: "Tiny partnership\n',
    },
    told: [
      [
        'partnership.yaml:25:1',
        'the file is not correct YAML: Missing closing "quote',
        'the end of the file',
        'YAML 1.2, such as “name: Kent”; a text that holds “: ” or “ #” goes in quotation marks',
      ],
    ],
  },
  {
    name: 'two syntax errors',
    change: {
      file: 'partnership.yaml',
      replace: 'name: Tiny partnership\narea: {',
      by: 'name: Tiny: partnership\nzone: [a\narea: {',
    },
    told: [
      [
        'partnership.yaml:2:7',
        'the file is not correct YAML: Nested mappings are not allowed in compact mappings',
        '“Tiny: partnership”',
        'YAML 1.2, such as “name: Kent”; a text that holds “: ” or “ #” goes in quotation marks',
      ],
      [
        'partnership.yaml:4:1',
        'the file is not correct YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
        '“area: { code: E10000016, name: Kent }”',
        'YAML 1.2, such as “name: Kent”; a text that holds “: ” or “ #” goes in quotation marks',
      ],
      [
        'partnership.yaml:5:1',
        'the file is not correct YAML: Map keys must be unique',
        '“zone: Europe/London”',
        'YAML 1.2, such as “name: Kent”; a text that holds “: ” or “ #” goes in quotation marks',
      ],
    ],
  },
  {
    name: 'a key given twice',
    change: {
      file: 'partnership.yaml',
      replace: 'zone: Europe/London\n',
      by: 'zone: Europe/London\nzone: Europe/London\n',
    },
    told: [
      [
        'partnership.yaml:5:1',
        'the file is not correct YAML: Map keys must be unique',
        '“zone: Europe/London”',
        'YAML 1.2, such as “name: Kent”; a text that holds “: ” or “ #” goes in quotation marks',
      ],
    ],
  },
  {
    name: 'an unknown key',
    change: { file: 'partnership.yaml', replace: 'replyDomain:', by: 'replyDomian:' },
    told: [
      [
        'partnership.yaml:1:1',
        'replyDomain is missing',
        'nothing',
        'a domain name, such as reply.example.org',
      ],
      [
        'partnership.yaml:6:1',
        'there is no such key',
        '“replyDomian”',
        'one of the known keys; did you mean replyDomain?',
      ],
    ],
  },
  {
    name: 'an unknown key below',
    change: {
      file: 'partnership.yaml',
      replace: 'sender: { name: Tiny, address',
      by: 'sender: { name: Tiny, adress',
    },
    told: [
      [
        'partnership.yaml:5:9',
        'sender.address is missing',
        'nothing',
        'an email address, such as jo.smith@example.org',
      ],
      [
        'partnership.yaml:5:23',
        'there is no such key',
        '“adress”',
        'one of the known keys; did you mean address?',
      ],
    ],
  },
  {
    name: 'an unknown rule',
    change: {
      file: 'partnership.yaml',
      replace: 'coreSectors:',
      by: 'timetable: { minuteDue: 4 }\ncoreSectors:',
    },
    told: [
      [
        'partnership.yaml:8:14',
        'there is no such key',
        '“minuteDue”',
        'one of the known keys; did you mean minutesDue?',
      ],
    ],
  },
  {
    name: 'an unknown kind of request',
    change: {
      file: 'partnership.yaml',
      replace: 'coreSectors:',
      by: 'requests: { minute: { remindAt: [1] } }\ncoreSectors:',
    },
    told: [
      [
        'partnership.yaml:8:13',
        'there is no such key',
        '“minute”',
        'one of the known keys; did you mean minutes?',
      ],
    ],
  },
  {
    name: 'reminders that do not rise',
    change: {
      file: 'partnership.yaml',
      replace: 'coreSectors:',
      by: 'requests: { minutes: { remindAt: [3, 1] } }\ncoreSectors:',
    },
    told: [
      [
        'partnership.yaml:8:34',
        'requests.minutes.remindAt is not right',
        'a list of 2',
        'working days relative to the due date, rising, such as [-1, 2]',
      ],
    ],
  },
  {
    name: 'an escalation to nobody',
    change: {
      file: 'partnership.yaml',
      replace: 'coreSectors:',
      by: 'requests: { minutes: { escalateAt: [{ workingDays: 1, to: chairs }] } }\ncoreSectors:',
    },
    told: [
      [
        'partnership.yaml:8:59',
        'requests.minutes.escalateAt.to is not right',
        '“chairs”',
        'chair, co-ordinator, secretariat or lead-chair; did you mean chair?',
      ],
    ],
  },
  {
    name: 'a rule out of range',
    change: {
      file: 'partnership.yaml',
      replace: 'coreSectors:',
      by: 'timetable: { minutesDue: 0 }\ncoreSectors:',
    },
    told: [
      ['partnership.yaml:8:26', 'timetable.minutesDue is not right', '“0”', 'a whole number from 1 to 20'],
    ],
  },
  {
    name: 'a time that is none',
    change: {
      file: 'partnership.yaml',
      replace: 'coreSectors:',
      by: 'timetable: { sendingTime: 9am }\ncoreSectors:',
    },
    told: [
      [
        'partnership.yaml:8:27',
        'timetable.sendingTime is not right',
        '“9am”',
        'a time on the 24-hour clock, such as 09:30',
      ],
    ],
  },
  {
    name: 'rules that contradict each other',
    change: {
      file: 'partnership.yaml',
      replace: 'coreSectors:',
      by: 'timetable: { chairsPack: 3 }\ncoreSectors:',
    },
    told: [
      [
        'partnership.yaml:8:12',
        'the rules of the timetable contradict each other',
        'rules that no meeting dates can keep',
        'chairsPack (3) has to be less than returnsCutOff (3), because the pack is made of the returns',
      ],
    ],
  },
  {
    name: 'an unknown zone',
    change: { file: 'partnership.yaml', replace: 'Europe/London', by: 'Europe/Lodnon' },
    told: [
      [
        'partnership.yaml:4:7',
        'zone is not right',
        '“Europe/Lodnon”',
        'the IANA name of a time zone, such as Europe/London; did you mean Europe/London?',
      ],
    ],
  },
  {
    name: 'an id that is none',
    change: { file: 'partnership.yaml', replace: 'id: tiny', by: 'id: Tiny Town' },
    told: [
      [
        'partnership.yaml:1:5',
        'id is not right',
        '“Tiny Town”',
        'small letters, digits and single hyphens, at most 32, such as kent',
      ],
    ],
  },
  {
    name: 'an id that no schedule can be named after',
    change: { file: 'partnership.yaml', replace: 'id: tiny', by: `id: ${'t'.repeat(33)}` },
    told: [
      [
        'partnership.yaml:1:5',
        'id is not right',
        `“${'t'.repeat(33)}”`,
        'small letters, digits and single hyphens, at most 32, such as kent',
      ],
    ],
  },
  {
    name: 'an invalid sender',
    change: { file: 'partnership.yaml', replace: 'tiny@example.org', by: 'tiny.example.org' },
    told: [
      [
        'partnership.yaml:5:32',
        'sender.address is not right',
        '“tiny.example.org”',
        'an email address, such as jo.smith@example.org',
      ],
    ],
  },
  {
    name: 'an invalid reply domain',
    change: { file: 'partnership.yaml', replace: 'reply.example.org', by: 'reply@example.org' },
    told: [
      [
        'partnership.yaml:6:14',
        'replyDomain is not right',
        '“reply@example.org”',
        'a domain name, such as reply.example.org',
      ],
    ],
  },
  {
    name: 'an area code that is none',
    change: { file: 'partnership.yaml', replace: 'E07000105', by: 'E0700' },
    told: [
      ['partnership.yaml:17:11', 'groups.area is not right', '“E0700”', 'an ONS code, such as E07000105'],
    ],
  },
  {
    name: 'a quorum that is none',
    change: { file: 'partnership.yaml', replace: 'coreSectors:', by: 'quorum: 33\ncoreSectors:' },
    told: [['partnership.yaml:8:9', 'quorum is not right', '“33”', 'a share from 0 to 1, such as 0.33']],
  },
  {
    name: 'parts of a return that there are not, or that are given twice',
    change: {
      file: 'partnership.yaml',
      replace: 'coreSectors:',
      by: 'returnParts: [grant, grants, grants]\ncoreSectors:',
    },
    told: [
      [
        'partnership.yaml:8:15',
        'returnParts is not right',
        '“grant”',
        'grants or local-indicators; did you mean grants?',
      ],
    ],
  },
  {
    name: 'a kind of request that has no code, and a switch that is neither on nor off',
    change: {
      file: 'partnership.yaml',
      replace: 'coreSectors:',
      by: 'confirmByCode: { attendance: true, chairs-summary: sometimes }\ncoreSectors:',
    },
    told: [
      [
        'partnership.yaml:8:18',
        'there is no such key',
        '“attendance”',
        'one of the known keys: return-signoff, chairs-summary or exports',
      ],
      ['partnership.yaml:8:52', 'confirmByCode.chairs-summary is not right', '“sometimes”', 'true or false'],
    ],
  },
  {
    name: 'other addresses that are none, or somebody else’s',
    whole: {
      'people.csv': `email,name,organisation,aliases
ann@example.org,Ann,"North, Council",ann@home.example.org|ann
bob@example.org,Bob,Police,b@example.org | ANN@example.org
cat@example.org,Cat,South Council,b@example.org
dan@example.org,Dan,Housing,
eve@example.org,Eve,County,eve@example.org
`,
    },
    told: [
      [
        'people.csv:2:38',
        'aliases is not right',
        '“ann@home.example.org|ann”',
        'an email address, such as jo.smith@example.org; several with | between them',
      ],
      [
        'people.csv:3:28',
        '“ANN@example.org” is given twice',
        '“b@example.org | ANN@example.org”',
        'an address once; people.csv line 2 has it',
      ],
      [
        'people.csv:4:35',
        '“b@example.org” is given twice',
        '“b@example.org”',
        'an address once; people.csv line 3 has it',
      ],
      [
        'people.csv:6:28',
        '“eve@example.org” is given twice',
        '“eve@example.org”',
        'an address once; people.csv line 6 has it',
      ],
    ],
  },
  {
    name: 'a day for digests that is none',
    change: { file: 'partnership.yaml', replace: 'coreSectors:', by: 'digest: Sunday\ncoreSectors:' },
    told: [
      [
        'partnership.yaml:8:9',
        'digest is not right',
        '“Sunday”',
        'monday, tuesday, wednesday, thursday, friday or off; did you mean monday?',
      ],
    ],
  },
  {
    name: 'a holiday that is none',
    change: {
      file: 'partnership.yaml',
      replace: 'coreSectors:',
      by: 'extraHolidays: [{ date: 2027-02-29, name: One-off }]\ncoreSectors:',
    },
    told: [
      [
        'partnership.yaml:8:25',
        'extraHolidays.date is not right',
        '“2027-02-29”',
        'a day that exists, written year-month-day, such as 2026-09-16',
      ],
    ],
  },
  {
    name: 'retention that is none',
    change: {
      file: 'partnership.yaml',
      replace: 'coreSectors:',
      by: 'retention: { recordYears: six }\ncoreSectors:',
    },
    told: [
      [
        'partnership.yaml:8:27',
        'retention.recordYears is not right',
        '“six”',
        'a whole number from 1 to 100',
      ],
    ],
  },
  {
    name: 'a sector twice',
    change: { file: 'partnership.yaml', replace: '[Police, Housing]', by: '[Police, Housing, Police]' },
    told: [['partnership.yaml:8:14', 'coreSectors is not right', 'a list of 3', 'each sector once']],
  },
  {
    name: 'an unknown kind of body',
    change: { file: 'partnership.yaml', replace: 'kind: csp,', by: 'kind: cps,' },
    told: [
      [
        'partnership.yaml:13:26',
        'bodies.kind is not right',
        '“cps”',
        'one of board, local-hwb, csp, safeguarding-board, chairs-group, safeguarding-group',
      ],
    ],
  },
  {
    name: 'no board',
    change: { file: 'partnership.yaml', replace: 'kind: board', by: 'kind: csp' },
    told: [
      [
        'partnership.yaml:10:3',
        'there is no body of kind board',
        'the kinds csp, chairs-group, local-hwb',
        'one body of kind board',
      ],
    ],
  },
  {
    name: 'two boards',
    change: { file: 'partnership.yaml', replace: 'id: hwb, kind: local-hwb', by: 'id: hwb, kind: board' },
    told: [
      ['partnership.yaml:12:22', 'there are two bodies of kind board', '“board”', 'board once'],
      [
        'partnership.yaml:18:25',
        'reportsTo leads to a body of the wrong kind',
        '“hwb”, which is the board',
        'the id of a Local HWB',
      ],
      [
        'partnership.yaml:23:25',
        'reportsTo leads to a body of the wrong kind',
        '“hwb”, which is the board',
        'the id of a Local HWB',
      ],
    ],
  },
  {
    name: 'no Chairs Group',
    change: { file: 'partnership.yaml', replace: 'kind: chairs-group', by: 'kind: safeguarding-group' },
    told: [
      [
        'partnership.yaml:10:3',
        'there is no body of kind chairs-group',
        'the kinds board, safeguarding-group, local-hwb, csp',
        'one body of kind chairs-group',
      ],
      [
        'memberships.csv:3:24',
        'the Safeguarding Group has no such role',
        '“lead-chair”',
        'one of chair, member, secretariat, contact',
      ],
    ],
  },
  {
    name: 'two safeguarding boards at once',
    change: {
      file: 'partnership.yaml',
      replace: 'groups:\n',
      by: '  - { id: kscb, kind: safeguarding-board, name: A, to: 2026-10-01 }\n  - { id: kscmp, kind: safeguarding-board, name: B, from: 2026-10-01 }\ngroups:\n',
    },
    told: [
      [
        'partnership.yaml:15:24',
        'there are two bodies of kind safeguarding-board at once',
        '“safeguarding-board”',
        'dates (from, to) that do not overlap, or safeguarding-board once',
      ],
    ],
  },
  {
    name: 'an id twice',
    change: { file: 'partnership.yaml', replace: 'id: south', by: 'id: north' },
    told: [
      [
        'partnership.yaml:20:9',
        'the id is given twice',
        '“north”',
        'an id of its own; partnership.yaml line 15 has this one',
      ],
      [
        'memberships.csv:10:17',
        'there is no such body',
        '“south”',
        'the id of a body or group of partnership.yaml: board, chairs, hwb, csp-one or north',
      ],
      [
        'memberships.csv:11:17',
        'there is no such body',
        '“south”',
        'the id of a body or group of partnership.yaml: board, chairs, hwb, csp-one or north',
      ],
      [
        'memberships.csv:12:17',
        'there is no such body',
        '“south”',
        'the id of a body or group of partnership.yaml: board, chairs, hwb, csp-one or north',
      ],
      [
        'memberships.csv:13:17',
        'there is no such body',
        '“south”',
        'the id of a body or group of partnership.yaml: board, chairs, hwb, csp-one or north',
      ],
      [
        'meetings.csv:6:1',
        'there is no such body',
        '“south”',
        'the id of the board, the Chairs Group or a group: board, chairs, hwb, csp-one or north',
      ],
      [
        'indicators.csv:4:44',
        'there is no such group',
        '“south”',
        'the id of a group of partnership.yaml: north',
      ],
      [
        'priorities.csv:3:1',
        'there is no such group',
        '“south”',
        'the id of a group of partnership.yaml: north',
      ],
    ],
  },
  {
    name: 'two groups with one area',
    change: { file: 'partnership.yaml', replace: 'E07000106', by: 'E07000105' },
    told: [
      [
        'partnership.yaml:22:11',
        'two groups have one area',
        '“E07000105”',
        'an area of its own; north has this one',
      ],
      [
        'observations.csv:3:9',
        'the area is in no group',
        '“E07000106”',
        'the code of a group’s area, of Kent (E10000016) or of England (E92000001)',
      ],
    ],
  },
  {
    name: 'a link to an unknown body',
    change: {
      file: 'partnership.yaml',
      replace: '    area: E07000105\n    reportsTo: [{ body: hwb }]',
      by: '    area: E07000105\n    reportsTo: [{ body: hbw }]',
    },
    told: [['partnership.yaml:18:25', 'there is no such body', '“hbw”', 'the id of a Local HWB: hwb']],
  },
  {
    name: 'a link to the wrong kind',
    change: {
      file: 'partnership.yaml',
      replace: '    area: E07000105\n    reportsTo: [{ body: hwb }]',
      by: '    area: E07000105\n    reportsTo: [{ body: csp-one }]',
    },
    told: [
      [
        'partnership.yaml:18:25',
        'reportsTo leads to a body of the wrong kind',
        '“csp-one”, which is a CSP',
        'the id of a Local HWB: hwb',
      ],
    ],
  },
  {
    name: 'overlapping CSP links',
    change: {
      file: 'partnership.yaml',
      replace: '    area: E07000105\n    reportsTo: [{ body: hwb }]\n    csp: [{ body: csp-one }]',
      by: '    area: E07000105\n    reportsTo: [{ body: hwb }]\n    csp: [{ body: csp-one, to: 2026-10-01 }, { body: csp-one, from: 2026-10-01 }]',
    },
    told: [
      [
        'partnership.yaml:19:54',
        'the link is given twice',
        '“csp-one” from 2026-10-01 to the end',
        'dates that do not overlap with csp-one from the beginning to 2026-10-01',
      ],
    ],
  },
  {
    name: 'link dates back to front',
    change: {
      file: 'partnership.yaml',
      replace: '    area: E07000105\n    reportsTo: [{ body: hwb }]',
      by: '    area: E07000105\n    reportsTo: [{ body: hwb }, { body: hwb, from: 2020-02-01, to: 2020-01-01 }]',
    },
    told: [
      ['partnership.yaml:18:67', 'to is before from', '“2020-01-01”', '2020-02-01 or later, or nothing'],
    ],
  },
  {
    name: 'a list instead of settings',
    whole: { 'partnership.yaml': '- a\n- b\n' },
    told: [
      [
        'partnership.yaml:1:1',
        'the file does not hold settings',
        'a list of 2',
        'the keys id, name, area, zone, sender, replyDomain, contact, boardShortName, coreSectors, quorum, hideCountsBelow, returnParts, timetable, requests, digest, confirmByCode, retention, extraHolidays, bodies, groups',
      ],
    ],
  },
  {
    name: 'an empty file',
    whole: { 'people.csv': ' \n' },
    told: [['people.csv:1:1', 'the file is empty', 'nothing', 'at least its first line']],
  },
  {
    name: 'a wrong column',
    change: { file: 'people.csv', replace: 'email,name,organisation', by: 'email,name,organization' },
    told: [
      [
        'people.csv:1:12',
        'there is no such column',
        '“organization”',
        'one of the columns of this file; did you mean organisation?',
      ],
      [
        'people.csv:1:24',
        'the column organisation is missing',
        '“email,name,organization”',
        'email,name,organisation',
      ],
    ],
  },
  {
    name: 'a missing column',
    whole: { 'people.csv': 'email,name\nann@example.org,Ann\n' },
    told: [
      ['people.csv:1:11', 'the column organisation is missing', '“email,name”', 'email,name,organisation'],
    ],
  },
  {
    name: 'a column twice',
    change: { file: 'people.csv', replace: 'email,name,organisation', by: 'email,name,organisation,name' },
    told: [['people.csv:1:25', 'the column is given twice', '“name”', 'each column once']],
  },
  {
    name: 'semicolons',
    whole: { 'people.csv': 'email;name;organisation\n' },
    told: [
      [
        'people.csv:1:1',
        'the cells are not separated by commas',
        'semicolons',
        'commas, as in email,name,organisation',
      ],
    ],
  },
  {
    name: 'too many cells',
    change: { file: 'people.csv', replace: '"North, Council"', by: 'North, Council' },
    told: [
      [
        'people.csv:2:27',
        'the line has the wrong number of cells',
        '4 cells',
        '3: email, name, organisation; a cell that holds a comma goes in quotation marks',
      ],
    ],
  },
  {
    name: 'too few cells',
    change: { file: 'people.csv', replace: 'bob@example.org,Bob,Police', by: 'bob@example.org,Bob' },
    told: [
      [
        'people.csv:3:20',
        'the line has the wrong number of cells',
        '2 cells',
        '3: email, name, organisation; a cell that holds a comma goes in quotation marks',
      ],
    ],
  },
  {
    name: 'a quotation mark in the wrong place',
    change: { file: 'people.csv', replace: 'Bob,Police', by: 'Bob,The "Police"' },
    told: [
      [
        'people.csv:3:21',
        'a quotation mark is in the wrong place',
        '“The "Police"”',
        'quotation marks around the whole cell, with those inside it doubled, or none',
      ],
    ],
  },
  {
    name: 'a quoted cell that does not end',
    change: { file: 'people.csv', replace: 'Cat,South Council', by: 'Cat,"South Council' },
    told: [
      [
        'people.csv:4:21',
        'a quoted cell does not end',
        'an opening quotation mark without a closing one',
        'a quotation mark at the end of the cell too; one inside a quoted cell is written twice',
      ],
    ],
  },
  {
    name: 'the header again',
    change: {
      file: 'people.csv',
      replace: 'bob@example.org,Bob,Police',
      by: 'email,name,organisation\nbob@example.org,Bob,Police',
    },
    told: [
      ['people.csv:3:1', 'the first line is given again', '“email,name,organisation”', 'a line of values'],
    ],
  },
  {
    name: 'an invalid address',
    change: { file: 'people.csv', replace: 'eve@example.org', by: 'eve@example' },
    told: [
      [
        'people.csv:6:1',
        'email is not right',
        '“eve@example”',
        'an email address, such as jo.smith@example.org',
      ],
      ['memberships.csv:2:1', 'there is no such person', '“eve@example.org”', 'an address of people.csv'],
      ['memberships.csv:4:1', 'there is no such person', '“eve@example.org”', 'an address of people.csv'],
      ['memberships.csv:5:1', 'there is no such person', '“eve@example.org”', 'an address of people.csv'],
    ],
  },
  {
    name: 'a person without a name',
    change: { file: 'people.csv', replace: 'Dan,Housing', by: ',Housing' },
    told: [['people.csv:5:17', 'name is missing', 'nothing', 'the person’s name']],
  },
  {
    name: 'a person twice',
    change: {
      file: 'people.csv',
      replace: 'eve@example.org,Eve,County',
      by: 'eve@example.org,Eve,County\nAnn@Example.org,Ann,Elsewhere',
    },
    told: [
      [
        'people.csv:7:1',
        'the person is given twice',
        '“Ann@Example.org”',
        'each address once; people.csv line 2 has it',
      ],
    ],
  },
  {
    name: 'an unknown person',
    change: { file: 'memberships.csv', replace: 'cat@example.org', by: 'kat@example.org' },
    told: [
      [
        'memberships.csv:10:1',
        'there is no such person',
        '“kat@example.org”',
        'an address of people.csv; did you mean cat@example.org?',
      ],
    ],
  },
  {
    name: 'an unknown body',
    change: { file: 'memberships.csv', replace: 'ann@example.org,north', by: 'ann@example.org,nroth' },
    told: [
      [
        'partnership.yaml:15:9',
        'north has no chair',
        'none at any time',
        'a line in memberships.csv with body north, role chair and dates that hold then',
      ],
      [
        'memberships.csv:6:17',
        'there is no such body',
        '“nroth”',
        'the id of a body or group of partnership.yaml: board, chairs, hwb, csp-one, north or south',
      ],
    ],
  },
  {
    name: 'an unknown role',
    change: {
      file: 'memberships.csv',
      replace: 'bob@example.org,north,co-ordinator',
      by: 'bob@example.org,north,coordinator',
    },
    told: [
      [
        'memberships.csv:7:23',
        'there is no such role',
        '“coordinator”',
        'a role; did you mean co-ordinator?',
      ],
    ],
  },
  {
    name: 'a role of another kind of body',
    change: {
      file: 'memberships.csv',
      replace: 'eve@example.org,hwb,contact',
      by: 'eve@example.org,hwb,co-ordinator',
    },
    told: [
      [
        'memberships.csv:4:21',
        'a Local HWB has no such role',
        '“co-ordinator”',
        'one of chair, member, secretariat, contact',
      ],
    ],
  },
  {
    name: 'an unknown sector',
    change: { file: 'memberships.csv', replace: 'north,chair,Police', by: 'north,chair,Polcie' },
    told: [
      [
        'memberships.csv:6:29',
        'there is no such sector',
        '“Polcie”',
        'a sector of coreSectors; did you mean Police?',
      ],
    ],
  },
  {
    name: 'a membership twice',
    change: {
      file: 'memberships.csv',
      replace: 'bob@example.org,north,local-hwb-link,,,',
      by: 'bob@example.org,north,local-hwb-link,,,2026-12-01\nbob@example.org,north,local-hwb-link,,2026-12-01,',
    },
    told: [
      [
        'memberships.csv:10:1',
        'the membership is given twice',
        '“bob@example.org”',
        'dates that do not overlap with memberships.csv line 9 (from the beginning to 2026-12-01)',
      ],
    ],
  },
  {
    name: 'two chairs at once',
    change: {
      file: 'memberships.csv',
      replace: 'cat@example.org,south,chair,Police,,',
      by: 'cat@example.org,south,chair,Police,,2026-10-02\ndan@example.org,south,chair,,2026-10-02,',
    },
    told: [
      [
        'memberships.csv:11:1',
        'south has two chairs at the same time',
        '“dan@example.org”',
        'one at a time; cat@example.org (memberships.csv line 10) is one from the beginning to 2026-10-02',
      ],
    ],
  },
  {
    name: 'two lead chairs at once',
    change: {
      file: 'memberships.csv',
      replace: 'ann@example.org,chairs,lead-chair,,,',
      by: 'ann@example.org,chairs,lead-chair,,,\ncat@example.org,chairs,lead-chair,,,',
    },
    told: [
      [
        'memberships.csv:4:1',
        'chairs has two lead-chairs at the same time',
        '“cat@example.org”',
        'one at a time; ann@example.org (memberships.csv line 3) is one from the beginning to the end',
      ],
    ],
  },
  {
    name: 'no chair',
    change: {
      file: 'memberships.csv',
      replace: 'cat@example.org,south,chair,Police',
      by: 'cat@example.org,south,member,Police',
    },
    told: [
      [
        'partnership.yaml:20:9',
        'south has no chair',
        'none at any time',
        'a line in memberships.csv with body south, role chair and dates that hold then',
      ],
    ],
  },
  {
    name: 'no chair for a while',
    change: {
      file: 'memberships.csv',
      replace: 'cat@example.org,south,chair,Police,,',
      by: 'cat@example.org,south,chair,Police,,2026-10-02\ndan@example.org,south,chair,Police,2026-10-05,',
    },
    told: [
      [
        'memberships.csv:10:37',
        'south has no chair',
        'none from 2026-10-03 to 2026-10-04',
        'a line in memberships.csv with body south, role chair and dates that hold then',
      ],
    ],
  },
  {
    name: 'no co-ordinator',
    change: {
      file: 'memberships.csv',
      replace: 'dan@example.org,south,co-ordinator',
      by: 'dan@example.org,south,member',
    },
    told: [
      [
        'partnership.yaml:20:9',
        'south has no co-ordinator',
        'none at any time',
        'a line in memberships.csv with body south, role co-ordinator and dates that hold then',
      ],
    ],
  },
  {
    name: 'no secretariat',
    change: {
      file: 'memberships.csv',
      replace: 'eve@example.org,board,secretariat',
      by: 'eve@example.org,board,member',
    },
    told: [
      [
        'partnership.yaml:10:11',
        'the board has no secretariat',
        'none at any time',
        'a line in memberships.csv with body board, role secretariat and dates that hold then',
      ],
    ],
  },
  {
    name: 'no lead chair',
    change: {
      file: 'memberships.csv',
      replace: 'ann@example.org,chairs,lead-chair',
      by: 'ann@example.org,chairs,member',
    },
    told: [
      [
        'partnership.yaml:11:11',
        'there is no lead chair',
        'none at any time',
        'a line in memberships.csv with body chairs, role lead-chair and dates that hold then',
      ],
    ],
  },
  {
    name: 'a day that does not exist',
    change: {
      file: 'memberships.csv',
      replace: 'bob@example.org,north,safeguarding-lead,,,',
      by: 'bob@example.org,north,safeguarding-lead,,2026-02-30,',
    },
    told: [
      [
        'memberships.csv:8:42',
        'from is not a day',
        '“2026-02-30”',
        'a day that exists, written year-month-day, such as 2026-09-16, or nothing',
      ],
    ],
  },
  {
    name: 'from after to',
    change: {
      file: 'memberships.csv',
      replace: 'bob@example.org,north,safeguarding-lead,,,',
      by: 'bob@example.org,north,safeguarding-lead,,2026-12-02,2026-12-01',
    },
    told: [['memberships.csv:8:53', 'to is before from', '“2026-12-01”', '2026-12-02 or later, or nothing']],
  },
  {
    name: 'a meeting on a day that does not exist',
    change: { file: 'meetings.csv', replace: 'north,2026-10-01', by: 'north,2026-02-30' },
    told: [
      [
        'meetings.csv:5:7',
        'date is not right',
        '“2026-02-30”',
        'a day that exists, written year-month-day, such as 2026-09-16',
      ],
    ],
  },
  {
    name: 'a meeting at a time that does not exist',
    change: { file: 'meetings.csv', replace: '2026-10-01,10:00', by: '2026-10-01,25:00' },
    told: [
      ['meetings.csv:5:18', 'start is not right', '“25:00”', 'a time on the 24-hour clock, such as 09:30'],
    ],
  },
  {
    name: 'a meeting that ends before it starts',
    change: { file: 'meetings.csv', replace: '2026-10-01,10:00,12:00', by: '2026-10-01,14:00,12:00' },
    told: [['meetings.csv:5:24', 'the meeting ends before it starts', '“12:00”', 'a time after 14:00']],
  },
  {
    name: 'a meeting of an unknown body',
    change: { file: 'meetings.csv', replace: 'south,', by: 'suoth,' },
    told: [
      [
        'meetings.csv:6:1',
        'there is no such body',
        '“suoth”',
        'the id of the board, the Chairs Group or a group: board, chairs, hwb, csp-one, north or south',
      ],
    ],
  },
  {
    name: 'a link that is none',
    change: { file: 'meetings.csv', replace: 'https://example.org/meet', by: 'meet.example.org' },
    told: [
      [
        'meetings.csv:4:36',
        'link is not right',
        '“meet.example.org”',
        'a web address that begins with https://, or nothing',
      ],
    ],
  },
  {
    name: 'an LCPG after the Chairs Group',
    change: { file: 'meetings.csv', replace: 'north,2026-10-01', by: 'north,2026-11-03' },
    told: [
      [
        'meetings.csv:5:7',
        'the meeting does not fit into its cycle',
        '“2026-11-03”',
        'an LCPG of this cycle has to meet from 2026-09-17 to 2026-10-26: after the board of 2026-09-16, and in time for the Chairs Group of 2026-11-02',
      ],
    ],
  },
  {
    name: 'an LCPG on the day of the board',
    change: { file: 'meetings.csv', replace: 'north,2026-10-01', by: 'north,2026-09-16' },
    told: [
      [
        'meetings.csv:5:7',
        'the meeting does not fit into its cycle',
        '“2026-09-16”',
        'an LCPG of this cycle has to meet from 2026-09-17 to 2026-10-26: after the board of 2026-09-16, and in time for the Chairs Group of 2026-11-02',
      ],
    ],
  },
  {
    name: 'a Chairs Group too late for the report',
    change: { file: 'meetings.csv', replace: 'chairs,2026-11-02', by: 'chairs,2026-11-11' },
    told: [
      [
        'meetings.csv:4:8',
        'the meeting does not fit into its cycle',
        '“2026-11-11”',
        'the report has to reach the secretariat on 2026-11-10, 5 clear working days before the board of 2026-11-18, and the Chairs Group meets only on 2026-11-11',
      ],
    ],
  },
  {
    name: 'a Chairs Group too early for the LCPGs',
    change: { file: 'meetings.csv', replace: 'chairs,2026-11-02', by: 'chairs,2026-09-18' },
    told: [
      [
        'meetings.csv:4:8',
        'the meeting does not fit into its cycle',
        '“2026-09-18”',
        'no day is left for the LCPGs to meet: the first is 2026-09-17, the last 2026-09-11; move the Chairs Group later',
      ],
      [
        'meetings.csv:5:7',
        'the meeting does not fit into its cycle',
        '“2026-10-01”',
        'an LCPG of this cycle has to meet from 2026-09-17 to 2026-09-11: after the board of 2026-09-16, and in time for the Chairs Group of 2026-09-18',
      ],
      [
        'meetings.csv:6:7',
        'the meeting does not fit into its cycle',
        '“2026-10-02”',
        'an LCPG of this cycle has to meet from 2026-09-17 to 2026-09-11: after the board of 2026-09-16, and in time for the Chairs Group of 2026-09-18',
      ],
    ],
  },
  {
    name: 'two Chairs Group meetings in one cycle',
    change: { file: 'meetings.csv', replace: 'north,', by: 'chairs,2026-11-03,14:00,16:00,Hall,\nnorth,' },
    told: [
      [
        'meetings.csv:5:8',
        'the Chairs Group meets twice in one cycle',
        '“2026-11-03”',
        'one meeting between the boards of 2026-09-16 and 2026-11-18; meetings.csv line 4 has it',
      ],
    ],
  },
  {
    name: 'two meetings of an LCPG in one cycle',
    change: { file: 'meetings.csv', replace: 'south,', by: 'north,2026-10-08,10:00,12:00,Hall,\nsouth,' },
    told: [
      [
        'meetings.csv:6:7',
        'north meets twice in one cycle',
        '“2026-10-08”',
        'one meeting between the boards of 2026-09-16 and 2026-11-18; meetings.csv line 5 has it',
      ],
    ],
  },
  {
    name: 'no Chairs Group between two boards',
    change: { file: 'meetings.csv', replace: 'chairs,2026-11-02', by: 'chairs,2026-11-18' },
    told: [
      [
        'meetings.csv:3:7',
        'the Chairs Group does not meet between two board meetings',
        'board meetings on 2026-09-16 and 2026-11-18 without one',
        'a line for chairs with a day between 2026-09-16 and 2026-11-18',
      ],
    ],
  },
  {
    name: 'overlapping cycles',
    change: { file: 'meetings.csv', replace: 'chairs,', by: 'board,2026-09-16,14:00,15:00,Hall,\nchairs,' },
    told: [
      [
        'meetings.csv:4:7',
        'two cycles overlap: the board meets twice on one day',
        '“2026-09-16”',
        'one meeting of board on a day; meetings.csv line 2 has it',
      ],
    ],
  },
  {
    name: 'no cycle',
    change: { file: 'meetings.csv', replace: 'board,2026-11-18,10:00,12:00,Hall,\n', by: '' },
    told: [
      [
        'meetings.csv:1:1',
        'the meetings make no cycle',
        'board meetings: 1',
        'at least two meetings of “board” with one of “chairs” between them',
      ],
    ],
  },
  {
    name: 'an indicator twice',
    change: { file: 'indicators.csv', replace: 'poverty,Poverty', by: 'reading,Poverty' },
    told: [
      [
        'indicators.csv:3:1',
        'the indicator is given twice',
        '“reading”',
        'each id once; indicators.csv line 2 has it',
      ],
      [
        'observations.csv:4:1',
        'there is no such indicator',
        '“poverty”',
        'an id of indicators.csv: reading or mine',
      ],
    ],
  },
  {
    name: 'a polarity that is none',
    change: { file: 'indicators.csv', replace: 'High', by: 'high' },
    told: [['indicators.csv:2:28', 'polarity is not right', '“high”', 'High, Low or Target']],
  },
  {
    name: 'decimals that are none',
    change: { file: 'indicators.csv', replace: '80,70,1', by: '80,70,one' },
    told: [['indicators.csv:2:39', 'decimals is not right', '“one”', 'a whole number from 0 to 6']],
  },
  {
    name: 'a target outside its unit',
    change: { file: 'indicators.csv', replace: '80,70', by: '101,70' },
    told: [['indicators.csv:2:33', 'target is outside its unit', '“101”', '0 to 100, because the unit is %']],
  },
  {
    name: 'a floor above the target',
    change: { file: 'indicators.csv', replace: '80,70', by: '80,90' },
    told: [
      [
        'indicators.csv:2:36',
        'target and floor contradict the polarity',
        '“90”',
        'with polarity High, at most the target of 80',
      ],
    ],
  },
  {
    name: 'a floor below the target, low',
    change: { file: 'indicators.csv', replace: '20,30', by: '20,10' },
    told: [
      [
        'indicators.csv:3:42',
        'target and floor contradict the polarity',
        '“10”',
        'with polarity Low, at least the target of 20',
      ],
    ],
  },
  {
    name: 'a local indicator of no group',
    change: { file: 'indicators.csv', replace: 'Us,south', by: 'Us,east' },
    told: [
      [
        'indicators.csv:4:44',
        'there is no such group',
        '“east”',
        'the id of a group of partnership.yaml: north or south',
      ],
      [
        'priorities.csv:3:7',
        'the indicator is a local one of east',
        '“mine”',
        'an indicator of the county set, or one of the group’s own',
      ],
    ],
  },
  {
    name: 'a priority of an unknown group',
    change: { file: 'priorities.csv', replace: 'north', by: 'nort' },
    told: [
      [
        'priorities.csv:2:1',
        'there is no such group',
        '“nort”',
        'the id of a group of partnership.yaml; did you mean north?',
      ],
    ],
  },
  {
    name: 'a priority of an unknown indicator',
    change: { file: 'priorities.csv', replace: 'reading', by: 'raeding' },
    told: [
      [
        'priorities.csv:2:7',
        'there is no such indicator',
        '“raeding”',
        'an id of indicators.csv; did you mean reading?',
      ],
    ],
  },
  {
    name: "another group's indicator",
    change: { file: 'priorities.csv', replace: 'north,reading', by: 'north,mine' },
    told: [
      [
        'priorities.csv:2:7',
        'the indicator is a local one of south',
        '“mine”',
        'an indicator of the county set, or one of the group’s own',
      ],
    ],
  },
  {
    name: 'a priority twice',
    change: {
      file: 'priorities.csv',
      replace: 'north,reading,,',
      by: 'north,reading,,\nnorth,reading,2026-01-01,',
    },
    told: [
      [
        'priorities.csv:3:7',
        'north has the priority twice',
        '“reading”',
        'dates that do not overlap with priorities.csv line 2 (from the beginning to the end)',
      ],
    ],
  },
  {
    name: 'a figure of an unknown indicator',
    change: { file: 'observations.csv', replace: 'poverty', by: 'povetry' },
    told: [
      [
        'observations.csv:4:1',
        'there is no such indicator',
        '“povetry”',
        'an id of indicators.csv; did you mean poverty?',
      ],
    ],
  },
  {
    name: 'a figure of an area in no group',
    change: { file: 'observations.csv', replace: 'E10000016', by: 'E07000107' },
    told: [
      [
        'observations.csv:4:9',
        'the area is in no group',
        '“E07000107”',
        'the code of a group’s area, of Kent (E10000016) or of England (E92000001)',
      ],
    ],
  },
  {
    name: 'a figure without a number',
    change: { file: 'observations.csv', replace: '70.0', by: '7O.0' },
    told: [
      [
        'observations.csv:3:34',
        'value is not a number',
        '“7O.0”',
        'a number such as 79.5, without signs or commas, or nothing',
      ],
    ],
  },
  {
    name: 'a percentage over 100',
    change: { file: 'observations.csv', replace: '70.0', by: '170.0' },
    told: [
      ['observations.csv:3:34', 'value is outside its unit', '“170.0”', '0 to 100, because the unit is %'],
    ],
  },
  {
    name: 'a rate over its base',
    change: { file: 'observations.csv', replace: '25,', by: '1001,' },
    told: [
      [
        'observations.csv:4:41',
        'value is outside its unit',
        '“1001”',
        '0 to 1000, because the unit is per 1000',
      ],
    ],
  },
  {
    name: 'lower above the value',
    change: { file: 'observations.csv', replace: '78,81', by: '80,81' },
    told: [['observations.csv:2:39', 'lower is above the value', '“80”', 'at most 79.5']],
  },
  {
    name: 'upper below the value',
    change: { file: 'observations.csv', replace: '78,81', by: '78,79' },
    told: [['observations.csv:2:42', 'upper is below the value', '“79”', 'at least 79.5']],
  },
  {
    name: 'lower above upper',
    change: { file: 'observations.csv', replace: '78,81', by: '81,78' },
    told: [['observations.csv:2:39', 'lower is above upper', '“81”', 'at most upper, which is 78']],
  },
  {
    name: 'more cases than there are',
    change: { file: 'observations.csv', replace: '159,200', by: '201,200' },
    told: [['observations.csv:2:45', 'count is above the denominator', '“201”', 'at most 200']],
  },
  {
    name: 'a negative count',
    change: { file: 'observations.csv', replace: '159,200', by: '-1,200' },
    told: [['observations.csv:2:45', 'count is negative', '“-1”', '0 or more']],
  },
  {
    name: 'a denominator of nothing',
    change: { file: 'observations.csv', replace: '159,200', by: ',0' },
    told: [['observations.csv:2:46', 'denominator is not positive', '“0”', 'more than 0']],
  },
  {
    name: 'a figure twice with different values',
    change: {
      file: 'observations.csv',
      replace: 'reading,E07000106,2024-09-01/P1Y,70.0',
      by: 'reading,E07000105,2024-09-01/P1Y,70.0',
    },
    told: [
      [
        'observations.csv:3:34',
        'the figure is given twice, with different values',
        '“70.0”',
        'one figure for an indicator, area and period; observations.csv line 2 has 79.5',
      ],
    ],
  },
  {
    name: 'a period that is none',
    change: { file: 'observations.csv', replace: '2024-04-01/2025-03-31', by: '2024/25' },
    told: [
      [
        'observations.csv:4:19',
        'period is not right',
        '“2024/25”',
        'an interval, such as 2024-09-01/P1Y or 2024-09-01/2025-08-31',
      ],
    ],
  },
];

describe('the faults of a partnership folder', () => {
  it('are none in the folder that the others are made of', () => {
    const { faults, warnings, folder } = readPartnershipFolder('tiny', inMemory(tinyFolder));
    expect({ faults, warnings }).toEqual({ faults: [], warnings: [] });
    expect(folder?.groups.map(({ id }) => id)).toEqual(['north', 'south']);
  });

  it.each(cases)('tells $name', ({ change, whole, told: expected }) => {
    const files = change === undefined ? { ...tinyFolder, ...whole } : changed(change);
    const reading = readPartnershipFolder('tiny', inMemory(files));
    expect(reading.faults.map(told)).toEqual(expected);
    expect(reading.folder).toBeUndefined();
  });

  it('tells all of many faults in many files at once', () => {
    const many = cases.filter((one) =>
      [
        'an unknown zone',
        'a person without a name',
        'an unknown sector',
        'a link that is none',
        'a polarity that is none',
        'a priority of an unknown group',
        'a percentage over 100',
        'a figure of an area in no group',
      ].includes(one.name),
    );
    const files = changed(...many.flatMap(({ change }) => change ?? []));
    const { faults } = readPartnershipFolder('tiny', inMemory(files));
    expect(many).toHaveLength(8);
    expect(faults.map(told)).toEqual(
      many.flatMap((one) => one.told).sort(([one], [other]) => order(one) - order(other)),
    );
  });

  it('tells of every missing file', () => {
    const { faults } = readPartnershipFolder('tiny', inMemory({}));
    expect(faults.map(({ file, message }) => [file, message])).toEqual(
      Object.keys(tinyFolder).map((file) => [file, 'the file is missing']),
    );
  });

  it('tells where a file is no UTF-8', () => {
    const bytes = new TextEncoder().encode(tinyFolder['people.csv']);
    const at = tinyFolder['people.csv'].indexOf('Cat,');
    bytes[at] = 0xe9;
    const { faults } = readPartnershipFolder('tiny', inMemory({ ...tinyFolder, 'people.csv': bytes }));
    expect(faults.map(told)).toEqual([
      [
        'people.csv:4:17',
        'the file is not UTF-8 text',
        `byte 0xe9 at byte position ${String(at)}, counted from 0`,
        'UTF-8; in a spreadsheet program, save as “CSV UTF-8”',
      ],
    ]);
  });

  it('takes a byte order mark, CRLF, blank lines and other orders of the columns', () => {
    const people = tinyFolder['people.csv'].replaceAll('\n', '\r\n');
    const priorities =
      '\ufeff"to",from,group,indicator\r\n\r\n,,"north", reading \r\n,,south,mine\r\n,,,\r\n';
    const files = { ...tinyFolder, 'people.csv': `\ufeff${people}`, 'priorities.csv': priorities };
    const { faults, folder } = readPartnershipFolder('tiny', inMemory(files));
    expect(faults).toEqual([]);
    expect(folder?.people[0]).toMatchObject({ email: 'ann@example.org', organisation: 'North, Council' });
    expect(folder?.priorities.map(({ group, indicator }) => [group, indicator])).toEqual([
      ['north', 'reading'],
      ['south', 'mine'],
    ]);
  });

  it('refuses a group whose executions could not be named, and takes the longest that can', () => {
    const named = (length: number): Files =>
      Object.fromEntries(
        Object.entries(tinyFolder).map(([file, text]) => [
          file,
          text
            .replaceAll('id: north', `id: ${'n'.repeat(length)}`)
            .replaceAll(/\bnorth,/g, `${'n'.repeat(length)},`),
        ]),
      ) as Files;
    expect(readPartnershipFolder('tiny', inMemory(named(42))).faults).toEqual([]);
    expect(readPartnershipFolder('tiny', inMemory(named(43))).faults.map(told)).toEqual([
      [
        'partnership.yaml:15:9',
        'the id is too long to be named together with the partnership’s, “tiny”',
        `“${'n'.repeat(43)}”, 43 signs`,
        'at most 42 signs',
      ],
    ]);
  });

  it('counts lines on after a cell of several lines', () => {
    const files = changed(
      { file: 'people.csv', replace: 'North, Council', by: 'North\nCouncil' },
      { file: 'people.csv', replace: 'Dan,', by: ',' },
    );
    const { faults } = readPartnershipFolder('tiny', inMemory(files));
    expect(faults.map(told).map(([place]) => place)).toEqual(['people.csv:6:17']);
  });
});

const order = (place: string): number =>
  Object.keys(tinyFolder).indexOf(place.split(':')[0] ?? '') * 1000 + Number(place.split(':')[1]);
