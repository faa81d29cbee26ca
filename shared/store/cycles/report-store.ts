import type { ReportedGroup, ReportedSummary, ReportRecord } from '../../domain/report-record.ts';
import { toItem } from '../items.ts';
import type { CycleKeys } from './cycle-keys.ts';
import type { CycleRecords } from './cycle-records.ts';

/** What the reports said: an item for each LCPG in each of them, and one for the whole. */
export class ReportStore {
  readonly #records: CycleRecords;
  readonly #keys: CycleKeys;

  constructor(records: CycleRecords) {
    this.#records = records;
    this.#keys = records.keys;
  }

  /** Keeps what a report says. The same report gives the same items, so a second time changes nothing. */
  async keep({ summary, groups }: ReportRecord): Promise<void> {
    await this.#records.table.putMany([
      toItem(this.#keys.reportKey(summary.cycle, '-'), summary),
      ...groups.map((group) => toItem(this.#keys.reportKey(group.cycle, group.group), group)),
    ]);
  }

  /** What the report of a cycle said as a whole; undefined before it, and in cycles of an earlier release. */
  async summary(cycle: string): Promise<ReportedSummary | undefined> {
    return this.#records.read<ReportedSummary>(this.#keys.reportKey(cycle, '-'));
  }

  /** All that the report of a cycle said; undefined before it, and in cycles of an earlier release. */
  async of(cycle: string): Promise<ReportRecord | undefined> {
    const summary = await this.summary(cycle);
    if (summary === undefined) return undefined;
    const items = await this.#records.readAll<ReportedSummary | ReportedGroup>({
      pk: this.#keys.reportsPartition,
      beginsWith: `${cycle}#`,
    });
    return { summary, groups: items.filter((item): item is ReportedGroup => 'group' in item) };
  }

  /** What all reports said, the newest first; those of cycles that began before a day, where one is given. */
  async *newestFirst(before: string | null): AsyncIterable<ReportedSummary | ReportedGroup> {
    yield* this.#records.each<ReportedSummary | ReportedGroup>({
      pk: this.#keys.reportsPartition,
      descending: true,
      ...(before === null ? {} : { to: before }),
    });
  }

  /** What the reports of some cycles said of an LCPG, in the order of the cycles; what is not there is left out. */
  async ofGroup(cycles: readonly string[], group: string): Promise<readonly ReportedGroup[]> {
    const items = await this.#records.readMany<ReportedGroup>(
      cycles.map((cycle) => this.#keys.reportKey(cycle, group)),
    );
    return items.filter((item) => item !== undefined);
  }
}
