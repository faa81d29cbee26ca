/**
 * Prints the figures that the project holds itself to, each with how it was measured. Whole processes, so that start-up
 * and memory are in them. On a busy machine look at the ratios: they come from one run.
 */
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { gunzipSync } from 'node:zlib';

import type { APIGatewayProxyEventV2 } from 'aws-lambda';

import { siteAssets } from '../functions/web/assets.ts';
import { createSite } from '../functions/web/site.ts';
import { buildFunctions, bundleFolder } from '../infra/build/functions.ts';
import type { Summary } from '../rehearsal/summary.ts';
import { requestKinds } from '../shared/domain/request.ts';
import { returnSections } from '../shared/domain/return.ts';
import { askFor } from '../test/functions/web/asked.ts';
import { smallWorld } from '../test/support/small-partnership.ts';
import { readMessage } from '../shared/inbound/incoming-message.ts';
import { readReply } from '../shared/inbound/read-reply.ts';
import { keptMessages, mutated } from '../test/inbound/mutate.ts';

const root = resolve(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'lcpg-cycle-bench-'));

interface Figure {
  readonly what: string;
  readonly measured: string;
  readonly bar: string;
  readonly holds: boolean;
  readonly how: string;
}

const figures: Figure[] = [];

/** As `npm run admin` runs: what is read of a large file is garbage at once, and a small nursery keeps it small. */
const nursery = '--max-semi-space-size=8';

/** As `npm start` runs: much is garbage at once, and what is not is not to take twice its size. */
const heap = ['--max-semi-space-size=64', '--heap-growing-percent=70'];

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;
const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(0)} MB`;

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/** Runs a process to its end and gives how long it took. */
const timed = (command: string, args: readonly string[]): number => {
  const began = performance.now();
  const { status, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with ${String(status)}:\n${stderr.slice(-1000)}`);
  return performance.now() - began;
};

/** What one rehearsal in a process of its own came to. */
interface Rehearsed {
  readonly wholeMs: number;
  readonly summary: Summary;
  readonly maxBytes: number;
}

const rehearse = (args: readonly string[]): Rehearsed => {
  const out = join(scratch, 'rehearsal');
  const wholeMs = timed(process.execPath, [...heap, join('bench', 'rehearse.ts'), '--out', out, ...args]);
  const summary = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')) as Summary;
  const maxBytes = Number(readFileSync(join(out, 'memory'), 'utf8'));
  rmSync(out, { recursive: true, force: true });
  return { wholeMs, summary, maxBytes };
};

const progress = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

const wholeStart = (): void => {
  progress('npm start, three times');
  const out = join(scratch, 'start');
  const runs = [1, 2, 3].map(() => {
    const whole = timed('npm', ['start', '--', '--out', out]);
    const { wallMs } = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')) as Summary;
    return { whole, wallMs };
  });
  const whole = median(runs.map((run) => run.whole));
  const cycle = median(runs.map((run) => run.wallMs));
  figures.push(
    {
      what: 'npm start of Kent',
      measured: seconds(whole),
      bar: '≤ 6 s',
      holds: whole <= 6_000,
      how: 'the whole command, build of the templates included; median of 3',
    },
    {
      what: '  the cycle itself',
      measured: seconds(cycle),
      bar: '≤ 2 s',
      holds: cycle <= 2_000,
      how: 'wallMs of its summary.json; median of 3',
    },
  );
};

const manyCycles = (): void => {
  progress('twelve cycles');
  const { wholeMs, summary } = rehearse(['--cycles', '12']);
  const played = summary.cycle.split(',').length;
  figures.push({
    what: `${String(played)} cycles of ${String(summary.groups)} groups`,
    measured: seconds(wholeMs),
    bar: '≤ 15 s',
    holds: wholeMs <= 15_000 && played === 12,
    how: 'one process, over meetings listed for two years',
  });
};

const manyGroups = (): void => {
  const sizes = [300, 600, 1200] as const;
  const runs = sizes.map((groups) => {
    progress(`one cycle of ${String(groups)} groups`);
    return { groups, ...rehearse(['--groups', String(groups)]) };
  });
  const largest = runs.at(-1);
  const smallest = runs[0];
  if (largest === undefined || smallest === undefined) return;
  const perGroup = runs.map(({ wholeMs, groups }) => wholeMs / groups);
  const growth = (perGroup.at(-1) ?? 0) / (perGroup[0] ?? 1);
  figures.push(
    {
      what: `one cycle of ${String(largest.groups)} groups, ${String(largest.summary.members)} members`,
      measured: `${seconds(largest.wholeMs)}, ${megabytes(largest.maxBytes)}`,
      bar: '≤ 120 s, ≤ 2 GB',
      holds: largest.wholeMs <= 120_000 && largest.maxBytes <= 2_000_000_000,
      how: 'one process, its largest resident memory',
    },
    {
      what: '  growing linearly',
      measured: `× ${growth.toFixed(2)} a group`,
      bar: '≤ 1.3',
      holds: growth <= 1.3,
      how: `time a group at ${String(largest.groups)} over that at ${String(smallest.groups)}`,
    },
    {
      what: 'largest state payload',
      measured: `${String(largest.summary.stateBytesMax)} B (${String(smallest.summary.stateBytesMax)} B at ${String(smallest.groups)} groups)`,
      bar: '≤ 8 kB',
      holds: largest.summary.stateBytesMax <= 8_000,
      how: `summary.json of the cycle of ${String(largest.groups)} groups`,
    },
    {
      what: 'longest history',
      measured: `${String(largest.summary.historyEventsMax)} events (${String(smallest.summary.historyEventsMax)} at ${String(smallest.groups)} groups)`,
      bar: '≤ 2,500',
      holds: largest.summary.historyEventsMax <= 2_500,
      how: `summary.json of the cycle of ${String(largest.groups)} groups`,
    },
  );
};

const transitions = (): void => {
  progress('everyone answering');
  const { summary } = rehearse(['--answers', 'all']);
  const { cycle, lcpg, ask } = summary.transitions;
  const all = cycle + lcpg + ask;
  figures.push({
    what: 'billed state transitions, 12 groups, everyone answering',
    measured: `${String(all)} (cycle ${String(cycle)}, lcpg ${String(lcpg)}, ask ${String(ask)})`,
    bar: '≤ 400',
    holds: all <= 400,
    how: `summary.json; ${String(summary.requests.attendance?.answered ?? 0)} attendance answers cost none`,
  });
};

const webStart = async (): Promise<void> => {
  progress('starts of the web function');
  await buildFunctions(['web/handle-request']);
  const bundle = join(bundleFolder('web/handle-request'), 'index.js');
  const bare = join(scratch, 'bare.cjs');
  writeFileSync(bare, 'exports.handler = async () => ({ statusCode: 200 });\n');
  const launcher = join(import.meta.dirname, 'start-handler.cjs');
  const times = { bare: [] as number[], web: [] as number[] };
  // In turns, so that both see the same machine.
  for (let run = 0; run < 21; run += 1) {
    times.bare.push(timed(process.execPath, [launcher, bare]));
    times.web.push(timed(process.execPath, [launcher, bundle]));
  }
  const ratio = median(times.web) / median(times.bare);
  const bytes = statSync(bundle).size;
  figures.push(
    {
      what: 'bundle of the web function',
      measured: `${(bytes / 1000).toFixed(0)} kB`,
      bar: '≤ 450 kB',
      holds: bytes <= 450_000,
      how: 'minified, as deployed',
    },
    {
      what: '  ready, against a bare handler',
      measured: `× ${ratio.toFixed(2)}`,
      bar: '≤ 2.5',
      holds: ratio <= 2.5,
      how: `process start to first answer, median of 21 each in turns: ${median(times.web).toFixed(0)} ms, ${median(times.bare).toFixed(0)} ms`,
    },
  );
};

const importRows = 1_000_000;

/** A national file as the ONS publishes them: every area in turn, a note that brings a line to 150 bytes. */
const writeNationalFile = (path: string): void => {
  const file = openSync(path, 'w');
  const note = 'A note of the publisher that brings the line to its length';
  writeSync(
    file,
    'areacd,areanm,geography,indicator,period,observation,measure,unit,lci_95,uci_95,status,notes\n',
  );
  for (let from = 0; from < importRows; from += 10_000) {
    const lines: string[] = [];
    for (let row = from; row < from + 10_000; row += 1) {
      const area = `E07000${String(row % 400).padStart(3, '0')}`;
      const period = `${String(1900 + (Math.floor(row / 400) % 130))}-09-01/P1Y`;
      const value = ((row * 7919) % 1000) / 10;
      lines.push(
        `${area},"Area ${String(row % 400)}, of England",Local Authority District,Literacy,${period},${String(value)},Percentage,%,,,,${note}`,
      );
    }
    writeSync(file, `${lines.join('\n')}\n`);
  }
  closeSync(file);
};

const bigImport = (): void => {
  progress('import of a million rows');
  const path = join(scratch, 'national.csv');
  const memory = join(scratch, 'import-memory');
  writeNationalFile(path);
  const { size } = statSync(path);
  const wholeMs = timed(process.execPath, [
    nursery,
    join('bench', 'import-data.ts'),
    memory,
    path,
    '--partnership',
    'examples/kent',
    '--dry-run',
    '--json',
  ]);
  rmSync(path);
  const maxBytes = Number(readFileSync(memory, 'utf8'));
  figures.push({
    what: `import of ${importRows.toLocaleString('en-GB')} rows, ${megabytes(size)}`,
    measured: `${seconds(wholeMs)}, ${megabytes(maxBytes)}`,
    bar: '≤ 10 s, ≤ 200 MB',
    holds: wholeMs <= 10_000 && maxBytes <= 200_000_000,
    how: 'the whole command in a process of its own, its largest resident memory',
  });
};

const everyPage = async (): Promise<void> => {
  progress('every page');
  const world = await smallWorld();
  const site = createSite({
    links: world.links,
    deskFor: () => world.desk,
    clock: world.clock,
    origin: world.origin,
    assets: siteAssets,
    report: ({ error }) => {
      throw error;
    },
  });
  const visit = async (path: string, cookies: string[] = []) =>
    site({
      version: '2.0',
      rawPath: path,
      rawQueryString: '',
      headers: { 'accept-encoding': 'gzip' },
      cookies,
      requestContext: { http: { method: 'GET', path } },
      isBase64Encoded: false,
    } as unknown as APIGatewayProxyEventV2);
  const visits: { readonly name: string; readonly open: () => ReturnType<typeof visit> }[] = [
    { name: 'privacy', open: () => visit('/privacy') },
  ];
  for (const kind of requestKinds) {
    const { path } = await askFor(world, kind);
    const door = await visit(path);
    const cookies = (door.cookies ?? []).map((cookie) => cookie.split(';')[0] ?? '');
    const inside = new URL(String(door.headers?.['location']), `${world.origin}${path}`).pathname;
    for (const section of kind === 'return' ? ['', ...returnSections, 'check'] : [''])
      visits.push({
        name: `${kind} ${section}`,
        open: () => visit(section === '' ? inside : `${inside}/${section}`, cookies),
      });
  }
  const times: number[] = [];
  let largest = { name: '', bytes: 0, plain: 0 };
  for (let round = 0; round < 60; round += 1)
    for (const { name, open } of visits) {
      const began = performance.now();
      const { statusCode, body = '' } = await open();
      // The first rounds warm the handler.
      if (round >= 10) times.push(performance.now() - began);
      if (statusCode !== 200) throw new Error(`${name} was answered with ${String(statusCode)}`);
      const packed = Buffer.from(body, 'base64');
      if (packed.length > largest.bytes)
        largest = { name, bytes: packed.length, plain: gunzipSync(packed).length };
    }
  times.sort((one, other) => one - other);
  const p99 = times[Math.floor(times.length * 0.99)] ?? Number.NaN;
  figures.push(
    {
      what: 'any page, warm, at the handler',
      measured: `p99 ${p99.toFixed(1)} ms, median ${median(times).toFixed(1)} ms`,
      bar: '≤ 25 ms',
      holds: p99 <= 25,
      how: `${String(times.length)} visits of ${String(visits.length)} pages in turns, compressed, stores in memory`,
    },
    {
      what: '  largest, as sent',
      measured: `${(largest.bytes / 1000).toFixed(1)} kB (${(largest.plain / 1000).toFixed(1)} kB of HTML)`,
      bar: '≤ 14 kB',
      holds: largest.bytes <= 14_000,
      how: `gzip; it is ${largest.name.trim()}`,
    },
  );
};

/** The report of so many districts, made in a process of its own. */
const printed = (districts: number): { readonly milliseconds: number; readonly bytes: number } => {
  progress(`the report of ${String(districts)} districts`);
  const began = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--max-old-space-size=400', join('bench', 'print-report.ts'), String(districts)],
    {
      cwd: root,
      encoding: 'utf8',
      env: {
        ...process.env,
        // As its function has it: see infra/stacks/workflow-stack.ts.
        MALLOC_ARENA_MAX: '1',
        // As `npm start` and a function have it, nothing is translated from TypeScript: see rehearsal/keep-compiled.ts.
        NODE_COMPILE_CACHE: join(root, '.build', 'compile-cache'),
      },
    },
  );
  if (status !== 0) throw new Error(`the report was not made:\n${stderr.slice(-1000)}`);
  return { milliseconds: performance.now() - began, bytes: Number(stdout) };
};

const reports = (): void => {
  const kent = median([1, 2, 3].map(() => printed(12).milliseconds));
  const large = printed(1200);
  figures.push(
    {
      what: 'whole report of 12 districts',
      measured: seconds(kent),
      bar: '≤ 2 s',
      holds: kent <= 2_000,
      how: 'HTML, PDF, Word, CSV and workbook in a process of its own, its code compiled before; median of 3',
    },
    {
      what: '  of 1,200 districts',
      measured: `${seconds(large.milliseconds)}, ${megabytes(large.bytes)}`,
      bar: '≤ 60 s, ≤ 1 GB',
      holds: large.milliseconds <= 60_000 && large.bytes <= 1_000_000_000,
      how: 'the same, PDF and Word in volumes; its largest resident memory, of which 400 MB for objects',
    },
  );
};

/** Processor time of reading a message, in milliseconds. */
const readingTime = async (raw: Uint8Array): Promise<number> => {
  const before = process.cpuUsage();
  readReply(await readMessage(raw));
  return process.cpuUsage(before).user / 1000;
};

/** A megabyte of a person's reply: words, a quoted thread, and a file. */
const largeMessage = (): Buffer => {
  const line = `${'c29tZSBkb2N1bWVudCBvZiBhIHBlcnNvbg'.repeat(2)}abcdefgh\r\n`;
  const quote = '> We met, and agreed what follows for the next weeks of this term.\r\n';
  return Buffer.from(
    `From: Jo <jo@example.org>\r\nSubject: Re: minutes\r\nContent-Type: multipart/mixed; boundary="m"\r\n\r\n--m\r\nContent-Type: text/plain\r\n\r\nYes I will be there\r\n\r\n${quote.repeat(3_000)}--m\r\nContent-Type: application/pdf; name="minutes.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n${line.repeat(10_500)}--m--\r\n`,
  );
};

const inbound = async (): Promise<void> => {
  progress('replies');
  await buildFunctions(['mail/receive-mail']);
  const bytes = statSync(join(bundleFolder('mail/receive-mail'), 'index.js')).size;
  const large = largeMessage();
  const small = keptMessages.find(([name]) => name === 'text-outlook-top')?.[1] ?? Buffer.alloc(0);
  const times = { large: [] as number[], small: [] as number[] };
  for (let run = 0; run < 400; run += 1) times.small.push(await readingTime(small));
  for (let run = 0; run < 21; run += 1) times.large.push(await readingTime(large));
  let crashes = 0;
  const mutations = 10_000;
  for (let seed = 1; seed <= mutations; seed += 1)
    try {
      readReply(await readMessage(mutated(seed)));
    } catch {
      crashes += 1;
    }
  const small99 = [...times.small].sort((one, other) => one - other)[395] ?? Number.NaN;
  figures.push(
    {
      what: 'bundle of the function that takes in replies',
      measured: `${(bytes / 1000).toFixed(0)} kB`,
      bar: '≤ 650 kB',
      holds: bytes <= 650_000,
      how: 'minified, as deployed',
    },
    {
      what: `  a message of ${(large.byteLength / 1_000_000).toFixed(2)} MB, read`,
      measured: `${median(times.large).toFixed(1)} ms`,
      bar: '≤ 50 ms',
      holds: median(times.large) <= 50,
      how: `processor time, median of 21; a message of 2 kB takes ${median(times.small).toFixed(2)} ms, 99 in 100 at most ${small99.toFixed(1)} ms`,
    },
    {
      what: '  broken MIME: mutations of the kept messages that stop the reader',
      measured: `${String(crashes)} of ${String(mutations)}`,
      bar: '0',
      holds: crashes === 0,
      how: 'seeded, up to eight changes each: test/inbound/mutate.ts',
    },
  );
};

const table = (): string => {
  const rows = figures.map(({ what, measured, bar, holds, how }) => [
    what,
    measured,
    bar,
    holds ? 'holds' : 'MISSED',
    how,
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n');
};

try {
  const chosen = new Set(process.argv.slice(2));
  const parts = {
    start: wholeStart,
    cycles: manyCycles,
    transitions,
    web: webStart,
    import: bigImport,
    pages: everyPage,
    reports,
    inbound,
    groups: manyGroups,
  };
  const unknown = [...chosen].filter((name) => !(name in parts));
  if (unknown.length > 0) {
    process.stderr.write(
      `no figures called ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}\n`,
    );
    process.exitCode = 2;
  } else {
    for (const [name, measure] of Object.entries(parts))
      if (chosen.size === 0 || chosen.has(name)) await measure();
    process.stdout.write(`${table()}\n`);
    if (figures.some(({ holds }) => !holds)) process.exitCode = 1;
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
