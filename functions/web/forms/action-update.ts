import type { Action } from '../../../shared/domain/return.ts';
import { Faults, oneOf } from './form.ts';
import type { Form, Parsed } from './form.ts';

export interface ActionUpdateForm {
  readonly state: Action['state'];
  readonly note: string;
}

/** Each state has its own field for words, as all of them are in view without a script. */
export const noteField = { open: 'openNote', done: 'doneNote', dropped: 'droppedNote' } as const;

export const parseActionUpdate = (form: Form): Parsed<ActionUpdateForm> => {
  const faults = new Faults(form);
  const state = oneOf(['done', 'open', 'dropped'], form.line('state'));
  if (state === undefined) {
    faults.add('state', 'Select how the action stands');
    return { faults: faults.all };
  }
  const field = noteField[state];
  const note = form.text(field);
  if (note === '' && state === 'open')
    faults.add(field, 'Enter how far it is, and by when you expect it to be done');
  if (note === '' && state === 'dropped') faults.add(field, 'Enter why the action is dropped');
  faults.atMost(form, field, 2_000, 'What you write');
  return faults.orValue(() => ({ state, note }));
};
