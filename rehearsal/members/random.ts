import { createHash } from 'node:crypto';

/** Numbers that look random and are the same for the same seed, whoever else draws. */
export interface Random {
  /** At least 0, less than 1. */
  next(): number;
  /** Whether something happens that does so with a probability. */
  chance(probability: number): boolean;
  /** One of some things. */
  pick<Thing>(things: readonly Thing[]): Thing;
  /** A whole number, both bounds included. */
  between(least: number, most: number): number;
}

/** The numbers of one seed: a fresh, independent row for each different text. */
export const randomOf = (seed: string): Random => {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0);
  // mulberry32, Tommy Ettinger, public domain.
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    chance: (probability) => next() < probability,
    pick: (things) => {
      const thing = things[between(0, things.length - 1)];
      if (thing === undefined) throw new RangeError('nothing to pick from');
      return thing;
    },
    between,
  };
};
