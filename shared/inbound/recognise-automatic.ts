import { htmlToText } from './html-to-text.ts';
import type { IncomingMessage } from './incoming-message.ts';
import { headerOf } from './incoming-message.ts';

/** What wrote a message, where it was no person. */
export type Automatic = 'out-of-office' | 'bounce' | 'complaint' | 'list' | 'receipt' | 'loop';

/** An email that did not arrive. */
export interface Bounce {
  /** `hard` will never arrive; `soft` may later. */
  readonly type: 'hard' | 'soft';
  /** Enhanced status code, such as `5.1.1` (RFC 3463); empty where none was given. */
  readonly status: string;
  /** The address, in lower case; empty where none was given. */
  readonly recipient: string;
}

export interface AutomaticFinding {
  readonly automatic: Automatic;
  readonly bounce: Bounce | null;
  /** A sentence about what it was recognised by. */
  readonly reason: string;
}

/** The beginning of the text, of HTML where there is nothing else. */
const plainText = ({ text, html }: IncomingMessage): string =>
  (text.trim() === '' ? htmlToText(html.slice(0, 100_000)) : text).slice(0, 20_000);

const found = (automatic: Automatic, reason: string): AutomaticFinding => ({
  automatic,
  bounce: null,
  reason,
});

/**
 * Whether a machine wrote a message. Such messages are never answered, and never count as an answer.
 * @param ownAddress whether an address is one that this product sends from or receives at
 */
export const recogniseAutomatic = (
  message: IncomingMessage,
  ownAddress: (address: string) => boolean = () => false,
): AutomaticFinding | null =>
  complaint(message) ??
  receipt(message) ??
  bounce(message) ??
  loop(message, ownAddress) ??
  autoReplyByHeader(message) ??
  list(message) ??
  (carriesCalendarReply(message) ? null : (automaticByHeader(message) ?? absenceByWords(message)));

/** Field of a report's block of fields, without its type (`rfc822;`). */
const reportField = (text: string, name: string): string => {
  const unfolded = text.replace(/\r?\n[ \t]+/gu, ' ');
  const value = new RegExp(String.raw`^${name}[ \t]*:[ \t]*(.*)$`, 'imu').exec(unfolded)?.[1] ?? '';
  return value.trim();
};

const reportType = (message: IncomingMessage): string =>
  /report-type\s*=\s*"?([\w-]+)/u.exec(headerOf(message, 'content-type'))?.[1] ?? '';

const reportOf = (message: IncomingMessage, kind: string): string | undefined =>
  message.reports.find(({ contentType }) => contentType.endsWith(kind))?.text;

/** RFC 5965. */
const complaint = (message: IncomingMessage): AutomaticFinding | null =>
  reportOf(message, 'feedback-report') !== undefined || reportType(message) === 'feedback-report'
    ? found('complaint', 'It is a complaint in the abuse reporting format (RFC 5965).')
    : null;

/** RFC 8098, and what some programs write instead. */
const receipt = (message: IncomingMessage): AutomaticFinding | null => {
  if (
    reportOf(message, 'disposition-notification') !== undefined ||
    reportType(message) === 'disposition-notification'
  )
    return found('receipt', 'It is a receipt that says what became of an email (RFC 8098).');
  return /^(?:read|not read|read receipt|return receipt|delivered|displayed)\s*:/iu.test(message.subject) &&
    /\b(?:was (?:read|deleted|displayed|opened)|(?:return|read) receipt|has been (?:successfully )?delivered)\b/iu.test(
      message.text,
    )
    ? found('receipt', 'Its subject and its text are those of a receipt.')
    : null;
};

const postmaster =
  /^(?:mailer-daemon|postmaster|mail-?delivery|mdaemon|bounces?|microsoftexchange[0-9a-f]{16,})(?:[-+@]|$)/u;

const undelivered =
  /^(?:undeliver(?:able|ed)|delivery (?:status notification|failure|has failed|delayed|incomplete|report)|mail (?:delivery|system error)|returned mail|failure notice|message (?:not|could not be) delivered|non-?deliver|could not deliver|delayed mail|warning: (?:could not send|message)|unzustellbar|mail could not be delivered|address not found)/iu;

const emptyReturnPath = (message: IncomingMessage): boolean =>
  /^<\s*>$/u.test(headerOf(message, 'return-path'));

/** RFC 3464, and reports that are only text (qmail, old Exchange). */
const bounce = (message: IncomingMessage): AutomaticFinding | null => {
  const report = reportOf(message, 'delivery-status');
  if (report !== undefined) return bounceOfReport(message, report);
  const sender = message.from?.address ?? '';
  const fromSystem = postmaster.test(sender);
  const failed = message.headers.get('x-failed-recipients')?.[0];
  const looksLikeOne =
    failed !== undefined ||
    reportType(message) === 'delivery-status' ||
    (undelivered.test(message.subject) &&
      (fromSystem || emptyReturnPath(message) || headerOf(message, 'auto-submitted').startsWith('auto'))) ||
    (fromSystem && /\b(?:deliver|undeliver|returned|bounce)/iu.test(`${message.subject} ${message.text}`));
  if (!looksLikeOne) return null;
  return {
    automatic: 'bounce',
    bounce: bounceOfText(plainText(message), failed),
    reason: 'It tells that an email could not be delivered, in words.',
  };
};

const bounceOfReport = (message: IncomingMessage, report: string): AutomaticFinding => {
  const action = reportField(report, 'Action').toLowerCase();
  if (/^(?:delivered|relayed|expanded)/u.test(action))
    return found('receipt', `It tells that an email was ${action} (RFC 3464).`);
  const diagnostic = reportField(report, 'Diagnostic-Code');
  const status =
    /\d\.\d{1,3}\.\d{1,3}/u.exec(reportField(report, 'Status'))?.[0] ??
    /\b[245]\.\d{1,3}\.\d{1,3}\b/u.exec(diagnostic)?.[0] ??
    '';
  const recipient =
    addressIn(reportField(report, 'Original-Recipient')) ||
    addressIn(reportField(report, 'Final-Recipient')) ||
    addressIn(message.headers.get('x-failed-recipients')?.[0] ?? '');
  const final = addressIn(reportField(report, 'Final-Recipient'));
  return {
    automatic: 'bounce',
    bounce: {
      type: action.startsWith('delayed') ? 'soft' : bounceType(status, diagnostic),
      status,
      recipient: final === '' ? recipient : final,
    },
    reason: 'It is a delivery report (RFC 3464).',
  };
};

/**
 * The first figure says whether it is for good (RFC 3463, 2). A full mailbox (x.2.2) is emptied one day, whatever the
 * first figure says.
 */
const bounceType = (status: string, words: string): Bounce['type'] => {
  if (/^\d\.2\.2$/u.test(status) || /\b(?:mailbox (?:is )?full|over ?quota|quota exceeded)\b/iu.test(words))
    return 'soft';
  if (status !== '') return status.startsWith('4') ? 'soft' : 'hard';
  return /\b4\d\d\b|\b(?:delayed|will (?:keep trying|be retried|retry)|still trying|temporar)/iu.test(words)
    ? 'soft'
    : 'hard';
};

const bounceOfText = (text: string, failedRecipients: string | undefined): Bounce => {
  const status = /\b[45]\.\d{1,3}\.\d{1,3}\b/u.exec(text)?.[0] ?? '';
  return {
    type: bounceType(status, text),
    status,
    recipient: addressIn(failedRecipients ?? '') || addressIn(text),
  };
};

const addressIn = (text: string): string =>
  /[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z0-9][a-z0-9.-]{0,250}[a-z0-9]/iu.exec(text)?.[0].toLowerCase() ?? '';

/** The form of the Message-IDs that `toMime` makes. */
const ownMessageId = /^<[0-9a-f]{64}@[^<>\s]+>$/u;

const loop = (
  message: IncomingMessage,
  ownAddress: (address: string) => boolean,
): AutomaticFinding | null => {
  const from = message.from?.address ?? '';
  if (ownMessageId.test(message.messageId)) return found('loop', 'It is an email of ours that came back.');
  if (message.headers.has('x-loop'))
    return found('loop', 'An X-Loop header says that it has been here before.');
  if (from !== '' && ownAddress(from)) return found('loop', 'It comes from an address of ours.');
  return from !== '' && message.recipients.length === 1 && message.recipients[0] === from
    ? found('loop', 'It was sent to the address that it comes from.')
    : null;
};

const replyHeaders = [
  'x-autoreply',
  'x-auto-reply',
  'x-autorespond',
  'x-autoresponder',
  'x-autoreply-from',
  'x-mail-autoreply',
  'x-vacation',
  'x-ooo',
] as const;

/** Headers with which nobody but an absence note is sent. */
const autoReplyByHeader = (message: IncomingMessage): AutomaticFinding | null => {
  const submitted = headerOf(message, 'auto-submitted');
  if (/^auto-(?:replied|notified)\b/u.test(submitted))
    return found('out-of-office', `Auto-Submitted says ${submitted} (RFC 3834).`);
  const header = replyHeaders.find((name) => message.headers.has(name));
  if (header !== undefined) return found('out-of-office', `It has the header ${header}.`);
  if (headerOf(message, 'precedence') === 'auto_reply')
    return found('out-of-office', 'Precedence says auto_reply.');
  if (
    /autorespon|autoreply/u.test(headerOf(message, 'delivered-to') + headerOf(message, 'x-post-messageclass'))
  )
    return found('out-of-office', 'An autoresponder sent it.');
  return carriesCalendarReply(message) ? null : absenceBySubject(message);
};

/** RFC 2919, RFC 2369. Whose calendar's reply went by a list is judged by the From, as with any other. */
const list = (message: IncomingMessage): AutomaticFinding | null => {
  if (carriesCalendarReply(message)) return null;
  const header = ['list-id', 'list-post', 'mailing-list', 'x-mailing-list', 'x-beenthere', 'list-owner'].find(
    (name) => message.headers.has(name),
  );
  if (header !== undefined) return found('list', `It came by a mailing list (${header}).`);
  if (headerOf(message, 'precedence') === 'list') return found('list', 'Precedence says list.');
  if (headerOf(message, 'auto-submitted').startsWith('auto')) return null;
  const bulk = ['bulk', 'junk'].find((value) => headerOf(message, 'precedence') === value);
  if (bulk !== undefined && absenceByWords(message) === null)
    return found('list', `Precedence says ${bulk}: it was sent to many.`);
  return message.headers.has('list-unsubscribe')
    ? found('list', 'It was sent to many (List-Unsubscribe).')
    : null;
};

/** People who press Accept let their calendar write for them, and Google's says so: that is an answer all the same. */
const carriesCalendarReply = ({ calendars }: IncomingMessage): boolean =>
  calendars.some(
    ({ method, text }) =>
      method === 'REPLY' || method === 'COUNTER' || /^METHOD[^:\n]*:\s*(?:REPLY|COUNTER)\s*$/imu.test(text),
  );

const automaticByHeader = (message: IncomingMessage): AutomaticFinding | null => {
  const submitted = headerOf(message, 'auto-submitted');
  if (submitted !== '' && !/^no\b/u.test(submitted))
    return found('out-of-office', `Auto-Submitted says ${submitted} (RFC 3834).`);
  if (emptyReturnPath(message)) return found('out-of-office', 'Its Return-Path is empty: a machine sent it.');
  if (headerOf(message, 'precedence') === 'bulk' || headerOf(message, 'precedence') === 'junk')
    return found('out-of-office', 'Precedence says that it is no letter of a person.');
  if (
    headerOf(message, 'x-auto-response-suppress')
      .split(/[\s,]+/u)
      .includes('all') ||
    headerOf(message, 'x-fc-machinegenerated') === 'true' ||
    headerOf(message, 'x-ms-exchange-generated-message-source') !== ''
  )
    return found('out-of-office', 'Exchange says that a machine sent it.');
  const sender = message.from?.address ?? '';
  return /^(?:no-?reply|do-?not-?reply|auto-?(?:reply|respond|responder)|mailer-daemon|postmaster)(?:[-+@]|$)/u.test(
    sender,
  )
    ? found('out-of-office', 'Nobody reads the address that it comes from.')
    : null;
};

const absenceSubject =
  /^\W{0,3}(?:(?:re|aw|sv)\s*:\s*)?\W{0,3}(?:automat(?:ic|ed) (?:reply|response|e-?mail|message)|auto(?:matic)?[- ]?(?:reply|response|responder|antwort)\b|auto\s*:|autom(?:atische|ático)|out[- ]of[- ](?:the[- ])?office|out of (?:the )?office|o\.?o\.?o\.?(?:\b|\s|:)|away from (?:the |my )?(?:office|desk|mail|e-?mail|work)|i(?:'|’)?m away|i am (?:away|on (?:annual )?leave|out of)|on (?:annual|maternity|paternity|parental|sick|study|extended) leave|(?:annual|maternity|paternity) leave|vacation(?: reply| response| notice| message)|holiday (?:notice|reply|message)|absence note|abwesenheit|réponse automatique|absence du bureau|respuesta automática|risposta automatica|fuera de la oficina)/iu;
const absenceInSubject =
  /[[(](?:auto(?:matic)?[- ]?(?:reply|response)|out of (?:the )?office|ooo)[\])]|\b(?:autoreply|auto-reply|automatic reply)\b/iu;

const absenceBySubject = ({ subject }: IncomingMessage): AutomaticFinding | null =>
  absenceSubject.test(subject) || absenceInSubject.test(subject)
    ? found('out-of-office', 'Its subject is that of an absence note.')
    : null;

const machineWords =
  /\bthis is an? (?:automat(?:ed|ic)(?:ally generated)?|auto[- ]?(?:generated|reply))|\b(?:automat(?:ed|ic)|auto)[- ]?(?:reply|response|acknowledge?ment)\b|\bthis (?:mailbox|inbox|account|e-?mail address) is (?:not|no longer|un)\s?(?:being )?(?:monitored|manned|in use|checked|staffed)|\bplease do not reply to this (?:e-?mail|message)\b/iu;
const away =
  /\b(?:(?:i|she|he|they)(?:'m| am| is| are| will be)? (?:currently |now |presently )?(?:be )?(?:out of (?:the )?office|away(?: from (?:the |my )?(?:office|desk|work))?(?: until| from| on| between|,|\.|$)|on (?:\w+ )?(?:leave|holiday|vacation)|on (?:a )?secondment|not (?:working|in (?:the )?office)|attending (?:a )?(?:training|conference))|(?:currently|now|presently) (?:out of (?:the )?office|on (?:\w+ )?leave|away)|out of (?:the )?office (?:until|from|today)|my (?:working days|working pattern|normal working hours)|i (?:work|only work) (?:part[- ]time|term[- ]time|mon|tue|wed|thu)|(?:have|has|had) (?:now )?left (?:the |our )?(?:\w+ )?(?:organisation|organization|council|trust|school|company|team|post|service)|no longer (?:work|works|working|employed|with|at)\b)/iu;
const absenceSigns: readonly RegExp[] = [
  /\bthank(?:s| you) for (?:your|the|contacting|getting in touch|e-?mailing|you)\b/iu,
  /\burgent|\b(?:please|kindly|can be) (?:contact|e-?mail|call|ring|speak|direct|forward|refer)|\bin my absence\b/iu,
  /\b(?:return(?:ing)?|back) (?:to (?:the )?(?:office|work)|on|in (?:the )?office|at work|after)\b|\b(?:on my return|when i(?:'m| am)? (?:return|get back|back))/iu,
  /\b(?:limited|no|intermittent|little) access to (?:my )?(?:e-?mails?|messages)|\be-?mails? (?:will|are|is) (?:not |only )?(?:be )?(?:being )?(?:read|monitored|checked|forwarded|picked up|answered|dealt)|\bnot (?:be )?(?:checking|monitoring|reading|picking up)\b/iu,
  /\b(?:will|shall|aim to|endeavour to) (?:respond|reply|get back to you|answer|deal with|read|pick up)/iu,
];
/** Words about the meeting: an absence note knows of none. */
const aboutMeeting =
  /\b(?:apologies (?:for|from)|my apologies|attend|make it|be there|meeting|instead|on my behalf|see you|done|completed?)\b/iu;

/** An absence note without any header that says so: being away, and what goes with it, and no word about the matter. */
const absenceByWords = (message: IncomingMessage): AutomaticFinding | null => {
  const beginning = (plainText(message).split(/^(?:>|On .{5,120} wrote:|From: |-{3,})/mu)[0] ?? '')
    .slice(0, 1_500)
    .replace(/\s+/gu, ' ')
    .replaceAll('’', "'");
  const signs = absenceSigns.filter((sign) => sign.test(beginning)).length;
  const reason = 'Its words are those of an absence note.';
  if (
    machineWords.test(beginning) &&
    !/\b(?:i|we)(?:'ll| will| can|'m| am) (?:be there|attend|come)/iu.test(beginning)
  )
    return found('out-of-office', reason);
  const acknowledges =
    absenceSigns[0]?.test(beginning) === true &&
    /\bwe (?:aim|will|endeavour|try|shall) (?:to )?(?:respond|reply|get back|answer|deal)/iu.test(beginning);
  if (acknowledges) return found('out-of-office', 'Its words are those of an acknowledgement by a machine.');
  return away.test(beginning) && signs >= 2 && !aboutMeeting.test(beginning)
    ? found('out-of-office', reason)
    : null;
};
