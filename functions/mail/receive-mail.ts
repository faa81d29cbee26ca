import { SESClient } from '@aws-sdk/client-ses';
import middy from '@middy/core';
import type { SESEvent } from 'aws-lambda';

import { incomingMailEnvironment, readEnvironment } from '../../shared/contracts/environment.ts';
import { lambdaErrands } from '../../shared/machines/lambda-errands.ts';
import { sendForwarded } from '../../shared/mail/ses-mailer.ts';
import { logInfo } from '../../shared/observe/log-catalogue.ts';
import { receiveReply } from '../../shared/stages/receive-reply.ts';
import { S3Documents } from '../../shared/store/s3-documents.ts';
import { logLines } from '../log-lines.ts';
import { linksFromEnvironment, writingDeskFromEnvironment } from '../workplace-from-environment.ts';

const environment = readEnvironment(incomingMailEnvironment);
const lines = logLines(environment.SERVICE);
const ses = new SESClient({ maxAttempts: 1 });
const deskFor = writingDeskFromEnvironment(environment, (call) =>
  lambdaErrands(call, environment.ERRAND_FUNCTION),
);
const links = linksFromEnvironment(environment);
const originals = new S3Documents(ses, environment.INCOMING_MAIL_BUCKET);

/** Takes in what people write back. SES has put the original into the bucket before. */
export const handler = middy().handler(async (event: unknown): Promise<void> => {
  for (const { ses: received } of (event as SESEvent).Records) {
    const result = await receiveReply(received, {
      desks: environment.PARTNERSHIPS.split(',').map(deskFor),
      links,
      originals,
      forward: sendForwarded(ses, environment.CONFIGURATION_SET),
    });
    logInfo(lines, 'REPLY_RECEIVED', { result });
  }
});
