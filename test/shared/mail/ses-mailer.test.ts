import type { SendRawEmailCommand } from '@aws-sdk/client-ses';
import { SESServiceException } from '@aws-sdk/client-ses';
import { describe, expect, it } from 'vitest';

import { compose } from '../../../shared/mail/compose.ts';
import { NotSent } from '../../../shared/mail/mailer.ts';
import { toMime } from '../../../shared/mail/mime.ts';
import { SesMailer } from '../../../shared/mail/ses-mailer.ts';
import { exampleMessages, exampleSetting } from '../../support/example-messages.ts';

const email = toMime(
  exampleMessages.reminder,
  exampleSetting,
  compose(exampleMessages.reminder, exampleSetting),
);

const refusal = (name: string, message = 'said the service', httpStatusCode = 400): SESServiceException =>
  new SESServiceException({
    name,
    message,
    $fault: httpStatusCode < 500 ? 'client' : 'server',
    $metadata: { httpStatusCode },
  });

const mailer = (...answers: readonly (Error | string)[]) => {
  const commands: SendRawEmailCommand[] = [];
  const pauses: number[] = [];
  const client = {
    send: async (command: SendRawEmailCommand) => {
      await Promise.resolve();
      const answer = answers[Math.min(commands.length, answers.length - 1)];
      commands.push(command);
      if (answer instanceof Error) throw answer;
      return { MessageId: answer };
    },
  } as never;
  const pause = (milliseconds: number): Promise<void> => {
    pauses.push(milliseconds);
    return Promise.resolve();
  };
  return { commands, pauses, mailer: new SesMailer({ client, configurationSet: 'lcpg', pause }) };
};
const failure = (error: Error): Promise<unknown> =>
  mailer(error)
    .mailer.send(email)
    .catch((thrown: unknown) => thrown);

describe('sending through SES', () => {
  it('gives one recipient, the bytes, the configuration set and the tags', async () => {
    const { mailer: ses, commands } = mailer('ses-1');
    expect(await ses.send(email)).toEqual({ serviceId: 'ses-1' });
    expect(commands[0]?.input).toEqual({
      Source: 'lcpg@kent.example.org',
      Destinations: ['jo.smith@ashford.example.org'],
      RawMessage: { Data: email.raw },
      ConfigurationSetName: 'lcpg',
      Tags: [
        { Name: 'ledger-key', Value: email.tags['ledger-key'] },
        { Name: 'recipient', Value: email.tags.recipient },
        { Name: 'partnership', Value: email.tags.partnership },
      ],
    });
  });

  it.each([
    [refusal('MessageRejected', 'Local address contains control or whitespace'), false],
    [refusal('InvalidParameterValue', 'Invalid domain name'), false],
    [refusal('MessageRejected', 'Email address is not verified: jo.smith@ashford.example.org'), false],
    [refusal('MessageRejected', 'Email address is not verified: lcpg@kent.example.org'), true],
    [refusal('MailFromDomainNotVerifiedException'), true],
    [refusal('ConfigurationSetDoesNotExist'), true],
    [refusal('AccountSendingPausedException'), true],
    [refusal('ConfigurationSetSendingPausedException'), true],
    [refusal('AccessDenied', 'no', 403), true],
    [refusal('ExpiredToken', 'no', 403), true],
    [refusal('Throttling', 'Daily message quota exceeded.'), true],
  ])('knows of %s that the email did not go', async (error, retryable) => {
    const thrown = await failure(error);
    expect(thrown).toBeInstanceOf(NotSent);
    expect(thrown).toMatchObject({ retryable });
  });

  it.each([
    refusal('InternalFailure', 'oops', 500),
    refusal('ServiceUnavailable', 'oops', 503),
    new SESServiceException({ name: 'Unknown', message: 'oops', $fault: 'server', $metadata: {} }),
    refusal('RequestTimeout', 'oops', 408),
    Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }),
    Object.assign(new Error('timed out'), { name: 'TimeoutError' }),
  ])('leaves open after %s whether it went', async (error) => {
    expect(await failure(error)).toBe(error);
  });

  it('waits when it is too fast, and gives up in the end', async () => {
    const throttled = refusal('Throttling', 'Maximum sending rate exceeded.');
    const patient = mailer(throttled, throttled, 'ses-1');
    expect(await patient.mailer.send(email)).toEqual({ serviceId: 'ses-1' });
    expect(patient.pauses).toEqual([250, 500]);
    const never = mailer(throttled);
    await expect(never.mailer.send(email)).rejects.toMatchObject({ name: 'NotSent', retryable: true });
    expect(never.pauses).toEqual([250, 500, 1000, 2000]);
  });

  it('never waits out a day’s quota', async () => {
    const spent = mailer(refusal('Throttling', 'Daily message quota exceeded.'));
    await expect(spent.mailer.send(email)).rejects.toBeInstanceOf(NotSent);
    expect(spent.pauses).toEqual([]);
  });

  it('keeps addresses out of what may be logged', async () => {
    expect(
      await failure(refusal('MessageRejected', 'not verified: jo.smith@ashford.example.org')),
    ).toMatchObject({
      message: 'MessageRejected: not verified: (an address)',
    });
  });
});
