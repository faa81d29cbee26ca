import { Faults } from './form.ts';
import type { Form, Parsed } from './form.ts';

/** Name of the field for the answer to an escalated item, by its place in the list. */
export const answerField = (place: number): string => `answer-${String(place + 1)}`;

/** The answers by place; an item that is left empty is not answered yet. */
export const parseBoardAnswers = (form: Form, items: number): Parsed<readonly string[]> => {
  const faults = new Faults(form);
  const answers = Array.from({ length: items }, (_, place) => form.text(answerField(place)));
  if (answers.every((answer) => answer === ''))
    faults.add(answerField(0), 'Enter the answer to at least one item');
  answers.forEach((_, place) => {
    faults.atMost(form, answerField(place), 4_000, 'The answer');
  });
  return faults.orValue(() => answers);
};
