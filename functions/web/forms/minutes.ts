import { Faults, linesOf } from './form.ts';
import type { Form, Parsed } from './form.ts';

export interface MinutesForm {
  readonly keyMessages: readonly string[];
}

const mostKeyMessages = 20;
const mostCharacters = 1_000;

/** @param hasFile whether a checked file goes with it: then the key messages may be left out */
export const parseMinutes = (form: Form, hasFile: boolean): Parsed<MinutesForm> => {
  const faults = new Faults(form);
  const keyMessages = linesOf(form.text('keyMessages'));
  if (keyMessages.length === 0 && !hasFile)
    faults.add('keyMessages', 'Enter the key messages, or upload the minutes as a file');
  if (keyMessages.length > mostKeyMessages)
    faults.add('keyMessages', `Enter ${String(mostKeyMessages)} key messages or fewer, one on each line`);
  if (keyMessages.some((message) => message.length > mostCharacters))
    faults.add(
      'keyMessages',
      'Each key message must be 1,000 characters or fewer: start a new line for a new message',
    );
  return faults.orValue(() => ({ keyMessages }));
};
