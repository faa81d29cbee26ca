import { andList } from '../templates/filters.ts';
import { paragraph, type ReportDocument, section, type Section, words } from './document.ts';
import type { DistrictReport } from './model.ts';
import { notesSection } from './sections/countywide.ts';
import { dashboardBlocks } from './sections/dashboard.ts';
import { districtFacts, ownActionsSection, returnedSections } from './sections/district.ts';
import { settingOf } from './sections/setting.ts';
import { storiesSection } from './sections/story.ts';

/** A part of a district's section as a section of its own, which the contents name. */
const listed = (part: Section): Section => ({
  ...part,
  id: part.title.toLowerCase().replaceAll(/\W+/g, '-'),
  spoken: '',
});

/** An LCPG's report to its Local HWBs as a document: what it says to them, then how it stands. */
export const districtReportDocument = (report: DistrictReport): ReportDocument => {
  const { group, message } = report;
  const setting = settingOf(report, {
    indicators: group.figures.map(({ indicator, name }) => ({ id: indicator, name })),
    groups: [group],
  });
  const { days } = setting;
  return {
    title: report.title,
    subtitle:
      group.meetingDate === null || group.held !== true
        ? days.date(report.preparedAt)
        : `Meeting of ${days.date(group.meetingDate)}`,
    author: report.partnershipName,
    facts: [
      { name: 'To', words: words(andList(report.readers)) },
      { name: 'From', words: words(`${group.groupName} LCPG`) },
      ...districtFacts(group, setting),
    ],
    sections: [
      ...(message.trim() === ''
        ? []
        : [section('Message to you', [paragraph('lead', message.trim())], { id: 'message' })]),
      ...returnedSections(group, setting).map(listed),
      section(
        'How the district stands',
        group.figures.length === 0
          ? [paragraph('plain', 'No indicator is set for this district.')]
          : dashboardBlocks(group, setting),
        { id: 'figures' },
      ),
      ...storiesSection(group, setting).map(listed),
      listed(ownActionsSection(group, setting)),
      notesSection(group.figures),
    ],
    footer: `${report.title}. Prepared at ${days.dateTime(report.preparedAt)}.`,
    madeAt: report.preparedAt,
  };
};
