import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';

import { Command, InvalidArgumentError, Option } from 'commander';

import type { PartnershipFolder } from '../shared/domain/partnership.ts';
import { cyclesOf } from '../shared/import/cycles-of.ts';
import { mergeObservations } from '../shared/import/data/merge-observations.ts';
import { readDataFiles } from '../shared/import/data/read-data-files.ts';
import { findingsInWords } from '../shared/import/findings-in-words.ts';
import { whyNoFolder } from '../shared/import/folder-files.ts';
import { multiplyFolder } from '../shared/import/multiply.ts';
import { readPartnershipFolder } from '../shared/import/read-folder.ts';
import { plural } from '../shared/templates/filters.ts';
import { toInstant, workingCalendar } from '../shared/time/calendar.ts';
import { systemClock } from '../shared/time/clock.ts';
import { FileThread } from './threads/files.ts';
import type { Manner } from './members/members.ts';
import { keepPapers } from '../shared/stages/papers.ts';
import { isPrinted, papersFile, type Printing, writeDocuments } from './documents.ts';
import { writeIndexPage, writeLetters } from './pages/index-page.ts';
import { CycleFailed, play } from './play.ts';
import { PressRoom } from './threads/press-room.ts';
import { Progress } from './progress.ts';
import { shortDate } from './wording.ts';

interface Options {
  readonly partnership: string;
  readonly chwb?: string;
  readonly cycles: number;
  readonly answers?: string;
  readonly groups?: number;
  readonly out: string;
  readonly serve?: number | true;
  readonly data?: readonly string[];
  readonly allForms?: true;
}

/** Beyond this a rehearsal shows how the product copes with size: only the documents of the whole are made, as pages. */
const mostGroupsPrinted = 100;

/** Something that the person at the terminal can put right: shown as it is, without a stack. */
class Refusal extends Error {}

const defaultPort = 4700;

/** A mix that shows late and nil returns, a return that is sent back, and a cycle that closes all the same. */
const defaultSeed = '6';

const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < least || number > most)
      throw new InvalidArgumentError(`expected a whole number from ${String(least)} to ${String(most)}.`);
    return number;
  };

const day = (text: string): string => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text)))
    throw new InvalidArgumentError('expected a date such as 2026-09-16.');
  return text;
};

const answers = (text: string): string => {
  if (text !== 'all' && text !== 'none' && !/^\d{1,9}$/.test(text))
    throw new InvalidArgumentError('expected all, none, or a whole number that decides the mix.');
  return text;
};

const command = new Command('npm start --')
  .description('Rehearses whole cycles of a partnership on a virtual clock, with simulated members.')
  .option('--partnership <folder>', 'folder of the partnership', 'examples/kent')
  .addOption(new Option('--chwb <date>', 'date of the board meeting that opens the cycle').argParser(day))
  .addOption(
    new Option('--cycles <n>', 'how many cycles in a row').argParser(wholeNumber(1, 1000)).default(1),
  )
  .addOption(
    new Option(
      '--answers <seed|all|none>',
      'how members behave: a mix by a whole number, everyone in time, or nobody',
    ).argParser(answers),
  )
  .addOption(
    new Option('--groups <n>', 'multiplies the partnership into n groups').argParser(wholeNumber(1, 100_000)),
  )
  .option('--data <file...>', 'published figures to take in first, as admin import-data does')
  .option('--all-forms', 'makes the documents of each LCPG as PDF, Word and data as well')
  .option('--out <folder>', 'where the emails and reports are written', 'out')
  .addOption(
    new Option('--serve [port]', 'a local page with every mailbox, and time travel').argParser(
      wholeNumber(0, 65_535),
    ),
  )
  .helpOption('-h, --help', 'shows this')
  .showHelpAfterError('(npm start -- --help lists the options)');

const mannerOf = (answers: string): Manner =>
  answers === 'all' || answers === 'none' ? answers : { seed: answers };

/** Takes data files into a folder in memory, as `admin import-data` takes them into one on disk. */
const takeData = (folder: PartnershipFolder, data: readonly string[]): PartnershipFolder => {
  for (const file of data)
    if (!(statSync(file, { throwIfNoEntry: false })?.isFile() ?? false))
      throw new Refusal(`there is no file ${file}.`);
  const { files, observations, unusable } = readDataFiles(data, folder);
  for (const { messages } of files) for (const message of messages) process.stderr.write(`${message}\n`);
  if (unusable.length > 0) throw new Refusal(`${unusable.join(', ')} can’t be used: see above.`);
  const on = workingCalendar(folder.partnership.zone).dateOf(toInstant(systemClock.now()));
  return { ...folder, observations: mergeObservations(folder.observations, observations, on).observations };
};

const loadFolder = (path: string, groups: number | undefined, data: readonly string[]): PartnershipFolder => {
  const why = whyNoFolder(path);
  if (why !== undefined) throw new Refusal(why);
  const reading = readPartnershipFolder(path);
  const { folder, warnings } = reading;
  if (folder === undefined) throw new Refusal(findingsInWords(path, reading).trimEnd());
  for (const { file, line, column, message } of warnings)
    process.stderr.write(`warning: ${join(path, file)}:${String(line)}:${String(column)}  ${message}\n`);
  const withData = data.length === 0 ? folder : takeData(folder, data);
  return groups === undefined ? withData : multiplyFolder(withData, groups);
};

const firstCycleOf = (
  folder: PartnershipFolder,
  path: string,
  chosen: string | undefined,
  count: number,
): string => {
  const cycles = cyclesOf(folder).map(({ board }) => board.date);
  const first = chosen ?? cycles[0];
  if (first === undefined)
    throw new Refusal(
      `${path}: no board meeting has a next one and a Chairs Group between. Add them to meetings.csv.`,
    );
  const place = cycles.indexOf(first);
  if (place < 0)
    throw new Refusal(
      `no cycle opens on ${first}. Board meetings of ${path} that open one: ${cycles.join(', ')}.`,
    );
  if (place + count > cycles.length)
    throw new Refusal(
      `${path} lists ${plural(cycles.length - place, 'cycle')} from ${first} on, and ${String(count)} were asked for. ` +
        `Ask for at most --cycles ${String(cycles.length - place)}, or add meetings to meetings.csv.`,
    );
  return first;
};

/** What a rehearsal writes, and the next one into the same folder replaces. */
const written = ['emails', 'report', 'index.html', papersFile, 'summary.json'];

/**
 * Makes the folder ready. One that holds something else than an earlier rehearsal is left alone.
 * @throws {Refusal} when it is not a folder of ours, or cannot be written
 */
const clearOut = (out: string): void => {
  try {
    if (statSync(out, { throwIfNoEntry: false })?.isFile() === true)
      throw new Refusal(`${out} is a file. Choose a folder with --out.`);
    mkdirSync(out, { recursive: true });
    const found = readdirSync(out);
    if (found.includes('partnership.yaml'))
      throw new Refusal(`${out} is the folder of a partnership. Choose another with --out.`);
    const ours = found.includes('summary.json') || found.every((name) => name === 'served');
    if (!ours && found.some((name) => written.includes(name)))
      throw new Refusal(
        `${out} holds files that are not from a rehearsal. Choose an empty folder with --out.`,
      );
    for (const name of written) rmSync(join(out, name), { recursive: true, force: true });
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(
      `cannot write to ${out}: ${(error as Error).message}. Choose a folder that can be written with --out.`,
    );
  }
};

const run = async (options: Options): Promise<void> => {
  const began = performance.now();
  const out = resolve(options.out);
  const folder = loadFolder(options.partnership, options.groups, options.data ?? []);
  const firstCycle = firstCycleOf(folder, options.partnership, options.chwb, options.cycles);
  if (options.serve !== undefined) {
    const { serve } = await import('./pages/serve.ts');
    await serve({
      folder,
      firstCycle,
      manner: mannerOf(options.answers ?? 'none'),
      out,
      port: options.serve === true ? defaultPort : options.serve,
    });
    return;
  }
  clearOut(out);
  const manner = mannerOf(options.answers ?? defaultSeed);
  process.stdout.write(
    `${folder.partnership.name}: ${String(folder.groups.length)} groups, ${String(folder.people.length)} people; ` +
      `from the ${folder.partnership.boardName.short} of ${shortDate(firstCycle)}\n\n`,
  );
  const progress = new Progress(process.stdout);
  const printing: Printing =
    options.allForms === true ? 'all' : folder.groups.length > mostGroupsPrinted ? 'pages' : 'usual';
  const pressRoom = printing === 'pages' ? undefined : new PressRoom(isPrinted(printing));
  const files = new FileThread();
  const { world, summary, cycles, tooLate } = await play({
    folder,
    firstCycle,
    cycles: options.cycles,
    manner,
    out,
    files,
    ...(pressRoom === undefined ? {} : { press: pressRoom.into }),
    onEmail: (email, place) => {
      progress.email(email, place, folder.groups.length);
    },
    onEvent: (event, place) => {
      progress.event(event, place, folder.groups.length);
    },
  }).catch(async (error: unknown) => {
    // What went out before it failed is there to be looked at.
    await files.close();
    throw error;
  });
  progress.end();
  const printed = pressRoom?.finished();
  const letters = await writeLetters(world, out, files);
  files.write(join(out, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`);
  await printed;
  // The documents came after the cycles had closed, which put their papers together without them.
  if (pressRoom !== undefined)
    for (const cycle of cycles) await keepPapers(world.place, world.partnership, cycle);
  await writeDocuments(world, cycles, out, printing);
  await pressRoom?.close();
  await writeIndexPage(world, cycles, out, letters);
  await files.close();
  if (files.failure !== undefined) throw files.failure;
  const emails = Object.values(summary.emails).reduce((sum, count) => sum + count, 0);
  const { returns, nil, escalations, actions } = summary.report;
  const { cycle, lcpg, ask } = summary.transitions;
  const shown = relative(process.cwd(), out) || '.';
  process.stdout.write(
    [
      '',
      `${plural(cycles.length, 'cycle')} closed: ${plural(returns, 'return')}, ${String(nil)} nil, ${plural(escalations, 'escalation')}, ${plural(actions, 'action')}`,
      `${plural(emails, 'email')}; ${plural(tooLate, 'answer')} came too late; ${plural(cycle + lcpg + ask, 'billed state transition')}`,
      `${String(Math.round((Date.parse(summary.virtualEnd) - Date.parse(summary.virtualStart)) / 86_400_000))} days in ${(summary.wallMs / 1000).toFixed(1)} s; the whole run ${((performance.now() - began) / 1000).toFixed(1)} s`,
      '',
      `Read it:    ${join(shown, 'index.html')}`,
      `Report:     ${join(shown, 'report')}`,
      `Papers:     ${join(shown, papersFile)}`,
      `Emails:     ${join(shown, 'emails')}`,
      `Figures:    ${join(shown, 'summary.json')}`,
      '',
    ].join('\n'),
  );
};

command.action(run);

/** Does what the command line asks for. What a person can put right is told in a line, with exit code 1. */
export const rehearse = async (): Promise<void> => {
  try {
    await command.parseAsync();
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof CycleFailed)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
};
