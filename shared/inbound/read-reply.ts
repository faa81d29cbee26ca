import type { AttachedFile, IncomingMessage } from './incoming-message.ts';
import { ownWords, ownWordsOf } from './own-words.ts';
import type { CalendarAnswer, CalendarReading } from './read-calendar-answer.ts';
import { readCalendarAnswer } from './read-calendar-answer.ts';
import type { Question, WordsReading } from './read-words.ts';
import { readWords } from './read-words.ts';
import type { Automatic, Bounce } from './recognise-automatic.ts';
import { recogniseAutomatic } from './recognise-automatic.ts';
import type { Substitute } from './substitute.ts';

/** What a message comes to as an answer, and why. */
export interface ReplyReading {
  /** What wrote it, where it was no person. */
  readonly automatic: Automatic | null;
  readonly bounce: Bounce | null;
  readonly channel: 'calendar' | 'text' | 'document';
  readonly answer:
    'accept' | 'decline' | 'tentative' | 'substitute' | 'counter' | 'action-update' | 'unclear';
  /** Address of whoever answers, in lower case; null where nobody does. */
  readonly attendee: string | null;
  readonly substitute: Substitute | null;
  readonly uid: string | null;
  readonly sequence: number | null;
  /** What the person wrote, without what is quoted, signatures and disclaimers. */
  readonly text: string;
  /** Sentences about what was found, in the order of the look. */
  readonly reasons: readonly string[];
}

/** A reading with what recording it needs besides. */
export interface FullReading extends ReplyReading {
  readonly calendar: CalendarAnswer | null;
  /** How an action stands, where that is the answer. */
  readonly action: 'done' | 'open' | null;
  /** Files that may be documents, as far as their names say. */
  readonly documents: readonly AttachedFile[];
}

const nothing = {
  automatic: null,
  bounce: null,
  channel: 'text',
  answer: 'unclear',
  attendee: null,
  substitute: null,
  uid: null,
  sequence: null,
  text: '',
  calendar: null,
  action: null,
  documents: [],
} as const satisfies Omit<FullReading, 'reasons'>;

const documentName = /\.(?:pdf|docx?|docm|dotx?|odt|rtf|pages)$/iu;
const documentContent =
  /^application\/(?:pdf|msword|rtf|vnd\.(?:openxmlformats-officedocument\.wordprocessingml|oasis\.opendocument\.text|ms-word))/u;

const isDocument = ({ fileName, contentType }: AttachedFile): boolean =>
  documentName.test(fileName) || documentContent.test(contentType);

/**
 * Reads a message as an answer, deciding nothing: what wrote it, by which way, what it says.
 * @param ownAddress whether an address is one that this product sends from or receives at
 */
export const readReply = (
  message: IncomingMessage,
  question: Question = { about: 'unknown' },
  ownAddress: (address: string) => boolean = () => false,
): FullReading => {
  if (message.fault !== null)
    return { ...nothing, reasons: [`The message cannot be read: ${message.fault}`] };
  const machine = recogniseAutomatic(message, ownAddress);
  const text = ownWords(message);
  if (machine !== null)
    return {
      ...nothing,
      automatic: machine.automatic,
      bounce: machine.bounce,
      text,
      reasons: [machine.reason],
    };
  const documents = message.files.filter(isDocument);
  const person = {
    ...nothing,
    attendee: message.from?.address ?? null,
    documents,
    text,
  };
  const asked = {
    ...question,
    ownAddresses: [
      ...(question.ownAddresses ?? []),
      ...(message.from === null ? [] : [message.from.address]),
    ],
  };
  const calendar = readCalendarAnswer(message);
  const words = readWords(text, asked);
  if (calendar !== undefined && calendar.found !== null)
    return byCalendar(person, calendar.found, calendar.reasons, words);
  const reasons = reasonsBefore(message, calendar, text);
  if (words.answer === 'unclear' && documents.length > 0)
    return {
      ...person,
      channel: 'document',
      reasons: [
        ...reasons,
        `It brings ${documents.length === 1 ? 'a document' : 'documents'}: ${documents.map(({ fileName }) => fileName).join(', ')}.`,
      ],
    };
  return {
    ...person,
    channel: calendar === undefined || text !== '' ? 'text' : 'calendar',
    answer: words.answer,
    substitute: words.answer === 'substitute' ? words.substitute : null,
    action: words.answer === 'action-update' ? words.state : null,
    reasons: [...reasons, words.reason],
  };
};

/** Words that go badly with “Accept”, or with “Decline”. */
const saysNo =
  /\b(?:can(?:no|['’]?)t|can not|won['’]?t|will not|not (?:be )?(?:able|attending|coming|available)|unable|apologies|declin\w+|wrong button|by mistake)\b/iu;
const saysYes =
  /\b(?:(?:i|we)(?:['’]ll| will| can) (?:be there|attend|come|join|make it)|wrong button|by mistake)\b/iu;

const reasonsBefore = (
  message: IncomingMessage,
  calendar: CalendarReading,
  text: string,
): readonly string[] => [
  ...(message.headers.size === 0 ? ['The message is empty, or is no email.'] : []),
  ...(calendar === undefined ? [] : calendar.reasons),
  ...(text !== '' && (message.text.trim() !== text || message.text === '')
    ? ['Quoted text, signatures and disclaimers were left out.']
    : []),
];

const byCalendar = (
  person: Omit<FullReading, 'reasons'>,
  calendar: CalendarAnswer,
  found: readonly string[],
  words: WordsReading,
): FullReading => {
  const comment = ownWordsOf(calendar.comment);
  const reasons = [...found];
  if (calendar.comment !== '' && comment === '') reasons.push('Its COMMENT is a disclaimer, not a reason.');
  if (calendar.sentBy !== null) reasons.push(`${calendar.sentBy} answered for the attendee (SENT-BY).`);
  if (calendar.delegatedFrom !== null)
    reasons.push(`The invitation was handed on by ${calendar.delegatedFrom} (DELEGATED-FROM).`);
  if (calendar.sequence === null) reasons.push('It has no SEQUENCE.');
  if (calendar.stamp === null) reasons.push('It has no DTSTAMP.');
  const attendee = calendar.attendee ?? person.attendee;
  if (person.attendee !== null && attendee !== person.attendee)
    reasons.push(`It comes from ${person.attendee}, for ${attendee ?? ''}.`);
  const answer = {
    ...person,
    channel: 'calendar' as const,
    attendee,
    uid: calendar.uid,
    sequence: calendar.sequence,
    text: comment === '' ? person.text : comment,
    calendar,
    reasons,
  };
  if (calendar.answer === 'decline' && words.answer === 'substitute')
    return {
      ...answer,
      answer: 'substitute',
      substitute: words.substitute,
      reasons: [...reasons, words.reason],
    };
  // A person who presses one thing and writes another is asked, also where the words are not understood as a whole.
  const contrary =
    (calendar.answer === 'accept' &&
      (words.answer === 'decline' || words.answer === 'substitute' || saysNo.test(person.text))) ||
    (calendar.answer === 'decline' && (words.answer === 'accept' || saysYes.test(person.text)));
  if (contrary)
    return { ...answer, answer: 'unclear', reasons: [...reasons, 'The words beside it say something else.'] };
  return {
    ...answer,
    answer: calendar.answer,
    substitute:
      calendar.delegate === null
        ? null
        : {
            name: calendar.delegate.name === '' ? calendar.delegate.email : calendar.delegate.name,
            email: calendar.delegate.email,
          },
  };
};
