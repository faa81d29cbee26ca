import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { hitsIn, wordsOf } from '../../../shared/domain/archive.ts';
import type { ReportedGroup, ReportedSummary } from '../../../shared/domain/report-record.ts';

const group: ReportedGroup = {
  cycle: '2026-09-16',
  group: 'ashford',
  groupName: 'Ashford',
  state: 'signed',
  held: true,
  chair: 'Ama Chair',
  coordinator: null,
  missingSectors: [],
  missingRoles: [],
  figures: [],
  commentaries: [{ indicator: 'gcse', text: 'Two schools moved up. Café mornings help.' }],
  concerns: [{ indicator: null, text: 'Waiting times for speech therapy' }],
  achievements: [{ indicator: null, text: 'Summer reading club' }],
  escalations: [{ indicator: null, issue: 'Speech therapy waits', ask: 'Ask the ICB for a plan' }],
  actions: [
    {
      id: 'a',
      description: 'Write to the ICB',
      owner: 'Jo Smith',
      due: '2026-11-01',
      state: 'open',
      overdue: false,
      indicator: null,
    },
  ],
};

const summary: ReportedSummary = {
  cycle: '2026-09-16',
  title: 'Report',
  nextBoard: '2026-11-18',
  compiledAt: '2026-11-10T09:00:00Z',
  overview: 'All LCPGs sent a return.',
  asks: ['Ask the ICB for a plan (asked by Ashford).'],
  keyMessages: [],
  answers: [
    { group: 'dover', groupName: 'Dover', issue: 'Bus passes', answer: 'Extended to March' },
    { group: 'dover', groupName: 'Dover', issue: 'Saturdays', answer: '' },
  ],
};

const kinds = (typed: string, of: ReportedGroup | ReportedSummary = group) =>
  hitsIn(of, wordsOf(typed), (id) => (id === 'gcse' ? 'GCSEs in English and maths' : '')).map(
    ({ kind }) => kind,
  );

describe('a search of past reports', () => {
  test('finds escalations, actions and what was written, whatever the case and the accents', () => {
    expect(kinds('SPEECH therapy')).toEqual(['escalation', 'concern']);
    expect(kinds('icb')).toEqual(['escalation', 'action']);
    expect(kinds('cafe')).toEqual(['commentary']);
    expect(kinds('reading')).toEqual(['achievement']);
  });

  test('takes every word, also of the LCPG’s name and the indicator’s', () => {
    expect(kinds('ashford therapy')).toEqual(['escalation', 'concern']);
    expect(kinds('gcses schools')).toEqual(['commentary']);
    expect(kinds('dover therapy')).toEqual([]);
  });

  test('finds the board’s answers, the summary and what was asked, and nothing for no word', () => {
    expect(kinds('bus march', summary)).toEqual(['answer']);
    expect(kinds('saturdays', summary)).toEqual([]);
    expect(kinds('icb', summary)).toEqual(['decision']);
    expect(kinds('return', summary)).toEqual(['summary']);
    expect(kinds('  ')).toEqual([]);
    expect(kinds('', summary)).toEqual([]);
  });

  test('every hit holds every word, and any part of what was written is found', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
        fc.nat(60),
        fc.integer({ min: 1, max: 20 }),
        (text, start, length) => {
          const written = { ...group, commentaries: [{ indicator: 'x', text }] };
          const part = Array.from(text)
            .slice(start, start + length)
            .join('');
          const words = wordsOf(part);
          const hits = hitsIn(written, words, () => '');
          if (words.length > 0) expect(hits.some(({ kind }) => kind === 'commentary')).toBe(true);
          for (const hit of hits)
            for (const word of words)
              expect(wordsOf(`${hit.text} ${hit.groupName}`).join(' ').includes(word)).toBe(true);
        },
      ),
    );
  });
});
