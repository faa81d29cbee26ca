import { andList, plural } from '../templates/filters.ts';
import {
  type Block,
  column,
  link,
  list,
  paragraph,
  quiet,
  type ReportDocument,
  row,
  section,
  type Section,
  table,
  words,
} from './document.ts';
import type { LcpgPack } from './model.ts';
import { actionTable } from './sections/business.ts';
import { notesSection } from './sections/countywide.ts';
import { dashboardBlocks } from './sections/dashboard.ts';
import { meetingInWords, type Setting, settingOf } from './sections/setting.ts';
import { answerNames } from './wording.ts';

/** The order in which those are listed who are asked to come. */
const answersInOrder = ['attending', 'substitute', 'apologies', 'unanswered'] as const;

/** The items of the agenda, those that the pack has a section for as links to it. */
const agendaSection = ({ agenda }: LcpgPack): Section => {
  const places = ['coming', 'messages', 'actions', 'figures'];
  return section(
    'Agenda',
    [
      list(
        agenda.map((item, index) => {
          const place = places[index];
          return words(place === undefined ? item : link(item, `#${place}`));
        }),
        true,
      ),
    ],
    { id: 'agenda' },
  );
};

const messagesSection = (
  { keyMessages, minutesReceived, board }: LcpgPack,
  { boardShortName, days }: Setting,
): Section => {
  const said: Block =
    keyMessages.length > 0
      ? list(keyMessages.map((message) => words(message)))
      : paragraph(
          'plain',
          minutesReceived
            ? 'No key messages were written.'
            : `The minutes of the ${boardShortName} of ${days.date(board.date)} have not come yet. They go to the chair and the co-ordinator as soon as they come.`,
        );
  return section(
    `Key messages and minutes of the ${boardShortName}`,
    [
      said,
      ...(minutesReceived
        ? [
            paragraph(
              'quiet',
              `The minutes of ${days.date(board.date)} are linked in the email that brought this pack.`,
            ),
          ]
        : []),
    ],
    { id: 'messages' },
  );
};

const comingSection = ({ expected, expectedCount, quorumNeeded, missingSectors }: LcpgPack): Section =>
  section(
    'Who is coming',
    [
      paragraph(
        'plain',
        `${plural(expectedCount, 'person is', 'people are')} expected, and ${String(quorumNeeded)} are needed for decisions. ${expectedCount < quorumNeeded ? 'The meeting is not quorate yet.' : 'The meeting will be quorate.'}`,
      ),
      ...(missingSectors.length === 0
        ? []
        : [paragraph('notice', `Nobody is coming yet for ${andList(missingSectors)}.`)]),
      table(
        'Members and their answers',
        [column('Name', 3), column('Organisation', 3), column('Sector', 3), column('Answer', 3)],
        expected
          .toSorted(
            (one, other) =>
              answersInOrder.indexOf(one.presence as never) - answersInOrder.indexOf(other.presence as never),
          )
          .map(({ name, organisation, sector, presence, substitute }) => {
            const answer = answerNames[presence];
            return row(
              words(name),
              words(organisation),
              words(sector ?? quiet('None')),
              words(
                `${answer.charAt(0).toUpperCase()}${answer.slice(1)}`,
                substitute === null ? '' : `: ${substitute}`,
              ),
            );
          }),
      ),
    ],
    { id: 'coming' },
  );

/** An LCPG's pack as a document: the agenda, and what each item of it needs. */
export const lcpgPackDocument = (pack: LcpgPack): ReportDocument => {
  const setting = settingOf(pack, { indicators: [], groups: [pack] });
  const { days } = setting;
  return {
    title: pack.title,
    subtitle: days.date(pack.meeting.date),
    author: pack.partnershipName,
    facts: [
      { name: 'For', words: words(`The members of ${pack.groupName} LCPG`) },
      { name: 'Meeting', words: words(meetingInWords(setting, pack.meeting)) },
      { name: 'Prepared', words: words(days.dateTime(pack.preparedAt)) },
    ],
    sections: [
      agendaSection(pack),
      comingSection(pack),
      messagesSection(pack, setting),
      section(
        'Open actions',
        [
          pack.actions.length === 0
            ? paragraph('plain', 'There are no open actions.')
            : actionTable(`Open actions of ${pack.groupName}`, pack.actions, setting),
        ],
        { id: 'actions' },
      ),
      section(
        'Our indicators',
        pack.figures.length === 0
          ? [paragraph('plain', 'No indicator is set for this district.')]
          : dashboardBlocks(pack, setting),
        { id: 'figures' },
      ),
      notesSection(pack.figures),
    ],
    footer: `${pack.title}. Prepared at ${days.dateTime(pack.preparedAt)}.`,
    madeAt: pack.preparedAt,
  };
};
