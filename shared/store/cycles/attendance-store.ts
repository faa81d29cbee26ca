import type {
  Attendance,
  AttendanceAnswer,
  Choice,
  NamedSubstitute,
  ToldSubstitute,
} from '../../domain/cycle.ts';
import { namedWith, supersedes } from '../../domain/cycle.ts';
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
    const { cycle, body, person, answer, tentativeAt, proposed } = attendance;
    if (answer === null && (tentativeAt ?? proposed ?? null) === null) return attendance;
    return this.#records.change(
      this.#keys.bodyKey(cycle, body, `ATTENDANCE#${person}`),
      attendance,
      {
        answer: null,
        answeredAt: null,
        channel: null,
        choice: null,
        tentativeAt: null,
        proposed: null,
        substituteGaveUp: null,
      },
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

  /**
   * Keeps what an invited person answers; a later answer takes the place of an earlier one.
   * @param choice when it was made, for one that may arrive after a later one
   * @returns how it then stands; null where the answer is older than what stands, and is passed over
   */
  async answer(
    cycle: string,
    body: string,
    person: string,
    answer: AttendanceAnswer,
    deed: Deed,
    request?: Request,
    choice?: Choice,
  ): Promise<Attendance | null> {
    const key = this.#keys.bodyKey(cycle, body, `ATTENDANCE#${person}`);
    const attendance = await this.#invited(cycle, body, person);
    if (choice !== undefined && !supersedes(choice, attendance)) return null;
    return this.#records.change(
      key,
      attendance,
      {
        answer,
        answeredAt: deed.at,
        channel: deed.channel,
        choice: choice ?? null,
        tentativeAt: null,
        proposed: null,
        substituteGaveUp: null,
        substitutesNamed: namedWith(attendance, answer),
      },
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

  /**
   * Keeps that a person may come: what was answered before no longer stands, and nothing is answered.
   * @returns how it then stands; null where something later stands, and this is passed over
   */
  async noteTentative(
    cycle: string,
    body: string,
    person: string,
    deed: Deed,
    choice: Choice,
  ): Promise<Attendance | null> {
    const attendance = await this.#invited(cycle, body, person);
    if (!supersedes(choice, attendance)) return null;
    return this.#records.change(
      this.#keys.bodyKey(cycle, body, `ATTENDANCE#${person}`),
      attendance,
      { answer: null, answeredAt: null, channel: null, choice, tentativeAt: deed.at },
      'the answer',
      {
        audit: this.#records.audit(cycle, body, attendance.revision + 1, {
          at: deed.at,
          by: deed.by,
          what: 'attendance-tentative',
          about: person,
          detail: { channel: deed.channel },
        }),
      },
    );
  }

  /** An invited person's place, or undefined. */
  async get(cycle: string, body: string, person: string): Promise<Attendance | undefined> {
    return this.#records.read<Attendance>(this.#keys.bodyKey(cycle, body, `ATTENDANCE#${person}`));
  }

  /** Keeps that somebody who was not invited may come in the person's place; null: that they do not. */
  async propose(
    attendance: Attendance,
    proposed: NamedSubstitute | null,
    deed: Pick<Deed, 'by' | 'at'>,
  ): Promise<void> {
    await this.#changeOf(
      attendance,
      { proposed },
      proposed === null ? 'substitute-refused' : 'substitute-proposed',
      deed,
    );
  }

  /** The substitute cannot come after all: nobody comes, unless the person answers anew. */
  async giveUp(attendance: Attendance, substitute: NamedSubstitute, at: Instant): Promise<void> {
    await this.#changeOf(
      attendance,
      { answer: { response: 'apologies' }, choice: null, substituteGaveUp: { ...substitute, at } },
      'substitute-gave-up',
      { by: attendance.person, at },
    );
  }

  /** Keeps whom the substitute's emails have reached; null: nobody who still expects to come. */
  async noteTold(attendance: Attendance, told: ToldSubstitute | null, at: Instant): Promise<void> {
    await this.#changeOf(attendance, { substituteTold: told, substituteGaveUp: null }, 'substitute-told', {
      by: 'system',
      at,
    });
  }

  async #changeOf(
    attendance: Attendance,
    change: Partial<Attendance>,
    what: string,
    { by, at }: Pick<Deed, 'by' | 'at'>,
  ): Promise<void> {
    const { cycle, body, person, revision } = attendance;
    await this.#records.change(
      this.#keys.bodyKey(cycle, body, `ATTENDANCE#${person}`),
      attendance,
      change,
      'the answer',
      { audit: this.#records.audit(cycle, body, revision + 1, { at, by, what, about: person, detail: {} }) },
    );
  }

  async #invited(cycle: string, body: string, person: string): Promise<Attendance> {
    const attendance = await this.get(cycle, body, person);
    if (attendance === undefined) throw new Error(`'${person}' is not invited to ${body} in ${cycle}`);
    return attendance;
  }
}
