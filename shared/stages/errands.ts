/** What is seen to as soon as somebody asked for it on a page, by the function that writes to people. */
import * as z from 'zod/mini';

import type { Partnership } from '../domain/partnership.ts';
import type { Waiting } from '../store/cycles/waiting-store.ts';
import { chaseAll } from './by-hand.ts';
import { emailCode } from './confirmations.ts';
import { tellCorrection } from './corrections.ts';
import { tellOtherAddress } from './other-addresses.ts';
import { sendOpenLinks } from './reminders.ts';
import { writeToSubstituteOf } from './substitutes.ts';
import type { Task } from './task.ts';
import type { Workplace } from './workplace.ts';

/** Whether a registration is an errand; and if it is, it has been run. Running it twice writes to nobody twice. */
export const runIfErrand = async (
  place: Workplace,
  partnership: Partnership,
  waiting: Waiting,
): Promise<boolean> => {
  if (waiting.correction !== undefined) await tellCorrection(place, partnership, waiting, waiting.correction);
  else if (waiting.openLinksOf !== undefined)
    await sendOpenLinks(place, partnership, waiting, waiting.openLinksOf);
  else if (waiting.confirmationOf !== undefined)
    await emailCode(place, partnership, waiting, waiting.confirmationOf);
  else if (waiting.confirmedAddress !== undefined)
    await tellOtherAddress(place, partnership, waiting, waiting.confirmedAddress);
  else if (waiting.chase !== undefined) await chaseAll(place, partnership, waiting, waiting.chase);
  else if (waiting.substituteOf !== undefined)
    await writeToSubstituteOf(place, partnership, waiting, waiting.substituteOf);
  else return false;
  return true;
};

const errandPayload = z.object({ partnership: z.string(), name: z.string() });

/** Runs the errand that is registered under a name. One that is gone has been run. */
export const runErrand: Task<z.infer<typeof errandPayload>, object> = {
  name: 'run-errand',
  input: errandPayload,
  async run(place, { name }) {
    const waiting = await place.waiting.get(name);
    if (waiting !== undefined) await runIfErrand(place, await place.directory.partnership(), waiting);
    return {};
  },
};
