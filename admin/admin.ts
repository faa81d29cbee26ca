import { Command, CommanderError } from 'commander';

import { checkCommand } from './check.ts';
import { dashboardCommand } from './dashboard.ts';
import { explainReplyCommand } from './explain-reply.ts';
import { importDataCommand } from './import-data.ts';
import { loadCommand } from './load.ts';
import { startCycleCommand } from './start-cycle.ts';
import { timetableCommand } from './timetable.ts';

// A reader that stops early, such as `head`, is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const program = new Command('admin')
  .description(
    'Looks after partnerships: checks their folders, shows their timetables and dashboards, takes figures in, loads them, starts their cycles, explains replies.',
  )
  .usage('<command> [options]')
  .addCommand(checkCommand())
  .addCommand(timetableCommand())
  .addCommand(loadCommand())
  .addCommand(startCycleCommand())
  .addCommand(explainReplyCommand())
  .addCommand(importDataCommand())
  .addCommand(dashboardCommand())
  .showHelpAfterError('Run with --help to see what there is.')
  .showSuggestionAfterError();

for (const command of [program, ...program.commands]) command.exitOverride().copyInheritedSettings(program);

try {
  if (process.argv.length <= 2) {
    program.outputHelp({ error: true });
    process.exitCode = 2;
  } else await program.parseAsync();
} catch (error) {
  // Commander has said what is wrong; help and the like are no errors.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
