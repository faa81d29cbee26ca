import { existsSync, globSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { requestKinds } from '../../shared/domain/request.ts';
import { plural } from '../../shared/templates/filters.ts';
import type { Summary } from '../summary.ts';
import { summarise } from '../summary.ts';
import type { Files } from '../threads/files.ts';
import type { World } from '../world.ts';
import { papersFile } from '../documents.ts';
import { type DocumentFile, documentList } from './document-list.ts';
import type { PlacedEmail } from './emails.ts';
import { placedEmails } from './emails.ts';
import { mostLetters } from './letters.ts';
import { renderPage } from './render.ts';
import type { CycleStory } from './story.ts';
import { readStory, stepNames, steps } from './story.ts';
import type { Stage } from './words.ts';
import { capital, emailKindName, requestWords, stageName, stages } from './words.ts';

const stagesNamed = (stage: (id: Stage) => string): Record<Stage, string> =>
  Object.fromEntries(stages.map((id) => [id, stage(id)])) as Record<Stage, string>;

/** An email as the page of a rehearsal shows it. */
export type ShownLetter = ReturnType<typeof writeLetter> & { readonly name: string };

/** Writes the first emails as HTML next to their `.eml` files, and says what they are. */
export const writeLetters = async (
  world: World,
  out: string,
  files: Files,
): Promise<readonly ShownLetter[]> => {
  const shown = placedEmails(world).slice(0, mostLetters);
  const people = await world.place.directory.people([...new Set(shown.map(({ email }) => email.person))]);
  const names = new Map(people.map(({ id, name }) => [id, name] as const));
  return shown.map((placed) => ({
    ...writeLetter(world, placed, out, files),
    name: names.get(placed.email.person) ?? placed.email.to,
  }));
};

/**
 * Writes `index.html`, the readable page of the cycles that were played, with the letters that were written. The
 * documents and `summary.json` are there already.
 */
export const writeIndexPage = async (
  world: World,
  cycles: readonly string[],
  out: string,
  letters: readonly ShownLetter[],
): Promise<void> => {
  const { partnership, outbox, place } = world;
  const emails = placedEmails(world);
  const stories: CycleStory[] = [];
  for (const cycle of cycles) {
    const story = await readStory(world, cycle, emails);
    stories.push(story);
    await writeMinutes(world, story, cycles.length === 1, out);
  }
  const summary = await summarise(world, cycles, {
    virtualStart: stories[0]?.cycle.openedAt ?? '',
    wallMs: 0,
  });
  const names = new Map(letters.map(({ person, name }) => [person, name]));
  const board = partnership.boardName.short;
  const groupNames = new Map((await place.directory.groups()).map(({ id, name }) => [id, name]));
  const stageNames = stagesNamed((stage) => stageName(stage, board));
  const page = renderPage('index.njk', {
    partnership,
    zone: partnership.zone,
    title:
      cycles.length === 1
        ? `The cycle from the ${board} of ${fullDate(cycles[0] ?? '')}`
        : `${String(cycles.length)} cycles from the ${board} of ${fullDate(cycles[0] ?? '')}`,
    short: inShort(summary, stories, board, outbox.sent.length),
    figures: [
      { count: summary.groups, name: 'LCPGs' },
      { count: summary.members, name: 'members' },
      { count: outbox.sent.length, name: 'emails' },
      { count: summary.report.returns, name: 'returns' },
      { count: summary.report.nil, name: 'nil returns' },
      { count: summary.report.escalations, name: `items escalated to the ${board}` },
      { count: summary.report.actions, name: 'actions agreed' },
    ],
    requests: requestKinds.flatMap((kind) => {
      const counts = summary.requests[kind];
      return counts === undefined ? [] : [{ name: requestWords[kind].name, ...counts }];
    }),
    cycles: stories.map((story) => ({ story, keyMessages: story.minutes?.keyMessages ?? [] })),
    stepNames: steps.map((id) => ({ id, title: stepNames[id] })),
    stageNames,
    papers: existsSync(join(out, papersFile)) ? papersFile : '',
    documents: documentList(documentsIn(out, cycles), (id) => groupNames.get(id) ?? id),
    emailCount: outbox.sent.length,
    shownCount: letters.length,
    notShown: outbox.sent.length - letters.length,
    kinds: counted(letters, ({ kind }) => kind).map(({ id, count }) => ({
      id,
      count,
      name: emailKindName(id, 2),
    })),
    people: counted(letters, ({ person }) => person)
      .map(({ id, count }) => ({ id, count, name: names.get(id) ?? id }))
      .sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0)),
    letters: cycles.flatMap((cycle) =>
      stages.flatMap((stage) => {
        const here = letters.filter((letter) => letter.cycle === cycle && letter.stage === stage);
        return [...Map.groupBy(here, ({ kind }) => kind)].map(([kind, ofKind]) => ({
          title: `${cycles.length === 1 ? '' : `${fullDate(cycle)}, `}${stageNames[stage]}: ${emailKindName(kind, 2)} (${String(ofKind.length)})`,
          letters: ofKind,
        }));
      }),
    ),
  });
  writeFileSync(join(out, 'index.html'), page);
};

const fullDate = (day: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(Date.parse(day));

/** How often each value comes, in the order in which they come first. */
const counted = <Thing>(
  things: readonly Thing[],
  of: (thing: Thing) => string,
): { id: string; count: number }[] =>
  [...Map.groupBy(things, of)].map(([id, alike]) => ({ id, count: alike.length }));

/** Writes an email as HTML beside its file, and says where both are. */
const writeLetter = (world: World, { email, subject }: PlacedEmail, out: string, files: Files) => {
  const letter = world.letters.of(email.ledgerKey);
  const page = letter === undefined ? '' : `emails/${email.file.replace(/\.eml$/, '.html')}`;
  if (letter !== undefined) files.write(join(out, page), letter.html);
  const { number, kind, person, to, subject: title, sentAt, file } = email;
  return {
    ...subject,
    number,
    kind,
    person,
    to,
    subject: title,
    sentAt,
    file: `emails/${encodeURIComponent(file)}`,
    page: page === '' ? '' : `emails/${encodeURIComponent(basename(page))}`,
    text: letter?.text ?? '',
  };
};

/** Writes the uploaded minutes beside the report, where there are any. */
const writeMinutes = async (world: World, { cycle, minutes }: CycleStory, alone: boolean, out: string) => {
  if (minutes === undefined || minutes.document === null) return;
  const stored = await world.documents.get(minutes.document.key);
  if (stored === undefined) return;
  const folder = join(out, 'report', alone ? '' : cycle.id);
  mkdirSync(folder, { recursive: true });
  const extension = /\.[a-z]{1,5}$/i.exec(minutes.document.fileName)?.[0] ?? '';
  writeFileSync(join(folder, `minutes-${cycle.id}${extension}`), stored.body);
};

/** The documents that lie under `out`; of several cycles each has a folder, named after it. */
const documentsIn = (out: string, cycles: readonly string[]): readonly DocumentFile[] =>
  globSync('report/**/*.*', { cwd: out })
    .map((path) => path.replaceAll('\\', '/').split('/'))
    .map(([report = '', ...rest]) => {
      const [first = '', ...below] = rest;
      const isCycle = cycles.includes(first);
      return {
        cycle: isCycle ? first : (cycles[0] ?? ''),
        path: (isCycle ? below : rest).join('/'),
        address: [report, ...rest].map(encodeURIComponent).join('/'),
      };
    })
    .sort((one, other) => (one.address < other.address ? -1 : 1));

/** How many returns were handed in, and how many of them signed. */
const returnsInWords = (returns: number, signed: number): string => {
  if (returns === 0) return 'no return';
  const which = signed === returns ? (returns === 1 ? '' : 'all of them ') : `${String(signed)} of them `;
  return returns === 1 && signed === 0
    ? '1 return, which the chair did not sign'
    : `${plural(returns, 'return')}, ${which}signed by the chair`;
};

/** What happened, in a few sentences. */
const inShort = (
  summary: Summary,
  stories: readonly CycleStory[],
  board: string,
  emails: number,
): string[] => {
  const [first] = stories;
  const last = stories.at(-1);
  if (first === undefined || last === undefined) return [];
  const { returns, nil, escalations, actions } = summary.report;
  const closed = stories.filter(({ cycle }) => cycle.state === 'closed').length;
  const signed = stories.reduce(
    (sum, { groups }) => sum + groups.filter(({ steps: taken }) => taken.signed.state === 'done').length,
    0,
  );
  const met = stories.reduce(
    (sum, { groups }) => sum + groups.filter(({ steps: taken }) => taken.met.state === 'done').length,
    0,
  );
  const counts = Object.values(summary.requests);
  const total = (of: 'answered' | 'late' | 'expired'): number =>
    counts.reduce((sum, count) => sum + count[of], 0);
  const reported = last.cycle.reportedAt;
  return [
    `${stories.length === 1 ? 'From' : `${capital(plural(stories.length, 'cycle'))}: from`} the ${board} of ${fullDate(first.cycle.board.date)} to the report for the ${board} of ${fullDate(last.cycle.nextBoard.date)}. ${closed === stories.length ? 'Every step was taken, and the cycle closed.' : `${plural(closed, 'cycle')} closed.`}`.replace(
      'and the cycle closed.',
      stories.length === 1 ? 'and the cycle closed.' : 'and every cycle closed.',
    ),
    `${plural(summary.groups, 'LCPG')} held ${plural(met, 'meeting')} and handed in ${returnsInWords(returns, signed)}; ${nil === 0 ? 'no return was missing' : `${plural(nil, 'return')} did not come in time and ${nil === 1 ? 'is' : 'are'} named as nil in the report`}. They agreed ${plural(actions, 'action')} and escalated ${plural(escalations, 'item')} to the ${board}.`,
    `${plural(emails, 'email')} went out. Of what people were asked for, ${String(total('answered'))} were answered, ${String(total('late'))} of those late, and ${String(total('expired'))} never.${reported === null ? '' : ` The report went to the secretariat on ${fullDate(reported.slice(0, 10))}.`}`,
  ];
};
