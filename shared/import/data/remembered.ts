const mostRemembered = 10_000;

/** The same function of a text, which works out each text once: a file says the same things in many rows. */
export const remembered = <Result>(workOut: (text: string) => Result): ((text: string) => Result) => {
  const known = new Map<string, Result>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const result = workOut(text);
    if (known.size >= mostRemembered) known.clear();
    known.set(text, result);
    return result;
  };
};
