import type { GrantLine } from '../../domain/grant.ts';
import { grouped } from '../../templates/filters.ts';
import {
  type Block,
  column,
  figureColumn,
  link,
  paragraph,
  quiet,
  row,
  section,
  type Section,
  strong,
  table,
  totalRow,
  type Words,
  words,
} from '../document.ts';
import type { ChairsPack, GroupSection } from '../model.ts';
import type { Setting } from './setting.ts';

const pounds = (amount: number | null): Words =>
  words(amount === null ? quiet('None') : `£${grouped(amount, 0)}`);

const stateWords = {
  requested: 'Requested',
  awarded: 'Awarded',
  refused: 'Not awarded',
  closed: 'Closed',
  withdrawn: 'Withdrawn',
} as const;

const stateOf = ({ state, outcome }: GrantLine): Words =>
  words(stateWords[state], ...(outcome === '' ? [] : [`: ${outcome}`]));

const reviewOf = ({ reviewDate, reviewDue }: GrantLine, { days }: Setting): Words =>
  reviewDate === null
    ? words(quiet('None'))
    : words(days.date(reviewDate), ...(reviewDue ? [' ', strong('Overdue')] : []));

const columns = [
  column('Grant', 4),
  figureColumn('Requested', 1.5),
  figureColumn('Awarded', 1.5),
  column('Review', 2),
  column('State and outcome', 3),
];

/** The grants of one LCPG. Nothing where the partnership has none. */
export const grantsOfGroup = ({ grants, groupName }: GroupSection, setting: Setting): readonly Section[] =>
  grants === null
    ? []
    : [
        section(
          'Grants',
          [
            grants.length === 0
              ? paragraph('plain', 'None requested.')
              : table(
                  `Grants of ${groupName}`,
                  columns,
                  grants.map((grant) =>
                    row(
                      words(grant.purpose),
                      pounds(grant.requested),
                      pounds(grant.awarded),
                      reviewOf(grant, setting),
                      stateOf(grant),
                    ),
                  ),
                ),
          ],
          { spoken: ` of ${groupName}` },
        ),
      ];

const sumOf = (grants: readonly GrantLine[], of: (grant: GrantLine) => number | null): number =>
  grants.reduce((sum, grant) => sum + (of(grant) ?? 0), 0);

/** How many rows of single grants the section of all LCPGs has, before it sums them up only. */
const mostRows = 60;

/** The grants of all LCPGs. Nothing where the partnership has none. */
export const grantsSection = (
  { groups }: Pick<ChairsPack, 'groups'>,
  setting: Setting,
): readonly Section[] => {
  const all = groups.flatMap(({ group, groupName, grants }) =>
    (grants ?? []).map((grant) => ({ ...grant, group, groupName })),
  );
  if (groups.every(({ grants }) => grants === null)) return [];
  const blocks: readonly Block[] =
    all.length === 0
      ? [paragraph('plain', 'No grant was requested.')]
      : [
          table(
            'Grants that are open, or were closed since the last report',
            [column('LCPG', 2), ...columns],
            [
              ...all
                .slice(0, mostRows)
                .map((grant) =>
                  row(
                    words(link(grant.groupName, `#district-${grant.group}`)),
                    words(grant.purpose),
                    pounds(grant.requested),
                    pounds(grant.awarded),
                    reviewOf(grant, setting),
                    stateOf(grant),
                  ),
                ),
              totalRow(
                words('All LCPGs'),
                words(String(all.length)),
                pounds(sumOf(all, ({ requested }) => requested)),
                pounds(sumOf(all, ({ awarded }) => awarded)),
                words(),
                words(),
              ),
            ],
          ),
          ...(all.length > mostRows
            ? [
                paragraph(
                  'quiet',
                  `And ${String(all.length - mostRows)} more, in the districts’ own parts; the sums count them.`,
                ),
              ]
            : []),
        ];
  return [section('Grants', blocks, { id: 'grants' })];
};
