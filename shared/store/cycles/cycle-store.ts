import type { Cycle, Paper } from '../../domain/cycle.ts';
import { type Grant, isCarried } from '../../domain/grant.ts';
import type { Action } from '../../domain/return.ts';
import type { Instant, IsoDate } from '../../time/calendar.ts';
import { fromItem } from '../items.ts';
import type { CycleKeys } from './cycle-keys.ts';
import type { CycleRecords, Unsaved } from './cycle-records.ts';

/** The cycles of a partnership, from their opening to their end. */
export class CycleStore {
  readonly #records: CycleRecords;
  readonly #keys: CycleKeys;

  constructor(records: CycleRecords) {
    this.#records = records;
    this.#keys = records.keys;
  }

  /** Opens a cycle; a cycle that is there already is given back as it stands, so that a double start is one cycle. */
  async open(cycle: Unsaved<Cycle>): Promise<Cycle> {
    return this.#records.create<Cycle>(
      this.#keys.cycleKey(cycle.id),
      cycle,
      this.#records.audit(cycle.id, '-', 1, {
        at: cycle.openedAt,
        by: 'system',
        what: 'cycle-opened',
        about: cycle.id,
        detail: {},
      }),
    );
  }

  async get(id: string): Promise<Cycle | undefined> {
    return this.#records.read<Cycle>(this.#keys.cycleKey(id));
  }

  /**
   * A cycle that has to be there.
   * @throws {Error} when it is not
   */
  async known(id: string): Promise<Cycle> {
    const cycle = await this.get(id);
    if (cycle === undefined)
      throw new Error(`no cycle '${id}' in partnership '${this.#records.partnership}'`);
    return cycle;
  }

  /** The cycle before one, or undefined for the first. */
  async previous(id: string): Promise<Cycle | undefined> {
    return (await this.earlier(id, 1))[0];
  }

  /** So many cycles before one, the newest first. */
  async earlier(id: string, count: number): Promise<readonly Cycle[]> {
    const page = await this.#records.table.query(
      { pk: this.#keys.cyclesPartition, to: id, descending: true },
      { limit: count + 1 },
    );
    return page.items
      .map((item) => fromItem<Cycle>(item))
      .filter((cycle) => cycle.id !== id)
      .slice(0, count);
  }

  /** All cycles, the newest first. */
  async *all(): AsyncIterable<Cycle> {
    yield* this.#records.each<Cycle>({ pk: this.#keys.cyclesPartition, descending: true });
  }

  /** Marks that the report went to the secretariat. */
  async report(cycle: Cycle, at: Instant): Promise<Cycle> {
    if (cycle.state !== 'open') return cycle;
    return this.#records.change(
      this.#keys.cycleKey(cycle.id),
      cycle,
      { state: 'reported', reportedAt: at },
      'cycle',
      {
        audit: this.#records.audit(cycle.id, '-', cycle.revision + 1, {
          at,
          by: 'system',
          what: 'cycle-reported',
          about: cycle.id,
          detail: {},
        }),
      },
    );
  }

  /** Keeps which files the report and the members' briefing were made into. */
  async reportMade(
    cycle: Cycle,
    { report, briefing }: { readonly report: readonly string[]; readonly briefing: readonly string[] },
    at: Instant,
  ): Promise<Cycle> {
    if (cycle.reportFiles?.join() === report.join() && cycle.briefingFiles?.join() === briefing.join())
      return cycle;
    const change = { reportFiles: report, briefingFiles: briefing };
    return this.#records.change(this.#keys.cycleKey(cycle.id), cycle, change, 'cycle', {
      audit: this.#records.audit(cycle.id, '-', cycle.revision + 1, {
        at,
        by: 'system',
        what: 'report-made',
        about: cycle.id,
        detail: { files: report.join(', ') },
      }),
    });
  }

  /** Keeps which papers a cycle left. */
  async keepPapers(cycle: Cycle, papers: readonly Paper[], at: Instant): Promise<Cycle> {
    if (JSON.stringify(cycle.papers) === JSON.stringify(papers)) return cycle;
    return this.#records.change(this.#keys.cycleKey(cycle.id), cycle, { papers }, 'cycle', {
      audit: this.#records.audit(cycle.id, '-', cycle.revision + 1, {
        at,
        by: 'system',
        what: 'papers-kept',
        about: cycle.id,
        detail: { papers: papers.length },
      }),
    });
  }

  async close(cycle: Cycle, at: Instant): Promise<Cycle> {
    if (cycle.state === 'closed') return cycle;
    return this.#records.change(
      this.#keys.cycleKey(cycle.id),
      cycle,
      { state: 'closed', closedAt: at },
      'cycle',
      {
        audit: this.#records.audit(cycle.id, '-', cycle.revision + 1, {
          at,
          by: 'system',
          what: 'cycle-closed',
          about: cycle.id,
          detail: {},
        }),
      },
    );
  }

  /** Cycles whose next board met before a day, the oldest first. */
  async *endedBefore(day: IsoDate): AsyncIterable<Cycle> {
    for await (const cycle of this.#records.each<Cycle>({ pk: this.#keys.cyclesPartition, to: day }))
      if (cycle.nextBoard.date < day) yield cycle;
  }

  /** Removes a body's part of a cycle: its meeting, requests, answers, return, audit, and its actions and grants that are over. */
  async forgetPart(cycle: Cycle, body: string): Promise<void> {
    await this.#records.removeAll({ pk: this.#keys.bodyPartition(cycle.id, body) });
    const actions = await this.#records.readAll<Action>({ pk: this.#keys.actionsPartition(body) });
    const over = actions.filter(({ raisedIn, state }) => raisedIn === cycle.id && state !== 'open');
    await this.#records.table.removeMany(over.map(({ id }) => this.#keys.actionKey(body, id)));
    const grants = await this.#records.readAll<Grant>({ pk: this.#keys.grantsPartition(body) });
    const ended = grants.filter((grant) => grant.raisedIn === cycle.id && !isCarried(grant));
    await this.#records.table.removeMany(ended.map(({ id }) => this.#keys.grantKey(body, id)));
  }

  /** Removes what is nobody's part of a cycle: what was reported, and at last the cycle itself. */
  async forget(cycle: Cycle): Promise<void> {
    await this.#records.removeAll({ pk: this.#keys.bodyPartition(cycle.id, '-') });
    await this.#records.removeAll({ pk: this.#keys.reportedPartition(cycle.id) });
    await this.#records.removeAll({ pk: this.#keys.reportsPartition, beginsWith: `${cycle.id}#` });
    await this.#records.table.removeMany([
      this.#keys.representativesKey(cycle.id),
      this.#keys.cycleKey(cycle.id),
    ]);
  }
}
