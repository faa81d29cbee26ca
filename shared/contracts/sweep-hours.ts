/** The minute of the hour at which sweeps run. */
export const sweepMinute = 5;

/** How much a sweep looks at: what has fallen due, or everything that waits. */
export const looks = ['due', 'everything'] as const;
export type Look = (typeof looks)[number];

/** The hours of local time at which a sweep looks at how much. Retention belongs to the first look at everything. */
export const sweepHours: Readonly<Record<Look, readonly number[]>> = {
  everything: [3, 9, 15, 21],
  due: Array.from({ length: 24 }, (_, hour) => hour).filter((hour) => hour % 6 !== 3),
};
