import { Faults, oneOf } from './form.ts';
import type { Form, Parsed } from './form.ts';

export type SignOff =
  { readonly verdict: 'sign' } | { readonly verdict: 'send-back'; readonly comment: string };

export const parseSignOff = (form: Form): Parsed<SignOff> => {
  const faults = new Faults(form);
  const verdict = oneOf(['sign', 'send-back'], form.line('verdict'));
  if (verdict === undefined) faults.add('verdict', 'Select whether you sign the return or send it back');
  if (verdict !== 'send-back') return faults.orValue(() => ({ verdict: 'sign' }));
  const comment = faults.required(form, 'comment', 'Enter what should be changed');
  faults.atMost(form, 'comment', 2_000, 'What should be changed');
  return faults.orValue(() => ({ verdict, comment }));
};
