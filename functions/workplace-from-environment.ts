import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SESClient } from '@aws-sdk/client-ses';

import { awsCall } from '../shared/aws/call.ts';
import type { AwsCall } from '../shared/aws/call.ts';
import { readSecret } from '../shared/aws/read-secret.ts';
import type { Errands } from '../shared/contracts/errands.ts';
import type { WorkplaceEnvironment, WritingEnvironment } from '../shared/contracts/environment.ts';
import { StepFunctionsMachines } from '../shared/machines/step-functions-machines.ts';
import { SchedulerStartSchedule } from '../shared/machines/scheduler-start-schedule.ts';
import { LedgerPost } from '../shared/mail/ledger-post.ts';
import { SesMailer } from '../shared/mail/ses-mailer.ts';
import { noPress, type Press } from '../shared/report/press.ts';
import type { Workplace, WritingDesk } from '../shared/stages/workplace.ts';
import { Correspondence } from '../shared/store/correspondence.ts';
import { cycleStores } from '../shared/store/cycles/cycle-stores.ts';
import { Directory } from '../shared/store/directory.ts';
import type { Documents } from '../shared/store/documents.ts';
import { documentClientOf, DynamoTable } from '../shared/store/dynamo-table.ts';
import { Indicators } from '../shared/store/indicators.ts';
import { Links } from '../shared/store/links.ts';
import { S3Documents } from '../shared/store/s3-documents.ts';
import { systemClock } from '../shared/time/clock.ts';
import { linkMaker } from '../shared/web-links/link-maker.ts';
import type { LinkMaker } from '../shared/web-links/links.ts';
import { clockFromEnvironment } from './clock-from-environment.ts';

/** The links of all partnerships, for whoever is handed a token. */
export const linksFromEnvironment = ({
  DIRECTORY_TABLE,
}: Pick<WritingEnvironment, 'DIRECTORY_TABLE'>): Links =>
  new Links(new DynamoTable(documentClientOf(new DynamoDBClient()), DIRECTORY_TABLE));

/** Who can write to people does so at once, or leaves it to the sweep. */
const noErrands: Errands = { runNow: () => Promise.resolve() };

/**
 * The desks of a function on AWS that writes to people, by partnership.
 * @param errandsFor the errands of a function that has what follows from an answer seen to at once
 */
export const writingDeskFromEnvironment = (
  environment: WritingEnvironment,
  errandsFor: (call: AwsCall) => Errands = () => noErrands,
): ((partnership: string) => WritingDesk & Pick<Workplace, 'correspondence'>) => {
  const clock = clockFromEnvironment(environment);
  const client = new DynamoDBClient();
  const dynamo = documentClientOf(client);
  const directory = new DynamoTable(dynamo, environment.DIRECTORY_TABLE);
  const cycles = new DynamoTable(dynamo, environment.CYCLES_TABLE);
  const indicators = new DynamoTable(dynamo, environment.INDICATORS_TABLE);
  const emails = new DynamoTable(dynamo, environment.CORRESPONDENCE_TABLE);
  const documents = new S3Documents(client, environment.DOCUMENTS_BUCKET);
  const call = awsCall(client);
  const errands = errandsFor(call);
  const machines = new StepFunctionsMachines(call, {
    cycle: environment.CYCLE_MACHINE,
    lcpg: environment.LCPG_MACHINE,
  });
  // The ledger decides whether an email is sent again, never the SDK.
  const mailer = new SesMailer({
    client: new SESClient({ maxAttempts: 1 }),
    configurationSet: environment.CONFIGURATION_SET,
  });
  const linkSecret = onceRead(() => readSecret(call, environment.LINK_SECRET));
  const links = new Links(directory);
  return (partnership) => {
    const correspondence = new Correspondence(emails, partnership);
    return {
      clock,
      directory: new Directory(directory, partnership),
      ...cycleStores(cycles, partnership),
      indicators: new Indicators(indicators, partnership),
      documents,
      machines,
      // A task that cannot tell a machine throws, and is run again.
      notTold: (error) => {
        throw error;
      },
      errands,
      correspondence,
      postFor: (of) =>
        new LedgerPost({
          clock,
          correspondence,
          mailer,
          partnership: of,
          receivesReplies: environment.RECEIVES_REPLIES === 'yes',
        }),
      links: laterLinkMaker(async () =>
        linkMaker(partnership, await linkSecret(), environment.WEB_ORIGIN, links),
      ),
    };
  };
};

/**
 * The workplaces of a function on AWS, by partnership.
 * @param pressFor the press of a function that makes documents, over the store that it keeps them in
 */
export const workplaceFromEnvironment = (
  environment: WorkplaceEnvironment,
  pressFor: (documents: Documents) => Press = () => noPress,
): ((partnership: string) => Workplace) => {
  const deskFor = writingDeskFromEnvironment(environment);
  const schedule = new SchedulerStartSchedule({
    client: new SchedulerClient(),
    group: environment.START_SCHEDULE_GROUP,
    startCycleFunction: environment.START_CYCLE_FUNCTION,
    role: environment.START_SCHEDULE_ROLE,
    clock: clockFromEnvironment(environment),
    worldClock: systemClock,
  });
  return (partnership) => {
    const desk = deskFor(partnership);
    return {
      ...desk,
      schedule,
      press: pressFor(desk.documents),
      sweepGraceSeconds: Number(environment.SWEEP_GRACE_SECONDS),
    };
  };
};

/** Reads a secret when it is first needed, and once for the life of the container; a failure is tried again. */
const onceRead = (read: () => Promise<string>): (() => Promise<Uint8Array>) => {
  let bytes: Promise<Uint8Array> | undefined;
  return () => {
    bytes ??= read().then(
      (text) => Buffer.from(text, 'utf8'),
      (error: unknown) => {
        bytes = undefined;
        throw error;
      },
    );
    return bytes;
  };
};

const laterLinkMaker = (make: () => Promise<LinkMaker>): LinkMaker => ({
  toRequest: async (request) => (await make()).toRequest(request),
  toProgress: async (scope, cycle, person) => (await make()).toProgress(scope, cycle, person),
  toSubstitute: async (request, substitute) => (await make()).toSubstitute(request, substitute),
  toDocument: async (document, person, expiresAt) => (await make()).toDocument(document, person, expiresAt),
  toOrganiser: async (meeting, person, expiresAt) => (await make()).toOrganiser(meeting, person, expiresAt),
  toCode: async (confirmation) => (await make()).toCode(confirmation),
});
