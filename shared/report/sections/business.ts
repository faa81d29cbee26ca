import { plural } from '../../templates/filters.ts';
import {
  type Block,
  column,
  figureColumn,
  link,
  list,
  paragraph,
  quiet,
  row,
  section,
  type Section,
  strong,
  table,
  type Words,
  words,
} from '../document.ts';
import type { ActionLine, BoardReport, ChairsPack, FindingsByIndicator, GroupSection } from '../model.ts';
import type { Setting } from './setting.ts';

const stateInWords = ({ overdue, state, lastNote }: ActionLine): Words => {
  const note = lastNote === '' ? '' : `: ${lastNote}`;
  if (overdue) return words(strong('Overdue'), note);
  return words(`${{ open: 'Open', done: 'Done', dropped: 'Dropped' }[state]}${note}`);
};

/** Actions with their owners and due dates. */
export const actionTable = (caption: string, actions: readonly ActionLine[], { days }: Setting): Block =>
  table(
    caption,
    [column('Action', 4), column('Owner', 2), column('Due', 2), column('State', 3)],
    actions.map((action) =>
      row(words(action.description), words(action.owner), words(days.date(action.due)), stateInWords(action)),
    ),
  );

/** How many open actions are told one by one before only those that are overdue are. */
const mostListed = 300;

const byDueDate = (one: ActionLine, other: ActionLine): number =>
  one.due < other.due ? -1 : one.due > other.due ? 1 : 0;

/** Open actions of all LCPGs with their owners and due dates, those that are due first on top. */
const openActions = (
  { groups, overdueActions }: Pick<ChairsPack, 'groups' | 'overdueActions'>,
  { days, groupName }: Setting,
): readonly Block[] => {
  const open = groups.flatMap(({ actions }) => actions.filter(({ state }) => state === 'open'));
  const listed = open.length > mostListed ? overdueActions : open;
  return [
    paragraph(
      'plain',
      overdueActions.length === 0
        ? 'No action is overdue.'
        : `${plural(overdueActions.length, 'action')} of ${String(open.length)} open ${overdueActions.length === 1 ? 'is' : 'are'} overdue.`,
    ),
    ...(listed.length === 0
      ? []
      : [
          table(
            listed === open ? 'Open actions by their due date' : 'Open actions past their due date',
            [
              column('LCPG', 2),
              column('Action', 4),
              column('Owner', 2),
              column('Due', 2),
              column('State', 3),
            ],
            listed
              .toSorted(byDueDate)
              .map((action) =>
                row(
                  words(groupName(action.group)),
                  words(action.description),
                  words(action.owner),
                  words(days.date(action.due)),
                  stateInWords(action),
                ),
              ),
          ),
        ]),
    ...(listed === open ? [] : [paragraph('quiet', 'The others are in the districts’ own parts.')]),
  ];
};

/** How many actions each LCPG has, and the open ones with their owners and due dates. */
export const actionsSection = (
  pack: Pick<ChairsPack, 'groups' | 'overdueActions'>,
  setting: Setting,
): Section => {
  const { groups } = pack;
  const counted = (group: GroupSection, fits: (action: ActionLine) => boolean): Words =>
    words(String(group.actions.filter(fits).length));
  return section(
    'Actions',
    groups.every(({ actions }) => actions.length === 0)
      ? [paragraph('plain', 'No action is recorded.')]
      : [
          ...openActions(pack, setting),
          table(
            'Actions of each LCPG',
            [
              column('LCPG', 3),
              ...['Open', 'Of these overdue', 'Done', 'Dropped'].map((title) => figureColumn(title)),
            ],
            groups.map((group) =>
              row(
                words(link(group.groupName, `#district-${group.group}`)),
                counted(group, ({ state }) => state === 'open'),
                counted(group, ({ overdue }) => overdue),
                counted(group, ({ state }) => state === 'done'),
                counted(group, ({ state }) => state === 'dropped'),
              ),
            ),
          ),
        ],
    { id: 'actions' },
  );
};

/** What the LCPGs ask of the board. */
export const escalationsSection = (
  { escalations }: Pick<ChairsPack, 'escalations'>,
  { boardShortName, indicatorName }: Setting,
): Section =>
  section(
    `Issues escalated to the ${boardShortName}`,
    [
      escalations.length === 0
        ? paragraph('plain', `No LCPG escalated an issue to the ${boardShortName}.`)
        : table(
            'Issues escalated by the LCPGs',
            [column('LCPG', 2), column('Issue', 4), column(`What the ${boardShortName} is asked`, 4)],
            escalations.map(({ group, groupName, issue, ask, indicator }) =>
              row(
                words(link(groupName, `#district-${group}`)),
                words(
                  issue,
                  ...(indicatorName(indicator) === '' ? [] : ['\n', quiet(indicatorName(indicator))]),
                ),
                words(ask),
              ),
            ),
          ),
    ],
    { id: 'escalations' },
  );

/** The board's key messages, and what became of what was asked of it before. */
export const answersSection = (
  report: Pick<BoardReport, 'minutesKeyMessages' | 'answers' | 'board'>,
  { boardShortName, days }: Setting,
): Section => {
  const open = report.answers.filter(({ answer }) => answer === '').length;
  return section(`What the ${boardShortName} said last time`, [], {
    id: 'answers',
    sections: [
      section(`Key messages of ${days.date(report.board.date)}`, [
        report.minutesKeyMessages.length === 0
          ? paragraph('plain', 'No key messages were received.')
          : list(report.minutesKeyMessages.map((message) => words(message))),
      ]),
      section(
        'Answers to escalated issues',
        report.answers.length === 0
          ? [paragraph('plain', 'No issue was waiting for an answer.')]
          : [
              ...(open === 0
                ? []
                : [
                    paragraph(
                      'plain',
                      `${plural(open, 'issue')} ${open === 1 ? 'waits' : 'wait'} for an answer.`,
                    ),
                  ]),
              table(
                'Issues escalated earlier, and their answers',
                [
                  column('LCPG', 2),
                  column('Issue', 3),
                  column('Asked', 3),
                  column('In the cycle that began on', 2),
                  column('Answer', 3),
                ],
                report.answers.map(({ groupName, issue, ask, answer, cycle }) =>
                  row(
                    words(groupName),
                    words(issue),
                    words(ask),
                    words(days.date(cycle)),
                    words(answer === '' ? strong('Not answered yet') : answer),
                  ),
                ),
              ),
            ],
      ),
    ],
  });
};

/** Concerns or achievements of all LCPGs side by side, indicator by indicator. */
export const findingsSection = (
  id: 'concerns' | 'achievements',
  findings: readonly FindingsByIndicator[],
): Section =>
  section(
    id === 'concerns' ? 'Concerns that the LCPGs raised' : 'Achievements that the LCPGs reported',
    findings.length === 0
      ? [paragraph('plain', `No ${id === 'concerns' ? 'concern' : 'achievement'} was reported.`)]
      : [],
    {
      id,
      sections: findings.map(({ outcome, indicatorName, items }) =>
        section(indicatorName || 'Other matters', [
          ...(outcome === '' ? [] : [paragraph('quiet', outcome)]),
          list(items.map(({ groupName, text }) => words(strong(`${groupName}:`), ' ', text))),
        ]),
      ),
    },
  );
