import { beforeEach, describe, expect, it } from 'vitest';

import { recordDeliveryEvent } from '../../../shared/mail/delivery-events.ts';
import { compose } from '../../../shared/mail/compose.ts';
import { toMime } from '../../../shared/mail/mime.ts';
import { Correspondence } from '../../../shared/store/correspondence.ts';
import { MemoryTable } from '../../../shared/store/memory-table.ts';
import { exampleMessages, exampleSetting } from '../../support/example-messages.ts';

const message = exampleMessages.reminder;
const email = toMime(message, exampleSetting, compose(message, exampleSetting));
const row = { person: message.to.id, tag: email.tags['ledger-key'] };

let correspondence = new Correspondence(new MemoryTable(), 'kent');
const asked: string[] = [];
const record = (event: unknown) =>
  recordDeliveryEvent(event, {
    correspondenceOf: (partnership) => {
      asked.push(partnership);
      return correspondence;
    },
  });

beforeEach(async () => {
  correspondence = new Correspondence(new MemoryTable(), 'kent');
  await correspondence.claim(message, exampleSetting.sentAt);
});

/** As SES publishes it: docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-examples.html */
const event = (eventType: string, more: object = {}): unknown => ({
  eventType,
  mail: {
    timestamp: '2026-09-24T08:00:01.593Z',
    source: 'lcpg@kent.example.org',
    sendingAccountId: '123456789012',
    messageId: '0100017c-ses',
    destination: [message.to.email],
    headersTruncated: false,
    tags: {
      'ses:configuration-set': ['lcpg'],
      'ledger-key': [email.tags['ledger-key']],
      recipient: [email.tags.recipient],
      partnership: [email.tags.partnership],
    },
  },
  ...more,
});
const bounce = (bounceType: string): unknown =>
  event('Bounce', {
    bounce: {
      bounceType,
      bounceSubType: 'General',
      bouncedRecipients: [
        {
          emailAddress: 'x@y.org',
          action: 'failed',
          status: '5.1.1',
          diagnosticCode: 'smtp; 550 user unknown',
        },
      ],
      timestamp: '2026-09-24T08:00:05.000Z',
      feedbackId: 'f',
    },
  });
const suppressed = async () => (await correspondence.suppressionsOf([message.to.email]))[0];

describe('an event of SES', () => {
  it('finds its email by the tags, and completes the claim', async () => {
    expect(await record(event('Send', { send: {} }))).toEqual({ result: 'recorded', state: 'sent' });
    expect(asked.at(-1)).toBe('kent');
    expect(await correspondence.row(row)).toMatchObject({
      state: 'sent',
      sentAt: '2026-09-24T08:00:01Z',
      serviceId: '0100017c-ses',
    });
  });

  it('tells of a delivery', async () => {
    const delivery = {
      timestamp: '2026-09-24T08:00:09.111Z',
      recipients: [message.to.email],
      smtpResponse: '250',
    };
    await record(event('Delivery', { delivery }));
    expect(await correspondence.row(row)).toMatchObject({
      state: 'delivered',
      deliveredAt: '2026-09-24T08:00:09Z',
    });
    expect(await suppressed()).toBeUndefined();
  });

  it('tells of a lasting bounce: the address that we wrote to is written to no more', async () => {
    await record(bounce('Permanent'));
    await record(event('Send'));
    expect(await correspondence.row(row)).toMatchObject({ state: 'bounced', permanent: true });
    expect(await suppressed()).toMatchObject({
      reason: 'bounce',
      detail: 'Permanent General 5.1.1 smtp; 550 user unknown',
    });
  });

  it('tells of a bounce that may pass', async () => {
    await record(bounce('Transient'));
    expect(await correspondence.row(row)).toMatchObject({ state: 'bounced', permanent: false });
    expect(await suppressed()).toBeUndefined();
  });

  it('tells of a complaint', async () => {
    const complaint = {
      timestamp: '2026-09-25T08:00:00.000Z',
      complaintFeedbackType: 'abuse',
      complaintSubType: null,
    };
    await record(event('Complaint', { complaint }));
    await record(bounce('Permanent'));
    expect(await correspondence.row(row)).toMatchObject({ state: 'complained', detail: 'abuse' });
    expect(await suppressed()).toMatchObject({ reason: 'complaint' });
  });

  it('tells of a rejection and of a delay', async () => {
    await record(
      event('DeliveryDelay', {
        deliveryDelay: { timestamp: '2026-09-24T08:30:00.000Z', delayType: 'MailboxFull' },
      }),
    );
    expect(await correspondence.row(row)).toMatchObject({
      state: 'claimed',
      note: { detail: 'delayed MailboxFull' },
    });
    await record(event('Reject', { reject: { reason: 'Bad content' } }));
    expect(await correspondence.row(row)).toMatchObject({ state: 'refused', reason: 'Bad content' });
  });

  it.each([
    ['of a kind that we do not keep', event('Open', { open: {} }), 'kind'],
    ['that is no event', 'Successfully validated SNS topic', 'kind'],
    [
      'of an email without tags',
      { eventType: 'Send', mail: { timestamp: '2026-09-24T08:00:01.593Z', messageId: 'x', destination: [] } },
      'untagged',
    ],
  ])('%s is ignored', async (_words, given, why) => {
    expect(await record(given)).toEqual({ result: 'ignored', why });
  });

  it('of an email that the ledger does not know still suppresses its address', async () => {
    correspondence = new Correspondence(new MemoryTable(), 'kent');
    expect(await record(bounce('Permanent'))).toEqual({ result: 'ignored', why: 'unknown-email' });
    expect(await suppressed()).toMatchObject({ reason: 'bounce' });
  });

  it('that lacks what its kind has is an error', async () => {
    await expect(record(event('Bounce'))).rejects.toThrow();
  });
});
