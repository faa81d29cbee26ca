import type { AuditEntry } from '../../domain/audit.ts';
import type { CycleRecords } from './cycle-records.ts';

/** What happened, row by row. */
export class AuditStore {
  readonly #records: CycleRecords;

  constructor(records: CycleRecords) {
    this.#records = records;
  }

  /** What happened in a body's part of a cycle, in order; body `-` is the cycle's own. */
  async of(cycle: string, body: string): Promise<readonly AuditEntry[]> {
    return this.#records.readAll<AuditEntry>({
      pk: this.#records.keys.bodyPartition(cycle, body),
      beginsWith: 'AUDIT#',
    });
  }

  /** Writes down something that changed nothing else, such as a group's machine that broke down. */
  async note(cycle: string, body: string, entry: AuditEntry): Promise<void> {
    await this.#records.table.transact([this.#records.audit(cycle, body, 1, entry)]);
  }
}
