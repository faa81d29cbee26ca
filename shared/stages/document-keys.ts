/** Where everything of a cycle lies, so that it can be removed together. */
export const cycleDocuments = (partnership: string, cycle: string): string =>
  `${partnership}/cycles/${cycle}/`;

/** Where a document of a cycle lies. */
export const documentKey = (partnership: string, cycle: string, name: string): string =>
  `${cycleDocuments(partnership, cycle)}${name}`;

/** The cycle that a document belongs to. */
export const cycleOfDocument = (key: string): string => key.split('/')[2] ?? '-';

/** Whether a document is data for other programs: who fetches it takes all of it away at once. */
export const isExport = (key: string): boolean => /-data\.(?:xlsx|zip)$/u.test(key);

/** The groups that took part in a cycle, as the list that its Map reads. */
export const groupsKey = (partnership: string, cycle: string): string =>
  documentKey(partnership, cycle, 'groups.json');

/** Where files lie that have been uploaded and not handed in. The bucket forgets them by itself after some days. */
export const uploads = 'uploads/';
