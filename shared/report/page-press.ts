import { htmlOf } from './html.ts';
import { contentTypes, type Press } from './press.ts';

/** A press for readers at a screen: the page alone. */
export const pagePress: Press = {
  async publish(document, name, documents) {
    await documents.put(`${name}.html`, htmlOf(document), contentTypes.html);
    return ['html'];
  },
};
