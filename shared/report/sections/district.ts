import type { Finding } from '../../domain/return.ts';
import { andList, plural } from '../../templates/filters.ts';
import {
  type Block,
  type Fact,
  type Inline,
  list,
  paragraph,
  section,
  type Section,
  strong,
  type Words,
  words,
} from '../document.ts';
import type { GroupSection } from '../model.ts';
import { roleName } from '../wording.ts';
import { actionTable } from './business.ts';
import { dashboardBlocks } from './dashboard.ts';
import { grantsOfGroup } from './grants.ts';
import type { Setting } from './setting.ts';
import { storiesSection } from './story.ts';

/** What was said of the meeting's attendance that the return did not record. */
const notRecorded = ({ attendance }: GroupSection): number =>
  attendance.members - attendance.present - attendance.substitutes - attendance.apologies - attendance.absent;

const returnInWords = (group: GroupSection, { days }: Setting): string => {
  if (group.state === 'nil' || group.submittedAt === null) return 'Nil return: none was received';
  const late = group.late ? ', late' : '';
  const signed =
    group.state === 'signed' ? `signed by ${group.signedBy ?? 'the chair'}` : 'not signed by the chair';
  return `Received on ${days.date(group.submittedAt)}${late}; ${signed}`;
};

const meetingInWords = ({ held, meetingDate, notHeldReason }: GroupSection, { days }: Setting): string => {
  const on = meetingDate === null ? '' : ` on ${days.date(meetingDate)}`;
  if (held === true) return `Met${on}`;
  if (held === false) return `Did not meet${on}${notHeldReason === '' ? '' : `: ${notHeldReason}`}`;
  return meetingDate === null
    ? 'No date was set'
    : `Planned for ${days.date(meetingDate)}; whether it was held is not reported`;
};

const attendanceInWords = (group: GroupSection): string => {
  const { present, substitutes, apologies, absent, members } = group.attendance;
  const rest = notRecorded(group);
  return [
    `${String(present)} present`,
    `${String(substitutes)} by substitute`,
    `${String(apologies)} sent apologies`,
    `${String(absent)} absent`,
    ...(rest > 0 ? [`${String(rest)} not recorded`] : []),
    `of ${plural(members, 'member')}`,
  ].join(', ');
};

const gapsInWords = ({ missingRoles, missingSectors }: GroupSection): string =>
  [
    ...(missingRoles.length === 0 ? [] : [`No ${missingRoles.map(roleName).join(', ')}.`]),
    ...(missingSectors.length === 0 ? [] : [`No member from ${andList(missingSectors)}.`]),
  ].join(' ');

/** How an LCPG's return, meeting and membership stand. */
export const districtFacts = (group: GroupSection, setting: Setting): readonly Fact[] => {
  const gaps = gapsInWords(group);
  return [
    { name: 'Return', words: words(returnInWords(group, setting)) },
    { name: 'Meeting', words: words(meetingInWords(group, setting)) },
    ...(group.held === true ? [{ name: 'Attendance', words: words(attendanceInWords(group)) }] : []),
    ...(group.held === true && group.othersPresent !== ''
      ? [{ name: 'Also there', words: words(group.othersPresent) }]
      : []),
    ...(gaps === '' ? [] : [{ name: 'Gaps', words: words(gaps) }]),
  ];
};

/** Words under the name of what they are about, where they are about something. */
const about = (name: string, text: string): Words =>
  words(...((name === '' ? [] : [strong(`${name}:`), ' ']) as readonly (string | Inline)[]), text);

const findings = (items: readonly Finding[], { indicatorName }: Setting): Block =>
  items.length === 0
    ? paragraph('plain', 'None reported.')
    : list(items.map(({ indicator, text }) => about(indicatorName(indicator), text)));

/** What an LCPG says in its return. */
export const returnedSections = (group: GroupSection, setting: Setting): readonly Section[] => [
  ...(group.commentaries.length === 0
    ? []
    : [
        section(
          'Commentary',
          [list(group.commentaries.map(({ indicatorName, text }) => about(indicatorName || 'Other', text)))],
          { spoken: ` from ${group.groupName}` },
        ),
      ]),
  section('Concerns', [findings(group.concerns, setting)], { spoken: ` of ${group.groupName}` }),
  section('Achievements', [findings(group.achievements, setting)], { spoken: ` of ${group.groupName}` }),
  section(
    `Escalated to the ${setting.boardShortName}`,
    [
      group.escalations.length === 0
        ? paragraph('plain', 'Nothing.')
        : list(
            group.escalations.map(({ issue, ask }) =>
              ask === '' ? words(issue) : words(issue, '\n', strong('Asked:'), ' ', ask),
            ),
          ),
    ],
    { spoken: ` by ${group.groupName}` },
  ),
];

/** An LCPG's actions with their owners and due dates. */
export const ownActionsSection = (
  { groupName, actions }: Pick<GroupSection, 'groupName' | 'actions'>,
  setting: Setting,
): Section =>
  section(
    'Actions',
    [
      actions.length === 0
        ? paragraph('plain', 'None recorded.')
        : actionTable(`Actions of ${groupName}`, actions, setting),
    ],
    { spoken: ` of ${groupName}` },
  );

/** One LCPG: its return, its meeting, its figures with its own words on them, and its actions. */
export const districtSection = (group: GroupSection, setting: Setting): Section =>
  section(
    group.groupName,
    [{ kind: 'facts', facts: districtFacts(group, setting) }, ...dashboardBlocks(group, setting)],
    {
      id: `district-${group.group}`,
      ownPage: true,
      sections: [
        ...storiesSection(group, setting),
        ...(group.state === 'nil' ? [] : returnedSections(group, setting)),
        ownActionsSection(group, setting),
        ...grantsOfGroup(group, setting),
      ],
    },
  );

/** All LCPGs, one after another. */
export const districtsSection = (groups: readonly GroupSection[], setting: Setting): Section =>
  section('Districts one by one', [], {
    id: 'districts',
    sections: groups.map((group) => districtSection(group, setting)),
  });
