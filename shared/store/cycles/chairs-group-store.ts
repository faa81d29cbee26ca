import type { ChairsSummary, ChairsSummaryContent, Representatives } from '../../domain/chairs-group.ts';
import type { Request } from '../../domain/request.ts';
import type { Instant } from '../../time/calendar.ts';
import type { CycleKeys } from './cycle-keys.ts';
import type { CycleRecords } from './cycle-records.ts';
import type { Deed } from './deed.ts';
import { answered, auditOfAnswer } from './request-writes.ts';

/** What the Chairs Group decides in a cycle: its summary, and who represents it at the next board. */
export class ChairsGroupStore {
  readonly #records: CycleRecords;
  readonly #keys: CycleKeys;

  constructor(records: CycleRecords) {
    this.#records = records;
    this.#keys = records.keys;
  }

  async summary(cycle: string): Promise<ChairsSummary | undefined> {
    return this.#records.read<ChairsSummary>(this.#keys.bodyKey(cycle, '-', 'SUMMARY'));
  }

  /** Lays down the drafted summary; one that is there already is kept and given back. */
  async draftSummary(cycle: string, content: ChairsSummaryContent, at: Instant): Promise<ChairsSummary> {
    return this.#records.create<ChairsSummary>(
      this.#keys.bodyKey(cycle, '-', 'SUMMARY'),
      { cycle, state: 'draft', content, approvedAt: null, approvedBy: null },
      this.#records.audit(cycle, '-', 1, {
        at,
        by: 'system',
        what: 'summary-drafted',
        about: cycle,
        detail: {},
      }),
    );
  }

  /**
   * Puts a newer draft in the place of one that nobody has written in.
   * @throws {Conflict} when somebody saved since the given summary was read
   */
  async redraftSummary(
    summary: ChairsSummary,
    content: ChairsSummaryContent,
    at: Instant,
  ): Promise<ChairsSummary> {
    return this.#records.change(
      this.#keys.bodyKey(summary.cycle, '-', 'SUMMARY'),
      summary,
      { content, draftedAt: at, isUntouched: true },
      'the summary',
      {
        audit: this.#records.audit(summary.cycle, '-', summary.revision + 1, {
          at,
          by: 'system',
          what: 'summary-drafted',
          about: summary.cycle,
          detail: {},
        }),
      },
    );
  }

  /**
   * Keeps the lead chair's wording without approving it.
   * @throws {Conflict} when somebody saved since the given summary was read
   */
  async saveSummary(
    summary: ChairsSummary,
    content: ChairsSummaryContent,
    deed: Deed,
  ): Promise<ChairsSummary> {
    return this.#records.change(
      this.#keys.bodyKey(summary.cycle, '-', 'SUMMARY'),
      summary,
      { state: 'draft', content, approvedAt: null, approvedBy: null, isUntouched: false },
      'the summary',
      {
        audit: this.#records.audit(summary.cycle, '-', summary.revision + 1, {
          at: deed.at,
          by: deed.by,
          what: 'summary-saved',
          about: summary.cycle,
          detail: {},
        }),
      },
    );
  }

  async approveSummary(
    summary: ChairsSummary,
    content: ChairsSummaryContent,
    deed: Deed,
    request: Request,
  ): Promise<ChairsSummary> {
    return this.#records.change(
      this.#keys.bodyKey(summary.cycle, '-', 'SUMMARY'),
      summary,
      { state: 'approved', content, approvedAt: deed.at, approvedBy: deed.by },
      'the summary',
      {
        also: [answered(this.#records, request, deed), this.#records.unreported(summary.cycle)],
        audit: auditOfAnswer(this.#records, request, deed),
      },
    );
  }

  async representatives(cycle: string): Promise<Representatives | undefined> {
    return this.#records.read<Representatives>(this.#keys.representativesKey(cycle));
  }

  /** Who went to the board in which cycle, the newest first. */
  async *representativesSoFar(): AsyncIterable<Representatives> {
    yield* this.#records.each<Representatives>({ pk: this.#keys.representativesPartition, descending: true });
  }

  /** Writes down who is proposed to attend the next board; what is there already is kept and given back. */
  async proposeRepresentatives(
    cycle: string,
    people: readonly string[],
    at: Instant,
  ): Promise<Representatives> {
    return this.#records.create<Representatives>(
      this.#keys.representativesKey(cycle),
      { cycle, people, state: 'proposed', recordedAt: at },
      this.#records.audit(cycle, '-', 1, {
        at,
        by: 'system',
        what: 'representatives-proposed',
        about: cycle,
        detail: {},
      }),
    );
  }

  async confirmRepresentatives(
    given: Representatives,
    people: readonly string[],
    deed: Deed,
    request: Request,
  ): Promise<Representatives> {
    return this.#records.change(
      this.#keys.representativesKey(given.cycle),
      given,
      { people, state: 'confirmed', recordedAt: deed.at },
      'the representatives',
      {
        also: [answered(this.#records, request, deed), this.#records.unreported(given.cycle)],
        audit: auditOfAnswer(this.#records, request, deed),
      },
    );
  }
}
