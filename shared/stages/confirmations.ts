/**
 * Confirming by a code. A press of the button keeps what was sent, and nothing of it is done; the code goes to the address
 * on record (or to the address that is to count besides), by the function that writes to people; typed in by the same
 * link, it does what was pressed for.
 */
import type { Age, Confirmation, PendingAct, Verdict } from '../domain/confirmation.ts';
import { afterCode, afterPress, isLive } from '../domain/confirmation.ts';
import type { Partnership, Person } from '../domain/partnership.ts';
import { Conflict } from '../store/cycles/deed.ts';
import type { Waiting } from '../store/cycles/waiting-store.ts';
import type { Instant } from '../time/calendar.ts';
import { addSeconds, secondsBetween } from '../time/calendar.ts';
import { codeHash } from '../web-links/confirmation-code.ts';
import { registerErrand } from './answers.ts';
import { bodyTitle } from './people.ts';
import type { AnswerDesk, WritingDesk } from './workplace.ts';
import { nowOf } from './workplace.ts';

const keptSeconds = 86_400;

/** By the world's clock: what was typed is of no use to anybody a day later. */
const keptUntil = (desk: AnswerDesk): Instant => addSeconds(desk.clock.realInstant(nowOf(desk)), keptSeconds);

const ageBy = (desk: AnswerDesk): Age => {
  const now = nowOf(desk);
  return (at) => desk.clock.realSeconds(Math.max(1, secondsBetween(at, now)));
};

/**
 * Keeps what somebody pressed a button for, and has a code emailed.
 * @param wantsNewCode whether the code that went out before is not to count any longer
 * @returns false when they have had as many codes as there are in an hour
 */
export const askForCode = async (
  desk: AnswerDesk,
  act: PendingAct,
  wantsNewCode = false,
): Promise<boolean> => {
  const standing = await desk.confirmations.of(act.link);
  const then = afterPress(act, standing, nowOf(desk), ageBy(desk), wantsNewCode);
  if (then === null) return false;
  if (then === 'already on its way') return true;
  const { id: partnership } = await desk.directory.partnership();
  try {
    await desk.confirmations.keep(then, standing?.revision, keptUntil(desk));
  } catch (error) {
    // Pressed twice at the very same moment: the other press has its code on the way.
    if (error instanceof Conflict) return true;
    throw error;
  }
  await registerErrand(desk, partnership, {
    name: `confirmation/${act.link}`,
    kind: 'confirmation',
    confirmationOf: act.link,
  });
  return true;
};

/**
 * Looks whether a code that was typed in is the one that was emailed; each look is counted before its outcome is told.
 * @param token of the link by which it came
 */
export const enterCode = async (
  desk: AnswerDesk,
  token: string,
  standing: Confirmation,
  code: string,
): Promise<{ readonly verdict: Verdict; readonly confirmation: Confirmation }> => {
  for (let confirmation = standing; ;) {
    const isRight = confirmation.codeHash === codeHash(token, confirmation, code);
    const { verdict, then } = afterCode(confirmation, isRight, ageBy(desk));
    if (then === confirmation) return { verdict, confirmation };
    try {
      if (verdict !== 'right') await desk.confirmations.keep(then, confirmation.revision, keptUntil(desk));
      else if (confirmation.state === 'pending')
        await desk.confirmations.confirm(then, nowOf(desk), keptUntil(desk));
      return { verdict, confirmation: then };
    } catch (error) {
      const again = error instanceof Conflict ? await desk.confirmations.of(standing.link) : undefined;
      if (again === undefined) throw error;
      confirmation = again;
    }
  }
};

/** The field of what waits that holds the address which is to count besides the one on record. */
export const otherAddressField = 'address';

/** Where a code goes: to the address on record, but for another address to that one, as its reader is to be known. */
const readerOf = ({ what, form }: Confirmation, who: Person): Person =>
  what === 'other-address' ? { ...who, email: form[otherAddressField] ?? who.email } : who;

/** Makes the code of what waits for one, and emails it. A second run makes the same, and sends none. */
export const emailCode = async (
  desk: WritingDesk,
  partnership: Partnership,
  waiting: Waiting,
  link: string,
): Promise<void> => {
  const confirmation = await desk.confirmations.of(link);
  const who = confirmation === undefined ? undefined : await desk.directory.person(confirmation.person);
  if (confirmation?.state === 'pending' && isLive(confirmation, ageBy(desk)) && who !== undefined) {
    const { code, hash } = await desk.links.toCode(confirmation);
    // A code that was asked for meanwhile takes the place of this one: the errand for it is on its way.
    if (confirmation.codeHash === null)
      await desk.confirmations.keep(
        { ...confirmation, codeHash: hash },
        confirmation.revision,
        keptUntil(desk),
      );
    const { what, about, body, number, askedAt, cycle } = confirmation;
    await desk.postFor(partnership).send([
      {
        kind: 'confirmation-code',
        to: readerOf(confirmation, who),
        about: what === 'exports' ? `${cycle} ${what}` : about,
        occurrence: `${String(number)} ${askedAt.at(-1) ?? ''}`,
        because: 'somebody pressed a button on a page that is for you',
        what,
        bodyName: await bodyTitle(desk, partnership, body),
        code,
      },
    ]);
  }
  await desk.waiting.stop(waiting);
};
