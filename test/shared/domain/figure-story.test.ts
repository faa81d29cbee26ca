import { describe, expect, test } from 'vitest';

import { figureStories, longestStory } from '../../../shared/domain/figure-story.ts';
import type { ReportedAction, ReportedGroup } from '../../../shared/domain/report-record.ts';

const action = (id: string, changes: Partial<ReportedAction> = {}): ReportedAction => ({
  id,
  description: `Action ${id}`,
  owner: 'Jo Smith',
  due: '2026-11-01',
  state: 'open',
  overdue: false,
  indicator: 'gcse',
  ...changes,
});

/** What a report said of two figures: the LCPG works on the first only. */
const reported = (
  cycle: string,
  value: number | null,
  text: string,
  actions: readonly ReportedAction[] = [],
): ReportedGroup => ({
  cycle,
  group: 'ashford',
  groupName: 'Ashford',
  state: 'signed',
  held: true,
  chair: null,
  coordinator: null,
  missingSectors: [],
  missingRoles: [],
  figures: ['gcse', 'poverty'].map((indicator) => ({
    indicator,
    unit: '%',
    decimals: 1,
    period: '2024 to 2025',
    value,
    previousPeriod: '',
    previousValue: null,
    rating: null,
    direction: null,
  })),
  commentaries: text === '' ? [] : [{ indicator: 'gcse', text }],
  concerns: [],
  achievements: [],
  escalations: [],
  actions,
});

describe('the story of a figure', () => {
  test('needs two reports', () => {
    expect(figureStories([])).toEqual([]);
    expect(figureStories([reported('2026-09-16', 70, 'Two schools moved up')])).toEqual([]);
  });

  test('tells each report’s value and words, and each action once, as it stands now', () => {
    const [story, ...others] = figureStories([
      reported('2026-07-15', 70, 'Two schools moved up', [action('a')]),
      reported('2026-09-16', 71, 'Two schools moved up', [action('a', { overdue: true }), action('b')]),
      reported('2026-11-18', 72, '', [action('a', { state: 'done' })]),
    ]);
    expect(others).toEqual([]);
    expect(story?.chapters).toMatchObject([
      {
        cycle: '2026-07-15',
        value: 70,
        commentary: 'Two schools moved up',
        repeated: false,
        actions: [{ description: 'Action a', state: 'done', overdue: false }],
      },
      { value: 71, repeated: true, actions: [{ description: 'Action b', state: 'open' }] },
      { value: 72, commentary: '', repeated: false, actions: [] },
    ]);
  });

  test('leaves out the reports that say nothing new', () => {
    const [story] = figureStories([
      reported('2026-07-15', 70, 'Two schools moved up'),
      reported('2026-09-16', 70, 'Two schools moved up'),
      reported('2026-11-18', 70, ''),
      reported('2027-01-20', 70, '', [action('a')]),
      reported('2027-03-17', 70, 'Three schools moved up', [action('a')]),
    ]);
    expect(story?.chapters.map(({ cycle }) => cycle)).toEqual(['2026-07-15', '2027-01-20', '2027-03-17']);
  });

  test('is told for figures with words or actions only, and goes back so many reports', () => {
    const quiet = reported('2026-07-15', 70, '');
    expect(figureStories([quiet, { ...quiet, cycle: '2026-09-16' }])).toEqual([]);
    const many = Array.from({ length: longestStory + 3 }, (_, index) =>
      reported(`20${String(20 + index)}-01-01`, index, `Words ${String(index)}`),
    );
    const [story] = figureStories(many);
    expect(story?.chapters.map(({ value }) => value)).toEqual([3, 4, 5, 6, 7, 8]);
  });
});
