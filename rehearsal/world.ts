import { createHash } from 'node:crypto';
import { join } from 'node:path';

import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

import { siteAssets } from '../functions/web/assets.ts';
import { createSite } from '../functions/web/site.ts';
import { sweepHours, sweepMinute } from '../shared/contracts/sweep-hours.ts';
import type { Partnership, PartnershipFolder } from '../shared/domain/partnership.ts';
import { recordDeliveryEvent } from '../shared/mail/delivery-events.ts';
import { LedgerPost } from '../shared/mail/ledger-post.ts';
import type { ForwardedReply } from '../shared/mail/forward-reply.ts';
import type { Press } from '../shared/report/press.ts';
import { runErrand } from '../shared/stages/errands.ts';
import { startCycle } from '../shared/stages/opening.ts';
import type { Received } from '../shared/stages/receive-reply.ts';
import { receiveReply } from '../shared/stages/receive-reply.ts';
import { tasks } from '../shared/stages/registry.ts';
import { sweep } from '../shared/stages/sweep.ts';
import { runTask } from '../shared/stages/task.ts';
import type { Workplace } from '../shared/stages/workplace.ts';
import { calendarOf } from '../shared/stages/workplace.ts';
import { Correspondence } from '../shared/store/correspondence.ts';
import { cycleStores } from '../shared/store/cycles/cycle-stores.ts';
import { Directory } from '../shared/store/directory.ts';
import { Indicators } from '../shared/store/indicators.ts';
import { Links } from '../shared/store/links.ts';
import { MemoryDocuments } from '../shared/store/memory-documents.ts';
import { MemoryTable } from '../shared/store/memory-table.ts';
import type { Instant } from '../shared/time/calendar.ts';
import { toInstant } from '../shared/time/calendar.ts';
import { linkMaker } from '../shared/web-links/link-maker.ts';
import { loadMachine, machineNames, taskNames } from '../statemachines/load.ts';
import { Engine, type EngineEvent } from './engine/engine.ts';
import { VirtualClock } from './engine/virtual-clock.ts';
import { rehearsalMachines } from './machines.ts';
import { codeIn, plainTextOf } from './members/letters.ts';
import type { Files } from './threads/files.ts';
import { writesAtOnce } from './threads/files.ts';
import type { RawEmail, SentEmail } from './outbox.ts';
import { Outbox, serviceIdOf } from './outbox.ts';
import { pagesWhenWanted } from './pages-when-wanted.ts';
import type { Renderer } from './pages/letters.ts';
import { Letters } from './pages/letters.ts';

/** What a rehearsal is set up with. */
export interface WorldSettings {
  readonly folder: PartnershipFolder;
  /** Where `emails/` is written. */
  readonly out: string;
  /** Who writes the emails; they are written at once where nothing is said. */
  readonly files?: Files;
  /** When the virtual clock starts. */
  readonly startsAt: Instant;
  /** Where the pages seem to be. */
  readonly origin: string;
  /** Makes link tokens, and everything that has to look random, from the seed. */
  readonly seed: string;
  /** Whether a scheduled start really starts; the last cycle of a rehearsal schedules a next one that is not played. */
  readonly mayStart?: (cycle: string) => boolean;
  /** Who renders the emails; on this thread where nothing is said. */
  readonly renderer?: Renderer;
  /** Makes documents into the world's store of them; their pages alone where nothing is said. */
  readonly press?: (documents: MemoryDocuments) => Press;
  /** Told of each email when it goes. */
  readonly onEmail?: (email: SentEmail, raw: RawEmail) => void;
  readonly onEvent?: (event: EngineEvent) => void;
}

/** Everything of a rehearsal: the shipped machines, tasks and pages over stores in memory, on one virtual clock. */
export interface World {
  readonly partnership: Partnership;
  readonly clock: VirtualClock;
  readonly engine: Engine;
  readonly outbox: Outbox;
  /** The first emails as their readers saw them. */
  readonly letters: Letters;
  readonly place: Workplace;
  readonly links: Links;
  readonly documents: MemoryDocuments;
  readonly correspondence: Correspondence;
  readonly tables: readonly MemoryTable[];
  /** The web function, in its turn after everything else that goes on. */
  visit(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2>;
  /**
   * The function that takes in what people write back, in its turn: an email to an address at the reply domain.
   * @param verdict what the receiving service found of the sender; `PASS` where nothing is said
   */
  receive(raw: Uint8Array, to: string, verdict?: string): Promise<Received>;
  /** Replies that went on to the contact. */
  readonly forwarded: readonly ForwardedReply[];
  /** The code in a person's newest email that has one, once all that goes on has been done. */
  codeOf(person: string): Promise<string>;
  /** Starts the cycle that opens with a board meeting, as the scheduler does. */
  startCycle(cycle: string): Promise<void>;
  /** Instant of the next scheduled start, if one is set. */
  nextStart(): { readonly cycle: string; readonly at: Instant } | undefined;
}

const hourInMilliseconds = 3_600_000;

/** Builds a world and loads the partnership into it. */
export const createWorld = async (settings: WorldSettings): Promise<World> => {
  const { folder, out, startsAt, origin, seed } = settings;
  const { partnership } = folder;
  const clock = new VirtualClock(Date.parse(startsAt));
  const now = (): Instant => toInstant(clock.now());
  const tables = {
    directory: new MemoryTable(),
    cycles: new MemoryTable(),
    indicators: new MemoryTable(),
    correspondence: new MemoryTable(),
  };
  const directory = new Directory(tables.directory, partnership.id);
  const indicators = new Indicators(tables.indicators, partnership.id);
  const correspondence = new Correspondence(tables.correspondence, partnership.id);
  const links = new Links(tables.directory);
  const documents = new MemoryDocuments(origin);

  const letters = new Letters(settings.renderer);
  const codes = new Map<string, Promise<string>>();
  let scheduled: { readonly cycle: string; readonly at: Instant } | undefined;

  const outbox = new Outbox(
    settings.files ?? writesAtOnce(),
    join(out, 'emails'),
    now,
    (email, outgoing, raw) => {
      // SES tells of a delivery a little after the send; the product's own function hears of it.
      clock.schedule(clock.epochMs + 2_000, `delivery of email ${String(email.number)}`, async () => {
        await engine.invocations.run(() =>
          recordDeliveryEvent(
            {
              eventType: 'Delivery',
              mail: {
                timestamp: now(),
                messageId: serviceIdOf(email.number),
                destination: [email.to],
                tags: Object.fromEntries(
                  Object.entries(outgoing.tags).map(([name, value]) => [name, [value]]),
                ),
              },
              delivery: { timestamp: now(), recipients: [email.to] },
            },
            { correspondenceOf: () => correspondence },
          ),
        );
      });
      if (email.kind === 'confirmation-code')
        codes.set(
          email.person,
          Promise.resolve(raw).then((bytes) => (bytes === undefined ? '' : codeIn(plainTextOf(bytes)))),
        );
      settings.onEmail?.(email, raw);
    },
  );

  const place: Workplace = {
    clock,
    directory,
    ...cycleStores(tables.cycles, partnership.id),
    indicators,
    documents,
    machines: rehearsalMachines(() => engine),
    errands: {
      // As on AWS nobody waits for it; what goes wrong with it stops the play.
      runNow: (id, name) => {
        engine.invocations
          .run(() => runTask(runErrand, () => place, { partnership: id, name }))
          .catch((error: unknown) => {
            clock.schedule(clock.epochMs, `errand ${name} failed`, () => {
              throw error;
            });
          });
        return Promise.resolve();
      },
    },
    notTold: (error) => {
      throw error;
    },
    press: (settings.press ?? pagesWhenWanted)(documents),
    links: linkMaker(partnership.id, createHash('sha256').update(`links of ${seed}`).digest(), origin, links),
    correspondence,
    postFor: (sender) =>
      new LedgerPost({
        clock,
        correspondence,
        mailer: outbox,
        partnership: sender,
        receivesReplies: true,
        render: letters.render,
      }),
    schedule: {
      startCycleAt(_partnership, cycle, at) {
        scheduled = { cycle, at };
        clock.schedule(Date.parse(at), `start of the cycle of ${cycle}`, async () => {
          if (settings.mayStart?.(cycle) !== false) await startNow(cycle);
        });
        return Promise.resolve();
      },
    },
    sweepGraceSeconds: 600,
  };

  const functions = Object.fromEntries(
    taskNames.map((name) => [name, (payload: unknown) => runTask(tasks[name], () => place, payload)]),
  );
  const placeholders = {
    ...Object.fromEntries(taskNames.map((name) => [name, name])),
    askMachine: 'ask',
    lcpgMachine: 'lcpg',
    documentsBucket: 'documents',
  };
  const engine = new Engine({
    machines: Object.fromEntries(
      machineNames.map((name) => [name, loadMachine(name, placeholders)]),
    ) as never,
    functions: functions,
    clock,
    documents: {
      async read(_bucket, key) {
        const document = await documents.get(key);
        if (document === undefined) throw new Error(`no document ${key}`);
        return new TextDecoder().decode(document.body);
      },
    },
    ...(settings.onEvent === undefined ? {} : { onEvent: settings.onEvent }),
  });

  const startNow = async (cycle: string): Promise<void> => {
    await engine.invocations.run(() =>
      runTask(startCycle, () => place, { partnership: partnership.id, cycle }),
    );
  };

  const scheduleSweep = (afterEpochMs: number): void => {
    const next =
      Math.floor(afterEpochMs / hourInMilliseconds) * hourInMilliseconds +
      hourInMilliseconds +
      sweepMinute * 60_000;
    clock.schedule(next, 'hourly sweep', async () => {
      const hour = Number(calendarOf(partnership).timeOf(toInstant(clock.now())).slice(0, 2));
      const look = sweepHours.everything.includes(hour) ? 'everything' : 'due';
      await engine.invocations.run(() => runTask(sweep, () => place, { partnership: partnership.id, look }));
      scheduleSweep(clock.epochMs);
    });
  };

  const site = createSite({
    links,
    deskFor: () => place,
    clock,
    origin,
    assets: siteAssets,
    report: ({ error }) => {
      throw error;
    },
  });

  const forwarded: ForwardedReply[] = [];
  const receive = async (raw: Uint8Array, to: string, verdict = 'PASS'): Promise<Received> => {
    const [sender, harmless] = [{ status: verdict }, { status: 'PASS' }];
    return engine.invocations.run(() =>
      receiveReply(
        {
          mail: { messageId: 'incoming' },
          receipt: {
            recipients: [to],
            spamVerdict: harmless,
            virusVerdict: harmless,
            spfVerdict: sender,
            dkimVerdict: sender,
            dmarcVerdict: sender,
          },
        },
        {
          desks: [place],
          links,
          originals: { get: () => Promise.resolve({ body: raw, contentType: 'message/rfc822' }) },
          forward: (email) => {
            forwarded.push(email);
            return Promise.resolve();
          },
        },
      ),
    );
  };

  await directory.load(folder, calendarOf(partnership).dateOf(now()));
  await indicators.load(folder);
  scheduleSweep(clock.epochMs);

  return {
    partnership,
    clock,
    engine,
    outbox,
    letters,
    place,
    links,
    documents,
    correspondence,
    tables: Object.values(tables),
    visit: (event) => engine.invocations.run(() => site(event)),
    receive,
    async codeOf(person) {
      await engine.invocations.idle();
      return (await codes.get(person)) ?? '';
    },
    forwarded,
    startCycle: startNow,
    nextStart: () => scheduled,
  };
};
