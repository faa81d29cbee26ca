import type { Table } from '../table.ts';
import { ActionStore } from './action-store.ts';
import { AddressStore } from './address-store.ts';
import { AttendanceStore } from './attendance-store.ts';
import { AuditStore } from './audit-store.ts';
import { ChairsGroupStore } from './chairs-group-store.ts';
import { ConfirmationStore } from './confirmation-store.ts';
import { CycleRecords } from './cycle-records.ts';
import { CycleStore } from './cycle-store.ts';
import { EscalationStore } from './escalation-store.ts';
import { GrantStore } from './grant-store.ts';
import { MeetingStore } from './meeting-store.ts';
import { MinutesStore } from './minutes-store.ts';
import { ReportStore } from './report-store.ts';
import { RequestStore } from './request-store.ts';
import { ReturnStore } from './return-store.ts';
import { WaitingStore } from './waiting-store.ts';

/** What the Cycles table keeps of a partnership: one store for each kind of thing, over the same table. */
export interface CycleStores {
  readonly cycles: CycleStore;
  readonly meetings: MeetingStore;
  readonly addresses: AddressStore;
  readonly attendance: AttendanceStore;
  readonly requests: RequestStore;
  readonly minutes: MinutesStore;
  readonly returns: ReturnStore;
  readonly actions: ActionStore;
  readonly grants: GrantStore;
  readonly escalations: EscalationStore;
  readonly reports: ReportStore;
  readonly chairsGroup: ChairsGroupStore;
  readonly confirmations: ConfirmationStore;
  readonly waiting: WaitingStore;
  readonly audit: AuditStore;
}

/** The stores of a partnership's cycles in the Cycles table. */
export const cycleStores = (table: Table, partnership: string): CycleStores => {
  const records = new CycleRecords(table, partnership);
  const cycles = new CycleStore(records);
  return {
    cycles,
    meetings: new MeetingStore(records),
    addresses: new AddressStore(records),
    attendance: new AttendanceStore(records),
    requests: new RequestStore(records),
    minutes: new MinutesStore(records),
    returns: new ReturnStore(records),
    actions: new ActionStore(records),
    grants: new GrantStore(records),
    escalations: new EscalationStore(records, cycles),
    reports: new ReportStore(records),
    chairsGroup: new ChairsGroupStore(records),
    confirmations: new ConfirmationStore(records),
    waiting: new WaitingStore(records),
    audit: new AuditStore(records),
  };
};
