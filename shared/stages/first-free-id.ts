/** The id itself, or its first repetition (`id-2`, `id-3`) that is not among those that are gone. */
export const firstFreeId = (gone: ReadonlySet<string>, id: string): string => {
  let repetition = id;
  for (let count = 2; gone.has(repetition); count += 1) repetition = `${id}-${String(count)}`;
  return repetition;
};
