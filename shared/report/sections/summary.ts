import type { ChairsSummaryContent } from '../../domain/chairs-group.ts';
import { andList } from '../../templates/filters.ts';
import { type Block, list, paragraph, section, type Section, words } from '../document.ts';
import type { BoardReport, ChairsPack } from '../model.ts';
import type { Setting } from './setting.ts';

const inBrief = (title: string, lines: readonly string[]): readonly Section[] =>
  lines.length === 0 ? [] : [section(title, [list(lines.map((line) => words(line)))])];

const summary = (title: string, notices: readonly Block[], content: ChairsSummaryContent): Section =>
  section(
    title,
    [
      ...notices,
      // What was typed in paragraphs stays in paragraphs.
      ...content.overview
        .split(/\n\s*\n/)
        .filter((text) => text.trim() !== '')
        .map((text, index) => paragraph(index === 0 ? 'lead' : 'plain', text)),
    ],
    {
      id: 'summary',
      sections: [
        ...inBrief('Common concerns in brief', content.commonConcerns),
        ...inBrief('Achievements in brief', content.achievements),
      ],
    },
  );

/** The lead chair's summary, and how far it can be relied on. */
export const summarySection = (report: BoardReport, { days }: Setting): Section =>
  summary(
    'Summary',
    [
      report.summaryApprovedAt === null
        ? paragraph('notice', 'This summary was not approved by the lead chair in time. It is a draft.')
        : paragraph(
            'quiet',
            `Approved by ${report.summaryApprovedBy ?? 'the lead chair'} on ${days.date(report.summaryApprovedAt)}.`,
          ),
      ...(report.cameSinceSummary.length === 0
        ? []
        : [
            paragraph(
              'notice',
              `Since this summary was drafted, returns have come from ${andList(report.cameSinceSummary)}. Its numbers do not count them; the sections below do.`,
            ),
          ]),
    ],
    report.summary,
  );

/** What the lead chair starts from. */
export const draftedSummarySection = ({ draft }: ChairsPack): Section =>
  summary(
    'Drafted summary',
    [
      paragraph(
        'notice',
        'This text is drafted from the returns. The lead chair changes it as the meeting decides, and approves it.',
      ),
    ],
    draft,
  );

/** What the board is asked to decide or note. */
export const decisionsSection = (
  title: string,
  asks: readonly string[],
  { boardShortName }: Setting,
): Section =>
  section(
    title,
    asks.length === 0
      ? [paragraph('plain', 'No decision is asked for.')]
      : [
          paragraph('plain', `The ${boardShortName} is asked to decide on or note:`),
          list(
            asks.map((ask) => words(ask)),
            true,
          ),
        ],
    { id: 'decisions' },
  );
