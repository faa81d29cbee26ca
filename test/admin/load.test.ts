import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { importData, loadFigures } from '../../admin/import-data.ts';
import { loadPartnership } from '../../admin/load.ts';
import type { Observation } from '../../shared/domain/partnership.ts';
import { readPartnershipFolder } from '../../shared/import/read-folder.ts';
import { Directory } from '../../shared/store/directory.ts';
import { Indicators } from '../../shared/store/indicators.ts';
import { MemoryTable } from '../../shared/store/memory-table.ts';

const { folder } = readPartnershipFolder(resolve(import.meta.dirname, '../../examples/kent'));
if (folder === undefined) throw new Error('examples/kent has faults');

const scratch = mkdtempSync(join(tmpdir(), 'load-'));
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

const stage = () => {
  const directory = new MemoryTable();
  const indicators = new MemoryTable();
  const starts: string[] = [];
  return {
    starts,
    directoryOf: (partnership: string) => new Directory(directory, partnership),
    indicatorsOf: (partnership: string) => new Indicators(indicators, partnership),
    schedule: {
      startCycleAt: (partnership: string, cycle: string, at: string) => {
        starts.push(`${partnership} ${cycle} ${at}`);
        return Promise.resolve();
      },
    },
  };
};

describe('loading a partnership', () => {
  it('writes the folder, and sets the start of the first cycle to come', async () => {
    const at = stage();
    const steps: string[] = [];
    const coming = await loadPartnership(at, folder, '2026-09-16T11:29:00Z', (step) => steps.push(step));
    expect(coming).toStrictEqual({ id: '2026-09-16', opens: '2026-09-16T11:30:00Z' });
    expect(at.starts).toStrictEqual(['kent 2026-09-16 2026-09-16T11:30:00Z']);
    expect((await at.directoryOf('kent').partnership()).name).toBe(folder.partnership.name);
    expect(await at.indicatorsOf('kent').definitions()).toHaveLength(folder.indicators.length);
    expect(steps).toHaveLength(3);
  });

  it('passes over a cycle that has opened', async () => {
    const at = stage();
    const coming = await loadPartnership(at, folder, '2026-09-16T11:30:00Z');
    expect(coming?.id).toBe('2026-11-18');
  });

  it('sets no start when none is to come', async () => {
    const at = stage();
    expect(await loadPartnership(at, folder, '2030-01-01T00:00:00Z')).toBeNull();
    expect(at.starts).toStrictEqual([]);
  });
});

describe('loading imported figures', () => {
  it('takes new and corrected ones over, keeps the rest, and changes nothing a second time', async () => {
    const at = stage();
    await loadPartnership(at, folder, '2026-09-16T11:29:00Z');
    const indicators = at.indicatorsOf('kent');
    const told = { ...folder.observations[0], indicator: 'dover-family-hub-families', area: 'E07000108' };
    await indicators.keepLocalObservations('dover', [told as Observation]);
    const file = join(scratch, 'new.csv');
    writeFileSync(
      file,
      [
        'indicator,area,period,value,lower,upper,count,denominator,note',
        'gcse-english-and-maths,E07000105,2024-09-01/P1Y,73.1,,,,,',
        'gcse-english-and-maths,E07000105,2025-09-01/P1Y,75,,,,,',
      ].join('\n'),
    );
    const { changes } = importData([file], folder);
    const before = await indicators.observations('E07000105');
    for (const _time of ['once', 'again']) {
      await loadFigures(at, folder, changes);
      const now = await indicators.observations('E07000105');
      expect(now).toHaveLength(before.length + 1);
      const gcse = now.filter(({ indicator }) => indicator === 'gcse-english-and-maths');
      expect(gcse.find(({ period }) => period === '2025-09-01/P1Y')?.value).toBe(75);
      expect(gcse.find(({ period }) => period === '2024-09-01/P1Y')).toMatchObject({
        value: 73.1,
        corrected: [{ value: 72.942 }],
      });
    }
    expect(await indicators.definitions()).toHaveLength(folder.indicators.length);
    // What returns said is nobody's file.
    expect(await indicators.localObservations('dover')).toHaveLength(1);
    expect((await at.directoryOf('kent').partnership()).id).toBe('kent');
  });
});
