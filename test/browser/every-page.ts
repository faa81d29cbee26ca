import type { Page } from 'playwright-core';

import type { RequestKind } from '../../shared/domain/request.ts';
import { requestKinds } from '../../shared/domain/request.ts';
import { returnSections } from '../../shared/domain/return.ts';
import type { ProgressScope } from '../../shared/domain/progress.ts';
import { askFor } from '../functions/web/asked.ts';
import { browserOf } from '../functions/web/browser.ts';
import { emailedCode } from '../functions/web/code.ts';
import { answerMeetingDate } from '../../shared/stages/answers.ts';
import { cycleBefore, people, type SmallWorld } from '../support/small-partnership.ts';

/** A page as somebody comes to it. */
export interface PageCase {
  readonly name: string;
  readonly status: number;
  /** Lays out what the page shows, and gives the address to open. */
  readonly prepare: (world: SmallWorld) => Promise<string>;
  /** What somebody does there before it is looked at. */
  readonly act?: (page: Page, world: SmallWorld) => Promise<void>;
}

/** Presses the last button that sends a form to us; the status that comes of it. */
const press = async (page: Page): Promise<void> => {
  await Promise.all([
    page.waitForEvent('load'),
    page.locator('main form:not([enctype]) button').first().click(),
  ]);
};

const sayWho = async (page: Page): Promise<void> => {
  const who = page.getByLabel(/^Are you /);
  if ((await who.count()) > 0) await who.selectOption('yes');
};

const pathOf = async (world: SmallWorld, kind: RequestKind, section = ''): Promise<string> =>
  `${(await askFor(world, kind)).path}${section}`;

/** A return with something in each section, handed in. */
const handIn = async (world: SmallWorld): Promise<void> => {
  const member = browserOf(world);
  const path = await pathOf(world, 'return');
  await member.submit(`${path}/meeting`, { held: 'yes' });
  const { body } = await member.get(`${path}/attendance`);
  const here = [...body.matchAll(/name="(attendance-\d+-presence)"/g)].map(([, name = '']) => name);
  await member.submit(
    `${path}/attendance`,
    Object.fromEntries([
      ...here.map((name) => [name, 'present']),
      ...[...body.matchAll(/name="(attendance-\d+-person)" value="([^"]*)"/g)].map(([, name, id]) => [
        name,
        id,
      ]),
    ]) as Record<string, string>,
  );
  await member.submit(`${path}/achievements`, {
    'achievement-1-text': 'Persistent absence fell in both secondary schools of the town.',
  });
  await member.submit(`${path}/concerns`, {
    'concern-1-text': 'Families wait 14 weeks for a first appointment with speech and language therapy.',
  });
  await member.submit(`${path}/escalations`, {
    'escalation-1-issue': 'No district can shorten the wait by itself.',
    'escalation-1-ask': 'Agree one county-wide offer before the spring.',
  });
  await member.submit(`${path}/check`, {});
};

const asked = requestKinds.map((kind): PageCase => ({
  name: kind,
  status: 200,
  prepare: async (world) => {
    if (kind === 'return-signoff') await handIn(world);
    return pathOf(world, kind);
  },
}));

/** The form of each page, sent as it stands: every fault at once. */
const refused = requestKinds
  .filter((kind) => kind !== 'return')
  .map((kind): PageCase => ({
    name: `${kind}-refused`,
    status: 400,
    prepare: async (world) => {
      if (kind === 'return-signoff') await handIn(world);
      return pathOf(world, kind);
    },
    act: press,
  }));

const sections = [...returnSections, 'check'].map((section): PageCase => ({
  name: `return-${section}`,
  status: 200,
  prepare: (world) => pathOf(world, 'return', `/${section}`),
}));

const answered = (kind: RequestKind, fields: Readonly<Record<string, string>>, section = ''): PageCase => ({
  name: `${kind}-answered`,
  status: 200,
  prepare: async (world) => {
    if (kind === 'return-signoff') await handIn(world);
    return pathOf(world, kind, section);
  },
  act: async (page) => {
    await sayWho(page);
    for (const [name, value] of Object.entries(fields)) {
      const field = page.locator(`[name="${name}"]`);
      const choice = page.locator(`[name="${name}"][value="${value}"]`);
      if ((await choice.count()) > 0) await choice.check();
      else await field.fill(value);
    }
    await press(page);
  },
});

const expired = '2026-09-01T00:00:00Z';

/** A link to the data of the report, which needs a code. */
const documentPath = async (
  world: SmallWorld,
  isThere: boolean,
  expiresAt = '2026-11-18T16:00:00Z',
): Promise<string> => {
  const key = 'small/cycles/2026-09-16/board-report.csv.zip';
  if (isThere) await world.documents.put(key, 'data', 'application/zip');
  const link = await world.maker.toDocument({ key, fileName: 'board-report.csv.zip' }, 'sam', expiresAt);
  return link.slice(world.origin.length);
};

/** A progress page in the fourth week, when some have answered and some are late. */
const progressPath = async (
  world: SmallWorld,
  scope: ProgressScope,
  who: string,
  part = '',
): Promise<string> => {
  for (const kind of requestKinds) await askFor(world, kind);
  const member = browserOf(world);
  await member.submit(await pathOf(world, 'attendance'), { response: 'apologies' });
  await member.submit(await pathOf(world, 'minutes'), { keyMessages: 'Housing comes first.' });
  world.clock.set('2026-10-20T09:00:00Z');
  return `${(await world.maker.toProgress(scope, world.cycle, who)).slice(world.origin.length)}${part}`;
};

/** The page of Jo Smith, who comes in the place of a member, or did not in the end. */
const substitutePath = async (world: SmallWorld, comes: boolean): Promise<string> => {
  const { path, request } = await askFor(world, 'attendance');
  const jo = { name: 'Jo Smith', email: 'jo@example.org' };
  const member = browserOf(world);
  await member.submit(path, {
    response: 'substitute',
    substituteName: jo.name,
    substituteEmail: jo.email,
  });
  if (!comes) await member.submit(path, { response: 'attending' });
  return (await world.maker.toSubstitute(request, jo)).slice(world.origin.length);
};

const handOver = `/hand-over/${encodeURIComponent('2026-09-16~return~ashford~-~1~cora')}`;

const progressPages: readonly PageCase[] = [
  {
    name: 'progress',
    status: 200,
    prepare: (world) => progressPath(world, { of: 'partnership' }, 'sam'),
  },
  {
    name: 'progress-refused',
    status: 400,
    prepare: (world) => progressPath(world, { of: 'partnership' }, 'sam'),
    act: press,
  },
  {
    name: 'progress-chased',
    status: 200,
    prepare: (world) => progressPath(world, { of: 'partnership' }, 'sam'),
    act: async (page) => {
      await page.getByLabel(/^Return: /).check();
      await sayWho(page);
      await press(page);
    },
  },
  {
    name: 'progress-group',
    status: 200,
    prepare: (world) => progressPath(world, { of: 'group', group: 'ashford' }, 'cora'),
  },
  {
    name: 'progress-group-refused',
    status: 400,
    prepare: (world) => progressPath(world, { of: 'group', group: 'ashford' }, 'cora'),
    act: press,
  },
  {
    name: 'progress-own',
    status: 200,
    prepare: (world) => progressPath(world, { of: 'person' }, 'mo'),
  },
  {
    name: 'progress-hand-over',
    status: 200,
    prepare: (world) => progressPath(world, { of: 'group', group: 'ashford' }, 'cora', handOver),
  },
  {
    name: 'progress-hand-over-refused',
    status: 400,
    prepare: (world) => progressPath(world, { of: 'group', group: 'ashford' }, 'cora', handOver),
    act: press,
  },
  {
    name: 'progress-substitute',
    status: 200,
    prepare: async (world) => {
      const attendance = await world.desk.attendance.get(world.cycle.id, 'ashford', 'mo');
      const sam = { name: 'Sam Lee', email: 'sam.lee@example.org' };
      const by = { by: 'system', at: '2026-09-22T09:00:00Z' };
      if (attendance !== undefined) await world.desk.attendance.propose(attendance, sam, by);
      const { request } = await askFor(world, 'attendance');
      const scope = { of: 'group', group: 'ashford' } as const;
      const link = await world.maker.toProgress(scope, world.cycle, 'cora');
      return `${link.slice(world.origin.length)}/substitute/${encodeURIComponent(request.id)}`;
    },
  },
  {
    name: 'progress-written-down',
    status: 200,
    prepare: (world) =>
      progressPath(
        world,
        { of: 'group', group: 'ashford' },
        'cora',
        `/request/${encodeURIComponent('2026-09-16~attendance~ashford~-~1~mo')}`,
      ),
  },
  {
    name: 'progress-closed',
    status: 410,
    prepare: (world) => progressPath(world, { of: 'partnership' }, 'mo'),
  },
];

/** Every page that the product can show, in every state that looks different. */
export const everyPage: readonly PageCase[] = [
  ...asked,
  ...refused,
  ...sections,
  {
    name: 'return-actions-refused',
    status: 400,
    prepare: (world) => pathOf(world, 'return', '/actions'),
    act: async (page) => {
      await page.getByLabel('What was agreed').fill('Map the youth clubs');
      await press(page);
    },
  },
  {
    name: 'return-check-refused',
    status: 400,
    prepare: (world) => pathOf(world, 'return', '/check'),
    act: press,
  },
  {
    name: 'return-handed-in',
    status: 200,
    prepare: async (world) => {
      await handIn(world);
      return pathOf(world, 'return', '/check');
    },
  },
  {
    name: 'return-conflict',
    status: 409,
    prepare: (world) => pathOf(world, 'return', '/concerns'),
    act: async (page, world) => {
      const other = browserOf(world);
      await other.submit(`${await pathOf(world, 'return')}/concerns`, { 'concern-1-text': 'Housing first.' });
      await page.locator('textarea').first().fill('Waiting times first.');
      await sayWho(page);
      await press(page);
    },
  },
  {
    name: 'meeting-date-none',
    status: 200,
    prepare: (world) => pathOf(world, 'meeting-date', '/no-meeting'),
  },
  answered('attendance', {
    response: 'substitute',
    substituteName: 'Jo Smith',
    substituteEmail: 'jo@example.org',
  }),
  answered('minutes', { keyMessages: 'Housing comes first.' }),
  answered('meeting-date', {
    'date-day': '7',
    'date-month': '10',
    'date-year': '2026',
    start: '10am',
    end: '12pm',
    venue: 'Town hall, Dover',
  }),
  answered('action-update', { state: 'done', doneNote: 'The map is on the website.' }),
  answered('board-answers', { 'answer-1': 'Agreed.', 'answer-2': 'Not this year.' }),
  answered('report-receipt', {}),
  answered('return', { membershipChanges: 'Dr Shah has left.' }, '/membership'),
  {
    name: 'closed',
    status: 410,
    prepare: async (world) => {
      const path = await pathOf(world, 'attendance');
      await browserOf(world).submit(path, { response: 'apologies' });
      world.clock.set('2027-01-04T09:00:00Z');
      return path;
    },
  },
  {
    name: 'meeting-moved',
    status: 410,
    prepare: async (world) => {
      const { path } = await askFor(world, 'attendance');
      const { request } = await world.ask('meeting-date', people.ashfordCoordinator, {
        ...{ body: 'ashford', round: 1 },
      });
      const planned = await world.desk.meetings.get(world.cycle.id, 'ashford');
      if (planned === undefined) throw new Error('Ashford has no meeting');
      const told = await world.desk.meetings.noteTold(planned, '2026-09-22T09:00:00Z');
      const later = {
        date: '2026-10-08',
        start: '10:00',
        end: '12:00',
        venue: 'Town Hall, Room 2',
        link: '',
      };
      await answerMeetingDate(world.desk, request, told, later, 'page');
      return path;
    },
  },
  {
    name: 'meeting-over',
    status: 410,
    prepare: async (world) => {
      const { path } = await world.ask('meeting-date', people.ashfordCoordinator, {
        ...{ body: 'ashford', round: 1 },
      });
      world.clock.set('2026-10-01T17:00:00Z');
      return path;
    },
  },
  {
    name: 'withdrawn',
    status: 410,
    prepare: async (world) => {
      const { path, request } = await askFor(world, 'attendance');
      await world.desk.requests.withdraw(request, 'left', '2026-09-22T10:00:00Z');
      return path;
    },
  },
  answered('return-signoff', { verdict: 'sign' }),
  {
    name: 'return-signoff-code-refused',
    status: 400,
    prepare: async (world) => {
      await handIn(world);
      return pathOf(world, 'return-signoff');
    },
    act: async (page) => {
      await page.getByLabel('Yes, I sign it').check();
      await sayWho(page);
      await press(page);
      await page.getByLabel('Code').fill('12345');
      await press(page);
    },
  },
  { name: 'export', status: 200, prepare: (world) => documentPath(world, true) },
  {
    name: 'export-fetched',
    status: 200,
    prepare: (world) => documentPath(world, true),
    act: async (page, world) => {
      await sayWho(page);
      await press(page);
      await page.getByLabel('Code').fill(await emailedCode(world));
      await press(page);
    },
  },
  { name: 'document-expired', status: 410, prepare: (world) => documentPath(world, true, expired) },
  { name: 'document-gone', status: 410, prepare: (world) => documentPath(world, false, expired) },
  {
    name: 'links-sent',
    status: 200,
    prepare: (world) => documentPath(world, true, expired),
    act: async (page) => {
      await sayWho(page);
      await press(page);
    },
  },
  {
    name: 'address',
    status: 200,
    prepare: async (world) => {
      await world.desk.addresses.hold('mo', 'mo@home.example.net', '2026-09-22T09:00:00Z');
      return pathOf(world, 'attendance', '/address');
    },
  },
  {
    name: 'address-refused',
    status: 400,
    prepare: async (world) => {
      await world.desk.addresses.hold('mo', 'mo@home.example.net', '2026-09-22T09:00:00Z');
      return pathOf(world, 'attendance', '/address');
    },
    act: press,
  },
  {
    name: 'address-code',
    status: 200,
    prepare: async (world) => {
      await world.desk.addresses.hold('mo', 'mo@home.example.net', '2026-09-22T09:00:00Z');
      return pathOf(world, 'attendance', '/address');
    },
    act: async (page) => {
      await page.getByLabel('mo@home.example.net').check();
      await sayWho(page);
      await press(page);
    },
  },
  {
    name: 'address-confirmed',
    status: 200,
    prepare: async (world) => {
      const said = { by: { cycle: world.cycle.id, body: 'ashford', id: 'any' }, at: '2026-09-22T09:00:00Z' };
      await world.desk.addresses.hold('mo', 'mo@home.example.net', said.at);
      await world.desk.addresses.confirm('mo', 'mo@home.example.net', said);
      await world.desk.addresses.hold('mo', 'mo@work.example.net', said.at);
      return pathOf(world, 'attendance', '/address');
    },
  },
  { name: 'substitute', status: 200, prepare: (world) => substitutePath(world, true) },
  { name: 'substitute-refused', status: 400, prepare: (world) => substitutePath(world, true), act: press },
  { name: 'substitute-not-needed', status: 410, prepare: (world) => substitutePath(world, false) },
  ...progressPages,
  {
    name: 'return-grants-refused',
    status: 400,
    prepare: async (world) => {
      await world.desk.grants.request({
        id: 'club',
        group: 'ashford',
        raisedIn: cycleBefore,
        purpose: 'Holiday club with a hot meal for 40 children',
        requested: 1500,
        state: 'requested',
        awarded: null,
        reviewDate: null,
        outcome: '',
        heardAt: '2026-08-01T10:00:00Z',
      });
      return pathOf(world, 'return', '/grants');
    },
    act: async (page) => {
      await page.getByLabel('Awarded', { exact: true }).check();
      await page.getByLabel('What the grant is for').fill('Cycling course');
      await press(page);
    },
  },
  {
    name: 'archive',
    status: 200,
    prepare: async (world) => {
      const cycle = await world.desk.cycles.known(cycleBefore);
      await world.desk.documents.put('small/report.html', 'x', 'text/html');
      const paper = { title: 'Report to the board (web page)', key: 'small/report.html', bytes: 1 };
      await world.desk.cycles.keepPapers(
        cycle,
        [{ ...paper, fileName: '01-board-report.html', contentType: 'text/html' }],
        '2026-09-16T15:00:00Z',
      );
      await world.desk.reports.keep({
        summary: {
          cycle: cycleBefore,
          title: 'Report',
          nextBoard: '2026-09-16',
          compiledAt: '2026-09-08T09:00:00Z',
          overview:
            'All LCPGs sent a return. Waiting times for speech therapy are the most widely shared concern.',
          asks: [],
          keyMessages: [],
          answers: [
            { group: 'dover', groupName: 'Dover', issue: 'Speech therapy', answer: 'A plan comes in March.' },
          ],
        },
        groups: [],
      });
      const link = await world.maker.toProgress({ of: 'partnership' }, world.cycle, 'sam');
      return link.slice(world.origin.length);
    },
    act: async (page) => {
      await page.goto(`${page.url()}/archive?q=speech+therapy`);
    },
  },
  { name: 'no-cookie', status: 403, prepare: () => Promise.resolve('/answer/AAAAAAAAAAAAAAAA') },
  { name: 'not-me', status: 200, prepare: (world) => pathOf(world, 'attendance', '/not-me') },
  { name: 'privacy', status: 200, prepare: () => Promise.resolve('/privacy') },
  { name: 'not-found', status: 404, prepare: () => Promise.resolve('/nowhere') },
];
