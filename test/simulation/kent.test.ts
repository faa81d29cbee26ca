/** One whole cycle of Kent: the example that ships, with the machines, tasks and pages that ship. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';

import type { Manner } from '../../rehearsal/members/members.ts';
import type { Played } from '../../rehearsal/play.ts';
import { play } from '../../rehearsal/play.ts';
import { cyclesOf } from '../../shared/import/cycles-of.ts';
import { filesOnDisk } from '../../shared/import/folder-files.ts';
import { multiplyFolder } from '../../shared/import/multiply.ts';
import { readPartnershipFolder } from '../../shared/import/read-folder.ts';
import { expectGolden } from '../support/golden.ts';
import { everybodyBut, Scene } from '../support/world.ts';

const path = join(import.meta.dirname, '../../examples/kent');
const { folder: read } = readPartnershipFolder(path, filesOnDisk(path));
if (read === undefined) throw new Error('the example partnership has faults');
const kent = read;
const firstCycle = cyclesOf(kent)[0]?.board.date ?? '';
/** The seed that `npm start` takes where none is given. */
const seed = '6';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const playKent = async (manner: Manner, folder = kent): Promise<Played & { readonly out: string }> => {
  const out = mkdtempSync(join(tmpdir(), 'kent-'));
  folders.push(out);
  return { ...(await play({ folder, firstCycle, cycles: 1, manner, out })), out };
};

// Each is played once, and looked at by several tests.
const remembered = (manner: Manner): (() => ReturnType<typeof playKent>) => {
  let played: ReturnType<typeof playKent> | undefined;
  return () => (played ??= playKent(manner));
};
const seeded = remembered({ seed });
const everybody = remembered('all');
const silence = remembered('none');

const total = ({ cycle, lcpg, ask }: Played['summary']['transitions']): number => cycle + lcpg + ask;

/** One hash over the name and the bytes of every email. */
const fingerprintOf = (out: string): string => {
  const hash = createHash('sha256');
  const emails = join(out, 'emails');
  for (const file of readdirSync(emails).sort())
    hash.update(`${file}\n`).update(readFileSync(join(emails, file)));
  return hash.digest('hex');
};

describe('a cycle of Kent', { timeout: 120_000 }, () => {
  test('with the default seed comes to the figures that are kept', async () => {
    const { summary } = await seeded();
    const { wallMs: _wallMs, ...kept } = summary;
    expectGolden(join(import.meta.dirname, 'golden/summary.json'), `${JSON.stringify(kept, null, 2)}\n`);
  });

  test('has the lead chair approve a summary that counts the returns which came after the pack', async () => {
    const { world, cycles, summary } = await seeded();
    const approved = await world.place.chairsGroup.summary(cycles[0] ?? '');
    expect(approved?.state).toBe('approved');
    expect(summary.requests['return']?.late).toBeGreaterThan(0);
    expect(approved?.content.overview).toContain(
      `${String(summary.report.returns)} of the 12 LCPGs sent a return`,
    );
  });

  test('with the same seed twice is the same bytes in every email, and with other people is not', async () => {
    const first = await seeded();
    const again = await playKent({ seed });
    const other = await everybody();

    expect(fingerprintOf(again.out)).toBe(fingerprintOf(first.out));
    expect(fingerprintOf(other.out)).not.toBe(fingerprintOf(first.out));
  });

  test('in which everybody answers costs at most 400 state transitions, in small payloads and short histories', async () => {
    const { summary } = await everybody();

    expect(total(summary.transitions)).toBeLessThanOrEqual(400);
    expect(summary.stateBytesMax).toBeLessThanOrEqual(8_000);
    expect(summary.historyEventsMax).toBeLessThanOrEqual(2_500);
    expect(summary.report).toMatchObject({ returns: 12, nil: 0 });
  });

  test('in which nobody answers stays within the same bounds, and has a nil return of every group', async () => {
    const { summary } = await silence();

    expect(summary.stateBytesMax).toBeLessThanOrEqual(8_000);
    expect(summary.historyEventsMax).toBeLessThanOrEqual(2_500);
    expect(summary.report).toMatchObject({ returns: 0, nil: 12, escalations: 0, actions: 0 });
  });

  test('costs the same number of transitions whether or not anybody says that they come', async () => {
    const answered = await Scene.open({ folder: kent, cycle: firstCycle, habit: everybodyBut() });
    await answered.toTheEnd();
    const silent = await Scene.open({ folder: kent, cycle: firstCycle, habit: everybodyBut('attendance') });
    await silent.toTheEnd();

    const count = async (scene: Scene): Promise<number> => {
      let answers = 0;
      for (const { id } of kent.groups)
        for (const { answer } of await scene.place.attendance.of(firstCycle, id))
          answers += answer === null ? 0 : 1;
      return answers;
    };
    expect(await count(answered)).toBeGreaterThan(100);
    expect(await count(silent)).toBe(0);
    expect(answered.world.engine.statistics().transitions).toEqual(
      silent.world.engine.statistics().transitions,
    );
  });

  test('of five times as many groups has the same largest payload and the same longest history', async () => {
    const twelve = await silence();
    const sixty = await playKent('none', multiplyFolder(kent, 60));

    expect(sixty.summary.groups).toBe(60);
    // Ids of groups grow by the number that the multiplication adds.
    expect(sixty.summary.stateBytesMax).toBeLessThanOrEqual(twelve.summary.stateBytesMax + 40);
    expect(sixty.summary.historyEventsMax).toBe(twelve.summary.historyEventsMax);
  });
});
