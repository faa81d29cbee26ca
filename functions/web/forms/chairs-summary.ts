import type { ChairsSummaryContent } from '../../../shared/domain/chairs-group.ts';
import { Faults, linesOf } from './form.ts';
import type { Form, Parsed } from './form.ts';

const lists = [
  ['commonConcerns', 'The common concerns'],
  ['achievements', 'The achievements'],
  ['asks', 'What you ask the board for'],
] as const;

/** @param approving an approved summary needs an overview; a saved one may be unfinished */
export const parseSummary = (form: Form, approving: boolean): Parsed<ChairsSummaryContent> => {
  const faults = new Faults(form);
  const overview = form.text('overview');
  if (approving && overview === '') faults.add('overview', 'Enter the overview');
  faults.atMost(form, 'overview', 10_000, 'The overview');
  for (const [field, what] of lists) faults.atMost(form, field, 20_000, what);
  return faults.orValue(() => ({
    overview,
    commonConcerns: linesOf(form.text('commonConcerns')),
    achievements: linesOf(form.text('achievements')),
    asks: linesOf(form.text('asks')),
  }));
};
