/** A template as a page that a person can read in a review: YAML, what repeats itself once, no hashes. */

import type { Template } from 'aws-cdk-lib/assertions';
import { stringify } from 'yaml';

/** What says the same on everything, or stands somewhere else in full. */
const leftOut = new Set([
  'Tags',
  'Metadata',
  'DependsOn',
  'CDKMetadata',
  'Rules',
  'Parameters',
  'DefinitionString',
]);

const shortestRepeated = 100;

export const normalised = (template: Template): string => {
  const known = new Map<string, unknown>();
  // Equal parts become one part, which YAML writes once and then points to.
  const once = (value: unknown): unknown => {
    const text = JSON.stringify(value);
    if (text.length < shortestRepeated) return value;
    const same = known.get(text);
    if (same === undefined) known.set(text, value);
    return same ?? value;
  };
  const tidied = (value: unknown, name = ''): unknown => {
    if (typeof value === 'string') return value.replace(/[0-9a-f]{64}/g, '<hash>');
    if (Array.isArray(value)) return once(value.map((item) => tidied(item)));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).filter(([key]) => !leftOut.has(key));
    const object = Object.fromEntries(entries.map(([key, inner]) => [key, tidied(inner, key)]));
    // Every function has a name of its own among its variables, and most have all others in common.
    if (name !== 'Variables') return once(object);
    const { SERVICE: service, ...others } = object;
    return { SERVICE: service, others: once(others) };
  };
  return stringify(tidied(template.toJSON()), { lineWidth: 0, aliasDuplicateObjects: true });
};
