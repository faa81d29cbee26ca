import { styleText } from 'node:util';

import { Command } from 'commander';

import { cyclesOf } from '../shared/import/cycles-of.ts';
import type { Fault } from '../shared/import/faults.ts';
import { inFileOrder } from '../shared/import/faults.ts';
import type { FolderReading } from '../shared/import/read-folder.ts';
import { plural } from '../shared/templates/filters.ts';
import { openFolder } from './open-folder.ts';

export const checkCommand = (): Command =>
  new Command('check')
    .description(
      'Check a partnership folder: tells every fault and every warning. Exit code 1 when there are faults.',
    )
    .argument('<folder>', 'the partnership folder, such as examples/kent')
    .option('--json', 'print the findings as JSON')
    .action((folder: string, { json = false }: { json?: boolean }, command: Command) => {
      const reading = openFolder(folder, command);
      process.stdout.write(json ? `${findingsAsJson(reading)}\n` : findingsInWords(folder, reading));
      if (reading.faults.length > 0) process.exitCode = 1;
    });

const findingsAsJson = ({ faults, warnings }: FolderReading): string =>
  JSON.stringify({ faults, warnings }, null, 2);

/** All findings, grouped by file and in order, each with its place as compilers write it, and the counts at the end. */
export const findingsInWords = (folder: string, reading: FolderReading): string => {
  const all = [
    ...reading.faults.map((finding) => ({ finding, label: styleText('red', 'fault') })),
    ...reading.warnings.map((finding) => ({ finding, label: styleText('yellow', 'warning') })),
  ].sort((one, other) => inFileOrder(one.finding, other.finding));
  const lines: string[] = [];
  for (const [file, findings] of Map.groupBy(all, ({ finding }) => finding.file)) {
    lines.push(styleText('bold', file));
    for (const { finding, label } of findings) lines.push(...findingInWords(finding, label));
    lines.push('');
  }
  lines.push(summaryInWords(folder, reading), '');
  return lines.join('\n');
};

const findingInWords = ({ file, line, column, message, found, expected }: Fault, label: string): string[] => [
  `${file}:${String(line)}:${String(column)}  ${label}: ${message}`,
  `    found ${found}; expected ${expected}`,
];

const summaryInWords = (folder: string, { folder: read, faults, warnings }: FolderReading): string => {
  const counts = `${faults.length === 0 ? 'no faults' : plural(faults.length, 'fault')}, ${
    warnings.length === 0 ? 'no warnings' : plural(warnings.length, 'warning')
  }`;
  if (read === undefined)
    return `${folder}: ${counts}. Nothing can be loaded until the faults are put right.`;
  const contents = [
    plural(read.groups.length, 'group'),
    plural(read.people.length, 'person', 'people'),
    plural(read.memberships.length, 'membership'),
    plural(cyclesOf(read).length, 'cycle'),
    plural(read.indicators.length, 'indicator'),
    plural(read.observations.length, 'figure'),
  ];
  return `${folder}: ${counts}. ${contents.join(', ')}.`;
};
