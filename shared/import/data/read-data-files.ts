import { basename } from 'node:path';

import type { Indicator, Observation, PartnershipFolder } from '../../domain/partnership.ts';
import { grouped } from '../../templates/filters.ts';
import { quoted } from '../faults.ts';
import { unitRange } from '../values.ts';
import { Account, type ImportedFile, type Row, type SkipReason } from './account.ts';
import { readCell } from './figure-values.ts';
import { KnownNames } from './known-names.ts';
import { expectedColumns, type Layout, layoutOf, publishers, type RawFigure } from './layouts.ts';
import { remembered } from './remembered.ts';
import { cellStarts, cellsOf, decoded, NotATable, type RawRecord, readRecords } from './record-reader.ts';

/** What data files hold for a partnership. */
export interface DataReading {
  readonly files: readonly ImportedFile[];
  /** The figures that are taken, and those that their publishers withhold. */
  readonly observations: readonly Observation[];
  /** Files that could not be used at all. */
  readonly unusable: readonly string[];
}

/** A figure that a row gives, before it is known whether it is taken. */
interface Candidate {
  readonly observation: Observation;
  readonly row: Row;
  readonly account: Account;
  readonly place: string;
}

/** The rows of an indicator with one sex, age and category. */
interface Breakdown {
  readonly words: string;
  /** The lower the better; what comes first in the file wins among equals. */
  readonly rank: number;
  readonly figures: Map<string, Candidate[]>;
}

/** How many lines may stand above the header. */
const longestPreamble = 60;

/** How many areas that are not the partnership's are told by name. */
const fewAreas = 12;

/** What a record that holds nothing may begin with. */
const blankStart = /[\s,;|"]/u;

const separators = [',', ';', '\t', '|'] as const;
const separatorNames: Readonly<Record<string, string>> = { ';': 'semicolons', '\t': 'tabs', '|': 'bars' };

const isPercent = (unit: string): boolean => /%|percent|per cent/iu.test(unit);
const perOf = (unit: string): string | undefined => /\bper ([\d,]+)/iu.exec(unit)?.[1]?.replaceAll(',', '');
const isCount = (unit: string): boolean => /^(?:number|count|persons|people|frequency)\b/iu.test(unit.trim());

/** Whether figures in a file's unit or measure are in the indicator's unit, as far as can be told. */
const unitsFit = (ours: string, theirs: string): boolean => {
  if (theirs === '') return true;
  if (isPercent(theirs)) return isPercent(ours) || (!isCount(ours) && perOf(ours) === undefined);
  if (perOf(theirs) !== undefined) return perOf(ours) === perOf(theirs);
  return !(isCount(theirs) && (isPercent(ours) || perOf(ours) !== undefined));
};

const rangeOf = remembered(unitRange);

const sameText = (one: string, other: string): boolean =>
  one.trim().toLowerCase() === other.trim().toLowerCase();

const smallWords: ReadonlySet<string> = new Set([
  'a',
  'and',
  'at',
  'by',
  'for',
  'in',
  'of',
  'on',
  'the',
  'to',
  'with',
]);

/** An id of as many whole words as one may have: see `idPattern`. */
const cutAtWord = (id: string): string => id.slice(0, 61).replace(/-[^-]*$/u, '');

/** Names that differ in “&” and “and” alone are the same to anybody who reads them. */
const sameName = (one: string, other: string): boolean =>
  sameText(one.replaceAll('&', 'and'), other.replaceAll('&', 'and'));

const isWhole = (text: string): boolean =>
  /^(?:|persons|people|total|all|both(?: sexes)?|not applicable|england|all ages)$|^(?:all|total)\b/iu.test(
    text.replace(/^[^:]*:/u, '').trim(),
  );

const parts = ['value', 'lower', 'upper', 'count', 'denominator'] as const;

const sameFigure = (one: Observation, other: Observation): boolean =>
  one.suppressed === other.suppressed && parts.every((part) => one[part] === other[part]);

const inWords = ({ value, suppressed }: Observation): string =>
  suppressed === true ? 'withheld' : String(value ?? 'no value');

/** Reads one file after another. */
class FileImport {
  readonly #account: Account;
  readonly #known: KnownNames;
  readonly #shownPath: string;
  readonly #breakdowns = new Map<string, Map<string, Breakdown>>();
  readonly #unknownIndicators = new Map<
    string,
    { readonly raw: RawFigure; decimals: number; rows: number }
  >();
  readonly #otherAreas = new Map<string, number>();
  #manyOtherAreas = false;
  #layout: Layout | null = null;
  #separator = ',';
  #headerText = '';
  #width = 0;
  #interest = /./gu;
  /** The piece of the file that was searched, from where, and what was found next. */
  #searched = '';
  #searchedFrom = 0;
  #next = -1;
  #decimalComma = false;
  #hasDistrict = false;
  #notUtf8 = 0;

  constructor(path: string, known: KnownNames) {
    this.#shownPath = path;
    this.#account = new Account(basename(path));
    this.#known = known;
  }

  get account(): Account {
    return this.#account;
  }

  /** @returns whether the file could be used */
  read(): boolean {
    const account = this.#account;
    const above: RawRecord[] = [];
    try {
      const records = readRecords(
        this.#shownPath,
        ({ encoding }) => {
          if (encoding === 'UTF-16') account.say('encoding', 'The file is UTF-16; it was read as such.');
        },
        () => this.#separator,
        (text, start, end) => this.#isElsewhere(text, start, end),
      );
      for (const record of records) {
        if (this.#layout !== null) {
          this.#readRow(record, this.#layout);
          continue;
        }
        if (above.length > longestPreamble) break;
        if (!this.#takeHeader(record, above.length)) above.push(record);
      }
    } catch (error) {
      if (!(error instanceof NotATable)) throw error;
      account.sayAt(1, 1, error.message, error.found, error.expected);
      return false;
    }
    if (this.#layout === null) {
      const likely = above.toSorted(
        (one, other) => cellsOf(other.text, ',').length - cellsOf(one.text, ',').length,
      )[0];
      const { found, expected } = expectedColumns(cellsOf(decoded(likely?.text ?? '').text, ','));
      account.sayAt(likely?.line ?? 1, 1, 'the columns are none that are known', found, expected);
      return false;
    }
    if (this.#notUtf8 > 0)
      account.say(
        'encoding',
        `The file is not UTF-8 (line ${String(this.#notUtf8)}); such lines were read as Windows-1252.`,
      );
    this.#tellUnknown();
    return true;
  }

  #takeHeader(record: RawRecord, above: number): boolean {
    const { text } = decoded(record.text);
    for (const separator of separators) {
      const names = cellsOf(text, separator).map((name) => name.trim());
      const layout = layoutOf(names);
      if (layout === null) continue;
      this.#layout = layout;
      this.#separator = separator;
      this.#decimalComma = separator === ';' || separator === '\t';
      this.#headerText = record.text.trim();
      this.#width = names.length;
      this.#interest = this.#known.interest(layout.forEngland);
      this.#account.format = layout.format;
      if (above > 0)
        this.#account.say(
          'above',
          `The ${above === 1 ? 'line' : `${String(above)} lines`} above the column names (line ${String(record.line)}) ${above === 1 ? 'was' : 'were'} passed over.`,
        );
      const name = separatorNames[separator];
      if (name !== undefined) this.#account.say('separator', `The cells are separated by ${name}.`);
      for (const [index, column] of names.entries())
        if (column !== '' && names.indexOf(column) < index)
          this.#account.say(
            'column twice',
            `The column “${column}” is given twice (columns ${String(names.indexOf(column) + 1)} and ${String(index + 1)}); the first is read.`,
          );
      return true;
    }
    return false;
  }

  /** Whether a record is of none of the partnership's areas, so that it is counted and not looked at any further. */
  #isElsewhere(text: string, start: number, end: number): boolean {
    if (!this.#manyOtherAreas) return false;
    if (text !== this.#searched || start < this.#searchedFrom) {
      this.#searched = text;
      this.#next = -1;
    }
    this.#searchedFrom = start;
    if (this.#next < start) {
      this.#interest.lastIndex = start;
      this.#next = this.#interest.exec(text)?.index ?? Infinity;
    }
    if (this.#next < end || blankStart.test(text[start] ?? '') || text.startsWith(this.#headerText, start))
      return false;
    this.#account.rows += 1;
    this.#account.skip('area not in the partnership');
    return true;
  }

  #readRow(record: RawRecord, layout: Layout): void {
    if (/^[\s,;|"]*$/u.test(record.text)) return;
    const account = this.#account;
    account.rows += 1;
    if (record.unclosed) {
      account.skip('broken row');
      account.sayAt(
        record.line,
        record.text.lastIndexOf('"') + 1,
        'a quoted cell does not end',
        'an opening quotation mark without a closing one',
        'a quotation mark at the end of the cell too',
      );
      return;
    }
    if (record.text.trim() === this.#headerText) {
      account.skip('the header again');
      account.say(
        'header again',
        `The column names stand again in line ${String(record.line)}, which is passed over.`,
      );
      return;
    }
    const { text, isUtf8 } = decoded(record.text);
    if (!isUtf8 && this.#notUtf8 === 0) this.#notUtf8 = record.line;
    const cells = cellsOf(text, this.#separator);
    if (!this.#isWhole(record, text, cells)) return;
    const area = this.#areaOf(record, text, cells, layout);
    if (area !== undefined && this.#known.districts.has(area)) this.#hasDistrict = true;
    if (area !== undefined) this.#readFigures(record, text, cells, layout, area);
  }

  #columnOf(text: string, index: number): number {
    return (cellStarts(text, this.#separator)[index] ?? 0) + 1;
  }

  #isWhole(record: RawRecord, text: string, cells: readonly string[]): boolean {
    const extra = cells.slice(this.#width);
    if (cells.length >= this.#width && extra.every((one) => one.trim() === '')) return true;
    this.#account.skip('broken row');
    this.#account.sayAt(
      record.line,
      this.#columnOf(text, Math.min(cells.length, this.#width) - 1),
      'the line has the wrong number of cells',
      `${String(cells.length)} ${cells.length === 1 ? 'cell' : 'cells'}`,
      `${String(this.#width)}; a cell that holds the separator goes in quotation marks`,
    );
    return false;
  }

  #areaOf(record: RawRecord, text: string, cells: readonly string[], layout: Layout): string | undefined {
    const { code, name, otherLevel } = layout.area(cells);
    const account = this.#account;
    if (otherLevel) {
      account.skip('another kind of area');
      return undefined;
    }
    const named = name === '' ? undefined : this.#known.areaOfName(name);
    const coded = code === '' ? named : (this.#known.areaOfCode(code) ?? this.#known.areaOfName(code));
    if (coded === undefined) {
      if (named !== undefined && this.#known.districts.has(named) && code !== '') {
        account.skip('area code and name do not fit');
        account.sayAt(
          record.line,
          this.#columnOf(text, layout.places.area),
          'area code and name do not fit',
          `${quoted(code)} for ${quoted(name)}`,
          `${named}, which is ${this.#known.nameOfArea(named)} here; if the district’s code has changed, add the other one to its aliases in partnership.yaml`,
        );
        return undefined;
      }
      account.skip('area not in the partnership');
      this.#noteOtherArea(code === '' ? name : name === '' ? code : `${code} (${name})`);
      return undefined;
    }
    if (named !== undefined && named !== coded) {
      account.skip('area code and name do not fit');
      account.sayAt(
        record.line,
        this.#columnOf(text, layout.places.area),
        'area code and name do not fit',
        `${quoted(code)} for ${quoted(name)}`,
        `${coded} for ${this.#known.nameOfArea(coded)}, or ${named} for ${this.#known.nameOfArea(named)}`,
      );
      return undefined;
    }
    if (code !== '' && code.toUpperCase() !== coded)
      account.say('older code', `${quoted(code)} is taken as ${this.#known.nameOfArea(coded)} (${coded}).`);
    if (name !== '' && !sameName(name, this.#known.nameOfArea(coded)))
      account.say(
        'other name',
        `${coded} is called ${quoted(name)} in the file; it is taken as ${this.#known.nameOfArea(coded)}.`,
      );
    return coded;
  }

  #noteOtherArea(words: string): void {
    if (this.#manyOtherAreas) return;
    this.#otherAreas.set(words, (this.#otherAreas.get(words) ?? 0) + 1);
    if (this.#otherAreas.size > fewAreas) this.#manyOtherAreas = true;
  }

  #readFigures(
    record: RawRecord,
    text: string,
    cells: readonly string[],
    layout: Layout,
    area: string,
  ): void {
    const account = this.#account;
    const differing = layout.twice.find(
      ({ name, first, second }) =>
        !/^notes?$/iu.test(name) && (cells[first] ?? '').trim() !== (cells[second] ?? '').trim(),
    );
    if (differing !== undefined) {
      account.skip('two columns of one name differ');
      account.sayAt(
        record.line,
        this.#columnOf(text, differing.second),
        `the two columns “${differing.name}” differ`,
        `${quoted(cells[differing.first] ?? '')} and ${quoted(cells[differing.second] ?? '')}`,
        'the same in both',
      );
      return;
    }
    const figures = layout.figures(cells, (name) => this.#known.isIndicator(name));
    const wanted: { readonly raw: RawFigure; readonly indicator: Indicator }[] = [];
    for (const raw of figures) {
      const indicators = this.#known.indicatorsOf(raw.names);
      if (indicators.length === 0) this.#noteUnknown(raw);
      for (const indicator of indicators) wanted.push({ raw, indicator });
    }
    if (wanted.length === 0) {
      account.skip('indicator not in indicators.csv');
      return;
    }
    const row: Row = { line: record.line, waiting: wanted.length, taken: 0, reason: null };
    for (const { raw, indicator } of wanted) {
      const reason = this.#take(raw, indicator, row, text, cells, layout, area);
      if (reason !== null) account.settle(row, reason);
    }
  }

  /** Keeps a figure as a candidate, or tells why it is none. */
  #take(
    raw: RawFigure,
    indicator: Indicator,
    row: Row,
    text: string,
    cells: readonly string[],
    layout: Layout,
    area: string,
  ): SkipReason | null {
    const account = this.#account;
    if (!unitsFit(indicator.unit, raw.unit)) {
      account.say(
        'unit',
        `${indicator.id} is in ${indicator.unit} here; the file’s figures in ${quoted(raw.unit)} are left out.`,
      );
      return 'another unit or measure';
    }
    if (layout.format === 'ohid-fingertips' && raw.categories.length > 0) return 'a category, not the whole';
    if (indicator.sex !== undefined && !sameText(indicator.sex, raw.sex)) return 'another sex or age';
    if (indicator.age !== undefined && !sameText(indicator.age, raw.age)) return 'another sex or age';
    const period = layout.period(cells, this.#known.yearKindOf(indicator), raw);
    if (period === null) {
      account.sayAt(
        row.line,
        this.#columnOf(text, raw.inColumn?.index ?? layout.places.period),
        'the period is not understood',
        quoted(layout.periodText(cells, raw)),
        'a period such as 2024, 2023/24, 2021 - 23 or 2024-09-01/P1Y',
      );
      return 'period not understood';
    }
    const value = this.#valueOf(raw, indicator, row, text, layout);
    if (typeof value === 'string') return value;
    const observation: Observation = {
      indicator: indicator.id,
      area,
      period: this.#known.aligned(period.interval, indicator),
      ...value,
      ...(period.label === null || period.label === period.interval ? {} : { label: period.label }),
    };
    this.#keep(observation, indicator, raw, row);
    return null;
  }

  #number(text: string): number | null {
    const read = readCell(text, this.#decimalComma);
    return read.kind === 'number' ? read.number : null;
  }

  #valueOf(
    raw: RawFigure,
    indicator: Indicator,
    row: Row,
    text: string,
    layout: Layout,
  ):
    | Pick<Observation, 'value' | 'lower' | 'upper' | 'count' | 'denominator' | 'note' | 'suppressed'>
    | SkipReason {
    const account = this.#account;
    const cell = readCell(raw.value, this.#decimalComma);
    const status = readCell(raw.status);
    const withheld = {
      value: null,
      lower: null,
      upper: null,
      count: null,
      denominator: null,
      note: raw.note,
      suppressed: true,
    } as const;
    if (cell.kind === 'not a number') {
      account.sayAt(
        row.line,
        this.#columnOf(text, raw.inColumn?.index ?? layout.places.value),
        'the value is not a number',
        quoted(raw.value),
        'a number such as 79.5, a symbol of the publisher, or nothing',
      );
      return 'value is not a number';
    }
    if (cell.kind !== 'number') {
      const kind =
        cell.symbol === '' && status.kind !== 'number' && status.kind !== 'not a number'
          ? status.kind
          : cell.kind;
      if (kind === 'suppressed' || (cell.symbol === '' && /suppress|disclos/iu.test(raw.note))) {
        account.say(
          'suppressed',
          `Figures marked ${quoted(cell.symbol || raw.status || raw.note)} are withheld by the publisher; they are kept as withheld, not as zero.`,
        );
        return withheld;
      }
      if (kind === 'rounds to zero' || kind === 'unreliable') {
        const words = kind === 'unreliable' ? 'low reliability' : kind;
        account.say(
          'symbol',
          `Figures marked ${quoted(cell.symbol || raw.status)} (${words}) are left out, not taken as zero.`,
        );
        return words;
      }
      account.say(
        'symbol',
        `Cells with ${cell.symbol === '' ? (raw.status === '' ? 'nothing' : quoted(raw.status)) : quoted(cell.symbol)} in place of a figure are left out, not taken as zero.`,
      );
      return 'no value';
    }
    const value = cell.number;
    const { least, greatest } = rangeOf(indicator.unit);
    if (value < least || value > greatest) {
      account.sayAt(
        row.line,
        this.#columnOf(text, raw.inColumn?.index ?? layout.places.value),
        'the value is outside its unit',
        quoted(raw.value),
        `${String(least)} to ${String(greatest)}, because ${indicator.id} is in ${indicator.unit}`,
      );
      return 'value outside its unit';
    }
    let [lower, upper] = [this.#number(raw.lower), this.#number(raw.upper)];
    if (
      (lower !== null && (lower > value || lower < least)) ||
      (upper !== null && (upper < value || upper > greatest))
    ) {
      account.say(
        'limits',
        `Line ${String(row.line)}: the limits ${quoted(raw.lower)} and ${quoted(raw.upper)} do not fit the value ${quoted(raw.value)}; the value is taken without them.`,
      );
      [lower, upper] = [null, null];
    }
    let [count, denominator] = [this.#number(raw.count), this.#number(raw.denominator)];
    if (
      (count !== null && count < 0) ||
      (denominator !== null && denominator <= 0) ||
      (count !== null && denominator !== null && count > denominator)
    ) {
      account.say(
        'count',
        `Line ${String(row.line)}: the count ${quoted(raw.count)} and denominator ${quoted(raw.denominator)} do not fit; the value is taken without them.`,
      );
      [count, denominator] = [null, null];
    }
    const mark = cell.mark === '' ? (status.kind === 'number' ? '' : raw.status) : cell.mark;
    return {
      value,
      lower,
      upper,
      count,
      denominator,
      note: [raw.note, mark === '' ? '' : `marked ${mark} by the publisher`]
        .filter((one) => one !== '')
        .join('; '),
    };
  }

  #keep(observation: Observation, indicator: Indicator, raw: RawFigure, row: Row): void {
    const words = [raw.sex, raw.age, ...raw.categories].filter((one) => one !== '').join(', ');
    let ofIndicator = this.#breakdowns.get(indicator.id);
    if (ofIndicator === undefined)
      this.#breakdowns.set(indicator.id, (ofIndicator = new Map<string, Breakdown>()));
    let breakdown = ofIndicator.get(words);
    if (breakdown === undefined) {
      const rank =
        (indicator.sex !== undefined || isWhole(raw.sex) ? 0 : 10) +
        (indicator.age !== undefined || isWhole(raw.age) ? 0 : 1) +
        100 * raw.categories.filter((category) => !isWhole(category)).length;
      ofIndicator.set(words, (breakdown = { words, rank, figures: new Map() }));
    }
    const key = keyOf(observation);
    const candidate: Candidate = {
      observation,
      row,
      account: this.#account,
      place: `${this.#account.file}:${String(row.line)}`,
    };
    const same = breakdown.figures.get(key);
    if (same === undefined) breakdown.figures.set(key, [candidate]);
    else if (same.some((other) => sameFigure(other.observation, observation)))
      this.#account.settle(row, 'given twice, the same');
    else same.push(candidate);
  }

  /** The figures of the sex, age and category that is taken; those of the others are settled as left out. */
  chosen(): readonly Candidate[] {
    const account = this.#account;
    const taken: Candidate[] = [];
    for (const [indicator, breakdowns] of this.#breakdowns) {
      const [best, ...others] = [...breakdowns.values()].sort((one, other) => one.rank - other.rank);
      if (best === undefined) continue;
      taken.push(...[...best.figures.values()].flat());
      if (others.length === 0) continue;
      const left = others.map(
        ({ words, figures }) => `${words === '' ? 'no mark' : words} (${String(figures.size)})`,
      );
      account.say(
        'breakdown',
        `${indicator}: the file has several sexes, ages or categories. Taken: ${best.words === '' ? 'no mark' : best.words}. Left out: ${left.slice(0, 8).join('; ')}${left.length > 8 ? ` and ${String(left.length - 8)} more` : ''}. To take another, say so in the columns sex and age of indicators.csv.`,
      );
      for (const { figures } of others)
        for (const { row } of [...figures.values()].flat())
          account.settle(
            row,
            best.rank < 100 && figures.size > 0 ? 'another sex or age' : 'a category, not the whole',
          );
    }
    return taken;
  }

  #noteUnknown(raw: RawFigure): void {
    const name = raw.names[0] ?? '';
    const decimals = /\.(\d+)/u.exec(raw.value)?.[1]?.length ?? 0;
    const known = this.#unknownIndicators.get(name);
    if (known !== undefined) {
      known.rows += 1;
      known.decimals = Math.max(known.decimals, decimals);
    } else if (this.#unknownIndicators.size < 200)
      this.#unknownIndicators.set(name, { raw, decimals, rows: 1 });
  }

  #tellUnknown(): void {
    const account = this.#account;
    const source = this.#layout === null ? '' : publishers[this.#layout.format];
    for (const [name, { raw, decimals, rows }] of this.#unknownIndicators)
      account.say(
        'unknown indicators',
        `No indicator of indicators.csv is called ${quoted(name)} (${grouped(rows, 0)} figures of our areas). Add the name to the aliases of one that is there, or add this line with its outcome and polarity (High, Low or Target): ${this.#readyLine(name, raw, decimals, source)}`,
      );
    if (!this.#manyOtherAreas && this.#otherAreas.size > 0)
      account.say(
        'other areas',
        `Not in the partnership: ${[...this.#otherAreas].map(([area, rows]) => `${area === '' ? 'no area' : area}, ${String(rows)} ${rows === 1 ? 'row' : 'rows'}`).join('; ')}.`,
      );
  }

  #readyLine(name: string, raw: RawFigure, decimals: number, source: string): string {
    const words = name
      .toLowerCase()
      .normalize('NFKD')
      .split(/[^a-z0-9]+/u)
      .filter((word) => word !== '');
    const whole = words.join('-');
    const meaning = words.filter((word) => !smallWords.has(word)).join('-');
    const id = whole.length <= 60 ? whole : meaning.length <= 60 ? meaning : cutAtWord(meaning);
    const unit = isPercent(raw.unit) ? '%' : raw.unit;
    const cells = [id, name, '', unit, '', '', '', String(Math.min(decimals, 1)), source, ''];
    return cells.map((cell) => (/[",]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',');
  }

  /** Says what there is to say of the whole, once it is known what is taken. */
  conclude(): void {
    const account = this.#account;
    if (this.#layout === null) return;
    if (account.rows === 0) account.say('no rows', 'There are no rows under the column names.');
    else if (!this.#hasDistrict) account.say('no district', 'No district of the partnership is in the file.');
    else if (![...account.areas].some((area) => this.#known.districts.has(area)))
      account.say('no district', 'The file gives no figure of any district of the partnership.');
  }
}

const keyOf = ({ indicator, area, period }: Observation): string => `${indicator} ${area} ${period}`;

/**
 * Reads data files for a partnership: figures of its indicators for its districts, its county and England. Nothing is
 * guessed; whatever is left out is counted and told. A figure that is given twice with different values, in one file or
 * in two, is not taken at all.
 * @throws {Error} where a file cannot be opened
 */
export const readDataFiles = (paths: readonly string[], folder: PartnershipFolder): DataReading => {
  const known = new KnownNames(folder);
  const unusable: string[] = [];
  const imports: FileImport[] = [];
  const byKey = new Map<string, Candidate[]>();
  for (const path of paths) {
    const file = new FileImport(path, known);
    imports.push(file);
    if (!file.read()) {
      unusable.push(path);
      continue;
    }
    for (const candidate of file.chosen()) {
      const key = keyOf(candidate.observation);
      const same = byKey.get(key);
      if (same === undefined) byKey.set(key, [candidate]);
      else if (same.some(({ observation }) => sameFigure(observation, candidate.observation)))
        candidate.account.settle(candidate.row, 'given twice, the same');
      else same.push(candidate);
    }
  }
  const observations: Observation[] = [];
  for (const candidates of byKey.values()) {
    const [only, ...rivals] = candidates;
    if (only === undefined) continue;
    if (rivals.length === 0) {
      settleTaken(only);
      observations.push(only.observation);
      continue;
    }
    const { indicator, area, period } = only.observation;
    const told = candidates.map(({ place, observation }) => `${inWords(observation)} (${place})`).join(', ');
    for (const { row, account } of candidates) {
      account.settle(row, 'given twice, with different values');
      account.say(
        'given twice',
        `${indicator}, ${known.nameOfArea(area)} (${area}), ${period} is given twice, with different values: ${told}. None of them is taken.`,
      );
    }
  }
  for (const file of imports) file.conclude();
  return { files: imports.map(({ account }) => account.report()), observations, unusable };
};

const settleTaken = ({ observation, row, account }: Candidate): void => {
  account.settle(row, observation.suppressed === true ? 'suppressed by the publisher' : null);
  if (observation.suppressed === true) return;
  account.indicators.add(observation.indicator);
  account.areas.add(observation.area);
};
