import { setTimeout as passTime } from 'node:timers/promises';
import { resolve } from 'node:path';

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openStage } from '../../admin/deployed-stage.ts';
import type { DeployedStage } from '../../admin/deployed-stage.ts';
import { loadPartnership } from '../../admin/load.ts';
import { nameOf } from '../../shared/contracts/names.ts';
import type { PartnershipFolder } from '../../shared/domain/partnership.ts';
import { multiplyFolder } from '../../shared/import/multiply.ts';
import { readPartnershipFolder } from '../../shared/import/read-folder.ts';
import type { LedgerRow } from '../../shared/mail/ledger.ts';
import type { MessageKind } from '../../shared/mail/messages.ts';
import { Correspondence } from '../../shared/store/correspondence.ts';
import { documentClientOf, DynamoTable } from '../../shared/store/dynamo-table.ts';
import { Links } from '../../shared/store/links.ts';
import { addSeconds, toInstant } from '../../shared/time/calendar.ts';
import { fastClock, systemClock } from '../../shared/time/clock.ts';
import { deployLocally } from './deployment.ts';
import { changeVariables, invoke } from './lambda.ts';
import type { LocalAws } from './ministack.ts';
import { startLocalAws } from './ministack.ts';
import { People } from './people.ts';

const stageName = 'rehearsal';
const cycleId = '2026-09-16';
const nextCycleId = '2026-11-18';
/** Eight weeks in four minutes and a half. */
const speed = 18_000;
const longestCycleInMilliseconds = 420_000;

/** Three LCPGs: the first as listed, the second moves its meeting, the third has no date yet and never gives a return. */
const [asListed, moves, silent] = ['ashford', 'canterbury', 'dartford'] as const;

const kentCutToThree = (): PartnershipFolder => {
  const { folder } = readPartnershipFolder(resolve(import.meta.dirname, '../../examples/kent'));
  if (folder === undefined) throw new Error('examples/kent has faults');
  const cut = multiplyFolder(folder, 3);
  return { ...cut, meetings: cut.meetings.filter(({ body, date }) => body !== silent || date > nextCycleId) };
};

describe('one cycle on a local AWS', () => {
  let aws: LocalAws;
  let folder: PartnershipFolder;
  let stage: DeployedStage;
  let people: People;
  let ledger: LedgerRow[];
  const failures: string[] = [];

  const place = () => stage.workplaceOf('kent');
  const clients = () => ({ endpoint: aws.endpoint, region: 'eu-west-2', credentials: made });
  const made = { accessKeyId: 'test', secretAccessKey: 'test' };

  beforeAll(async () => {
    aws = await startLocalAws();
    Object.assign(process.env, aws.variables);
    const outputs = await deployLocally(aws, { start: '2026-09-16T11:00:00Z', realStart: now(), speed });
    // The deployment took a while that nobody could foretell: the clock begins now.
    const start = {
      CLOCK_START: '2026-09-16T11:00:00Z',
      CLOCK_REAL_START: now(),
      CLOCK_SPEED: String(speed),
    };
    await changeVariables(aws, start);
    const clock = fastClock(start.CLOCK_START, start.CLOCK_REAL_START, speed);
    stage = await openStage(stageName, clock);
    folder = kentCutToThree();
    await loadPartnership(stage, folder, toInstant(clock.now()));
    await invoke(aws, nameOf(stageName, 'start-cycle'), { partnership: 'kent', cycle: cycleId });

    const origin = outputs['WebOrigin'] ?? '';
    const dynamo = documentClientOf(new DynamoDBClient(clients()));
    const api = new URL(origin).hostname.split('.')[0] ?? '';
    people = new People({
      aws,
      origin,
      base: `${aws.endpoint}/_aws/execute-api/${api}/$default`,
      clock,
      links: new Links(new DynamoTable(dynamo, nameOf(stageName, 'directory'))),
      place: place(),
      doesAnswer: ({ kind, subject, person }) =>
        // Some never answer an invitation, so that they are reminded; one group's return never comes.
        (kind !== 'attendance' || person.charCodeAt(0) % 3 > 0) &&
        !(kind === 'return' && subject.body === silent),
    });
    await drive();
    ledger = [];
    const correspondence = new Correspondence(
      new DynamoTable(dynamo, nameOf(stageName, 'correspondence')),
      'kent',
    );
    for (const { id } of folder.people) for await (const row of correspondence.ofPerson(id)) ledger.push(row);
  }, 660_000);

  afterAll(async () => {
    await aws.stop();
  });

  const now = (): string => toInstant(systemClock.now());

  /** Everybody answers and the sweep runs, until the cycle has closed. */
  const drive = async (): Promise<void> => {
    const deadline = performance.now() + longestCycleInMilliseconds;
    const sweeps = new AbortController();
    const sweeping = (async () => {
      while (!sweeps.signal.aborted) {
        await invoke(aws, nameOf(stageName, 'sweep'), { partnership: 'kent' }).catch((error: unknown) =>
          failures.push(String(error)),
        );
        await passTime(500);
      }
    })();
    try {
      let moved = false;
      for (;;) {
        await people.readAndAnswer();
        moved ||= await moveMeeting();
        const { cycles } = place();
        if ((await cycles.get(cycleId))?.state === 'closed') return;
        const [execution] = await executions('cycle');
        if (execution !== undefined && execution.status !== 'RUNNING' && execution.status !== 'SUCCEEDED')
          throw new Error(`the cycle has ended as ${execution.status ?? ''}`);
        if (performance.now() > deadline) throw new Error('the cycle has not closed in time');
        await passTime(300);
      }
    } finally {
      sweeps.abort();
      await sweeping;
    }
  };

  /** As soon as its members have been invited, the co-ordinator of one LCPG moves its meeting. */
  const moveMeeting = async (): Promise<boolean> => {
    const { meetings, requests } = place();
    const meeting = await meetings.get(cycleId, moves);
    if (meeting === undefined || meeting.toldSequence < 0) return false;
    const request = (await requests.about(cycleId, moves)).find(({ kind }) => kind === 'meeting-date');
    const token = people.tokens.get(request?.id ?? '');
    if (request === undefined || token === undefined) return false;
    await people.answer(token, request);
    return true;
  };

  const executions = async (machine: 'cycle' | 'lcpg' | 'ask') =>
    (
      await new SFNClient(clients()).send(
        new ListExecutionsCommand({
          stateMachineArn: `arn:aws:states:eu-west-2:000000000000:stateMachine:${nameOf(stageName, machine)}`,
        }),
      )
    ).executions ?? [];

  it('runs every machine to its end', async () => {
    for (const machine of ['cycle', 'lcpg', 'ask'] as const) {
      // The last state of the cycle is done when the cycle is closed; the execution ends a moment later.
      await expect
        .poll(async () => [...new Set((await executions(machine)).map(({ status }) => status))], {
          timeout: 10_000,
        })
        .toStrictEqual(['SUCCEEDED']);
    }
    expect(failures).toStrictEqual([]);
    for (const body of [asListed, moves, silent, '-', 'chwb'])
      for (const { what } of await place().audit.of(cycleId, body)) expect(what).not.toBe('part-stopped');
  });

  it('keeps the report, with every LCPG in it', async () => {
    const report = await place().documents.get(`kent/cycles/${cycleId}/board-report.html`);
    const html = Buffer.from(report?.body ?? []).toString('utf8');
    for (const name of ['Ashford', 'Canterbury', 'Dartford']) expect(html).toContain(name);
    expect(html).toContain('Attendance is up');
    const data = await place().documents.describe(`kent/cycles/${cycleId}/board-report.csv.zip`);
    expect(data?.bytes).toBeGreaterThan(500);
  });

  it('takes what never came for a nil return, and the others signed', async () => {
    const returns = await place().returns.ofGroups(cycleId, [asListed, moves, silent]);
    expect(returns.map((given) => given?.state)).toStrictEqual(['signed', 'signed', 'nil']);
  });

  it('follows a meeting that moved while the machine waited', async () => {
    const meeting = await place().meetings.get(cycleId, moves);
    expect(meeting).toMatchObject({ state: 'planned', sequence: 1, toldSequence: 1, round: 2 });
    expect(meeting?.time?.date).not.toBe('2026-10-01');
    const invitations = ledger.filter(({ kind, about }) => kind === 'invitation' && about.endsWith(moves));
    expect([...new Set(invitations.map(({ occurrence }) => occurrence))].sort()).toStrictEqual(['0', '1']);
  });

  it('sends every email exactly once, and knows it', () => {
    expect([...new Set(ledger.map(({ state }) => state))]).toStrictEqual(['sent']);
    expect(ledger.map(({ attempt }) => attempt).filter((attempt) => attempt !== 1)).toStrictEqual([]);
    expect(aws.mail).toHaveLength(ledger.length);
  });

  it('sends emails of every kind that such a cycle has', () => {
    const kinds = [...new Set(ledger.map(({ kind }) => kind))].sort();
    const expected: readonly MessageKind[] = [
      'action-assigned',
      'attendance-reminder',
      'board-report',
      'chairs-pack',
      'chairs-summary-request',
      'confirmation-code',
      'csp-message',
      'cycle-opened',
      'escalation',
      'invitation',
      'local-hwb-extract',
      'meeting-date-request',
      'meeting-date-set',
      'meeting-pack',
      'members-briefing',
      'minutes',
      'minutes-request',
      'reminder',
      'representative-named',
      'representatives-request',
      'return-request',
      'return-signoff-request',
      'safeguarding-matters',
      'safeguarding-round-up',
    ];
    expect(kinds).toStrictEqual(expected);
  });

  it('sends invitations that a calendar can answer', async () => {
    const parsed = await Promise.all(aws.mail.map(async ({ raw }) => PostalMime.parse(raw)));
    const calendars = parsed.flatMap(({ attachments }) =>
      attachments.filter(({ mimeType }) => mimeType === 'text/calendar'),
    );
    expect(calendars.length).toBeGreaterThan(10);
    for (const { method } of calendars) expect(method).toBe('REQUEST');
  });

  it('takes the minutes as a file past the web function', async () => {
    const minutes = await place().minutes.of(cycleId);
    expect(minutes?.document).toMatchObject({ contentType: 'application/pdf' });
  });

  it('sets the start of the next cycle', async () => {
    const schedule = await new SchedulerClient(clients()).send(
      new GetScheduleCommand({
        GroupName: nameOf(stageName, 'schedules'),
        Name: `start-kent-${nextCycleId}`,
      }),
    );
    expect(schedule.Target?.Arn).toContain(nameOf(stageName, 'start-cycle'));
    expect(JSON.parse(schedule.Target?.Input ?? '')).toStrictEqual({
      partnership: 'kent',
      cycle: nextCycleId,
    });
  });

  it('takes in what becomes of an email', async () => {
    const row = ledger.find(({ kind }) => kind === 'invitation');
    if (row === undefined) throw new Error('no invitation');
    const base64 = (text: string): string => Buffer.from(text).toString('base64url');
    const at = addSeconds(now(), 1);
    const event = {
      eventType: 'Bounce',
      mail: {
        timestamp: at,
        messageId: 'any',
        destination: [row.address],
        tags: {
          'ledger-key': [row.tag],
          recipient: [base64(row.person)],
          partnership: [base64('kent')],
        },
      },
      bounce: { timestamp: at, bounceType: 'Permanent', bouncedRecipients: [{ status: '5.1.1' }] },
    };
    const published = await fetch(aws.endpoint, {
      method: 'POST',
      headers: {
        authorization:
          'AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-2/sns/aws4_request, SignedHeaders=host, Signature=x',
      },
      body: new URLSearchParams({
        Action: 'Publish',
        TopicArn: `arn:aws:sns:eu-west-2:000000000000:${nameOf(stageName, 'mail-events')}`,
        Message: JSON.stringify(event),
      }),
    });
    expect(published.status).toBe(200);
    const correspondence = new Correspondence(
      new DynamoTable(documentClientOf(new DynamoDBClient(clients())), nameOf(stageName, 'correspondence')),
      'kent',
    );
    await expect
      .poll(async () => (await correspondence.row(row))?.state, { timeout: 10_000 })
      .toBe('bounced');
  });
});
