import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';

import { compose } from '../../../shared/mail/compose.ts';
import { recordDeliveryEvent } from '../../../shared/mail/delivery-events.ts';
import { LedgerPost } from '../../../shared/mail/ledger-post.ts';
import type { LedgerRow } from '../../../shared/mail/ledger.ts';
import { claimGraceSeconds, ledgerTag } from '../../../shared/mail/ledger.ts';
import type { Mailer, OutgoingEmail } from '../../../shared/mail/mailer.ts';
import { NotSent } from '../../../shared/mail/mailer.ts';
import type { Message, MessageSetting } from '../../../shared/mail/messages.ts';
import { ledgerKey } from '../../../shared/mail/messages.ts';
import { toMime } from '../../../shared/mail/mime.ts';
import { Correspondence } from '../../../shared/store/correspondence.ts';
import { MemoryTable } from '../../../shared/store/memory-table.ts';
import type { Table } from '../../../shared/store/table.ts';
import { exampleMessages, examplePartnership } from '../../support/example-messages.ts';

const messageTo = (person: string): Message => ({
  ...exampleMessages.reminder,
  to: { ...exampleMessages.reminder.to, id: person, email: `${person}@example.org` },
});
const messages = ['ann', 'ben', 'cat', 'dan'].map(messageTo);

const rendered = new Map<string, OutgoingEmail>();
/** Rendering is not what is tried here, and takes most of the time. */
const renderOnce = (message: Message, setting: MessageSetting): OutgoingEmail => {
  const key = ledgerKey(message);
  const email = rendered.get(key) ?? toMime(message, setting, compose(message, setting));
  rendered.set(key, email);
  return email;
};

/** SES, a table and a clock. */
const world = () => {
  const table = new MemoryTable();
  let seconds = 0;
  const gone: OutgoingEmail[] = [];
  const clock = {
    now: () => Temporal.Instant.from('2026-09-24T08:00:00Z').add({ seconds }),
    realSeconds: (span: number) => span,
    realInstant: (instant: string) => instant,
  };
  const correspondence = new Correspondence(table, 'kent');
  const accept = (email: OutgoingEmail): { serviceId: string } => {
    gone.push(email);
    return { serviceId: `ses-${String(gone.length)}` };
  };
  // eslint-disable-next-line @typescript-eslint/require-await -- a port
  const ses: Mailer = { send: async (email) => accept(email) };
  const event = (at: number, eventType: string, more: object = {}) => {
    const email = gone[at];
    return {
      eventType,
      mail: {
        timestamp: clock.now().toString({ smallestUnit: 'millisecond' }),
        messageId: `ses-${String(at + 1)}`,
        destination: [email?.to],
        tags: Object.fromEntries(Object.entries(email?.tags ?? {}).map(([name, value]) => [name, [value]])),
      },
      ...more,
    };
  };
  const record = (given: object) => recordDeliveryEvent(given, { correspondenceOf: () => correspondence });
  return {
    table,
    clock,
    correspondence,
    gone,
    accept,
    event,
    record,
    pass: (span: number) => {
      seconds += span;
    },
    post: (mailer: Mailer = ses, over: Table = table) =>
      new LedgerPost({
        clock,
        correspondence: new Correspondence(over, 'kent'),
        mailer,
        partnership: examplePartnership,
        receivesReplies: true,
        render: renderOnce,
      }),
    rows: async (): Promise<readonly (LedgerRow | undefined)[]> =>
      Promise.all(
        messages.map((message) =>
          correspondence.row({ person: message.to.id, tag: ledgerTag(ledgerKey(message)) }),
        ),
      ),
  };
};

const outcomes = async (posted: Promise<readonly { outcome: string }[]>): Promise<readonly string[]> =>
  (await posted).map(({ outcome }) => outcome);
const throwing = (
  error: (email: OutgoingEmail) => Error | null,
  accept: (email: OutgoingEmail) => { serviceId: string },
): Mailer => ({
  // eslint-disable-next-line @typescript-eslint/require-await -- a port
  send: async (email) => {
    const thrown = error(email);
    if (thrown !== null) throw thrown;
    return accept(email);
  },
});
const only = (person: string, error: Error) => (email: OutgoingEmail) =>
  email.to.startsWith(person) ? error : null;

describe('posting', () => {
  it('sends each message once, however often it is asked to', async () => {
    const { post, gone, rows } = world();
    expect(await outcomes(post().send(messages))).toEqual(['sent', 'sent', 'sent', 'sent']);
    expect(await outcomes(post().send(messages))).toEqual(['already', 'already', 'already', 'already']);
    expect(gone.map(({ to }) => to)).toEqual(messages.map(({ to }) => to.email));
    for (const row of await rows()) expect(row).toMatchObject({ state: 'sent', attempt: 1 });
  });

  it('sends a message once that is given twice', async () => {
    const { post, gone } = world();
    const [ann] = messages as [Message];
    expect(await outcomes(post().send([ann, ann]))).toEqual(['sent', 'already']);
    expect(gone).toHaveLength(1);
  });

  it('claims in the order of the messages, eight at a time', async () => {
    const { gone, post, accept } = world();
    const many = Array.from({ length: 30 }, (_, at) => messageTo(`p${String(at).padStart(2, '0')}`));
    let underWay = 0;
    let most = 0;
    const order: string[] = [];
    await post({
      send: async (email) => {
        order.push(email.to);
        underWay += 1;
        most = Math.max(most, underWay);
        await new Promise((done) => setTimeout(done, 1));
        underWay -= 1;
        return accept(email);
      },
    }).send(many);
    expect(most).toBe(8);
    expect(order).toEqual(many.map(({ to }) => to.email));
    expect(gone).toHaveLength(30);
  });

  it('stops at nothing that one address brings about', async () => {
    const { post, accept, gone, rows } = world();
    const refused = new NotSent('MessageRejected', false);
    expect(await outcomes(post(throwing(only('ben', refused), accept)).send(messages))).toEqual([
      'sent',
      'refused',
      'sent',
      'sent',
    ]);
    expect(await outcomes(post().send(messages))).toEqual(['already', 'refused', 'already', 'already']);
    expect(gone).toHaveLength(3);
    expect((await rows())[1]).toMatchObject({ state: 'refused', reason: 'MessageRejected' });
  });

  it('gives the claim back of what may go later, throws when all were tried, and then sends only that', async () => {
    const { post, accept, gone, rows } = world();
    const throttled = new NotSent('Throttling', true);
    await expect(post(throwing(only('ann', throttled), accept)).send(messages)).rejects.toMatchObject({
      name: 'NotSent',
      message: '1 of 4 emails did not go yet: Throttling',
    });
    expect(gone.map(({ to }) => to)).toEqual(['ben@example.org', 'cat@example.org', 'dan@example.org']);
    expect((await rows())[0]).toMatchObject({ state: 'released', attempt: 1 });
    expect(await outcomes(post().send(messages))).toEqual(['sent', 'already', 'already', 'already']);
    expect((await rows())[0]).toMatchObject({ state: 'sent', attempt: 2 });
  });

  it('leaves in doubt what is in doubt until the time of grace is over', async () => {
    const { post, accept, gone, rows, pass } = world();
    const timeout = new Error('socket hang up');
    const inDoubt = { name: 'NotSettled', message: 'of 4 emails it is not known yet whether 1 went' };
    await expect(post(throwing(only('cat', timeout), accept)).send(messages)).rejects.toMatchObject(inDoubt);
    pass(15 * 60 - 1);
    await expect(post().send(messages)).rejects.toMatchObject(inDoubt);
    expect((await rows())[2]).toMatchObject({ state: 'claimed', attempt: 1 });
    pass(1);
    expect((await outcomes(post().send(messages)))[2]).toBe('sent');
    expect((await rows())[2]).toMatchObject({ state: 'sent', attempt: 2 });
    expect(gone).toHaveLength(4);
  });

  it('believes the Send event of what was in doubt', async () => {
    const { post, accept, gone, rows, pass, event, record } = world();
    const mailer: Mailer = {
      // eslint-disable-next-line @typescript-eslint/require-await -- a port
      send: async (email) => {
        accept(email);
        throw new Error('the answer was lost');
      },
    };
    await expect(post(mailer).send(messages.slice(0, 1))).rejects.toMatchObject({ name: 'NotSettled' });
    await record(event(0, 'Send'));
    pass(2 * claimGraceSeconds);
    expect(await outcomes(post().send(messages.slice(0, 1)))).toEqual(['already']);
    expect(gone).toHaveLength(1);
    expect((await rows())[0]).toMatchObject({ state: 'sent', serviceId: 'ses-1' });
  });

  it('sends again with the same Message-ID', async () => {
    const { post, accept, gone, pass } = world();
    const lost: Mailer = {
      // eslint-disable-next-line @typescript-eslint/require-await -- a port
      send: async (email) => {
        accept(email);
        throw new Error('the answer was lost');
      },
    };
    await expect(post(lost).send(messages.slice(0, 1))).rejects.toMatchObject({ name: 'NotSettled' });
    pass(claimGraceSeconds);
    await post().send(messages.slice(0, 1));
    expect(gone).toHaveLength(2);
    expect(gone[0]?.messageId).toBe(gone[1]?.messageId);
  });

  it('writes to no address that bounced, until it is allowed again', async () => {
    const { post, gone, correspondence, rows } = world();
    const since = '2026-09-01T08:00:00Z';
    await correspondence.suppress({ address: 'Ben@Example.org', reason: 'bounce', detail: '', since });
    expect(await outcomes(post().send(messages))).toEqual(['sent', 'suppressed', 'sent', 'sent']);
    expect((await rows())[1]).toMatchObject({ state: 'suppressed', reason: 'bounce' });
    await correspondence.unsuppress('ben@example.org');
    expect(await outcomes(post().send(messages))).toEqual(['already', 'sent', 'already', 'already']);
    expect(gone).toHaveLength(4);
  });

  it('claims nothing that cannot be rendered, and sends the rest', async () => {
    const { post, gone, rows, correspondence } = world();
    const broken = { ...messages[0], occurrence: '7', because: undefined } as unknown as Message;
    await expect(post().send([broken, ...messages.slice(1)])).rejects.toThrow(/undefined/u);
    expect(gone).toHaveLength(3);
    expect(await rows()).toMatchObject([undefined, { state: 'sent' }, { state: 'sent' }, { state: 'sent' }]);
    expect(await correspondence.count('claimed')).toBe(0);
  });
});

describe('a process that may die anywhere', () => {
  /** How one run of the task goes wrong, and what happens before the next. */
  const run = fc.record({
    /** At which call to the outside it dies, if it gets there; from then on none has any effect. */
    diesAt: fc.option(fc.nat({ max: 14 }), { nil: Infinity }),
    /** Whether that last call still has its effect. */
    lastTakesEffect: fc.boolean(),
    /** What SES answers, in turn. */
    answers: fc.array(
      fc.constantFrom('accepts', 'accepts', 'throttles', 'loses the answer', 'is not reached'),
      {
        maxLength: 6,
      },
    ),
    minutesAfter: fc.integer({ min: 0, max: 40 }),
  });

  const simulate = async (runs: readonly RunPlan[], eventsAreQuick: boolean) => {
    const it = world();
    let told = 0;
    const tellAll = async (): Promise<void> => {
      // Twice, and the last first.
      for (let at = it.gone.length - 1; at >= told; at -= 1) await it.record(it.event(at, 'Send'));
      for (let at = told; at < it.gone.length; at += 1) await it.record(it.event(at, 'Send'));
      told = it.gone.length;
    };
    let inDoubt = 0;
    for (const plan of runs) {
      let calls = 0;
      const alive = async <T>(call: () => Promise<T>): Promise<T> => {
        const at = calls;
        calls += 1;
        if (at > plan.diesAt) throw new Error('dead');
        if (at < plan.diesAt) return call();
        if (plan.lastTakesEffect) await call();
        throw new Error('dead');
      };
      const answers = plan.answers.values();
      const mailer: Mailer = {
        send: (email) => {
          inDoubt += 1;
          return alive(async () => {
            await Promise.resolve();
            const answer = answers.next().value ?? 'accepts';
            if (answer === 'throttles') throw new NotSent('Throttling', true);
            if (answer === 'is not reached') throw new Error('ECONNREFUSED');
            const accepted = it.accept(email);
            if (answer === 'loses the answer') throw new Error('socket hang up');
            return accepted;
          });
        },
      };
      const table: Table = {
        get: (key) => alive(() => it.table.get(key)),
        getMany: (keys) => alive(() => it.table.getMany(keys)),
        query: (query, page) => alive(() => it.table.query(query, page)),
        queryAll: (query) => it.table.queryAll(query),
        transact: (writes) => alive(() => it.table.transact(writes)),
        putMany: (items) => alive(() => it.table.putMany(items)),
        removeMany: (keys) => alive(() => it.table.removeMany(keys)),
      };
      const posted = await it
        .post(mailer, table)
        .send(messages)
        .catch(() => []);
      for (const { outcome } of posted) if (outcome === 'sent') inDoubt -= 1;
      if (eventsAreQuick) await tellAll();
      it.pass(plan.minutesAfter * 60);
    }
    // In the end somebody tries again with everything in order.
    it.pass(claimGraceSeconds);
    await it.post().send(messages);
    await tellAll();
    return { ...it, inDoubt };
  };
  type RunPlan = typeof run extends fc.Arbitrary<infer Plan> ? Plan : never;
  const timesSent = (gone: readonly OutgoingEmail[]) =>
    messages.map(({ to }) => gone.filter((email) => email.to === to.email).length);

  it('loses nothing and sends nothing twice when SES tells in time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(run, { maxLength: 6 }), async (runs) => {
        const { gone, rows } = await simulate(runs, true);
        expect(timesSent(gone)).toEqual([1, 1, 1, 1]);
        for (const row of await rows()) expect(row?.state).toBe('sent');
      }),
      { numRuns: 200 },
    );
  });

  it('loses nothing when SES tells late, and sends twice at most what was in doubt', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(run, { maxLength: 6 }), async (runs) => {
        const { gone, rows, inDoubt } = await simulate(runs, false);
        for (const times of timesSent(gone)) expect(times).toBeGreaterThanOrEqual(1);
        expect(gone.length - messages.length).toBeLessThanOrEqual(inDoubt);
        for (const row of await rows()) expect(row?.state).toBe('sent');
      }),
      { numRuns: 200 },
    );
  });
});
