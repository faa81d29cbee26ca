import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';

import type { PartnershipFolder } from '../../../../shared/domain/partnership.ts';
import { mergeObservations } from '../../../../shared/import/data/merge-observations.ts';
import { type DataReading, readDataFiles } from '../../../../shared/import/data/read-data-files.ts';
import { observationsCsv } from '../../../../shared/import/data/write-observations.ts';
import { filesInMemory, filesOnDisk } from '../../../../shared/import/folder-files.ts';
import { readPartnershipFolder } from '../../../../shared/import/read-folder.ts';

const scratch = mkdtempSync(join(tmpdir(), 'data-files-'));
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

const kent = (): PartnershipFolder => {
  const { folder } = readPartnershipFolder('examples/kent');
  if (folder === undefined) throw new Error('examples/kent has faults');
  return folder;
};

const withIndicator = (extra: Partial<PartnershipFolder['indicators'][number]>): PartnershipFolder => {
  const folder = kent();
  const indicators = folder.indicators.map((one) =>
    one.id === 'gcse-english-and-maths' ? { ...one, ...extra } : one,
  );
  return { ...folder, indicators };
};

let files = 0;
const fileOf = (content: string | Uint8Array): string => {
  files += 1;
  const path = join(scratch, `file-${String(files)}.csv`);
  writeFileSync(path, content);
  return path;
};

const read = (content: string | Uint8Array, folder: PartnershipFolder = kent()): DataReading =>
  readDataFiles([fileOf(content)], folder);

const first = ({ files: [file] }: DataReading) => {
  if (file === undefined) throw new Error('no file');
  const { rows, accepted, skipped } = file;
  expect(accepted + Object.values(skipped).reduce((sum, count) => sum + count, 0)).toBe(rows);
  return file;
};

const published = (name: string): string => join('test/shared/import/data/files', `${name}.csv`);

const onsHeader =
  'areacd,areanm,geography,indicator,period,observation,measure,unit,lci_95,uci_95,status,notes';
const ons = (code: string, value: string, period = '2030-09-01/P1Y', name = ''): string =>
  `${code},${name},Local Authority District,GCSEs in English and Maths,${period},${value},Percentage,%,,,,`;
const onsFile = (...rows: readonly string[]): string => [onsHeader, ...rows, ''].join('\n');

describe('published files', () => {
  it.each([
    ['early-years', 168, ['early-communication-and-language', 'early-literacy', 'early-mathematics'], 14],
    ['gcses-in-english-and-maths', 126, ['gcse-english-and-maths'], 14],
    ['pupils-at-expected-standards-by-end-of-primary-school', 70, ['primary-reading-writing-maths'], 14],
    [
      'children-in-relative-poverty',
      78,
      ['relative-poverty-after-housing-costs', 'relative-poverty-before-housing-costs'],
      13,
    ],
  ] as const)('%s gives what its rows of Kent and England hold', (name, accepted, indicators, areas) => {
    const reading = readDataFiles([published(name)], kent());
    const file = first(reading);
    expect(file).toMatchObject({ format: 'ons-explore-local-statistics', accepted, indicators });
    expect(file.areas).toHaveLength(areas);
    expect(Object.keys(file.skipped)).toEqual(['area not in the partnership']);
    // Neither an “and” for an “&” nor a byte order mark is anything to look at.
    expect(file.messages.join('\n')).not.toMatch(/is called|byte order/u);
  });

  it('agree with the figures of examples/kent to the last sign', () => {
    const folder = kent();
    const names = [
      'early-years',
      'gcses-in-english-and-maths',
      'pupils-at-expected-standards-by-end-of-primary-school',
      'children-in-relative-poverty',
    ];
    const { observations } = readDataFiles(names.map(published), folder);
    const changes = mergeObservations(folder.observations, observations, '2026-11-22');
    expect(changes.corrected).toEqual([]);
    expect(changes.unchanged).toBe(folder.observations.length);
    // The example takes Thanet's local indicator for Thanet and Kent only.
    expect(new Set(changes.added.map(({ indicator }) => indicator))).toEqual(
      new Set(['relative-poverty-after-housing-costs']),
    );
    expect(changes.added).toHaveLength(22);
  });

  it('that no indicator stands for give a line to add, and say that they hold no district', () => {
    const file = first(readDataFiles([published('persistent-absences-for-all-pupils')], kent()));
    expect(file).toMatchObject({
      accepted: 0,
      skipped: { 'indicator not in indicators.csv': 36 },
      indicators: [],
    });
    const said = file.messages.join('\n');
    expect(said).toContain(
      'persistent-absences-for-all-pupils,Persistent absences for all pupils,,%,,,,1,ONS Explore Local Statistics,',
    );
    expect(said).toContain('No district of the partnership is in the file.');
  });

  it('that give a column twice say so', () => {
    const name = 'persistent-absences-for-pupils-eligible-for-free-school-meals';
    const file = first(readDataFiles([published(name)], kent()));
    expect(file.messages).toContain(
      'The column “notes” is given twice (columns 12 and 13); the first is read.',
    );
    // An id has 60 signs at most: small words go, not the last ones.
    expect(file.messages.join('\n')).toContain(
      ': persistent-absences-pupils-eligible-free-school-meals,Persistent absences for pupils eligible for free school meals,',
    );
  });

  it('are read through from beginning to end, byte order mark, line ends and all', () => {
    const bytes = readFileSync(published('children-in-relative-poverty'));
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(first(read(bytes)).rows).toBe(bytes.toString('utf8').trimEnd().split('\n').length - 1);
  });
});

const fingertipsHeader =
  'Indicator ID,Indicator Name,Parent Code,Parent Name,Area Code,Area Name,Area Type,Sex,Age,Category Type,Category,Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,Lower CI 99.8 limit,Upper CI 99.8 limit,Count,Denominator,Value note,Recent Trend,Compared to England value or percentiles,Compared to Counties & UAs value or percentiles,Time period Sortable,New data,Compared to goal';
const fingertips = (
  code: string,
  value: string,
  {
    sex = 'Persons',
    age = '5 yrs',
    category = '',
    period = '2021 - 23',
    note = '',
    limits = '60,80',
    counts = '70,100',
  } = {},
): string =>
  `90316,"School readiness, all children",E92000001,England,${code},,District,${sex},${age},${category === '' ? '' : 'Deprivation'},${category},${period},${value},${limits},,,${counts},${note},,,,20210000,,`;

describe('a Fingertips export', () => {
  const folder = withIndicator({ aliases: ['90316'] });

  it('is taken for persons and without categories; what is left out is counted and told', () => {
    const reading = read(
      [
        fingertipsHeader,
        fingertips('E07000105', '69', { sex: 'Male' }),
        fingertips('E07000105', '70'),
        fingertips('E07000105', '71', { sex: 'Female' }),
        fingertips('E07000105', '55', { category: 'Most deprived' }),
        fingertips('E06000035', '70'),
      ].join('\r\n'),
      folder,
    );
    const file = first(reading);
    expect(file).toMatchObject({
      format: 'ohid-fingertips',
      rows: 5,
      accepted: 1,
      skipped: {
        'another sex or age': 2,
        'a category, not the whole': 1,
        'area not in the partnership': 1,
      },
    });
    expect(file.messages.join('\n')).toContain(
      'Taken: Persons, 5 yrs. Left out: Male, 5 yrs (1); Female, 5 yrs (1).',
    );
    expect(reading.observations).toEqual([
      {
        indicator: 'gcse-english-and-maths',
        area: 'E07000105',
        period: '2021-01-01/P3Y',
        label: '2021 - 23',
        value: 70,
        lower: 60,
        upper: 80,
        count: 70,
        denominator: 100,
        note: '',
      },
    ]);
  });

  it('is taken for the sex and the age that the indicator wishes', () => {
    const reading = read(
      [
        fingertipsHeader,
        fingertips('E07000105', '70'),
        fingertips('E07000105', '71', { sex: 'Female', age: '<18 yrs' }),
      ].join('\n'),
      withIndicator({ aliases: ['90316'], sex: 'Female', age: '<18 yrs' }),
    );
    expect(reading.observations.map(({ value }) => value)).toEqual([71]);
  });

  it('keeps what is withheld as withheld, and takes nothing for zero', () => {
    const note = 'Value suppressed for disclosure control due to small count';
    const reading = read(
      [
        fingertipsHeader,
        fingertips('E07000105', '', { note, limits: ',', counts: ',' }),
        fingertips('E07000106', '', { note: 'Value not published', limits: ',', counts: ',' }),
      ].join('\n'),
      folder,
    );
    expect(first(reading).skipped).toEqual({ 'suppressed by the publisher': 1, 'no value': 1 });
    expect(reading.observations).toEqual([
      expect.objectContaining({ area: 'E07000105', value: null, suppressed: true }),
    ]);
  });
});

const education =
  'time_period,time_identifier,geographic_level,country_code,new_la_code,la_name,lad_code,lad_name';
const place = '202324,Academic year,Local authority district,E92000001,E10000016,Kent,E07000105,Ashford';

describe('a file of Explore education statistics', () => {
  it('is taken wide: a row is a row, whatever number of figures it gives', () => {
    const reading = read(
      [
        `${education},sex,school_type,gcse-english-and-maths,primary-reading-writing-maths,pupils`,
        `${place},Total,Total,71.2,60,1200`,
        `${place},Boys,Total,69.2,61,600`,
        `${place},Total,Academies,69.3,62,700`,
        `${place.replace('E07000105,Ashford', 'E07000106,Canterbury')},Total,Total,c,z,1100`,
        `${place.replace('Local authority district', 'School')},Total,Total,50,50,150`,
        '202324,Academic year,National,E92000001,,,,,Total,Total,70.1,low,5000',
      ].join('\n'),
    );
    const file = first(reading);
    expect(file).toMatchObject({
      format: 'dfe-explore-education-statistics-wide',
      rows: 6,
      accepted: 2,
      skipped: { 'another sex or age': 2, 'suppressed by the publisher': 1, 'another kind of area': 1 },
      areas: ['E07000105', 'E92000001'],
    });
    expect(
      reading.observations.map(({ indicator, area, value, label }) => [indicator, area, value, label]),
    ).toEqual([
      ['gcse-english-and-maths', 'E07000105', 71.2, '2023/24'],
      ['gcse-english-and-maths', 'E07000106', null, '2023/24'],
      ['gcse-english-and-maths', 'E92000001', 70.1, '2023/24'],
      ['primary-reading-writing-maths', 'E07000105', 60, '2023/24'],
    ]);
    expect(file.messages.join('\n')).toContain('No indicator of indicators.csv is called “pupils”');
  });

  it('is taken long', () => {
    const reading = read(
      [`${education},indicator,value`, `${place},gcse-english-and-maths,71.2`, `${place},other,5`].join('\n'),
    );
    expect(first(reading)).toMatchObject({
      format: 'dfe-explore-education-statistics-long',
      accepted: 1,
      skipped: { 'indicator not in indicators.csv': 1 },
    });
  });
});

it('takes an LG Inform file', () => {
  const reading = read(
    'metricType.identifier,metricType.label,area.identifier,area.label,period.label,value\n1,GCSEs in English and Maths,E07000105,Ashford,2023/24 (academic),71.5\n',
  );
  expect(first(reading)).toMatchObject({ format: 'lg-inform', accepted: 1 });
  expect(reading.observations[0]).toMatchObject({ period: '2023-09-01/P1Y', value: 71.5 });
});

it('takes a table of LG Inform with a column for each period', () => {
  const reading = read(
    [
      'Metric type,Area,Unit,2022/23 (academic),2023/24 (academic),Notes',
      'GCSEs in English and Maths,Ashford,%,70.5,71.5,',
      'GCSEs in English and Maths,Folkestone and Hythe,%,..,68,',
      'GCSEs in English and Maths,Medway,%,60,61,',
      'GCSEs in English and Maths,Dover,%,,twelve,',
    ].join('\n'),
  );
  expect(first(reading)).toMatchObject({
    format: 'lg-inform',
    rows: 4,
    accepted: 2,
    areas: ['E07000105', 'E07000112'],
  });
  expect(
    reading.observations
      .filter(({ value }) => value !== null)
      .map(({ area, period, value }) => [area, period, value]),
  ).toEqual([
    ['E07000105', '2022-09-01/P1Y', 70.5],
    ['E07000105', '2023-09-01/P1Y', 71.5],
    ['E07000112', '2023-09-01/P1Y', 68],
  ]);
  // A figure that is none is told with the place of its own column.
  expect(first(reading).messages.join('\n')).toContain(':5:37: the value is not a number; found “twelve”');
});

it('takes our own file, and names the areas that are not the partnership’s', () => {
  const reading = read(
    'indicator,area,period,value,lower,upper,count,denominator,note\ngcse-english-and-maths,E07000105,2030-09-01/P1Y,71,,,,,\ngcse-english-and-maths,E07000999,2030-09-01/P1Y,71,,,,,\n',
  );
  expect(first(reading)).toMatchObject({
    format: 'observations',
    accepted: 1,
    skipped: { 'area not in the partnership': 1 },
    messages: ['Not in the partnership: E07000999, 1 row.'],
  });
});

describe('traps', () => {
  it.each([
    ['a byte order mark and CRLF', `\uFEFF${onsFile(ons('E07000105', '60')).replaceAll('\n', '\r\n')}`],
    ['lines above the header', `Title\n\nSource;,of it\n${onsFile(ons('E07000105', '60'))}`],
    [
      'semicolons and decimal commas',
      onsFile(ons('E07000105', '60,0').replace(',60,0,', ';60,0;')).replaceAll(/,(?!0)/gu, ';'),
    ],
    ['tabs', onsFile(ons('E07000105', '60')).replaceAll(',', '\t')],
    ['carriage returns alone', onsFile(ons('E07000105', '60')).replaceAll('\n', '\r')],
    ['no line end at the end', onsFile(ons('E07000105', '60')).trimEnd()],
    ['empty lines and lines of commas', onsFile('', ons('E07000105', '60'), ',,,,,,,,,,,', '   ')],
    [
      'a cell that holds a comma and a line end',
      onsFile(ons('E07000105', '60', undefined, '"Ashford"').replace(/,$/u, ',"a, ""b""\nc"')),
    ],
    ['UTF-16', Buffer.from(`\uFEFF${onsFile(ons('E07000105', '60'))}`, 'utf16le')],
    ['UTF-16 without a mark', Buffer.from(onsFile(ons('E07000105', '60')), 'utf16le')],
    ['Latin-1', Buffer.from(onsFile(ons('E07000105', '60', undefined, 'Café')), 'latin1')],
    ['a small letter in the code', onsFile(ons(' e07000105 ', '60'))],
  ] as const)('reads through %s', (_, content) => {
    const reading = read(content);
    expect(first(reading)).toMatchObject({ rows: 1, accepted: 1 });
    expect(reading.observations[0]).toMatchObject({ area: 'E07000105', value: 60 });
  });

  it('reads Windows-1252 as it was meant', () => {
    const text = ons('E07000105', '60').replace(/,$/u, ',Café – “so”');
    const bytes = Uint8Array.from(
      Array.from(onsFile(text), (sign) => ({ '–': 0x96, '“': 0x93, '”': 0x94 })[sign] ?? sign.charCodeAt(0)),
    );
    const reading = read(bytes);
    expect(reading.observations[0]?.note).toBe('Café – “so”');
    expect(first(reading).messages.join()).toContain('read as Windows-1252');
  });

  it.each([
    ['nothing', '', 'the file is empty; found nothing'],
    ['empty lines', '\n\n  \n', 'the file is empty'],
    ['a PDF', '%PDF-1.7', 'found a PDF'],
    ['an Excel file', Uint8Array.of(0x50, 0x4b, 3, 4, 20), 'found a ZIP file, such as an Excel (.xlsx)'],
    ['binary data', Uint8Array.from({ length: 300 }, (_, index) => index % 7), 'found binary data'],
    ['a web page', '<!doctype html><html>', 'found a web page'],
    ['other columns', 'a,b,c\n1,2,3\n', 'the columns are none that are known; found “a, b, c”'],
  ] as const)('refuses %s, and says what it is', (_, content, words) => {
    const reading = read(content);
    expect(first(reading)).toMatchObject({ format: null, rows: 0 });
    expect(first(reading).messages.join()).toContain(words);
    expect(reading.unusable).toHaveLength(1);
  });

  it('takes no symbol for a number, and keeps the withheld as withheld', () => {
    const symbols = ['c', '[c]', '*', '<5', 'x', '[x]', 'z', ':', '..', '-', 'NA', '', 'low', 'k', '~', 'u'];
    const reading = read(
      onsFile(
        ...symbols.map((symbol, index) => ons('E07000105', symbol, `${String(2031 + index)}-09-01/P1Y`)),
      ),
    );
    expect(first(reading)).toMatchObject({
      accepted: 0,
      skipped: { 'suppressed by the publisher': 4, 'no value': 8, 'rounds to zero': 3, 'low reliability': 1 },
    });
    expect(reading.observations.every(({ value, suppressed }) => value === null && suppressed)).toBe(true);
    expect(reading.observations).toHaveLength(4);
  });

  it('tells of broken rows with their places, and goes on', () => {
    const reading = read(
      onsFile(
        'E07000105,short',
        ons('E07000105', 'abc', '2031-09-01/P1Y'),
        ons('E07000105', '123', '2032-09-01/P1Y'),
        ons('E07000105', '60', 'last year'),
        ons('E07000999', '60', undefined, 'Ashford'),
        onsHeader,
        ons('E07000105', '60', '2033-09-01/P1Y'),
        'E07000105,"Ashford',
      ),
    );
    const file = first(reading);
    expect(file).toMatchObject({
      rows: 8,
      accepted: 1,
      skipped: {
        'broken row': 2,
        'value is not a number': 1,
        'value outside its unit': 1,
        'period not understood': 1,
        'area code and name do not fit': 1,
        'the header again': 1,
      },
    });
    const said = file.messages.join('\n');
    for (const words of [
      ':2:11: the line has the wrong number of cells; found 2 cells; expected 12',
      ':3:79: the value is not a number; found “abc”',
      ':4:79: the value is outside its unit; found “123”; expected 0 to 100',
      ':5:64: the period is not understood; found “last year”',
      ':6:1: area code and name do not fit; found “E07000999” for “Ashford”; expected E07000105',
      ':9:11: a quoted cell does not end',
    ])
      expect(said).toContain(words);
  });

  it('takes neither of two different values, in one file or in two, and says both', () => {
    const one = onsFile(
      ons('E07000105', '60'),
      ons('E07000105', '61'),
      ons('E07000106', '50'),
      ons('E07000106', '50'),
    );
    const reading = read(one);
    expect(first(reading)).toMatchObject({
      accepted: 1,
      skipped: { 'given twice, with different values': 2, 'given twice, the same': 1 },
    });
    expect(first(reading).messages.join()).toMatch(
      /Ashford \(E07000105\), 2030-09-01\/P1Y is given twice, with different values: 60 \(file-\d+\.csv:2\), 61 \(file-\d+\.csv:3\)\. None of them is taken\./u,
    );
    const two = readDataFiles(
      [fileOf(onsFile(ons('E07000105', '60'))), fileOf(onsFile(ons('E07000105', '61')))],
      kent(),
    );
    expect(two.observations).toEqual([]);
    expect(two.files.map(({ accepted, skipped }) => [accepted, skipped])).toEqual([
      [0, { 'given twice, with different values': 1 }],
      [0, { 'given twice, with different values': 1 }],
    ]);
  });

  it('knows a district by an older name and code', () => {
    const folder = kent();
    const groups = folder.groups.map((group) =>
      group.id === 'ashford' ? { ...group, aliases: ['E07000999'] } : group,
    );
    const reading = read(onsFile(ons('E07000999', '60'), ons('E07000112', '50', undefined, 'Shepway')), {
      ...folder,
      groups,
    });
    expect(reading.observations.map(({ area }) => area)).toEqual(['E07000105', 'E07000112']);
    expect(first(reading).messages).toEqual([
      '“E07000999” is taken as Ashford (E07000105).',
      'E07000112 is called “Shepway” in the file; it is taken as Folkestone & Hythe.',
    ]);
  });

  it('accounts for every row of any text, and never fails', () => {
    const cells = fc.constantFrom(
      'E07000105',
      'Ashford',
      'GCSEs in English and Maths',
      '2030-09-01/P1Y',
      '60',
      'c',
      '"',
      '""',
      '"a,b"',
      '',
      '\n',
      '\r\n',
      ';',
      'é',
      onsHeader,
      ons('E07000105', '60'),
      ons('E07000106', '"61"'),
      fingertips('E07000105', '60'),
    );
    const folder = kent();
    fc.assert(
      fc.property(
        fc.constantFrom(
          onsHeader,
          fingertipsHeader,
          `${education},gcse-english-and-maths`,
          'indicator,area,period,value',
        ),
        fc.array(fc.array(cells, { maxLength: 14 }), { maxLength: 30 }),
        (header, lines) => {
          first(read([header, ...lines.map((line) => line.join(','))].join('\n'), folder));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('gives the same, wherever the pieces of the file are cut', () => {
    const note = 'x'.repeat(700);
    const rows = Array.from({ length: 300 }, (_, index) =>
      ons('E07000105', '60', `${String(1900 + (index % 200))}-09-01/P1Y`).replace(
        /,$/u,
        index % 3 === 0 ? `,"${note}\n${note}"` : `,${note}`,
      ),
    );
    expect(first(read(onsFile(...rows)))).toMatchObject({
      rows: 300,
      accepted: 200,
      skipped: { 'given twice, the same': 100 },
    });
  });
});

describe('taking figures over', () => {
  const observationOf = (value: string) => read(onsFile(ons('E07000105', value))).observations;

  it('changes nothing the second time', () => {
    const once = mergeObservations(kent().observations, observationOf('60'), '2026-11-22');
    expect([once.added.length, once.corrected.length]).toEqual([1, 0]);
    const twice = mergeObservations(once.observations, observationOf('60'), '2026-12-01');
    expect([twice.added.length, twice.corrected.length, twice.unchanged]).toEqual([0, 0, 1]);
    expect(twice.observations).toEqual(once.observations);
  });

  it('keeps the old values of a corrected figure with their days, through observations.csv and back', () => {
    const first60 = mergeObservations(kent().observations, observationOf('60'), '2026-11-22');
    const then61 = mergeObservations(first60.observations, observationOf('61'), '2026-12-01');
    const withheld = mergeObservations(then61.observations, observationOf('c'), '2027-01-05');
    expect(withheld.corrected[0]?.after).toMatchObject({
      value: null,
      suppressed: true,
      corrected: [
        { on: '2027-01-05', value: 61 },
        { on: '2026-12-01', value: 60 },
      ],
    });
    const csv = observationsCsv(withheld.observations);
    expect(csv).toContain('2027-01-05: 61; 2026-12-01: 60');
    const disk = filesOnDisk('examples/kent');
    const again = readPartnershipFolder('examples/kent', {
      read: (name) =>
        name === 'observations.csv' ? filesInMemory({ [name]: csv }).read(name) : disk.read(name),
    });
    expect(again.faults).toEqual([]);
    expect(again.folder?.observations).toEqual(withheld.observations);
  });

  it('leaves what it does not change to the letter', () => {
    const before = readFileSync('examples/kent/observations.csv', 'utf8');
    expect(observationsCsv(kent().observations, before)).toBe(before);
    const changes = mergeObservations(kent().observations, observationOf('60'), '2026-11-22');
    expect(observationsCsv(changes.observations, before)).toBe(
      `${before}gcse-english-and-maths,E07000105,2030-09-01/P1Y,60,,,,,\n`,
    );
  });

  it('keeps what a publication does not say, as long as the value is the same', () => {
    const counted = observationOf('60').map((one) => ({
      ...one,
      count: 600,
      denominator: 1000,
      note: 'ours',
    }));
    const same = mergeObservations(counted, observationOf('60'), '2026-11-22');
    expect(same.unchanged).toBe(1);
    const other = mergeObservations(counted, observationOf('61'), '2026-11-22');
    expect(other.observations[0]).toMatchObject({ value: 61, count: null, denominator: null });
  });
});
