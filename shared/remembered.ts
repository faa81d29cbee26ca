const mostRemembered = 5_000;

/** A function of a text that is worked out once for each text; it forgets all when it knows too many. */
export const remembered = <T>(work: (text: string) => T): ((text: string) => T) => {
  const known = new Map<string, T>();
  return (text) => {
    let result = known.get(text);
    if (result === undefined) {
      result = work(text);
      if (known.size >= mostRemembered) known.clear();
      known.set(text, result);
    }
    return result;
  };
};
