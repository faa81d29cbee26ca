import { unzipSync } from 'fflate';

/** The names of what a zip holds, none of which is unpacked; undefined where it is damaged. */
export const zipNames = (bytes: Uint8Array): readonly string[] | undefined => {
  const names: string[] = [];
  try {
    unzipSync(bytes, {
      filter: ({ name }) => {
        names.push(name);
        return false;
      },
    });
  } catch {
    return undefined;
  }
  return names;
};
