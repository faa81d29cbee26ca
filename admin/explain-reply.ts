import { readFileSync } from 'node:fs';

import { Command, CommanderError } from 'commander';

import { readMessage } from '../shared/inbound/incoming-message.ts';
import type { Trust, Verdicts } from '../shared/inbound/judge-trust.ts';
import { judgeSender, verdictNames, verdictOf } from '../shared/inbound/judge-trust.ts';
import type { ReplyReading } from '../shared/inbound/read-reply.ts';
import { readReply } from '../shared/inbound/read-reply.ts';

export const explainReplyCommand = (): Command =>
  new Command('explain-reply')
    .description(
      'Show what the product makes of a raw email that came to it, and why. Decides and records nothing.',
    )
    .argument('<file>', 'the raw email, such as reply.eml')
    .option(
      '--verdicts <verdicts>',
      'what the receiving service found: pass, fail, gray or processing_failed for all of them, or each by name, such as spf=pass,dkim=pass,dmarc=fail',
    )
    .option('--json', 'print the reading as JSON')
    .action(
      async (
        file: string,
        { verdicts, json = false }: { verdicts?: string; json?: boolean },
        command: Command,
      ) => {
        const raw = openEmail(file, command);
        const judged = verdicts === undefined ? undefined : verdictsIn(verdicts, command);
        const message = await readMessage(raw);
        const reading = readReply(message);
        const trust = judged === undefined ? undefined : judgeSender(message, judged);
        const explained = explanation(reading, trust);
        process.stdout.write(json ? `${JSON.stringify(explained, null, 2)}\n` : inWords(file, explained));
      },
    );

/** Files that are given by mistake, by what they begin with. Whatever else came as an email may be asked about, broken or not. */
const otherFiles = [
  ['\u00d0\u00cf\u0011\u00e0', 'a file of Outlook’s own kind'],
  ['PK\u0003\u0004', 'a document or an archive'],
  ['%PDF', 'a PDF'],
  ['\u0089PNG', 'a picture'],
  ['\u00ff\u00d8\u00ff', 'a picture'],
] as const;

const openEmail = (file: string, command: Command): Uint8Array => {
  try {
    const bytes = readFileSync(file);
    const other = otherFiles.find(([begins]) => bytes.toString('latin1', 0, 4).startsWith(begins));
    return other === undefined
      ? bytes
      : command.error(
          `error: ${file} is ${other[1]}, no email; give the raw email, saved as .eml, or from “Show original”`,
          { exitCode: 2 },
        );
  } catch (error) {
    if (error instanceof CommanderError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === 'ENOENT'
        ? `there is no file ${file}`
        : code === 'EISDIR'
          ? `${file} is a folder; give the file that holds the email`
          : `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    return command.error(`error: ${why}`, { exitCode: 2 });
  }
};

/** `pass`, or `spf=pass,dkim=fail`; what is not named was not found. */
const verdictsIn = (text: string, command: Command): Verdicts => {
  const refuse = (found: string): never =>
    command.error(
      `error: --verdicts: found “${found}”; expected pass, fail, gray, processing_failed or disabled, or a list such as spf=pass,dkim=pass,dmarc=fail`,
      { exitCode: 2 },
    );
  const all = verdictOf(text);
  if (all !== undefined)
    // A single word is about the sender: nobody calls a virus a pass.
    return { spf: all, dkim: all, dmarc: all, spam: 'gray', virus: 'gray' };
  const found: Verdicts = { spf: 'gray', dkim: 'gray', dmarc: 'gray', spam: 'gray', virus: 'gray' };
  const named = Object.fromEntries(
    text.split(/[,;\s]+/u).map((part) => {
      const [name = '', value = ''] = part.split(/[=:]/u);
      const verdict = verdictOf(value);
      const known = verdictNames.find((each) => each === name.toLowerCase());
      return known === undefined || verdict === undefined ? refuse(part) : [known, verdict];
    }),
  ) as Partial<Verdicts>;
  return { ...found, ...named };
};

/** What is printed: the reading, and as a reason whether it would be believed. */
const explanation = (reading: ReplyReading, trust: Trust | undefined): ReplyReading => {
  const { automatic, bounce, channel, answer, attendee, substitute, uid, sequence, text, reasons } = reading;
  const believed =
    automatic !== null
      ? ['A machine wrote it: it is not answered, and counts as no answer.']
      : trust === undefined
        ? []
        : [
            trust.trusted
              ? `The sender is believed: ${trust.why}`
              : `The sender is not believed, so it would be held, and the person asked by a link: ${trust.why}`,
          ];
  return {
    automatic,
    bounce,
    channel,
    answer,
    attendee,
    substitute,
    uid,
    sequence,
    text,
    reasons: [...reasons, ...believed],
  };
};

const answersInWords: Readonly<Record<ReplyReading['answer'], string>> = {
  accept: 'the person comes',
  decline: 'the person does not come',
  tentative: 'the person may come; nothing is recorded, and the question stays open',
  substitute: 'somebody else comes instead',
  counter: 'another time is proposed; the co-ordinator is told',
  'action-update': 'how an action stands',
  unclear: 'not certain; nothing is recorded, and the person is asked by a link',
};

const automaticInWords: Readonly<Record<NonNullable<ReplyReading['automatic']>, string>> = {
  'out-of-office': 'an absence note or another automatic reply',
  bounce: 'a report that an email did not arrive',
  complaint: 'a complaint about an email',
  list: 'an email of a mailing list',
  receipt: 'a receipt',
  loop: 'an email of our own that came back',
};

const inWords = (file: string, reading: ReplyReading): string => {
  const { automatic, bounce, channel, answer, attendee, substitute, uid, sequence, text, reasons } = reading;
  const rows: (readonly [string, string])[] =
    automatic === null
      ? [
          ['answer', answersInWords[answer]],
          ['given by', { calendar: 'calendar', text: 'words', document: 'document' }[channel]],
          ['from', attendee ?? 'nobody that it names'],
        ]
      : [['written by', `a machine: ${automaticInWords[automatic]}`]];
  if (bounce !== null)
    rows.push([
      'did not arrive',
      `${bounce.recipient === '' ? 'address not given' : bounce.recipient}, ${bounce.type === 'hard' ? 'for good' : 'for now'}${bounce.status === '' ? '' : ` (${bounce.status})`}`,
    ]);
  if (substitute !== null)
    rows.push([
      'instead',
      substitute.email === null || substitute.email === substitute.name
        ? substitute.name
        : `${substitute.name} (${substitute.email})`,
    ]);
  if (uid !== null)
    rows.push(['calendar entry', `${uid}${sequence === null ? '' : `, version ${String(sequence)}`}`]);
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    file,
    ...rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`),
    ...(text === '' ? [] : ['', 'What the person wrote:', ...text.split('\n').map((line) => `  ${line}`)]),
    '',
    'Why:',
    ...reasons.map((reason) => `  ${reason}`),
    '',
  ].join('\n');
};
