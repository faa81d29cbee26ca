import { styleText } from 'node:util';

import { plural } from '../templates/filters.ts';
import { cyclesOf } from './cycles-of.ts';
import type { Fault } from './faults.ts';
import { inFileOrder } from './faults.ts';
import type { FolderReading } from './read-folder.ts';

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
