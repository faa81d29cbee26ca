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

/** How many actions each LCPG has, and those that are overdue with their owners and due dates. */
export const actionsSection = (
  { groups, overdueActions }: Pick<ChairsPack, 'groups' | 'overdueActions'>,
  setting: Setting,
): Section => {
  const counted = (group: GroupSection, fits: (action: ActionLine) => boolean): Words =>
    words(String(group.actions.filter(fits).length));
  const { days } = setting;
  return section(
    'Actions',
    [
      groups.every(({ actions }) => actions.length === 0)
        ? paragraph('plain', 'No action is recorded.')
        : table(
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
      overdueActions.length === 0
        ? paragraph('plain', 'No action is overdue.')
        : table(
            'Open actions past their due date',
            [
              column('LCPG', 2),
              column('Action', 4),
              column('Owner', 2),
              column('Due', 2),
              column('Last heard', 3),
            ],
            overdueActions.map((action) =>
              row(
                words(setting.groupName(action.group)),
                words(action.description),
                words(action.owner),
                words(days.date(action.due)),
                words(action.lastNote === '' ? quiet('Nothing yet') : action.lastNote),
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
                [column('LCPG', 2), column('Issue', 3), column('Asked', 3), column('Answer', 3)],
                report.answers.map(({ groupName, issue, ask, answer }) =>
                  row(
                    words(groupName),
                    words(issue),
                    words(ask),
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
    id === 'concerns' ? 'Concerns' : 'Achievements',
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
