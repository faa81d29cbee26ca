import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { SNSEvent } from 'aws-lambda';

import { deliveryEnvironment, readEnvironment } from '../../shared/contracts/environment.ts';
import { recordDeliveryEvent } from '../../shared/mail/delivery-events.ts';
import { logInfo } from '../../shared/observe/log-catalogue.ts';
import { Correspondence } from '../../shared/store/correspondence.ts';
import { documentClientOf, DynamoTable } from '../../shared/store/dynamo-table.ts';

const environment = readEnvironment(deliveryEnvironment);
const logger = new Logger({ serviceName: environment.SERVICE });
const table = new DynamoTable(documentClientOf(new DynamoDBClient()), environment.CORRESPONDENCE_TABLE);
const correspondenceOf = (partnership: string) => new Correspondence(table, partnership);

/** Takes in what SES tells of emails, through SNS. An event may come twice. */
export const handler = middy()
  .use(injectLambdaContext(logger, { logEvent: false }))
  .handler(async (event: unknown): Promise<void> => {
    for (const { Sns } of (event as SNSEvent).Records) {
      const recorded = await recordDeliveryEvent(JSON.parse(Sns.Message), { correspondenceOf });
      if (recorded.result === 'recorded') logInfo(logger, 'DELIVERY_RECORDED', { state: recorded.state });
      else logInfo(logger, 'DELIVERY_IGNORED', { why: recorded.why });
    }
  });
