import type { ReportDocument } from './document.ts';
import { words } from './document.ts';
import type { ChairsPack } from './model.ts';
import { actionsSection, escalationsSection, findingsSection } from './sections/business.ts';
import { countywideSection, notesSection } from './sections/countywide.ts';
import { districtsSection } from './sections/district.ts';
import { attendanceSection, returnsSection } from './sections/participation.ts';
import { meetingInWords, settingOf } from './sections/setting.ts';
import { decisionsSection, draftedSummarySection } from './sections/summary.ts';

/** The Chairs Group's pack as a document: first what the meeting has to decide, then what it decides from. */
export const chairsPackDocument = (pack: ChairsPack): ReportDocument => {
  const setting = settingOf(pack, pack);
  const { days, boardShortName } = setting;
  return {
    title: pack.title,
    subtitle: days.date(pack.chairsMeeting.date),
    author: pack.partnershipName,
    facts: [
      { name: 'For', words: words('The LCPG chairs') },
      { name: 'Meeting', words: words(meetingInWords(setting, pack.chairsMeeting)) },
      {
        name: 'Then',
        words: words(`${pack.boardLongName}, ${days.weekdayDate(pack.nextBoard.date)}`),
      },
      { name: 'Prepared', words: words(days.dateTime(pack.preparedAt)) },
    ],
    sections: [
      draftedSummarySection(pack),
      decisionsSection(`Decisions to ask of the ${boardShortName}`, pack.draft.asks, setting),
      escalationsSection(pack, setting),
      findingsSection('concerns', pack.concerns),
      findingsSection('achievements', pack.achievements),
      actionsSection(pack, setting),
      attendanceSection(pack),
      returnsSection(pack, setting),
      countywideSection(pack, setting),
      districtsSection(pack.groups, setting),
      notesSection(pack.indicators),
    ],
    footer: `${pack.title}. Prepared at ${days.dateTime(pack.preparedAt)}.`,
    madeAt: pack.preparedAt,
  };
};
