import { andList, plural } from '../../templates/filters.ts';
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
import type { BoardReport, ChairsPack, GroupSection } from '../model.ts';
import { roleName } from '../wording.ts';
import type { Setting } from './setting.ts';

const orNone = (names: readonly string[]): Words => words(names.length === 0 ? 'None' : andList(names));

const sectorBlocks = ({ sectors }: Pick<ChairsPack, 'sectors'>): readonly Block[] =>
  sectors.length === 0
    ? []
    : [
        paragraph(
          'plain',
          'A sector is represented at a meeting when one of its members was there or sent a substitute. Only meetings that were held and returned are counted.',
        ),
        table(
          'Attendance by core sector',
          [
            column('Sector', 3),
            figureColumn('Meetings represented at', 2),
            column('LCPGs without a member from it', 4),
          ],
          sectors.map(({ sector, represented, meetings, withoutMember }) =>
            row(
              words(sector),
              words(
                meetings === 0
                  ? quiet('No meeting counted')
                  : `${String(represented)} of ${String(meetings)}`,
              ),
              orNone(withoutMember),
            ),
          ),
        ),
      ];

/** How the core sectors attended, and who is missing from the LCPGs. */
export const attendanceSection = (pack: Pick<ChairsPack, 'sectors' | 'missing'>): Section =>
  section(
    'Attendance and gaps',
    [
      ...sectorBlocks(pack),
      pack.missing.length === 0
        ? paragraph('plain', 'Every LCPG has a member from each core sector, and all roles are filled.')
        : table(
            'Gaps in membership',
            [
              column('LCPG', 2),
              column('Roles that nobody fills', 3),
              column('Core sectors without a member', 3),
            ],
            pack.missing.map(({ groupName, roles, sectors }) =>
              row(words(groupName), orNone(roles.map(roleName)), orNone(sectors)),
            ),
          ),
    ],
    { id: 'attendance' },
  );

const met = ({ held, meetingDate }: GroupSection, { days }: Setting): Words => {
  if (held === null) return words(quiet('Not reported'));
  if (!held) return words('No');
  return words(meetingDate === null ? 'Yes' : days.date(meetingDate));
};

/** Which returns came, which came late, and which did not. */
export const returnsSection = (
  { groups, received, nil, unsigned }: Pick<ChairsPack, 'groups' | 'received' | 'nil' | 'unsigned'>,
  setting: Setting,
): Section =>
  section(
    'Returns received, late and nil',
    [
      paragraph(
        'plain',
        [
          `${String(received)} of ${plural(groups.length, 'return')} received.`,
          ...(nil.length === 0 ? [] : [`Nil: ${andList(nil)}.`]),
          ...(unsigned.length === 0 ? [] : [`Not signed by the chair: ${andList(unsigned)}.`]),
        ].join(' '),
      ),
      table(
        'Returns of the LCPGs',
        [
          column('LCPG', 3),
          column('Met', 2),
          column('Return'),
          column('Received', 2),
          column('Signed by', 2),
        ],
        groups.map((group) =>
          row(
            words(link(group.groupName, `#district-${group.group}`)),
            met(group, setting),
            group.state === 'nil' ? words(strong('Nil')) : words(group.late ? strong('Late') : 'In time'),
            words(group.submittedAt === null ? quiet('Not received') : setting.days.date(group.submittedAt)),
            words(group.state === 'signed' ? (group.signedBy ?? 'The chair') : quiet('Not signed')),
          ),
        ),
      ),
    ],
    { id: 'returns' },
  );

/** Who speaks for the LCPGs at the board. */
export const representativesSection = (
  {
    representatives,
    representativesConfirmed,
  }: Pick<BoardReport, 'representatives' | 'representativesConfirmed'>,
  { boardShortName }: Setting,
): Section =>
  section(
    `Representatives at the ${boardShortName}`,
    representatives.length === 0
      ? [paragraph('plain', 'None are named yet.')]
      : [
          list(
            representatives.map(({ name, groupName }) =>
              words(groupName === '' ? name : `${name}, ${groupName}`),
            ),
          ),
          ...(representativesConfirmed
            ? []
            : [
                paragraph(
                  'plain',
                  'They are proposed, as those who went least recently. The Chairs Group has not confirmed them.',
                ),
              ]),
        ],
    { id: 'representatives' },
  );
