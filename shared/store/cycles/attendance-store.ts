import type { Attendance, AttendanceAnswer } from '../../domain/cycle.ts';
import type { Request } from '../../domain/request.ts';
import type { Instant } from '../../time/calendar.ts';
import type { CycleKeys } from './cycle-keys.ts';
import type { CycleRecords } from './cycle-records.ts';
import type { Deed } from './deed.ts';
import { answered } from './request-writes.ts';

/** Who is invited to a meeting, and what they answer. */
export class AttendanceStore {
  readonly #records: CycleRecords;
  readonly #keys: CycleKeys;

  constructor(records: CycleRecords) {
    this.#records = records;
    this.#keys = records.keys;
  }

  /** Everybody who was invited to a body's meeting. */
  async of(cycle: string, body: string): Promise<readonly Attendance[]> {
    return this.#records.readAll<Attendance>({
      pk: this.#keys.bodyPartition(cycle, body),
      beginsWith: 'ATTENDANCE#',
    });
  }

  /** Writes down that a person is invited; an answer that is there already is kept. */
  async invite(cycle: string, body: string, person: string, at: Instant): Promise<Attendance> {
    return this.#records.create<Attendance>(
      this.#keys.bodyKey(cycle, body, `ATTENDANCE#${person}`),
      { cycle, body, person, answer: null, answeredAt: null, channel: null },
      this.#records.audit(cycle, body, 1, { at, by: 'system', what: 'invited', about: person, detail: {} }),
    );
  }

  /** Asks an invited person afresh: the meeting has moved, and an answer for the old time says nothing of the new one. */
  async askAfresh(attendance: Attendance, at: Instant): Promise<Attendance> {
    if (attendance.answer === null) return attendance;
    const { cycle, body, person } = attendance;
    return this.#records.change(
      this.#keys.bodyKey(cycle, body, `ATTENDANCE#${person}`),
      attendance,
      { answer: null, answeredAt: null, channel: null },
      'the answer',
      {
        audit: this.#records.audit(cycle, body, attendance.revision + 1, {
          at,
          by: 'system',
          what: 'attendance-asked-afresh',
          about: person,
          detail: {},
        }),
      },
    );
  }

  /** Keeps what an invited person answers; a later answer takes the place of an earlier one. */
  async answer(
    cycle: string,
    body: string,
    person: string,
    answer: AttendanceAnswer,
    deed: Deed,
    request?: Request,
  ): Promise<void> {
    const key = this.#keys.bodyKey(cycle, body, `ATTENDANCE#${person}`);
    const attendance = await this.#records.read<Attendance>(key);
    if (attendance === undefined) throw new Error(`'${person}' is not invited to ${body} in ${cycle}`);
    await this.#records.change(
      key,
      attendance,
      { answer, answeredAt: deed.at, channel: deed.channel },
      'the answer',
      {
        also: request === undefined ? [] : [answered(this.#records, request, deed)],
        audit: this.#records.audit(cycle, body, attendance.revision + 1, {
          at: deed.at,
          by: deed.by,
          what: 'attendance-answered',
          about: person,
          detail: { response: answer.response, channel: deed.channel },
        }),
      },
    );
  }
}
