/** The page on which a code is typed in, and what comes of it. */
import type { CodeThing, Confirmation, Verdict } from '../../shared/domain/confirmation.ts';
import { mostCodesAnHour, mostTries } from '../../shared/domain/confirmation.ts';
import { askForCode, enterCode, otherAddressField } from '../../shared/stages/confirmations.ts';
import type { AnswerDesk } from '../../shared/stages/workplace.ts';
import { isCode, typedCode } from '../../shared/web-links/confirmation-code.ts';
import type { FieldFault } from './forms/form.ts';
import { Form, senderField } from './forms/form.ts';
import type { Reply } from './kinds/kind.ts';
import { formView, page } from './kinds/kind.ts';

/** The part of a link's pages that asks for a code. */
export const confirmSection = 'confirm';

/** What a code is typed in for, and where. */
export interface CodePlace {
  readonly what: CodeThing;
  /** The part of the link's pages. */
  readonly section: string;
  /** Where the code went, where that is not the address on record. */
  readonly address?: string;
}

const placeOf = ({ what, form }: Confirmation, section: string): CodePlace => ({
  what,
  section,
  ...(what === 'other-address' ? { address: form[otherAddressField] ?? '' } : {}),
});

const faultOf: Readonly<Record<Exclude<Verdict, 'right'>, string>> = {
  wrong: 'This code is not right. Enter the code from the newest email',
  expired: 'This code has expired. Send a new code',
  'tried too often': `This code stopped working after ${String(mostTries)} wrong tries. Send a new code`,
};

/** Nobody gets more codes for now. */
export const noMoreCodes = (place: CodePlace): Reply =>
  codePage(place, {}, false, 429, [
    {
      field: 'code',
      message: `You have had ${String(mostCodesAnHour)} codes within an hour. Wait an hour before you ask for another`,
    },
  ]);

const codePage = (
  place: CodePlace,
  values: Readonly<Record<string, string>>,
  again: boolean,
  status = 200,
  faults: readonly FieldFault[] = [],
): Reply => page('confirm', { ...place, again, form: formView(values, '', faults) }, status);

/** The store takes items of up to 400 kB; no page that asks for a code has fields for as much as this. */
export const mostKeptBytes = 300_000;

/** What was sent from a page, as it is kept until the code comes: without what its sender said of themselves. */
export const keptForm = ({ values }: Form): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(values).filter(([name]) => name !== senderField));

export const showCodePage = (standing: Confirmation, section: string, query: URLSearchParams): Reply =>
  codePage(placeOf(standing, section), {}, query.has('again'));

/**
 * Takes what was sent from the page of the code.
 * @param token of the link by which it came
 * @param section the part of the link's pages that the page is
 * @returns the form that waited, where the code is right
 */
export const takeCode = async (
  desk: AnswerDesk,
  token: string,
  section: string,
  standing: Confirmation,
  form: Form,
): Promise<Reply | Form> => {
  const place = placeOf(standing, section);
  const refused = (...faults: readonly FieldFault[]): Reply =>
    codePage(place, form.values, false, 400, faults);
  if (form.senderFaults.length > 0) return refused(...form.senderFaults);
  if (form.line('do') === 'again')
    return (await askForCode(desk, standing, true)) ? { goTo: `/${section}?again` } : noMoreCodes(place);
  const code = typedCode(form.line('code'));
  if (!isCode(code)) return refused({ field: 'code', message: 'Enter the code: 6 digits' });
  const { verdict, confirmation } = await enterCode(desk, token, standing, code);
  return verdict === 'right'
    ? new Form(Object.entries(confirmation.form), null)
    : refused({ field: 'code', message: faultOf[verdict] });
};
