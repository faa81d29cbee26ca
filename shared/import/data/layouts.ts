import { quoted } from '../faults.ts';
import { remembered } from './remembered.ts';
import { type FigurePeriod, readEducationPeriod, readPeriod, type YearKind } from './figure-periods.ts';

/** The kinds of file that are taken. */
export type DataFormat =
  | 'ons-explore-local-statistics'
  | 'ohid-fingertips'
  | 'dfe-explore-education-statistics-wide'
  | 'dfe-explore-education-statistics-long'
  | 'lg-inform'
  | 'observations';

/** Who publishes files of each kind, as an indicator's `source` says it. */
export const publishers: Readonly<Record<DataFormat, string>> = {
  'ons-explore-local-statistics': 'ONS Explore Local Statistics',
  'ohid-fingertips': 'OHID Fingertips',
  'dfe-explore-education-statistics-wide': 'DfE Explore education statistics',
  'dfe-explore-education-statistics-long': 'DfE Explore education statistics',
  'lg-inform': 'LG Inform',
  observations: '',
};

/** One figure of a row, its cells as they stand. */
export interface RawFigure {
  /** What the file calls its indicator: name first, then its id where it has one. */
  readonly names: readonly string[];
  readonly value: string;
  readonly lower: string;
  readonly upper: string;
  readonly count: string;
  readonly denominator: string;
  /** The publisher's mark beside the value, such as `x`. */
  readonly status: string;
  readonly note: string;
  readonly sex: string;
  readonly age: string;
  /** What else the row is broken down by, "name: value" each; empty for the whole. */
  readonly categories: readonly string[];
  /** The unit or the measure, where the file says one. */
  readonly unit: string;
  /** Where each period has a column: which one the figure stands in, and how it is called. */
  readonly inColumn?: { readonly index: number; readonly period: string };
}

/** Which area a row is of, or why it is of none that is taken. */
export interface RowArea {
  readonly code: string;
  readonly name: string;
  /** Whether the row is about an area of a kind that is never taken, such as a school. */
  readonly otherLevel: boolean;
}

/** How to read the rows of one file. */
export interface Layout {
  readonly format: DataFormat;
  /** The column that faults of the area, the period and the value are shown at. */
  readonly places: { readonly area: number; readonly period: number; readonly value: number };
  /** The word for England's rows, where every row holds its code. */
  readonly forEngland: string | null;
  area(cells: readonly string[]): RowArea;
  period(cells: readonly string[], kind: YearKind, figure: RawFigure): FigurePeriod | null;
  periodText(cells: readonly string[], figure: RawFigure): string;
  /** @param isKnown whether the partnership has an indicator of a name */
  figures(cells: readonly string[], isKnown: (name: string) => boolean): readonly RawFigure[];
  /** Needed columns that the header gives twice, both places each. */
  readonly twice: readonly { readonly name: string; readonly first: number; readonly second: number }[];
}

/** A name without what differs between releases: letters and digits only, small. */
export const simplified = remembered((text) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ''));

/** Finds columns by their names. */
class Header {
  readonly names: readonly string[];
  readonly #simple: readonly string[];
  readonly used = new Set<number>();

  constructor(names: readonly string[]) {
    this.names = names;
    this.#simple = names.map(simplified);
  }

  /** The place of the first column that has one of the names, -1 where there is none. */
  find(...names: readonly (string | RegExp)[]): number {
    for (const name of names) {
      const index = this.#simple.findIndex((given) =>
        typeof name === 'string' ? given === name : name.test(given),
      );
      if (index >= 0) {
        this.used.add(index);
        return index;
      }
    }
    return -1;
  }

  has(...names: readonly string[]): boolean {
    return names.every((name) => this.#simple.includes(name));
  }

  /** The columns found so far that the header gives once more. */
  twice(): Layout['twice'] {
    return [...this.used].flatMap((first) => {
      const second = this.#simple.indexOf(this.#simple[first] ?? '', first + 1);
      return second === -1 ? [] : [{ name: this.names[first] ?? '', first, second }];
    });
  }
}

const cell = (cells: readonly string[], index: number): string => (cells[index] ?? '').trim();

const nothing = {
  lower: '',
  upper: '',
  count: '',
  denominator: '',
  status: '',
  note: '',
  sex: '',
  age: '',
  categories: [],
  unit: '',
} as const;

/** Columns that an ONS file, an LG Inform export or our own plain file name otherwise; the rest of them is the same. */
const oneFigureARow = (
  format: DataFormat,
  header: Header,
  columns: {
    readonly names: readonly number[];
    readonly area: number;
    readonly areaName: number;
    readonly period: number;
    readonly value: number;
    readonly lower?: number;
    readonly upper?: number;
    readonly count?: number;
    readonly denominator?: number;
    readonly status?: number;
    readonly note?: number;
    readonly sex?: number;
    readonly age?: number;
    readonly categories?: readonly number[];
    readonly unit?: readonly number[];
  },
): Layout => {
  const at = (cells: readonly string[], index: number | undefined): string =>
    index === undefined ? '' : cell(cells, index);
  return {
    format,
    places: {
      area: columns.area === -1 ? columns.areaName : columns.area,
      period: columns.period,
      value: columns.value,
    },
    forEngland: null,
    area: (cells) => ({
      code: cell(cells, columns.area),
      name: cell(cells, columns.areaName),
      otherLevel: false,
    }),
    period: (cells, kind) => readPeriod(cell(cells, columns.period), kind),
    periodText: (cells) => cell(cells, columns.period),
    figures: (cells) => [
      {
        names: columns.names.map((index) => cell(cells, index)).filter((name) => name !== ''),
        value: cell(cells, columns.value),
        lower: at(cells, columns.lower),
        upper: at(cells, columns.upper),
        count: at(cells, columns.count),
        denominator: at(cells, columns.denominator),
        status: at(cells, columns.status),
        note: at(cells, columns.note),
        sex: at(cells, columns.sex),
        age: at(cells, columns.age),
        categories: (columns.categories ?? [])
          .map((index) => cell(cells, index))
          .filter((category) => category !== ''),
        unit: (columns.unit ?? []).map((index) => cell(cells, index)).find((unit) => unit !== '') ?? '',
      },
    ],
    twice: header.twice(),
  };
};

const onsLayout = (header: Header): Layout | null =>
  header.has('areacd', 'indicator', 'period', 'observation')
    ? oneFigureARow('ons-explore-local-statistics', header, {
        names: [header.find('indicator')],
        area: header.find('areacd'),
        areaName: header.find('areanm'),
        period: header.find('period'),
        value: header.find('observation'),
        lower: header.find('lci95'),
        upper: header.find('uci95'),
        status: header.find('status'),
        note: header.find('notes'),
        unit: [header.find('unit'), header.find('measure')],
      })
    : null;

const fingertipsLayout = (header: Header): Layout | null =>
  header.has('indicatorid', 'areacode', 'timeperiod', 'value')
    ? oneFigureARow('ohid-fingertips', header, {
        names: [header.find('indicatorname'), header.find('indicatorid')],
        area: header.find('areacode'),
        areaName: header.find('areaname'),
        period: header.find('timeperiod'),
        value: header.find('value'),
        lower: header.find(/^lowerci(?:95(?:0)?)?(?:limit)?$/u),
        upper: header.find(/^upperci(?:95(?:0)?)?(?:limit)?$/u),
        count: header.find('count'),
        denominator: header.find('denominator'),
        note: header.find('valuenote'),
        sex: header.find('sex'),
        age: header.find('age'),
        categories: [header.find('category')],
      })
    : null;

const lgInformColumns = (header: Header) => ({
  name: header.find('metrictypelabel', 'metrictypename', 'metrictype', 'metriclabel', 'metricname', 'metric'),
  id: header.find('metrictypeidentifier', 'metrictypeid', 'metricidentifier', 'metricid'),
  area: header.find(
    'areaidentifier',
    'areacode',
    'onscode',
    'gsscode',
    'areaonscode',
    'areagsscode',
    'areaid',
  ),
  areaName: header.find('arealabel', 'areaname', 'area'),
  note: header.find('notes', 'note', 'footnote'),
  unit: header.find('unit', 'units', 'unitlabel', 'valuetypelabel', 'valuetype'),
});

/** A table of LG Inform with a row for each metric and area, and a column for each period. */
const lgInformTableLayout = (header: Header): Layout | null => {
  const { name, id, area, areaName, note, unit } = lgInformColumns(header);
  if (name === -1 || (area === -1 && areaName === -1)) return null;
  const periods = header.names.flatMap((text, index) =>
    readPeriod(text, 'financial') === null ? [] : [{ index, period: text.trim() }],
  );
  const [first] = periods;
  if (first === undefined) return null;
  const one = oneFigureARow('lg-inform', header, {
    names: [name, id],
    area,
    areaName,
    period: first.index,
    value: first.index,
    note,
    unit: [unit],
  });
  return {
    ...one,
    figures: (cells, isKnown) =>
      one
        .figures(cells, isKnown)
        .flatMap((figure) =>
          periods.map((column) => ({ ...figure, value: cell(cells, column.index), inColumn: column })),
        ),
    period: (_cells, kind, figure) => readPeriod(figure.inColumn?.period ?? '', kind),
    periodText: (_cells, figure) => figure.inColumn?.period ?? '',
  };
};

const lgInformLayout = (header: Header): Layout | null => {
  const { name, id, area, areaName, note, unit } = lgInformColumns(header);
  const period = header.find('periodlabel', 'periodname', 'period', 'timeperiod', 'periodidentifier');
  const value = header.find('value', 'rawvalue', 'valuevalue');
  if (name === -1 || period === -1 || value === -1 || (area === -1 && areaName === -1)) return null;
  return oneFigureARow('lg-inform', header, {
    names: [name, id],
    area,
    areaName,
    period,
    value,
    note,
    unit: [unit],
  });
};

const plainLayout = (header: Header): Layout | null =>
  header.has('indicator', 'area', 'period', 'value')
    ? oneFigureARow('observations', header, {
        names: [header.find('indicator')],
        area: header.find('area'),
        areaName: -1,
        period: header.find('period'),
        value: header.find('value'),
        lower: header.find('lower'),
        upper: header.find('upper'),
        count: header.find('count'),
        denominator: header.find('denominator'),
        note: header.find('note'),
        status: header.find('status'),
      })
    : null;

/** Columns of Explore education statistics that are neither a filter nor an indicator. */
const isPlaceColumn = (name: string): boolean =>
  /^(?:time_?period|time_?identifier|geographic_?level|version)$/u.test(name) ||
  /(?:_code|_name|_urn|_ukprn|_laestab)$/u.test(name) ||
  /^(?:urn|ukprn|laestab|estab)$/u.test(name);

const looksLikeFigure = (text: string): boolean =>
  text === '' ||
  /^(?:[czxku:~*-]|low|\.\.|n\/?a|\[[a-z]+\])$/iu.test(text) ||
  /^[-+]?[\d,]*\.?\d+%?$/u.test(text);

const educationLayout = (header: Header): Layout | null => {
  if (!header.has('timeperiod', 'geographiclevel')) return null;
  const timePeriod = header.find('timeperiod');
  const identifier = header.find('timeidentifier');
  const level = header.find('geographiclevel');
  const districtCode = header.find('ladcode');
  const authorityCode = header.find('newlacode', 'lacode');
  const countryCode = header.find('countrycode');
  const places = {
    'local authority district': [districtCode, header.find('ladname')],
    'local authority': [authorityCode, header.find('laname')],
    national: [countryCode, header.find('countryname')],
  } as const;
  const longName = header.find('indicator', 'indicatorname', 'measure', 'metric');
  const longValue = header.find('value', 'indicatorvalue', 'observation', 'metricvalue');
  const isLong = longName !== -1 && longValue !== -1;
  const others = header.names
    .map((name, index) => ({ name: name.trim(), index }))
    .filter(
      ({ name, index }) =>
        name !== '' &&
        !isPlaceColumn(name.toLowerCase()) &&
        !(isLong && (index === longName || index === longValue)),
    );
  const sex = header.find('sex', 'gender');
  const filtersOf = (cells: readonly string[], values: ReadonlySet<number>): readonly string[] =>
    others.flatMap(({ name, index }) => {
      const text = cell(cells, index);
      return index === sex || values.has(index) || text === '' || looksLikeFigure(text)
        ? []
        : [`${name}: ${text}`];
    });
  return {
    format: isLong ? 'dfe-explore-education-statistics-long' : 'dfe-explore-education-statistics-wide',
    places: {
      area: districtCode === -1 ? level : districtCode,
      period: timePeriod,
      value: isLong ? longValue : timePeriod,
    },
    forEngland: 'National',
    area: (cells) => {
      const place = places[cell(cells, level).toLowerCase() as keyof typeof places] as
        (typeof places)['national'] | undefined;
      return {
        code: place === undefined ? '' : cell(cells, place[0]),
        name: place === undefined ? '' : cell(cells, place[1]),
        otherLevel: place === undefined,
      };
    },
    period: (cells) => readEducationPeriod(cell(cells, timePeriod), cell(cells, identifier)),
    periodText: (cells) => `${cell(cells, timePeriod)} ${cell(cells, identifier)}`.trim(),
    figures: (cells, isKnown) => {
      if (isLong)
        return [
          {
            ...nothing,
            names: [cell(cells, longName)],
            value: cell(cells, longValue),
            sex: sex === -1 ? '' : cell(cells, sex),
            categories: filtersOf(cells, new Set()),
          },
        ];
      const columns = others.filter(
        ({ name, index }) => isKnown(name) || (index !== sex && looksLikeFigure(cell(cells, index))),
      );
      const categories = filtersOf(cells, new Set(columns.map(({ index }) => index)));
      return columns.map(({ name, index }) => ({
        ...nothing,
        names: [name],
        value: cell(cells, index),
        sex: sex === -1 ? '' : cell(cells, sex),
        categories,
      }));
    },
    twice: header.twice(),
  };
};

const recognisers = [
  onsLayout,
  fingertipsLayout,
  educationLayout,
  lgInformLayout,
  lgInformTableLayout,
  plainLayout,
] as const;

/** The layout of a file with these column names; null where they are no file's that is known. */
export const layoutOf = (names: readonly string[]): Layout | null => {
  for (const recognise of recognisers) {
    const layout = recognise(new Header(names));
    if (layout !== null) return layout;
  }
  return null;
};

/** What a header should have looked like. */
export const expectedColumns = (found: readonly string[]): { found: string; expected: string } => ({
  found: quoted(found.join(', ')),
  expected:
    'the columns of an ONS Explore Local Statistics, OHID Fingertips, DfE Explore education statistics or LG Inform file, or indicator, area, period and value',
});
