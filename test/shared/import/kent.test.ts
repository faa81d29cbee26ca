import { expect, it } from 'vitest';

import { cyclesOf } from '../../../shared/import/cycles-of.ts';
import { readPartnershipFolder } from '../../../shared/import/read-folder.ts';

const { folder, faults, warnings } = readPartnershipFolder('examples/kent');

it('reads Kent without a fault, and warns of what its README names', () => {
  expect(faults).toEqual([]);
  expect(warnings.map(({ file, line, message }) => `${file}:${String(line)} ${message}`)).toEqual([
    'partnership.yaml:119 no member of gravesham stands for Housing',
    'partnership.yaml:135 no member of sevenoaks stands for Early Years Provider',
    'partnership.yaml:144 no member of swale stands for Voluntary Sector',
    'partnership.yaml:161 no member of tonbridge-and-malling stands for Public Health',
    'meetings.csv:14 2027-08-27 is in August, when schools and many members are away',
  ]);
});

it('takes what the file leaves out from the defaults', () => {
  expect(folder?.partnership).toMatchObject({
    id: 'kent',
    board: 'chwb',
    chairsGroup: 'chairs-group',
    safeguardingGroup: 'safeguarding-group',
    safeguardingBoard: 'kscb',
    boardName: { long: "Children's Health and Wellbeing Board", short: 'CHWB' },
    quorum: 0.33,
    hideCountsBelow: 5,
    digest: 'monday',
    retention: { recordYears: 6, memberMonthsAfterLeaving: 6 },
    timetable: { reportClearDays: 5, sendingTime: '09:00' },
    requests: { 'return-signoff': { remindAt: [0, 1] } },
  });
});

it('gives every person an id that is safe in keys and file names', () => {
  const ids = folder?.people.map(({ id }) => id) ?? [];
  expect(ids).toHaveLength(176);
  expect(new Set(ids).size).toBe(176);
  for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  expect(ids.find((id) => id.startsWith('aoife-o-brien-'))).toBeDefined();
});

it('makes the six cycles of the year, each with the LCPG meetings that fall into it', () => {
  if (folder === undefined) throw new Error('Kent has faults');
  const cycles = cyclesOf(folder);
  expect(
    cycles.map(({ id, chairs, nextBoard, groups }) => [id, chairs.date, nextBoard.date, groups.length]),
  ).toEqual([
    ['2026-09-16', '2026-11-02', '2026-11-18', 9],
    ['2026-11-18', '2027-01-04', '2027-01-20', 9],
    ['2027-01-20', '2027-03-01', '2027-03-17', 2],
    ['2027-03-17', '2027-04-30', '2027-05-19', 0],
    ['2027-05-19', '2027-07-05', '2027-07-21', 0],
    ['2027-07-21', '2027-08-27', '2027-09-15', 0],
  ]);
  expect(cycles[0]?.groups[0]).toMatchObject({ body: 'ashford', date: '2026-09-30', start: '10:00' });
});
