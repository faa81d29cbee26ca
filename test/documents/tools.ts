/**
 * The programs that documents are checked with: veraPDF from Maven Central and the Nu HTML checker from npm, kept under
 * `node_modules/.cache`, and
 * LibreOffice and poppler from Debian, which are installed where that is possible.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';

const verapdfVersion = '1.28.2';
const nuVersion = '26.9.27';
const cached = resolve(import.meta.dirname, '../../node_modules/.cache');
const cache = join(cached, 'verapdf');

/**
 * Runs a program to its end and gives what it printed.
 * @throws {Error} with what it said when it ends with another code than the allowed ones
 */
export const run = (
  command: string,
  options: readonly string[],
  allowed: readonly number[] = [0],
): string => {
  const { status, stdout, stderr } = spawnSync(command, [...options], {
    encoding: 'utf8',
    maxBuffer: 512 * 1024 * 1024,
  });
  if (!allowed.includes(status ?? -1))
    throw new Error(`${command} ${options.join(' ')} ended with ${String(status)}:\n${stdout}${stderr}`);
  return `${stdout}${stderr}`;
};

const runs = (command: string): boolean =>
  spawnSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' }).status === 0;

/**
 * Sees to it that a command is there, by installing a package of Debian's where that is possible.
 * @throws {Error} when it is not, with what to install
 */
export const ensureCommand = (command: string, debianPackage: string): void => {
  if (runs(command)) return;
  if (process.getuid?.() === 0 && runs('apt-get')) {
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' });
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', debianPackage], {
      stdio: 'inherit',
    });
    if (runs(command)) return;
  }
  throw new Error(
    `the checks of the documents need the command ${command}. Install it (on Debian: apt-get install ${debianPackage}).`,
  );
};

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId>
  <artifactId>verapdf</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.verapdf.apps</groupId>
      <artifactId>greenfield-apps</artifactId>
      <version>${verapdfVersion}</version>
    </dependency>
  </dependencies>
</project>
`;

/** The folder with veraPDF's libraries, fetched once. */
const verapdf = (): string => {
  const folder = join(cache, verapdfVersion);
  if (existsSync(folder)) return folder;
  ensureCommand('mvn', 'maven');
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, 'fetching-'));
  try {
    writeFileSync(join(work, 'pom.xml'), pom);
    run('mvn', [
      '--batch-mode',
      '--quiet',
      '--file',
      join(work, 'pom.xml'),
      'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies',
      '-DincludeScope=runtime',
      `-DoutputDirectory=${join(work, 'library')}`,
    ]);
    renameSync(join(work, 'library'), folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return folder;
};

/** What veraPDF says of each file by PDF/UA-1: a line each, `PASS` or `FAIL` first, failed rules after a failure. */
export const checkedByVerapdf = (files: readonly string[]): readonly string[] => {
  ensureCommand('java', 'openjdk-17-jre-headless');
  return run(
    'java',
    [
      '-cp',
      join(verapdf(), '*'),
      'org.verapdf.apps.GreenfieldCliWrapper',
      '-f',
      'ua1',
      '--format',
      'text',
      '-v',
      ...files,
    ],
    // It ends with 1 where a file does not conform, which is for the test to say.
    [0, 1],
  )
    .split('\n')
    .filter((line) => /^\s*(PASS|FAIL)/.test(line));
};

/** The Nu HTML checker's program, fetched once: 30 MB that nothing else needs. */
const nu = (): string => {
  const folder = join(cached, 'nu', nuVersion);
  const program = join(folder, 'node_modules/vnu-jar/build/dist/vnu.jar');
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true });
    run('npm', ['install', '--no-audit', '--no-fund', '--prefix', folder, `vnu-jar@${nuVersion}`]);
  }
  return program;
};

/** What the Nu HTML checker has against pages: nothing, where they are valid. */
export const checkedByNu = (files: readonly string[]): string => {
  ensureCommand('java', 'openjdk-17-jre-headless');
  return run('java', ['-jar', nu(), '--errors-only', ...files], [0, 1]);
};

/** The text of a PDF by its tags: see `pdfTables`. */
export const structureOf = (pdf: string): string => {
  ensureCommand('pdfinfo', 'poppler-utils');
  return run('pdfinfo', ['-struct-text', pdf]);
};

/** The text of a PDF, a page each. */
export const pagesOf = (pdf: string): readonly string[] => {
  ensureCommand('pdftotext', 'poppler-utils');
  return run('pdftotext', ['-layout', pdf, '-']).split('\f').slice(0, -1);
};

/** Pictures of the pages of a PDF, in a folder of their own: their paths. */
export const picturesOf = (pdf: string, folder: string): readonly string[] => {
  ensureCommand('pdftoppm', 'poppler-utils');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  run('pdftoppm', ['-r', '60', '-png', pdf, join(folder, 'page')]);
  return readdirSync(folder).map((name) => join(folder, name));
};

/** A Word file as LibreOffice lays it out: the path of a PDF in the folder. */
export const convertedByLibreOffice = (word: string, folder: string): string => {
  ensureCommand('soffice', 'libreoffice-writer-nogui');
  run('soffice', [
    // A profile of its own, so that no other LibreOffice is in the way.
    `-env:UserInstallation=file://${folder}/profile`,
    '--headless',
    '--convert-to',
    'pdf',
    '--outdir',
    folder,
    word,
  ]);
  const converted = readdirSync(folder).find((name) => name.endsWith('.pdf'));
  if (converted === undefined) throw new Error(`LibreOffice made nothing of ${word}`);
  return join(folder, converted);
};
