import type { FileName } from '../../../shared/import/faults.ts';
import type { FolderFiles } from '../../../shared/import/folder-files.ts';
import { filesInMemory } from '../../../shared/import/folder-files.ts';

export type Files = Readonly<Record<FileName, string>>;

/** A partnership of two groups with one cycle, without a fault and without a warning. */
export const tinyFolder: Files = {
  'partnership.yaml': `id: tiny
name: Tiny partnership
area: { code: E10000016, name: Kent }
zone: Europe/London
sender: { name: Tiny, address: tiny@example.org }
replyDomain: reply.example.org
contact: { name: Help, email: help@example.org }
coreSectors: [Police, Housing]
bodies:
  - { id: board, kind: board, name: The Board }
  - { id: chairs, kind: chairs-group, name: The Chairs }
  - { id: hwb, kind: local-hwb, name: The Local HWB }
  - { id: csp-one, kind: csp, name: CSP One }
groups:
  - id: north
    name: North
    area: E07000105
    reportsTo: [{ body: hwb }]
    csp: [{ body: csp-one }]
  - id: south
    name: South
    area: E07000106
    reportsTo: [{ body: hwb }]
    csp: [{ body: csp-one }]
`,
  'people.csv': `email,name,organisation
ann@example.org,Ann,"North, Council"
bob@example.org,Bob,Police
cat@example.org,Cat,South Council
dan@example.org,Dan,Housing
eve@example.org,Eve,County
`,
  'memberships.csv': `email,body,role,sector,from,to
eve@example.org,board,secretariat,,,
ann@example.org,chairs,lead-chair,,,
eve@example.org,hwb,contact,,,
eve@example.org,csp-one,contact,,,
ann@example.org,north,chair,Police,,
bob@example.org,north,co-ordinator,Housing,,
bob@example.org,north,safeguarding-lead,,,
bob@example.org,north,local-hwb-link,,,
cat@example.org,south,chair,Police,,
dan@example.org,south,co-ordinator,Housing,,
dan@example.org,south,safeguarding-lead,,,
dan@example.org,south,local-hwb-link,,,
`,
  'meetings.csv': `body,date,start,end,venue,link
board,2026-09-16,10:00,12:00,Hall,
board,2026-11-18,10:00,12:00,Hall,
chairs,2026-11-02,14:00,16:00,Hall,https://example.org/meet
north,2026-10-01,10:00,12:00,Hall,
south,2026-10-02,10:00,12:00,Hall,
`,
  'indicators.csv': `id,name,outcome,unit,polarity,target,floor,decimals,source,group
reading,Reading,Learning,%,High,80,70,1,ONS,
poverty,Poverty,Thriving,per 1000,Low,20,30,0,ONS,
mine,Ours alone,Learning,%,Target,50,,0,Us,south
`,
  'priorities.csv': `group,indicator,from,to
north,reading,,
south,mine,,
`,
  'observations.csv': `indicator,area,period,value,lower,upper,count,denominator,note
reading,E07000105,2024-09-01/P1Y,79.5,78,81,159,200,
reading,E07000106,2024-09-01/P1Y,70.0,,,,,
poverty,E10000016,2024-04-01/2025-03-31,25,,,,,
reading,E92000001,2024-09-01/P1Y,,,,,,not published
`,
};

export const inMemory = (files: Readonly<Partial<Record<FileName, string | Uint8Array>>>): FolderFiles =>
  filesInMemory(files);

/** One change of a file: `replace` is text of the file that stands there once. */
export interface Change {
  readonly file: FileName;
  readonly replace: string;
  readonly by: string;
}

/** The tiny folder with some changes. */
export const changed = (...changes: readonly Change[]): Files => {
  const files = { ...tinyFolder };
  for (const { file, replace, by } of changes) {
    const parts = files[file].split(replace);
    if (parts.length !== 2)
      throw new Error(`${JSON.stringify(replace)} stands ${String(parts.length - 1)} times in ${file}`);
    files[file] = parts.join(by);
  }
  return files;
};
