import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';

import { readEnvironment, workplaceEnvironment } from '../shared/contracts/environment.ts';
import type { LogCode, LogDetail } from '../shared/observe/log-catalogue.ts';
import { logError, logInfo } from '../shared/observe/log-catalogue.ts';
import type { Press } from '../shared/report/press.ts';
import type { Documents } from '../shared/store/documents.ts';
import type { AnyTask } from '../shared/stages/task.ts';
import { runTask } from '../shared/stages/task.ts';
import { workplaceFromEnvironment } from './workplace-from-environment.ts';

/** The parts of a payload that say which step it was, and nothing of a person. */
const loggedParts = ['partnership', 'cycle', 'body', 'kind', 'moment'] as const;

const loggedOf = (payload: unknown): LogDetail =>
  Object.fromEntries(
    loggedParts.flatMap((part) => {
      const value: unknown = (payload as Readonly<Record<string, unknown>> | null)?.[part];
      return typeof value === 'string' ? [[part, value]] : [];
    }),
  );

/**
 * The Lambda handler of a task: checks its payload, runs it at the workplace of its partnership, and logs that it did.
 * @param code under which the end is logged; counts in the result are logged with it
 * @param press of a task that makes documents
 */
export const taskHandler = (
  task: AnyTask,
  {
    code = 'TASK_DONE',
    press,
  }: { readonly code?: LogCode; readonly press?: (logger: Logger) => (documents: Documents) => Press } = {},
) => {
  const environment = readEnvironment(workplaceEnvironment);
  const logger = new Logger({ serviceName: environment.SERVICE });
  const placeFor = workplaceFromEnvironment(environment, press?.(logger));
  return middy()
    .use(injectLambdaContext(logger, { logEvent: false }))
    .handler(async (payload: unknown): Promise<object> => {
      const detail = { task: task.name, ...loggedOf(payload) };
      try {
        const result = await runTask(task, placeFor, payload);
        const counts = Object.entries(result).filter(([, value]) => typeof value === 'number');
        logInfo(logger, code, { ...detail, ...(Object.fromEntries(counts) as LogDetail) });
        return result;
      } catch (error) {
        logError(logger, 'TASK_FAILED', {
          ...detail,
          error: error instanceof Error ? error.name : 'unknown',
        });
        throw error;
      }
    });
};
