/** The addresses beside the one on record: said to be the person's by a code that went there, and told to the one on record. */
import { createHash } from 'node:crypto';

import type { Partnership } from '../domain/partnership.ts';
import type { Request } from '../domain/request.ts';
import type { Waiting } from '../store/cycles/waiting-store.ts';
import { registerErrand } from './answers.ts';
import type { AnswerDesk, WritingDesk } from './workplace.ts';
import { nowOf } from './workplace.ts';

/** Who says it, and by which page. */
const saidBy = (desk: AnswerDesk, { id, cycle, subject }: Request) => ({
  by: { id, cycle, body: subject.body },
  at: nowOf(desk),
});

/** An address counts as a person's from now on; the address on record is told. @throws {Conflict} */
export const confirmOtherAddress = async (
  desk: AnswerDesk,
  request: Request,
  address: string,
): Promise<void> => {
  const { person, partnership } = request;
  await desk.addresses.confirm(person, address, saidBy(desk, request));
  await registerErrand(desk, partnership, {
    name: `address/${person}/${address}`,
    kind: 'address',
    confirmedAddress: { person, address, request: request.id },
  });
};

/** An address counts as a person's no longer. @throws {Conflict} */
export const refuseOtherAddress = (desk: AnswerDesk, request: Request, address: string): Promise<void> =>
  desk.addresses.refuse(request.person, address, saidBy(desk, request));

/** Tells the address on record that another one counts, and how to object. A second run tells nothing. */
export const tellOtherAddress = async (
  desk: WritingDesk,
  partnership: Partnership,
  waiting: Waiting,
  { person, address, request: id }: NonNullable<Waiting['confirmedAddress']>,
): Promise<void> => {
  const [who, standing, request] = await Promise.all([
    desk.directory.person(person),
    desk.addresses.get(person, address),
    desk.requests.get(id),
  ]);
  if (who !== undefined && request !== undefined && standing?.state === 'confirmed')
    await desk.postFor(partnership).send([
      {
        kind: 'address-confirmed',
        to: who,
        about: id,
        occurrence: `${standing.at} ${createHash('sha256').update(address).digest('hex').slice(0, 8)}`,
        because: 'somebody said on a page that is for you that another address is yours too',
        address,
        link: `${await desk.links.toRequest(request)}/address`,
      },
    ]);
  await desk.waiting.stop(waiting);
};
