import { Faults } from './form.ts';
import type { Form, Parsed } from './form.ts';

/** @param candidates the ids of the chairs who can be chosen */
export const parseRepresentatives = (
  form: Form,
  candidates: readonly string[],
): Parsed<readonly string[]> => {
  const faults = new Faults(form);
  const ticked = new Set(form.list('people'));
  const chosen = candidates.filter((candidate) => ticked.has(candidate));
  // Where there are fewer than two chairs, all of them go.
  const wanted = Math.min(2, candidates.length);
  if (chosen.length !== wanted || chosen.length !== ticked.size)
    faults.add('people', wanted === 2 ? 'Select two chairs' : 'Select the chair');
  return faults.orValue(() => chosen);
};
