/** The page on which people say from which addresses they write besides the one on record, or that one is not theirs. */
import { isOffered } from '../../shared/domain/other-address.ts';
import { askForCode, otherAddressField } from '../../shared/stages/confirmations.ts';
import { refuseOtherAddress } from '../../shared/stages/other-addresses.ts';
import { noMoreCodes } from './confirming.ts';
import type { FieldFault, Form } from './forms/form.ts';
import { Faults } from './forms/form.ts';
import type { Reply, Situation } from './kinds/kind.ts';
import { formView, page } from './kinds/kind.ts';

/** The part of a request's page for who writes from another address than the one on record. */
export const otherAddressSection = 'address';
/** The part that asks for the code which went to that address. */
export const addressCodeSection = 'address-code';

/** The page. Changes nothing. */
export const showAddresses = async (
  { desk, person, now, query }: Situation,
  form?: Form,
  faults: readonly FieldFault[] = [],
): Promise<Reply> => {
  const known = await desk.addresses.of(person.id);
  const held = known.filter((one) => isOffered(one, now));
  return page(
    'address',
    {
      held: held.map(({ address }) => ({ value: address, text: address })),
      confirmed: known.filter(({ state }) => state === 'confirmed').map(({ address }) => address),
      said: query.get('said') ?? '',
      form: formView(form?.values ?? {}, '', faults),
    },
    faults.length > 0 ? 400 : 200,
  );
};

/**
 * Takes what was said: an address counts once its reader has typed in the code that goes there; one that is not the
 * person's counts no longer, at once.
 * @param link hash of the link's token
 */
export const takeAddress = async (situation: Situation, link: string, form: Form): Promise<Reply> => {
  const { desk, person, now, request } = situation;
  const known = await desk.addresses.of(person.id);
  const faults = new Faults(form);
  const refused = form.line('refuse');
  if (refused !== '') {
    const one = known.find(({ address }) => address === refused);
    if (faults.any) return showAddresses(situation, form, faults.all);
    if (one !== undefined) await refuseOtherAddress(desk, request, one.address);
    return { goTo: `/${otherAddressSection}?said=refused` };
  }
  const chosen = known.find((one) => one.address === form.line('address') && isOffered(one, now));
  if (chosen === undefined) faults.add('address', 'Select the address that is yours');
  if (chosen === undefined || faults.any) return showAddresses(situation, form, faults.all);
  const isOnItsWay = await askForCode(desk, {
    link,
    person: person.id,
    what: 'other-address',
    about: person.id,
    cycle: request.cycle,
    body: request.subject.body,
    form: { [otherAddressField]: chosen.address },
  });
  return isOnItsWay
    ? { goTo: `/${addressCodeSection}` }
    : noMoreCodes({ what: 'other-address', section: addressCodeSection, address: chosen.address });
};
