import { describe, expect, test } from 'vitest';

import type { Cycle, Meeting, MeetingTime } from '../../../shared/domain/cycle.ts';
import type { Request, RequestKind } from '../../../shared/domain/request.ts';
import { requestId } from '../../../shared/domain/request.ts';
import type { Action, GroupReturn, SubmittedReturn } from '../../../shared/domain/return.ts';
import { emptyReturnContent } from '../../../shared/domain/return.ts';
import type { Deed } from '../../../shared/store/cycles.ts';
import { Conflict, Cycles } from '../../../shared/store/cycles.ts';
import { MemoryTable } from '../../../shared/store/memory-table.ts';
import type { Instant } from '../../../shared/time/calendar.ts';
import { addSeconds } from '../../../shared/time/calendar.ts';
import { smallMeetings } from '../../support/small-partnership.ts';

const cycleId = '2026-09-16';
const group = 'ashford';
const opened: Instant = '2026-09-16T15:00:00Z';
const later = (seconds: number): Instant => addSeconds(opened, seconds);
const time = (date: string, start = '10:00'): MeetingTime => ({
  date,
  start,
  end: '12:00',
  venue: 'Hall',
  link: '',
});
const deed = (seconds: number, by = 'cora'): Deed => ({ by, channel: 'page', at: later(seconds) });

const store = (): { readonly cycles: Cycles; readonly table: MemoryTable } => {
  const table = new MemoryTable();
  return { cycles: new Cycles(table, 'small'), table };
};

const openCycle = async (cycles: Cycles, id = cycleId): Promise<Cycle> =>
  cycles.openCycle({
    id,
    ...smallMeetings,
    groupCount: 3,
    state: 'open',
    openedAt: opened,
    moments: {} as Cycle['moments'],
    reportedAt: null,
    closedAt: null,
  });

const ask = async (
  cycles: Cycles,
  kind: RequestKind = 'return',
  { person = 'cora', body = group, round = 1, cycle = cycleId } = {},
): Promise<Request> => {
  const about = { cycle, kind, person, subject: { body, round } };
  return cycles.openRequest({
    ...about,
    id: requestId(about),
    state: 'open',
    openedAt: opened,
    dueAt: later(100),
    expiresAt: later(200),
    acceptsUntil: later(300),
    stepsTaken: 0,
    machineWaits: true,
  });
};

const whats = async (cycles: Cycles, body = group): Promise<readonly string[]> =>
  (await cycles.audit(cycleId, body)).map(({ what }) => what);

/** A write that is refused leaves nothing behind, neither the change nor its row. */
const refused = async (
  table: MemoryTable,
  cycles: Cycles,
  write: Promise<unknown>,
  body = group,
): Promise<void> => {
  const before = await whats(cycles, body);
  await expect(write).rejects.toThrow(Conflict);
  expect(await whats(cycles, body)).toEqual(before);
  expect(table.statistics.reads).toBeGreaterThan(0);
};

describe('a cycle', () => {
  test('opened twice is the first one, with one row', async () => {
    const { cycles } = store();
    const first = await openCycle(cycles);
    const closed = await cycles.closeCycle(first, later(9));
    expect(await openCycle(cycles)).toEqual(closed);
    expect(await whats(cycles, '-')).toEqual(['cycle-opened', 'cycle-closed']);
  });

  test('is reported once: a second time gives it back as it stands', async () => {
    const { cycles } = store();
    const reported = await cycles.reportCycle(await openCycle(cycles), later(5));
    expect(reported).toMatchObject({ state: 'reported', reportedAt: later(5), revision: 2 });
    expect(await cycles.reportCycle(reported, later(6))).toEqual(reported);
    expect(await whats(cycles, '-')).toEqual(['cycle-opened', 'cycle-reported']);
  });

  test('is closed once, reported before or not', async () => {
    const { cycles } = store();
    const closed = await cycles.closeCycle(await openCycle(cycles), later(5));
    expect(await cycles.closeCycle(closed, later(6))).toEqual(closed);
    expect(await cycles.reportCycle(closed, later(6))).toEqual(closed);
  });

  test('read before somebody else changed it is refused', async () => {
    const { cycles, table } = store();
    const stale = await openCycle(cycles);
    await cycles.reportCycle(stale, later(5));
    await refused(table, cycles, cycles.reportCycle(stale, later(6)), '-');
    await refused(table, cycles, cycles.closeCycle(stale, later(6)), '-');
  });

  test('has the one before it, and stands in a list that begins with the newest', async () => {
    const { cycles } = store();
    for (const id of ['2026-11-18', '2026-09-16', '2027-01-20']) await openCycle(cycles, id);
    expect((await cycles.previousCycle('2027-01-20'))?.id).toBe('2026-11-18');
    expect(await cycles.previousCycle('2026-09-16')).toBeUndefined();
    // One that is not there itself has one before it all the same.
    expect((await cycles.previousCycle('2026-12-01'))?.id).toBe('2026-11-18');
    const ids: string[] = [];
    for await (const { id } of cycles.cycles()) ids.push(id);
    expect(ids).toEqual(['2027-01-20', '2026-11-18', '2026-09-16']);
  });

  test('that has to be there says its name when it is not', async () => {
    await expect(store().cycles.knownCycle('2020-01-01')).rejects.toThrow(
      "no cycle '2020-01-01' in partnership 'small'",
    );
  });

  test('of another partnership in the same table is not seen', async () => {
    const { cycles, table } = store();
    await openCycle(cycles);
    expect(await new Cycles(table, 'other').cycle(cycleId)).toBeUndefined();
  });
});

describe('a meeting', () => {
  const place = async (cycles: Cycles, at: MeetingTime | null = time('2026-10-01')): Promise<Meeting> =>
    cycles.placeMeeting(cycleId, group, at, opened);

  test('is placed once, and kept as it was moved', async () => {
    const { cycles } = store();
    const moved = await cycles.changeMeeting(
      await place(cycles),
      { state: 'planned', time: time('2026-10-05') },
      deed(1),
    );
    expect(await place(cycles)).toEqual(moved);
    expect(await place(store().cycles, null)).toMatchObject({ state: 'unset', time: null, toldSequence: -1 });
  });

  test.each([
    ['another day', { date: '2026-10-02' }, 2],
    ['another start', { start: '11:00' }, 2],
    ['another venue', { venue: 'Library' }, 1],
    ['another end', { end: '13:00' }, 1],
  ])(
    'moved to %s after it was told counts answers as the new question needs',
    async (_what, change, round) => {
      const { cycles } = store();
      const told = await cycles.tellMeeting(await place(cycles), later(1));
      const moved = await cycles.changeMeeting(
        told,
        { state: 'planned', time: { ...time('2026-10-01'), ...change } },
        deed(2),
      );
      expect(moved).toMatchObject({ round, sequence: 1, toldSequence: 0, revision: 3 });
    },
  );

  test('moved before anybody was told is no new question', async () => {
    const { cycles } = store();
    const moved = await cycles.changeMeeting(
      await place(cycles),
      { state: 'planned', time: time('2026-10-05') },
      deed(2),
    );
    expect(moved).toMatchObject({ round: 1, sequence: 1 });
  });

  test('held after all, after it was cancelled, is a new question even at the same time', async () => {
    const { cycles } = store();
    const told = await cycles.tellMeeting(await place(cycles), later(1));
    const cancelled = await cycles.changeMeeting(told, { state: 'cancelled' }, deed(2));
    expect(cancelled).toMatchObject({ state: 'cancelled', round: 1, time: time('2026-10-01') });
    const again = await cycles.changeMeeting(
      cancelled,
      { state: 'planned', time: time('2026-10-01') },
      deed(3),
    );
    expect(again).toMatchObject({ state: 'planned', round: 2 });
    expect(await whats(cycles)).toEqual([
      'meeting-placed',
      'meeting-told',
      'meeting-cancelled',
      'meeting-set',
    ]);
  });

  test('changed with the request for its date is one transaction: both or neither', async () => {
    const { cycles, table } = store();
    const meeting = await place(cycles);
    const request = await ask(cycles, 'meeting-date');
    await cycles.changeMeeting(meeting, { state: 'planned', time: time('2026-10-05') }, deed(1), request);
    expect(await cycles.request(request.id)).toMatchObject({ state: 'answered' });

    const now = (await cycles.meeting(cycleId, group)) as Meeting;
    // The request was read before it was answered.
    await refused(table, cycles, cycles.changeMeeting(now, { state: 'cancelled' }, deed(2), request));
    expect(await cycles.meeting(cycleId, group)).toEqual(now);
  });

  test('read before somebody else moved it is refused', async () => {
    const { cycles, table } = store();
    const stale = await place(cycles);
    await cycles.changeMeeting(stale, { state: 'planned', time: time('2026-10-05') }, deed(1));
    await refused(table, cycles, cycles.changeMeeting(stale, { state: 'cancelled' }, deed(2)));
    await refused(table, cycles, cycles.tellMeeting({ ...stale, toldSequence: -1 }, later(2)));
  });

  test('told as it stands already is not written again', async () => {
    const { cycles, table } = store();
    const told = await cycles.tellMeeting(await place(cycles), later(1));
    const { writes } = table.statistics;
    expect(await cycles.tellMeeting(told, later(2))).toEqual(told);
    expect(table.statistics.writes).toBe(writes);
  });

  test('is found among many in the order asked', async () => {
    const { cycles } = store();
    for (const body of ['a', 'b']) await cycles.placeMeeting(cycleId, body, null, opened);
    const found = await cycles.meetingsOf(['b', 'none', 'a'].map((body) => ({ cycle: cycleId, body })));
    expect(found.map((meeting) => meeting?.body)).toEqual(['b', undefined, 'a']);
  });
});

describe('attendance', () => {
  test('is invited once, and keeps its answer', async () => {
    const { cycles } = store();
    await cycles.invite(cycleId, group, 'mo', opened);
    await cycles.answerAttendance(cycleId, group, 'mo', { response: 'apologies' }, deed(1, 'mo'));
    expect(await cycles.invite(cycleId, group, 'mo', later(2))).toMatchObject({
      answer: { response: 'apologies' },
    });
    expect(await whats(cycles)).toEqual(['invited', 'attendance-answered']);
  });

  test('is changed by a later answer, with a row of its own even within the second', async () => {
    const { cycles } = store();
    await cycles.invite(cycleId, group, 'mo', opened);
    const request = await ask(cycles, 'attendance', { person: 'mo' });
    await cycles.answerAttendance(cycleId, group, 'mo', { response: 'apologies' }, deed(1, 'mo'), request);
    const answered = (await cycles.request(request.id)) as Request;
    await cycles.answerAttendance(cycleId, group, 'mo', { response: 'attending' }, deed(1, 'mo'), answered);

    expect(await cycles.attendance(cycleId, group)).toMatchObject([
      { answer: { response: 'attending' }, channel: 'page' },
    ]);
    expect((await whats(cycles)).filter((what) => what === 'attendance-answered')).toHaveLength(2);
  });

  test('of somebody who is not invited is refused by name', async () => {
    await expect(
      store().cycles.answerAttendance(cycleId, group, 'mo', { response: 'attending' }, deed(1)),
    ).rejects.toThrow("'mo' is not invited to ashford in 2026-09-16");
  });

  test('is asked afresh once there is an answer, and not before', async () => {
    const { cycles } = store();
    const invited = await cycles.invite(cycleId, group, 'mo', opened);
    expect(await cycles.askAttendanceAfresh(invited, later(1))).toBe(invited);
    await cycles.answerAttendance(cycleId, group, 'mo', { response: 'attending' }, deed(1, 'mo'));
    const [answered] = await cycles.attendance(cycleId, group);
    if (answered === undefined) throw new Error('nobody is invited');
    expect(await cycles.askAttendanceAfresh(answered, later(2))).toMatchObject({
      answer: null,
      answeredAt: null,
      channel: null,
    });
    await expect(cycles.askAttendanceAfresh(answered, later(3))).rejects.toThrow(Conflict);
  });
});

describe('a request', () => {
  test('opened twice is the first one as it stands', async () => {
    const { cycles } = store();
    const request = await ask(cycles);
    await cycles.answerRequest(request, deed(1));
    expect(await ask(cycles)).toMatchObject({ state: 'answered', answeredBy: 'cora' });
    expect(await whats(cycles)).toEqual(['request-opened', 'request-answered']);
  });

  test.each(['answered', 'expired', 'withdrawn'] as const)(
    'that is %s is not chased, expired or withdrawn any more',
    async (state) => {
      const { cycles, table } = store();
      const open = await ask(cycles);
      if (state === 'answered') await cycles.answerRequest(open, deed(1));
      if (state === 'expired') await cycles.expireRequest(open, later(1));
      if (state === 'withdrawn') await cycles.withdrawRequest(open, 'moved', later(1));
      const settled = (await cycles.request(open.id)) as Request;
      expect(settled.state).toBe(state);
      for (const one of [open, settled]) {
        await refused(table, cycles, cycles.recordSteps(one, 1, later(2)));
        await refused(table, cycles, cycles.expireRequest(one, later(2)));
        await refused(table, cycles, cycles.withdrawRequest(one, 'moved', later(2)));
      }
      expect(await cycles.request(open.id)).toEqual(settled);
    },
  );

  test('is answered when open, expired or answered before, and never when withdrawn', async () => {
    const { cycles, table } = store();
    const expired = await cycles.expireRequest(await ask(cycles), later(1));
    await cycles.answerRequest(expired, deed(2));
    const first = (await cycles.request(expired.id)) as Request;
    await cycles.answerRequest(first, deed(3));
    // The first answer's time stays: it says whether the answer was late.
    expect(await cycles.request(expired.id)).toMatchObject({
      state: 'answered',
      answeredAt: later(2),
      revision: 4,
    });

    const withdrawn = await cycles.withdrawRequest(await ask(cycles, 'minutes'), 'asked elsewhere', later(1));
    await refused(table, cycles, cycles.answerRequest(withdrawn, deed(2)));
    await refused(table, cycles, cycles.answerRequest(expired, deed(2)));
  });

  test('answered keeps nothing of what it was before but what it is about', async () => {
    const { cycles } = store();
    const expired = await cycles.expireRequest(await ask(cycles), later(1));
    await cycles.answerRequest(expired, deed(2));
    expect(await cycles.request(expired.id)).not.toHaveProperty('expiredAt');
  });

  test('is found by its person, the newest cycle first, also after it was answered', async () => {
    const { cycles } = store();
    await ask(cycles, 'return', { cycle: '2026-09-16' });
    await cycles.answerRequest(await ask(cycles, 'return', { cycle: '2026-11-18' }), deed(1));
    await ask(cycles, 'return', { person: 'dora', body: 'dover' });
    const found: string[] = [];
    for await (const { cycle, state } of cycles.requestsTo('cora')) found.push(`${cycle} ${state}`);
    expect(found).toEqual(['2026-11-18 answered', '2026-09-16 open']);
  });

  test('is one of many: all of a body, and any by their ids in the order asked', async () => {
    const { cycles } = store();
    const many = await Promise.all(
      Array.from({ length: 250 }, (_, index) => ask(cycles, 'attendance', { person: `p${String(index)}` })),
    );
    expect(await cycles.requests(cycleId, group)).toHaveLength(250);
    expect(await cycles.requests(cycleId, 'dover')).toEqual([]);
    const ids = [many[249]?.id ?? '', '2026-09-16~return~ashford~-~1~nobody', many[0]?.id ?? ''];
    expect((await cycles.requestsById(ids)).map((request) => request?.person)).toEqual([
      'p249',
      undefined,
      'p0',
    ]);
  });
});

describe('minutes', () => {
  test('given again take the place of the earlier ones', async () => {
    const { cycles, table } = store();
    const request = await ask(cycles, 'minutes', { body: 'chwb', person: 'sam' });
    const minutes = (message: string) => ({ cycle: cycleId, keyMessages: [message], document: null });
    await cycles.receiveMinutes(minutes('one'), deed(1, 'sam'), request);
    await refused(table, cycles, cycles.receiveMinutes(minutes('two'), deed(2, 'sam'), request), 'chwb');
    const answered = (await cycles.request(request.id)) as Request;
    await cycles.receiveMinutes(minutes('two'), deed(3, 'sam'), answered);

    expect(await cycles.minutes(cycleId)).toMatchObject({
      keyMessages: ['two'],
      receivedFrom: 'sam',
      revision: 2,
    });
    expect((await whats(cycles, 'chwb')).filter((what) => what === 'request-answered')).toHaveLength(2);
  });
});

describe('a return', () => {
  const content = { ...emptyReturnContent, held: true };
  const prefilled = async (cycles: Cycles): Promise<GroupReturn> =>
    cycles.prefillReturn(cycleId, group, emptyReturnContent, opened);

  test('is prefilled once, and keeps what was saved', async () => {
    const { cycles } = store();
    await cycles.saveReturn(await prefilled(cycles), content, 'meeting', deed(1));
    expect(await prefilled(cycles)).toMatchObject({
      content: { held: true },
      saved: ['meeting'],
      state: 'draft',
    });
  });

  test('saved by two people at once is saved by the first, and a conflict to the second', async () => {
    const { cycles, table } = store();
    const draft = await prefilled(cycles);
    await cycles.saveReturn(draft, content, 'meeting', deed(1));
    await refused(table, cycles, cycles.saveReturn(draft, content, 'actions', deed(1, 'dora')));
    await refused(table, cycles, cycles.submitReturn(draft, deed(2), await ask(cycles)));
    expect((await cycles.requests(cycleId, group)).map(({ state }) => state)).toEqual(['open']);
  });

  test('saved section by section within a second leaves a row for each', async () => {
    const { cycles } = store();
    let draft = await prefilled(cycles);
    for (const section of ['meeting', 'actions', 'meeting'] as const)
      draft = await cycles.saveReturn(draft, content, section, deed(1));
    expect(draft.saved).toEqual(['meeting', 'actions']);
    const rows = (await cycles.audit(cycleId, group)).filter(({ what }) => what === 'return-saved');
    expect(rows.map(({ detail }) => detail['section'])).toEqual(['meeting', 'actions', 'meeting']);
  });

  const submitted = async (cycles: Cycles): Promise<SubmittedReturn> =>
    cycles.submitReturn(await prefilled(cycles), deed(1), await ask(cycles));

  test('goes its way: handed in, sent back, handed in again, signed', async () => {
    const { cycles } = store();
    await openCycle(cycles);
    const first = await submitted(cycles);
    expect(first).toMatchObject({ state: 'submitted', version: 1, submittedBy: 'cora', revision: 2 });
    const chairs = await ask(cycles, 'return-signoff', { person: 'ann' });
    const sentBack = await cycles.sendReturnBack(first, 'More', deed(2, 'ann'), chairs);
    expect(sentBack).toMatchObject({ state: 'sent-back', comment: 'More', sentBackBy: 'ann', version: 1 });
    const again = await cycles.submitReturn(sentBack, deed(3), await ask(cycles, 'return', { round: 2 }));
    expect(again).toMatchObject({ state: 'submitted', version: 2 });
    expect(again).not.toHaveProperty('comment');
    const signed = await cycles.signReturn(
      again,
      deed(4, 'ann'),
      await ask(cycles, 'return-signoff', { person: 'ann', round: 2 }),
    );
    expect(await cycles.groupReturn(cycleId, group)).toEqual(signed);
    expect(signed).toMatchObject({ state: 'signed', signedBy: 'ann', version: 2, revision: 5 });
  });

  test('that was changed meanwhile is neither signed nor sent back', async () => {
    const { cycles, table } = store();
    await openCycle(cycles);
    const shown = await submitted(cycles);
    const chairs = await ask(cycles, 'return-signoff', { person: 'ann' });
    await cycles.saveReturn(shown, content, 'meeting', deed(2));
    await refused(table, cycles, cycles.signReturn(shown, deed(3, 'ann'), chairs));
    await refused(table, cycles, cycles.sendReturnBack(shown, 'More', deed(3, 'ann'), chairs));
    expect(await cycles.request(chairs.id)).toEqual(chairs);
  });

  test('that never came is nil once; one that came is not', async () => {
    const { cycles } = store();
    await openCycle(cycles);
    const draft = await prefilled(cycles);
    const nil = await cycles.recordNilReturn(draft, later(5));
    expect(nil).toMatchObject({ state: 'nil', nilAt: later(5) });
    expect(await cycles.recordNilReturn(nil, later(6))).toBe(nil);
    await expect(cycles.recordNilReturn(draft, later(6))).rejects.toThrow(Conflict);
    const late = await cycles.submitReturn(nil, deed(7), await ask(cycles));
    expect(late).not.toHaveProperty('nilAt');
    expect(await cycles.recordNilReturn(late, later(8))).toBe(late);
  });

  test('is found among many in the order asked', async () => {
    const { cycles } = store();
    for (const id of ['a', 'b']) await cycles.prefillReturn(cycleId, id, emptyReturnContent, opened);
    expect((await cycles.groupReturns(cycleId, ['b', 'none', 'a'])).map((given) => given?.group)).toEqual([
      'b',
      undefined,
      'a',
    ]);
  });
});

describe('an action', () => {
  const agree = async (cycles: Cycles, id = '2026-09-16-1'): Promise<Action> =>
    cycles.agreeAction(
      {
        id,
        group,
        raisedIn: cycleId,
        description: 'Map',
        owner: 'mo',
        due: '2026-11-01',
        state: 'open',
        updates: [],
      },
      opened,
    );

  test('agreed twice keeps what its owner said of it', async () => {
    const { cycles, table } = store();
    const action = await agree(cycles);
    const done = { at: later(1), by: 'mo', state: 'done', note: 'Mapped' } as const;
    await cycles.updateAction(action, done, 'page', await ask(cycles, 'action-update', { person: 'mo' }));
    expect(await agree(cycles)).toMatchObject({ state: 'done', updates: [done] });
    await refused(table, cycles, cycles.updateAction(action, done, 'page'));
    expect(await cycles.action(group, action.id)).toMatchObject({ revision: 2 });
  });

  test('stands among those of its group, oldest first', async () => {
    const { cycles } = store();
    for (const id of ['2026-11-18-x', '2026-09-16-z', '2026-09-16-a']) await agree(cycles, id);
    expect((await cycles.actions(group)).map(({ id }) => id)).toEqual([
      '2026-09-16-a',
      '2026-09-16-z',
      '2026-11-18-x',
    ]);
    expect(await cycles.actions('dover')).toEqual([]);
  });
});

describe('escalations', () => {
  const report = async (cycles: Cycles, count: number): Promise<void> =>
    cycles.reportEscalations(
      Array.from({ length: count }, (_, index) => ({
        id: `esc-${String(index).padStart(3, '0')}`,
        cycle: cycleId,
        group,
        issue: 'Transport',
        ask: 'Write',
        indicator: null,
        state: 'reported',
        answer: '',
        answeredAt: null,
        toldAt: null,
      })),
      opened,
    );

  test('reported twice keep the board’s answer', async () => {
    const { cycles, table } = store();
    await report(cycles, 2);
    const [escalation] = await cycles.reportedEscalations(cycleId);
    if (escalation === undefined) throw new Error('nothing is reported');
    const request = await ask(cycles, 'board-answers', { body: 'chwb', person: 'sam' });
    await cycles.answerEscalations([{ escalation, answer: 'Yes' }], deed(1, 'sam'), request, true);
    await report(cycles, 2);
    expect(
      (await cycles.reportedEscalations(cycleId)).map(({ state, answer }) => `${state} ${answer}`),
    ).toEqual(['answered Yes', 'reported ']);
    const answered = (await cycles.request(request.id)) as Request;
    const stale = cycles.answerEscalations([{ escalation, answer: 'No' }], deed(2, 'sam'), answered, true);
    await refused(table, cycles, stale, 'chwb');
  });

  test('are answered however many there are', async () => {
    const { cycles } = store();
    await report(cycles, 200);
    const answers = (await cycles.reportedEscalations(cycleId)).map((escalation) => ({
      escalation,
      answer: 'Yes',
    }));
    const request = await ask(cycles, 'board-answers', { body: 'chwb', person: 'sam' });
    await cycles.answerEscalations(answers, deed(1, 'sam'), request, true);
    const then = await cycles.reportedEscalations(cycleId);
    expect(new Set(then.map(({ state }) => state))).toEqual(new Set(['answered']));
    expect(then).toHaveLength(200);
  });

  test('are told once', async () => {
    const { cycles } = store();
    await report(cycles, 1);
    const [escalation] = await cycles.reportedEscalations(cycleId);
    if (escalation === undefined) throw new Error('nothing is reported');
    await cycles.tellEscalation(escalation, later(1));
    await expect(cycles.tellEscalation(escalation, later(2))).rejects.toThrow(Conflict);
    const [told] = await cycles.reportedEscalations(cycleId);
    if (told === undefined) throw new Error('nothing is reported');
    await cycles.tellEscalation(told, later(3));
    expect((await cycles.reportedEscalations(cycleId))[0]).toMatchObject({ toldAt: later(1), revision: 2 });
  });

  test('before a cycle are those of the report of the cycle before', async () => {
    const { cycles } = store();
    await openCycle(cycles);
    await openCycle(cycles, '2026-11-18');
    await report(cycles, 1);
    expect(await cycles.escalationsBefore('2026-11-18')).toHaveLength(1);
    expect(await cycles.escalationsBefore(cycleId)).toEqual([]);
  });
});

describe('the Chairs Group', () => {
  const content = { overview: 'All met', commonConcerns: [], achievements: [], asks: [] };

  test('has one draft of its summary, saved and approved by who has read it last', async () => {
    const { cycles, table } = store();
    await openCycle(cycles);
    const draft = await cycles.draftSummary(cycleId, content, opened);
    const saved = await cycles.saveSummary(draft, { ...content, overview: 'Most met' }, deed(1, 'ann'));
    expect(await cycles.draftSummary(cycleId, content, later(2))).toEqual(saved);
    const request = await ask(cycles, 'chairs-summary', { body: 'chairs', person: 'ann' });
    await refused(table, cycles, cycles.approveSummary(draft, content, deed(3, 'ann'), request), 'chairs');
    const approved = await cycles.approveSummary(saved, saved.content, deed(3, 'ann'), request);
    expect(approved).toMatchObject({
      state: 'approved',
      approvedBy: 'ann',
      approvedAt: later(3),
      revision: 3,
    });
    // Whoever writes on after the approval takes it back.
    expect(await cycles.saveSummary(approved, content, deed(4, 'ann'))).toMatchObject({
      state: 'draft',
      approvedAt: null,
      approvedBy: null,
    });
  });

  test('has representatives who are proposed once, confirmed, and listed from the newest', async () => {
    const { cycles, table } = store();
    await openCycle(cycles);
    const proposed = await cycles.proposeRepresentatives(cycleId, ['ann', 'dan'], opened);
    const request = await ask(cycles, 'representatives', { body: 'chairs', person: 'ann' });
    await cycles.confirmRepresentatives(proposed, ['dan', 'eve'], deed(1, 'ann'), request);
    expect(await cycles.proposeRepresentatives(cycleId, ['ann', 'dan'], later(2))).toMatchObject({
      people: ['dan', 'eve'],
      state: 'confirmed',
    });
    const answered = (await cycles.request(request.id)) as Request;
    const stale = cycles.confirmRepresentatives(proposed, ['ann'], deed(2, 'ann'), answered);
    await refused(table, cycles, stale, 'chairs');
    await cycles.proposeRepresentatives('2026-11-18', ['ann', 'eve'], later(3));
    const sofar: string[] = [];
    for await (const { cycle } of cycles.representativesSoFar()) sofar.push(cycle);
    expect(sofar).toEqual(['2026-11-18', cycleId]);
  });
});

describe('what waits', () => {
  const waiting = (name: string, token: string) => ({ name, kind: 'machine', at: later(9), token }) as const;

  test('is registered under its name, the latest in place of the earlier', async () => {
    const { cycles } = store();
    await cycles.wait(waiting('request/a', 'one'));
    await cycles.wait(waiting('request/a', 'two'));
    expect(await cycles.waiting('request/a')).toEqual(waiting('request/a', 'two'));
    // The machine that stops waiting is the earlier one: the later one goes on.
    await cycles.stopWaiting(waiting('request/a', 'one'));
    expect(await cycles.waiting('request/a')).toEqual(waiting('request/a', 'two'));
    await cycles.stopWaiting(waiting('request/a', 'two'));
    expect(await cycles.waiting('request/a')).toBeUndefined();
  });

  test('is all found, however many', async () => {
    const { cycles } = store();
    await Promise.all(
      Array.from({ length: 300 }, (_, index) => cycles.wait(waiting(`request/${String(index)}`, 't'))),
    );
    let count = 0;
    for await (const { token } of cycles.allWaiting()) count += token === 't' ? 1 : 0;
    expect(count).toBe(300);
  });
});

describe('the audit', () => {
  test('tells what happened in order, by body, and keeps notes', async () => {
    const { cycles } = store();
    const note = { at: later(5), by: 'system', what: 'part-stopped', about: group, detail: { cause: 'x' } };
    await cycles.note(cycleId, group, note);
    await cycles.placeMeeting(cycleId, group, null, later(1));
    await cycles.placeMeeting(cycleId, 'dover', null, later(1));
    expect(await whats(cycles)).toEqual(['meeting-placed', 'part-stopped']);
    expect((await cycles.audit(cycleId, group))[1]).toEqual(note);
  });
});
