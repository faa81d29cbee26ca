import type { Meeting, MeetingTime } from '../../domain/cycle.ts';
import type { Request } from '../../domain/request.ts';
import type { Instant } from '../../time/calendar.ts';
import type { CycleKeys } from './cycle-keys.ts';
import type { CycleRecords, Unsaved } from './cycle-records.ts';
import type { Deed } from './deed.ts';
import { answered } from './request-writes.ts';

/** The meetings of a cycle: of each group, and of the Chairs Group. */
export class MeetingStore {
  readonly #records: CycleRecords;
  readonly #keys: CycleKeys;

  constructor(records: CycleRecords) {
    this.#records = records;
    this.#keys = records.keys;
  }

  async get(cycle: string, body: string): Promise<Meeting | undefined> {
    return this.#records.read<Meeting>(this.#keys.bodyKey(cycle, body, 'MEETING'));
  }

  /** Meetings in the order asked. */
  async getMany(
    meetings: readonly { readonly cycle: string; readonly body: string }[],
  ): Promise<readonly (Meeting | undefined)[]> {
    return this.#records.readMany<Meeting>(
      meetings.map(({ cycle, body }) => this.#keys.bodyKey(cycle, body, 'MEETING')),
    );
  }

  /** Writes down a body's meeting at the start of a cycle; what stands there already is kept and given back. */
  async place(cycle: string, body: string, time: MeetingTime | null, at: Instant): Promise<Meeting> {
    const meeting: Unsaved<Meeting> = {
      cycle,
      body,
      state: time === null ? 'unset' : 'planned',
      time,
      sequence: 0,
      toldSequence: -1,
      round: 1,
    };
    return this.#records.create<Meeting>(
      this.#keys.bodyKey(cycle, body, 'MEETING'),
      meeting,
      this.#records.audit(cycle, body, 1, {
        at,
        by: 'system',
        what: 'meeting-placed',
        about: body,
        detail: { date: time?.date ?? null },
      }),
    );
  }

  /** Sets, moves or cancels a meeting; with the request that asked for its date, where that is what the answer was. */
  async change(
    meeting: Meeting,
    to: { readonly state: 'planned'; readonly time: MeetingTime } | { readonly state: 'cancelled' },
    deed: Deed,
    request?: Request,
  ): Promise<Meeting> {
    const moved =
      to.state === 'planned' &&
      meeting.toldSequence >= 0 &&
      // What was asked about a meeting that was then cancelled has been withdrawn.
      (meeting.state === 'cancelled' ||
        meeting.time?.date !== to.time.date ||
        meeting.time.start !== to.time.start);
    const change = {
      state: to.state,
      sequence: meeting.sequence + 1,
      round: meeting.round + (moved ? 1 : 0),
      ...(moved ? { roundSequence: meeting.sequence + 1 } : {}),
      ...(to.state === 'planned' ? { time: to.time } : {}),
    };
    return this.#records.change(
      this.#keys.bodyKey(meeting.cycle, meeting.body, 'MEETING'),
      meeting,
      change,
      'the meeting',
      {
        also: request === undefined ? [] : [answered(this.#records, request, deed)],
        audit: this.#records.audit(meeting.cycle, meeting.body, meeting.revision + 1, {
          at: deed.at,
          by: deed.by,
          what: to.state === 'planned' ? 'meeting-set' : 'meeting-cancelled',
          about: meeting.body,
          detail: {
            date: to.state === 'planned' ? to.time.date : null,
            before: meeting.time?.date ?? null,
            channel: deed.channel,
          },
        }),
      },
    );
  }

  /** Notes that the members have been told of the meeting as it stands. */
  async noteTold(meeting: Meeting, at: Instant): Promise<Meeting> {
    if (meeting.toldSequence === meeting.sequence) return meeting;
    return this.#records.change(
      this.#keys.bodyKey(meeting.cycle, meeting.body, 'MEETING'),
      meeting,
      { toldSequence: meeting.sequence },
      'the meeting',
      {
        audit: this.#records.audit(meeting.cycle, meeting.body, meeting.revision + 1, {
          at,
          by: 'system',
          what: 'meeting-told',
          about: meeting.body,
          detail: { sequence: meeting.sequence },
        }),
      },
    );
  }
}
