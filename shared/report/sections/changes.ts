import type {
  ActionChange,
  Changed,
  FigureChange,
  MembershipChange,
  ReportChanges,
} from '../../domain/report-changes.ts';
import { andList, measured, plural } from '../../templates/filters.ts';
import {
  type Block,
  column,
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
import type { BoardReport, IndicatorFigure } from '../model.ts';
import { list as names, roleName } from '../wording.ts';
import type { Setting } from './setting.ts';

/** How many changes of one kind a table tells before it only counts them. */
const mostTold = 30;

const goodness = { green: 3, amber: 2, red: 1 } as const;

const isBetter = ({ before, now }: Changed<NonNullable<IndicatorFigure['rating']>>): boolean =>
  goodness[now] > goodness[before];

const lines = (texts: readonly string[], nothing: string): Words =>
  texts.length === 0 ? words(quiet(nothing)) : words(texts.join('\n'));

/** "2024 to 2025: 12 districts", and each correction with its values. */
const newsInWords = (changes: readonly FigureChange[], withValues: boolean): Words => {
  const value = (change: FigureChange, one: number): string => measured(one, change.unit, change.decimals);
  const byPeriod = new Map<string, FigureChange[]>();
  for (const change of changes) {
    if (change.published === null) continue;
    const same = byPeriod.get(change.published.period);
    if (same === undefined) byPeriod.set(change.published.period, [change]);
    else same.push(change);
  }
  return lines(
    [
      ...[...byPeriod].map(
        ([period, of]) => `${period}: published for ${names(of.map((one) => one.groupName))}`,
      ),
      ...changes.flatMap((change) =>
        change.corrected === null
          ? []
          : [
              `Corrected for ${change.groupName}${withValues ? `: ${value(change, change.corrected.now)}, before ${value(change, change.corrected.before)} (${change.corrected.period})` : ''}`,
            ],
      ),
      ...changes.flatMap(({ withdrawn, groupName }) =>
        withdrawn === null ? [] : [`No figure any longer for ${groupName}`],
      ),
    ],
    'No new figure',
  );
};

const ratingsInWords = (changes: readonly FigureChange[]): Words => {
  const told = (better: boolean): readonly string[] =>
    changes.flatMap(({ groupName, rating }) =>
      rating === null || isBetter(rating) !== better
        ? []
        : [`${groupName} (${rating.before} to ${rating.now})`],
    );
  return lines(
    [
      ...(told(true).length === 0 ? [] : [`Better: ${names(told(true))}`]),
      ...(told(false).length === 0 ? [] : [`Worse: ${names(told(false))}`]),
    ],
    'As before',
  );
};

const directionsInWords = (changes: readonly FigureChange[]): Words => {
  const byDirection = new Map<string, string[]>();
  for (const { direction, groupName } of changes) {
    if (direction === null) continue;
    const same = byDirection.get(direction.now);
    if (same === undefined) byDirection.set(direction.now, [groupName]);
    else same.push(groupName);
  }
  return lines(
    [...byDirection].map(([direction, of]) => `Now ${direction}: ${names(of)}`),
    'As before',
  );
};

const figuresChanged = (changes: readonly FigureChange[], { indicatorName }: Setting): Section => {
  const byIndicator = new Map<string, FigureChange[]>();
  for (const change of changes) {
    const same = byIndicator.get(change.indicator);
    if (same === undefined) byIndicator.set(change.indicator, [change]);
    else same.push(change);
  }
  return section('Figures', [
    byIndicator.size === 0
      ? paragraph('plain', 'No figure was published or corrected.')
      : table(
          'Figures published or corrected since the last report',
          [column('Indicator', 3), column('What is new', 4), column('Rating', 3), column('Direction', 3)],
          [...byIndicator].map(([indicator, of]) =>
            row(
              words(indicatorName(indicator)),
              newsInWords(of, of.length <= mostTold),
              ratingsInWords(of),
              directionsInWords(of),
            ),
          ),
        ),
  ]);
};

const actionsChanged = (changes: ReportChanges, { days }: Setting): Section => {
  const kinds: readonly (readonly [string, readonly ActionChange[]])[] = [
    ['Done', changes.closedActions.filter(({ state }) => state === 'done')],
    ['Dropped', changes.closedActions.filter(({ state }) => state === 'dropped')],
    ['Newly overdue', changes.newlyOverdue],
    ['New', changes.newActions.filter(({ state, overdue }) => state === 'open' && !overdue)],
  ];
  const told = kinds.flatMap(([kind, actions]) => actions.map((action) => ({ kind, action })));
  return section('Actions', [
    ...(told.length === 0
      ? [paragraph('plain', 'No action was agreed, done or dropped, and none is newly overdue.')]
      : [
          table(
            'Actions closed, newly overdue and new since the last report',
            [
              column('What changed', 2),
              column('LCPG', 2),
              column('Action', 4),
              column('Owner', 2),
              column('Due', 2),
            ],
            told
              .slice(0, mostTold)
              .map(({ kind, action }) =>
                row(
                  kind === 'Newly overdue' ? words(strong(kind)) : words(kind),
                  words(link(action.groupName, `#district-${action.group}`)),
                  words(action.description),
                  words(action.owner),
                  words(days.date(action.due)),
                ),
              ),
          ),
          ...more(told.length),
        ]),
  ]);
};

const more = (count: number): readonly Block[] =>
  count > mostTold
    ? [paragraph('quiet', `And ${String(count - mostTold)} more, in the districts’ own parts.`)]
    : [];

const escalationsChanged = (
  { answers, escalations }: Pick<BoardReport, 'answers' | 'escalations'>,
  { days, boardShortName }: Setting,
): Section => {
  const answered = answers.filter(({ answer }) => answer !== '');
  const waiting = answers.filter(({ answer }) => answer === '');
  const item = (groupName: string, issue: string, rest: string): Words =>
    words(strong(`${groupName}:`), ` ${issue}`, rest);
  return section('Escalated issues', [
    paragraph(
      'plain',
      answers.length === 0
        ? 'No issue was waiting for an answer.'
        : `${String(answered.length)} of ${plural(answers.length, 'issue')} that waited for the ${boardShortName} ${answered.length === 1 ? 'is' : 'are'} answered.`,
      escalations.length === 0
        ? ''
        : ` ${plural(escalations.length, 'new issue')} ${escalations.length === 1 ? 'is' : 'are'} escalated in this report.`,
    ),
    ...(answered.length === 0
      ? []
      : [
          paragraph('plain', strong('Answered'), ' (', link('what was answered', '#answers'), ')'),
          list(answered.map(({ groupName, issue }) => item(groupName, issue, ''))),
        ]),
    ...(waiting.length === 0
      ? []
      : [
          paragraph('plain', strong('Still without an answer')),
          list(
            waiting.map(({ groupName, issue, cycle }) =>
              item(groupName, issue, `, raised in the cycle that began on ${days.date(cycle)}`),
            ),
          ),
        ]),
  ]);
};

const person = (role: string, change: Changed<string | null> | null): readonly string[] =>
  change === null
    ? []
    : [
        change.now === null
          ? `no ${role} any longer (before: ${change.before ?? 'nobody'})`
          : `new ${role}: ${change.now}${change.before === null ? '' : ` (before: ${change.before})`}`,
      ];

const membershipInWords = (change: MembershipChange): Words => {
  const roles = (of: readonly string[]): readonly string[] =>
    of.filter((role) => role !== 'chair' && role !== 'co-ordinator').map(roleName);
  const parts = [
    ...person('chair', change.chair),
    ...person('co-ordinator', change.coordinator),
    ...(roles(change.filledRoles).length === 0 ? [] : [`now has a ${andList(roles(change.filledRoles))}`]),
    ...(roles(change.emptiedRoles).length === 0
      ? []
      : [`no longer has a ${andList(roles(change.emptiedRoles))}`]),
    ...(change.filledSectors.length === 0 ? [] : [`now has a member from ${andList(change.filledSectors)}`]),
    ...(change.emptiedSectors.length === 0
      ? []
      : [`no longer has a member from ${andList(change.emptiedSectors)}`]),
  ];
  return words(strong(`${change.groupName}:`), ` ${parts.join('; ')}`);
};

const membershipAndReturns = (changes: ReportChanges): Section => {
  const { newlyNil, noLongerNil, joined, left, membership } = changes;
  const named = (title: string, of: readonly string[]): readonly Words[] =>
    of.length === 0 ? [] : [words(strong(title), ` ${names(of)}`)];
  const items = [
    ...named('A nil return now, and a return last time:', newlyNil),
    ...named('A return now, and a nil return last time:', noLongerNil),
    ...named('Not in the last report:', joined),
    ...named('No longer in the report:', left),
    ...membership.slice(0, mostTold).map(membershipInWords),
  ];
  return section('Membership and returns', [
    ...(items.length === 0
      ? [
          paragraph(
            'plain',
            'The same LCPGs sent a return, and no chair, co-ordinator, role or core sector changed.',
          ),
        ]
      : [list(items)]),
    ...more(membership.length),
  ]);
};

const none = (count: number, one: string): string => (count === 0 ? `no ${one}` : plural(count, one));

const sentence = (...parts: readonly string[]): Words => {
  const text = parts.join(', ');
  return words(`${text.charAt(0).toUpperCase()}${text.slice(1)}.`);
};

const inBrief = ({ figures, closedActions, newActions, newlyOverdue }: ReportChanges): readonly Words[] => {
  const rated = figures.flatMap(({ rating }) => (rating === null ? [] : [rating]));
  const better = rated.filter(isBetter).length;
  const count = (fits: (change: FigureChange) => boolean): number => figures.filter(fits).length;
  return [
    sentence(
      `${none(
        count(({ published }) => published !== null),
        'district figure',
      )} newly published`,
      `${none(
        count(({ corrected }) => corrected !== null),
        'figure',
      )} corrected`,
    ),
    rated.length === 0
      ? sentence('no rating changed')
      : sentence(
          `${plural(rated.length, 'rating')} changed`,
          `${String(better)} for the better and ${String(rated.length - better)} for the worse`,
        ),
    sentence(
      `${none(closedActions.length, 'action')} done or dropped`,
      `${String(newActions.length)} new`,
      `${String(newlyOverdue.length)} newly overdue`,
    ),
  ];
};

/** What is different from the last report: what a reader of every report wants first. */
export const changesSection = (
  report: Pick<BoardReport, 'changes' | 'answers' | 'escalations'>,
  setting: Setting,
): Section => {
  const { changes } = report;
  const title = 'What changed since the last report';
  const id = 'changes';
  if (changes === null)
    return section(title, [paragraph('plain', 'There is no earlier report to compare this one with.')], {
      id,
    });
  const { days, boardShortName } = setting;
  return section(
    title,
    [
      paragraph(
        'lead',
        `The last report went to the ${boardShortName} of ${days.date(changes.since.nextBoard)}. Since then:`,
      ),
      list(inBrief(changes)),
    ],
    {
      id,
      sections: [
        figuresChanged(changes.figures, setting),
        actionsChanged(changes, setting),
        escalationsChanged(report, setting),
        membershipAndReturns(changes),
      ],
    },
  );
};
