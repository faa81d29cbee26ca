import type { AttendanceAnswer } from '../../../shared/domain/cycle.ts';
import { Faults, isEmailAddress, oneOf } from './form.ts';
import type { Form, Parsed } from './form.ts';

export const parseAttendance = (form: Form): Parsed<AttendanceAnswer> => {
  const faults = new Faults(form);
  const response = oneOf(['attending', 'apologies', 'substitute'], form.line('response'));
  if (response === undefined) faults.add('response', 'Select whether you will come');
  if (response !== 'substitute')
    return faults.orValue(() => ({ response: response === 'attending' ? 'attending' : 'apologies' }));
  const name = form.line('substituteName');
  const email = form.line('substituteEmail');
  if (name === '') faults.add('substituteName', 'Enter the name of the person who will come instead of you');
  else faults.atMost(form, 'substituteName', 100, 'The name');
  if (email === '')
    faults.add('substituteEmail', 'Enter the email address of the person who will come instead of you');
  else if (!isEmailAddress(email))
    faults.add('substituteEmail', 'Enter an email address in the correct format, like name@example.com');
  return faults.orValue(() => ({ response: 'substitute', substitute: { name, email } }));
};
