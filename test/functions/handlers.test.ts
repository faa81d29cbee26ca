import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';

import { functionFiles } from '../../infra/product.ts';
import { logCatalogue } from '../../shared/observe/log-catalogue.ts';
import type { AnyTask } from '../../shared/stages/task.ts';

const root = resolve(import.meta.dirname, '../../functions');

describe('the handlers', () => {
  it.each(functionFiles)('%s is there, and short enough to see that it only wires things', (file) => {
    const path = resolve(root, `${file}.ts`);
    expect(existsSync(path)).toBe(true);
    expect(readFileSync(path, 'utf8').split('\n').length).toBeLessThanOrEqual(45);
  });
});

describe('a task as a handler', () => {
  const lines: string[] = [];
  beforeAll(() => {
    for (const name of [
      'DIRECTORY_TABLE',
      'CYCLES_TABLE',
      'INDICATORS_TABLE',
      'CORRESPONDENCE_TABLE',
      'DOCUMENTS_BUCKET',
      'CYCLE_MACHINE',
      'LCPG_MACHINE',
      'LINK_SECRET',
      'WEB_ORIGIN',
      'CONFIGURATION_SET',
      'START_SCHEDULE_GROUP',
      'START_CYCLE_FUNCTION',
      'START_SCHEDULE_ROLE',
    ])
      vi.stubEnv(name, name);
    vi.stubEnv('STAGE', 'rehearsal');
    vi.stubEnv('SERVICE', 'greet');
    vi.stubEnv('SWEEP_GRACE_SECONDS', '900');
    vi.stubEnv('RECEIVES_REPLIES', 'no');
    vi.stubEnv('AWS_REGION', 'eu-west-2');
    vi.stubEnv('POWERTOOLS_DEV', 'true');
    for (const method of ['info', 'error'] as const)
      vi.spyOn(console, method).mockImplementation((line: string) => {
        lines.push(line);
      });
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  const task: AnyTask = {
    name: 'greet',
    input: z.object({ partnership: z.string(), person: z.string() }),
    run: (_place, { person }: { readonly person: string }) => {
      if (person === 'nobody') return Promise.reject(new RangeError('nobody@example.org is not known'));
      return Promise.resolve({ greeted: 1, said: `Hello ${person}` });
    },
  };
  const context = { functionName: 'greet', awsRequestId: 'r' } as never;
  const handle = async (payload: object): Promise<unknown> => {
    const { taskHandler } = await import('../../functions/task-handler.ts');
    lines.length = 0;
    return taskHandler(task)(payload, context);
  };
  const logged = (): Readonly<Record<string, unknown>> =>
    JSON.parse(lines.join('')) as Readonly<Record<string, unknown>>;

  it('runs, and logs that it did: counts and ids, and nothing of a person', async () => {
    expect(await handle({ partnership: 'kent', person: 'Ann Lee' })).toStrictEqual({
      greeted: 1,
      said: 'Hello Ann Lee',
    });
    expect(logged()).toMatchObject({
      level: 'INFO',
      code: 'TASK_DONE',
      message: logCatalogue.TASK_DONE,
      task: 'greet',
      partnership: 'kent',
      greeted: 1,
    });
    expect(lines.join('')).not.toContain('Ann');
  });

  it('fails as it failed, so that the machine sees the name of the error, and logs that name alone', async () => {
    await expect(handle({ partnership: 'kent', person: 'nobody' })).rejects.toThrow(RangeError);
    expect(logged()).toMatchObject({ level: 'ERROR', code: 'TASK_FAILED', error: 'RangeError' });
    expect(lines.join('')).not.toContain('example.org');
  });

  it('refuses a payload that is not its own', async () => {
    await expect(handle({ partnership: 'kent' })).rejects.toThrow('payload of greet: person');
  });
});
