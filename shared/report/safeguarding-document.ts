import { plural } from '../templates/filters.ts';
import { list, paragraph, type ReportDocument, section, words } from './document.ts';
import type { SafeguardingExtract } from './model.ts';
import { settingOf } from './sections/setting.ts';

/** Safeguarding matters as a document: how to handle it first, then each LCPG's. */
export const safeguardingDocument = (extract: SafeguardingExtract): ReportDocument => {
  const { days, boardShortName } = settingOf(extract, { indicators: [], groups: [] });
  const matters = extract.entries.reduce((sum, entry) => sum + entry.matters.length, 0);
  return {
    title: extract.title,
    subtitle: `Since the ${boardShortName} of ${days.date(extract.board.date)}`,
    author: extract.partnershipName,
    facts: [
      { name: 'For', words: words('The safeguarding leads and the safeguarding board only') },
      {
        name: 'Holds',
        words: words(`${plural(matters, 'matter')} of ${plural(extract.entries.length, 'LCPG')}`),
      },
      { name: 'Prepared', words: words(days.dateTime(extract.preparedAt)) },
    ],
    sections: [
      section(
        'How to handle this',
        [
          paragraph(
            'notice',
            'Confidential: share this only with those who need it to keep children safe. It is no part of any other document.',
          ),
          paragraph(
            'plain',
            'If a child may be in danger now, do not wait for a meeting: use your usual safeguarding procedure, or call 999.',
          ),
        ],
        { id: 'handling' },
      ),
      ...extract.entries.map(({ groupName, meetingDate, matters: ofGroup }, index) =>
        section(
          `${groupName} LCPG`,
          [
            ...(meetingDate === null
              ? []
              : [paragraph('quiet', `From its meeting of ${days.weekdayDate(meetingDate)}.`)]),
            list(ofGroup.map((matter) => words(matter))),
          ],
          { id: `lcpg-${String(index + 1)}` },
        ),
      ),
    ],
    footer: `${extract.title}. Confidential. Prepared at ${days.dateTime(extract.preparedAt)}.`,
    madeAt: extract.preparedAt,
  };
};
