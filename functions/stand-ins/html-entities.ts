import { decodeHTML } from 'entities';

/** Stands in the bundles for postal-mime's table of HTML's named characters: htmlparser2 brings the same in less space. */
export const htmlEntities = new Proxy<Readonly<Record<string, string>>>(
  {},
  {
    get: (_, entity) => {
      const decoded = decodeHTML(String(entity));
      return decoded === entity ? undefined : decoded;
    },
  },
);
