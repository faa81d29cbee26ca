import type { AuditEntry } from '../domain/audit.ts';
import type { ChairsSummary, ChairsSummaryContent, Representatives } from '../domain/chairs-group.ts';
import type { Attendance, AttendanceAnswer, Cycle, Meeting, MeetingTime, Minutes } from '../domain/cycle.ts';
import type { AnswerChannel, OpenRequest, Request } from '../domain/request.ts';
import { isReceived } from '../domain/return.ts';
import type {
  Action,
  ActionUpdate,
  Escalation,
  GroupReturn,
  NilReturn,
  ReturnContent,
  ReturnSection,
  SentBackReturn,
  SignedReturn,
  SubmittedReturn,
} from '../domain/return.ts';
import type { Instant, IsoDate } from '../time/calendar.ts';
import { fromItem, fromItemOrNone, toItem } from './items.ts';
import type { Check, Condition, Item, Key, Table, Write } from './table.ts';
import { ConditionFailed } from './table.ts';

/** Who did something, by which way, and when. */
export interface Deed {
  /** Person id, or `system`. */
  readonly by: string;
  readonly channel: AnswerChannel;
  readonly at: Instant;
}

/** Somebody else wrote in between, or the thing is no longer in a state that allows this. Read again and look. */
export class Conflict extends Error {
  override readonly name = 'Conflict';
  constructor(what: string) {
    super(`${what} was changed by somebody else in the meantime`);
  }
}

/** A run of a group's machine by itself, from some part of it on. */
export interface LcpgRun {
  /** Name of the execution: a second start of the same name does nothing. */
  readonly name: string;
  readonly input: {
    readonly partnership: string;
    readonly cycle: string;
    readonly group: string;
    readonly part: 'sign-off' | 'return';
  };
}

/** What is to be looked at again: a machine that waits, a request that no machine waits for, a run to be started. */
export interface Waiting {
  /** `request/<request id>`, `meeting/<cycle>/<body>` or `run/<name>`: one row for each. */
  readonly name: string;
  readonly kind: 'machine' | 'follow-up' | 'run';
  readonly at: Instant;
  /** Task token of the machine; empty for what is none. */
  readonly token: string;
  /** Of a run. */
  readonly run?: LcpgRun;
}

type Unsaved<Entity> = Entity extends unknown ? Omit<Entity, 'revision' | 'partnership'> : never;

const absent: Condition = [[{ attribute: 'pk', is: 'absent' }]];

/**
 * The cycles of one partnership: meetings, requests, answers, returns, actions, escalations. Each change is one
 * named operation: one transaction of the change and its audit row, refused when the state that it rests on has gone.
 */
export class Cycles {
  readonly #table: Table;
  readonly #partnership: string;

  constructor(table: Table, partnership: string) {
    this.#table = table;
    this.#partnership = partnership;
  }

  // Cycles

  /** Opens a cycle; a cycle that is there already is given back as it stands, so that a double start is one cycle. */
  async openCycle(cycle: Unsaved<Cycle>): Promise<Cycle> {
    return this.#create<Cycle>(
      { pk: this.#cyclesPartition, sk: cycle.id },
      cycle,
      this.#audit(cycle.id, '-', 1, {
        at: cycle.openedAt,
        by: 'system',
        what: 'cycle-opened',
        about: cycle.id,
        detail: {},
      }),
    );
  }

  async cycle(id: string): Promise<Cycle | undefined> {
    return this.#read<Cycle>({ pk: this.#cyclesPartition, sk: id });
  }

  /**
   * A cycle that has to be there.
   * @throws {Error} when it is not
   */
  async knownCycle(id: string): Promise<Cycle> {
    const cycle = await this.cycle(id);
    if (cycle === undefined) throw new Error(`no cycle '${id}' in partnership '${this.#partnership}'`);
    return cycle;
  }

  /** The cycle before one, or undefined for the first. */
  async previousCycle(id: string): Promise<Cycle | undefined> {
    const page = await this.#table.query(
      { pk: this.#cyclesPartition, to: id, descending: true },
      { limit: 2 },
    );
    return page.items.map((item) => fromItem<Cycle>(item)).find((cycle) => cycle.id !== id);
  }

  /** All cycles, the newest first. */
  async *cycles(): AsyncIterable<Cycle> {
    for await (const item of this.#table.queryAll({ pk: this.#cyclesPartition, descending: true }))
      yield fromItem<Cycle>(item);
  }

  /** Marks that the report went to the secretariat. */
  async reportCycle(cycle: Cycle, at: Instant): Promise<Cycle> {
    if (cycle.state !== 'open') return cycle;
    return this.#change(this.#cycleKey(cycle.id), cycle, { state: 'reported', reportedAt: at }, 'cycle', {
      audit: this.#audit(cycle.id, '-', cycle.revision + 1, {
        at,
        by: 'system',
        what: 'cycle-reported',
        about: cycle.id,
        detail: {},
      }),
    });
  }

  async closeCycle(cycle: Cycle, at: Instant): Promise<Cycle> {
    if (cycle.state === 'closed') return cycle;
    return this.#change(this.#cycleKey(cycle.id), cycle, { state: 'closed', closedAt: at }, 'cycle', {
      audit: this.#audit(cycle.id, '-', cycle.revision + 1, {
        at,
        by: 'system',
        what: 'cycle-closed',
        about: cycle.id,
        detail: {},
      }),
    });
  }

  /** Cycles whose next board met before a day, the oldest first. */
  async *cyclesBefore(day: IsoDate): AsyncIterable<Cycle> {
    for await (const item of this.#table.queryAll({ pk: this.#cyclesPartition, to: day })) {
      const cycle = fromItem<Cycle>(item);
      if (cycle.nextBoard.date < day) yield cycle;
    }
  }

  /**
   * Removes everything of a cycle: meetings, answers, returns, escalations, audit, and at last the cycle itself, so that
   * a removal that broke off is found again.
   * @param groups every group that may have been part of it
   */
  async forgetCycle(cycle: Cycle, bodies: readonly string[], groups: readonly string[]): Promise<void> {
    const partitions = ['-', 'REPORTED', ...bodies, ...groups].map((body) =>
      this.#bodyPartition(cycle.id, body),
    );
    for (const pk of partitions) await this.#removeAll({ pk });
    for (const group of groups) {
      const over = (await this.actions(group)).filter(
        ({ raisedIn, state }) => raisedIn === cycle.id && state !== 'open',
      );
      await this.#table.removeMany(over.map(({ id }) => ({ pk: this.#actionsPartition(group), sk: id })));
    }
    await this.#table.removeMany([
      { pk: this.#representativesPartition, sk: cycle.id },
      this.#cycleKey(cycle.id),
    ]);
  }

  // Meetings

  async meeting(cycle: string, body: string): Promise<Meeting | undefined> {
    return this.#read<Meeting>(this.#bodyKey(cycle, body, 'MEETING'));
  }

  /** Meetings in the order asked. */
  async meetingsOf(
    meetings: readonly { readonly cycle: string; readonly body: string }[],
  ): Promise<readonly (Meeting | undefined)[]> {
    return this.#readMany<Meeting>(meetings.map(({ cycle, body }) => this.#bodyKey(cycle, body, 'MEETING')));
  }

  /** Writes down a body's meeting at the start of a cycle; what stands there already is kept and given back. */
  async placeMeeting(cycle: string, body: string, time: MeetingTime | null, at: Instant): Promise<Meeting> {
    const meeting: Unsaved<Meeting> = {
      cycle,
      body,
      state: time === null ? 'unset' : 'planned',
      time,
      sequence: 0,
      toldSequence: -1,
      round: 1,
    };
    return this.#create<Meeting>(
      this.#bodyKey(cycle, body, 'MEETING'),
      meeting,
      this.#audit(cycle, body, 1, {
        at,
        by: 'system',
        what: 'meeting-placed',
        about: body,
        detail: { date: time?.date ?? null },
      }),
    );
  }

  /** Sets, moves or cancels a meeting; with the request that asked for its date, where that is what the answer was. */
  async changeMeeting(
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
      ...(to.state === 'planned' ? { time: to.time } : {}),
    };
    return this.#change(
      this.#bodyKey(meeting.cycle, meeting.body, 'MEETING'),
      meeting,
      change,
      'the meeting',
      {
        also: request === undefined ? [] : [this.#answered(request, deed)],
        audit: this.#audit(meeting.cycle, meeting.body, meeting.revision + 1, {
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
  async tellMeeting(meeting: Meeting, at: Instant): Promise<Meeting> {
    if (meeting.toldSequence === meeting.sequence) return meeting;
    return this.#change(
      this.#bodyKey(meeting.cycle, meeting.body, 'MEETING'),
      meeting,
      { toldSequence: meeting.sequence },
      'the meeting',
      {
        audit: this.#audit(meeting.cycle, meeting.body, meeting.revision + 1, {
          at,
          by: 'system',
          what: 'meeting-told',
          about: meeting.body,
          detail: { sequence: meeting.sequence },
        }),
      },
    );
  }

  // Attendance

  /** Everybody who was invited to a body's meeting. */
  async attendance(cycle: string, body: string): Promise<readonly Attendance[]> {
    return this.#readAll<Attendance>(this.#bodyPartition(cycle, body), 'ATTENDANCE#');
  }

  /** Writes down that a person is invited; an answer that is there already is kept. */
  async invite(cycle: string, body: string, person: string, at: Instant): Promise<Attendance> {
    return this.#create<Attendance>(
      this.#bodyKey(cycle, body, `ATTENDANCE#${person}`),
      { cycle, body, person, answer: null, answeredAt: null, channel: null },
      this.#audit(cycle, body, 1, { at, by: 'system', what: 'invited', about: person, detail: {} }),
    );
  }

  /** Asks an invited person afresh: the meeting has moved, and an answer for the old time says nothing of the new one. */
  async askAttendanceAfresh(attendance: Attendance, at: Instant): Promise<Attendance> {
    if (attendance.answer === null) return attendance;
    const { cycle, body, person } = attendance;
    return this.#change(
      this.#bodyKey(cycle, body, `ATTENDANCE#${person}`),
      attendance,
      { answer: null, answeredAt: null, channel: null },
      'the answer',
      {
        audit: this.#audit(cycle, body, attendance.revision + 1, {
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
  async answerAttendance(
    cycle: string,
    body: string,
    person: string,
    answer: AttendanceAnswer,
    deed: Deed,
    request?: Request,
  ): Promise<void> {
    const key = this.#bodyKey(cycle, body, `ATTENDANCE#${person}`);
    const attendance = await this.#read<Attendance>(key);
    if (attendance === undefined) throw new Error(`'${person}' is not invited to ${body} in ${cycle}`);
    await this.#change(
      key,
      attendance,
      { answer, answeredAt: deed.at, channel: deed.channel },
      'the answer',
      {
        also: request === undefined ? [] : [this.#answered(request, deed)],
        audit: this.#audit(cycle, body, attendance.revision + 1, {
          at: deed.at,
          by: deed.by,
          what: 'attendance-answered',
          about: person,
          detail: { response: answer.response, channel: deed.channel },
        }),
      },
    );
  }

  // Requests

  /** Opens a request; one that is there already is given back as it stands, so that asking twice is asking once. */
  async openRequest(request: Unsaved<OpenRequest>): Promise<Request> {
    return this.#create<Request>(
      this.#requestKey(request.id, request.cycle, request.subject.body),
      request,
      this.#audit(request.cycle, request.subject.body, 1, {
        at: request.openedAt,
        by: 'system',
        what: 'request-opened',
        about: request.id,
        detail: { kind: request.kind, person: request.person },
      }),
      this.#personIndex(request),
    );
  }

  /** A request by its id, or undefined. */
  async request(id: string): Promise<Request | undefined> {
    return this.#read<Request>(this.#keyOfRequest(id));
  }

  /** Requests by their ids, in the order asked. */
  async requestsById(ids: readonly string[]): Promise<readonly (Request | undefined)[]> {
    return this.#readMany<Request>(ids.map((id) => this.#keyOfRequest(id)));
  }

  /** The requests about a body's business in a cycle. */
  async requests(cycle: string, body: string): Promise<readonly Request[]> {
    return this.#readAll<Request>(this.#bodyPartition(cycle, body), 'REQUEST#');
  }

  /** The requests to a person, in every cycle, the newest cycle first. */
  async *requestsTo(person: string): AsyncIterable<Request> {
    for await (const item of this.#table.queryAll({
      pk: `${this.#partnership}#PERSON#${person}`,
      index: 'gsi1',
      descending: true,
    }))
      yield fromItem<Request>(item);
  }

  /** Notes that follow-up steps of an open request have been taken. Returns the request as it then stands. */
  async recordSteps(request: Request, stepsTaken: number, at: Instant): Promise<Request> {
    return this.#moveRequest(request, ['open'], { stepsTaken }, 'request-followed-up', 'system', at, {
      stepsTaken,
    });
  }

  /** Nobody answered, and nobody waits any longer. */
  async expireRequest(request: Request, at: Instant): Promise<Request> {
    return this.#moveRequest(
      request,
      ['open'],
      { state: 'expired', expiredAt: at },
      'request-expired',
      'system',
      at,
    );
  }

  /** The question no longer stands. */
  async withdrawRequest(request: Request, reason: string, at: Instant): Promise<Request> {
    return this.#moveRequest(
      request,
      ['open'],
      { state: 'withdrawn', withdrawnAt: at, reason },
      'request-withdrawn',
      'system',
      at,
      { reason },
    );
  }

  /** Answers a request whose answer is the request itself, such as a receipt. */
  async answerRequest(request: Request, deed: Deed): Promise<void> {
    await this.#transact([this.#answered(request, deed), this.#auditOfAnswer(request, deed)], 'the request');
  }

  // Minutes

  async minutes(cycle: string): Promise<Minutes | undefined> {
    return this.#read<Minutes>(this.#bodyKey(cycle, '-', 'MINUTES'));
  }

  /** Takes minutes in; given again before the cycle closes, they take the place of the earlier ones. */
  async receiveMinutes(
    minutes: Pick<Minutes, 'cycle' | 'keyMessages' | 'document'>,
    deed: Deed,
    request: Request,
  ): Promise<void> {
    const key = this.#bodyKey(minutes.cycle, '-', 'MINUTES');
    const existing = await this.#read<Minutes>(key);
    const received = {
      ...minutes,
      partnership: this.#partnership,
      receivedAt: deed.at,
      receivedFrom: deed.by,
    };
    await this.#transact(
      [
        this.#put(key, received, existing?.revision),
        this.#answered(request, deed),
        this.#auditOfAnswer(request, deed, { keyMessages: minutes.keyMessages.length }),
      ],
      'the minutes',
    );
  }

  // Returns

  async groupReturn(cycle: string, group: string): Promise<GroupReturn | undefined> {
    return this.#read<GroupReturn>(this.#bodyKey(cycle, group, 'RETURN'));
  }

  /** The returns of many groups in the order asked. */
  async groupReturns(
    cycle: string,
    groups: readonly string[],
  ): Promise<readonly (GroupReturn | undefined)[]> {
    return this.#readMany<GroupReturn>(groups.map((group) => this.#bodyKey(cycle, group, 'RETURN')));
  }

  /** Lays down a prefilled return; one that is there already is kept and given back. */
  async prefillReturn(
    cycle: string,
    group: string,
    content: ReturnContent,
    at: Instant,
  ): Promise<GroupReturn> {
    return this.#create<GroupReturn>(
      this.#bodyKey(cycle, group, 'RETURN'),
      { cycle, group, content, saved: [], version: 0, state: 'draft' },
      this.#audit(cycle, group, 1, { at, by: 'system', what: 'return-prefilled', about: group, detail: {} }),
    );
  }

  /**
   * Saves one part of a return; the request stays open.
   * @throws {Conflict} when somebody saved since the given return was read
   */
  async saveReturn(
    given: GroupReturn,
    content: ReturnContent,
    section: ReturnSection,
    deed: Deed,
  ): Promise<GroupReturn> {
    return this.#change(
      this.#bodyKey(given.cycle, given.group, 'RETURN'),
      given,
      { content, saved: [...new Set([...given.saved, section])] },
      'the return',
      {
        audit: this.#audit(given.cycle, given.group, given.revision + 1, {
          at: deed.at,
          by: deed.by,
          what: 'return-saved',
          about: given.group,
          detail: { section },
        }),
      },
    );
  }

  /** Hands a return in, for the first time, again after it was sent back, or late in place of a nil return. */
  async submitReturn(
    given: GroupReturn,
    deed: Deed,
    request: Request,
    run?: LcpgRun,
  ): Promise<SubmittedReturn> {
    const submitted: SubmittedReturn = {
      partnership: given.partnership,
      cycle: given.cycle,
      group: given.group,
      content: given.content,
      saved: given.saved,
      revision: given.revision + 1,
      version: given.version + 1,
      state: 'submitted',
      submittedAt: deed.at,
      submittedBy: deed.by,
    };
    await this.#answerWithReturn(
      submitted,
      given.revision,
      deed,
      request,
      { version: submitted.version },
      run,
    );
    return submitted;
  }

  /** The chair signs the version that was shown. */
  async signReturn(
    given: SubmittedReturn,
    deed: Deed,
    request: Request,
    run?: LcpgRun,
  ): Promise<SignedReturn> {
    const { revision, ...rest } = given;
    const signed: SignedReturn = {
      ...rest,
      revision: revision + 1,
      state: 'signed',
      signedAt: deed.at,
      signedBy: deed.by,
    };
    await this.#answerWithReturn(signed, revision, deed, request, { signedVersion: given.version }, run);
    return signed;
  }

  /** The chair sends it back to the co-ordinator with a comment. */
  async sendReturnBack(
    given: SubmittedReturn,
    comment: string,
    deed: Deed,
    request: Request,
    run?: LcpgRun,
  ): Promise<SentBackReturn> {
    const { revision, ...rest } = given;
    const sentBack: SentBackReturn = {
      ...rest,
      revision: revision + 1,
      state: 'sent-back',
      sentBackAt: deed.at,
      sentBackBy: deed.by,
      comment,
    };
    await this.#answerWithReturn(sentBack, revision, deed, request, { sentBackVersion: given.version }, run);
    return sentBack;
  }

  /** The cut-off has come with nothing handed in. A return that was handed in stays as it is. */
  async recordNilReturn(given: GroupReturn, at: Instant): Promise<GroupReturn> {
    if (isReceived(given) || given.state === 'nil') return given;
    const { revision, ...rest } = given;
    const nil: NilReturn = { ...rest, revision: revision + 1, state: 'nil', nilAt: at };
    await this.#transact(
      [
        this.#put(this.#bodyKey(given.cycle, given.group, 'RETURN'), nil, revision),
        this.#audit(given.cycle, given.group, given.revision + 1, {
          at,
          by: 'system',
          what: 'return-nil',
          about: given.group,
          detail: {},
        }),
      ],
      'the return',
    );
    return nil;
  }

  // Actions

  /** The actions of a group, over all cycles, oldest first. */
  async actions(group: string): Promise<readonly Action[]> {
    return this.#readAll<Action>(this.#actionsPartition(group), '');
  }

  async action(group: string, id: string): Promise<Action | undefined> {
    return this.#read<Action>({ pk: this.#actionsPartition(group), sk: id });
  }

  /** Writes down an action that a meeting agreed; one that is there already is kept, as its owner may have updated it. */
  async agreeAction(action: Unsaved<Action>, at: Instant): Promise<Action> {
    return this.#create<Action>(
      { pk: this.#actionsPartition(action.group), sk: action.id },
      action,
      this.#audit(action.raisedIn, action.group, 1, {
        at,
        by: 'system',
        what: 'action-agreed',
        about: action.id,
        detail: { owner: action.owner, due: action.due },
      }),
    );
  }

  /** Adds what was heard of an action, from its owner's answer or from a return. */
  async updateAction(
    action: Action,
    update: ActionUpdate,
    channel: AnswerChannel,
    request?: Request,
  ): Promise<Action> {
    const deed = { by: update.by, at: update.at, channel };
    return this.#change(
      { pk: this.#actionsPartition(action.group), sk: action.id },
      action,
      { state: update.state, updates: [...action.updates, update] },
      'the action',
      {
        also: request === undefined ? [] : [this.#answered(request, deed)],
        audit: this.#audit(request?.cycle ?? action.raisedIn, action.group, action.revision + 1, {
          at: update.at,
          by: update.by,
          what: 'action-updated',
          about: action.id,
          detail: { state: update.state, channel },
        }),
      },
    );
  }

  // Escalations

  /** All escalations that a cycle's report carried, in the report's order. */
  async reportedEscalations(cycle: string): Promise<readonly Escalation[]> {
    return this.#readAll<Escalation>(`${this.#partnership}#${cycle}#REPORTED`, 'ESCALATION#');
  }

  /** The escalations that lay before the board when it opened a cycle: those of the report of the cycle before. */
  async escalationsBefore(cycle: string): Promise<readonly Escalation[]> {
    const previous = await this.previousCycle(cycle);
    return previous === undefined ? [] : this.reportedEscalations(previous.id);
  }

  /** Writes down the escalations that the report carries; those that are there already are kept. */
  async reportEscalations(escalations: readonly Unsaved<Escalation>[], at: Instant): Promise<void> {
    for (const escalation of escalations)
      await this.#create<Escalation>(
        this.#escalationKey(escalation),
        escalation,
        this.#audit(escalation.cycle, escalation.group, 1, {
          at,
          by: 'system',
          what: 'escalation-reported',
          about: escalation.id,
          detail: {},
        }),
      );
  }

  /**
   * Keeps the board's answers. The request is answered with the last of them, so that what broke off stays open.
   * @param complete whether every item has an answer now; else the request stays open
   */
  async answerEscalations(
    answers: readonly { readonly escalation: Escalation; readonly answer: string }[],
    deed: Deed,
    request: Request,
    complete: boolean,
  ): Promise<void> {
    const writes = answers.map(({ escalation, answer }) =>
      this.#put(
        this.#escalationKey(escalation),
        { ...escalation, state: 'answered', answer, answeredAt: deed.at, toldAt: null },
        escalation.revision,
      ),
    );
    const perTransaction = 90;
    for (let start = perTransaction; start < writes.length; start += perTransaction)
      await this.#transact(writes.slice(start, start + perTransaction), 'the board’s answers');
    await this.#transact(
      [
        ...writes.slice(0, perTransaction),
        ...(complete ? [this.#answered(request, deed)] : []),
        this.#auditOfAnswer(request, deed, { answers: answers.length }),
      ],
      'the board’s answers',
    );
  }

  /** Notes that a group has been told how the board answered its escalation. */
  async tellEscalation(escalation: Escalation, at: Instant): Promise<void> {
    if (escalation.toldAt !== null) return;
    await this.#change(this.#escalationKey(escalation), escalation, { toldAt: at }, 'the escalation', {
      audit: this.#audit(escalation.cycle, escalation.group, escalation.revision + 1, {
        at,
        by: 'system',
        what: 'board-answer-told',
        about: escalation.id,
        detail: {},
      }),
    });
  }

  // Chairs Group

  async summary(cycle: string): Promise<ChairsSummary | undefined> {
    return this.#read<ChairsSummary>(this.#bodyKey(cycle, '-', 'SUMMARY'));
  }

  /** Lays down the drafted summary; one that is there already is kept and given back. */
  async draftSummary(cycle: string, content: ChairsSummaryContent, at: Instant): Promise<ChairsSummary> {
    return this.#create<ChairsSummary>(
      this.#bodyKey(cycle, '-', 'SUMMARY'),
      { cycle, state: 'draft', content, approvedAt: null, approvedBy: null },
      this.#audit(cycle, '-', 1, { at, by: 'system', what: 'summary-drafted', about: cycle, detail: {} }),
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
    return this.#change(
      this.#bodyKey(summary.cycle, '-', 'SUMMARY'),
      summary,
      { state: 'draft', content, approvedAt: null, approvedBy: null },
      'the summary',
      {
        audit: this.#audit(summary.cycle, '-', summary.revision + 1, {
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
    return this.#change(
      this.#bodyKey(summary.cycle, '-', 'SUMMARY'),
      summary,
      { state: 'approved', content, approvedAt: deed.at, approvedBy: deed.by },
      'the summary',
      {
        also: [this.#answered(request, deed), this.#unreported(summary.cycle)],
        audit: this.#auditOfAnswer(request, deed),
      },
    );
  }

  async representatives(cycle: string): Promise<Representatives | undefined> {
    return this.#read<Representatives>({ pk: this.#representativesPartition, sk: cycle });
  }

  /** Who went to the board in which cycle, the newest first. */
  async *representativesSoFar(): AsyncIterable<Representatives> {
    for await (const item of this.#table.queryAll({ pk: this.#representativesPartition, descending: true }))
      yield fromItem<Representatives>(item);
  }

  /** Writes down who is proposed to attend the next board; what is there already is kept and given back. */
  async proposeRepresentatives(
    cycle: string,
    people: readonly string[],
    at: Instant,
  ): Promise<Representatives> {
    return this.#create<Representatives>(
      { pk: this.#representativesPartition, sk: cycle },
      { cycle, people, state: 'proposed', recordedAt: at },
      this.#audit(cycle, '-', 1, {
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
    return this.#change(
      { pk: this.#representativesPartition, sk: given.cycle },
      given,
      { people, state: 'confirmed', recordedAt: deed.at },
      'the representatives',
      {
        also: [this.#answered(request, deed), this.#unreported(given.cycle)],
        audit: this.#auditOfAnswer(request, deed),
      },
    );
  }

  // Waiting

  /** Registers what is to be looked at, and when; a later registration of the same name takes its place. */
  async wait(waiting: Waiting): Promise<void> {
    await this.#table.transact([{ put: toItem(this.#waitingKey(waiting.name), waiting) }]);
  }

  async waiting(name: string): Promise<Waiting | undefined> {
    return this.#read<Waiting>(this.#waitingKey(name));
  }

  /** Takes a registration away, unless another has taken its place. */
  async stopWaiting(waiting: Waiting): Promise<void> {
    try {
      await this.#table.transact([
        {
          remove: this.#waitingKey(waiting.name),
          when: [
            [
              { attribute: 'token', equals: waiting.token },
              { attribute: 'at', equals: waiting.at },
            ],
          ],
        },
      ]);
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
    }
  }

  /** Everything that is waiting, machines and follow-ups, in no order that matters. */
  async *allWaiting(): AsyncIterable<Waiting> {
    for await (const item of this.#table.queryAll({ pk: this.#waitingPartition }))
      yield fromItem<Waiting>(item);
  }

  // Audit

  /** What happened in a body's part of a cycle, in order; body `-` is the cycle's own. */
  async audit(cycle: string, body: string): Promise<readonly AuditEntry[]> {
    return this.#readAll<AuditEntry>(this.#bodyPartition(cycle, body), 'AUDIT#');
  }

  /** Writes down something that changed nothing else, such as a group's machine that broke down. */
  async note(cycle: string, body: string, entry: AuditEntry): Promise<void> {
    await this.#table.transact([this.#audit(cycle, body, 1, entry)]);
  }

  // Keys

  get #cyclesPartition(): string {
    return `${this.#partnership}#CYCLES`;
  }

  get #representativesPartition(): string {
    return `${this.#partnership}#REPRESENTATIVES`;
  }

  get #waitingPartition(): string {
    return `${this.#partnership}#WAITING`;
  }

  #cycleKey(id: string): Key {
    return { pk: this.#cyclesPartition, sk: id };
  }

  #actionsPartition(group: string): string {
    return `${this.#partnership}#ACTIONS#${group}`;
  }

  #bodyPartition(cycle: string, body: string): string {
    return `${this.#partnership}#${cycle}#${body}`;
  }

  #bodyKey(cycle: string, body: string, sk: string): Key {
    return { pk: this.#bodyPartition(cycle, body), sk };
  }

  #requestKey(id: string, cycle: string, body: string): Key {
    return this.#bodyKey(cycle, body, `REQUEST#${id}`);
  }

  /** A request's id says whose business in which cycle it is: see `requestId`. */
  #keyOfRequest(id: string): Key {
    const [cycle = '-', , body = '-'] = id.split('~');
    return this.#requestKey(id, cycle, body);
  }

  #escalationKey(escalation: Pick<Escalation, 'cycle' | 'id'>): Key {
    return { pk: `${this.#partnership}#${escalation.cycle}#REPORTED`, sk: `ESCALATION#${escalation.id}` };
  }

  #waitingKey(name: string): Key {
    return { pk: this.#waitingPartition, sk: name };
  }

  #personIndex(request: Pick<Request, 'person' | 'cycle' | 'id'>): { gsi1pk: string; gsi1sk: string } {
    return {
      gsi1pk: `${this.#partnership}#PERSON#${request.person}`,
      gsi1sk: `${request.cycle}#${request.id}`,
    };
  }

  // Reading and writing

  /** What goes into the report may not come between its compiling and the reader who is told that it was taken. */
  #unreported(cycle: string): Write {
    return { check: this.#cycleKey(cycle), when: [[{ attribute: 'state', equals: 'open' }]] };
  }

  /** One transaction of a return's new state, the request that it answers, and what follows from it. */
  async #answerWithReturn(
    given: GroupReturn,
    over: number,
    deed: Deed,
    request: Request,
    detail: AuditEntry['detail'],
    run: LcpgRun | undefined,
  ): Promise<void> {
    await this.#transact(
      [
        this.#put(this.#bodyKey(given.cycle, given.group, 'RETURN'), given, over),
        this.#answered(request, deed),
        this.#unreported(given.cycle),
        this.#auditOfAnswer(request, deed, detail),
        ...this.#planned(run, deed.at),
      ],
      'the return',
    );
  }

  /** A run stands in the same transaction as the answer that it follows from, until it has been started. */
  #planned(run: LcpgRun | undefined, at: Instant): readonly Write[] {
    if (run === undefined) return [];
    const waiting: Waiting = { name: `run/${run.name}`, kind: 'run', at, token: '', run };
    return [{ put: toItem(this.#waitingKey(waiting.name), waiting) }];
  }

  async #read<Entity>(key: Key): Promise<Entity | undefined> {
    return fromItemOrNone<Entity>(await this.#table.get(key));
  }

  async #readMany<Entity>(keys: readonly Key[]): Promise<readonly (Entity | undefined)[]> {
    return (await this.#table.getMany(keys)).map((item) => fromItemOrNone<Entity>(item));
  }

  async #readAll<Entity>(pk: string, beginsWith: string): Promise<readonly Entity[]> {
    const entities: Entity[] = [];
    for await (const item of this.#table.queryAll(beginsWith === '' ? { pk } : { pk, beginsWith }))
      entities.push(fromItem<Entity>(item));
    return entities;
  }

  async #removeAll(query: { readonly pk: string }): Promise<void> {
    const keys: Key[] = [];
    for await (const { pk, sk } of this.#table.queryAll(query)) keys.push({ pk, sk });
    await this.#table.removeMany(keys);
  }

  async #create<Entity>(
    key: Key,
    entity: object,
    audit: Write,
    index?: { readonly gsi1pk: string; readonly gsi1sk: string },
  ): Promise<Entity> {
    const whole = { ...entity, partnership: this.#partnership, revision: 1 };
    try {
      await this.#table.transact([{ put: toItem({ ...key, ...index }, whole), when: absent }, audit]);
      return whole as Entity;
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
      const existing = fromItemOrNone<Entity>(error.existing[0] ?? (await this.#table.get(key)));
      if (existing === undefined) throw error;
      return existing;
    }
  }

  async #change<Entity extends { readonly revision: number }>(
    key: Key,
    entity: Entity,
    change: Partial<Entity>,
    what: string,
    besides: { readonly also?: readonly Write[]; readonly audit: Write },
  ): Promise<Entity> {
    const changed: Entity = { ...entity, ...change, revision: entity.revision + 1 };
    await this.#transact(
      [this.#put(key, changed, entity.revision), ...(besides.also ?? []), besides.audit],
      what,
    );
    return changed;
  }

  /** A put that goes ahead only over the revision that was read; undefined: over nothing. */
  #put(key: Key, entity: object, over: number | undefined): Write {
    return {
      put: toItem(key, { ...entity, revision: (over ?? 0) + 1 }),
      when: over === undefined ? absent : [[{ attribute: 'revision', equals: over }]],
    };
  }

  async #moveRequest(
    request: Request,
    from: readonly Request['state'][],
    change: object,
    what: string,
    by: string,
    at: Instant,
    detail: AuditEntry['detail'] = {},
  ): Promise<Request> {
    const moved = { ...request, ...change, revision: request.revision + 1 } as Request;
    await this.#transact(
      [
        this.#putRequest(moved, from, request.revision),
        this.#audit(request.cycle, request.subject.body, request.revision + 1, {
          at,
          by,
          what,
          about: request.id,
          detail,
        }),
      ],
      'the request',
    );
    return moved;
  }

  #putRequest(request: Request, from: readonly Request['state'][], over: number): Write {
    const checks: Check[] = [
      { attribute: 'revision', equals: over },
      { attribute: 'state', oneOf: from },
    ];
    const item: Item = toItem(
      { ...this.#requestKey(request.id, request.cycle, request.subject.body), ...this.#personIndex(request) },
      request,
    );
    return { put: item, when: [checks] };
  }

  /** An answer may come first, again, or late: whether it is still taken, `acceptsAnswer` has told before. */
  #answered(request: Request, deed: Deed): Write {
    const {
      id,
      partnership,
      cycle,
      kind,
      person,
      subject,
      openedAt,
      dueAt,
      expiresAt,
      acceptsUntil,
      stepsTaken,
      machineWaits,
    } = request;
    const base = {
      id,
      partnership,
      cycle,
      kind,
      person,
      subject,
      openedAt,
      dueAt,
      expiresAt,
      acceptsUntil,
      stepsTaken,
      machineWaits,
    };
    // The first answer's time decides whether it was late; a change keeps it.
    const answeredAt = request.state === 'answered' ? request.answeredAt : deed.at;
    return this.#putRequest(
      {
        ...base,
        state: 'answered',
        answeredAt,
        answeredBy: deed.by,
        channel: deed.channel,
        revision: request.revision + 1,
      },
      ['open', 'answered', 'expired'],
      request.revision,
    );
  }

  #auditOfAnswer(request: Request, deed: Deed, detail: AuditEntry['detail'] = {}): Write {
    return this.#audit(request.cycle, request.subject.body, request.revision + 1, {
      at: deed.at,
      by: deed.by,
      what: 'request-answered',
      about: request.id,
      detail: { kind: request.kind, channel: deed.channel, ...detail },
    });
  }

  /** @param revision which change of the thing it is: two changes within a second are two rows */
  #audit(cycle: string, body: string, revision: number, entry: AuditEntry): Write {
    const change = String(revision).padStart(6, '0');
    return {
      put: toItem(
        this.#bodyKey(cycle, body, `AUDIT#${entry.at}#${entry.what}#${entry.about}#${change}`),
        entry,
      ),
    };
  }

  async #transact(writes: readonly Write[], what: string): Promise<void> {
    try {
      await this.#table.transact(writes);
    } catch (error) {
      if (error instanceof ConditionFailed) throw new Conflict(what);
      throw error;
    }
  }
}
