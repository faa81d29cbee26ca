import type { IsoDate } from '../time/calendar.ts';
import type { ReportedGroup, ReportedSummary } from './report-record.ts';

/** A text of a past report that holds what was looked for. */
export interface Hit {
  readonly cycle: IsoDate;
  readonly kind:
    'summary' | 'decision' | 'answer' | 'commentary' | 'concern' | 'achievement' | 'escalation' | 'action';
  /** Empty where it is nobody's in particular. */
  readonly groupName: string;
  /** The indicator that it belongs to; null where there is none. */
  readonly indicator: string | null;
  readonly text: string;
}

/** Letters as they are compared: without case and accents. */
const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();

const mostWords = 12;

/** What is looked for, from what a person typed: every word has to be there. */
export const wordsOf = (typed: string): readonly string[] =>
  folded(typed)
    .split(/\s+/u)
    .filter((word) => word !== '')
    .slice(0, mostWords);

const textsOfSummary = ({ cycle, overview, asks, answers }: ReportedSummary): readonly Hit[] => [
  { cycle, kind: 'summary', groupName: '', indicator: null, text: overview },
  ...asks.map((text): Hit => ({ cycle, kind: 'decision', groupName: '', indicator: null, text })),
  ...answers
    .filter(({ answer }) => answer !== '')
    .map(({ groupName, issue, answer }): Hit => ({
      cycle,
      kind: 'answer',
      groupName,
      indicator: null,
      text: `${issue}: ${answer}`,
    })),
];

const textsOfGroup = (group: ReportedGroup): readonly Hit[] => {
  const { cycle, groupName } = group;
  const hit = (kind: Hit['kind'], text: string, indicator: string | null): Hit => ({
    cycle,
    kind,
    groupName,
    indicator,
    text,
  });
  return [
    ...group.escalations.map(({ issue, ask, indicator }) =>
      hit('escalation', ask === '' ? issue : `${issue} Asked: ${ask}`, indicator),
    ),
    ...group.commentaries.map(({ text, indicator }) => hit('commentary', text, indicator)),
    ...group.concerns.map(({ text, indicator }) => hit('concern', text, indicator)),
    ...group.achievements.map(({ text, indicator }) => hit('achievement', text, indicator)),
    ...group.actions.map(({ description, owner, state, indicator }) =>
      hit('action', `${description} (${owner}, ${state})`, indicator),
    ),
  ];
};

/**
 * The texts of a report in which every word occurs: in the text itself, its LCPG's name or its indicator's.
 * @param words as `wordsOf` makes them; none find nothing
 * @param indicatorName empty for what is no indicator any longer
 */
export const hitsIn = (
  reported: ReportedSummary | ReportedGroup,
  words: readonly string[],
  indicatorName: (id: string) => string,
): readonly Hit[] =>
  words.length === 0
    ? []
    : ('group' in reported ? textsOfGroup(reported) : textsOfSummary(reported)).filter(
        ({ text, groupName, indicator }) => {
          const name = indicator === null ? '' : indicatorName(indicator);
          const where = folded(`${text}\n${groupName}\n${name}`);
          return words.every((word) => where.includes(word));
        },
      );
