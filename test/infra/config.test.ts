import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

import { describe, expect, it } from 'vitest';

import { readConfig } from '../../infra/config/read-config.ts';
import { checkConfig, ConfigFault } from '../../infra/config/schema.ts';
import { wholeConfig } from './product/synthesise.ts';

const faultOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof ConfigFault) return error.message;
    throw error;
  }
  return 'no fault';
};
const check = (change: object): string =>
  faultOf(() => checkConfig({ ...wholeConfig, ...change }, 'infra/config/production.ts'));
const context = { stage: 'rehearsal', local: undefined, clock: undefined };

describe('a configuration', () => {
  it('that is whole is taken', () => {
    expect(checkConfig(wholeConfig, 'x.ts')).toStrictEqual(wholeConfig);
  });

  it('names each setting that is missing, its file, and what is expected', () => {
    const said = faultOf(() => readConfig({ ...context, stage: 'production' }));
    expect(said.split('\n')[0]).toBe('infra/config/production.ts is not complete:');
    for (const setting of [
      'account',
      'partnerships',
      'mailDomain',
      'receivesMail',
      'replyDomains',
      'administrator',
    ])
      expect(said).toMatch(new RegExp(`^  ${setting} is missing; expected .{10,}`, 'm'));
    expect(said).not.toContain('Invalid');
  });

  it.each([
    [
      'a wrong account',
      { account: '12345' },
      'account is "12345"; expected the AWS account to deploy to: 12 digits',
    ],
    ['a wrong region', { region: 'London' }, 'region is "London"; expected the AWS region'],
    ['no partnership', { partnerships: [] }, 'partnerships is []; expected at least one { id, sender }'],
    [
      'a sender without an address',
      { partnerships: [{ id: 'kent', sender: 'Kent' }] },
      'partnerships[0].sender is "Kent"; expected the address',
    ],
    [
      'a sender of another domain',
      { partnerships: [{ id: 'kent', sender: 'lcpg@other.example.org' }] },
      'expected an address at the mailDomain, kent.example.org',
    ],
    [
      'a retention that CloudWatch lacks',
      { logRetentionDays: 42 },
      'logRetentionDays is 42; expected how many days',
    ],
    [
      'a certificate that is none',
      { web: { domain: 'a.example.org', certificate: 'x' } },
      'web.certificate is "x"',
    ],
    ['half a domain of the pages', { web: { domain: 'a.example.org' } }, 'web.certificate is missing'],
    ['a setting that there is not', { colour: 'blue' }, 'colour: there is no such setting'],
    [
      'replies without a domain',
      { replyDomains: [] },
      'expected at least one domain, since receivesMail is true',
    ],
    [
      'a fast clock outside a rehearsal',
      { clock: { start: '2026-09-16T08:00:00Z', realStart: '2026-09-16T08:00:00Z', speed: 60 } },
      'clock is {"start"',
    ],
  ])('with %s is refused', (_what, change, said) => {
    expect(check(change)).toContain(said);
  });

  it('of a stage that there is not is refused, with those that there are', () => {
    expect(faultOf(() => readConfig({ ...context, stage: 'prod' }))).toBe(
      '-c stage=prod: there is no such stage; expected one of rehearsal, staging, production',
    );
  });

  it('of a rehearsal on a local AWS takes a clock from the command line', () => {
    const config = readConfig({
      ...context,
      local: 'true',
      clock: '2026-09-16T08:00:00Z,2026-01-01T00:00:00Z,600',
    });
    expect(config).toMatchObject({
      local: true,
      sweepGraceSeconds: 0,
      clock: { start: '2026-09-16T08:00:00Z', realStart: '2026-01-01T00:00:00Z', speed: 600 },
    });
  });
});

describe('the app', () => {
  it('says what is missing on the error output, without a stack trace', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [resolve(import.meta.dirname, '../../infra/app.ts')],
      {
        encoding: 'utf8',
        env: { ...process.env, CDK_CONTEXT_JSON: JSON.stringify({ stage: 'production' }) },
      },
    );
    expect(status).toBe(1);
    expect(stderr).toContain('infra/config/production.ts is not complete:');
    expect(stderr).not.toContain('    at ');
  });
});
