/** Where everything of a cycle lies, so that it can be removed together. */
export const cycleDocuments = (partnership: string, cycle: string): string =>
  `${partnership}/cycles/${cycle}/`;

/** Where a document of a cycle lies. */
export const documentKey = (partnership: string, cycle: string, name: string): string =>
  `${cycleDocuments(partnership, cycle)}${name}`;

/** The cycle that a document belongs to; undefined for the set of the papers of all. */
export const cycleOfDocument = (key: string): string | undefined =>
  /^[^/]+\/cycles\/(\d{4}-\d\d-\d\d)\//.exec(key)?.[1];

/** Whether a document is data for other programs, or a set that holds them: who fetches it takes all of it away at once. */
export const isExport = (key: string): boolean => /(?:\.xlsx|\.csv\.zip|\/papers\.zip)$/u.test(key);

/** The groups that took part in a cycle, as the list that its Map reads. */
export const groupsKey = (partnership: string, cycle: string): string =>
  documentKey(partnership, cycle, 'groups.json');

/** The papers of a cycle as a numbered set. */
export const papersKey = (partnership: string, cycle: string): string =>
  documentKey(partnership, cycle, 'papers.zip');

/** The papers of all cycles as a numbered set. */
export const allPapersKey = (partnership: string): string => `${partnership}/papers.zip`;

/** Where files lie that have been uploaded and not handed in. The bucket forgets them by itself after some days. */
export const uploads = 'uploads/';
