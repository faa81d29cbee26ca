import { readFileSync } from 'node:fs';

import { parse } from 'yaml';

/** The three machines. */
export const machineNames = ['cycle', 'lcpg', 'ask'] as const;
export type MachineName = (typeof machineNames)[number];

/** The task functions that the machines call, by the name of their file in `functions/workflow`. */
export const taskNames = [
  'open-cycle',
  'invite-members',
  'await-moment',
  'remind-members',
  'send-pack',
  'share-return',
  'record-stopped-part',
  'distribute-minutes',
  'pass-on-board-answers',
  'send-chairs-pack',
  'compile-report',
  'close-cycle',
  'open-request',
  'await-answer',
  'follow-up-request',
] as const;
export type TaskName = (typeof taskNames)[number];

/** What the definitions leave open, each written as `${OpenCycle}`: ARNs on AWS, plain names in a rehearsal. */
export type Placeholders = Readonly<Record<TaskName, string>> & {
  readonly askMachine: string;
  readonly lcpgMachine: string;
  readonly documentsBucket: string;
};

const pascalCase = (name: string): string =>
  name.replace(/(^|-)([a-z])/g, (_match, _dash, letter: string) => letter.toUpperCase());

/** A definition in Amazon States Language, as parsed. */
export interface Definition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, object>>;
  readonly Comment?: string;
}

/**
 * The definition of a machine, with its placeholders filled in.
 * @throws {Error} when the definition names a placeholder that is not given
 */
export const loadMachine = (name: MachineName, placeholders: Partial<Placeholders>): Definition => {
  const text = readFileSync(new URL(`${name}.asl.yaml`, import.meta.url), 'utf8');
  const byPlaceholder = new Map(
    Object.entries(placeholders).map(([key, value]) => [
      pascalCase(key).replace(/^./, (first) => first.toUpperCase()),
      value,
    ]),
  );
  const fill = (value: unknown): unknown => {
    if (typeof value === 'string')
      return value.replace(/\$\{(\w+)\}/g, (_match, placeholder: string) => {
        const given = byPlaceholder.get(placeholder);
        if (given === undefined) throw new Error(`${name}.asl.yaml: nothing is given for \${${placeholder}}`);
        return given;
      });
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner)]));
    return value;
  };
  return fill(parse(text, { merge: true })) as Definition;
};
