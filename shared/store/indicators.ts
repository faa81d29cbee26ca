import { unknownStanding } from '../domain/figure.ts';
import type { Indicator, Observation, PartnershipFolder, Priority } from '../domain/partnership.ts';
import type { IndicatorFigure } from '../report/model.ts';
import { fromItem, readEvery, toItem } from './items.ts';
import type { Item, Table } from './table.ts';

/** Figures as a cycle kept them; those of an earlier release have values only. */
const keptFigures = (item: Item | undefined): readonly IndicatorFigure[] =>
  item === undefined
    ? []
    : fromItem<{ figures: readonly IndicatorFigure[] }>(item).figures.map((figure) =>
        standing.every((attribute) => attribute in figure) ? figure : { ...unknownStanding, ...figure },
      );

const standing = Object.keys(unknownStanding);

/** The indicators of a partnership: what they are, whose priorities, the published figures, and each cycle's standings. */
export class Indicators {
  readonly #table: Table;
  readonly #partnership: string;

  constructor(table: Table, partnership: string) {
    this.#table = table;
    this.#partnership = partnership;
  }

  /** All indicators, in the order of the partnership's file. */
  async definitions(): Promise<readonly Indicator[]> {
    return this.#all<Indicator>(`${this.#partnership}#INDICATORS`);
  }

  /** All choices of priority, of every group. */
  async priorities(): Promise<readonly Priority[]> {
    return this.#all<Priority>(`${this.#partnership}#PRIORITIES`);
  }

  /** The published figures of an area. */
  async observations(area: string): Promise<readonly Observation[]> {
    return this.#all<Observation>(this.#areaKey(area));
  }

  /** Which of some indicators there are published figures of, for an area. */
  async published(area: string, indicators: readonly string[]): Promise<ReadonlySet<string>> {
    const found = await Promise.all(
      indicators.map(async (indicator) => {
        const query = { pk: this.#areaKey(area), beginsWith: `${indicator}#` };
        return (await this.#table.query(query, { limit: 1 })).items.length > 0;
      }),
    );
    return new Set(indicators.filter((_, at) => found[at]));
  }

  /** What a group's returns have said of its own indicators. */
  async localObservations(group: string): Promise<readonly Observation[]> {
    return this.#all<Observation>(this.#localKey(group));
  }

  /** Keeps what a return says of its group's own indicators; a later return of the same period takes its place. */
  async keepLocalObservations(group: string, observations: readonly Observation[]): Promise<void> {
    await this.#table.putMany(
      observations.map((observation) =>
        toItem(
          { pk: this.#localKey(group), sk: `${observation.indicator}#${observation.period}` },
          observation,
        ),
      ),
    );
  }

  /** The figures of a group as they stood when a cycle opened: the same in its pack, the Chairs Group's and the report. */
  async figures(cycle: string, group: string): Promise<readonly IndicatorFigure[]> {
    const item = await this.#table.get(this.#figuresKey(cycle, group));
    return keptFigures(item);
  }

  /** The figures of many groups, in the order asked. */
  async figuresOf(
    cycle: string,
    groups: readonly string[],
  ): Promise<readonly (readonly IndicatorFigure[])[]> {
    const items = await this.#table.getMany(groups.map((group) => this.#figuresKey(cycle, group)));
    return items.map(keptFigures);
  }

  /** Keeps the figures of groups for a cycle. The same cycle gives the same figures, so a second time changes nothing. */
  async keepFigures(
    cycle: string,
    figures: readonly { readonly group: string; readonly figures: readonly IndicatorFigure[] }[],
  ): Promise<void> {
    await this.#table.putMany(
      figures.map((one) => toItem(this.#figuresKey(cycle, one.group), { figures: one.figures })),
    );
  }

  /** Takes over the definitions, priorities and observations of a checked folder, in place of those that stood there. */
  async load(folder: Pick<PartnershipFolder, 'indicators' | 'priorities' | 'observations'>): Promise<void> {
    const definitions = `${this.#partnership}#INDICATORS`;
    const priorities = `${this.#partnership}#PRIORITIES`;
    const areas = `${this.#partnership}#AREAS`;
    const items: Item[] = [
      ...folder.indicators.map((indicator, index) =>
        toItem({ pk: definitions, sk: String(index).padStart(6, '0') }, indicator),
      ),
      ...folder.priorities.map((priority) =>
        toItem(
          { pk: priorities, sk: `${priority.group}#${priority.indicator}#${priority.from ?? ''}` },
          priority,
        ),
      ),
      ...folder.observations.map((observation) =>
        toItem(
          {
            pk: this.#areaKey(observation.area),
            sk: `${observation.indicator}#${observation.period}`,
          },
          observation,
        ),
      ),
      ...[...new Set(folder.observations.map(({ area }) => area))].map((area) =>
        toItem({ pk: areas, sk: area }, { area }),
      ),
    ];
    const kept = new Set(items.map((item) => `${item.pk} ${item.sk}`));
    const partitions = [definitions, priorities, areas];
    for await (const { sk } of this.#table.queryAll({ pk: areas })) partitions.push(this.#areaKey(sk));
    const stale: { pk: string; sk: string }[] = [];
    for (const pk of partitions)
      for await (const item of this.#table.queryAll({ pk }))
        if (!kept.has(`${pk} ${item.sk}`)) stale.push({ pk, sk: item.sk });
    await this.#table.putMany(items);
    await this.#table.removeMany(stale);
  }

  async #all<Entity>(pk: string): Promise<readonly Entity[]> {
    return readEvery<Entity>(this.#table, { pk });
  }

  #areaKey(area: string): string {
    return `${this.#partnership}#AREA#${area}`;
  }

  #localKey(group: string): string {
    return `${this.#partnership}#LOCAL#${group}`;
  }

  #figuresKey(cycle: string, group: string): { pk: string; sk: string } {
    return { pk: `${this.#partnership}#FIGURES#${cycle}#${group}`, sk: 'FIGURES' };
  }
}
