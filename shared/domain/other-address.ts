import type { Instant } from '../time/calendar.ts';
import { secondsBetween } from '../time/calendar.ts';

/** An address beside the one on record, from which a reply came that could be the person's. */
export interface OtherAddress {
  readonly person: string;
  readonly address: string;
  /**
   * `held`: nobody has said yet whose it is. `confirmed`: replies from it count as the person's. `refused`: somebody with
   * the person's link said that it is not theirs; it is not offered again.
   */
  readonly state: 'held' | 'confirmed' | 'refused';
  readonly at: Instant;
}

/** How many addresses of a person may wait to be confirmed: whoever knows where to reply can make one wait. */
export const mostHeldAddresses = 3;
/** How long one waits, in days. */
export const heldDays = 7;

/** Whether somebody can still say that an address is theirs. */
export const isOffered = ({ state, at }: OtherAddress, now: Instant): boolean =>
  state === 'held' && secondsBetween(at, now) < heldDays * 86_400;

/** Whether a reply that came from an address makes it wait to be confirmed; one that is known already stays as it is. */
export const mayBeHeld = (known: readonly OtherAddress[], address: string, now: Instant): boolean => {
  const standing = known.find((one) => one.address === address);
  if (standing !== undefined && (standing.state !== 'held' || isOffered(standing, now))) return false;
  return known.filter((one) => isOffered(one, now)).length < mostHeldAddresses;
};
