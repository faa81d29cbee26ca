/** Where everything of a cycle lies, so that it can be removed together. */
export const cycleDocuments = (partnership: string, cycle: string): string =>
  `${partnership}/cycles/${cycle}/`;

/** Where a document of a cycle lies. */
export const documentKey = (partnership: string, cycle: string, name: string): string =>
  `${cycleDocuments(partnership, cycle)}${name}`;

/** The groups that took part in a cycle, as the list that its Map reads. */
export const groupsKey = (partnership: string, cycle: string): string =>
  documentKey(partnership, cycle, 'groups.json');

/** Where files lie that have been uploaded and not handed in. The bucket forgets them by itself after some days. */
export const uploads = 'uploads/';
