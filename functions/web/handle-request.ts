import middy from '@middy/core';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

import { readEnvironment, webEnvironment } from '../../shared/contracts/environment.ts';
import { logError } from '../../shared/observe/log-catalogue.ts';
import { logLines } from '../log-lines.ts';
import { siteAssets } from './assets.ts';
import { siteFromEnvironment } from './site-from-environment.ts';
import { createSite } from './site.ts';

const environment = readEnvironment(webEnvironment);

const lines = logLines(environment.SERVICE);

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
