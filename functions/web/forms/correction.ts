import type { Correction } from '../../../shared/domain/correction.ts';
import { correctionKinds } from '../../../shared/domain/correction.ts';
import { Faults, oneOf } from './form.ts';
import type { Form, Parsed } from './form.ts';

/** What is told of whom a page is for. Null when nothing is to be told. */
export const parseCorrection = (form: Form): Parsed<Pick<Correction, 'what' | 'text'> | null> => {
  const faults = new Faults(form);
  const tell = oneOf(['no', 'yes', 'later'], form.line('tell'));
  const what = oneOf(correctionKinds, form.line('what'));
  const text = form.text('text');
  if (tell !== 'no' && tell !== 'later') {
    if (what === undefined) faults.add('what', 'Select what is wrong');
    if (what === 'address' && text === '') faults.add('text', 'Enter the new address');
    faults.atMost(form, 'text', 1_000, 'What you write');
    if (tell === undefined) faults.add('tell', 'Select whether we should pass it on');
  }
  return faults.orValue(() => (tell === 'yes' && what !== undefined ? { what, text } : null));
};
