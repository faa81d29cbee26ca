/** What holds of every cycle, whatever people do. */
import fc from 'fast-check';
import { strFromU8 } from 'fflate';
import { describe, expect, test } from 'vitest';

import { randomOf } from '../../rehearsal/members/random.ts';
import type { Person } from '../../shared/domain/partnership.ts';
import type { Request } from '../../shared/domain/request.ts';
import { isSettled } from '../../shared/domain/request.ts';
import { calendarOf } from '../../shared/stages/workplace.ts';
import type { Instant } from '../../shared/time/calendar.ts';
import { addSeconds, secondsBetween } from '../../shared/time/calendar.ts';
import type { Habit } from '../support/world.ts';
import { extras, people, playedFolder, Scene } from '../support/world.ts';

/** Stands for a safeguarding matter, and for nothing else. */
const secret = 'ZZ-safeguarding-ZZ';

/** People who answer in time, late, after the deadline, or never, as a seed decides. */
const habitOf =
  (seed: string): Habit =>
  (request: Request, now: Instant): Instant | null => {
    const random = randomOf(`${seed} ${request.id}`);
    const draw = random.next();
    const between = (from: Instant, to: Instant): Instant =>
      addSeconds(from, Math.max(1, Math.floor(secondsBetween(from, to) * random.next())));
    if (draw < 0.6) return between(now, request.dueAt > now ? request.dueAt : request.expiresAt);
    if (draw < 0.8) return between(request.dueAt > now ? request.dueAt : now, request.expiresAt);
    if (draw < 0.87) return addSeconds(request.expiresAt, random.between(0, 3) * 86_400);
    return null;
  };

/** Something that somebody does unasked, as far as the pages let them at that moment. */
interface Intervention {
  readonly day: number;
  readonly what: 'move' | 'venue' | 'cancel' | 'change-return' | 'send-back' | 'sign' | 'safeguarding';
  readonly group: 'ashford' | 'dover' | 'elham';
  readonly shift: number;
}

const officers: Readonly<Record<Intervention['group'], { readonly co: Person; readonly chair: Person }>> = {
  ashford: { co: people.ashfordCoordinator, chair: people.ashfordChair },
  dover: { co: people.doverCoordinator, chair: people.doverChair },
  elham: { co: people.elhamChair, chair: people.elhamChair },
};

const intervene = async (scene: Scene, { what, group, shift }: Intervention): Promise<void> => {
  const { co, chair } = officers[group];
  const calendar = calendarOf(scene.world.partnership);
  const date = calendar.addWorkingDays(calendar.dateOf(scene.now), 1 + shift);
  const [year = '', month = '', day = ''] = date.split('-');
  const at = { 'date-day': day, 'date-month': month, 'date-year': year, start: '10:00', end: '12:00' };
  switch (what) {
    case 'move':
      await scene.fillIn('meeting-date', co, { ...at, venue: 'Hall' }, { having: 'venue', body: group });
      break;
    case 'venue':
      await scene.fillIn(
        'meeting-date',
        co,
        { venue: `Room ${String(shift)}` },
        { having: 'venue', body: group },
      );
      break;
    case 'cancel':
      await scene.fillIn(
        'meeting-date',
        co,
        { confirm: 'yes' },
        { section: 'no-meeting', having: 'confirm', body: group },
      );
      break;
    case 'change-return':
      await scene.fillIn(
        'return',
        co,
        { localHwbMessage: `Changed ${String(shift)}` },
        { section: 'messages', having: 'localHwbMessage', body: group },
      );
      break;
    case 'safeguarding':
      await scene.fillIn('return', co, { 'matter-1-text': secret }, { section: 'safeguarding', body: group });
      break;
    case 'send-back':
      await scene.fillIn('return-signoff', chair, { verdict: 'send-back', comment: 'More' }, { body: group });
      break;
    case 'sign':
      await scene.fillIn('return-signoff', chair, { verdict: 'sign' }, { body: group });
      break;
  }
};

const interventions: fc.Arbitrary<readonly Intervention[]> = fc.array(
  fc.record({
    day: fc.integer({ min: 0, max: 40 }),
    what: fc.constantFrom('move', 'venue', 'cancel', 'change-return', 'send-back', 'sign', 'safeguarding'),
    group: fc.constantFrom('ashford', 'dover', 'elham'),
    shift: fc.integer({ min: 0, max: 8 }),
  } as const),
  { maxLength: 12 },
);

/** Plays a cycle to a week after its next board, with people of a seed who also do what they please. */
const played = async (seed: string, doings: readonly Intervention[]): Promise<Scene> => {
  const scene = await Scene.open({ habit: habitOf(seed), smooth: false, seed });
  const { clock } = scene.world;
  // Safeguarding matters carry a word that is found wherever they get to.
  const { returns } = scene.place;
  const save = returns.save.bind(returns);
  returns.save = async (given, content, ...rest) =>
    save(given, { ...content, safeguardingMatters: content.safeguardingMatters.map(() => secret) }, ...rest);
  for (const doing of doings)
    clock.schedule(Date.parse('2026-09-17T09:30:00Z') + doing.day * 86_400_000, doing.what, async () => {
      // What the pages do not offer at that moment is not done.
      await intervene(scene, doing).catch((error: unknown) => {
        if (!(error instanceof Error && /has no form|no email that asks/.test(error.message))) throw error;
      });
    });
  await scene.to('2026-11-18 15:59');
  return scene;
};

const bodiesOf = (id: string): readonly string[] =>
  playedFolder.memberships.flatMap(({ person, body }) => (person === id ? [body] : []));

const safeguardingReaders = new Set([
  extras.ashfordSafeguarding.id,
  extras.doverSafeguarding.id,
  extras.safeguardingBoard.id,
]);

/** Each is told by name, so that a failing property says which. */
const checkAll = async (scene: Scene): Promise<void> => {
  const { partnership } = scene.world;
  const calendar = calendarOf(partnership);
  const emails = scene.emails();
  const groups = playedFolder.groups.map(({ id }) => id);

  expect(scene.failures, 'no machine fails').toEqual([]);

  const keys = emails.map(({ ledgerKey }) => ledgerKey);
  expect(keys.length - new Set(keys).size, 'nobody gets the same email twice').toBe(0);

  // `about` of the ledger key names the group whose business an email is, in the kinds that are for members alone.
  for (const { kind, person, ledgerKey } of emails) {
    if (
      ![
        'invitation',
        'meeting-pack',
        'attendance-reminder',
        'return-request',
        'return-signoff-request',
      ].includes(kind)
    )
      continue;
    const body = groups.find((group) => ledgerKey.includes(`~${group}`)) ?? 'chairs';
    const inBody = bodiesOf(person).includes(body);
    const isChair = playedFolder.memberships.some((one) => one.person === person && one.role === 'chair');
    expect(inBody || (body === 'chairs' && isChair), `${kind} of ${body} to ${person}`).toBe(true);
  }

  for (const email of emails) {
    const holds = scene.text(email).includes(secret);
    if (email.kind === 'safeguarding-matters' || email.kind === 'safeguarding-round-up')
      expect(safeguardingReaders.has(email.person), `safeguarding matters to ${email.person}`).toBe(true);
    else expect(holds, `safeguarding matters in ${email.kind} to ${email.person}`).toBe(false);
  }
  const pages = scene.world.documents.keys.filter((key) => key.endsWith('.html'));
  expect(pages.length, 'documents').toBeGreaterThan(2);
  for (const key of pages) {
    const page = strFromU8((await scene.world.documents.get(key))?.body ?? new Uint8Array());
    expect(page.includes(secret), `safeguarding matters in ${key}`).toBe(key.includes('/safeguarding/'));
  }

  for (const body of ['chwb', 'chairs', ...groups])
    for (const request of await scene.place.requests.about(scene.cycle, body)) {
      if (request.kind !== 'action-update') expect(isSettled(request), `${request.id} is settled`).toBe(true);
      else if (!isSettled(request)) {
        const action = await scene.place.actions.get(body, request.subject.action ?? '');
        expect(action?.state, `${request.id} is of an open action`).toBe('open');
      }
    }

  const report = emails.find(({ kind, person }) => kind === 'board-report' && person === people.secretary.id);
  expect(report, 'the report goes out').toBeDefined();
  const sent = calendar.dateOf(report?.sentAt ?? '');
  expect(calendar.addWorkingDays(sent, 6) <= '2026-11-18', 'five clear working days before the board').toBe(
    true,
  );

  const html = await scene.document('board-report.html');
  for (const { id, name } of playedFolder.groups) {
    const sections = html.match(new RegExp(`<h[23][^>]*>\\s*${name}( LCPG)?\\s*<`, 'g')) ?? [];
    expect(sections.length, `${id} is in the report once`).toBe(1);
  }
  expect(await scene.place.cycles.get(scene.cycle)).toMatchObject({ state: 'closed' });

  // Every change of a thing has raised its revision, and each has its row.
  for (const group of groups) {
    const rows = await scene.audit(group);
    const given = await scene.groupReturn(group);
    const meeting = await scene.meeting(group);
    const of = (...whats: readonly string[]): number =>
      rows.filter(({ what }) => whats.includes(what)).length;
    expect(
      of('meeting-placed', 'meeting-set', 'meeting-cancelled', 'meeting-told'),
      `rows of ${group}'s meeting`,
    ).toBe(meeting.revision);
    const answersOfReturn = rows.filter(
      ({ what, detail }) =>
        what === 'request-answered' &&
        ('version' in detail || 'signedVersion' in detail || 'sentBackVersion' in detail),
    ).length;
    expect(
      of('return-prefilled', 'return-saved', 'return-nil') + answersOfReturn,
      `rows of ${group}'s return`,
    ).toBe(given?.revision ?? 0);
    for (const attendance of await scene.place.attendance.of(scene.cycle, group)) {
      const about = rows.filter(
        (row) =>
          row.about === attendance.person &&
          ['invited', 'attendance-answered', 'attendance-asked-afresh'].includes(row.what),
      );
      expect(about.length, `rows of ${attendance.person}'s attendance`).toBe(attendance.revision);
    }
  }
};

describe('whatever people do', () => {
  test('the promises of a cycle are kept', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 1_000_000 }), interventions, async (seed, doings) => {
        await checkAll(await played(String(seed), doings));
      }),
      {
        numRuns: Number(process.env['PROPERTY_RUNS'] ?? 12),
        seed: Number(process.env['PROPERTY_SEED'] ?? 20_260_916),
        endOnFailure: true,
      },
    );
  });
});
