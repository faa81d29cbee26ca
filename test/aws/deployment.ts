/** Deploys the product as it is to a local AWS, with the command line of the CDK. */

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { LocalAws } from './ministack.ts';

const root = resolve(import.meta.dirname, '../..');

/** A clock that runs fast: what it showed, when it showed that, and how many of its seconds pass in one. */
export interface FastClock {
  readonly start: string;
  readonly realStart: string;
  readonly speed: number;
}

/** What the deployed stacks tell of themselves, by the name of the output. */
export type Outputs = Readonly<Record<string, string>>;

/**
 * Bootstraps and deploys all stacks.
 * @throws {Error} with what the CDK said
 */
export const deployLocally = async (aws: LocalAws, clock: FastClock | null): Promise<Outputs> => {
  const folder = mkdtempSync(join(root, 'node_modules/.cache/deployment-'));
  try {
    const outputsFile = join(folder, 'outputs.json');
    const context = [
      '-c',
      'stage=rehearsal',
      '-c',
      'local=true',
      ...(clock === null ? [] : ['-c', `clock=${clock.start},${clock.realStart},${String(clock.speed)}`]),
    ];
    const assembly = join(folder, 'assembly');
    await cdk(aws, ['bootstrap', 'aws://000000000000/eu-west-2', ...context]);
    await cdk(aws, [
      'deploy',
      '--all',
      '--require-approval',
      'never',
      '--concurrency',
      '3',
      '--outputs-file',
      outputsFile,
      '--output',
      assembly,
      ...context,
    ]);
    const stacks = JSON.parse(readFileSync(outputsFile, 'utf8')) as Record<string, Record<string, string>>;
    return Object.assign({}, ...Object.values(stacks)) as Outputs;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const cdk = (aws: LocalAws, args: readonly string[]): Promise<void> =>
  new Promise((done, failed) => {
    const child = spawn(process.execPath, [join(root, 'node_modules/aws-cdk/bin/cdk'), ...args], {
      cwd: root,
      env: { ...process.env, ...aws.variables, CI: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stdout.on('data', (text: Buffer) => (said += text.toString()));
    child.stderr.on('data', (text: Buffer) => (said += text.toString()));
    child.once('error', failed);
    child.once('exit', (code) => {
      if (code === 0) done();
      else failed(new Error(`cdk ${args.join(' ')} ended with ${String(code)}:\n${said}`));
    });
  });
