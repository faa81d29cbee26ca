import { resolve } from 'node:path';

import { describe, expect, it } from 'vitest';

import { loadPartnership } from '../../admin/load.ts';
import { readPartnershipFolder } from '../../shared/import/read-folder.ts';
import { Directory } from '../../shared/store/directory.ts';
import { Indicators } from '../../shared/store/indicators.ts';
import { MemoryTable } from '../../shared/store/memory-table.ts';

const { folder } = readPartnershipFolder(resolve(import.meta.dirname, '../../examples/kent'));
if (folder === undefined) throw new Error('examples/kent has faults');

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
