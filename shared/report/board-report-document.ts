import type { ReportDocument } from './document.ts';
import { section, words } from './document.ts';
import type { BoardReport } from './model.ts';
import { actionsSection, answersSection, escalationsSection, findingsSection } from './sections/business.ts';
import { changesSection } from './sections/changes.ts';
import { countywideSection, notesSection } from './sections/countywide.ts';
import { districtsSection } from './sections/district.ts';
import { grantsSection } from './sections/grants.ts';
import { attendanceSection, representativesSection, returnsSection } from './sections/participation.ts';
import { meetingInWords, settingOf } from './sections/setting.ts';
import { decisionsSection, summarySection } from './sections/summary.ts';

/** The report to the board as a document, in the order in which councils publish theirs. */
export const boardReportDocument = (report: BoardReport): ReportDocument => {
  const setting = settingOf(report, report);
  const { days, boardShortName } = setting;
  return {
    title: report.title,
    subtitle: days.date(report.nextBoard.date),
    author: report.partnershipName,
    facts: [
      { name: 'To', words: words(report.boardLongName) },
      { name: 'Meeting', words: words(meetingInWords(setting, report.nextBoard)) },
      { name: 'From', words: words(report.partnershipName) },
      {
        name: 'Covers',
        words: words(`${days.date(report.board.date)} to ${days.date(report.compiledAt)}`),
      },
      { name: 'Compiled', words: words(days.dateTime(report.compiledAt)) },
    ],
    sections: [
      changesSection(report, setting),
      summarySection(report, setting),
      decisionsSection(`Decisions asked of the ${boardShortName}`, report.summary.asks, setting),
      countywideSection(report, setting, [
        findingsSection('concerns', report.concerns),
        findingsSection('achievements', report.achievements),
      ]),
      districtsSection(report.groups, setting),
      escalationsSection(report, setting),
      answersSection(report, setting),
      actionsSection(report, setting),
      ...grantsSection(report, setting),
      attendanceSection(report),
      returnsSection(report, setting),
      section('Appendices', [], {
        id: 'appendices',
        sections: [representativesSection(report, setting), notesSection(report.indicators)],
      }),
    ],
    footer: `${report.title}. Compiled at ${days.dateTime(report.compiledAt)}.`,
    madeAt: report.compiledAt,
  };
};
