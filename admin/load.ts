import { Command } from 'commander';

import type { PartnershipFolder } from '../shared/domain/partnership.ts';
import { cycleMoments } from '../shared/domain/timetable.ts';
import { cyclesOf } from '../shared/import/cycles-of.ts';
import { plural } from '../shared/templates/filters.ts';
import type { Instant } from '../shared/time/calendar.ts';
import { toInstant, workingCalendar } from '../shared/time/calendar.ts';
import { findingsInWords } from '../shared/import/findings-in-words.ts';
import type { DeployedStage } from './deployed-stage.ts';
import { openFolder } from './open-folder.ts';

/** The cycle that opens next, if the meetings list one. */
export interface ComingCycle {
  readonly id: string;
  readonly opens: Instant;
}

/** Writes a checked folder to a deployed stage and sets the start of the first cycle to come. */
export const loadPartnership = async (
  stage: Pick<DeployedStage, 'directoryOf' | 'indicatorsOf' | 'schedule'>,
  folder: PartnershipFolder,
  now: Instant,
  progress: (step: string) => void = () => undefined,
): Promise<ComingCycle | null> => {
  const { partnership } = folder;
  progress(`indicators: ${plural(folder.observations.length, 'figure')}`);
  await stage.indicatorsOf(partnership.id).load(folder);
  progress(`directory: ${plural(folder.people.length, 'person', 'people')}`);
  // Last, as its settings are what the cycles read first.
  const calendar = workingCalendar(partnership.zone, partnership.extraHolidays);
  await stage.directoryOf(partnership.id).load(folder, calendar.dateOf(now));
  const coming = cyclesOf(folder)
    .map((cycle) => ({ id: cycle.id, opens: cycleMoments(cycle, partnership.timetable, calendar).opens }))
    .find(({ opens }) => opens > now);
  if (coming === undefined) return null;
  progress(`start of cycle ${coming.id}`);
  await stage.schedule.startCycleAt(partnership.id, coming.id, coming.opens);
  return coming;
};

export const loadCommand = (): Command =>
  new Command('load')
    .description('Load a partnership folder into a deployed stage, and set the start of its next cycle.')
    .argument('<folder>', 'the partnership folder, such as examples/kent')
    .requiredOption('--stage <stage>', 'the stage that it is loaded into, such as production')
    .action(async (path: string, { stage: name }: { stage: string }, command: Command) => {
      const reading = openFolder(path, command);
      if (reading.folder === undefined) {
        process.stderr.write(findingsInWords(path, reading));
        process.exitCode = 1;
        return;
      }
      // The AWS SDK is loaded only where a stage is opened.
      const { openStage } = await import('./deployed-stage.ts');
      const stage = await openStage(name);
      const coming = await loadPartnership(stage, reading.folder, toInstant(stage.clock.now()), (step) => {
        process.stdout.write(`  ${step}\n`);
      });
      process.stdout.write(
        coming === null
          ? `Loaded ${path}. No cycle is to come: list further meetings in meetings.csv and load again.\n`
          : `Loaded ${path}. Cycle ${coming.id} starts by itself at ${coming.opens}.\n`,
      );
    });
