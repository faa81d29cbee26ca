/**
 * A local AWS for the tests: MiniStack in a virtual environment of its own under `node_modules/.cache`, and a mail server
 * beside it that keeps every email as it was sent. Needs Python 3.10 or later.
 */

import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as passTime } from 'node:timers/promises';

import { SMTPServer } from 'smtp-server';

const version = '1.5.33';
const root = resolve(import.meta.dirname, '../..');
const cache = join(root, 'node_modules/.cache');
const environmentFolder = join(cache, `ministack-${version}`);
const longestStartInMilliseconds = 60_000;

/** A running local AWS. */
export interface LocalAws {
  readonly endpoint: string;
  /** What a client or the CDK has to have in its environment to use it. */
  readonly variables: Readonly<Record<string, string>>;
  /** The emails that have been sent so far, as they were sent. */
  readonly mail: readonly SentEmail[];
  /** Its own words. */
  readonly logFile: string;
  stop(): Promise<void>;
}

export interface SentEmail {
  readonly to: string;
  readonly raw: Buffer;
}

/**
 * Starts a local AWS on a free port.
 * @throws {Error} which says what is missing, or what it said before it ended.
 */
export const startLocalAws = async (): Promise<LocalAws> => {
  const program = installedProgram();
  const mail: SentEmail[] = [];
  const mailServer = await startMailServer(mail);
  const port = await freePort();
  mkdirSync(cache, { recursive: true });
  const logFile = join(cache, `ministack-${String(port)}.log`);
  writeFileSync(logFile, '');
  const engine = spawn(program, [], {
    // A group of its own, so that the functions that it runs end with it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      // It runs the functions with the first node that it finds.
      PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
      GATEWAY_PORT: String(port),
      // By default it listens on every interface.
      BIND_HOST: '127.0.0.1',
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
      MINISTACK_REGION: 'eu-west-2',
      SMTP_HOST: `127.0.0.1:${String(mailServer.port)}`,
    },
  });
  engine.stdout.on('data', (text: Buffer) => {
    writeFileSync(logFile, text, { flag: 'a' });
  });
  engine.stderr.on('data', (text: Buffer) => {
    writeFileSync(logFile, text, { flag: 'a' });
  });
  const kill = (): void => {
    killGroup(engine);
  };
  process.once('exit', kill);
  const endpoint = `http://127.0.0.1:${String(port)}`;
  const stop = async (): Promise<void> => {
    process.removeListener('exit', kill);
    kill();
    if (engine.exitCode === null && engine.signalCode === null) await once(engine, 'exit');
    await mailServer.stop();
    rmSync(logFile, { force: true });
  };
  const deadline = performance.now() + longestStartInMilliseconds;
  while (!(await answers(`${endpoint}/_ministack/health`))) {
    if (engine.exitCode !== null || performance.now() > deadline) {
      const said = readFileSync(logFile, 'utf8');
      await stop();
      throw new Error(`MiniStack did not start. It said:\n${said}`);
    }
    await passTime(100);
  }
  return {
    endpoint,
    logFile,
    mail,
    stop,
    variables: {
      AWS_ENDPOINT_URL: `http://localhost:${String(port)}`,
      AWS_ENDPOINT_URL_S3: `http://localhost:${String(port)}`,
      AWS_REGION: 'eu-west-2',
      AWS_DEFAULT_REGION: 'eu-west-2',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    },
  };
};

/** On a polite signal it would linger while a Map waits, still firing its schedules. */
const killGroup = (engine: ChildProcess): void => {
  if (engine.pid === undefined || engine.exitCode !== null) return;
  try {
    process.kill(-engine.pid, 'SIGKILL');
  } catch {
    engine.kill('SIGKILL');
  }
};

const answers = async (address: string): Promise<boolean> => {
  try {
    return (await fetch(address)).ok;
  } catch {
    return false;
  }
};

/** A port that nobody listens on. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

const startMailServer = async (
  mail: SentEmail[],
): Promise<{ readonly port: number; readonly stop: () => Promise<void> }> => {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const raw = Buffer.concat(parts);
        for (const { address } of session.envelope.rcptTo) mail.push({ to: address, raw });
        done();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    port: (server.server.address() as AddressInfo).port,
    stop: () =>
      new Promise((stopped) => {
        server.close(() => {
          stopped();
        });
      }),
  };
};

/** The program, installed first where need be. */
const installedProgram = (): string => {
  const program = join(environmentFolder, 'bin/ministack');
  if (existsSync(program)) return program;
  const python = suitablePython();
  mkdirSync(cache, { recursive: true });
  rmSync(environmentFolder, { recursive: true, force: true });
  run(python, ['-m', 'venv', environmentFolder]);
  run(join(environmentFolder, 'bin/pip'), [
    'install',
    '--quiet',
    '--disable-pip-version-check',
    `ministack==${version}`,
  ]);
  return program;
};

const run = (command: string, args: readonly string[]): void => {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status === 0) return;
  // Half an environment would be taken for a whole one.
  rmSync(environmentFolder, { recursive: true, force: true });
  throw new Error(
    `MiniStack ${version} could not be installed: ${command} ${args.join(' ')}\n${error?.message ?? ''}${stdout}${stderr}`,
  );
};

const suitablePython = (): string => {
  for (const command of ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10']) {
    const { status } = spawnSync(command, [
      '-c',
      'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))',
    ]);
    if (status === 0) return command;
  }
  throw new Error(
    'The tests on a local AWS need Python 3.10 or later with venv, which is not there. ' +
      'Install it (on Debian: apt-get install python3 python3-venv).',
  );
};
