import * as z from 'zod';

import { isStage, longestStage } from '../../shared/contracts/names.ts';
import { expectedPartnershipId, isPartnershipId } from '../../shared/import/values.ts';

/** What a setting is, told to whoever left it out or got it wrong. */
const setting = <Schema extends z.ZodType>(schema: Schema, expected: string): Schema =>
  schema.describe(expected);

const text = (pattern: RegExp, expected: string) =>
  setting(z.string({ error: expected }).regex(pattern, { error: expected }), expected);

const domain = (of: string) =>
  text(/^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/, `${of}, such as lcpg.example.org`);
const address = (of: string) =>
  text(/^[^\s@<>"]+@[^\s@<>"]+\.[a-z]{2,}$/i, `${of}, such as lcpg@example.org`);
const wholeNumber = (from: number, to: number, expected: string) =>
  setting(z.int({ error: expected }).min(from, { error: expected }).max(to, { error: expected }), expected);
const instant = (of: string) =>
  text(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, `${of}, in UTC, such as 2026-09-16T08:00:00Z`);

/** The days for which CloudWatch can keep logs. */
const logRetentions = [7, 14, 30, 60, 90, 180, 365, 731] as const;
const logRetention = `how many days logs are kept: one of ${logRetentions.join(', ')}`;

const partnershipId = `the partnership's id, as its partnership.yaml has it: ${expectedPartnershipId}`;
const stageName = `the name of the stage: small letters and digits, at most ${String(longestStage)}`;

const partnership = z.strictObject(
  {
    id: setting(
      z.string({ error: partnershipId }).refine(isPartnershipId, { error: partnershipId }),
      partnershipId,
    ),
    sender: address('the address that its emails come from, as its partnership.yaml has it'),
  },
  { error: '{ id, sender } of a partnership' },
);

const web = z.strictObject(
  {
    domain: domain('the name under which the pages are reached'),
    certificate: text(
      /^arn:aws:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/,
      'the ARN of a certificate for that name, in AWS Certificate Manager of the same region',
    ),
  },
  { error: 'null, or { domain, certificate } of the pages' },
);

const clock = z.strictObject(
  {
    start: instant('what the clock showed'),
    realStart: instant('when it showed that'),
    speed: setting(
      z.number({ error: 'how many of its seconds pass in one' }).positive(),
      'how many of its seconds pass in one',
    ),
  },
  { error: 'null, or { start, realStart, speed } of a clock that runs fast' },
);

/** Everything that one deployment of the product is told. */
export const stageConfig = z
  .strictObject({
    stage: setting(z.string({ error: stageName }).refine(isStage, { error: stageName }), stageName),
    account: text(/^\d{12}$/, 'the AWS account to deploy to: 12 digits'),
    region: text(/^[a-z]{2}-[a-z]+-\d$/, 'the AWS region to deploy to, such as eu-west-2'),
    partnerships: z
      .array(partnership, { error: 'a list of { id, sender }, one for each partnership' })
      .min(1, { error: 'at least one { id, sender }' }),
    mailDomain: domain('the domain of the senders, whose DNS records you can set'),
    /** Whether SES can receive in the region and replies are to be taken in. */
    receivesMail: z.boolean({ error: 'true where SES can receive email in the region, else false' }),
    /** Domains of the addresses that replies go to. */
    replyDomains: z.array(domain('a reply domain'), {
      error: 'the reply domains of the partnerships, as their partnership.yaml have them',
    }),
    /** Null: the pages are reached by the address that AWS gives. */
    web: web.nullable(),
    administrator: address('the address that alarms go to'),
    logRetentionDays: z.literal(logRetentions, { error: logRetention }),
    incomingMailDays: wholeNumber(1, 3650, 'how many days the original of a reply is kept: 1 to 3650'),
    /** Superseded versions of a document are kept this long; the documents themselves by the partnership's retention. */
    oldVersionDays: wholeNumber(1, 3650, 'how many days a superseded document is kept: 1 to 3650'),
    requestsPerSecond: wholeNumber(1, 10_000, 'how many page requests a second are let through'),
    sweepGraceSeconds: wholeNumber(
      0,
      86_400,
      'how many seconds a machine may be overdue before the sweep wakes it: 0 to 86400',
    ),
    /** A clock that runs fast, for a rehearsal of a deployment. */
    clock: clock.nullable(),
  })
  .check(({ value, issues }) => {
    const wrong = (path: (string | number)[], message: string): void => {
      issues.push({ code: 'custom', path, message, input: value });
    };
    if (value.clock !== null && value.stage !== 'rehearsal')
      wrong(['clock'], 'null: only the stage rehearsal may have a clock that runs fast');
    if (value.receivesMail && value.replyDomains.length === 0)
      wrong(['replyDomains'], 'at least one domain, since receivesMail is true');
    for (const [index, { sender }] of value.partnerships.entries())
      if (!sender.endsWith(`@${value.mailDomain}`))
        wrong(['partnerships', index, 'sender'], `an address at the mailDomain, ${value.mailDomain}`);
  });

export type StageConfig = z.infer<typeof stageConfig>;

/** A configuration in the making: a setting that somebody has yet to fill in is undefined. */
export type StageDraft = { readonly [Name in keyof StageConfig]: StageConfig[Name] | undefined };

/** A setting is missing or wrong; the message says which, where, and what is expected. */
export class ConfigFault extends Error {
  override readonly name = 'ConfigFault';
}

/**
 * Checks a configuration.
 * @param file where it stands, for whoever has to mend it
 * @throws {ConfigFault} naming every setting that is missing or wrong
 */
export const checkConfig = (draft: unknown, file: string): StageConfig => {
  const read = stageConfig.safeParse(draft);
  if (read.success) return read.data;
  const lines = read.error.issues.map(({ path, message, code, ...issue }) => {
    const name = path
      .map((part) => (typeof part === 'number' ? `[${String(part)}]` : `.${String(part)}`))
      .join('');
    if (code === 'unrecognized_keys')
      return `  ${(issue as { keys: string[] }).keys.join(', ')}: there is no such setting`;
    const found = path.reduce<unknown>(
      (value, part) => (value as Record<PropertyKey, unknown> | undefined)?.[part],
      draft,
    );
    const what = found === undefined ? 'is missing' : `is ${JSON.stringify(found)}`;
    return `  ${name.replace(/^\./, '')} ${what}; expected ${message}`;
  });
  throw new ConfigFault(`${file} is not complete:\n${lines.join('\n')}`);
};
