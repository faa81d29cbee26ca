/**
 * AWS's own DynamoDB Local, fetched from Maven Central once and kept under `node_modules/.cache`. Needs Java 17 and
 * Maven, which are installed where that is possible. Its native SQLite is there for x86-64 alone.
 */

import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as passTime } from 'node:timers/promises';

const version = '3.3.1';
/** Of the AWS SDK for Java, in the place of that which DynamoDB Local names: some mirrors of Central lack that one. */
const sdkVersion = '2.54.14';
const mainClass = 'software.amazon.dynamodb.services.local.main.ServerRunner';
const cache = path.resolve(import.meta.dirname, '../../node_modules/.cache/dynamodb-local');
const longestStartInMilliseconds = 60_000;

/** A running engine. */
export interface DynamoDBLocal {
  readonly endpoint: string;
  /** Ends it, and returns when it has ended. */
  stop(): Promise<void>;
}

/**
 * Starts DynamoDB Local in memory on a free port, fetching it first where need be (50 MB).
 * @throws {Error} which says what is missing, or what the engine said before it ended.
 */
export async function startDynamoDBLocal(): Promise<DynamoDBLocal> {
  ensureCommand('java', 'openjdk-17-jre-headless');
  const folder = await fetchOnce();
  const port = await freePort();
  const engine = spawn(
    'java',
    [
      // Starts in half the time; tests are too short for the better compiler.
      '-XX:TieredStopAtLevel=1',
      '-Xmx1g',
      `-Djava.library.path=${folder}`,
      '-cp',
      path.join(folder, '*'),
      mainClass,
      '-inMemory',
      '-disableTelemetry',
      '-port',
      String(port),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, DDB_LOCAL_TELEMETRY: '0' } },
  );
  let said = '';
  engine.stdout.on('data', (text: Buffer) => (said += text.toString()));
  engine.stderr.on('data', (text: Buffer) => (said += text.toString()));
  const endWithUs = (): unknown => engine.kill('SIGKILL');
  process.once('exit', endWithUs);

  const endpoint = `http://localhost:${String(port)}`;
  const stop = async (): Promise<void> => {
    process.removeListener('exit', endWithUs);
    if (hasEnded(engine)) return;
    engine.kill();
    await once(engine, 'exit');
  };
  const deadline = performance.now() + longestStartInMilliseconds;
  while (!(await answers(endpoint))) {
    if (hasEnded(engine) || performance.now() > deadline) {
      await stop();
      throw new Error(`DynamoDB Local did not start. It said:\n${said}`);
    }
    await passTime(100);
  }
  return { endpoint, stop };
}

function hasEnded(engine: ChildProcess): boolean {
  return engine.exitCode !== null || engine.signalCode !== null;
}

/** Whether somebody listens; an unsigned request is answered with an error, which will do. */
async function answers(endpoint: string): Promise<boolean> {
  try {
    await fetch(endpoint);
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

/** The folder with the program and everything that it needs. */
async function fetchOnce(): Promise<string> {
  const folder = path.join(cache, version);
  if (await exists(folder)) return folder;
  ensureCommand('mvn', 'maven');
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(path.join(cache, 'fetching-'));
  try {
    await writeFile(path.join(work, 'pom.xml'), pom);
    const maven = spawnSync(
      'mvn',
      [
        '--batch-mode',
        '--quiet',
        '--file',
        path.join(work, 'pom.xml'),
        'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies',
        // Brings the native libraries as well, which are artifacts of their own.
        '-DincludeScope=runtime',
        `-DoutputDirectory=${path.join(work, 'library')}`,
      ],
      { encoding: 'utf8' },
    );
    if (maven.status !== 0) {
      throw new Error(`Maven could not fetch DynamoDB Local ${version}:\n${maven.stdout}${maven.stderr}`);
    }
    await rename(path.join(work, 'library'), folder);
  } catch (error) {
    // Another process may have been quicker.
    if (!(await exists(folder))) throw error;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return folder;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId>
  <artifactId>dynamodb-local</artifactId>
  <version>1</version>
  <dependencyManagement>
    <dependencies>
      <dependency>
        <groupId>software.amazon.awssdk</groupId>
        <artifactId>bom</artifactId>
        <version>${sdkVersion}</version>
        <type>pom</type>
        <scope>import</scope>
      </dependency>
    </dependencies>
  </dependencyManagement>
  <dependencies>
    <dependency>
      <groupId>software.amazon.dynamodb</groupId>
      <artifactId>DynamoDBLocal</artifactId>
      <version>${version}</version>
    </dependency>
  </dependencies>
</project>
`;

/**
 * Sees to it that a command is there, by installing a package of Debian's where that is possible.
 * @throws {Error} when it is not.
 */
function ensureCommand(command: string, debianPackage: string): void {
  if (runs(command)) return;
  if (process.getuid?.() === 0 && runs('apt-get')) {
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' });
    spawnSync('apt-get', ['install', '-y', '-qq', debianPackage], { stdio: 'inherit' });
    if (runs(command)) return;
  }
  throw new Error(
    `DynamoDB Local needs the command ${command}, which is not there. ` +
      `Install it (on Debian: apt-get install ${debianPackage}).`,
  );
}

function runs(command: string): boolean {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined;
}
