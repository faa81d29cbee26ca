import type { Escalation } from '../../domain/return.ts';
import type { Request } from '../../domain/request.ts';
import type { Instant } from '../../time/calendar.ts';
import type { Key } from '../table.ts';

/** Where the Cycles table keeps what: one partition for each body in each cycle, and a few for what outlasts a cycle. */
export class CycleKeys {
  readonly #partnership: string;

  constructor(partnership: string) {
    this.#partnership = partnership;
  }

  get cyclesPartition(): string {
    return `${this.#partnership}#CYCLES`;
  }

  get representativesPartition(): string {
    return `${this.#partnership}#REPRESENTATIVES`;
  }

  /** What the reports said, of all cycles: the newest are read first where they are searched. */
  get reportsPartition(): string {
    return `${this.#partnership}#REPORTS`;
  }

  get waitingPartition(): string {
    return `${this.#partnership}#WAITING`;
  }

  cycleKey(id: string): Key {
    return { pk: this.cyclesPartition, sk: id };
  }

  representativesKey(cycle: string): Key {
    return { pk: this.representativesPartition, sk: cycle };
  }

  /** What a cycle's report said of a group; group `-` is the report as a whole. */
  reportKey(cycle: string, group: string): Key {
    return { pk: this.reportsPartition, sk: `${cycle}#${group}` };
  }

  actionsPartition(group: string): string {
    return `${this.#partnership}#ACTIONS#${group}`;
  }

  actionKey(group: string, id: string): Key {
    return { pk: this.actionsPartition(group), sk: id };
  }

  grantsPartition(group: string): string {
    return `${this.#partnership}#GRANTS#${group}`;
  }

  grantKey(group: string, id: string): Key {
    return { pk: this.grantsPartition(group), sk: id };
  }

  /** What belongs to a body in a cycle; body `-` is the cycle's own. */
  bodyPartition(cycle: string, body: string): string {
    return `${this.#partnership}#${cycle}#${body}`;
  }

  bodyKey(cycle: string, body: string, sk: string): Key {
    return { pk: this.bodyPartition(cycle, body), sk };
  }

  requestKey(id: string, cycle: string, body: string): Key {
    return this.bodyKey(cycle, body, `REQUEST#${id}`);
  }

  /** A request's id says whose business in which cycle it is: see `requestId`. */
  keyOfRequest(id: string): Key {
    const [cycle = '-', , body = '-'] = id.split('~');
    return this.requestKey(id, cycle, body);
  }

  reportedPartition(cycle: string): string {
    return this.bodyPartition(cycle, 'REPORTED');
  }

  /** An escalation of an earlier report that still waited for an answer when a cycle's report was compiled. */
  carriedKey(cycle: string, escalation: Pick<Escalation, 'id'>): Key {
    return { pk: this.reportedPartition(cycle), sk: `CARRIED#${escalation.id}` };
  }

  escalationKey(escalation: Pick<Escalation, 'cycle' | 'id'>): Key {
    return { pk: this.reportedPartition(escalation.cycle), sk: `ESCALATION#${escalation.id}` };
  }

  waitingKey(name: string): Key {
    return { pk: this.waitingPartition, sk: name };
  }

  /** Where a registration stands, and its place in the order in which they fall due. */
  waitingPlace({ name, at }: { readonly name: string; readonly at: Instant }): Key & {
    readonly gsi1pk: string;
    readonly gsi1sk: string;
  } {
    return { ...this.waitingKey(name), gsi1pk: this.waitingPartition, gsi1sk: at };
  }

  addressesPartition(person: string): string {
    return `${this.#partnership}#ADDRESSES#${person}`;
  }

  addressKey(person: string, address: string): Key {
    return { pk: this.addressesPartition(person), sk: address };
  }

  /** One thing at a time is confirmed by a link. */
  confirmationKey(link: string): Key {
    return { pk: `${this.#partnership}#CONFIRMATION#${link}`, sk: 'CONFIRMATION' };
  }

  personPartition(person: string): string {
    return `${this.#partnership}#PERSON#${person}`;
  }

  personIndex(request: Pick<Request, 'person' | 'cycle' | 'id'>): {
    readonly gsi1pk: string;
    readonly gsi1sk: string;
  } {
    return { gsi1pk: this.personPartition(request.person), gsi1sk: `${request.cycle}#${request.id}` };
  }
}
