import type { Indicator, PartnershipFolder } from '../../domain/partnership.ts';
import { england } from '../../domain/partnership.ts';
import type { YearKind } from './figure-periods.ts';
import { simplified } from './layouts.ts';

/** The areas and indicators of a partnership, by every name that files give them. */
export class KnownNames {
  readonly #areasByCode = new Map<string, string>();
  readonly #areasByName = new Map<string, string>();
  readonly #namesOfAreas = new Map<string, string>();
  readonly #indicators = new Map<string, Indicator[]>();
  readonly #districtNames: string[] = [];
  readonly #yearStarts = new Map<string, string>();
  /** The codes of the districts. */
  readonly districts: ReadonlySet<string>;

  constructor({ partnership, groups, indicators, observations }: PartnershipFolder) {
    this.districts = new Set(groups.map(({ area }) => area));
    for (const { area, name, aliases } of groups) {
      this.#addArea(area, [name]);
      this.#districtNames.push(name, ...aliases);
      for (const alias of aliases)
        if (/^[A-Z]\d{8}$/u.test(alias)) this.#areasByCode.set(alias, area);
        else this.#areasByName.set(simplified(alias), area);
    }
    this.#addArea(partnership.area.code, [partnership.area.name]);
    this.#addArea(england, ['England']);
    for (const indicator of indicators)
      for (const name of new Set(
        [indicator.id, indicator.name, ...(indicator.aliases ?? [])].map(simplified),
      )) {
        const same = this.#indicators.get(name);
        if (same === undefined) this.#indicators.set(name, [indicator]);
        else same.push(indicator);
      }
    for (const { indicator, period } of observations)
      if (period.endsWith('/P1Y')) this.#yearStarts.set(indicator, period.slice(5, 10));
  }

  #addArea(code: string, names: readonly string[]): void {
    this.#areasByCode.set(code, code);
    for (const name of names) {
      this.#areasByName.set(simplified(name), code);
      this.#namesOfAreas.set(code, name);
    }
  }

  /** The area that a code is of, itself or as an older code of it. */
  areaOfCode(code: string): string | undefined {
    return this.#areasByCode.get(code.toUpperCase());
  }

  areaOfName(name: string): string | undefined {
    return this.#areasByName.get(simplified(name));
  }

  nameOfArea(code: string): string {
    return this.#namesOfAreas.get(code) ?? code;
  }

  indicatorsOf(names: readonly string[]): readonly Indicator[] {
    const [only] = names;
    if (only !== undefined && names.length === 1) return this.#indicators.get(simplified(only)) ?? [];
    const found = names.flatMap((name) => this.#indicators.get(simplified(name)) ?? []);
    return found.length < 2 ? found : [...new Set(found)];
  }

  isIndicator(name: string): boolean {
    return this.#indicators.has(simplified(name));
  }

  /** What a year over two calendar years is for an indicator: as the figures that there are have it, else financial. */
  yearKindOf({ id }: Indicator): YearKind {
    const start = this.#yearStarts.get(id) ?? '';
    if (start === '04-06') return 'tax';
    return /^0[789]-01$/u.test(start) ? 'academic' : 'financial';
  }

  /** A school year in the form that the indicator's figures have already: the ONS lets some start in August. */
  aligned(interval: string, { id }: Indicator): string {
    const start = this.#yearStarts.get(id) ?? '';
    return interval.endsWith('-09-01/P1Y') && /^0[78]-01$/u.test(start)
      ? interval.replace('-09-01/', `-${start}/`)
      : interval;
  }

  /**
   * What a record's text holds if it is of one of the areas: a code, or a district's name.
   * @param forEngland a word that stands for England's code, where every row holds that
   */
  interest(forEngland: string | null): RegExp {
    const codes = [...this.#areasByCode.keys()].filter((code) => code !== england || forEngland === null);
    const texts = [...codes, ...this.#districtNames, ...(forEngland === null ? [] : [forEngland])];
    return new RegExp(
      texts.map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`)).join('|'),
      'giu',
    );
  }
}
