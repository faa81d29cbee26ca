import type { FigureStory, StoryChapter } from '../../domain/figure-story.ts';
import {
  type Block,
  column,
  paragraph,
  quiet,
  ratingMarks,
  row,
  section,
  type Section,
  strong,
  table,
  type Words,
  words,
} from '../document.ts';
import type { GroupSection } from '../model.ts';
import { measured, plural } from '../../templates/filters.ts';
import { figureInWords, ratingInWords, withPeriod } from './figures.ts';
import type { Setting } from './setting.ts';

const stateWords = { open: 'open', done: 'done', dropped: 'dropped' } as const;

const figureOf = (story: FigureStory, chapter: StoryChapter): Words => {
  const figure = words(
    ...figureInWords(chapter.value, story),
    ...(chapter.rating === null ? [] : [' ', ...ratingInWords(chapter.rating)]),
  );
  return chapter.value === null ? figure : [...figure, ...withPeriod('', chapter.period)];
};

const commentaryOf = ({ commentary, repeated }: StoryChapter): Words =>
  words(commentary === '' ? quiet('Nothing') : repeated ? quiet('The same as before') : commentary);

const actionsOf = ({ actions }: StoryChapter): Words =>
  actions.length === 0
    ? words(quiet('None'))
    : words(
        ...actions.flatMap(({ description, state, overdue }, index) => [
          index === 0 ? '' : '\n',
          `${description}: `,
          strong(overdue ? 'overdue' : stateWords[state]),
        ]),
      );

/** What came of it so far: the first and the latest figure, and how the actions stand. */
const resultOf = (story: FigureStory): string => {
  const known = story.chapters.filter(({ value }) => value !== null);
  const [first, last] = [known[0], known.at(-1)];
  const value = (chapter: StoryChapter): string =>
    `${measured(chapter.value ?? 0, story.unit, story.decimals)} (${chapter.period}${chapter.rating === null ? '' : `, ${ratingMarks[chapter.rating].word}`})`;
  const moved =
    first === undefined || last === undefined
      ? 'No figure so far.'
      : first.period === last.period
        ? `No newer figure has been published than ${value(last)}.`
        : `From ${value(first)} to ${value(last)}.`;
  const actions = story.chapters.flatMap((chapter) => chapter.actions);
  if (actions.length === 0) return moved;
  const done = actions.filter(({ state }) => state === 'done').length;
  return `${moved} ${String(done)} of ${plural(actions.length, 'action')} done.`;
};

const storyBlocks = (
  story: FigureStory,
  name: string,
  groupName: string,
  { days }: Setting,
): readonly Block[] => [
  paragraph('plain', strong(`${name}: `), resultOf(story)),
  table(
    `${name}: what ${groupName} reported over the cycles`,
    [
      column('Cycle that began on', 2),
      column('Figure', 2),
      column('What the LCPG wrote', 4),
      column('Actions agreed, and how they stand now', 3),
    ],
    story.chapters.map((chapter) =>
      row(
        words(days.date(chapter.cycle)),
        figureOf(story, chapter),
        commentaryOf(chapter),
        actionsOf(chapter),
      ),
    ),
  ),
];

/** The figures that an LCPG works on, over the reports so far. None in a first report. */
export const storiesSection = (
  { stories, groupName }: Pick<GroupSection, 'stories' | 'groupName'>,
  setting: Setting,
): readonly Section[] =>
  stories.length === 0
    ? []
    : [
        section(
          'The figures it works on, over the cycles',
          stories.flatMap((story) =>
            storyBlocks(story, setting.indicatorName(story.indicator), groupName, setting),
          ),
          { spoken: `, ${groupName}` },
        ),
      ];
