import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendRawEmailCommand, SESClient } from '@aws-sdk/client-ses';
import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { SESEvent } from 'aws-lambda';

import { incomingMailEnvironment, readEnvironment } from '../../shared/contracts/environment.ts';
import { receiveReply } from '../../shared/mail/receive-reply.ts';
import { logInfo } from '../../shared/observe/log-catalogue.ts';
import { Directory } from '../../shared/store/directory.ts';
import { documentClientOf, DynamoTable } from '../../shared/store/dynamo-table.ts';
import { S3Documents } from '../../shared/store/s3-documents.ts';

const environment = readEnvironment(incomingMailEnvironment);
const logger = new Logger({ serviceName: environment.SERVICE });
const ses = new SESClient({ maxAttempts: 1 });
const directory = new DynamoTable(documentClientOf(new DynamoDBClient()), environment.DIRECTORY_TABLE);
const originals = new S3Documents(ses, environment.INCOMING_MAIL_BUCKET);

/** Passes on what people write back. SES has put the original into the bucket before. */
export const handler = middy()
  .use(injectLambdaContext(logger, { logEvent: false }))
  .handler(async (event: unknown): Promise<void> => {
    for (const { ses: received } of (event as SESEvent).Records) {
      const result = await receiveReply(received, {
        directories: environment.PARTNERSHIPS.split(',').map((id) => new Directory(directory, id)),
        originals,
        send: async ({ raw, from, to }) => {
          await ses.send(
            new SendRawEmailCommand({
              Source: from,
              Destinations: [to],
              RawMessage: { Data: raw },
              ConfigurationSetName: environment.CONFIGURATION_SET,
            }),
          );
        },
      });
      logInfo(logger, result === 'forwarded' ? 'REPLY_FORWARDED' : 'REPLY_IGNORED', { result });
    }
  });
