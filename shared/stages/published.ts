import type { Cycle } from '../domain/cycle.ts';
import type { DocumentLinks } from '../mail/messages.ts';
import { type FileEnding, type Form, type Publication } from '../report/press.ts';
import type { Instant } from '../time/calendar.ts';
import { addDays } from '../time/calendar.ts';
import { documentKey } from './document-keys.ts';
import type { Workplace } from './workplace.ts';

/** The published documents of a cycle by name; each LCPG's own are in a folder. */
export const documentNames = {
  boardReport: 'board-report',
  chairsPack: 'chairs-group-pack',
  membersBriefing: 'members-briefing',
  lcpgPack: (group: string): string => `lcpg-pack/${group}`,
  districtReport: (group: string): string => `district-report/${group}`,
  /** Of one LCPG, or of all of them. */
  safeguarding: (group: string | null): string => `safeguarding/${group ?? 'all-lcpgs'}`,
} as const;

/** A document of a cycle, and the endings of the files that it was made into. */
export interface Published {
  readonly name: string;
  readonly files: readonly string[];
}

/** For how long a document's link opens: to the end of the year after it, so that minutes can refer to it. */
const daysToRead = 365;

/** Until when the links to a cycle's documents open. */
const readableUntil = (cycle: Cycle): Instant => `${addDays(cycle.nextBoard.date, daysToRead)}T00:00:00Z`;

/** Makes a document of a cycle in its forms, and keeps them. A later one of the same name takes its place. */
export const publish = async (
  place: Workplace,
  cycle: Cycle,
  name: string,
  publication: Publication,
): Promise<Published & { readonly files: readonly FileEnding[] }> => ({
  name,
  files: await place.press.publish(publication, documentKey(cycle.partnership, cycle.id, name)),
});

/** The links to the forms of a document, for one person alone. */
export const linksTo = async (
  place: Pick<Workplace, 'links'>,
  cycle: Cycle,
  { name, files }: Published,
  person: string,
): Promise<DocumentLinks> => {
  const link = async (form: Form): Promise<string | null> => {
    const ending = files.find((file) => file === form || file === `${form}.zip`);
    return ending === undefined
      ? null
      : place.links.toDocument(
          {
            key: documentKey(cycle.partnership, cycle.id, `${name}.${ending}`),
            fileName: `${name.replaceAll('/', '-')}-${cycle.id}.${ending}`,
          },
          person,
          readableUntil(cycle),
        );
  };
  return {
    page: (await link('html')) ?? '',
    pdf: await link('pdf'),
    word: await link('docx'),
    workbook: await link('xlsx'),
    csv: await link('csv'),
  };
};
