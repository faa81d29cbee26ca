import PostalMime from 'postal-mime';

/** A calendar that came with a message. */
export interface CalendarText {
  /** The `method` of its Content-Type, in upper case; null where there is none. */
  readonly method: string | null;
  readonly text: string;
}

/** A file that came with a message. */
export interface AttachedFile {
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** A message as far as anything here looks at it. Nothing of a message inside it (`message/rfc822`) is part of it. */
export interface IncomingMessage {
  /** Values by lower-case name, in the order of the message. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly from: { readonly name: string; readonly address: string } | null;
  /** Addresses of To and Cc, in lower case. */
  readonly recipients: readonly string[];
  readonly subject: string;
  /** With angle brackets, as it stands; empty where there is none. */
  readonly messageId: string;
  /** The Date header as an ISO instant; null where there is none that is a date. */
  readonly date: string | null;
  readonly text: string;
  readonly html: string;
  readonly calendars: readonly CalendarText[];
  /** The parts of a report about another message (RFC 3464, 8098, 5965), by type. */
  readonly reports: readonly { readonly contentType: string; readonly text: string }[];
  readonly files: readonly AttachedFile[];
  /** Why the message could not be taken apart; then it is empty. */
  readonly fault: string | null;
}

const reportTypes: ReadonlySet<string> = new Set([
  'message/delivery-status',
  'message/global-delivery-status',
  'message/disposition-notification',
  'message/global-disposition-notification',
  'message/feedback-report',
]);

const isCalendar = (contentType: string, fileName: string): boolean =>
  contentType === 'text/calendar' || contentType === 'application/ics' || /\.ics$/iu.test(fileName);

/** Text of bytes: UTF-8, or what Windows wrote before it where that does not fit. */
const textOf = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
};

const bytesOf = (content: ArrayBuffer | Uint8Array | string): Uint8Array =>
  typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content);

/** A message that was saved as UTF-16, as Windows programs do, in the bytes that mail consists of. */
const asMail = (raw: Uint8Array): Uint8Array => {
  const mark = raw[0] === 0xff && raw[1] === 0xfe ? 'utf-16le' : 'utf-16be';
  if (mark === 'utf-16be' && !(raw[0] === 0xfe && raw[1] === 0xff))
    return raw[0] === 0xef && raw[1] === 0xbb && raw[2] === 0xbf ? raw.subarray(3) : raw;
  return Buffer.from(new TextDecoder(mark).decode(raw));
};

/** Bytes of a plain text that are more than anything here looks at: `own-words` reads 20,000 characters. */
const enoughText = 80_000;

/** Whether what begins with a boundary, or with the message, is plain text that stands as it is, and no file. */
const isPlainText = (part: Buffer): boolean => {
  const [fields = ''] = part
    .subarray(0, 8_192)
    .toString('latin1')
    .split(/\r?\n\r?\n/u, 1);
  return (
    /^content-type:\s*text\/plain\b/imu.test(fields) &&
    !/\bname\*?\d*\*?=|^content-disposition:\s*attachment|base64|quoted-printable/imu.test(fields)
  );
};

/**
 * The message without what is far down in a plain text, such as a thread of years: each line of it costs the library more
 * than all that is done with the message afterwards, and nobody looks there. No line that could be a boundary goes.
 */
const withoutEndlessText = (raw: Uint8Array): Uint8Array => {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const kept: Buffer[] = [];
  let from = 0;
  for (let begin = 0; bytes.length - begin > enoughText;) {
    const boundary = bytes.indexOf('\n--', begin, 'latin1');
    const end = boundary < 0 ? bytes.length : boundary + 1;
    const part = bytes.subarray(begin, end);
    if (part.length > enoughText && isPlainText(part)) {
      const lineEnd = part.indexOf('\n', enoughText, 'latin1');
      kept.push(bytes.subarray(from, lineEnd < 0 ? end : begin + lineEnd + 1));
      from = end;
    }
    begin = end;
  }
  return kept.length === 0 ? raw : Buffer.concat([...kept, bytes.subarray(from)]);
};

/** `utf-16` without an order is read as little-endian; where it was the other one, each unit is turned round. RFC 2781. */
const inRightOrder = (text: string): string =>
  text.startsWith('\ufffe')
    ? Buffer.from(text, 'utf16le')
        .swap16()
        .toString('utf16le')
        .replace(/^\ufeff/u, '')
    : text;

const nothing = (fault: string | null): IncomingMessage => ({
  headers: new Map(),
  from: null,
  recipients: [],
  subject: '',
  messageId: '',
  date: null,
  text: '',
  html: '',
  calendars: [],
  reports: [],
  files: [],
  fault,
});

/** Takes a raw message apart. Whatever the bytes are, there is a message; it is empty where they are none. */
export const readMessage = async (raw: Uint8Array): Promise<IncomingMessage> => {
  let email;
  try {
    // A message within a message is somebody else's: neither its words nor its calendar are an answer.
    email = await PostalMime.parse(withoutEndlessText(asMail(raw)), {
      forceRfc822Attachments: true,
      maxNestingDepth: 40,
    });
  } catch (error) {
    return nothing(error instanceof Error ? error.message : String(error));
  }
  const headers = new Map<string, string[]>();
  for (const { key, value } of email.headers) {
    const values = headers.get(key);
    if (values === undefined) headers.set(key, [value]);
    else values.push(value);
  }
  const calendars: CalendarText[] = [];
  const reports: { contentType: string; text: string }[] = [];
  const files: AttachedFile[] = [];
  for (const { mimeType, filename, content, method, related } of email.attachments) {
    const contentType = mimeType.toLowerCase();
    const bytes = bytesOf(content);
    if (contentType === 'message/rfc822') continue;
    if (reportTypes.has(contentType)) reports.push({ contentType, text: textOf(bytes) });
    else if (isCalendar(contentType, filename ?? ''))
      calendars.push({ method: method?.toUpperCase() ?? null, text: textOf(bytes) });
    // What the HTML shows, such as the logo of a signature, was not handed in.
    else if (related !== true) files.push({ fileName: filename ?? '', contentType, bytes });
  }
  const mailbox = email.from?.group === undefined ? email.from : email.from.group[0];
  const date = email.date === undefined ? Number.NaN : Date.parse(email.date);
  return {
    headers,
    from:
      mailbox?.address === undefined || mailbox.address === ''
        ? null
        : { name: mailbox.name, address: mailbox.address.toLowerCase() },
    recipients: [...(email.to ?? []), ...(email.cc ?? [])].flatMap(({ address, group }) =>
      [address, ...(group ?? []).map((member) => member.address)].flatMap((each) =>
        each === undefined || each === '' ? [] : [each.toLowerCase()],
      ),
    ),
    subject: email.subject ?? '',
    messageId: email.messageId ?? '',
    date: Number.isNaN(date) ? null : new Date(date).toISOString(),
    text: inRightOrder(email.text ?? ''),
    html: inRightOrder(email.html ?? ''),
    calendars,
    reports,
    files,
    fault: null,
  };
};

/** The first value of a header, trimmed and in lower case; empty where there is none. */
export const headerOf = (message: IncomingMessage, name: string): string =>
  message.headers.get(name)?.[0]?.trim().toLowerCase() ?? '';
