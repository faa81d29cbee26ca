import { plural } from '../templates/filters.ts';
import {
  column,
  figureColumn,
  list,
  paragraph,
  quiet,
  type ReportDocument,
  row,
  section,
  type Section,
  strong,
  table,
  type Words,
  words,
} from './document.ts';
import type { MembersBriefing } from './model.ts';
import { notesSection } from './sections/countywide.ts';
import { figureInWords, withPeriod } from './sections/figures.ts';
import { settingOf } from './sections/setting.ts';

type Example = MembersBriefing['outcomes'][number]['examples'][number];

const exampleInWords = ({ groupName, text, indicatorName, figure }: Example): Words =>
  words(
    strong(`${groupName}:`),
    ' ',
    text,
    ...(indicatorName === ''
      ? []
      : [
          '\n',
          quiet(indicatorName),
          ...(figure === null || figure.value === null
            ? []
            : [quiet(': '), ...figureInWords(figure.value, figure), quiet(`, ${figure.period}`)]),
        ]),
  );

/** How many figures a briefing tells; the report has them all. */
const mostTold = 20;

const standingOutSection = ({ standingOut }: MembersBriefing): Section =>
  section(
    'Figures that stand out for the better',
    standingOut.length === 0
      ? [paragraph('plain', 'No figure stands out for the better by the rules of the report.')]
      : [
          table(
            'Districts whose figures stand out',
            [column('District', 2), column('Indicator', 3), figureColumn('Figure', 2), column('Why', 3)],
            standingOut
              .slice(0, mostTold)
              .map(({ groupName, indicatorName, figure, why }) =>
                row(
                  words(groupName),
                  withPeriod(indicatorName, figure.period),
                  figureInWords(figure.value, figure),
                  words(`${why.charAt(0).toUpperCase()}${why.slice(1)}`),
                ),
              ),
          ),
        ],
    { id: 'figures' },
  );

/** The members' briefing as a document: examples by outcome, then the figures. */
export const membersBriefingDocument = (briefing: MembersBriefing): ReportDocument => {
  const { days } = settingOf(briefing, { indicators: [], groups: [] });
  const shown = [
    ...briefing.outcomes.flatMap((outcome) => outcome.examples.flatMap(({ figure }) => figure ?? [])),
    ...briefing.standingOut.map(({ figure }) => figure),
  ];
  const examples = briefing.outcomes.reduce((sum, outcome) => sum + outcome.examples.length, 0);
  return {
    title: briefing.title,
    subtitle: `Members’ briefing, ${days.date(briefing.preparedAt)}`,
    author: briefing.partnershipName,
    facts: [
      { name: 'For', words: words('County councillors and district councillors in the LCPGs') },
      {
        name: 'Covers',
        words: words(`${days.date(briefing.board.date)} to ${days.date(briefing.preparedAt)}`),
      },
      {
        name: 'From',
        words: words(
          `The LCPGs’ report to the ${briefing.boardLongName} of ${days.date(briefing.nextBoard.date)}`,
        ),
      },
    ],
    sections: [
      section(
        'What went well',
        [
          paragraph(
            'lead',
            examples === 0
              ? 'No LCPG reported an achievement this time.'
              : `The LCPGs reported ${plural(examples, 'achievement')}. They are told here in their own words, for you to share.`,
          ),
        ],
        {
          id: 'examples',
          sections: briefing.outcomes.map(({ outcome, examples: ofOutcome }, index) =>
            section(outcome === '' ? 'Other examples' : outcome, [list(ofOutcome.map(exampleInWords))], {
              id: `outcome-${String(index + 1)}`,
            }),
          ),
        },
      ),
      standingOutSection(briefing),
      notesSection(shown),
    ],
    footer: `${briefing.title}. Prepared at ${days.dateTime(briefing.preparedAt)}.`,
    madeAt: briefing.preparedAt,
  };
};
