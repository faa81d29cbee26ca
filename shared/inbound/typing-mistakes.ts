/** The words on which an answer turns, and that people mistype. */
const wanted =
  `attend attending attendance apologies apologise unfortunately regrettably regretfully regrets unable meeting available
  unavailable definitely certainly absolutely there sorry cannot coming thanks thank please tomorrow confirm confirming
  confirmed colleague appointment commitment instead holiday happy afraid conference training annual accept accepted
  decline invitation delighted pleased possibly probably perhaps unless until depends depending provided providing
  hopefully hoping subject morning afternoon evening calendar diary forward looking unwell because would could should
  though although however might maybe complete completed finished progress waiting started nearly almost cancelled
  planning leave today sick`.split(/\s+/u);

/** Words that are one slip away from those, and meant as they stand. */
const meantSo: ReadonlySet<string> = new Set(
  `these three thee theme think thinks tanks lease leaf levee heave mourning moaning compete competed usable stared
  stated chance hoping hopping conform conformed sorts story plead pleas dairy dairies every clock sink silk stick
  waning wailing wanting staring coning combing sully harpy hippy snappy flooding toady booking cooking lacking locking
  licking wound cloud mould world mighty fight contend accent adapt though through thought`.split(/\s+/u),
);

/** Whether one slip of the fingers, or two in a long word, make one word of another. Their first letters are the same. */
const isSlip = (typed: string, word: string): boolean => {
  const most = word.length >= 10 ? 2 : 1;
  if (typed[0] !== word[0] || Math.abs(typed.length - word.length) > most) return false;
  // Another ending makes another word.
  const [shorter, longer] = typed.length < word.length ? [typed, word] : [word, typed];
  if (longer.startsWith(shorter) && /^(?:s|d|r|ed|er|ly|al)$/u.test(longer.slice(shorter.length)))
    return false;
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: word.length + 1 }, (_, at) => at);
  for (let down = 1; down <= typed.length; down += 1) {
    const next = [down];
    for (let across = 1; across <= word.length; across += 1) {
      const same = typed[down - 1] === word[across - 1];
      let least = Math.min(
        (row[across] ?? 0) + 1,
        (next[across - 1] ?? 0) + 1,
        (row[across - 1] ?? 0) + Number(!same),
      );
      if (
        down > 1 &&
        across > 1 &&
        typed[down - 1] === word[across - 2] &&
        typed[down - 2] === word[across - 1]
      )
        least = Math.min(least, (before[across - 2] ?? 0) + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return (row[word.length] ?? most + 1) <= most;
};

/**
 * A word as it was meant, where it is one slip away from a single word on which answers turn.
 * @param isWord whether a word is one as it stands
 */
export const withoutSlip = (typed: string, isWord: (word: string) => boolean): string => {
  if (typed.length < 4 || meantSo.has(typed) || isWord(typed) || wanted.includes(typed)) return typed;
  const [only, second] = wanted.filter((word) => isSlip(typed, word));
  return only === undefined || second !== undefined ? typed : only;
};
