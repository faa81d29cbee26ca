import { Command } from 'commander';

import { startCycle } from '../shared/stages/opening.ts';

export const startCycleCommand = (): Command =>
  new Command('start-cycle')
    .description('Start a cycle now. One that runs already is left as it is.')
    .argument('<date>', 'the date of the board meeting that opens it, such as 2026-09-16')
    .requiredOption('--stage <stage>', 'the stage, such as production')
    .option('--partnership <id>', 'the id of the partnership', 'kent')
    .action(
      async (
        cycle: string,
        { stage: name, partnership }: { stage: string; partnership: string },
        command: Command,
      ) => {
        if (!/^\d{4}-\d\d-\d\d$/.test(cycle))
          return command.error(`error: ${cycle} is not a date; give one such as 2026-09-16`, { exitCode: 2 });
        // The AWS SDK is loaded only where a stage is opened.
        const { openStage } = await import('./deployed-stage.ts');
        const stage = await openStage(name);
        const { started } = await startCycle.run(stage.workplaceOf(partnership), { partnership, cycle });
        process.stdout.write(`Started ${started}.\n`);
      },
    );
