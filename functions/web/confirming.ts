/** The page on which a code is typed in, and what comes of it. */
import type { Confirmation, Verdict } from '../../shared/domain/confirmation.ts';
import { mostCodesAnHour, mostTries } from '../../shared/domain/confirmation.ts';
import { askForCode, enterCode } from '../../shared/stages/confirmations.ts';
import type { AnswerDesk } from '../../shared/stages/workplace.ts';
import { isCode, typedCode } from '../../shared/web-links/confirmation-code.ts';
import type { FieldFault } from './forms/form.ts';
import { Form, senderField } from './forms/form.ts';
import type { Reply } from './kinds/kind.ts';
import { formView, page } from './kinds/kind.ts';

/** The part of a link's pages that asks for a code. */
export const confirmSection = 'confirm';

const faultOf: Readonly<Record<Exclude<Verdict, 'right'>, string>> = {
  wrong: 'This code is not right. Enter the code from the newest email',
  expired: 'This code has expired. Send a new code',
  'tried too often': `This code stopped working after ${String(mostTries)} wrong tries. Send a new code`,
};

/** Nobody gets more codes for now. */
export const noMoreCodes = (what: Confirmation['what']): Reply =>
  codePage(what, {}, false, 429, [
    {
      field: 'code',
      message: `You have had ${String(mostCodesAnHour)} codes within an hour. Wait an hour before you ask for another`,
    },
  ]);

const codePage = (
  what: Confirmation['what'],
  values: Readonly<Record<string, string>>,
  again: boolean,
  status = 200,
  faults: readonly FieldFault[] = [],
): Reply => page('confirm', { what, again, form: formView(values, '', faults) }, status);

/** The store takes items of up to 400 kB; no page that asks for a code has fields for as much as this. */
export const mostKeptBytes = 300_000;

/** What was sent from a page, as it is kept until the code comes: without what its sender said of themselves. */
export const keptForm = ({ values }: Form): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(values).filter(([name]) => name !== senderField));

export const showCodePage = ({ what }: Confirmation, query: URLSearchParams): Reply =>
  codePage(what, {}, query.has('again'));

/**
 * Takes what was sent from the page of the code.
 * @param token of the link by which it came
 * @returns the form that waited, where the code is right
 */
export const takeCode = async (
  desk: AnswerDesk,
  token: string,
  standing: Confirmation,
  form: Form,
): Promise<Reply | Form> => {
  const { what } = standing;
  const refused = (...faults: readonly FieldFault[]): Reply =>
    codePage(what, form.values, false, 400, faults);
  if (form.senderFaults.length > 0) return refused(...form.senderFaults);
  if (form.line('do') === 'again')
    return (await askForCode(desk, standing, true))
      ? { goTo: `/${confirmSection}?again` }
      : noMoreCodes(what);
  const code = typedCode(form.line('code'));
  if (!isCode(code)) return refused({ field: 'code', message: 'Enter the code: 6 digits' });
  const { verdict, confirmation } = await enterCode(desk, token, standing, code);
  return verdict === 'right'
    ? new Form(Object.entries(confirmation.form), null)
    : refused({ field: 'code', message: faultOf[verdict] });
};
