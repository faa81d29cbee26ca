import middy from '@middy/core';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

import { readEnvironment, webEnvironment } from '../../shared/contracts/environment.ts';
import type { LogSink } from '../../shared/observe/log-catalogue.ts';
import { logError } from '../../shared/observe/log-catalogue.ts';
import { siteAssets } from './assets.ts';
import { siteFromEnvironment } from './site-from-environment.ts';
import { createSite } from './site.ts';

const environment = readEnvironment(webEnvironment);

/* eslint-disable no-console -- Lambda's own way to log */
// Lambda writes an object on the console as one line of JSON; the logger of the tasks would cost a tenth of the start.
const lines: LogSink = {
  info: (message, detail) => {
    console.info({ message, service: environment.SERVICE, ...detail });
  },
  error: (message, detail) => {
    console.error({ message, service: environment.SERVICE, ...detail });
  },
};

/* eslint-enable no-console */

const site = createSite({
  ...siteFromEnvironment(environment, (error) => {
    logError(lines, 'MACHINE_NOT_TOLD', { error: error instanceof Error ? error.name : 'unknown' });
  }),
  assets: siteAssets,
  report: ({ route, error }) => {
    logError(lines, 'PAGE_FAILED', { route, error: error instanceof Error ? error.name : 'unknown' });
  },
});

/** The pages, behind the HTTP API. */
export const handler = middy().handler((event: unknown) => site(event as APIGatewayProxyEventV2));
